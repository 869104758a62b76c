//! The files of a folder as last seen: listings come from memory, bytes from disk, and each file has a version that grows when it
//! changes, so that a run after an edit touches only what was edited.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::content::Kind;
use crate::source::{Disk, Entry, EntryKind, Source, Template, is_ignored, slashed};

/// The files of a Comune or workspace.
pub struct Tree {
    root: PathBuf,
    disk: Disk,
    theme: Option<PathBuf>,
    files: BTreeMap<String, Known>,
    versions: u64,
}

struct Known {
    kind: EntryKind,
    version: u64,
    mark: Mark,
}

/// What the system says of a file without opening it; two states of a file never share it, as long as a change is looked at some
/// milliseconds after it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Mark {
    fn of(metadata: &std::fs::Metadata) -> Self {
        Mark {
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// The folder of a theme that holds its templates.
pub const TEMPLATES: &str = "templates";

/// The folders of a Comune whose files make its site.
pub fn folders() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::folder).chain(["albo", "media", "static", "templates"])
}

/// Whether a site can depend on a file, by its path relative to the root.
fn relevant(path: &str) -> bool {
    if path.split('/').any(is_ignored) {
        return false;
    }
    let own = path.strip_prefix("comuni/").and_then(|rest| rest.split_once('/')).map_or(path, |(_, own)| own);
    let first = own.split('/').next().unwrap_or_default();
    if own.len() == first.len() {
        return first == "comune.yaml" || path == "consorzio.yaml";
    }
    path.starts_with("catalogo/") || folders().any(|folder| folder == first)
}

impl Tree {
    /// Looks at every file below `root`; templates are those of the folder `theme`, if there is one.
    pub fn new(root: &Path, theme: Option<&Path>) -> Self {
        let theme = theme.map(Path::to_owned);
        let (root, disk) = (root.to_owned(), Disk::new(root));
        let mut tree = Tree { root, disk, theme, files: BTreeMap::new(), versions: 0 };
        tree.look(&tree.places(), &mut BTreeSet::new());
        tree
    }

    /// The folders and files that can hold something relevant: what [`Tree::new`] looks at.
    fn places(&self) -> BTreeSet<PathBuf> {
        let below = |dir: &Path| -> Vec<PathBuf> {
            let names = folders().chain(["comune.yaml"]);
            names.map(|name| dir.join(name)).collect()
        };
        let mut places: BTreeSet<PathBuf> = below(&self.root).into_iter().collect();
        places.extend(["consorzio.yaml", "catalogo"].map(|name| self.root.join(name)));
        for name in self.disk.folders("comuni").unwrap_or_default() {
            places.extend(below(&self.root.join("comuni").join(name)));
        }
        places
    }

    /// Looks again at some files and folders, or at everything (`None`): the relative paths of files that came, went or changed.
    pub fn refresh(&mut self, paths: Option<&BTreeSet<PathBuf>>) -> BTreeSet<String> {
        let mut changed = BTreeSet::new();
        if let Some(paths) = paths {
            self.look(paths, &mut changed);
        } else {
            let mut places = self.places();
            places.extend(self.files.keys().map(|path| self.root.join(path)));
            self.look(&places, &mut changed);
        }
        changed
    }

    fn look(&mut self, paths: &BTreeSet<PathBuf>, changed: &mut BTreeSet<String>) {
        for path in paths {
            let Ok(relative) = path.strip_prefix(&self.root) else { continue };
            let relative = slashed(relative);
            let found = self.found(path);
            let gone: Vec<String> =
                self.below(&relative).filter(|known| !found.contains_key(*known)).cloned().collect();
            for path in gone {
                self.files.remove(&path);
                changed.insert(path);
            }
            for (path, (kind, mark)) in found {
                if self.files.get(&path).is_none_or(|known| known.mark != mark || known.kind != kind) {
                    self.versions += 1;
                    self.files.insert(path.clone(), Known { kind, version: self.versions, mark });
                    changed.insert(path);
                }
            }
        }
    }

    /// The relevant files at and below a path, as they are on disk now. What vanishes meanwhile has its own event.
    fn found(&self, path: &Path) -> BTreeMap<String, (EntryKind, Mark)> {
        let hidden =
            |entry: &walkdir::DirEntry| entry.depth() > 0 && is_ignored(&entry.file_name().to_string_lossy());
        let files = WalkDir::new(path)
            .follow_links(false)
            .into_iter()
            .filter_entry(|e| !hidden(e))
            .filter_map(Result::ok);
        let mut found = BTreeMap::new();
        for file in files.filter(|entry| !entry.file_type().is_dir()) {
            let Ok(relative) = file.path().strip_prefix(&self.root) else { continue };
            let relative = slashed(relative);
            let Some(metadata) = relevant(&relative).then(|| file.metadata().ok()).flatten() else {
                continue;
            };
            let kind = if file.file_type().is_file() { EntryKind::File } else { EntryKind::Special };
            found.insert(relative, (kind, Mark::of(&metadata)));
        }
        found
    }

    /// Known files at and below a path.
    fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a String> {
        let inside = move |known: &&String| {
            known
                .strip_prefix(path)
                .is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with('/'))
        };
        self.files
            .range(path.to_owned()..)
            .map(|(known, _)| known)
            .take_while(move |k| k.starts_with(path))
            .filter(inside)
    }
}

impl Source for Tree {
    fn list(&self, folder: &str, skip: &[&str]) -> io::Result<Vec<Entry>> {
        let inside = |path: &str, dir: &str| path.strip_prefix(dir).is_some_and(|rest| rest.starts_with('/'));
        let kept = self.below(folder).filter(|path| !skip.iter().any(|dir| inside(path, dir)));
        Ok(kept.map(|path| Entry { path: path.clone(), kind: self.files[path].kind }).collect())
    }

    fn folders(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.folders(folder)
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        self.disk.read(path, limit)
    }

    fn exists(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|known| known.kind == EntryKind::File)
    }

    fn theme(&self, limit: u64) -> io::Result<Vec<Template>> {
        let Some(dir) = self.theme.as_ref().map(|theme| theme.join(TEMPLATES)) else { return Ok(Vec::new()) };
        let folder = Disk::new(&dir);
        let template = |entry: &Entry| entry.kind == EntryKind::File && entry.path.ends_with(".html");
        let read = |Entry { path: name, .. }: Entry| {
            let (path, bytes) = (slashed(&dir.join(&name)), folder.read(&name, limit)?);
            Ok(Template { name, path, bytes })
        };
        folder.list("", &[])?.into_iter().filter(template).map(read).collect()
    }

    fn version(&self, path: &str) -> Option<u64> {
        self.files.get(path).map(|known| known.version)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn listed(tree: &Tree, folder: &str) -> Vec<String> {
        tree.list(folder, &[]).unwrap().into_iter().map(|e| e.path).collect()
    }

    #[test]
    fn only_what_makes_the_site_counts() {
        for path in [
            "comune.yaml",
            "servizi/a.md",
            "media/x/y.png",
            "comuni/ala/comune.yaml",
            "comuni/ala/albo/r.jsonl",
            "catalogo/servizi/a.md",
            "consorzio.yaml",
        ] {
            assert!(relevant(path), "{path}");
        }
        for path in [
            "public/index.html",
            "comuni/ala/public/x.html",
            "servizi/.a.md.swp",
            "servizi/a.md~",
            "leggimi.txt",
            "comuni/ala/note.txt",
            "altro/a.md",
            ".git/x",
        ] {
            assert!(!relevant(path), "{path}");
        }
    }

    #[test]
    fn changes_are_seen_and_the_rest_keeps_its_version() {
        let dir = tempfile::TempDir::new().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("comune.yaml", "a: 1");
        write("servizi/a.md", "uno");
        write("servizi/b.md", "due");
        write("public/servizi/a.md", "no");
        let mut tree = Tree::new(dir.path(), None);
        assert_eq!(listed(&tree, "servizi"), ["servizi/a.md", "servizi/b.md"]);
        let (a, b) = (tree.version("servizi/a.md"), tree.version("servizi/b.md"));
        write("servizi/a.md", "tre");
        write("servizi/.a.md.swx", "no");
        let touched = |names: &[&str]| names.iter().map(|n| dir.path().join(n)).collect::<BTreeSet<_>>();
        let seen = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(
            tree.refresh(Some(&touched(&["servizi/a.md", "servizi/b.md", "servizi/.a.md.swx"]))),
            seen(&["servizi/a.md"])
        );
        assert_ne!(tree.version("servizi/a.md"), a);
        assert_eq!(tree.version("servizi/b.md"), b);
        fs::rename(dir.path().join("servizi"), dir.path().join("luoghi")).unwrap();
        let moved = seen(&["luoghi/a.md", "luoghi/b.md", "servizi/a.md", "servizi/b.md"]);
        assert_eq!(tree.refresh(Some(&touched(&["servizi", "luoghi"]))), moved);
        fs::remove_dir_all(dir.path().join("luoghi")).unwrap();
        assert_eq!(tree.refresh(None), seen(&["luoghi/a.md", "luoghi/b.md"]));
        assert_eq!(listed(&tree, "luoghi"), Vec::<String>::new());
    }
}
