//! What HTML's living standard says of elements, read once from `check/data/html.yaml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::vocab;

type Lists = HashMap<String, Vec<String>>;

/// The file, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    attributi_globali: HashSet<String>,
    elementi: Lists,
    richiesti: Lists,
    parole: Lists,
    numeri: HashSet<String>,
    numeri_con_segno: HashSet<String>,
    indirizzi: HashSet<String>,
    solo_parole: HashSet<String>,
    blocchi: HashSet<String>,
    ammessi: Lists,
    trasparenti: HashSet<String>,
    vietati: Lists,
    genitori: Lists,
    primo_figlio: HashMap<String, String>,
}

static WRITTEN: LazyLock<Written> = LazyLock::new(|| vocab::embedded(include_str!("../data/html.yaml")));

/// The standard on one element, so that its attributes are not looked up by its name again and again.
pub struct Element {
    /// The attributes that it may have, with what they take; nothing where any text will do.
    attributes: HashMap<String, Option<Takes>>,
    /// Attributes of which it needs one.
    pub required: &'static [String],
    /// Elements in which it may not stand, however deep.
    pub forbidden: &'static [String],
    /// The only elements in which it may stand; nothing where any will do.
    pub parents: &'static [String],
    /// What it begins with.
    pub first: Option<&'static str>,
    /// It holds words and what stands among them, never blocks.
    pub phrasing: bool,
    /// It is a block.
    pub block: bool,
    /// It holds what its parent may hold.
    pub transparent: bool,
    /// Blocks that it may hold though it holds words alone.
    pub admitted: &'static [String],
}

/// What an attribute takes.
enum Takes {
    Words(&'static [String]),
    Digits,
    Integer,
    Address,
}

static ELEMENTS: LazyLock<HashMap<&'static str, Element>> = LazyLock::new(|| {
    WRITTEN.elementi.iter().map(|(name, own)| (name.as_str(), element(name, own))).collect()
});

fn element(name: &str, own: &'static [String]) -> Element {
    let list = |lists: &'static Lists| lists.get(name).map_or(&[][..], Vec::as_slice);
    let attributes = WRITTEN.attributi_globali.iter().chain(own);
    Element {
        attributes: attributes.map(|attribute| (attribute.clone(), takes(name, attribute))).collect(),
        required: list(&WRITTEN.richiesti),
        forbidden: list(&WRITTEN.vietati),
        parents: list(&WRITTEN.genitori),
        first: WRITTEN.primo_figlio.get(name).map(String::as_str),
        phrasing: WRITTEN.solo_parole.contains(name),
        block: WRITTEN.blocchi.contains(name),
        transparent: WRITTEN.trasparenti.contains(name),
        admitted: list(&WRITTEN.ammessi),
    }
}

fn takes(element: &str, attribute: &str) -> Option<Takes> {
    let own = format!("{element}.{attribute}");
    if let Some(words) = WRITTEN.parole.get(&own).or_else(|| WRITTEN.parole.get(attribute)) {
        return Some(Takes::Words(words));
    }
    if WRITTEN.numeri_con_segno.contains(&own) || WRITTEN.numeri_con_segno.contains(attribute) {
        return Some(Takes::Integer);
    }
    if WRITTEN.numeri.contains(attribute) {
        return Some(Takes::Digits);
    }
    WRITTEN.indirizzi.contains(attribute).then_some(Takes::Address)
}

/// The standard on an element; `None` when it has none of that name.
pub fn of(name: &str) -> Option<&'static Element> {
    ELEMENTS.get(name)
}

/// What the standard says of an attribute as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All is well.
    Right,
    /// The element has no such attribute.
    Unknown,
    /// The attribute does not take that value.
    Wrong,
}

impl Element {
    /// Judges an attribute of the element.
    pub fn judge(&self, attribute: &str, value: &str) -> Verdict {
        match self.attributes.get(attribute) {
            Some(None) => Verdict::Right,
            Some(Some(takes)) if accepts(takes, attribute, value) => Verdict::Right,
            Some(_) => Verdict::Wrong,
            None if ["data-", "aria-", "on"].iter().any(|family| attribute.starts_with(family)) => {
                Verdict::Right
            }
            None => Verdict::Unknown,
        }
    }
}

fn accepts(takes: &Takes, attribute: &str, value: &str) -> bool {
    let value = value.trim_matches(|c: char| c.is_ascii_whitespace());
    let digits = |value: &str| !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    match takes {
        Takes::Words(words) => words.iter().any(|word| word.eq_ignore_ascii_case(value)),
        Takes::Digits => digits(value),
        Takes::Integer => digits(value.strip_prefix('-').unwrap_or(value)),
        Takes::Address => {
            let nothing = value.is_empty() && matches!(attribute, "src" | "poster" | "data");
            let broken = value.contains(|c: char| c.is_ascii_whitespace() || c == '\\');
            !nothing && !broken
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_name_elements_and_attributes_that_there_are() {
        let tables = [&WRITTEN.richiesti, &WRITTEN.ammessi, &WRITTEN.vietati, &WRITTEN.genitori];
        for name in tables.iter().flat_map(|table| table.keys()).chain(WRITTEN.primo_figlio.keys()) {
            assert!(of(name).is_some(), "{name}");
        }
        let sets = [&WRITTEN.solo_parole, &WRITTEN.blocchi, &WRITTEN.trasparenti];
        for name in sets.into_iter().flatten() {
            assert!(of(name).is_some(), "{name}");
        }
        let known = |attribute: &str| match attribute.split_once('.') {
            Some((element, attribute)) => of(element).is_some_and(|e| e.attributes.contains_key(attribute)),
            None => ELEMENTS.values().any(|e| e.attributes.contains_key(attribute)),
        };
        let sets = [&WRITTEN.numeri, &WRITTEN.numeri_con_segno, &WRITTEN.indirizzi];
        for attribute in WRITTEN.parole.keys().chain(sets.into_iter().flatten()) {
            assert!(known(attribute), "{attribute}");
        }
    }

    #[test]
    fn values() {
        let accepts = |element: &str, attribute: &str, value: &str| {
            of(element).unwrap().judge(attribute, value) == Verdict::Right
        };
        assert!(accepts("img", "width", "640") && !accepts("img", "width", "100%"));
        assert!(accepts("p", "tabindex", "-1") && !accepts("p", "tabindex", "uno"));
        assert!(accepts("input", "type", "EMAIL") && !accepts("input", "type", "mail"));
        assert!(accepts("script", "type", "application/ld+json"), "no table for this element");
        assert!(accepts("a", "href", "") && !accepts("a", "href", "/due parole/"));
        assert!(!accepts("img", "src", ""));
    }
}
