//! Helpers shared by the integration tests: the program run as people run it, sites in memory, the example as a built site, folders
//! compared by content.
#![allow(dead_code)]

pub mod parsed;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, LazyLock};

use campanile::diagnostic::Severity;
use campanile::media::cache;
use campanile::pipeline::{self, Options, Outcome};
use campanile::source::{self, Disk};

/// The day on which the tests judge dates.
pub const TODAY: &str = "2026-11-21";

/// Pictures made by earlier builds of any test: unoptimised, they take half a minute.
static CACHE: LazyLock<Arc<cache::Disk>> =
    LazyLock::new(|| Arc::new(cache::Disk::new(Path::new(env!("CARGO_TARGET_TMPDIR")))));

/// Options of a build on [`TODAY`].
pub fn options() -> Options {
    Options {
        base_url: None,
        below: false,
        now: TODAY.parse().unwrap(),
        drafts: false,
        minify: false,
        only: Vec::new(),
        alone: false,
        limits: campanile::limits::Limits::default(),
        cache: CACHE.clone(),
    }
}

/// Runs the program in a folder, in Italian and without a terminal.
pub fn campanile(args: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_campanile"))
        .args(args)
        .current_dir(dir)
        .env_remove("LC_ALL")
        .env("LANG", "it_IT.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What the program said to people.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The repository's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The smallest sound site: every must-fail file lies over it.
pub fn base_site() -> source::Memory {
    let mut memory = source::Memory::default();
    for (path, bytes) in tree(&root().join("tests/rules/base")) {
        memory.insert(path, bytes);
    }
    for n in 1..=10 {
        let service =
            String::from_utf8(tree(&root().join("tests/rules/base"))["servizi/tari.md"].clone()).unwrap();
        memory.insert(
            format!("servizi/servizio-{n}.md"),
            service.replace("Tassa sui rifiuti", &format!("Servizio {n}")),
        );
    }
    memory
}

/// Every file below a folder, by relative path.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut pending = vec![folder.to_path_buf()];
    while let Some(dir) = pending.pop() {
        let Ok(entries) = std::fs::read_dir(&dir) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let relative = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(relative, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The findings of a build, one per line: `SEVERITY CODE file:line:column message | hint`, Italian.
pub fn report(outcome: &Outcome) -> Vec<String> {
    let line = |d: campanile::diagnostic::Diagnostic| {
        let place = match (d.span, &d.path) {
            (Some(span), _) => {
                let (line, column) = outcome.sources.position(span);
                format!("{}:{line}:{column}", outcome.sources.get(span.file).path)
            }
            (None, Some(path)) => path.clone(),
            (None, None) => "-".to_owned(),
        };
        let hint = d.hint.as_ref().map_or("", |h| h.it.as_str());
        format!("{} {} {place} {} | {hint}", d.severity.name(), d.code.name(), d.message.it)
    };
    outcome.diagnostics.sorted(&outcome.sources).into_iter().map(line).collect()
}

/// Errors of a build, as in [`report`].
pub fn errors(outcome: &Outcome) -> Vec<String> {
    report(outcome).into_iter().filter(|l| l.starts_with(Severity::Error.name())).collect()
}

/// The files of the first site of a build, by path.
pub fn files(outcome: &Outcome) -> BTreeMap<String, Vec<u8>> {
    let files = outcome.sites[0].files.as_ref().expect("a site without errors");
    files.iter().map(|f| (f.path.clone(), f.bytes.to_vec())).collect()
}

/// The example, built once, not minified.
pub fn example() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
        let outcome = pipeline::build(&Disk::new(root().join("content-example")), &options());
        assert_eq!(errors(&outcome), Vec::<String>::new());
        files(&outcome)
    });
    &FILES
}

/// The HTML pages of a tree, without redirect pages.
pub fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
        .filter(|(_, html)| !html.contains("http-equiv=\"refresh\""))
}
