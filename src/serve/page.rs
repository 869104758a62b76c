//! Pages on their way to a browser: the script of the preview added at their end, their style sheets known, so that a new style can be
//! shown without loading the page again.

use std::sync::{Arc, LazyLock};

use scraper::{Html, Selector};
use serde::Serialize;

use crate::diagnostic::Lang;

/// What is added to each page, but for the fingerprint: the one difference from what `build` writes.
const CLIENT: [&str; 2] =
    ["<script type=\"module\" src=\"/.campanile/anteprima.js\" data-impronta=\"", "\"></script>"];

/// A page with the script of the preview at the end of its body, and the fingerprint by which it knows whether it has changed.
pub fn with_client(html: &[u8], impronta: &str) -> Vec<u8> {
    let end = html.windows(7).rposition(|w| w == b"</body>").unwrap_or(html.len());
    let [before, after] = CLIENT.map(str::as_bytes);
    [&html[..end], before, impronta.as_bytes(), after, &html[end..]].concat()
}

/// The page as it was before [`with_client`].
pub fn without_client(html: &str) -> String {
    let [before, after] = CLIENT;
    let cut = html.rsplit_once(before).and_then(|(head, rest)| Some((head, rest.split_once(after)?.1)));
    cut.map_or_else(|| html.to_owned(), |(head, tail)| format!("{head}{tail}"))
}

/// What an open page compares itself with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Changes with everything but the style.
    pub impronta: String,
    /// Its style sheets, in order.
    pub fogli: Vec<Foglio>,
}

/// A style sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Foglio {
    /// Its address.
    pub indirizzo: String,
    /// Changes with what it holds.
    pub impronta: String,
}

impl Page {
    /// Of a page; `file` gives what stands at an address of the site.
    pub fn read(html: &[u8], file: impl Fn(&str) -> Option<Arc<[u8]>>) -> Self {
        let text = String::from_utf8_lossy(html);
        let styles = styles(&text);
        let mut rest = blake3::Hasher::new();
        let mut from = 0;
        for style in &styles {
            // They come in the order of the text, each where it is written.
            let (Style::Sheet(value) | Style::Colour(value)) = style;
            if let Some(at) = text[from..].find(value.as_str()) {
                rest.update(&text.as_bytes()[from..from + at]);
                from += at + value.len();
            }
        }
        rest.update(&text.as_bytes()[from..]);
        let foglio = |indirizzo: String| {
            let impronta = file(&indirizzo).map(|bytes| short(blake3::hash(&bytes))).unwrap_or_default();
            Foglio { indirizzo, impronta }
        };
        let sheets = styles.into_iter().filter_map(|style| match style {
            Style::Sheet(address) => Some(address),
            Style::Colour(_) => None,
        });
        Page { impronta: short(rest.finalize()), fogli: sheets.map(foglio).collect() }
    }
}

fn short(hash: blake3::Hash) -> String {
    hash.to_hex()[..16].to_owned()
}

/// What makes the look of a page and can change without its contents.
enum Style {
    /// Address of a style sheet.
    Sheet(String),
    /// Colour of the browser's own bars.
    Colour(String),
}

/// The look of a page, in the order in which it is written.
fn styles(html: &str) -> Vec<Style> {
    static LOOK: LazyLock<Selector> = LazyLock::new(|| {
        Selector::parse("link[rel=stylesheet][href], meta[name=theme-color][content]")
            .expect("a sound selector")
    });
    let head = html.find("<body").map_or(html, |end| &html[..end]);
    let document = Html::parse_document(head);
    let look = document.select(&LOOK).filter_map(|element| match element.attr("href") {
        Some(address) => Some(Style::Sheet(address.to_owned())),
        None => element.attr("content").map(|colour| Style::Colour(colour.to_owned())),
    });
    look.collect()
}

/// MIME type of a file by its name, with its encoding where it is text.
pub fn content_type(path: &str) -> String {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let text = mime.type_() == "text"
        || ["json", "xml", "javascript"].iter().any(|kind| mime.essence_str().contains(kind));
    if text { format!("{mime}; charset=utf-8") } else { mime.to_string() }
}

/// A text inside HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    // Writing to a text cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut out, text);
    out
}

/// The page shown as long as errors have allowed none.
pub fn nothing_yet(lang: Lang) -> String {
    notice(
        lang,
        "Il sito ha errori",
        "Il sito si vedrà qui appena gli errori elencati sono corretti.",
        "The site has errors",
        "The site will show here as soon as the listed errors are corrected.",
    )
}

/// The page shown where a template fails.
pub fn broken(lang: Lang) -> String {
    notice(
        lang,
        "Questa pagina non si può mostrare",
        "Il suo modello ha un errore.",
        "This page cannot be shown",
        "Its template has an error.",
    )
}

fn notice(lang: Lang, titolo: &str, testo: &str, title: &str, text: &str) -> String {
    let (code, title, text) = if lang == Lang::It { ("it", titolo, testo) } else { ("en", title, text) };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_comes_last_and_can_be_taken_out_again() {
        let html = "<html><body><p>a</p></body></html>";
        let shown = String::from_utf8(with_client(html.as_bytes(), "ab12")).unwrap();
        assert!(shown.contains("data-impronta=\"ab12\"></script></body>"), "{shown}");
        assert_eq!(without_client(&shown), html);
        assert_eq!(without_client(html), html);
    }

    #[test]
    fn a_new_style_is_not_a_new_page() {
        let page = |style: &str, text: &str| {
            let html = format!(
                "<head><link rel=stylesheet href=\"/a.{style}.css\"><link rel=icon href=x></head><body>{text}</body>"
            );
            Page::read(html.as_bytes(), |path| Some(path.as_bytes().into()))
        };
        let (one, other) = (page("1", "a"), page("2", "a"));
        assert_eq!((one.impronta.as_str(), one.fogli.len()), (other.impronta.as_str(), 1));
        assert_ne!(one.fogli, other.fogli);
        assert_ne!(one.impronta, page("1", "b").impronta);
    }

    #[test]
    fn types_say_their_encoding() {
        assert_eq!(content_type("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("x.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("x.woff2"), "font/woff2");
        assert_eq!(content_type("x.svg"), "image/svg+xml; charset=utf-8");
        assert_eq!(content_type("_headers"), "application/octet-stream");
    }
}
