//! Events on the day of the build: which of their dates are to come, what is listed where, events inside events.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Item, Site};
use crate::content::evento::{Dove, Evento};
use crate::content::ricorrenza::{Calendario, HORIZON, MAX_DATE, Occorrenza};
use crate::content::{Data, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::text;

/// The dates of an event, seen from a day. Empty for other contents.
#[derive(Debug, Clone, Default)]
pub struct DateEvento {
    /// Those not over, in order, up to a year ahead.
    pub prossime: Vec<Occorrenza>,
    /// The last one that is over.
    pub passata: Option<Occorrenza>,
}

impl DateEvento {
    /// The dates of an event seen from `now`; a date is over from the day after its last day.
    pub fn new(evento: &Evento, now: Date) -> Self {
        // A rule that cannot be followed has been reported where it is written.
        let all =
            evento.calendario().unwrap_or_else(|_| Calendario { date: vec![evento.prima()], troppe: false });
        let (mut prossime, passate): (Vec<_>, Vec<_>) =
            all.date.into_iter().partition(|o| now <= o.ultimo_giorno());
        let far = now.saturating_add(HORIZON.days());
        let near = prossime.iter().take_while(|o| o.inizio.giorno <= far).count();
        prossime.truncate(near.max(1));
        DateEvento { prossime, passata: passate.last().copied() }
    }

    /// The date that counts: the next one, else the last.
    pub fn prima(&self) -> Option<Occorrenza> {
        self.prossime.first().copied().or(self.passata)
    }

    /// The months from that of `now` on, up to a year ahead, in which a date to come begins or goes on, by their first day.
    pub fn mesi(&self, now: Date) -> BTreeSet<Date> {
        let last = now.saturating_add(HORIZON.days());
        let of = |o: &Occorrenza| {
            let first = o.inizio.giorno.first_of_month().max(now.first_of_month());
            let end = o.ultimo_giorno().min(last);
            std::iter::successors(Some(first), |m| m.checked_add(1.month()).ok())
                .take_while(move |m| *m <= end)
        };
        self.prossime.iter().flat_map(of).collect()
    }
}

impl Site {
    /// Events with their fields.
    pub fn eventi(&self) -> impl Iterator<Item = (&Item, &Evento)> {
        self.of_kind(Kind::Evento).filter_map(|i| match &i.entry.data {
            Data::Evento(e) => Some((i, e.as_ref())),
            _ => None,
        })
    }

    /// Events to come or going on, by their next date.
    pub fn eventi_in_programma(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.of_kind(Kind::Evento).filter(|i| !i.scaduto).collect();
        items.sort_by_cached_key(|i| (i.date.prima(), i.chiave.clone(), i.id));
        items
    }

    /// Events that are over, latest first.
    pub fn eventi_passati(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.of_kind(Kind::Evento).filter(|i| i.scaduto).collect();
        items.sort_by_cached_key(|i| (std::cmp::Reverse(i.date.prima()), i.chiave.clone(), i.id));
        items
    }

    /// The months, as their first days, on which something happens from this one on, up to a year ahead.
    pub fn mesi_con_eventi(&self) -> Vec<Date> {
        let months: BTreeSet<Date> =
            self.eventi_in_programma().into_iter().flat_map(|i| i.date.mesi(self.now)).collect();
        months.into_iter().collect()
    }

    /// Recurrences cut while they still matter, and events that are inside themselves.
    pub(super) fn check_events(&self, out: &mut Vec<Diagnostic>) {
        for (item, evento) in self.eventi() {
            self.check_length(evento, out);
            self.check_parent(item, evento, out);
        }
    }

    fn check_length(&self, evento: &Evento, out: &mut Vec<Diagnostic>) {
        let Some(ricorrenza) = &evento.ricorrenza else { return };
        let Ok(calendar) = evento.calendario() else { return };
        let far = self.now.saturating_add(HORIZON.days());
        if !calendar.troppe || calendar.date.last().is_some_and(|o| far < o.inizio.giorno) {
            return;
        }
        out.push(
            Diagnostic::new(
                Code::EventLong,
                text!(
                    "la ricorrenza ha più di {MAX_DATE} date: le altre non si vedono",
                    "the recurrence has more than {MAX_DATE} dates: the others are not shown"
                ),
            )
            .at(ricorrenza.span)
            .hint(text!(
                "aggiungi una fine, per esempio UNTIL=20271231, o sposta avanti `inizio`",
                "add an end, for example UNTIL=20271231, or bring `inizio` forward"
            )),
        );
    }

    fn check_parent(&self, item: &Item, evento: &Evento, out: &mut Vec<Diagnostic>) {
        let Some(named) = &evento.evento_genitore else { return };
        let mut seen = BTreeSet::new();
        let mut parent = self.target(&named.value);
        while let Some(p) = parent.filter(|p| seen.insert(p.id)) {
            parent = match &p.entry.data {
                Data::Evento(e) => e.evento_genitore.as_ref().and_then(|g| self.target(&g.value)),
                _ => None,
            };
        }
        if seen.contains(&item.id) {
            out.push(
                Diagnostic::new(
                    Code::ReferenceSelf,
                    text!("l'evento fa parte di sé stesso", "the event is part of itself"),
                )
                .at(named.span)
                .hint(text!(
                    "togli il giro: un appuntamento sta in una rassegna, non viceversa",
                    "break the circle: a date is in a festival, not the reverse"
                )),
            );
        }
    }
}

/// Where an event is.
#[derive(Debug, Clone, Copy)]
pub struct Sede<'a> {
    /// The place of the site, if it is one.
    pub luogo: Option<&'a Item>,
    /// Name.
    pub nome: &'a str,
    /// Street and number.
    pub indirizzo: &'a str,
    /// Postal code.
    pub cap: &'a str,
    /// Latitude and longitude, WGS84.
    pub coordinate: Option<(f64, f64)>,
}

impl Sede<'_> {
    /// Address on one line: "Via della Filanda 8, 38099 Roccachiara (TN)".
    pub fn in_riga(&self, site: &Site) -> String {
        let config = &site.config.written;
        let (localita, provincia) = (&config.contatti.localita.value.0, &config.ente.provincia.value);
        format!("{}, {} {localita} ({provincia})", self.indirizzo, self.cap)
    }
}

impl Site {
    /// The place of an event; none when it is only followed from afar.
    pub fn sede<'a>(&'a self, evento: &'a Evento) -> Option<Sede<'a>> {
        match &evento.luogo.as_ref()?.value {
            Dove::Luogo(slug) => {
                let item = self.target(slug)?;
                let Data::Luogo(l) = &item.entry.data else { return None };
                Some(Sede {
                    luogo: Some(item),
                    nome: &item.titolo,
                    indirizzo: &l.indirizzo.value.0,
                    cap: l.cap.value.as_str(),
                    coordinate: Some((l.lat.value, l.lon.value)),
                })
            }
            Dove::Diretto(l) => Some(Sede {
                luogo: None,
                nome: &l.nome.value.0,
                indirizzo: &l.indirizzo.value.0,
                cap: l.cap.value.as_str(),
                coordinate: l.lat.as_ref().zip(l.lon.as_ref()).map(|(lat, lon)| (lat.value, lon.value)),
            }),
        }
    }
}
