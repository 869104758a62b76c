//! From shapes to JSON Schema, draft 7: the newest that every 1.x release of the YAML language server understands.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value, json};

use super::texts::{choice_text, field_text};
use crate::access::{SHIPPED, shipped};
use crate::config::{Consorzio, Written};
use crate::content::Kind;
use crate::content::field::{FieldType, Record};
use crate::content::shape::{FieldShape, Mode, RecordShape, Scalar, Shape, Tipo};
use crate::content::types::is_slug;
use crate::limits::Limits;
use crate::source::{EntryKind, Source};
use crate::vocab::Voce;
use crate::yaml;

/// What contents may name: what a site holds.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Slugs by type.
    pub contents: BTreeMap<Kind, Vec<String>>,
    /// Files of `media/`.
    pub media: Vec<String>,
    /// Names of the providers that the site and its workspace define; the ready-made ones are known anyway.
    pub fornitori: Vec<String>,
}

/// Names of the providers that `comune.yaml` or `consorzio.yaml` at `path` defines; none where it cannot be read.
pub fn providers(source: &dyn Source, path: &str) -> Vec<String> {
    let limits = Limits::default();
    let bytes = source.read(path, limits.text_bytes()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let tree = yaml::parse(&text, SHIPPED, 0, limits, &mut Vec::new());
    let fields = tree.as_ref().and_then(|tree| tree.get("fornitori")?.as_map()).unwrap_or_default();
    fields.iter().map(|field| field.key.clone()).collect()
}

impl Known {
    /// What the Comune in the folder `dir` of a source holds, by the names of its files alone.
    ///
    /// # Errors
    /// A folder that cannot be listed.
    pub fn of(source: &dyn Source, dir: &str) -> io::Result<Self> {
        let below = |folder: &str| {
            let folder = if dir.is_empty() { folder.to_owned() } else { format!("{dir}/{folder}") };
            let files = source.list(&folder, &[])?.into_iter().filter(|e| e.kind == EntryKind::File);
            Ok::<_, io::Error>(files.map(move |e| e.path[folder.len() + 1..].to_owned()).collect::<Vec<_>>())
        };
        let config = if dir.is_empty() { "comune.yaml".to_owned() } else { format!("{dir}/comune.yaml") };
        let mut known =
            Known { media: below("media")?, fornitori: providers(source, &config), ..Known::default() };
        known.media.iter_mut().for_each(|path| path.insert_str(0, "media/"));
        for kind in Kind::ALL {
            let slugs = below(kind.folder())?
                .into_iter()
                .filter_map(|name| name.strip_suffix(".md").filter(|slug| is_slug(slug)).map(str::to_owned));
            known.contents.insert(kind, slugs.collect());
        }
        Ok(known)
    }

    /// Folder and slug of every content.
    pub fn paths(&self) -> Vec<String> {
        let all = self.contents.iter().filter(|(kind, _)| kind.has_page());
        all.flat_map(|(kind, slugs)| slugs.iter().map(|slug| format!("{}/{slug}", kind.folder()))).collect()
    }
}

/// The shape of `comune.yaml`.
pub(super) fn comune() -> Shape {
    Written::shape()
}

/// The shape of `consorzio.yaml`.
pub(super) fn consorzio() -> Shape {
    Consorzio::shape()
}

/// The schema of the front matter of a type.
pub fn of_kind(kind: Kind, known: &Known) -> Value {
    let required = |f: &FieldShape| f.mode.mandatory() && !kind.in_body(f.name);
    // What the shared sheet may say need not be said again.
    document(kind.folder(), &kind.fields(), known, &required, |schema| {
        if kind == Kind::Servizio {
            relax_heirs(schema);
        }
    })
}

/// The schema of a sheet of the shared catalogue: any part of a service.
pub fn of_catalogue(known: &Known) -> Value {
    document("catalogo", &Kind::Servizio.fields(), known, &|_| false, |schema| {
        schema.remove("allOf");
    })
}

/// The schema of `comune.yaml`.
pub fn of_comune(known: &Known) -> Value {
    document("comune", &Written::record_shape().fields, known, &|f| f.mode.mandatory(), |_| ())
}

/// The schema of `consorzio.yaml`.
pub fn of_consorzio() -> Value {
    let known = Known::default();
    document("consorzio", &Consorzio::record_shape().fields, &known, &|f| f.mode.mandatory(), |_| ())
}

/// Fields that others make necessary, where a schema can say it; the rules themselves stand beside each record.
fn rule(record: &str) -> Option<Value> {
    let one_of =
        |fields: &[&str]| json!(fields.iter().map(|f| json!({ "required": [f] })).collect::<Vec<_>>());
    Some(match record {
        "servizio.Servizio" => json!({
            "if": { "properties": { "stato": { "enum": ["non-attivo", "in-sviluppo"] } }, "required": ["stato"] },
            "then": { "required": ["motivo_stato"] }
        }),
        "servizio.Condizioni" => json!({ "oneOf": one_of(&["testo", "file", "url", "documento"]) }),
        "servizio.Costo" => json!({ "anyOf": one_of(&["importo", "importo_testo"]) }),
        "servizio.Accesso" | "servizio.Modalita" => json!({ "dependencies": { "url": ["motivo_url"] } }),
        "dataset.Distribuzione" => json!({ "oneOf": one_of(&["file", "url"]) }),
        "evento.Evento" => json!({ "anyOf": one_of(&["luogo", "online"]) }),
        "unita.Unita" => json!({ "dependencies": { "url_calendario": ["prenotabile"] } }),
        "documento.Documento" => json!({
            "if": { "not": { "properties": { "privacy": { "enum": ["solo_elenco", "oscurato"] } }, "required": ["privacy"] } },
            "then": { "anyOf": one_of(&["file", "url", "allegati"]) }
        }),
        "written.LinkUtile" => json!({ "oneOf": one_of(&["url", "contenuto"]) }),
        "written.Funzione" => json!({ "oneOf": one_of(&["url", "fornitore", "mailto", "modulo"]) }),
        _ => return None,
    })
}

/// A sheet that names one of the catalogue may leave out any field.
fn relax_heirs(schema: &mut Map<String, Value>) {
    if let Some(required) = schema.remove("required") {
        schema.insert("if".to_owned(), json!({ "not": { "required": ["catalogo"] } }));
        schema.insert("then".to_owned(), json!({ "required": required }));
    }
}

fn document(
    name: &str,
    fields: &[FieldShape],
    known: &Known,
    required: &dyn Fn(&FieldShape) -> bool,
    adapt: impl FnOnce(&mut Map<String, Value>),
) -> Value {
    let mut writer = Writer { known, definitions: Map::new() };
    let mut schema = writer.object(fields, required);
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("$id".to_owned(), json!(format!("urn:campanile:schema:{name}")));
    adapt(&mut schema);
    schema.insert("definitions".to_owned(), Value::Object(writer.definitions));
    Value::Object(schema)
}

/// Writes one schema; what is used more than once stands in its definitions.
struct Writer<'a> {
    known: &'a Known,
    definitions: Map<String, Value>,
}

impl Writer<'_> {
    fn object(
        &mut self,
        fields: &[FieldShape],
        required: &dyn Fn(&FieldShape) -> bool,
    ) -> Map<String, Value> {
        let names: Vec<&str> = fields.iter().filter(|f| required(f)).map(|f| f.name).collect();
        let properties: Map<String, Value> =
            fields.iter().map(|f| (f.name.to_owned(), self.field(f))).collect();
        let mut object = Map::new();
        object.insert("type".to_owned(), json!("object"));
        object.insert("additionalProperties".to_owned(), json!(false));
        object.insert("properties".to_owned(), Value::Object(properties));
        if !names.is_empty() {
            object.insert("required".to_owned(), json!(names));
        }
        if let Some(rule) = fields.last().and_then(|own| rule(own.record)) {
            object.insert("allOf".to_owned(), json!([rule]));
        }
        object
    }

    fn field(&mut self, field: &FieldShape) -> Value {
        let text = field_text(field);
        let one = if field.name == "fornitore" { self.provider(field) } else { self.shape(&field.shape) };
        let mut schema = match field.mode {
            Mode::Required | Mode::Optional => one,
            // One value alone is a list of one, as where the files are read.
            Mode::List | Mode::Some => {
                let alone: Vec<Value> = plain(&field.shape).into_iter().map(|s| self.shape(s)).collect();
                let many = list(&one, field.mode);
                if alone.is_empty() {
                    many
                } else {
                    json!({ "anyOf": std::iter::once(many).chain(alone).collect::<Vec<_>>() })
                }
            }
        };
        if let Value::Object(schema) = &mut schema {
            schema.insert("title".to_owned(), json!(title(field.name)));
            schema.insert("description".to_owned(), json!(text.descrizione()));
            if let Some(example) = super::example(field) {
                let value = yaml_value(&example);
                let value = if field.mode.plural() && !value.is_array() { json!([value]) } else { value };
                schema.insert("examples".to_owned(), json!([value]));
            }
        }
        schema
    }

    /// The name of a provider: the known ones are offered, others are for `build` to judge, which reads the whole workspace.
    fn provider(&mut self, field: &FieldShape) -> Value {
        let ready = shipped().iter().map(|(name, one)| {
            let label = one.nome.as_ref().map_or_else(|| name.clone(), |nome| nome.value.to_string());
            (name.clone(), label)
        });
        let own = self.known.fornitori.iter().map(|name| (name.clone(), name.clone()));
        let names: BTreeMap<String, String> = ready.chain(own).collect();
        let any = self.shape(&field.shape);
        self.define("fornitori", || {
            let known = words_schema(names.into_iter().map(|(name, label)| (json!(name), label)));
            json!({ "anyOf": [known, any] })
        })
    }

    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Scalar(scalar) => scalar_schema(scalar),
            Shape::Choice { name, values } => {
                let words = values.iter().map(|v| (yaml_value(v), choice_text(name, v).to_owned()));
                self.define(name, || words_schema(words))
            }
            Shape::Term(vocabulary) => self.define(&format!("vocabolario.{}", vocabulary.name), || {
                let names = |v: &Voce| {
                    // What is read as well as the slug, where people say it in the singular.
                    let singular = v.singolare.as_ref().map(|s| s.to_lowercase());
                    singular.into_iter().chain([v.slug.clone()])
                };
                words_schema(
                    vocabulary.all().flat_map(|v| names(v).map(|name| (json!(name), v.nome.clone()))),
                )
            }),
            Shape::Words(words) => {
                words_schema(words.iter().map(|(v, label)| (yaml_value(v), label.clone())))
            }
            Shape::Content(kind) => {
                let slugs = self.known.contents.get(kind).cloned().unwrap_or_default();
                self.define(&format!("contenuti.{}", kind.folder()), || {
                    if slugs.is_empty() {
                        json!({ "type": "string", "pattern": "^[a-z0-9-]+$" })
                    } else {
                        json!({ "type": "string", "enum": slugs })
                    }
                })
            }
            Shape::AnyContent => {
                let paths = self.known.paths();
                self.define("contenuti", || {
                    if paths.is_empty() {
                        json!({ "type": "string", "pattern": "^[a-z-]+/[a-z0-9-]+$" })
                    } else {
                        json!({ "type": "string", "enum": paths })
                    }
                })
            }
            Shape::Media => {
                let media = self.known.media.clone();
                let relative = json!({ "type": "string", "pattern": r"^(\.\./)+media/.", "description": "Un file di media/, visto dalla cartella di questo contenuto." });
                self.define("media", || {
                    if media.is_empty() {
                        json!({ "type": "string", "pattern": r"^(\.\./)*media/." })
                    } else {
                        json!({ "anyOf": [{ "type": "string", "enum": media }, relative] })
                    }
                })
            }
            Shape::Map(inner) => {
                let inner = self.shape(inner);
                json!({ "type": "object", "additionalProperties": { "anyOf": [inner, { "type": "null" }] } })
            }
            Shape::List(inner) => list(&self.shape(inner), Mode::List),
            Shape::Record(record) => self.record(record),
            Shape::Either(shapes) => {
                let shapes: Vec<Value> = shapes.iter().map(|s| self.shape(s)).collect();
                json!({ "anyOf": shapes })
            }
        }
    }

    fn record(&mut self, record: &RecordShape) -> Value {
        if !self.definitions.contains_key(record.name) {
            let object = self.object(&record.fields, &|f| f.mode.mandatory());
            self.definitions.insert(record.name.to_owned(), Value::Object(object));
        }
        reference(record.name)
    }

    fn define(&mut self, name: &str, schema: impl FnOnce() -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), schema());
        }
        reference(name)
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// The ways in which it is written as one scalar.
fn plain(shape: &Shape) -> Vec<&Shape> {
    match shape {
        Shape::Map(_) | Shape::List(_) | Shape::Record(_) => Vec::new(),
        Shape::Either(shapes) => shapes.iter().flat_map(plain).collect(),
        one => vec![one],
    }
}

fn list(item: &Value, mode: Mode) -> Value {
    let mut list = json!({ "type": "array", "items": item });
    if mode == Mode::Some {
        list["minItems"] = json!(1);
    }
    list
}

fn words_schema(words: impl Iterator<Item = (Value, String)>) -> Value {
    let (values, labels): (Vec<Value>, Vec<String>) = words.unzip();
    json!({ "enum": values, "enumDescriptions": labels, "markdownEnumDescriptions": labels })
}

fn scalar_schema(scalar: &Scalar) -> Value {
    let names: Vec<&str> = scalar
        .types
        .iter()
        .map(|t| match t {
            Tipo::String => "string",
            Tipo::Integer => "integer",
            Tipo::Number => "number",
            Tipo::Boolean => "boolean",
        })
        .collect();
    let mut schema = match names[..] {
        [] => json!({ "type": "string", "minLength": 1 }),
        [one] => json!({ "type": one }),
        _ => json!({ "type": names }),
    };
    if let Some(max) = scalar.max {
        schema["maxLength"] = json!(max);
    }
    if let Some(pattern) = scalar.pattern {
        schema["pattern"] = json!(pattern);
    }
    if let Some(expected) = scalar.expected {
        schema["patternErrorMessage"] = json!(expected);
    }
    schema
}

/// `a_chi_e_rivolto` as words.
fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A value written in YAML.
pub(super) fn yaml_value(text: &str) -> Value {
    crate::vocab::embedded(text)
}
