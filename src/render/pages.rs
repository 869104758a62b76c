//! The view of every kind of page: what it shows, where it stands, how it is described.

mod contents;
mod data;
mod eventi;
mod functions;
mod home;
mod lists;
mod persone;
mod pnrr;
mod servizio;
mod trasparenza;

pub use functions::licence_sentence;

use jiff::civil::Date;
use serde::Serialize;

use super::cards::Cards;
use super::view::Link;
use crate::plan::{PageKind, Plan, Route};
use crate::site::Item;

/// A page before the template: its view and what the frame needs to know.
pub struct Built {
    /// H1, last step of the breadcrumb.
    pub titolo: String,
    /// Summary under the title and for search engines.
    pub descrizione: Option<String>,
    /// `data-element` of the menu entry above it.
    pub section: &'static str,
    /// Steps between Home and the page; addresses from the root of the site.
    pub parents: Vec<Link>,
    /// The template's `v`.
    pub view: tera::Value,
    /// Kept out of search engines.
    pub noindex: bool,
    /// What it is about is over.
    pub past: bool,
    /// Date of its content.
    pub lastmod: Option<Date>,
    /// Structured data, besides the breadcrumb.
    pub jsonld: Vec<String>,
    /// The official JSON-LD of a service sheet.
    pub metatag: Option<String>,
    /// What is shared with the page on social networks.
    pub shared: Shared,
    /// The function whose own entry the contacts block leaves out.
    pub hide_function: &'static str,
    /// The slug of the service that booking and assistance are asked for.
    pub servizio: Option<String>,
    /// Where that service is booked, if not on the general page.
    pub prenotazione: Option<String>,
}

/// What Open Graph says of a content, besides title and summary.
#[derive(Debug, Default)]
pub struct Shared {
    /// Picture: a path in `media/`.
    pub image: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Day of the last revision.
    pub modified: Option<Date>,
    /// Topics.
    pub tags: Vec<String>,
}

impl Shared {
    /// Of a content.
    pub fn of(item: &Item) -> Self {
        let common = &item.entry.common;
        Shared {
            image: common.immagine.as_ref().map(|i| i.file.value.0.clone()),
            published: common.data_pubblicazione.as_ref().map(|d| d.value),
            modified: common.data_aggiornamento.as_ref().map(|d| d.value),
            tags: item.argomenti().map(|t| t.nome.clone()).collect(),
        }
    }
}

impl Built {
    fn new(titolo: impl Into<String>, view: &impl Serialize) -> Self {
        Built {
            titolo: titolo.into(),
            descrizione: None,
            section: "",
            parents: Vec::new(),
            view: tera::Value::from_serializable(view),
            noindex: false,
            past: false,
            lastmod: None,
            jsonld: Vec::new(),
            metatag: None,
            shared: Shared::default(),
            hide_function: "",
            servizio: None,
            prenotazione: None,
        }
    }

    fn described(mut self, text: impl Into<String>) -> Self {
        self.descrizione = Some(text.into()).filter(|t| !t.is_empty());
        self
    }

    fn below(mut self, section: &'static str, parents: &[(&str, &str)]) -> Self {
        self.section = section;
        self.parents = parents
            .iter()
            .map(|(label, url)| Link { label: (*label).to_owned(), url: (*url).to_owned() })
            .collect();
        self
    }
}

/// Steps of the breadcrumb that several kinds of page share.
const AMMINISTRAZIONE: (&str, &str) = ("Amministrazione", "/amministrazione/");
const DOCUMENTI: (&str, &str) = ("Documenti e dati", "/amministrazione/documenti-e-dati/");
const NOVITA: (&str, &str) = ("Novità", "/novita/");
const SERVIZI: (&str, &str) = ("Servizi", "/servizi/");
const LUOGHI: (&str, &str) = ("Luoghi", crate::plan::LUOGHI);
const EVENTI: (&str, &str) = ("Eventi", crate::plan::EVENTI);
const GALLERIE: (&str, &str) = ("Gallerie", crate::plan::GALLERIE);
const ARGOMENTI: (&str, &str) = ("Argomenti", "/argomenti/");

/// Builds the view of a page.
pub fn build(cards: Cards<'_>, plan: &Plan, route: &Route) -> Built {
    match route.kind {
        PageKind::Home => home::home(cards, plan),
        PageKind::Amministrazione => lists::amministrazione(cards, plan),
        PageKind::ElencoUnita(sezione) => lists::unita(cards, sezione),
        PageKind::OrganiDiTipo(tipo) => lists::organi(cards, tipo),
        PageKind::ElencoPersone(sezione, page) => persone::elenco(cards, sezione, page),
        PageKind::Cessati(sezione) => persone::cessati(cards, sezione),
        PageKind::DocumentiEDati(page) => lists::documenti_e_dati(cards, plan, page),
        PageKind::ElencoDocumenti(tipo, page) => lists::documenti(cards, tipo, page),
        PageKind::Novita(page) => lists::novita(cards, page),
        PageKind::ElencoNovita(tipo, page) => lists::notizie(cards, tipo, page),
        PageKind::AnnoNovita(tipo, year) => lists::anno(cards, tipo, year),
        PageKind::Servizi => lists::servizi(cards),
        PageKind::CategoriaServizi(categoria) => lists::categoria(cards, categoria),
        PageKind::Vivere => lists::vivere(cards),
        PageKind::Luoghi => lists::luoghi(cards),
        PageKind::LuoghiDiTipo(famiglia) => lists::luoghi_di(cards, famiglia),
        PageKind::Eventi => eventi::eventi(cards, plan),
        PageKind::EventiArchivio(page) => eventi::archivio(cards, page),
        PageKind::EventiMese(month) => eventi::mese(cards, month),
        PageKind::Gallerie => eventi::gallerie(cards),
        PageKind::Argomenti => lists::argomenti(cards),
        PageKind::Argomento(voce) => lists::argomento(cards, voce),
        PageKind::Servizio(id) => servizio::servizio(cards, cards.site.get(id)),
        PageKind::Unita(id) => contents::unita(cards, cards.site.get(id)),
        PageKind::Persona(id) => persone::persona(cards, cards.site.get(id)),
        PageKind::Luogo(id) => contents::luogo(cards, cards.site.get(id)),
        PageKind::Notizia(id) => contents::notizia(cards, cards.site.get(id)),
        PageKind::Evento(id) => eventi::evento(cards, cards.site.get(id)),
        PageKind::Galleria(id) => eventi::galleria(cards, cards.site.get(id)),
        PageKind::Documento(id) => contents::documento(cards, cards.site.get(id)),
        PageKind::Pagina(id) => contents::pagina(cards, cards.site.get(id)),
        PageKind::DomandeFrequenti => functions::domande(cards),
        PageKind::Prenotazione(id) => functions::prenotazione(cards, id.map(|id| cards.site.get(id))),
        PageKind::Assistenza(id) => functions::assistenza(cards, id.map(|id| cards.site.get(id))),
        PageKind::PagaAvviso => functions::paga_avviso(cards),
        PageKind::Disservizio => functions::disservizio(cards),
        PageKind::Ricerca => functions::ricerca(cards, plan),
        PageKind::Mappa => functions::mappa(cards, plan),
        PageKind::NoteLegali => functions::note_legali(cards),
        PageKind::Privacy => functions::privacy(cards),
        PageKind::Bando(id) => data::bando(cards, cards.site.get(id)),
        PageKind::Bandi => data::bandi(cards),
        PageKind::Pnrr => pnrr::elenco(cards),
        PageKind::Progetto(id) => pnrr::progetto(cards, cards.site.get(id)),
        PageKind::Dataset(id) => data::dataset(cards, cards.site.get(id)),
        PageKind::ElencoDataset => data::elenco_dataset(cards),
        PageKind::AlboPretorio(archivio) => data::albo(cards, archivio),
        PageKind::Trasparenza => trasparenza::indice(cards, plan),
        PageKind::SezioneTrasparenza(sezione) => trasparenza::sezione(cards, plan, sezione),
        PageKind::NonTrovata => functions::non_trovata(cards),
    }
}
