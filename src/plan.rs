//! `plan`: the flat list of pages, decided before anything is rendered: address, kind, output path, redirects.
//! Collisions, reserved names and impossible aliases are found here.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::content::documento::ALBO;
use crate::content::servizio::{Canale, Servizio, Stato};
use crate::content::types::slugify;
use crate::content::{Data, Kind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::site::{Item, ItemId, Site, sezione_unita, vocabulary_root};
use crate::text;
use crate::vocab::trasparenza::{Sezione, albero};
use crate::vocab::{self, Voce};

/// Entries of a list page; longer lists go on in numbered pages.
pub const PAGE_SIZE: usize = 200;

/// What a page is. The browser tests take their list of page kinds from [`PageKind::name`].
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
    /// `/amministrazione/documenti-e-dati/`
    DocumentiEDati,
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
            PageKind::DocumentiEDati => "documenti-e-dati",
            PageKind::ElencoDocumenti(..) => "elenco-documenti",
            PageKind::Novita(_) => "novita",
            PageKind::ElencoNovita(..) => "elenco-novita",
            PageKind::AnnoNovita(..) => "anno-novita",
            PageKind::Servizi => "servizi",
            PageKind::CategoriaServizi(_) => "categoria-servizi",
            PageKind::Vivere => "vivere",
            PageKind::Luoghi => "luoghi",
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
            | PageKind::DocumentiEDati
            | PageKind::ElencoDocumenti(..)
            | PageKind::Novita(_)
            | PageKind::ElencoNovita(..)
            | PageKind::CategoriaServizi(_)
            | PageKind::AnnoNovita(..)
            | PageKind::Luoghi
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

/// A page to be rendered.
#[derive(Debug, Clone)]
pub struct Route {
    /// Address from the root of the site.
    pub url: String,
    /// What it is.
    pub kind: PageKind,
    /// Language of the page.
    pub lang: &'static str,
    /// The content behind it, for diagnostics.
    pub source: Option<Span>,
}

impl Route {
    /// Path of the file in the output.
    pub fn output(&self) -> String {
        output_path(&self.url)
    }
}

/// Path of the file that a server gives for an address.
pub fn output_path(url: &str) -> String {
    let inner = url.trim_start_matches('/');
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
}

/// An old address and where it leads now.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// Output path of the redirect page.
    pub output: String,
    /// Where it leads.
    pub to: String,
}

/// Everything that will be published as HTML.
#[derive(Debug, Default)]
pub struct Plan {
    /// Pages.
    pub routes: Vec<Route>,
    /// Redirects.
    pub redirects: Vec<Redirect>,
    /// Addresses of pages, for links.
    urls: BTreeSet<String>,
}

/// First-level names that free pages may not take.
const RESERVED: [&str; 14] = [
    "amministrazione",
    "novita",
    "servizi",
    "vivere-il-comune",
    "argomenti",
    "domande-frequenti",
    "ricerca",
    "mappa-del-sito",
    "amministrazione-trasparente",
    "api",
    "assets",
    "media",
    "attuazione-misure-pnrr",
    "pagina",
];
/// Slugs of functions, which no service, category page or list may take.
const FUNCTIONS: [&str; 7] = [
    "archivio",
    "bandi",
    "prenotazione-appuntamento",
    "richiesta-assistenza",
    "segnalazione-disservizio",
    "paga-un-avviso",
    "pagina",
];
/// Where one books an appointment; a service adds its slug.
pub const PRENOTAZIONE: &str = "/servizi/prenotazione-appuntamento/";
/// Events to come.
pub const EVENTI: &str = "/vivere-il-comune/eventi/";
/// Every date to come, for calendars.
pub const CALENDARIO: &str = "/eventi.ics";
/// The feed of news.
pub const FEED: &str = "/novita/feed.xml";
/// Events that are over.
pub const ARCHIVIO_EVENTI: &str = "/vivere-il-comune/eventi/archivio/";
/// Galleries.
pub const GALLERIE: &str = "/vivere-il-comune/gallerie/";
/// Where one asks for assistance; a service adds its slug.
pub const ASSISTENZA: &str = "/servizi/richiesta-assistenza/";
/// Amministrazione trasparente.
pub const TRASPARENZA: &str = "/amministrazione-trasparente/";
/// The register of acts.
pub const ALBO_PRETORIO: &str = "/amministrazione/documenti-e-dati/documenti-albo-pretorio/";
/// Acts whose publication is over.
pub const ALBO_ARCHIVIO: &str = "/amministrazione/documenti-e-dati/documenti-albo-pretorio/archivio/";
/// Every call.
pub const BANDI: &str = "/amministrazione/documenti-e-dati/documenti-albo-pretorio/bandi/";
/// Projects of the recovery plan.
pub const PNRR: &str = "/attuazione-misure-pnrr/";
/// Every dataset.
pub const DATASET: &str = "/amministrazione/documenti-e-dati/dataset/";
/// Where a pagoPA notice is paid.
pub const PAGA_AVVISO: &str = "/servizi/paga-un-avviso/";
/// Free pages that complete a page of the Modello instead of making one.
pub const COMPLETED: [&str; 2] = ["privacy", "note-legali"];
/// The sections of Amministrazione that list units, in the order of the footer, with their official titles.
pub const SEZIONI: [(&str, &str); 4] = [
    ("organi-di-governo", "Organi di governo"),
    ("aree-amministrative", "Aree amministrative"),
    ("uffici", "Uffici"),
    ("enti-e-fondazioni", "Enti e fondazioni"),
];

/// The sections of Amministrazione that list people, in the order of the footer, with their official titles.
pub const SEZIONI_PERSONE: [(&str, &str); 2] =
    [("politici", "Politici"), ("personale-amministrativo", "Personale amministrativo")];

/// Whether a service is booked on a page of this site.
pub fn booked_here(item: &Item, servizio: &Servizio) -> bool {
    let mut channels = servizio.accesso.iter().zip(&item.accessi.canali);
    servizio.stato() == Stato::Attivo
        && channels.any(|(a, to)| a.canale.value == Canale::Appuntamento && to.is_none())
}

/// The heading of a section of Amministrazione.
pub fn nome_sezione(slug: &str) -> &'static str {
    let mut all = SEZIONI.iter().chain(&SEZIONI_PERSONE);
    all.find(|(section, _)| *section == slug).map_or("Uffici", |(_, nome)| *nome)
}

/// The page of who has left the roles of a section.
pub fn cessati_url(sezione: &str) -> String {
    format!("/amministrazione/{sezione}/cessati/")
}

/// The page of the political bodies of one kind.
pub fn organi_url(tipo: &Voce) -> String {
    format!("/amministrazione/organi-di-governo/{}/", slugify(tipo.plural()))
}

/// Kinds of political body of which there are several: each has a page of its own; one body alone is its kind's page.
pub fn organi_per_tipo(site: &Site) -> impl Iterator<Item = &'static Voce> + '_ {
    let political = &vocab::get("tipi_unita_organizzativa").voci[0].figli;
    political.iter().filter(|tipo| site.unita_di_tipo(&tipo.slug).len() > 1)
}

impl Plan {
    /// Plans a site. Faults are pushed to `out`.
    pub fn new(site: &Site, out: &mut Vec<Diagnostic>) -> Self {
        let mut plan = Plan::default();
        plan.first_level(site);
        plan.lists(site);
        plan.events(site);
        plan.contents(site, out);
        plan.requests(site);
        plan.urls = plan.routes.iter().map(|r| r.url.clone()).collect();
        plan.check_collisions(site, out);
        plan.add_redirects(site, out);
        plan
    }

    /// Whether a page has this address.
    pub fn has(&self, url: &str) -> bool {
        self.urls.contains(url)
    }

    fn add(&mut self, url: impl Into<String>, kind: PageKind) {
        self.routes.push(Route { url: url.into(), kind, lang: "it", source: None });
    }

    fn paged(&mut self, url: &str, entries: usize, kind: impl Fn(usize) -> PageKind) {
        for page in 1..=entries.div_ceil(PAGE_SIZE).max(1) {
            self.add(page_url(url, page), kind(page));
        }
    }

    fn first_level(&mut self, site: &Site) {
        use PageKind as P;
        for (url, kind) in [
            ("/", P::Home),
            ("/amministrazione/", P::Amministrazione),
            ("/servizi/", P::Servizi),
            ("/vivere-il-comune/", P::Vivere),
            ("/vivere-il-comune/luoghi/", P::Luoghi),
            (EVENTI, P::Eventi),
            ("/argomenti/", P::Argomenti),
            ("/domande-frequenti/", P::DomandeFrequenti),
            (PRENOTAZIONE, P::Prenotazione(None)),
            (ASSISTENZA, P::Assistenza(None)),
            (PAGA_AVVISO, P::PagaAvviso),
            ("/servizi/segnalazione-disservizio/", P::Disservizio),
            ("/ricerca/", P::Ricerca),
            ("/mappa-del-sito/", P::Mappa),
            ("/note-legali/", P::NoteLegali),
            ("/privacy/", P::Privacy),
            ("/404.html", P::NonTrovata),
        ] {
            self.add(url, kind);
        }
        if site.trasparenza_propria() {
            self.add(TRASPARENZA, P::Trasparenza);
            let seen = albero().sezioni.iter().filter(|s| site.sezione_visibile(s));
            for sezione in seen {
                self.add(sezione.url(), P::SezioneTrasparenza(sezione));
            }
        }
        self.paged("/novita/", site.newest(Kind::Notizia).len(), P::Novita);
    }

    /// Booking and assistance opened from a sheet arrive with that service chosen, without a script too: a page for each service,
    /// where the function is of this site.
    fn requests(&mut self, site: &Site) {
        for (item, servizio) in site.servizi() {
            let slug = &item.entry.slug;
            if site.funzioni.prenotazione.is_none() && booked_here(item, servizio) {
                self.add(format!("{PRENOTAZIONE}{slug}/"), PageKind::Prenotazione(Some(item.id)));
            }
            if site.funzioni.assistenza.is_none() {
                self.add(format!("{ASSISTENZA}{slug}/"), PageKind::Assistenza(Some(item.id)));
            }
        }
    }

    /// Lists of what the site has, even if all of it has expired: its pages stay, and their breadcrumb leads here.
    fn lists(&mut self, site: &Site) {
        for (slug, _) in SEZIONI {
            let here = |d: &Data| matches!(d, Data::Unita(u) if sezione_unita(u.tipo.entry) == slug);
            if site.holds(here) {
                self.add(format!("/amministrazione/{slug}/"), PageKind::ElencoUnita(slug));
            }
        }
        for tipo in organi_per_tipo(site) {
            self.add(organi_url(tipo), PageKind::OrganiDiTipo(tipo));
        }
        for (slug, _) in SEZIONI_PERSONE {
            let (present, gone) = (site.persone_in(slug).len(), site.cessati_in(slug).len());
            if present + gone > 0 {
                self.paged(&format!("/amministrazione/{slug}/"), present, |page| {
                    PageKind::ElencoPersone(slug, page)
                });
            }
            if gone > 0 {
                self.add(cessati_url(slug), PageKind::Cessati(slug));
            }
        }
        let dated = |k| matches!(k, Kind::Documento | Kind::Bando | Kind::Dataset);
        if site.items.iter().any(|i| dated(i.entry.kind)) || !site.riservati.is_empty() {
            self.add("/amministrazione/documenti-e-dati/", PageKind::DocumentiEDati);
        }
        self.register(site);
        for tipo in vocab::get("tipi_documento").voci.iter().filter(|t| t.slug != ALBO) {
            let here = |d: &Data| matches!(d, Data::Documento(d) if vocabulary_root("tipi_documento", d.tipo.entry).slug == tipo.slug);
            if site.holds(here) {
                let documents = site.documenti_di(&tipo.slug).len();
                let url = format!("/amministrazione/documenti-e-dati/{}/", tipo.slug);
                self.paged(&url, documents, |page| PageKind::ElencoDocumenti(tipo, page));
            }
        }
        for tipo in &vocab::get("tipi_notizia").voci {
            if site.holds(|d| matches!(d, Data::Notizia(n) if n.tipo.entry.slug == tipo.slug)) {
                let news = site.notizie_di(&tipo.slug).len();
                self.paged(&format!("/novita/{}/", tipo.slug), news, |page| {
                    PageKind::ElencoNovita(tipo, page)
                });
                for year in site.anni_di(&tipo.slug) {
                    self.add(year_url(tipo, year), PageKind::AnnoNovita(tipo, year));
                }
            }
        }
        for categoria in categorie_usate(site) {
            self.add(format!("/servizi/{}/", categoria.slug), PageKind::CategoriaServizi(categoria));
        }
        for argomento in argomenti_usati(site) {
            self.add(format!("/argomenti/{}/", argomento.slug), PageKind::Argomento(argomento));
        }
    }

    /// The register of acts with what stands below it, the datasets, the projects of the recovery plan.
    fn register(&mut self, site: &Site) {
        let (archive, calls) = (!site.albo(true).is_empty(), !site.bandi().is_empty());
        let elsewhere = site.config.written.albo_pretorio.is_some();
        if archive || calls || elsewhere || !site.albo(false).is_empty() {
            self.add(ALBO_PRETORIO, PageKind::AlboPretorio(false));
        }
        if archive {
            self.add(ALBO_ARCHIVIO, PageKind::AlboPretorio(true));
        }
        if calls {
            self.add(BANDI, PageKind::Bandi);
        }
        if site.of_kind(Kind::Dataset).next().is_some() {
            self.add(DATASET, PageKind::ElencoDataset);
        }
        if site.of_kind(Kind::Progetto).next().is_some() {
            self.add(PNRR, PageKind::Pnrr);
        }
    }

    /// Months to come, events that are over, galleries: only where there are any.
    fn events(&mut self, site: &Site) {
        for month in site.mesi_con_eventi() {
            self.add(month_url(month), PageKind::EventiMese(month));
        }
        let past = site.eventi_passati().len();
        if past > 0 {
            self.paged(ARCHIVIO_EVENTI, past, PageKind::EventiArchivio);
        }
        if !site.gallerie().is_empty() {
            self.add(GALLERIE, PageKind::Gallerie);
        }
    }

    fn contents(&mut self, site: &Site, out: &mut Vec<Diagnostic>) {
        for item in &site.items {
            let slug = item.entry.slug.as_str();
            let kind = match item.entry.data {
                Data::Servizio(_) => PageKind::Servizio(item.id),
                Data::Unita(_) => PageKind::Unita(item.id),
                Data::Persona(_) => PageKind::Persona(item.id),
                Data::Luogo(_) => PageKind::Luogo(item.id),
                Data::Notizia(_) => PageKind::Notizia(item.id),
                Data::Documento(_) => PageKind::Documento(item.id),
                Data::Pagina(_) if COMPLETED.contains(&slug) => continue,
                Data::Pagina(_) => PageKind::Pagina(item.id),
                Data::Bando(_) => PageKind::Bando(item.id),
                Data::Dataset(_) => PageKind::Dataset(item.id),
                Data::Progetto(_) => PageKind::Progetto(item.id),
                Data::Evento(_) => PageKind::Evento(item.id),
                Data::Galleria(_) => PageKind::Galleria(item.id),
                Data::PuntoContatto(_)
                | Data::Domanda(_)
                | Data::Argomento(_)
                | Data::Allerta(_)
                | Data::SitoTematico(_)
                | Data::Trasparenza(_) => continue,
            };
            let reserved = match item.entry.kind {
                Kind::Pagina => RESERVED.contains(&slug),
                Kind::Evento => slug == "archivio" || slug == "pagina" || is_date(slug, 7),
                Kind::Notizia => slug == "pagina" || is_date(slug, 4),
                _ => FUNCTIONS.contains(&slug),
            };
            if reserved {
                out.push(
                    Diagnostic::new(
                        Code::PlanReserved,
                        text!("il nome `{slug}` è riservato", "the name `{slug}` is reserved"),
                    )
                    .at(item.entry.start())
                    .hint(text!("rinomina il file", "rename the file")),
                );
            }
            self.routes.push(Route {
                url: item.url.clone(),
                kind,
                lang: "it",
                source: Some(item.entry.start()),
            });
        }
    }

    /// Two pages may not give the same file, letter case and accent form aside.
    fn check_collisions(&self, site: &Site, out: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<String, &Route> = HashMap::new();
        for route in &self.routes {
            let key = route.output().nfc().flat_map(char::to_lowercase).collect();
            let Some(first) = seen.insert(key, route) else { continue };
            let at = route.source.or(first.source);
            let url = &route.url;
            let d = Diagnostic::new(
                Code::PlanCollision,
                text!("due pagine avrebbero l'indirizzo {url}", "two pages would have the address {url}"),
            )
            .hint(text!("rinomina uno dei due file", "rename one of the two files"));
            out.push(match at {
                Some(span) => d.at(span),
                None => d.in_file(site.config.nome_breve.clone()),
            });
        }
    }

    fn add_redirects(&mut self, site: &Site, out: &mut Vec<Diagnostic>) {
        let mut taken: BTreeSet<String> = self.routes.iter().map(|r| r.output().to_lowercase()).collect();
        for (alias, id, span) in &site.aliases {
            let has_extension = alias.rsplit('/').next().is_some_and(|last| last.contains('.'));
            let output = if has_extension { alias.clone() } else { format!("{alias}/index.html") };
            if !taken.insert(output.to_lowercase()) {
                out.push(
                    Diagnostic::new(
                        Code::PlanAlias,
                        text!(
                            "l'indirizzo /{alias}/ è già di un'altra pagina",
                            "the address /{alias}/ already belongs to another page"
                        ),
                    )
                    .at(*span)
                    .hint(text!("togli questo alias", "remove this alias")),
                );
                continue;
            }
            self.redirects.push(Redirect { output, to: site.get(*id).url.clone() });
        }
    }
}

/// Whether a slug is the beginning of a date: a year (4 characters) or a month (7).
fn is_date(slug: &str, length: usize) -> bool {
    slug.len() == length
        && slug.bytes().enumerate().all(|(n, b)| if n == 4 { b == b'-' } else { b.is_ascii_digit() })
}

/// The page of a month, `/vivere-il-comune/eventi/2026-12/`.
pub fn month_url(month: Date) -> String {
    format!("{EVENTI}{}/", month.strftime("%Y-%m"))
}

/// The file for calendars of an event.
pub fn calendar_url(item: &Item) -> String {
    format!("{}evento.ics", item.url)
}

/// The news of a kind and of a year.
pub fn year_url(tipo: &Voce, year: i16) -> String {
    format!("/novita/{}/{year}/", tipo.slug)
}

/// The address of a numbered page of a list; the first is the list itself.
pub fn page_url(list: &str, page: usize) -> String {
    if page == 1 { list.to_owned() } else { format!("{list}pagina/{page}/") }
}

/// Categories that have at least one service, alphabetical as in the vocabulary.
pub fn categorie_usate(site: &Site) -> Vec<&'static Voce> {
    let used: BTreeSet<&str> = site
        .servizi()
        .flat_map(|(_, s)| {
            std::iter::once(&s.categoria.value).chain(s.altre_categorie.iter().map(|c| &c.value))
        })
        .map(|c| c.entry.slug.as_str())
        .collect();
    vocab::get("categorie_servizio").voci.iter().filter(|c| used.contains(c.slug.as_str())).collect()
}

/// Topics used by at least one content or chosen in the configuration, alphabetical.
pub fn argomenti_usati(site: &Site) -> Vec<&'static Voce> {
    let config = &site.config.written;
    let chosen = config
        .menu_secondario
        .iter()
        .chain(config.evidenza.iter().flat_map(|e| &e.argomenti))
        .map(|t| t.entry);
    let described = site.of_kind(Kind::Argomento).filter_map(|i| vocab::get("argomenti").find(&i.entry.slug));
    let used: BTreeSet<&str> = site
        .items
        .iter()
        .flat_map(crate::site::Item::argomenti)
        .chain(chosen)
        .chain(described)
        .map(|v| v.slug.as_str())
        .collect();
    let mut topics: Vec<&'static Voce> =
        vocab::get("argomenti").voci.iter().filter(|v| used.contains(v.slug.as_str())).collect();
    topics.sort_by_cached_key(|v| crate::site::collation_key(&v.nome));
    topics
}
