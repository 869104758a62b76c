//! Identifiers that somebody else hands out: their form is all that can be checked (online services 3 and 4).

use super::Belfiore;
use super::form::{FormError, fixed, free};

code!(
    /// Codice IPA of a body: ASCII letters, digits, `_` and `-`.
    Ipa, FormError, |written| free(written, |_, c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
);
code!(
    /// Codice univoco ufficio of a public body, for electronic invoices: six upper-case letters or digits.
    Cuf, FormError, |written| fixed(written, 6, |_, c| c.is_ascii_uppercase() || c.is_ascii_digit())
);
code!(
    /// Identifier of a service on App IO: 26 characters of Crockford's base 32 in upper case, the first `0`–`7` (128 bits).
    Ulid, FormError, |written| fixed(written, 26, |place, c| match place {
        0 => matches!(c, '0'..='7'),
        _ => c.is_ascii_digit() || (c.is_ascii_uppercase() && !matches!(c, 'I' | 'L' | 'O' | 'U')),
    })
);
code!(
    /// UUID of version 4 (RFC 9562) in lower case.
    UuidV4, FormError, |written| fixed(written, 36, |place, c| match place {
        8 | 13 | 18 | 23 => c == '-',
        14 => c == '4',
        19 => matches!(c, '8' | '9' | 'a' | 'b'),
        _ => matches!(c, '0'..='9' | 'a'..='f'),
    })
);

code!(
    /// Sector of an activity in the European classification NACE: a section's letter, then perhaps division, group and class
    /// (`I`, `I.55`, `I.55.1`, `I.55.10`).
    Nace, FormError, |written: &str| {
        let found = written.chars().count();
        let expected = [1, 4, 6, 7].into_iter().find(|length| found <= *length).unwrap_or(7);
        fixed(written, expected, |place, c| match place {
            0 => matches!(c, 'A'..='V'),
            1 | 4 => c == '.',
            _ => c.is_ascii_digit(),
        })
    }
);

impl Ipa {
    /// The code that nearly every Comune has: `c_` and its cadastral code in lower case.
    pub fn of_comune(belfiore: &Belfiore) -> Self {
        Ipa(format!("c_{}", belfiore.as_str().to_lowercase()))
    }
}
