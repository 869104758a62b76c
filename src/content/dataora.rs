//! Moments of events: a day, or a day and a time, always of the clock of Rome (content model 2.3).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::field::{Cx, FieldType};
use super::shape::{Scalar, Shape};
use super::types::{italian_date, scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::text;
use crate::yaml::Node;

/// A day and perhaps a time on the clocks of Italy. Without a time it means the whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataOra {
    /// The day.
    pub giorno: Date,
    /// The time; none for the whole day.
    pub ora: Option<Time>,
}

impl DataOra {
    /// Reads `2026-09-14`, `2026-09-14T20:30` (seconds may follow, a space may stand for the `T`) and the same with an offset
    /// (`+02:00`, `Z`), which is brought to the time of Rome.
    pub fn parse(written: &str) -> Option<Self> {
        let form = written.as_bytes();
        let dashes = form.get(4) == Some(&b'-') && form.get(7) == Some(&b'-');
        match (dashes, form.get(10)) {
            (true, None) => Some(DataOra { giorno: written.parse().ok()?, ora: None }),
            (true, Some(b'T' | b't' | b' ')) if form.len() >= 16 => {
                // With an offset the text is a moment, without one it is what the clock shows.
                let moment: Result<Timestamp, _> = written.parse();
                let clock = match moment {
                    Ok(moment) => moment.to_zoned(rome()).datetime(),
                    Err(_) => written.parse::<DateTime>().ok()?,
                };
                Some(DataOra { giorno: clock.date(), ora: Some(clock.time()) })
            }
            _ => None,
        }
    }

    /// The moment on the clock; midnight for a whole day.
    pub fn clock(self) -> DateTime {
        self.giorno.to_datetime(self.ora.unwrap_or(Time::midnight()))
    }
}

/// The time zone of every event.
pub const ROMA: &str = "Europe/Rome";

/// The rules of [`ROMA`].
///
/// # Panics
/// Never: the time zones are part of the program.
pub fn rome() -> TimeZone {
    TimeZone::get(ROMA).expect("the time zones are part of the program")
}

impl FieldType for DataOra {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        DataOra::parse(written).or_else(|| {
            let hint = italian_moment(written).map_or_else(
                || {
                    text!(
                        "scrivi anno-mese-giorno, una T e l'ora, per esempio 2026-09-14T20:30",
                        "write year-month-day, a T and the time, for example 2026-09-14T20:30"
                    )
                },
                |iso| text!("scrivi {iso}", "write {iso}"),
            );
            cx.fail(
                Diagnostic::new(
                    Code::FieldDate,
                    text!(
                        "`{written}` non è una data con l'ora valida",
                        "`{written}` is not a valid date and time"
                    ),
                )
                .at(node.span)
                .hint(hint),
            )
        })
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}.*)?$",
            "Scrivi anno-mese-giorno, una T e l'ora, per esempio 2026-09-14T20:30",
            "2026-09-14T20:30",
        )
    }

    fn days(&self, out: &mut Vec<Date>) {
        out.push(self.giorno);
    }
}

/// `14/9/2026 20.30`, `14-09-2026, ore 20:30`, `14/9/2026` in the form that is read, for the hint.
fn italian_moment(written: &str) -> Option<String> {
    let mut words = written.split([' ', ',', 'T']).filter(|w| !w.is_empty() && *w != "ore" && *w != "alle");
    let date = italian_date(words.next()?)?;
    let Some(time) = words.next() else { return Some(date) };
    let (hour, minute) = time.split_once([':', '.'])?;
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    Some(format!("{date}T{:02}:{:02}", time.hour(), time.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Option<String> {
        DataOra::parse(written).map(|d| match d.ora {
            Some(_) => d.clock().to_string(),
            None => d.giorno.to_string(),
        })
    }

    #[test]
    fn moments_are_those_of_rome() {
        for (written, clock) in [
            ("2026-09-14", "2026-09-14"),
            ("2026-09-14T20:30", "2026-09-14T20:30:00"),
            ("2026-09-14 20:30", "2026-09-14T20:30:00"),
            ("2026-09-14T20:30+02:00", "2026-09-14T20:30:00"),
            ("2026-12-31T23:30Z", "2027-01-01T00:30:00"),
            ("2026-07-01T12:00-04:00", "2026-07-01T18:00:00"),
        ] {
            assert_eq!(read(written).as_deref(), Some(clock), "{written}");
        }
        for bad in [
            "",
            "14/9/2026",
            "2026-13-01",
            "2026-02-30T10:00",
            "2026-09-14T25:00",
            "20260914T2030",
            "2026-09-14T20",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn italian_moments_get_the_form_that_is_read() {
        assert_eq!(italian_moment("14/9/2026 20.30").as_deref(), Some("2026-09-14T20:30"));
        assert_eq!(italian_moment("14-09-2026, ore 9:05").as_deref(), Some("2026-09-14T09:05"));
        assert_eq!(italian_moment("14/9/2026").as_deref(), Some("2026-09-14"));
        assert_eq!(italian_moment("domani sera"), None);
    }
}
