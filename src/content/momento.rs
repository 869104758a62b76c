//! A moment written by an editor: a day, with or without the time of day.

use jiff::civil::{Date, Time};

use super::field::{Cx, FieldType};
use super::types::scalar;
use crate::diagnostic::{Code, Diagnostic};
use crate::text;
use crate::yaml::Node;

/// A day and perhaps a time, in Italian civil time: `2026-10-15` or `2026-10-15T12:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Momento {
    /// The day.
    pub giorno: Date,
    /// The time; none for the whole day.
    pub ora: Option<Time>,
}

impl Momento {
    fn parse(written: &str) -> Option<Self> {
        let (day, time) = match written.split_once(['T', ' ']) {
            Some((day, time)) => (day, Some(time)),
            None => (written, None),
        };
        let ora = match time {
            Some(time) if matches!(time.len(), 5 | 8) => Some(time.parse().ok()?),
            Some(_) => return None,
            None => None,
        };
        (day.len() == 10).then_some(Momento { giorno: day.parse().ok()?, ora })
    }
}

impl FieldType for Momento {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        Momento::parse(written).or_else(|| {
            cx.fail(
                Diagnostic::new(
                    Code::FieldDate,
                    text!("`{written}` non è una data valida", "`{written}` is not a valid date"),
                )
                .at(node.span)
                .hint(text!(
                    "scrivi anno-mese-giorno e l'ora, per esempio 2026-10-15T12:00",
                    "write year-month-day and the time, for example 2026-10-15T12:00"
                )),
            )
        })
    }

    fn days(&self, out: &mut Vec<Date>) {
        out.push(self.giorno);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times() {
        let noon = Momento::parse("2026-10-15T12:00").unwrap();
        assert_eq!((noon.giorno.day(), noon.ora.unwrap().hour()), (15, 12));
        assert_eq!(Momento::parse("2026-10-15").unwrap().ora, None);
        for bad in ["15/10/2026", "2026-10-15T25:00", "2026-10-15T12", "2026-13-01", "2026-10-15T", ""] {
            assert_eq!(Momento::parse(bad), None, "{bad}");
        }
    }
}
