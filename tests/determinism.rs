//! Same input, same bytes (R-DET-1): whatever the number of jobs, time zone, locale, umask, order of creation, path.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Copies the example with its files created in the given order.
fn copy(to: &Path, reverse: bool) {
    let files = common::tree(&common::root().join("content-example"));
    let mut paths: Vec<&String> = files.keys().filter(|p| !p.starts_with("public/")).collect();
    if reverse {
        paths.reverse();
    }
    for path in paths {
        let target = to.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, &files[path]).unwrap();
    }
}

fn build(dir: &Path, jobs: &str, zone: &str, locale: &str, umask: &str) -> BTreeMap<String, Vec<u8>> {
    let command = format!(
        "umask {umask}; exec {:?} build . --now {} --jobs {jobs} --quiet",
        env!("CARGO_BIN_EXE_campanile"),
        common::TODAY
    );
    let output = Command::new("sh")
        .args(["-c", &command])
        .current_dir(dir)
        .env("TZ", zone)
        .env("LC_ALL", locale)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    common::tree(&dir.join("public"))
}

#[test]
fn the_same_bytes_everywhere() {
    let places: Vec<TempDir> = (0..4).map(|_| TempDir::new().unwrap()).collect();
    let deep = places[3].path().join("un altro/percorso più lungo");
    let dirs = [places[0].path(), places[1].path(), places[2].path(), &deep];
    let variations = [
        ("1", "Europe/Rome", "it_IT.UTF-8", "022"),
        ("2", "Pacific/Kiritimati", "C", "077"),
        ("8", "America/Los_Angeles", "tr_TR.UTF-8", "002"),
        ("2", "UTC", "en_US.UTF-8", "022"),
    ];
    let mut first: Option<BTreeMap<String, Vec<u8>>> = None;
    for (n, (dir, (jobs, zone, locale, umask))) in dirs.iter().zip(variations).enumerate() {
        copy(dir, n % 2 == 1);
        let tree = build(dir, jobs, zone, locale, umask);
        assert!(tree.len() > 200);
        let expected = first.get_or_insert_with(|| tree.clone());
        let differing: Vec<&String> =
            expected.keys().chain(tree.keys()).filter(|p| expected.get(*p) != tree.get(*p)).collect();
        assert!(differing.is_empty(), "{jobs} jobs, {zone}, {locale}: {differing:?}");
    }
}
