//! What a session made of files, kept as long as their version stays the same: nothing that a run does not ask for survives the next.

use std::collections::HashMap;

use crate::source::Source;

/// Made of files, by path.
pub struct ByVersion<T> {
    before: HashMap<String, (u64, T)>,
    now: HashMap<String, (u64, T)>,
}

impl<T> Default for ByVersion<T> {
    fn default() -> Self {
        ByVersion { before: HashMap::new(), now: HashMap::new() }
    }
}

impl<T: Clone> ByVersion<T> {
    /// A new run begins.
    pub fn begin(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }

    /// What was made of the file, or what `make` makes of it now.
    ///
    /// # Errors
    /// Those of `make`; they are not kept.
    pub fn get<E>(
        &mut self,
        source: &dyn Source,
        path: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let version = source.version(path);
        let known = self.before.get(path).or_else(|| self.now.get(path));
        if let Some((_, made)) = known.filter(|(of, _)| Some(*of) == version) {
            let made = made.clone();
            self.now.insert(path.to_owned(), (version.unwrap_or_default(), made.clone()));
            return Ok(made);
        }
        let made = make()?;
        if let Some(version) = version {
            self.now.insert(path.to_owned(), (version, made.clone()));
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::source::{Entry, Memory};

    /// Files that all have one version.
    struct Versioned(Memory, AtomicU64);

    impl Source for Versioned {
        fn list(&self, folder: &str, skip: &[&str]) -> std::io::Result<Vec<Entry>> {
            self.0.list(folder, skip)
        }
        fn folders(&self, folder: &str) -> std::io::Result<Vec<String>> {
            self.0.folders(folder)
        }
        fn read(&self, path: &str, limit: u64) -> std::io::Result<Vec<u8>> {
            self.0.read(path, limit)
        }
        fn exists(&self, path: &str) -> bool {
            self.0.exists(path)
        }
        fn version(&self, _: &str) -> Option<u64> {
            Some(self.1.load(Ordering::Relaxed))
        }
    }

    #[test]
    fn a_file_is_read_again_only_in_another_version_and_forgotten_when_nobody_asks() {
        let source = Versioned(Memory::default(), AtomicU64::new(1));
        let (mut kept, made) = (ByVersion::default(), Cell::new(0));
        let ask = |kept: &mut ByVersion<u32>| {
            kept.begin();
            let make = || {
                made.set(made.get() + 1);
                Ok::<u32, ()>(made.get())
            };
            kept.get(&source, "a", make).unwrap()
        };
        assert_eq!([ask(&mut kept), ask(&mut kept)], [1, 1]);
        source.1.store(2, Ordering::Relaxed);
        assert_eq!([ask(&mut kept), ask(&mut kept)], [2, 2]);
        kept.begin();
        assert_eq!(ask(&mut kept), 3);
    }
}
