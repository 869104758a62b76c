//! The new tree, built beside the output. Dropped before it is put in place, it disappears.

use std::fs::{self, DirBuilder, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fault::{Action, Doing, Failure};
use super::place::{Before, Place};
use super::plan::{Plan, Planned};
use super::{MANIFEST, disk, tree};

/// Kind of the sibling that holds a new tree, or the old one after the exchange.
pub const KIND: &str = "staging";

/// A tree under construction, in a folder of its own that nobody else may enter.
pub struct Staging {
    /// Where the tree lies.
    pub path: PathBuf,
    nursery: PathBuf,
    output: PathBuf,
    /// Opened before the first byte is written, so that no write error escapes the sync.
    opened: Option<File>,
    correct_modes: bool,
    abandoned: bool,
}

impl Staging {
    /// Makes an empty tree.
    pub fn create(place: &Place) -> Result<Self, Failure> {
        let (nursery, made) = place.new_sibling(KIND, |path| DirBuilder::new().mode(0o700).create(path));
        made.doing(Action::Create, &nursery)?;
        // A name never used before, for the sake of `spread`.
        let path = nursery.join(format!("{:016x}", RandomState::new().build_hasher().finish()));
        let output = place.output.clone();
        let mut staging =
            Staging { path, nursery, output, opened: None, correct_modes: false, abandoned: true };
        let opened = File::open(&staging.nursery).doing(Action::Read, &staging.nursery)?;
        disk::spread(&opened);
        staging.opened = Some(opened);
        staging.correct_modes = disk::make_dir(&staging.path).doing(Action::Create, &staging.path)?;
        Ok(staging)
    }

    /// Writes every file, or links it from the tree published before when it is the same. Gives how many were
    /// linked.
    pub fn write(&self, plan: &Plan<'_>, before: &Before) -> Result<usize, Failure> {
        // One level after the other: no folder is made before the one above it.
        let mut folders: Vec<&str> = plan.folders.iter().copied().collect();
        let depth = |folder: &&str| folder.split('/').count();
        folders.sort_by_key(depth);
        for level in folders.chunk_by(|a, b| depth(a) == depth(b)) {
            tree::for_each(level, |folder| self.make_folder(folder))?;
        }
        let linked = AtomicUsize::new(0);
        let files: Vec<_> = plan.files.iter().collect();
        tree::for_each(&files, |(path, planned)| {
            let old_hash = before.manifest().and_then(|m| m.files.get(**path));
            if old_hash == Some(&planned.hash) && self.link_same(path, planned) {
                linked.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            self.write_file(path, planned.bytes)
        })?;
        Ok(linked.into_inner())
    }

    /// Writes the manifest, last of all and in one stroke: a tree with one is whole.
    pub fn seal(&self, plan: &Plan<'_>) -> Result<(), Failure> {
        let (part, path) = (format!("{MANIFEST}.part"), self.output.join(MANIFEST));
        let bytes = plan.manifest().to_bytes().doing(Action::Write, &path)?;
        self.write_file(&part, &bytes)?;
        fs::rename(self.path.join(part), self.path.join(MANIFEST)).doing(Action::Write, &path)
    }

    /// Brings everything to disk.
    pub fn sync(&self) -> Result<(), Failure> {
        match &self.opened {
            Some(opened) => disk::sync_tree(opened, &self.path).doing(Action::Sync, &self.path),
            None => Ok(()),
        }
    }

    /// The tree is no longer ours to remove: it has been put in place.
    pub fn hand_over(&mut self) {
        self.opened = None;
        self.abandoned = false;
    }

    // What follows names in its errors the place that people know, not the passing one.

    fn make_folder(&self, folder: &str) -> Result<(), Failure> {
        let path = self.path.join(folder);
        let made = if self.correct_modes {
            disk::make_dir(&path).map(drop)
        } else {
            DirBuilder::new().mode(disk::DIR_MODE).create(&path)
        };
        made.doing(Action::Create, &self.output.join(folder))
    }

    fn write_file(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let written = disk::write_new(&self.path.join(path), bytes, self.correct_modes);
        written.doing(Action::Write, &self.output.join(path))
    }

    /// Links a file of the old tree into the new one, if it still is what we wrote. Where the file system knows
    /// no links the answer is no: the file is then written anew.
    fn link_same(&self, path: &str, planned: &Planned<'_>) -> bool {
        let old = self.output.join(path);
        disk::is_same(&old, planned.bytes) && fs::hard_link(old, self.path.join(path)).is_ok()
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // First its descriptor: it may be the last one that removal can get.
        self.opened = None;
        if self.abandoned {
            tree::erase(&self.nursery);
        } else {
            let _ = fs::remove_dir(&self.nursery);
        }
    }
}
