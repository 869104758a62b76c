//! From a finding on a page back to what caused it: the line of a content file, a field of `comune.yaml`, or the template at fault.

use super::Input;
use super::audit::{Finding, Origin};
use crate::content::Kind;
use crate::diagnostic::{FileId, SourceFiles, Span};
use crate::plan::Route;

/// Where a finding comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A place in a file of the Comune.
    Span(Span),
    /// A template of the theme, by its path in the product.
    Theme(String),
}

/// What causes are looked for in.
pub struct Origins<'a> {
    /// The texts as written.
    pub texts: &'a SourceFiles,
    /// `comune.yaml`.
    pub config: FileId,
    /// Content files, those of the shared catalogue too.
    pub contents: &'a [FileId],
    /// Templates of the Comune: name, file.
    pub templates: &'a [(String, FileId)],
}

impl<'a> Origins<'a> {
    /// Those of what is judged.
    pub fn of(input: &Input<'a>) -> Self {
        let Input { texts, config, contents, templates, .. } = *input;
        Origins { texts, config, contents, templates }
    }
    /// The place of a finding on the page of `route`.
    pub fn place(&self, finding: &Finding, route: &Route) -> Place {
        let own = route.source.map(|span| span.file);
        let found = match &finding.origin {
            Origin::Words(words) => self.words(words, own),
            Origin::Field(field) => own.map(|file| self.field(file, field)),
            Origin::Config(path) => Some(self.setting(path)),
            Origin::Template | Origin::Part(_) => None,
        };
        found.map_or_else(|| self.template(finding, route), Place::Span)
    }

    /// The first place that holds these words: the page's own content first, then the configuration, then other contents and templates.
    fn words(&self, words: &str, own: Option<FileId>) -> Option<Span> {
        let templates = self.templates.iter().map(|(_, file)| file);
        let rest = std::iter::once(&self.config).chain(self.contents).chain(templates);
        own.iter().chain(rest).find_map(|file| {
            let range = find_words(&self.texts.get(*file).text, words)?;
            Some(Span::new(*file, range))
        })
    }

    /// The line of a field, or of the official heading that stands for it, or the beginning of the file.
    fn field(&self, file: FileId, field: &str) -> Span {
        let text = &self.texts.get(file).text;
        let heading = Kind::ALL
            .iter()
            .flat_map(|kind| kind.sections())
            .find(|(_, name)| *name == field)
            .map(|(heading, _)| format!("## {heading}"));
        let line = |wanted: &str| {
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                if line
                    .trim_end()
                    .strip_prefix(wanted)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
                {
                    return Some(at..at + wanted.len());
                }
                at += line.len();
            }
            None
        };
        let range = line(field).or_else(|| heading.and_then(|heading| line(&heading)));
        range.map_or(Span::file_start(file), |range| Span::new(file, range))
    }

    /// The line of a setting, or of the innermost group that exists.
    fn setting(&self, path: &str) -> Span {
        let text = &self.texts.get(self.config).text;
        let (mut at, mut best) = (0, Span::file_start(self.config));
        let mut wanted = path.split('.').peekable();
        for line in text.split_inclusive('\n') {
            let Some(key) = wanted.peek() else { break };
            let indent = line.len() - line.trim_start().len();
            if line.trim_start().strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
                best = Span::new(self.config, at + indent..at + indent + key.len());
                wanted.next();
            }
            at += line.len();
        }
        best
    }

    fn template(&self, finding: &Finding, route: &Route) -> Place {
        let name = match finding.origin {
            Origin::Part(part) => format!("parts/{part}"),
            _ => route.kind.template().to_owned(),
        };
        match self.templates.iter().find(|(own, _)| *own == name || *own == "base.html") {
            Some((_, file)) => Place::Span(Span::file_start(*file)),
            None => Place::Theme(format!("themes/comuni/templates/{name}")),
        }
    }
}

/// Where a text holds these words in a row, whatever stands between them (marks, spaces, line ends); long quotes by their beginning.
pub fn find_words(text: &str, words: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<&str> = tokens(words).map(|(_, word)| word).take(12).collect();
    let first = wanted.first()?;
    tokens(text).filter(|(_, word)| same(word, first)).find_map(|(start, _)| {
        let mut written = tokens(&text[start..]);
        let mut end = start;
        for word in &wanted {
            let (at, found) = written.next().filter(|(_, found)| same(found, word))?;
            end = start + at + found.len();
        }
        Some(start..end)
    })
}

/// The words of a text, each with where it begins.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let apart = |c: char| !c.is_alphanumeric();
    let mut end = 0;
    let words = text.split_inclusive(apart).map(move |piece| {
        let start = end;
        end += piece.len();
        (start, piece.trim_end_matches(apart))
    });
    words.filter(|(_, word)| !word.is_empty())
}

/// Whether two words are the same, letter case aside.
fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (!(a.is_ascii() && b.is_ascii())
            && a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_through_marks() {
        let text = "testo: >\n  Per il **modulo**\n  [clicca qui](/x/).";
        assert_eq!(find_words(text, "modulo clicca").map(|r| &text[r]), Some("modulo**\n  [clicca"));
        assert_eq!(find_words(text, "clicca là"), None);
        assert_eq!(find_words(text, "—"), None);
    }
}
