//! Dates: no content shows in any output outside its interval, and every day on which the output changes was announced.

mod common;

use std::collections::BTreeMap;

use campanile::pipeline::{self, Options};
use campanile::source::Memory;
use jiff::civil::Date;

/// A content with a word of its own, and the days between which that word may be read.
struct Dated {
    path: &'static str,
    word: &'static str,
    from: Option<&'static str>,
    to: Option<&'static str>,
    text: String,
}

fn dated(
    path: &'static str,
    word: &'static str,
    from: Option<&'static str>,
    to: Option<&'static str>,
    fields: &str,
) -> Dated {
    let text =
        format!("---\ntitolo: Titolo {word}\ndescrizione_breve: Testo {word}.\n{fields}---\nTesto {word}.\n");
    Dated { path, word, from, to, text }
}

const DOCUMENT: &str =
    "argomenti: [imprese]\nufficio_responsabile: [ufficio-tributi]\nurl: https://www.esempio.it/a.pdf\n";

fn contents() -> Vec<Dated> {
    let act = "tipo: albo-ordinanza-del-sindaco\npubblicazione_dal: 2026-10-12\npubblicazione_al: 2026-10-27\ndata_pubblicazione: 2026-10-12\n";
    vec![
        dated("novita/a.md", "zafferano", Some("2026-10-05"), Some("2026-11-10"),
            "tipo: notizie\nargomenti: [imprese]\na_cura_di: [ufficio-tributi]\ndata_pubblicazione: 2026-10-05\nscadenza: 2026-10-20\ndata_rimozione: 2026-11-10\n"),
        dated("documenti/a.md", "cardamomo", Some("2026-10-10"), None,
            &format!("tipo: regolamento\ndata_pubblicazione: 2026-10-10\nsezioni_trasparenza: [provvedimenti]\n{DOCUMENT}")),
        dated("documenti/b.md", "coriandolo", None, Some("2026-10-25"),
            &format!("tipo: statuto\ndata_pubblicazione: 2026-09-01\ndata_rimozione: 2026-10-25\n{DOCUMENT}")),
        dated("documenti/c.md", "rosmarino", Some("2026-10-12"), Some("2026-11-05"),
            &format!("{act}data_rimozione: 2026-11-05\n{DOCUMENT}")),
        dated("documenti/d.md", "melissa", Some("2026-10-12"), None, &format!("{act}privacy: oscurato\n{DOCUMENT}")),
        dated("documenti/e.md", "ginepro", Some("2030-01-01"), None,
            &format!("tipo: regolamento\ndata_pubblicazione: 2026-10-01\nbozza: true\n{DOCUMENT}")),
        dated("bandi/a.md", "finocchio", Some("2026-10-08"), None,
            "tipo: concorso\nargomenti: [concorsi]\nufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: 2026-10-08\napertura: 2026-10-15\nscadenza_domande: 2026-10-30T12:00\n"),
        dated("dataset/a.md", "maggiorana", Some("2026-10-14"), None,
            "temi: [ambiente]\ntitolare: ufficio-tributi\nfrequenza_aggiornamento: annuale\ndata_modifica: 2026-10-01\ndata_pubblicazione: 2026-10-14\ndistribuzioni: [{titolo: Dati, url: \"https://www.esempio.it/a.csv\"}]\n"),
        dated("pagine/a.md", "dragoncello", Some("2026-10-03"), Some("2026-10-28"),
            "data_pubblicazione: 2026-10-03\ndata_rimozione: 2026-10-28\n"),
        dated("progetti-pnrr/a.md", "timo-serpillo", Some("2026-10-18"), None,
            "missione: m1\ncomponente: M1C1\ninvestimento: Misura 1.4.1\ncup: H41F22000120006\nimporto: \"100,00\"\nstato: in-corso\nufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: 2026-10-18\n"),
        dated(
            "eventi/a.md",
            "levistico",
            Some("2026-10-04"),
            Some("2026-11-08"),
            "tipo: mostra\nargomenti: [imprese]\ninizio: 2026-10-09T20:30\nfine: 2026-10-09T22:00\n\
             ricorrenza: FREQ=WEEKLY;BYDAY=FR;UNTIL=20261030\nonline: https://www.esempio.it/diretta\ngratuito: true\n\
             contatti_testo: Telefona al Comune.\na_chi_e_rivolto: A tutti.\n\
             data_pubblicazione: 2026-10-04\ndata_rimozione: 2026-11-08\n",
        ),
        Dated {
            path: "allerte/a.md",
            word: "assenzio",
            from: Some("2026-10-11"),
            to: Some("2026-10-13"),
            text: "---\ntesto: Allerta assenzio.\ncolore: giallo\ndata_pubblicazione: 2026-10-11\ndata_fine: 2026-10-13\n---\n"
                .to_owned(),
        },
        Dated {
            path: "trasparenza/dotazione-organica.md", word: "erba-cipollina", from: Some("2026-10-21"), to: Some("2026-11-02"),
            text: "---\ndata_pubblicazione: 2026-10-21\ndata_rimozione: 2026-11-02\n---\nTesto erba-cipollina.\n".to_owned(),
        },
        Dated {
            path: "domande-frequenti/a.md", word: "santoreggia", from: Some("2026-10-06"), to: Some("2026-10-16"),
            text: "---\ndomanda: Che cosa vuol dire santoreggia?\ndata_pubblicazione: 2026-10-06\ndata_rimozione: 2026-10-16\n---\nTesto santoreggia.\n".to_owned(),
        },
    ]
}

fn built(site: &Memory, now: Date) -> (BTreeMap<String, Vec<u8>>, Option<Date>) {
    let outcome = pipeline::build(site, &Options { now, ..common::options() });
    assert_eq!(common::errors(&outcome), Vec::<String>::new(), "{now}");
    let mut files = common::files(&outcome);
    files.remove("build.json").expect("the next change is always told");
    (files, outcome.sites[0].next_change)
}

#[test]
fn nothing_shows_outside_its_days_and_every_change_is_announced() {
    let contents = contents();
    let mut site = common::base_site();
    for content in &contents {
        site.insert(content.path.to_owned(), content.text.clone().into_bytes());
    }
    let day = |text: &str| text.parse::<Date>().unwrap();
    let mut now = day("2026-09-28");
    let mut before = None;
    let mut changes = 0;
    while now <= day("2026-11-13") {
        let today = built(&site, now);
        let all: Vec<_> = today.0.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
        for content in &contents {
            let due = content.from.is_none_or(|d| day(d) <= now) && content.to.is_none_or(|d| now <= day(d));
            let found = all.iter().any(|text| text.contains(content.word));
            assert_eq!(found, due, "{now}: {}", content.word);
        }
        if let Some((files, announced)) = before
            && files != today.0
        {
            assert_eq!(announced, Some(now), "the change of {now} was not announced");
            changes += 1;
        }
        before = Some(today);
        now = now.tomorrow().unwrap();
    }
    assert!(changes >= 15, "{changes} changes");
}

#[test]
fn the_example_over_two_years_holds_what_its_dates_say() {
    let source = campanile::source::Disk::new(common::root().join("content-example"));
    let mut now: Date = "2026-01-01".parse().unwrap();
    let end: Date = "2028-01-01".parse().unwrap();
    let mut days = 0;
    while now < end {
        let related = pipeline::relate(&source, &Options { now, ..common::options() });
        let site = &related.sites[0];
        for item in &site.items {
            let common = &item.entry.common;
            let begun = common.data_pubblicazione.as_ref().is_none_or(|d| d.value <= now);
            let gone = common.data_rimozione.as_ref().is_some_and(|d| d.value < now);
            assert!(begun && !gone, "{now}: {}", item.url);
        }
        days += 1;
        // On the days between nothing changes: the first test proves it.
        now = site.next_change.unwrap_or(end);
    }
    assert!(days > 50, "{days} days of change");
}
