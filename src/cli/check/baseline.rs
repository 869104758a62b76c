//! Known faults: a file that lets a big site get better step by step while new faults still fail.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceFiles};
use crate::text;

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Baseline {
    /// Messages by code and file, as they were.
    difetti: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Baseline {
    /// Today's faults. Messages are kept in Italian, whatever the language of the run.
    pub fn of(diagnostics: &Diagnostics, files: &SourceFiles) -> Self {
        let mut known = Baseline::default();
        for d in diagnostics.sorted(files) {
            let by_file = known.difetti.entry(d.code.name().to_owned()).or_default();
            by_file.entry(place(&d, files)).or_default().push(d.message.it.clone());
        }
        known
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut staged = path.as_os_str().to_owned();
        staged.push(".parziale");
        std::fs::write(&staged, serde_json::to_string_pretty(self)? + "\n")?;
        std::fs::rename(&staged, path)
    }

    /// Takes known faults out: those of the same words, and, where a file has no more faults of a code than it had, all of them.
    /// Gives how many were known; faults that are gone become a hint.
    pub fn apply(&self, diagnostics: &mut Diagnostics, files: &SourceFiles) -> usize {
        let today = Baseline::of(diagnostics, files);
        let none = Vec::new();
        let messages = |known: &'_ Baseline, code: &str, file: &str| -> Vec<String> {
            known.difetti.get(code).and_then(|f| f.get(file)).unwrap_or(&none).clone()
        };
        let before = diagnostics.iter().count();
        diagnostics.retain(|d| {
            let (code, file) = (d.code.name(), place(d, files));
            let known = messages(self, code, &file);
            let count = messages(&today, code, &file).len();
            count > known.len() && !known.contains(&d.message.it)
        });
        let silent = before - diagnostics.iter().count();
        let gone: BTreeSet<&str> = self
            .difetti
            .iter()
            .flat_map(|(code, files)| files.iter().map(move |(file, known)| (code, file, known.len())))
            .filter(|(code, file, known)| messages(&today, code, file).len() < *known)
            .map(|(code, ..)| code.as_str())
            .collect();
        if !gone.is_empty() {
            let list = gone.into_iter().collect::<Vec<_>>().join(", ");
            diagnostics.push(
                Diagnostic::new(
                    Code::CheckBaseline,
                    text!(
                        "alcuni difetti noti non ci sono più: {list}",
                        "some known faults are gone: {list}"
                    ),
                )
                .hint(text!(
                    "riscrivi il file con --write-baseline, perché non tornino",
                    "write the file again with --write-baseline, lest they come back"
                )),
            );
        }
        silent
    }
}

fn place(d: &Diagnostic, files: &SourceFiles) -> String {
    let file = d.span.map(|span| files.get(span.file).path.clone());
    file.or_else(|| d.path.clone()).unwrap_or_default()
}
