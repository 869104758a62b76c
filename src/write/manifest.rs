//! The manifest inside the output: which of its files are ours, with their hashes, and nothing private.
//! Only a file listed there is ever replaced or deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk;
use super::plan;

/// Name of the manifest, in the root of the output.
pub const NAME: &str = ".campanile-manifest.json";

const VERSION: u32 = 1;
/// More than ten million files: what is longer was not written by us.
const MAX_BYTES: u64 = 1 << 30;

/// What we published.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the format.
    campanile: u32,
    /// Path, with `/`, and BLAKE3 hash in hexadecimal of every file.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// A manifest of these files.
    pub fn new(files: BTreeMap<String, String>) -> Self {
        Manifest { campanile: VERSION, files }
    }

    /// The manifest as written: sorted, one file a line.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The manifest of the tree at `dir`, `None` when it has none.
    ///
    /// # Errors
    /// `InvalidData` when there is something, but not a manifest of ours.
    pub fn read(dir: &Path) -> io::Result<Option<Manifest>> {
        let (file, metadata) = match disk::open_regular(&dir.join(NAME)) {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if is_link(&dir.join(NAME)) => return Err(invalid(error)),
            Err(error) => return Err(error),
        };
        if metadata.len() > MAX_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes)?;
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(invalid)?;
        if manifest.is_valid() { Ok(Some(manifest)) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    /// The folders that the files lie in.
    pub fn folders(&self) -> BTreeSet<&str> {
        self.files.keys().flat_map(|path| plan::folders_above(path)).collect()
    }

    /// A path that leaves the output would make us delete elsewhere.
    fn is_valid(&self) -> bool {
        let is_hash = |hash: &str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        self.campanile == VERSION
            && self.files.iter().all(|(path, hash)| plan::check_path(path).is_ok() && is_hash(hash))
    }
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|m| m.is_symlink())
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
