//! Dates, sizes and numbers as Italians write them.

use jiff::civil::{Date, Time};

use crate::content::documento::Documento;
use crate::content::ricorrenza::Occorrenza;

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
/// Days of the week, Monday first.
pub const DAYS: [&str; 7] = ["Lunedì", "Martedì", "Mercoledì", "Giovedì", "Venerdì", "Sabato", "Domenica"];

/// `dicembre`.
pub fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()) - 1]
}

/// `14 settembre 2026`; the first of the month is `1º`.
pub fn date(date: Date) -> String {
    let day = if date.day() == 1 { "1º".to_owned() } else { date.day().to_string() };
    format!("{day} {} {}", month(date), date.year())
}

/// `14/09/2026`.
pub fn date_short(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// `set`.
pub fn month_short(date: Date) -> &'static str {
    &month(date)[..3]
}

/// `dal 15 giugno`, `dall'8 aprile`, `dall'11 marzo`.
pub fn from_date(d: Date) -> String {
    let article = if matches!(d.day(), 8 | 11) { "dall'" } else { "dal " };
    format!("{article}{}", date(d))
}

/// `al 15 giugno`, `all'8 aprile`.
pub fn to_date(d: Date) -> String {
    let article = if matches!(d.day(), 8 | 11) { "all'" } else { "al " };
    format!("{article}{}", date(d))
}

/// `sabato`.
pub fn weekday(date: Date) -> String {
    DAYS[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)].to_lowercase()
}

/// `sabato 5 dicembre 2026`.
pub fn full_date(d: Date) -> String {
    format!("{} {}", weekday(d), date(d))
}

/// `8:30`.
pub fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// `dalle 20:30`, `dall'1:00`: the article of a time of the clock.
fn at(article: &str, time: Time) -> String {
    match time.hour() {
        1 => format!("{}'{}", article.trim_end_matches('e'), clock(time)),
        _ => format!("{article} {}", clock(time)),
    }
}

/// `ore 20:30`, `dalle 20:30 alle 22:30`; none for a whole day.
pub fn hours(o: Occorrenza) -> Option<String> {
    let start = o.inizio.ora?;
    match o.fine.and_then(|f| f.ora) {
        Some(end) => Some(format!("{} {}", at("dalle", start), at("alle", end))),
        None => Some(format!("ore {}", clock(start))),
    }
}

/// `dal 5 dicembre 2026 al 6 gennaio 2027`.
pub fn interval(first: Date, last: Date) -> String {
    format!("{} {}", from_date(first), to_date(last))
}

/// When it happens: `sabato 5 dicembre 2026, dalle 20:30 alle 22:30`, `dal 5 dicembre 2026 al 6 gennaio 2027`.
pub fn when(o: Occorrenza) -> String {
    if o.piu_giorni() {
        return interval(o.inizio.giorno, o.ultimo_giorno());
    }
    let day = full_date(o.inizio.giorno);
    hours(o).map_or(day.clone(), |hours| format!("{day}, {hours}"))
}

/// `34 KB`, `1,2 MB`.
pub fn size(bytes: usize) -> String {
    let kib = bytes.div_ceil(1024);
    if kib < 1024 { format!("{kib} KB") } else { format!("{},{} MB", kib / 1024, kib % 1024 * 10 / 1024) }
}

/// `1 giorno`, `30 giorni`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Minutes needed to read a text, at 200 words a minute.
pub fn reading_minutes(text: &str) -> usize {
    text.split_whitespace().count().div_ceil(200).max(1)
}

/// Registry number and date of a document: "12345 del 3 marzo 2026".
pub fn protocol(d: &Documento) -> Option<String> {
    let number = &d.numero_protocollo.as_ref()?.value.0;
    Some(match &d.data_protocollo {
        Some(day) => format!("{number} del {}", date(day.value)),
        None => number.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn italian_forms() {
        let d = Date::new(2026, 9, 1).unwrap();
        assert_eq!(date(d), "1º settembre 2026");
        assert_eq!(date_short(d), "01/09/2026");
        assert_eq!(from_date(Date::new(2026, 4, 8).unwrap()), "dall'8 aprile 2026");
        assert_eq!(full_date(d), "martedì 1º settembre 2026");
        assert_eq!(size(100), "1 KB");
        assert_eq!(size(1_300_000), "1,2 MB");
        assert_eq!(count(1, "giorno", "giorni"), "1 giorno");
    }

    #[test]
    fn dates_of_events() {
        use crate::content::dataora::DataOra;
        for (inizio, fine, text) in [
            ("2026-12-05", "", "sabato 5 dicembre 2026"),
            ("2026-12-05T20:30", "", "sabato 5 dicembre 2026, ore 20:30"),
            ("2026-12-05T20:30", "2026-12-05T22:30", "sabato 5 dicembre 2026, dalle 20:30 alle 22:30"),
            ("2026-12-05T22:00", "2026-12-06T01:00", "sabato 5 dicembre 2026, dalle 22:00 all'1:00"),
            ("2026-12-08", "2027-01-11", "dall'8 dicembre 2026 all'11 gennaio 2027"),
        ] {
            let o = Occorrenza { inizio: DataOra::parse(inizio).unwrap(), fine: DataOra::parse(fine) };
            assert_eq!(when(o), text);
        }
    }
}
