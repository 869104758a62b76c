//! The sites in a real browser: builds them, checks that every kind of page is on the suites' list, hands them to `tests/browser`.
//!
//! Without Node.js or Chromium the suites are skipped, and say so; under `CI` that is a failure.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, Mutex};

use campanile::pipeline::{self, Options};
use campanile::plan::Route;
use campanile::source::{Disk, Memory, Source};
use jiff::civil::Date;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Host of the example as it stands, and the institutional one that its copy is given (an entry of the official list).
const EXAMPLE: &str = "comune.roccachiara.tn.it";
const INSTITUTIONAL: &str = "comune.ala.tn.it";
/// Host of the new site, in the official list too.
const NEW: &str = "comune.rovereto.tn.it";
/// What a Comune receives from `AgID`.
const DECLARATION: &str = "https://form.agid.gov.it/view/3f1c2d9e-5b7a-4c68-9d21-0a7e6b4c8f10";

/// Every name that `PageKind::name` can give, read from its source: a kind cannot be added without being found here.
fn kinds() -> BTreeSet<&'static str> {
    let source = include_str!("../src/plan/kind.rs");
    let body = source
        .split("fn name(self)")
        .nth(1)
        .and_then(|rest| rest.split("\n    }\n").next())
        .expect("PageKind::name");
    let names: BTreeSet<&str> =
        body.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(names.len(), body.matches("=>").count(), "an arm of PageKind::name is not a plain text");
    names
}

fn options(now: Date) -> Options {
    Options { now, minify: true, ..common::options() }
}

/// Today in Italy: a new site bears the date of its making.
fn today() -> Date {
    jiff::Timestamp::now().in_tz("Europe/Rome").unwrap().date()
}

/// Builds a site into `dir` and describes it to the suites.
fn build(name: &str, host: &str, source: &dyn Source, now: Date, dir: &Path) -> Value {
    let outcome = pipeline::build(source, &options(now));
    assert_eq!(common::errors(&outcome), Vec::<String>::new(), "{name}");
    for (path, bytes) in common::files(&outcome) {
        let target = dir.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
    let page = |r: &Route| json!({ "url": r.url, "kind": r.kind.name(), "output": r.output() });
    let pages: Vec<Value> = outcome.sites[0].pages.iter().map(page).collect();
    json!({ "name": name, "dir": dir, "host": format!("www.{host}"), "pages": pages })
}

/// The example with every mention of its domain replaced.
fn on_institutional_domain() -> Memory {
    let mut memory = Memory::default();
    for (path, bytes) in common::tree(&common::root().join("content-example")) {
        if path.starts_with("public/") {
            continue;
        }
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => text.replace(EXAMPLE, INSTITUTIONAL).into_bytes(),
            Err(other) => other.into_bytes(),
        };
        memory.insert(path, bytes);
    }
    memory
}

/// What `campanile new` makes, with the declaration of accessibility filled in and opened to the public, as its manual says.
fn new_site(dir: &Path) -> Disk {
    let folder = dir.join("sorgente");
    let host = format!("www.{NEW}");
    let flags = ["--nome", "Comune di Rovereto", "--dominio", &host, "--provincia", "TN", "--cap", "38068"];
    let made = Command::new(env!("CARGO_BIN_EXE_campanile"))
        .arg("new")
        .arg(&folder)
        .args(flags)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let config = folder.join("comune.yaml");
    let text = std::fs::read_to_string(&config).unwrap();
    assert!(
        text.contains("in_preparazione: true") && text.contains("\nlegale:\n"),
        "the starter has changed"
    );
    let declaration = format!(
        "\nlegale:\n  dichiarazione_accessibilita:\n    url: \"{DECLARATION}\"\n    data: 2026-09-18\n"
    );
    let text =
        text.replace("in_preparazione: true", "in_preparazione: false").replace("\nlegale:\n", &declaration);
    std::fs::write(config, text).unwrap();
    Disk::new(folder)
}

/// The built sites: their list as a file for the suites and as values.
struct Sites {
    list: PathBuf,
    sites: Vec<Value>,
    _dir: Option<TempDir>,
}

/// The three sites, built once for as long as the process lasts; in the new folder named by `SITES_DIR` they stay, to run a suite by
/// hand with `SITES=FOLDER/siti.json node --test`.
static SITES: LazyLock<Sites> = LazyLock::new(|| {
    let (root, dir) = if let Some(kept) = std::env::var_os("SITES_DIR") {
        (PathBuf::from(kept), None)
    } else {
        let dir = TempDir::new().unwrap();
        (dir.path().to_owned(), Some(dir))
    };
    let example = Disk::new(common::root().join("content-example"));
    let new = new_site(&root);
    let fixed = common::options().now;
    let sites = vec![
        build("esempio", EXAMPLE, &example, fixed, &root.join("esempio")),
        build("ala", INSTITUTIONAL, &on_institutional_domain(), fixed, &root.join("ala")),
        build("nuovo", NEW, &new, today(), &root.join("nuovo")),
    ];
    let list = root.join("siti.json");
    std::fs::write(&list, json!(sites).to_string()).unwrap();
    Sites { list, sites, _dir: dir }
});

fn answers(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// What is missing for a browser suite, if anything.
fn missing() -> Option<&'static str> {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !answers(Command::new("node").arg("--version")) {
        Some("Node.js is missing")
    } else if !Path::new(&chromium).exists() {
        Some("Chromium is missing: install it or name it in CHROMIUM")
    } else if !suites().join("node_modules").exists() {
        Some("the suites' packages are missing: run `npm ci` in tests/browser")
    } else {
        None
    }
}

fn suites() -> PathBuf {
    common::root().join("tests/browser")
}

static TURN: Mutex<()> = Mutex::new(());

/// Runs one file of `tests/browser` under Node's test runner.
fn run(suite: &str) {
    if let Some(reason) = missing() {
        assert!(std::env::var_os("CI").is_none(), "{reason}");
        eprintln!("SKIPPED {suite}: {reason}");
        return;
    }
    // One browser suite at a time: several would only slow each other down.
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let file = suites().join(format!("{suite}.test.mjs"));
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec", "--test-timeout=900000"])
        .arg(file)
        .current_dir(suites())
        .env("SITES", &SITES.list)
        .env("CAMPANILE", env!("CARGO_BIN_EXE_campanile"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}");
    assert!(output.status.success(), "{suite}\n{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_page_kind_is_tested() {
    let text = std::fs::read_to_string(suites().join("data/kinds.json")).unwrap();
    let tested: Value = serde_json::from_str(&text).unwrap();
    let tested: BTreeSet<&str> = tested.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(tested, kinds(), "tests/browser/data/kinds.json against PageKind");
    let shown: BTreeSet<&str> = SITES
        .sites
        .iter()
        .flat_map(|s| s["pages"].as_array().unwrap())
        .map(|p| p["kind"].as_str().unwrap())
        .collect();
    assert_eq!(shown, kinds(), "kinds of page of the sites under test against PageKind");
}

/// One Rust test per file of `tests/browser`.
macro_rules! suites {
    ($($name:ident)*) => {
        $(#[test] fn $name() { run(stringify!($name)); })*

        #[test]
        fn every_suite_is_run() {
            let named = BTreeSet::from([$(format!("{}.test.mjs", stringify!($name))),*]);
            let is_suite = |name: &String| name.ends_with(".test.mjs");
            let found = std::fs::read_dir(suites()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
            assert_eq!(found.filter(is_suite).collect::<BTreeSet<_>>(), named);
        }
    };
}

suites! { anteprima ascolta avviso elenchi orari ricerca statistiche criteria mutations nu axe budget csp keyboard layout noscript }
