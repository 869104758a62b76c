//! Pages of a built site as parsed trees, and the words of their elements.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

/// The files of a site, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The page at an address without its first slash.
pub fn page(files: &Files, path: &str) -> Html {
    let bytes = files.get(&format!("{path}index.html")).unwrap_or_else(|| panic!("no page {path}"));
    Html::parse_document(std::str::from_utf8(bytes).unwrap())
}

/// What a selector matches.
pub fn all<'a>(tree: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    tree.select(&Selector::parse(css).unwrap()).collect()
}

/// The words of an element.
pub fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of each element that a selector matches.
pub fn texts(tree: &Html, css: &str) -> Vec<String> {
    all(tree, css).into_iter().map(text).collect()
}
