//! WCAG 1.3.1, 4.1.2: roles, states and properties of WAI-ARIA 1.2 are used as that standard defines them.

mod standard;

use standard::{Takes, has};

use super::super::doc::{El, lineage};
use super::super::fault::Faults;
use super::name::name;
use super::{explicit_role, focusable, role};
use crate::check::doc::Attributes;
use crate::diagnostic::Code;

/// Judges every element.
pub fn judge(faults: &mut Faults<'_, '_>) {
    if let Some(body) = faults.doc.tags(&["body"]).find(|body| body.get("aria-hidden") == Some("true")) {
        faults.add(Code::A11yAriaHiddenBody, body);
    }
    let doc = faults.doc;
    for el in doc.all.iter().copied() {
        hidden_focus(faults, el);
        roles(faults, el);
        properties(faults, el);
        conflicts(faults, el);
    }
    for el in doc.seen.iter().copied() {
        family(faults, el);
    }
}

/// Nothing that the keyboard reaches is hidden from those who listen.
fn hidden_focus(faults: &mut Faults<'_, '_>, el: El<'_>) {
    if !focusable(el) {
        return;
    }
    let hidden = lineage(el).any(|up| up.get("aria-hidden") == Some("true"));
    let shown = || !lineage(el).any(|up| up.get("hidden").is_some() || up.value().name() == "template");
    if hidden && shown() {
        faults.add(Code::A11yAriaHiddenFocus, el);
    }
}

fn roles(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let Some(written) = explicit_role(el) else { return };
    if matches!(written, "directory" | "doc-biblioentry" | "doc-endnote") {
        faults.add(Code::A11yAriaDeprecatedRole, el);
    }
    let Some(known) = standard::role(written) else {
        if !written.starts_with("doc-") && written != "directory" {
            faults.add(Code::A11yAriaRoles, el);
        }
        return;
    };
    let native = super::implicit_role(el) == Some(written);
    let input = el.value().name() == "input";
    if !native && !input && known.required.iter().any(|property| el.get(property).is_none()) {
        let separator = written == "separator" && !focusable(el);
        if !separator {
            faults.add(Code::A11yAriaRequiredAttr, el);
        }
    }
    // Elements whose meaning a role may not replace (ARIA in HTML).
    let fixed = matches!(
        el.value().name(),
        "html"
            | "head"
            | "meta"
            | "script"
            | "style"
            | "title"
            | "main"
            | "col"
            | "colgroup"
            | "label"
            | "legend"
            | "caption"
    );
    let heading_as_control = matches!(el.value().name(), "a" if el.get("href").is_some())
        && matches!(written, "heading" | "img" | "list" | "main" | "navigation" | "banner");
    if (fixed && !native) || heading_as_control {
        faults.add(Code::A11yAriaAllowedRole, el);
    }
}

fn properties(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let own = role(el);
    let known = own.and_then(standard::role);
    for (property, value) in el.value().attrs().filter(|(name, _)| name.starts_with("aria-")) {
        let Some(takes) = standard::takes(property) else {
            faults.add(Code::A11yAriaValidAttr, el);
            continue;
        };
        if !valid(faults, takes, value) && !optional_reference(property, el) {
            faults.add(Code::A11yAriaValidAttrValue, el);
        }
        let naming = matches!(property, "aria-label" | "aria-labelledby");
        let nameless = match known {
            Some(role) => role.nameless,
            None => {
                own.is_none()
                    && matches!(
                        el.value().name(),
                        "div" | "span" | "p" | "b" | "i" | "strong" | "em" | "small" | "code"
                    )
            }
        };
        if naming && nameless {
            faults.add(Code::A11yAriaProhibitedAttr, el);
        }
        let modal = property == "aria-modal" && matches!(own, Some("dialog" | "alertdialog"));
        let range = own == Some("meter") && property.starts_with("aria-value");
        let grouped = matches!(own, Some("application" | "group" | "toolbar"))
            && matches!(
                property,
                "aria-activedescendant" | "aria-disabled" | "aria-expanded" | "aria-orientation"
            );
        if !standard::is_global(property)
            && !modal
            && !range
            && !grouped
            && !known.is_some_and(|role| has(&role.allowed, property))
        {
            faults.add(Code::A11yAriaAllowedAttr, el);
        }
    }
    braille(faults, el);
    let native_state = el.value().name() == "input" && matches!(el.get("type"), Some("checkbox" | "radio"));
    if native_state && el.get("aria-checked").is_some_and(|v| (v == "true") != el.get("checked").is_some()) {
        faults.add(Code::A11yAriaConditionalAttr, el);
    }
    if el.get("aria-roledescription").is_some() && own.is_none() {
        faults.add(Code::A11yAriaRoledescription, el);
    }
}

fn braille(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let label = el.get("aria-braillelabel").is_some() && name(faults.doc, el).is_empty();
    let described =
        el.get("aria-brailleroledescription").is_some() && el.get("aria-roledescription").is_none();
    if label || described {
        faults.add(Code::A11yAriaBrailleEquivalent, el);
    }
}

/// What is controlled may not be there yet while it is closed.
fn optional_reference(property: &str, el: El<'_>) -> bool {
    matches!(property, "aria-controls" | "aria-owns")
        && (el.get("aria-expanded") == Some("false") || el.get("aria-haspopup").is_some())
}

fn valid(faults: &Faults<'_, '_>, takes: &Takes, value: &str) -> bool {
    let value = value.trim();
    match takes {
        Takes::Words(words) => has(words, value),
        Takes::Ids => !value.is_empty() && value.split_whitespace().all(|id| faults.doc.by_id(id).is_some()),
        Takes::Integer => value.parse::<i64>().is_ok(),
        Takes::Number => value.parse::<f64>().is_ok(),
        Takes::Text => true,
    }
}

/// Children and parents that a role cannot be without.
fn family(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let Some(known) = explicit_role(el).and_then(standard::role) else { return };
    if !known.children.is_empty() && el.get("aria-busy") != Some("true") && el.get("aria-owns").is_none() {
        let right = nearest(el);
        let empty = right.is_empty();
        if empty || !right.iter().all(|child| has(&known.children, child)) {
            faults.add(Code::A11yAriaRequiredChildren, el);
        }
    }
    if !known.parents.is_empty() {
        let around = lineage(el)
            .skip(1)
            .find_map(|up| role(up).filter(|r| !matches!(*r, "none" | "presentation" | "generic")));
        let owned = el.get("id").is_some_and(|id| {
            faults.doc.all.iter().any(|other| {
                other.get("aria-owns").is_some_and(|ids| ids.split_whitespace().any(|one| one == id))
            })
        });
        if !owned && !around.is_some_and(|role| has(&known.parents, role)) {
            faults.add(Code::A11yAriaRequiredParent, el);
        }
    }
}

/// The roles of the nearest elements inside that have one.
fn nearest<'a>(el: El<'a>) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut pending: Vec<El<'a>> = el.child_elements().collect();
    while let Some(child) = pending.pop() {
        match role(child) {
            Some(role) if !matches!(role, "none" | "presentation" | "generic") => found.push(role),
            _ => pending.extend(child.child_elements()),
        }
    }
    found
}

/// An element made meaningless must not be named or reached: browsers then bring its meaning back.
fn conflicts(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let decorative = el.value().name() == "img" && el.get("alt") == Some("");
    if !decorative && !matches!(explicit_role(el), Some("none" | "presentation")) {
        return;
    }
    let global = el.value().attrs().any(|(name, _)| standard::is_global(name) && name != "aria-hidden");
    if focusable(el) || global {
        faults.add(Code::A11yPresentationRoleConflict, el);
    }
}
