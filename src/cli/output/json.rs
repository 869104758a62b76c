//! One JSON object: `{"diagnostics": [{code, severity, file, line, column, message, hint, pages}], …}`.

use serde::{Serialize, Serializer};

use super::Found;
use crate::diagnostic::Code;

/// The object, with the fields of `rest` beside the findings.
pub fn text(found: &[Found<'_>], rest: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Report<'a, R: Serialize> {
        diagnostics: &'a [Found<'a>],
        #[serde(flatten)]
        rest: &'a R,
    }
    serde_json::to_string(&Report { diagnostics: found, rest }).unwrap_or_default()
}

/// A code by its name.
#[allow(clippy::trivially_copy_pass_by_ref)] // the shape that serde asks for
pub fn code<S: Serializer>(code: &Code, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(code.name())
}
