//! Accessibility that can be judged without a browser: WCAG 2.2 A and AA and best practices, one function a rule. The code of a rule is
//! `A11Y-` and the name of the rule of axe-core that asks the same.

mod aria;
mod forms;
mod language;
mod name;
mod names;
mod structure;
mod tables;

use super::audit::{Finding, Loss, Origin};
use super::doc::{Doc, El, lineage, opening, words};
use crate::check::doc::Attributes;
use crate::diagnostic::{Code, Text};

/// A fault of an element.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The rule.
    pub code: Code,
    /// The element's opening tag, shortened.
    pub element: String,
    /// Where to look for its cause.
    pub origin: Origin,
}

impl Fault {
    /// The fault as a finding on a page; the cure is that of the code's explanation.
    pub fn finding(&self, page: usize) -> Finding {
        let e = self.code.explanation();
        let element = &self.element;
        Finding {
            code: self.code,
            loss: Loss::None,
            severity: self.code.severity(),
            page,
            origin: self.origin.clone(),
            message: Text { it: format!("{}: {element}", e.titolo), en: format!("{}: {element}", e.title) },
            hint: Text { it: e.rimedio.clone(), en: e.cure.clone() },
        }
    }
}

/// The faults of a page, while it is judged.
pub struct Faults<'d, 'a> {
    doc: &'d Doc<'a>,
    found: Vec<Fault>,
}

impl Faults<'_, '_> {
    fn add(&mut self, code: Code, el: El<'_>) {
        self.found.push(Fault { code, element: opening(el), origin: origin(el) });
    }
}

/// Judges a page.
pub fn judge(doc: &Doc<'_>) -> Vec<Fault> {
    let mut faults = Faults { doc, found: Vec::new() };
    names::judge(&mut faults);
    forms::judge(&mut faults);
    structure::judge(&mut faults);
    language::judge(&mut faults);
    tables::judge(&mut faults);
    aria::judge(&mut faults);
    faults.found
}

/// Whether an editor wrote the element, as far as the page tells.
pub fn written(el: El<'_>) -> bool {
    lineage(el).any(|up| {
        let prose = up.value().classes().any(|class| class == "ci-prose");
        prose || up.get("data-element").is_some_and(|name| name.starts_with("service-"))
    })
}

/// What made an element: the words of the content it came from, or a template by where it stands in the page.
fn origin(el: El<'_>) -> Origin {
    if !written(el) {
        return part(el);
    }
    let text = words(el);
    let attribute = ["alt", "href", "src"].iter().find_map(|name| el.get(name));
    Origin::Words(if text.is_empty() { attribute.unwrap_or_default().to_owned() } else { text })
}

/// The template that holds an element, by where it stands.
pub fn part(el: El<'_>) -> Origin {
    lineage(el)
        .find_map(|up| match (up.value().name(), up.get("data-element")) {
            (_, Some("feedback")) => Some(Origin::Part("feedback.html")),
            (_, Some("breadcrumb")) => Some(Origin::Part("breadcrumb.html")),
            ("footer", _) => Some(Origin::Part("footer.html")),
            ("header", _) => Some(Origin::Part("header.html")),
            ("head", _) => Some(Origin::Part("head.html")),
            _ => None,
        })
        .unwrap_or(Origin::Template)
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
    lineage(el).any(|up| {
        up.get("aria-hidden") == Some("true")
            || up.get("hidden").is_some()
            || matches!(up.value().name(), "template" | "noscript" | "script" | "style" | "head")
    })
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
