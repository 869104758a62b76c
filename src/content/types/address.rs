//! Where something is: files and pictures of `media/`, addresses of other sites.

use super::super::field::{Cx, FieldType, Named, Reference};
use super::super::shape::{Scalar, Shape};
use super::{invalid, scalar};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::source::resolve_inside;
use crate::text;
use crate::yaml::Node;

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
