//! `campanile links`: asks over the network whether the addresses that citizens are sent to answer, and reports by provider.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Serialize;

use super::Exit;
use super::args::{Format, LinksArgs, Only};
use super::asked::today;
use super::build::plural;
use super::output::{self, View};
use crate::diagnostic::{Code, Lang, Severity, SourceFiles};
use crate::limits::Limits;
use crate::links::{self, Cache, Link, Place, Report, Use, Verdict, Web};
use crate::load::printable;
use crate::pipeline::{self, Options};
use crate::source::Disk;

/// Hours as seconds.
const HOUR: u64 = 3600;

/// One address of the JSON form.
#[derive(Debug, Serialize)]
struct Record<'a> {
    url: &'a str,
    #[serde(rename = "use")]
    usage: &'static str,
    provider: Option<&'a str>,
    verdict: &'static str,
    status: Option<u16>,
    reason: String,
    cached: bool,
    places: Vec<PlaceRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct PlaceRecord<'a> {
    comune: &'a str,
    file: &'a str,
    line: usize,
}

/// The summary of a run.
#[derive(Debug, Default, Serialize)]
struct Summary {
    links: usize,
    asked: usize,
    alive: usize,
    broken: usize,
    postponed: usize,
    network_down: bool,
}

/// What stands beside the diagnostics in the JSON form.
#[derive(Debug, Serialize)]
struct Rest<'a> {
    links: Vec<Record<'a>>,
    summary: &'a Summary,
}

/// Runs the command. Faults of the contents that hide addresses are errors here too; their warnings are the business of `build`.
pub fn run(args: &LinksArgs, lang: Lang) -> Exit {
    let asked = args.place.asked();
    let source = Disk::new(&asked.root);
    let options = Options {
        base_url: None,
        below: false,
        now: today(),
        drafts: false,
        minify: false,
        only: asked.only,
        alone: asked.alone,
        limits: Limits::default(),
        cache: std::sync::Arc::new(crate::media::cache::Nothing),
    };
    let related = pipeline::relate(&source, &options);
    let mut diagnostics = related.diagnostics;
    diagnostics.retain(|d| d.severity == Severity::Error);
    let report = ask(args, links::targets(&related.sites), lang);
    diagnostics.extend(report.diagnostics());
    let exit = match () {
        () if diagnostics.iter().any(|d| d.code == Code::ConfigMissing) => Exit::Usage,
        () if report.network_down => Exit::Failed,
        () if diagnostics.has_errors() => Exit::Content,
        () if args.strict && diagnostics.count(Severity::Warning) > 0 => Exit::Content,
        () => Exit::Done,
    };
    let summary = summary(&report);
    let records = report.links.iter().map(|l| record(l, &related.sources, lang)).collect();
    let rest = Rest { links: records, summary: &summary };
    output::render_with(&diagnostics, &related.sources, View::all(args.format, lang), &rest);
    if args.format == Format::Human && !args.quiet && !report.network_down {
        // A closed pipe is not our fault.
        let _ = print(&report, &summary, &related.sources, args.verbose, lang);
    }
    exit
}

/// Asks what the cache does not know.
fn ask(args: &LinksArgs, mut targets: Vec<links::Target>, lang: Lang) -> Report {
    targets.retain(|t| args.only == Only::All || t.usage != Use::External);
    let max_age = Duration::from_secs(u64::from(args.max_age) * HOUR);
    let mut cache = if args.no_cache { Cache::new(max_age) } else { Cache::load(&args.place.dir, max_age) };
    let web = Web::public(Duration::from_secs(args.timeout.into()));
    let manners = links::Options { jobs: args.jobs.into(), ..links::Options::default() };
    let progress = Progress::new(targets.len(), args, lang);
    let now = Timestamp::now();
    let report = links::check(targets, &web, &manners, (&mut cache, now), &|done| progress.show(done));
    progress.clear();
    if !args.no_cache
        && !report.links.is_empty()
        && let Err(error) = cache.save(&args.place.dir, now)
    {
        match lang {
            Lang::It => eprintln!("Non riesco a ricordare i risultati per la prossima volta: {error}"),
            Lang::En => eprintln!("The results cannot be remembered for the next time: {error}"),
        }
    }
    report
}

fn summary(report: &Report) -> Summary {
    let count = |keep: &dyn Fn(&Link) -> bool| report.links.iter().filter(|l| keep(l)).count();
    Summary {
        links: report.links.len(),
        asked: count(&|l| !l.cached),
        alive: count(&|l| l.judgement.verdict.is_alive()),
        broken: count(&|l| l.judgement.verdict.is_broken()),
        postponed: count(&|l| l.judgement.verdict == Verdict::Postponed),
        network_down: report.network_down,
    }
}

fn record<'a>(link: &'a Link, sources: &'a SourceFiles, lang: Lang) -> Record<'a> {
    let place = |p: &'a Place| PlaceRecord {
        comune: &p.comune,
        file: &sources.get(p.span.file).path,
        line: sources.position(p.span).0,
    };
    Record {
        url: link.target.url.as_str(),
        usage: link.target.usage.name(),
        provider: link.target.provider.as_deref(),
        verdict: link.judgement.verdict.name(),
        status: link.judgement.status(),
        reason: link.judgement.reason().get(lang).to_owned(),
        cached: link.cached,
        places: link.target.places.iter().map(place).collect(),
    }
}

/// The report: a paragraph per provider, then the addresses without one, then the other links, then one line of sums.
fn print(
    report: &Report,
    summary: &Summary,
    sources: &SourceFiles,
    verbose: bool,
    lang: Lang,
) -> std::io::Result<()> {
    let mut groups: BTreeMap<(bool, bool, &str), Vec<&Link>> = BTreeMap::new();
    for link in &report.links {
        let (provider, other) = (link.target.provider.as_deref(), link.target.usage == Use::External);
        groups.entry((other, provider.is_none(), provider.unwrap_or_default())).or_default().push(link);
    }
    let mut out = std::io::stdout().lock();
    for ((other, literal, provider), links) in groups {
        let name = match (lang, other, literal) {
            (Lang::It, true, _) => "Altri collegamenti",
            (Lang::En, true, _) => "Other links",
            (Lang::It, false, true) => "Indirizzi scritti per esteso",
            (Lang::En, false, true) => "Literal addresses",
            (_, false, false) => provider,
        };
        writeln!(out, "{name}: {}", sums(&links, lang))?;
        let shown = |l: &&&Link| verbose || !matches!(l.judgement.verdict, Verdict::Alive | Verdict::Refused);
        for link in links.iter().filter(shown) {
            writeln!(
                out,
                "  {}\n    {}",
                printable(link.target.url.as_str()),
                link.judgement.reason().get(lang)
            )?;
            writeln!(out, "    {}", places(&link.target.places, sources, verbose, lang))?;
        }
    }
    let Summary { links, asked, .. } = summary;
    match lang {
        Lang::It => writeln!(out, "{}, {asked} interrogati ora.", plural(*links, "indirizzo", "indirizzi")),
        Lang::En => writeln!(out, "{}, {asked} asked now.", plural(*links, "address", "addresses")),
    }
}

fn sums(links: &[&Link], lang: Lang) -> String {
    let count = |keep: fn(Verdict) -> bool| links.iter().filter(|l| keep(l.judgement.verdict)).count();
    let (alive, broken) = (count(Verdict::is_alive), count(Verdict::is_broken));
    let protected = count(|v| v == Verdict::Refused);
    let postponed = count(|v| v == Verdict::Postponed);
    let known_only = match lang {
        _ if protected == 0 => String::new(),
        Lang::It => format!(" ({protected} con accesso riservato)"),
        Lang::En => format!(" ({protected} for known users only)"),
    };
    let mut parts = match lang {
        Lang::It => vec![plural(alive, "funziona", "funzionano") + &known_only, format!("{broken} no")],
        Lang::En => vec![plural(alive, "works", "work") + &known_only, format!("{broken} not")],
    };
    if postponed > 0 {
        parts.push(match lang {
            Lang::It => plural(postponed, "rimandato", "rimandati"),
            Lang::En => format!("{postponed} postponed"),
        });
    }
    parts.join(", ")
}

/// Where an address is used: the first five places, or all.
fn places(places: &[Place], sources: &SourceFiles, all: bool, lang: Lang) -> String {
    let show = if all { places.len() } else { 5 };
    let place =
        |p: &Place| format!("{}:{}", printable(&sources.get(p.span.file).path), sources.position(p.span).0);
    let list: Vec<String> = places.iter().take(show).map(place).collect();
    let list = list.join(", ");
    match (places.len().saturating_sub(show), lang) {
        (0, _) => list,
        (n, Lang::It) => format!("{list} e altri {n}"),
        (n, Lang::En) => format!("{list} and {n} more"),
    }
}

/// A line that says how far the work is: only on a terminal, and only when it lasts more than a second.
struct Progress {
    total: usize,
    start: Instant,
    shown: bool,
    lang: Lang,
}

impl Progress {
    fn new(total: usize, args: &LinksArgs, lang: Lang) -> Self {
        let shown = std::io::stderr().is_terminal() && !args.quiet;
        Progress { total, start: Instant::now(), shown, lang }
    }

    fn show(&self, done: usize) {
        if self.shown && self.start.elapsed() > Duration::from_secs(1) {
            let word = if self.lang == Lang::It { "Indirizzi" } else { "Addresses" };
            eprint!("\r{word}: {done}/{}", self.total);
        }
    }

    fn clear(&self) {
        if self.shown && self.start.elapsed() > Duration::from_secs(1) {
            eprint!("\r\x1b[K");
        }
    }
}
