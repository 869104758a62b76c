//! `serve`: what it answers is what a build writes; it follows every way in which files change; nothing that it is sent breaks it or
//! reads what was not published. Raw sockets, real files.
#![cfg(feature = "serve")]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use campanile::diagnostic::Lang;
use campanile::pipeline::{self, Options};
use campanile::serve::{self, Editor, Place, Running, Wanted, without_client};
use campanile::source::{Disk, Source};
use serde_json::Value;
use tempfile::TempDir;

const FAQ: &str = "domande-frequenti/come-pago.md";

/// A small sound Comune on disk.
fn site() -> TempDir {
    let dir = TempDir::new().unwrap();
    let base = common::base_site();
    for entry in base.list("", &[]).unwrap() {
        write(dir.path(), &entry.path, &base.read(&entry.path, u64::MAX).unwrap());
    }
    let config = fs::read_to_string(dir.path().join("comune.yaml")).unwrap();
    // Without the hundreds of pages of Amministrazione trasparente.
    let config = format!(
        "{config}amministrazione_trasparente: {{url: \"https://trasparenza.comune.prova.tn.it/\"}}\n"
    );
    write(dir.path(), "comune.yaml", config.as_bytes());
    dir
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn faq(text: &str) -> String {
    format!("---\ndomanda: Come pago?\ncategoria: Pagamenti\n---\n{text}\n")
}

fn start(root: &Path, poll: bool) -> Running {
    start_with(root, None, poll)
}

fn start_with(root: &Path, theme: Option<&Path>, poll: bool) -> Running {
    let options = common::options();
    let editor = Editor("vscode://file{file}:{riga}:{colonna}".to_owned());
    let today = || common::TODAY.parse().unwrap();
    let (root, theme) = (root.to_owned(), theme.map(Path::to_owned));
    let wanted = Wanted { root, theme, options, now: None, today, editor, lang: Lang::It };
    let place = Place { host: None, port: Some(0) };
    serve::start(wanted, &place, poll, Box::new(|_, _, _| ())).expect("a free port")
}

/// What comes back on a connection for these bytes, until it is closed.
fn raw(port: u16, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // The other side may close before it has read everything.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Status, head and body of an answer.
fn answer(port: u16, bytes: &[u8]) -> (u16, String, String) {
    let text = raw(port, bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    (status, head.to_lowercase(), body.to_owned())
}

fn request(port: u16, target: &str, more: &str) -> (u16, String, String) {
    answer(port, format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n{more}\r\n").as_bytes())
}

fn get(port: u16, path: &str) -> (u16, String) {
    let (status, _, body) = request(port, path, "");
    (status, body)
}

/// Waits until something holds, which it does soon.
fn soon(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(40), "never: {what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// The next news about a page.
struct News(TcpStream, Vec<u8>);

impl News {
    fn about(port: u16, page: &str) -> Self {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let ask = format!("GET /.campanile/novita?pagina={page} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        stream.write_all(ask.as_bytes()).unwrap();
        News(stream, Vec::new())
    }

    fn next(&mut self) -> Value {
        loop {
            let text = String::from_utf8_lossy(&self.1).into_owned();
            if let Some(start) = text.find("data: ")
                && let Some(end) = text[start..].find("\n\n")
            {
                self.1 = text.as_bytes()[start + end + 2..].to_vec();
                return serde_json::from_str(&text[start + 6..start + end]).unwrap();
            }
            let mut piece = vec![0; 65536];
            let n = self.0.read(&mut piece).expect("news");
            assert!(n > 0, "the news have ended");
            self.1.extend_from_slice(&piece[..n]);
        }
    }

    /// The first news of which this holds.
    fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let news = self.next();
            if holds(&news) {
                return news;
            }
        }
    }
}

/// Every file that a build of a folder writes is what the preview answers, but for the script of the preview.
fn assert_as_built(root: &Path, port: u16) {
    let options = Options { minify: false, ..common::options() };
    let built = pipeline::build(&Disk::new(root), &options);
    assert_eq!(common::errors(&built), Vec::<String>::new());
    let files = common::files(&built);
    assert!(files.len() > 50);
    for (path, bytes) in files {
        let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(&path));
        let (status, body) = get(port, &address);
        assert_eq!(status, 200, "{address}");
        let expected = String::from_utf8_lossy(&bytes);
        let shown = if path.ends_with(".html") { without_client(&body) } else { body };
        assert!(shown == expected, "{address} is not what a build writes");
    }
}

#[test]
fn it_answers_what_a_build_writes() {
    let dir = site();
    let running = start(dir.path(), false);
    assert_as_built(dir.path(), running.port);
    let (status, head, _) = request(running.port, "/servizi", "");
    assert_eq!(status, 308);
    assert!(head.contains("location: /servizi/"), "{head}");
    let (status, body) = get(running.port, "/non-esiste/");
    assert_eq!(status, 404);
    assert!(body.contains("/.campanile/anteprima.js"), "a missing page comes to life when it is written");
    let (_, head, _) = request(running.port, "/", "");
    for header in [
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "charset=utf-8",
        "content-security-policy: default-src 'none'",
    ] {
        assert!(head.contains(header), "{header}: {head}");
    }
    assert!(!head.contains("access-control"), "{head}");
}

#[test]
fn a_published_tree_holds_nothing_of_the_preview() {
    let built = pipeline::build(&common::base_site(), &common::options());
    for (path, bytes) in common::files(&built) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("/.campanile/") && !text.contains("localhost"), "{path}");
    }
}

#[test]
fn every_way_of_saving_is_followed() {
    for poll in [false, true] {
        let dir = site();
        let root = dir.path();
        let port = start_for_ever(root, poll);
        let shows = |text: &str| get(port, "/domande-frequenti/").1.contains(text);
        let file = root.join(FAQ);
        write(root, FAQ, faq("Sul posto.").as_bytes());
        soon("a new file", || shows("Sul posto."));
        write(root, FAQ, faq("Di nuovo.").as_bytes());
        soon("written in place", || shows("Di nuovo."));
        let kept = fs::metadata(&file).unwrap().modified().unwrap();
        write(root, FAQ, faq("Da capo.").as_bytes());
        fs::File::options().write(true).open(&file).unwrap().set_modified(kept).unwrap();
        soon("written with its time kept", || shows("Da capo."));
        write(root, "domande-frequenti/.come-pago.md.tmp", faq("Rinominato.").as_bytes());
        fs::rename(root.join("domande-frequenti/.come-pago.md.tmp"), &file).unwrap();
        soon("renamed over", || shows("Rinominato."));
        fs::rename(&file, root.join("domande-frequenti/come-pago.md~")).unwrap();
        write(root, FAQ, faq("Con la copia.").as_bytes());
        soon("with a backup", || shows("Con la copia."));
        fs::remove_file(&file).unwrap();
        soon("removed", || !shows("Con la copia."));
        let mut slow = fs::File::create(&file).unwrap();
        for piece in faq("Scritto piano piano.").as_bytes().chunks(9) {
            slow.write_all(piece).unwrap();
            std::thread::sleep(Duration::from_millis(20));
        }
        soon("written slowly", || shows("Scritto piano piano."));
        fs::rename(root.join("domande-frequenti"), root.join("altrove")).unwrap();
        soon("a folder moved away", || !shows("Scritto piano piano."));
        fs::rename(root.join("altrove"), root.join("domande-frequenti")).unwrap();
        soon("a folder moved back", || shows("Scritto piano piano."));
        fs::remove_dir_all(root.join("domande-frequenti")).unwrap();
        write(root, FAQ, faq("In una cartella rifatta.").as_bytes());
        soon("a folder made again", || shows("In una cartella rifatta."));
        fs::rename(&file, root.join("domande-frequenti/quanto-pago.md")).unwrap();
        soon("another slug", || shows("domanda-quanto-pago"));
        for n in 0..10_000 {
            fs::write(root.join(format!("domande-frequenti/.tmp{n}")), "x").unwrap();
        }
        write(root, "domande-frequenti/quanto-pago.md", faq("Dopo la tempesta.").as_bytes());
        soon("after thousands of other files", || shows("Dopo la tempesta."));
        assert_as_built(root, port);
    }
}

/// A preview that lasts as long as the test program.
fn start_for_ever(root: &Path, poll: bool) -> u16 {
    let running = start(root, poll);
    let port = running.port;
    std::mem::forget(running);
    port
}

#[test]
fn the_last_good_version_stays_while_there_are_errors() {
    let dir = site();
    write(dir.path(), FAQ, faq("Con pagoPA.").as_bytes());
    let running = start(dir.path(), false);
    let mut news = News::about(running.port, "/domande-frequenti/");
    let first = news.next();
    assert_eq!(first["errori"]["voci"].as_array().map(Vec::len), Some(0));
    assert!(
        get(running.port, "/domande-frequenti/").1.contains(first["impronta"].as_str().unwrap()),
        "a page knows its fingerprint"
    );
    write(dir.path(), FAQ, b"---\ndomnda: Come pago?\ncategoria: Pagamenti\n---\nCon la carta.\n");
    let wrong = news.until(|n| n["errori"]["voci"].as_array().is_some_and(|e| !e.is_empty()));
    assert_eq!(wrong["impronta"], first["impronta"], "the page has not changed");
    let errors = wrong["errori"]["voci"].as_array().unwrap();
    let error = errors.iter().find(|e| e["codice"] == "CAM-01").unwrap();
    let full = dir.path().canonicalize().unwrap().join(FAQ);
    assert_eq!(error["luogo"], format!("{FAQ}:2"));
    assert_eq!(error["brano"], "domnda: Come pago?");
    assert_eq!(error["apri"], format!("vscode://file{}:2:1", full.display()));
    assert!(get(running.port, "/domande-frequenti/").1.contains("Con pagoPA."));
    write(dir.path(), FAQ, faq("Con la carta.").as_bytes());
    let cured = news.until(|n| n["errori"]["voci"].as_array().is_some_and(Vec::is_empty));
    assert_ne!(cured["impronta"], first["impronta"]);
    assert!(get(running.port, "/domande-frequenti/").1.contains("Con la carta."));
}

#[test]
fn a_template_that_fails_keeps_the_page() {
    let dir = site();
    let running = start(dir.path(), false);
    let before = get(running.port, "/argomenti/").1;
    let mut news = News::about(running.port, "/argomenti/");
    news.next();
    for wrong in ["{% if %}", "{{ v.non_esiste.mai }}"] {
        write(dir.path(), "templates/argomenti.html", wrong.as_bytes());
        let said = news.until(|n| n["errori"]["voci"].as_array().is_some_and(|e| !e.is_empty()));
        assert!(
            said["errori"]["voci"][0]["luogo"].as_str().unwrap().starts_with("templates/argomenti.html:1"),
            "{said}"
        );
        assert_eq!(get(running.port, "/argomenti/").1, before);
    }
    fs::remove_dir_all(dir.path().join("templates")).unwrap();
    news.until(|n| n["errori"]["voci"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn a_theme_under_work_is_followed() {
    let (dir, theme) = (site(), tempfile::TempDir::new().unwrap());
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/comuni/templates");
    let own = fs::read_to_string(templates.join("argomenti.html")).unwrap();
    write(theme.path(), "templates/argomenti.html", own.as_bytes());
    let running = start_with(dir.path(), Some(theme.path()), false);
    let before = get(running.port, "/argomenti/").1;
    let mut news = News::about(running.port, "/argomenti/");
    news.next();
    let changed = own.replace("{% block main %}", "{% block main %}<p>Un tema nuovo</p>");
    write(theme.path(), "templates/argomenti.html", changed.as_bytes());
    news.until(|_| get(running.port, "/argomenti/").1.contains("<p>Un tema nuovo</p>"));
    write(theme.path(), "templates/argomenti.html", b"{% if %}");
    let said = news.until(|n| n["errori"]["voci"].as_array().is_some_and(|e| !e.is_empty()));
    let place = said["errori"]["voci"][0]["luogo"].as_str().unwrap();
    assert!(place.ends_with("templates/argomenti.html:1"), "{place}");
    write(theme.path(), "templates/argomenti.html", own.as_bytes());
    news.until(|n| n["errori"]["voci"].as_array().is_some_and(Vec::is_empty));
    assert_eq!(get(running.port, "/argomenti/").1, before);
}

#[test]
fn a_site_that_never_was_sound_shows_when_it_is() {
    let dir = site();
    let config = fs::read(dir.path().join("comune.yaml")).unwrap();
    write(dir.path(), "comune.yaml", b"ente: [");
    let running = start(dir.path(), false);
    assert_eq!(get(running.port, "/").0, 503);
    let mut news = News::about(running.port, "/");
    assert!(!news.next()["errori"]["voci"].as_array().unwrap().is_empty());
    write(dir.path(), "comune.yaml", &config);
    news.until(|n| n["impronta"].as_str().is_some_and(|i| !i.is_empty()));
    assert_eq!(get(running.port, "/").0, 200);
}

#[test]
fn a_page_is_told_what_check_finds_on_it() {
    let dir = site();
    write(dir.path(), FAQ, faq("Per pagare [clicca qui](/servizi/).").as_bytes());
    let running = start(dir.path(), false);
    let has = |code: &'static str| {
        move |n: &Value| n["pagina"]["voci"].as_array().is_some_and(|f| f.iter().any(|f| f["codice"] == code))
    };
    News::about(running.port, "/domande-frequenti/").until(has("LIN-05"));
    let mut elsewhere = News::about(running.port, "/servizi/");
    for _ in 0..2 {
        let news = elsewhere.next();
        assert!(!has("LIN-05")(&news), "{news}");
        write(dir.path(), FAQ, faq("Altro testo.").as_bytes());
    }
    // A broken link is found when all the pages have been made.
    write(dir.path(), FAQ, faq("Leggi [la pagina](/non-esiste/).").as_bytes());
    let broken =
        |n: &Value| n["errori"]["voci"].as_array().is_some_and(|f| f.iter().any(|f| f["codice"] == "LNK-01"));
    News::about(running.port, "/domande-frequenti/").until(broken);
}

#[test]
fn a_new_colour_changes_the_style_and_not_the_page() {
    let dir = site();
    let running = start(dir.path(), false);
    let mut news = News::about(running.port, "/");
    let first = news.next();
    let config = fs::read_to_string(dir.path().join("comune.yaml")).unwrap();
    let coloured = if config.contains("colore:") {
        config.replace("colore:", "colore: \"#8a1538\" #")
    } else {
        format!("{config}aspetto: {{colore: \"#8a1538\"}}\n")
    };
    write(dir.path(), "comune.yaml", coloured.as_bytes());
    let second = news.until(|n| n["fogli"] != first["fogli"]);
    assert_eq!(second["impronta"], first["impronta"]);
    assert_eq!(second["fogli"].as_array().unwrap().len(), first["fogli"].as_array().unwrap().len());
}

#[test]
fn the_site_is_seen_on_another_day() {
    let dir = site();
    write(
        dir.path(),
        FAQ,
        b"---\ndomanda: Come pago?\ncategoria: Pagamenti\ndata_pubblicazione: 2027-03-01\n---\nDomani.\n",
    );
    let running = start(dir.path(), false);
    let on = |day: &str| {
        request(running.port, "/domande-frequenti/", &format!("Cookie: campanile-oggi={day}\r\n")).2
    };
    assert!(!get(running.port, "/domande-frequenti/").1.contains("Domani."));
    assert!(on("2027-03-01").contains("Domani."));
    assert!(!on("2027-02-28").contains("Domani."));
    assert!(!on("domani").contains("Domani."), "what is no day is today");
}

#[test]
fn a_workspace_shows_each_comune_below_its_name() {
    let dir = TempDir::new().unwrap();
    write(dir.path(), "consorzio.yaml", b"");
    let one = site();
    for (path, bytes) in common::tree(one.path()) {
        for comune in ["ala", "avio"] {
            write(dir.path(), &format!("comuni/{comune}/{path}"), &bytes);
        }
    }
    let running = start(dir.path(), false);
    let (status, index) = get(running.port, "/");
    assert_eq!(status, 200);
    assert!(index.contains("href=\"/ala/\"") && index.contains("href=\"/avio/\""), "{index}");
    let (status, home) = get(running.port, "/ala/");
    assert_eq!(status, 200);
    assert!(home.contains("href=\"/ala/servizi/\"") && !home.contains("href=\"/servizi/\""));
    assert_eq!(get(running.port, "/servizi/").0, 404);
    assert_eq!(get(running.port, "/riva/").0, 404);
    write(dir.path(), &format!("comuni/ala/{FAQ}"), faq("Solo ad Ala.").as_bytes());
    soon("an edit of one", || get(running.port, "/ala/domande-frequenti/").1.contains("Solo ad Ala."));
    assert!(!get(running.port, "/avio/domande-frequenti/").1.contains("Solo ad Ala."));
}

/// Targets that try to leave what was published.
fn wanderings() -> Vec<String> {
    let ups = [
        "..",
        "%2e%2e",
        ".%2e",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "..;",
        "..%00",
        "%2e%2e%2f",
        "..%5c",
        "....//",
        "..\u{2215}",
    ];
    let seconds = ["/", "%2f", "%5c", "//", "/./", "%252f"];
    let wanted = [
        "comune.yaml",
        "servizi/tari.md",
        ".campanile/immagini",
        ".git/config",
        "etc/passwd",
        "public/index.html",
        "templates/",
        ".env",
    ];
    let mut found = Vec::new();
    for up in ups {
        for slash in seconds {
            for wanted in wanted {
                found.push(format!("/{up}{slash}{up}{slash}{wanted}"));
            }
        }
    }
    for wanted in wanted {
        found.extend(
            ["/", "//", "/servizi/../", "/assets/", "/media/", "/%2e/", "/;/", "/.//"]
                .map(|before| format!("{before}{wanted}")),
        );
        found.extend([format!("/?{wanted}"), format!("/assets?/../{wanted}"), format!("/%23/{wanted}")]);
    }
    found
}

#[test]
fn nothing_but_what_is_published_is_served() {
    let dir = site();
    write(dir.path(), ".env", b"SEGRETO");
    write(dir.path(), ".git/config", b"SEGRETO");
    write(dir.path(), "note.txt", b"SEGRETO");
    write(dir.path(), "bozza.md", b"SEGRETO");
    std::os::unix::fs::symlink("/etc/passwd", dir.path().join("static")).unwrap();
    let running = start(dir.path(), false);
    let targets = wanderings();
    assert!(targets.len() >= 400, "{}", targets.len());
    for target in
        targets.iter().map(String::as_str).chain(["/note.txt", "/bozza.md", "/static", "/comune.yaml"])
    {
        let (status, _, body) = request(running.port, target, "");
        let secret = ["SEGRETO", "root:x", "ente:", "titolo: "].iter().any(|secret| body.contains(secret));
        assert!(matches!(status, 200 | 308 | 400 | 404) && !secret, "{target}: {status} {body}");
        assert!(status != 200 || target.contains('?'), "{target}: {body}");
    }
    assert_eq!(get(running.port, "/").0, 200);
}

#[test]
fn other_names_and_other_pages_are_refused() {
    let dir = site();
    let running = start(dir.path(), false);
    let port = running.port;
    let with = |line: &str, headers: &str| answer(port, format!("{line}\r\n{headers}\r\n").as_bytes()).0;
    for host in ["127.0.0.1", "LOCALHOST", "[::1]"] {
        assert_eq!(with("GET / HTTP/1.1", &format!("Host: {host}:{port}\r\n")), 200, "{host}");
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "localhost",
        "localhost:1",
        "127.0.0.1.nip.io",
        "192.168.0.1",
        "",
        "localhost@evil",
    ] {
        let host = if host.contains(':') || host == "localhost" || host.is_empty() {
            host.to_owned()
        } else {
            format!("{host}:{port}")
        };
        assert_eq!(with("GET / HTTP/1.1", &format!("Host: {host}\r\n")), 403, "{host}");
    }
    let own = format!("Host: localhost:{port}\r\n");
    assert_eq!(with("GET / HTTP/1.1", &format!("{own}{own}")), 400);
    assert_eq!(with("GET / HTTP/1.1", ""), 400);
    assert_eq!(with("GET http://evil.example/ HTTP/1.1", &own), 400);
    assert_eq!(with("POST / HTTP/1.1", &own), 405);
    assert_eq!(with("DELETE / HTTP/1.1", &own), 405);
    assert_eq!(with("GET / HTTP/1.1", &format!("{own}Content-Length: 3\r\n")), 400);
    assert_eq!(with("GET / HTTP/1.1", &format!("{own}Transfer-Encoding: chunked\r\n")), 400);
    assert_eq!(with("GET / HTTP/1.1", &format!("{own}X: {}\r\n", "a".repeat(20_000))), 431);
    assert_eq!(with("GET / HTTP/1.1", &format!("{own}{}", "X: a\r\n".repeat(200))), 431);
    let news = "GET /.campanile/novita?pagina=/ HTTP/1.1";
    for foreign in [
        "Origin: http://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ] {
        assert_eq!(with(news, &format!("{own}{foreign}\r\n")), 403, "{foreign}");
    }
    let (_, head, body) = answer(port, format!("HEAD / HTTP/1.1\r\n{own}\r\n").as_bytes());
    assert!(head.contains("content-length") && body.is_empty());
}

#[test]
fn only_this_machine_is_answered() {
    let dir = site();
    let running = start(dir.path(), false);
    // Another address of this machine is not listened on.
    let elsewhere = TcpListener::bind((Ipv4Addr::new(127, 0, 0, 2), running.port));
    assert!(elsewhere.is_ok(), "{elsewhere:?}");
    assert!(TcpListener::bind((Ipv4Addr::UNSPECIFIED, running.port)).is_err());
}

#[test]
fn slow_and_silent_clients_keep_nobody_waiting() {
    let dir = site();
    let running = start(dir.path(), false);
    let port = running.port;
    assert_eq!(get(port, "/").0, 200);
    let open = || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    let before = memory(std::process::id());
    let mut slow: Vec<TcpStream> = (0..120).map(|_| open()).collect();
    let idle: Vec<TcpStream> = (0..120).map(|_| open()).collect();
    let deaf: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = open();
            write!(stream, "GET /api/ricerca.json HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").unwrap();
            stream
        })
        .collect();
    let listening: Vec<News> = (0..150).map(|_| News::about(port, "/")).collect();
    for stream in &mut slow {
        let _ = stream.write_all(b"GET / HT");
    }
    let start = Instant::now();
    assert_eq!(get(port, "/servizi/").0, 200);
    let waited = start.elapsed();
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    std::thread::sleep(Duration::from_secs(12));
    for stream in &mut slow {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        assert!(matches!(stream.read(&mut [0; 64]), Ok(0) | Err(_)), "a slow one was not dropped");
    }
    let grown = memory(std::process::id()).saturating_sub(before);
    assert!(grown < 64 << 20, "{} MB", grown >> 20);
    drop((idle, deaf, listening));
    assert_eq!(get(port, "/").0, 200);
}

/// Bytes of memory that a process holds.
fn memory(process: u32) -> u64 {
    let pages = fs::read_to_string(format!("/proc/{process}/statm")).unwrap();
    pages.split(' ').nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap() * 4096
}

/// The program itself.
struct Program {
    child: Child,
    port: u16,
}

impl Program {
    fn start(root: &Path, more: &[&str]) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let child = Command::new(env!("CARGO_BIN_EXE_campanile"))
            .arg("serve")
            .arg(root)
            .args(["--quiet", "--now", common::TODAY, "--port", &port.to_string()])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        soon("a preview", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
        Program { child, port }
    }

    fn end(mut self, signal: rustix::process::Signal) -> Duration {
        let start = Instant::now();
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        start.elapsed()
    }
}

#[test]
fn it_ends_when_asked_and_frees_its_port() {
    use rustix::process::Signal;
    let dir = site();
    for signal in [Signal::INT, Signal::TERM] {
        let program = Program::start(dir.path(), &[]);
        let port = program.port;
        let mut news = News::about(port, "/");
        news.next();
        let taken = Command::new(env!("CARGO_BIN_EXE_campanile"))
            .arg("serve")
            .arg(dir.path())
            .args(["--port", &port.to_string()])
            .output()
            .unwrap();
        assert_eq!(taken.status.code(), Some(5), "{}", String::from_utf8_lossy(&taken.stderr));
        assert!(String::from_utf8_lossy(&taken.stderr).contains(&port.to_string()));
        let took = program.end(signal);
        assert!(took < Duration::from_secs(5), "{took:?}");
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok(), "the port is free at once");
    }
}

/// One random change of a tree: mostly sound ones, and faults that are cured at the end.
fn disturb(root: &Path, n: usize, random: &mut fastrand::Rng) {
    let path = |k: usize| root.join(format!("domande-frequenti/domanda-{k}.md"));
    let pick = random.usize(..12);
    // What cannot be done (no such file) is no change.
    let _ = match random.usize(..9) {
        0..=3 => fs::write(path(pick), faq(&format!("Risposta {n}, {}.", random.alphabetic()))),
        4 => fs::rename(path(pick), path(random.usize(..12))),
        5 => fs::remove_file(path(pick)),
        6 => fs::write(path(pick), "---\ndomanda: [\n"),
        7 => fs::write(
            root.join("servizi/servizio-3.md"),
            if random.bool() { "rotto".to_owned() } else { sheet(n) },
        ),
        _ => {
            let hidden = root.join("domande-frequenti/.nuovo");
            fs::write(&hidden, faq(&format!("Rinominata {n}.")))
                .and_then(|()| fs::rename(&hidden, path(pick)))
        }
    };
}

fn sheet(n: usize) -> String {
    let text =
        String::from_utf8(common::base_site().read("servizi/servizio-3.md", u64::MAX).unwrap()).unwrap();
    text.replace("Servizio 3", &format!("Servizio 3 numero {n}"))
}

/// `EDITS` says how many; two thousand before a release.
#[test]
fn after_any_edits_it_is_a_fresh_build_and_no_larger() {
    let edits: usize = std::env::var("EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let dir = site();
    let root: PathBuf = dir.path().canonicalize().unwrap();
    fs::create_dir_all(root.join("domande-frequenti")).unwrap();
    let program = Program::start(&root, &[]);
    let mut random = fastrand::Rng::with_seed(7);
    let mut settle = |from: usize, to: usize| {
        for n in from..to {
            disturb(&root, n, &mut random);
            if n % 10 == 0 {
                let _ = get(program.port, "/domande-frequenti/");
                std::thread::sleep(Duration::from_millis(40));
            }
        }
        for k in 0..12 {
            fs::write(
                root.join(format!("domande-frequenti/domanda-{k}.md")),
                faq(&format!("Ultima {to} {k}.")),
            )
            .unwrap();
        }
        fs::write(root.join("servizi/servizio-3.md"), sheet(to)).unwrap();
        soon("the last edit", || {
            let questions = get(program.port, "/domande-frequenti/").1;
            (0..12).all(|k| questions.contains(&format!("Ultima {to} {k}.")))
                && get(program.port, "/servizi/").1.contains(&format!("Servizio 3 numero {to}"))
        });
    };
    settle(0, 100);
    assert_as_built(&root, program.port);
    let before = memory(program.child.id());
    settle(100, 100 + edits);
    assert_as_built(&root, program.port);
    let after = memory(program.child.id());
    eprintln!("memory: {} kB, then {} kB after {edits} edits", before >> 10, after >> 10);
    assert!(after < before + before / 10, "{} kB, then {} kB", before >> 10, after >> 10);
    program.end(rustix::process::Signal::TERM);
}
