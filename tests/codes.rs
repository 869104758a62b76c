//! National identifiers: the vectors of `tests/data/` (those of notice numbers also serve the browser's script) and the laws
//! that hold for every code. Every law was seen to fail with the check in question taken out.

use std::fmt::{Debug, Display};
use std::ops::Range;

use campanile::codes::{
    AvvisoError, Belfiore, Cap, CodiceFiscaleEnte, CodiceFiscalePersona, Cuf, Iban, Importo, Ipa, Istat,
    NumeroAvviso, PartitaIva, Pec, Provincia, QrPagopa, RptId, Telefono, Ulid, UuidV4,
};
use campanile::content::field::{Cx, FieldType};
use campanile::diagnostic::FileId;
use campanile::limits::Limits;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vector {
    #[serde(default)]
    r#type: String,
    input: String,
    expected: String,
}

/// Compares what `judge` says of every input with what the file of vectors expects.
fn vectors(file: &str, judge: impl Fn(&Vector) -> String) {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let all: Vec<Vector> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(!all.is_empty());
    for vector in &all {
        assert_eq!(judge(vector), vector.expected, "{file}: {} {:?}", vector.r#type, vector.input);
    }
}

/// `ok` or the error's own name.
fn verdict<T, E: Debug>(read: &Result<T, E>) -> String {
    read.as_ref().map_or_else(|why| format!("{why:?}"), |_| "ok".to_owned())
}

#[test]
fn notice_numbers() {
    vectors("avvisi.json", |v| {
        let name = match NumeroAvviso::parse(&v.input) {
            Ok(_) => "ok",
            Err(AvvisoError::Form(_)) => "FORMATO",
            Err(AvvisoError::Aux(_)) => "AUX_NON_AMMESSO",
            Err(AvvisoError::CheckDigits) => "CIN_ERRATO",
        };
        name.to_owned()
    });
    let number = |written| NumeroAvviso::parse(written).unwrap();
    assert_eq!(number("301000000000012373").grouped(), "3010 0000 0000 0123 73");
    assert!(
        number("301000000000012373").has_check_digits() && !number("112345678901234567").has_check_digits()
    );
}

#[test]
fn codes_of_bodies() {
    vectors("codes/enti.json", |v| match CodiceFiscaleEnte::parse(&v.input) {
        Ok(code) => code.implausible().map_or("ok".to_owned(), |why| format!("ok, {why:?}")),
        Err(why) => format!("{why:?}"),
    });
    vectors("codes/enti.json", |v| match PartitaIva::parse(&v.input) {
        Ok(code) => code.implausible().map_or("ok".to_owned(), |why| format!("ok, {why:?}")),
        Err(why) => format!("{why:?}"),
    });
}

#[test]
fn codes_of_persons_accounts_and_payments() {
    vectors("codes/persone.json", |v| verdict(&CodiceFiscalePersona::parse(&v.input)));
    vectors("codes/iban.json", |v| verdict(&Iban::parse(&v.input)));
    vectors("codes/rpt.json", |v| verdict(&RptId::parse(&v.input)));
    vectors("codes/qr.json", |v| verdict(&QrPagopa::parse(&v.input)));
    let qr = QrPagopa::parse("PAGOPA|002|301000000000012373|00355870221|1050").unwrap();
    assert_eq!(qr.importo().display(), "10,50 euro");
    assert_eq!(qr.rpt().to_string(), "00355870221301000000000012373");
}

#[test]
fn other_codes() {
    vectors("codes/altri.json", |v| match v.r#type.as_str() {
        "istat" => verdict(&Istat::parse(&v.input)),
        "belfiore" => verdict(&Belfiore::parse(&v.input)),
        "ipa" => verdict(&Ipa::parse(&v.input)),
        "cap" => verdict(&Cap::parse(&v.input)),
        "provincia" => verdict(&Provincia::parse(&v.input)),
        "cuf" => verdict(&Cuf::parse(&v.input)),
        "ulid" => verdict(&Ulid::parse(&v.input)),
        "uuid4" => verdict(&UuidV4::parse(&v.input)),
        "pec" => match Pec::parse(&v.input) {
            Ok(pec) if pec.looks_certified() => "ok, certified".to_owned(),
            Ok(_) => "ok, doubtful".to_owned(),
            Err(why) => format!("{why:?}"),
        },
        "telefono" => Telefono::parse(&v.input).map_or_else(|why| format!("{why:?}"), |t| t.to_string()),
        other => panic!("no code `{other}`"),
    });
    assert_eq!(Ipa::of_comune(&Belfiore::parse("L378").unwrap()).as_str(), "c_l378");
}

/// The input is YAML: quotes make the difference.
#[test]
fn amounts_as_written_in_yaml() {
    vectors("codes/importi.json", |v| {
        let mut out = Vec::new();
        let node = campanile::yaml::parse(&v.input, FileId(0), 0, Limits::default(), &mut out).unwrap();
        match Importo::read(&node, &mut Cx { out: &mut out, folder: "", limits: Limits::default() }) {
            Some(importo) => importo.cents().to_string(),
            None => out[0].message.it.split_once(": ").unwrap().1.to_owned(),
        }
    });
}

#[test]
fn telephones_for_people_and_for_links() {
    let shown = |written: &str| Telefono::parse(written).unwrap().display();
    assert_eq!(shown("+39 0461 000100"), "0461 000 100");
    assert_eq!(shown("+39 340 0001000"), "340 0001 000");
    assert_eq!(shown("800000998"), "800 000 998");
    assert_eq!(shown("+43 512 5360"), "+435125360");
    let phone = Telefono::parse("+39 0461 000100").unwrap();
    assert_eq!((phone.uri().as_str(), phone.digits()), ("tel:+390461000100", "390461000100"));
}

/// 107 provinces and metropolitan cities of 2024, and four forerunners of those that Sardinia re-established.
#[test]
fn the_table_of_provinces_is_whole() {
    let sigle: std::collections::BTreeSet<&str> = Provincia::all().map(Provincia::as_str).collect();
    assert_eq!(sigle.len(), Provincia::all().count(), "none stands twice");
    assert_eq!(sigle.len(), 107 + 4);
    for provincia in Provincia::all() {
        assert_eq!(Provincia::parse(provincia.as_str()), Ok(provincia));
    }
    assert_eq!(Provincia::parse("BZ").unwrap().regione().nome, "Provincia autonoma di Bolzano");
}

/// The texts that a detector finds.
fn found<'a, T>(text: &'a str, hits: &[(Range<usize>, T)]) -> Vec<&'a str> {
    hits.iter().map(|(range, _)| &text[range.clone()]).collect()
}

#[test]
fn persons_are_found_in_text_and_file_names() {
    let text =
        "Graduatoria: RSSMRA80A01H501U, (bncnna92c50f205e); scarto RSSMRA80A01H501X. È VRD LGU 75T20 L378H!";
    let hits = CodiceFiscalePersona::find(text);
    assert_eq!(found(text, &hits), ["RSSMRA80A01H501U", "bncnna92c50f205e", "VRD LGU 75T20 L378H"]);
    assert_eq!(hits[1].1.as_str(), "BNCNNA92C50F205E");
    for name in ["media/cv_RSSMRA80A01H501U.pdf", "RSSMRA80A01H501U-2026.pdf.p7m", "RSSMRA80A01H501U"] {
        assert_eq!(found(name, &CodiceFiscalePersona::find(name)), ["RSSMRA80A01H501U"], "{name}");
    }
    for part in ["XRSSMRA80A01H501U", "RSSMRA80A01H501U1", "èRSSMRA80A01H501U", "RSSMRA80A01H501Uè"] {
        assert!(CodiceFiscalePersona::find(part).is_empty(), "{part} is a longer word");
    }
}

#[test]
fn accounts_are_found_in_text() {
    let text = "Bonifico su IBAN: IT60X0542811101000000123456 o IT 60 X 05428 11101 000000123456, non IT61X0542811101000000123456";
    let expected = ["IT60X0542811101000000123456", "IT 60 X 05428 11101 000000123456"];
    assert_eq!(found(text, &Iban::find(text)), expected);
    assert!(Iban::find("IT60X0542811101  000000123456").is_empty(), "two blanks part two words");
}

#[test]
fn notices_are_found_in_text() {
    let text = "Avviso 301000000000012373 o 3010 0000 0000 0123 73; non 303000000123456713. Anche 2026 3010 0000 0000 0123 73 05.";
    let expected = ["301000000000012373", "3010 0000 0000 0123 73", "3010 0000 0000 0123 73"];
    assert_eq!(found(text, &NumeroAvviso::find(text)), expected);
    for other in
        ["1990 1991 1992 1993 1994", "30100000 0000012373", "3010  0000 0000 0123 73", "3010000000000123731"]
    {
        assert!(NumeroAvviso::find(other).is_empty(), "{other}");
    }
    let link = "https://checkout.pagopa.it/00355870221301000000000012373";
    assert_eq!(found(link, &RptId::find(link)), ["00355870221301000000000012373"]);
    assert!(NumeroAvviso::find(link).is_empty(), "29 digits are one word");
}

/// A quadratic detector would need hours for this.
#[test]
fn detectors_are_linear() {
    let text = "3 ".repeat(100_000) + &"A ".repeat(100_000) + &"A".repeat(100_000) + &"IT60X ".repeat(20_000);
    assert!(NumeroAvviso::find(&text).is_empty() && RptId::find(&text).is_empty());
    assert!(Iban::find(&text).is_empty() && CodiceFiscalePersona::find(&text).is_empty());
}

// How valid codes are made: from their definition, apart from the code under test.

fn ente() -> impl Strategy<Value = String> {
    "[0-9]{10}".prop_filter("a serial number", |body| body != "0000000000").prop_map(|body| {
        let doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
        let digit = |b: u8| u32::from(b - b'0');
        let sum: u32 = body
            .bytes()
            .enumerate()
            .map(|(i, b)| if i % 2 == 0 { digit(b) } else { doubled[digit(b) as usize] })
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    })
}

fn avviso() -> impl Strategy<Value = String> {
    "[023][0-9]{15}".prop_map(|body| {
        let remainder = body.parse::<u64>().unwrap() % 93;
        format!("{body}{remainder:02}")
    })
}

fn persona() -> impl Strategy<Value = String> {
    const DIGIT: &str = "[0-9LMNPQRSTUV]";
    let shape = format!("[A-Z]{{6}}{DIGIT}{{2}}[ABCDEHLMPRST]{DIGIT}{{2}}[A-Z]{DIGIT}{{3}}");
    proptest::string::string_regex(&shape).unwrap().prop_map(|body| {
        // The official table of odd places, by letter; a digit counts as the letter of the same rank.
        let odd = "BAFHJNPRTVCESULDGIMOQKWZYX";
        let rank = |c: char| c.to_digit(10).unwrap_or_else(|| c as u32 - 65) as usize;
        let value =
            |(i, c): (usize, char)| if i % 2 == 0 { odd.as_bytes()[rank(c)] as usize - 65 } else { rank(c) };
        let sum: usize = body.chars().enumerate().map(value).sum();
        format!("{body}{}", char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[sum % 26]))
    })
}

fn iban() -> impl Strategy<Value = String> {
    "[A-Z][0-9]{10}[A-Z0-9]{12}".prop_map(|bban| {
        let digits: String =
            format!("{bban}IT00").chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
        // In pieces short enough for 64 bits: the remainder goes before the next piece.
        let remainder = digits.as_bytes().chunks(9).fold(0, |rest, piece| {
            format!("{rest}{}", std::str::from_utf8(piece).unwrap()).parse::<u64>().unwrap() % 97
        });
        format!("IT{:02}{bban}", 98 - remainder)
    })
}

/// A code with one character replaced by another of the same kind (digit by digit, letter by letter).
fn with_one_slip(code: impl Strategy<Value = String>) -> impl Strategy<Value = (String, usize, String)> {
    (code, any::<prop::sample::Index>(), 1..26_u8).prop_map(|(code, index, step)| {
        let place = index.index(code.len());
        let mut bytes = code.clone().into_bytes();
        let (first, size) = if bytes[place].is_ascii_digit() { (b'0', 10) } else { (b'A', 26) };
        let step = (step - 1) % (size - 1) + 1;
        bytes[place] = first + (bytes[place] - first + step) % size;
        (code, place, String::from_utf8(bytes).unwrap())
    })
}

fn round_trip<T: Display + PartialEq + Debug, E: Debug>(written: &str, parse: impl Fn(&str) -> Result<T, E>) {
    let code = parse(written).unwrap();
    assert_eq!(parse(&code.to_string()).unwrap(), code);
}

proptest! {
    /// Luhn adds a digit or the image of a digit under a permutation (0, 2, 4, 6, 8, 1, 3, 5, 7, 9): every slip changes the sum
    /// modulo 10.
    #[test]
    fn bodies_pass_and_slips_do_not((code, _, slip) in with_one_slip(ente())) {
        prop_assert!(CodiceFiscaleEnte::parse(&code).is_ok());
        prop_assert!(CodiceFiscaleEnte::parse(&slip).is_err());
    }

    /// A slip of d in the first 16 digits changes the number by d·10^k; 93 = 3·31 and neither d (at most 9) nor 10^k has the
    /// factor 31: the remainder changes. A slip in the last two is compared as it is. The first digit is set apart: as 1 it means
    /// the form without check digits, and nothing can be known.
    #[test]
    fn notices_pass_and_slips_do_not((number, place, slip) in with_one_slip(avviso())) {
        prop_assert!(NumeroAvviso::parse(&number).is_ok());
        let unchecked = place == 0 && slip.starts_with('1');
        prop_assert_eq!(NumeroAvviso::parse(&slip).is_ok(), unchecked);
    }

    /// In every place the values of the characters that may stand there differ modulo 26: letters have all 26, and in odd places
    /// the values of 0–9 (1, 0, 5, 7, 9, 13, 15, 17, 19, 21) are none of those of L–V (4, 18, 20, 3, 6, 8, 12, 14, 16, 10).
    #[test]
    fn persons_pass_and_slips_do_not((code, _, slip) in with_one_slip(persona())) {
        prop_assert!(CodiceFiscalePersona::parse(&code).is_ok());
        prop_assert!(CodiceFiscalePersona::parse(&slip).is_err());
    }

    /// A slip changes the number by d·10^k with d at most 25, and 97 is prime. (A digit for a letter also moves everything before
    /// it by one place: that can be missed, so slips stay within their kind.)
    #[test]
    fn accounts_pass_and_slips_do_not((code, _, slip) in with_one_slip(iban())) {
        prop_assert!(Iban::parse(&code).is_ok());
        prop_assert!(Iban::parse(&slip).is_err());
    }

    #[test]
    fn what_is_shown_is_read_again(
        ente in ente(), avviso in avviso(), persona in persona(), iban in iban(), cents in 1..=99_999_999_999_u64,
        ulid in "[0-7][0-9A-HJKMNP-TV-Z]{25}", phone in "\\+[1-9][0-9]{5,14}", small in 1..=9_999_999_999_u64,
    ) {
        round_trip(&ente, CodiceFiscaleEnte::parse);
        round_trip(&ente, PartitaIva::parse);
        round_trip(&avviso, NumeroAvviso::parse);
        round_trip(&NumeroAvviso::parse(&avviso).unwrap().grouped(), NumeroAvviso::parse);
        round_trip(&persona.to_lowercase(), CodiceFiscalePersona::parse);
        round_trip(&iban.to_lowercase(), Iban::parse);
        round_trip(&format!("{ente}{avviso}"), RptId::parse);
        round_trip(&format!("PAGOPA|002|{avviso}|{ente}|{small:010}"), QrPagopa::parse);
        round_trip(&ulid, Ulid::parse);
        round_trip(&phone, Telefono::parse);
        let importo = Importo::from_cents(cents).unwrap();
        prop_assert_eq!(Importo::parse(&importo.to_string()), Ok(importo));
    }

    /// Between marks that are no part of a word the codes are found where they stand.
    #[test]
    fn detectors_find_what_stands_alone(
        before in "[ .,;:(«/_-]{1,4}", after in "[ .,;:)»/_-]{1,4}",
        ente in ente(), avviso in avviso(), persona in persona(), iban in iban(),
    ) {
        let place = |code: &str| (format!("{before}{code}{after}"), before.len()..before.len() + code.len());
        let (text, range) = place(&avviso);
        prop_assert_eq!(NumeroAvviso::find(&text), [(range, NumeroAvviso::parse(&avviso).unwrap())]);
        let (text, range) = place(&persona);
        prop_assert_eq!(CodiceFiscalePersona::find(&text), [(range, CodiceFiscalePersona::parse(&persona).unwrap())]);
        let (text, range) = place(&iban);
        prop_assert_eq!(Iban::find(&text), [(range, Iban::parse(&iban).unwrap())]);
        let rpt = format!("{ente}{avviso}");
        let (text, range) = place(&rpt);
        prop_assert_eq!(RptId::find(&text), [(range, RptId::parse(&rpt).unwrap())]);
    }

    /// Any text is survived, and what is found is a part of it that reads as the code.
    #[test]
    fn any_text_is_survived(noise in "\\PC*", mixed in "([0-9A-Zè \u{A0}]{0,30}|IT60X0542811101000000123456|RSSMRA80A01H501U| ){0,8}") {
        for text in [&noise, &mixed] {
            let persons = CodiceFiscalePersona::find(text);
            prop_assert!(found(text, &persons).iter().all(|hit| CodiceFiscalePersona::parse(hit).is_ok()));
            let accounts = Iban::find(text);
            prop_assert!(found(text, &accounts).iter().all(|hit| Iban::parse(hit).is_ok()));
            let notices = NumeroAvviso::find(text);
            prop_assert!(found(text, &notices).iter().all(|hit| NumeroAvviso::parse(hit).is_ok()));
            let payments = RptId::find(text);
            prop_assert!(found(text, &payments).iter().all(|hit| hit.contains(char::is_numeric)));
            let _ = (QrPagopa::parse(text), Importo::parse(text), Telefono::parse(text), Provincia::parse(text));
            let _ = (CodiceFiscaleEnte::parse(text), UuidV4::parse(text), Pec::parse(text), Cuf::parse(text));
        }
    }
}
