//! `plan`: the flat list of pages, decided before anything is rendered: address, kind, output path, redirects.
//! Collisions, reserved names and impossible aliases are found here.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::content::servizio::{Canale, Servizio, Stato};
use crate::content::{Data, Kind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::site::{Item, ItemId, Site};
use crate::text;
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
    /// `/amministrazione-trasparente/`
    Trasparenza,
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
            PageKind::Trasparenza => "trasparenza",
            PageKind::NonTrovata => "404",
        }
    }

    /// The template that renders it: lists of cards share one.
    pub fn template(self) -> &'static str {
        match self {
            PageKind::Amministrazione
            | PageKind::ElencoUnita(_)
            | PageKind::DocumentiEDati
            | PageKind::ElencoDocumenti(..)
            | PageKind::Novita(_)
            | PageKind::ElencoNovita(..)
            | PageKind::CategoriaServizi(_)
            | PageKind::AnnoNovita(..)
            | PageKind::Luoghi
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
            PageKind::Luogo(_) => "luogo.html",
            PageKind::Notizia(_) => "notizia.html",
            PageKind::Documento(_) => "documento.html",
            PageKind::DomandeFrequenti => "domande-frequenti.html",
            PageKind::Ricerca => "ricerca.html",
            PageKind::Mappa => "mappa.html",
            PageKind::NoteLegali => "note-legali.html",
            PageKind::Trasparenza => "trasparenza.html",
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
const FUNCTIONS: [&str; 5] = [
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

/// Whether a service is booked on a page of this site.
pub fn booked_here(item: &Item, servizio: &Servizio) -> bool {
    let mut channels = servizio.accesso.iter().zip(&item.accessi.canali);
    servizio.stato() == Stato::Attivo
        && channels.any(|(a, to)| a.canale.value == Canale::Appuntamento && to.is_none())
}

/// The heading of a section of Amministrazione.
pub fn nome_sezione(slug: &str) -> &'static str {
    SEZIONI.iter().find(|(section, _)| *section == slug).map_or("Uffici", |(_, nome)| *nome)
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
        if site.config.written.amministrazione_trasparente.is_none() {
            self.add("/amministrazione-trasparente/", P::Trasparenza);
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

    fn lists(&mut self, site: &Site) {
        for (slug, _) in SEZIONI {
            if !site.unita_in(slug).is_empty() {
                self.add(format!("/amministrazione/{slug}/"), PageKind::ElencoUnita(slug));
            }
        }
        if site.of_kind(Kind::Documento).next().is_some() {
            self.add("/amministrazione/documenti-e-dati/", PageKind::DocumentiEDati);
        }
        for tipo in &vocab::get("tipi_documento").voci {
            let documents = site.documenti_di(&tipo.slug).len();
            if documents > 0 {
                let url = format!("/amministrazione/documenti-e-dati/{}/", tipo.slug);
                self.paged(&url, documents, |page| PageKind::ElencoDocumenti(tipo, page));
            }
        }
        for tipo in &vocab::get("tipi_notizia").voci {
            let news = site.notizie_di(&tipo.slug).len();
            if news > 0 {
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
                Data::Luogo(_) => PageKind::Luogo(item.id),
                Data::Notizia(_) => PageKind::Notizia(item.id),
                Data::Documento(_) => PageKind::Documento(item.id),
                Data::Pagina(_) if COMPLETED.contains(&slug) => continue,
                Data::Pagina(_) => PageKind::Pagina(item.id),
                Data::Evento(_) => PageKind::Evento(item.id),
                Data::Galleria(_) => PageKind::Galleria(item.id),
                Data::PuntoContatto(_)
                | Data::Domanda(_)
                | Data::Argomento(_)
                | Data::Allerta(_)
                | Data::SitoTematico(_) => continue,
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
    vocab::get("categorie_servizio").voci.iter().filter(|c| !site.servizi_in(&c.slug).is_empty()).collect()
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
