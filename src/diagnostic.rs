//! Diagnostics are values: every stage pushes what it finds and goes on, `cli` renders them at the end.
//!
//! A [`Diagnostic`] names a [`Code`], a place in a source file and what to do about it, in Italian and English.

mod codes;
mod sources;

pub use codes::{Code, Explanation};
pub use sources::{SourceFile, SourceFiles, Stamp};

/// A text in the two languages of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Italian, what editors read by default.
    pub it: String,
    /// English, by `--lang en` or the locale.
    pub en: String,
}

impl Text {
    /// The text in the given language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::It => &self.it,
            Lang::En => &self.en,
        }
    }
}

/// Builds a [`Text`] from an Italian and an English format string.
#[macro_export]
macro_rules! text {
    ($it:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::diagnostic::Text { it: format!($it $(, $($arg)*)?), en: format!($en $(, $($arg)*)?) }
    };
}

/// Language of the command line's own words (not of the site).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Italian.
    #[default]
    It,
    /// English.
    En,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be published.
    Error,
    /// The site is published, but somebody should look.
    Warning,
    /// A suggestion.
    Hint,
}

impl Severity {
    /// The stable name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// Identifies a source file inside [`SourceFiles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A byte range of a source file; `start == end` marks a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `range` of `file`. Source files are at most 5 MB, so offsets fit 32 bits.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The beginning of a file, for findings about the file as a whole.
    pub fn file_start(file: FileId) -> Self {
        Span { file, start: 0, end: 0 }
    }
}

/// A value together with the place where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Stable code, see `campanile explain`.
    pub code: Code,
    /// How grave.
    pub severity: Severity,
    /// Where; `None` when no file is at fault (for example a missing folder).
    pub span: Option<Span>,
    /// Path of the thing at fault when it is not a text file that was read (an image, a folder).
    pub path: Option<String>,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub hint: Option<Text>,
    /// Addresses of the published pages where it shows, for findings on the output.
    pub pages: Vec<String>,
}

impl Diagnostic {
    /// A finding of the code's usual severity.
    pub fn new(code: Code, message: Text) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            span: None,
            path: None,
            message,
            hint: None,
            pages: Vec::new(),
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Sets the path of a file that is not text.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Sets the remedy.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Overrides the severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Collects the findings of a run.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds many findings.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.items.extend(other);
    }

    /// Keeps the findings that pass.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(keep);
    }

    /// Whether anything forbids publication.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.items.iter().filter(|d| d.severity == severity).count()
    }

    /// The findings ordered by file path, position and code, without repetitions: the same on every run.
    pub fn sorted(&self, files: &SourceFiles) -> Vec<Diagnostic> {
        let place = |d: &Diagnostic| match (d.span, &d.path) {
            (Some(s), _) => (files.get(s.file).path.clone(), s.start),
            (None, Some(p)) => (p.clone(), 0),
            (None, None) => (String::new(), 0),
        };
        let mut items = self.items.clone();
        items.sort_by_cached_key(|d| (place(d), d.code, d.message.it.clone()));
        items.dedup_by(|a, b| a.code == b.code && a.message == b.message && place(a) == place(b));
        items
    }

    /// The findings in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(items: Vec<Diagnostic>) -> Self {
        Diagnostics { items }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// The candidate nearest to what was written, if any is near enough to be a slip of the fingers.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(&written, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= 2.max(c.chars().count() / 3))
        .min() // by distance, then by name: the same on every run
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_ignores_far_words() {
        assert_eq!(nearest("titlo", ["titolo", "tipo"]), Some("titolo"));
        assert_eq!(nearest("zzzzzz", ["titolo", "tipo"]), None);
    }
}
