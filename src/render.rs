//! `render`: HTML for every page of the plan, in parallel. Templates see one small view per page (`v`) and the frame shared
//! by all pages of the Comune; content is never compiled as a template.

mod assets;
mod cards;
mod engine;
mod facets;
mod format;
mod frame;
mod jsonld;
mod markdown;
mod pages;
mod search;
mod tables;
mod urls;
pub mod view;

use rayon::prelude::*;
use serde::Serialize;

pub use assets::{AssetFile, Assets};
pub use urls::Urls;

use crate::diagnostic::Diagnostic;
use crate::plan::{ASSISTENZA, PRENOTAZIONE, PageKind, Plan, Route};
use crate::site::Site;
use cards::Cards;
use view::Link;

/// A rendered page.
#[derive(Debug)]
pub struct Page {
    /// Output path.
    pub output: String,
    /// Its address on the site.
    pub url: String,
    /// What it is.
    pub kind: PageKind,
    /// HTML, not minified.
    pub html: String,
    /// Left out of the site map and of search engines.
    pub noindex: bool,
    /// What it is about is over: left out of the site map.
    pub past: bool,
    /// Date of its content, for the site map.
    pub lastmod: Option<jiff::civil::Date>,
}

/// What templates see of a page under `page`.
#[derive(Debug, Serialize)]
struct PageMeta {
    kind: &'static str,
    url: String,
    canonical: String,
    titolo: String,
    title: String,
    descrizione: Option<String>,
    section: &'static str,
    breadcrumb: Vec<Crumb>,
    noindex: bool,
    og: OpenGraph,
    jsonld: Vec<String>,
    jsonld_metatag: Option<String>,
    feedback: bool,
    contacts: bool,
    hide_function: &'static str,
    /// Booking and assistance, for the service of the page if it has one.
    prenotazione_url: String,
    assistenza_url: String,
    lingue: Option<()>,
}

#[derive(Debug, Serialize)]
struct Crumb {
    label: String,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct OpenGraph {
    r#type: &'static str,
    image: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    tags: Vec<String>,
}

/// Renders the pages of a plan.
#[derive(Clone, Copy)]
pub struct Renderer<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its plan.
    pub plan: &'a Plan,
    /// Where it stands.
    pub urls: &'a Urls,
    /// Its templates, with the frame of this very site.
    pub engine: &'a Engine,
}

impl Renderer<'_> {
    /// Renders every page. The order of the pages is that of the plan.
    ///
    /// # Errors
    /// One finding per template that fails.
    pub fn render(&self) -> Result<Vec<Page>, Vec<Diagnostic>> {
        let results: Vec<Result<Page, Diagnostic>> =
            self.plan.routes.par_iter().map(|route| self.page(route)).collect();
        let mut pages = Vec::with_capacity(results.len());
        let mut faults: Vec<Diagnostic> = Vec::new();
        for result in results {
            match result {
                Ok(page) => pages.push(page),
                Err(fault) if faults.iter().all(|f| f.message != fault.message) => faults.push(fault),
                Err(_) => {}
            }
        }
        if faults.is_empty() { Ok(pages) } else { Err(faults) }
    }

    /// Renders one page.
    ///
    /// # Errors
    /// A finding when its template fails.
    pub fn page(&self, route: &Route) -> Result<Page, Diagnostic> {
        let cards = Cards { site: self.site, urls: self.urls };
        let built = pages::build(cards, self.plan, route);
        let meta = self.meta(route, &built);
        let (noindex, past, lastmod) = (meta.noindex, built.past, built.lastmod);
        let mut context = tera::Context::new();
        context.insert("page", &meta);
        context.insert_value("v", built.view);
        let template = route.kind.template();
        let html = self.engine.render(template, &context)?;
        Ok(Page {
            output: route.output(),
            url: route.url.clone(),
            kind: route.kind,
            html,
            noindex,
            past,
            lastmod,
        })
    }

    /// The page of assistance, for the service of this page where there is one.
    fn assistance(&self, built: &pages::Built) -> String {
        let own = built.servizio.as_ref().map(|slug| format!("{ASSISTENZA}{slug}/"));
        self.urls.path(own.as_deref().filter(|url| self.plan.has(url)).unwrap_or(ASSISTENZA))
    }

    fn meta(&self, route: &Route, built: &pages::Built) -> PageMeta {
        let config = &self.site.config;
        let nome = &config.written.ente.nome.value.0;
        let home = route.kind == PageKind::Home;
        let mut path = vec![Link { label: "Home".to_owned(), url: "/".to_owned() }];
        path.extend(built.parents.iter().cloned());
        path.push(Link { label: built.titolo.clone(), url: route.url.clone() });
        let last = path.len() - 1;
        let breadcrumb = path.iter().enumerate().map(|(n, link)| Crumb {
            label: link.label.clone(),
            url: (n < last).then(|| self.urls.path(&link.url)),
        });
        let found = !matches!(route.kind, PageKind::NonTrovata);
        let breadcrumb_data = (!home && found).then(|| jsonld::breadcrumb(self.urls, &path));
        let shared = &built.shared;
        PageMeta {
            kind: route.kind.name(),
            url: self.urls.path(&route.url),
            canonical: self.urls.absolute(&route.url),
            titolo: built.titolo.clone(),
            title: if home { nome.clone() } else { format!("{} - {nome}", built.titolo) },
            descrizione: built.descrizione.clone(),
            section: built.section,
            breadcrumb: if home || !found { Vec::new() } else { breadcrumb.collect() },
            noindex: built.noindex || config.in_preparazione || !found,
            og: OpenGraph {
                r#type: if home { "website" } else { "article" },
                image: shared
                    .image
                    .as_ref()
                    .and_then(|path| self.site.media.picture_path(path))
                    .map(|path| self.urls.absolute(&format!("/{path}"))),
                published: shared.published.map(|d| d.to_string()),
                modified: shared.modified.map(|d| d.to_string()),
                tags: shared.tags.clone(),
            },
            jsonld: breadcrumb_data.into_iter().chain(built.jsonld.iter().cloned()).collect(),
            jsonld_metatag: built.metatag.clone(),
            feedback: true,
            contacts: true,
            hide_function: built.hide_function,
            prenotazione_url: built.prenotazione.clone().unwrap_or_else(|| self.urls.path(PRENOTAZIONE)),
            assistenza_url: self.assistance(built),
            lingue: None,
        }
    }
}

pub use assets::Addresses;
pub use engine::{Engine, Override};
pub use frame::policy;
pub use markdown::plain;
pub use pages::licence_sentence;
pub use search::entries as search_entries;
pub use tables::csv_files;
