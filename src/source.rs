//! The door to bytes: every input of a run is listed and read through a [`Source`], from disk or from memory.
//!
//! Links and special files are never followed: the check is made on the opened descriptor, not on the name
//! (a FIFO called `x.md` neither hangs nor is read). Listings are sorted, so order never depends on the disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

/// Largest picture or attachment accepted, in bytes.
pub const MAX_MEDIA: u64 = 512 * 1024 * 1024;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A symbolic link, FIFO, socket or device: never opened.
    Special,
}

/// One entry of a listing; `path` is relative to the source's root, with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path relative to the root.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
}

/// Where the bytes of a site come from.
pub trait Source: Sync {
    /// Every file below `folder` (`""` is the root), sorted by path; hidden and editor files are left out, and
    /// so are the folders named in `skip` (relative to the root). A missing folder gives an empty list.
    fn list(&self, folder: &str, skip: &[&str]) -> io::Result<Vec<Entry>>;

    /// The names of the folders directly inside `folder`, sorted.
    fn folders(&self, folder: &str) -> io::Result<Vec<String>>;

    /// The bytes of one file, at most `limit` of them.
    ///
    /// # Errors
    /// `NotFound` when there is none, `InvalidInput` when it is not a regular file, `FileTooLarge` over the limit.
    fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>>;

    /// Whether a regular file exists there.
    fn exists(&self, path: &str) -> bool;

    /// The templates of a theme under work, which stand for those in the program. None unless a preview follows one.
    ///
    /// # Errors
    /// When its folder cannot be read.
    fn theme(&self, _limit: u64) -> io::Result<Vec<Template>> {
        Ok(Vec::new())
    }

    /// A number that changes whenever the file may have changed; `None` where that is not known.
    fn version(&self, _path: &str) -> Option<u64> {
        None
    }
}

/// A template of a theme under work.
#[derive(Debug, Clone)]
pub struct Template {
    /// Name relative to the folder of templates.
    pub name: String,
    /// Path of its file, for people.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Hidden and editor files are never content: `.x`, `x~`, `#x#`, `x.swp`, `x.tmp`, `x.bak`.
pub fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || [".swp", ".swo", ".tmp", ".bak", ".orig"].iter().any(|ext| name.ends_with(ext))
}

/// A folder on disk.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// Reads below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Disk { root: root.into() }
    }

    fn open(&self, path: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(self.root.join(path), flags, Mode::empty())?);
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Ok(file)
    }
}

impl Source for Disk {
    fn list(&self, folder: &str, skip: &[&str]) -> io::Result<Vec<Entry>> {
        let start = self.root.join(folder);
        if !start.is_dir() {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        let relative = |path: &Path| slashed(path.strip_prefix(&self.root).unwrap_or(path));
        let walk = walkdir::WalkDir::new(&start).follow_links(false).into_iter().filter_entry(|e| {
            let hidden = e.depth() > 0 && is_ignored(&e.file_name().to_string_lossy());
            let skipped = e.file_type().is_dir() && skip.contains(&relative(e.path()).as_str());
            !hidden && !skipped
        });
        for entry in walk {
            let entry = entry.map_err(io::Error::from)?;
            let kind = if entry.file_type().is_file() { EntryKind::File } else { EntryKind::Special };
            if entry.file_type().is_dir() {
                continue;
            }
            entries.push(Entry { path: relative(entry.path()), kind });
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        let start = self.root.join(folder);
        if !start.is_dir() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in std::fs::read_dir(start)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() && !is_ignored(&name) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let file = self.open(path)?;
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes)?;
        within(bytes, limit)
    }

    fn exists(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok_and(|m| m.is_file())
    }
}

/// A tree held in memory: tests, and the built-in starter site.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// Adds or replaces one file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Removes one file.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }
}

impl Source for Memory {
    fn list(&self, folder: &str, skip: &[&str]) -> io::Result<Vec<Entry>> {
        let inside = |path: &str, dir: &str| {
            dir.is_empty() || path.strip_prefix(dir).is_some_and(|r| r.starts_with('/'))
        };
        Ok(self
            .files
            .keys()
            .filter(|p| inside(p, folder) && !skip.iter().any(|s| inside(p, s)))
            .filter(|p| !p.split('/').any(is_ignored))
            .map(|p| Entry { path: p.clone(), kind: EntryKind::File })
            .collect())
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut names: Vec<String> = self
            .files
            .keys()
            .filter_map(|p| p.strip_prefix(&prefix)?.split_once('/').map(|(name, _)| name.to_owned()))
            .collect();
        names.dedup();
        Ok(names)
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        within(self.files.get(path).ok_or(io::ErrorKind::NotFound)?.clone(), limit)
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

fn within(bytes: Vec<u8>, limit: u64) -> io::Result<Vec<u8>> {
    if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// A path with `/` between its parts, whatever the system.
pub fn slashed(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether Windows keeps this name for a device, with any extension: such a file could not be copied there.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Resolves a path written by an editor (`media/x.svg`, `../media/x.svg`) against the folder that holds the
/// content file, staying inside the site.
///
/// Gives the path relative to the site's root, or `None` when it would leave the root or is not a plain
/// relative path (leading `/`, `\`, NUL, drive letter, Windows reserved name, part over 100 bytes).
pub fn resolve_inside(folder: &str, written: &str) -> Option<String> {
    if written.is_empty() || written.starts_with('/') || written.chars().any(|c| c == '\\' || c.is_control())
    {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => {
                if part.len() > 100 || part.contains(':') || is_reserved(part) {
                    return None;
                }
                parts.push(part);
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_paths_stay_inside() {
        assert_eq!(resolve_inside("servizi", "../media/a.svg").as_deref(), Some("media/a.svg"));
        assert_eq!(resolve_inside("", "media/a.svg").as_deref(), Some("media/a.svg"));
        for bad in ["../../x", "/etc/passwd", "a\\b", "c:/x", "nul", "a/../../..", "con.txt", ""] {
            assert_eq!(resolve_inside("servizi", bad), None, "{bad}");
        }
    }

    #[test]
    fn memory_lists_below_a_folder() {
        let mut memory = Memory::default();
        for path in ["a/x.md", "a/.hidden", "ab/y.md", "a/public/z.html"] {
            memory.insert(path, "");
        }
        let listed: Vec<_> = memory.list("a", &["a/public"]).unwrap().into_iter().map(|e| e.path).collect();
        assert_eq!(listed, ["a/x.md"]);
    }
}
