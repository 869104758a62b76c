//! What a PDF says of itself. What makes it readable by everybody, as far as its structure tells: tags, a title, a language (PDF/UA-1,
//! 7.1 and 7.2; the law asks for it of every document published since 2018, Directive 2016/2102, article 1). What its metadata tell of
//! persons (information dictionary and XMP: ISO 32000-1, 14.3), which nobody sees on its pages.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object, decode_text_string};

use crate::codes::{CodiceFiscalePersona, Email};
use crate::limits::Limits;

/// What a PDF has for who hears it instead of seeing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accessibility {
    /// Its text has headings, paragraphs, lists, in reading order.
    pub tagged: bool,
    /// It has a title of its own, not only a file name.
    pub titled: bool,
    /// It says in which language it is to be pronounced.
    pub language: bool,
}

/// What may be personal data in the metadata of a PDF: whether it is, only the site knows. Names of authors are none of them: a public
/// act has an author.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Personal {
    /// E-mail addresses.
    pub emails: Vec<Email>,
    /// Tax codes of persons.
    pub tax_codes: Vec<CodiceFiscalePersona>,
}

/// What is known of a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pdf {
    /// Read.
    Read(Accessibility, Personal),
    /// It asks for a password, or is encrypted in a way that we cannot read.
    Protected,
    /// It cannot be read, at least not by us.
    Damaged,
}

/// Reads a PDF within `limits`; one larger than they allow is not judged.
pub fn read(bytes: &[u8], limits: Limits) -> Option<Pdf> {
    if bytes.len() > limits.pdf_bytes() {
        return None;
    }
    let options = LoadOptions {
        filter: Some(without_contents),
        max_decompressed_size: Some(limits.pdf_bytes()),
        ..LoadOptions::default()
    };
    let load = || Document::load_mem_with_options(bytes, options).map(|document| found(&document));
    let encrypted = || bytes.windows(8).any(|word| word == b"/Encrypt");
    Some(match catch_unwind(AssertUnwindSafe(load)) {
        Ok(Ok(Some((accessibility, personal)))) => Pdf::Read(accessibility, personal),
        _ if encrypted() => Pdf::Protected,
        _ => Pdf::Damaged,
    })
}

/// Contents of pages, pictures and fonts are not looked at, so they take no memory; XMP is, and what holds other objects.
fn without_contents(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    let kept = match object {
        Object::Stream(stream) => stream.dict.has_type(b"Metadata") || stream.dict.has_type(b"ObjStm"),
        _ => true,
    };
    kept.then(|| (id, object.clone()))
}

fn found(document: &Document) -> Option<(Accessibility, Personal)> {
    let catalog = document.catalog().ok()?;
    let marked = resolved(document, catalog, b"MarkInfo").and_then(|o| o.as_dict().ok());
    let marked = marked.and_then(|m| m.get(b"Marked").ok()?.as_bool().ok()).unwrap_or(false);
    let tree = resolved(document, catalog, b"StructTreeRoot").is_some_and(|o| o.as_dict().is_ok());
    let info = resolved(document, &document.trailer, b"Info").and_then(|o| o.as_dict().ok());
    let named = info.and_then(|i| resolved(document, i, b"Title")).is_some_and(written);
    let xmp = resolved(document, catalog, b"Metadata").and_then(|o| o.as_stream().ok());
    let xmp = xmp.map(|s| String::from_utf8_lossy(&s.content)).unwrap_or_default();
    let language = resolved(document, catalog, b"Lang").is_some_and(written);
    let entries =
        info.into_iter().flatten().filter_map(|(_, value)| Some(document.dereference(value).ok()?.1));
    let entries = entries.filter_map(|value| decode_text_string(value).ok());
    let mut personal = Personal::default();
    personal.take(&xmp);
    entries.for_each(|text| personal.take(&text));
    Some((Accessibility { tagged: marked && tree, titled: named || titled(&xmp), language }, personal))
}

impl Personal {
    /// Adds what a text holds, be it plain or XMP.
    fn take(&mut self, text: &str) {
        let words = text.split(|c: char| c.is_whitespace() || "<>\"'()[]{},;:&=".contains(c));
        let addresses = words.filter(|word| word.contains('@'));
        self.emails.extend(addresses.filter_map(|word| Email::parse(word.trim_end_matches('.')).ok()));
        self.tax_codes.extend(CodiceFiscalePersona::find(text).into_iter().map(|(_, code)| code));
    }
}

fn resolved<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    document.dereference(dictionary.get(key).ok()?).ok().map(|(_, object)| object)
}

/// A text with something in it, byte-order mark aside.
fn written(object: &Object) -> bool {
    let text = object.as_str().unwrap_or_default();
    let text = text.strip_prefix(b"\xFE\xFF").unwrap_or(text);
    text.iter().any(|b| !b.is_ascii_whitespace() && *b != 0)
}

/// Whether XMP holds a title.
fn titled(xmp: &str) -> bool {
    let Some((_, rest)) = xmp.split_once("<dc:title") else { return false };
    let title = rest.split("</dc:title>").next().unwrap_or_default();
    let words = title.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words.trim());
    words.into_iter().any(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of one empty page; entries of catalogue and information as written.
    fn pdf(catalog: &str, info: &str) -> Vec<u8> {
        let objects = [
            format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned(),
            "<</Type/StructTreeRoot>>".to_owned(),
            format!("<<{info}>>"),
        ];
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            places.extend(format!("{:010} 00000 n \n", out.len()).bytes());
            out.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
        }
        let at = out.len();
        out.extend(b"xref\n0 6\n0000000000 65535 f \n");
        out.extend(places);
        out.extend(format!("trailer\n<</Size 6/Root 1 0 R/Info 5 0 R>>\nstartxref\n{at}\n%%EOF\n").bytes());
        out
    }

    fn found(catalog: &str, info: &str) -> (bool, bool, bool) {
        match read(&pdf(catalog, info), Limits::default()) {
            Some(Pdf::Read(a, _)) => (a.tagged, a.titled, a.language),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_pdf_says_of_itself() {
        let marked = "/MarkInfo<</Marked true>>";
        assert_eq!(found("", ""), (false, false, false));
        assert_eq!(
            found(&format!("{marked}/StructTreeRoot 4 0 R/Lang(it)"), "/Title(Bando)"),
            (true, true, true)
        );
        assert_eq!(found(&format!("{marked}/Lang()"), "/Title( )"), (false, false, false), "empty words");
        assert_eq!(found("/MarkInfo<</Marked false>>/StructTreeRoot 4 0 R", ""), (false, false, false));
        assert_eq!(found("/Lang<FEFF00690074>", "/Title<FEFF>"), (false, false, true));
    }

    #[test]
    fn a_title_may_be_in_xmp() {
        assert!(titled(
            "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Bando</rdf:li></rdf:Alt></dc:title>"
        ));
        assert!(!titled("<dc:title><rdf:Alt> <rdf:li/></rdf:Alt></dc:title><x>y</x>"));
    }

    #[test]
    fn persons_in_metadata() {
        let of = |catalog: &str, info: &str| match read(&pdf(catalog, info), Limits::default()) {
            Some(Pdf::Read(_, p)) => (!p.emails.is_empty(), !p.tax_codes.is_empty()),
            other => panic!("{other:?}"),
        };
        assert_eq!(of("", "/Author(Mario Rossi)/Creator(Writer @ 7.6)/Keywords(a@b)"), (false, false));
        assert_eq!(of("", "/Author(Mario Rossi <mario.rossi@esempio.it>)"), (true, false));
        assert_eq!(of("", "/Firmatario(RSSMRA80A01H501U)"), (false, true));
        let wide = b"mario@esempio.it".map(|b| char::from(b).to_string()).join("\\000");
        assert_eq!(of("", &format!("/Creator(\\376\\377\\000{wide})")), (true, false));
        let xmp = |words: &str| {
            let mut personal = Personal::default();
            personal.take(&format!("<rdf:li xmlns:dc='http://purl.org/dc/'>{words}</rdf:li>"));
            let emails: Vec<String> = personal.emails.iter().map(|email| email.as_str().to_owned()).collect();
            (emails.join(" "), personal.tax_codes.len())
        };
        assert_eq!(xmp("Mario Rossi"), (String::new(), 0));
        assert_eq!(xmp("mario.rossi@esempio.it"), ("mario.rossi@esempio.it".to_owned(), 0));
        assert_eq!(xmp("RSSMRA80A01H501U"), (String::new(), 1));
    }

    #[test]
    fn no_damage_does_harm() {
        let whole = pdf("/MarkInfo<</Marked true>>/StructTreeRoot 4 0 R/Lang(it)", "/Title(Bando)");
        for at in (0..whole.len()).step_by(3) {
            let mut spoilt = whole.clone();
            spoilt[at] = spoilt[at].wrapping_add(85);
            read(&spoilt, Limits::default());
            read(&whole[..at], Limits::default());
        }
        assert_eq!(read(b"%PDF-1.7\nniente", Limits::default()), Some(Pdf::Damaged));
        assert_eq!(read(&vec![b' '; Limits::default().pdf_bytes() + 1], Limits::default()), None);
    }

    #[test]
    fn circles_come_to_an_end() {
        let circle = pdf("/MarkInfo 1 0 R/Lang 9 0 R/StructTreeRoot 1 0 R", "");
        assert!(matches!(read(&circle, Limits::default()), Some(Pdf::Read(..))));
    }
}
