//! Numero avviso of pagoPA, 18 digits (online services 2.1; SACI 2.0.0 for the older forms).
//!
//! The first digit (aux) says the form: 0 and 2 are old, 3 is today's; in all three the last two digits check the other 16.
//! Form 1, old too, has no check digits: nothing tells it from any other number.

use std::ops::Range;

use super::form::{FormError, digits};
use super::scan;
use crate::diagnostic::Text;
use crate::text;

code!(
    /// Numero avviso: 18 digits without blanks, with right check digits wherever the form has them.
    NumeroAvviso, AvvisoError, eighteen
);

/// Why a text is not a numero avviso.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AvvisoError {
    /// Not 18 digits.
    Form(FormError),
    /// The first digit is not 0, 1, 2 or 3.
    Aux(char),
    /// The last two digits do not follow from the others (modulo 93).
    CheckDigits,
}

impl AvvisoError {
    /// The end of a sentence: why the number is refused.
    pub fn text(self) -> Text {
        match self {
            AvvisoError::Form(form) => form.text(),
            AvvisoError::Aux(aux) => {
                text!(
                    "la prima cifra è {aux}, può essere da 0 a 3",
                    "the first digit is {aux}, it may be 0 to 3"
                )
            }
            AvvisoError::CheckDigits => text!(
                "le ultime due cifre, di controllo, non tornano",
                "the last two digits, of control, do not match"
            ),
        }
    }
}

impl NumeroAvviso {
    /// Whether the form has check digits. If not, any 18 digits that begin with 1 pass.
    pub fn has_check_digits(&self) -> bool {
        !self.0.starts_with('1')
    }

    /// In groups of four, as on printed notices: `3010 0000 0000 0123 73`.
    pub fn grouped(&self) -> String {
        [&self.0[..4], &self.0[4..8], &self.0[8..12], &self.0[12..16], &self.0[16..]].join(" ")
    }

    /// The valid numbers in a text, in one piece or in the groups of a printed notice, with their byte ranges. Other groups
    /// are not looked at: lists of years or telephone numbers would pass for numbers without check digits.
    pub fn find(text: &str) -> Vec<(Range<usize>, Self)> {
        scan::find(text, 18, scan::digit, |words| {
            let as_printed =
                matches!(scan::groups(words).map(str::len).collect::<Vec<_>>()[..], [18] | [4, 4, 4, 4, 2]);
            as_printed.then(|| NumeroAvviso::parse(words).ok()).flatten()
        })
    }
}

fn eighteen(written: &str) -> Result<String, AvvisoError> {
    let number = digits(&scan::without_blanks(written), 18).map_err(AvvisoError::Form)?;
    let (body, check) = number.split_at(16);
    let right = body.bytes().fold(0, |sum, b| (sum * 10 + u32::from(b - b'0')) % 93);
    match number.chars().next() {
        Some(aux @ '4'..='9') => Err(AvvisoError::Aux(aux)),
        Some('1') => Ok(number),
        _ if check == format!("{right:02}") => Ok(number),
        _ => Err(AvvisoError::CheckDigits),
    }
}
