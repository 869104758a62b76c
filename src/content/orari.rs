//! Opening hours, shared by offices and places (content model 2.14).

use super::field::{Contained, Cx, FieldType, Reference};
use super::shape::{Scalar, Shape};
use super::types::{Line, scalar};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned};
use crate::yaml::{Node, Value};
use crate::{choice, record, text};
use jiff::civil::Date;

choice! {
    /// When in the year a timetable holds.
    pub enum Stagione {
        /// All year.
        TuttoAnno = "tutto_anno",
        /// Winter.
        Invernale = "invernale",
        /// Summer.
        Estivo = "estivo",
    }
}

/// An interval of a day, `"08:30-12:30"`, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fascia {
    /// Opening.
    pub dalle: u16,
    /// Closing, later than opening.
    pub alle: u16,
}

impl Fascia {
    fn parse(written: &str) -> Option<Self> {
        let minutes = |t: &str| {
            let (h, m) = t.trim().split_once(':')?;
            let (h, m): (u16, u16) = (h.parse().ok()?, m.parse().ok()?);
            (h <= 24 && m < 60 && h * 60 + m <= 24 * 60).then_some(h * 60 + m)
        };
        let (from, to) = written.split_once(['-', '–'])?;
        let fascia = Fascia { dalle: minutes(from)?, alle: minutes(to)? };
        (fascia.dalle < fascia.alle).then_some(fascia)
    }

    /// `8:30` or `12:00`.
    pub fn clock(minutes: u16) -> String {
        format!("{}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FieldType for Fascia {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        Fascia::parse(written).or_else(|| {
            cx.fail(
                Diagnostic::new(
                    Code::FieldValue,
                    text!("`{written}` non è un orario", "`{written}` is not a time interval"),
                )
                .at(node.span)
                .hint(text!(
                    "scrivilo fra virgolette, per esempio \"08:30-12:30\"",
                    "quote it, for example \"08:30-12:30\""
                )),
            )
        })
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^\s*\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}\s*$",
            "Scrivi fra virgolette dalle-alle, per esempio \"08:30-12:30\"",
            "\"08:30-12:30\"",
        )
    }
}

record! {
    /// The intervals of each day of the week.
    pub struct Giorni {
        /// Monday.
        lun: list Fascia,
        /// Tuesday.
        mar: list Fascia,
        /// Wednesday.
        mer: list Fascia,
        /// Thursday.
        gio: list Fascia,
        /// Friday.
        ven: list Fascia,
        /// Saturday.
        sab: list Fascia,
        /// Sunday.
        dom: list Fascia,
    }
}

impl Giorni {
    /// The seven days, Monday first.
    pub fn week(&self) -> [&[Spanned<Fascia>]; 7] {
        [&self.lun, &self.mar, &self.mer, &self.gio, &self.ven, &self.sab, &self.dom]
    }
}

record! {
    /// A day on which the office is closed.
    pub struct Chiusura {
        /// The day.
        data: required Date,
        /// Why.
        motivo: optional Line,
    }
}

record! {
    /// A timetable.
    pub struct Orario {
        /// Season.
        stagione: optional Stagione,
        /// First day on which it holds.
        dal: optional Date,
        /// Last day.
        al: optional Date,
        /// Intervals by day.
        giorni: required Giorni,
        /// Remark under the table.
        note: optional Line,
        /// Extraordinary closures.
        chiusure: list Chiusura,
    }
}

impl Orario {
    /// Whether it is of a season that nobody has told when it begins.
    pub fn senza_periodo(&self) -> bool {
        let seasonal = self.stagione.as_ref().is_some_and(|s| s.value != Stagione::TuttoAnno);
        seasonal && self.dal.is_none() && self.al.is_none()
    }
}

/// When something is open: a timetable, or words where no table can tell it.
#[derive(Debug, Clone)]
pub enum Orari<T> {
    /// A timetable.
    Tabella(Box<Orario>),
    /// Words.
    Testo(T),
}

impl<T: FieldType> FieldType for Orari<T> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &node.value {
            Value::Map(_) => Orario::read(node, cx).map(|table| Orari::Tabella(Box::new(table))),
            _ => T::read(node, cx).map(Orari::Testo),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Orario::shape(), T::shape()])
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        if let Orari::Testo(text) = self {
            text.references(field, span, out);
        }
    }

    fn days(&self, out: &mut Vec<Date>) {
        if let Orari::Tabella(table) = self {
            Contained::days(table.as_ref(), out);
        }
    }
}

/// The timetables among opening hours.
pub fn tabelle<T>(orari: &[Spanned<Orari<T>>]) -> impl Iterator<Item = &Orario> {
    orari.iter().filter_map(|o| match &o.value {
        Orari::Tabella(table) => Some(table.as_ref()),
        Orari::Testo(_) => None,
    })
}

/// The words among opening hours.
pub fn testi<T>(orari: &[Spanned<Orari<T>>]) -> impl Iterator<Item = &T> {
    orari.iter().filter_map(|o| match &o.value {
        Orari::Testo(text) => Some(text),
        Orari::Tabella(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals() {
        assert_eq!(Fascia::parse("08:30-12:30"), Some(Fascia { dalle: 510, alle: 750 }));
        for bad in ["8.30-12", "12:00-08:00", "25:00-26:00", "08:30", "x"] {
            assert_eq!(Fascia::parse(bad), None, "{bad}");
        }
    }
}
