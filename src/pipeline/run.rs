//! The stages of one run: what the Comuni of a source have in common, read once, then each Comune on its own.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::by_version::ByVersion;
use super::memo::{Memo, Parsed};
use super::ready::Ready;
use super::{Built, Options, is_error};
use crate::albo::{Registro, sha256};
use crate::config::{Config, Consorzio};
use crate::content::Entry;
use crate::content::parse::{self, Catalogue, Reading};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Stamp};
use crate::lint::{self, Judged};
use crate::load::{self, ContentFile, Loaded, SiteFiles};
use crate::media::{self, Workshop};
use crate::plan::Plan;
use crate::render::{Assets, Override, Urls};
use crate::site::{Site, View};
use crate::source::Source;

/// What the Comuni of a source have in common.
pub(super) struct Shared {
    pub loaded: Loaded,
    catalogue: Arc<Catalogue>,
    consorzio: Option<Consorzio>,
}

impl Shared {
    pub fn read(
        source: &dyn Source,
        options: &Options,
        memo: &mut Memo,
        clock: &mut Clock,
        out: &mut Diagnostics,
    ) -> Self {
        let limits = options.limits;
        let texts = memo.texts.again();
        let loaded = clock.time("load", || load::load(source, &options.only, limits, texts, out));
        let mut found = Vec::new();
        let catalogue = memo.catalogue(&loaded, limits, &mut found);
        let consorzio =
            loaded.consorzio.and_then(|file| Consorzio::parse(file, &loaded.files, limits, &mut found));
        out.extend(found);
        Shared { loaded, catalogue, consorzio }
    }
}

/// One Comune of a run.
pub(super) struct Run<'a> {
    pub source: &'a dyn Source,
    pub options: &'a Options,
    pub shared: &'a Shared,
    pub site: &'a SiteFiles,
}

impl Run<'_> {
    /// Up to the related site; `None` when its configuration cannot be read.
    pub fn relate(&self, memo: &mut Memo, clock: &mut Clock, out: &mut Vec<Diagnostic>) -> Option<Site> {
        let (texts, consorzio) = (&self.shared.loaded.files, self.shared.consorzio.as_ref());
        let (config, entries) = clock.time("parse", || {
            (Config::read(self.site, texts, consorzio, self.options.limits, out), self.entries(memo, out))
        });
        let config = config?;
        let registro = self
            .site
            .registro
            .map_or_else(Registro::default, |file| Registro::parse(file, &texts.get(file).text, out));
        let view = View { now: self.options.now, drafts: self.options.drafts };
        let consorzio = self.shared.loaded.consorzio;
        let settings = [Some(self.site.config), consorzio].map(|file| file.map(|file| texts.get(file).stamp));
        let known = memo.known(settings, view);
        Some(clock.time("relate", || Site::relate(config, entries, registro, view, self.site, known, out)))
    }

    /// Up to the plan; `None` when errors forbid to render.
    pub fn ready(
        &self,
        assets: &Assets,
        memo: &mut Memo,
        clock: &mut Clock,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Ready> {
        let mut site = self.relate(memo, clock, out)?;
        let workshop = Workshop { cache: self.options.cache.as_ref(), limits: self.options.limits };
        site.media = clock.time("media", || {
            media::collect(&site.wanted, self.site, self.source, workshop, &mut memo.media, out)
        });
        let urls = self.urls(&site);
        let (mut linted, mut planned) = (Vec::new(), Vec::new());
        let ((), plan) = clock.time("lint, plan", || {
            rayon::join(|| self.lint(&site, memo, &mut linted), || Plan::new(&site, &mut planned))
        });
        out.extend(linted.into_iter().chain(planned));
        if out.iter().any(is_error) {
            return None;
        }
        let (assets, addresses) = assets.for_site(site.config.colore, urls.prefix()).ok()?;
        let engine = clock.time("engine", || memo.engine(self.overrides()));
        let engine = engine.map_err(|faults| out.extend(faults)).ok()?;
        let engine = clock.time("engine", || engine.framed(&site, &plan, &urls, &addresses));
        let contents = self.site.contents.iter().chain(&self.shared.loaded.catalogue);
        Some(Ready {
            slug: self.site.slug.clone(),
            engine,
            assets,
            statics: self.statics(memo, out),
            config: self.site.config,
            contents: contents.map(|c| c.file).collect(),
            templates: self.site.templates.clone(),
            site,
            plan,
            urls,
        })
    }

    /// Every stage; `None` when errors forbid to render.
    pub fn build(&self, assets: &Assets, clock: &mut Clock, out: &mut Vec<Diagnostic>) -> Option<Built> {
        let ready = self.ready(assets, &mut Memo::default(), clock, out)?;
        let rendered = clock.time("render", || ready.renderer().render());
        let pages = rendered.map_err(|faults| out.extend(faults)).ok()?;
        let files =
            clock.time("post", || ready.files(pages, self.options.minify, &self.shared.loaded.files, out));
        Some(Built { ready, files })
    }

    fn overrides(&self) -> Vec<(Override, Stamp)> {
        let own = |(name, file): &(String, FileId)| {
            let source = self.shared.loaded.files.get(*file);
            (Override { name: name.clone(), text: Arc::clone(&source.text), file: *file }, source.stamp)
        };
        self.shared.loaded.theme.iter().chain(&self.site.templates).map(own).collect()
    }

    fn lint(&self, site: &Site, memo: &mut Memo, out: &mut Vec<Diagnostic>) {
        let own = self.site.contents.iter().chain(&self.shared.loaded.catalogue).map(|c| c.file);
        let (files, texts): (Vec<FileId>, _) = (own.collect(), &self.shared.loaded.files);
        lint::lint(&Judged { site, texts, files: &memo.marks(&files, texts) }, out);
        let hashes = RefCell::new(&mut memo.hashes);
        site.registro.verify(site, &|path| self.hash(path, &mut hashes.borrow_mut()), out);
    }

    /// The path of a file of the Comune, relative to the source's root.
    fn path(&self, own: &str) -> String {
        let dir = &self.site.dir;
        if dir.is_empty() { own.to_owned() } else { format!("{dir}/{own}") }
    }

    /// The hash of a file in `media/`, published or not.
    fn hash(&self, path: &str, known: &mut ByVersion<String>) -> Option<String> {
        let path = self.path(path);
        let make = || load::bytes(self.source, &path).map(|bytes| sha256(&bytes));
        known.get(self.source, &path, make).ok()
    }

    /// The contents, parsed anew only where their text has changed.
    fn entries(&self, memo: &mut Memo, out: &mut Vec<Diagnostic>) -> Vec<Arc<Entry>> {
        let limits = self.options.limits;
        let texts = &self.shared.loaded.files;
        let reading = Reading { files: texts, catalogue: &self.shared.catalogue, limits };
        let read = |c: &ContentFile| {
            let stamp = texts.get(c.file).stamp;
            if let Some(known) = memo.parsed(c, stamp) {
                return known.clone();
            }
            let mut found = Vec::new();
            let entry =
                limits.guard(c.file, &mut found, |out| parse::entry(c.kind, &c.slug, c.file, reading, out));
            Parsed { stamp, entry: entry.map(Arc::new), found }
        };
        let parsed: Vec<Parsed> = self.site.contents.par_iter().map(read).collect();
        out.extend(parsed.iter().flat_map(|p| p.found.iter().cloned()));
        let entries = parsed.iter().filter_map(|p| p.entry.clone()).collect();
        memo.remember(self.site.contents.iter().map(|c| c.file).zip(parsed).collect::<HashMap<_, _>>());
        entries
    }

    fn urls(&self, site: &Site) -> Urls {
        let host = &site.config.written.dominio.value.0;
        let own = url::Url::parse(&format!("https://{host}/")).expect("a checked host name makes an address");
        let slug = if self.options.alone { "" } else { self.site.slug.as_str() };
        let stays = slug.is_empty() || (self.options.base_url.is_none() && !self.options.below);
        let mut base = self.options.base_url.clone().unwrap_or(own);
        if !stays {
            base.set_path(&format!("{}/{slug}/", base.path().trim_end_matches('/')));
        }
        Urls::new(&base)
    }

    fn statics(&self, memo: &mut Memo, out: &mut Vec<Diagnostic>) -> Vec<(String, Arc<[u8]>)> {
        let read = |path: &String| {
            let full = self.path(&format!("static/{path}"));
            let make = || load::bytes(self.source, &full).map(Arc::from);
            let bytes = memo.statics.get(self.source, &full, make).map_err(|fault| out.push(fault)).ok()?;
            Some((path.clone(), bytes))
        };
        self.site.statics.iter().filter_map(read).collect()
    }
}

/// Sums the time of each stage.
#[derive(Default)]
pub(super) struct Clock {
    pub times: Vec<(&'static str, Duration)>,
}

impl Clock {
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
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
