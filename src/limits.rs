//! The bounds within which content is read, so that no file can exhaust memory, stack or patience, and the guard under
//! which each content file is read. Bounds can be raised together, never removed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::text;

/// The bounds of a run: the usual ones times a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    factor: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { factor: 1 }
    }
}

impl Limits {
    /// Highest factor.
    pub const MAX_FACTOR: u16 = 20;

    /// The usual bounds times `factor`, which is brought between 1 and [`Self::MAX_FACTOR`].
    pub fn times(factor: u16) -> Self {
        Limits { factor: factor.clamp(1, Self::MAX_FACTOR) }
    }

    fn count(self, usual: usize) -> usize {
        usual * usize::from(self.factor)
    }

    /// Largest text file, in bytes.
    pub fn text_bytes(self) -> u64 {
        5 * 1024 * 1024 * u64::from(self.factor)
    }

    /// How deep YAML groups and lists may nest.
    pub fn yaml_depth(self) -> usize {
        self.count(32)
    }

    /// How many values a YAML block may hold.
    pub fn yaml_nodes(self) -> usize {
        self.count(100_000)
    }

    /// How many values the aliases of a YAML block may repeat.
    pub fn alias_nodes(self) -> usize {
        self.count(10_000)
    }

    /// Longest YAML scalar, in bytes.
    pub fn scalar_bytes(self) -> usize {
        self.count(1024 * 1024)
    }

    /// How deep Markdown lists and quotations may nest.
    pub fn markdown_depth(self) -> usize {
        self.count(100)
    }

    /// How many pixels a picture may have: more than any telephone takes, and 150 MB once decoded.
    pub fn picture_pixels(self) -> u64 {
        50_000_000 * u64::from(self.factor)
    }

    /// Largest PDF whose structure is looked at, and how large one compressed part of it may become, in bytes.
    pub fn pdf_bytes(self) -> usize {
        self.count(64 * 1024 * 1024)
    }

    /// Processor time that one content file may take.
    fn document_time(self) -> Duration {
        Duration::from_secs(2) * u32::from(self.factor)
    }

    /// Reads one content file with `read`, which reports to `out`. A panic, or more processor time than allowed, becomes a
    /// finding that names the file; time is that of the thread, so a busy machine changes nothing.
    pub fn guard<T>(
        self,
        file: FileId,
        out: &mut Vec<Diagnostic>,
        read: impl FnOnce(&mut Vec<Diagnostic>) -> Option<T>,
    ) -> Option<T> {
        let start = thread_time();
        let Ok(result) = catch_unwind(AssertUnwindSafe(|| read(out))) else {
            let message = text!(
                "Campanile ha un difetto e non riesce a leggere questo file",
                "Campanile has a fault and cannot read this file"
            );
            let hint = text!(
                "manda il file a chi sviluppa Campanile; intanto toglilo dalla cartella",
                "send the file to Campanile's developers; meanwhile take it out of the folder"
            );
            out.push(Diagnostic::new(Code::FileFault, message).at(Span::file_start(file)).hint(hint));
            return None;
        };
        let limit = self.document_time();
        if thread_time().saturating_sub(start) > limit {
            let seconds = limit.as_secs();
            let message = text!(
                "leggere questo file richiede più di {seconds} secondi",
                "reading this file takes more than {seconds} seconds"
            );
            let hint = text!(
                "dividilo in più file, o alza i limiti con --limits",
                "split it into several files, or raise the bounds with --limits"
            );
            out.push(Diagnostic::new(Code::FileSlow, message).at(Span::file_start(file)).hint(hint));
            return None;
        }
        result
    }
}

/// Processor time that this thread has used.
fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFiles;

    fn guarded(read: impl FnOnce() -> Option<u8>) -> (Option<u8>, Vec<Code>) {
        let file = SourceFiles::default().add("servizi/uno.md".to_owned(), String::new());
        let mut out = Vec::new();
        let result = Limits::default().guard(file, &mut out, |_| read());
        (result, out.iter().map(|d| d.code).collect())
    }

    #[test]
    fn a_sound_reading_passes() {
        assert_eq!(guarded(|| Some(1)), (Some(1), Vec::new()));
    }

    #[test]
    fn a_panic_names_the_file() {
        assert_eq!(guarded(|| panic!("broken")), (None, vec![Code::FileFault]));
    }

    #[test]
    fn a_reading_without_end_is_given_up() {
        let limit = Limits::default().document_time();
        let busy = || {
            let start = thread_time();
            while thread_time().saturating_sub(start) <= limit {
                std::hint::black_box(());
            }
            Some(1)
        };
        assert_eq!(guarded(busy), (None, vec![Code::FileSlow]));
    }

    #[test]
    fn bounds_can_be_raised_and_not_removed() {
        assert_eq!(Limits::times(0), Limits::default());
        assert_eq!(Limits::times(3).yaml_depth(), 96);
        assert_eq!(Limits::times(u16::MAX).text_bytes(), 100 * 1024 * 1024);
    }
}
