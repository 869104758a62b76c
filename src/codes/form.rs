//! The outer form of a code: how many characters, and which ones may stand where.

use crate::diagnostic::Text;
use crate::text;

/// Why a text does not have the form of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// Nothing but blanks.
    Empty,
    /// Another number of characters.
    Length {
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// A character that may not stand where it stands.
    Character {
        /// The first such character.
        character: char,
        /// Its place, counted from 1.
        position: usize,
    },
}

impl FormError {
    /// The end of a sentence: why the code is refused.
    pub fn text(self) -> Text {
        match self {
            FormError::Empty => text!("non c'è scritto niente", "nothing is written"),
            FormError::Length { found, expected } => text!(
                "i caratteri sono {found} invece di {expected}",
                "there are {found} characters instead of {expected}"
            ),
            FormError::Character { character, position } => text!(
                "il carattere {position}, «{}», non può stare lì",
                "character {position}, “{}”, cannot stand there",
                character.escape_debug()
            ),
        }
    }
}

/// The text itself, if it has `length` characters and each, at its place counted from 0, is `allowed`.
pub(super) fn fixed(
    written: &str,
    length: usize,
    allowed: impl Fn(usize, char) -> bool,
) -> Result<String, FormError> {
    let found = written.chars().count();
    if found != length && !written.trim().is_empty() {
        return Err(FormError::Length { found, expected: length });
    }
    free(written, allowed)
}

/// As [`fixed`], of any length but zero.
pub(super) fn free(written: &str, allowed: impl Fn(usize, char) -> bool) -> Result<String, FormError> {
    if written.trim().is_empty() {
        return Err(FormError::Empty);
    }
    match written.chars().enumerate().find(|(place, c)| !allowed(*place, *c)) {
        Some((place, character)) => Err(FormError::Character { character, position: place + 1 }),
        None => Ok(written.to_owned()),
    }
}

/// `length` ASCII digits.
pub(super) fn digits(written: &str, length: usize) -> Result<String, FormError> {
    fixed(written, length, |_, c| c.is_ascii_digit())
}
