//! How typed records are read from the YAML tree: the [`FieldType`] of a value, the [`Fields`] of a map, and the
//! [`record!`](crate::record) macro that declares a struct once and derives its reader, its list of names and its references.

use jiff::civil::Date;

use crate::content::Kind;
use crate::content::shape::{RecordShape, Shape};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned, Text, nearest};
use crate::limits::Limits;
use crate::text;
use crate::yaml::{self, Node, Value};

/// What readers need besides the node: where to report, and which folder relative paths start from.
pub struct Cx<'a> {
    /// Findings.
    pub out: &'a mut Vec<Diagnostic>,
    /// Folder of the content file, relative to the site (`servizi`); `""` for `comune.yaml`.
    pub folder: &'a str,
    /// Bounds.
    pub limits: Limits,
}

impl Cx<'_> {
    /// Reports and gives `None`, so that a reader can end with it.
    pub fn fail<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.out.push(diagnostic);
        None
    }
}

/// What a content needs from the rest of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The field that holds it (the innermost one); `testo` for links in Markdown.
    pub field: &'static str,
    /// What it names.
    pub to: Named,
    /// Where it is written.
    pub span: Span,
}

/// The target of a [`Reference`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Another content.
    Content(Kind, String),
    /// A file in `media/` to open or download, relative to the site.
    Media(String),
    /// A file in `media/` that the page shows.
    Picture(String),
    /// An address of the site, as written.
    Path(String),
    /// An https address elsewhere; only `links` looks at it.
    External(url::Url),
}

/// A type that can be the value of a field.
pub trait FieldType: Sized {
    /// Reads the node, or reports why it cannot be read.
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self>;

    /// What the value may be.
    fn shape() -> Shape;

    /// Adds the references that the value holds.
    fn references(&self, _field: &'static str, _span: Span, _out: &mut Vec<Reference>) {}

    /// Adds the days that the value holds.
    fn days(&self, _out: &mut Vec<Date>) {}
}

/// A map whose keys are chosen by who writes it; a key without value is kept, without value.
#[derive(Debug, Clone)]
pub struct Mappa<T>(pub Vec<Voce<T>>);

/// One entry of a [`Mappa`].
#[derive(Debug, Clone)]
pub struct Voce<T> {
    /// The key.
    pub chiave: Spanned<String>,
    /// What stands after the colon, if anything.
    pub valore: Option<Spanned<T>>,
}

impl<T> Default for Mappa<T> {
    fn default() -> Self {
        Mappa(Vec::new())
    }
}

impl<T: FieldType> FieldType for Mappa<T> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let Value::Map(fields) = &node.value else {
            return cx.fail(wrong_type(node, "un gruppo `nome: valore`", "a group of `name: value`"));
        };
        let read = |field: &yaml::Field, cx: &mut Cx<'_>| {
            let valore = match field.value.value {
                Value::Null => None,
                _ => Some(Spanned { value: T::read(&field.value, cx)?, span: field.value.span }),
            };
            Some(Voce { chiave: Spanned { value: field.key.clone(), span: field.key_span }, valore })
        };
        let entries: Vec<Option<Voce<T>>> = fields.iter().map(|f| read(f, cx)).collect();
        entries.into_iter().collect::<Option<Vec<_>>>().map(Mappa)
    }

    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }
}

/// What a record holds, whatever its type.
pub trait Contained {
    /// Adds the references of all fields.
    fn references(&self, out: &mut Vec<Reference>);

    /// Adds the days of all fields.
    fn days(&self, out: &mut Vec<Date>);
}

/// A struct whose fields are read from a map.
pub trait Record: Contained + Sized {
    /// The field names, in order.
    const FIELDS: &'static [&'static str];

    /// Its fields with what each may hold.
    fn record_shape() -> RecordShape;

    /// Reads every field, reporting all faults; `None` if a mandatory one is missing or any present one is wrong.
    fn read_fields(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Self>;
}

impl<T: Record> FieldType for T {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, cx)?;
        let record = T::read_fields(&mut fields, cx);
        fields.finish(cx).then_some(())?;
        record
    }

    fn shape() -> Shape {
        Shape::Record(T::record_shape())
    }

    fn references(&self, _field: &'static str, _span: Span, out: &mut Vec<Reference>) {
        Contained::references(self, out);
    }

    fn days(&self, out: &mut Vec<Date>) {
        Contained::days(self, out);
    }
}

/// The fields of one map, while records take theirs out of it.
pub struct Fields<'a> {
    map: &'a [yaml::Field],
    span: Span,
    known: Vec<&'static str>,
    kind: Option<Kind>,
}

impl<'a> Fields<'a> {
    /// The fields of a map node.
    pub fn of(node: &'a Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &node.value {
            Value::Map(map) => Some(Fields { map, span: node.span, known: Vec::new(), kind: None }),
            _ => cx.fail(wrong_type(
                node,
                "un gruppo di campi, per esempio {testo: …, url: …}",
                "a group of fields, for example {testo: …, url: …}",
            )),
        }
    }

    /// Says of which type the content is, so that a missing text is asked for where people write it.
    #[must_use]
    pub fn of_kind(self, kind: Kind) -> Self {
        Fields { kind: Some(kind), ..self }
    }

    fn missing(&self, name: &str) -> Diagnostic {
        let at = Span { end: self.span.start, ..self.span };
        let fault = missing(name, at);
        let Some(kind) = self.kind else { return fault };
        let section = kind.sections().iter().find(|(_, field)| *field == name);
        match section {
            Some((heading, _)) => fault.hint(text!(
                "aggiungi nel testo la sezione `## {heading}`",
                "add the section `## {heading}` to the text"
            )),
            None if kind.body_field() == Some(name) => fault.hint(text!(
                "scrivi il testo dopo la seconda riga `---`",
                "write the text after the second `---` line"
            )),
            None => fault,
        }
    }

    fn take(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        self.map.iter().find(|f| f.key == name).map(|f| &f.value)
    }

    /// A mandatory field.
    pub fn required<T: FieldType>(&mut self, name: &'static str, cx: &mut Cx<'_>) -> Option<Spanned<T>> {
        match self.take(name) {
            None => cx.fail(self.missing(name)),
            Some(node) if node.value == Value::Null => cx.fail(empty(name, node.span)),
            Some(node) => T::read(node, cx).map(|value| Spanned { value, span: node.span }),
        }
    }

    /// An optional field: absent or empty gives `Some(None)`, faulty gives `None`.
    #[allow(clippy::option_option)]
    pub fn optional<T: FieldType>(
        &mut self,
        name: &'static str,
        cx: &mut Cx<'_>,
    ) -> Option<Option<Spanned<T>>> {
        match self.take(name) {
            None => Some(None),
            Some(node) if node.value == Value::Null => Some(None),
            Some(node) => T::read(node, cx).map(|value| Some(Spanned { value, span: node.span })),
        }
    }

    /// A list, possibly absent.
    pub fn list<T: FieldType>(&mut self, name: &'static str, cx: &mut Cx<'_>) -> Option<Vec<Spanned<T>>> {
        let Some(node) = self.take(name) else { return Some(Vec::new()) };
        match &node.value {
            Value::Null => Some(Vec::new()),
            Value::List(items) => {
                let read: Vec<_> = items
                    .iter()
                    .map(|item| T::read(item, cx).map(|value| Spanned { value, span: item.span }))
                    .collect();
                read.into_iter().collect()
            }
            // One value alone is a list of one: what a person means by it is clear.
            Value::Scalar { .. } => T::read(node, cx).map(|value| vec![Spanned { value, span: node.span }]),
            Value::Map(_) => cx.fail(wrong_type(
                node,
                "un elenco, per esempio [primo, secondo]",
                "a list, for example [first, second]",
            )),
        }
    }

    /// A list of one or more.
    pub fn some<T: FieldType>(&mut self, name: &'static str, cx: &mut Cx<'_>) -> Option<Vec<Spanned<T>>> {
        match self.list(name, cx) {
            Some(list) if list.is_empty() => cx.fail(self.missing(name)),
            list => list,
        }
    }

    /// Reports the keys that no record asked for; gives whether there were none.
    pub fn finish(self, cx: &mut Cx<'_>) -> bool {
        let mut clean = true;
        for field in self.map.iter().filter(|f| !self.known.contains(&f.key.as_str())) {
            let key = &field.key;
            let mut diagnostic = Diagnostic::new(
                Code::FieldUnknown,
                text!("il campo `{key}` non esiste qui", "field `{key}` does not exist here"),
            )
            .at(field.key_span);
            let cut_by_comma = field.value.value == Value::Null && key.contains(' ');
            diagnostic = match nearest(key, self.known.iter().copied()) {
                _ if cut_by_comma => diagnostic.hint(text!(
                    "un testo che contiene una virgola, fra graffe, va messo fra virgolette",
                    "inside braces a text that contains a comma must be quoted"
                )),
                Some(name) => {
                    diagnostic.hint(text!("forse volevi scrivere `{name}`", "did you mean `{name}`?"))
                }
                None => {
                    let names = self.known.join(", ");
                    diagnostic.hint(text!("i campi possibili sono: {names}", "possible fields are: {names}"))
                }
            };
            cx.out.push(diagnostic);
            clean = false;
        }
        clean
    }
}

/// A missing mandatory field.
pub fn missing(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::FieldMissing,
        text!("manca il campo obbligatorio `{name}`", "mandatory field `{name}` is missing"),
    )
    .at(at)
    .hint(text!(
        "aggiungi la riga `{name}: …` nel blocco iniziale",
        "add the line `{name}: …` to the front matter"
    ))
}

/// A present but empty mandatory field.
pub fn empty(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::FieldEmpty, text!("il campo `{name}` è vuoto", "field `{name}` is empty"))
        .at(at)
        .hint(text!("scrivi un valore dopo i due punti", "write a value after the colon"))
}

/// A value of the wrong shape; `it` and `en` say what was expected.
pub fn wrong_type(node: &Node, it: &str, en: &str) -> Diagnostic {
    let (found_it, found_en) = match &node.value {
        Value::Null => ("niente", "nothing"),
        Value::Scalar { .. } => ("un valore semplice", "a plain value"),
        Value::List(_) => ("un elenco", "a list"),
        Value::Map(_) => ("un gruppo di campi", "a group of fields"),
    };
    Diagnostic::new(
        Code::FieldType,
        Text {
            it: format!("qui c'è {found_it}, serve {it}"),
            en: format!("found {found_en}, expected {en}"),
        },
    )
    .at(node.span)
    .hint(Text { it: format!("scrivi {it}"), en: format!("write {en}") })
}

/// Declares a record: `name: required Type`, `name: optional Type`, `name: list Type` or, for a list of one or more, `name: some Type`.
///
/// The fields become `Spanned<Type>`, `Option<Spanned<Type>>` and `Vec<Spanned<Type>>`. What editors read about each field stands in
/// `src/schema/testi.yaml`.
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $( $(#[$field_meta:meta])* $field:ident : $mode:ident $ty:ty ),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        $vis struct $name { $( $(#[$field_meta])* pub $field: $crate::record!(@type $mode $ty) ),* }

        impl $crate::content::field::Record for $name {
            const FIELDS: &'static [&'static str] = &[ $( stringify!($field) ),* ];

            fn read_fields(
                fields: &mut $crate::content::field::Fields<'_>,
                cx: &mut $crate::content::field::Cx<'_>,
            ) -> Option<Self> {
                $( let $field = fields.$mode::<$ty>(stringify!($field), cx); )*
                Some($name { $( $field: $field? ),* })
            }

            fn record_shape() -> $crate::content::shape::RecordShape {
                const NAME: &str = concat!(module_path!(), ".", stringify!($name));
                let record = $crate::content::shape::declared(NAME);
                $crate::content::shape::RecordShape {
                    name: record,
                    fields: vec![ $( $crate::content::shape::FieldShape::of::<$ty>(
                        record, stringify!($field), $crate::record!(@mode $mode)
                    ) ),* ],
                }
            }
        }

        impl $crate::content::field::Contained for $name {
            fn references(&self, out: &mut Vec<$crate::content::field::Reference>) {
                $( for item in $crate::record!(@iter $mode self.$field) {
                    $crate::content::field::FieldType::references(&item.value, stringify!($field), item.span, out);
                } )*
            }

            fn days(&self, out: &mut Vec<jiff::civil::Date>) {
                $( for item in $crate::record!(@iter $mode self.$field) {
                    $crate::content::field::FieldType::days(&item.value, out);
                } )*
            }
        }
    };
    (@type required $ty:ty) => { $crate::diagnostic::Spanned<$ty> };
    (@type optional $ty:ty) => { Option<$crate::diagnostic::Spanned<$ty>> };
    (@type list $ty:ty) => { Vec<$crate::diagnostic::Spanned<$ty>> };
    (@type some $ty:ty) => { Vec<$crate::diagnostic::Spanned<$ty>> };
    (@mode required) => { $crate::content::shape::Mode::Required };
    (@mode optional) => { $crate::content::shape::Mode::Optional };
    (@mode list) => { $crate::content::shape::Mode::List };
    (@mode some) => { $crate::content::shape::Mode::Some };
    (@iter required $value:expr) => { std::iter::once(&$value) };
    (@iter optional $value:expr) => { $value.iter() };
    (@iter list $value:expr) => { $value.iter() };
    (@iter some $value:expr) => { $value.iter() };
}

/// Declares an enumeration of fixed slugs, written in YAML as they stand here.
#[macro_export]
macro_rules! choice {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $text:literal ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name { $( $(#[$variant_meta])* $variant ),* }

        impl $name {
            /// The values as written in YAML.
            pub const NAMES: &'static [&'static str] = &[ $( $text ),* ];

            /// The value as written in YAML.
            pub fn name(self) -> &'static str {
                match self { $( $name::$variant => $text ),* }
            }
        }

        impl $crate::content::field::FieldType for $name {
            fn read(node: &$crate::yaml::Node, cx: &mut $crate::content::field::Cx<'_>) -> Option<Self> {
                let written = $crate::content::types::scalar(node, cx)?;
                match written {
                    $( $text => Some($name::$variant), )*
                    _ => cx.fail($crate::content::types::not_among(written, Self::NAMES, node.span)),
                }
            }

            fn shape() -> $crate::content::shape::Shape {
                const NAME: &str = concat!(module_path!(), ".", stringify!($name));
                $crate::content::shape::Shape::Choice {
                    name: $crate::content::shape::declared(NAME),
                    values: $name::NAMES,
                }
            }
        }
    };
}
