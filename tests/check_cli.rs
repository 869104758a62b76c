//! `campanile check` and `campanile report` as CI pipelines and assessors use them: forms of output, known faults, the dossier.

mod common;

use std::path::Path;
use std::process::Output;

use common::campanile;
use serde_json::Value;
use tempfile::TempDir;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const TARI: &str = "servizi/tari.md";

/// The smallest sound site on disk, on an institutional domain; `fault` is written under “Come fare” of one sheet.
fn site(fault: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    let base = common::tree(&common::root().join("tests/rules/base"));
    let put = |path: &str, text: &str| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    for (path, bytes) in &base {
        let own = text(bytes).replace("www.comune.prova.tn.it", "www.comune.ala.tn.it");
        put(path, &own);
    }
    let config = std::fs::read_to_string(dir.path().join("comune.yaml")).unwrap();
    put(
        "comune.yaml",
        &format!("{config}amministrazione_trasparente: {{url: \"https://trasparenza.example.it/\"}}\n"),
    );
    let sheet = text(&base[TARI]);
    let news = common::tree(&common::root().join("tests/check"));
    put("novita/orari.md", &text(&news["novita/orari.md"]));
    for n in 1..=10 {
        put(
            &format!("servizi/servizio-{n}.md"),
            &sheet.replace("Tassa sui rifiuti", &format!("Servizio {n}")),
        );
    }
    put(TARI, &sheet.replace("## Come fare\n", &format!("## Come fare\n\n{fault}\n")));
    dir
}

const FAULT: &str = "Per il modulo [clicca qui](/servizi/).";
const NOW: [&str; 2] = ["--now", "2026-11-21"];

fn check(dir: &TempDir, more: &[&str]) -> Output {
    campanile(&[&["check"], NOW.as_slice(), more].concat(), dir.path())
}

#[test]
fn a_sound_site_passes_and_a_fault_is_shown_with_line_and_cure() {
    let sound = check(&site(""), &[]);
    assert_eq!(sound.status.code(), Some(0), "{}", text(&sound.stderr));
    let dir = site(FAULT);
    let output = check(&dir, &[]);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "a warning does not fail: {shown}");
    for part in [
        "avviso[LIN-05]",
        "servizi/tari.md:17:29",
        FAULT,
        "/servizi/tributi-finanze-e-contravvenzioni/tari/",
        "rimedio",
    ] {
        assert!(shown.contains(part), "{part} in:\n{shown}");
    }
    assert_eq!(check(&dir, &["--strict"]).status.code(), Some(1));
    assert!(!dir.path().join("public").exists());
}

#[test]
fn findings_are_capped_for_people_and_whole_for_machines() {
    let many =
        (0..9).map(|n| format!("Parola {n}: [clicca qui](/servizi/?{n}).")).collect::<Vec<_>>().join("\n\n");
    let dir = site(&many);
    let people = text(&check(&dir, &[]).stderr);
    assert_eq!(people.matches("avviso[LIN-05]").count(), 5, "{people}");
    assert!(people.contains("LIN-05: e altri 4 come questo"), "{people}");
    assert_eq!(text(&check(&dir, &["--tutti"]).stderr).matches("avviso[LIN-05]").count(), 9);
    let json: Value = serde_json::from_slice(&check(&dir, &["--format", "json"]).stdout).unwrap();
    let codes = json["diagnostics"].as_array().unwrap().iter().filter(|d| d["code"] == "LIN-05");
    assert_eq!(codes.count(), 9);
    assert_eq!(json["summary"]["sites"][0]["criteri"][0]["criterio"], "C.SI.1.1");
    assert_eq!(json["summary"]["sites"][0]["criteri"][3]["esito"], "tolleranza");
}

#[test]
fn sarif_github_and_junit_name_rule_place_and_words() {
    let dir = site(FAULT);
    let sarif: Value = serde_json::from_slice(&check(&dir, &["--format", "sarif"]).stdout).unwrap();
    let run = &sarif["runs"][0];
    let result = run["results"].as_array().unwrap().iter().find(|r| r["ruleId"] == "LIN-05").unwrap();
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], TARI);
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&17.into(), &29.into()));
    let rule =
        &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["id"], "LIN-05");
    assert!(rule["help"]["text"].as_str().unwrap().contains("collegamenti"));

    let github = text(&check(&dir, &["--format", "github"]).stdout);
    let line = github.lines().find(|l| l.contains("LIN-05")).unwrap();
    assert!(line.starts_with("::warning title=LIN-05,file=servizi/tari.md,line=17,col=29::"), "{line}");

    let junit = text(&check(&dir, &["--format", "junit"]).stdout);
    let parsed = roxmltree::Document::parse(&junit).unwrap();
    let case =
        parsed.descendants().find(|n| n.attribute("name") == Some("LIN-05 servizi/tari.md:17")).unwrap();
    assert!(
        case.descendants()
            .any(|n| n.tag_name().name() == "failure" && n.attribute("type") == Some("warning"))
    );
}

#[test]
fn hostile_words_leave_every_form_well_formed() {
    let dir = site("Testo ]]> & <b> \"x\" %0A::error:: [clicca qui](/servizi/?a=1&b=2).");
    let sarif = check(&dir, &["--format", "sarif"]);
    serde_json::from_slice::<Value>(&sarif.stdout).unwrap();
    let junit = text(&check(&dir, &["--format", "junit"]).stdout);
    roxmltree::Document::parse(&junit).unwrap();
    let github = text(&check(&dir, &["--format", "github"]).stdout);
    assert!(github.lines().all(|l| l.starts_with("::")), "{github}");
}

#[test]
fn known_faults_are_silent_and_new_ones_are_not() {
    let dir = site(FAULT);
    let written = check(&dir, &["--write-baseline", "noti.json", "--strict"]);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    let known = check(&dir, &["--baseline", "noti.json", "--strict"]);
    assert_eq!(known.status.code(), Some(0), "{}", text(&known.stderr));
    let path = dir.path().join("servizi/servizio-1.md");
    let sheet = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, sheet.replace("Vai allo sportello.", "Vai allo sportello, poi [qui](/novita/)."))
        .unwrap();
    let worse = check(&dir, &["--baseline", "noti.json", "--strict"]);
    assert_eq!(worse.status.code(), Some(1));
    assert!(text(&worse.stderr).contains("servizi/servizio-1.md"), "{}", text(&worse.stderr));
    assert!(!text(&worse.stderr).contains("servizi/tari.md:17"), "{}", text(&worse.stderr));
    std::fs::write(&path, &sheet).unwrap();
    let tari = dir.path().join(TARI);
    let cured = std::fs::read_to_string(&tari).unwrap().replace(FAULT, "");
    std::fs::write(&tari, cured).unwrap();
    let better = check(&dir, &["--baseline", "noti.json"]);
    assert!(text(&better.stderr).contains("consiglio[CTR-02]"), "{}", text(&better.stderr));
    assert_eq!(check(&dir, &["--baseline", "manca.json"]).status.code(), Some(2));
}

#[test]
fn old_contents_and_providers_are_to_be_looked_at_again() {
    let dir = site("");
    let tari = dir.path().join(TARI);
    let sheet = std::fs::read_to_string(&tari).unwrap();
    std::fs::write(
        &tari,
        sheet.replace("giorni_massimi: 30", "giorni_massimi: 30\ndata_aggiornamento: 2024-11-20"),
    )
    .unwrap();
    let config = dir.path().join("comune.yaml");
    let own = std::fs::read_to_string(&config).unwrap();
    let provider = "fornitori:\n  pagopa_checkout: {verificato_il: 2025-11-20}\n";
    std::fs::write(&config, own + provider).unwrap();
    let shown = text(&check(&dir, &[]).stderr);
    assert!(shown.contains("consiglio[AGG-01]") && shown.contains("servizi/tari.md:7:21"), "{shown}");
    assert!(shown.contains("consiglio[AGG-02]"), "{shown}");
    let before = campanile(&["check", "--now", "2025-11-20"], dir.path());
    assert!(!text(&before.stderr).contains("AGG-0"), "{}", text(&before.stderr));
}

#[test]
fn content_errors_are_told_before_any_page_is_judged() {
    let dir = site("");
    let tari = dir.path().join(TARI);
    let sheet = std::fs::read_to_string(&tari).unwrap();
    std::fs::write(&tari, sheet.replace("categoria:", "categria:")).unwrap();
    let output = check(&dir, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("CAM-01"), "{}", text(&output.stderr));
    let empty = TempDir::new().unwrap();
    assert_eq!(check(&empty, &[]).status.code(), Some(2));
}

/// Codes of errors and warnings of a folder.
fn grave(folder: &Path, more: &[&str]) -> Vec<String> {
    let output = campanile(&[&["check", "--format", "json"], more].concat(), folder);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = json["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] != "hint");
    found.map(|d| format!("{} {} {}", d["code"], d["file"], d["message"])).collect()
}

#[test]
fn the_example_has_neither_errors_nor_warnings() {
    let example = common::root().join("content-example");
    assert_eq!(grave(&example, &NOW), Vec::<String>::new());
}

#[test]
fn a_new_site_lacks_only_what_a_comune_must_bring() {
    let dir = TempDir::new().unwrap();
    let flags = ["--provincia", "TN", "--dominio", "www.comune.rovereto.tn.it"];
    let made = campanile(&[&["new", "sito"], flags.as_slice()].concat(), dir.path());
    assert!(made.status.success(), "{}", text(&made.stderr));
    let found = grave(&dir.path().join("sito"), &[]);
    let missing = |line: &String| ["LEG-01", "LEG-02", "C.SI.3.2.a"].iter().any(|code| line.contains(code));
    assert!(!found.is_empty() && found.iter().all(missing), "{found:#?}");
}

fn report(dir: &TempDir, more: &[&str]) -> (Option<i32>, Value, String) {
    let output = campanile(&[&["report"], NOW.as_slice(), more].concat(), dir.path());
    let folder = dir.path().join("fascicolo");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let json = serde_json::from_str(&read("fascicolo.json")).unwrap_or_default();
    (output.status.code(), json, read("fascicolo.html"))
}

#[test]
fn the_dossier_has_every_criterion_with_evidence_that_can_be_checked() {
    let dir = site(FAULT);
    let (code, json, html) = report(&dir, &[]);
    assert_eq!(code, Some(0));
    let criteria = json["criteri"].as_array().unwrap();
    assert_eq!(criteria.len(), 23);
    for criterion in criteria {
        let (code, esito) = (criterion["codice"].as_str().unwrap(), criterion["esito"].as_str().unwrap());
        let expected = match code {
            "C.SI.1.4" => "tolleranza",
            "C.SI.4.1" | "C.SI.5.1" | "R.SI.2.1" | "R.SI.2.2" => "da_dimostrare",
            _ => "successo",
        };
        assert_eq!(esito, expected, "{code}");
        assert_eq!(esito == "da_dimostrare", criterion["esaminate"] == 0, "{code}");
        assert!(esito != "da_dimostrare" || criterion["evidenza"].is_string(), "{code}");
        assert!(html.contains(&format!("id=\"{code}\"")), "{code}");
    }
    let fault = json["difetti"].as_array().unwrap().iter().find(|d| d["codice"] == "LIN-05").unwrap();
    assert_eq!(fault["ufficio"], "Ufficio tributi");
    assert_eq!((&fault["file"], &fault["riga"]), (&TARI.into(), &17.into()));
    // What nobody has filled is told too, where the Modello recommends it.
    let kinds = json["contenuti"]["tipi"].as_array().unwrap();
    let offices = kinds.iter().find(|k| k["cartella"] == "unita").unwrap();
    assert!(offices["campi"].as_array().unwrap().iter().any(|c| c[0] == "orari" && c[1] == 0), "{offices}");
    assert!(offices["consigliati"].as_array().unwrap().contains(&"orari".into()));
    assert!(html.contains("<code>orari</code> (consigliato)</th><td>0 su "));
    // The fingerprints are those of what `build` publishes.
    assert_eq!(campanile(&["build", "--now", "2026-11-21"], dir.path()).status.code(), Some(0));
    let proofs = criteria.iter().flat_map(|c| c["prove"].as_array().unwrap());
    let mut seen = 0;
    for proof in proofs {
        let url = url::Url::parse(proof["indirizzo"].as_str().unwrap()).unwrap();
        let path = dir.path().join("public").join(url.path().trim_start_matches('/')).join("index.html");
        let digest = <sha2::Sha256 as sha2::Digest>::digest(std::fs::read(&path).unwrap());
        assert_eq!(proof["sha256"].as_str(), Some(format!("{digest:x}").as_str()), "{url}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_dossier_is_the_same_bytes_and_tells_what_changed() {
    let dir = site(FAULT);
    let (_, _, first) = report(&dir, &[]);
    std::fs::rename(dir.path().join("fascicolo"), dir.path().join("prima")).unwrap();
    let (_, _, second) = report(&dir, &[]);
    assert_eq!(first, second);
    let tari = dir.path().join(TARI);
    let cured = std::fs::read_to_string(&tari).unwrap().replace(FAULT, "");
    std::fs::write(&tari, cured).unwrap();
    let config = dir.path().join("comune.yaml");
    let elsewhere =
        std::fs::read_to_string(&config).unwrap().replace("www.comune.ala.tn.it", "www.comune.prova.tn.it");
    std::fs::write(&config, elsewhere).unwrap();
    let (code, json, html) = report(&dir, &["--previous", "prima/fascicolo.json"]);
    assert_eq!(code, Some(1), "a criterion failed");
    let changes = &json["cambiamenti"];
    assert_eq!(changes["criteri"], serde_json::json!([["C.SI.5.2", "successo", "fallimento"]]));
    let codes =
        |list: &Value| list.as_array().unwrap().iter().map(|d| d["codice"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(&changes["nuovi"]), ["C.SI.5.2.a"]);
    assert_eq!(codes(&changes["risolti"]), ["LIN-05"]);
    assert!(html.contains("Difetti corretti: 1"), "{html}");
}

#[test]
fn the_dossier_holds_no_script_and_loads_nothing() {
    let (_, _, html) =
        report(&site("Un <script>alert(1)</script> e [clicca qui](/servizi/?x=\"><img>)."), &[]);
    let page = scraper::Html::parse_document(&html);
    let select = |s: &str| page.select(&scraper::Selector::parse(s).unwrap()).count();
    assert_eq!(select("script, img, iframe, link, object"), 0);
    assert_eq!((select("main"), select("h1")), (1, 1));
}
