//! E-mail, PEC and telephone: what can be known without calling (online services 4).

use super::scan::without_blanks;
use crate::diagnostic::Text;
use crate::text;

code!(
    /// E-mail address: one `@`, a dotted ASCII host, no blanks.
    Email, EmailError, address
);
code!(
    /// Address of certified e-mail (PEC).
    Pec, EmailError, address
);
code!(
    /// Telephone number in the form of ITU-T E.164: `+390461000100`. Italian numbers keep their leading zero.
    Telefono, TelefonoError, e164
);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailError {
    /// No `@`.
    NoAt,
    /// What stands before the `@` is empty or has a character that addresses do not have.
    Local,
    /// What stands after the `@` is not a dotted name.
    Host,
}

impl EmailError {
    /// The end of a sentence: why the address is refused.
    pub fn text(self) -> Text {
        match self {
            EmailError::NoAt => text!("manca la chiocciola", "there is no @"),
            EmailError::Local => {
                text!("la parte prima della chiocciola non va bene", "the part before the @ is not valid")
            }
            EmailError::Host => {
                text!("la parte dopo la chiocciola non va bene", "the part after the @ is not valid")
            }
        }
    }
}

fn address(written: &str) -> Result<String, EmailError> {
    let (local, host) = written.split_once('@').ok_or(EmailError::NoAt)?;
    let in_local = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b);
    let is_label = |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if local.is_empty() || !local.bytes().all(in_local) {
        return Err(EmailError::Local);
    }
    if !host.contains('.') || !host.split('.').all(is_label) {
        return Err(EmailError::Host);
    }
    Ok(written.to_owned())
}

impl From<Email> for Pec {
    fn from(email: Email) -> Self {
        Pec(email.0)
    }
}

impl Pec {
    /// Whether the host looks like one of certified mail. Many do not: a reason to look again, no more.
    pub fn looks_certified(&self) -> bool {
        let host = self.0.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
        ["pec", "legalmail", "cert"].iter().any(|mark| host.contains(mark))
    }
}

/// Why a text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TelefonoError {
    /// Neither `+` and a country's prefix nor an Italian toll-free number (`800…`).
    Prefix,
    /// A character that is not a digit.
    Character(char),
    /// Too few or too many digits.
    Length(usize),
}

impl TelefonoError {
    /// The end of a sentence: why the number is refused.
    pub fn text(self) -> Text {
        match self {
            TelefonoError::Prefix => {
                text!("manca il prefisso internazionale", "the international prefix is missing")
            }
            TelefonoError::Character(c) => {
                text!("«{}» non è una cifra", "“{}” is not a digit", c.escape_debug())
            }
            TelefonoError::Length(n) => text!("le cifre sono {n}", "it has {n} digits"),
        }
    }
}

/// `+` and 6 to 15 digits, the first not zero; a toll-free number of 6 to 10 digits gets the Italian prefix.
fn e164(written: &str) -> Result<String, TelefonoError> {
    let number = without_blanks(written).replace(['.', '-', '/'], "");
    let (digits, allowed, prefix) = match number.strip_prefix('+') {
        Some(digits) if !digits.starts_with('0') => (digits, 6..=15, "+"),
        None if number.starts_with("800") => (number.as_str(), 6..=10, "+39"),
        _ => return Err(TelefonoError::Prefix),
    };
    if let Some(c) = digits.chars().find(|c| !c.is_ascii_digit()) {
        return Err(TelefonoError::Character(c));
    }
    if !allowed.contains(&digits.len()) {
        return Err(TelefonoError::Length(digits.len()));
    }
    Ok(format!("{prefix}{digits}"))
}

impl Telefono {
    /// For a `tel:` link (RFC 3966).
    pub fn uri(&self) -> String {
        format!("tel:{}", self.0)
    }

    /// For `wa.me` and the like: digits only, with the country's prefix.
    pub fn digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }

    /// For people: Italian numbers without prefix, in groups.
    pub fn display(&self) -> String {
        let national = self.0.strip_prefix("+39").unwrap_or(&self.0);
        let split = if national.starts_with('0') { 4 } else { 3 };
        if national.len() <= split || national.starts_with('+') {
            return national.to_owned();
        }
        let (prefix, rest) = national.split_at(split);
        match rest.len() {
            0..=4 => format!("{prefix} {rest}"),
            n => format!("{prefix} {} {}", &rest[..n - 3], &rest[n - 3..]),
        }
    }
}
