//! Evento (content model 2.3).

use jiff::ToSpan;
use jiff::civil::Date;

use super::Kind;
use super::common::Immagine;
use super::dataora::DataOra;
use super::documento::Allegato;
use super::field::{Contained, Cx, FieldType, Reference};
use super::galleria::Video;
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::ricorrenza::{Calendario, HORIZON, Occorrenza, RegolaError, Ricorrenza};
use super::servizio::conditional;
use super::shape::Shape;
use super::types::{Line, MediaPath, Slug, Term, WebUrl, target, voc};
use crate::codes::{Cap, Importo};
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::yaml::{Node, Value};
use crate::{choice, record, text};

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] = &[
    ("Cos'è", "descrizione"),
    ("A chi è rivolto", "a_chi_e_rivolto"),
    ("Date e orari", "orari"),
    ("Costi", "costi_note"),
    ("Contatti", "contatti_testo"),
    ("Ulteriori informazioni", "ulteriori_informazioni"),
];

choice! {
    /// Whether it takes place.
    pub enum Stato {
        /// It does.
        Confermato = "confermato",
        /// It does not.
        Annullato = "annullato",
        /// Not on these dates.
        Rinviato = "rinviato",
    }
}

record! {
    /// A place without a page of its own.
    pub struct LuogoDiretto {
        /// Name.
        nome: required Line,
        /// Street and number.
        indirizzo: required Line,
        /// Postal code.
        cap: required Cap,
        /// Latitude, WGS84.
        lat: optional f64,
        /// Longitude, WGS84.
        lon: optional f64,
    }
}

/// Where an event is.
#[derive(Debug, Clone)]
pub enum Dove {
    /// A place of the site.
    Luogo(Slug<target::Luogo>),
    /// Written inline.
    Diretto(Box<LuogoDiretto>),
}

impl FieldType for Dove {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &node.value {
            Value::Map(_) => LuogoDiretto::read(node, cx).map(|l| Dove::Diretto(Box::new(l))),
            _ => Slug::read(node, cx).map(Dove::Luogo),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::Content(Kind::Luogo), LuogoDiretto::shape()])
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        match self {
            Dove::Luogo(slug) => slug.references(field, span, out),
            Dove::Diretto(place) => Contained::references(place.as_ref(), out),
        }
    }
}

record! {
    /// A ticket or a reduction.
    pub struct Costo {
        /// For whom, or for what.
        titolo: required Line,
        /// Price; none means free.
        prezzo: optional Importo,
        /// Conditions.
        descrizione: optional Line,
        /// Where it is bought.
        url: optional WebUrl,
    }
}

record! {
    /// Who gives patronage or money.
    pub struct Sostenitore {
        /// Full name, no acronym.
        nome: required Line,
        /// Its site.
        url: required WebUrl,
    }
}

record! {
    /// An event, as written.
    pub struct Evento {
        /// Kind, as narrow as possible.
        tipo: required Term<voc::TipoEvento>,
        /// Second line of the title.
        sottotitolo: optional Line,
        /// Start of the first date.
        inizio: required DataOra,
        /// End of the first date.
        fine: optional DataOra,
        /// Whole days, no times.
        tutto_il_giorno: optional bool,
        /// Nobody knows when it ends.
        senza_fine: optional bool,
        /// Other dates.
        ricorrenza: optional Ricorrenza,
        /// Whether it takes place; yes if absent.
        stato: optional Stato,
        /// Text.
        descrizione: required Prose,
        /// Who it is for.
        a_chi_e_rivolto: required Prose,
        /// Audiences.
        target: list Term<voc::TargetEvento>,
        /// People who take part in it.
        persone: list Slug<target::Persona>,
        /// Pictures.
        galleria: list Immagine,
        /// Videos.
        video: list Video,
        /// Where.
        luogo: optional Dove,
        /// Where it is followed from afar.
        online: optional WebUrl,
        /// Remarks on dates and times.
        orari: optional Prose,
        /// Tickets.
        costi: list Costo,
        /// Nobody pays.
        gratuito: optional bool,
        /// Remarks on costs.
        costi_note: optional Prose,
        /// Poster.
        locandina: optional MediaPath,
        /// Files.
        allegati: list Allegato,
        /// The event that this one is part of.
        evento_genitore: optional Slug<target::Evento>,
        /// Contacts.
        punti_contatto: list Contatto,
        /// Contacts, in words.
        contatti_testo: optional Prose,
        /// Offices that organise it.
        organizzatori: list Slug<target::Unita>,
        /// Others who organise it.
        organizzatore_esterno: optional Prose,
        /// Offices that support it.
        supportato_da: list Slug<target::Unita>,
        /// Patronage.
        patrocinio: list Sostenitore,
        /// Sponsors.
        sponsor: list Sostenitore,
        /// Seats.
        posti: optional u32,
        /// Languages spoken.
        lingue: list Line,
        /// Ages.
        eta: list Line,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

impl Evento {
    /// The first date.
    pub fn prima(&self) -> Occorrenza {
        Occorrenza { inizio: self.inizio.value, fine: self.fine.as_ref().map(|f| f.value) }
    }

    /// Every date.
    ///
    /// # Errors
    /// When the rule of the recurrence cannot be followed.
    pub fn calendario(&self) -> Result<Calendario, RegolaError> {
        Calendario::new(self.prima(), self.ricorrenza.as_ref().map(|r| &r.value))
    }

    /// Whether it takes place.
    pub fn stato(&self) -> Stato {
        self.stato.as_ref().map_or(Stato::Confermato, |s| s.value)
    }

    /// Whether nobody pays.
    pub fn gratuito(&self) -> bool {
        self.gratuito.as_ref().is_some_and(|g| g.value)
    }

    /// Days on which its pages change: each date with its end, a year before each when it comes into sight, the months in which it
    /// goes on.
    pub fn changes(&self) -> Vec<Date> {
        let mut days = Vec::new();
        for occurrence in self.calendario().map(|c| c.date).unwrap_or_default() {
            let (start, end) = (occurrence.inizio.giorno, occurrence.ultimo_giorno());
            days.extend([start, end, start.saturating_sub(HORIZON.days())]);
            let months =
                std::iter::successors(Some(start.first_of_month()), |m| m.checked_add(1.month()).ok());
            days.extend(months.take_while(|m| *m <= end));
        }
        days
    }

    /// Rules 5, 6 and 9 of content model 5, and those on dates.
    pub fn check(&self, start: Span, cx: &mut Cx<'_>) {
        if !self.gratuito() && self.costi.is_empty() && self.costi_note.is_none() {
            cx.out.push(conditional(
                "gratuito",
                "un evento dice se è gratuito (`gratuito: true`) o quanto costa (`costi`, `costi_note`)",
                "an event says that it is free (`gratuito: true`) or what it costs (`costi`, `costi_note`)",
                start,
            ));
        }
        if self.luogo.is_none() && self.online.is_none() {
            cx.out.push(conditional(
                "luogo",
                "un evento ha un `luogo`, oppure un indirizzo `online`",
                "an event has a `luogo`, or an `online` address",
                start,
            ));
        }
        if self.punti_contatto.is_empty() && self.contatti_testo.is_none() {
            cx.out.push(conditional(
                "punti_contatto",
                "un evento dice a chi chiedere: `punti_contatto` o `contatti_testo`",
                "an event says whom to ask: `punti_contatto` or `contatti_testo`",
                start,
            ));
        }
        if self.check_times(cx) {
            self.check_calendar(cx);
        }
    }

    /// Times are there, or are not, in `inizio` and `fine` alike; the end follows the start.
    fn check_times(&self, cx: &mut Cx<'_>) -> bool {
        let before = cx.out.len();
        let whole_day = self.tutto_il_giorno.as_ref().is_some_and(|t| t.value);
        for moment in std::iter::once(&self.inizio).chain(&self.fine) {
            let fault = match (whole_day, moment.ora) {
                (true, Some(_)) => text!(
                    "`tutto_il_giorno` e un'ora non vanno insieme",
                    "`tutto_il_giorno` and a time do not go together"
                ),
                (false, None) => text!("manca l'ora", "the time is missing"),
                _ => continue,
            };
            let day = moment.giorno;
            let hint = text!(
                "scrivi per esempio {day}T20:30; oppure {day} e `tutto_il_giorno: true`",
                "write for example {day}T20:30; or {day} and `tutto_il_giorno: true`"
            );
            cx.out.push(Diagnostic::new(Code::FieldDate, fault).at(moment.span).hint(hint));
        }
        if let Some(fine) = self.fine.as_ref() {
            if self.senza_fine.as_ref().is_some_and(|s| s.value) {
                let message = text!(
                    "`senza_fine` e `fine` non vanno insieme",
                    "`senza_fine` and `fine` do not go together"
                );
                let hint = text!("togli uno dei due", "remove one of the two");
                cx.out.push(Diagnostic::new(Code::FieldOrder, message).at(fine.span).hint(hint));
            }
            if fine.value < self.inizio.value {
                let message = text!("`fine` viene prima di `inizio`", "`fine` comes before `inizio`");
                let hint = text!("correggi una delle due date", "correct one of the two dates");
                cx.out.push(Diagnostic::new(Code::FieldOrder, message).at(fine.span).hint(hint));
            }
        }
        cx.out.len() == before
    }

    fn check_calendar(&self, cx: &mut Cx<'_>) {
        let Some(ricorrenza) = &self.ricorrenza else { return };
        let (code, message, hint) = match self.calendario() {
            Err(why) => (Code::EventRule, why.text(), why.hint()),
            Ok(calendar) if calendar.sovrapposto() => (
                Code::EventOverlap,
                text!(
                    "una data comincia prima che finisca quella precedente",
                    "a date begins before the previous one is over"
                ),
                text!(
                    "`fine` è la fine della prima data, non di tutte: per l'ultima usa UNTIL nella regola",
                    "`fine` is the end of the first date, not of all: for the last one use UNTIL in the rule"
                ),
            ),
            Ok(_) => return,
        };
        cx.out.push(Diagnostic::new(code, message).at(ricorrenza.span).hint(hint));
    }
}

impl RegolaError {
    /// Why the rule is refused.
    fn text(self) -> Text {
        match self {
            RegolaError::Forma => {
                text!(
                    "la regola della ricorrenza non si può leggere",
                    "the rule of the recurrence cannot be read"
                )
            }
            RegolaError::PiuVolteAlGiorno => text!(
                "la ricorrenza si ripete più volte al giorno",
                "the recurrence repeats more than once a day"
            ),
            RegolaError::EsclusaEstranea(day) => text!(
                "il {day} è fra le date `escluse`, ma la regola non lo prevede",
                "{day} is among the dates `escluse`, but the rule does not give it"
            ),
            RegolaError::Vuota => {
                text!("dalla regola non viene nessuna data", "no date follows from the rule")
            }
        }
    }

    /// How it is put right.
    fn hint(self) -> Text {
        match self {
            RegolaError::EsclusaEstranea(_) => text!(
                "correggi la data, o toglila da `escluse`",
                "correct the date, or remove it from `escluse`"
            ),
            _ => rule_hint(),
        }
    }
}

fn rule_hint() -> Text {
    text!(
        "scrivi per esempio FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218, oppure un elenco di date: - {{data: 2026-10-02}}",
        "write for example FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218, or a list of dates: - {{data: 2026-10-02}}"
    )
}
