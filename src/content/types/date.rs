//! Days, written as year-month-day.

use jiff::civil::Date;

use super::super::field::{Cx, FieldType};
use super::super::shape::{Scalar, Shape};
use super::{invalid, scalar};
use crate::diagnostic::Code;
use crate::text;
use crate::yaml::Node;

impl FieldType for Date {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let exact = written.len() == 10 && written.as_bytes().get(4) == Some(&b'-');
        if let (true, Ok(date)) = (exact, written.parse::<Date>()) {
            return Some(date);
        }
        let hint = italian_date(written).map_or_else(
            || {
                text!(
                    "scrivi anno-mese-giorno, per esempio 2026-09-14",
                    "write year-month-day, for example 2026-09-14"
                )
            },
            |iso| text!("scrivi {iso}", "write {iso}"),
        );
        cx.fail(invalid(
            Code::FieldDate,
            node.span,
            text!("`{written}` non è una data valida", "`{written}` is not a valid date"),
            hint,
        ))
    }

    fn shape() -> Shape {
        Scalar::form(r"^\d{4}-\d{2}-\d{2}$", "Scrivi anno-mese-giorno, per esempio 2026-09-14", "2026-09-14")
    }

    fn days(&self, out: &mut Vec<Date>) {
        out.push(*self);
    }
}

/// `14/9/2026`, `14-09-2026`, `14.9.2026` as an ISO date, for the hint.
pub fn italian_date(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(['/', '-', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (date.year() > 999).then(|| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn italian_dates_get_their_iso_form() {
        assert_eq!(italian_date("14/9/2026").as_deref(), Some("2026-09-14"));
        assert_eq!(italian_date("31/2/2026"), None);
    }
}
