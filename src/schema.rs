//! JSON Schemas of the files that editors write, for the completion and the checks of their text editor.
//!
//! They follow from the declarations that read the files ([`crate::content::shape`]) and from `testi.yaml`, what editors read about
//! each field. What may be named (offices, documents, pictures) is what the site holds when they are written.

mod draft;
mod json;
mod snippets;
mod texts;

use std::collections::BTreeMap;

use serde_json::Value;

pub use draft::content;
pub use json::{Known, of_catalogue, of_comune, of_consorzio, of_kind, providers};
pub use snippets::snippets;
pub use texts::{Testo, choice_text, field_text};

use crate::content::Kind;
use crate::content::shape::{FieldShape, RecordShape, Shape};

/// Folder of the schemas, below that of the Comune or of the workspace; hidden folders are never content.
pub const FOLDER: &str = ".campanile/schema";

/// The schemas of one Comune by name: one for each folder of contents, and `comune`.
pub fn of_site(known: &Known) -> Vec<(&'static str, Value)> {
    let of_kinds = Kind::ALL.into_iter().map(|kind| (kind.folder(), of_kind(kind, known)));
    of_kinds.chain([("comune", of_comune(known))]).collect()
}

/// The schemas of what the Comuni of a workspace share.
pub fn of_workspace() -> Vec<(&'static str, Value)> {
    vec![("consorzio", of_consorzio()), ("catalogo", of_catalogue(&Known::default()))]
}

/// Where the snippets of a site are, for who uses Visual Studio Code: written if that folder exists.
pub const SNIPPETS: (&str, &str) = (".vscode", "campanile.code-snippets");

/// Every record and choice that the files can hold, by the name of its declaration.
pub fn declarations() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut found = BTreeMap::new();
    let root = |shape: &Shape, found: &mut _| collect(shape, found);
    for kind in Kind::ALL {
        kind.fields().iter().for_each(|f| add(f, &mut found));
    }
    root(&json::comune(), &mut found);
    root(&json::consorzio(), &mut found);
    found
}

/// A value of a field, as written in YAML: that of its text, else of its type. `None` when only the site could tell.
pub fn example(field: &FieldShape) -> Option<String> {
    let told = field_text(field).esempio().map(str::to_owned);
    told.or_else(|| example_of(&field.shape))
}

fn example_of(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Scalar(scalar) => scalar.example.map(str::to_owned),
        Shape::Choice { values, .. } => values.first().map(|v| (*v).to_owned()),
        Shape::Term(vocabulary) => vocabulary.slugs().next().map(str::to_owned),
        Shape::Words(words) => words.first().map(|(value, _)| value.clone()),
        Shape::Content(_) | Shape::AnyContent | Shape::Map(_) => None,
        Shape::Media => Some("media/nome-del-file".to_owned()),
        Shape::List(inner) => example_of(inner).map(|one| format!("[{}]", inside(&one))),
        Shape::Record(record) => record_example(record),
        Shape::Either(shapes) => shapes.iter().find_map(example_of),
    }
}

/// A value as it may stand between brackets or braces.
fn inside(value: &str) -> String {
    let plain = !value.starts_with(['"', '\'', '[', '{']);
    if plain && value.contains([',', '[', ']', '{', '}']) {
        Value::from(value).to_string()
    } else {
        value.to_owned()
    }
}

/// The mandatory fields of a record, between braces.
fn record_example(record: &RecordShape) -> Option<String> {
    let mandatory: Vec<&FieldShape> = record.fields.iter().filter(|f| f.mode.mandatory()).collect();
    let fields: Option<Vec<String>> = mandatory
        .iter()
        .map(|f| {
            let value = inside(&example(f)?);
            Some(if f.mode.plural() {
                format!("{}: [{value}]", f.name)
            } else {
                format!("{}: {value}", f.name)
            })
        })
        .collect();
    fields.filter(|f| !f.is_empty()).map(|f| format!("{{{}}}", f.join(", ")))
}

fn add(field: &FieldShape, found: &mut BTreeMap<&'static str, Vec<&'static str>>) {
    let names = found.entry(field.record).or_default();
    if !names.contains(&field.name) {
        names.push(field.name);
    }
    collect(&field.shape, found);
}

fn collect(shape: &Shape, found: &mut BTreeMap<&'static str, Vec<&'static str>>) {
    match shape {
        Shape::Choice { name, values } => {
            found.insert(name, values.to_vec());
        }
        Shape::Record(RecordShape { fields, .. }) => fields.iter().for_each(|f| add(f, found)),
        Shape::Map(inner) | Shape::List(inner) => collect(inner, found),
        Shape::Either(shapes) => shapes.iter().for_each(|s| collect(s, found)),
        Shape::Scalar(_)
        | Shape::Term(_)
        | Shape::Words(_)
        | Shape::Content(_)
        | Shape::AnyContent
        | Shape::Media => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::field::Cx;
    use crate::diagnostic::SourceFiles;
    use crate::limits::Limits;
    use crate::yaml;

    #[test]
    fn every_field_and_word_has_its_text_and_no_text_is_orphan() {
        let sorted = |all: BTreeMap<&'static str, Vec<&'static str>>| -> BTreeMap<&str, Vec<&str>> {
            all.into_iter()
                .map(|(name, mut of)| {
                    of.sort_unstable();
                    (name, of)
                })
                .collect()
        };
        let (declared, written) = (sorted(declarations()), sorted(texts::written()));
        for name in declared.keys().chain(written.keys()) {
            assert_eq!(declared.get(name), written.get(name), "{name}: declared, and in testi.yaml");
        }
    }

    fn every_field(shape: &Shape, seen: &mut Vec<FieldShape>) {
        match shape {
            Shape::Record(record) => {
                for field in &record.fields {
                    seen.push(field.clone());
                    every_field(&field.shape, seen);
                }
            }
            Shape::Map(inner) | Shape::List(inner) => every_field(inner, seen),
            Shape::Either(shapes) => shapes.iter().for_each(|s| every_field(s, seen)),
            _ => {}
        }
    }

    #[test]
    fn every_field_has_an_example_that_it_reads() {
        let all = Kind::ALL.map(|k| Shape::Record(RecordShape { name: k.name(), fields: k.fields() }));
        let mut fields = Vec::new();
        all.iter().chain([&json::comune(), &json::consorzio()]).for_each(|s| every_field(s, &mut fields));
        for field in &fields {
            let name = format!("{}.{}", field.record, field.name);
            let Some(example) = example(field) else {
                assert!(needs_site(&field.shape), "{name}: no example");
                continue;
            };
            let mut out = Vec::new();
            let mut cx = Cx { out: &mut out, folder: "", limits: Limits::default() };
            // Alone, and as one of a list.
            for text in [format!("x: {example}"), format!("x: [{}]", inside(&example))] {
                let file = SourceFiles::default().add("x.yaml", text.clone());
                let node = yaml::parse(&text, file, 0, cx.limits, cx.out).and_then(|n| n.get("x").cloned());
                let node = node.unwrap_or_else(|| panic!("{name}: {text}"));
                let one = match &node.value {
                    yaml::Value::List(items) => {
                        <&[_; 1]>::try_from(items.as_slice()).expect("one item")[0].clone()
                    }
                    _ => node,
                };
                assert!((field.reads)(&one, &mut cx), "{name}: {text} {:?}", cx.out);
            }
        }
    }

    /// Whether a mandatory part of it names a content.
    fn needs_site(shape: &Shape) -> bool {
        match shape {
            Shape::Content(_) | Shape::AnyContent => true,
            Shape::Record(r) => r.fields.iter().any(|f| f.mode.mandatory() && needs_site(&f.shape)),
            Shape::Either(all) => all.iter().any(needs_site),
            _ => false,
        }
    }
}
