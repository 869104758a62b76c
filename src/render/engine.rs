//! The template engine: the embedded theme, the Comune's overrides over it, and faults of templates as diagnostics.
//! Templates have no access to files, environment or network, and none is ever made from content (R-XSS-3).

use std::collections::BTreeMap;

use tera::{ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::{text, theme, vocab};

/// A template of the Comune that replaces the theme's of the same name.
#[derive(Debug, Clone, Copy)]
pub struct Override<'a> {
    /// Name relative to `templates/`.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its file.
    pub file: FileId,
}

/// The theme's templates, replaced or joined by `overrides`.
pub fn load(overrides: &[Override<'_>]) -> Result<Tera, Vec<Diagnostic>> {
    let mut templates: BTreeMap<&str, &str> = theme::TEMPLATES.iter().copied().collect();
    templates.extend(overrides.iter().map(|o| (o.name, o.text)));
    let mut tera = Tera::new();
    tera.autoescape_on([".html"].to_vec());
    match tera.add_raw_templates(templates) {
        Ok(()) => Ok(tera),
        Err(error) => Err(vec![fault("templates", &error, overrides)]),
    }
}

/// The interface strings of the theme, by key.
pub fn strings() -> BTreeMap<String, String> {
    let (_, text) =
        theme::STRINGS.iter().find(|(name, _)| *name == "it.yaml").expect("the theme's Italian strings");
    vocab::embedded(text)
}

/// A failing template as a finding, placed in the Comune's file if it is one of its overrides.
pub fn fault(template: &str, error: &tera::Error, overrides: &[Override<'_>]) -> Diagnostic {
    let (name, message, range) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), report.message().to_owned(), report.span().range.clone())
        }
        _ => (template.to_owned(), error.to_string(), 0..0),
    };
    let fault = Diagnostic::new(
        Code::TemplateError,
        text!("il modello {name} non si può usare: {message}", "template {name} cannot be used: {message}"),
    )
    .hint(text!(
        "correggi il modello o toglilo da templates/ per usare quello del tema",
        "correct the template or remove it from templates/ to use the theme's"
    ));
    match overrides.iter().find(|o| o.name == name || message.contains(o.name)) {
        Some(o) => fault.at(Span::new(o.file, range.start.min(o.text.len())..range.end.min(o.text.len()))),
        None => fault,
    }
}
