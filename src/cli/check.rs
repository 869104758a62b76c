//! `campanile check`: judges the pages that would be published, and writes nothing.

mod baseline;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use baseline::Baseline;

use super::Exit;
use super::args::{CheckArgs, Format};
use super::build::plural;
use super::output::{self, View};
use crate::check::Verdict;
use crate::diagnostic::{Code, Lang, Severity};
use crate::media::cache;
use crate::pipeline::{self, Checked};
use crate::source::Disk;

/// How many findings of each code people see unless they ask for all.
const MOST: usize = 5;

/// What the run found, for `--format json`.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    pages: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
    known: usize,
    sites: Vec<Criteria<'a>>,
}

/// The criteria of a Comune.
#[derive(Debug, Serialize)]
struct Criteria<'a> {
    comune: &'a str,
    criteri: &'a [Verdict],
}

/// Runs the command.
pub fn run(args: &CheckArgs, lang: Lang) -> Exit {
    let start = Instant::now();
    let asked = args.site.place.asked();
    let options = args.site.options(&asked, true, Arc::new(cache::Disk::new(&asked.root)));
    let source = Disk::new(&asked.root);
    let mut checked = args.site.with_jobs(|| pipeline::check(&source, &options));
    let known = match known(args, &mut checked) {
        Ok(known) => known,
        Err((path, error)) => {
            eprintln!("{}: {error}", path.display());
            return Exit::Usage;
        }
    };
    let count = |severity| checked.diagnostics.count(severity);
    let summary = Summary {
        pages: checked.sites.iter().map(|site| site.pages).sum(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        hints: count(Severity::Hint),
        known,
        sites: checked.sites.iter().map(|s| Criteria { comune: &s.slug, criteri: &s.verdicts }).collect(),
    };
    let view = View { format: args.manner.format, lang, most: (!args.tutti).then_some(MOST) };
    output::render(&checked.diagnostics, &checked.sources, view, &summary);
    if args.manner.format == Format::Human && !args.manner.quiet {
        print_summary(&summary, &checked, start, args.manner.verbose, lang);
    }
    if checked.diagnostics.iter().any(|d| d.code == Code::ConfigMissing) {
        return Exit::Usage;
    }
    let failed = summary.errors > 0 || (args.manner.strict && summary.warnings > 0);
    if failed { Exit::Content } else { Exit::Done }
}

/// Takes known faults out, or writes today's as known; gives how many there are.
fn known<'a>(args: &'a CheckArgs, checked: &mut Checked) -> Result<usize, (&'a Path, std::io::Error)> {
    let Checked { diagnostics, sources, .. } = checked;
    if let Some(path) = &args.write_baseline {
        let count = diagnostics.iter().count();
        Baseline::of(diagnostics, sources).write(path).map_err(|error| (path.as_path(), error))?;
        diagnostics.retain(|_| false);
        return Ok(count);
    }
    let Some(path) = &args.baseline else { return Ok(0) };
    let baseline = Baseline::read(path).map_err(|error| (path.as_path(), error))?;
    Ok(baseline.apply(diagnostics, sources))
}

fn print_summary(summary: &Summary<'_>, checked: &Checked, start: Instant, verbose: bool, lang: Lang) {
    if verbose {
        for (stage, time) in &checked.timings {
            eprintln!("{stage:>8} {:>8.1} ms", time.as_secs_f64() * 1000.0);
        }
    }
    let Summary { pages, errors, warnings, hints, known, .. } = summary;
    let known = match (lang, known) {
        (_, 0) => String::new(),
        (Lang::It, n) => format!(", {}", plural(*n, "difetto noto", "difetti noti")),
        (Lang::En, n) => format!(", {}", plural(*n, "known fault", "known faults")),
    };
    let seconds = start.elapsed().as_secs_f64();
    match lang {
        Lang::It => eprintln!(
            "{}: {}, {}, {}{known}, in {seconds:.1} s.",
            plural(*pages, "pagina giudicata", "pagine giudicate"),
            plural(*errors, "errore", "errori"),
            plural(*warnings, "avviso", "avvisi"),
            plural(*hints, "consiglio", "consigli"),
        ),
        Lang::En => eprintln!(
            "{} judged: {}, {}, {}{known}, in {seconds:.1} s.",
            plural(*pages, "page", "pages"),
            plural(*errors, "error", "errors"),
            plural(*warnings, "warning", "warnings"),
            plural(*hints, "hint", "hints"),
        ),
    }
}
