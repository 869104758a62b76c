//! Work on whole trees. Disks answer one request in the time of many, so folders and files are handled by a few
//! threads at once; removing ten thousand folders one by one can take longer than building the site.

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::disk::{self, Item};

/// Enough to keep a disk busy; most of the time they wait.
const THREADS: usize = 8;
/// For fewer, starting threads costs more than they save.
const WORTH_IT: usize = 64;

/// Does the work for every item, in any order, and stops at the first error.
pub fn for_each<T: Sync, E: Send>(items: &[T], work: impl Fn(&T) -> Result<(), E> + Sync) -> Result<(), E> {
    if items.len() < WORTH_IT {
        return items.iter().try_for_each(work);
    }
    let stop = AtomicBool::new(false);
    let failure = Mutex::new(None);
    let run = |part: &[T]| {
        for item in part {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            if let Err(error) = work(item) {
                stop.store(true, Ordering::Relaxed);
                *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            }
        }
    };
    // Neighbours to the same thread: two changes in one folder would wait for each other.
    let mut parts = items.chunks(items.len().div_ceil(THREADS));
    let last = parts.next_back();
    thread::scope(|scope| {
        for part in parts {
            // Where no thread can be had, this one does its part.
            if thread::Builder::new().spawn_scoped(scope, || run(part)).is_err() {
                run(part);
            }
        }
        last.map(run);
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// Empties a tree from the bottom up: `dispose` gets every entry that is not a folder, and folders go once they
/// are empty. `enter` says, of each folder but the first, whether to go into it. Paths are relative to `tree`.
///
/// Each folder is read and closed before the next, so that cleaning up works when descriptors have run out.
pub fn prune(tree: &Path, enter: impl Fn(&Path) -> bool, dispose: impl Fn(&Path, &Item) + Sync) {
    let mut levels = vec![vec![Folder::read(tree, PathBuf::new())]];
    while let Some(level) = levels.last().filter(|level| !level.is_empty()) {
        let below = level.iter().flat_map(Folder::below).filter(|path| enter(path));
        let below = below.map(|path| Folder::read(tree, path)).collect();
        levels.push(below);
    }
    for level in levels.iter().rev() {
        let _: Result<(), Infallible> = for_each(level, |folder| {
            for item in folder.items.iter().filter(|item| !item.is_dir) {
                dispose(&folder.path.join(&item.name), item);
            }
            // Fails, as it should, while something is left in it.
            let _ = fs::remove_dir(tree.join(&folder.path));
            Ok(())
        });
    }
}

/// Removes a whole tree, as far as possible.
pub fn erase(tree: &Path) {
    // An empty one goes without being opened.
    if fs::remove_dir(tree).is_err() {
        prune(tree, |_| true, |path, _| drop(fs::remove_file(tree.join(path))));
    }
}

struct Folder {
    path: PathBuf,
    items: Vec<Item>,
}

impl Folder {
    fn read(tree: &Path, path: PathBuf) -> Self {
        let full = tree.join(&path);
        disk::open_up(&full);
        Folder { items: disk::list(&full).unwrap_or_default(), path }
    }

    fn below(&self) -> impl Iterator<Item = PathBuf> {
        self.items.iter().filter(|item| item.is_dir).map(|item| self.path.join(&item.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    #[test]
    fn every_item_is_done_once() {
        for count in [0, 1, WORTH_IT - 1, WORTH_IT, 1000] {
            let done: Vec<AtomicUsize> = (0..count).map(|_| AtomicUsize::new(0)).collect();
            let all = for_each(&done, |item| {
                item.fetch_add(1, Ordering::Relaxed);
                Ok::<(), ()>(())
            });
            assert_eq!(all, Ok(()));
            assert!(done.iter().all(|item| item.load(Ordering::Relaxed) == 1));
        }
    }

    #[test]
    fn the_first_error_stops_the_work() {
        for count in [3, 1000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(for_each(&items, |item| if *item == 2 { Err("due") } else { Ok(()) }), Err("due"));
        }
    }
}
