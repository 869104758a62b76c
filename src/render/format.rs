//! Dates, sizes and numbers as Italians write them.

use jiff::civil::Date;

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

fn month(date: Date) -> &'static str {
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

/// `12:00`, `9:30`.
pub fn clock(time: jiff::civil::Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn italian_forms() {
        let d = Date::new(2026, 9, 1).unwrap();
        assert_eq!(date(d), "1º settembre 2026");
        assert_eq!(date_short(d), "01/09/2026");
        assert_eq!(from_date(Date::new(2026, 4, 8).unwrap()), "dall'8 aprile 2026");
        assert_eq!(size(100), "1 KB");
        assert_eq!(size(1_300_000), "1,2 MB");
        assert_eq!(count(1, "giorno", "giorni"), "1 giorno");
    }
}
