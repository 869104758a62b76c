//! Publishing: the whole site appears at once or not at all, and no file of others is ever lost.
//!
//! A new tree is staged beside the output (unchanged files hard-linked from the published one), synced, and
//! exchanged with it in one system call. A lock beside the output keeps a second build out; the manifest inside
//! says which files are ours; whatever else is found there is carried over. See R-PUB in the reliability notes.

mod disk;
mod exchange;
mod fault;
mod foreign;
mod lock;
mod manifest;
mod place;
mod plan;
mod retire;
mod staging;
mod tree;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use fault::Failure;
pub use manifest::NAME as MANIFEST;

use lock::Lock;
use manifest::Manifest;
use place::Place;
use plan::Plan;
use staging::Staging;

/// One file of the output.
#[derive(Debug, Clone)]
pub struct OutputFile {
    /// Path relative to the output, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

/// Where to publish, and what must not be touched.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// The folder to publish; it need not exist.
    pub output: &'a Path,
    /// Content folders, `media`, `templates`, `static`, `catalogo`, `comuni`, the roots of site and workspace.
    /// The output may equal or contain none of them, and lie only inside those that hold the site itself.
    pub protected: &'a [PathBuf],
    /// The folder of the site that is published.
    pub site_root: &'a Path,
    /// How long to wait for another build on the same output.
    pub wait: Duration,
}

/// What a publication did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files written, new or changed.
    pub written: usize,
    /// Files taken as they were from the tree published before.
    pub unchanged: usize,
    /// Files of the tree published before that are no longer there.
    pub removed: usize,
    /// Those of the removed files that were HTML pages, as paths relative to the output (`a/b/index.html`).
    pub gone: Vec<String>,
    /// Folders put aside beside the output because they hold files of others that changed while the site was
    /// being published, and so can be neither published nor deleted. Nearly always empty.
    pub kept: Vec<PathBuf>,
}

/// Publishes `files` as the whole site: what was published before is replaced in one instant.
///
/// Files of others inside the output are kept. Whatever the error, what is published stays as it was and the
/// space taken on the way is given back.
///
/// # Errors
/// `Refused` when the output is not ours to write, `Busy` when another build holds it for longer than
/// `publication.wait`, `Failed` when the disk (or a path in `files`) does not allow it.
pub fn publish(files: &[OutputFile], publication: &Publication<'_>) -> Result<Report, Failure> {
    let plan = Plan::new(files)?;
    let place = Place::of(publication)?;
    place.make_parent()?;
    let _lock = Lock::acquire(&place, publication.wait)?;
    exchange::recover(&place)?;
    let before = place.inspect()?;
    let mut kept = retire::leftovers(&place);

    let staging = Staging::create(&place)?;
    let unchanged = staging.write(&plan, &before)?;
    staging.sync()?;
    // After this first, long sync, so that little time is left for others to change what is carried.
    if let Some(manifest) = before.manifest() {
        foreign::carry_over(&place, manifest, &plan, &staging)?;
    }
    staging.seal(&plan)?;
    staging.sync()?;
    kept.extend(exchange::put_in_place(staging, &place, &before)?);

    let old = before.manifest();
    Ok(Report { kept, ..compare(&plan, old, unchanged) })
}

/// Makes every refusal that [`publish`] would make of the output itself, before the expensive work. Writes
/// nothing, unless a killed run left the output half-way between two renames: then it is put back.
///
/// # Errors
/// `Refused` or `Failed`, as [`publish`].
pub fn check_output(publication: &Publication<'_>) -> Result<(), Failure> {
    let place = Place::of(publication)?;
    if exchange::interrupted(&place) {
        // Whoever holds the lock is the one half-way: nothing to put back then.
        if let Ok(_lock) = Lock::acquire(&place, Duration::ZERO) {
            exchange::recover(&place)?;
        }
    }
    place.inspect().map(drop)
}

/// The paths now published by us, sorted; empty before the first publication.
///
/// # Errors
/// `Refused` or `Failed`, as [`publish`].
pub fn published(publication: &Publication<'_>) -> Result<Vec<String>, Failure> {
    let before = Place::of(publication)?.inspect()?;
    Ok(before.manifest().map(|m| m.files.keys().cloned().collect()).unwrap_or_default())
}

fn compare(plan: &Plan<'_>, old: Option<&Manifest>, unchanged: usize) -> Report {
    let vanished = || {
        old.into_iter().flat_map(|m| m.files.keys()).filter(|path| !plan.files.contains_key(path.as_str()))
    };
    let is_page = |path: &&String| Path::new(path.as_str()).extension().is_some_and(|e| e == "html");
    Report {
        written: plan.files.len() - unchanged,
        unchanged,
        removed: vanished().count(),
        gone: vanished().filter(is_page).cloned().collect(),
        kept: Vec::new(),
    }
}
