//! `campanile serve`: starts the preview, says where it is, and tells of each change.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use super::Exit;
use super::args::{Format, ServeArgs};
use super::asked::today;
use super::build::plural;
use super::output::{self, View};
use crate::diagnostic::{Diagnostics, Lang, Severity};
use crate::media::cache;
use crate::serve::{self, Editor, Fault, Place, State, Wanted};

/// Findings of each code that are printed after a change.
const MOST: usize = 5;

/// Runs the command, until it is asked to end.
pub fn run(args: &ServeArgs, lang: Lang) -> Exit {
    if !serve::is_site(&args.site.place.dir) {
        eprintln!("{}", nothing_here(lang));
        return Exit::Usage;
    }
    let asked = args.site.place.asked();
    let options = args.site.options(&asked, false, Arc::new(cache::Disk::new(&asked.root)));
    let editor = Editor(args.editor.clone());
    let wanted = Wanted {
        root: asked.root,
        theme: args.theme.clone(),
        options,
        now: args.site.now,
        today,
        editor,
        lang,
    };
    let place = Place { host: args.host.clone(), port: args.port };
    let (quiet, verbose) = (args.quiet, args.verbose);
    let told = move |_: &str, state: &State, took: Duration| tell(state, took, (quiet, verbose), lang);
    let running = match args.site.with_jobs(|| serve::start(wanted, &place, args.poll, Box::new(told))) {
        Ok(running) => running,
        Err(fault) => {
            eprintln!("{}", why(&fault, lang));
            return Exit::Failed;
        }
    };
    let addresses = running.addresses();
    if !quiet {
        announce(&addresses, args.host.as_deref(), lang);
    }
    if args.open {
        open(&addresses[0]);
    }
    match running.wait() {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Failed,
    }
}

fn nothing_here(lang: Lang) -> &'static str {
    match lang {
        Lang::It => {
            "Qui non c'è né comune.yaml né consorzio.yaml: indica la cartella del sito, o creane uno con `campanile new CARTELLA`."
        }
        Lang::En => {
            "There is neither comune.yaml nor consorzio.yaml here: name the site's folder, or create one with `campanile new DIR`."
        }
    }
}

fn why(fault: &Fault, lang: Lang) -> String {
    match (fault, lang) {
        (Fault::Listen(port, error), Lang::It) => {
            format!(
                "La porta {port} non si può usare ({error}): scegline un'altra con --port, o lascia che Campanile ne cerchi una libera."
            )
        }
        (Fault::Listen(port, error), Lang::En) => {
            format!(
                "Port {port} cannot be used ({error}): choose another with --port, or let Campanile find a free one."
            )
        }
        (Fault::Watch(error), Lang::It) => {
            format!("Le modifiche ai file non si possono seguire ({error}): prova con --poll.")
        }
        (Fault::Watch(error), Lang::En) => {
            format!("Changes of files cannot be followed ({error}): try with --poll.")
        }
        (Fault::Theme(dir), Lang::It) => {
            format!("In {} non c'è la cartella `templates` di un tema: controlla --theme.", dir.display())
        }
        (Fault::Theme(dir), Lang::En) => {
            format!("There is no folder `templates` of a theme in {}: check --theme.", dir.display())
        }
        (Fault::Start(error), Lang::It) => format!("L'anteprima non può partire: {error}"),
        (Fault::Start(error), Lang::En) => format!("The preview cannot start: {error}"),
    }
}

fn announce(addresses: &[String], host: Option<&str>, lang: Lang) {
    let list = addresses.join("  ");
    match lang {
        Lang::It => eprintln!("Anteprima: {list}\nOgni modifica si vede subito. Per finire: Ctrl+C."),
        Lang::En => eprintln!("Preview: {list}\nEvery change shows at once. To end: Ctrl+C."),
    }
    if let Some(host) = host.filter(|host| !serve::is_loopback(host)) {
        match lang {
            Lang::It => eprintln!(
                "ATTENZIONE: con --host {host} chiunque raggiunga questo computer vede l'anteprima, bozze comprese."
            ),
            Lang::En => eprintln!(
                "WARNING: with --host {host} whoever reaches this machine sees the preview, drafts included."
            ),
        }
    }
}

/// What a change has brought.
fn tell(state: &State, took: Duration, (quiet, verbose): (bool, bool), lang: Lang) {
    let found = Diagnostics::from(state.diagnostics.clone());
    let view = View { format: Format::Human, lang, most: Some(MOST) };
    if found.has_errors() || !quiet {
        output::render(&found, &state.sources, view, &());
    }
    if quiet {
        return;
    }
    let took = if verbose { took_by_stage(state, took) } else { String::new() };
    match (lang, found.count(Severity::Error)) {
        (Lang::It, 0) => eprintln!("Aggiornato{took}."),
        (Lang::En, 0) => eprintln!("Up to date{took}."),
        (Lang::It, n) => {
            eprintln!("{}: si vede l'ultima versione buona{took}.", plural(n, "errore", "errori"));
        }
        (Lang::En, n) => eprintln!("{}: the last good version is shown{took}.", plural(n, "error", "errors")),
    }
}

/// How long a change took, and each stage of it.
fn took_by_stage(state: &State, took: Duration) -> String {
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
    let stages: Vec<String> =
        state.timings.iter().map(|(name, time)| format!("{name} {}", ms(*time))).collect();
    format!(" ({} ms: {})", ms(took), stages.join(", "))
}

/// Opens an address in the browser; without one, the address has been printed.
fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let quiet = Command::new(opener)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = quiet {
        // Waited for elsewhere, so that it leaves no trace in the list of processes.
        std::thread::spawn(move || child.wait());
    }
}
