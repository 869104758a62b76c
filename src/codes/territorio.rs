//! Codes of places (online services 4).

use super::form::{FormError, digits, fixed};

code!(
    /// Codice ISTAT of a Comune: six digits, three of the province and three of the Comune. No check digit.
    Istat, FormError, |written| digits(written, 6)
);
code!(
    /// Codice catastale ("Belfiore") of an Italian Comune: a letter A–I, L or M and three digits.
    Belfiore, FormError, |written| fixed(written, 4, |place, c| match place {
        0 => matches!(c, 'A'..='I' | 'L' | 'M'),
        _ => c.is_ascii_digit(),
    })
);
code!(
    /// Postal code (CAP): five digits.
    Cap, FormError, |written| digits(written, 5)
);
