//! People on the pages of the example: what the Department looks for by hand (persons, offices), the order of lists, and what the
//! end of a term changes.

mod common;

use campanile::pipeline;
use campanile::source::Disk;
use common::parsed::{Files, all, page, text, texts};

/// The pages directly below a folder of the output, as folders.
fn below<'a>(files: &'a Files, folder: &str) -> Vec<&'a str> {
    let single = |path: &&'a String| {
        let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_suffix("/index.html"));
        rest.is_some_and(|slug| !slug.contains('/') && slug != "cessati")
    };
    files.keys().filter(single).map(|path| path.trim_end_matches("index.html")).collect()
}

/// The example as it will be on a day.
fn example_on(day: &str) -> Files {
    let options = pipeline::Options { now: day.parse().unwrap(), ..common::options() };
    let outcome = pipeline::build(&Disk::new(common::root().join("content-example")), &options);
    common::files(&outcome)
}

const POLITICI: &str = "amministrazione/politici/";
const PERSONALE: &str = "amministrazione/personale-amministrativo/";
/// Every heading that the page of a person may have, in the official order.
const HEADINGS: [&str; 20] = [
    "Incarico",
    "Tipo di incarico",
    "Compensi",
    "Importi di viaggio e missione",
    "Organizzazioni",
    "Competenze",
    "Deleghe",
    "Biografia",
    "Galleria di immagini",
    "Contatti",
    "Curriculum vitae",
    "Situazione patrimoniale",
    "Dichiarazione dei redditi",
    "Spese elettorali",
    "Variazione situazione patrimoniale",
    "Altre cariche",
    "Altri incarichi pagati con denaro pubblico",
    "Dichiarazione sulle incompatibilità",
    "Emolumenti",
    "Ulteriori informazioni",
];

#[test]
fn every_person_has_role_organisations_and_contacts() {
    let files = common::example();
    let people: Vec<&str> = [POLITICI, PERSONALE].into_iter().flat_map(|f| below(files, f)).collect();
    assert!(people.len() > 20, "{people:?}");
    for path in people {
        let tree = page(files, path);
        assert!(!texts(&tree, "#incarico strong").is_empty(), "{path}: role");
        assert!(!all(&tree, "#incarico a[href^='/amministrazione/']").is_empty(), "{path}: unit");
        assert!(!all(&tree, "#tipo-di-incarico time").is_empty(), "{path}: dates");
        let contacts = all(&tree, "#contatti a[href^='mailto:'], #contatti a[href^='tel:']");
        assert!(!contacts.is_empty(), "{path}: contacts");
        let in_office = all(&tree, ".alert").is_empty();
        assert_eq!(in_office, !all(&tree, "#organizzazioni a").is_empty(), "{path}: organisations");
        let headings = texts(&tree, "main section.ci-prose > h2");
        assert_eq!(headings, texts(&tree, "[data-element=page-index] a"), "{path}");
        let mut official = HEADINGS.iter().chain(&["Eventi", "Notizie"]);
        assert!(headings.iter().all(|h| official.any(|o| o == h)), "{path}: {headings:?}");
        let trail = texts(&tree, "nav.breadcrumb-container li");
        assert_eq!(trail.len(), 4, "{path}: {trail:?}");
        let json = texts(&tree, "script[type='application/ld+json']").concat();
        assert!(json.contains("\"@type\":\"Person\""), "{path}");
    }
}

#[test]
fn the_page_of_a_politician_has_her_pictures_and_the_events_to_come_in_which_she_takes_part() {
    let files = common::example();
    let tree = page(files, "amministrazione/politici/ilaria-fontanari/");
    assert_eq!(all(&tree, "#galleria img[alt]").len(), 2);
    assert_eq!(texts(&tree, "#eventi .card-title"), ["Seduta del Consiglio comunale"]);
    let event = page(files, "vivere-il-comune/eventi/consiglio-comunale-26-novembre-2026/");
    assert!(texts(&event, "#cos-e h3").contains(&"Parteciperanno".to_owned()));
    assert_eq!(texts(&event, "#cos-e h4"), ["Ilaria Fontanari", "Giulia Sartorelli"]);
    let after = page(&example_on("2026-11-27"), "amministrazione/politici/ilaria-fontanari/");
    assert!(all(&after, "#eventi").is_empty(), "an event that is over is not announced");
}

#[test]
fn authors_of_a_document_are_people_of_the_site_or_names() {
    let tree = page(
        common::example(),
        "amministrazione/documenti-e-dati/documenti-tecnici-di-supporto/piano-protezione-civile/",
    );
    let authors =
        all(&tree, "#ufficio-responsabile p").into_iter().map(text).find(|p| p.starts_with("Autore"));
    assert_eq!(authors.as_deref(), Some("Autore/i: Ilaria Fontanari, Centro studi Montagna sicura"));
    assert_eq!(
        all(&tree, "#ufficio-responsabile p a[href='/amministrazione/politici/ilaria-fontanari/']").len(),
        1
    );
}

#[test]
fn every_office_has_tasks_seat_and_contacts() {
    let files = common::example();
    let offices = below(files, "amministrazione/uffici/");
    assert!(offices.len() >= 8, "{offices:?}");
    for path in offices {
        let tree = page(files, path);
        assert!(!texts(&tree, ".ci-lead").concat().is_empty(), "{path}: description");
        assert!(!texts(&tree, "#competenze p").is_empty(), "{path}: tasks");
        assert!(texts(&tree, "#sede .ci-office").concat().contains("Roccachiara"), "{path}: address");
        assert!(!all(&tree, "#contatti a").is_empty(), "{path}: contacts");
        assert!(!all(&tree, "#responsabile a").is_empty(), "{path}: who is in charge");
        assert!(!all(&tree, "#assessore a").is_empty(), "{path}: to whom it answers");
    }
}

#[test]
fn lists_are_by_role_then_by_family_name() {
    let files = common::example();
    let politicians = texts(&page(files, POLITICI), "#elenco .card-title");
    assert_eq!(
        politicians[..7],
        [
            "Ilaria Fontanari",
            "Renzo Masotti",
            "Matteo Borgonovo",
            "Giulia Sartorelli",
            "Caterina Valdagni",
            "Giorgio Tavonatti",
            "Nicola Bridarol"
        ]
    );
    assert_eq!(politicians.len(), 15);
    let staff = texts(&page(files, PERSONALE), "#elenco .card-title");
    assert_eq!(staff[..2], ["Paolo Armellin", "Chiara Broilo"]);
    assert_eq!(texts(&page(files, &format!("{POLITICI}cessati/")), "#elenco .card-title"), ["Bruno Cestari"]);
    let council = page(files, "amministrazione/organi-di-governo/consiglio-comunale/");
    assert_eq!(all(&council, "#persone .card-title").len(), 15);
    assert_eq!(texts(&council, "#responsabile .card-title"), ["Giorgio Tavonatti"]);
}

#[test]
fn the_menus_lead_to_people_and_the_home_to_the_mayor() {
    let files = common::example();
    let cards = texts(&page(files, "amministrazione/"), "[data-element=management-category-link]");
    let seven = [
        "Aree amministrative",
        "Documenti e dati",
        "Enti e fondazioni",
        "Organi di governo",
        "Personale amministrativo",
        "Politici",
        "Uffici",
    ];
    assert_eq!(cards, seven);
    let home = page(files, "");
    for path in [POLITICI, PERSONALE] {
        assert_eq!(all(&home, &format!("footer a[href='/{path}']")).len(), 1, "{path}");
    }
    let administration = texts(&home, ".ci-lift .card-title");
    assert_eq!(administration, ["Ilaria Fontanari", "Giunta comunale", "Consiglio comunale"]);
    let index = texts(&page(files, "ricerca/"), "main a");
    assert!(index.iter().any(|l| l.contains("Renzo Masotti")));
    let desk = page(files, "amministrazione/uffici/ufficio-relazioni-con-il-pubblico/");
    assert!(texts(&desk, "#contatti").concat().contains("Persona di riferimento: Lucia Pederiva"));
    let boards = page(files, "amministrazione/organi-di-governo/commissioni/");
    assert_eq!(texts(&boards, "#elenco .card-title").len(), 3);
}

#[test]
fn who_is_in_neither_list_is_found_below_the_unit() {
    let files = common::example();
    let library = page(files, "amministrazione/enti-e-fondazioni/biblioteca-comunale/");
    let path = "amministrazione/enti-e-fondazioni/biblioteca-comunale/aldo-ferrazza/";
    assert_eq!(all(&library, &format!("#persone a[href='/{path}']")).len(), 1);
    assert!(all(&page(files, path), "#organizzazioni a").len() == 1);
    for list in [POLITICI, PERSONALE] {
        assert!(all(&page(files, list), &format!("a[href='/{path}']")).is_empty(), "{list}");
    }
}

#[test]
fn the_end_of_a_term_moves_people_and_takes_their_property_away() {
    let property = "media/persone/situazione-patrimoniale-ilaria-fontanari-2025.odt";
    let last = example_on("2030-05-05");
    assert_eq!(all(&page(&last, POLITICI), "#elenco .card-title").len(), 15);
    assert!(last.contains_key(property));

    let after = example_on("2030-05-06");
    assert!(all(&page(&after, POLITICI), "#elenco .card-title").is_empty());
    let gone = texts(&page(&after, &format!("{POLITICI}cessati/")), "#elenco .card-title");
    assert_eq!(gone.len(), 16, "{gone:?}");
    let mayor = page(&after, &format!("{POLITICI}ilaria-fontanari/"));
    assert!(texts(&mayor, ".alert").concat().contains("Incarico concluso"));
    assert!(all(&mayor, "#situazione-patrimoniale").is_empty() && !after.contains_key(property));
    assert!(!all(&mayor, "#curriculum-vitae a").is_empty());
    let council = page(&after, "amministrazione/organi-di-governo/giunta-comunale/");
    assert!(all(&council, "#persone, #responsabile").is_empty());
    assert_eq!(texts(&page(&after, ""), ".ci-lift .card-title"), ["Giunta comunale", "Consiglio comunale"]);
    let lapsed = page(&after, &format!("{POLITICI}bruno-cestari/"));
    assert!(all(&lapsed, "#curriculum-vitae, #compensi, #altre-cariche").is_empty());
}

#[test]
fn a_role_that_has_not_begun_is_not_shown() {
    let person = |begins: &str| {
        let mut site = common::base_site();
        let role =
            format!("{{tipo: amministrativo, unita_organizzativa: ufficio-tributi, data_inizio: {begins}}}");
        let contact = "punti_contatto: [{voci: [{tipo: email, valore: a@comune.prova.tn.it}]}]";
        site.insert(
            "persone/anna-prova.md",
            format!("---\nnome: Anna\ncognome: Prova\nincarichi: [{role}]\n{contact}\n---\n"),
        );
        let outcome = pipeline::build(&site, &common::options());
        assert_eq!(common::report(&outcome), Vec::<String>::new());
        common::files(&outcome).keys().filter(|p| p.starts_with(PERSONALE)).count()
    };
    assert_eq!(person("2026-11-21"), 2);
    assert_eq!(person("2026-11-22"), 0);
}

#[test]
fn a_politician_with_a_role_in_an_office_answers_for_it_and_is_not_staff() {
    let mut site = common::base_site();
    let role =
        "{tipo: politico, ruolo: assessore, unita_organizzativa: ufficio-tributi, data_inizio: 2025-01-01}";
    let contact = "punti_contatto: [{voci: [{tipo: email, valore: a@comune.prova.tn.it}]}]";
    site.insert(
        "persone/anna-prova.md",
        format!("---\nnome: Anna\ncognome: Prova\nincarichi: [{role}]\n{contact}\n---\n"),
    );
    let files = common::files(&pipeline::build(&site, &common::options()));
    let office = page(&files, "amministrazione/uffici/ufficio-tributi/");
    assert_eq!(texts(&office, "#assessore .card-title"), ["Anna Prova"]);
    assert!(all(&office, "#persone").is_empty());
    let person = page(&files, &format!("{POLITICI}anna-prova/"));
    assert_eq!(texts(&person, "#organizzazioni h3"), ["Assessore di"]);
}
