//! WCAG 1.1.1, 2.4.2, 2.4.4, 4.1.2: what is shown or can be operated has a name.

use super::super::doc::{El, words};
use super::super::fault::Faults;
use super::name::{collapse, content, name};
use super::{explicit_role, role};
use crate::check::doc::Attributes;
use crate::diagnostic::Code;

/// Judges every element.
pub fn judge(faults: &mut Faults<'_, '_>) {
    title(faults);
    let doc = faults.doc;
    for el in doc.seen.iter().copied() {
        pictures(faults, el);
        controls(faults, el);
        frames(faults, el);
    }
}

fn title(faults: &mut Faults<'_, '_>) {
    let titles: Vec<El<'_>> =
        faults.doc.tags(&["title"]).filter(|t| super::super::doc::inside(*t, "head")).collect();
    if titles.first().is_none_or(|title| words(*title).is_empty()) {
        let root = faults.doc.html.root_element();
        faults.add(Code::A11yDocumentTitle, root);
    }
}

fn decorative(el: El<'_>) -> bool {
    matches!(explicit_role(el), Some("presentation" | "none"))
}

fn pictures(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let tag = el.value().name();
    let nameless = |faults: &Faults<'_, '_>| name(faults.doc, el).is_empty();
    let code = match tag {
        "img" => {
            (el.get("alt").is_none() && !decorative(el) && nameless(faults)).then_some(Code::A11yImageAlt)
        }
        "input" if el.get("type") == Some("image") => nameless(faults).then_some(Code::A11yInputImageAlt),
        "area" if el.get("href").is_some() => nameless(faults).then_some(Code::A11yAreaAlt),
        "object" => (nameless(faults) && collapse(&content(faults.doc, el, 0)).is_empty())
            .then_some(Code::A11yObjectAlt),
        "svg" => (explicit_role(el) == Some("img") && nameless(faults)).then_some(Code::A11ySvgImgAlt),
        _ => (explicit_role(el) == Some("img") && nameless(faults)).then_some(Code::A11yRoleImgAlt),
    };
    if let Some(code) = code {
        faults.add(code, el);
    }
    if tag == "img"
        && let Some(alt) = el.get("alt").map(collapse).filter(|alt| !alt.is_empty())
    {
        let around =
            el.ancestors().filter_map(El::wrap).find(|up| matches!(role(*up), Some("link" | "button")));
        if around.is_some_and(|up| collapse(&up.text().collect::<String>()).eq_ignore_ascii_case(&alt)) {
            faults.add(Code::A11yImageRedundantAlt, el);
        }
    }
    if tag == "img" && el.get("alt").is_some_and(file_name) {
        faults.add(Code::A11yImageAltFile, el);
    }
}

/// Whether an alternative is the name of a file.
fn file_name(alt: &str) -> bool {
    let alt = alt.trim().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"].iter().any(|end| alt.ends_with(end))
}

fn controls(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let tag = el.value().name();
    let code = match (tag, role(el)) {
        ("summary", _) => Code::A11ySummaryName,
        ("input", Some("button")) if el.get("type") != Some("image") => Code::A11yInputButtonName,
        ("button", _) => Code::A11yButtonName,
        (_, Some("link")) if tag != "area" => Code::A11yLinkName,
        (_, Some("heading")) => Code::A11yEmptyHeading,
        (_, Some("button" | "menuitem")) if tag != "input" => Code::A11yAriaCommandName,
        (_, Some("dialog" | "alertdialog")) => Code::A11yAriaDialogName,
        (_, Some("meter")) => Code::A11yAriaMeterName,
        (_, Some("progressbar")) => Code::A11yAriaProgressbarName,
        (_, Some("tooltip")) => Code::A11yAriaTooltipName,
        (_, Some("treeitem")) => Code::A11yAriaTreeitemName,
        (_, Some("checkbox" | "radio" | "switch" | "menuitemcheckbox" | "menuitemradio" | "option"))
            if tag != "input" && tag != "option" =>
        {
            Code::A11yAriaToggleFieldName
        }
        (_, Some("combobox" | "listbox" | "searchbox" | "slider" | "spinbutton" | "textbox"))
            if !matches!(tag, "input" | "select" | "textarea") =>
        {
            Code::A11yAriaInputFieldName
        }
        _ => return,
    };
    if name(faults.doc, el).is_empty() && !decorative(el) {
        faults.add(code, el);
    }
}

fn frames(faults: &mut Faults<'_, '_>, el: El<'_>) {
    if !matches!(el.value().name(), "iframe" | "frame") {
        return;
    }
    let own = name(faults.doc, el);
    if own.is_empty() {
        return faults.add(Code::A11yFrameTitle, el);
    }
    let same = |other: &&El<'_>| other.id() != el.id() && name(faults.doc, **other) == own;
    let frames: Vec<El<'_>> = faults.doc.tags(&["iframe", "frame"]).collect();
    if frames.iter().any(|other| same(&other)) {
        faults.add(Code::A11yFrameTitleUnique, el);
    }
}
