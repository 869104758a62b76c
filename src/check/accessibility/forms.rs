//! WCAG 1.3.1, 1.3.5, 2.5.3, 3.3.2: fields have one label, in words that are seen, and say what they hold.

use super::super::doc::{El, words};
use super::super::fault::Faults;
use super::name::{collapse, label_elements, name};
use super::role;
use crate::check::doc::Attributes;
use crate::diagnostic::Code;

/// Judges every form control.
pub fn judge(faults: &mut Faults<'_, '_>) {
    let doc = faults.doc;
    for el in doc.seen.iter().copied() {
        match el.value().name() {
            "input" | "textarea" | "select" if labelled_kind(el) => field(faults, el),
            _ => {}
        }
        spoken_as_seen(faults, el);
    }
}

/// Whether a control takes its name from a label.
fn labelled_kind(el: El<'_>) -> bool {
    !matches!(el.get("type"), Some("hidden" | "button" | "submit" | "reset" | "image"))
}

fn field(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let named = !name(faults.doc, el).is_empty();
    if !named {
        let code = if el.value().name() == "select" { Code::A11ySelectName } else { Code::A11yLabel };
        faults.add(code, el);
    }
    let labels = label_elements(faults.doc, el);
    if labels.len() > 1 && el.get("aria-labelledby").is_none() {
        faults.add(Code::A11yFormFieldMultipleLabels, el);
    }
    let aria = el.get("aria-label").is_some() || el.get("aria-labelledby").is_some();
    if named && labels.iter().all(|label| words(*label).is_empty()) && !aria {
        faults.add(Code::A11yLabelTitleOnly, el);
    }
    if el.get("autocomplete").is_some_and(|value| !autocomplete(value)) {
        faults.add(Code::A11yAutocompleteValid, el);
    }
}

/// The field names of the HTML standard, 4.10.18.7.
const AUTOFILL: [&str; 53] = [
    "name",
    "honorific-prefix",
    "given-name",
    "additional-name",
    "family-name",
    "honorific-suffix",
    "nickname",
    "username",
    "new-password",
    "current-password",
    "one-time-code",
    "organization-title",
    "organization",
    "street-address",
    "address-line1",
    "address-line2",
    "address-line3",
    "address-level4",
    "address-level3",
    "address-level2",
    "address-level1",
    "country",
    "country-name",
    "postal-code",
    "cc-name",
    "cc-given-name",
    "cc-additional-name",
    "cc-family-name",
    "cc-number",
    "cc-exp",
    "cc-exp-month",
    "cc-exp-year",
    "cc-csc",
    "cc-type",
    "transaction-currency",
    "transaction-amount",
    "language",
    "bday",
    "bday-day",
    "bday-month",
    "bday-year",
    "sex",
    "url",
    "photo",
    "tel",
    "tel-country-code",
    "tel-national",
    "tel-area-code",
    "tel-local",
    "tel-extension",
    "email",
    "impp",
    "webauthn",
];

fn autocomplete(value: &str) -> bool {
    let mut parts: Vec<&str> = value.split_whitespace().collect();
    if matches!(parts.as_slice(), [] | ["on" | "off"]) {
        return true;
    }
    if parts.last() == Some(&"webauthn") && parts.len() > 1 {
        parts.pop();
    }
    parts.retain(|part| !part.starts_with("section-"));
    let kind =
        |part: &&str| matches!(*part, "shipping" | "billing" | "home" | "work" | "mobile" | "fax" | "pager");
    let Some((last, before)) = parts.split_last() else { return false };
    AUTOFILL.contains(last) && before.iter().all(kind)
}

/// The name of a control with a text in it begins with, or holds, the words that are seen (WCAG 2.5.3).
fn spoken_as_seen(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let overridden = el.get("aria-label").is_some() || el.get("aria-labelledby").is_some();
    if !overridden
        || !matches!(
            role(el),
            Some("link" | "button" | "tab" | "menuitem" | "option" | "checkbox" | "radio" | "switch")
        )
    {
        return;
    }
    let plain = |text: &str| -> String {
        let kept = text
            .to_lowercase()
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect::<String>();
        collapse(&kept)
    };
    let seen = plain(&el.text().collect::<String>());
    if seen.chars().count() > 1 && !plain(&name(faults.doc, el)).contains(&seen) {
        faults.add(Code::A11yLabelContentNameMismatch, el);
    }
}
