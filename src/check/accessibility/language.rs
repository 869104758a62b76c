//! WCAG 3.1.1, 3.1.2: the language of the page and of its parts.

use super::super::fault::Faults;
use crate::check::doc::Attributes;
use crate::diagnostic::Code;

/// Judges the page.
pub fn judge(faults: &mut Faults<'_, '_>) {
    let root = faults.doc.html.root_element();
    match root.get("lang").map(str::trim) {
        None | Some("") => faults.add(Code::A11yHtmlHasLang, root),
        Some(lang) if !valid(lang) => faults.add(Code::A11yHtmlLangValid, root),
        Some(lang) => {
            let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            if root.get("xml:lang").is_some_and(|xml| primary(xml) != primary(lang)) {
                faults.add(Code::A11yHtmlXmlLangMismatch, root);
            }
        }
    }
    let doc = faults.doc;
    for el in doc.all.iter().copied() {
        if el.value().name() != "html"
            && el.get("lang").is_some_and(|lang| !lang.is_empty() && !valid(lang.trim()))
        {
            faults.add(Code::A11yValidLang, el);
        }
    }
}

/// Primary languages (ISO 639-1) that a municipal site may hold; three letters are taken as ISO 639-2 as they are.
const LANGUAGES: &str = "ar bg bn bs ca cs cy da de el en es et eu fa fi fr fy ga gl gu he hi hr hu hy id is it ja ka kk km ko \
    ku la lb lo lt lv mk ml mn mr ms mt my ne nl no nn nb oc pa pl ps pt qu rm ro ru sa sc sd si sk sl so sq sr sv sw ta te th \
    ti tl tr uk ur uz vi yi zh zu am az be fo gd ig ha yo wo ff rw rn sn st tn ts ve xh ss co br eo";

fn valid(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let known = match primary.len() {
        2 => LANGUAGES.split_whitespace().any(|one| one == primary),
        3 => primary.bytes().all(|b| b.is_ascii_lowercase()),
        _ => false,
    };
    known
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
