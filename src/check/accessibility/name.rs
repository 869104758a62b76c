//! The accessible name of an element (Accessible Name and Description Computation 1.2), as far as HTML alone decides it.

use scraper::Node;

use super::super::doc::{Doc, El, lineage};
use super::role;
use crate::check::doc::Attributes;

/// The name that assistive technology speaks; empty without one.
pub fn name(doc: &Doc<'_>, el: El<'_>) -> String {
    collapse(&named(doc, el, true, 0))
}

/// References and elements inside elements are followed this far.
const DEPTH: usize = 24;

fn named(doc: &Doc<'_>, el: El<'_>, direct: bool, depth: usize) -> String {
    if depth > DEPTH {
        return String::new();
    }
    if direct && let Some(ids) = el.get("aria-labelledby") {
        let parts: Vec<String> = ids
            .split_whitespace()
            .filter_map(|id| doc.by_id(id))
            .map(|other| own_or_content(doc, other, depth + 1))
            .collect();
        let joined = parts.join(" ");
        if !joined.trim().is_empty() {
            return joined;
        }
    }
    own(doc, el, depth).unwrap_or_default()
}

/// `aria-label`, what HTML says, content, `title`: the first that is not empty.
fn own(doc: &Doc<'_>, el: El<'_>, depth: usize) -> Option<String> {
    let filled = |text: String| (!text.trim().is_empty()).then_some(text);
    let attribute = |key: &str| el.get(key).map(str::to_owned).and_then(filled);
    attribute("aria-label")
        .or_else(|| native(doc, el, depth).and_then(filled))
        .or_else(|| takes_content(el).then(|| content(doc, el, depth)).and_then(filled))
        .or_else(|| attribute("title"))
        .or_else(|| attribute("placeholder"))
}

fn own_or_content(doc: &Doc<'_>, el: El<'_>, depth: usize) -> String {
    own(doc, el, depth).unwrap_or_else(|| content(doc, el, depth))
}

/// The name that HTML gives by other means than content.
fn native(doc: &Doc<'_>, el: El<'_>, depth: usize) -> Option<String> {
    let child =
        |tag: &str| el.child_elements().find(|c| c.value().name() == tag).map(|c| content(doc, c, depth + 1));
    match el.value().name() {
        "img" | "area" => el.get("alt").map(str::to_owned),
        "input" => match el.get("type").unwrap_or("text") {
            "button" => el.get("value").map(str::to_owned),
            "submit" => Some(el.get("value").unwrap_or("Invia").to_owned()),
            "reset" => Some(el.get("value").unwrap_or("Azzera").to_owned()),
            "image" => el.get("alt").or(el.get("value")).map(str::to_owned),
            _ => Some(labels(doc, el, depth)),
        },
        "select" | "textarea" | "meter" | "progress" | "output" => Some(labels(doc, el, depth)),
        "fieldset" => child("legend"),
        "figure" => child("figcaption"),
        "table" => child("caption"),
        "svg" => child("title"),
        "iframe" => el.get("title").map(str::to_owned),
        _ => None,
    }
}

/// The labels of a form control: those that name its id, and the one around it.
pub fn label_elements<'a>(doc: &Doc<'a>, el: El<'a>) -> Vec<El<'a>> {
    let id = el.get("id");
    let mut found: Vec<El<'a>> =
        doc.tags(&["label"]).filter(|label| id.is_some() && label.get("for") == id).collect();
    found.extend(lineage(el).skip(1).find(|up| up.value().name() == "label" && up.get("for").is_none()));
    found
}

fn labels(doc: &Doc<'_>, el: El<'_>, depth: usize) -> String {
    let texts: Vec<String> =
        label_elements(doc, el).into_iter().map(|label| content(doc, label, depth + 1)).collect();
    texts.join(" ")
}

/// Whether the role of an element takes its name from what is inside.
fn takes_content(el: El<'_>) -> bool {
    matches!(
        role(el),
        Some(
            "button"
                | "cell"
                | "checkbox"
                | "columnheader"
                | "gridcell"
                | "heading"
                | "link"
                | "menuitem"
                | "menuitemcheckbox"
                | "menuitemradio"
                | "option"
                | "radio"
                | "row"
                | "rowheader"
                | "switch"
                | "tab"
                | "tooltip"
                | "treeitem"
        )
    )
}

/// The texts inside an element, pictures by their alternative; nothing that is hidden.
pub fn content(doc: &Doc<'_>, el: El<'_>, depth: usize) -> String {
    if depth > DEPTH {
        return String::new();
    }
    let mut text = String::new();
    for node in el.children() {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(_) => {
                let Some(inner) = El::wrap(node) else { continue };
                let hidden = inner.get("aria-hidden") == Some("true") || inner.get("hidden").is_some();
                if hidden || matches!(inner.value().name(), "script" | "style" | "template") {
                    continue;
                }
                let labelled = inner.get("aria-label").map(str::to_owned);
                let native = || match inner.value().name() {
                    "img" | "svg" => native(doc, inner, depth + 1),
                    _ => None,
                };
                let part = labelled.or_else(native).unwrap_or_else(|| content(doc, inner, depth + 1));
                text.push(' ');
                text.push_str(&part);
                text.push(' ');
            }
            _ => {}
        }
    }
    text
}

/// One space between words.
pub fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
