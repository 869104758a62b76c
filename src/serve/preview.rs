//! What the preview answers: the pages and files of the Comuni, as `build` would publish them, and what open pages are told.
//!
//! Addresses are looked up among what was made; none is ever joined to a folder, so nothing else can be reached.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use jiff::civil::Date;
use percent_encoding::percent_decode_str;

use super::head::Head;
use super::open;
use super::page::{self, Page};
use super::session::{Answer, Session, State};
use super::status::{Editor, Status};
use super::tree::Tree;
use crate::diagnostic::Lang;
use crate::pipeline::Options;
use crate::render::{Assets, policy};
use crate::source::Source;

/// Where the preview's own addresses begin: no page of a site can have them.
const OWN: &str = "/.campanile/";
/// The cookie that holds the day on which the site is looked at.
const DAY: &str = "campanile-oggi";
const SCRIPT: &str = include_str!("client/anteprima.js");
const GRAFT: &str = include_str!("client/innesto.js");
const STYLE: &str = include_str!("client/anteprima.css");

/// An answer: a whole file, or a place where news are told.
pub enum Reply {
    /// A file.
    File(File),
    /// News about a page, told as they come.
    News(Listener),
}

/// A file with its headers.
pub struct File {
    /// HTTP status.
    pub status: u16,
    /// MIME type.
    pub content_type: String,
    /// Policy of the site that it belongs to.
    pub policy: Option<String>,
    /// Where to go instead.
    pub location: Option<String>,
    /// What it holds.
    pub body: Arc<[u8]>,
}

impl File {
    /// A short text, for people who look at the network.
    pub fn text(status: u16, text: &str) -> Self {
        let body = text.as_bytes().into();
        File {
            status,
            content_type: "text/plain; charset=utf-8".to_owned(),
            policy: None,
            location: None,
            body,
        }
    }

    fn of_type(content_type: &str, body: impl Into<Arc<[u8]>>) -> Self {
        File { content_type: content_type.to_owned(), body: body.into(), ..File::text(200, "") }
    }
}

/// How much is told: more takes longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Which version the page has, and what forbids to publish.
    Version,
    /// What is found on the page too.
    Page,
    /// And what can be found only by judging the whole site.
    Site,
}

/// A page that is open in a browser.
pub struct Listener {
    session: Arc<Session>,
    page: String,
    day: Option<Date>,
}

impl Listener {
    fn new(session: Arc<Session>, page: String, day: Option<Date>) -> Self {
        session.opened(&page);
        Listener { session, page, day }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.session.closed(&self.page);
    }
}

/// The Comuni of a folder in preview.
pub struct Preview {
    root: PathBuf,
    theme: Option<PathBuf>,
    tree: RwLock<Tree>,
    assets: Assets,
    options: Options,
    /// Day asked for on the command line.
    now: Option<Date>,
    today: fn() -> Date,
    editor: Editor,
    lang: Lang,
    workspace: bool,
    prefix: String,
    sessions: Mutex<BTreeMap<String, Arc<Session>>>,
}

/// How a preview is wanted.
pub struct Wanted {
    /// The folder: of a Comune, or of a workspace.
    pub root: PathBuf,
    /// The folder of a theme under work, whose templates stand for those in the program.
    pub theme: Option<PathBuf>,
    /// Choices that a build has too.
    pub options: Options,
    /// Day at which dates are judged; `None`: each day its own.
    pub now: Option<Date>,
    /// Today's date.
    pub today: fn() -> Date,
    /// How a file is opened.
    pub editor: Editor,
    /// Language of what is told.
    pub lang: Lang,
}

impl Preview {
    /// Looks at every file; nothing is prepared before somebody asks.
    pub fn new(wanted: Wanted) -> Self {
        let Wanted { root, theme, options, now, today, editor, lang } = wanted;
        let tree = Tree::new(&root, theme.as_deref());
        let workspace = tree.exists("consorzio.yaml") && !tree.exists("comune.yaml") && !options.alone;
        let options = Options { below: workspace, minify: false, ..options };
        let prefix = options.base_url.as_ref().map_or("", |url| url.path()).trim_end_matches('/').to_owned();
        let tree = RwLock::new(tree);
        let (assets, sessions) = (Assets::new(), Mutex::default());
        Preview { root, theme, tree, assets, options, now, today, editor, lang, workspace, prefix, sessions }
    }

    /// Path of the first page to look at.
    pub fn start(&self) -> String {
        format!("{}/", self.prefix)
    }

    /// The Comuni of a workspace that may be looked at.
    fn comuni(&self) -> Vec<String> {
        let tree = read(&self.tree);
        let names = tree.folders("comuni").unwrap_or_default();
        let asked = |name: &String| self.options.only.is_empty() || self.options.only.contains(name);
        names
            .into_iter()
            .filter(|name| asked(name) && tree.exists(&format!("comuni/{name}/comune.yaml")))
            .collect()
    }

    /// Follows changes on disk: the sessions that they touch, with their new states.
    pub fn follow(&self, paths: Option<&BTreeSet<PathBuf>>) -> Vec<(String, Arc<State>)> {
        let changed = write(&self.tree).refresh(paths);
        let theme = self
            .theme
            .as_ref()
            .is_some_and(|theme| paths.is_none_or(|paths| paths.iter().any(|path| path.starts_with(theme))));
        if changed.is_empty() && !theme {
            return Vec::new();
        }
        let sessions: Vec<(String, Arc<Session>)> =
            open(&self.sessions).iter().map(|(slug, session)| (slug.clone(), Arc::clone(session))).collect();
        let touched = |slug: &str| {
            theme
                || changed.iter().any(|path| {
                    match path.strip_prefix("comuni/").and_then(|rest| rest.split_once('/')) {
                        Some((comune, _)) => comune == slug || slug.is_empty(),
                        None => true,
                    }
                })
        };
        let touched = sessions.into_iter().filter(|(slug, _)| touched(slug));
        touched
            .map(|(slug, session)| {
                session.touch();
                let state = self.state(&session, None);
                (slug, state)
            })
            .collect()
    }

    fn state(&self, session: &Session, day: Option<Date>) -> Arc<State> {
        let day = day.or(self.now).unwrap_or_else(self.today);
        session.state(day, &*read(&self.tree), &self.assets)
    }

    /// The session of a Comune; `""` when there is one alone.
    fn session(&self, slug: &str) -> Arc<Session> {
        let mut sessions = open(&self.sessions);
        let session = sessions.entry(slug.to_owned()).or_insert_with(|| {
            let only = if slug.is_empty() { self.options.only.clone() } else { vec![slug.to_owned()] };
            Arc::new(Session::new(Options { only, ..self.options.clone() }))
        });
        Arc::clone(session)
    }

    /// The Comune at a path and the path inside its site.
    fn locate<'a>(&self, path: &'a str) -> Option<(Arc<Session>, &'a str)> {
        let path = path.strip_prefix(self.prefix.as_str()).filter(|rest| rest.starts_with('/'))?;
        if !self.workspace {
            return Some((self.session(""), path));
        }
        let slug = path[1..].split('/').next().unwrap_or_default();
        let known = self.comuni().iter().any(|name| name == slug);
        known.then(|| (self.session(slug), &path[1 + slug.len()..]))
    }

    /// Answers a request whose host has been accepted; `origin` is the address at which the preview stands.
    pub fn reply(&self, head: &Head, origin: &str) -> Reply {
        let decoded = percent_decode_str(&head.path).decode_utf8();
        let Some(path) = decoded.ok().filter(|p| !p.chars().any(|c| c.is_control() || c == '\\')) else {
            return Reply::File(File::text(400, "400"));
        };
        let day = head.cookie(DAY).and_then(|day| day.parse().ok());
        if let Some(name) = path.strip_prefix(OWN) {
            return self.own(name, head, origin, day);
        }
        let Some((session, inside)) = self.locate(&path) else {
            let at_start = self.workspace && path == self.start();
            return Reply::File(if at_start { self.index() } else { File::text(404, "404") });
        };
        if inside.is_empty() {
            return Reply::File(File { location: Some(format!("{}/", head.path)), ..File::text(308, "") });
        }
        Reply::File(self.file(&self.state(&session, day), inside))
    }

    fn file(&self, state: &State, inside: &str) -> File {
        let policy =
            state.ready.as_ref().map(|ready| format!("{}; frame-ancestors 'none'", policy(&ready.site)));
        let html = |status: u16, html: &[u8], impronta: &str| {
            let body = page::with_client(html, impronta);
            File { status, policy: policy.clone(), ..File::of_type("text/html; charset=utf-8", body) }
        };
        match state.answer(inside) {
            Answer::Page(bytes) => html(200, &bytes, &of(state, &bytes).impronta),
            Answer::File(path, bytes) => {
                File { policy: policy.clone(), ..File::of_type(&page::content_type(&path), bytes) }
            }
            Answer::Elsewhere(to) => {
                let to = state.ready.as_ref().map(|ready| ready.urls.path(&to));
                File { location: to, ..File::text(308, "") }
            }
            Answer::Missing(Some(bytes)) => html(404, &bytes, &of(state, &bytes).impronta),
            Answer::Missing(None) if state.ready.is_none() => {
                html(503, page::nothing_yet(self.lang).as_bytes(), "")
            }
            Answer::Missing(None) => html(500, page::broken(self.lang).as_bytes(), ""),
        }
    }

    /// The preview's own files, for its own pages only.
    fn own(&self, name: &str, head: &Head, origin: &str, day: Option<Date>) -> Reply {
        let foreign = head.header("origin").is_some_and(|from| from != origin)
            || head.header("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
        if foreign {
            return Reply::File(File::text(403, "403"));
        }
        match name {
            "anteprima.js" => Reply::File(File::of_type("text/javascript; charset=utf-8", SCRIPT.as_bytes())),
            "innesto.js" => Reply::File(File::of_type("text/javascript; charset=utf-8", GRAFT.as_bytes())),
            "anteprima.css" => Reply::File(File::of_type("text/css; charset=utf-8", STYLE.as_bytes())),
            "novita" => {
                let wanted =
                    url::form_urlencoded::parse(head.query.as_bytes()).find(|(key, _)| key == "pagina");
                let path = wanted.map(|(_, path)| path.into_owned()).unwrap_or_default();
                let path = percent_decode_str(&path).decode_utf8_lossy().into_owned();
                match self.locate(&path) {
                    Some((session, page)) => Reply::News(Listener::new(session, page.to_owned(), day)),
                    None => Reply::File(File::text(404, "404")),
                }
            }
            _ => Reply::File(File::text(404, "404")),
        }
    }

    /// What a listener is told now.
    pub fn status(&self, listener: &Listener, depth: Depth) -> Status {
        let state = self.state(&listener.session, listener.day);
        if depth == Depth::Site {
            listener.session.judge(&state);
        }
        let page = match state.answer(&listener.page) {
            Answer::Page(html) | Answer::Missing(Some(html)) => {
                Page::read(&html, |path| match state.answer(path) {
                    Answer::File(_, bytes) => Some(bytes),
                    _ => None,
                })
            }
            _ => Page::default(),
        };
        let findings = (depth != Depth::Version).then_some(listener.page.as_str());
        Status::new(&state, findings, page, &self.editor.at(&self.root), self.lang)
    }

    /// The list of the Comuni of a workspace.
    fn index(&self) -> File {
        let title = if self.lang == Lang::It { "Anteprima dei Comuni" } else { "Preview of the Comuni" };
        let mut html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <title>{title}</title><link rel=\"stylesheet\" href=\"{OWN}anteprima.css\"></head><body><main><h1>{title}</h1><ul>\n",
            if self.lang == Lang::It { "it" } else { "en" }
        );
        for slug in self.comuni() {
            // A name of a folder that holds a Comune is written by people: it may hold anything.
            let slug = page::escaped(&slug);
            let _ = writeln!(html, "<li><a href=\"{}/{slug}/\">{slug}</a></li>", page::escaped(&self.prefix));
        }
        html.push_str("</ul></main></body></html>\n");
        let policy =
            Some("default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'".to_owned());
        File { policy, ..File::of_type("text/html; charset=utf-8", html.into_bytes()) }
    }
}

/// What a page of a state is compared by.
fn of(state: &State, html: &[u8]) -> Page {
    let prefix = state.ready.as_ref().map_or("", |ready| ready.urls.prefix());
    Page::read(html, |address| match state.answer(address.strip_prefix(prefix)?) {
        Answer::File(_, bytes) => Some(bytes),
        _ => None,
    })
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(std::sync::PoisonError::into_inner)
}
