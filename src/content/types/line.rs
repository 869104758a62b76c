//! One line of plain text, with the characters that no text may hold.

use super::super::field::{Cx, FieldType, Named, Reference};
use super::super::shape::{Scalar, Shape};
use super::{invalid, scalar};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;
use crate::yaml::Node;

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
