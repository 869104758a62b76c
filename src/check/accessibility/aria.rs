//! WCAG 1.3.1, 4.1.2: roles, states and properties of WAI-ARIA 1.2 are used as that standard defines them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::doc::{El, lineage};
use super::name::name;
use super::{Faults, explicit_role, focusable, role, unseen};
use crate::check::doc::Attributes;
use crate::diagnostic::Code;

/// What WAI-ARIA says of a role, where it says more than of every role.
struct Role {
    required: &'static [&'static str],
    allowed: &'static [&'static str],
    children: &'static [&'static str],
    parents: &'static [&'static str],
    /// May not be named.
    nameless: bool,
}

const PLAIN: Role = Role { required: &[], allowed: &[], children: &[], parents: &[], nameless: false };
const NAMELESS: Role = Role { nameless: true, ..PLAIN };
const EXPANDABLE: &[&str] = &["aria-expanded", "aria-haspopup", "aria-disabled"];
const CHECKABLE: &[&str] =
    &["aria-checked", "aria-disabled", "aria-readonly", "aria-required", "aria-invalid", "aria-expanded"];
const RANGE: &[&str] = &["aria-valuenow", "aria-valuemin", "aria-valuemax", "aria-valuetext"];
const FIELD: &[&str] = &[
    "aria-activedescendant",
    "aria-autocomplete",
    "aria-disabled",
    "aria-errormessage",
    "aria-expanded",
    "aria-haspopup",
    "aria-invalid",
    "aria-multiline",
    "aria-placeholder",
    "aria-readonly",
    "aria-required",
];

static ROLES: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let plain = [
        "alert",
        "alertdialog",
        "application",
        "article",
        "banner",
        "blockquote",
        "complementary",
        "contentinfo",
        "dialog",
        "document",
        "feed",
        "figure",
        "form",
        "group",
        "img",
        "log",
        "main",
        "marquee",
        "math",
        "meter",
        "navigation",
        "note",
        "region",
        "search",
        "status",
        "timer",
        "toolbar",
        "tooltip",
        "term",
        "definition",
    ];
    let nameless = [
        "caption",
        "code",
        "deletion",
        "emphasis",
        "generic",
        "insertion",
        "none",
        "paragraph",
        "presentation",
        "strong",
        "subscript",
        "superscript",
        "time",
    ];
    let mut roles: HashMap<&'static str, Role> = plain.into_iter().map(|name| (name, PLAIN)).collect();
    roles.extend(nameless.into_iter().map(|name| (name, NAMELESS)));
    roles.extend([
        (
            "button",
            Role { allowed: &["aria-expanded", "aria-haspopup", "aria-disabled", "aria-pressed"], ..PLAIN },
        ),
        ("link", Role { allowed: EXPANDABLE, ..PLAIN }),
        ("heading", Role { required: &["aria-level"], allowed: &["aria-level"], ..PLAIN }),
        ("checkbox", Role { required: &["aria-checked"], allowed: CHECKABLE, ..PLAIN }),
        ("switch", Role { required: &["aria-checked"], allowed: CHECKABLE, ..PLAIN }),
        (
            "radio",
            Role {
                required: &["aria-checked"],
                allowed: &["aria-checked", "aria-disabled", "aria-posinset", "aria-setsize"],
                ..PLAIN
            },
        ),
        (
            "radiogroup",
            Role {
                allowed: &[
                    "aria-required",
                    "aria-readonly",
                    "aria-invalid",
                    "aria-errormessage",
                    "aria-disabled",
                    "aria-orientation",
                ],
                ..PLAIN
            },
        ),
        ("combobox", Role { required: &["aria-expanded"], allowed: FIELD, ..PLAIN }),
        ("textbox", Role { allowed: FIELD, ..PLAIN }),
        ("searchbox", Role { allowed: FIELD, ..PLAIN }),
        ("spinbutton", Role { allowed: RANGE, ..PLAIN }),
        ("slider", Role { required: &["aria-valuenow"], allowed: RANGE, ..PLAIN }),
        ("scrollbar", Role { required: &["aria-valuenow", "aria-controls"], allowed: RANGE, ..PLAIN }),
        ("progressbar", Role { allowed: RANGE, ..PLAIN }),
        ("separator", Role { allowed: RANGE, ..PLAIN }),
        ("list", Role { children: &["listitem"], ..PLAIN }),
        (
            "listitem",
            Role {
                parents: &["list", "directory", "group"],
                allowed: &["aria-level", "aria-posinset", "aria-setsize"],
                ..PLAIN
            },
        ),
        (
            "listbox",
            Role {
                children: &["option", "group"],
                allowed: &[
                    "aria-multiselectable",
                    "aria-required",
                    "aria-readonly",
                    "aria-activedescendant",
                    "aria-orientation",
                    "aria-expanded",
                    "aria-disabled",
                    "aria-invalid",
                ],
                ..PLAIN
            },
        ),
        (
            "option",
            Role {
                parents: &["listbox", "group"],
                allowed: &["aria-selected", "aria-checked", "aria-disabled", "aria-posinset", "aria-setsize"],
                ..PLAIN
            },
        ),
        (
            "menu",
            Role {
                children: &["menuitem", "menuitemcheckbox", "menuitemradio", "group", "none"],
                allowed: &["aria-activedescendant", "aria-orientation", "aria-disabled"],
                ..PLAIN
            },
        ),
        (
            "menubar",
            Role {
                children: &["menuitem", "menuitemcheckbox", "menuitemradio", "group", "none"],
                allowed: &["aria-activedescendant", "aria-orientation", "aria-disabled"],
                ..PLAIN
            },
        ),
        (
            "menuitem",
            Role {
                parents: &["menu", "menubar", "group"],
                allowed: &[
                    "aria-expanded",
                    "aria-haspopup",
                    "aria-disabled",
                    "aria-posinset",
                    "aria-setsize",
                ],
                ..PLAIN
            },
        ),
        (
            "menuitemcheckbox",
            Role {
                required: &["aria-checked"],
                parents: &["menu", "menubar", "group"],
                allowed: CHECKABLE,
                ..PLAIN
            },
        ),
        (
            "menuitemradio",
            Role {
                required: &["aria-checked"],
                parents: &["menu", "menubar", "group"],
                allowed: CHECKABLE,
                ..PLAIN
            },
        ),
        (
            "tablist",
            Role {
                children: &["tab"],
                allowed: &[
                    "aria-activedescendant",
                    "aria-orientation",
                    "aria-multiselectable",
                    "aria-level",
                    "aria-disabled",
                ],
                ..PLAIN
            },
        ),
        (
            "tab",
            Role {
                parents: &["tablist"],
                allowed: &[
                    "aria-selected",
                    "aria-expanded",
                    "aria-haspopup",
                    "aria-disabled",
                    "aria-posinset",
                    "aria-setsize",
                ],
                ..PLAIN
            },
        ),
        ("tabpanel", PLAIN),
        (
            "tree",
            Role {
                children: &["treeitem", "group"],
                allowed: &[
                    "aria-multiselectable",
                    "aria-required",
                    "aria-activedescendant",
                    "aria-orientation",
                ],
                ..PLAIN
            },
        ),
        (
            "treeitem",
            Role {
                parents: &["tree", "group"],
                allowed: &[
                    "aria-expanded",
                    "aria-selected",
                    "aria-checked",
                    "aria-level",
                    "aria-posinset",
                    "aria-setsize",
                    "aria-haspopup",
                    "aria-disabled",
                ],
                ..PLAIN
            },
        ),
        (
            "table",
            Role {
                children: &["row", "rowgroup", "caption"],
                allowed: &["aria-colcount", "aria-rowcount"],
                ..PLAIN
            },
        ),
        (
            "grid",
            Role {
                children: &["row", "rowgroup", "caption"],
                allowed: &[
                    "aria-colcount",
                    "aria-rowcount",
                    "aria-multiselectable",
                    "aria-readonly",
                    "aria-activedescendant",
                    "aria-disabled",
                ],
                ..PLAIN
            },
        ),
        (
            "treegrid",
            Role {
                children: &["row", "rowgroup", "caption"],
                allowed: &[
                    "aria-colcount",
                    "aria-rowcount",
                    "aria-multiselectable",
                    "aria-readonly",
                    "aria-activedescendant",
                ],
                ..PLAIN
            },
        ),
        ("rowgroup", Role { children: &["row"], parents: &["table", "grid", "treegrid"], ..PLAIN }),
        (
            "row",
            Role {
                children: &["cell", "columnheader", "gridcell", "rowheader"],
                parents: &["table", "grid", "treegrid", "rowgroup"],
                allowed: &[
                    "aria-expanded",
                    "aria-selected",
                    "aria-level",
                    "aria-colindex",
                    "aria-rowindex",
                    "aria-posinset",
                    "aria-setsize",
                ],
                ..PLAIN
            },
        ),
        (
            "cell",
            Role {
                parents: &["row"],
                allowed: &["aria-colindex", "aria-colspan", "aria-rowindex", "aria-rowspan"],
                ..PLAIN
            },
        ),
        (
            "gridcell",
            Role {
                parents: &["row"],
                allowed: &[
                    "aria-colindex",
                    "aria-colspan",
                    "aria-rowindex",
                    "aria-rowspan",
                    "aria-selected",
                    "aria-expanded",
                    "aria-readonly",
                    "aria-required",
                    "aria-disabled",
                ],
                ..PLAIN
            },
        ),
        (
            "columnheader",
            Role {
                parents: &["row"],
                allowed: &[
                    "aria-sort",
                    "aria-colindex",
                    "aria-colspan",
                    "aria-rowindex",
                    "aria-rowspan",
                    "aria-selected",
                    "aria-expanded",
                    "aria-readonly",
                    "aria-required",
                ],
                ..PLAIN
            },
        ),
        (
            "rowheader",
            Role {
                parents: &["row"],
                allowed: &[
                    "aria-sort",
                    "aria-colindex",
                    "aria-colspan",
                    "aria-rowindex",
                    "aria-rowspan",
                    "aria-selected",
                    "aria-expanded",
                    "aria-readonly",
                    "aria-required",
                ],
                ..PLAIN
            },
        ),
    ]);
    roles
});

/// States and properties of every role (WAI-ARIA 1.2, 6.4), then those that only some roles have, with the values they take.
const GLOBAL: [&str; 17] = [
    "aria-atomic",
    "aria-busy",
    "aria-controls",
    "aria-current",
    "aria-describedby",
    "aria-description",
    "aria-details",
    "aria-dropeffect",
    "aria-flowto",
    "aria-grabbed",
    "aria-hidden",
    "aria-keyshortcuts",
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "aria-owns",
    "aria-relevant",
];

/// What a property takes.
enum Takes {
    Words(&'static [&'static str]),
    Ids,
    Integer,
    Number,
    Text,
}

const TRUTH: Takes = Takes::Words(&["true", "false"]);
const PERHAPS: Takes = Takes::Words(&["true", "false", "undefined"]);
const MIXED: Takes = Takes::Words(&["true", "false", "mixed", "undefined"]);

fn takes(property: &str) -> Option<Takes> {
    Some(match property {
        "aria-atomic"
        | "aria-busy"
        | "aria-disabled"
        | "aria-modal"
        | "aria-multiline"
        | "aria-multiselectable"
        | "aria-readonly"
        | "aria-required" => TRUTH,
        "aria-expanded" | "aria-grabbed" | "aria-hidden" | "aria-selected" => PERHAPS,
        "aria-checked" | "aria-pressed" => MIXED,
        "aria-autocomplete" => Takes::Words(&["inline", "list", "both", "none"]),
        "aria-current" => Takes::Words(&["page", "step", "location", "date", "time", "true", "false"]),
        "aria-dropeffect" => Takes::Words(&["copy", "execute", "link", "move", "none", "popup"]),
        "aria-haspopup" => Takes::Words(&["true", "false", "menu", "listbox", "tree", "grid", "dialog"]),
        "aria-invalid" => Takes::Words(&["true", "false", "grammar", "spelling"]),
        "aria-live" => Takes::Words(&["off", "polite", "assertive"]),
        "aria-orientation" => Takes::Words(&["horizontal", "vertical", "undefined"]),
        "aria-relevant" => Takes::Words(&["additions", "removals", "text", "all", "additions text"]),
        "aria-sort" => Takes::Words(&["ascending", "descending", "none", "other"]),
        "aria-activedescendant"
        | "aria-controls"
        | "aria-describedby"
        | "aria-details"
        | "aria-errormessage"
        | "aria-flowto"
        | "aria-labelledby"
        | "aria-owns" => Takes::Ids,
        "aria-colcount" | "aria-colindex" | "aria-colspan" | "aria-level" | "aria-posinset"
        | "aria-rowcount" | "aria-rowindex" | "aria-rowspan" | "aria-setsize" => Takes::Integer,
        "aria-valuemax" | "aria-valuemin" | "aria-valuenow" => Takes::Number,
        "aria-braillelabel"
        | "aria-brailleroledescription"
        | "aria-description"
        | "aria-keyshortcuts"
        | "aria-label"
        | "aria-placeholder"
        | "aria-roledescription"
        | "aria-valuetext" => Takes::Text,
        _ => return None,
    })
}

/// Judges every element.
pub fn judge(faults: &mut Faults<'_, '_>) {
    if let Some(body) = faults.doc.tags(&["body"]).find(|body| body.get("aria-hidden") == Some("true")) {
        faults.add(Code::A11yAriaHiddenBody, body);
    }
    for el in faults.doc.all.clone() {
        hidden_focus(faults, el);
        roles(faults, el);
        properties(faults, el);
        if !unseen(el) {
            family(faults, el);
        }
        conflicts(faults, el);
    }
}

/// Nothing that the keyboard reaches is hidden from those who listen.
fn hidden_focus(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let hidden = lineage(el).any(|up| up.get("aria-hidden") == Some("true"));
    let shown = !lineage(el).any(|up| up.get("hidden").is_some() || up.value().name() == "template");
    if hidden && shown && focusable(el) {
        faults.add(Code::A11yAriaHiddenFocus, el);
    }
}

fn roles(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let Some(written) = explicit_role(el) else { return };
    if matches!(written, "directory" | "doc-biblioentry" | "doc-endnote") {
        faults.add(Code::A11yAriaDeprecatedRole, el);
    }
    let Some(known) = ROLES.get(written) else {
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
    let known = own.and_then(|role| ROLES.get(role));
    for (property, value) in el.value().attrs().filter(|(name, _)| name.starts_with("aria-")) {
        let Some(takes) = takes(property) else {
            faults.add(Code::A11yAriaValidAttr, el);
            continue;
        };
        if !valid(faults, &takes, value) && !optional_reference(property, el) {
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
        let everywhere = GLOBAL.contains(&property)
            || matches!(
                property,
                "aria-roledescription" | "aria-braillelabel" | "aria-brailleroledescription"
            );
        let modal = property == "aria-modal" && matches!(own, Some("dialog" | "alertdialog"));
        let range = own == Some("meter") && property.starts_with("aria-value");
        let grouped = matches!(own, Some("application" | "group" | "toolbar"))
            && matches!(
                property,
                "aria-activedescendant" | "aria-disabled" | "aria-expanded" | "aria-orientation"
            );
        if !everywhere
            && !modal
            && !range
            && !grouped
            && !known.is_some_and(|role| role.allowed.contains(&property))
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
        Takes::Words(words) => words.contains(&value),
        Takes::Ids => !value.is_empty() && value.split_whitespace().all(|id| faults.doc.by_id(id).is_some()),
        Takes::Integer => value.parse::<i64>().is_ok(),
        Takes::Number => value.parse::<f64>().is_ok(),
        Takes::Text => true,
    }
}

/// Children and parents that a role cannot be without.
fn family(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let Some(known) = explicit_role(el).and_then(|written| ROLES.get(written)) else { return };
    if !known.children.is_empty() && el.get("aria-busy") != Some("true") && el.get("aria-owns").is_none() {
        let right = nearest(el);
        let empty = right.is_empty();
        if empty || !right.iter().all(|child| known.children.contains(child)) {
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
        if !owned && !around.is_some_and(|role| known.parents.contains(&role)) {
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
    if !matches!(explicit_role(el), Some("none" | "presentation")) {
        return;
    }
    let global = el.value().attrs().any(|(name, _)| GLOBAL.contains(&name) && name != "aria-hidden");
    if focusable(el) || global {
        faults.add(Code::A11yPresentationRoleConflict, el);
    }
}
