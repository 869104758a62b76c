//! The stages in order, for every Comune of a folder: from a [`Source`] to the files of each output, in memory.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::albo::Registro;
use crate::check::{self, Judgement, Verdict};
use crate::config::{Config, Consorzio};
use crate::content::parse::{self, Catalogue, Reading};
use crate::content::{Entry, Kind};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Severity, SourceFiles};
use crate::limits::Limits;
use crate::lint::{self, Judged};
use crate::load::{self, ContentFile, Loaded, SiteFiles};
use crate::media::cache::Cache;
use crate::media::{self, Workshop};
use crate::plan::{Plan, Route};
use crate::post;
use crate::render::{Assets, Override, Renderer, Urls};
use crate::report::Report;
use crate::site::{Site, View};
use crate::source::Source;
use crate::write::OutputFile;

/// Choices of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the site will stand; `https://{dominio}` if none. In a workspace each Comune stands below it.
    pub base_url: Option<url::Url>,
    /// Day at which publication and expiry are judged.
    pub now: Date,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether HTML is minified.
    pub minify: bool,
    /// The Comuni to build; all if empty.
    pub only: Vec<String>,
    /// The one Comune of `only` was asked for by its own folder: it stands at the base address itself.
    pub alone: bool,
    /// Bounds within which files are read.
    pub limits: Limits,
    /// What earlier builds made from pictures.
    pub cache: Arc<dyn Cache>,
}

/// A Comune ready to be written.
#[derive(Debug, Default)]
pub struct BuiltSite {
    /// Folder name in a workspace; empty for a Comune alone.
    pub slug: String,
    /// Its folder relative to the source's root.
    pub dir: String,
    /// Every file of its output; `None` when errors forbid to publish it.
    pub files: Option<Vec<OutputFile>>,
    /// Its pages.
    pub pages: Vec<Route>,
    /// The next day on which its output may change by itself, because a date in the contents comes.
    pub next_change: Option<Date>,
}

/// What a run found and made.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts that diagnostics quote.
    pub sources: SourceFiles,
    /// Every finding.
    pub diagnostics: Diagnostics,
    /// Every Comune, in order.
    pub sites: Vec<BuiltSite>,
    /// Whether the folder is a workspace.
    pub workspace: bool,
    /// Time spent in each stage, over all Comuni.
    pub timings: Vec<(&'static str, Duration)>,
}

/// What is known of every Comune before anything is rendered.
#[derive(Debug, Default)]
pub struct Related {
    /// The texts that diagnostics quote.
    pub sources: SourceFiles,
    /// Every finding of the stages up to `relate`.
    pub diagnostics: Diagnostics,
    /// Every Comune that could be read, in order.
    pub sites: Vec<Site>,
}

/// Builds every Comune of a source. Errors of one do not stop the others.
pub fn build(source: &dyn Source, options: &Options) -> Outcome {
    let mut clock = Clock::default();
    let mut diagnostics = Diagnostics::default();
    let shared = Shared::read(source, options, &mut clock, &mut diagnostics);
    let shared_fault = diagnostics.has_errors();
    let assets = Assets::new();
    let mut sites = Vec::new();
    for site in &shared.loaded.sites {
        let mut out = Vec::new();
        let built = Run { source, options, shared: &shared, site }.build(&assets, &mut clock, &mut out);
        let sound = !shared_fault && !out.iter().any(is_error);
        let mut one = BuiltSite { slug: site.slug.clone(), dir: site.dir.clone(), ..BuiltSite::default() };
        if let Some(Built { site, plan, files, .. }) = built {
            let next_change = site.next_change;
            one = BuiltSite { files: sound.then_some(files), pages: plan.routes, next_change, ..one };
        }
        sites.push(one);
        diagnostics.extend(out);
    }
    let loaded = shared.loaded;
    Outcome { sources: loaded.files, diagnostics, sites, workspace: loaded.workspace, timings: clock.times }
}

/// What `check` found.
#[derive(Debug, Default)]
pub struct Checked {
    /// The texts that diagnostics quote.
    pub sources: SourceFiles,
    /// Every finding: those of a build and those on the pages.
    pub diagnostics: Diagnostics,
    /// Every Comune, in order.
    pub sites: Vec<CheckedSite>,
    /// Time spent in each stage, over all Comuni.
    pub timings: Vec<(&'static str, Duration)>,
}

/// A Comune, judged.
#[derive(Debug)]
pub struct CheckedSite {
    /// Folder name in a workspace; empty for a Comune alone.
    pub slug: String,
    /// How many pages were judged; none when errors forbid to make them.
    pub pages: usize,
    /// The official criteria.
    pub verdicts: Vec<Verdict>,
    /// The dossier, if pages were judged and it was asked for.
    pub report: Option<Report>,
}

/// Builds every Comune of a source in memory and judges the pages.
pub fn check(source: &dyn Source, options: &Options) -> Checked {
    judge(source, options, None)
}

/// Like [`check`], with the dossier of each Comune. `last` gives its previous one, by the name of its folder.
pub fn report(source: &dyn Source, options: &Options, last: &dyn Fn(&str) -> Option<Report>) -> Checked {
    judge(source, options, Some(last))
}

/// The previous dossier of a Comune.
type Last<'a> = &'a dyn Fn(&str) -> Option<Report>;

fn judge(source: &dyn Source, options: &Options, last: Option<Last<'_>>) -> Checked {
    let mut clock = Clock::default();
    let mut diagnostics = Diagnostics::default();
    let shared = Shared::read(source, options, &mut clock, &mut diagnostics);
    let assets = Assets::new();
    let mut sites = Vec::new();
    for site in &shared.loaded.sites {
        let mut out = Vec::new();
        let run = Run { source, options, shared: &shared, site };
        let mut checked =
            CheckedSite { slug: site.slug.clone(), pages: 0, verdicts: Vec::new(), report: None };
        if let Some(built) = run.build(&assets, &mut clock, &mut out) {
            let input = built.input(&built.files, &shared.loaded.files);
            let judgement = clock.time("check", || check::judge(&input, &check::Memory::default()));
            out.extend(judgement.diagnostics.iter().cloned());
            checked.report = last.map(|last| {
                let found = Diagnostics::from(out.clone()).sorted(&shared.loaded.files);
                Report::new(&input, &judgement, &found, last(&site.slug).as_ref())
            });
            checked.pages = built.plan.routes.len();
            checked.verdicts = judgement.verdicts;
        }
        sites.push(checked);
        diagnostics.extend(out);
    }
    Checked { sources: shared.loaded.files, diagnostics, sites, timings: clock.times }
}

/// Builds every Comune of a source and keeps what is needed to judge it; Comuni with errors are left out.
pub fn built(source: &dyn Source, options: &Options) -> (SourceFiles, Vec<Built>) {
    let mut clock = Clock::default();
    let shared = Shared::read(source, options, &mut clock, &mut Diagnostics::default());
    let assets = Assets::new();
    let run =
        |site| Run { source, options, shared: &shared, site }.build(&assets, &mut clock, &mut Vec::new());
    let sites = shared.loaded.sites.iter().filter_map(run).collect();
    (shared.loaded.files, sites)
}

/// Reads and relates every Comune of a source and stops there.
pub fn relate(source: &dyn Source, options: &Options) -> Related {
    let mut clock = Clock::default();
    let mut diagnostics = Diagnostics::default();
    let shared = Shared::read(source, options, &mut clock, &mut diagnostics);
    let mut sites = Vec::new();
    for site in &shared.loaded.sites {
        let mut out = Vec::new();
        sites.extend(Run { source, options, shared: &shared, site }.relate(&mut clock, &mut out));
        diagnostics.extend(out);
    }
    Related { sources: shared.loaded.files, diagnostics, sites }
}

fn is_error(d: &Diagnostic) -> bool {
    d.severity == Severity::Error
}

/// What the Comuni of a source have in common, read once.
struct Shared {
    loaded: Loaded,
    catalogue: Catalogue,
    consorzio: Option<Consorzio>,
}

impl Shared {
    fn read(source: &dyn Source, options: &Options, clock: &mut Clock, out: &mut Diagnostics) -> Self {
        let limits = options.limits;
        let loaded = clock.time("load", || load::load(source, &options.only, limits, out));
        let mut found = Vec::new();
        let catalogue = catalogue(&loaded, limits, &mut found);
        let consorzio =
            loaded.consorzio.and_then(|file| Consorzio::parse(file, &loaded.files, limits, &mut found));
        out.extend(found);
        Shared { loaded, catalogue, consorzio }
    }
}

/// The shared sheets, as trees.
fn catalogue(loaded: &Loaded, limits: Limits, out: &mut Vec<Diagnostic>) -> Catalogue {
    let tree = |c: &ContentFile, out: &mut Vec<Diagnostic>| {
        limits.guard(c.file, out, |out| parse::tree(Kind::Servizio, c.file, &loaded.files, limits, out))
    };
    loaded.catalogue.iter().filter_map(|c| Some((c.slug.clone(), tree(c, out)?))).collect()
}

/// A Comune, rendered, with what is needed to judge it.
#[derive(Debug)]
pub struct Built {
    /// Folder name in a workspace; empty for a Comune alone.
    pub slug: String,
    /// Every file of its output.
    pub files: Vec<OutputFile>,
    /// Its pages.
    pub plan: Plan,
    site: Site,
    urls: Urls,
    config: FileId,
    contents: Vec<FileId>,
    templates: Vec<(String, FileId)>,
}

impl Built {
    /// Judges its output, or `files` in its place (seeded faults, for tests of the rules). `texts` are those that it was built from;
    /// pages that `memory` knows are not read again.
    pub fn judge(&self, files: &[OutputFile], texts: &SourceFiles, memory: &check::Memory) -> Judgement {
        check::judge(&self.input(files, texts), memory)
    }

    fn input<'a>(&'a self, files: &'a [OutputFile], texts: &'a SourceFiles) -> check::Input<'a> {
        check::Input {
            site: &self.site,
            routes: &self.plan.routes,
            urls: &self.urls,
            files,
            texts,
            config: self.config,
            contents: &self.contents,
            templates: &self.templates,
        }
    }
}

/// The stages of one Comune.
struct Run<'a> {
    source: &'a dyn Source,
    options: &'a Options,
    shared: &'a Shared,
    site: &'a SiteFiles,
}

impl Run<'_> {
    fn relate(&self, clock: &mut Clock, out: &mut Vec<Diagnostic>) -> Option<Site> {
        let (texts, consorzio) = (&self.shared.loaded.files, self.shared.consorzio.as_ref());
        let (config, entries) = clock.time("parse", || {
            (Config::read(self.site, texts, consorzio, self.options.limits, out), self.entries(out))
        });
        let config = config?;
        let registro = self
            .site
            .registro
            .map_or_else(Registro::default, |file| Registro::parse(file, &texts.get(file).text, out));
        let view = View { now: self.options.now, drafts: self.options.drafts };
        Some(clock.time("relate", || Site::relate(config, entries, registro, view, self.site, out)))
    }

    fn build(&self, assets: &Assets, clock: &mut Clock, out: &mut Vec<Diagnostic>) -> Option<Built> {
        let mut site = self.relate(clock, out)?;
        let workshop = Workshop { cache: self.options.cache.as_ref(), limits: self.options.limits };
        site.media =
            clock.time("media", || media::collect(&site.wanted, self.site, self.source, workshop, out));
        clock.time("lint", || self.lint(&site, out));
        let urls = self.urls(&site);
        let plan = clock.time("plan", || Plan::new(&site, out));
        if out.iter().any(is_error) {
            return None;
        }
        let (assets, addresses) = assets.for_site(site.config.colore, urls.prefix()).ok()?;
        let overrides: Vec<Override<'_>> = self
            .site
            .templates
            .iter()
            .map(|(name, file)| Override {
                name,
                text: &self.shared.loaded.files.get(*file).text,
                file: *file,
            })
            .collect();
        let rendered =
            clock.time("render", || Renderer::new(&site, &plan, &urls, &overrides, &addresses)?.render());
        let pages = rendered.map_err(|faults| out.extend(faults)).ok()?;
        let statics = self.statics(out);
        let input = post::Input {
            site: &site,
            plan: &plan,
            urls: &urls,
            pages,
            assets,
            statics,
            minify: self.options.minify,
        };
        let files = clock.time("post", || post::post(input, out));
        let contents =
            self.site.contents.iter().chain(&self.shared.loaded.catalogue).map(|c| c.file).collect();
        Some(Built {
            slug: self.site.slug.clone(),
            files,
            plan,
            site,
            urls,
            config: self.site.config,
            contents,
            templates: self.site.templates.clone(),
        })
    }

    fn lint(&self, site: &Site, out: &mut Vec<Diagnostic>) {
        let own = self.site.contents.iter().chain(&self.shared.loaded.catalogue).map(|c| c.file);
        let files: Vec<FileId> = own.collect();
        lint::lint(&Judged { site, texts: &self.shared.loaded.files, files: &files }, out);
        site.registro.verify(site, &|path| self.media(path), out);
    }

    /// The bytes of a file in `media/`, published or not.
    fn media(&self, path: &str) -> Option<Vec<u8>> {
        let dir = &self.site.dir;
        let full = if dir.is_empty() { path.to_owned() } else { format!("{dir}/{path}") };
        load::bytes(self.source, &full).ok()
    }

    fn entries(&self, out: &mut Vec<Diagnostic>) -> Vec<Entry> {
        let limits = self.options.limits;
        let reading = Reading { files: &self.shared.loaded.files, catalogue: &self.shared.catalogue, limits };
        let read = |c: &ContentFile| {
            let mut found = Vec::new();
            let entry =
                limits.guard(c.file, &mut found, |out| parse::entry(c.kind, &c.slug, c.file, reading, out));
            (entry, found)
        };
        let results: Vec<_> = self.site.contents.par_iter().map(read).collect();
        let keep = |(entry, found)| {
            out.extend(found);
            entry
        };
        results.into_iter().filter_map(keep).collect()
    }

    fn urls(&self, site: &Site) -> Urls {
        let host = &site.config.written.dominio.value.0;
        let own = url::Url::parse(&format!("https://{host}/")).expect("a checked host name makes an address");
        let slug = if self.options.alone { "" } else { self.site.slug.as_str() };
        let base = match (&self.options.base_url, slug) {
            (None, _) => own,
            (Some(base), "") => base.clone(),
            (Some(base), slug) => {
                let mut base = base.clone();
                base.set_path(&format!("{}/{slug}/", base.path().trim_end_matches('/')));
                base
            }
        };
        Urls::new(&base)
    }

    fn statics(&self, out: &mut Vec<Diagnostic>) -> Vec<(String, Vec<u8>)> {
        let dir = if self.site.dir.is_empty() { String::new() } else { format!("{}/", self.site.dir) };
        let read = |path: &String| match load::bytes(self.source, &format!("{dir}static/{path}")) {
            Ok(bytes) => Some((path.clone(), bytes)),
            Err(fault) => {
                out.push(fault);
                None
            }
        };
        self.site.statics.iter().filter_map(read).collect()
    }
}

/// Sums the time of each stage.
#[derive(Default)]
struct Clock {
    times: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let spent = start.elapsed();
        match self.times.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, total)) => *total += spent,
            None => self.times.push((stage, spent)),
        }
        result
    }
}
