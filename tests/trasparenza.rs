//! Amministrazione trasparente, calls and the register of acts: what is listed, what is hidden, what machines read.

mod common;

use std::collections::BTreeMap;

use campanile::pipeline::{self, Options};
use campanile::source::{Memory, Source};
use scraper::{Html, Selector};

const ALBO: &str = "amministrazione/documenti-e-dati/documenti-albo-pretorio/";

fn page(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Html {
    let bytes = files.get(&format!("{path}index.html")).unwrap_or_else(|| panic!("no page {path}"));
    Html::parse_document(std::str::from_utf8(bytes).unwrap())
}

fn texts(tree: &Html, css: &str) -> Vec<String> {
    let text = |e: scraper::ElementRef<'_>| {
        e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    tree.select(&Selector::parse(css).unwrap()).map(text).collect()
}

fn memory(files: &[(&str, &str)]) -> Memory {
    let mut site = common::base_site();
    for (path, text) in files {
        site.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    site
}

fn built(site: &dyn Source, now: &str) -> BTreeMap<String, Vec<u8>> {
    let outcome = pipeline::build(site, &Options { now: now.parse().unwrap(), ..common::options() });
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    common::files(&outcome)
}

fn act(title: &str, from: &str, to: &str, more: &str) -> String {
    format!(
        "---\ntitolo: {title}\ntipo: albo-ordinanza-del-sindaco\ndescrizione_breve: Un atto.\nargomenti: [imprese]\n\
         ufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: {from}\npubblicazione_dal: {from}\npubblicazione_al: {to}\n\
         url: https://www.esempio.it/atto.pdf\n{more}---\n"
    )
}

#[test]
fn the_register_holds_acts_between_their_days_and_then_the_archive() {
    let site = memory(&[("documenti/atto.md", &act("Ordinanza lucciola", "2026-11-10", "2026-11-20", ""))]);
    for (now, register, archive) in [
        ("2026-11-09", false, false),
        ("2026-11-10", true, false),
        ("2026-11-20", true, false),
        ("2026-11-21", false, true),
    ] {
        let files = built(&site, now);
        let rows = |path: &str| {
            files.contains_key(&format!("{path}index.html"))
                && texts(&page(&files, path), "th[scope=row]").contains(&"Ordinanza lucciola".to_owned())
        };
        assert_eq!(rows(ALBO), register, "{now}");
        assert_eq!(rows(&format!("{ALBO}archivio/")), archive, "{now}");
        let anywhere = files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("lucciola"));
        assert_eq!(anywhere, register || archive, "{now}: nowhere before its first day");
    }
}

#[test]
fn of_reserved_acts_only_the_row_or_the_title_is_published() {
    let hidden = act("Avviso girasole", "2026-11-10", "2026-11-30", "privacy: oscurato\n");
    let listed = act(
        "Pubblicazione papavero",
        "2026-11-10",
        "2026-11-30",
        "privacy: solo_elenco\nsezioni_trasparenza: [provvedimenti]\n",
    );
    let files = built(
        &memory(&[
            ("documenti/girasole.md", &hidden),
            ("documenti/papavero.md", &listed),
            // A section with a text of its own can be searched; the rows of its table cannot.
            ("trasparenza/provvedimenti.md", "---\nsezione: provvedimenti\n---\nTesto.\n"),
        ]),
        common::TODAY,
    );
    let tree = page(&files, ALBO);
    assert_eq!(texts(&tree, "tbody a"), Vec::<String>::new());
    let rows = texts(&tree, "tbody tr");
    assert!(
        rows.iter()
            .any(|r| r.contains("girasole") && r.contains("Contenuto riservato") && !r.contains("Ordinanza")),
        "{rows:?}"
    );
    assert!(rows.iter().any(|r| r.contains("papavero") && r.contains("Ordinanza del Sindaco")), "{rows:?}");
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!path.contains("girasole") && !path.contains("papavero"), "{path}");
        assert!(!text.contains("girasole") || path.starts_with(ALBO), "{path} tells the hidden act");
        let table = path.starts_with("amministrazione-trasparente/provvedimenti/")
            || path.starts_with("api/trasparenza/provvedimenti/");
        assert!(!text.contains("papavero") || path.starts_with(ALBO) || table, "{path} tells the listed act");
    }
}

#[test]
fn calls_change_state_on_their_days() {
    let call = "---\ntitolo: Gara ginestra\ntipo: gara\ndescrizione_breve: Una gara.\nargomenti: [imprese]\n\
                ufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: 2026-11-01\napertura: 2026-11-10\n\
                scadenza_domande: 2026-11-20T12:00\nchiusura_procedimento: 2026-12-01\n---\nTesto.\n";
    let site = memory(&[("bandi/gara.md", call)]);
    for (now, state) in [
        ("2026-11-09", "In programma"),
        ("2026-11-10", "Aperto"),
        ("2026-11-20", "Aperto"),
        ("2026-11-21", "In corso"),
        ("2026-11-30", "In corso"),
        ("2026-12-01", "Chiuso"),
    ] {
        let files = built(&site, now);
        let tree = page(&files, &format!("{ALBO}gara/"));
        assert!(texts(&tree, ".chip-label").contains(&state.to_owned()), "{now}: {state}");
        let table = page(&files, "amministrazione-trasparente/bandi-di-gara-e-contratti/procedure/");
        assert!(texts(&table, "td").contains(&state.to_owned()), "{now}: {state} in the table");
    }
    assert!(!built(&site, "2026-10-31").keys().any(|p| p.contains("gara/")));
}

#[test]
fn every_section_of_the_law_has_a_page_and_others_only_when_they_hold_something() {
    let files = built(&common::base_site(), common::TODAY);
    let has = |path: &str| files.contains_key(&format!("amministrazione-trasparente/{path}/index.html"));
    assert!(has("personale/dotazione-organica"), "an empty duty has its page");
    assert!(!has("disposizioni-generali/burocrazia-zero"), "a repealed one has not");
    assert!(!has("servizi-erogati/liste-di-attesa"), "nor one of other bodies");
    assert!(!has("bilanci/bilancio-preventivo-e-consuntivo/bilancio-preventivo"), "nor one of the region");
    let empty = page(&files, "amministrazione-trasparente/personale/dotazione-organica/");
    assert!(texts(&empty, "main p").iter().any(|p| p.contains("non ci sono dati da pubblicare")));
    let filled = memory(&[(
        "trasparenza/burocrazia-zero.md",
        "---\nsezione: disposizioni-generali/burocrazia-zero\n---\nTesto.\n",
    )]);
    assert!(
        built(&filled, common::TODAY)
            .contains_key("amministrazione-trasparente/disposizioni-generali/burocrazia-zero/index.html")
    );
}

#[test]
fn people_are_listed_by_their_roles() {
    let files = common::example();
    let rows = |path: &str| texts(&page(files, &format!("amministrazione-trasparente/{path}/")), "tbody tr");
    let political =
        rows("organizzazione/titolari-di-incarichi-politici-di-amministrazione-di-direzione-o-di-governo");
    assert!(political.len() >= 15 && political[0].starts_with("Ilaria FontanariSindaca"), "{political:?}");
    let top = rows("personale/titolari-di-incarichi-dirigenziali-amministrativi-di-vertice");
    assert!(top.len() == 1 && top[0].starts_with("Paolo Armellin"), "{top:?}");
    assert_eq!(rows("personale/posizioni-organizzative").len(), 5);
    let gone = rows(
        "organizzazione/titolari-di-incarichi-politici-di-amministrazione-di-direzione-o-di-governo/cessati-dall-incarico",
    );
    assert!(!gone.is_empty() && gone.iter().all(|r| political.iter().all(|p| p != r)), "{gone:?}");
}

#[test]
fn tables_are_the_same_for_people_and_for_machines() {
    let files = common::example();
    let mut tables = 0;
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("api/trasparenza/")) {
        let section = path.trim_start_matches("api/trasparenza/").rsplit_once('/').unwrap().0;
        let tree = page(files, &format!("amministrazione-trasparente/{section}/"));
        let link = format!("a[href=\"/{path}\"]");
        assert_eq!(tree.select(&Selector::parse(&link).unwrap()).count(), 1, "{path} is offered");
        let text = String::from_utf8(bytes.clone()).unwrap();
        // Without the line of headings.
        let rows: String = text.lines().skip(1).map(|line| line.replace("\"\"", "\"") + "\n").collect();
        assert!(!rows.is_empty(), "{path}");
        sections.entry(section.to_owned()).or_default().push_str(&rows);
        tables += 1;
    }
    for (section, rows) in sections {
        let tree = page(files, &format!("amministrazione-trasparente/{section}/"));
        let shown = texts(&tree, ".ci-data tbody th");
        assert_eq!(shown.len(), rows.lines().count(), "{section}: as many rows");
        for title in shown {
            assert!(rows.contains(&title), "{section}: {title}");
        }
    }
    assert!(tables >= 10, "{tables} tables");
    let catalogue: serde_json::Value = serde_json::from_slice(&files["api/dataset.jsonld"]).unwrap();
    let graph = catalogue["@graph"].as_array().unwrap();
    let of_type = |name: &str| graph.iter().filter(|n| n["@type"][0] == format!("dcatapit:{name}")).count();
    assert_eq!((of_type("Catalog"), of_type("Dataset"), of_type("Distribution")), (1, 3, 3));
    for node in graph.iter().filter(|n| n["@type"][0] == "dcatapit:Dataset") {
        for key in [
            "dct:identifier",
            "dct:title",
            "dct:description",
            "dct:modified",
            "dcat:theme",
            "dct:rightsHolder",
            "dct:accrualPeriodicity",
            "dcat:distribution",
        ] {
            assert!(!node[key].is_null(), "{key} of {node}");
        }
    }
}

#[test]
fn a_table_has_the_columns_and_the_sections_that_its_file_asks_for() {
    let files = common::example();
    let tree = page(files, "amministrazione-trasparente/bilanci/");
    assert_eq!(
        texts(&tree, ".ci-data thead th")[..5],
        ["Titolo", "Pubblicato il", "Tipo", "Protocollo", "Ufficio"]
    );
    let budget =
        texts(&tree, ".ci-data tbody tr").into_iter().find(|r| r.starts_with("Bilancio di previsione"));
    assert!(budget.unwrap().contains("2026/0412 del 16 gennaio 2026"));
    let section = |file: &str, depth: u32| {
        let rule =
            format!("---\nelenco: {{tipologia: documento, filtro: [statuto], profondita: {depth}}}\n---\n");
        let bylaws = "---\ntitolo: Regolamento del mercato\ntipo: regolamento\ndescrizione_breve: Un atto.\nargomenti: [imprese]\n\
             ufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: 2026-01-02\nurl: https://www.esempio.it/atto.pdf\n---\n";
        let site = memory(&[(file, &rule), ("documenti/regolamento.md", bylaws)]);
        let files = built(&site, common::TODAY);
        texts(&page(&files, "amministrazione-trasparente/disposizioni-generali/"), ".ci-data tbody th")
    };
    let file = "trasparenza/disposizioni-generali.md";
    assert_eq!(section(file, 1), Vec::<String>::new(), "what is two levels below is not of this section");
    assert_eq!(section(file, 3), ["Regolamento del mercato"]);
}

#[test]
fn a_procedure_says_its_forms_and_how_one_pays() {
    let tree = page(
        common::example(),
        "amministrazione-trasparente/attivita-e-procedimenti/tipologie-di-procedimento/",
    );
    let facts = texts(&tree, "dt, dd");
    let after = |name: &str| -> Vec<&String> {
        facts.iter().enumerate().filter(|(_, f)| *f == name).map(|(n, _)| &facts[n + 1]).collect()
    };
    assert!(after("Come si paga").contains(&&"Non si paga".to_owned()), "{facts:?}");
    assert!(after("Come si paga").iter().any(|f| f.contains("Con pagoPA, senza avviso")), "{facts:?}");
    let forms = texts(&tree, "dd a[href*='/modulistica/']");
    assert!(forms.len() >= 5, "{forms:?}");
}
