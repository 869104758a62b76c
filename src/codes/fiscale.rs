//! Codice fiscale of a body and partita IVA: eleven digits, the last one of control (online services 4.5).

use super::form::{FormError, digits};
use crate::diagnostic::Text;
use crate::text;

code!(
    /// Codice fiscale of a body: eleven digits with a right check digit, not all zero.
    CodiceFiscaleEnte, FiscaleError, eleven
);
code!(
    /// Partita IVA: the same rule; the prefix `IT` is not part of it.
    PartitaIva, FiscaleError, eleven
);

impl CodiceFiscaleEnte {
    /// Why the code, although its check digit is right, was probably never issued.
    pub fn implausible(&self) -> Option<Implausible> {
        implausible(&self.0)
    }
}

impl PartitaIva {
    /// Why the code, although its check digit is right, was probably never issued.
    pub fn implausible(&self) -> Option<Implausible> {
        implausible(&self.0)
    }
}

/// Why a text is not the codice fiscale of a body or a partita IVA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FiscaleError {
    /// It begins with the prefix of foreign trade, `IT`.
    Prefix,
    /// Not eleven digits.
    Form(FormError),
    /// Nothing but zeros: the check digit would be right, the code means nothing.
    Zero,
    /// The last digit does not follow from the others.
    CheckDigit,
}

impl FiscaleError {
    /// The end of a sentence: why the code is refused.
    pub fn text(self) -> Text {
        match self {
            FiscaleError::Prefix => text!("va scritto senza IT davanti", "it is written without IT in front"),
            FiscaleError::Form(form) => form.text(),
            FiscaleError::Zero => text!("è fatto di soli zeri", "it is all zeros"),
            FiscaleError::CheckDigit => {
                text!("la cifra di controllo non torna", "the check digit does not match")
            }
        }
    }
}

/// What speaks against a code whose check digit is right: a reason for a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implausible {
    /// The serial number, digits 1–7, is zero.
    Number,
    /// Digits 8–10 are not those of an office that issues codes.
    Office,
}

impl Implausible {
    /// The end of a sentence: what is strange about the code.
    pub fn text(self) -> Text {
        match self {
            Implausible::Number => {
                text!("le prime sette cifre sono zeri", "the first seven digits are zeros")
            }
            Implausible::Office => text!(
                "nessun ufficio ha il numero scritto nelle cifre dall'ottava alla decima",
                "no office has the number in digits eight to ten"
            ),
        }
    }
}

fn eleven(written: &str) -> Result<String, FiscaleError> {
    if written.starts_with("IT") {
        return Err(FiscaleError::Prefix);
    }
    let code = digits(written, 11).map_err(FiscaleError::Form)?;
    match luhn(&code) {
        _ if code.bytes().all(|b| b == b'0') => Err(FiscaleError::Zero),
        0 => Ok(code),
        _ => Err(FiscaleError::CheckDigit),
    }
}

/// Luhn's sum of digits modulo 10, the check digit included: 0 if it is right.
fn luhn(digits: &str) -> u32 {
    let weighted = |(place, byte): (usize, u8)| match (place % 2, u32::from(byte - b'0')) {
        (0, digit) => digit,
        (_, digit) if digit > 4 => digit * 2 - 9,
        (_, digit) => digit * 2,
    };
    digits.bytes().enumerate().map(weighted).sum::<u32>() % 10
}

/// The offices that issue codes are those of the provinces, 1–100, and a few more.
fn implausible(code: &str) -> Option<Implausible> {
    if code.starts_with("0000000") {
        return Some(Implausible::Number);
    }
    let office: u16 = code[7..10].parse().unwrap_or(0);
    (!matches!(office, 1..=100 | 120 | 121 | 888 | 999)).then_some(Implausible::Office)
}
