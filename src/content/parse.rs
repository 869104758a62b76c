//! From the text of a content file to its typed record: front matter, official sections of the body, fields.
//!
//! Sections become fields of the same tree, so that a long text may stand in either place; a sheet that names a sheet of
//! the shared catalogue takes from it the fields that it does not set.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::common::Common;
use super::field::{Cx, Fields, Record, missing};
use super::{Data, Entry, Kind, front_matter, punto_contatto};
use crate::diagnostic::{Code, Diagnostic, FileId, SourceFiles, Span, nearest};
use crate::limits::Limits;
use crate::text;
use crate::yaml::{self, Field, Node, Value};

/// The sheets of the shared catalogue, by slug, still as trees: they are read together with the Comune's fields.
pub type Catalogue = BTreeMap<String, Node>;

/// What a content file is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The texts.
    pub files: &'a SourceFiles,
    /// The shared sheets.
    pub catalogue: &'a Catalogue,
    /// Bounds.
    pub limits: Limits,
}

/// Reads the tree of one content file: front matter plus body sections. `None` when its YAML is broken.
pub fn tree(
    kind: Kind,
    file: FileId,
    files: &SourceFiles,
    limits: Limits,
    out: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let text = &files.get(file).text;
    let parts = match front_matter::split(text) {
        Ok(parts) => parts,
        Err(fault) => {
            out.push(front_matter_fault(fault, file));
            return None;
        }
    };
    let node = yaml::parse(&text[parts.yaml.clone()], file, parts.yaml.start, limits, out)?;
    let span = Span::new(file, 0..parts.yaml.start.saturating_sub(1));
    let Value::Map(mut fields) = node.value else {
        out.push(super::field::wrong_type(
            &node,
            "un gruppo di campi `nome: valore`",
            "a group of `name: value` fields",
        ));
        return None;
    };
    for section in sections(kind, file, text, parts.body, out) {
        let key = &section.key;
        if fields.iter().any(|f| f.key == *key) {
            out.push(
                Diagnostic::new(
                    Code::FieldTwice,
                    text!(
                        "il testo di `{key}` è scritto in due posti",
                        "the text of `{key}` is written in two places"
                    ),
                )
                .at(section.key_span)
                .hint(text!(
                    "tieni il campo `{key}` o la sezione, non entrambi",
                    "keep the field `{key}` or the section, not both"
                )),
            );
        } else {
            fields.push(section);
        }
    }
    Some(Node { span, value: Value::Map(fields) })
}

fn front_matter_fault(fault: front_matter::Fault, file: FileId) -> Diagnostic {
    let message = match fault {
        front_matter::Fault::Missing => text!(
            "manca il blocco iniziale fra due righe `---`",
            "the front matter between two `---` lines is missing"
        ),
        front_matter::Fault::Unclosed => text!(
            "il blocco iniziale non è chiuso da una riga `---`",
            "the front matter is not closed by a `---` line"
        ),
    };
    Diagnostic::new(Code::FrontMatter, message).at(Span::file_start(file)).hint(text!(
        "la prima riga del file è `---`, poi i campi, poi un'altra riga `---`",
        "the first line of the file is `---`, then the fields, then another `---` line"
    ))
}

/// A heading of the body.
struct Heading {
    level: HeadingLevel,
    text: String,
    range: std::ops::Range<usize>,
}

fn headings(body: &str) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut open: Option<Heading> = None;
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(body, super::prose::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                open = Some(Heading { level, text: String::new(), range });
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Heading(_)) if depth == 1 => {
                depth -= 1;
                found.extend(open.take());
            }
            Event::End(_) => depth -= 1,
            Event::Text(t) | Event::Code(t) => {
                if let Some(h) = &mut open {
                    h.text.push_str(&t);
                }
            }
            _ => {}
        }
    }
    found
}

/// The sections of the body as fields.
fn sections(
    kind: Kind,
    file: FileId,
    text: &str,
    body: std::ops::Range<usize>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let offset = body.start;
    let body = &text[body];
    let official = kind.sections();
    let mut fields = Vec::new();
    let mut current: (Option<&str>, Span) = (kind.body_field(), Span::new(file, offset..offset));
    let mut from = 0;
    let mut close = |current: (Option<&str>, Span),
                     range: std::ops::Range<usize>,
                     implicit: bool,
                     out: &mut Vec<Diagnostic>| {
        let slice = &body[range.clone()];
        let start = offset + range.start + (slice.len() - slice.trim_start().len());
        let trimmed = slice.trim();
        let span = Span::new(file, start..start + trimmed.len());
        match (current.0, trimmed.is_empty()) {
            (Some(key), false) => fields.push(Field {
                key: key.to_owned(),
                key_span: current.1,
                value: Node { span, value: Value::Scalar { text: trimmed.to_owned(), quoted: true } },
            }),
            // An empty section is an empty field: an error where the field is mandatory.
            (Some(key), true) if !implicit => fields.push(Field {
                key: key.to_owned(),
                key_span: current.1,
                value: Node { span: current.1, value: Value::Null },
            }),
            (None, false) if implicit && !only_comments(trimmed) => out.push(
                Diagnostic::new(
                    Code::MarkdownSection,
                    text!("questo tipo di contenuto non ha un testo", "this content type has no text"),
                )
                .at(span)
                .hint(text!(
                    "cancella il testo dopo la seconda riga `---`",
                    "delete the text after the second `---` line"
                )),
            ),
            _ => {}
        }
    };
    let mut implicit = true;
    for heading in headings(body) {
        let at = Span::new(file, offset + heading.range.start..offset + heading.range.end);
        if heading.level == HeadingLevel::H1 {
            out.push(
                Diagnostic::new(
                    Code::MarkdownSection,
                    text!(
                        "il titolo della pagina è già nel campo `titolo`",
                        "the page title is already in the `titolo` field"
                    ),
                )
                .at(at)
                .hint(text!(
                    "usa `##` per le sezioni e `###` per i sottotitoli",
                    "use `##` for sections and `###` for sub-headings"
                )),
            );
            continue;
        }
        if official.is_empty() || heading.level != HeadingLevel::H2 {
            continue;
        }
        close(current, from..heading.range.start, implicit, out);
        implicit = false;
        let field =
            official.iter().find(|(name, _)| same_heading(name, &heading.text)).map(|(_, field)| *field);
        if field.is_none() {
            out.push(unknown_section(official, &heading.text, at));
        }
        current = (field, at);
        from = heading.range.end;
    }
    close(current, from..body.len(), implicit, out);
    fields
}

/// Whether nothing of a text would be shown: `campanile new` keeps optional sections in comments.
fn only_comments(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|inner| inner.split_once("-->")) {
        rest = after.trim_start();
    }
    rest.is_empty()
}

fn same_heading(official: &str, written: &str) -> bool {
    let normal = |s: &str| s.trim().replace('’', "'").to_lowercase();
    normal(official) == normal(written)
}

fn unknown_section(official: &[(&str, &str)], written: &str, at: Span) -> Diagnostic {
    let names = official.iter().map(|(name, _)| *name);
    let list = names.clone().collect::<Vec<_>>().join(", ");
    let d = Diagnostic::new(
        Code::MarkdownSection,
        text!("«{written}» non è una sezione prevista", "“{written}” is not an expected section"),
    )
    .at(at);
    match nearest(written, names) {
        Some(near) => d.hint(text!("forse volevi scrivere `## {near}`", "did you mean `## {near}`?")),
        None => d.hint(text!(
            "le sezioni sono: {list}; per un sottotitolo usa `###`",
            "the sections are: {list}; for a sub-heading use `###`"
        )),
    }
}

/// Adds to a sheet the fields of the catalogue sheet that it names.
fn inherit(node: &mut Node, catalogue: &Catalogue, out: &mut Vec<Diagnostic>) {
    let Some(named) = node.get("catalogo") else { return };
    let Value::Scalar { text: slug, .. } = &named.value else { return };
    let (slug, at) = (slug.clone(), named.span);
    let Some(Node { value: Value::Map(shared), .. }) = catalogue.get(&slug) else {
        let d = Diagnostic::new(
            Code::ReferenceUnknown,
            text!("nel catalogo non c'è la scheda `{slug}`", "the catalogue has no sheet `{slug}`"),
        )
        .at(at);
        out.push(match nearest(&slug, catalogue.keys().map(String::as_str)) {
            Some(near) => d.hint(text!("forse volevi scrivere `{near}`", "did you mean `{near}`?")),
            None => d.hint(text!(
                "le schede condivise stanno in catalogo/servizi/",
                "shared sheets are in catalogo/servizi/"
            )),
        });
        return;
    };
    if let Value::Map(own) = &mut node.value {
        let missing: Vec<Field> =
            shared.iter().filter(|f| own.iter().all(|o| o.key != f.key)).cloned().collect();
        own.extend(missing);
    }
}

/// Reads one content file. All its faults are pushed to `out`; `None` when it has any in its fields.
pub fn entry(
    kind: Kind,
    slug: &str,
    file: FileId,
    reading: Reading<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let mut node = tree(kind, file, reading.files, reading.limits, out)?;
    if kind == Kind::Servizio {
        inherit(&mut node, reading.catalogue, out);
    }
    let mut cx = Cx { out, folder: kind.folder(), limits: reading.limits };
    let mut fields = Fields::of(&node, &mut cx)?.of_kind(kind);
    let common = Common::read_fields(&mut fields, &mut cx);
    let data = match kind {
        Kind::Servizio => boxed(&mut fields, &mut cx).map(Data::Servizio),
        Kind::Notizia => boxed(&mut fields, &mut cx).map(Data::Notizia),
        Kind::Luogo => boxed(&mut fields, &mut cx).map(Data::Luogo),
        Kind::Unita => boxed(&mut fields, &mut cx).map(Data::Unita),
        Kind::Persona => boxed(&mut fields, &mut cx).map(Data::Persona),
        Kind::PuntoContatto => boxed(&mut fields, &mut cx).map(Data::PuntoContatto),
        Kind::Documento => boxed(&mut fields, &mut cx).map(Data::Documento),
        Kind::Domanda => boxed(&mut fields, &mut cx).map(Data::Domanda),
        Kind::Argomento => boxed(&mut fields, &mut cx).map(Data::Argomento),
        Kind::Pagina => boxed(&mut fields, &mut cx).map(Data::Pagina),
        Kind::Bando => boxed(&mut fields, &mut cx).map(Data::Bando),
        Kind::Dataset => boxed(&mut fields, &mut cx).map(Data::Dataset),
        Kind::Trasparenza => boxed(&mut fields, &mut cx).map(Data::Trasparenza),
        Kind::Progetto => boxed(&mut fields, &mut cx).map(Data::Progetto),
        Kind::Evento => boxed(&mut fields, &mut cx).map(Data::Evento),
        Kind::Galleria => boxed(&mut fields, &mut cx).map(Data::Galleria),
        Kind::Allerta => boxed(&mut fields, &mut cx).map(Data::Allerta),
        Kind::SitoTematico => boxed(&mut fields, &mut cx).map(Data::SitoTematico),
    };
    let start = Span::file_start(file);
    let known = fields.finish(&mut cx);
    if let Some(common) = &common {
        common.check(kind, start, &mut cx);
    }
    if let (Some(common), Some(data)) = (&common, &data) {
        check(common, data, start, &mut cx);
    }
    let (common, data) = (common?, data?);
    known.then(|| Entry::new(kind, slug.to_owned(), file, common, data))
}

fn boxed<T: Record>(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Box<T>> {
    T::read_fields(fields, cx).map(Box::new)
}

/// Rules that look at more than one field of the same content (content model 5).
fn check(common: &Common, data: &Data, start: Span, cx: &mut Cx<'_>) {
    match data {
        Data::Servizio(s) => s.check(start, cx),
        Data::Notizia(n) => n.check(cx),
        Data::Unita(u) => u.check(cx),
        Data::Persona(p) => p.check(common, cx),
        Data::PuntoContatto(p) => {
            punto_contatto::check(&p.voci, cx);
        }
        Data::Luogo(l) if !l.tipo.is_empty() && common.immagine.is_none() => {
            cx.out.push(missing("immagine", start));
        }
        Data::Documento(d) => d.check(start, cx),
        Data::Bando(b) => b.check(common, cx),
        Data::Dataset(d) => d.check(cx),
        Data::Domanda(d) => d.check(cx),
        Data::Trasparenza(s) => s.elenco.iter().for_each(|e| e.check(cx)),
        Data::Progetto(p) => p.check(cx),
        Data::Evento(e) => e.check(start, cx),
        Data::Galleria(g) if g.immagini.is_empty() && g.video.is_empty() => {
            cx.out.push(missing("immagini", start));
        }
        Data::Allerta(a) => super::common::check_order(
            common.data_pubblicazione.as_ref(),
            Some(&a.data_fine),
            "data_pubblicazione",
            "data_fine",
            cx,
        ),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: Kind, text: &str) -> (Option<Entry>, Vec<&'static str>) {
        let mut files = SourceFiles::default();
        let file = files.add("x.md", text);
        let mut out = Vec::new();
        let catalogue = Catalogue::new();
        let reading = Reading { files: &files, catalogue: &catalogue, limits: Limits::default() };
        let entry = entry(kind, "x", file, reading, &mut out);
        (entry, out.iter().map(|d| d.code.name()).collect())
    }

    const FAQ: &str = "---\ndomanda: Come pago?\n---\nCon pagoPA.\n";

    #[test]
    fn reads_a_question() {
        let (entry, codes) = read(Kind::Domanda, FAQ);
        assert!(codes.is_empty(), "{codes:?}");
        assert!(matches!(entry.unwrap().data, Data::Domanda(d) if d.risposta.text == "Con pagoPA."));
    }

    #[test]
    fn comments_are_no_text() {
        assert!(only_comments("<!--\n## Deleghe\n-->\n\n<!-- x -->"));
        assert!(!only_comments("<!-- x --> testo") && !only_comments("<!-- aperto"));
    }

    #[test]
    fn text_in_two_places_is_refused() {
        let (_, codes) = read(Kind::Domanda, "---\ndomanda: Come?\nrisposta: Così.\n---\nCosì.\n");
        assert_eq!(codes, ["CAM-10"]);
    }

    #[test]
    fn all_faults_of_a_file_are_reported() {
        let (entry, codes) = read(Kind::Domanda, "---\ndomnda: Come?\npriorita: molta\n---\n");
        assert!(entry.is_none());
        assert_eq!(codes, ["CAM-02", "CAM-02", "CAM-03", "CAM-01"]);
    }

    #[test]
    fn unknown_sections_are_named() {
        let (_, codes) = read(Kind::Unita, "---\ntitolo: A\n---\n## Competense\n\nTesto\n");
        assert!(codes.contains(&"TES-04"));
    }
}
