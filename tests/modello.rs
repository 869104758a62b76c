//! Fields and pages of the Modello that no other suite looks at, on parsed trees: hours in words, conditions and metadata of services,
//! groups of questions, families of places, what lists can be narrowed by, life events.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::parsed::{Files, all, page, text, texts};
use scraper::{Html, Selector};

fn attributes<'a>(tree: &'a Html, css: &str, name: &str) -> Vec<&'a str> {
    all(tree, css).into_iter().filter_map(|e| e.value().attr(name)).collect()
}

/// The headings of the blocks of a page, those of the frame aside.
fn blocks(tree: &Html) -> Vec<String> {
    texts(tree, "main section.ci-section > .container > h2")
}

/// The object of that type that a page holds for machines.
fn object(tree: &Html, kind: &str) -> serde_json::Value {
    let objects = texts(tree, "script[type='application/ld+json']").into_iter();
    objects
        .map(|json| serde_json::from_str::<serde_json::Value>(&json).unwrap())
        .find(|object| object["@type"] == kind)
        .unwrap_or_else(|| panic!("no {kind}"))
}

/// The smallest sound site with other files, built.
fn with(files: &[(&str, String)]) -> Files {
    let mut site = common::base_site();
    for (path, text) in files {
        site.insert((*path).to_owned(), text.clone().into_bytes());
    }
    let outcome = campanile::pipeline::build(&site, &common::options());
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    common::files(&outcome)
}

#[test]
fn hours_are_tables_or_words() {
    let files = common::example();
    let heat = page(files, "amministrazione/enti-e-fondazioni/calore-alta-valle/");
    assert_eq!(texts(&heat, "#orario strong"), ["su appuntamento"]);
    assert!(all(&heat, "#orario table, [data-ci-orari]").is_empty(), "words make no table");
    let desk = page(files, "amministrazione/uffici/ufficio-relazioni-con-il-pubblico/");
    assert_eq!(texts(&desk, "#contatti table caption"), ["Quando si risponde al telefono"]);
    assert_eq!(texts(&desk, "#contatti tbody tr").len(), 7);
    assert!(
        attributes(&desk, "[data-ci-orari]", "data-ci-orari").len() <= 1,
        "it tells of the counter alone"
    );
    let file = common::tree(&common::root().join("tests/rules/base"))["luoghi/municipio.md"].clone();
    let mixed = "---\norari:\n  - giorni: {lun: [\"09:00-12:00\"]}\n  - Chiuso quando nevica.\n";
    let text = String::from_utf8(file).unwrap().replacen("---\n", mixed, 1);
    let seat = page(&with(&[("luoghi/municipio.md", text)]), "vivere-il-comune/luoghi/municipio/");
    assert_eq!(texts(&seat, "#orario table").len(), 1);
    assert_eq!(texts(&seat, "#orario table ~ p, #orario div ~ p"), ["Chiuso quando nevica."]);
    assert!(all(&seat, "[data-ci-orari]").is_empty(), "a table alone does not tell whether it is open");
}

#[test]
fn a_service_without_conditions_has_those_of_the_whole_site() {
    let files = common::example();
    let own = page(files, "servizi/turismo/imposta-di-soggiorno/");
    assert!(texts(&own, "[data-element=service-file]")[0].contains("Regolamento"), "its own");
    let shared = page(files, "servizi/anagrafe-e-stato-civile/certificati-anagrafici/");
    assert_eq!(
        texts(&shared, "#condizioni-di-servizio [data-element=service-file] a"),
        ["carta dei servizi"]
    );
    let link = attributes(&shared, "#condizioni-di-servizio a", "href");
    assert!(link[0].ends_with("/carta-dei-servizi/"), "it starts from comune.yaml: {link:?}");
    assert!(files.contains_key(&format!("{}index.html", link[0].trim_start_matches('/'))), "{link:?}");
}

#[test]
fn a_sheet_tells_machines_its_sector_and_people_its_area() {
    let tax = page(common::example(), "servizi/turismo/imposta-di-soggiorno/");
    let object = object(&tax, "GovernmentService");
    assert_eq!(object["category"]["codeValue"], "I.55");
    assert_eq!(object["serviceOperator"]["name"], "Comune di Roccachiara");
    assert_eq!(object["serviceOperator"]["identifier"]["value"], "c_m998");
    let area = texts(&tax, "#contatti > p");
    assert_eq!(area, ["L'ufficio fa parte di: Area amministrativa"]);
    let needed = all(&tax, "[data-element=service-needed] ul > li");
    assert_eq!(needed.len(), 4);
    assert!(needed.iter().all(|li| li.select(&Selector::parse("p").unwrap()).next().is_none()), "in a line");
    let link = attributes(&tax, "[data-element=service-needed] li a", "href");
    assert_eq!(link, ["/servizi/turismo/comunicazione-locazione-turistica/"]);
    assert_eq!(texts(&tax, "[data-element=service-needed] li strong"), ["chi è esente"]);
}

#[test]
fn a_service_to_come_says_so_in_the_words_of_the_modello() {
    let file = common::tree(&common::root().join("tests/rules/base"))["servizi/tari.md"].clone();
    let state = "---\nstato: in-sviluppo\nmotivo_stato: Arriva in primavera.\narea: ufficio-tributi\ncodice_ipa: \"pat\"\n";
    let text = String::from_utf8(file).unwrap().replacen("---\n", state, 1);
    let files = with(&[("servizi/tari.md", text)]);
    let sheet = page(&files, "servizi/tributi-finanze-e-contravvenzioni/tari/");
    assert_eq!(texts(&sheet, "[data-element=service-status]"), ["In fase di sviluppo"]);
    assert_eq!(texts(&sheet, "#contatti > p a").len(), 1, "the area that the sheet names");
    assert_eq!(object(&sheet, "GovernmentService")["serviceOperator"]["identifier"]["value"], "pat");
    assert!(
        texts(&page(&files, "servizi/"), "#elenco .chip-label").contains(&"In fase di sviluppo".to_owned())
    );
}

#[test]
fn a_dataset_says_its_languages_to_people_and_to_catalogues() {
    let files = common::example();
    let people = page(files, "amministrazione/documenti-e-dati/dataset/popolazione-residente/");
    assert!(texts(&people, "#dettagli div").contains(&"LinguaItaliano, Tedesco".to_owned()));
    let catalogue: serde_json::Value = serde_json::from_slice(&files["api/dataset.jsonld"]).unwrap();
    let codes = |title: &str| -> Vec<String> {
        let node = catalogue["@graph"].as_array().unwrap().iter().find(|n| n["dct:title"]["@value"] == title);
        let list = node.unwrap()["dct:language"].as_array().unwrap();
        list.iter().map(|l| l["@id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes("Popolazione residente"), ["ITA", "DEU"]);
    assert_eq!(codes("Prestiti della biblioteca"), ["ITA"], "Italian where nothing is said");
}

#[test]
fn questions_stand_in_groups_below_their_subject() {
    let faq = page(common::example(), "domande-frequenti/");
    let headings: Vec<(String, String)> = all(&faq, "#domande h2, #domande section section > h3")
        .into_iter()
        .map(|h| (h.value().name().to_owned(), text(h)))
        .collect();
    let of = |title: &str| headings.iter().position(|(_, t)| t == title).unwrap();
    let (school, nursery, canteen) = (of("Scuola e famiglia"), of("Asilo nido"), of("Mensa e scuolabus"));
    assert!(school < nursery && nursery < canteen, "{headings:?}");
    assert_eq!((headings[school].0.as_str(), headings[nursery].0.as_str()), ("h2", "h3"));
    let subjects: Vec<String> =
        headings.iter().filter(|(name, _)| name == "h2").map(|(_, t)| t.clone()).collect();
    let mut sorted = subjects.clone();
    sorted.sort();
    assert_eq!(subjects, sorted);
    assert!(all(&faq, "#domande details").len() > 20, "all of them are in the page");
    assert_eq!(attributes(&faq, "#domande", "data-ci-step"), ["20"]);
    assert_eq!(texts(&faq, "button[data-ci-more=domande][hidden]"), ["Carica altre domande"]);
}

#[test]
fn places_have_a_page_for_each_family() {
    let files = common::example();
    let places = page(files, "vivere-il-comune/luoghi/");
    let headings = blocks(&places);
    assert_eq!(headings, ["In evidenza", "Esplora tutti i luoghi", "Esplora per tipo"]);
    let families = attributes(&places, "main section.ci-section:last-of-type .card-title a", "href");
    assert!(families.len() >= 5, "{families:?}");
    let mut listed = BTreeSet::new();
    for family in &families {
        let below = page(files, family.trim_start_matches('/'));
        let titles = texts(&below, "#elenco .card-title");
        assert!(!titles.is_empty(), "{family}");
        let steps = texts(&below, "[data-element=breadcrumb] a");
        assert_eq!(steps[steps.len() - 2..], ["Vivere il Comune", "Luoghi"], "{family}");
        listed.extend(titles);
    }
    let everywhere: BTreeSet<String> = texts(&places, "#elenco .card-title").into_iter().collect();
    assert_eq!(listed, everywhere, "every place is in a family");
    let theatre = page(files, "vivere-il-comune/luoghi/centri-per-la-cultura/");
    assert_eq!(texts(&theatre, "h1"), ["Centri per la cultura"]);
    assert!(texts(&theatre, "#elenco .card-title").contains(&"Teatro sociale".to_owned()));
    let map = page(files, "mappa-del-sito/");
    assert!(
        families.iter().all(|f| attributes(&map, "main li a", "href").contains(f)),
        "in the map of the site"
    );
    // One family alone would be the list again.
    let seat = page(&with(&[]), "vivere-il-comune/luoghi/");
    assert!(!blocks(&seat).contains(&"Esplora per tipo".to_owned()));
}

#[test]
fn a_topic_gathers_galleries_projects_and_pages_too() {
    let files = common::example();
    let past = page(files, "argomenti/patrimonio-culturale/");
    assert!(texts(&past, ".card-title").contains(&"La filanda del Borgo".to_owned()));
    assert_eq!(blocks(&past).last().map(String::as_str), Some("Pagine"));
    let water = page(files, "argomenti/acqua/");
    let groups = blocks(&water);
    assert!(groups.contains(&"Gallerie".to_owned()) && groups.contains(&"Luoghi".to_owned()), "{groups:?}");
    assert!(texts(&water, ".card-title").contains(&"Il cantiere dell'acquedotto di Masi Alti".to_owned()));
    let project = "---\ntitolo: Il nuovo sito\ndescrizione_breve: Un progetto.\nargomenti: [acqua]\nmissione: m1\ncomponente: M1C1\n\
         investimento: Investimento 1.4.1\ncup: H41F22000120006\nimporto: \"79.922,00\"\nstato: concluso\nufficio_responsabile: ufficio-tributi\n---\nTesto.\n";
    let files = with(&[("progetti-pnrr/sito.md", project.to_owned())]);
    let water = page(&files, "argomenti/acqua/");
    assert_eq!(attributes(&water, "main .ci-section a.btn-primary", "href"), ["/attuazione-misure-pnrr/"]);
}

#[test]
fn news_of_a_kind_begin_with_those_in_evidence() {
    let files = common::example();
    let news = page(files, "novita/notizie/");
    assert_eq!(blocks(&news), ["Notizie in evidenza", "Tutte le notizie"]);
    assert_eq!(
        texts(&news, "main section.ci-section:first-of-type .card-title"),
        ["Acqua più sicura: finito l'acquedotto di Masi Alti"]
    );
    assert_eq!(blocks(&page(files, "novita/avvisi/")), ["Tutti gli avvisi"], "none, no heading");
}

#[test]
fn the_plan_to_make_the_site_faster_is_in_the_footer_where_there_is_one() {
    let slow = "---\ntitolo: Piano di miglioramento\ndescrizione_breve: Come il sito diventa più veloce.\n---\nEntro l'estate.\n";
    let files = with(&[("pagine/piano-di-miglioramento.md", slow.to_owned())]);
    let links = texts(&page(&files, ""), "footer a[href='/piano-di-miglioramento/']");
    assert_eq!(links, ["Piano di miglioramento del sito"]);
    assert!(all(&page(common::example(), ""), "footer a[href='/piano-di-miglioramento/']").is_empty());
}

#[test]
fn people_can_be_narrowed_by_role_and_unit() {
    let list = page(common::example(), "amministrazione/politici/");
    assert_eq!(attributes(&list, "[data-ci-facts] select", "id"), ["filtro-ruolo", "filtro-unita"]);
    let choices = |id: &str| -> BTreeMap<String, String> {
        let options = all(&list, &format!("#{id} option"));
        options.into_iter().map(|o| (text(o), o.value().attr("value").unwrap().to_owned())).collect()
    };
    let fitting = |value: &str| -> Vec<String> {
        let people = all(&list, "#elenco > li").into_iter();
        let fit = people
            .filter(|p| p.value().attr("data-ci-values").unwrap_or_default().split(' ').any(|v| v == value));
        fit.map(|p| text(p.select(&Selector::parse(".card-title").unwrap()).next().unwrap())).collect()
    };
    assert_eq!(fitting(&choices("filtro-ruolo")["Sindaco"]), ["Ilaria Fontanari"]);
    let board = fitting(&choices("filtro-unita")["Giunta comunale"]);
    assert!(board.len() >= 4 && board[0] == "Ilaria Fontanari", "{board:?}");
}

#[test]
fn events_say_their_days_to_the_script_that_narrows_them() {
    let list = page(common::example(), "vivere-il-comune/eventi/");
    let days = attributes(&list, "#elenco > li", "data-ci-days");
    assert_eq!(days.len(), all(&list, "#elenco > li").len());
    for day in days.iter().flat_map(|d| d.split(' ')) {
        for one in day.split('/') {
            assert!(one.parse::<jiff::civil::Date>().is_ok(), "{day}");
        }
    }
    assert!(days.iter().any(|d| d.contains('/')) && days.iter().any(|d| d.contains(' ')), "{days:?}");
    assert_eq!(texts(&list, "label[for=filtro-dal], label[for=filtro-al]"), ["Dal", "Al"]);
}

#[test]
fn the_register_can_be_searched_by_word() {
    for path in ["", "archivio/"] {
        let register = page(
            common::example(),
            &format!("amministrazione/documenti-e-dati/documenti-albo-pretorio/{path}"),
        );
        assert_eq!(attributes(&register, "form[data-ci-filter]", "data-ci-filter"), ["elenco"]);
        assert_eq!(attributes(&register, "#elenco", "data-ci-items"), ["tbody tr"]);
        let rows = all(&register, "#elenco tbody tr").len();
        let told = texts(&register, "[data-ci-status=elenco]");
        assert!(told[0].starts_with(&format!("{rows} att")), "{told:?}");
    }
}

#[test]
fn documents_and_services_of_the_same_moment_of_life_are_related() {
    let service = common::tree(&common::root().join("tests/rules/base"))["servizi/tari.md"].clone();
    let service = String::from_utf8(service).unwrap();
    let moment = "eventi_vita_persone: [nascita-e-adozione]\n";
    let document = |slug: &str, more: &str| {
        format!(
            "---\ntitolo: Modulo {slug}\ntipo: modulistica\ndescrizione_breve: Un modulo.\nargomenti: [acqua]\n\
             data_pubblicazione: 2026-01-02\nufficio_responsabile: ufficio-tributi\nurl: https://www.esempio.it/{slug}.pdf\n{more}---\n"
        )
    };
    let files = with(&[
        ("servizi/tari.md", service.replacen("---\n", &format!("---\n{moment}"), 1)),
        ("documenti/uno.md", document("uno", moment)),
        ("documenti/due.md", document("due", "")),
    ]);
    let sheet = page(&files, "servizi/tributi-finanze-e-contravvenzioni/tari/");
    // Only what has the moment in common counts more than the category that all services share.
    let forms = |page: &Html| -> Vec<String> {
        texts(page, ".ci-related a").into_iter().filter(|t| t.starts_with("Modulo")).collect()
    };
    assert_eq!(forms(&sheet), ["Modulo uno"]);
}

#[test]
fn the_pictures_of_a_gallery_are_shown_nowhere_else() {
    let files = common::example();
    let mut shown: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut galleries: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (path, html) in common::pages(files) {
        let tree = Html::parse_document(html);
        if all(&tree, ".ci-hero").is_empty() || all(&tree, ".ci-actions").is_empty() {
            continue;
        }
        for picture in attributes(&tree, "main img", "src") {
            shown.entry(picture.to_owned()).or_default().insert(path);
        }
        let lists = "#galleria img, #immagini img, #cos-e .ci-grid figure img, #galleria-di-immagini img";
        for picture in attributes(&tree, lists, "src") {
            galleries.entry(picture.to_owned()).or_default().insert(path);
        }
    }
    assert!(galleries.len() >= 10, "{galleries:?}");
    for (picture, pages) in galleries.iter().filter(|(picture, _)| picture.ends_with(".svg")) {
        assert_eq!(&shown[picture], pages, "{picture}");
        assert_eq!(pages.len(), 1, "{picture}");
    }
}
