//! Accessibility that can be judged without a browser: WCAG 2.2 A and AA and best practices, one function a rule. The code of a rule is
//! `A11Y-` and the name of the rule of axe-core that asks the same.

mod aria;
mod forms;
mod language;
mod name;
mod names;
mod structure;
mod tables;

use super::doc::{Doc, El, hides, lineage};
use super::fault::Faults;
use crate::check::doc::Attributes;

/// Judges a page.
pub fn judge(faults: &mut Faults<'_, '_>) {
    names::judge(faults);
    forms::judge(faults);
    structure::judge(faults);
    language::judge(faults);
    tables::judge(faults);
    aria::judge(faults);
}

/// The accessible name of an element.
pub fn spoken(doc: &Doc<'_>, el: El<'_>) -> String {
    name::name(doc, el)
}

/// The explicit role of an element, or the one that HTML gives it.
fn role(el: El<'_>) -> Option<&str> {
    explicit_role(el).or_else(|| implicit_role(el))
}

fn explicit_role(el: El<'_>) -> Option<&str> {
    el.get("role").and_then(|role| role.split_whitespace().next())
}

/// HTML Accessibility API Mappings, the elements that the rules ask for.
fn implicit_role(el: El<'_>) -> Option<&'static str> {
    let sectioned = || {
        lineage(el)
            .skip(1)
            .any(|up| matches!(up.value().name(), "article" | "aside" | "main" | "nav" | "section"))
    };
    let labelled = || el.get("aria-label").is_some() || el.get("aria-labelledby").is_some();
    Some(match el.value().name() {
        "a" | "area" if el.get("href").is_some() => "link",
        "article" => "article",
        "aside" => "complementary",
        "button" | "summary" => "button",
        "dialog" => "dialog",
        "fieldset" | "details" => "group",
        "figure" => "figure",
        "footer" if !sectioned() => "contentinfo",
        "form" if labelled() => "form",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
        "header" if !sectioned() => "banner",
        "hr" => "separator",
        "img" => "img",
        "input" => match el.get("type").unwrap_or("text") {
            "button" | "submit" | "reset" | "image" => "button",
            "checkbox" => "checkbox",
            "radio" => "radio",
            "range" => "slider",
            "number" => "spinbutton",
            "search" => "searchbox",
            "hidden" | "file" | "color" | "date" | "month" | "week" | "time" | "datetime-local" => {
                return None;
            }
            _ => "textbox",
        },
        "li" => "listitem",
        "main" => "main",
        "meter" => "meter",
        "nav" => "navigation",
        "ol" | "ul" | "menu" => "list",
        "option" => "option",
        "output" => "status",
        "progress" => "progressbar",
        "search" => "search",
        "section" if labelled() => "region",
        "select" => {
            if el.get("multiple").is_some() {
                "listbox"
            } else {
                "combobox"
            }
        }
        "table" => "table",
        "tbody" | "thead" | "tfoot" => "rowgroup",
        "td" => "cell",
        "textarea" => "textbox",
        "th" => {
            if el.get("scope") == Some("row") {
                "rowheader"
            } else {
                "columnheader"
            }
        }
        "tr" => "row",
        _ => return None,
    })
}

/// Whether assistive technology never meets the element.
fn unseen(el: El<'_>) -> bool {
    lineage(el).any(hides)
}

/// Whether the keyboard reaches the element.
fn focusable(el: El<'_>) -> bool {
    let native = match el.value().name() {
        "a" | "area" => el.get("href").is_some(),
        "input" => el.get("type") != Some("hidden") && el.get("disabled").is_none(),
        "button" | "select" | "textarea" => el.get("disabled").is_none(),
        "iframe" | "summary" => true,
        "audio" | "video" => el.get("controls").is_some(),
        _ => el.get("contenteditable").is_some_and(|v| v != "false"),
    };
    match el.get("tabindex").and_then(|n| n.trim().parse::<i32>().ok()) {
        Some(n) => n >= 0,
        None => native,
    }
}
