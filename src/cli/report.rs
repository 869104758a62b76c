//! `campanile report`: writes the dossier of each Comune, as HTML for people and JSON for machines.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Exit;
use super::args::{Format, ReportArgs};
use super::output::{self, View};
use crate::diagnostic::{Code, Lang};
use crate::media::cache;
use crate::pipeline;
use crate::report::{self, Report};
use crate::source::Disk;

const HTML: &str = "fascicolo.html";
const JSON: &str = "fascicolo.json";

/// Runs the command.
pub fn run(args: &ReportArgs, lang: Lang) -> Exit {
    let asked = args.site.place.asked();
    let options = args.site.options(&asked, true, Arc::new(cache::Disk::new(&asked.root)));
    let source = Disk::new(&asked.root);
    let place = |slug: &str| if asked.alone { args.output.clone() } else { args.output.join(slug) };
    let last = |slug: &str| {
        let path = args.previous.clone().unwrap_or_else(|| place(slug).join(JSON));
        serde_json::from_slice::<Report>(&std::fs::read(path).ok()?).ok()
    };
    let checked = args.site.with_jobs(|| pipeline::report(&source, &options, &|slug| last(slug)));
    let missing = checked.sites.iter().any(|site| site.report.is_none());
    if missing || checked.sites.is_empty() {
        output::render(&checked.diagnostics, &checked.sources, View::all(Format::Human, lang), &());
        let config = checked.diagnostics.iter().any(|d| d.code == Code::ConfigMissing);
        return if config { Exit::Usage } else { Exit::Content };
    }
    for site in &checked.sites {
        let Some(report) = &site.report else { continue };
        match write(report, &place(&site.slug)) {
            Ok(path) if !args.quiet => eprintln!("{}: {}", report.ente.nome, path.display()),
            Ok(_) => {}
            Err(error) => {
                eprintln!("{}: {error}", args.output.display());
                return Exit::Failed;
            }
        }
    }
    let passed = checked.sites.iter().filter_map(|s| s.report.as_ref()).all(Report::superato);
    if passed { Exit::Done } else { Exit::Content }
}

/// Writes both forms, each whole or not at all; gives the path of the page.
fn write(report: &Report, dir: &Path) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(dir)?;
    let html = report::page(report).map_err(std::io::Error::other)?;
    let json = serde_json::to_string_pretty(report)? + "\n";
    for (name, text) in [(HTML, html), (JSON, json)] {
        let staged = dir.join(format!(".{name}.parziale"));
        std::fs::write(&staged, text)?;
        std::fs::rename(&staged, dir.join(name))?;
    }
    Ok(dir.join(HTML))
}
