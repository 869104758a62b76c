//! What WAI-ARIA 1.2 says of roles and properties, read once from `check/data/aria.yaml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::vocab;

/// What the standard says of a role, where it says more than of every role.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Role {
    /// Attributes that it cannot be without.
    #[serde(rename = "richiesti")]
    pub required: Vec<String>,
    /// Attributes that it may have, besides those of every role.
    #[serde(rename = "ammessi")]
    pub allowed: Vec<String>,
    /// Roles of its children; it needs one at least.
    #[serde(rename = "figli")]
    pub children: Vec<String>,
    /// Roles of its parent; it needs one.
    #[serde(rename = "genitori")]
    pub parents: Vec<String>,
    /// May not be named.
    #[serde(skip)]
    pub nameless: bool,
}

/// What a property takes.
#[derive(Debug)]
pub enum Takes {
    /// One of these words.
    Words(Vec<String>),
    /// Identifiers of elements of the page.
    Ids,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Any text.
    Text,
}

/// The file, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    semplici: Vec<String>,
    senza_nome: Vec<String>,
    ruoli: HashMap<String, Role>,
    globali: HashSet<String>,
    valori: HashMap<String, Vec<String>>,
    identificativi: Vec<String>,
    interi: Vec<String>,
    numeri: Vec<String>,
    testi: Vec<String>,
}

struct Standard {
    roles: HashMap<String, Role>,
    global: HashSet<String>,
    takes: HashMap<String, Takes>,
}

static STANDARD: LazyLock<Standard> = LazyLock::new(|| {
    let written: Written = vocab::embedded(include_str!("../../data/aria.yaml"));
    let mut roles = written.ruoli;
    roles.extend(written.semplici.into_iter().map(|name| (name, Role::default())));
    let nameless = || Role { nameless: true, ..Role::default() };
    roles.extend(written.senza_nome.into_iter().map(|name| (name, nameless())));
    let words = written.valori.into_iter().map(|(name, words)| (name, Takes::Words(words)));
    let mut takes: HashMap<String, Takes> = words.collect();
    takes.extend(written.identificativi.into_iter().map(|name| (name, Takes::Ids)));
    takes.extend(written.interi.into_iter().map(|name| (name, Takes::Integer)));
    takes.extend(written.numeri.into_iter().map(|name| (name, Takes::Number)));
    takes.extend(written.testi.into_iter().map(|name| (name, Takes::Text)));
    Standard { roles, global: written.globali, takes }
});

/// What the standard says of a role; `None` when it has none of that name.
pub fn role(name: &str) -> Option<&'static Role> {
    STANDARD.roles.get(name)
}

/// What a property takes; `None` when the standard has none of that name.
pub fn takes(property: &str) -> Option<&'static Takes> {
    STANDARD.takes.get(property)
}

/// Whether every role may have the property.
pub fn is_global(property: &str) -> bool {
    STANDARD.global.contains(property)
}

/// Whether a list of the standard has the name.
pub fn has(list: &[String], name: &str) -> bool {
    list.iter().any(|one| one == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_name_properties_and_roles_that_there_are() {
        for (name, role) in &STANDARD.roles {
            for property in role.required.iter().chain(&role.allowed) {
                assert!(takes(property).is_some(), "{name}: {property}");
            }
            for other in role.children.iter().chain(&role.parents).filter(|other| *other != "directory") {
                assert!(super::role(other).is_some(), "{name}: {other}");
            }
        }
        assert!(STANDARD.global.iter().all(|property| takes(property).is_some()));
    }
}
