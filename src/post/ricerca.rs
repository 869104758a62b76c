//! The index of the search page: titles, descriptions, types and topics, and which words stand in the text of which page. The words
//! are read from the pages themselves, so that nothing can be found that is not published.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::plan::Plan;
use crate::render::{Page, Urls, search_entries};
use crate::site::Site;

/// Shorter words are not looked up in texts.
const SHORT: usize = 3;
/// A word in more than one page out of this many tells none apart…
const COMMON: usize = 4;
/// …on a site with at least this many.
const SMALL: usize = 40;

/// What `ricerca.js` reads.
#[derive(Serialize)]
struct Index<'a> {
    tipi: Vec<&'a str>,
    argomenti: Vec<&'a str>,
    voci: Vec<Row<'a>>,
    /// Words of texts, each with the places in `voci` of the pages that hold it.
    parole: BTreeMap<&'a str, Vec<usize>>,
    /// Words in too many texts to be looked for there.
    comuni: Vec<&'a str>,
}

/// Title, address, description, place of its type, places of its topics, day or nothing.
#[derive(Serialize)]
struct Row<'a>(&'a str, String, &'a str, usize, Vec<usize>, String);

/// The index as JSON: the same site gives the same bytes.
pub fn index(site: &Site, plan: &Plan, urls: &Urls, pages: &[Page]) -> String {
    let found = search_entries(site, plan);
    let by_url: HashMap<&str, &str> = pages.iter().map(|p| (p.url.as_str(), p.html.as_str())).collect();
    let tipi: Vec<&str> = found.iter().map(|f| f.gruppo).collect::<BTreeSet<_>>().into_iter().collect();
    let argomenti: BTreeSet<&str> =
        found.iter().flat_map(|f| &f.argomenti).map(|a| a.nome.as_str()).collect();
    let argomenti: Vec<&str> = argomenti.into_iter().collect();
    let words: Vec<BTreeSet<String>> = found
        .par_iter()
        .map(|f| {
            let mut words = BTreeSet::new();
            match &f.testo {
                Some(text) => add_words(text, &mut words),
                None => add_page(by_url.get(f.url.as_str()).copied().unwrap_or_default(), &mut words),
            }
            words
        })
        .collect();
    let mut parole: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, words) in words.iter().enumerate() {
        for word in words {
            parole.entry(word).or_default().push(place);
        }
    }
    let common = |pages: &Vec<usize>| found.len() >= SMALL && pages.len() > found.len() / COMMON;
    let comuni: Vec<&str> = parole.iter().filter(|(_, pages)| common(pages)).map(|(word, _)| *word).collect();
    parole.retain(|_, pages| !common(pages));
    let place = |list: &[&str], name: &str| list.binary_search(&name).unwrap_or_default();
    let voci = found.iter().map(|f| {
        let topics = f.argomenti.iter().map(|a| place(&argomenti, &a.nome)).collect();
        let day = f.data.map(|d| d.to_string()).unwrap_or_default();
        Row(f.titolo, urls.path(&f.url), f.descrizione, place(&tipi, f.gruppo), topics, day)
    });
    let voci = voci.collect();
    serde_json::to_string(&Index { tipi, argomenti, voci, parole, comuni }).unwrap_or_default()
}

/// The words of a page, from its title to the evaluation. Menus and tables are left out: tables list reserved contents too.
fn add_page(html: &str, words: &mut BTreeSet<String>) {
    let (from, to) = (html.find("<h1").unwrap_or_default(), html.find("data-element=\"feedback\""));
    let main = html.get(from..to.unwrap_or(html.len())).unwrap_or_default();
    let mut skipped = "";
    for (tag, text) in main.split('<').filter_map(|piece| piece.split_once('>')) {
        match tag.split_whitespace().next().unwrap_or_default() {
            name @ ("nav" | "table" | "script") if skipped.is_empty() => skipped = name,
            name if !skipped.is_empty() && name.strip_prefix('/') == Some(skipped) => skipped = "",
            _ => {}
        }
        if skipped.is_empty() {
            add_words(text, words);
        }
    }
}

/// The words of a text, accents and letter case dropped; a reference of HTML (`&quot;`) divides words.
fn add_words(text: &str, words: &mut BTreeSet<String>) {
    let text = if text.contains('&') { Cow::Owned(without_references(text)) } else { Cow::Borrowed(text) };
    let parts = text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    for part in parts.filter(|p| p.len() >= SHORT) {
        let word = plain(part);
        if word.len() >= SHORT && !words.contains(&*word) {
            words.insert(word.into_owned());
        }
    }
}

fn plain(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect())
}

fn without_references(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push(' ');
        out.push_str(part.split_once(';').filter(|(name, _)| name.len() <= 6).map_or(part, |(_, rest)| rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_that_people_read_in_the_text() {
        let html = "<main><nav>briciole</nav><div><h1>L'Età</h1><nav class=x><a>indice</a></nav><a href=\"/altrove/\">Perché&#39;no &amp; sì: 2026</a>\
                    <table class=\"y\"><tr><td>riservato</td></tr></table>ancora</div><form data-element=\"feedback\">fuori</form>";
        let mut words = BTreeSet::new();
        add_page(html, &mut words);
        assert_eq!(words.into_iter().collect::<Vec<_>>(), ["2026", "ancora", "eta", "perche"]);
    }
}
