//! When an event is repeated: a rule of RFC 5545 or a list of dates (content model 2.3), expanded within fixed bounds.
//!
//! Rules are worked out on plain days, as the clock shows them, so that summer time moves nothing; nothing here knows what day it is.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rrule::{Frequency, RRuleSet};

use super::dataora::{DataOra, rome};
use super::field::{Cx, FieldType};
use super::shape::{Scalar, Shape};
use super::types::{Line, scalar};
use crate::diagnostic::{Code, Diagnostic, Spanned};
use crate::yaml::{Node, Value};
use crate::{record, text};

/// How many dates a recurrence may have; the rest is not looked at. Three years of days, twenty of weeks.
pub const MAX_DATE: u16 = 1000;

/// The clock times of one date, `"20:30"` or `"20:30-23:00"`; an end before the start is on the day after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ore {
    /// Start.
    pub dalle: Time,
    /// End.
    pub alle: Option<Time>,
}

impl Ore {
    fn parse(written: &str) -> Option<Self> {
        let time = |t: &str| {
            let (h, m) = t.trim().split_once(':')?;
            Time::new(h.parse().ok()?, m.parse().ok()?, 0, 0).ok()
        };
        match written.split_once(['-', '–']) {
            None => Some(Ore { dalle: time(written)?, alle: None }),
            Some((from, to)) => Some(Ore { dalle: time(from)?, alle: Some(time(to)?) }),
        }
    }
}

impl FieldType for Ore {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        Ore::parse(written).or_else(|| {
            cx.fail(
                Diagnostic::new(
                    Code::FieldValue,
                    text!("`{written}` non è un orario", "`{written}` is not a time"),
                )
                .at(node.span)
                .hint(text!(
                    "scrivilo fra virgolette, per esempio \"20:30\" o \"20:30-23:00\"",
                    "quote it, for example \"20:30\" or \"20:30-23:00\""
                )),
            )
        })
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^\s*\d{1,2}:\d{2}\s*([-–]\s*\d{1,2}:\d{2}\s*)?$",
            "Scrivi fra virgolette l'ora, per esempio \"20:30\" o \"20:30-23:00\"",
            "\"20:30-23:00\"",
        )
    }
}

record! {
    /// One more date of an event.
    pub struct Appuntamento {
        /// The day.
        data: required Date,
        /// Its own times; those of `inizio` and `fine` if none.
        orario: optional Ore,
    }
}

record! {
    /// A rule with the days on which it does not hold, and dates besides it.
    pub struct RegolaConEccezioni {
        /// `FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218`, first date at `inizio`.
        regola: required Line<500>,
        /// Days of the rule that are left out (EXDATE of RFC 5545).
        escluse: list Date,
        /// Dates besides those of the rule (RDATE of RFC 5545).
        altre: list Appuntamento,
    }
}

/// When an event happens besides `inizio`.
#[derive(Debug, Clone)]
pub enum Ricorrenza {
    /// `FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218`, first date at `inizio`.
    Regola(Line<500>),
    /// A rule, some days left out, some added.
    Eccezioni(Box<RegolaConEccezioni>),
    /// Date by date.
    Elenco(Vec<Spanned<Appuntamento>>),
}

impl FieldType for Ricorrenza {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let items = match &node.value {
            Value::List(items) => items,
            Value::Map(_) => {
                return RegolaConEccezioni::read(node, cx).map(|r| Ricorrenza::Eccezioni(Box::new(r)));
            }
            _ => return Line::read(node, cx).map(Ricorrenza::Regola),
        };
        let read: Vec<_> = items
            .iter()
            .map(|item| Appuntamento::read(item, cx).map(|value| Spanned { value, span: item.span }))
            .collect();
        read.into_iter().collect::<Option<Vec<_>>>().map(Ricorrenza::Elenco)
    }

    fn shape() -> Shape {
        Shape::Either(vec![
            Scalar::form(
                "^FREQ=",
                "Scrivi una regola, per esempio FREQ=WEEKLY;BYDAY=FR",
                "FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218",
            ),
            Shape::List(Box::new(Appuntamento::shape())),
            RegolaConEccezioni::shape(),
        ])
    }
}

/// How far ahead the dates of an event are shown, in days; the next one is shown however far it is.
pub const HORIZON: i32 = 366;

/// One time that an event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occorrenza {
    /// Start.
    pub inizio: DataOra,
    /// End, if known.
    pub fine: Option<DataOra>,
}

impl Occorrenza {
    /// The last day on which it is going on.
    pub fn ultimo_giorno(&self) -> Date {
        self.fine.map_or(self.inizio.giorno, |f| f.giorno)
    }

    /// Whether it lasts more than a day; what goes on after midnight and is over by six is still the same evening.
    pub fn piu_giorni(&self) -> bool {
        let Some(fine) = self.fine else { return false };
        let night = fine.ora.is_some_and(|o| o.hour() < 6);
        let same_evening = night && self.inizio.giorno.tomorrow().is_ok_and(|next| next == fine.giorno);
        fine.giorno != self.inizio.giorno && !same_evening
    }
}

/// The dates of an event, in order of time, each once.
#[derive(Debug, Clone, Default)]
pub struct Calendario {
    /// At most [`MAX_DATE`], never empty.
    pub date: Vec<Occorrenza>,
    /// There would be more.
    pub troppe: bool,
}

/// Why a rule is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegolaError {
    /// Not a rule of RFC 5545, or not one for the given start.
    Forma,
    /// It repeats within the day.
    PiuVolteAlGiorno,
    /// No date follows from it, or none is left.
    Vuota,
    /// A day left out is none of the rule's.
    EsclusaEstranea(Date),
}

impl Calendario {
    /// The dates of an event that happens first at `prima` and then as `ricorrenza` says.
    ///
    /// # Errors
    /// When the rule cannot be followed.
    pub fn new(prima: Occorrenza, ricorrenza: Option<&Ricorrenza>) -> Result<Self, RegolaError> {
        let (mut date, mut troppe) = match ricorrenza {
            None => (vec![prima], false),
            Some(Ricorrenza::Regola(rule)) => {
                let (days, more) = days(rule, prima.inizio.giorno)?;
                (days.into_iter().filter_map(|day| moved(prima, day)).collect(), more)
            }
            Some(Ricorrenza::Eccezioni(written)) => {
                let (mut days, more) = days(&written.regola.value.0, prima.inizio.giorno)?;
                for esclusa in written.escluse.iter().map(|e| e.value) {
                    let place = days.iter().position(|day| *day == esclusa);
                    days.remove(place.ok_or(RegolaError::EsclusaEstranea(esclusa))?);
                }
                let others = written.altre.iter().filter_map(|a| listed_date(prima, &a.value));
                (days.into_iter().filter_map(|day| moved(prima, day)).chain(others).collect(), more)
            }
            Some(Ricorrenza::Elenco(listed)) => {
                let others = listed.iter().filter_map(|a| listed_date(prima, &a.value));
                (std::iter::once(prima).chain(others).collect(), false)
            }
        };
        if date.is_empty() {
            return Err(RegolaError::Vuota);
        }
        date.sort();
        date.dedup_by_key(|o| o.inizio);
        troppe |= date.len() > usize::from(MAX_DATE);
        date.truncate(usize::from(MAX_DATE));
        Ok(Calendario { date, troppe })
    }

    /// Whether a date begins before the one before it is over.
    pub fn sovrapposto(&self) -> bool {
        self.date
            .windows(2)
            .any(|pair| pair[0].fine.is_some_and(|fine| pair[1].inizio.clock() < fine.clock()))
    }
}

/// The occurrence brought to another day, as long as the first by the clock.
fn moved(prima: Occorrenza, giorno: Date) -> Option<Occorrenza> {
    let move_to = |moment: DataOra| {
        let days = (moment.giorno - prima.inizio.giorno).get_days();
        Some(DataOra { giorno: giorno.checked_add(days.days()).ok()?, ora: moment.ora })
    };
    let fine = match prima.fine {
        Some(fine) => Some(move_to(fine)?),
        None => None,
    };
    Some(Occorrenza { inizio: DataOra { giorno, ora: prima.inizio.ora }, fine })
}

fn listed_date(prima: Occorrenza, written: &Appuntamento) -> Option<Occorrenza> {
    let giorno = written.data.value;
    let Some(ore) = written.orario.as_ref().map(|o| o.value) else { return moved(prima, giorno) };
    let fine = match ore.alle {
        None => None,
        Some(alle) if alle > ore.dalle => Some(DataOra { giorno, ora: Some(alle) }),
        Some(alle) => Some(DataOra { giorno: giorno.tomorrow().ok()?, ora: Some(alle) }),
    };
    Some(Occorrenza { inizio: DataOra { giorno, ora: Some(ore.dalle) }, fine })
}

/// The days of a rule from `first` on, at most [`MAX_DATE`], and whether there would be more.
fn days(rule: &str, first: Date) -> Result<(Vec<Date>, bool), RegolaError> {
    let rule = rule.strip_prefix("RRULE:").unwrap_or(rule);
    let parts: Option<Vec<String>> = rule.split(';').map(part).collect();
    // Plain days written as moments of UTC: the library counts days and never meets a change of hour.
    let text = format!(
        "DTSTART:{}T000000Z\nRRULE:{}",
        first.strftime("%Y%m%d"),
        parts.ok_or(RegolaError::Forma)?.join(";")
    );
    let rules: RRuleSet = text.parse().map_err(|_| RegolaError::Forma)?;
    let daily = [Frequency::Yearly, Frequency::Monthly, Frequency::Weekly, Frequency::Daily];
    if rules.get_rrule().iter().any(|r| !daily.contains(&r.get_freq())) {
        return Err(RegolaError::PiuVolteAlGiorno);
    }
    let found = rules.all(MAX_DATE);
    let day = |seconds: i64| Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date());
    let days: Vec<Date> = found.dates.iter().filter_map(|d| day(d.timestamp())).collect();
    if days.is_empty() { Err(RegolaError::Vuota) } else { Ok((days, found.limited)) }
}

/// One `NAME=value` of a rule as the library takes it: the last moment becomes one of the days counted here.
fn part(written: &str) -> Option<String> {
    let (name, value) = written.split_once('=')?;
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b',' | b'+' | b'-'));
    if !plain(name) || !plain(value) || name.eq_ignore_ascii_case("DTSTART") {
        return None;
    }
    // Times of the day are those of the event.
    if ["BYHOUR", "BYMINUTE", "BYSECOND"].iter().any(|n| name.eq_ignore_ascii_case(n)) {
        return None;
    }
    if !name.eq_ignore_ascii_case("UNTIL") {
        return Some(written.to_owned());
    }
    let last = match value.strip_suffix('Z') {
        Some(utc) => DateTime::strptime("%Y%m%dT%H%M%S", utc)
            .ok()?
            .to_zoned(TimeZone::UTC)
            .ok()?
            .with_time_zone(rome())
            .date(),
        None => Date::strptime("%Y%m%d", value.split('T').next()?).ok()?,
    };
    Some(format!("UNTIL={}T235959Z", last.strftime("%Y%m%d")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurrence(inizio: &str, fine: &str) -> Occorrenza {
        Occorrenza { inizio: DataOra::parse(inizio).unwrap(), fine: DataOra::parse(fine) }
    }

    fn starts(inizio: &str, fine: &str, rule: &str) -> Result<Vec<String>, RegolaError> {
        let calendar =
            Calendario::new(occurrence(inizio, fine), Some(&Ricorrenza::Regola(Line(rule.to_owned()))))?;
        Ok(calendar.date.iter().map(|o| o.inizio.clock().to_string()).collect())
    }

    #[test]
    fn rules_follow_the_clock_through_the_change_of_hour() {
        let found = starts("2026-10-16T20:30", "", "FREQ=WEEKLY;COUNT=3").unwrap();
        assert_eq!(found, ["2026-10-16T20:30:00", "2026-10-23T20:30:00", "2026-10-30T20:30:00"]);
        let calendar = Calendario::new(
            occurrence("2026-10-24T22:00", "2026-10-25T01:00"),
            Some(&Ricorrenza::Regola(Line("FREQ=DAILY;COUNT=2".to_owned()))),
        );
        let last = calendar.unwrap().date[1];
        assert_eq!(last.fine.unwrap().clock().to_string(), "2026-10-26T01:00:00");
    }

    #[test]
    fn the_last_day_counts_however_it_is_written() {
        for until in ["20261106", "20261106T235959", "20261106T193000Z", "20261106T225900Z"] {
            let found = starts("2026-10-30T20:30", "", &format!("RRULE:FREQ=WEEKLY;UNTIL={until}")).unwrap();
            assert_eq!(found.len(), 2, "{until}");
        }
        // In Rome it is already the day after.
        let found = starts("2026-10-30T20:30", "", "FREQ=DAILY;UNTIL=20261101T233000Z").unwrap();
        assert_eq!(found.last().unwrap(), "2026-11-02T20:30:00");
    }

    #[test]
    fn rules_that_are_none_are_told_apart() {
        use RegolaError::{Forma, PiuVolteAlGiorno, Vuota};
        for (rule, why) in [
            ("ogni venerdì", Forma),
            ("FREQ=FORTNIGHTLY", Forma),
            ("FREQ=DAILY;UNTIL=31/12/2026", Forma),
            ("FREQ=DAILY\nEXRULE:FREQ=DAILY", Forma),
            ("FREQ=DAILY;BYHOUR=1,2,3", Forma),
            ("DTSTART=20200101T000000Z;FREQ=DAILY", Forma),
            ("FREQ=HOURLY", PiuVolteAlGiorno),
            ("FREQ=SECONDLY;COUNT=4000000000", PiuVolteAlGiorno),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", Vuota),
            ("FREQ=DAILY;INTERVAL=0", Vuota),
        ] {
            assert_eq!(starts("2026-10-30T20:30", "", rule), Err(why), "{rule}");
        }
    }

    #[test]
    fn endless_and_sparse_rules_end() {
        let calendar = Calendario::new(
            occurrence("1970-01-01", ""),
            Some(&Ricorrenza::Regola(Line("FREQ=DAILY".to_owned()))),
        )
        .unwrap();
        assert!(calendar.troppe && calendar.date.len() == usize::from(MAX_DATE));
        for rule in [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;INTERVAL=65535;BYMONTHDAY=31",
            "FREQ=WEEKLY;BYSETPOS=366;BYMONTH=1",
        ] {
            // Whatever they give, they give it.
            let _ = starts("2026-10-30T20:30", "", rule);
        }
        assert!(starts("9999-12-30T20:30", "", "FREQ=DAILY").is_ok_and(|d| d.len() <= 2));
    }

    #[test]
    fn an_evening_that_ends_after_midnight_is_one_day() {
        assert!(!occurrence("2026-08-01T21:00", "2026-08-02T02:00").piu_giorni());
        assert!(occurrence("2026-08-01T09:00", "2026-08-03T18:00").piu_giorni());
        assert!(occurrence("2026-08-01", "2026-08-02").piu_giorni());
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(64))]
        /// Whatever the rule, it is refused or gives dates within the bound, from the start on.
        #[test]
        fn any_rule_is_refused_or_bounded(
            parts in proptest::collection::vec(
                "INTERVAL=[0-9]{1,6}|BY(DAY|MONTH|MONTHDAY|YEARDAY|WEEKNO|SETPOS)=-?[0-9]{1,3}(,(MO|-1SU|53FR|12))?|COUNT=[0-9]{1,10}|UNTIL=[0-9]{8}(T[0-9]{6}Z?)?|[A-Z=;]{0,6}",
                0..5,
            ),
            freq in "DAILY|WEEKLY|MONTHLY|YEARLY",
            year in 1i16..=9999,
        ) {
            let first = Date::new(year, 2, 28).unwrap();
            let rule = format!("FREQ={freq};{}", parts.join(";"));
            if let Ok((days, _)) = days(rule.trim_end_matches(';'), first) {
                proptest::prop_assert!(days.len() <= usize::from(MAX_DATE) && days.iter().all(|d| first <= *d));
            }
        }
    }
}
