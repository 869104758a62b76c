//! Amounts of money in euro cents: integers from the text to the page (online services 2.1).

use std::fmt;

use crate::diagnostic::Text;
use crate::text;

/// An amount of 0,01 to 999.999.999,99 euro, the range of a pagoPA payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Importo(u64);

/// Why a text or a number is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportoError {
    /// Not digits with points between thousands and two digits after a comma.
    Form,
    /// Below zero.
    Negative,
    /// Nothing to pay.
    Zero,
    /// More than 999.999.999,99 euro.
    TooBig,
}

impl ImportoError {
    /// The end of a sentence: why the amount is refused.
    pub fn text(self) -> Text {
        match self {
            ImportoError::Form => text!(
                "servono cifre, con il punto fra le migliaia e due cifre dopo la virgola",
                "digits are needed, a point between thousands and two digits after a comma"
            ),
            ImportoError::Negative => text!("è negativo", "it is negative"),
            ImportoError::Zero => text!("è zero", "it is zero"),
            ImportoError::TooBig => text!("supera 999.999.999,99 euro", "it exceeds 999.999.999,99 euro"),
        }
    }
}

impl Importo {
    const MAX: u64 = 99_999_999_999;

    /// Reads euro as Italians write them: `10,50`, `1.234,56`, `1234,56`, `5`.
    pub fn parse(written: &str) -> Result<Self, ImportoError> {
        if written.starts_with('-') {
            return Err(ImportoError::Negative);
        }
        let (euro, cents) = written.split_once(',').unwrap_or((written, "00"));
        let groups: Vec<&str> = euro.split('.').collect();
        let grouped_well = match groups[..] {
            [_] => true,
            [first, ref rest @ ..] => first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
            [] => false,
        };
        let is_number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !grouped_well || cents.len() != 2 || !is_number(cents) || !groups.iter().all(|g| is_number(g)) {
            return Err(ImportoError::Form);
        }
        let all = format!("{}{cents}", groups.concat());
        Importo::from_cents(all.parse().map_err(|_| ImportoError::TooBig)?)
    }

    /// The amount of so many cents.
    pub fn from_cents(cents: u64) -> Result<Self, ImportoError> {
        match cents {
            0 => Err(ImportoError::Zero),
            1..=Self::MAX => Ok(Importo(cents)),
            _ => Err(ImportoError::TooBig),
        }
    }

    /// Euro cents, 1 to 99 999 999 999.
    pub fn cents(self) -> u64 {
        self.0
    }

    /// For machines: `1234.56`.
    pub fn decimal(self) -> String {
        format!("{}.{:02}", self.cents() / 100, self.cents() % 100)
    }

    /// For people: `1.234,56 euro`.
    pub fn display(self) -> String {
        format!("{self} euro")
    }
}

/// `1.234,56`.
impl fmt::Display for Importo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let euro = (self.0 / 100).to_string();
        for (place, digit) in euro.chars().enumerate() {
            if place > 0 && (euro.len() - place).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ",{:02}", self.0 % 100)
    }
}
