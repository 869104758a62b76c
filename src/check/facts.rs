//! What the criteria need to know of a page, owned, so that the tree can go: pages are parsed and read in parallel, judged together.

use std::collections::BTreeMap;
use std::sync::Arc;

use scraper::Html;

use super::css::{Fonts, Style};
use super::doc::{Doc, El, inside, lineage, text, usable, words};
use super::fault::Fault;
use super::rating::{Ratings, Widget};
use super::writing::Remark;
use crate::check::doc::Attributes;
use crate::plan::Route;

/// An element with a `data-element`.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its text, trimmed.
    pub text: String,
    /// Where it leads, as written; only usable addresses.
    pub href: Option<String>,
    /// Whether it stands in the footer.
    pub footer: bool,
}

/// The facts of a page.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Elements by `data-element`.
    pub named: BTreeMap<String, Vec<Named>>,
    /// Texts of first-level headings.
    pub h1: Vec<String>,
    /// Texts of the page index, repetitions dropped.
    pub index: Vec<String>,
    /// Texts of the items of the breadcrumb.
    pub breadcrumb: Vec<String>,
    /// Links of the header's main menu, in document order: `data-element`, text.
    pub menu: Vec<(String, String)>,
    /// Words of the header, lower case.
    pub header: String,
    /// Words of the footer, lower case.
    pub footer: String,
    /// Distinct class names.
    pub classes: Vec<String>,
    /// Headings and paragraphs in a font that is not official: tag, family, beginning of their text.
    pub fonts: Vec<(String, String, String)>,
    /// The same, for elements inside headings and paragraphs.
    pub inner_fonts: Vec<(String, String, String)>,
    /// The rating widget.
    pub widget: Option<Widget>,
    /// Addresses elsewhere that the page loads without being asked: scripts, frames, pictures, style sheets.
    pub foreign: Vec<String>,
    /// Content of the first `metatag`.
    pub metatag: Option<String>,
    /// Texts written all in capitals: of headings and menus.
    pub capitals: Vec<String>,
    /// Where its links lead, as written.
    pub links: Vec<String>,
    /// Addresses of the style sheets that it loads.
    pub styles: Vec<String>,
}

/// Fonts of the national identity (C.SI.1.1).
const FONTS: [&str; 3] = ["titillium web", "lora", "roboto mono"];

impl Facts {
    /// Reads a page; `look` tells one set of style sheets from another.
    pub fn read(doc: &Doc<'_>, style: &Style, look: &blake3::Hash, ratings: &Ratings) -> Self {
        let mut named: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for (name, elements) in doc.names() {
            let read = |el: &El<'_>| Named {
                text: text(*el),
                href: usable(*el).map(str::to_owned),
                footer: inside(*el, "footer"),
            };
            named.insert(name.to_owned(), elements.iter().map(read).collect());
        }
        let mut classes: Vec<String> =
            doc.all.iter().flat_map(|el| el.value().classes()).map(str::to_owned).collect();
        classes.sort_unstable();
        classes.dedup();
        let (fonts, inner_fonts) = fonts(doc, style);
        Facts {
            named,
            h1: doc.tags(&["h1"]).map(words).collect(),
            index: index(doc),
            breadcrumb: breadcrumb(doc),
            menu: menu(doc),
            header: band(doc, "header"),
            footer: band(doc, "footer"),
            classes,
            fonts,
            inner_fonts,
            widget: Widget::read(doc, style, look, ratings),
            foreign: foreign(doc),
            metatag: doc.named("metatag").first().map(|el| text(*el)),
            capitals: capitals(doc),
            styles: style_sheets(doc.html),
            links: doc.tags(&["a"]).filter_map(usable).map(str::to_owned).collect(),
        }
    }

    /// The elements of a name.
    pub fn of(&self, name: &str) -> &[Named] {
        self.named.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first element of a name that leads somewhere.
    pub fn link(&self, name: &str) -> Option<&Named> {
        self.of(name).iter().find(|one| one.href.is_some())
    }

    /// The first element of a name in the footer that leads somewhere.
    pub fn footer_link(&self, name: &str) -> Option<&Named> {
        self.of(name).iter().find(|one| one.footer && one.href.is_some())
    }
}

/// The style sheets that a page loads for the screen, as addresses.
pub fn style_sheets(html: &Html) -> Vec<String> {
    let root = html.root_element();
    let links = root.descendent_elements().filter(|el| el.value().name() == "link");
    links
        .filter(|el| el.get("rel").is_some_and(|rel| rel.split_whitespace().any(|one| one == "stylesheet")))
        .filter(|el| el.get("media").is_none_or(|media| matches!(media, "all" | "screen")))
        .filter_map(|el| el.get("href").map(str::to_owned))
        .collect()
}

/// The words of the first element of that name, lower case.
fn band(doc: &Doc<'_>, tag: &str) -> String {
    let found = doc.all.iter().find(|el| el.value().name() == tag);
    found.map(|el| words(*el).to_lowercase()).unwrap_or_default()
}

fn index(doc: &Doc<'_>) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for list in doc.named("page-index") {
        let items = list.child_elements().filter(|el| el.value().name() == "li");
        for link in items.flat_map(|li| li.child_elements()).filter(|el| el.value().name() == "a") {
            let label = text(link);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    labels
}

fn breadcrumb(doc: &Doc<'_>) -> Vec<String> {
    let items = doc.named("breadcrumb").iter().flat_map(scraper::ElementRef::descendent_elements);
    items.filter(|el| el.value().name() == "li").map(text).collect()
}

fn menu(doc: &Doc<'_>) -> Vec<(String, String)> {
    let asked = ["management", "news", "all-services", "live", "custom-submenu"];
    let entry = |el: &El<'_>| {
        let name = el.get("data-element").filter(|name| asked.contains(name))?;
        Some((name.to_owned(), words(*el)))
    };
    doc.all.iter().filter_map(entry).collect()
}

type FontFaults = Vec<(String, String, String)>;

fn fonts(doc: &Doc<'_>, style: &Style) -> (FontFaults, FontFaults) {
    let mut memory = Fonts::default();
    let (mut wrong, mut inner) = (Vec::new(), Vec::new());
    let mut judge = |el: El<'_>, out: &mut FontFaults| {
        let family = style.font(el, &mut memory);
        if !FONTS.iter().any(|font| font.eq_ignore_ascii_case(&family)) {
            let shown = words(el).chars().take(60).collect();
            out.push((el.value().name().to_owned(), family.to_string(), shown));
        }
    };
    for el in doc.tags(&["h1", "h2", "h3", "h4", "h5", "h6", "p"]).filter(|el| inside(*el, "body")) {
        judge(el, &mut wrong);
        for below in el.descendent_elements() {
            judge(below, &mut inner);
        }
    }
    (wrong, inner)
}

/// The address that an element loads by itself.
fn loaded(el: El<'_>) -> Option<&str> {
    match el.value().name() {
        "script" | "img" | "iframe" | "video" | "audio" | "source" | "embed" | "input" => el.get("src"),
        "object" => el.get("data"),
        "link" => el.get("href").filter(|_| {
            let loads =
                ["stylesheet", "preload", "icon", "manifest", "prefetch", "modulepreload", "preconnect"];
            el.get("rel").is_some_and(|rel| rel.split_whitespace().any(|one| loads.contains(&one)))
        }),
        _ => None,
    }
}

fn foreign(doc: &Doc<'_>) -> Vec<String> {
    let found = doc.all.iter().filter_map(|el| loaded(*el));
    found.filter(|url| url.starts_with("http") || url.starts_with("//")).map(str::to_owned).collect()
}

/// Headings and menu entries all in capitals: two words or more, or one longer than an acronym.
fn capitals(doc: &Doc<'_>) -> Vec<String> {
    let menus = doc.tags(&["a"]).filter(|a| lineage(*a).any(|up| up.value().name() == "nav"));
    let headings = doc.tags(&["h1", "h2", "h3", "h4", "h5", "h6"]);
    let shouted = |line: &String| {
        let letters: Vec<char> = line.chars().filter(|c| c.is_alphabetic()).collect();
        let long = line.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 6);
        letters.iter().all(|c| c.is_uppercase()) && long.count() > 0
    };
    let mut found: Vec<String> = headings.chain(menus).map(words).filter(shouted).collect();
    found.dedup();
    found
}

/// What a page gave.
pub struct Read {
    /// Its facts.
    pub facts: Facts,
    /// Faults of accessibility.
    pub faults: Vec<Fault>,
    /// Remarks on its words.
    pub remarks: Vec<Remark>,
    /// How readable its prose is; `None` where there is too little.
    pub readability: Option<f64>,
}

/// A page of the plan and what it gave.
pub struct Page<'a> {
    /// The page.
    pub route: &'a Route,
    /// What it gave.
    pub read: Arc<Read>,
}
