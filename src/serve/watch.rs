//! Told by the system which files change, or asking for it (`--poll`). Events that come together are handed on together.
//!
//! The merging is our own: of the usual debouncers one forgets that a file was removed right after it was replaced, the other that
//! the system has lost events and everything must be looked at again.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::tree::{TEMPLATES, folders};

/// Events are handed on once none has come for this long: an editor that saves makes several.
const QUIET: Duration = Duration::from_millis(15);
/// They are handed on after this long even if they do not end.
const LONGEST: Duration = Duration::from_millis(250);
/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_millis(400);

/// What changed: paths, or `None` when everything must be looked at again.
pub type Batch = Option<BTreeSet<PathBuf>>;

/// Watches a Comune or a workspace.
pub struct Watch {
    root: PathBuf,
    theme: Option<PathBuf>,
    watcher: Box<dyn Watcher + Send>,
    events: Receiver<notify::Result<Event>>,
    watched: Vec<(PathBuf, Identity)>,
}

/// Tells a folder from another one that took its place.
type Identity = Option<(u64, Option<SystemTime>)>;

fn identity(path: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    let of = |m: Metadata| (m.ino(), m.created().ok());
    path.symlink_metadata().ok().filter(Metadata::is_dir).map(of)
}

impl Watch {
    /// Starts to watch `root`, and the templates of `theme` if there is one, by asking if `poll`.
    ///
    /// # Errors
    /// When the system cannot watch: too many files watched already, or no such service.
    pub fn new(root: &Path, theme: Option<&Path>, poll: bool) -> notify::Result<Self> {
        let (sender, events) = channel();
        // The receiver goes only when the whole watch goes.
        let tell = move |event| drop(sender.send(event));
        let watcher: Box<dyn Watcher + Send> = if poll {
            let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
            Box::new(PollWatcher::new(tell, config)?)
        } else {
            Box::new(RecommendedWatcher::new(tell, Config::default())?)
        };
        let mut watch = Watch {
            root: root.to_owned(),
            theme: theme.map(Path::to_owned),
            watcher,
            events,
            watched: Vec::new(),
        };
        watch.follow()?;
        Ok(watch)
    }

    /// Watches folders that have come or taken another's place, and gives them. Outputs and other folders are not watched: they may
    /// be larger than what the system can watch.
    fn follow(&mut self) -> notify::Result<Vec<PathBuf>> {
        let mut come = Vec::new();
        for (path, mode) in self.wanted() {
            let now = identity(&path);
            let known = self.watched.iter().position(|(watched, _)| *watched == path);
            if known.is_some_and(|n| self.watched[n].1 == now) || (known.is_none() && now.is_none()) {
                continue;
            }
            if let Some(n) = known {
                self.watched.swap_remove(n);
                // The system has forgotten it if it is gone.
                let _ = self.watcher.unwatch(&path);
            }
            if now.is_some() {
                self.watcher.watch(&path, mode)?;
                self.watched.push((path.clone(), now));
                come.push(path);
            }
        }
        Ok(come)
    }

    fn wanted(&self) -> Vec<(PathBuf, RecursiveMode)> {
        let mut wanted = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        let site =
            |dir: &Path| folders().map(|name| (dir.join(name), RecursiveMode::Recursive)).collect::<Vec<_>>();
        wanted.extend(site(&self.root));
        wanted.extend(self.theme.iter().map(|theme| (theme.join(TEMPLATES), RecursiveMode::Recursive)));
        wanted.push((self.root.join("catalogo"), RecursiveMode::Recursive));
        let comuni = self.root.join("comuni");
        for comune in std::fs::read_dir(&comuni).into_iter().flatten().filter_map(Result::ok) {
            wanted.push((comune.path(), RecursiveMode::NonRecursive));
            wanted.extend(site(&comune.path()));
        }
        wanted.push((comuni, RecursiveMode::NonRecursive));
        wanted
    }

    /// Waits for the next changes; `None` when there will be no more.
    pub fn next(&mut self) -> Option<Batch> {
        let mut batch = Some(BTreeSet::new());
        add(&mut batch, self.events.recv().ok()?);
        let end = Instant::now() + LONGEST;
        loop {
            let left = end.saturating_duration_since(Instant::now()).min(QUIET);
            match self.events.recv_timeout(left) {
                Ok(event) if Instant::now() < end => add(&mut batch, event),
                Ok(event) => {
                    add(&mut batch, event);
                    break;
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        // What is watched changes only with folders; a path that is no file may have been one.
        let files_alone = batch.as_ref().is_some_and(|paths| paths.iter().all(|path| path.is_file()));
        if files_alone {
            return Some(batch);
        }
        match self.follow() {
            Ok(come) => {
                if let Some(paths) = &mut batch {
                    paths.extend(come);
                }
            }
            Err(_) => batch = None,
        }
        Some(batch)
    }
}

fn add(batch: &mut Batch, event: notify::Result<Event>) {
    match event {
        Ok(event) if event.need_rescan() => *batch = None,
        // Our own reading makes events too.
        Ok(Event { kind: EventKind::Access(kind), .. }) if kind != AccessKind::Close(AccessMode::Write) => {}
        Ok(event) => {
            if let Some(paths) = batch {
                paths.extend(event.paths);
            }
        }
        Err(_) => *batch = None,
    }
}
