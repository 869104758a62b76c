//! The files to publish, checked and hashed before the disk is touched.

use std::collections::{BTreeMap, BTreeSet};

use super::OutputFile;
use super::fault::Failure;
use super::manifest::Manifest;
use crate::diagnostic::Text;
use crate::text;

/// What stands at a path.
pub struct Planned<'a> {
    /// What to write.
    pub bytes: &'a [u8],
    /// BLAKE3, in hexadecimal.
    pub hash: String,
}

/// The whole site by path.
pub struct Plan<'a> {
    /// Every file.
    pub files: BTreeMap<&'a str, Planned<'a>>,
    /// Every folder that the files need, each after the one above it.
    pub folders: BTreeSet<&'a str>,
}

impl<'a> Plan<'a> {
    /// Checks paths and hashes the bytes.
    ///
    /// # Errors
    /// `Failed` for a path that leaves the output, is there twice or is both file and folder: an earlier stage
    /// should not have let it pass.
    pub fn new(files: &'a [OutputFile]) -> Result<Self, Failure> {
        let mut plan = Plan { files: BTreeMap::new(), folders: BTreeSet::new() };
        for file in files {
            check_path(&file.path).map_err(|reason| Failure::internal(&file.path, &reason))?;
            let hash = blake3::hash(&file.bytes).to_hex().to_string();
            let planned = Planned { bytes: &file.bytes, hash };
            if plan.files.insert(&file.path, planned).is_some() {
                return Err(Failure::internal(&file.path, &text!("compare due volte", "it is there twice")));
            }
            plan.folders.extend(folders_above(&file.path));
        }
        plan.check_kinds()?;
        Ok(plan)
    }

    fn check_kinds(&self) -> Result<(), Failure> {
        if self.files.is_empty() {
            let reason = text!("il sito non ha alcun file", "the site has no file at all");
            return Err(Failure::internal("", &reason));
        }
        match self.files.keys().find(|path| self.folders.contains(*path)) {
            Some(path) => {
                let reason = text!("è insieme file e cartella", "it is both a file and a folder");
                Err(Failure::internal(path, &reason))
            }
            None => Ok(()),
        }
    }

    /// The manifest of the site.
    pub fn manifest(&self) -> Manifest {
        Manifest::new(self.files.iter().map(|(path, file)| ((*path).to_owned(), file.hash.clone())).collect())
    }
}

/// The folders a path lies in, the deepest first: `a/b/c` gives `a/b`, `a`.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(above, _)| above.rsplit_once('/')).map(|(above, _)| above)
}

/// Why a path cannot be one of the output, if so.
pub fn check_path(path: &str) -> Result<(), Text> {
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(text!(
            "il percorso è vuoto, assoluto o esce dalla cartella",
            "the path is empty, absolute or leaves the folder"
        ));
    }
    if path.contains(|c: char| c == '\\' || c.is_control()) {
        return Err(text!(
            "il percorso contiene caratteri non ammessi",
            "the path holds forbidden characters"
        ));
    }
    if path.starts_with(".campanile-") {
        return Err(text!("il nome è riservato", "the name is reserved"));
    }
    Ok(())
}
