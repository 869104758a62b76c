//! What can go wrong, in words: every failure names the path, the cause and the cure in both languages.

use std::io;
use std::path::Path;

use rustix::io::Errno;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

/// Why nothing was published. Boxed, because success should not pay for the size of a diagnostic.
#[derive(Debug, Clone)]
pub enum Failure {
    /// The output is not ours to write (exit code 3).
    Refused(Box<Diagnostic>),
    /// Another build is publishing there (exit code 4).
    Busy(Box<Diagnostic>),
    /// Reading or writing failed (exit code 5).
    Failed(Box<Diagnostic>),
}

impl Failure {
    /// What to show.
    pub fn diagnostic(&self) -> &Diagnostic {
        match self {
            Failure::Refused(d) | Failure::Busy(d) | Failure::Failed(d) => d,
        }
    }

    /// What to show, to be handed on.
    pub fn into_diagnostic(self) -> Diagnostic {
        match self {
            Failure::Refused(d) | Failure::Busy(d) | Failure::Failed(d) => *d,
        }
    }

    /// A refusal because of `path`.
    pub(super) fn refused(path: &Path, message: Text, hint: Text) -> Self {
        Failure::Refused(diagnostic(Code::OutputRefused, path, message, hint))
    }

    /// Somebody else is at work on `path`.
    pub(super) fn busy(path: &Path, message: Text, hint: Text) -> Self {
        Failure::Busy(diagnostic(Code::OutputBusy, path, message, hint))
    }

    /// The list of files is wrong: a fault of the program, not of the disk.
    pub(super) fn internal(path: &str, reason: &Text) -> Self {
        let path = Path::new(path);
        let (shown, it, en) = (shown(path), &reason.it, &reason.en);
        let message = text!(
            "errore interno: il file «{shown}» non si può pubblicare: {it}. Il sito pubblicato è rimasto com'era",
            "internal error: the file “{shown}” cannot be published: {en}. The published site was left as it was"
        );
        let hint = text!(
            "È un difetto di Campanile: segnalalo con questo messaggio.",
            "This is a defect of Campanile: please report it with this message."
        );
        Failure::Failed(diagnostic(Code::OutputFailed, path, message, hint))
    }

    /// The system refused to do `action` on `path`.
    pub(super) fn failed(action: Action, path: &Path, error: &io::Error) -> Self {
        let (cause, hint) = explain(error);
        let ((do_it, do_en), shown, it, en) = (action.words(), shown(path), cause.it, cause.en);
        let message = text!(
            "non si riesce a {do_it} «{shown}»: {it}. Il sito pubblicato è rimasto com'era",
            "cannot {do_en} “{shown}”: {en}. The published site was left as it was"
        );
        Failure::Failed(diagnostic(Code::OutputFailed, path, message, hint))
    }
}

fn diagnostic(code: Code, path: &Path, message: Text, hint: Text) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(code, message).in_file(shown(path)).hint(hint))
}

/// What was being tried when the system said no.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Read,
    Write,
    Keep,
    Create,
    Lock,
    Sync,
    Publish,
    Restore,
}

impl Action {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Action::Read => ("leggere", "read"),
            Action::Write => ("scrivere", "write"),
            Action::Keep => ("conservare", "keep"),
            Action::Create => ("creare", "create"),
            Action::Lock => ("bloccare", "lock"),
            Action::Sync => ("salvare sul disco", "save to disk"),
            Action::Publish => ("mettere al suo posto", "put in place"),
            Action::Restore => ("ripristinare", "restore"),
        }
    }
}

/// Turns a system error into a failure that says what was being done to which path.
pub(super) trait Doing<T> {
    /// Names the action and the path.
    fn doing(self, action: Action, path: &Path) -> Result<T, Failure>;
}

impl<T, E: Into<io::Error>> Doing<T> for Result<T, E> {
    fn doing(self, action: Action, path: &Path) -> Result<T, Failure> {
        self.map_err(|error| Failure::failed(action, path, &error.into()))
    }
}

/// The cause in plain words, and its cure.
fn explain(error: &io::Error) -> (Text, Text) {
    match Errno::from_io_error(error) {
        Some(Errno::NOSPC) => (
            text!("il disco è pieno", "the disk is full"),
            text!("Libera spazio su quel disco e riprova.", "Free some space on that disk and try again."),
        ),
        Some(Errno::DQUOT) => (
            text!("la quota di disco è esaurita", "the disk quota is used up"),
            text!("Libera spazio o chiedi una quota maggiore.", "Free some space or ask for a larger quota."),
        ),
        Some(Errno::ROFS) => (
            text!("il disco è in sola lettura", "the disk is read-only"),
            text!(
                "Rendi scrivibile il disco o scegli un'altra cartella con --output.",
                "Make the disk writable or choose another folder with --output."
            ),
        ),
        Some(Errno::ACCESS | Errno::PERM) => (
            text!("mancano i permessi", "permission denied"),
            text!(
                "Controlla chi possiede la cartella di uscita e quella che la contiene: devono essere scrivibili.",
                "Check who owns the output folder and the one that contains it: both must be writable."
            ),
        ),
        Some(Errno::FBIG) => (
            text!("il file supera la grandezza ammessa", "the file exceeds the size allowed"),
            text!("Alza il limite (ulimit -f) e riprova.", "Raise the limit (ulimit -f) and try again."),
        ),
        Some(Errno::MFILE | Errno::NFILE) => (
            text!("troppi file aperti", "too many open files"),
            text!("Alza il limite (ulimit -n) e riprova.", "Raise the limit (ulimit -n) and try again."),
        ),
        Some(Errno::NAMETOOLONG) => (
            text!("il nome è troppo lungo", "the name is too long"),
            text!("Scegli nomi più corti.", "Choose shorter names."),
        ),
        Some(Errno::BUSY) => (
            text!("è in uso, forse come punto di montaggio", "it is in use, perhaps as a mount point"),
            text!(
                "Scegli con --output una cartella dentro quella montata.",
                "Choose with --output a folder inside the mounted one."
            ),
        ),
        _ => (
            text!("{error}", "{error}"),
            text!(
                "Controlla il disco e la cartella di uscita, poi riprova.",
                "Check the disk and the output folder, then try again."
            ),
        ),
    }
}

/// A path fit to be shown: a name can hold anything, a terminal must not obey it.
pub(super) fn shown(path: &Path) -> String {
    let mut out = String::new();
    for c in path.to_string_lossy().chars() {
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
