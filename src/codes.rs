//! National identifiers of a body: form and check digits (online services 4).

/// Codice catastale (Belfiore) of an Italian Comune: a letter A–I, L or M and three digits.
pub fn is_belfiore(code: &str) -> bool {
    match code.as_bytes() {
        [letter, digits @ ..] => {
            matches!(letter, b'A'..=b'I' | b'L' | b'M') && digits.len() == 3 && all_digits(digits)
        }
        [] => false,
    }
}

/// Codice ISTAT of a Comune: six digits.
pub fn is_istat(code: &str) -> bool {
    code.len() == 6 && all_digits(code.as_bytes())
}

/// Codice IPA: letters, digits, `_` and `-`.
pub fn is_ipa(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Codice univoco ufficio (CUF): six upper-case letters or digits.
pub fn is_cuf(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Sigla of a province: two upper-case letters.
pub fn is_provincia(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// Codice fiscale of a body or partita IVA: eleven digits, the last one a check digit (Luhn), not all zero.
pub fn is_codice_fiscale_ente(code: &str) -> bool {
    if code.len() != 11 || !all_digits(code.as_bytes()) || code.bytes().all(|b| b == b'0') {
        return false;
    }
    let sum: u32 = code
        .bytes()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0');
            let weighted = if i % 2 == 0 { digit } else { digit * 2 };
            if weighted > 9 { weighted - 9 } else { weighted }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// UUID of version 4, lower case, as `OpenCity` writes it.
pub fn is_uuid4(code: &str) -> bool {
    let groups: Vec<&str> = code.split('-').collect();
    let hex = |s: &str| s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    groups.iter().map(|g| g.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|g| hex(g))
        && groups[2].starts_with('4')
        && groups[3].starts_with(['8', '9', 'a', 'b'])
}

/// ULID: 26 characters of Crockford's base 32, the first at most 7.
pub fn is_ulid(code: &str) -> bool {
    let digit = |b: u8| matches!(b, b'0'..=b'9' | b'A'..=b'H' | b'J' | b'K' | b'M' | b'N' | b'P'..=b'T' | b'V'..=b'Z');
    code.len() == 26 && code.bytes().all(digit) && code.as_bytes()[0] <= b'7'
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_codes_of_bodies() {
        for ok in [
            "00355870221",
            "01199250158",
            "02438750586",
            "00473040186",
            "80007580279",
            "15376371009",
            "01234560223",
        ] {
            assert!(is_codice_fiscale_ente(ok), "{ok}");
        }
        for bad in ["00355870222", "77777777777", "0035587022", "IT00355870221", "00000000000"] {
            assert!(!is_codice_fiscale_ente(bad), "{bad}");
        }
    }

    #[test]
    fn cadastral_codes() {
        assert!(is_belfiore("L378") && is_belfiore("A001"));
        for bad in ["J001", "K001", "Z100", "L37", "l378", ""] {
            assert!(!is_belfiore(bad), "{bad}");
        }
    }
}
