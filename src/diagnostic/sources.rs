//! The texts that were read, by id. A session that reads a folder again and again keeps the ids of files that are still there, so that
//! what was made from a text that did not change need not be made again.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{FileId, Span};

/// Tells a text from every other that the same [`SourceFiles`] have held.
pub type Stamp = u64;

/// One text file that was read: what diagnostics quote from.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path as shown to people, relative to the folder given on the command line, with `/`.
    pub path: String,
    /// Text after removal of the byte-order mark and of carriage returns.
    pub text: Arc<str>,
    /// Changes with the text.
    pub stamp: Stamp,
    version: Option<u64>,
    read: bool,
}

/// All text files of a run, addressed by [`FileId`].
#[derive(Debug, Default, Clone)]
pub struct SourceFiles {
    files: Vec<SourceFile>,
    ids: FxHashMap<String, FileId>,
    free: Vec<FileId>,
    stamps: Stamp,
}

impl SourceFiles {
    /// The same files, for the next run of a session: those that it does not read are then forgotten by the run after it.
    #[must_use]
    pub fn again(&self) -> Self {
        let mut next = self.clone();
        for (n, file) in next.files.iter_mut().enumerate() {
            let read = std::mem::replace(&mut file.read, false);
            if !read && next.ids.remove(&file.path).is_some() {
                file.path = String::new();
                file.text = Arc::from("");
                next.free.push(FileId(u32::try_from(n).unwrap_or(u32::MAX)));
            }
        }
        next
    }

    /// Adds a file, or its text of this run, and gives its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.add_version(path, text, None)
    }

    /// The same; `version` is what [`SourceFiles::unchanged`] will be asked about.
    pub fn add_version(
        &mut self,
        path: impl Into<String>,
        text: impl Into<Arc<str>>,
        version: Option<u64>,
    ) -> FileId {
        let (path, text) = (path.into(), text.into());
        let known = self.ids.get(&path).copied();
        if let Some(id) = known
            && self.get(id).text == text
        {
            let file = &mut self.files[id.0 as usize];
            (file.version, file.read) = (version, true);
            return id;
        }
        self.stamps += 1;
        let file = SourceFile { path: path.clone(), text, stamp: self.stamps, version, read: true };
        let id = if let Some(id) = known.or_else(|| self.free.pop()) {
            self.files[id.0 as usize] = file;
            id
        } else {
            self.files.push(file);
            FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
        };
        self.ids.insert(path, id);
        id
    }

    /// The file at a path, if the run before read it in this very version: then this run has it too.
    pub fn unchanged(&mut self, path: &str, version: Option<u64>) -> Option<FileId> {
        let id = *self.ids.get(path)?;
        let file = &mut self.files[id.0 as usize];
        let same = version.is_some() && file.version == version;
        file.read |= same;
        same.then_some(id)
    }

    /// The file of an id made by [`SourceFiles::add`].
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Line and column (1-based, columns in characters) of a span's start.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let text = &self.get(span.file).text;
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters() {
        let mut files = SourceFiles::default();
        let id = files.add("a.md", "è uno\nàb due");
        assert_eq!(files.position(Span::new(id, 0..1)), (1, 1));
        let start = files.get(id).text.find("due").unwrap();
        assert_eq!(files.position(Span::new(id, start..start + 3)), (2, 4));
    }

    #[test]
    fn ids_stay_and_stamps_follow_the_text() {
        let mut first = SourceFiles::default();
        let (a, b) = (first.add_version("a.md", "uno", Some(1)), first.add("b.md", "due"));
        let stamp = first.get(a).stamp;
        let mut second = first.again();
        assert_eq!((second.unchanged("a.md", Some(1)), second.unchanged("b.md", None)), (Some(a), None));
        assert_eq!(second.add_version("a.md", "uno", Some(2)), a);
        assert_eq!(second.get(a).stamp, stamp);
        assert_eq!(second.add_version("a.md", "tre", Some(3)), a);
        assert_ne!(second.get(a).stamp, stamp);
        // b.md was not read by the second run: the third gives its id away.
        let mut third = second.again();
        assert_eq!(third.add("c.md", "due"), b);
        assert_eq!(third.unchanged("b.md", None), None);
    }
}
