//! What a list can be narrowed by in the browser (content model 3): the choices, and which of them each card fits. Pages hold whole
//! lists without it: `site.js` shows the choices and hides the cards that do not fit.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::cards::Cards;
use super::format;
use super::view::Card;
use super::view::lists::{Choice, Filter};
use crate::content::Data;
use crate::content::bando::Stato;
use crate::content::documento::VALIDITA;
use crate::site::{Item, collation_key};

/// What contents are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The narrowest kind.
    Tipo,
    /// The kind of path of a service.
    Archetipo,
    /// The year of publication.
    Anno,
    /// The office in charge.
    Ufficio,
    /// The topics.
    Argomento,
    /// Whether a call is open, whether a document still holds.
    Stato,
    /// The months of an event.
    Mese,
    /// The place of an event.
    Luogo,
    /// The audiences of an event.
    Pubblico,
    /// The open roles of a person.
    Ruolo,
    /// The units of these roles.
    Unita,
}

/// What documents, calls and datasets are narrowed by.
pub const ATTI: [Facet; 5] = [Facet::Tipo, Facet::Anno, Facet::Ufficio, Facet::Argomento, Facet::Stato];
/// What services are narrowed by, besides their short facts.
pub const SERVIZI: [Facet; 1] = [Facet::Archetipo];
/// What events are narrowed by.
pub const EVENTI: [Facet; 5] = [Facet::Tipo, Facet::Mese, Facet::Argomento, Facet::Luogo, Facet::Pubblico];

/// What people are narrowed by.
pub const PERSONE: [Facet; 2] = [Facet::Ruolo, Facet::Unita];

impl Facet {
    /// Id of the field, label, choice that narrows nothing.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Facet::Tipo => ("filtro-tipo", "Tipo", "Tutti i tipi"),
            Facet::Archetipo => ("filtro-archetipo", "Tipo di servizio", "Tutti i tipi"),
            Facet::Anno => ("filtro-anno", "Anno", "Tutti gli anni"),
            Facet::Ufficio => ("filtro-ufficio", "Ufficio", "Tutti gli uffici"),
            Facet::Argomento => ("filtro-argomento", "Argomento", "Tutti gli argomenti"),
            Facet::Stato => ("filtro-stato", "Stato", "Tutti gli stati"),
            Facet::Mese => ("filtro-mese", "Mese", "Tutti i mesi"),
            Facet::Luogo => ("filtro-luogo", "Luogo", "Tutti i luoghi"),
            Facet::Ruolo => ("filtro-ruolo", "Ruolo", "Tutti i ruoli"),
            Facet::Unita => ("filtro-unita", "Organo o ufficio", "Tutti"),
            Facet::Pubblico => ("filtro-pubblico", "A chi è rivolto", "Tutti"),
        }
    }

    /// What a content has of it: each name with what orders it among the others.
    fn values(self, cards: Cards<'_>, item: &Item) -> Vec<(String, String)> {
        let by_name = |name: String| (collation_key(&name), name);
        let by_place = |all: &[&'static str], name: &'static str| {
            let place = all.iter().position(|n| *n == name).unwrap_or(all.len());
            (place.to_string(), name.to_owned())
        };
        let titles = |items: Vec<&Item>| items.into_iter().map(|i| by_name(i.titolo.clone())).collect();
        let now = cards.site.now;
        match (self, &item.entry.data) {
            (Facet::Tipo, Data::Documento(d)) => vec![by_name(d.tipo.entry.nome.clone())],
            (Facet::Tipo, Data::Bando(b)) => vec![by_name(b.tipo.value.nome().to_owned())],
            (Facet::Tipo, Data::Dataset(_)) => vec![by_name("Dataset".to_owned())],
            (Facet::Tipo, Data::Evento(e)) => vec![by_name(e.tipo.entry.nome.clone())],
            (Facet::Archetipo, Data::Servizio(s)) => {
                s.archetipo.iter().map(|a| by_name(a.entry.nome.clone())).collect()
            }
            (Facet::Anno, data) => {
                let changed = match data {
                    Data::Dataset(d) => Some(d.data_modifica.value),
                    _ => None,
                };
                let published = item.entry.common.data_pubblicazione.as_ref().map(|d| d.value);
                published.or(changed).map(|d| by_year(d.year())).into_iter().collect()
            }
            (Facet::Ufficio, Data::Documento(d)) => titles(cards.targets(&d.ufficio_responsabile).collect()),
            (Facet::Ufficio, Data::Bando(b)) => titles(cards.targets(&b.ufficio_responsabile).collect()),
            (Facet::Ufficio, Data::Dataset(d)) => {
                titles(cards.site.target(&d.titolare.value).into_iter().collect())
            }
            (Facet::Argomento, _) => item.argomenti().map(|t| by_name(t.nome.clone())).collect(),
            (Facet::Stato, Data::Bando(b)) => {
                vec![by_place(&Stato::ALL.map(Stato::nome), b.stato(now).nome())]
            }
            (Facet::Stato, Data::Documento(d)) => {
                d.validita(now).map(|state| by_place(&VALIDITA, state)).into_iter().collect()
            }
            (Facet::Mese, _) => {
                item.date.mesi(now).into_iter().map(|m| (m.to_string(), month_name(m))).collect()
            }
            (Facet::Luogo, Data::Evento(e)) => {
                cards.site.sede(e).map(|s| by_name(s.nome.to_owned())).into_iter().collect()
            }
            (Facet::Pubblico, Data::Evento(e)) => {
                e.target.iter().map(|t| by_name(t.entry.nome.clone())).collect()
            }
            (Facet::Ruolo, Data::Persona(_)) => {
                let roles = cards.site.incarichi_aperti(item).into_iter();
                roles
                    .map(|r| r.ruolo.as_ref().map_or_else(|| r.nome().to_owned(), |v| v.entry.nome.clone()))
                    .map(by_name)
                    .collect()
            }
            (Facet::Unita, Data::Persona(_)) => {
                let roles = cards.site.incarichi_aperti(item).into_iter();
                titles(roles.filter_map(|r| cards.site.target(&r.unita_organizzativa.value)).collect())
            }
            _ => Vec::new(),
        }
    }
}

/// `dicembre 2026`.
pub fn month_name(month: Date) -> String {
    format!("{} {}", format::month(month), month.year())
}

/// Latest first.
fn by_year(year: i16) -> (String, String) {
    (format!("{:05}", i16::MAX - year), year.to_string())
}

/// The choices of one list.
pub struct Facets<'a> {
    cards: Cards<'a>,
    facets: &'static [Facet],
    numbers: HashMap<(Facet, String), usize>,
}

impl<'a> Facets<'a> {
    /// The choices that all the contents of a list give together, whatever numbered page they are on; a filter with one choice alone
    /// is left out.
    pub fn new(cards: Cards<'a>, facets: &'static [Facet], items: &[&Item]) -> (Self, Vec<Filter>) {
        let mut of_list = Facets { cards, facets, numbers: HashMap::new() };
        let mut filtri = Vec::new();
        for facet in facets {
            let names: BTreeSet<(String, String)> =
                items.iter().flat_map(|i| facet.values(cards, i)).collect();
            if names.len() < 2 {
                continue;
            }
            let voci =
                names.into_iter().map(|(_, label)| Choice { valore: of_list.number(*facet, &label), label });
            let (id, label, tutti) = facet.names();
            filtri.push(Filter { id, label, tutti, voci: voci.collect() });
        }
        (of_list, filtri)
    }

    fn number(&mut self, facet: Facet, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry((facet, label.to_owned())).or_insert(next)
    }

    /// The card of a content, with the choices that it fits.
    pub fn mark(&self, card: Card, item: &Item) -> Card {
        Card { valori: self.fitting(item), ..card }
    }

    /// The numbers of the choices that a content fits, separated by spaces.
    pub fn fitting(&self, item: &Item) -> String {
        let names =
            self.facets.iter().flat_map(|f| f.values(self.cards, item).into_iter().map(|(_, n)| (*f, n)));
        let numbers = names.filter_map(|name| self.numbers.get(&name)).map(usize::to_string);
        numbers.collect::<Vec<_>>().join(" ")
    }
}
