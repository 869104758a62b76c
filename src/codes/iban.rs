//! Italian bank accounts: a service sheet should not name them (online services 2.4 and 4.7).

use std::ops::Range;

use super::form::{FormError, fixed};
use super::scan;
use crate::diagnostic::Text;
use crate::text;

code!(
    /// Italian IBAN, upper case without blanks: `IT`, two check digits, a letter, ten digits, twelve letters or digits.
    Iban, IbanError, italian
);

/// Why a text is not an Italian IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IbanError {
    /// It does not begin with `IT`.
    Country,
    /// Not 27 letters and digits in their places.
    Form(FormError),
    /// The check digits do not follow from the others (ISO 7064, modulo 97).
    CheckDigits,
}

impl IbanError {
    /// The end of a sentence: why the IBAN is refused.
    pub fn text(self) -> Text {
        match self {
            IbanError::Country => text!("non comincia con IT", "it does not begin with IT"),
            IbanError::Form(form) => form.text(),
            IbanError::CheckDigits => {
                text!("le cifre di controllo non tornano", "the check digits do not match")
            }
        }
    }
}

impl Iban {
    /// The valid Italian IBANs in a text, in one piece or in groups, with their byte ranges.
    pub fn find(text: &str) -> Vec<(Range<usize>, Self)> {
        scan::find(text, 27, shape, |words| Iban::parse(words).ok())
    }
}

fn italian(written: &str) -> Result<String, IbanError> {
    let code = scan::without_blanks(written).to_ascii_uppercase();
    if !code.starts_with("IT") {
        return Err(IbanError::Country);
    }
    let code = fixed(&code, 27, shape).map_err(IbanError::Form)?;
    if remainder(&code) == 1 { Ok(code) } else { Err(IbanError::CheckDigits) }
}

/// Country, check digits, letter, bank and branch, account.
fn shape(place: usize, c: char) -> bool {
    match place {
        0 => c.eq_ignore_ascii_case(&'I'),
        1 => c.eq_ignore_ascii_case(&'T'),
        4 => c.is_ascii_alphabetic(),
        2 | 3 | 5..=14 => c.is_ascii_digit(),
        _ => c.is_ascii_alphanumeric(),
    }
}

/// Modulo 97 of the number that the code makes with its first four characters at the end and letters as 10…35.
fn remainder(code: &str) -> u32 {
    let (head, tail) = code.as_bytes().split_at(4);
    tail.iter().chain(head).fold(0, |sum, byte| match byte {
        b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
        letter => (sum * 100 + u32::from(letter - b'A') + 10) % 97,
    })
}
