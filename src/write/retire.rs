//! What becomes of a tree that is no longer published: the one just replaced, or one left by a killed run.
//!
//! Files in its manifest go, and files of others that the published tree has too. What remains was changed by
//! others while the trees were being exchanged: it is put back if its place is free, else kept aside.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::disk::{self, Item};
use super::manifest::Manifest;
use super::place::Place;
use super::{MANIFEST, exchange, staging, tree};

/// What to do with a file of others that is not in the published tree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// It arrived an instant ago: put it where it was meant to be.
    PutBack,
    /// Nobody knows whether its owner has deleted it from the published tree since: keep it aside.
    KeepAside,
}

/// Removes the trees that killed runs have left, called while holding the lock. Gives those kept aside.
pub fn leftovers(place: &Place) -> Vec<PathBuf> {
    let nurseries = place.siblings(staging::KIND);
    let staged = nurseries.iter().flat_map(|nursery| subfolders(nursery));
    let trees = staged.chain(place.siblings(exchange::OLD));
    let kept = trees.filter_map(|tree| retire(&tree, place, Late::KeepAside)).collect();
    for nursery in &nurseries {
        clear(nursery);
    }
    kept
}

fn subfolders(dir: &Path) -> Vec<PathBuf> {
    let items = disk::list(dir).unwrap_or_default();
    items.into_iter().filter(|item| item.is_dir).map(|item| dir.join(item.name)).collect()
}

/// Removes a folder that held trees, unless one could not be removed.
fn clear(nursery: &Path) {
    for item in disk::list(nursery).unwrap_or_default().into_iter().filter(|item| !item.is_dir) {
        let _ = fs::remove_file(nursery.join(item.name));
    }
    let _ = fs::remove_dir(nursery);
}

/// Removes one tree; gives where it is kept if something in it has to be.
pub fn retire(tree: &Path, place: &Place, late: Late) -> Option<PathBuf> {
    match Manifest::read(tree) {
        Ok(Some(manifest)) => {
            let (output, own_folders) = (&place.output, manifest.folders());
            Retired { tree, output, manifest: &manifest, own_folders, late }.strip();
            let rest = disk::list(tree).ok()?;
            if rest.iter().all(|item| item.name == MANIFEST) {
                tree::erase(tree);
                return None;
            }
        }
        // The manifest is written last: without one the tree was never whole, nor published, and all that is
        // in it is ours or a link to what the published tree has.
        Ok(None) => {
            tree::erase(tree);
            return None;
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
        // Unreadable just now: the next run will try again.
        Err(_) => return None,
    }
    let (kept, moved) = place.new_sibling("saved", |kept| fs::rename(tree, kept));
    moved.ok()?;
    let _ = fs::remove_file(kept.join(MANIFEST));
    Some(kept)
}

struct Retired<'a> {
    tree: &'a Path,
    output: &'a Path,
    manifest: &'a Manifest,
    own_folders: BTreeSet<&'a str>,
    late: Late,
}

impl Retired<'_> {
    /// Empties the tree as far as allowed. Errors leave things where they are, which is always safe.
    fn strip(&self) {
        tree::prune(self.tree, |folder| self.enters(folder), |path, item| self.dispose(path, item));
    }

    fn enters(&self, folder: &Path) -> bool {
        let (old, published) = (self.tree.join(folder), self.output.join(folder));
        if disk::is_mount_point(&old).unwrap_or(true) {
            return false;
        }
        // A folder never goes over another one that holds something: the system refuses.
        let is_late = self.late == Late::PutBack && !self.is_own_folder(folder);
        !(is_late && published.symlink_metadata().is_err() && fs::rename(old, published).is_ok())
    }

    fn dispose(&self, path: &Path, item: &Item) {
        let (old, published) = (self.tree.join(path), self.output.join(path));
        if path == Path::new(MANIFEST) {
            // Last of all: it is what tells the next run how to go on, should this one be killed.
        } else if item.is_file && self.is_ours(path) || is_equal(&old, &published) {
            let _ = fs::remove_file(&old);
        } else if self.late == Late::PutBack {
            put_back(&old, &published);
        }
    }

    fn is_ours(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| self.manifest.files.contains_key(path))
    }

    fn is_own_folder(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| self.own_folders.contains(path))
    }
}

/// Moves a file to a free place of the published tree; linking never goes over another.
fn put_back(old: &Path, published: &Path) {
    if fs::hard_link(old, published).is_ok() {
        let _ = fs::remove_file(old);
    }
}

/// Whether deleting the one loses nothing, because the other is the same file or holds the same.
fn is_equal(one: &Path, other: &Path) -> bool {
    let compare = || -> io::Result<bool> {
        let (a, b) = (one.symlink_metadata()?, other.symlink_metadata()?);
        if (a.dev(), a.ino()) == (b.dev(), b.ino()) {
            return Ok(true);
        }
        if a.is_symlink() && b.is_symlink() {
            return Ok(fs::read_link(one)? == fs::read_link(other)?);
        }
        if !a.is_file() || !b.is_file() || a.len() != b.len() {
            return Ok(false);
        }
        Ok(hash(one)? == hash(other)?)
    };
    compare().unwrap_or(false)
}

fn hash(path: &Path) -> io::Result<blake3::Hash> {
    let (file, _) = disk::open_regular(path)?;
    Ok(blake3::Hasher::new().update_reader(file)?.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{OutputFile, Publication, publish};
    use std::time::Duration;

    /// A published tree and an older one beside it, each with the same `index.html` of ours.
    fn two_trees(site: &Path) -> (Place, PathBuf) {
        let file = OutputFile { path: "index.html".into(), bytes: b"pagina".as_slice().into() };
        let (output, old) = (site.join("public"), site.join("vecchio"));
        for output in [&old, &output] {
            let publication = Publication { output, protected: &[], site_root: site, wait: Duration::ZERO };
            publish(std::slice::from_ref(&file), &publication).unwrap();
        }
        let publication =
            Publication { output: &output, protected: &[], site_root: site, wait: Duration::ZERO };
        (Place::of(&publication).unwrap(), old)
    }

    #[test]
    fn a_tree_without_news_disappears() {
        let site = tempfile::tempdir().unwrap();
        let (place, old) = two_trees(site.path());
        fs::write(old.join("CNAME"), "comune.example.it").unwrap();
        fs::write(place.output.join("CNAME"), "comune.example.it").unwrap();
        std::os::unix::fs::symlink("CNAME", old.join("alias")).unwrap();
        std::os::unix::fs::symlink("CNAME", place.output.join("alias")).unwrap();

        assert_eq!(retire(&old, &place, Late::PutBack), None);

        assert!(!old.exists());
        assert!(place.output.join("CNAME").exists());
    }

    #[test]
    fn what_arrived_during_the_exchange_is_put_back() {
        let site = tempfile::tempdir().unwrap();
        let (place, old) = two_trees(site.path());
        fs::write(old.join("CNAME"), "comune.example.it").unwrap();
        fs::create_dir_all(old.join(".git/objects")).unwrap();
        fs::write(old.join(".git/objects/ab"), "oggetto").unwrap();

        assert_eq!(retire(&old, &place, Late::PutBack), None);

        assert!(!old.exists());
        assert_eq!(fs::read_to_string(place.output.join("CNAME")).unwrap(), "comune.example.it");
        assert_eq!(fs::read_to_string(place.output.join(".git/objects/ab")).unwrap(), "oggetto");
    }

    #[test]
    fn two_versions_of_a_file_of_others_are_both_kept() {
        let site = tempfile::tempdir().unwrap();
        let (place, old) = two_trees(site.path());
        fs::write(old.join("CNAME"), "vecchio.example.it").unwrap();
        fs::write(place.output.join("CNAME"), "nuovo.example.it").unwrap();

        let kept = retire(&old, &place, Late::PutBack).unwrap();

        assert_eq!(fs::read_to_string(kept.join("CNAME")).unwrap(), "vecchio.example.it");
        assert_eq!(fs::read_to_string(place.output.join("CNAME")).unwrap(), "nuovo.example.it");
        assert_eq!(disk::list(&kept).unwrap().len(), 1, "only what is not ours is kept");
    }

    #[test]
    fn what_a_killed_run_left_is_not_published_again() {
        let site = tempfile::tempdir().unwrap();
        let (place, old) = two_trees(site.path());
        fs::write(old.join("CNAME"), "comune.example.it").unwrap();

        let kept = retire(&old, &place, Late::KeepAside).unwrap();

        assert_eq!(fs::read_to_string(kept.join("CNAME")).unwrap(), "comune.example.it");
        assert!(!place.output.join("CNAME").exists());
    }
}
