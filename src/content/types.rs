//! The value types that fields are made of: one line of text, dates, slugs, vocabulary terms, paths, addresses (codes, amounts
//! and contacts are in `codes`). Each accepts one spelling and reports anything else with the cure.

mod address;
mod date;
mod line;
mod number;
mod reference;
mod term;

pub use address::{MediaPath, PicturePath, WebUrl};
pub(super) use date::italian_date;
pub use line::{Line, PLACEHOLDER, clean_text, is_forbidden, is_invisible};
pub use reference::{AnyRef, Slug, Target, is_slug, slugify, target};
pub use term::{Term, VocabularyName, voc};

use super::field::{Cx, wrong_type};
use crate::diagnostic::{Code, Diagnostic, Span, Text, nearest};
use crate::text;
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

/// A value of the wrong form.
fn invalid(code: Code, span: Span, message: Text, hint: Text) -> Diagnostic {
    Diagnostic::new(code, message).at(span).hint(hint)
}
