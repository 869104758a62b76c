//! `check`: judges the pages that would be published, as parsed trees, by the official criteria and by rules of accessibility, plain
//! language, privacy and freshness. It reads the output, not the theme: pages are found as a visitor finds them, and what is wrong
//! is traced back to the content, setting or template that caused it.

mod accessibility;
mod audit;
mod css;
mod data;
mod doc;
mod esperienza;
mod evidence;
mod facts;
mod fault;
mod freshness;
mod funzionalita;
mod markup;
mod normativa;
mod origin;
mod policy;
mod rating;
mod writing;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use scraper::Html;
use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, FileId, Severity, SourceFiles};
use crate::plan::Route;
use crate::render::Urls;
use crate::site::Site;
use crate::write::OutputFile;
use audit::{Audit, Finding, Loss, Visit};
use css::Style;
use doc::Doc;
use facts::{Facts, Page, Read};
use fault::Faults;
use origin::{Origins, Place};
use rating::Ratings;

/// What `check` judges.
pub struct Input<'a> {
    /// The related site, for the causes of findings.
    pub site: &'a Site,
    /// The pages of the plan.
    pub routes: &'a [Route],
    /// Where the site stands.
    pub urls: &'a Urls,
    /// Every file of the output.
    pub files: &'a [OutputFile],
    /// The texts as written.
    pub texts: &'a SourceFiles,
    /// `comune.yaml`.
    pub config: FileId,
    /// Content files, those of the shared catalogue too.
    pub contents: &'a [FileId],
    /// Templates of the Comune: name, file.
    pub templates: &'a [(String, FileId)],
}

/// The official criteria, in order, with the score that a generated site has when nothing is wrong.
pub const CRITERIA: [(&str, Score); 19] = [
    ("C.SI.1.1", Score::Passed),
    ("C.SI.1.2", Score::Passed),
    ("C.SI.1.3", Score::Passed),
    ("C.SI.1.4", Score::Tolerated),
    ("C.SI.1.5", Score::Passed),
    ("C.SI.1.6", Score::Passed),
    ("C.SI.1.7", Score::Passed),
    ("C.SI.2.1", Score::Passed),
    ("C.SI.2.2", Score::Passed),
    ("C.SI.2.3", Score::Passed),
    ("C.SI.2.4", Score::Passed),
    ("C.SI.2.5", Score::Passed),
    ("C.SI.2.6", Score::Passed),
    ("C.SI.3.1", Score::Passed),
    ("C.SI.3.2", Score::Passed),
    ("C.SI.3.3", Score::Passed),
    ("C.SI.3.4", Score::Passed),
    ("C.SI.5.2", Score::Passed),
    ("R.SI.1.1", Score::Passed),
];

/// The result of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Score {
    /// 0.
    #[serde(rename = "fallimento")]
    Failed,
    /// 0.5, which passes.
    #[serde(rename = "tolleranza")]
    Tolerated,
    /// 1.
    #[serde(rename = "successo")]
    Passed,
}

/// One criterion, judged.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Its official code, `C.SI.1.3`.
    #[serde(rename = "criterio")]
    pub criterion: &'static str,
    /// Its result.
    #[serde(rename = "esito")]
    pub score: Score,
    /// The pages that it looked at, by their place in the plan.
    #[serde(skip)]
    pub pages: Vec<usize>,
}

/// What was found on a site.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Every criterion that can be judged without a browser.
    pub verdicts: Vec<Verdict>,
    /// Every finding, equal ones of several pages together.
    pub diagnostics: Vec<Diagnostic>,
    /// Gulpease index of the prose of each page that has enough of it, by address.
    pub readability: BTreeMap<String, f64>,
}

/// Style sheets read, by the hash of all of the site and the addresses of those that a page loads.
type Styles = HashMap<(blake3::Hash, Vec<String>), Arc<Style>>;

/// Pages already read, so that those that did not change are not read again: by address, bytes and style sheets; and the style sheets.
#[derive(Default)]
pub struct Memory {
    pages: Mutex<HashMap<blake3::Hash, Arc<Read>>>,
    styles: Mutex<Styles>,
    ratings: Ratings,
}

impl Memory {
    /// Forgets everything once more than `pages` pages are remembered: a session edits the same pages over and over.
    pub fn bound(&self, pages: usize) {
        let mut known = open(&self.pages);
        if known.len() > pages {
            known.clear();
        }
    }
}

/// Judges a site. What `memory` remembers is not read again.
pub fn judge(input: &Input<'_>, memory: &Memory) -> Judgement {
    let files: HashMap<&str, &[u8]> = input.files.iter().map(|f| (f.path.as_str(), &*f.bytes)).collect();
    let reader = Reader::new(&files, input.urls, memory);
    let pages: Vec<Page<'_>> =
        input.routes.par_iter().map(|route| Page { route, read: reader.read(route) }).collect();
    let mut audit = Audit::new(&pages, files.keys().copied(), input.urls);
    let visit = Visit::of(&audit).unwrap_or_default();
    let home_styles = pages.get(visit.home).map(|p| p.read.facts.styles.clone()).unwrap_or_default();
    let style = reader.style(home_styles.clone());
    let scripts: Vec<(&str, &str)> = input
        .files
        .iter()
        .filter(|f| f.path.ends_with(".js"))
        .filter_map(|f| Some((f.path.as_str(), std::str::from_utf8(&f.bytes).ok()?)))
        .collect();
    let version = style.variable("--bootstrap-italia-version").map(|v| v.replace(['"', '\'', ' '], ""));
    esperienza::fonts(&mut audit, &visit);
    esperienza::library(&mut audit, &visit, version.as_deref());
    esperienza::sheets(&mut audit, &visit);
    esperienza::theme(&mut audit, &visit, &reader.texts_of(&home_styles));
    esperienza::vocabularies(&mut audit, &visit);
    esperienza::menu(&mut audit, &visit);
    esperienza::second_level(&mut audit, &visit);
    funzionalita::booking(&mut audit, &visit);
    funzionalita::contacts(&mut audit, &visit);
    funzionalita::questions(&mut audit, &visit);
    funzionalita::reports(&mut audit, &visit);
    funzionalita::rating(&mut audit, &visit);
    normativa::cookies(&mut audit, &visit, &scripts);
    normativa::declaration(&mut audit, &visit);
    normativa::privacy(&mut audit, &visit);
    normativa::licence(&mut audit, &visit);
    normativa::domain(&mut audit, &visit);
    normativa::metadata(&mut audit, &visit);
    evidence::judge(&mut audit);
    let mut found = audit.found;
    for (n, page) in pages.iter().enumerate() {
        found.extend(page.read.faults.iter().map(|fault| fault.finding(n)));
        found.extend(page.read.remarks.iter().map(|remark| remark.finding(n)));
    }
    let judged = |(criterion, best): &(&'static str, Score)| Verdict {
        criterion,
        score: score(criterion, *best, &found),
        pages: visit.examined(criterion, pages.len()),
    };
    let verdicts = CRITERIA.iter().map(judged).collect();
    let mut diagnostics = together(&found, input.routes, &Origins::of(input));
    if input.site.config.in_preparazione {
        // The declaration is made on the published site: until then one is only reminded of it.
        let duty = |d: &&mut Diagnostic| d.code == Code::DeclarationMissing;
        diagnostics.iter_mut().filter(duty).for_each(|d| d.severity = Severity::Warning);
    }
    freshness::judge(input.site, &mut diagnostics);
    let diagnostics = applied(input, diagnostics);
    let readability =
        pages.iter().filter_map(|page| Some((page.route.url.clone(), page.read.readability?))).collect();
    Judgement { verdicts, diagnostics, readability }
}

/// Judges one page of a site by what it shows itself: accessibility and words. The other pages of `input` need not have been rendered.
pub fn judge_page(input: &Input<'_>, route: &Route, memory: &Memory) -> Vec<Diagnostic> {
    let files: HashMap<&str, &[u8]> = input.files.iter().map(|f| (f.path.as_str(), &*f.bytes)).collect();
    let read = Reader::new(&files, input.urls, memory).read(route);
    let faults = read.faults.iter().map(|fault| fault.finding(0));
    let found: Vec<Finding> = faults.chain(read.remarks.iter().map(|remark| remark.finding(0))).collect();
    let mut found = applied(input, together(&found, std::slice::from_ref(route), &Origins::of(input)));
    // What is ignored elsewhere on the site is not found here: no reason to say that it is no longer needed.
    found.retain(|d| d.code != Code::CheckIgnored);
    found
}

/// Findings as the choices of the Comune want them.
fn applied(input: &Input<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    match &input.site.config.written.controlli {
        Some(choices) => policy::apply(&choices.value, input.site.now, found),
        None => found,
    }
}

/// Parses pages and takes their facts; what style sheets and widgets say is worked out once for all pages that share them.
struct Reader<'a> {
    files: &'a HashMap<&'a str, &'a [u8]>,
    urls: &'a Urls,
    memory: &'a Memory,
    /// Hash of all style sheets.
    look: blake3::Hash,
}

impl<'a> Reader<'a> {
    fn new(files: &'a HashMap<&'a str, &'a [u8]>, urls: &'a Urls, memory: &'a Memory) -> Self {
        let mut sheets: Vec<(&str, &[u8])> = files
            .iter()
            .filter(|(path, _)| path.ends_with(".css"))
            .map(|(path, bytes)| (*path, *bytes))
            .collect();
        sheets.sort_unstable();
        let mut look = blake3::Hasher::new();
        for (path, bytes) in sheets {
            look.update(path.as_bytes()).update(bytes);
        }
        Reader { files, urls, memory, look: look.finalize() }
    }

    fn read(&self, route: &Route) -> Arc<Read> {
        let bytes = self.files.get(route.output().as_str()).copied().unwrap_or_default();
        let key = blake3::Hasher::new()
            .update(self.look.as_bytes())
            .update(route.url.as_bytes())
            .update(&[0])
            .update(bytes)
            .finalize();
        let known = |pages: &HashMap<blake3::Hash, Arc<Read>>| pages.get(&key).map(Arc::clone);
        if let Some(read) = known(&open(&self.memory.pages)) {
            return read;
        }
        let html = Html::parse_document(&String::from_utf8_lossy(bytes));
        let style = self.style(facts::style_sheets(&html));
        let doc = Doc::new(route, &html);
        let mut faults = Faults { doc: &doc, found: Vec::new() };
        accessibility::judge(&mut faults);
        markup::judge(&mut faults);
        let (remarks, readability) = writing::judge(&doc);
        let read = Arc::new(Read {
            facts: Facts::read(&doc, &style, &self.look, &self.memory.ratings),
            faults: faults.found,
            remarks,
            readability,
        });
        open(&self.memory.pages).insert(key, Arc::clone(&read));
        read
    }

    fn style(&self, sheets: Vec<String>) -> Arc<Style> {
        let parse = |(_, sheets): &(_, Vec<String>)| Arc::new(Style::parse(&self.texts_of(sheets)));
        let mut styles = open(&self.memory.styles);
        Arc::clone(styles.entry((self.look, sheets)).or_insert_with_key(parse))
    }

    /// The texts of style sheets of the site, by their addresses.
    fn texts_of(&self, sheets: &[String]) -> Vec<&'a str> {
        let path = |address: &String| {
            address.strip_prefix(self.urls.prefix()).unwrap_or(address).trim_start_matches('/').to_owned()
        };
        let text = |address: &String| std::str::from_utf8(self.files.get(path(address).as_str())?).ok();
        sheets.iter().filter_map(text).collect()
    }
}

/// What a lock holds; a fault while it was held is no reason to stop.
fn open<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The worst result that findings of a criterion leave it.
fn score(criterion: &str, best: Score, found: &[Finding]) -> Score {
    let own = |f: &&Finding| f.code.name().strip_prefix(criterion).is_some_and(|rest| rest.starts_with('.'));
    let loss = |f: &Finding| match f.loss {
        Loss::Failed => Score::Failed,
        Loss::Tolerated => Score::Tolerated,
        Loss::None => Score::Passed,
    };
    found.iter().filter(own).map(loss).fold(best, Score::min)
}

/// Findings with the same rule, cause and words become one, with all their pages.
fn together(found: &[Finding], routes: &[Route], origins: &Origins<'_>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(String, String, String), Diagnostic> = BTreeMap::new();
    for finding in found {
        let route = &routes[finding.page];
        let place = origins.place(finding, route);
        let key = (finding.code.name().to_owned(), format!("{place:?}"), finding.message.it.clone());
        let diagnostic = groups.entry(key).or_insert_with(|| {
            let d = Diagnostic::new(finding.code, finding.message.clone())
                .severity(finding.severity)
                .hint(finding.hint.clone());
            match place {
                Place::Span(span) => d.at(span),
                Place::Theme(path) => d.in_file(path),
            }
        });
        if !diagnostic.pages.contains(&route.url) {
            diagnostic.pages.push(route.url.clone());
        }
    }
    groups.into_values().collect()
}
