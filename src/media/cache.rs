//! What a build makes from pictures, kept for the next ones: a port, so that the stages stay free of disk and clock.
//!
//! A key is the hash of everything the result depends on, so entries are never wrong, only absent: what cannot be read or written, or
//! is damaged, is made again. Two builds may write the same entry at once: each writes it whole and puts it in place in one step.

use std::collections::HashMap;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::source;

/// Below the folder of the Comune or workspace: hidden, so never content, and it hides itself from Git.
const FOLDER: &str = ".campanile";
const INSIDE: &str = "immagini";
/// Largest entry read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024 * 1024;
/// An entry not used for this long is removed.
const KEPT: Duration = Duration::from_secs(60 * 24 * 3600);
/// Uses are noted no more often than this.
const NOTED: Duration = Duration::from_secs(24 * 3600);

/// Remembers bytes by key: 64 hexadecimal digits.
pub trait Cache: Debug + Send + Sync {
    /// What was put under this key, if it is still there, whole.
    fn get(&self, key: &str) -> Option<Vec<u8>>;

    /// Remembers it, if possible.
    fn put(&self, key: &str, bytes: &[u8]);
}

/// Remembers nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Cache for Nothing {
    fn get(&self, _key: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _key: &str, _bytes: &[u8]) {}
}

/// Remembers as long as it lives.
#[derive(Debug, Default)]
pub struct Memory {
    entries: Mutex<HashMap<String, Vec<u8>>>,
    puts: AtomicU64,
}

impl Memory {
    /// How often something was put: how much was made.
    pub fn puts(&self) -> u64 {
        self.puts.load(Ordering::Relaxed)
    }
}

impl Cache for Memory {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        self.puts.fetch_add(1, Ordering::Relaxed);
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), bytes.to_vec());
    }
}

/// Remembers in `.campanile/immagini/` of a folder, one file per entry: the hash of the bytes, then the bytes.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    source: source::Disk,
}

impl Disk {
    /// In the folder of a Comune or workspace. Nothing is made before the first entry.
    pub fn new(root: &Path) -> Self {
        Disk { root: root.to_owned(), source: source::Disk::new(root) }
    }

    fn path(key: &str) -> String {
        format!("{FOLDER}/{INSIDE}/{}/{key}", &key[..2])
    }

    fn write(&self, key: &str, bytes: &[u8]) -> std::io::Result<()> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let hidden = self.root.join(FOLDER).join(".gitignore");
        let path = self.root.join(Self::path(key));
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        if !hidden.exists() {
            fs::write(hidden, "*\n")?;
        }
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let new = folder.join(format!(".{}.{n}", std::process::id()));
        let written = File::create_new(&new)
            .and_then(|mut file| {
                file.write_all(blake3::hash(bytes).as_bytes())?;
                file.write_all(bytes)
            })
            .and_then(|()| fs::rename(&new, &path));
        if written.is_err() {
            // The reason that matters is the first.
            let _ = fs::remove_file(&new);
        }
        written
    }

    /// Removes entries that no build used for two months.
    pub fn trim(&self) {
        let files =
            walkdir::WalkDir::new(self.root.join(FOLDER).join(INSIDE)).into_iter().filter_map(Result::ok);
        for file in files.filter(|f| f.file_type().is_file()) {
            let changed = file.metadata().ok().and_then(|m| m.modified().ok());
            if changed.is_some_and(|at| older(at, KEPT)) {
                // One that cannot be removed is no harm.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

fn older(at: SystemTime, than: Duration) -> bool {
    SystemTime::now().duration_since(at).is_ok_and(|age| age > than)
}

impl Cache for Disk {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        use source::Source;
        let path = Self::path(key);
        let mut bytes = self.source.read(&path, MAX_BYTES).ok()?;
        let hash: [u8; 32] = *bytes.first_chunk()?;
        bytes.drain(..hash.len());
        if blake3::hash(&bytes) != hash {
            return None;
        }
        let file = File::options().write(true).open(self.root.join(path));
        if let Ok(file) = file
            && file.metadata().and_then(|m| m.modified()).is_ok_and(|at| older(at, NOTED))
        {
            // An entry whose use is not noted is only removed too early.
            let _ = file.set_modified(SystemTime::now());
        }
        Some(bytes)
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        // A disk that is full or read-only costs time at the next build, nothing else.
        let _ = self.write(key, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ab34567890123456789012345678901234567890123456789012345678901234";

    #[test]
    fn what_was_put_comes_back_unless_damaged() {
        let place = tempfile::TempDir::new().unwrap();
        let cache = Disk::new(place.path());
        assert_eq!(cache.get(KEY), None);
        cache.put(KEY, b"uno");
        assert_eq!(cache.get(KEY).as_deref(), Some(b"uno".as_slice()));
        let file = place.path().join(Disk::path(KEY));
        for damaged in [b"".as_slice(), b"poco", &[0; 40]] {
            fs::write(&file, damaged).unwrap();
            assert_eq!(cache.get(KEY), None);
        }
        cache.put(KEY, b"due");
        assert_eq!(cache.get(KEY).as_deref(), Some(b"due".as_slice()));
        assert_eq!(fs::read(place.path().join(".campanile/.gitignore")).unwrap(), b"*\n");
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_no_fault() {
        let place = tempfile::TempDir::new().unwrap();
        fs::write(place.path().join(FOLDER), "un file").unwrap();
        let cache = Disk::new(place.path());
        cache.put(KEY, b"uno");
        assert_eq!(cache.get(KEY), None);
    }

    #[test]
    fn only_what_is_not_used_is_removed() {
        let place = tempfile::TempDir::new().unwrap();
        let cache = Disk::new(place.path());
        let aged = |days: u64| {
            cache.put(KEY, b"uno");
            let file = File::options().write(true).open(place.path().join(Disk::path(KEY))).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(days * 24 * 3600)).unwrap();
        };
        aged(61);
        assert!(cache.get(KEY).is_some(), "a use is noted");
        cache.trim();
        assert!(cache.get(KEY).is_some());
        aged(61);
        cache.trim();
        assert_eq!(cache.get(KEY), None);
    }
}
