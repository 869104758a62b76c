//! Events for calendars (RFC 5545): a file for each event to come and one for all. Every date is an entry of its own, in the time
//! of Rome; nothing depends on the moment of the build, so that the same content gives the same bytes.

use std::fmt::Write as _;

use jiff::ToSpan;

use crate::content::dataora::{DataOra, ROMA};
use crate::content::evento::{Evento, Stato};
use crate::content::ricorrenza::Occorrenza;
use crate::plan::{CALENDARIO, calendar_url};
use crate::render::Urls;
use crate::site::{Item, Site};

/// The calendar files of a site, by output path.
pub fn files(site: &Site, urls: &Urls) -> Vec<(String, String)> {
    let coming = || site.eventi().filter(|(item, _)| !item.scaduto);
    let mut files = vec![(CALENDARIO.trim_start_matches('/').to_owned(), calendar(site, urls, coming()))];
    for pair in coming() {
        let path = calendar_url(pair.0).trim_start_matches('/').to_owned();
        files.push((path, calendar(site, urls, std::iter::once(pair))));
    }
    files
}

/// The rules of Rome since 1996, when summer time took its present form in the whole European Union (directive 2000/84/EC).
const TIME_ZONE: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Rome",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
];

fn calendar<'a>(site: &Site, urls: &Urls, events: impl Iterator<Item = (&'a Item, &'a Evento)>) -> String {
    let nome = &site.config.written.ente.nome.value.0;
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Campanile//Eventi//IT");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", &format!("Eventi - {nome}"));
    for line in TIME_ZONE {
        out.line(line);
    }
    for (item, evento) in events {
        for (n, date) in item.date.prossime.iter().enumerate() {
            let earlier = &item.date.prossime[..n];
            let same_day = earlier.iter().filter(|o| o.inizio.giorno == date.inizio.giorno).count();
            entry(&mut out, (site, urls), (item, evento), *date, same_day);
        }
    }
    out.line("END:VCALENDAR");
    out.0
}

/// One date of an event; `same_day` counts its earlier dates of that day.
fn entry(
    out: &mut Lines,
    (site, urls): (&Site, &Urls),
    (item, evento): (&Item, &Evento),
    date: Occorrenza,
    same_day: usize,
) {
    let day = date.inizio.giorno.strftime("%Y%m%d");
    let common = &item.entry.common;
    let revised = common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref());
    let stamp = revised.map_or(evento.inizio.giorno, |d| d.value).strftime("%Y%m%d");
    let host = &site.config.written.dominio.value.0;
    // An event that happens once keeps its name when it is moved, so that calendars move it too.
    let which = match (&evento.ricorrenza, same_day) {
        (None, _) => String::new(),
        (Some(_), 0) => format!("-{day}"),
        (Some(_), n) => format!("-{day}-{}", n + 1),
    };
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}{which}@{host}", item.entry.slug));
    out.line(&format!("DTSTAMP:{stamp}T000000Z"));
    out.line(&moment("DTSTART", date.inizio, 0));
    if let Some(fine) = date.fine {
        // The end of whole days is the day after the last.
        out.line(&moment("DTEND", fine, 1));
    }
    out.text("SUMMARY", &item.titolo);
    out.text("DESCRIPTION", &item.descrizione);
    if let Some(sede) = site.sede(evento) {
        out.text("LOCATION", &format!("{}, {}", sede.nome, sede.in_riga(site)));
        if let Some((lat, lon)) = sede.coordinate {
            out.line(&format!("GEO:{lat};{lon}"));
        }
    }
    out.text("CATEGORIES", &evento.tipo.entry.nome);
    out.line(&format!("URL:{}", urls.absolute(&item.url)));
    out.line(match evento.stato() {
        Stato::Confermato => "STATUS:CONFIRMED",
        Stato::Annullato => "STATUS:CANCELLED",
        Stato::Rinviato => "STATUS:TENTATIVE",
    });
    out.line("END:VEVENT");
}

/// `DTSTART;TZID=Europe/Rome:20261205T203000`, or a day moved by `days`.
fn moment(name: &str, m: DataOra, days: i32) -> String {
    match m.ora {
        Some(_) => format!("{name};TZID={ROMA}:{}", m.clock().strftime("%Y%m%dT%H%M%S")),
        None => format!("{name};VALUE=DATE:{}", m.giorno.saturating_add(days.days()).strftime("%Y%m%d")),
    }
}

/// Content lines: ended by CRLF, folded so that none is longer than 75 octets.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, line: &str) {
        let mut room = 75;
        for c in line.chars() {
            if room < c.len_utf8() {
                self.0.push_str("\r\n ");
                room = 74;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is a text.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in value.chars() {
            // Writing to a String cannot fail.
            let _ = match c {
                '\\' | ';' | ',' => write!(line, "\\{c}"),
                '\n' => write!(line, "\\n"),
                c if c.is_control() => Ok(()),
                c => write!(line, "{c}"),
            };
        }
        self.line(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_texts_escaped() {
        let mut out = Lines::default();
        out.text("SUMMARY", &format!("a,b;c\\d\ne\r{}", "è".repeat(80)));
        assert!(out.0.starts_with("SUMMARY:a\\,b\\;c\\\\d\\neè"));
        assert!(out.0.split("\r\n").all(|l| l.len() <= 75));
        assert_eq!(out.0.replace("\r\n ", "").matches('è').count(), 80);
    }

    #[test]
    fn whole_days_end_on_the_day_after() {
        let day = DataOra::parse("2026-12-31").unwrap();
        assert_eq!(moment("DTEND", day, 1), "DTEND;VALUE=DATE:20270101");
        assert_eq!(
            moment("DTSTART", DataOra::parse("2026-12-05T20:30").unwrap(), 0),
            "DTSTART;TZID=Europe/Rome:20261205T203000"
        );
    }
}
