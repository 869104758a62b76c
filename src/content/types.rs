//! The value types that fields are made of: one line of text, dates, slugs, vocabulary terms, paths, addresses, amounts.
//! Each accepts one spelling and reports anything else with the cure.

use std::marker::PhantomData;

use jiff::civil::Date;

use super::Kind;
use super::field::{Cx, FieldType, Named, Reference, wrong_type};
use crate::diagnostic::{Code, Diagnostic, Severity, Span, Text, nearest};
use crate::source::resolve_inside;
use crate::text;
use crate::vocab::{self, Vocabulary};
use crate::yaml::{Node, Value};

/// The characters of a scalar, as written.
pub fn scalar<'a>(node: &'a Node, cx: &mut Cx<'_>) -> Option<&'a str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => cx.fail(wrong_type(node, "un testo", "a text")),
    }
}

/// A value outside a fixed set.
pub fn not_among(written: &str, names: &[&str], span: Span) -> Diagnostic {
    let list = names.join(", ");
    let d = Diagnostic::new(
        Code::FieldValue,
        text!("`{written}` non è fra i valori ammessi", "`{written}` is not among the allowed values"),
    )
    .at(span);
    match nearest(written, names.iter().copied()) {
        Some(near) => d.hint(text!(
            "forse volevi scrivere `{near}` (ammessi: {list})",
            "did you mean `{near}`? (allowed: {list})"
        )),
        None => d.hint(text!("i valori ammessi sono: {list}", "allowed values are: {list}")),
    }
}

fn invalid(code: Code, span: Span, message: Text, hint: Text) -> Diagnostic {
    Diagnostic::new(code, message).at(span).hint(hint)
}

/// Control characters, direction overrides and non-characters: never in a text.
pub fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// Invisible characters that copy and paste brings along: removed with a warning.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
}

/// Removes invisible characters (warning) and refuses forbidden ones (error).
pub fn clean_text(written: &str, span: Span, cx: &mut Cx<'_>) -> Option<String> {
    if let Some(bad) = written.chars().find(|c| is_forbidden(*c)) {
        let point = u32::from(bad);
        return cx.fail(invalid(
            Code::FieldCharacters,
            span,
            text!(
                "il testo contiene il carattere invisibile U+{point:04X}",
                "the text holds the invisible character U+{point:04X}"
            ),
            text!("cancella la parola e riscrivila a mano", "delete the word and type it again"),
        ));
    }
    if written.chars().any(is_invisible) {
        cx.out.push(
            Diagnostic::new(
                Code::FieldInvisible,
                text!(
                    "tolto un carattere invisibile dal testo",
                    "an invisible character was removed from the text"
                ),
            )
            .at(span)
            .hint(text!(
                "riscrivi la parola per toglierlo anche dal file",
                "retype the word to remove it from the file too"
            )),
        );
        return Some(written.chars().filter(|c| !is_invisible(*c)).collect());
    }
    Some(written.to_owned())
}

/// One line of plain text of at most `MAX` characters, trimmed, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<const MAX: usize = 255>(pub String);

impl<const MAX: usize> std::ops::Deref for Line<MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> FieldType for Line<MAX> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = clean_text(scalar(node, cx)?, node.span, cx)?;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if text.is_empty() {
            return cx.fail(invalid(
                Code::FieldEmpty,
                node.span,
                text!("il testo è vuoto", "the text is empty"),
                text!("scrivi un valore fra le virgolette", "write a value between the quotes"),
            ));
        }
        if length > MAX {
            return cx.fail(invalid(
                Code::FieldLong,
                node.span,
                text!(
                    "il testo ha {length} caratteri, al massimo {MAX}",
                    "the text has {length} characters, at most {MAX}"
                ),
                text!("accorcialo di {} caratteri", "shorten it by {} characters", length - MAX),
            ));
        }
        Some(Line(text))
    }
}

impl FieldType for Date {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let exact = written.len() == 10 && written.as_bytes().get(4) == Some(&b'-');
        if let (true, Ok(date)) = (exact, written.parse::<Date>()) {
            return Some(date);
        }
        let hint = italian_date(written).map_or_else(
            || {
                text!(
                    "scrivi anno-mese-giorno, per esempio 2026-09-14",
                    "write year-month-day, for example 2026-09-14"
                )
            },
            |iso| text!("scrivi {iso}", "write {iso}"),
        );
        cx.fail(invalid(
            Code::FieldDate,
            node.span,
            text!("`{written}` non è una data valida", "`{written}` is not a valid date"),
            hint,
        ))
    }
}

/// `14/9/2026`, `14-09-2026`, `14.9.2026` as an ISO date, for the hint.
fn italian_date(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(['/', '-', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (date.year() > 999).then(|| date.to_string())
}

impl FieldType for bool {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match scalar(node, cx)? {
            "true" | "sì" | "si" => Some(true),
            "false" | "no" => Some(false),
            other => cx.fail(not_among(other, &["true", "false"], node.span)),
        }
    }
}

impl FieldType for u32 {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        written.parse().ok().or_else(|| {
            cx.fail(invalid(
                Code::FieldType,
                node.span,
                text!("`{written}` non è un numero intero", "`{written}` is not a whole number"),
                text!("scrivi solo cifre, per esempio 30", "write digits only, for example 30"),
            ))
        })
    }
}

impl FieldType for f64 {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        written.parse().ok().filter(|n: &f64| n.is_finite()).or_else(|| {
            cx.fail(invalid(
                Code::FieldType,
                node.span,
                text!("`{written}` non è un numero", "`{written}` is not a number"),
                text!(
                    "scrivi il numero con il punto, per esempio 46.0712",
                    "write the number with a point, for example 46.0712"
                ),
            ))
        })
    }
}

/// Whether a text can be the last part of an address.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && !text.contains("http")
        && !text.contains("www")
        && !crate::source::is_reserved(text)
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Turns a title into a slug: accents dropped, everything else a hyphen.
pub fn slugify(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = title.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let mut slug = String::new();
    for c in plain.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').chars().take(100).collect()
}

/// Names the type of a content at compile time, for [`Slug`].
pub trait Target {
    /// The type.
    const KIND: Kind;
}

macro_rules! targets {
    ($( $name:ident ),*) => { $(
        #[doc = concat!("Marks references to a content of type ", stringify!($name), ".")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;
        impl Target for $name { const KIND: Kind = Kind::$name; }
    )* };
}

/// Marker types for [`Slug`].
pub mod target {
    use super::{Kind, Target};
    targets!(Servizio, Notizia, Luogo, Unita, PuntoContatto, Documento, Domanda);
}

/// The slug of another content of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug<T> {
    /// The slug.
    pub slug: String,
    target: PhantomData<T>,
}

impl<T: Target> FieldType for Slug<T> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let slug = written.strip_suffix(".md").unwrap_or(written);
        let folder = T::KIND.folder();
        if !is_slug(slug) {
            return cx.fail(invalid(
                Code::FieldValue,
                node.span,
                text!(
                    "`{written}` non è il nome di un contenuto",
                    "`{written}` is not the name of a content"
                ),
                text!(
                    "scrivi il nome del file in {folder}/ senza `.md`",
                    "write the file name in {folder}/ without `.md`"
                ),
            ));
        }
        Some(Slug { slug: slug.to_owned(), target: PhantomData })
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::Content(T::KIND, self.slug.clone()), span });
    }
}

/// A reference that names its type: `servizi/carta-d-identita`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyRef {
    /// The type of the target.
    pub kind: Kind,
    /// The slug.
    pub slug: String,
}

impl FieldType for AnyRef {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let read = written.split_once('/').and_then(|(folder, slug)| {
            let slug = slug.strip_suffix(".md").unwrap_or(slug);
            is_slug(slug).then_some(AnyRef { kind: Kind::from_folder(folder)?, slug: slug.to_owned() })
        });
        read.or_else(|| {
            cx.fail(invalid(
                Code::FieldValue,
                node.span,
                text!("`{written}` non indica un contenuto", "`{written}` does not name a content"),
                text!(
                    "scrivi cartella/nome, per esempio servizi/tari",
                    "write folder/name, for example servizi/tari"
                ),
            ))
        })
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::Content(self.kind, self.slug.clone()), span });
    }
}

/// Names a vocabulary at compile time, for [`Term`].
pub trait VocabularyName {
    /// The vocabulary.
    fn vocabulary() -> &'static Vocabulary;
}

macro_rules! vocabularies {
    ($( $name:ident = $file:literal ),* $(,)?) => { $(
        #[doc = concat!("Marks terms of the vocabulary `", $file, "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;
        impl VocabularyName for $name {
            fn vocabulary() -> &'static Vocabulary { vocab::get($file) }
        }
    )* };
}

/// Marker types for [`Term`].
pub mod voc {
    use super::{Vocabulary, VocabularyName, vocab};
    vocabularies!(
        CategoriaServizio = "categorie_servizio",
        Argomento = "argomenti",
        TipoNotizia = "tipi_notizia",
        TipoLuogo = "tipi_luogo",
        TipoUnita = "tipi_unita_organizzativa",
        TipoDocumento = "tipi_documento",
        TipoPuntoContatto = "tipi_punto_contatto",
        Licenza = "licenze",
        EventoVitaPersone = "eventi_vita_persone",
        EventoVitaImpresa = "eventi_vita_impresa",
        TipoEsito = "tipi_esito",
        Archetipo = "archetipi",
    );
}

/// A term of a controlled vocabulary.
#[derive(Debug, Clone)]
pub struct Term<V> {
    /// The entry of the vocabulary.
    pub entry: &'static vocab::Voce,
    vocabulary: PhantomData<V>,
}

impl<V: VocabularyName> Term<V> {
    /// The term of an entry.
    pub fn new(entry: &'static vocab::Voce) -> Self {
        Term { entry, vocabulary: PhantomData }
    }
}

impl<V: VocabularyName> FieldType for Term<V> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let vocabulary = V::vocabulary();
        if let Some(entry) = vocabulary.find(written) {
            return Some(Term::new(entry));
        }
        let name = &vocabulary.name;
        let hint = vocabulary.suggest(written).map_or_else(
            || {
                let all = vocabulary.slugs().take(20).collect::<Vec<_>>().join(", ");
                text!("le voci sono: {all}…", "the terms are: {all}…")
            },
            |near| text!("forse volevi scrivere `{near}`", "did you mean `{near}`?"),
        );
        cx.fail(invalid(
            Code::VocabularyUnknown,
            node.span,
            text!(
                "`{written}` non è nel vocabolario «{name}»",
                "`{written}` is not in the vocabulary “{name}”"
            ),
            hint,
        ))
    }
}

/// A file in `media/`, as a path relative to the site's root.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaPath(pub String);

impl FieldType for MediaPath {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let start = if written.starts_with('.') { cx.folder } else { "" };
        match resolve_inside(start, written).filter(|p| p.starts_with("media/")) {
            Some(path) => Some(MediaPath(path)),
            None => cx.fail(invalid(
                Code::MediaPath,
                node.span,
                text!("`{written}` non è un file di media/", "`{written}` is not a file in media/"),
                text!(
                    "metti il file nella cartella media/ e scrivi media/nome-del-file",
                    "put the file in the media/ folder and write media/file-name"
                ),
            )),
        }
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::Media(self.0.clone()), span });
    }
}

/// An absolute `https` address of another site (`http` is accepted with a warning).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebUrl(pub url::Url);

impl FieldType for WebUrl {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let parsed =
            url::Url::parse(written).ok().filter(|u| matches!(u.scheme(), "https" | "http") && u.has_host());
        let Some(url) = parsed.filter(|u| u.username().is_empty() && u.password().is_none()) else {
            return cx.fail(invalid(
                Code::MarkdownLink,
                node.span,
                text!(
                    "`{written}` non è un indirizzo web completo",
                    "`{written}` is not a complete web address"
                ),
                text!(
                    "scrivi l'indirizzo intero, che comincia con https://",
                    "write the whole address, beginning with https://"
                ),
            ));
        };
        if url.scheme() == "http" {
            cx.out.push(
                Diagnostic::new(
                    Code::MarkdownLinkHttp,
                    text!("`{written}` non usa https", "`{written}` does not use https"),
                )
                .at(node.span)
                .hint(text!("prova a scrivere https://", "try https://")),
            );
        }
        Some(WebUrl(url))
    }
}

/// An e-mail address: one `@`, a dotted host, no blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(pub String);

/// Whether a text is a plain e-mail address.
pub fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let local_ok = !local.is_empty()
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
    let host_ok = host.contains('.')
        && host
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    local_ok && host_ok
}

impl FieldType for Email {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        if is_email(written) {
            return Some(Email(written.to_owned()));
        }
        cx.fail(invalid(
            Code::FieldValue,
            node.span,
            text!(
                "`{written}` non è un indirizzo di posta elettronica",
                "`{written}` is not an e-mail address"
            ),
            text!("per esempio: urp@comune.esempio.tn.it", "for example: urp@comune.esempio.tn.it"),
        ))
    }
}

/// A phone number in international form (`+390461000100`) or an Italian toll-free number (`800…`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads a number, spaces, dots and hyphens ignored.
    pub fn parse(written: &str) -> Option<Self> {
        let digits: String = written.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '/')).collect();
        let international = digits
            .strip_prefix('+')
            .is_some_and(|d| (6..=15).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()));
        let toll_free = digits.starts_with("800")
            && (6..=10).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit());
        (international || toll_free).then_some(Phone(digits))
    }

    /// For a `tel:` link.
    pub fn uri(&self) -> String {
        format!("tel:{}", self.0)
    }

    /// For `wa.me` and the like: digits only.
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
        let groups: Vec<&str> = match rest.len() {
            0..=4 => vec![rest],
            n => vec![&rest[..n - 3], &rest[n - 3..]],
        };
        format!("{prefix} {}", groups.join(" "))
    }
}

impl FieldType for Phone {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        Phone::parse(written).or_else(|| {
            cx.fail(invalid(
                Code::FieldValue,
                node.span,
                text!(
                    "`{written}` non è un numero di telefono internazionale",
                    "`{written}` is not an international phone number"
                ),
                text!(
                    "scrivi \"+39\" e il numero con lo zero iniziale, per esempio \"+390461000100\"",
                    "write \"+39\" and the number, for example \"+390461000100\""
                ),
            ))
        })
    }
}

/// An amount of money in euro cents, written `"16,79"`, `"1.234,56"` or `"5"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Euro cents, at least 1.
    pub cents: u64,
}

impl Amount {
    /// Reads an Italian decimal with integer arithmetic; `None` for anything else, zero included.
    pub fn parse(written: &str) -> Option<Self> {
        let (euros, cents) = written.split_once(',').unwrap_or((written, "00"));
        let grouped = euros.split('.').collect::<Vec<_>>();
        let groups_ok = match grouped.as_slice() {
            [single] => !single.is_empty() && single.len() <= 9,
            [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3),
            [] => false,
        };
        let digits = grouped.concat();
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !groups_ok || digits.len() > 9 || cents.len() != 2 || !all_digits(&digits) || !all_digits(cents) {
            return None;
        }
        let cents = digits.parse::<u64>().ok()? * 100 + cents.parse::<u64>().ok()?;
        (cents > 0).then_some(Amount { cents })
    }

    /// For machines: `1234.56`.
    pub fn decimal(self) -> String {
        format!("{}.{:02}", self.cents / 100, self.cents % 100)
    }

    /// For people: `1.234,56 euro`.
    pub fn display(self) -> String {
        let euros = (self.cents / 100).to_string();
        let mut grouped = String::new();
        for (i, c) in euros.chars().enumerate() {
            if i > 0 && (euros.len() - i).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(c);
        }
        format!("{grouped},{:02} euro", self.cents % 100)
    }
}

impl FieldType for Amount {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let quoted = matches!(&node.value, Value::Scalar { quoted: true, .. });
        match Amount::parse(written) {
            Some(amount) if quoted => Some(amount),
            _ => cx.fail(invalid(
                Code::PaymentAmount,
                node.span,
                text!("`{written}` non è un importo", "`{written}` is not an amount"),
                text!(
                    "scrivilo fra virgolette con la virgola, per esempio \"16,79\"",
                    "quote it and use a comma, for example \"16,79\""
                ),
            )),
        }
    }
}

/// A code that must be a quoted string, so that leading zeros survive (ISTAT, tax code, CAP).
pub fn quoted_code<'a>(node: &'a Node, cx: &mut Cx<'_>) -> Option<&'a str> {
    let written = scalar(node, cx)?;
    if matches!(&node.value, Value::Scalar { quoted: false, .. })
        && written.bytes().all(|b| b.is_ascii_digit())
    {
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

/// An Italian postal code: five digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap(pub String);

impl FieldType for Cap {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = quoted_code(node, cx)?;
        if written.len() == 5 && written.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Cap(written.to_owned()));
        }
        cx.fail(invalid(
            Code::EntityCode,
            node.span,
            text!("`{written}` non è un CAP", "`{written}` is not a postal code"),
            text!(
                "il CAP ha cinque cifre, per esempio \"38122\"",
                "a CAP has five digits, for example \"38122\""
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_use_integer_arithmetic() {
        for (text, cents) in [("10,50", 1050), ("1.234,56", 123_456), ("2,30", 230), ("5", 500)] {
            assert_eq!(Amount::parse(text).map(|a| a.cents), Some(cents), "{text}");
        }
        for bad in ["0", "-1", "10.5", "1,2", "1.23,00", "", ",50", "12345678901"] {
            assert_eq!(Amount::parse(bad), None, "{bad}");
        }
        assert_eq!(Amount { cents: 123_456 }.display(), "1.234,56 euro");
    }

    #[test]
    fn slugs() {
        assert_eq!(slugify("Carta d'identità (CIE)"), "carta-d-identita-cie");
        for bad in ["", "-a", "a--b", "A", "à", "www-x", "http", "a/b", "..", "nul", "com1"] {
            assert!(!is_slug(bad), "{bad}");
        }
        assert!(is_slug("tari-2026"));
    }

    #[test]
    fn phones_are_shown_in_groups() {
        assert_eq!(Phone::parse("+39 0461 000100").unwrap().display(), "0461 000 100");
        assert_eq!(Phone::parse("800000998").unwrap().display(), "800 000 998");
        assert_eq!(Phone::parse("0461000100"), None);
    }

    #[test]
    fn italian_dates_get_their_iso_form() {
        assert_eq!(italian_date("14/9/2026").as_deref(), Some("2026-09-14"));
        assert_eq!(italian_date("31/2/2026"), None);
    }
}
