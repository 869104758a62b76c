//! `check` is independent of the theme: faults seeded in the published pages of a sound site, at least one for each official sub-rule
//! and for each rule of accessibility, are caught with the right code; a sound site has none.

mod common;
mod seeds;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use campanile::check::Memory;
use campanile::diagnostic::{Code, Diagnostic, Severity, SourceFiles};
use campanile::pipeline::{self, Built};
use campanile::source::{Memory as Files, Source};
use campanile::write::OutputFile;
use rayon::prelude::*;
use seeds::{SEEDS, Seed};

/// A host of the official list: only there can a site meet C.SI.5.2.
const INSTITUTIONAL: &str = "www.comune.ala.tn.it";

/// A site with every kind of page that the rules look at, small so that it can be judged hundreds of times.
fn golden() -> Files {
    let mut site = common::base_site();
    for (path, bytes) in common::tree(&common::root().join("tests/check")) {
        site.insert(path, bytes);
    }
    site.insert("comune.yaml", config().into_bytes());
    site
}

fn base(path: &str) -> String {
    String::from_utf8(common::tree(&common::root().join("tests/rules/base"))[path].clone()).unwrap()
}

/// `comune.yaml` of the golden site, without the hundreds of pages of Amministrazione trasparente.
fn config() -> String {
    let text = base("comune.yaml").replace("www.comune.prova.tn.it", INSTITUTIONAL);
    format!("{text}amministrazione_trasparente: {{url: \"https://trasparenza.comune.prova.tn.it/\"}}\n")
}

static BUILT: LazyLock<(SourceFiles, Built)> = LazyLock::new(|| {
    let (texts, mut sites) = pipeline::built(&golden(), &common::options());
    (texts, sites.pop().expect("the golden site builds"))
});

fn found(files: &[OutputFile]) -> Vec<Diagnostic> {
    static READ: LazyLock<Memory> = LazyLock::new(Memory::default);
    let (texts, built) = &*BUILT;
    built.ready.judge(files, texts, &READ).diagnostics
}

/// The output with a seed in it; `None` when it changed nothing.
fn seeded(seed: &Seed) -> Option<Vec<OutputFile>> {
    let mut changed = false;
    let files = BUILT.1.files.iter().map(|file| {
        let text = std::str::from_utf8(&file.bytes).ok().filter(|_| seed.on(&file.path));
        let after = text.map(|text| seed.apply(text)).filter(|after| Some(after.as_str()) != text);
        changed |= after.is_some();
        let bytes = after.map_or_else(|| file.bytes.clone(), |after| after.into_bytes().into());
        OutputFile { path: file.path.clone(), bytes }
    });
    let files: Vec<OutputFile> = files.collect();
    changed.then_some(files)
}

#[test]
fn a_sound_site_has_no_faults() {
    let faults: Vec<String> = found(&BUILT.1.files)
        .iter()
        .filter(|d| d.severity != Severity::Hint)
        .map(|d| format!("{} {} {:?}", d.code.name(), d.message.it, d.pages))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_seeded_fault_is_caught() {
    let judged: Vec<(&Seed, Option<Vec<Code>>)> = SEEDS
        .par_iter()
        .map(|seed| (seed, seeded(seed).map(|files| found(&files).iter().map(|d| d.code).collect())))
        .collect();
    let mut wrong = Vec::new();
    for (seed, codes) in &judged {
        match codes {
            None => wrong.push(format!("{}: the seed changed nothing ({})", seed.code, seed.what)),
            Some(codes) if !codes.iter().any(|code| code.name() == seed.code) => {
                let names: BTreeSet<&str> = codes.iter().map(|c| c.name()).collect();
                wrong.push(format!("{}: not caught ({}); found {names:?}", seed.code, seed.what));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SEEDS.len(), wrong.join("\n"));
    assert!(SEEDS.len() >= 150, "{} seeds", SEEDS.len());
}

#[test]
fn every_rule_of_check_has_a_seed() {
    let seeded: BTreeSet<&str> = SEEDS.iter().map(|seed| seed.code).collect();
    let families = ["C.SI.", "R.SI.", "EVI-", "A11Y-", "HTM-", "LIN-"];
    let rules = Code::ALL.iter().map(|c| c.name()).filter(|n| families.iter().any(|f| n.starts_with(f)));
    let missing: Vec<&str> = rules.filter(|name| !seeded.contains(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// The place of the first finding of a code, as people see it.
fn place(site: &dyn Source, code: &str) -> Option<String> {
    let checked = pipeline::check(site, &common::options());
    let found = checked.diagnostics.sorted(&checked.sources).into_iter().find(|d| d.code.name() == code)?;
    Some(match (found.span, found.path) {
        (Some(span), _) => {
            let (line, column) = checked.sources.position(span);
            format!("{}:{line}:{column}", checked.sources.get(span.file).path)
        }
        (None, path) => path.unwrap_or_default(),
    })
}

#[test]
fn findings_lead_to_the_words_of_the_content() {
    let mut site = golden();
    let text = base("servizi/tari.md");
    let faulty = text.replace("## Come fare\n", "## Come fare\n\nPer il modulo [clicca qui](/servizi/).\n");
    assert_ne!(text, faulty);
    let line = faulty.lines().position(|l| l.contains("clicca qui")).unwrap() + 1;
    site.insert("servizi/tari.md", faulty.into_bytes());
    assert_eq!(place(&site, "LIN-05"), Some(format!("servizi/tari.md:{line}:29")));
}

#[test]
fn findings_lead_to_the_setting_or_to_the_template() {
    let mut site = golden();
    assert_eq!(place(&site, "C.SI.5.2.a"), None);
    let config = config().replace(INSTITUTIONAL, "www.comune.prova.tn.it");
    site.insert("comune.yaml", config.clone().into_bytes());
    let line = config.lines().position(|l| l.starts_with("dominio:")).unwrap() + 1;
    assert_eq!(place(&site, "C.SI.5.2.a"), Some(format!("comune.yaml:{line}:1")));

    let mut site = golden();
    let theme = common::root().join("themes/comuni/templates/parts/header.html");
    let header = std::fs::read_to_string(theme).unwrap();
    let other = header.replace("data-element=\"all-topics\"", "");
    assert_ne!(header, other);
    site.insert("templates/parts/header.html", other.into_bytes());
    assert_eq!(place(&site, "C.SI.1.5.a"), Some("templates/parts/header.html:1:1".to_owned()));
}

/// What a template of the Comune that holds `html` makes of `LNK-01`: the place, and how many pages it names.
fn broken_by(template: &str, html: &str) -> Option<(String, usize)> {
    let mut site = golden();
    let theme = common::root().join("themes/comuni/templates").join(template);
    let sound = std::fs::read_to_string(theme).unwrap();
    let faulty = match sound.split_once("</main>") {
        Some((before, after)) => format!("{before}{html}</main>{after}"),
        None => format!("{html}{sound}"),
    };
    site.insert(format!("templates/{template}"), faulty.into_bytes());
    let checked = pipeline::check(&site, &common::options());
    let found =
        checked.diagnostics.sorted(&checked.sources).into_iter().find(|d| d.code == Code::LinkBroken)?;
    let place = found.span.map(|span| checked.sources.get(span.file).path.clone());
    Some((place.unwrap_or_default(), found.pages.len()))
}

#[test]
fn links_broken_by_a_template_lead_to_the_template() {
    let pages = BUILT.1.ready.plan.routes.len();
    let broken = [
        ("a page", "<a href=\"/manca/\">x</a>"),
        ("a page, from the page", "<a href=\"manca/\">x</a>"),
        ("a page of the whole address", "<a href=\"https://www.comune.ala.tn.it/manca/\">x</a>"),
        ("a fragment of the page", "<a href=\"#manca\">x</a>"),
        ("a fragment of another page", "<a href=\"/servizi/#manca\">x</a>"),
        ("a picture", "<img src=\"/assets/manca.png\" alt=\"\">"),
        ("a picture of several", "<img src=\"/assets/theme.js\" srcset=\"/assets/manca.png 2x\" alt=\"\">"),
        ("a symbol", "<svg><use href=\"/manca.svg#it-x\"></use></svg>"),
        ("a script", "<script src=\"/assets/manca.js\" defer></script>"),
        ("a style sheet", "<link rel=\"stylesheet\" href=\"/assets/manca.css\">"),
        ("a form", "<form action=\"/manca/\"><button>x</button></form>"),
    ];
    for (what, html) in broken {
        let (place, on) = broken_by("base.html", html).unwrap_or_else(|| panic!("not caught: {what}"));
        assert_eq!(place, "templates/base.html", "{what}");
        assert!(on + 5 > pages, "{what}: {on} of {pages} pages");
    }
    assert_eq!(broken_by("base.html", "<a href=\"/servizi/\">x</a>"), None);
    let (place, on) = broken_by("parts/footer.html", "<a href=\"/manca/\">x</a>").unwrap();
    assert_eq!((place.as_str(), on + 5 > pages), ("templates/parts/footer.html", true));
}

/// What `controlli` in `comune.yaml` makes of a finding.
fn with_choices(choices: &str) -> Vec<(String, Severity)> {
    let mut site = golden();
    let text = base("servizi/tari.md");
    site.insert(
        "servizi/tari.md",
        text.replace("## Come fare\n", "## Come fare\n\n[Clicca qui](/servizi/).\n").into_bytes(),
    );
    site.insert("comune.yaml", format!("{}controlli:\n{choices}\n", config()).into_bytes());
    let checked = pipeline::check(&site, &common::options());
    let found = checked.diagnostics.sorted(&checked.sources).into_iter();
    found.filter(|d| d.severity != Severity::Hint).map(|d| (d.code.name().to_owned(), d.severity)).collect()
}

#[test]
fn a_comune_decides_what_is_an_error_and_what_is_accepted_until_when() {
    let one = |code: &str, severity| vec![(code.to_owned(), severity)];
    assert_eq!(with_choices("  mesi_aggiornamento: 12"), one("LIN-05", Severity::Warning));
    assert_eq!(with_choices("  errore_se: [LIN]"), one("LIN-05", Severity::Error));
    let ignored =
        |code: &str, day: &str| format!("  ignora:\n    - {{codice: {code}, motivo: prova, fino_al: {day}}}");
    assert_eq!(with_choices(&ignored("LIN-05", "2027-01-01")), vec![]);
    let lapsed = with_choices(&ignored("LIN-05", "2025-01-01"));
    assert_eq!(
        lapsed.iter().map(|(code, _)| code.as_str()).collect::<BTreeSet<_>>(),
        BTreeSet::from(["CTR-01", "LIN-05"])
    );
    let useless = with_choices(&ignored("LIN-03", "2027-01-01"));
    assert!(useless.contains(&("CTR-01".to_owned(), Severity::Warning)), "{useless:?}");
    let unknown = with_choices(&ignored("LIN-99", "2027-01-01"));
    assert!(unknown.contains(&("CTR-01".to_owned(), Severity::Warning)), "{unknown:?}");
}

/// Writes the golden site and, in `semi/N/`, the files that each seed changes, for `tests/browser/seeds.mjs`: what axe-core and the Nu
/// Html Checker say of the same faults.
#[test]
#[ignore = "by hand: SEEDS_DIR=FOLDER, then node tests/browser/seeds.mjs FOLDER"]
fn write_faulty_pages() {
    let folder =
        std::path::PathBuf::from(std::env::var_os("SEEDS_DIR").expect("SEEDS_DIR names a new folder"));
    let write = |path: std::path::PathBuf, bytes: &[u8]| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    for file in &BUILT.1.files {
        write(folder.join("sito").join(&file.path), &file.bytes);
    }
    let mut list = Vec::new();
    for (n, seed) in SEEDS.iter().enumerate() {
        let files = seeded(seed).expect("a seed that changes something");
        let changed = files.iter().zip(&BUILT.1.files).filter(|(after, before)| after.bytes != before.bytes);
        let changed: Vec<&OutputFile> = changed.map(|(after, _)| after).collect();
        for file in &changed {
            write(folder.join(format!("semi/{n}")).join(&file.path), &file.bytes);
        }
        let page =
            changed.iter().map(|f| f.path.as_str()).find(|p| p.ends_with(".html")).unwrap_or("index.html");
        let codes: BTreeSet<&str> = found(&files).iter().map(|d| d.code.name()).collect();
        list.push(serde_json::json!({ "n": n, "codice": seed.code, "trovati": codes, "che": seed.what, "pagina": page }));
    }
    write(folder.join("semi.json"), serde_json::json!(list).to_string().as_bytes());
}
