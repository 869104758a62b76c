//! The template engine: the embedded theme, the Comune's overrides over it, and faults of templates as diagnostics.
//! Templates have no access to files, environment or network, and none is ever made from content (R-XSS-3).

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use tera::{ErrorKind, Tera};

use super::assets::Addresses;
use super::cards::Cards;
use super::frame::{Frame, policy};
use super::urls::Urls;
use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::plan::Plan;
use crate::site::Site;
use crate::{text, theme, vocab};

/// A template of the Comune that replaces the theme's of the same name.
#[derive(Debug, Clone)]
pub struct Override {
    /// Name relative to `templates/`.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// Its file.
    pub file: FileId,
}

/// The theme's templates, replaced or joined by those of the Comune, and what they all see.
#[derive(Clone)]
pub struct Engine {
    tera: Tera,
    overrides: Vec<Override>,
}

impl Engine {
    /// Reads the templates.
    ///
    /// # Errors
    /// A finding about a template that cannot be used.
    pub fn new(overrides: Vec<Override>) -> Result<Self, Vec<Diagnostic>> {
        let mut templates: BTreeMap<&str, &str> = theme::TEMPLATES.iter().copied().collect();
        templates.extend(overrides.iter().map(|o| (o.name.as_str(), &*o.text)));
        let mut tera = Tera::new();
        tera.autoescape_on([".html"].to_vec());
        match tera.add_raw_templates(templates) {
            Ok(()) => Ok(Engine { tera, overrides }),
            Err(error) => Err(vec![fault("templates", &error, &overrides)]),
        }
    }

    /// The same templates inside the frame of a site, shared by all its pages.
    #[must_use]
    pub fn framed(mut self, site: &Site, plan: &Plan, urls: &Urls, assets: &Addresses) -> Self {
        let context = self.tera.global_context();
        context.insert("lang", "it");
        context.insert("t", strings());
        context.insert("site", &Frame::new(Cards { site, urls }, plan));
        context.insert("assets", assets);
        context.insert("csp", &policy(site));
        self
    }

    /// The templates of the Comune among them.
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// Renders one page.
    ///
    /// # Errors
    /// A finding when its template fails.
    pub(super) fn render(&self, template: &str, context: &tera::Context) -> Result<String, Diagnostic> {
        self.tera.render(template, context).map_err(|error| fault(template, &error, &self.overrides))
    }
}

/// The interface strings of the theme, by key.
fn strings() -> &'static BTreeMap<String, String> {
    static ITALIAN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let (_, text) =
            theme::STRINGS.iter().find(|(name, _)| *name == "it.yaml").expect("the theme's Italian strings");
        vocab::embedded(text)
    });
    &ITALIAN
}

/// A failing template as a finding, placed in the Comune's file if it is one of its overrides.
fn fault(template: &str, error: &tera::Error, overrides: &[Override]) -> Diagnostic {
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
    // The last of a name is the one that is used.
    match overrides.iter().rev().find(|o| o.name == name || message.contains(&o.name)) {
        Some(o) => fault.at(Span::new(o.file, range.start.min(o.text.len())..range.end.min(o.text.len()))),
        None => fault,
    }
}
