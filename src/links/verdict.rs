//! What is said of an address, and why.

use super::web::Fault;
use crate::diagnostic::Text;
use crate::text;

/// What is said of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It answers 2xx or 3xx.
    Alive,
    /// It answers, but only to who it knows: alive, with a note.
    Refused,
    /// It is no longer there: 404, 410.
    Gone,
    /// It answers with another error.
    Failing,
    /// It does not answer.
    Unreachable,
    /// Not judged: the other side asked to come back later, or time was over.
    Postponed,
}

impl Verdict {
    const ALL: [Verdict; 6] = [
        Verdict::Alive,
        Verdict::Refused,
        Verdict::Gone,
        Verdict::Failing,
        Verdict::Unreachable,
        Verdict::Postponed,
    ];

    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Alive => "alive",
            Verdict::Refused => "refused",
            Verdict::Gone => "gone",
            Verdict::Failing => "failing",
            Verdict::Unreachable => "unreachable",
            Verdict::Postponed => "postponed",
        }
    }

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Verdict> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }

    /// Whether a citizen who follows the link arrives.
    pub fn is_alive(self) -> bool {
        matches!(self, Verdict::Alive | Verdict::Refused)
    }

    /// Whether a citizen who follows the link finds an error.
    pub fn is_broken(self) -> bool {
        matches!(self, Verdict::Gone | Verdict::Failing | Verdict::Unreachable)
    }
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The status of the answer.
    Status(u16),
    /// There was no answer.
    Fault(Fault),
    /// Its host did not answer to others before it: not asked.
    SilentHost,
    /// The time for the whole check was over: not asked.
    OutOfTime,
}

impl From<Fault> for Cause {
    fn from(fault: Fault) -> Self {
        Cause::Fault(fault)
    }
}

/// A verdict with its cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What is said.
    pub verdict: Verdict,
    /// Why.
    pub cause: Cause,
}

impl Judgement {
    /// A judgement.
    pub fn new(verdict: Verdict, cause: Cause) -> Self {
        Judgement { verdict, cause }
    }

    /// The status of the answer, if there was one.
    pub fn status(self) -> Option<u16> {
        match self.cause {
            Cause::Status(status) => Some(status),
            _ => None,
        }
    }

    /// Whether nothing came back at all, as when this side has no network.
    pub fn is_silence(self) -> bool {
        match self.cause {
            Cause::Fault(fault) => fault.is_silence(),
            Cause::SilentHost | Cause::OutOfTime => true,
            Cause::Status(_) => false,
        }
    }

    /// The cause in a few words.
    pub fn reason(self) -> Text {
        match (self.verdict, self.cause) {
            (Verdict::Alive, Cause::Status(status)) => text!("risponde {status}", "answers {status}"),
            (Verdict::Refused, Cause::Status(status)) => {
                text!(
                    "risponde {status}: c'è, ma vuole sapere chi sei",
                    "answers {status}: it is there, but wants to know who you are"
                )
            }
            (Verdict::Gone, Cause::Status(status)) => {
                text!("risponde {status}: la pagina non c'è più", "answers {status}: the page is gone")
            }
            (Verdict::Postponed, Cause::Status(status)) => {
                text!(
                    "risponde {status}: chiede di riprovare più tardi",
                    "answers {status}: it asks to try again later"
                )
            }
            (_, Cause::Status(status)) if status >= 500 => {
                text!(
                    "risponde {status}: il servizio è guasto",
                    "answers {status}: the service is out of order"
                )
            }
            (_, Cause::Status(status)) => {
                text!("risponde {status}: rifiuta la richiesta", "answers {status}: it rejects the request")
            }
            (_, Cause::Fault(fault)) => fault.reason(),
            (_, Cause::SilentHost) => {
                text!("non chiesto: il suo sito non risponde", "not asked: its site does not answer")
            }
            (_, Cause::OutOfTime) => text!("non chiesto: tempo scaduto", "not asked: time is over"),
        }
    }
}
