//! Files of others inside the output (`.git`, `CNAME`, `.well-known/…`): found, then carried over into the new
//! tree, links and modes included. What cannot be carried stops the publication and is named.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, FileTimes, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, lchown, symlink};
use std::path::{Path, PathBuf};

use super::fault::{Action, Doing, Failure, shown};
use super::manifest::Manifest;
use super::place::Place;
use super::plan::Plan;
use super::staging::Staging;
use super::{MANIFEST, disk};
use crate::diagnostic::Text;
use crate::text;

/// Something in the output that is not in its manifest; the path is relative to the output.
struct Foreign {
    path: PathBuf,
    is_dir: bool,
}

/// Carries every file of others from the published tree into the new one.
///
/// # Errors
/// `Refused` when one of them stands where the new site has a file, or cannot be carried at all.
pub fn carry_over(
    place: &Place,
    manifest: &Manifest,
    plan: &Plan<'_>,
    staging: &Staging,
) -> Result<(), Failure> {
    let own_folders = manifest.folders();
    let mut finder = Finder { output: &place.output, manifest, own_folders, plan, found: Vec::new() };
    finder.visit(Path::new(""))?;
    carry(&finder.found, &place.output, &staging.path)
}

struct Finder<'a> {
    output: &'a Path,
    manifest: &'a Manifest,
    /// The folders of the files in the manifest.
    own_folders: BTreeSet<&'a str>,
    plan: &'a Plan<'a>,
    found: Vec<Foreign>,
}

impl Finder<'_> {
    fn visit(&mut self, folder: &Path) -> Result<(), Failure> {
        let full = self.output.join(folder);
        for item in present(disk::list(&full)).doing(Action::Read, &full)?.unwrap_or_default() {
            let path = folder.join(&item.name);
            let text = path.to_str().unwrap_or_default();
            if item.is_dir {
                if !self.own_folders.contains(text) {
                    self.add(path.clone(), true)?;
                }
                self.refuse_mount(&path)?;
                self.visit(&path)?;
            } else if !(text == MANIFEST || item.is_file && self.manifest.files.contains_key(text)) {
                self.add(path, false)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, is_dir: bool) -> Result<(), Failure> {
        let is_file_of_ours = |path: &str| self.plan.files.contains_key(path);
        let is_folder_of_ours = |path: &str| self.plan.folders.contains(path);
        if path.ancestors().filter_map(Path::to_str).any(is_file_of_ours)
            || !is_dir && path.to_str().is_some_and(is_folder_of_ours)
        {
            let reason = text!(
                "non è stato scritto da Campanile, ma il sito ha un file con lo stesso nome",
                "it was not written by Campanile, but the site has a file of the same name"
            );
            return Err(refused(&self.output.join(path), &reason));
        }
        self.found.push(Foreign { path, is_dir });
        Ok(())
    }

    /// Exchanging the trees would carry the mounted one away, and clearing the old tree would empty it.
    fn refuse_mount(&self, path: &Path) -> Result<(), Failure> {
        let full = self.output.join(path);
        if present(disk::is_mount_point(&full)).doing(Action::Read, &full)? == Some(true) {
            let reason = text!(
                "è un punto di montaggio, che non si può spostare insieme al sito",
                "it is a mount point, which cannot move together with the site"
            );
            return Err(refused(&full, &reason));
        }
        Ok(())
    }
}

fn carry(found: &[Foreign], from: &Path, to: &Path) -> Result<(), Failure> {
    let mut folders = Vec::new();
    for Foreign { path, is_dir } in found {
        let (old, new) = (from.join(path), to.join(path));
        if let Some(above) = new.parent() {
            disk::make_dirs(above).doing(Action::Keep, &old)?;
        }
        if !is_dir {
            carry_file(&old, &new)?;
        } else if let Some(metadata) = present(old.symlink_metadata()).doing(Action::Read, &old)? {
            // A folder that the site has too is ours; one that is closed to others must never be open.
            match DirBuilder::new().mode(0o700).create(&new) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => {
                    made.doing(Action::Keep, &old)?;
                    folders.push((old, new, metadata));
                }
            }
        }
    }
    // Only now, and the inner ones first: a read-only folder could not be filled.
    let mut inner_first = folders.iter().rev();
    inner_first.try_for_each(|(old, new, metadata)| imitate(new, metadata).doing(Action::Keep, old))
}

/// Links the file, which keeps everything about it (and is the same file for whoever has it open); copies it
/// where links do not work. A file that has vanished meanwhile is no longer to be kept.
fn carry_file(old: &Path, new: &Path) -> Result<(), Failure> {
    if fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    let Some(metadata) = present(old.symlink_metadata()).doing(Action::Read, old)? else { return Ok(()) };
    if metadata.is_symlink() {
        let target = fs::read_link(old).doing(Action::Read, old)?;
        symlink(target, new).doing(Action::Keep, old)?;
        let _ = lchown(new, Some(metadata.uid()), Some(metadata.gid()));
        Ok(())
    } else if metadata.is_file() {
        disk::within_limit(metadata.len()).doing(Action::Keep, old)?;
        copy(old, new).and_then(|()| imitate(new, &metadata)).doing(Action::Keep, old)
    } else {
        let reason = text!(
            "è un file speciale, che non si può conservare nel sito nuovo",
            "it is a special file, which cannot be kept in the new site"
        );
        Err(refused(old, &reason))
    }
}

fn copy(old: &Path, new: &Path) -> io::Result<()> {
    let (mut reader, _) = disk::open_regular(old)?;
    let mut writer = OpenOptions::new().write(true).create_new(true).mode(0o600).open(new)?;
    io::copy(&mut reader, &mut writer).map(drop)
}

/// Gives a copy the mode, the time and, if we may, the owner of the original.
fn imitate(copy: &Path, original: &Metadata) -> io::Result<()> {
    let _ = lchown(copy, Some(original.uid()), Some(original.gid()));
    if let Ok(time) = original.modified() {
        let _ = File::open(copy).and_then(|file| file.set_times(FileTimes::new().set_modified(time)));
    }
    // Never the right to run as the owner: the copy may belong to somebody else than the original.
    let kept = if original.is_dir() { 0o3777 } else { 0o777 };
    disk::set_mode(copy, original.mode() & kept)
}

/// `None` for what others have removed while we were looking.
fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

fn refused(path: &Path, reason: &Text) -> Failure {
    let (shown, it, en) = (shown(path), &reason.it, &reason.en);
    let message =
        text!("nella cartella di uscita c'è «{shown}»: {it}", "the output folder holds “{shown}”: {en}");
    let hint = text!(
        "Spostalo altrove o dagli un altro nome: i file non scritti da Campanile non vengono mai cancellati.",
        "Move it away or rename it: files not written by Campanile are never deleted."
    );
    Failure::refused(path, message, hint)
}
