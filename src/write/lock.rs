//! One build at a time: an advisory lock on a file beside the output. The file stays, and means nothing by
//! itself; the system drops the lock of a killed process.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;

use super::disk::FILE_MODE;
use super::fault::{Action, Doing, Failure, shown};
use super::place::Place;
use crate::text;

const POLL: Duration = Duration::from_millis(20);

/// Held while publishing.
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock, trying again for as long as `wait`.
    ///
    /// # Errors
    /// `Busy` when it is still held then.
    pub fn acquire(place: &Place, wait: Duration) -> Result<Self, Failure> {
        let path = place.sibling("lock");
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(FILE_MODE)
            .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed())
            .open(&path)
            .doing(Action::Lock, &path)?;
        let start = Instant::now();
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Lock { file }),
                Err(Errno::WOULDBLOCK | Errno::INTR) => {}
                Err(error) => return Err(error).doing(Action::Lock, &path),
            }
            let left = wait.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(busy(place, wait));
            }
            std::thread::sleep(POLL.min(left));
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough while a process forked elsewhere in this program still has the file open.
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

fn busy(place: &Place, wait: Duration) -> Failure {
    let (shown, seconds) = (shown(&place.output), wait.as_secs_f32());
    let message = text!(
        "un'altra costruzione sta pubblicando in «{shown}» (attesa: {seconds:.1} s)",
        "another build is publishing to “{shown}” (waited {seconds:.1} s)"
    );
    let hint = text!(
        "Aspetta che finisca e riprova. Il sito pubblicato non è stato toccato.",
        "Wait for it to finish and try again. The published site was not touched."
    );
    Failure::busy(&place.output, message, hint)
}
