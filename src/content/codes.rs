//! How national identifiers, amounts and contacts are read from YAML: the types are those of [`crate::codes`], the words are here.

use super::field::{Cx, FieldType};
use super::shape::{Scalar, Shape, Tipo};
use super::types::scalar;
use crate::codes::{
    Belfiore, Cap, CodiceFiscaleEnte, Cuf, Email, EmailError, FiscaleError, Implausible, Importo,
    ImportoError, Ipa, Istat, Nace, PartitaIva, Pec, Provincia, Telefono, TelefonoError,
};
use crate::diagnostic::{Code, Diagnostic, Severity, Text};
use crate::text;
use crate::yaml::{Node, Value};

/// A code must be a quoted string, so that leading zeros survive: warns about bare digits.
fn quoted<'a>(node: &'a Node, cx: &mut Cx<'_>) -> Option<&'a str> {
    let written = scalar(node, cx)?;
    if is_bare(node) && written.bytes().all(|b| b.is_ascii_digit()) {
        cx.out.push(
            Diagnostic::new(
                Code::EntityCode,
                text!("il codice `{written}` è senza virgolette", "code `{written}` is not quoted"),
            )
            .severity(Severity::Warning)
            .at(node.span)
            .hint(text!("scrivi \"{written}\"", "write \"{written}\"")),
        );
    }
    Some(written)
}

fn is_bare(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar { quoted: false, .. })
}

/// The value read, or the fault: `written` is not `what` (Italian, English), why, and how it is cured.
fn accept<T>(
    read: Result<T, Text>,
    (code, what, hint): (Code, (&str, &str), (&str, &str)),
    node: &Node,
    cx: &mut Cx<'_>,
) -> Option<T> {
    let why = match read {
        Ok(value) => return Some(value),
        Err(why) => why,
    };
    let written = scalar(node, cx)?;
    let message = Text {
        it: format!("`{written}` non è {}: {}", what.0, why.it),
        en: format!("`{written}` is not {}: {}", what.1, why.en),
    };
    let hint = Text { it: hint.0.to_owned(), en: hint.1.to_owned() };
    cx.fail(Diagnostic::new(code, message).at(node.span).hint(hint))
}

/// Reads codes of the body (`COD-01`); the two texts say how each is written.
macro_rules! codes {
    ($( $name:ident: $it:literal, $en:literal, $pattern:literal, $example:literal; )*) => { $(
        impl FieldType for $name {
            fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
                let read = $name::parse(quoted(node, cx)?).map_err(|why| why.text());
                accept(read, (Code::EntityCode, ("valido", "valid"), ($it, $en)), node, cx)
            }

            fn shape() -> Shape {
                Scalar::form($pattern, $it, $example)
            }
        }
    )* };
}

codes! {
    Ipa: "per un Comune è c_ più il codice catastale, per esempio \"c_l378\"",
        "for a Comune it is c_ plus the cadastral code, for example \"c_l378\"",
        "^[A-Za-z0-9_]+$", "\"c_l378\"";
    Nace: "è una lettera e poi le cifre del settore, per esempio \"I.55\"",
        "a letter and then the digits of the sector, for example \"I.55\"",
        r"^[A-V](\.\d{2}(\.\d{1,2})?)?$", "\"I.55\"";
    Istat: "il codice ISTAT ha sei cifre, per esempio \"022205\"",
        "an ISTAT code has six digits, for example \"022205\"",
        r"^\d{6}$", "\"022205\"";
    Belfiore: "il codice catastale è una lettera e tre cifre, per esempio \"L378\"",
        "a cadastral code is a letter and three digits, for example \"L378\"",
        r"^[A-Z]\d{3}$", "\"L378\"";
    Cuf: "ha sei lettere maiuscole o cifre, per esempio \"UF4X7R\"",
        "it has six upper-case letters or digits, for example \"UF4X7R\"",
        "^[A-Z0-9]{6}$", "\"UF4X7R\"";
    Provincia: "la sigla ha due lettere maiuscole, per esempio TN",
        "two upper-case letters, for example TN",
        "^[A-Z]{2}$", "TN";
    Cap: "il CAP ha cinque cifre, per esempio \"38122\"",
        "a CAP has five digits, for example \"38122\"",
        r"^\d{5}$", "\"38122\"";
}

impl FieldType for CodiceFiscaleEnte {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        eleven_digits(node, cx, CodiceFiscaleEnte::parse, CodiceFiscaleEnte::implausible)
    }

    fn shape() -> Shape {
        Scalar::form(r"^\d{11}$", "Ha undici cifre, fra virgolette", "\"01234560223\"")
    }
}

impl FieldType for PartitaIva {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        eleven_digits(node, cx, PartitaIva::parse, PartitaIva::implausible)
    }

    fn shape() -> Shape {
        Scalar::form(r"^\d{11}$", "Ha undici cifre, fra virgolette", "\"01234560223\"")
    }
}

/// A wrong check digit is an error, an implausible code a warning (`COD-01` both).
fn eleven_digits<T>(
    node: &Node,
    cx: &mut Cx<'_>,
    parse: fn(&str) -> Result<T, FiscaleError>,
    implausible: fn(&T) -> Option<Implausible>,
) -> Option<T> {
    let written = quoted(node, cx)?;
    let hint = (
        "ha undici cifre e l'ultima è di controllo: ricopialo con attenzione",
        "it has eleven digits, the last one a check digit: copy it again with care",
    );
    let expected = (Code::EntityCode, ("valido", "valid"), hint);
    let code = accept(parse(written).map_err(FiscaleError::text), expected, node, cx)?;
    if let Some(why) = implausible(&code) {
        let Text { it, en } = why.text();
        let message = Text {
            it: format!("`{written}` è insolito: {it}"),
            en: format!("`{written}` is unusual: {en}"),
        };
        cx.out.push(
            Diagnostic::new(Code::EntityCode, message)
                .severity(Severity::Warning)
                .at(node.span)
                .hint(text!("controlla di averlo copiato bene", "check that it was copied well")),
        );
    }
    Some(code)
}

impl FieldType for Email {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let read = Email::parse(scalar(node, cx)?).map_err(EmailError::text);
        let what = ("un indirizzo di posta elettronica", "an e-mail address");
        let hint = ("per esempio: urp@comune.esempio.tn.it", "for example: urp@comune.esempio.tn.it");
        accept(read, (Code::FieldValue, what, hint), node, cx)
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
            "Scrivi un indirizzo di posta",
            "urp@comune.esempio.tn.it",
        )
    }
}

impl FieldType for Pec {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let pec = Pec::from(Email::read(node, cx)?);
        if !pec.looks_certified() {
            cx.out.push(
                Diagnostic::new(
                    Code::EntityCode,
                    text!("`{pec}` non sembra una PEC", "`{pec}` does not look like certified mail"),
                )
                .severity(Severity::Hint)
                .at(node.span)
                .hint(text!("controlla su indicepa.gov.it", "check on indicepa.gov.it")),
            );
        }
        Some(pec)
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
            "Scrivi un indirizzo PEC",
            "comune@pec.comune.esempio.tn.it",
        )
    }
}

impl FieldType for Telefono {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let read = Telefono::parse(scalar(node, cx)?).map_err(TelefonoError::text);
        let what = ("un numero di telefono internazionale", "an international phone number");
        let hint = (
            "scrivi \"+39\" e il numero con lo zero iniziale, per esempio \"+390461000100\"",
            "write \"+39\" and the number, for example \"+390461000100\"",
        );
        accept(read, (Code::FieldValue, what, hint), node, cx)
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^(\+[1-9]|800)[0-9 ./-]+$",
            "Scrivi \"+39\" e il numero con lo zero iniziale, fra virgolette",
            "\"+390461000100\"",
        )
    }
}

/// A quoted text is euro (`"10,50"`), a bare integer is cents. Other bare numbers are refused: for YAML they are binary fractions.
impl FieldType for Importo {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let read = match written.parse() {
            Ok(cents) if is_bare(node) => Importo::from_cents(cents),
            _ => Importo::parse(written),
        };
        let read = match read.map_err(ImportoError::text) {
            Ok(_) if is_bare(node) && written.contains([',', '.']) => {
                Err(text!("mancano le virgolette", "the quotes are missing"))
            }
            read => read,
        };
        let hint = (
            "scrivilo fra virgolette con la virgola, per esempio \"16,79\"",
            "quote it and use a comma, for example \"16,79\"",
        );
        accept(read, (Code::PaymentAmount, ("un importo", "an amount"), hint), node, cx)
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar {
            types: &[Tipo::String, Tipo::Integer],
            pattern: Some(r"^\d[\d. ]*(,\d{2})?$"),
            expected: Some("Scrivi l'importo fra virgolette con la virgola, per esempio \"16,79\""),
            example: Some("\"16,79\""),
            ..Scalar::default()
        })
    }
}
