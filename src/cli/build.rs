//! `campanile build`: reads, judges, renders and publishes, or says what must be corrected first.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::Exit;
use super::args::{BuildArgs, Format};
use super::asked::Asked;
use super::output::{self, View};
use crate::content::Kind;
use crate::diagnostic::{Code, Diagnostic, Lang, Severity};
use crate::load::printable;
use crate::media::cache;
use crate::pipeline::{self, BuiltSite, Outcome};
use crate::plan::{ASSISTENZA, PRENOTAZIONE};
use crate::source::Disk;
use crate::text;
use crate::write::{Failure, Publication, Report, publish};

/// How long a build waits for another one on the same output.
const WAIT: Duration = Duration::from_secs(10);

/// The summary of a run, for `--format json`.
#[derive(Debug, Default, Serialize)]
struct Summary {
    sites: usize,
    pages: usize,
    written: usize,
    unchanged: usize,
    removed: usize,
    errors: usize,
    warnings: usize,
}

/// Runs the command.
pub fn run(args: &BuildArgs, lang: Lang) -> Exit {
    let start = Instant::now();
    let asked = args.site.place.asked();
    let cache = Arc::new(cache::Disk::new(&asked.root));
    let options = args.site.options(&asked, !args.no_minify, Arc::clone(&cache) as Arc<dyn cache::Cache>);
    let source = Disk::new(&asked.root);
    let mut outcome = args.site.with_jobs(|| pipeline::build(&source, &options));
    cache.trim();
    let before = Instant::now();
    let (mut exit, reports) = write_all(args, &asked, &mut outcome);
    for site in &outcome.sites {
        // Schemas only help who writes: that they are not renewed is no reason to fail.
        let _ = super::schema::refresh(&asked.root.join(&site.dir));
    }
    outcome.timings.push(("write", before.elapsed()));
    let warnings = outcome.diagnostics.count(Severity::Warning);
    let errors = outcome.diagnostics.count(Severity::Error);
    if exit == Exit::Done && (errors > 0 || (args.manner.strict && warnings > 0)) {
        let config = outcome.diagnostics.iter().any(|d| d.code == Code::ConfigMissing);
        exit = if config { Exit::Usage } else { Exit::Content };
    }
    let mut summary = Summary { sites: reports.len(), errors, warnings, ..Summary::default() };
    summary.pages = outcome.sites.iter().filter(|s| s.files.is_some()).map(|s| s.pages.len()).sum();
    for report in &reports {
        summary.written += report.written;
        summary.unchanged += report.unchanged;
        summary.removed += report.removed;
    }
    output::render(&outcome.diagnostics, &outcome.sources, View::all(args.manner.format, lang), &summary);
    if args.manner.format == Format::Human && !args.manner.quiet {
        print_summary(&summary, &outcome, start.elapsed(), args.manner.verbose, lang);
    }
    exit
}

/// Publishes every Comune without errors; the first failure decides the exit code, the others go on.
fn write_all(args: &BuildArgs, asked: &Asked, outcome: &mut Outcome) -> (Exit, Vec<Report>) {
    let mut exit = Exit::Done;
    let mut reports = Vec::new();
    let sites = std::mem::take(&mut outcome.sites);
    for site in &sites {
        let Some(files) = &site.files else { continue };
        if args.manner.strict && outcome.diagnostics.count(Severity::Warning) > 0 {
            continue;
        }
        let (target, protected) = places(args, asked, site, outcome.workspace);
        let publication = Publication {
            output: &target,
            protected: &protected,
            site_root: &asked.root.join(&site.dir),
            wait: WAIT,
        };
        match publish(files, &publication) {
            Ok(report) => {
                outcome.diagnostics.extend(
                    report.gone.iter().filter(|path| !for_one_service(path)).map(|path| gone(path, site)),
                );
                outcome.diagnostics.extend(report.kept.iter().map(|folder| kept(folder)));
                reports.push(report);
            }
            Err(failure) => {
                let (code, diagnostic) = match failure {
                    Failure::Refused(d) => (Exit::Refused, d),
                    Failure::Busy(d) => (Exit::Busy, d),
                    Failure::Failed(d) => (Exit::Failed, d),
                };
                outcome.diagnostics.push(*diagnostic);
                exit = if exit == Exit::Done { code } else { exit };
            }
        }
    }
    outcome.sites = sites;
    (exit, reports)
}

fn gone(path: &str, site: &BuiltSite) -> Diagnostic {
    let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
    let place = if site.slug.is_empty() { address.clone() } else { format!("{}: {address}", site.slug) };
    Diagnostic::new(Code::AddressGone, text!("la pagina {address} non c'è più", "page {address} is gone"))
        .in_file(place)
        .hint(text!(
            "aggiungi `alias: [{address}]` alla pagina che la sostituisce",
            "add `alias: [{address}]` to the page that replaces it"
        ))
}

/// Booking and assistance with a service already chosen come and go with how the service is reached: nobody keeps their address.
fn for_one_service(path: &str) -> bool {
    [PRENOTAZIONE, ASSISTENZA].iter().any(|function| path.starts_with(function.trim_start_matches('/')))
}

fn kept(folder: &Path) -> Diagnostic {
    Diagnostic::new(
        Code::OutputKept,
        text!(
            "qui ci sono file di altri, cambiati durante la pubblicazione",
            "files of others are here, changed during publication"
        ),
    )
    .in_file(printable(&folder.to_string_lossy()))
    .hint(text!("guardali e, se non servono, cancellali", "look at them and delete them if not needed"))
}

/// Where a Comune is written, and the folders that must never be the output.
fn places(args: &BuildArgs, asked: &Asked, site: &BuiltSite, workspace: bool) -> (PathBuf, Vec<PathBuf>) {
    let base = args.output.clone().unwrap_or_else(|| args.site.place.dir.join("public"));
    let target = if workspace && !asked.alone { base.join(&site.slug) } else { base };
    let root = asked.root.join(&site.dir);
    let mut protected: Vec<PathBuf> = Kind::ALL.iter().map(|k| root.join(k.folder())).collect();
    protected.extend(["media", "templates", "static"].map(|f| root.join(f)));
    if workspace {
        protected.extend(["catalogo", "comuni"].map(|f| asked.root.join(f)));
    }
    protected.push(root);
    protected.push(asked.root.clone());
    (target, protected)
}

fn print_summary(summary: &Summary, outcome: &Outcome, elapsed: Duration, verbose: bool, lang: Lang) {
    if verbose {
        for (stage, time) in &outcome.timings {
            eprintln!("{stage:>8} {:>8.1} ms", time.as_secs_f64() * 1000.0);
        }
    }
    let Summary { pages, written, unchanged, removed, errors, warnings, .. } = summary;
    let seconds = elapsed.as_secs_f64();
    let broken: Vec<&str> =
        outcome.sites.iter().filter(|s| s.files.is_none()).map(|s| s.slug.as_str()).collect();
    match lang {
        Lang::It if *errors > 0 && summary.sites == 0 => eprintln!(
            "Niente è stato pubblicato: correggi {} e riprova.",
            plural(*errors, "errore", "errori")
        ),
        Lang::En if *errors > 0 && summary.sites == 0 => {
            eprintln!("Nothing was published: correct {} and try again.", plural(*errors, "error", "errors"));
        }
        Lang::It => eprintln!(
            "{}, {written} scritti, {unchanged} invariati, {removed} tolti, {}, in {seconds:.1} s.",
            plural(*pages, "pagina", "pagine"),
            plural(*warnings, "avviso", "avvisi")
        ),
        Lang::En => eprintln!(
            "{}, {written} files written, {unchanged} unchanged, {removed} removed, {}, in {seconds:.1} s.",
            plural(*pages, "page", "pages"),
            plural(*warnings, "warning", "warnings")
        ),
    }
    if let Some(next) = outcome.sites.iter().filter_map(|s| s.next_change).min().filter(|_| summary.sites > 0)
    {
        match lang {
            Lang::It => eprintln!(
                "Le date scritte nei contenuti cambieranno il sito dal {next}: costruiscilo di nuovo quel giorno."
            ),
            Lang::En => eprintln!(
                "Dates in the contents will change the site from {next}: build it again on that day."
            ),
        }
    }
    if summary.sites > 0 && !broken.is_empty() {
        let list = broken.join(", ");
        match lang {
            Lang::It => eprintln!("Non pubblicati, da correggere: {list}"),
            Lang::En => eprintln!("Not published, to be corrected: {list}"),
        }
    }
}

/// `1 page`, `2 pages`.
pub fn plural(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_is_said() {
        let said = kept(Path::new("/srv/.public.tenuto"));
        assert_eq!((said.code, said.path.as_deref()), (Code::OutputKept, Some("/srv/.public.tenuto")));
    }
}
