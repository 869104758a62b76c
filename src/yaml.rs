//! YAML for people: text becomes a tree of [`Node`]s, every one with its span, so that one run can report every
//! fault of a file (a serde front end stops at the first).
//!
//! Scalars keep the characters as written (`022205`, `no`, `1.10`): nothing is guessed. Tags, several documents and
//! complex keys are refused; depth, number of nodes and alias expansion are bounded.

use granit_parser::{Event, Parser, ScalarStyle};

use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::limits::Limits;
use crate::text;

/// A YAML value with its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The shape of a [`Node`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the colon, or `~`/`null` unquoted.
    Null,
    /// A scalar; `quoted` tells `"12"` and block text from `12`.
    Scalar {
        /// The characters, escapes resolved.
        text: String,
        /// Written between quotes or as a block.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Fields in the order written.
    Map(Vec<Field>),
}

/// One `key: value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The fields, if this is a map.
    pub fn as_map(&self) -> Option<&[Field]> {
        match &self.value {
            Value::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.iter().find(|f| f.key == key).map(|f| &f.value)
    }

    fn size(&self) -> usize {
        1 + match &self.value {
            Value::List(items) => items.iter().map(Node::size).sum(),
            Value::Map(fields) => fields.iter().map(|f| f.value.size()).sum(),
            _ => 0,
        }
    }
}

/// Parses `yaml`, which stands at byte `offset` of `file`, within `limits`.
///
/// Gives the tree, or `None` when the syntax is broken; faults are pushed to `out` either way. An empty text is
/// an empty map.
pub fn parse(
    yaml: &str,
    file: FileId,
    offset: usize,
    limits: Limits,
    out: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let mut builder =
        Builder { file, offset, len: yaml.len(), limits, out, nodes: 0, alias_nodes: 0, anchors: Vec::new() };
    builder.document(Parser::new_from_str(yaml))
}

struct Builder<'a> {
    file: FileId,
    offset: usize,
    len: usize,
    limits: Limits,
    out: &'a mut Vec<Diagnostic>,
    nodes: usize,
    alias_nodes: usize,
    anchors: Vec<(usize, Node)>,
}

/// A container that is still open.
struct Open {
    anchor: usize,
    start: Span,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { fields: Vec<Field>, key: Option<(String, Span)> },
}

impl Builder<'_> {
    fn span(&self, start: Option<usize>, end: Option<usize>) -> Span {
        let start = start.unwrap_or(self.len).min(self.len);
        let end = end.unwrap_or(start).clamp(start, self.len);
        Span::new(self.file, self.offset + start..self.offset + end)
    }

    fn fail(&mut self, code: Code, span: Span, message: Text) -> Option<Node> {
        let hint = text!(
            "nel blocco iniziale bastano righe `nome: valore`, elenchi `[uno, due]` e gruppi `{{a: 1, b: 2}}`",
            "the front matter only needs `name: value` lines, lists `[one, two]` and groups `{{a: 1, b: 2}}`"
        );
        self.out.push(Diagnostic::new(code, message).at(span).hint(hint));
        None
    }

    fn document<'i>(&mut self, parser: impl Iterator<Item = ParserItem<'i>>) -> Option<Node> {
        let mut stack: Vec<Open> = Vec::new();
        let mut root: Option<Node> = None;
        for item in parser {
            let (event, span) = match item {
                Ok(pair) => pair,
                Err(error) => return self.syntax_error(&error),
            };
            let span = self.span(span.start.byte_offset(), span.end.byte_offset());
            let finished = match event {
                Event::DocumentStart(..) if root.is_some() => {
                    return self.fail(
                        Code::YamlUnsupported,
                        span,
                        text!("qui comincia un secondo documento YAML", "a second YAML document starts here"),
                    );
                }
                Event::Scalar(value, style, anchor, ref tag) => {
                    if tag.is_some() {
                        return self.tag_refused(span);
                    }
                    if value.len() > self.limits.scalar_bytes() {
                        return self.too_big(span);
                    }
                    let quoted = style != ScalarStyle::Plain;
                    let null = !quoted && matches!(value.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                    let value =
                        if null { Value::Null } else { Value::Scalar { text: value.into_owned(), quoted } };
                    Some((anchor, Node { span, value }))
                }
                Event::Alias(id) => {
                    let Some(node) = self.anchors.iter().find(|(a, _)| *a == id).map(|(_, n)| n.clone())
                    else {
                        return self.fail(
                            Code::YamlUnsupported,
                            span,
                            text!(
                                "un richiamo `*` a sé stesso non è ammesso",
                                "an alias `*` to itself is not allowed"
                            ),
                        );
                    };
                    self.alias_nodes += node.size();
                    if self.alias_nodes > self.limits.alias_nodes() {
                        return self.too_big(span);
                    }
                    Some((0, Node { span, value: node.value }))
                }
                Event::SequenceStart(_, anchor, ref tag) | Event::MappingStart(_, anchor, ref tag) => {
                    if tag.is_some() {
                        return self.tag_refused(span);
                    }
                    if stack.len() >= self.limits.yaml_depth() {
                        return self.too_big(span);
                    }
                    let content = if matches!(event, Event::SequenceStart(..)) {
                        Content::List(Vec::new())
                    } else {
                        Content::Map { fields: Vec::new(), key: None }
                    };
                    stack.push(Open { anchor, start: span, content });
                    None
                }
                Event::SequenceEnd | Event::MappingEnd => stack.pop().map(|open| {
                    let value = match open.content {
                        Content::List(items) => Value::List(items),
                        Content::Map { fields, .. } => Value::Map(fields),
                    };
                    (
                        open.anchor,
                        Node { span: Span { end: span.start.max(open.start.end), ..open.start }, value },
                    )
                }),
                _ => None,
            };
            let Some((anchor, node)) = finished else { continue };
            self.nodes += 1;
            if self.nodes > self.limits.yaml_nodes() {
                return self.too_big(span);
            }
            if anchor != 0 {
                self.anchors.push((anchor, node.clone()));
            }
            match stack.last_mut() {
                None => root = Some(node),
                Some(open) => self.attach(open, node)?,
            }
        }
        let span = self.span(Some(0), Some(0));
        Some(root.filter(|n| n.value != Value::Null).unwrap_or(Node { span, value: Value::Map(Vec::new()) }))
    }

    fn attach(&mut self, open: &mut Open, node: Node) -> Option<()> {
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map { fields, key } => match key.take() {
                None => {
                    let Value::Scalar { text, .. } = node.value else {
                        self.fail(
                            Code::YamlUnsupported,
                            node.span,
                            text!("il nome di un campo deve essere un testo", "a field name must be text"),
                        );
                        return None;
                    };
                    *key = Some((text, node.span));
                }
                Some((name, key_span)) => {
                    if fields.iter().any(|f| f.key == name) {
                        self.out.push(
                            Diagnostic::new(
                                Code::YamlDuplicateKey,
                                text!(
                                    "il campo `{name}` è scritto due volte",
                                    "field `{name}` is written twice"
                                ),
                            )
                            .at(key_span)
                            .hint(text!("tieni una sola delle due righe", "keep only one of the two lines")),
                        );
                    } else {
                        fields.push(Field { key: name, key_span, value: node });
                    }
                }
            },
        }
        Some(())
    }

    fn tag_refused(&mut self, span: Span) -> Option<Node> {
        self.fail(
            Code::YamlUnsupported,
            span,
            text!("le etichette YAML (`!…`) non sono ammesse", "YAML tags (`!…`) are not allowed"),
        )
    }

    fn too_big(&mut self, span: Span) -> Option<Node> {
        let (depth, nodes) = (self.limits.yaml_depth(), self.limits.yaml_nodes());
        self.fail(
            Code::YamlTooBig,
            span,
            text!(
                "il blocco YAML supera i limiti di sicurezza (profondità {depth}, {nodes} elementi)",
                "the YAML block exceeds the safety limits (depth {depth}, {nodes} nodes)"
            ),
        )
    }

    fn syntax_error(&mut self, error: &granit_parser::ScanError) -> Option<Node> {
        let at = error.marker().byte_offset();
        let span = self.span(at, at);
        let reason = error.kind().to_string();
        let (it, en) = if reason.contains("tab") {
            (
                "qui c'è una tabulazione: i rientri si fanno con gli spazi",
                "there is a tab here: indent with spaces",
            )
        } else if reason.contains("quoted scalar") || reason.contains("end of stream") {
            ("mancano le virgolette o la parentesi di chiusura", "a closing quote or bracket is missing")
        } else {
            (
                "controlla i rientri, i due punti (seguiti da uno spazio) e le virgolette; un testo che contiene «: » va fra virgolette",
                "check indentation, colons (followed by a space) and quotes; a text that contains “: ” must be quoted",
            )
        };
        self.out.push(
            Diagnostic::new(
                Code::YamlSyntax,
                text!(
                    "il blocco YAML non si può leggere ({reason})",
                    "the YAML block cannot be read ({reason})"
                ),
            )
            .at(span)
            .hint(Text { it: it.into(), en: en.into() }),
        );
        None
    }
}

type ParserItem<'a> = Result<(Event<'a>, granit_parser::Span), granit_parser::ScanError>;
