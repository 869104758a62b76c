//! One Comune in preview: prepared again when its files change, rendered only where somebody looks, the last sound version kept while
//! there are errors.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use jiff::civil::Date;

use super::open;
use crate::check;
use crate::diagnostic::{Diagnostic, Severity, SourceFiles};
use crate::pipeline::{self, Memo, Options, Ready};
use crate::plan::{PageKind, Redirect, Route};
use crate::render::Assets;
use crate::source::Source;
use crate::write::OutputFile;

/// Days that are kept prepared: today, and the last ones looked at.
const DAYS: usize = 3;
/// Rendered pages that are kept: those that open tabs show.
const PAGES: usize = 64;
/// Open pages that must render before a new version takes the place of the old.
const TRIED: usize = 4;
/// Most pages of a site that is judged as a whole.
const JUDGED: usize = 3000;

/// A Comune as it is on one day, at one moment.
pub struct State {
    /// Grows from state to state of the server.
    pub number: u64,
    /// Day at which dates are judged.
    pub day: Date,
    /// The last version without errors; `None` if there was none yet.
    pub ready: Option<Arc<Ready>>,
    /// The texts of this moment.
    pub sources: Arc<SourceFiles>,
    /// What was found at this moment.
    pub diagnostics: Vec<Diagnostic>,
    /// Time that each stage took.
    pub timings: Vec<(&'static str, Duration)>,
    revision: u64,
    pages: Mutex<VecDeque<(String, Arc<[u8]>)>>,
    whole: OnceLock<Whole>,
    judged: OnceLock<Vec<Diagnostic>>,
    memory: Arc<check::Memory>,
}

/// What needs all the pages: the files that are made of them, and what is found in making them.
#[derive(Default)]
struct Whole {
    files: HashMap<String, Arc<[u8]>>,
    diagnostics: Vec<Diagnostic>,
}

/// What stands at an address.
pub enum Answer {
    /// A page.
    Page(Arc<[u8]>),
    /// Another file: its path, for its type, and its bytes.
    File(String, Arc<[u8]>),
    /// A page that lacks its final slash: where it stands.
    Elsewhere(String),
    /// Nothing; the page that says so, if there is one.
    Missing(Option<Arc<[u8]>>),
}

impl State {
    /// Whether errors forbid to publish what was written last.
    pub fn faulty(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// The page at an address of the site.
    pub fn route(&self, url: &str) -> Option<&Route> {
        self.ready.as_ref()?.plan.routes.iter().find(|route| route.url == url)
    }

    /// What stands at a path (`/servizi/`), without the base path.
    pub fn answer(&self, path: &str) -> Answer {
        let Some(ready) = &self.ready else { return Answer::Missing(None) };
        let own = path.trim_start_matches('/');
        let at = |route: &&Route| route.url == path || (own.ends_with(".html") && route.output() == own);
        if let Some(route) = ready.plan.routes.iter().find(at) {
            return self.page(route).map_or(Answer::Missing(None), Answer::Page);
        }
        if let Some((path, bytes)) = ready.files_at_hand().find(|(file, _)| *file == own) {
            return Answer::File(path.to_owned(), Arc::clone(bytes));
        }
        let slashed = format!("{path}/");
        if self.route(&slashed).is_some() {
            return Answer::Elsewhere(slashed);
        }
        let index = format!(
            "{}index.html",
            if own.is_empty() || own.ends_with('/') { own.to_owned() } else { format!("{own}/") }
        );
        let redirect = |r: &Redirect| r.output == own || r.output == index;
        if made_of_pages(own) || ready.plan.redirects.iter().any(redirect) {
            let whole = &self.whole().files;
            if let Some((path, bytes)) =
                [own, index.as_str()].iter().find_map(|path| whole.get_key_value(*path))
            {
                return Answer::File(path.clone(), Arc::clone(bytes));
            }
        }
        let missing = ready.plan.routes.iter().find(|route| route.kind == PageKind::NonTrovata);
        Answer::Missing(missing.and_then(|route| self.page(route).ok()))
    }

    /// A page, rendered at most once.
    fn page(&self, route: &Route) -> Result<Arc<[u8]>, Option<Diagnostic>> {
        let known =
            open(&self.pages).iter().find(|(url, _)| *url == route.url).map(|(_, html)| Arc::clone(html));
        if let Some(html) = known {
            return Ok(html);
        }
        let page = self.ready.as_ref().ok_or(None)?.renderer().page(route).map_err(Some)?;
        let html: Arc<[u8]> = page.html.into_bytes().into();
        let mut pages = open(&self.pages);
        pages.truncate(PAGES - 1);
        pages.push_front((route.url.clone(), Arc::clone(&html)));
        Ok(html)
    }

    /// What a build finds in all the pages, if they have been made.
    pub fn of_all_pages(&self) -> &[Diagnostic] {
        self.whole.get().map_or(&[], |whole| &whole.diagnostics)
    }

    /// What `check` finds on a page: by the official criteria too, if the whole site has been judged.
    pub fn on_page(&self, url: &str) -> Vec<Diagnostic> {
        if let Some(judged) = self.judged.get() {
            return judged.iter().filter(|d| d.pages.iter().any(|page| page == url)).cloned().collect();
        }
        let (Some(ready), Some(route)) = (&self.ready, self.route(url)) else { return Vec::new() };
        let Ok(bytes) = self.page(route) else { return Vec::new() };
        let files = ready.files_at_hand().map(|(path, bytes)| (path.to_owned(), Arc::clone(bytes)));
        let files = files.chain(std::iter::once((route.output(), bytes)));
        let files: Vec<OutputFile> = files.map(|(path, bytes)| OutputFile { path, bytes }).collect();
        ready.judge_page(route, &files, &self.sources, &self.memory)
    }

    /// Judges the whole site as `check` does, unless it is so large that nobody would wait for it.
    fn judge(&self) {
        let Some(ready) = self.ready.as_ref().filter(|ready| ready.plan.routes.len() <= JUDGED) else {
            return;
        };
        self.judged.get_or_init(|| {
            let Ok(pages) = ready.renderer().render() else { return Vec::new() };
            let mut found = Vec::new();
            let files = ready.files(pages, false, &self.sources, &mut found);
            let judgement = ready.judge(&files, &self.sources, &self.memory);
            self.memory.bound(2 * JUDGED);
            self.whole.get_or_init(|| self.without_pages(files, found));
            judgement.diagnostics
        });
    }

    fn whole(&self) -> &Whole {
        self.whole.get_or_init(|| {
            let Some(ready) = &self.ready else { return Whole::default() };
            let mut found = Vec::new();
            match ready.renderer().render() {
                Ok(pages) => self.without_pages(ready.files(pages, false, &self.sources, &mut found), found),
                Err(diagnostics) => Whole { diagnostics, ..Whole::default() },
            }
        })
    }

    fn without_pages(&self, files: Vec<OutputFile>, diagnostics: Vec<Diagnostic>) -> Whole {
        let routes = self.ready.iter().flat_map(|ready| &ready.plan.routes);
        let pages: HashSet<String> = routes.map(Route::output).collect();
        let others = files.into_iter().filter(|file| !pages.contains(&file.path));
        Whole { files: others.map(|file| (file.path, file.bytes)).collect(), diagnostics }
    }
}

impl State {
    /// Takes the sound version of the state before where this one has none, or cannot render what people see: open pages, or the one
    /// rendered last.
    fn follow(&mut self, before: Option<&State>, mut seen: Vec<String>) {
        let Some(before) = before else { return };
        if seen.is_empty() {
            seen.extend(open(&before.pages).front().map(|(url, _)| url.clone()));
        }
        let faults: Vec<Diagnostic> =
            seen.iter().filter_map(|url| self.page(self.route(url)?).err().flatten()).collect();
        if self.ready.is_none() || !faults.is_empty() {
            self.ready.clone_from(&before.ready);
            self.pages = Mutex::new(open(&before.pages).clone());
        }
        self.diagnostics.extend(faults);
    }
}

/// Whether a file is made of all the pages: lists for machines, feeds, calendars, tables.
fn made_of_pages(path: &str) -> bool {
    let ends = [".xml", ".txt", ".ics", ".csv", ".json", ".jsonld"];
    path == "_headers" || ends.iter().any(|end| path.ends_with(end))
}

/// A Comune that is prepared again and again.
pub struct Session {
    options: Options,
    revision: AtomicU64,
    inner: Mutex<Inner>,
    /// Pages that browsers show, by address; how many do.
    open: Mutex<BTreeMap<String, usize>>,
}

struct Inner {
    memo: Memo,
    memory: Arc<check::Memory>,
    states: VecDeque<Arc<State>>,
}

impl Session {
    /// Of the one Comune that `options` name.
    pub fn new(options: Options) -> Self {
        let inner = Inner { memo: Memo::default(), memory: Arc::default(), states: VecDeque::new() };
        Session { options, revision: AtomicU64::new(0), inner: Mutex::new(inner), open: Mutex::default() }
    }

    /// A browser shows a page.
    pub fn opened(&self, page: &str) {
        *open(&self.open).entry(page.to_owned()).or_default() += 1;
    }

    /// A browser shows it no longer.
    pub fn closed(&self, page: &str) {
        let mut pages = open(&self.open);
        if let Some(count) = pages.get_mut(page) {
            *count -= 1;
            if *count == 0 {
                pages.remove(page);
            }
        }
    }

    fn seen(&self) -> Vec<String> {
        open(&self.open).keys().take(TRIED).cloned().collect()
    }

    /// Judges a state as `check` does, beside other work.
    pub fn judge(&self, state: &State) {
        // One thread: the next edit must not wait.
        match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(pool) => pool.install(|| state.judge()),
            Err(_) => state.judge(),
        }
    }

    /// Its files have changed.
    pub fn touch(&self) {
        self.revision.fetch_add(1, Ordering::Relaxed);
    }

    /// The Comune as it is now, on a day; prepared anew only when its files have changed.
    pub fn state(&self, day: Date, source: &dyn Source, assets: &Assets) -> Arc<State> {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let mut inner = open(&self.inner);
        let revision = self.revision.load(Ordering::Relaxed);
        let known =
            inner.states.iter().position(|state| state.day == day).and_then(|n| inner.states.remove(n));
        let state = match known {
            Some(state) if state.revision == revision => state,
            before => {
                let options = Options { now: day, ..self.options.clone() };
                let prepared = pipeline::prepare(source, &options, assets, &mut inner.memo);
                let mut state = State {
                    number: NUMBER.fetch_add(1, Ordering::Relaxed),
                    day,
                    ready: prepared.ready.map(Arc::new),
                    sources: prepared.sources,
                    diagnostics: prepared.diagnostics,
                    timings: prepared.timings,
                    revision,
                    pages: Mutex::default(),
                    whole: OnceLock::new(),
                    judged: OnceLock::new(),
                    memory: Arc::clone(&inner.memory),
                };
                state.follow(before.as_deref(), self.seen());
                // A large Comune takes a while to be forgotten: nobody waits for it.
                std::thread::spawn(move || drop(before));
                Arc::new(state)
            }
        };
        inner.states.truncate(DAYS - 1);
        inner.states.push_front(Arc::clone(&state));
        state
    }
}
