//! What an open page is told: whether it has changed, what forbids to publish, what is found on the page itself.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::page::Page;
use super::session::State;
use crate::diagnostic::{Diagnostic, Diagnostics, Lang, Severity, SourceFiles};

/// Most findings of a kind that are told; how many more there are is said.
const MOST: usize = 20;

/// How a file is opened at a place: an address with `{file}`, `{riga}` and `{colonna}`.
#[derive(Debug, Clone)]
pub struct Editor(pub String);

impl Editor {
    /// For the files of a folder.
    pub fn at<'a>(&'a self, root: &'a Path) -> Opener<'a> {
        Opener { template: &self.0, root }
    }
}

/// Makes the addresses that open files of a folder.
pub struct Opener<'a> {
    template: &'a str,
    root: &'a Path,
}

impl Opener<'_> {
    fn address(&self, file: &str, (line, column): (usize, usize)) -> String {
        const PATH: &AsciiSet =
            &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');
        let full: PathBuf = self.root.join(file);
        let full = utf8_percent_encode(&full.to_string_lossy(), PATH).to_string();
        let with = self.template.replace("{file}", &full);
        with.replace("{riga}", &line.to_string()).replace("{colonna}", &column.to_string())
    }
}

/// News about a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Of the state that it tells of.
    stato: u64,
    /// The day on which the site is looked at.
    giorno: String,
    #[serde(flatten)]
    page: Page,
    /// What forbids to publish: the page shown is the last sound one.
    errori: List,
    /// What was found on the page; nothing as long as it has not been judged.
    pagina: Option<List>,
    lingua: &'static str,
}

/// Some findings, and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
struct List {
    voci: Vec<Voce>,
    altri: usize,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Voce {
    livello: &'static str,
    codice: &'static str,
    messaggio: String,
    rimedio: Option<String>,
    luogo: Option<String>,
    brano: Option<String>,
    apri: Option<String>,
}

impl Status {
    /// Of a page, with what is found on it where its path is given.
    pub fn new(state: &State, judged: Option<&str>, page: Page, opener: &Opener<'_>, lang: Lang) -> Self {
        let teller = Teller { sources: &state.sources, opener, lang };
        let error = |d: &&Diagnostic| d.severity == Severity::Error;
        let all = state.diagnostics.iter().chain(state.of_all_pages());
        let errors: Vec<Diagnostic> = all.clone().filter(error).cloned().collect();
        let found = judged.map(|path| {
            let own = state.route(path).and_then(|route| route.source).map(|span| span.file);
            let about = |d: &&Diagnostic| {
                d.severity != Severity::Error && own.is_some() && d.span.map(|s| s.file) == own
            };
            let mut found: Vec<Diagnostic> = all.filter(about).cloned().collect();
            found.extend(state.on_page(path));
            teller.list(found)
        });
        Status {
            stato: state.number,
            giorno: state.day.to_string(),
            page,
            errori: teller.list(errors),
            pagina: found,
            lingua: if lang == Lang::It { "it" } else { "en" },
        }
    }
}

struct Teller<'a> {
    sources: &'a SourceFiles,
    opener: &'a Opener<'a>,
    lang: Lang,
}

impl Teller<'_> {
    fn list(&self, found: Vec<Diagnostic>) -> List {
        let mut sorted = Diagnostics::from(found).sorted(self.sources);
        sorted.sort_by_key(|d| d.severity);
        let altri = sorted.len().saturating_sub(MOST);
        List { voci: sorted.iter().take(MOST).map(|d| self.voce(d)).collect(), altri }
    }

    fn voce(&self, d: &Diagnostic) -> Voce {
        let place = d.span.map(|span| (self.sources.get(span.file), self.sources.position(span)));
        Voce {
            livello: d.severity.name(),
            codice: d.code.name(),
            messaggio: d.message.get(self.lang).to_owned(),
            rimedio: d.hint.as_ref().map(|hint| hint.get(self.lang).to_owned()),
            luogo: place.map(|(file, (line, _))| format!("{}:{line}", file.path)).or_else(|| d.path.clone()),
            brano: place.and_then(|(file, (line, _))| {
                file.text.lines().nth(line - 1).map(|l| l.trim().chars().take(200).collect())
            }),
            apri: place.map(|(file, at)| self.opener.address(&file.path, at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_opened_at_its_line() {
        let editor = Editor("vscode://file{file}:{riga}:{colonna}".to_owned());
        let address = editor.at(Path::new("/case/il mio sito")).address("servizi/a\"b.md", (3, 7));
        assert_eq!(address, "vscode://file/case/il%20mio%20sito/servizi/a%22b.md:3:7");
    }
}
