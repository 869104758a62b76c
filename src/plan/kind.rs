//! The kinds of page: their stable names and templates. Suites take their list of kinds from [`PageKind::name`].

use jiff::civil::Date;

use crate::site::ItemId;
use crate::vocab::Voce;
use crate::vocab::trasparenza::Sezione;

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PageKind {
    /// `/`
    Home,
    /// `/amministrazione/`
    Amministrazione,
    /// A list of units, by section slug.
    ElencoUnita(&'static str),
    /// Political bodies of one kind, where there are several.
    OrganiDiTipo(&'static Voce),
    /// A list of people, by section slug, with page number.
    ElencoPersone(&'static str, usize),
    /// People of a section who have left their roles.
    Cessati(&'static str),
    /// `/amministrazione/documenti-e-dati/`, with page number.
    DocumentiEDati(usize),
    /// Documents of a top-level kind, with page number (1-based).
    ElencoDocumenti(&'static Voce, usize),
    /// `/novita/`, with page number.
    Novita(usize),
    /// News of a kind, with page number.
    ElencoNovita(&'static Voce, usize),
    /// News of a kind and of a year.
    AnnoNovita(&'static Voce, i16),
    /// `/servizi/`
    Servizi,
    /// A category of services.
    CategoriaServizi(&'static Voce),
    /// `/vivere-il-comune/`
    Vivere,
    /// `/vivere-il-comune/luoghi/`
    Luoghi,
    /// The places of one family, where there are several families.
    LuoghiDiTipo(&'static Voce),
    /// `/vivere-il-comune/eventi/`
    Eventi,
    /// Events that are over, with page number.
    EventiArchivio(usize),
    /// The events of a month, by its first day.
    EventiMese(Date),
    /// `/vivere-il-comune/gallerie/`
    Gallerie,
    /// `/argomenti/`
    Argomenti,
    /// A topic.
    Argomento(&'static Voce),
    /// A service sheet.
    Servizio(ItemId),
    /// A unit.
    Unita(ItemId),
    /// A person.
    Persona(ItemId),
    /// A place.
    Luogo(ItemId),
    /// A piece of news.
    Notizia(ItemId),
    /// A document.
    Documento(ItemId),
    /// An event.
    Evento(ItemId),
    /// A gallery.
    Galleria(ItemId),
    /// A free page.
    Pagina(ItemId),
    /// `/domande-frequenti/`
    DomandeFrequenti,
    /// `/servizi/prenotazione-appuntamento/`, or below it the same page with a service already chosen.
    Prenotazione(Option<ItemId>),
    /// `/servizi/richiesta-assistenza/`, or below it the same page with a service already chosen.
    Assistenza(Option<ItemId>),
    /// `/servizi/paga-un-avviso/`
    PagaAvviso,
    /// `/servizi/segnalazione-disservizio/`
    Disservizio,
    /// `/ricerca/`
    Ricerca,
    /// `/mappa-del-sito/`
    Mappa,
    /// `/note-legali/`
    NoteLegali,
    /// `/privacy/`
    Privacy,
    /// A call.
    Bando(ItemId),
    /// Every call, by state.
    Bandi,
    /// `/attuazione-misure-pnrr/`
    Pnrr,
    /// A project of the recovery plan.
    Progetto(ItemId),
    /// A dataset.
    Dataset(ItemId),
    /// Every dataset.
    ElencoDataset,
    /// The register of acts: those published today, or the archive.
    AlboPretorio(bool),
    /// `/amministrazione-trasparente/`
    Trasparenza,
    /// A section of Amministrazione trasparente.
    SezioneTrasparenza(&'static Sezione),
    /// `/404.html`
    NonTrovata,
}

impl PageKind {
    /// Stable name, also the name of the page's template.
    pub fn name(self) -> &'static str {
        match self {
            PageKind::Home => "home",
            PageKind::Amministrazione => "amministrazione",
            PageKind::ElencoUnita(_) => "elenco-unita",
            PageKind::OrganiDiTipo(_) => "organi-di-tipo",
            PageKind::ElencoPersone(..) => "elenco-persone",
            PageKind::Cessati(_) => "cessati",
            PageKind::DocumentiEDati(_) => "documenti-e-dati",
            PageKind::ElencoDocumenti(..) => "elenco-documenti",
            PageKind::Novita(_) => "novita",
            PageKind::ElencoNovita(..) => "elenco-novita",
            PageKind::AnnoNovita(..) => "anno-novita",
            PageKind::Servizi => "servizi",
            PageKind::CategoriaServizi(_) => "categoria-servizi",
            PageKind::Vivere => "vivere",
            PageKind::Luoghi => "luoghi",
            PageKind::LuoghiDiTipo(_) => "luoghi-di-tipo",
            PageKind::Eventi => "eventi",
            PageKind::EventiArchivio(_) => "eventi-archivio",
            PageKind::EventiMese(_) => "eventi-mese",
            PageKind::Gallerie => "gallerie",
            PageKind::Argomenti => "argomenti",
            PageKind::Argomento(_) => "argomento",
            PageKind::Servizio(_) => "servizio",
            PageKind::Unita(_) => "unita",
            PageKind::Persona(_) => "persona",
            PageKind::Luogo(_) => "luogo",
            PageKind::Notizia(_) => "notizia",
            PageKind::Documento(_) => "documento",
            PageKind::Evento(_) => "evento",
            PageKind::Galleria(_) => "galleria",
            PageKind::Pagina(_) => "pagina",
            PageKind::DomandeFrequenti => "domande-frequenti",
            PageKind::Prenotazione(_) => "prenotazione",
            PageKind::Assistenza(_) => "assistenza",
            PageKind::PagaAvviso => "paga-un-avviso",
            PageKind::Disservizio => "disservizio",
            PageKind::Ricerca => "ricerca",
            PageKind::Mappa => "mappa",
            PageKind::NoteLegali => "note-legali",
            PageKind::Privacy => "privacy",
            PageKind::Bando(_) => "bando",
            PageKind::Bandi => "bandi",
            PageKind::Pnrr => "pnrr",
            PageKind::Progetto(_) => "progetto",
            PageKind::Dataset(_) => "dataset",
            PageKind::ElencoDataset => "elenco-dataset",
            PageKind::AlboPretorio(false) => "albo-pretorio",
            PageKind::AlboPretorio(true) => "archivio-albo-pretorio",
            PageKind::Trasparenza => "trasparenza",
            PageKind::SezioneTrasparenza(_) => "sezione-trasparenza",
            PageKind::NonTrovata => "404",
        }
    }

    /// The template that renders it: lists of cards share one.
    pub fn template(self) -> &'static str {
        match self {
            PageKind::Amministrazione
            | PageKind::ElencoUnita(_)
            | PageKind::OrganiDiTipo(_)
            | PageKind::ElencoPersone(..)
            | PageKind::Cessati(_)
            | PageKind::DocumentiEDati(_)
            | PageKind::ElencoDocumenti(..)
            | PageKind::Novita(_)
            | PageKind::ElencoNovita(..)
            | PageKind::CategoriaServizi(_)
            | PageKind::AnnoNovita(..)
            | PageKind::Luoghi
            | PageKind::LuoghiDiTipo(_)
            | PageKind::Bandi
            | PageKind::Pnrr
            | PageKind::ElencoDataset
            | PageKind::EventiArchivio(_)
            | PageKind::Gallerie => "elenco.html",
            PageKind::Eventi => "eventi.html",
            PageKind::EventiMese(_) => "eventi-mese.html",
            PageKind::Evento(_) => "evento.html",
            PageKind::Galleria(_) => "galleria.html",
            PageKind::Privacy | PageKind::Pagina(_) => "pagina.html",
            PageKind::Prenotazione(_) | PageKind::Assistenza(_) | PageKind::Disservizio => "modulo.html",
            PageKind::PagaAvviso => "paga-un-avviso.html",
            PageKind::Home => "home.html",
            PageKind::Servizi => "servizi.html",
            PageKind::Vivere => "vivere.html",
            PageKind::Argomenti => "argomenti.html",
            PageKind::Argomento(_) => "argomento.html",
            PageKind::Servizio(_) => "servizio.html",
            PageKind::Unita(_) => "unita.html",
            PageKind::Persona(_) => "persona.html",
            PageKind::Luogo(_) => "luogo.html",
            PageKind::Notizia(_) => "notizia.html",
            PageKind::Documento(_) => "documento.html",
            PageKind::DomandeFrequenti => "domande-frequenti.html",
            PageKind::Ricerca => "ricerca.html",
            PageKind::Mappa => "mappa.html",
            PageKind::NoteLegali => "note-legali.html",
            PageKind::Bando(_) => "bando.html",
            PageKind::Progetto(_) => "progetto.html",
            PageKind::Dataset(_) => "dataset.html",
            PageKind::AlboPretorio(_) => "tabella.html",
            PageKind::Trasparenza => "trasparenza.html",
            PageKind::SezioneTrasparenza(_) => "sezione-trasparenza.html",
            PageKind::NonTrovata => "404.html",
        }
    }
}
