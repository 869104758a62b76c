//! `plan`: the flat list of pages, decided before anything is rendered: address, kind, output path, redirects.
//! Collisions, reserved names and impossible aliases are found here.

mod address;
mod kind;

use std::collections::{BTreeSet, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::content::documento::ALBO;
use crate::content::servizio::{Canale, Servizio, Stato};
use crate::content::{Data, Kind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::site::{Item, Site, sezione_unita, vocabulary_root};
use crate::text;
use crate::vocab::trasparenza::albero;
use crate::vocab::{self, Voce};

pub use address::*;
pub use kind::PageKind;

/// Entries of a list page; longer lists go on in numbered pages.
pub const PAGE_SIZE: usize = 200;

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
    urls: HashSet<String>,
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
/// Whether a service is booked on a page of this site.
pub fn booked_here(item: &Item, servizio: &Servizio) -> bool {
    let mut channels = servizio.accesso.iter().zip(&item.accessi.canali);
    servizio.stato() == Stato::Attivo
        && channels.any(|(a, to)| a.canale.value == Canale::Appuntamento && to.is_none())
}

/// Kinds of political body of which there are several: each has a page of its own; one body alone is its kind's page.
pub fn organi_per_tipo(site: &Site) -> impl Iterator<Item = &'static Voce> + '_ {
    let political = &vocab::get("tipi_unita_organizzativa").voci[0].figli;
    political.iter().filter(|tipo| site.unita_di_tipo(&tipo.slug).len() > 1)
}

/// Families of places that have a page of their own: all that the site has places of, unless one family holds them all.
pub fn famiglie_di_luoghi(site: &Site) -> Vec<&'static Voce> {
    let families = vocab::get("tipi_luogo").voci.iter();
    let used: Vec<&'static Voce> = families.filter(|f| !site.luoghi_di(&f.slug).is_empty()).collect();
    if used.len() > 1 { used } else { Vec::new() }
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
        let taken = plan.check_collisions(site, out);
        plan.add_redirects(site, taken, out);
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
            (LUOGHI, P::Luoghi),
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
            if site.holds(Kind::Unita, here) {
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
        if site.items().any(|i| dated(i.entry.kind)) || !site.riservati.is_empty() {
            self.paged("/amministrazione/documenti-e-dati/", site.acts().len(), PageKind::DocumentiEDati);
        }
        self.register(site);
        for tipo in vocab::get("tipi_documento").voci.iter().filter(|t| t.slug != ALBO) {
            let here = |d: &Data| matches!(d, Data::Documento(d) if vocabulary_root("tipi_documento", d.tipo.entry).slug == tipo.slug);
            if site.holds(Kind::Documento, here) {
                let documents = site.documenti_di(&tipo.slug).len();
                let url = format!("/amministrazione/documenti-e-dati/{}/", tipo.slug);
                self.paged(&url, documents, |page| PageKind::ElencoDocumenti(tipo, page));
            }
        }
        for tipo in &vocab::get("tipi_notizia").voci {
            if site.holds(Kind::Notizia, |d| matches!(d, Data::Notizia(n) if n.tipo.entry.slug == tipo.slug))
            {
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
        for famiglia in famiglie_di_luoghi(site) {
            self.add(luoghi_url(famiglia), PageKind::LuoghiDiTipo(famiglia));
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
        for item in site.items() {
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
                Kind::Pagina => RESERVED.contains(&slug) && item.url.matches('/').count() == 2,
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

    /// Two pages may not give the same file. Gives the addresses that are taken, as [`alike`] makes them.
    fn check_collisions(&self, site: &Site, out: &mut Vec<Diagnostic>) -> HashSet<String> {
        let mut seen: HashMap<String, &Route> = HashMap::new();
        for route in &self.routes {
            let Some(first) = seen.insert(alike(&route.url), route) else { continue };
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
        seen.into_keys().collect()
    }

    fn add_redirects(&mut self, site: &Site, mut taken: HashSet<String>, out: &mut Vec<Diagnostic>) {
        for (alias, id, span) in &site.aliases {
            let has_extension = alias.rsplit('/').next().is_some_and(|last| last.contains('.'));
            let old = if has_extension { format!("/{alias}") } else { format!("/{alias}/") };
            if !taken.insert(alike(&old)) {
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
            self.redirects.push(Redirect { output: output_path(&old), to: site.get(*id).url.clone() });
        }
    }
}

/// An address as file systems may confuse it with others: letter case and accent form aside.
fn alike(path: &str) -> String {
    if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.nfc().flat_map(char::to_lowercase).collect()
    }
}

/// Whether a slug is the beginning of a date: a year (4 characters) or a month (7).
fn is_date(slug: &str, length: usize) -> bool {
    slug.len() == length
        && slug.bytes().enumerate().all(|(n, b)| if n == 4 { b == b'-' } else { b.is_ascii_digit() })
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
        .items()
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
