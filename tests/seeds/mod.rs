//! Faults to be seeded in the published pages of the golden site: the code that must catch each, where, what, how.

mod accessibility;
mod criteria;
mod markup;

use std::sync::LazyLock;

/// A fault.
pub struct Seed {
    /// The code that must be found.
    pub code: &'static str,
    /// What is broken.
    pub what: &'static str,
    on: fn(&str) -> bool,
    apply: fn(&str) -> String,
    /// What `apply` puts before the end of the main part, for seeds that only add.
    snippet: &'static str,
}

impl Seed {
    /// Whether the fault is seeded in the file of that path.
    pub fn on(&self, path: &str) -> bool {
        (self.on)(path)
    }

    /// The file with the fault in it.
    pub fn apply(&self, text: &str) -> String {
        if self.snippet.is_empty() {
            return (self.apply)(text);
        }
        text.replacen("</main>", &format!("{}</main>", self.snippet), 1)
    }
}

/// A fault made by a function.
pub fn seed(code: &'static str, on: fn(&str) -> bool, what: &'static str, apply: fn(&str) -> String) -> Seed {
    Seed { code, what, on, apply, snippet: "" }
}

/// A fault that stands at the end of the main part of the home.
pub fn snippet(code: &'static str, snippet: &'static str) -> Seed {
    Seed { code, what: snippet, on: home, apply: str::to_owned, snippet }
}

/// Every fault.
pub static SEEDS: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    [criteria::seeds(), accessibility::seeds(), markup::seeds()].into_iter().flatten().collect()
});

/// The home.
pub fn home(path: &str) -> bool {
    path == "index.html"
}

/// One service sheet.
pub fn sheet(path: &str) -> bool {
    path == "servizi/tributi-finanze-e-contravvenzioni/tari/index.html"
}

/// The list of services.
pub fn services(path: &str) -> bool {
    path == "servizi/index.html"
}

/// Every page.
pub fn everywhere(path: &str) -> bool {
    path.ends_with(".html")
}

/// The main style sheet.
pub fn style(path: &str) -> bool {
    path.starts_with("assets/site.") && path.ends_with(".css")
}

/// The page without a `data-element`.
pub fn without(text: &str, name: &str) -> String {
    text.replace(&format!(" data-element=\"{name}\""), "")
}

/// The page with the text of the first element of a `data-element` changed up to its next tag.
pub fn retext(text: &str, name: &str, words: &str) -> String {
    let mark = format!("data-element=\"{name}\"");
    let Some(at) = text.find(&mark) else { return text.to_owned() };
    let Some(open) = text[at..].find('>').map(|n| at + n + 1) else { return text.to_owned() };
    let Some(close) = text[open..].find('<').map(|n| open + n) else { return text.to_owned() };
    format!("{}{words}{}", &text[..open], &text[close..])
}

/// The page with the address of the first link of a `data-element` changed.
pub fn relink(text: &str, name: &str, address: &str) -> String {
    let mark = format!("data-element=\"{name}\"");
    let Some(at) = text.find(&mark) else { return text.to_owned() };
    let Some(open) = text[..at].rfind('<') else { return text.to_owned() };
    let end = text[at..].find('>').map_or(text.len(), |n| at + n);
    let tag = &text[open..end];
    let Some(from) = tag.find("href=\"").map(|n| n + 6) else { return text.to_owned() };
    let Some(to) = tag[from..].find('"').map(|n| from + n) else { return text.to_owned() };
    format!("{}{}{address}{}{}", &text[..open], &tag[..from], &tag[to..], &text[end..])
}

/// The page with something before the end of its main part.
pub fn in_main(text: &str, html: &str) -> String {
    text.replacen("</main>", &format!("{html}</main>"), 1)
}

/// The page with the first element of a `data-element` taken out of its list item.
pub fn without_item(text: &str, label: &str) -> String {
    let mark = format!(">{label}</a></li>");
    let Some(at) = text.find(&mark) else { return text.to_owned() };
    let Some(open) = text[..at].rfind("<li>") else { return text.to_owned() };
    format!("{}{}", &text[..open], &text[at + mark.len()..])
}
