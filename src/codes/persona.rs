//! Codice fiscale of a person: recognised only to keep it off public pages (online services 4.6).

use std::ops::Range;

use super::form::{FormError, fixed};
use super::scan;
use crate::diagnostic::Text;
use crate::text;

code!(
    /// Codice fiscale of a person, upper case, letters in place of digits ("omocodia") included.
    CodiceFiscalePersona, PersonaError, sixteen
);

/// Why a text is not the codice fiscale of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonaError {
    /// Not sixteen letters and digits in their places.
    Form(FormError),
    /// The last letter does not follow from the others.
    CheckLetter,
}

impl PersonaError {
    /// The end of a sentence: why the code is refused.
    pub fn text(self) -> Text {
        match self {
            PersonaError::Form(form) => form.text(),
            PersonaError::CheckLetter => {
                text!("la lettera di controllo non torna", "the check letter does not match")
            }
        }
    }
}

impl CodiceFiscalePersona {
    /// The codes with a right check letter in a text (or file name), upper or lower case, with their byte ranges.
    pub fn find(text: &str) -> Vec<(Range<usize>, Self)> {
        scan::find(text, 16, shape, |words| CodiceFiscalePersona::parse(words).ok())
    }
}

fn sixteen(written: &str) -> Result<String, PersonaError> {
    let code = scan::without_blanks(written).to_ascii_uppercase();
    let code = fixed(&code, 16, shape).map_err(PersonaError::Form)?;
    let (body, letter) = code.as_bytes().split_at(15);
    if letter == [check_letter(body)] { Ok(code) } else { Err(PersonaError::CheckLetter) }
}

/// Six letters of the name, year, month letter, day, place of birth, check letter; digits may be the letters of an "omocodia".
fn shape(place: usize, c: char) -> bool {
    let c = c.to_ascii_uppercase();
    match place {
        8 => "ABCDEHLMPRST".contains(c),
        6 | 7 | 9 | 10 | 12..=14 => c.is_ascii_digit() || "LMNPQRSTUV".contains(c),
        _ => c.is_ascii_uppercase(),
    }
}

/// The letter that follows from the first fifteen characters, upper-case letters and digits.
fn check_letter(body: &[u8]) -> u8 {
    /// What a character counts in an odd place: 0–9 and A–J have the same ten values.
    const ODD: [u8; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let value = |(place, byte): (usize, &u8)| {
        let ordinal = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
        u32::from(if place % 2 == 0 { ODD[usize::from(ordinal)] } else { ordinal })
    };
    let sum: u32 = body.iter().enumerate().map(value).sum();
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[sum as usize % 26]
}
