//! Findings for people (source line, place, cure) and for machines (one JSON object).

use std::io::{IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::args::Format;
use crate::diagnostic::{Diagnostic, Diagnostics, Lang, Severity, SourceFiles};

/// One finding of the JSON form.
#[derive(Debug, Serialize)]
struct Record<'a> {
    code: &'static str,
    severity: &'static str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    hint: Option<&'a str>,
}

/// Renders the findings: JSON to the standard output, with `summary` beside them; text to the standard error.
pub fn render(
    diagnostics: &Diagnostics,
    files: &SourceFiles,
    format: Format,
    lang: Lang,
    summary: &impl Serialize,
) {
    #[derive(Serialize)]
    struct Rest<'a, S> {
        summary: &'a S,
    }
    render_with(diagnostics, files, format, lang, &Rest { summary });
}

/// Like [`render`]; beside the findings stand the fields of `rest`.
pub fn render_with(
    diagnostics: &Diagnostics,
    files: &SourceFiles,
    format: Format,
    lang: Lang,
    rest: &impl Serialize,
) {
    let sorted = diagnostics.sorted(files);
    match format {
        Format::Json => json(&sorted, files, lang, rest),
        Format::Human => human(&sorted, files, lang),
    }
}

fn json(diagnostics: &[Diagnostic], files: &SourceFiles, lang: Lang, rest: &impl Serialize) {
    #[derive(Serialize)]
    struct Report<'a, R: Serialize> {
        diagnostics: Vec<Record<'a>>,
        #[serde(flatten)]
        rest: &'a R,
    }
    let record = |d| {
        let d: &Diagnostic = d;
        let position = d.span.map(|s| files.position(s));
        Record {
            code: d.code.name(),
            severity: d.severity.name(),
            file: d.span.map(|s| files.get(s.file).path.clone()).or_else(|| d.path.clone()),
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            message: d.message.get(lang),
            hint: d.hint.as_ref().map(|h| h.get(lang)),
        }
    };
    let report = Report { diagnostics: diagnostics.iter().map(record).collect(), rest };
    let text = serde_json::to_string(&report).unwrap_or_default();
    // A closed pipe is not our fault.
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn human(diagnostics: &[Diagnostic], files: &SourceFiles, lang: Lang) {
    let stderr = std::io::stderr();
    let colours = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut out = stderr.lock();
    for diagnostic in diagnostics {
        let _ = writeln!(out, "{}\n", renderer.render(&[report(diagnostic, files, lang)]));
    }
}

/// One finding as a report: title, source line with the place marked, cure.
fn report<'a>(d: &'a Diagnostic, files: &'a SourceFiles, lang: Lang) -> Group<'a> {
    let (level, name) = match (d.severity, lang) {
        (Severity::Error, Lang::It) => (Level::ERROR, "errore"),
        (Severity::Error, Lang::En) => (Level::ERROR, "error"),
        (Severity::Warning, Lang::It) => (Level::WARNING, "avviso"),
        (Severity::Warning, Lang::En) => (Level::WARNING, "warning"),
        (Severity::Hint, Lang::It) => (Level::NOTE, "consiglio"),
        (Severity::Hint, Lang::En) => (Level::NOTE, "hint"),
    };
    let mut group = level
        .with_name(name)
        .primary_title(d.message.get(lang))
        .id(d.code.name())
        .elements(Vec::<Origin<'_>>::new());
    if let Some(span) = d.span {
        let file = files.get(span.file);
        let range = visible(&file.text, span.start as usize, span.end as usize);
        let snippet = Snippet::source(file.text.as_str())
            .path(file.path.as_str())
            .annotation(AnnotationKind::Primary.span(range));
        group = group.element(snippet);
    } else if let Some(path) = &d.path {
        group = group.element(Origin::path(path.as_str()));
    }
    if let Some(hint) = &d.hint {
        let help = if lang == Lang::It { "rimedio" } else { "help" };
        group = group.element(Level::HELP.with_name(help).message(hint.get(lang)));
    }
    group
}

/// A range inside the text, on character boundaries and cut at the end of its first line, so that one line is quoted.
fn visible(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(start.min(text.len()));
    let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    start..floor(end.clamp(start, line_end))
}
