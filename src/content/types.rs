//! The value types that fields are made of: one line of text, dates, slugs, vocabulary terms, paths, addresses (codes, amounts
//! and contacts are in `codes`). Each accepts one spelling and reports anything else with the cure.

use std::marker::PhantomData;

use jiff::civil::Date;

use super::Kind;
use super::field::{Cx, FieldType, Named, Reference, wrong_type};
use super::shape::{Scalar, Shape, Tipo};
use crate::diagnostic::{Code, Diagnostic, Span, Text, nearest};
use crate::source::resolve_inside;
use crate::text;
use crate::vocab::{self, Vocabulary};
use crate::yaml::{Node, Value};

/// The characters of a scalar, as written.
pub fn scalar<'a>(node: &'a Node, cx: &mut Cx<'_>) -> Option<&'a str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => cx.fail(wrong_type(node, "un testo", "a text")),
    }
}

/// A value outside a fixed set.
pub fn not_among(written: &str, names: &[&str], span: Span) -> Diagnostic {
    let list = names.join(", ");
    let d = Diagnostic::new(
        Code::FieldValue,
        text!("`{written}` non è fra i valori ammessi", "`{written}` is not among the allowed values"),
    )
    .at(span);
    match nearest(written, names.iter().copied()) {
        Some(near) => d.hint(text!(
            "forse volevi scrivere `{near}` (ammessi: {list})",
            "did you mean `{near}`? (allowed: {list})"
        )),
        None => d.hint(text!("i valori ammessi sono: {list}", "allowed values are: {list}")),
    }
}

fn invalid(code: Code, span: Span, message: Text, hint: Text) -> Diagnostic {
    Diagnostic::new(code, message).at(span).hint(hint)
}

/// Control characters, direction overrides and non-characters: never in a text.
pub fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// Invisible characters that copy and paste brings along: removed with a warning.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
}

/// How the texts begin that `campanile new` leaves to be written (`da-completare` inside an address).
pub const PLACEHOLDER: &str = "Da completare";

/// Removes invisible characters (warning) and refuses forbidden ones (error); a text left to be written gets a warning.
pub fn clean_text(written: &str, span: Span, cx: &mut Cx<'_>) -> Option<String> {
    if let Some(bad) = written.chars().find(|c| is_forbidden(*c)) {
        let point = u32::from(bad);
        return cx.fail(invalid(
            Code::FieldCharacters,
            span,
            text!(
                "il testo contiene il carattere invisibile U+{point:04X}",
                "the text holds the invisible character U+{point:04X}"
            ),
            text!("cancella la parola e riscrivila a mano", "delete the word and type it again"),
        ));
    }
    if written.starts_with(PLACEHOLDER) || written.starts_with("da-completare") {
        cx.out.push(
            Diagnostic::new(
                Code::FieldPlaceholder,
                text!("qui il testo è da completare", "the text here is still to be written"),
            )
            .at(span)
            .hint(text!(
                "scrivi il testo vero al posto di «{PLACEHOLDER}»",
                "write the real text instead of “{PLACEHOLDER}”"
            )),
        );
    }
    if written.chars().any(is_invisible) {
        cx.out.push(
            Diagnostic::new(
                Code::FieldInvisible,
                text!(
                    "tolto un carattere invisibile dal testo",
                    "an invisible character was removed from the text"
                ),
            )
            .at(span)
            .hint(text!(
                "riscrivi la parola per toglierlo anche dal file",
                "retype the word to remove it from the file too"
            )),
        );
        return Some(written.chars().filter(|c| !is_invisible(*c)).collect());
    }
    Some(written.to_owned())
}

/// One line of plain text of at most `MAX` characters, trimmed, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<const MAX: usize = 255>(pub String);

impl<const MAX: usize> std::ops::Deref for Line<MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> FieldType for Line<MAX> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = clean_text(scalar(node, cx)?, node.span, cx)?;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if text.is_empty() {
            return cx.fail(invalid(
                Code::FieldEmpty,
                node.span,
                text!("il testo è vuoto", "the text is empty"),
                text!("scrivi un valore fra le virgolette", "write a value between the quotes"),
            ));
        }
        if length > MAX {
            return cx.fail(invalid(
                Code::FieldLong,
                node.span,
                text!(
                    "il testo ha {length} caratteri, al massimo {MAX}",
                    "the text has {length} characters, at most {MAX}"
                ),
                text!("accorcialo di {} caratteri", "shorten it by {} characters", length - MAX),
            ));
        }
        Some(Line(text))
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { max: Some(MAX), ..Scalar::default() })
    }

    /// A line that is an https address, as contacts may be.
    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        if self.0.starts_with("https://")
            && !self.0.contains(' ')
            && let Ok(url) = url::Url::parse(&self.0)
        {
            out.push(Reference { field, to: Named::External(url), span });
        }
    }
}

impl FieldType for Date {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let exact = written.len() == 10 && written.as_bytes().get(4) == Some(&b'-');
        if let (true, Ok(date)) = (exact, written.parse::<Date>()) {
            return Some(date);
        }
        let hint = italian_date(written).map_or_else(
            || {
                text!(
                    "scrivi anno-mese-giorno, per esempio 2026-09-14",
                    "write year-month-day, for example 2026-09-14"
                )
            },
            |iso| text!("scrivi {iso}", "write {iso}"),
        );
        cx.fail(invalid(
            Code::FieldDate,
            node.span,
            text!("`{written}` non è una data valida", "`{written}` is not a valid date"),
            hint,
        ))
    }

    fn shape() -> Shape {
        Scalar::form(r"^\d{4}-\d{2}-\d{2}$", "Scrivi anno-mese-giorno, per esempio 2026-09-14", "2026-09-14")
    }

    fn days(&self, out: &mut Vec<Date>) {
        out.push(*self);
    }
}

/// `14/9/2026`, `14-09-2026`, `14.9.2026` as an ISO date, for the hint.
pub(super) fn italian_date(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(['/', '-', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (date.year() > 999).then(|| date.to_string())
}

impl FieldType for bool {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match scalar(node, cx)? {
            "true" | "sì" | "si" => Some(true),
            "false" | "no" => Some(false),
            other => cx.fail(not_among(other, &["true", "false"], node.span)),
        }
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { types: &[Tipo::Boolean], example: Some("true"), ..Scalar::default() })
    }
}

impl FieldType for u32 {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        written.parse().ok().or_else(|| {
            cx.fail(invalid(
                Code::FieldType,
                node.span,
                text!("`{written}` non è un numero intero", "`{written}` is not a whole number"),
                text!("scrivi solo cifre, per esempio 30", "write digits only, for example 30"),
            ))
        })
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { types: &[Tipo::Integer], ..Scalar::default() })
    }
}

impl FieldType for f64 {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        written.parse().ok().filter(|n: &f64| n.is_finite()).or_else(|| {
            cx.fail(invalid(
                Code::FieldType,
                node.span,
                text!("`{written}` non è un numero", "`{written}` is not a number"),
                text!(
                    "scrivi il numero con il punto, per esempio 46.0712",
                    "write the number with a point, for example 46.0712"
                ),
            ))
        })
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { types: &[Tipo::Number], ..Scalar::default() })
    }
}

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

/// Names a vocabulary at compile time, for [`Term`].
pub trait VocabularyName {
    /// The vocabulary.
    fn vocabulary() -> &'static Vocabulary;
}

macro_rules! vocabularies {
    ($( $name:ident = $file:literal ),* $(,)?) => { $(
        #[doc = concat!("Marks terms of the vocabulary `", $file, "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;
        impl VocabularyName for $name {
            fn vocabulary() -> &'static Vocabulary { vocab::get($file) }
        }
    )* };
}

/// Marker types for [`Term`].
pub mod voc {
    use super::{Vocabulary, VocabularyName, vocab};
    vocabularies!(
        CategoriaServizio = "categorie_servizio",
        Argomento = "argomenti",
        TipoNotizia = "tipi_notizia",
        TipoLuogo = "tipi_luogo",
        TipoUnita = "tipi_unita_organizzativa",
        TipoIncarico = "tipi_incarico",
        Ruolo = "ruoli",
        TipoDocumento = "tipi_documento",
        TipoPuntoContatto = "tipi_punto_contatto",
        Licenza = "licenze",
        EventoVitaPersone = "eventi_vita_persone",
        EventoVitaImpresa = "eventi_vita_impresa",
        TipoEsito = "tipi_esito",
        Archetipo = "archetipi",
        TemaDataset = "temi_dataset",
        FrequenzaAggiornamento = "frequenze_aggiornamento",
        TipoEvento = "tipi_evento",
        TargetEvento = "target_evento",
    );
}

/// A term of a controlled vocabulary.
#[derive(Debug, Clone)]
pub struct Term<V> {
    /// The entry of the vocabulary.
    pub entry: &'static vocab::Voce,
    vocabulary: PhantomData<V>,
}

impl<V: VocabularyName> Term<V> {
    /// The term of an entry.
    pub fn new(entry: &'static vocab::Voce) -> Self {
        Term { entry, vocabulary: PhantomData }
    }
}

impl<V: VocabularyName> FieldType for Term<V> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let vocabulary = V::vocabulary();
        if let Some(entry) = vocabulary.find(written) {
            return Some(Term::new(entry));
        }
        let name = &vocabulary.name;
        let hint = vocabulary.suggest(written).map_or_else(
            || {
                let all = vocabulary.slugs().take(20).collect::<Vec<_>>().join(", ");
                text!("le voci sono: {all}…", "the terms are: {all}…")
            },
            |near| text!("forse volevi scrivere `{near}`", "did you mean `{near}`?"),
        );
        cx.fail(invalid(
            Code::VocabularyUnknown,
            node.span,
            text!(
                "`{written}` non è nel vocabolario «{name}»",
                "`{written}` is not in the vocabulary “{name}”"
            ),
            hint,
        ))
    }

    fn shape() -> Shape {
        Shape::Term(V::vocabulary())
    }
}

/// A file in `media/`, as a path relative to the site's root.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaPath(pub String);

impl FieldType for MediaPath {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let start = if written.starts_with('.') { cx.folder } else { "" };
        match resolve_inside(start, written).filter(|p| p.starts_with("media/")) {
            Some(path) => Some(MediaPath(path)),
            None => cx.fail(invalid(
                Code::MediaPath,
                node.span,
                text!("`{written}` non è un file di media/", "`{written}` is not a file in media/"),
                text!(
                    "metti il file nella cartella media/ e scrivi media/nome-del-file",
                    "put the file in the media/ folder and write media/file-name"
                ),
            )),
        }
    }

    fn shape() -> Shape {
        Shape::Media
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::Media(self.0.clone()), span });
    }
}

/// A picture in `media/` that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PicturePath(pub String);

impl FieldType for PicturePath {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        MediaPath::read(node, cx).map(|path| PicturePath(path.0))
    }

    fn shape() -> Shape {
        Shape::Media
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::Picture(self.0.clone()), span });
    }
}

/// An absolute `https` address of another site (`http` is accepted with a warning).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebUrl(pub url::Url);

impl FieldType for WebUrl {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let parsed =
            url::Url::parse(written).ok().filter(|u| matches!(u.scheme(), "https" | "http") && u.has_host());
        let Some(url) = parsed.filter(|u| u.username().is_empty() && u.password().is_none()) else {
            return cx.fail(invalid(
                Code::MarkdownLink,
                node.span,
                text!(
                    "`{written}` non è un indirizzo web completo",
                    "`{written}` is not a complete web address"
                ),
                text!(
                    "scrivi l'indirizzo intero, che comincia con https://",
                    "write the whole address, beginning with https://"
                ),
            ));
        };
        if url.scheme() == "http" {
            cx.out.push(
                Diagnostic::new(
                    Code::MarkdownLinkHttp,
                    text!("`{written}` non usa https", "`{written}` does not use https"),
                )
                .at(node.span)
                .hint(text!("prova a scrivere https://", "try https://")),
            );
        }
        Some(WebUrl(url))
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^https?://[^\s/]+",
            "Scrivi l'indirizzo intero, che comincia con https://",
            "\"https://www.esempio.it/pagina\"",
        )
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        if self.0.scheme() == "https" {
            out.push(Reference { field, to: Named::External(self.0.clone()), span });
        }
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

    #[test]
    fn italian_dates_get_their_iso_form() {
        assert_eq!(italian_date("14/9/2026").as_deref(), Some("2026-09-14"));
        assert_eq!(italian_date("31/2/2026"), None);
    }
}
