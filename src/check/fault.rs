//! Faults of single elements of a page, whatever rule sees them, and where their cause is looked for: the words of a content, or the
//! template that holds the element.

use super::audit::{Finding, Loss, Origin};
use super::doc::{Attributes, Doc, El, lineage, opening, words};
use crate::diagnostic::{Code, Text};

/// A fault of an element.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The rule.
    pub code: Code,
    /// The element's opening tag, shortened; empty where it is not known.
    pub element: String,
    /// Where to look for its cause.
    pub origin: Origin,
}

impl Fault {
    /// The fault as a finding on a page; the cure is that of the code's explanation.
    pub fn finding(&self, page: usize) -> Finding {
        let e = self.code.explanation();
        let element = &self.element;
        let shown =
            |title: &str| if element.is_empty() { title.to_owned() } else { format!("{title}: {element}") };
        Finding {
            code: self.code,
            loss: Loss::None,
            severity: self.code.severity(),
            page,
            origin: self.origin.clone(),
            message: Text { it: shown(&e.titolo), en: shown(&e.title) },
            hint: Text { it: e.rimedio.clone(), en: e.cure.clone() },
        }
    }
}

/// The faults of a page, while it is judged.
pub struct Faults<'d, 'a> {
    /// The page.
    pub doc: &'d Doc<'a>,
    /// What was found so far.
    pub found: Vec<Fault>,
}

impl Faults<'_, '_> {
    /// Adds a fault of an element.
    pub fn add(&mut self, code: Code, el: El<'_>) {
        self.found.push(Fault { code, element: opening(el), origin: origin(el) });
    }
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
