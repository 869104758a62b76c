//! Comuni of one workspace: what they share, what is theirs, and how one of them is built alone.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use campanile::pipeline;
use campanile::source::Memory;
use tempfile::TempDir;

const PROVIDER: &str = "fornitori:\n  sportello:\n    genere: servizi\n    costanti: {base: \"BASE\"}\n    richieste: {slug: slug}\n    \
                        url: {servizio: \"{+base}/{codice_ipa}/{slug}\"}\n";

/// Two Comuni with eleven sheets each; two sheets of either use the shared provider, whose `base` the second may set for itself.
fn workspace(base: &str, own: Option<&str>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::from([("consorzio.yaml".to_owned(), PROVIDER.replace("BASE", base))]);
    let comune = common::tree(&common::root().join("tests/rules/base"));
    for name in ["alto", "basso"] {
        for (path, bytes) in &comune {
            let text =
                String::from_utf8(bytes.clone()).unwrap().replace("comune.prova", &format!("comune.{name}"));
            files.insert(format!("comuni/{name}/{path}"), text);
        }
        let sheet = files[&format!("comuni/{name}/servizi/tari.md")].clone();
        for n in 1..=10 {
            let online =
                format!("accesso: [{{canale: online, fornitore: sportello, variabili: {{slug: s{n}}}}}]");
            let sheet = sheet.replace("Tassa sui rifiuti", &format!("Servizio {n}"));
            let sheet = if n <= 2 { sheet.replace("accesso: [{canale: sportello}]", &online) } else { sheet };
            files.insert(format!("comuni/{name}/servizi/servizio-{n}.md"), sheet);
        }
    }
    if let Some(own) = own {
        let config = files.get_mut("comuni/basso/comune.yaml").unwrap();
        config.extend([format!("fornitori: {{sportello: {{costanti: {{base: \"{own}\"}}}}}}\n")]);
    }
    files
}

/// Every file of every Comune, by path.
fn build(files: &BTreeMap<String, String>) -> BTreeMap<String, Vec<u8>> {
    let mut memory = Memory::default();
    for (path, text) in files {
        memory.insert(path, text.as_bytes());
    }
    let outcome = pipeline::build(&memory, &common::options());
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    let of_site = |site: &pipeline::BuiltSite| {
        let slug = site.slug.clone();
        let files = site.files.as_ref().unwrap().clone();
        files.into_iter().map(move |f| (format!("{slug}/{}", f.path), f.bytes.to_vec())).collect::<Vec<_>>()
    };
    outcome.sites.iter().flat_map(of_site).collect()
}

/// The files that differ, the search index aside: it holds the words of the pages, those that say which site a button opens too.
fn changed(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    assert!(before.keys().eq(after.keys()), "no file comes or goes");
    let differ = before.iter().filter(|(path, bytes)| after[*path] != **bytes).map(|(path, _)| path.clone());
    differ.filter(|path| !path.ends_with("/api/ricerca.json")).collect()
}

fn sheets(names: &[&str]) -> BTreeSet<String> {
    let sheet = |name: &&str, n: u8| {
        format!("{name}/servizi/tributi-finanze-e-contravvenzioni/servizio-{n}/index.html")
    };
    names.iter().flat_map(|name| [sheet(name, 1), sheet(name, 2)]).collect()
}

#[test]
fn a_new_base_of_a_shared_provider_changes_the_sheets_that_use_it_and_nothing_else() {
    let (old, new) = ("https://sportello.valle.example.it", "https://nuovo.valle.example.it/sue");
    let before = build(&workspace(old, None));
    let after = build(&workspace(new, None));
    assert_eq!(changed(&before, &after), sheets(&["alto", "basso"]));
    let sheet = std::str::from_utf8(&after[sheets(&["alto"]).first().unwrap()]).unwrap();
    assert!(sheet.contains("https://nuovo.valle.example.it/sue/c_m998/s1"));
}

#[test]
fn a_comune_with_its_own_base_keeps_it() {
    let (old, new, own) = (
        "https://sportello.valle.example.it",
        "https://nuovo.valle.example.it",
        "https://proprio.example.it",
    );
    let before = build(&workspace(old, Some(own)));
    let after = build(&workspace(new, Some(own)));
    assert_eq!(changed(&before, &after), sheets(&["alto"]));
}

#[test]
fn a_comune_built_by_its_own_folder_finds_what_it_shares() {
    let dir = TempDir::new().unwrap();
    for (path, text) in workspace("https://sportello.valle.example.it", None) {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let folder = dir.path().join("comuni/alto");
    let output = Command::new(env!("CARGO_BIN_EXE_campanile"))
        .args(["build", "--now", common::TODAY, "--no-minify", "--base-url", "https://a.example.it"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sheet = folder.join("public/servizi/tributi-finanze-e-contravvenzioni/servizio-1/index.html");
    let html = std::fs::read_to_string(sheet).unwrap();
    assert!(html.contains("https://sportello.valle.example.it/c_m998/s1"));
    assert!(html.contains("https://a.example.it/servizi/"), "it stands at the base address itself");
    assert!(!dir.path().join("public").exists() && !dir.path().join("comuni/basso/public").exists());
}
