//! The instant of publication: one exchange of the whole tree, or two renames where the file system knows no
//! exchange. Killed between the two, the next run puts the old tree back.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::fault::{Action, Doing, Failure};
use super::manifest::Manifest;
use super::place::{Before, Place};
use super::retire::{self, Late};
use super::staging::Staging;
use super::{disk, tree};

/// Kind of the sibling that holds the old tree between two renames.
pub const OLD: &str = "old";

/// Where the tree that was published has gone.
enum Swapped {
    /// There was none.
    First,
    /// Where the new one was.
    Exchanged,
    /// To a place of its own.
    Renamed(PathBuf),
}

/// Makes the staged tree the published one and removes the old; gives the folder kept aside, if one had to be.
///
/// # Errors
/// `Failed`, with the old tree in its place.
pub fn put_in_place(
    mut staging: Staging,
    place: &Place,
    before: &Before,
) -> Result<Option<PathBuf>, Failure> {
    let parent = File::open(&place.parent).doing(Action::Read, &place.parent)?;
    let swapped = match before {
        // Renaming over a folder works only if it is empty: what arrived there meanwhile is safe.
        Before::Nothing => fs::rename(&staging.path, &place.output).map(|()| Swapped::First),
        Before::Ours(_) => swap(&staging.path, place, disk::exchange),
    }
    .doing(Action::Publish, &place.output)?;
    // From here on the published tree may be where the new one was: it must not be taken for a failed attempt.
    staging.hand_over();
    if let Err(error) = disk::sync_dir(&parent) {
        if undo(&swapped, &staging.path, place).is_ok() {
            tree::erase(&staging.path);
        }
        return Err(error).doing(Action::Sync, &place.parent);
    }
    // Removal needs a descriptor.
    drop(parent);
    let old = match &swapped {
        Swapped::First => return Ok(None),
        Swapped::Exchanged => &staging.path,
        Swapped::Renamed(old) => old,
    };
    Ok(retire::retire(old, place, Late::PutBack))
}

fn swap(
    staged: &Path,
    place: &Place,
    exchange: impl Fn(&Path, &Path) -> io::Result<()>,
) -> io::Result<Swapped> {
    match exchange(staged, &place.output) {
        Err(error) if is_unsupported(&error) => {}
        done => return done.map(|()| Swapped::Exchanged),
    }
    let (old, moved) = place.new_sibling(OLD, |old| fs::rename(&place.output, old));
    moved?;
    if let Err(error) = fs::rename(staged, &place.output) {
        fs::rename(&old, &place.output)?;
        return Err(error);
    }
    Ok(Swapped::Renamed(old))
}

fn undo(swapped: &Swapped, staged: &Path, place: &Place) -> io::Result<()> {
    match swapped {
        Swapped::First => fs::rename(&place.output, staged),
        Swapped::Exchanged => disk::exchange(staged, &place.output),
        Swapped::Renamed(old) => {
            fs::rename(&place.output, staged)?;
            fs::rename(old, &place.output)
        }
    }
}

fn is_unsupported(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP))
}

/// Whether a run was killed between the two renames.
pub fn interrupted(place: &Place) -> bool {
    let missing = place.output.symlink_metadata().is_err_and(|e| e.kind() == io::ErrorKind::NotFound);
    missing && !place.siblings(OLD).is_empty()
}

/// Puts the old tree back after a kill between the two renames, called while holding the lock.
pub fn recover(place: &Place) -> Result<(), Failure> {
    if !interrupted(place) {
        return Ok(());
    }
    let renamed_at = |tree: &PathBuf| tree.symlink_metadata().map_or((0, 0), |m| (m.ctime(), m.ctime_nsec()));
    let whole = |tree: &PathBuf| matches!(Manifest::read(tree), Ok(Some(_)));
    match place.siblings(OLD).into_iter().filter(whole).max_by_key(renamed_at) {
        Some(old) => fs::rename(&old, &place.output).doing(Action::Restore, &place.output),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{OutputFile, Publication, publish};
    use std::time::Duration;

    fn publication<'a>(site: &'a Path, output: &'a Path) -> Publication<'a> {
        Publication { output, protected: &[], site_root: site, wait: Duration::ZERO }
    }

    fn publish_text(publication: &Publication<'_>, text: &str) {
        let file = OutputFile { path: "index.html".into(), bytes: text.as_bytes().into() };
        publish(&[file], publication).unwrap();
    }

    fn unsupported(_: &Path, _: &Path) -> io::Result<()> {
        Err(Errno::INVAL.into())
    }

    #[test]
    fn without_exchange_the_tree_goes_in_by_two_renames() {
        let site = tempfile::tempdir().unwrap();
        let output = site.path().join("public");
        publish_text(&publication(site.path(), &output), "vecchio");
        let place = Place::of(&publication(site.path(), &output)).unwrap();
        let staged = site.path().join("nuovo");
        fs::create_dir(&staged).unwrap();
        fs::write(staged.join("index.html"), "nuovo").unwrap();

        let Ok(Swapped::Renamed(old)) = swap(&staged, &place, unsupported) else { panic!("not renamed") };

        assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "nuovo");
        assert_eq!(fs::read_to_string(old.join("index.html")).unwrap(), "vecchio");
        undo(&Swapped::Renamed(old), &staged, &place).unwrap();
        assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "vecchio");
    }

    #[test]
    fn a_failed_second_rename_puts_the_old_tree_back() {
        let site = tempfile::tempdir().unwrap();
        let output = site.path().join("public");
        publish_text(&publication(site.path(), &output), "vecchio");
        let place = Place::of(&publication(site.path(), &output)).unwrap();

        assert!(swap(&site.path().join("manca"), &place, unsupported).is_err());

        assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "vecchio");
        assert!(place.siblings(OLD).is_empty());
    }

    #[test]
    fn an_error_of_the_exchange_itself_is_not_worked_around() {
        let site = tempfile::tempdir().unwrap();
        let output = site.path().join("public");
        publish_text(&publication(site.path(), &output), "vecchio");
        let place = Place::of(&publication(site.path(), &output)).unwrap();
        let staged = site.path().join("nuovo");
        fs::create_dir(&staged).unwrap();

        assert!(swap(&staged, &place, |_, _| Err(Errno::IO.into())).is_err());

        assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "vecchio");
        assert!(staged.exists());
    }
}
