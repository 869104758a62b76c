//! The published pages as a visitor finds them: where links lead, and which pages the official assessment visits, starting from the
//! home and following `data-element`s. Findings are collected here, each with the page where it was seen.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::facts::{Facts, Page};
use crate::diagnostic::{Code, Severity, Text};
use crate::plan::output_path;
use crate::render::Urls;

/// Where the cause of a finding is looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The template of the page.
    Template,
    /// A shared part of every page, by the name of its template.
    Part(&'static str),
    /// A field of the page's own content.
    Field(&'static str),
    /// A field of `comune.yaml`, its groups before it with dots.
    Config(&'static str),
    /// Words that a content, or else a template, holds.
    Words(String),
}

/// How a finding lowers its criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// The criterion fails.
    Failed,
    /// The criterion is passed with tolerance.
    Tolerated,
    /// No official criterion is concerned: the code's own severity counts.
    None,
}

/// One finding on a page.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What rule.
    pub code: Code,
    /// How grave for its criterion.
    pub loss: Loss,
    /// How grave.
    pub severity: Severity,
    /// Place of the page in the plan.
    pub page: usize,
    /// Where to look for the cause.
    pub origin: Origin,
    /// What is wrong; the page is not named.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A page of the site, by its place in the plan.
    Page(usize),
    /// Another file of the site.
    File,
    /// Nothing: the address is inside the site and empty.
    Missing,
    /// Another site.
    Outside(url::Url),
    /// Not a web address (`mailto:`, `tel:` …).
    Other,
}

/// The published site, with what was found so far.
pub struct Audit<'a> {
    /// The pages, in the order of the plan.
    pub pages: &'a [Page<'a>],
    /// Where the site stands.
    pub urls: &'a Urls,
    /// Findings.
    pub found: Vec<Finding>,
    places: HashMap<&'a str, usize>,
    files: HashSet<&'a str>,
}

impl<'a> Audit<'a> {
    /// Over read pages and the paths of all files of the output.
    pub fn new(pages: &'a [Page<'a>], files: impl Iterator<Item = &'a str>, urls: &'a Urls) -> Self {
        let places = pages.iter().enumerate().map(|(n, page)| (page.route.url.as_str(), n)).collect();
        Audit { pages, urls, found: Vec::new(), places, files: files.collect() }
    }

    /// The facts of a page.
    pub fn facts(&self, page: usize) -> &'a Facts {
        &self.pages[page].read.facts
    }

    /// The address of a page.
    pub fn url(&self, page: usize) -> &'a str {
        &self.pages[page].route.url
    }

    /// The page at an address of the site.
    pub fn at(&self, url: &str) -> Option<usize> {
        self.places.get(url).copied()
    }

    /// Where `href` leads when followed from `page`.
    pub fn target(&self, page: usize, href: &str) -> Target {
        let base = url::Url::parse(&self.urls.absolute(self.url(page))).ok();
        let Some(url) = base.and_then(|base| base.join(href).ok()) else { return Target::Other };
        if !matches!(url.scheme(), "http" | "https") {
            return Target::Other;
        }
        let mut plain = url.clone();
        plain.set_fragment(None);
        plain.set_query(None);
        let own = self.urls.base();
        let Some(path) = plain.as_str().strip_prefix(own).filter(|path| path.starts_with('/')) else {
            return Target::Outside(url);
        };
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        match self.places.get(path.as_ref()) {
            Some(page) => Target::Page(*page),
            None if self.files.contains(output_path(&path).as_str()) => Target::File,
            None => Target::Missing,
        }
    }

    /// Whether a link leads to something that exists, as far as can be known without a network.
    pub fn exists(&self, page: usize, href: &str) -> bool {
        !matches!(self.target(page, href), Target::Missing)
    }

    /// Adds a finding.
    pub fn push(&mut self, code: Code, loss: Loss, page: usize, origin: Origin, message: Text, hint: Text) {
        let severity = match loss {
            Loss::Failed => Severity::Error,
            Loss::Tolerated => Severity::Warning,
            Loss::None => code.severity(),
        };
        self.found.push(Finding { code, loss, severity, page, origin, message, hint });
    }
}

/// The pages that the official assessment visits, by kind.
#[derive(Debug, Default)]
pub struct Visit {
    /// The home.
    pub home: usize,
    /// The list of services.
    pub services: Option<usize>,
    /// Service sheets.
    pub sheets: Vec<usize>,
    /// First-level pages by the `data-element` of their menu entry.
    pub first: BTreeMap<&'static str, usize>,
    /// Second-level pages: first-level `data-element`, text of the link, page.
    pub second: Vec<(&'static str, String, usize)>,
    /// The booking page.
    pub booking: Option<usize>,
}

/// Menu entry and the names of the links to its second level.
pub const LEVELS: [(&str, &[&str]); 4] = [
    ("management", &["management-category-link"]),
    ("news", &["news-category-link"]),
    ("all-services", &["service-category-link"]),
    ("live", &["live-button-locations", "live-button-events"]),
];

impl Visit {
    /// Follows the site from its home; `None` when there is none.
    pub fn of(audit: &Audit<'_>) -> Option<Self> {
        let home = audit.at("/")?;
        let mut visit = Visit { home, ..Visit::default() };
        let follow = |page: usize, href: &str| match audit.target(page, href) {
            Target::Page(to) => Some(to),
            _ => None,
        };
        for (entry, below) in LEVELS {
            let Some(href) = audit.facts(home).link(entry).and_then(|one| one.href.as_deref()) else {
                continue;
            };
            let Some(page) = follow(home, href) else { continue };
            visit.first.insert(entry, page);
            for link in below.iter().flat_map(|name| audit.facts(page).of(name)) {
                let to = link.href.as_deref().and_then(|href| follow(page, href));
                visit.second.extend(to.map(|to| (entry, link.text.clone(), to)));
            }
        }
        visit.services = visit.first.get("all-services").copied();
        if let Some(services) = visit.services {
            let facts = audit.facts(services);
            let sheets = facts.of("service-link").iter().filter_map(|one| one.href.as_deref());
            visit.sheets = sheets.filter_map(|href| follow(services, href)).collect();
            visit.sheets.sort_unstable();
            visit.sheets.dedup();
            let booking = facts.link("appointment-booking").and_then(|one| one.href.as_deref());
            visit.booking = booking.and_then(|href| follow(services, href));
        }
        Some(visit)
    }

    /// Home, first and second level, each once.
    pub fn levels(&self) -> Vec<usize> {
        let mut pages: Vec<usize> = std::iter::once(self.home)
            .chain(self.first.values().copied())
            .chain(self.second.iter().map(|(.., page)| *page))
            .collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }

    /// Every page that any criterion visits, each once.
    pub fn all(&self) -> Vec<usize> {
        let mut pages = self.levels();
        pages.extend(&self.sheets);
        pages.extend(self.booking);
        pages.sort_unstable();
        pages.dedup();
        pages
    }

    /// The pages that a criterion looks at, of `all` pages of the site.
    pub fn examined(&self, criterion: &str, all: usize) -> Vec<usize> {
        let with_sheets = |pages: Vec<usize>| pages.into_iter().chain(self.sheets.iter().copied()).collect();
        match criterion {
            "C.SI.1.1" => with_sheets(self.levels()),
            "C.SI.1.2" | "C.SI.5.2" => self.all(),
            "C.SI.1.3" | "C.SI.2.1" => with_sheets(self.services.into_iter().collect()),
            "C.SI.1.6" | "C.SI.3.1" => (0..all).collect(),
            "C.SI.1.7" => self.first.values().copied().collect(),
            "C.SI.2.2" | "C.SI.2.6" | "R.SI.1.1" => self.sheets.clone(),
            "C.SI.2.5" => self.levels(),
            _ => vec![self.home],
        }
    }
}
