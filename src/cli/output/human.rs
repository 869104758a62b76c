//! Findings for people, to the standard error: the source line with the place marked, the cure, the pages concerned.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::View;
use crate::diagnostic::{Code, Diagnostic, Lang, Severity, SourceFiles};

/// How many addresses of pages are named; the others are counted.
const PAGES: usize = 3;

/// Prints the findings, of each code no more than asked for; the others are counted.
pub fn print(diagnostics: &[Diagnostic], files: &SourceFiles, view: View) {
    let stderr = std::io::stderr();
    let colours = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut out = stderr.lock();
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let count = seen.entry(diagnostic.code).or_default();
        *count += 1;
        if view.most.is_none_or(|most| *count <= most) {
            let pages = pages(&diagnostic.pages, view.lang);
            let group = report(diagnostic, files, view.lang, pages.as_deref());
            let _ = writeln!(out, "{}\n", renderer.render(&[group]));
        }
    }
    let Some(most) = view.most else { return };
    for (code, more) in seen.into_iter().filter_map(|(code, count)| Some((code, count.checked_sub(most)?))) {
        if more > 0 {
            let name = code.name();
            let _ = match view.lang {
                Lang::It => writeln!(out, "{name}: e altri {more} come questo (--tutti per vederli)."),
                Lang::En => writeln!(out, "{name}: and {more} more like this (--tutti shows them)."),
            };
        }
    }
}

/// The pages concerned, the first by name.
fn pages(pages: &[String], lang: Lang) -> Option<String> {
    let named = pages.iter().take(PAGES).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = pages.len().saturating_sub(PAGES);
    (!pages.is_empty()).then(|| match (lang, more) {
        (_, 0) => named,
        (Lang::It, more) => format!("{named} e altre {more}"),
        (Lang::En, more) => format!("{named} and {more} more"),
    })
}

/// One finding as a report: title, source line with the place marked, cure.
fn report<'a>(d: &'a Diagnostic, files: &'a SourceFiles, lang: Lang, pages: Option<&'a str>) -> Group<'a> {
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
        let snippet = Snippet::source(&*file.text)
            .path(file.path.as_str())
            .annotation(AnnotationKind::Primary.span(range));
        group = group.element(snippet);
    } else if let Some(path) = &d.path {
        group = group.element(Origin::path(path.as_str()));
    }
    if let Some(pages) = pages {
        let name = if lang == Lang::It { "pagine" } else { "pages" };
        group = group.element(Level::NOTE.with_name(name).message(pages));
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
