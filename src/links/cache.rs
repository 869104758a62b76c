//! What earlier runs found alive, so that a run soon after asks only what was broken or is new.
//!
//! It is kept beside the contents it speaks of, as the caches of linters are: continuous integration can keep one known folder,
//! and it goes when the project goes. The folder hides itself from Git, and hidden folders are never read as content.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::verdict::{Cause, Judgement, Verdict};
use crate::source::{Disk, Source};

/// The folder, inside that of the Comune or workspace.
const FOLDER: &str = ".campanile";
/// The file in it.
const FILE: &str = "links.json";
/// Changes when the form of the file does: another version is not read.
const VERSION: u32 = 1;
/// Largest file read, in bytes: a hundred thousand addresses.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// What is remembered.
#[derive(Debug)]
pub struct Cache {
    max_age: Duration,
    entries: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    verdict: String,
    status: u16,
    /// Seconds since 1970.
    checked: i64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    version: u32,
    links: BTreeMap<String, Entry>,
}

impl Cache {
    /// An empty cache, whose entries hold for `max_age`.
    pub fn new(max_age: Duration) -> Self {
        Cache { max_age, entries: BTreeMap::new() }
    }

    /// The cache in `dir`; empty if there is none or it cannot be used.
    pub fn load(dir: &Path, max_age: Duration) -> Self {
        let bytes = Disk::new(dir).read(&format!("{FOLDER}/{FILE}"), MAX_BYTES);
        let written = bytes.ok().and_then(|b| serde_json::from_slice::<Written>(&b).ok());
        let entries = written.filter(|w| w.version == VERSION).map(|w| w.links).unwrap_or_default();
        Cache { max_age, entries }
    }

    /// What is known of an address and still holds at `now`.
    pub fn recall(&self, url: &Url, now: Timestamp) -> Option<Judgement> {
        let entry = self.entries.get(url.as_str()).filter(|e| self.holds(e, now))?;
        let verdict = Verdict::from_name(&entry.verdict).filter(|v| v.is_alive())?;
        Some(Judgement::new(verdict, Cause::Status(entry.status)))
    }

    fn holds(&self, entry: &Entry, now: Timestamp) -> bool {
        let age = now.as_second().saturating_sub(entry.checked);
        u64::try_from(age).is_ok_and(|age| age < self.max_age.as_secs())
    }

    /// Remembers what is alive, forgets what is not.
    pub fn learn(&mut self, url: &Url, judgement: Judgement, now: Timestamp) {
        match judgement.status().filter(|_| judgement.verdict.is_alive()) {
            Some(status) => {
                let entry =
                    Entry { verdict: judgement.verdict.name().to_owned(), status, checked: now.as_second() };
                self.entries.insert(url.to_string(), entry);
            }
            None => {
                self.entries.remove(url.as_str());
            }
        }
    }

    /// Writes what still holds at `now` into `dir`, whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be made or written, or is not a folder.
    pub fn save(&self, dir: &Path, now: Timestamp) -> io::Result<()> {
        let folder = dir.join(FOLDER);
        match fs::create_dir(&folder) {
            Ok(()) => fs::write(folder.join(".gitignore"), "*\n")?,
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
            Err(_) if fs::symlink_metadata(&folder)?.is_dir() => {}
            Err(e) => return Err(e),
        }
        let fresh = self.entries.iter().filter(|(_, e)| self.holds(e, now));
        let links = fresh.map(|(url, e)| (url.clone(), e.clone())).collect();
        let text = serde_json::to_vec_pretty(&Written { version: VERSION, links })?;
        let new = folder.join(format!(".{FILE}.{}", std::process::id()));
        let written = fs::File::create_new(&new)
            .and_then(|mut file| file.write_all(&text))
            .and_then(|()| fs::rename(&new, folder.join(FILE)));
        if written.is_err() {
            // The reason that matters is the first.
            let _ = fs::remove_file(&new);
        }
        written
    }
}
