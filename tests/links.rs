//! `links` against loopback servers that misbehave in every way. Nothing here reaches a real network: the library is given the
//! names it may know, the program a proxy that leads everything to the loopback server.

mod common;
mod loopback;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use campanile::diagnostic::Code;
use campanile::links::{self, Cache, Cause, Fault, Judgement, Options, Report, Target, Use, Verdict, Web};
use campanile::pipeline;
use campanile::source::Memory;
use jiff::Timestamp;
use loopback::{Authority, Request, Server};
use tempfile::TempDir;
use url::Url;

const TIMEOUT: Duration = Duration::from_secs(2);
const LATER: i32 = 2999;

/// Impatient manners.
fn options() -> Options {
    Options {
        jobs: 64,
        pause: Duration::from_millis(10),
        second_chance: Duration::from_millis(50),
        patience: Duration::from_secs(3),
        deadline: Duration::from_secs(60),
    }
}

fn target(url: &str) -> Target {
    Target {
        url: Url::parse(url).unwrap(),
        usage: Use::Access,
        provider: None,
        places: Vec::new(),
        on_behalf_of: "https://www.comune.prova.tn.it/".to_owned(),
    }
}

fn targets(urls: &[&str]) -> Vec<Target> {
    urls.iter().map(|u| target(u)).collect()
}

fn web(authority: &Authority, names: &[(&str, SocketAddr)]) -> Web {
    let names: BTreeMap<_, _> = names.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
    Web::closed(TIMEOUT, names, &[authority.der()])
}

fn ask(targets: Vec<Target>, web: &Web, options: &Options) -> Report {
    let cache = &mut Cache::new(Duration::ZERO);
    links::check(targets, web, options, (cache, Timestamp::now()), &|_| {})
}

fn judgements(report: &Report) -> Vec<Judgement> {
    report.links.iter().map(|l| l.judgement).collect()
}

fn say(out: &mut dyn Write, head: &str) {
    let _ = write!(out, "HTTP/1.1 {head}\r\ncontent-length: 0\r\n\r\n");
}

/// Writes a piece again and again, until the other side goes away; gives how many bytes it took.
fn endlessly(out: &mut dyn Write, piece: &[u8], pause: Duration) -> usize {
    let mut written = 0;
    while written < 100_000_000 && out.write_all(piece).and_then(|()| out.flush()).is_ok() {
        written += piece.len();
        std::thread::sleep(pause);
    }
    written
}

/// What the server does, by the first part of the host's name.
fn misbehave(request: &Request, number: usize, out: &mut dyn Write) {
    let name = request.host.split('.').next().unwrap();
    let head = request.method == "HEAD";
    match name {
        "head-405" | "head-501" | "head-403" | "head-400" | "head-404" if head => {
            say(out, &format!("{} No", &name[5..]));
        }
        "head-silent" if head => std::thread::sleep(TIMEOUT * 2),
        "login" => say(out, "302 Found\r\nlocation: https://idp.prova.test/login\r\nset-cookie: a=b"),
        "loop" => say(out, "301 Moved\r\nlocation: https://loop.prova.test/"),
        "recovers" if number == 1 => say(out, "503 Busy"),
        "head-405" | "head-501" | "head-403" | "head-400" | "head-404" | "head-silent" | "recovers" => {
            say(out, "200 OK");
        }
        "come-back" if number == 1 => say(out, "429 Slow down\r\nretry-after: 1"),
        "come-back" => say(out, "204 No Content"),
        "come-back-late" => say(out, "429 Slow down\r\nretry-after: 3600"),
        "come-back-never" => say(out, "429 Slow down"),
        "maintenance" => say(out, "503 Busy\r\nretry-after: Tue, 01 Jan 2999 00:00:00 GMT"),
        "cookie" => say(out, "200 OK\r\nset-cookie: id=1; Path=/"),
        "latin" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\nx-nome: citt\xE0\r\ncontent-length: 0\r\n\r\n");
        }
        "hang-up" => {}
        "half" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\nx-a");
        }
        "silent" => std::thread::sleep(TIMEOUT * 2),
        "dribble" => {
            let text = b"HTTP/1.1 200 OK\r\nx-a: b\r\n".iter().chain(b"x-a: b\r\n".iter().cycle());
            for byte in text.take(60) {
                if out.write_all(&[*byte]).and_then(|()| out.flush()).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        "endless-head" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\n");
            endlessly(out, b"x-a: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n", Duration::ZERO);
        }
        "endless-line" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\nx-a: ");
            endlessly(out, &[b'a'; 1000], Duration::ZERO);
        }
        "endless-continue" => {
            endlessly(out, b"HTTP/1.1 100 Continue\r\n\r\n", Duration::ZERO);
        }
        "no-http" => {
            let _ = out.write_all(b"SSH-2.0-OpenSSH_9.9\r\n\r\n");
        }
        "bad-status" => {
            let _ = out.write_all(b"HTTP/1.1 banana\r\n\r\n");
        }
        "bad-header" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\n\xFF\xFE\0: x\r\n\r\n");
        }
        "two-lengths" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nhello");
        }
        status => say(out, &format!("{} Whatever", status.trim_start_matches('s'))),
    }
}

#[test]
fn every_misbehaviour_has_its_verdict() {
    use Verdict::{Alive, Failing, Gone, Postponed, Refused, Unreachable};
    let status = |verdict, status| Judgement::new(verdict, Cause::Status(status));
    let fault = |fault| Judgement::new(Unreachable, Cause::Fault(fault));
    // Host, what is said of it, how many requests it gets.
    let expected = [
        ("s200", status(Alive, 200), 1),
        ("s204", status(Alive, 204), 1),
        ("s304", status(Alive, 304), 1),
        ("login", status(Alive, 302), 1),
        ("loop", status(Alive, 301), 1),
        ("s401", status(Refused, 401), 1),
        ("s999", status(Refused, 999), 1),
        ("s403", status(Refused, 403), 2),
        ("s404", status(Gone, 404), 2),
        ("s410", status(Gone, 410), 2),
        ("s400", status(Failing, 400), 2),
        ("s418", status(Failing, 418), 2),
        ("s500", status(Failing, 500), 2),
        ("s503", status(Failing, 503), 2),
        ("recovers", status(Alive, 200), 2),
        ("head-405", status(Alive, 200), 2),
        ("head-501", status(Alive, 200), 2),
        ("head-403", status(Alive, 200), 2),
        ("head-400", status(Alive, 200), 2),
        ("head-404", status(Alive, 200), 2),
        ("head-silent", status(Alive, 200), 2),
        ("come-back", status(Alive, 204), 2),
        ("come-back-late", status(Postponed, 429), 1),
        ("come-back-never", status(Postponed, 429), 2),
        ("maintenance", status(Postponed, 503), 1),
        ("cookie", status(Alive, 200), 1),
        ("latin", status(Alive, 200), 1),
        ("hang-up", fault(Fault::Closed), 2),
        ("half", fault(Fault::Closed), 2),
        ("silent", fault(Fault::Timeout), 2),
        ("dribble", fault(Fault::Timeout), 2),
        ("endless-head", fault(Fault::Protocol), 2),
        ("endless-line", fault(Fault::Oversized), 2),
        ("endless-continue", fault(Fault::Timeout), 2),
        ("no-http", fault(Fault::Protocol), 2),
        ("bad-status", fault(Fault::Protocol), 2),
        ("bad-header", fault(Fault::Protocol), 2),
        ("two-lengths", fault(Fault::Protocol), 2),
    ];
    let authority = Authority::new("Prova");
    let tls = authority.tls(&["*.prova.test"], LATER);
    let server = Server::https(tls.clone(), misbehave);
    let idp = Server::https(tls, |_, _, out| say(out, "200 OK"));
    let hosts: Vec<String> = expected.iter().map(|(name, ..)| format!("{name}.prova.test")).collect();
    let mut names: Vec<(&str, SocketAddr)> = hosts.iter().map(|h| (h.as_str(), server.address)).collect();
    names.push(("idp.prova.test", idp.address));
    let urls: Vec<Target> = hosts.iter().map(|h| target(&format!("https://{h}/servizio?x=1"))).collect();
    let start = Instant::now();
    let report = ask(urls, &web(&authority, &names), &options());
    let lasted = start.elapsed();
    let found: Vec<_> = expected
        .iter()
        .zip(judgements(&report))
        .zip(&hosts)
        .map(|(((name, ..), j), host)| (*name, j, server.record.of(host).len()))
        .collect();
    let wrong: Vec<_> = expected.iter().zip(&found).filter(|(e, f)| e != f).collect();
    assert!(wrong.is_empty(), "expected, found: {wrong:#?}");
    assert_eq!(idp.record.connections.load(Ordering::SeqCst), 0, "a redirect was followed");
    assert!(lasted < Duration::from_secs(15), "{lasted:?}");
}

#[test]
fn faults_before_http_have_their_verdict() {
    let authority = Authority::new("Prova");
    let answer = |_: &Request, _: usize, out: &mut dyn Write| say(out, "200 OK");
    let sleep = || std::thread::sleep(TIMEOUT * 2);
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let garbage = Server::raw(|mut s, _| {
        let _ = s.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\nThis is the plain HTTP port.");
        let _ = s.read(&mut [0; 1000]);
    });
    let mute = Server::raw(move |_s, _| sleep());
    let slow = Server::raw(|mut s: TcpStream, _| {
        let _ = s.write_all(&[22, 3, 3, 64, 0]);
        endlessly(&mut s, &[0], Duration::from_millis(100));
    });
    let expected = [
        (
            "good",
            Server::https(authority.tls(&["good.prova.test"], LATER), answer).address,
            Cause::Status(200),
        ),
        (
            "old",
            Server::https(authority.tls(&["old.prova.test"], 2000), answer).address,
            Fault::CertificateDate.into(),
        ),
        (
            "other",
            Server::https(authority.tls(&["x.prova.test"], LATER), answer).address,
            Fault::CertificateName.into(),
        ),
        (
            "own",
            Server::https(Authority::new("Prova").tls(&["own.prova.test"], LATER), answer).address,
            Fault::CertificateIssuer.into(),
        ),
        (
            "unknown-issuer",
            Server::https(Authority::new("Altra").tls(&["unknown-issuer.prova.test"], LATER), answer).address,
            Fault::CertificateIssuer.into(),
        ),
        ("hang-up", Server::raw(|_, _| {}).address, Fault::Closed.into()),
        ("garbage", garbage.address, Fault::Tls.into()),
        ("mute", mute.address, Fault::Timeout.into()),
        ("slow", slow.address, Fault::Timeout.into()),
        ("closed", closed, Fault::Connect.into()),
    ];
    let hosts: Vec<String> = expected.iter().map(|(name, ..)| format!("{name}.prova.test")).collect();
    let names: Vec<_> = hosts.iter().zip(&expected).map(|(h, (_, at, _))| (h.as_str(), *at)).collect();
    let mut urls: Vec<Target> = hosts.iter().map(|h| target(&format!("https://{h}/"))).collect();
    urls.push(target("https://unknown.prova.test/"));
    let report = ask(urls, &web(&authority, &names), &options());
    let found: Vec<_> =
        report.links.iter().map(|l| (l.target.url.host_str().unwrap(), l.judgement.cause)).collect();
    let mut wanted: Vec<_> = hosts.iter().zip(&expected).map(|(h, (.., c))| (h.as_str(), *c)).collect();
    wanted.push(("unknown.prova.test", Fault::Name.into()));
    assert_eq!(found, wanted);
    assert!(!report.network_down);
}

#[test]
fn a_huge_body_is_neither_read_nor_waited_for() {
    let authority = Authority::new("Prova");
    let server = Server::https(authority.tls(&["huge.prova.test"], LATER), move |request, _, out| {
        if request.method == "HEAD" {
            return say(out, "405 No");
        }
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n");
        endlessly(out, &[b'a'; 10_000], Duration::from_millis(10));
    });
    let web = web(&authority, &[("huge.prova.test", server.address)]);
    let start = Instant::now();
    let report = ask(targets(&["https://huge.prova.test/"]), &web, &options());
    assert_eq!(judgements(&report), [Judgement::new(Verdict::Alive, Cause::Status(200))]);
    assert!(start.elapsed() < TIMEOUT, "{:?}", start.elapsed());
}

#[test]
fn one_request_at_a_time_per_host_and_not_too_many_at_once() {
    let authority = Authority::new("Prova");
    let tls = authority.tls(&["*.prova.test"], LATER);
    let slowly = |_: &Request, _: usize, out: &mut dyn Write| {
        std::thread::sleep(Duration::from_millis(60));
        say(out, "200 OK");
    };
    let (one, many) = (Server::https(tls.clone(), slowly), Server::https(tls, slowly));
    let mut urls: Vec<String> = (0..5).map(|n| format!("https://one.prova.test/{n}")).collect();
    let hosts: Vec<String> = (0..12).map(|n| format!("host-{n}.prova.test")).collect();
    urls.extend(hosts.iter().map(|h| format!("https://{h}/")));
    let mut names: Vec<_> = hosts.iter().map(|h| (h.as_str(), many.address)).collect();
    names.push(("one.prova.test", one.address));
    let targets = urls.iter().map(|u| target(u)).collect();
    let options = Options { jobs: 4, pause: Duration::from_millis(80), ..options() };
    let report = ask(targets, &web(&authority, &names), &options);
    assert!(report.links.iter().all(|l| l.judgement.verdict == Verdict::Alive));
    assert_eq!(one.record.peak.load(Ordering::SeqCst), 1);
    let peak = many.record.peak.load(Ordering::SeqCst);
    assert!((2..=4).contains(&peak), "{peak} at once");
    let times: Vec<Instant> = one.record.requests().iter().map(|r| r.at).collect();
    let pauses: Vec<Duration> = times.windows(2).map(|w| w[1] - w[0]).collect();
    assert!(pauses.len() == 4 && pauses.iter().all(|p| *p >= Duration::from_millis(140)), "{pauses:?}");
}

#[test]
fn requests_say_who_asks_and_nothing_else() {
    let authority = Authority::new("Prova");
    let server = Server::https(authority.tls(&["cookie.prova.test"], LATER), misbehave);
    let urls = targets(&["https://cookie.prova.test/a#b", "https://cookie.prova.test/c"]);
    ask(urls, &web(&authority, &[("cookie.prova.test", server.address)]), &options());
    let requests = server.record.requests();
    let paths: Vec<&str> = requests.iter().map(|r| r.path.as_str()).collect();
    assert_eq!(paths, ["/a", "/c"]);
    for request in requests {
        let mut headers: Vec<&str> = request.head.lines().skip(1).filter(|l| !l.is_empty()).collect();
        headers.sort_unstable();
        let agent =
            format!("user-agent: campanile/{} (+https://www.comune.prova.tn.it/)", env!("CARGO_PKG_VERSION"));
        assert_eq!(headers, ["accept: */*", "host: cookie.prova.test", &agent]);
    }
}

#[test]
fn a_host_may_ask_to_be_left_alone_for_a_while() {
    let authority = Authority::new("Prova");
    let server = Server::https(authority.tls(&["come-back.prova.test"], LATER), misbehave);
    let urls = targets(&["https://come-back.prova.test/1", "https://come-back.prova.test/2"]);
    let report = ask(urls, &web(&authority, &[("come-back.prova.test", server.address)]), &options());
    assert!(report.links.iter().all(|l| l.judgement.verdict == Verdict::Alive));
    let times: Vec<Instant> = server.record.requests().iter().map(|r| r.at).collect();
    assert_eq!(times.len(), 3);
    assert!(times[1] - times[0] >= Duration::from_secs(1), "the other address waits too");
}

#[test]
fn a_dead_host_is_not_asked_for_every_address() {
    let authority = Authority::new("Prova");
    let mute = Server::raw(|_s, _| std::thread::sleep(TIMEOUT * 2));
    let old = Server::https(authority.tls(&["old.prova.test"], 2000), |_, _, out| say(out, "200 OK"));
    let names = [("mute.prova.test", mute.address), ("old.prova.test", old.address)];
    let mut urls: Vec<Target> = (0..20).map(|n| target(&format!("https://mute.prova.test/{n}"))).collect();
    urls.extend((0..20).map(|n| target(&format!("https://old.prova.test/{n}"))));
    let names = names.map(|(n, a)| (n.to_owned(), a)).into();
    let web = Web::closed(Duration::from_millis(500), names, &[authority.der()]);
    let report = ask(urls, &web, &options());
    assert_eq!(mute.record.connections.load(Ordering::SeqCst), 4, "two addresses, two chances each");
    let verdicts: Vec<Verdict> = report.links[..20].iter().map(|l| l.judgement.verdict).collect();
    assert_eq!(verdicts, [[Verdict::Unreachable; 2].as_slice(), &[Verdict::Postponed; 18]].concat());
    assert_eq!(old.record.connections.load(Ordering::SeqCst), 1, "the certificate is the same for all");
    let expired = Judgement::new(Verdict::Unreachable, Cause::Fault(Fault::CertificateDate));
    assert!(report.links[20..].iter().all(|l| l.judgement == expired));
    assert!(!report.network_down);
}

#[test]
fn what_is_not_judged_in_time_is_postponed() {
    let authority = Authority::new("Prova");
    let server = Server::https(authority.tls(&["slow.prova.test"], LATER), |_, _, out| say(out, "200 OK"));
    let urls: Vec<Target> = (0..50).map(|n| target(&format!("https://slow.prova.test/{n}"))).collect();
    let options =
        Options { pause: Duration::from_millis(400), deadline: Duration::from_secs(1), ..options() };
    let start = Instant::now();
    let report = ask(urls, &web(&authority, &[("slow.prova.test", server.address)]), &options);
    assert!(start.elapsed() < Duration::from_secs(1) + TIMEOUT, "{:?}", start.elapsed());
    let alive = report.links.iter().filter(|l| l.judgement.verdict == Verdict::Alive).count();
    assert!((1..=4).contains(&alive), "{alive}");
    let late = Judgement::new(Verdict::Postponed, Cause::OutOfTime);
    assert_eq!(report.links.iter().filter(|l| l.judgement == late).count(), 50 - alive);
}

#[test]
fn no_network_is_told_from_a_dead_host() {
    let authority = Authority::new("Prova");
    let urls = || targets(&["https://a.prova.test/", "https://b.prova.test/"]);
    let report = ask(urls(), &web(&authority, &[]), &options());
    assert!(report.network_down);
    let codes: Vec<Code> = report.diagnostics().iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::NetworkDown]);
    assert!(report.links.iter().all(|l| l.judgement.verdict == Verdict::Postponed));

    let own =
        Server::https(authority.tls(&["www.comune.prova.tn.it"], LATER), |_, _, out| say(out, "500 No"));
    let web = web(&authority, &[("www.comune.prova.tn.it", own.address)]);
    let report = ask(urls(), &web, &options());
    assert!(!report.network_down, "the site itself answers");
    let codes: Vec<Code> = report.diagnostics().iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::AccessDead; 2]);
    assert_eq!(own.record.requests().len(), 1);
}

#[test]
fn what_was_alive_is_not_asked_again_for_a_while() {
    let authority = Authority::new("Prova");
    let server = Server::https(authority.tls(&["*.prova.test"], LATER), misbehave);
    let names = ["s200.prova.test", "s401.prova.test", "s404.prova.test"].map(|n| (n, server.address));
    let web = web(&authority, &names);
    let urls =
        || targets(&["https://s200.prova.test/", "https://s401.prova.test/", "https://s404.prova.test/"]);
    let dir = TempDir::new().unwrap();
    let day = Duration::from_secs(86_400);
    let start = Timestamp::now();
    let run = |hours: i64, max_age: Duration| {
        let now = start + jiff::SignedDuration::from_hours(hours);
        let mut cache = Cache::load(dir.path(), max_age);
        let before = server.record.requests().len();
        let report = links::check(urls(), &web, &options(), (&mut cache, now), &|_| {});
        cache.save(dir.path(), now).unwrap();
        let cached: Vec<bool> = report.links.iter().map(|l| l.cached).collect();
        (judgements(&report), cached, server.record.requests().len() - before)
    };
    let (first, cached, asked) = run(0, day);
    assert_eq!((cached, asked), (vec![false; 3], 4));
    let (second, cached, asked) = run(23, day);
    assert_eq!((second, cached, asked), (first.clone(), vec![true, true, false], 2));
    let (third, cached, asked) = run(24, day);
    assert_eq!((third, cached, asked), (first, vec![false; 3], 4));
    assert_eq!(run(-48, day).2, 4, "a clock that goes back is not trusted");
    assert_eq!(run(-48, Duration::ZERO).2, 4);

    let folder = dir.path().join(".campanile");
    assert_eq!(std::fs::read_to_string(folder.join(".gitignore")).unwrap(), "*\n");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "nothing temporary is left");
    std::fs::write(folder.join("links.json"), "{\"version\":1,\"links\":{\"https://s200.prova.test/\":")
        .unwrap();
    assert_eq!(run(0, day).2, 4, "half a file is no cache");
    std::fs::write(folder.join("links.json"), "{\"version\":9,\"links\":{}}").unwrap();
    assert_eq!(run(0, day).2, 4);
    assert_eq!(run(0, day).2, 2);
}

#[cfg(unix)]
#[test]
fn the_cache_never_goes_through_a_link() {
    let (dir, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join(".campanile")).unwrap();
    assert!(Cache::new(Duration::from_secs(9)).save(dir.path(), Timestamp::now()).is_err());
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

/// A sheet of the base site with other channels and payments.
fn sheet(fields: &str) -> String {
    let base = common::tree(&common::root().join("tests/rules/base"));
    let sheet = String::from_utf8(base["servizi/tari.md"].clone()).unwrap();
    assert!(sheet.contains("accesso: [{canale: sportello}]"));
    sheet.replace("accesso: [{canale: sportello}]", fields)
}

#[test]
fn an_address_of_forty_sheets_is_asked_once() {
    let mut site: Memory = common::base_site();
    for n in 1..=40 {
        site.insert(format!("servizi/online-{n}.md"), sheet("accesso: [{canale: online, fornitore: anpr}]"));
    }
    let related = pipeline::relate(&site, &common::options());
    let all = links::targets(&related.sites);
    let access: Vec<Target> = all.into_iter().filter(|t| t.usage == Use::Access).collect();
    assert_eq!(access.len(), 1);
    assert_eq!(access[0].places.len(), 40);
    let host = access[0].url.host_str().unwrap().to_owned();
    let authority = Authority::new("Prova");
    let server = Server::https(authority.tls(&[&host], LATER), |_, _, out| say(out, "404 Gone"));
    let report = ask(access, &web(&authority, &[(&host, server.address)]), &options());
    let methods: Vec<String> = server.record.requests().into_iter().map(|r| r.method).collect();
    assert_eq!(methods, ["HEAD", "GET"]);
    let found = report.diagnostics();
    assert_eq!(found.len(), 1);
    assert!(found[0].message.it.ends_with("(usato anche in altri 39 punti)"), "{}", found[0].message.it);
}

#[test]
fn targets_are_what_citizens_are_shown() {
    let mut site: Memory = common::base_site();
    let literal = |url: &str| format!("url: \"{url}\", motivo_url: prova");
    let online = |url: &str| format!("accesso: [{{canale: online, {}}}]", literal(url));
    site.insert("servizi/a.md", sheet(&online("https://servizi.comune.prova.tn.it/a")));
    site.insert(
        "servizi/b.md",
        sheet(
            "accesso: [{canale: sportello}]\npagamento: {previsto: true, costi: [{descrizione: X, importo: \"1,00\"}], \
             modalita: [{tipo: pagopa_avviso, fornitore: pagopa_checkout}]}\nlink_esterni: [{testo: X, url: \"https://www.esempio.it/x\"}, \
             {testo: Y, url: \"http://www.esempio.it/y\"}, {testo: Z, url: \"https://servizi.comune.prova.tn.it/a#b\"}]"
        ),
    );
    site.insert(
        "servizi/c.md",
        sheet(&format!(
            "stato: non-attivo\nmotivo_stato: Fermo.\n{}",
            online("https://servizi.comune.prova.tn.it/spento")
        )),
    );
    site.insert(
        "pagine/p.md",
        "---\ntitolo: P\ndescrizione_breve: P.\n---\n[a](https://www.esempio.it/testo#x) [b](mailto:a@b.it) [c](/servizi/)\n",
    );
    site.insert(
        "punti-contatto/q.md",
        "---\nnome: Q\nvoci: [{tipo: url, valore: \"https://www.esempio.it/contatto\"}]\n---\n",
    );
    let base = common::tree(&common::root().join("tests/rules/base"));
    let config = String::from_utf8(base["comune.yaml"].clone()).unwrap();
    let functions = "funzioni:\n  area_personale: {url: \"https://servizi.comune.prova.tn.it/area\"}\n  \
                     disservizio: {modulo: {endpoint: \"https://servizi.comune.prova.tn.it/modulo\"}}\n";
    site.insert("comune.yaml", config + functions);
    let related = pipeline::relate(&site, &common::options());
    let errors: Vec<_> = related.diagnostics.iter().map(|d| &d.message.it).collect();
    let found: Vec<String> = links::targets(&related.sites)
        .iter()
        .map(|t| {
            let place = related.sources.get(t.places[0].span.file);
            let (line, _) = related.sources.position(t.places[0].span);
            let provider = t.provider.as_deref().unwrap_or("-");
            format!("{} {provider} {} {}:{line} {}", t.usage.name(), t.url, place.path, t.places.len())
        })
        .collect();
    assert_eq!(
        found,
        [
            "access - https://servizi.comune.prova.tn.it/a servizi/a.md:7 2",
            "payment pagopa_checkout https://checkout.pagopa.it/inserisci-dati-avviso servizi/b.md:8 1",
            "function - https://servizi.comune.prova.tn.it/area comune.yaml:15 1",
            "external - https://form.agid.gov.it/view/1 comune.yaml:13 1",
            "external - https://www.esempio.it/contatto punti-contatto/q.md:3 1",
            "external - https://www.esempio.it/testo pagine/p.md:5 1",
            "external - https://www.esempio.it/x servizi/b.md:9 1",
            "external - https://www.provincia.tn.it/ comune.yaml:10 1",
        ],
        "{errors:#?}"
    );
}

/// The program on a folder, with a network that is one proxy and one certificate authority.
fn campanile(args: &[&str], dir: &Path, proxy: SocketAddr, authority: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_campanile"));
    for name in [
        "ALL_PROXY",
        "all_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "NO_PROXY",
        "no_proxy",
        "LC_ALL",
    ] {
        command.env_remove(name);
    }
    command
        .args(args)
        .current_dir(dir)
        .env("LANG", "it_IT.UTF-8")
        .env("HTTPS_PROXY", format!("http://{proxy}"))
        .env("SSL_CERT_FILE", authority)
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap()
}

#[test]
fn the_command_from_end_to_end() {
    let authority = Authority::new("Prova");
    let names = ["servizi.comune.prova.tn.it", "www.provincia.tn.it", "form.agid.gov.it"];
    let server = Server::https(authority.tls(&names, LATER), |request, _, out| match request.path.as_str() {
        "/rotto" => say(out, "404 Not Found"),
        "/login" => say(out, "302 Found\r\nlocation: https://idp.esempio.it/"),
        _ if request.host == "www.provincia.tn.it" => say(out, "410 Gone"),
        _ => say(out, "200 OK"),
    });
    let proxy = Server::proxy(server.address);
    let dir = TempDir::new().unwrap();
    let pem = dir.path().join("authority.pem");
    std::fs::write(&pem, authority.pem()).unwrap();
    let site = dir.path().join("sito");
    let write = |path: &str, text: &[u8]| {
        let path = site.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    for (path, bytes) in common::tree(&common::root().join("tests/rules/base")) {
        write(&path, &bytes);
    }
    let online = |path: &str| {
        sheet(&format!(
            "accesso: [{{canale: online, url: \"https://servizi.comune.prova.tn.it/{path}\", motivo_url: prova}}]"
        ))
    };
    write("servizi/buono.md", online("login").as_bytes());
    let run = |args: &[&str]| campanile(&[&["links"], args].concat(), &site, proxy.address, &pem);
    let code = |args: &[&str]| run(args).status.code();

    let output = run(&[]);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{stdout}{stderr}");
    assert!(stderr.contains("avviso[RET-02]") && stderr.contains("comune.yaml:10"), "{stderr}");
    assert!(stdout.contains("Indirizzi scritti per esteso: 1 funziona, 0 no"), "{stdout}");
    assert!(stdout.contains("Altri collegamenti: 1 funziona, 1 no"), "{stdout}");
    assert!(stdout.contains("3 indirizzi, 3 interrogati ora."), "{stdout}");
    let tunnels: Vec<String> = proxy.record.requests().into_iter().map(|r| r.path).collect();
    assert!(!tunnels.iter().any(|t| t.starts_with("idp.")), "{tunnels:?}");
    assert!(site.join(".campanile/links.json").exists());

    assert_eq!(code(&["--strict"]), Some(1));
    assert_eq!(code(&["--strict", "--only", "access"]), Some(0));

    write("servizi/rotto.md", online("rotto").as_bytes());
    let output = run(&["--format", "json", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let dead = json["diagnostics"].as_array().unwrap().iter().find(|d| d["code"] == "RET-01").unwrap();
    assert_eq!((dead["file"].as_str(), dead["line"].as_u64()), (Some("servizi/rotto.md"), Some(7)));
    let link = json["links"].as_array().unwrap().iter().find(|l| l["status"] == 404).unwrap();
    assert_eq!(link["verdict"], "gone");
    assert_eq!(link["use"], "access");
    assert_eq!(link["reason"], "answers 404: the page is gone");
    assert_eq!(link["places"][0]["file"], "servizi/rotto.md");
    assert_eq!(json["summary"]["links"], 4);
    assert_eq!(json["summary"]["broken"], 2);
    assert_eq!(json["summary"]["asked"], 2, "what was alive is not asked again");

    let output = run(&["--quiet", "--no-cache"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));

    let built = campanile(&["build"], &site, proxy.address, &pem);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    assert!(!common::tree(&site.join("public")).keys().any(|p| p.contains("links.json")));

    let nowhere = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = campanile(&["links", "--no-cache", "--timeout", "2"], &site, nowhere, &pem);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{stderr}");
    assert!(stderr.contains("RET-03") && !stderr.contains("RET-01"), "{stderr}");
    assert!(output.stdout.is_empty(), "no list of what was not judged");
    assert_eq!(campanile(&["links"], dir.path(), nowhere, &pem).status.code(), Some(2));
}
