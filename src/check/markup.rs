//! `HTM`: pages are HTML as its living standard has it, so that every browser makes the same tree of them: elements, attributes and values
//! that exist, where they may stand, tags that close. What is wrong comes from templates: contents are Markdown.

mod csp;
mod standard;

use std::collections::BTreeSet;

use super::doc::{Attributes, Doc, El, lineage, opening};
use super::fault::{Fault, Faults, part};
use crate::check::audit::Origin;
use crate::diagnostic::Code;
use csp::Policy;
use standard::{Element, Verdict};

/// The name space of HTML: drawings and formulas inside pages have languages of their own.
const HTML: &str = "http://www.w3.org/1999/xhtml";

/// Judges a page.
pub fn judge(faults: &mut Faults<'_, '_>) {
    repairs(faults);
    let doc = faults.doc;
    let policy = policy(doc);
    for el in doc.all.iter().copied() {
        if policy.as_ref().is_some_and(|policy| policy.forbids(el)) {
            faults.add(Code::MarkupPolicy, el);
        }
        if *el.value().name.ns != *HTML {
            continue;
        }
        let Some(standard) = standard::of(el.value().name()) else {
            // The name of an element of one's own has a hyphen.
            if !el.value().name().contains('-') {
                faults.add(Code::MarkupElement, el);
            }
            continue;
        };
        attributes(faults, el, standard);
        place(faults, el, standard);
        section(faults, el);
    }
}

fn policy(doc: &Doc<'_>) -> Option<Policy> {
    let is = |kind: &str| kind.eq_ignore_ascii_case("content-security-policy");
    let meta = doc.tags(&["meta"]).find(|meta| meta.get("http-equiv").is_some_and(is))?;
    meta.get("content").map(Policy::parse)
}

/// What browsers have to repair, as the parser says: it knows no place.
fn repairs(faults: &mut Faults<'_, '_>) {
    let said: BTreeSet<&str> = faults.doc.html.errors.iter().map(AsRef::as_ref).collect();
    for one in said {
        let (code, element) = match one {
            "Duplicate attribute" => (Code::MarkupTwice, String::new()),
            other => (Code::MarkupSyntax, other.to_owned()),
        };
        faults.found.push(Fault { code, element, origin: Origin::Template });
    }
}

fn attributes(faults: &mut Faults<'_, '_>, el: El<'_>, standard: &Element) {
    let mut lang = false;
    let mut xml = false;
    let mut needed = standard.required.is_empty();
    for (name, value) in el.value().attrs() {
        lang |= name == "lang";
        xml |= name == "xml:lang";
        needed |= standard.required.iter().any(|one| one == name);
        match standard.judge(name, value) {
            Verdict::Right => {}
            Verdict::Unknown => faults.add(Code::MarkupAttribute, el),
            Verdict::Wrong => faults.add(Code::MarkupValue, el),
        }
    }
    if xml && !lang {
        faults.add(Code::MarkupXmlLang, el);
    }
    if !needed {
        faults.add(Code::MarkupRequired, el);
    }
    labels(faults, el);
}

/// What is meant by its identifier is there, and of the right kind.
fn labels(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let (attribute, kinds): (&str, &[&str]) = match el.value().name() {
        "label" => ("for", &["button", "input", "meter", "output", "progress", "select", "textarea"]),
        "input" => ("list", &["datalist"]),
        _ => return,
    };
    let Some(id) = el.get(attribute) else { return };
    let right = faults
        .doc
        .by_id(id)
        .is_some_and(|target| kinds.contains(&target.value().name()) && target.get("type") != Some("hidden"));
    if !right {
        faults.add(Code::MarkupValue, el);
    }
}

fn place(faults: &mut Faults<'_, '_>, el: El<'_>, standard: &Element) {
    let name = el.value().name();
    if standard.block {
        let around = lineage(el)
            .skip(1)
            .find(|up| standard::of(up.value().name()).is_none_or(|standard| !standard.transparent));
        let holder = around.and_then(|up| standard::of(up.value().name()));
        if holder.is_some_and(|holder| holder.phrasing && !holder.admitted.iter().any(|one| one == name)) {
            faults.add(Code::MarkupPlace, el);
        }
    }
    let parent = || el.parent().and_then(El::wrap).map_or("", |up| up.value().name());
    let orphan = !standard.parents.is_empty() && !standard.parents.iter().any(|one| one == parent());
    let within = !standard.forbidden.is_empty()
        && lineage(el).skip(1).any(|up| standard.forbidden.iter().any(|one| one == up.value().name()));
    let headless = standard
        .first
        .is_some_and(|first| el.child_elements().next().is_none_or(|child| child.value().name() != first));
    if orphan || within || headless {
        faults.add(Code::MarkupPlace, el);
    }
}

/// A section without a heading is seldom one.
fn section(faults: &mut Faults<'_, '_>, el: El<'_>) {
    if el.value().name() != "section" || el.get("aria-label").is_some() || el.get("aria-labelledby").is_some()
    {
        return;
    }
    let heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hgroup");
    if !el.descendent_elements().any(|inner| heading(inner.value().name())) {
        faults.found.push(Fault { code: Code::MarkupSection, element: opening(el), origin: part(el) });
    }
}
