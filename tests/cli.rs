//! The command line as an editor and a CI pipeline use it: exit codes, messages, files on disk.

mod common;

use std::path::Path;

use common::{campanile, stderr};
use tempfile::TempDir;

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The base site of the rules on disk, with ten more services.
fn site() -> TempDir {
    let dir = TempDir::new().unwrap();
    let base = common::tree(&common::root().join("tests/rules/base"));
    for (path, bytes) in &base {
        write(&dir.path().join(path), std::str::from_utf8(bytes).unwrap());
    }
    let sheet = String::from_utf8(base["servizi/tari.md"].clone()).unwrap();
    for n in 1..=10 {
        write(
            &dir.path().join(format!("servizi/servizio-{n}.md")),
            &sheet.replace("Tassa sui rifiuti", &format!("Servizio {n}")),
        );
    }
    dir
}

#[test]
fn four_faults_in_four_files_are_four_findings_and_nothing_is_published() {
    let dir = site();
    let edit = |path: &str, from: &str, to: &str| {
        let path = dir.path().join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        std::fs::write(&path, text.replace(from, to)).unwrap();
    };
    edit("servizi/servizio-1.md", "titolo: Servizio 1", "titolo: Servizio 1\ntitlo: di troppo");
    edit("servizi/servizio-2.md", "## Cosa serve\n\nUn documento.\n\n", "");
    edit(
        "servizi/servizio-3.md",
        "unita_responsabile: ufficio-tributi",
        "unita_responsabile: ufficio-tribut",
    );
    edit("servizi/servizio-4.md", "giorni_massimi: 30", "giorni_massimi: 30\ndata_aggiornamento: 14/09/2026");
    let output = campanile(&["build"], dir.path());
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(!dir.path().join("public").exists());
    assert_eq!(text.matches("errore[").count(), 4, "{text}");
    for (code, place, line, cure) in [
        ("CAM-01", "servizi/servizio-1.md:3:1", "titlo: di troppo", "forse volevi scrivere `titolo`"),
        ("CAM-02", "servizi/servizio-2.md:1:1", "---", "aggiungi nel testo la sezione `## Cosa serve`"),
        (
            "REL-01",
            "servizi/servizio-3.md:9:21",
            "unita_responsabile: ufficio-tribut",
            "forse volevi scrivere `ufficio-tributi`",
        ),
        ("CAM-05", "servizi/servizio-4.md:7:21", "data_aggiornamento: 14/09/2026", "scrivi 2026-09-14"),
    ] {
        for part in [code, place, line, cure] {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
    }
    assert!(text.contains("Niente è stato pubblicato"));
}

#[test]
fn a_failed_build_leaves_the_old_site_and_a_good_one_follows() {
    let dir = site();
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(0));
    let before = common::tree(&dir.path().join("public"));
    write(&dir.path().join("pagine/rotta.md"), "---\ntitolo: [\n---\n");
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(1));
    assert_eq!(common::tree(&dir.path().join("public")), before);
    write(
        &dir.path().join("pagine/rotta.md"),
        "---\ntitolo: Nuova\ndescrizione_breve: Una pagina.\n---\nTesto.\n",
    );
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(0));
    assert!(dir.path().join("public/rotta/index.html").exists());
}

#[test]
fn a_page_that_vanishes_is_reported() {
    let dir = site();
    write(
        &dir.path().join("pagine/breve.md"),
        "---\ntitolo: Breve\ndescrizione_breve: Dura poco.\n---\nTesto.\n",
    );
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(0));
    std::fs::remove_file(dir.path().join("pagine/breve.md")).unwrap();
    let output = campanile(&["build"], dir.path());
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("USC-04") && stderr(&output).contains("/breve/"), "{}", stderr(&output));
    assert!(!dir.path().join("public/breve").exists());
    write(
        &dir.path().join("pagine/lunga.md"),
        "---\ntitolo: Lunga\ndescrizione_breve: Resta.\nalias: [/breve/]\n---\nTesto.\n",
    );
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(0));
    let redirect = std::fs::read_to_string(dir.path().join("public/breve/index.html")).unwrap();
    assert!(redirect.contains("0; url=/lunga/"), "{redirect}");
}

#[test]
fn findings_as_json_are_one_object() {
    let dir = site();
    write(&dir.path().join("pagine/rotta.md"), "---\ntitlo: A\n---\nTesto.\n");
    let output = campanile(&["build", "--format", "json", "--lang", "en"], dir.path());
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = json["diagnostics"].as_array().unwrap();
    let first = found.iter().find(|d| d["code"] == "CAM-01").unwrap();
    assert_eq!(first["file"], "pagine/rotta.md");
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(2), Some(1)));
    assert_eq!(first["severity"], "error");
    assert_eq!(first["hint"], "did you mean `titolo`?");
}

#[test]
fn one_broken_comune_does_not_stop_the_others() {
    let dir = TempDir::new().unwrap();
    write(&dir.path().join("consorzio.yaml"), "");
    for name in ["uno", "due", "tre"] {
        let site = site();
        for (path, bytes) in common::tree(site.path()) {
            write(&dir.path().join("comuni").join(name).join(path), std::str::from_utf8(&bytes).unwrap());
        }
    }
    write(&dir.path().join("comuni/due/pagine/rotta.md"), "---\n---\n");
    let output = campanile(&["build"], dir.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        dir.path().join("public/uno/index.html").exists()
            && dir.path().join("public/tre/index.html").exists()
    );
    assert!(!dir.path().join("public/due").exists());
    assert!(stderr(&output).contains("Non pubblicati, da correggere: due"), "{}", stderr(&output));
}

#[test]
fn exit_codes_tell_usage_from_content() {
    let dir = TempDir::new().unwrap();
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(2));
    assert_eq!(campanile(&["costruisci"], dir.path()).status.code(), Some(2));
    assert_eq!(campanile(&["--help"], dir.path()).status.code(), Some(0));
    let site = site();
    assert_eq!(campanile(&["build", "--output", "servizi"], site.path()).status.code(), Some(3));
    assert_eq!(campanile(&["build", "--output", "/proc/campanile"], site.path()).status.code(), Some(5));
}

#[test]
fn strict_turns_warnings_into_failure() {
    let dir = site();
    write(
        &dir.path().join("pagine/lunga.md"),
        &format!("---\ntitolo: {}\ndescrizione_breve: A.\n---\nTesto.\n", "parola ".repeat(10)),
    );
    assert_eq!(campanile(&["build", "--strict"], dir.path()).status.code(), Some(1));
    assert!(!dir.path().join("public").exists());
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(0));
}

#[test]
fn new_makes_a_site_that_builds_at_once() {
    let dir = TempDir::new().unwrap();
    let output = campanile(&["new", "sito", "--nome", "Comune di Sant'Elia: \"prova\" & C."], dir.path());
    assert_eq!(output.status.code(), Some(2), "a name with quotes is refused");
    let output = campanile(
        &["new", "sito", "--nome", "Comune di Sant'Elia in Valle", "--provincia", "BS"],
        dir.path(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let again = campanile(&["new", "sito"], dir.path());
    assert_eq!(again.status.code(), Some(3), "an existing folder is not touched");
    let output = campanile(&["build", "sito"], dir.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let files = common::tree(&dir.path().join("sito"));
    let left = files
        .iter()
        .filter(|(p, _)| !p.starts_with("public"))
        .find(|(_, b)| String::from_utf8_lossy(b).contains("@NOME"));
    assert!(left.is_none(), "{left:?}");
    let sheets = files.keys().filter(|p| p.starts_with("servizi/") && p.ends_with(".md")).count();
    assert_eq!(sheets, 10);
    let home = String::from_utf8(files["public/index.html"].clone()).unwrap();
    assert!(home.contains("Comune di Sant") && home.contains("Regione Lombardia"));
}

#[test]
fn explain_knows_every_family_in_both_languages() {
    let dir = TempDir::new().unwrap();
    let family = |name: &str| name.split(['-', '.']).next().unwrap_or_default().to_owned();
    let mut families = std::collections::BTreeSet::new();
    let first = campanile::diagnostic::Code::ALL.iter().filter(|code| families.insert(family(code.name())));
    for code in first {
        for lang in ["it", "en"] {
            let output = campanile(&["explain", code.name(), "--lang", lang], dir.path());
            assert_eq!(output.status.code(), Some(0));
            assert!(String::from_utf8(output.stdout).unwrap().lines().count() >= 5, "{code:?}");
        }
    }
    let output = campanile(&["explain", "CAM-99"], dir.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Forse volevi scrivere CAM-"), "{}", stderr(&output));
}

#[test]
fn the_whole_help_speaks_both_languages() {
    let dir = TempDir::new().unwrap();
    for command in ["", "build", "check", "report", "schema", "links", "new", "explain", "completions", "man"]
    {
        let help = |lang: &str| {
            let args: Vec<&str> =
                [command, "--help", "--lang", lang].into_iter().filter(|a| !a.is_empty()).collect();
            String::from_utf8(campanile(&args, dir.path()).stdout).unwrap()
        };
        let (italian, english) = (help("it"), help("en"));
        for word in [
            "cartella",
            "Cartella",
            "Costruisce",
            "della",
            "Spiega",
            "Scrive",
            "Chiede",
            "Codice",
            "manca",
            "Lingua",
        ] {
            assert!(!english.contains(word), "{command}: {word} in {english}");
        }
        assert!(
            italian.contains("Lingua dei messaggi") && english.contains("Language of messages"),
            "{command}"
        );
    }
}

#[test]
fn completions_and_manual_are_written() {
    let dir = TempDir::new().unwrap();
    for args in [vec!["completions", "bash"], vec!["man"]] {
        let output = campanile(&args, dir.path());
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stdout.len() > 500);
    }
}

#[test]
fn the_log_of_the_register_grows_and_shows_every_change() {
    let dir = site();
    let act = |al: &str| {
        format!(
            "---\ntitolo: Ordinanza di prova\ntipo: albo-ordinanza-del-sindaco\ndescrizione_breve: Un atto.\nargomenti: [imprese]\n\
             ufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: 2026-09-01\npubblicazione_dal: 2026-09-01\n\
             pubblicazione_al: {al}\nurl: https://www.esempio.it/atto.pdf\n---\n"
        )
    };
    let file = dir.path().join("documenti/ordinanza.md");
    let log = dir.path().join("albo/registro.jsonl");
    write(&file, &act("2026-09-16"));
    let run = |args: &[&str]| campanile(&[&["albo"], args].concat(), dir.path());
    let lines = || std::fs::read_to_string(&log).unwrap().lines().count();

    assert!(stderr(&run(&["pubblica"])).contains("1 atto scritto"));
    assert!(stderr(&run(&["pubblica"])).contains("0 atti scritti"), "an act is logged once");
    assert_eq!(lines(), 1);
    assert!(run(&["verify"]).status.success());

    write(&file, &act("2026-09-30"));
    let changed = run(&["verify"]);
    assert_eq!(changed.status.code(), Some(1));
    assert!(
        stderr(&changed).contains("ALB-02") && stderr(&changed).contains("pubblicazione_al"),
        "{}",
        stderr(&changed)
    );
    assert_eq!(campanile(&["build"], dir.path()).status.code(), Some(1), "the site is not published either");
    assert_eq!(
        run(&["pubblica", "--rettifica", "ordinanza"]).status.code(),
        Some(2),
        "a correction has a reason"
    );
    assert!(run(&["pubblica", "--rettifica", "ordinanza", "--motivo", "data sbagliata"]).status.success());
    assert_eq!(lines(), 2);
    assert!(
        std::fs::read_to_string(&log).unwrap().lines().all(|l| l.contains("\"numero\":1,")),
        "the number stays"
    );
    assert!(run(&["verify"]).status.success());

    let text = std::fs::read_to_string(&log).unwrap();
    write(&log, &text.replacen("2026-09-16", "2026-09-17", 1));
    let forged = run(&["verify"]);
    assert_eq!(forged.status.code(), Some(1));
    assert!(stderr(&forged).contains("ALB-01"));
    assert_eq!(run(&["pubblica"]).status.code(), Some(1), "nothing is added to a forged log");
    assert_eq!(lines(), 2);
}
