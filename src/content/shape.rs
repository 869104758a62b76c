//! What the value of a field may be, told by its type: what the JSON Schemas of editors and the files of `campanile new` are made of.
//!
//! A [`Shape`] is derived from the declarations that read the files ([`FieldType::shape`], [`record!`](crate::record),
//! [`choice!`](crate::choice)), so that there is no second list of fields to keep.

use super::Kind;
use super::field::FieldType;
use crate::vocab::Vocabulary;

/// What a value may be, in the spelling that is recommended (`campanile` reads some others too, such as `sì` for `true`).
#[derive(Debug, Clone)]
pub enum Shape {
    /// One text, number or truth value.
    Scalar(Scalar),
    /// One of fixed words of a [`choice!`](crate::choice).
    Choice {
        /// Module and name of its declaration: `servizio.Stato`.
        name: &'static str,
        /// The words.
        values: &'static [&'static str],
    },
    /// The slug of a term.
    Term(&'static Vocabulary),
    /// One of many words, each with its label.
    Words(Vec<(String, String)>),
    /// The slug of a content.
    Content(Kind),
    /// Folder and slug of a content of any type.
    AnyContent,
    /// A file of `media/`.
    Media,
    /// A group whose keys are free.
    Map(Box<Shape>),
    /// A list.
    List(Box<Shape>),
    /// A group of fields.
    Record(RecordShape),
    /// Any of these.
    Either(Vec<Shape>),
}

/// The JSON types of a scalar that YAML tells apart by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tipo {
    /// `string`
    String,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
}

/// A value that is no list and no group.
#[derive(Debug, Clone, Default)]
pub struct Scalar {
    /// Types; a string if none is told.
    pub types: &'static [Tipo],
    /// Longest text, in characters.
    pub max: Option<usize>,
    /// Regular expression of the whole text (ECMA 262, as JSON Schema wants it).
    pub pattern: Option<&'static str>,
    /// What is expected, Italian, for who wrote something else.
    pub expected: Option<&'static str>,
    /// Whether the text is Markdown of more lines.
    pub prose: bool,
    /// A value, as written in YAML.
    pub example: Option<&'static str>,
}

impl Scalar {
    /// A text of that form.
    pub fn form(pattern: &'static str, expected: &'static str, example: &'static str) -> Shape {
        Shape::Scalar(Scalar {
            pattern: Some(pattern),
            expected: Some(expected),
            example: Some(example),
            ..Scalar::default()
        })
    }
}

/// Whether a field must be there, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Once.
    Required,
    /// At most once.
    Optional,
    /// Any number of times.
    List,
    /// At least once.
    Some,
}

impl Mode {
    /// Whether the field must be there.
    pub fn mandatory(self) -> bool {
        matches!(self, Mode::Required | Mode::Some)
    }

    /// Whether it holds a list.
    pub fn plural(self) -> bool {
        matches!(self, Mode::List | Mode::Some)
    }
}

/// The fields of a record, in the order of its declaration.
#[derive(Debug, Clone)]
pub struct RecordShape {
    /// Module and name of its declaration: `servizio.Accesso`.
    pub name: &'static str,
    /// Its fields.
    pub fields: Vec<FieldShape>,
}

/// One field.
#[derive(Debug, Clone)]
pub struct FieldShape {
    /// Module and name of the record that declares it.
    pub record: &'static str,
    /// Name, as written.
    pub name: &'static str,
    /// Whether it must be there.
    pub mode: Mode,
    /// What one value of it may be.
    pub shape: Shape,
    /// Whether its type reads a value.
    #[cfg(test)]
    pub reads: fn(&crate::yaml::Node, &mut super::field::Cx<'_>) -> bool,
}

impl FieldShape {
    /// A field of type `T`.
    pub fn of<T: FieldType>(record: &'static str, name: &'static str, mode: Mode) -> Self {
        FieldShape {
            record,
            name,
            mode,
            shape: T::shape(),
            #[cfg(test)]
            reads: |node, cx| T::read(node, cx).is_some(),
        }
    }
}

/// `campanile::content::servizio` and `Accesso`, joined, as `servizio.Accesso`.
pub fn declared(path: &'static str) -> &'static str {
    path.rsplit("::").next().unwrap_or(path)
}
