//! A published page as a parsed tree, with the few look-ups that all rules share.

use std::collections::HashMap;
use std::fmt::Write as _;

use scraper::{ElementRef, Html};

use crate::plan::Route;

/// An element of a page.
pub type El<'a> = ElementRef<'a>;

/// Attributes by name. `ElementRef::attr` first looks the name up among all that HTML knows, which takes longer than to compare the few
/// that an element has; rules ask a million times.
pub trait Attributes<'a> {
    /// The value of an attribute.
    fn get(&self, name: &str) -> Option<&'a str>;
}

impl<'a> Attributes<'a> for El<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.value().attrs().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

/// A page as a tree.
pub struct Doc<'a> {
    /// What the plan says of it.
    pub route: &'a Route,
    /// The tree.
    pub html: &'a Html,
    /// Every element, in document order.
    pub all: Vec<El<'a>>,
    /// Those that assistive technology meets.
    pub seen: Vec<El<'a>>,
    /// Places in `all` of the elements of each tag name.
    tags: HashMap<&'a str, Vec<usize>>,
    named: HashMap<&'a str, Vec<El<'a>>>,
    ids: HashMap<&'a str, El<'a>>,
}

impl<'a> Doc<'a> {
    /// Indexes a parsed page.
    pub fn new(route: &'a Route, html: &'a Html) -> Self {
        let all: Vec<El<'a>> = html.root_element().descendent_elements().collect();
        let mut named: HashMap<&str, Vec<El<'a>>> = HashMap::new();
        let mut ids = HashMap::new();
        let mut tags: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut seen = Vec::with_capacity(all.len());
        // The last element that nobody meets, with everything in it: what is inside comes right after it.
        let mut hidden: Option<El<'a>> = None;
        for (n, el) in all.iter().enumerate() {
            tags.entry(el.value().name()).or_default().push(n);
            if let Some(name) = el.get("data-element") {
                named.entry(name).or_default().push(*el);
            }
            if let Some(id) = el.get("id") {
                ids.entry(id).or_insert(*el);
            }
            let within = hidden.is_some_and(|hidden| el.ancestors().any(|up| up.id() == hidden.id()));
            if !within {
                hidden = Some(*el).filter(|el| hides(*el));
                if hidden.is_none() {
                    seen.push(*el);
                }
            }
        }
        Doc { route, html, all, seen, tags, named, ids }
    }

    /// The elements whose `data-element` is `name`.
    pub fn named(&self, name: &str) -> &[El<'a>] {
        self.named.get(name).map_or(&[], Vec::as_slice)
    }

    /// Every name that `data-element` takes in the page.
    pub fn names(&self) -> impl Iterator<Item = (&'a str, &[El<'a>])> {
        self.named.iter().map(|(name, elements)| (*name, elements.as_slice()))
    }

    /// The first element of that id.
    pub fn by_id(&self, id: &str) -> Option<El<'a>> {
        self.ids.get(id).copied()
    }

    /// The elements of these tag names, in document order.
    pub fn tags(&self, names: &'static [&'static str]) -> impl Iterator<Item = El<'a>> + '_ {
        let mut places: Vec<usize> =
            names.iter().filter_map(|name| self.tags.get(name)).flatten().copied().collect();
        places.sort_unstable();
        places.into_iter().map(|n| self.all[n])
    }
}

/// The text of an element and of everything in it, trimmed, as a browser's `textContent`.
pub fn text(el: El<'_>) -> String {
    el.text().collect::<String>().trim().to_owned()
}

/// [`text`] with every run of white space made one space.
pub fn words(el: El<'_>) -> String {
    el.text().flat_map(str::split_whitespace).fold(String::new(), |mut line, word| {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        line
    })
}

/// The element and its ancestors, innermost first.
pub fn lineage(el: El<'_>) -> impl Iterator<Item = El<'_>> {
    std::iter::once(el).chain(el.ancestors().filter_map(El::wrap))
}

/// Whether the element stands in one of that tag name.
pub fn inside(el: El<'_>, tag: &str) -> bool {
    lineage(el).any(|one| one.value().name() == tag)
}

/// Whether an element keeps itself and what is in it from assistive technology.
pub fn hides(el: El<'_>) -> bool {
    el.get("aria-hidden") == Some("true")
        || el.get("hidden").is_some()
        || matches!(el.value().name(), "template" | "noscript" | "script" | "style" | "head")
}

/// An `href` that leads somewhere: present, not empty, not `#`.
pub fn usable(el: El<'_>) -> Option<&str> {
    el.get("href").filter(|href| !href.is_empty() && *href != "#")
}

/// The opening tag, shortened, to show what is meant.
pub fn opening(el: El<'_>) -> String {
    let mut tag = format!("<{}", el.value().name());
    for (name, value) in el.value().attrs() {
        let _ = write!(tag, " {name}=\"{value}\"");
        if tag.chars().count() > 90 {
            return tag.chars().take(90).chain("…".chars()).collect();
        }
    }
    tag + ">"
}
