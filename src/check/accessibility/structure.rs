//! WCAG 1.3.1, 1.4.x, 2.1.1, 2.2.x, 2.4.x: headings, landmarks, lists, unique ids, keyboard order, no movement and no traps of the page itself.

use std::collections::{HashMap, HashSet};

use super::super::doc::{El, inside, lineage, usable, words};
use super::super::fault::{Faults, written};
use super::name::name;
use super::{explicit_role, focusable, role, unseen};
use crate::check::doc::Attributes;
use crate::diagnostic::Code;

/// Judges the page.
pub fn judge(faults: &mut Faults<'_, '_>) {
    headings(faults);
    landmarks(faults);
    outside_landmarks(faults);
    ids(faults);
    skip_links(faults);
    same_links(faults);
    let doc = faults.doc;
    for el in doc.tags(&["meta"]) {
        head(faults, el);
    }
    for el in doc.seen.iter().copied() {
        lists(faults, el);
        keyboard(faults, el);
        media(faults, el);
        old_elements(faults, el);
    }
}

/// The level of a heading.
fn level(el: El<'_>) -> Option<u32> {
    (role(el) == Some("heading")).then(|| {
        let native = el.value().name().strip_prefix('h').and_then(|n| n.parse().ok());
        el.get("aria-level").and_then(|n| n.parse().ok()).or(native).unwrap_or(2)
    })
}

fn headings(faults: &mut Faults<'_, '_>) {
    let all: Vec<(El<'_>, u32)> = faults.doc.seen.iter().filter_map(|el| Some((*el, level(*el)?))).collect();
    if !all.iter().any(|(_, level)| *level == 1) {
        let root = faults.doc.html.root_element();
        faults.add(Code::A11yPageHasHeadingOne, root);
    }
    for pair in all.windows(2) {
        if pair[1].1 > pair[0].1 + 1 {
            faults.add(Code::A11yHeadingOrder, pair[1].0);
        }
    }
}

const LANDMARKS: [&str; 8] =
    ["banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"];

fn landmark(el: El<'_>) -> Option<&str> {
    role(el).filter(|role| LANDMARKS.contains(role))
}

fn landmarks(faults: &mut Faults<'_, '_>) {
    let all: Vec<(El<'_>, &str)> =
        faults.doc.seen.iter().filter_map(|el| Some((*el, landmark(*el)?))).collect();
    let root = faults.doc.html.root_element();
    if !all.iter().any(|(_, role)| *role == "main") {
        faults.add(Code::A11yLandmarkOneMain, root);
    }
    let alone = [
        ("main", Code::A11yLandmarkNoDuplicateMain),
        ("banner", Code::A11yLandmarkNoDuplicateBanner),
        ("contentinfo", Code::A11yLandmarkNoDuplicateContentinfo),
    ];
    for (wanted, code) in alone {
        for (el, _) in all.iter().filter(|(_, role)| *role == wanted).skip(1) {
            faults.add(code, *el);
        }
    }
    let top = [
        ("main", Code::A11yLandmarkMainIsTopLevel),
        ("banner", Code::A11yLandmarkBannerIsTopLevel),
        ("contentinfo", Code::A11yLandmarkContentinfoIsTopLevel),
        ("complementary", Code::A11yLandmarkComplementaryIsTopLevel),
    ];
    for (el, own) in &all {
        let around = lineage(*el).skip(1).find_map(landmark);
        let code = top.iter().find(|(role, _)| role == own).map(|(_, code)| *code);
        // An aside may stand in the main part.
        let allowed = around.is_none() || (*own == "complementary" && around == Some("main"));
        if let Some(code) = code.filter(|_| !allowed) {
            faults.add(code, *el);
        }
    }
    let mut seen: HashSet<(&str, String)> = HashSet::new();
    for (el, own) in all.iter().filter(|(_, role)| !matches!(*role, "main" | "banner" | "contentinfo")) {
        if !seen.insert((own, name(faults.doc, *el).to_lowercase())) {
            faults.add(Code::A11yLandmarkUnique, *el);
        }
    }
}

/// Text outside every landmark, except links that skip to one.
fn outside_landmarks(faults: &mut Faults<'_, '_>) {
    let Some(body) = faults.doc.tags(&["body"]).next() else { return };
    let mut pending: Vec<El<'_>> = body.child_elements().collect();
    pending.reverse();
    while let Some(el) = pending.pop() {
        let skip = matches!(el.value().name(), "script" | "style" | "noscript" | "template");
        let skips = el.value().name() == "a" && el.get("href").is_some_and(|href| href.starts_with('#'));
        let live = matches!(role(el), Some("alert" | "status" | "dialog" | "alertdialog" | "log"));
        if skip || skips || live || unseen(el) || landmark(el).is_some() {
            continue;
        }
        let own_text = el.children().any(|node| node.value().as_text().is_some_and(|t| !t.trim().is_empty()));
        if own_text || matches!(el.value().name(), "img" | "input" | "select" | "textarea" | "button") {
            faults.add(Code::A11yRegion, el);
        } else {
            let mut inner: Vec<El<'_>> = el.child_elements().collect();
            inner.reverse();
            pending.extend(inner);
        }
    }
}

fn ids(faults: &mut Faults<'_, '_>) {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut keys: HashSet<String> = HashSet::new();
    let doc = faults.doc;
    for el in doc.all.iter().copied() {
        if let Some(id) = el.get("id")
            && !seen.insert(id)
        {
            faults.add(Code::A11yDuplicateId, el);
        }
        if let Some(key) = el.get("accesskey")
            && !keys.insert(key.to_lowercase())
        {
            faults.add(Code::A11yAccesskeys, el);
        }
    }
}

fn skip_links(faults: &mut Faults<'_, '_>) {
    let doc = faults.doc;
    let links: Vec<El<'_>> = doc.tags(&["a"]).filter(|a| usable(*a).is_some()).collect();
    let bypass = links.first().and_then(|a| a.get("href")).is_some_and(|href| href.starts_with('#'));
    if !bypass && !doc.tags(&["main"]).any(|_| true) && !doc.all.iter().any(|el| level(*el).is_some()) {
        faults.add(Code::A11yBypass, doc.html.root_element());
    }
    for link in links {
        let Some(id) = link.get("href").and_then(|href| href.strip_prefix('#')).filter(|id| !id.is_empty())
        else {
            continue;
        };
        let target = doc.by_id(id).or_else(|| doc.tags(&["a"]).find(|a| a.get("name") == Some(id)));
        if target.is_none() {
            faults.add(Code::A11ySkipLink, link);
        }
    }
}

/// Links of the same words that lead to different places, in what editors write: elsewhere the context tells them apart.
fn same_links(faults: &mut Faults<'_, '_>) {
    let mut first: HashMap<String, &str> = HashMap::new();
    let links: Vec<El<'_>> = faults.doc.tags(&["a"]).filter(|a| !unseen(*a) && inside(*a, "main")).collect();
    for link in links {
        let Some(href) = usable(link) else { continue };
        let spoken = name(faults.doc, link).to_lowercase();
        if spoken.is_empty() || !written(link) {
            continue;
        }
        let place = href.trim_end_matches('/');
        if *first.entry(spoken).or_insert(place) != place {
            faults.add(Code::A11yIdenticalLinksSamePurpose, link);
        }
    }
}

fn head(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let content = el.get("content").unwrap_or_default().to_ascii_lowercase();
    if el.get("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) {
        let wait = content.split([';', ',']).next().and_then(|n| n.trim().parse::<f64>().ok());
        if wait != Some(0.0) {
            faults.add(Code::A11yMetaRefresh, el);
        }
    }
    if el.get("name") == Some("viewport") {
        let pairs = content.split([',', ';']).filter_map(|pair| pair.split_once('='));
        for (key, value) in pairs {
            let (key, value) = (key.trim(), value.trim());
            let scale = value.parse::<f64>().unwrap_or(f64::MAX);
            let fixed = key == "user-scalable" && matches!(value, "no" | "0");
            if fixed || (key == "maximum-scale" && scale < 5.0) {
                faults.add(Code::A11yMetaViewport, el);
            }
        }
    }
}

fn lists(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let tag = el.value().name();
    let plain = explicit_role(el).is_none();
    let child = |el: El<'_>| el.value().name().to_owned();
    let scripting = |name: &str| matches!(name, "script" | "template");
    let bare_text = el.children().any(|node| node.value().as_text().is_some_and(|t| !t.trim().is_empty()));
    match tag {
        "ul" | "ol" if plain => {
            let only_items = el.child_elements().all(|c| {
                child(c) == "li" && explicit_role(c).is_none_or(|r| r == "listitem") || scripting(&child(c))
            });
            if !only_items || bare_text {
                faults.add(Code::A11yList, el);
            }
        }
        "li" if plain => {
            let parent = el.parent().and_then(El::wrap);
            let listed = parent.is_some_and(|up| {
                matches!(up.value().name(), "ul" | "ol" | "menu")
                    && explicit_role(up).is_none_or(|r| r == "list")
            });
            if !listed {
                faults.add(Code::A11yListitem, el);
            }
        }
        "dl" if plain => {
            let right = el
                .child_elements()
                .all(|c| matches!(child(c).as_str(), "dt" | "dd" | "div") || scripting(&child(c)));
            if !right || bare_text {
                faults.add(Code::A11yDefinitionList, el);
            }
        }
        "dt" | "dd" if plain => {
            let parent = el.parent().and_then(El::wrap);
            let above = parent.and_then(|up| up.parent().and_then(El::wrap));
            let is = |one: Option<El<'_>>, tag: &str| one.is_some_and(|el| el.value().name() == tag);
            let listed = is(parent, "dl") || (is(parent, "div") && is(above, "dl"));
            if !listed {
                faults.add(Code::A11yDlitem, el);
            }
        }
        _ => {}
    }
}

fn keyboard(faults: &mut Faults<'_, '_>, el: El<'_>) {
    if el.get("tabindex").and_then(|n| n.trim().parse::<i32>().ok()).is_some_and(|n| n > 0) {
        faults.add(Code::A11yTabindex, el);
    }
    if matches!(
        role(el),
        Some("button" | "link" | "checkbox" | "radio" | "switch" | "tab" | "option" | "menuitem")
    ) && el.descendent_elements().skip(1).any(|inner| focusable(inner) && !unseen(inner))
    {
        faults.add(Code::A11yNestedInteractive, el);
    }
}

fn media(faults: &mut Faults<'_, '_>, el: El<'_>) {
    let tag = el.value().name();
    if matches!(tag, "audio" | "video") && el.get("autoplay").is_some() && el.get("muted").is_none() {
        faults.add(Code::A11yNoAutoplayAudio, el);
    }
    if tag == "video" {
        let captions = el
            .descendent_elements()
            .any(|track| track.value().name() == "track" && matches!(track.get("kind"), Some("captions")));
        if !captions {
            faults.add(Code::A11yVideoCaption, el);
        }
    }
    if tag == "img" && el.get("ismap").is_some() {
        faults.add(Code::A11yServerSideImageMap, el);
    }
}

fn old_elements(faults: &mut Faults<'_, '_>, el: El<'_>) {
    match el.value().name() {
        "blink" => faults.add(Code::A11yBlink, el),
        "marquee" => faults.add(Code::A11yMarquee, el),
        _ => {}
    }
    let style = el.get("style").unwrap_or_default().to_ascii_lowercase();
    let spacing = ["line-height", "letter-spacing", "word-spacing"];
    if style.contains("!important") && spacing.iter().any(|property| style.contains(property)) {
        faults.add(Code::A11yAvoidInlineSpacing, el);
    }
    // A paragraph wholly in bold or italics that introduces others stands for a heading.
    if el.value().name() == "p" && !words(el).is_empty() && words(el).chars().count() < 80 {
        let only: Vec<El<'_>> = el.child_elements().collect();
        let whole = matches!(only.as_slice(), [one] if matches!(one.value().name(), "b" | "strong") && words(*one) == words(el));
        let next = el.next_siblings().find_map(El::wrap);
        let sentence = words(el).ends_with(['.', ';', ':', '!', '?', ',']);
        if whole
            && !sentence
            && next.is_some_and(|n| {
                n.value().name() == "p" && n.child_elements().all(|c| c.value().name() != "strong")
            })
        {
            faults.add(Code::A11yPAsHeading, el);
        }
    }
}
