//! `campanile albo`: logs the acts of the register that are not logged yet, or verifies log and acts.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Exit;
use super::args::{AlboArgs, AlboCommand, Format, PubblicaArgs};
use super::asked::today;
use super::build::plural;
use super::output::{self, View};
use crate::albo::{Fatti, REGISTRO, sha256};
use crate::content::{Data, Entry};
use crate::diagnostic::{Code, Diagnostic, Lang, Severity};
use crate::limits::Limits;
use crate::pipeline::{self, Options};
use crate::site::Site;
use crate::source::{Disk, MAX_MEDIA, Source};
use crate::text;

/// What a run did.
#[derive(Debug, Default, Serialize)]
struct Summary {
    logged: Vec<Logged>,
    verified: usize,
}

#[derive(Debug, Serialize)]
struct Logged {
    comune: String,
    atto: String,
    numero: u32,
    anno: i16,
}

/// Runs the command.
pub fn run(args: &AlboArgs, lang: Lang) -> Exit {
    let register = match &args.command {
        AlboCommand::Pubblica(pubblica) => &pubblica.register,
        AlboCommand::Verify(register) => register,
    };
    let asked = register.place.asked();
    let source = Disk::new(&asked.root);
    let options = Options {
        base_url: None,
        below: false,
        now: today(),
        drafts: false,
        minify: false,
        only: asked.only.clone(),
        alone: asked.alone,
        limits: Limits::default(),
        cache: std::sync::Arc::new(crate::media::cache::Nothing),
    };
    let mut related = pipeline::relate(&source, &options);
    let mut diagnostics = std::mem::take(&mut related.diagnostics);
    let mut summary = Summary::default();
    let mut exit = Exit::Done;
    for site in &mut related.sites {
        let dir = site.dir.clone();
        let hash = |path: &str| source.read(&joined(&dir, path), MAX_MEDIA).ok().map(|bytes| sha256(&bytes));
        let mut found = Vec::new();
        match &args.command {
            AlboCommand::Verify(_) => {
                site.registro.verify(site, &hash, &mut found);
                summary.verified += site.registro.len();
            }
            AlboCommand::Pubblica(p) if !diagnostics.has_errors() => {
                let log = asked.root.join(&dir).join(REGISTRO);
                match publish(site, p, &hash, &log, &mut found) {
                    Ok(logged) => summary.logged.extend(logged),
                    Err(error) => {
                        found.push(not_written(&log, &error));
                        exit = Exit::Failed;
                    }
                }
            }
            AlboCommand::Pubblica(_) => {}
        }
        diagnostics.extend(found);
    }
    // Verifying is about the log; publishing wants sound contents, whose warnings are the business of `build`.
    match args.command {
        AlboCommand::Verify(_) => diagnostics.retain(|d| is_albo(d.code)),
        AlboCommand::Pubblica(_) => diagnostics.retain(|d| d.severity == Severity::Error),
    }
    if exit == Exit::Done && diagnostics.has_errors() {
        exit = if diagnostics.iter().any(|d| d.code == Code::ConfigMissing) {
            Exit::Usage
        } else {
            Exit::Content
        };
    }
    output::render(&diagnostics, &related.sources, View::all(register.format, lang), &summary);
    if register.format == Format::Human {
        say(&summary, args, exit, lang);
    }
    exit
}

fn is_albo(code: Code) -> bool {
    matches!(
        code,
        Code::AlboLog | Code::AlboChanged | Code::AlboUnlogged | Code::AlboGone | Code::ConfigMissing
    )
}

fn joined(dir: &str, path: &str) -> String {
    if dir.is_empty() { path.to_owned() } else { format!("{dir}/{path}") }
}

/// Logs the acts that have begun and are not logged, oldest first, or the correction asked for.
fn publish(
    site: &mut Site,
    args: &PubblicaArgs,
    hash: &dyn Fn(&str) -> Option<String>,
    log: &Path,
    out: &mut Vec<Diagnostic>,
) -> io::Result<Vec<Logged>> {
    let entries = site.items().map(|i| &i.entry).chain(&site.riservati).map(|e| &**e);
    let is_act = |e: &&Entry| matches!(&e.data, Data::Documento(d) if d.albo());
    let wanted = |e: &&Entry| match &args.rettifica {
        Some(slug) => e.slug == *slug && site.registro.find(slug).is_some(),
        None => site.registro.find(&e.slug).is_none(),
    };
    let mut acts: Vec<(Fatti, String)> = entries
        .filter(is_act)
        .filter(wanted)
        .filter_map(|e| Some((Fatti::of(e, hash)?, e.slug.clone())))
        .collect();
    if let (Some(slug), true) = (&args.rettifica, acts.is_empty()) {
        out.push(
            Diagnostic::new(
                Code::ReferenceUnknown,
                text!("l'atto `{slug}` non è nel registro", "act `{slug}` is not in the log"),
            )
            .hint(text!(
                "scrivi il nome del file in documenti/ senza .md",
                "write the name of the file in documenti/ without .md"
            )),
        );
    }
    acts.sort_by(|a, b| (a.0.dal, &a.1).cmp(&(b.0.dal, &b.1)));
    let mut registro = site.registro.clone();
    let mut lines = String::new();
    let mut logged = Vec::new();
    for (fatti, atto) in acts {
        lines.push_str(&registro.append(&atto, fatti, site.now, args.motivo.clone()));
        lines.push('\n');
        if let Some(voce) = registro.find(&atto) {
            logged.push(Logged {
                comune: site.config.nome_breve.clone(),
                numero: voce.numero,
                anno: voce.anno,
                atto,
            });
        }
    }
    if !lines.is_empty() {
        append(log, &lines)?;
    }
    Ok(logged)
}

/// Adds lines to the log by a new file that takes its place; while that file exists nobody else may write.
fn append(log: &Path, lines: &str) -> io::Result<()> {
    let beside: PathBuf = log.with_extension("jsonl.nuovo");
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut new = OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let written = (|| {
        let before = match fs::read(log) {
            Ok(before) => before,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        new.write_all(&before)?;
        if !before.is_empty() && !before.ends_with(b"\n") {
            new.write_all(b"\n")?;
        }
        new.write_all(lines.as_bytes())?;
        new.sync_all()?;
        fs::rename(&beside, log)
    })();
    if written.is_err() {
        // The log itself was not touched; the half-written copy would only stand in the way.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn not_written(log: &Path, error: &io::Error) -> Diagnostic {
    let busy = error.kind() == io::ErrorKind::AlreadyExists;
    let d = Diagnostic::new(
        Code::OutputFailed,
        text!("il registro non è stato scritto: {error}", "the log was not written: {error}"),
    )
    .in_file(log.to_string_lossy());
    if busy {
        d.hint(text!(
            "un'altra registrazione è in corso; se non è così cancella registro.jsonl.nuovo",
            "another run is writing; if not, delete registro.jsonl.nuovo"
        ))
    } else {
        d.hint(text!("controlla spazio e permessi del disco", "check space and permissions of the disk"))
    }
}

fn say(summary: &Summary, args: &AlboArgs, exit: Exit, lang: Lang) {
    for l in &summary.logged {
        eprintln!("{}/{}  {}", l.numero, l.anno, l.atto);
    }
    let n = summary.logged.len();
    match (&args.command, lang) {
        (AlboCommand::Pubblica(_), Lang::It) if exit == Exit::Done => {
            eprintln!("{} nel registro.", plural(n, "atto scritto", "atti scritti"));
        }
        (AlboCommand::Pubblica(_), Lang::En) if exit == Exit::Done => {
            eprintln!("{} in the log.", plural(n, "act written", "acts written"));
        }
        (AlboCommand::Verify(_), Lang::It) if exit == Exit::Done => {
            eprintln!("Registro integro: {}.", plural(summary.verified, "pubblicazione", "pubblicazioni"));
        }
        (AlboCommand::Verify(_), Lang::En) if exit == Exit::Done => {
            eprintln!("The log is sound: {}.", plural(summary.verified, "publication", "publications"));
        }
        _ => {}
    }
}
