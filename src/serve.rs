//! `serve`: a preview that follows the hand. Files are watched, a Comune is prepared again when they change, open pages are told by
//! server-sent events. It stands on this machine alone unless asked otherwise, and takes everything that it is sent for hostile.

mod head;
mod http;
mod page;
mod preview;
mod session;
mod status;
mod tree;
mod watch;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch::{Receiver, Sender, channel};

use http::Hosts;
pub use page::without_client;
pub use preview::{Preview, Wanted};
pub use session::State;
pub use status::Editor;
use watch::Watch;

/// Port that is tried first.
pub const PORT: u16 = 8000;
/// How many ports are tried from there on.
const TRIED: u16 = 50;

/// Where the preview stands.
#[derive(Debug, Clone)]
pub struct Place {
    /// Name or address to listen on besides this machine; this machine alone if none.
    pub host: Option<String>,
    /// The port; if none, the first free one from [`PORT`] on.
    pub port: Option<u16>,
}

/// Why the preview cannot start.
#[derive(Debug)]
pub enum Fault {
    /// The port is taken, or no port is free, or the address is not of this machine.
    Listen(u16, std::io::Error),
    /// The folder cannot be watched.
    Watch(notify::Error),
    /// There are no templates in this folder of a theme.
    Theme(PathBuf),
    /// The system refuses threads or sockets.
    Start(std::io::Error),
}

/// A preview that runs until it is dropped.
pub struct Running {
    /// Where it listens.
    pub port: u16,
    hosts: Arc<Hosts>,
    runtime: Option<Runtime>,
}

/// Told after each change: the Comune, its new state, how long it took.
pub type Told = Box<dyn Fn(&str, &State, Duration) + Send>;

/// Starts a preview. `poll` asks for changes where the system does not tell of them; `told` hears of each.
///
/// # Errors
/// Why it cannot start.
pub fn start(wanted: Wanted, place: &Place, poll: bool, told: Told) -> Result<Running, Fault> {
    let root = wanted.root.canonicalize().map_err(Fault::Start)?;
    let theme = wanted.theme.as_ref().map(|dir| themed(dir)).transpose()?;
    let watch = Watch::new(&root, theme.as_deref(), poll).map_err(Fault::Watch)?;
    let preview = Arc::new(Preview::new(Wanted { root, theme, ..wanted }));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(Fault::Start)?;
    let (port, listeners) = runtime.block_on(listen(place))?;
    let hosts = Arc::new(Hosts::new(place.host.as_deref(), port));
    let (sender, changes) = channel(0);
    for listener in listeners {
        runtime.spawn(http::accept(listener, Arc::clone(&preview), Arc::clone(&hosts), changes.clone()));
    }
    follow(watch, preview, sender, told);
    Ok(Running { port, hosts, runtime: Some(runtime) })
}

/// The folder of a theme, if it holds templates.
fn themed(dir: &Path) -> Result<PathBuf, Fault> {
    let whole = dir.canonicalize().ok().filter(|dir| dir.join(tree::TEMPLATES).is_dir());
    whole.ok_or_else(|| Fault::Theme(dir.to_owned()))
}

impl Running {
    /// The addresses at which it answers, this machine's first.
    pub fn addresses(&self) -> Vec<String> {
        self.hosts.addresses()
    }

    /// Waits until the process is asked to end.
    ///
    /// # Errors
    /// When the system does not tell of it.
    pub fn wait(&self) -> std::io::Result<()> {
        let Some(runtime) = &self.runtime else { return Ok(()) };
        runtime.block_on(async {
            use tokio::signal::unix::{SignalKind, signal};
            let (mut interrupt, mut terminate) =
                (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            Ok(())
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Opens the sockets: of this machine, in both forms of its address where it has them, and of the host asked for.
async fn listen(place: &Place) -> Result<(u16, Vec<TcpListener>), Fault> {
    let ports = match place.port {
        Some(port) => port..=port,
        None => PORT..=PORT + TRIED,
    };
    let mut last = None;
    for port in ports {
        match listen_on(place.host.as_deref(), port).await {
            Ok(listeners) => {
                let port = listeners[0].local_addr().map_or(port, |address| address.port());
                return Ok((port, listeners));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some((port, error)),
            Err(error) => return Err(Fault::Listen(port, error)),
        }
    }
    let (port, error) = last.unwrap_or((PORT, std::io::ErrorKind::AddrInUse.into()));
    Err(Fault::Listen(port, error))
}

async fn listen_on(host: Option<&str>, port: u16) -> std::io::Result<Vec<TcpListener>> {
    if let Some(host) = host {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let addresses: Vec<SocketAddr> = tokio::net::lookup_host((bare, port)).await?.collect();
        if addresses.is_empty() {
            return Err(std::io::ErrorKind::AddrNotAvailable.into());
        }
        return Ok(vec![TcpListener::bind(&*addresses).await?]);
    }
    let four = TcpListener::bind((IpAddr::from(Ipv4Addr::LOCALHOST), port)).await?;
    let port = four.local_addr()?.port();
    match TcpListener::bind((IpAddr::from(Ipv6Addr::LOCALHOST), port)).await {
        Ok(six) => Ok(vec![four, six]),
        // Another program's: a visitor to `localhost` could see either.
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(error),
        Err(_) => Ok(vec![four]),
    }
}

/// Follows changes on disk on a thread of its own, for as long as somebody listens.
fn follow(mut watch: Watch, preview: Arc<Preview>, changes: Sender<u64>, told: Told) {
    std::thread::spawn(move || {
        while let Some(batch) = watch.next() {
            if changes.is_closed() {
                break;
            }
            if batch.as_ref().is_some_and(std::collections::BTreeSet::is_empty) {
                continue;
            }
            let start = Instant::now();
            // A fault of ours must not end the preview: the next change may cure it.
            let followed =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| preview.follow(batch.as_ref())));
            let states = followed.unwrap_or_default();
            if states.is_empty() {
                continue;
            }
            changes.send_modify(|n| *n += 1);
            for (slug, state) in states {
                told(&slug, &state, start.elapsed());
            }
        }
    });
}

/// Told of each change.
type Changes = Receiver<u64>;

/// What a lock holds; a fault while it was held is no reason to stop.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a name or address is of this machine alone.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a folder holds what can be previewed.
pub fn is_site(folder: &Path) -> bool {
    ["comune.yaml", "consorzio.yaml"].iter().any(|name| folder.join(name).is_file())
}
