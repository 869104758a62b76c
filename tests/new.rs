//! `campanile new`: a content of every type, the files for continuous integration and for text editors, and the manual that says how to
//! use them, itself built inside a new site.

mod common;

use std::path::PathBuf;
use std::process::Command;

use campanile::content::Kind;
use campanile::diagnostic::Code;
use campanile::pipeline::{self, Options};
use campanile::source::Disk;
use common::{campanile, stderr};
use serde_json::Value;
use tempfile::TempDir;

/// A host of the official list: only there can a site meet C.SI.5.2.
const INSTITUTIONAL: &str = "www.comune.rovereto.tn.it";

/// A new site, completed as the manual says where the law wants it.
fn new_site() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let made = campanile(&["new", "sito", "--provincia", "TN", "--dominio", INSTITUTIONAL], dir.path());
    assert!(made.status.success(), "{}", stderr(&made));
    let site = dir.path().join("sito");
    let config = site.join("comune.yaml");
    let text = std::fs::read_to_string(&config).unwrap();
    assert!(text.contains("\nlegale:\n"), "the starter has changed");
    let declared = "\nlegale:\n  dichiarazione_accessibilita: {url: \"https://form.agid.gov.it/view/3f1c2d9e\", data: 2026-09-18}\n  \
                    responsabile_protezione_dati: rpd@comune.esempio.tn.it\n";
    std::fs::write(config, text.replace("\nlegale:\n", declared)).unwrap();
    (dir, site)
}

/// A title that each type accepts.
fn title(kind: Kind) -> String {
    match kind {
        Kind::Argomento => "Turismo".to_owned(),
        Kind::Trasparenza => "Atti generali".to_owned(),
        Kind::Persona => "Anna De Prà".to_owned(),
        _ => format!("Prova: {} \"nuovo\"", kind.name()),
    }
}

fn options(drafts: bool) -> Options {
    let now = jiff::Timestamp::now().in_tz("Europe/Rome").unwrap().date();
    Options { now, drafts, ..common::options() }
}

#[test]
fn a_content_of_every_type_is_read_at_once_and_asks_to_be_completed() {
    let (_dir, site) = new_site();
    let before = common::report(&pipeline::build(&Disk::new(&site), &options(false)));
    assert_eq!(before, Vec::<String>::new());
    for kind in Kind::ALL {
        let made = campanile(&["new", kind.name(), &title(kind), "--dir", "."], &site);
        assert!(made.status.success(), "{}: {}", kind.name(), stderr(&made));
        assert!(stderr(&made).contains(kind.folder()), "{}", stderr(&made));
    }
    let outcome = pipeline::build(&Disk::new(&site), &options(false));
    let others: Vec<String> =
        common::report(&outcome).into_iter().filter(|l| !l.starts_with("warning CAM-15 ")).collect();
    assert_eq!(others, Vec::<String>::new(), "only texts to be completed");
    for kind in Kind::ALL {
        let asked = common::report(&outcome).iter().any(|l| l.contains(&format!(" {}/", kind.folder())));
        assert!(asked || matches!(kind, Kind::Allerta), "{}: nothing asks to be completed", kind.name());
    }
    // Published as they are, they are still contents without errors.
    let drafts = pipeline::build(&Disk::new(&site), &options(true));
    assert_eq!(common::errors(&drafts), Vec::<String>::new());
    let pages = drafts.sites[0].pages.len();
    assert!(pages > outcome.sites[0].pages.len() + 10, "drafts have pages of their own");
}

#[test]
fn optional_fields_work_once_their_mark_is_taken_away() {
    let (_dir, site) = new_site();
    campanile(&["new", "domanda", "Come pago?"], &site);
    let path = site.join("domande-frequenti/come-pago.md");
    let mut text = std::fs::read_to_string(&path).unwrap();
    for field in [
        "titolo",
        "argomenti",
        "data_pubblicazione",
        "scadenza",
        "in_evidenza",
        "ordine",
        "alias",
        "categoria",
        "priorita",
        "servizio",
    ] {
        let (marked, free) = (format!("\n# {field}: "), format!("\n{field}: "));
        assert!(text.contains(&marked), "{field}: {text}");
        text = text.replace(&marked, &free);
    }
    std::fs::write(path, text).unwrap();
    let report = common::report(&pipeline::build(&Disk::new(&site), &options(false)));
    let faults: Vec<_> = report.iter().filter(|l| !l.contains(Code::FieldPlaceholder.name())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_is_overwritten_and_wrong_words_are_explained() {
    let (_dir, site) = new_site();
    let again = |args: &[&str]| {
        let output = campanile(args, &site);
        (output.status.code(), stderr(&output))
    };
    assert_eq!(again(&["new", "evento", "Festa di primavera"]).0, Some(0));
    let path = site.join("eventi/festa-di-primavera.md");
    std::fs::write(&path, "mio").unwrap();
    let (code, said) = again(&["new", "evento", "Festa di primavera"]);
    assert_eq!((code, std::fs::read_to_string(&path).unwrap().as_str()), (Some(3), "mio"), "{said}");
    for (args, says) in [
        (&["new", "evento"][..], "Manca il titolo"),
        (&["new", "evento", "www"], "nome di file"),
        (&["new", "eveto", "Festa"], "I tipi sono"),
        (&["new", "argomento", "Turimo"], "«Turismo»"),
        (&["new", "evento", "Festa", "--dir", "eventi"], "comune.yaml"),
        (&["schema", "eventi"], "comune.yaml"),
        (&["schema", "--stdout", "eventoo"], "eventoo"),
    ] {
        let (code, said) = again(args);
        assert_eq!(code, Some(2), "{args:?} {said}");
        assert!(said.contains(says), "{args:?} {said}");
    }
    // A folder called like a type.
    assert_eq!(again(&["new", "./evento"]).0, Some(0));
    assert!(site.join("evento/comune.yaml").is_file());
}

#[test]
fn schemas_know_the_contents_of_now() {
    let (_dir, site) = new_site();
    let offices = || {
        let text = std::fs::read_to_string(site.join(".campanile/schema/servizi.json")).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        schema["definitions"]["contenuti.unita"]["enum"].as_array().unwrap().len()
    };
    let before = offices();
    campanile(&["new", "unita", "Ufficio tecnico"], &site);
    assert_eq!(offices(), before + 1, "new");
    std::fs::copy(site.join("unita/ufficio-tecnico.md"), site.join("unita/ufficio-scuola.md")).unwrap();
    campanile(&["build"], &site);
    assert_eq!(offices(), before + 2, "build");
    let printed = campanile(&["schema", "--stdout", "servizio"], &site);
    let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(printed["$id"], "urn:campanile:schema:servizi");
    std::fs::remove_dir_all(site.join(".campanile")).unwrap();
    campanile(&["build"], &site);
    assert!(!site.join(".campanile").exists(), "nobody asked for schemas");
}

/// The files of the starter whose form no Comune sees until it is too late.
#[test]
fn files_for_ci_and_editors_are_well_formed() {
    let (_dir, site) = new_site();
    for name in [".github/workflows/sito.yml", ".gitlab-ci.yml"] {
        let text = std::fs::read_to_string(site.join(name)).unwrap();
        let value: Value = serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(value.to_string().contains("sh pubblica.sh"), "{name}");
    }
    for name in ["settings.json", "extensions.json", "tasks.json", "campanile.code-snippets"] {
        let text = std::fs::read_to_string(site.join(".vscode").join(name)).unwrap();
        serde_json::from_str::<Value>(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    let script = site.join("pubblica.sh");
    match Command::new("shellcheck").arg(&script).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "shellcheck: {error}");
            eprintln!("SKIPPED shellcheck: {error}");
        }
    }
}

#[test]
fn the_script_publishes_what_was_checked_and_built() {
    let (dir, site) = new_site();
    // `rsync` may be missing where the tests run: what it is asked for is what counts.
    let bin = dir.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let rsync = bin.join("rsync");
    std::fs::write(&rsync, "#!/bin/sh\nfor last in \"$@\"; do :; done\ncp -R public/. \"$last\"\n").unwrap();
    std::fs::set_permissions(&rsync, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let web = dir.path().join("web");
    std::fs::create_dir(&web).unwrap();
    let run = |args: &[&str], with: &str| {
        Command::new("sh")
            .arg(site.join("pubblica.sh"))
            .args(args)
            .env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()))
            .env("CAMPANILE", env!("CARGO_BIN_EXE_campanile"))
            .env("PUBBLICA_CON", with)
            .env("DESTINAZIONE", &web)
            .output()
            .unwrap()
    };
    let tried = run(&["prova"], "rsync");
    assert!(tried.status.success(), "{}", stderr(&tried));
    assert!(site.join("public/index.html").is_file() && !web.join("index.html").exists());
    assert_eq!(run(&[], "").status.code(), Some(2), "no destination");
    assert!(run(&[], "rsync").status.success());
    assert!(web.join("index.html").is_file());
    std::fs::create_dir_all(site.join("pagine")).unwrap();
    std::fs::write(site.join("pagine/rotta.md"), "---\ntitlo: Rotta\n---\n").unwrap();
    std::fs::remove_file(web.join("index.html")).unwrap();
    assert!(!run(&[], "rsync").status.success());
    assert!(!web.join("index.html").exists(), "nothing with faults is published");
}

/// The manual is contents: they are built in a new site, without a finding.
#[test]
fn the_manual_is_built_by_the_program_it_explains() {
    let (_dir, site) = new_site();
    let pages = site.join("pagine");
    std::fs::create_dir(&pages).unwrap();
    let manual = common::tree(&common::root().join("docs/manuale"));
    assert!(manual.len() > 10);
    for (name, bytes) in &manual {
        std::fs::write(pages.join(name), bytes).unwrap();
    }
    let outcome = pipeline::build(&Disk::new(&site), &options(false));
    assert_eq!(common::report(&outcome), Vec::<String>::new());
    let files = common::files(&outcome);
    for name in manual.keys() {
        assert!(files.contains_key(&format!("{}/index.html", name.trim_end_matches(".md"))), "{name}");
    }
    // Every command that it names exists.
    let text: String = manual.values().map(|b| String::from_utf8_lossy(b).into_owned()).collect();
    for line in text.lines().filter_map(|l| l.strip_prefix("campanile ")) {
        let command = line.split(' ').next().unwrap();
        if command.starts_with("--") {
            continue;
        }
        let help = campanile(&[command, "--help"], &site);
        assert!(help.status.success(), "campanile {line}");
        let help = String::from_utf8(help.stdout).unwrap();
        for flag in line.split(' ').filter(|w| w.starts_with("--")) {
            let sub = line.split(' ').nth(1).unwrap_or_default();
            let below = campanile(&[command, sub, "--help"], &site);
            let below = String::from_utf8(below.stdout).unwrap();
            assert!(help.contains(flag) || below.contains(flag), "campanile {line}: {flag}");
        }
    }
}
