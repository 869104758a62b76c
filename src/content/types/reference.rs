//! References to other contents by their slug, of a known type or of one that they name.

use std::marker::PhantomData;

use super::super::Kind;
use super::super::field::{Cx, FieldType, Named, Reference};
use super::super::shape::Shape;
use super::{invalid, scalar};
use crate::diagnostic::{Code, Span};
use crate::text;
use crate::yaml::Node;

/// Whether a text can be the last part of an address.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && !text.contains("http")
        && !text.contains("www")
        && !crate::source::is_reserved(text)
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Turns a title into a slug: accents dropped, everything else a hyphen.
pub fn slugify(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = title.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let mut slug = String::new();
    for c in plain.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').chars().take(100).collect()
}

/// Names the type of a content at compile time, for [`Slug`].
pub trait Target {
    /// The type.
    const KIND: Kind;
}

macro_rules! targets {
    ($( $name:ident ),*) => { $(
        #[doc = concat!("Marks references to a content of type ", stringify!($name), ".")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;
        impl Target for $name { const KIND: Kind = Kind::$name; }
    )* };
}

/// Marker types for [`Slug`].
pub mod target {
    use super::{Kind, Target};
    targets!(
        Servizio,
        Notizia,
        Luogo,
        Unita,
        Persona,
        PuntoContatto,
        Documento,
        Domanda,
        Dataset,
        Evento,
        Pagina
    );
}

/// The slug of another content of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug<T> {
    /// The slug.
    pub slug: String,
    target: PhantomData<T>,
}

impl<T: Target> FieldType for Slug<T> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let slug = written.strip_suffix(".md").unwrap_or(written);
        let folder = T::KIND.folder();
        if !is_slug(slug) {
            let likely = slugify(slug);
            return cx.fail(invalid(
                Code::FieldValue,
                node.span,
                text!(
                    "`{written}` non è il nome di un contenuto",
                    "`{written}` is not the name of a content"
                ),
                text!(
                    "scrivi il nome del file in {folder}/ senza `.md`: forse `{likely}`",
                    "write the file name in {folder}/ without `.md`: maybe `{likely}`"
                ),
            ));
        }
        Some(Slug { slug: slug.to_owned(), target: PhantomData })
    }

    fn shape() -> Shape {
        Shape::Content(T::KIND)
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::Content(T::KIND, self.slug.clone()), span });
    }
}

/// A reference that names its type: `servizi/carta-d-identita`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyRef {
    /// The type of the target.
    pub kind: Kind,
    /// The slug.
    pub slug: String,
}

impl FieldType for AnyRef {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let read = written.split_once('/').and_then(|(folder, slug)| {
            let slug = slug.strip_suffix(".md").unwrap_or(slug);
            let kind = Kind::from_folder(folder).filter(|kind| kind.has_page())?;
            is_slug(slug).then_some(AnyRef { kind, slug: slug.to_owned() })
        });
        read.or_else(|| {
            cx.fail(invalid(
                Code::FieldValue,
                node.span,
                text!(
                    "`{written}` non indica un contenuto con una pagina",
                    "`{written}` does not name a content with a page"
                ),
                text!(
                    "scrivi cartella/nome, per esempio servizi/tari",
                    "write folder/name, for example servizi/tari"
                ),
            ))
        })
    }

    fn shape() -> Shape {
        Shape::AnyContent
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::Content(self.kind, self.slug.clone()), span });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        assert_eq!(slugify("Carta d'identità (CIE)"), "carta-d-identita-cie");
        for bad in ["", "-a", "a--b", "A", "à", "www-x", "http", "a/b", "..", "nul", "com1"] {
            assert!(!is_slug(bad), "{bad}");
        }
        assert!(is_slug("tari-2026"));
    }
}
