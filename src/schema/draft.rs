//! The text of a new content: every field of its type, mandatory ones with a value to rewrite, the others behind a `#`, each with what
//! it is and an example; official sections with what to write there.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::json;

use super::{FOLDER, Known, field_text, inside};
use crate::content::Kind;
use crate::content::shape::{FieldShape, Scalar, Shape};
use crate::content::types::PLACEHOLDER;

/// Fields that a type needs in most cases though none is mandatory by itself, each with its value: ours, or that of its shape.
fn usual(kind: Kind) -> &'static [(&'static str, Option<&'static str>)] {
    match kind {
        Kind::Servizio => &[
            ("tempi_e_scadenze", None),
            ("condizioni_di_servizio", Some("{testo: \"Da completare: le regole del servizio\"}")),
            ("accesso", Some("[{canale: sportello}]")),
        ],
        Kind::Evento => &[
            ("fine", Some("@OGGI@T22:30")),
            ("gratuito", Some("true")),
            ("luogo", None),
            ("contatti_testo", Some("\"Da completare: a chi chiedere informazioni\"")),
        ],
        Kind::Documento => &[("url", Some("\"https://www.esempio.it/da-completare\""))],
        Kind::Dataset => &[(
            "distribuzioni",
            Some("[{titolo: Da completare, url: \"https://www.esempio.it/da-completare.csv\"}]"),
        )],
        Kind::Galleria => &[(
            "video",
            Some(
                "[{url: \"https://www.esempio.it/video\", titolo: Da completare, trascrizione: Da completare}]",
            ),
        )],
        Kind::Argomento | Kind::Trasparenza => &[("testo", None)],
        Kind::Luogo | Kind::Unita | Kind::Persona => {
            &[("punti_contatto", Some("[{voci: [{tipo: email, valore: da-completare@comune.esempio.it}]}]"))]
        }
        Kind::PuntoContatto => &[("voci", Some("[{tipo: email, valore: da-completare@comune.esempio.it}]"))],
        _ => &[],
    }
}

/// A new content of a type, ready to be read: a draft that bears `title`, on a day, in a site that holds what is `known`.
pub fn content(kind: Kind, title: &str, known: &Known, today: Date) -> String {
    let writer = Draft { kind, title, known, today: today.to_string() };
    let fields = kind.fields();
    let (wanted, others): (Vec<&FieldShape>, Vec<&FieldShape>) =
        fields.iter().partition(|f| writer.wanted(f));
    let mut text = format!(
        "---\n# yaml-language-server: $schema=../{FOLDER}/{}.json\n\
         # Le righe che iniziano con # sono spiegazioni: il programma non le legge.\n\
         # Riscrivi ciò che è da completare. Quando il testo è pronto togli la riga `bozza: true`.\n\n",
        kind.folder()
    );
    for field in wanted.iter().filter(|f| !kind.in_body(f.name)) {
        let _ = writeln!(
            text,
            "# {}\n{}: {}",
            field_text(field).descrizione(),
            field.name,
            writer.of_field(field)
        );
    }
    text.push_str("\n# Campi facoltativi: togli il # dalla riga che ti serve e scrivi il tuo valore.\n\n");
    for field in others.iter().filter(|f| !kind.in_body(f.name)) {
        let _ = writeln!(
            text,
            "# {}\n# {}: {}",
            field_text(field).descrizione(),
            field.name,
            writer.example(field)
        );
    }
    text.push_str("---\n");
    let body = |name: &str| wanted.iter().chain(&others).find(|f| f.name == name);
    if let Some(field) = kind.body_field().and_then(body) {
        let _ = writeln!(text, "\n{}", writer.prose(field));
    }
    for (heading, name) in kind.sections() {
        let Some(field) = body(name).filter(|f| kind.body_field() != Some(f.name)) else { continue };
        let _ = if writer.wanted(field) {
            writeln!(text, "\n## {heading}\n\n{}", writer.prose(field))
        } else {
            writeln!(text, "\n<!--\n## {heading}\n\n{}\n-->", field_text(field).descrizione())
        };
    }
    text
}

struct Draft<'a> {
    kind: Kind,
    title: &'a str,
    known: &'a Known,
    today: String,
}

impl Draft<'_> {
    /// Whether the field is written out: a mandatory or usual one, the draft's mark, the text before the first section.
    fn wanted(&self, field: &FieldShape) -> bool {
        field.mode.mandatory()
            || field.name == "bozza"
            || self.kind.body_field() == Some(field.name)
            || usual(self.kind).iter().any(|(name, _)| *name == field.name)
    }

    fn prose(&self, field: &FieldShape) -> String {
        format!("{PLACEHOLDER}: {}", field_text(field).descrizione())
    }

    fn of_field(&self, field: &FieldShape) -> String {
        let ours =
            usual(self.kind).iter().find(|(name, _)| *name == field.name).and_then(|(_, value)| *value);
        if let Some(value) = ours {
            return value.replace("@OGGI@", &self.today);
        }
        if self.names_it(field.name) {
            return json!(self.title).to_string();
        }
        if let (Kind::Persona, "nome" | "cognome") = (self.kind, field.name) {
            let (first, last) = self.title.split_once(' ').unwrap_or((self.title, PLACEHOLDER));
            return json!(if field.name == "nome" { first } else { last }).to_string();
        }
        self.value(field)
    }

    /// Whether the field says what the content is called.
    fn names_it(&self, field: &str) -> bool {
        match self.kind {
            Kind::Domanda => field == "domanda",
            Kind::PuntoContatto => field == "nome",
            Kind::Allerta => field == "testo",
            _ => field == "titolo",
        }
    }

    fn value(&self, field: &FieldShape) -> String {
        let value = match &field.shape {
            // A short text is a code: only an example has its form.
            Shape::Scalar(Scalar { pattern: None, types: [], max, .. }) if max.is_none_or(|m| m > 20) => {
                format!("\"{PLACEHOLDER}\"")
            }
            Shape::Scalar(_) | Shape::Choice { .. } | Shape::Term(_) | Shape::Words(_) => self.example(field),
            shape => self.value_of(shape).unwrap_or_else(|| self.example(field)),
        };
        if field.mode.plural() && !value.starts_with('[') { format!("[{}]", inside(&value)) } else { value }
    }

    /// A value made of what the site holds and of values to rewrite.
    fn value_of(&self, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Content(kind) => self.slug(*kind),
            Shape::Record(record) => {
                let mandatory = record.fields.iter().filter(|f| f.mode.mandatory());
                let fields: Vec<String> =
                    mandatory.map(|f| format!("{}: {}", f.name, inside(&self.value(f)))).collect();
                (!fields.is_empty()).then(|| format!("{{{}}}", fields.join(", ")))
            }
            Shape::Either(shapes) => shapes.iter().find_map(|s| self.value_of(s)),
            _ => None,
        }
    }

    fn slug(&self, kind: Kind) -> Option<String> {
        self.known.contents.get(&kind).and_then(|slugs| slugs.first()).cloned()
    }

    /// An example of a field; days are those of today.
    fn example(&self, field: &FieldShape) -> String {
        let one = super::example(field)
            .or_else(|| self.value_of(&field.shape))
            .unwrap_or_else(|| "nome-del-file".to_owned());
        let one =
            if field_text(field).esempio().is_none() { one.replace("2026-09-14", &self.today) } else { one };
        if field.mode.plural() && !one.starts_with('[') { format!("[{}]", inside(&one)) } else { one }
    }
}
