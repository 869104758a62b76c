//! The stages in order, for every Comune of a folder: from a [`Source`] to the files of each output, in memory.

mod by_version;
mod memo;
mod ready;
mod run;

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use crate::check::{self, Verdict};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SourceFiles};
use crate::limits::Limits;
use crate::media::cache::Cache;
use crate::plan::Route;
use crate::render::Assets;
use crate::report::Report;
use crate::site::Site;
use crate::source::Source;
use crate::write::OutputFile;
pub use memo::Memo;
pub use ready::Ready;
use run::{Clock, Run, Shared};

/// Choices of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the site will stand; `https://{dominio}` if none. In a workspace each Comune stands below it.
    pub base_url: Option<url::Url>,
    /// Without a base address, each Comune of a workspace stands below its own domain, under the name of its folder: a preview shows
    /// many at one address.
    pub below: bool,
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
    let shared = Shared::read(source, options, &mut Memo::default(), &mut clock, &mut diagnostics);
    let shared_fault = diagnostics.has_errors();
    let assets = Assets::new();
    let mut sites = Vec::new();
    for site in &shared.loaded.sites {
        let mut out = Vec::new();
        let built = Run { source, options, shared: &shared, site }.build(&assets, &mut clock, &mut out);
        let sound = !shared_fault && !out.iter().any(is_error);
        let mut one = BuiltSite { slug: site.slug.clone(), dir: site.dir.clone(), ..BuiltSite::default() };
        if let Some(Built { ready, files }) = built {
            let next_change = ready.site.next_change;
            one = BuiltSite { files: sound.then_some(files), pages: ready.plan.routes, next_change, ..one };
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
    let shared = Shared::read(source, options, &mut Memo::default(), &mut clock, &mut diagnostics);
    let assets = Assets::new();
    let mut sites = Vec::new();
    for site in &shared.loaded.sites {
        let mut out = Vec::new();
        let run = Run { source, options, shared: &shared, site };
        let mut checked =
            CheckedSite { slug: site.slug.clone(), pages: 0, verdicts: Vec::new(), report: None };
        if let Some(built) = run.build(&assets, &mut clock, &mut out) {
            let input = built.ready.input(&built.files, &shared.loaded.files);
            let judgement = clock.time("check", || check::judge(&input, &check::Memory::default()));
            out.extend(judgement.diagnostics.iter().cloned());
            checked.report = last.map(|last| {
                let found = Diagnostics::from(out.clone()).sorted(&shared.loaded.files);
                Report::new(&input, &judgement, &found, last(&site.slug).as_ref())
            });
            checked.pages = built.ready.plan.routes.len();
            checked.verdicts = judgement.verdicts;
        }
        sites.push(checked);
        diagnostics.extend(out);
    }
    Checked { sources: shared.loaded.files, diagnostics, sites, timings: clock.times }
}

/// A Comune, rendered.
pub struct Built {
    /// What it was made from.
    pub ready: Ready,
    /// Every file of its output.
    pub files: Vec<OutputFile>,
}

/// Builds every Comune of a source and keeps what is needed to judge it; Comuni with errors are left out.
pub fn built(source: &dyn Source, options: &Options) -> (SourceFiles, Vec<Built>) {
    let mut clock = Clock::default();
    let shared = Shared::read(source, options, &mut Memo::default(), &mut clock, &mut Diagnostics::default());
    let assets = Assets::new();
    let run =
        |site| Run { source, options, shared: &shared, site }.build(&assets, &mut clock, &mut Vec::new());
    let sites = shared.loaded.sites.iter().filter_map(run).collect();
    (shared.loaded.files, sites)
}

/// One Comune, up to its plan, in a session that reads it again and again.
pub struct Prepared {
    /// The Comune; `None` when errors forbid to render it.
    pub ready: Option<Ready>,
    /// The texts that diagnostics quote.
    pub sources: Arc<SourceFiles>,
    /// Every finding up to the plan.
    pub diagnostics: Vec<Diagnostic>,
    /// Time spent in each stage.
    pub timings: Vec<(&'static str, Duration)>,
}

/// Prepares the one Comune that the options name. What did not change since the last run with the same `memo` is not done again.
pub fn prepare(source: &dyn Source, options: &Options, assets: &Assets, memo: &mut Memo) -> Prepared {
    let mut clock = Clock::default();
    let mut diagnostics = Diagnostics::default();
    memo.begin();
    let shared = Shared::read(source, options, memo, &mut clock, &mut diagnostics);
    let mut out: Vec<Diagnostic> = diagnostics.into_iter().collect();
    let ready = shared.loaded.sites.first().and_then(|site| {
        Run { source, options, shared: &shared, site }.ready(assets, memo, &mut clock, &mut out)
    });
    let sources = Arc::new(shared.loaded.files);
    memo.texts = Arc::clone(&sources);
    Prepared { ready, sources, diagnostics: out, timings: clock.times }
}

/// Reads and relates every Comune of a source and stops there.
pub fn relate(source: &dyn Source, options: &Options) -> Related {
    let mut clock = Clock::default();
    let mut diagnostics = Diagnostics::default();
    let shared = Shared::read(source, options, &mut Memo::default(), &mut clock, &mut diagnostics);
    let mut sites = Vec::new();
    for site in &shared.loaded.sites {
        let mut out = Vec::new();
        let run = Run { source, options, shared: &shared, site };
        sites.extend(run.relate(&mut Memo::default(), &mut clock, &mut out));
        diagnostics.extend(out);
    }
    Related { sources: shared.loaded.files, diagnostics, sites }
}

fn is_error(d: &Diagnostic) -> bool {
    d.severity == Severity::Error
}
