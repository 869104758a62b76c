//! What editors read about each field and each word of a choice: `testi.yaml`, Italian, beside the declarations that it explains.
//! The tests hold the two equal.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::content::shape::FieldShape;
use crate::vocab;

/// What is said of a field.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Testo {
    /// What it is; its type has examples of its own.
    Descrizione(String),
    /// What it is, and a value as written in YAML.
    ConEsempio(String, String),
}

impl Testo {
    /// What the field is, in a sentence.
    pub fn descrizione(&self) -> &str {
        match self {
            Testo::Descrizione(text) | Testo::ConEsempio(text, _) => text,
        }
    }

    /// A value, as written in YAML.
    pub fn esempio(&self) -> Option<&str> {
        match self {
            Testo::Descrizione(_) => None,
            Testo::ConEsempio(_, example) => Some(example),
        }
    }
}

static ALL: LazyLock<BTreeMap<String, BTreeMap<String, Testo>>> =
    LazyLock::new(|| vocab::embedded(include_str!("testi.yaml")));

/// The text of a field.
///
/// # Panics
/// When there is none: a fault of the program that the tests exclude.
pub fn field_text(field: &FieldShape) -> &'static Testo {
    ALL.get(field.record).and_then(|r| r.get(field.name)).expect("every field has its text in testi.yaml")
}

/// What a word of a choice means.
///
/// # Panics
/// As [`field_text`].
pub fn choice_text(choice: &str, value: &str) -> &'static str {
    ALL.get(choice).and_then(|c| c.get(value)).expect("every choice has its text in testi.yaml").descrizione()
}

#[cfg(test)]
pub(super) fn written() -> BTreeMap<&'static str, Vec<&'static str>> {
    ALL.iter().map(|(name, of)| (name.as_str(), of.keys().map(String::as_str).collect())).collect()
}
