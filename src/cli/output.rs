//! Findings for people (source line, place, cure) and for machines: JSON, SARIF, GitHub annotations, `JUnit`.

mod github;
mod human;
mod json;
mod junit;
mod sarif;

use std::io::Write;

use serde::Serialize;

use super::args::Format;
use crate::diagnostic::{Diagnostic, Diagnostics, Lang, SourceFiles};

/// How findings are shown.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The form.
    pub format: Format,
    /// The language of their words.
    pub lang: Lang,
    /// How many findings of each code people see; machines see all.
    pub most: Option<usize>,
}

impl View {
    /// Every finding.
    pub fn all(format: Format, lang: Lang) -> Self {
        View { format, lang, most: None }
    }
}

/// Renders the findings: machine forms to the standard output, JSON with `summary` beside them; text to the standard error.
pub fn render(diagnostics: &Diagnostics, files: &SourceFiles, view: View, summary: &impl Serialize) {
    #[derive(Serialize)]
    struct Rest<'a, S> {
        summary: &'a S,
    }
    render_with(diagnostics, files, view, &Rest { summary });
}

/// Like [`render`]; beside the findings of the JSON form stand the fields of `rest`.
pub fn render_with(diagnostics: &Diagnostics, files: &SourceFiles, view: View, rest: &impl Serialize) {
    let sorted = diagnostics.sorted(files);
    let found: Vec<Found<'_>> = sorted.iter().map(|d| Found::of(d, files, view.lang)).collect();
    let text = match view.format {
        Format::Human => return human::print(&sorted, files, view),
        Format::Json => json::text(&found, rest),
        Format::Sarif => sarif::text(&found, view.lang),
        Format::Github => github::text(&found),
        Format::Junit => junit::text(&found),
    };
    // A closed pipe is not our fault.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// One finding as machines see it.
#[derive(Debug, Serialize)]
struct Found<'a> {
    #[serde(serialize_with = "json::code")]
    code: crate::diagnostic::Code,
    severity: &'static str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pages: &'a [String],
}

impl<'a> Found<'a> {
    fn of(d: &'a Diagnostic, files: &SourceFiles, lang: Lang) -> Self {
        let position = d.span.map(|s| files.position(s));
        Found {
            code: d.code,
            severity: d.severity.name(),
            file: d.span.map(|s| files.get(s.file).path.clone()).or_else(|| d.path.clone()),
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            message: d.message.get(lang),
            hint: d.hint.as_ref().map(|h| h.get(lang)),
            pages: &d.pages,
        }
    }

    /// Message, cure and pages in one text.
    fn whole(&self) -> String {
        let hint = self.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
        let pages =
            if self.pages.is_empty() { String::new() } else { format!(" ({})", self.pages.join(", ")) };
        format!("{}{hint}{pages}", self.message)
    }
}
