//! The schemas in a real editor's language server: runs `tests/editor` on the example, on a new site with a content of every type, and on
//! the must-fail files of the rules.
//!
//! Without Node.js or the server's package the suite is skipped, and says so; under `CI` that is a failure.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use campanile::content::Kind;
use serde_json::json;

fn campanile(args: &[&str], dir: &Path) {
    let output = common::campanile(args, dir);
    assert!(output.status.success(), "{args:?} {}", common::stderr(&output));
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in common::tree(from) {
        let path = to.join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

#[test]
fn schemas_in_the_yaml_language_server() {
    let suite = common::root().join("tests/editor");
    let node = Command::new("node").arg("--version").output().is_ok_and(|o| o.status.success());
    let missing = match (node, suite.join("node_modules").is_dir()) {
        (true, true) => None,
        (true, false) => Some("the server's package is missing: run `npm ci` in tests/editor"),
        (false, _) => Some("Node.js is missing"),
    };
    if let Some(reason) = missing {
        assert!(std::env::var_os("CI").is_none(), "{reason}");
        eprintln!("SKIPPED schemas_in_the_yaml_language_server: {reason}");
        return;
    }
    // A hidden folder, as `TempDir` makes them, is one that the server maps no schema to.
    let dir = tempfile::Builder::new().prefix("campanile-").tempdir().unwrap();
    let (example, base) = (dir.path().join("esempio"), dir.path().join("base"));
    copy(&common::root().join("content-example"), &example);
    copy(&common::root().join("tests/rules/base"), &base);
    campanile(&["schema", "esempio"], dir.path());
    campanile(&["schema", "base"], dir.path());
    campanile(&["new", "nuovo"], dir.path());
    for kind in Kind::ALL {
        let title = match kind {
            Kind::Argomento => "Turismo",
            Kind::Trasparenza => "Atti generali",
            _ => "Prova di contenuto",
        };
        campanile(&["new", kind.name(), title, "--dir", "nuovo"], dir.path());
    }
    let sites = json!([example.join("comuni/roccachiara"), dir.path().join("nuovo"), base]);
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec", "--test-timeout=300000", "schema.test.mjs"])
        .current_dir(&suite)
        .env("SITI", sites.to_string())
        .env("REGOLE", common::root().join("tests/rules"))
        .env("CONSORZIO", &example)
        .env("CAMPANILE", env!("CARGO_BIN_EXE_campanile"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}");
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}
