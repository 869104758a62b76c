//! Snippets for Visual Studio Code: its YAML extension does not look into Markdown files, snippets complete there all the same. One for
//! each field of a type and one for each official section, with the terms and contents to choose from.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::json::Known;
use super::texts::field_text;
use crate::content::Kind;
use crate::content::shape::{FieldShape, Shape};

/// The snippets of a site, as the text of a `.code-snippets` file.
pub fn snippets(known: &Known) -> String {
    let mut all: BTreeMap<String, Value> = BTreeMap::new();
    for kind in Kind::ALL {
        for field in kind.fields().iter().filter(|f| !kind.in_body(f.name)) {
            let common = field.record == "common.Common";
            let whose = if common { "tutti" } else { kind.folder() };
            all.entry(format!("{whose}: {}", field.name)).or_insert_with(|| of_field(field, whose, known));
        }
        for (heading, name) in kind.sections() {
            let fields = kind.fields();
            let Some(field) = fields.iter().find(|f| f.name == *name) else { continue };
            let body = [
                "## ".to_owned() + heading,
                String::new(),
                format!("${{1:{}}}", literal(field_text(field).descrizione())),
            ];
            let snippet = snippet(&format!("## {heading}"), kind.folder(), field, &json!(body));
            all.insert(format!("{}: ## {heading}", kind.folder()), snippet);
        }
    }
    format!("{:#}\n", Value::Object(all.into_iter().collect::<Map<_, _>>()))
}

fn of_field(field: &FieldShape, whose: &str, known: &Known) -> Value {
    let mut writer = Writer { known, stop: 0 };
    let body = format!("{}: {}", literal(field.name), writer.field(field));
    snippet(field.name, whose, field, &json!([body]))
}

fn snippet(prefix: &str, whose: &str, field: &FieldShape, body: &Value) -> Value {
    let description = format!("{whose}: {}", field_text(field).descrizione());
    json!({ "scope": "markdown", "prefix": prefix, "body": body, "description": description })
}

/// What the syntax of snippets would read otherwise.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// Writes one snippet, numbering the places to fill in.
struct Writer<'a> {
    known: &'a Known,
    stop: usize,
}

impl Writer<'_> {
    fn field(&mut self, field: &FieldShape) -> String {
        let value = match &field.shape {
            Shape::Scalar(_) | Shape::Map(_) | Shape::List(_) => None,
            shape => self.shape(shape),
        };
        let value = value.unwrap_or_else(|| {
            let example = super::example(field).unwrap_or_else(|| "nome-del-file".to_owned());
            let example = if field.mode.plural() && example.starts_with('[') {
                example.trim_start_matches('[').trim_end_matches(']').to_owned()
            } else {
                example
            };
            self.place(&super::inside(&example))
        });
        if field.mode.plural() { format!("[{value}]") } else { value }
    }

    fn shape(&mut self, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Choice { values, .. } => Some(self.choice(values)),
            Shape::Term(vocabulary) => {
                let slugs: Vec<&str> = vocabulary.slugs().collect();
                Some(self.choice(&slugs))
            }
            Shape::Words(words) => {
                let words: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
                Some(self.choice(&words))
            }
            Shape::Content(kind) => {
                let known = self.known.contents.get(kind).filter(|slugs| !slugs.is_empty())?;
                Some(self.choice(known))
            }
            Shape::Media => Some(&self.known.media).filter(|m| !m.is_empty()).map(|m| self.choice(m)),
            Shape::Record(record) => {
                let mandatory = record.fields.iter().filter(|f| f.mode.mandatory());
                let fields: Vec<String> =
                    mandatory.map(|f| format!("{}: {}", f.name, self.field(f))).collect();
                (!fields.is_empty()).then(|| format!("{{{}}}", fields.join(", ")))
            }
            Shape::Either(shapes) => shapes.iter().find_map(|s| self.shape(s)),
            Shape::AnyContent => {
                let paths = self.known.paths();
                (!paths.is_empty()).then(|| self.choice(&paths))
            }
            Shape::Scalar(_) | Shape::Map(_) | Shape::List(_) => None,
        }
    }

    fn place(&mut self, text: &str) -> String {
        self.stop += 1;
        format!("${{{}:{}}}", self.stop, literal(text))
    }

    fn choice<T: AsRef<str>>(&mut self, words: &[T]) -> String {
        self.stop += 1;
        let escaped =
            words.iter().map(|w| w.as_ref().replace('\\', "\\\\").replace('|', "\\|").replace(',', "\\,"));
        format!("${{{}|{}|}}", self.stop, escaped.collect::<Vec<_>>().join(","))
    }
}
