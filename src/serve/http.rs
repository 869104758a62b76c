//! Connections: few, short and bounded. Each brings one request and ends with its answer; those that listen for news stay, and are
//! forgotten when they go or stop reading.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::Changes;
use super::head::{Head, Refusal};
use super::preview::{Depth, File, Listener, Preview, Reply};

/// Most connections at once.
const CONNECTIONS: usize = 600;
/// Most of them that listen for news.
const LISTENERS: usize = 200;
/// How long an answer may take to be read.
const PATIENCE: Duration = Duration::from_secs(20);
/// News to a page that is still there, so that one that has gone is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// After this long without changes the page is judged.
const BREATH: Duration = Duration::from_millis(150);
/// After this long more the whole site is judged.
const REST: Duration = Duration::from_millis(400);

/// The names by which the preview may be called: others are of pages that want to read it from elsewhere.
pub struct Hosts {
    names: Vec<String>,
    port: u16,
}

impl Hosts {
    /// This machine's, and the one asked for.
    pub fn new(host: Option<&str>, port: u16) -> Self {
        let mut names: Vec<String> = ["127.0.0.1", "localhost", "[::1]"].map(str::to_owned).to_vec();
        let asked = host.map(|host| {
            if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.to_owned() }
        });
        names.extend(asked.map(|host| host.to_lowercase()).filter(|host| !names.contains(host)));
        Hosts { names, port }
    }

    /// Whether a `Host` is one of them, with the port.
    fn accept(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        let with_port =
            |name: &String| host == format!("{name}:{}", self.port) || (self.port == 80 && host == *name);
        self.names.iter().any(with_port)
    }

    /// Addresses, the most usual first.
    pub fn addresses(&self) -> Vec<String> {
        self.names.iter().map(|name| format!("http://{name}:{}", self.port)).collect()
    }
}

/// Accepts connections for ever.
pub async fn accept(listener: TcpListener, preview: Arc<Preview>, hosts: Arc<Hosts>, changes: Changes) {
    static FREE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(CONNECTIONS)));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // No descriptors are left: some will be soon.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(permit) = Arc::clone(&FREE).try_acquire_owned() else { continue };
        let (preview, hosts, changes) = (Arc::clone(&preview), Arc::clone(&hosts), changes.clone());
        tokio::spawn(async move {
            serve(stream, preview, &hosts, changes).await;
            drop(permit);
        });
    }
}

/// Serves one request. Nothing can be done for a connection that breaks.
async fn serve(mut stream: TcpStream, preview: Arc<Preview>, hosts: &Hosts, changes: Changes) {
    // Small answers must not wait for more.
    let _ = stream.set_nodelay(true);
    let head = match Head::read(&mut stream).await {
        Ok(head) => head,
        Err(Refusal::Gone) => return,
        Err(refusal) => {
            let status = match refusal {
                Refusal::Method => 405,
                Refusal::TooLong => 431,
                _ => 400,
            };
            return send(&mut stream, &File::text(status, &status.to_string()), false).await;
        }
    };
    if !hosts.accept(&head.host) {
        return send(&mut stream, &File::text(403, "403"), head.only_head).await;
    }
    let (origin, only_head) = (format!("http://{}", head.host), head.only_head);
    let replying = Arc::clone(&preview);
    // A panic while answering is a fault of this answer alone.
    let reply = spawn_blocking(move || replying.reply(&head, &origin)).await;
    match reply {
        Ok(Reply::File(file)) => send(&mut stream, &file, only_head).await,
        Ok(Reply::News(listener)) => listen(stream, preview, listener, changes).await,
        Err(_) => send(&mut stream, &File::text(500, "500"), only_head).await,
    }
}

/// Sends an answer and ends the connection. What was still being sent is read first, a little: else the answer would be lost.
async fn send(stream: &mut TcpStream, file: &File, only_head: bool) {
    let reason = match file.status {
        200 => "OK",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    };
    let mut head = format!(
        "HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{COMMON}Connection: close\r\n",
        file.status,
        file.content_type,
        file.body.len()
    );
    let more = [("Content-Security-Policy", &file.policy), ("Location", &file.location)];
    for (name, value) in more.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        head.extend([name, ": ", value, "\r\n"]);
    }
    if file.status == 405 {
        head.push_str("Allow: GET, HEAD\r\n");
    }
    head.push_str("\r\n");
    let body: &[u8] = if only_head { &[] } else { &file.body };
    let written = timeout(PATIENCE, async {
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body).await?;
        stream.shutdown().await
    });
    if matches!(written.await, Ok(Ok(()))) {
        let _ = timeout(Duration::from_secs(1), drain(stream)).await;
    }
}

/// Headers of every answer.
const COMMON: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: strict-origin-when-cross-origin\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n";

async fn drain(from: &mut (impl AsyncRead + Unpin)) {
    let mut piece = [0; 4096];
    for _ in 0..64 {
        if !matches!(from.read(&mut piece).await, Ok(n) if n > 0) {
            break;
        }
    }
}

/// Tells an open page of each change, until it goes.
async fn listen(stream: TcpStream, preview: Arc<Preview>, listener: Listener, mut changes: Changes) {
    static FREE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(LISTENERS));
    let (mut from, mut to) = stream.into_split();
    let Ok(_permit) = FREE.try_acquire() else { return };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n{COMMON}Connection: close\r\n\r\nretry: 500\n\n"
    );
    if !tell(&mut to, &head).await {
        return;
    }
    let listener = Arc::new(listener);
    let mut said = String::new();
    let mut depth = Depth::Version;
    loop {
        changes.mark_unchanged();
        let (asked, about) = (Arc::clone(&preview), Arc::clone(&listener));
        let asking = spawn_blocking(move || asked.status(&about, depth));
        let status = tokio::select! {
            status = asking => status,
            // What has changed is told before the rest is judged.
            _ = changes.changed(), if depth == Depth::Site => {
                depth = Depth::Version;
                continue;
            }
        };
        let status = status.ok().and_then(|status| serde_json::to_string(&status).ok()).unwrap_or_default();
        if !status.is_empty() && status != said {
            if !tell(&mut to, &format!("data: {status}\n\n")).await {
                return;
            }
            said = status;
        }
        let rest = match depth {
            Depth::Version => BREATH,
            Depth::Page => REST,
            Depth::Site => SIGN_OF_LIFE,
        };
        depth = loop {
            let mut byte = [0];
            tokio::select! {
                changed = changes.changed() => match changed {
                    Ok(()) => break Depth::Version,
                    Err(_) => return,
                },
                read = from.read(&mut byte) => if !matches!(read, Ok(n) if n > 0) { return },
                () = sleep(rest) => {
                    match depth {
                        Depth::Version => break Depth::Page,
                        Depth::Page => break Depth::Site,
                        Depth::Site => {}
                    }
                    if !tell(&mut to, ":\n\n").await {
                        return;
                    }
                }
            }
        };
    }
}

/// Whether a text was sent in time.
async fn tell(to: &mut (impl AsyncWrite + Unpin), text: &str) -> bool {
    matches!(timeout(PATIENCE, to.write_all(text.as_bytes())).await, Ok(Ok(())))
}
