//! Events of the example as a reader and as a calendar see them: the facts that each page owes, and no event in a list outside its
//! dates, in pages, calendars and site map alike.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use campanile::pipeline::{self, Options};
use campanile::source::Disk;
use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use jiff::ToSpan;
use jiff::civil::Date;
use scraper::{ElementRef, Html, Selector};

const EVENTS: &str = "vivere-il-comune/eventi/";

fn all<'a>(tree: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    tree.select(&Selector::parse(css).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tree(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Html {
    Html::parse_document(std::str::from_utf8(&files[path]).unwrap())
}

/// Paths of the pages of single events.
fn sheets(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let own = |path: &&String| {
        path.strip_prefix(EVENTS).and_then(|p| p.strip_suffix("/index.html")).is_some_and(|slug| {
            !slug.contains('/') && slug != "archivio" && !slug.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    files.keys().filter(own).cloned().collect()
}

/// The text below each heading of the second level.
fn sections(page: &Html) -> Vec<(String, String)> {
    let heading = |s: &ElementRef<'_>| s.select(&Selector::parse("h2").unwrap()).next().map(text);
    all(page, "section.ci-prose").into_iter().filter_map(|s| Some((heading(&s)?, text(s)))).collect()
}

#[test]
fn events_hold_the_evidence_of_the_manual_checks() {
    const ORDER: [&str; 9] = [
        "Cos'è",
        "A chi è rivolto",
        "Luogo",
        "Date e orari",
        "Costi",
        "Allegati",
        "Appuntamenti",
        "Contatti",
        "Ulteriori informazioni",
    ];
    let files = common::example();
    let sheets = sheets(files);
    assert_eq!(sheets.len(), 14);
    for path in sheets {
        let page = tree(files, &path);
        let sections = sections(&page);
        let found: Vec<&str> = sections.iter().map(|(heading, _)| heading.as_str()).collect();
        let wanted: Vec<&str> = ORDER.into_iter().filter(|h| found.contains(h)).collect();
        assert_eq!(found, wanted, "{path}");
        let index: Vec<String> = all(&page, "[data-element=page-index] a").into_iter().map(text).collect();
        assert_eq!(index, found, "{path}");
        // Description, date and time, place, cost, contacts.
        for heading in ["Cos'è", "Luogo", "Date e orari", "Costi", "Contatti"] {
            let words =
                sections.iter().find(|(h, _)| h == heading).map_or(0, |(h, text)| text.len() - h.len());
            assert!(words > 10, "{path}: {heading}");
        }
        assert!(!all(&page, "#date-e-orari time[datetime]").is_empty(), "{path}");
    }
}

#[test]
fn places_and_news_hold_the_evidence_of_the_manual_checks() {
    let files = common::example();
    for (path, html) in common::pages(files) {
        let page = Html::parse_document(html);
        let has = |css: &str| all(&page, css).iter().any(|e| text(*e).len() > 5);
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            // A list there is a family of places.
            ["vivere-il-comune", "luoghi", _, "index.html"] if all(&page, "#elenco").is_empty() => {
                for css in ["#descrizione", "#indirizzo", "#modalita-di-accesso", "#contatti"] {
                    assert!(has(css) || (css == "#descrizione" && has(".ci-lead")), "{path}: {css}");
                }
            }
            ["novita", _, slug, "index.html"] if !slug.bytes().all(|b| b.is_ascii_digit()) => {
                for css in ["#descrizione", "time[datetime]", "#a-cura-di a"] {
                    assert!(has(css), "{path}: {css}");
                }
            }
            _ => {}
        }
    }
}

/// Documents: description, the document, office in charge and kind (Amministrazione > Documenti e dati). The register's acts too.
#[test]
fn documents_hold_the_evidence_of_the_manual_checks() {
    let files = common::example();
    let mut seen = 0;
    for (path, html) in common::pages(files) {
        let page = Html::parse_document(html);
        if all(&page, "#licenza-di-distribuzione").is_empty() || !all(&page, "#titolare").is_empty() {
            continue;
        }
        seen += 1;
        let below =
            path.strip_prefix("amministrazione/documenti-e-dati/").expect("documents in their section");
        assert_eq!(below.matches('/').count(), 2, "{path}");
        let has = |css: &str| all(&page, css).iter().any(|e| text(*e).len() > 5);
        for css in
            ["h1", "#descrizione p", "#documento a[href]", "#ufficio-responsabile .ci-office a", "#date time"]
        {
            assert!(has(css), "{path}: {css}");
        }
        assert!(!all(&page, ".ci-hero .chip-label").is_empty(), "{path}: kind");
        for file in all(&page, "#documento a[href^='/media/']") {
            let named = file.value().attr("href").unwrap().trim_start_matches('/');
            assert!(files.contains_key(named) && text(file).contains(" KB"), "{path}: {named}");
        }
    }
    assert!(seen >= 35, "{seen} documents");
}

#[test]
fn days_left_out_of_a_recurrence_are_in_no_calendar_and_days_added_are() {
    let files = common::example();
    let own = "vivere-il-comune/eventi/letture-del-martedi/";
    let days: BTreeSet<String> =
        entries(&files[&format!("{own}evento.ics")]).iter().map(|(_, start, _)| start.to_string()).collect();
    for (date, there) in [
        ("2026-12-01", true),
        ("2026-12-08", false),
        ("2026-12-15", true),
        ("2027-03-30", false),
        ("2027-01-05", true),
        ("2027-05-25", true),
        ("2027-06-01", false),
    ] {
        assert_eq!(days.contains(date), there, "{date}");
    }
    let times: Vec<String> = all(&tree(files, "vivere-il-comune/eventi/2027-01/index.html"), ".ci-days > li")
        .into_iter()
        .filter(|li| li.html().contains("2027-01-05"))
        .flat_map(|li| li.select(&Selector::parse(".ci-entries p").unwrap()).map(text).collect::<Vec<_>>())
        .collect();
    assert!(
        times.iter().any(|t| t.contains("15:30")) && times.iter().any(|t| t.contains("17:00")),
        "{times:?}"
    );
}

fn day(value: &DatePerhapsTime) -> Date {
    let written = match value {
        DatePerhapsTime::Date(date) => date.to_string(),
        DatePerhapsTime::DateTime(time) => {
            let icalendar::CalendarDateTime::WithTimezone { date_time, tzid } = time else {
                panic!("{time:?} is not in the time of Rome")
            };
            assert_eq!(tzid, "Europe/Rome");
            date_time.date().to_string()
        }
    };
    written.parse().unwrap()
}

/// First and last day of every entry of a calendar, by address of the event; an independent reader reads it.
fn entries(bytes: &[u8]) -> Vec<(String, Date, Date)> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    let calendar: Calendar = text.parse().unwrap();
    let mut uids = BTreeSet::new();
    let mut found = Vec::new();
    for component in &calendar.components {
        let CalendarComponent::Event(event) = component else { continue };
        assert!(uids.insert(event.get_uid().unwrap().to_owned()), "{:?} twice", event.get_uid());
        assert!(event.get_timestamp().is_some() && event.get_summary().is_some());
        let start = event.get_start().unwrap();
        let end = match event.get_end() {
            Some(DatePerhapsTime::Date(after)) => {
                day(&DatePerhapsTime::Date(after)).checked_sub(1.day()).unwrap()
            }
            Some(end) => day(&end),
            None => day(&start),
        };
        found.push((event.get_url().unwrap().to_owned(), day(&start), end));
    }
    found
}

fn built(now: Date) -> BTreeMap<String, Vec<u8>> {
    let options = Options { now, only: vec!["roccachiara".to_owned()], ..common::options() };
    let outcome = pipeline::build(&Disk::new(common::root().join("content-example")), &options);
    assert_eq!(common::errors(&outcome), Vec::<String>::new(), "{now}");
    common::files(&outcome)
}

/// The events that links of some part of a page lead to.
fn linked(page: &Html, css: &str) -> BTreeSet<String> {
    let slug = |a: ElementRef<'_>| {
        let path = a.value().attr("href")?.strip_prefix("/vivere-il-comune/eventi/")?.trim_end_matches('/');
        let month = path.starts_with(|c: char| c.is_ascii_digit());
        (!path.is_empty() && !path.contains('/') && path != "archivio" && !month).then(|| path.to_owned())
    };
    all(page, css).into_iter().filter_map(slug).collect()
}

#[test]
fn no_event_is_listed_outside_its_dates() {
    let first: Date = common::TODAY.parse().unwrap();
    let mut starts = BTreeSet::new();
    for days in (0..=77).step_by(11) {
        let now = first.checked_add(days.days()).unwrap();
        let files = built(now);
        let feed = entries(&files["eventi.ics"]);
        let mut coming = BTreeSet::new();
        for (url, start, end) in &feed {
            assert!(now <= *end && start <= end, "{now}: {url} {start} {end}");
            let slug = url.trim_end_matches('/').rsplit('/').next().unwrap();
            coming.insert(slug.to_owned());
            starts.insert(*start);
            let own = &files[&format!("{EVENTS}{slug}/evento.ics")];
            assert!(entries(own).iter().any(|(_, s, e)| s == start && e == end), "{now}: {slug} {start}");
        }
        let list = linked(&tree(&files, "vivere-il-comune/eventi/index.html"), "main a");
        assert_eq!(list, coming, "{now}: list");
        for (path, css) in [
            ("index.html", "main a"),
            ("vivere-il-comune/index.html", "main a"),
            ("mappa-del-sito/index.html", "main a"),
        ] {
            let here = linked(&tree(&files, path), css);
            // Galleries show past events on purpose.
            let past: BTreeSet<String> = here.difference(&coming).cloned().collect();
            let pictured = |slug: &String| {
                let page = tree(&files, &format!("{EVENTS}{slug}/index.html"));
                path == "index.html" && !all(&page, "#cos-e figure").is_empty()
            };
            assert!(past.iter().all(pictured), "{now}: {path}: {past:?}");
        }
        let sitemap = String::from_utf8(files["sitemap.xml"].clone()).unwrap();
        for path in sheets(&files) {
            let slug = path.split('/').nth(2).unwrap().to_owned();
            let url = format!("/vivere-il-comune/eventi/{slug}/</loc>");
            assert_eq!(sitemap.contains(&url), coming.contains(&slug), "{now}: {slug} in the site map");
            assert_eq!(files.contains_key(&format!("{EVENTS}{slug}/evento.ics")), coming.contains(&slug));
        }
        let archive = format!("{EVENTS}archivio/index.html");
        let past = if files.contains_key(&archive) {
            linked(&tree(&files, &archive), "#elenco a")
        } else {
            BTreeSet::new()
        };
        assert!(past.is_disjoint(&coming), "{now}: both past and coming");
        assert_eq!(past.len() + coming.len(), 14, "{now}");
        months(&files, now);
    }
    assert!(starts.len() > 20, "the sweep saw {} days", starts.len());
}

/// No page of a month that is over, no day before today.
fn months(files: &BTreeMap<String, Vec<u8>>, now: Date) {
    let month = |path: &String| {
        let name = path.strip_prefix(EVENTS)?.strip_suffix("/index.html")?;
        format!("{name}-01").parse::<Date>().ok()
    };
    let pages: Vec<(&String, Date)> = files.keys().filter_map(|p| Some((p, month(p)?))).collect();
    assert!(!pages.is_empty(), "{now}: no month");
    for (path, month) in pages {
        assert!(now <= month.last_of_month(), "{now}: {path}");
        for time in all(&tree(files, path), ".ci-days time") {
            let day: Date = time.value().attr("datetime").unwrap().parse().unwrap();
            assert!(now <= day && day.first_of_month() == month, "{now}: {path}: {day}");
        }
    }
}

#[test]
fn the_home_shows_four_events_at_most_and_the_alert_only_between_its_dates() {
    let now: Date = common::TODAY.parse().unwrap();
    for (days, alert) in [(-2, false), (0, true), (10, true), (11, false)] {
        let files = built(now.checked_add(days.days()).unwrap());
        let home = tree(&files, "index.html");
        let events = all(&home, ".ci-strip .ci-entries > li").len();
        assert!((1..=4).contains(&events), "{events}");
        let bars: Vec<String> = all(&home, ".ci-alert").into_iter().map(text).collect();
        assert_eq!(bars.len(), usize::from(alert), "{days}");
        assert!(bars.iter().all(|b| b.starts_with("Attenzione: ")), "{bars:?}");
        assert!(all(&tree(&files, "servizi/index.html"), ".ci-alert").is_empty());
    }
}

#[test]
fn the_feed_of_news_is_found_and_sound() {
    let files = common::example();
    let feed = std::str::from_utf8(&files["novita/feed.xml"]).unwrap();
    let document = roxmltree::Document::parse(feed).unwrap();
    let entries: Vec<_> = document.descendants().filter(|n| n.has_tag_name("entry")).collect();
    assert_eq!(document.root_element().tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
    assert!(!entries.is_empty());
    let read = |n: &roxmltree::Node<'_, '_>, tag: &str| {
        n.children().find(|c| c.tag_name().name() == tag).and_then(|c| c.text()).unwrap().to_owned()
    };
    let dates: Vec<jiff::Timestamp> = entries.iter().map(|e| read(e, "published").parse().unwrap()).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b));
    for entry in &entries {
        let path =
            read(entry, "id").strip_prefix("https://www.comune.roccachiara.tn.it/").unwrap().to_owned();
        assert!(files.contains_key(&format!("{path}index.html")), "{path}");
        assert!(!read(entry, "summary").is_empty());
    }
    let home = tree(files, "index.html");
    assert_eq!(
        all(&home, "link[rel=alternate][type='application/atom+xml'][href='/novita/feed.xml']").len(),
        1
    );
}

#[test]
fn structured_data_says_when_and_where() {
    let files = common::example();
    let page = tree(files, "vivere-il-comune/eventi/la-locandiera-al-teatro-sociale/index.html");
    let data: Vec<serde_json::Value> = all(&page, "script[type='application/ld+json']")
        .into_iter()
        .map(|s| serde_json::from_str(&s.text().collect::<String>()).unwrap())
        .collect();
    let event = data.iter().find(|d| d["@type"] == "Event").unwrap();
    assert_eq!(event["startDate"], "2026-11-28T20:45:00+01:00");
    assert_eq!(event["endDate"], "2026-11-28T22:45:00+01:00");
    assert_eq!(event["location"][0]["name"], "Teatro sociale");
    assert_eq!(event["offers"][0]["price"], "14.00");
    assert_eq!(event["isAccessibleForFree"], false);
}

#[test]
fn a_month_has_its_page_though_what_goes_on_in_it_began_in_another() {
    let mut site = common::base_site();
    for (slug, from, to) in [("uno", "2026-12-04", "2026-12-04"), ("due", "2026-12-05", "2027-02-06")] {
        let text = format!(
            "---\ntitolo: Evento {slug}\ntipo: mostra\ndescrizione_breve: Un evento.\nargomenti: [acqua]\ninizio: {from}\nfine: {to}\n\
             tutto_il_giorno: true\nluogo: municipio\ngratuito: true\ncontatti_testo: Chiedi in municipio.\n---\nTesto.\n\n\
             ## A chi è rivolto\n\nA tutti.\n"
        );
        site.insert(format!("eventi/{slug}.md"), text.into_bytes());
    }
    let outcome = pipeline::build(&site, &common::options());
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    let files = common::files(&outcome);
    for month in ["2026-12", "2027-01", "2027-02"] {
        assert!(files.contains_key(&format!("{EVENTS}{month}/index.html")), "{month}");
    }
    let list = tree(&files, "vivere-il-comune/eventi/index.html");
    let months: Vec<String> =
        all(&list, "#filtro-mese option[value]:not([value=''])").into_iter().map(text).collect();
    assert_eq!(months, ["dicembre 2026", "gennaio 2027", "febbraio 2027"]);
    let fits: Vec<usize> = all(&list, "#elenco > li")
        .iter()
        .map(|li| li.value().attr("data-ci-values").unwrap().split(' ').count())
        .collect();
    assert_eq!(fits, [1, 3], "one month, three months");
}
