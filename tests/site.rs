//! The whole example as parsed trees: what every page must have, and the `data-element` contract of the official criteria.

mod common;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use scraper::{ElementRef, Html, Selector};

fn all<'a>(tree: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    tree.select(&Selector::parse(css).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn trees() -> BTreeMap<String, Html> {
    common::pages(common::example())
        .map(|(path, html)| (path.to_owned(), Html::parse_document(html)))
        .collect()
}

fn sheets(trees: &BTreeMap<String, Html>) -> impl Iterator<Item = (&String, &Html)> {
    trees.iter().filter(|(_, tree)| !all(tree, "[data-element=service-title]").is_empty())
}

/// Collects every fault instead of stopping at the first.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn check(&mut self, sound: bool, message: impl FnOnce() -> String) {
        if !sound {
            self.0.push(message());
        }
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        assert!(
            std::thread::panicking() || self.0.is_empty(),
            "{} faults:\n{}",
            self.0.len(),
            self.0.join("\n")
        );
    }
}

#[test]
fn every_page_has_a_sound_frame() {
    let mut faults = Faults::default();
    for (path, tree) in &trees() {
        let one = |css: &str| all(tree, css).len() == 1;
        for css in [
            "html[lang=it]",
            "main",
            "h1",
            "header.it-header-wrapper",
            "footer",
            "title",
            "meta[name=viewport]",
        ] {
            faults.check(one(css), || format!("{path}: not exactly one {css}"));
        }
        faults.check(all(tree, "main header, main footer, header main, footer main").is_empty(), || {
            format!("{path}: frame inside main")
        });
        let named: Vec<&str> = all(tree, "nav").iter().filter_map(|n| n.value().attr("aria-label")).collect();
        let unique: HashSet<&&str> = named.iter().collect();
        faults.check(named.len() == all(tree, "nav").len() && unique.len() == named.len(), || {
            format!("{path}: navs {named:?}")
        });
        if !path.starts_with("404") && !one("meta[name=robots][content=noindex]") {
            faults.check(one("link[rel=canonical]"), || format!("{path}: no canonical"));
            faults.check(one("meta[name=description]"), || format!("{path}: no description"));
        }
    }
}

#[test]
fn headings_never_skip_a_level() {
    let mut faults = Faults::default();
    for (path, tree) in &trees() {
        let mut last = 0;
        for heading in all(tree, "h1, h2, h3, h4, h5, h6") {
            let level = heading.value().name()[1..].parse::<u8>().unwrap();
            faults.check(level <= last + 1, || format!("{path}: h{level} after h{last}: {}", text(heading)));
            faults.check(!text(heading).is_empty(), || format!("{path}: empty h{level}"));
            last = level;
        }
    }
}

#[test]
fn ids_are_unique_and_references_resolve() {
    let mut faults = Faults::default();
    for (path, tree) in &trees() {
        let ids: Vec<&str> = all(tree, "[id]").iter().filter_map(|e| e.value().attr("id")).collect();
        let unique: BTreeSet<&&str> = ids.iter().collect();
        faults.check(ids.len() == unique.len(), || format!("{path}: repeated ids"));
        for attribute in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
            for element in all(tree, &format!("[{attribute}]")) {
                for id in element.value().attr(attribute).unwrap_or_default().split_whitespace() {
                    faults.check(ids.contains(&id), || format!("{path}: {attribute}={id} leads nowhere"));
                }
            }
        }
    }
}

#[test]
fn nothing_inline_and_nothing_from_elsewhere() {
    let mut faults = Faults::default();
    for (path, tree) in &trees() {
        faults.check(all(tree, "[style], style, base, iframe, object, embed").is_empty(), || {
            format!("{path}: style or embed")
        });
        for script in all(tree, "script") {
            let data = script.value().attr("type") == Some("application/ld+json");
            faults.check(data || script.value().attr("src").is_some_and(|s| s.starts_with('/')), || {
                format!("{path}: inline script")
            });
            if data {
                let json: Result<serde_json::Value, _> =
                    serde_json::from_str(&script.text().collect::<String>());
                faults.check(json.is_ok(), || format!("{path}: broken JSON-LD"));
            }
        }
        for element in all(tree, "*") {
            let handlers = element.value().attrs().any(|(name, _)| name.starts_with("on"));
            faults.check(!handlers, || format!("{path}: event handler"));
        }
        for element in all(
            tree,
            "img[src], script[src], link[rel=stylesheet], link[rel=icon], link[rel=preload], source, [srcset]",
        ) {
            let value = element.value();
            let widths = value.attr("srcset").into_iter().flat_map(|set| set.split(", "));
            let urls: Vec<&str> =
                value.attr("src").or(value.attr("href")).into_iter().chain(widths).collect();
            let own = |url: &&str| url.starts_with('/') && !url.starts_with("//");
            faults
                .check(!urls.is_empty() && urls.iter().all(own), || format!("{path}: third-party {urls:?}"));
        }
        for link in all(tree, "a[href]") {
            let url = link.value().attr("href").unwrap();
            let known = ["/", "#", "https://", "mailto:", "tel:"].iter().any(|p| url.starts_with(p));
            faults.check(known && !url.starts_with("//"), || format!("{path}: link {url}"));
            faults.check(!url.starts_with('/') || !(url.contains("http") || url.contains("www")), || {
                format!("{path}: {url} would be misread")
            });
        }
    }
}

#[test]
fn pictures_have_text_and_size_and_controls_have_names() {
    let mut faults = Faults::default();
    for (path, tree) in &trees() {
        for img in all(tree, "img") {
            let has = |name| img.value().attr(name).is_some();
            faults.check(has("alt") && has("width") && has("height"), || {
                format!("{path}: img {:?}", img.value().attr("src"))
            });
        }
        for control in all(tree, "a, button, summary") {
            let hidden = control.value().attr("aria-hidden") == Some("true");
            let named = !text(control).is_empty()
                || control.value().attr("aria-label").is_some_and(|l| !l.is_empty());
            let pictured =
                control.select(&Selector::parse("img[alt]:not([alt=''])").unwrap()).next().is_some();
            faults.check(hidden || named || pictured, || format!("{path}: nameless {}", control.html()));
        }
        for input in all(tree, "input:not([type=hidden]), select, textarea") {
            let id = input.value().attr("id").unwrap_or_default();
            let labelled = !all(tree, &format!("label[for='{id}']")).is_empty()
                || input.value().attr("aria-label").is_some();
            faults.check(labelled, || format!("{path}: input without label {}", input.html()));
        }
        for table in all(tree, "table") {
            let heads = table.select(&Selector::parse("th[scope]").unwrap()).count();
            faults.check(heads > 0, || format!("{path}: table without scoped headers"));
        }
    }
}

#[test]
fn every_page_carries_the_common_contract() {
    let mut faults = Faults::default();
    for (path, tree) in &trees() {
        for element in ["management", "news", "all-services", "live", "all-topics"] {
            let found = all(tree, &format!("[data-element={element}]"));
            faults.check(found.len() == 1, || format!("{path}: {} × {element}", found.len()));
        }
        for (element, label) in [
            ("management", "Amministrazione"),
            ("news", "Novità"),
            ("all-services", "Servizi"),
            ("live", "Vivere il Comune"),
        ] {
            let name = all(tree, &format!("[data-element={element}]")).first().map(|e| text(*e));
            faults.check(name.as_deref() == Some(label), || format!("{path}: {element} reads {name:?}"));
        }
        for element in [
            "faq",
            "report-inefficiency",
            "accessibility-link",
            "privacy-policy-link",
            "legal-notes",
            "appointment-booking",
        ] {
            let found = all(tree, &format!("footer [data-element={element}]"));
            faults.check(found.len() == 1, || format!("{path}: footer {} × {element}", found.len()));
        }
        for n in 1..=5 {
            let found = all(tree, &format!("[data-element=feedback] [data-element=feedback-rate-{n}]")).len();
            faults.check(found == 1, || format!("{path}: {found} × feedback-rate-{n}"));
        }
        for side in ["positive", "negative"] {
            let answers = all(
                tree,
                &format!("[data-element=feedback-rating-{side}] [data-element=feedback-rating-answer]"),
            )
            .len();
            faults.check(answers == 5, || format!("{path}: {answers} {side} answers"));
        }
    }
}

#[test]
fn menu_titles_breadcrumbs_and_addresses_agree() {
    let mut faults = Faults::default();
    for (path, tree) in &trees() {
        if path == "index.html" || path == "404.html" {
            continue;
        }
        let title = all(tree, "h1").first().map(|h| text(*h)).unwrap_or_default();
        let steps: Vec<String> =
            all(tree, "[data-element=breadcrumb] li").iter().map(|li| text(*li)).collect();
        let last = steps.last().map(|s| s.trim_start_matches('/').trim().to_owned());
        faults.check(last.as_ref() == Some(&title), || format!("{path}: h1 {title:?}, breadcrumb {steps:?}"));
        for link in all(tree, "[data-element=breadcrumb] a") {
            let url = link.value().attr("href").unwrap().trim_start_matches('/').to_owned();
            faults.check(path.starts_with(&url), || format!("{path}: breadcrumb step {url}"));
        }
    }
}

#[test]
fn the_services_page_lists_every_sheet() {
    let trees = trees();
    let page = &trees["servizi/index.html"];
    let listed: BTreeSet<String> = all(page, "[data-element=service-link]")
        .iter()
        .map(|a| a.value().attr("href").unwrap().trim_start_matches('/').to_owned() + "index.html")
        .collect();
    let existing: BTreeSet<String> = sheets(&trees).map(|(path, _)| path.clone()).collect();
    assert!(existing.len() >= 40, "{} sheets", existing.len());
    assert_eq!(listed, existing);
    assert_eq!(all(page, "[data-element=service-category-link]").len(), 15);
    assert!(all(page, "[data-element=pager-link]").is_empty());
    assert!(!all(page, "main [data-element=appointment-booking]").is_empty());
}

#[test]
fn sheets_meet_the_service_criterion() {
    const INDEX: [&str; 8] = [
        "A chi è rivolto",
        "Come fare",
        "Cosa serve",
        "Cosa si ottiene",
        "Tempi e scadenze",
        "Accedi al servizio",
        "Condizioni di servizio",
        "Contatti",
    ];
    let trees = trees();
    let mut faults = Faults::default();
    for (path, tree) in sheets(&trees) {
        let entries: Vec<String> =
            all(tree, "[data-element=page-index] > li > a").iter().map(|a| text(*a)).collect();
        let found: Vec<&str> = entries.iter().map(String::as_str).filter(|e| INDEX.contains(e)).collect();
        faults.check(found == INDEX, || format!("{path}: index {entries:?}"));
        for element in [
            "service-title",
            "service-description",
            "service-status",
            "service-topic",
            "service-addressed",
            "service-how-to",
            "service-needed",
            "service-achieved",
            "service-file",
            "service-area",
        ] {
            let long = all(tree, &format!("[data-element={element}]")).iter().any(|e| text(*e).len() >= 3);
            faults.check(long, || format!("{path}: {element}"));
        }
        let times =
            all(tree, "[data-element=service-calendar-text], [data-element=service-calendar-list]").len();
        faults.check(times > 0, || format!("{path}: no times"));
        let access = "[data-element=service-generic-access], [data-element=service-booking-access], [data-element=service-online-access]";
        faults.check(!all(tree, access).is_empty(), || format!("{path}: no access"));
    }
}

#[test]
fn sheets_carry_the_official_metadata() {
    const TEN: [&str; 10] = [
        "/name",
        "/serviceType",
        "/serviceOperator/name",
        "/areaServed/name",
        "/audience/audienceType",
        "/availableChannel/serviceUrl",
        "/availableChannel/serviceLocation/name",
        "/availableChannel/serviceLocation/address/streetAddress",
        "/availableChannel/serviceLocation/address/postalCode",
        "/availableChannel/serviceLocation/address/addressLocality",
    ];
    let trees = trees();
    let mut faults = Faults::default();
    for (path, tree) in sheets(&trees) {
        let scripts = all(tree, "head [data-element=metatag]");
        faults.check(scripts.len() == 1, || format!("{path}: {} metatags", scripts.len()));
        let json: serde_json::Value = serde_json::from_str(&scripts[0].text().collect::<String>()).unwrap();
        for pointer in TEN {
            let filled =
                json.pointer(pointer).and_then(serde_json::Value::as_str).is_some_and(|s| !s.is_empty());
            faults.check(filled, || format!("{path}: {pointer}"));
        }
        let button = all(tree, "a[data-element=service-online-access]");
        let leads = button.first().and_then(|a| a.value().attr("href"));
        let url = json.pointer("/availableChannel/serviceUrl").and_then(serde_json::Value::as_str);
        faults.check(leads.is_none_or(|to| Some(to) == url), || format!("{path}: {leads:?}, {url:?}"));
    }
}

#[test]
fn lists_topics_and_legal_notes_meet_their_criteria() {
    let trees = trees();
    assert!(!all(&trees["amministrazione/index.html"], "[data-element=management-category-link]").is_empty());
    let news: Vec<String> = all(&trees["novita/index.html"], "[data-element=news-category-link]")
        .iter()
        .map(|e| text(*e))
        .collect();
    let mut news: Vec<&str> = news.iter().map(String::as_str).collect();
    news.sort_unstable();
    assert_eq!(news, ["Avvisi", "Comunicati", "Notizie"]);
    let live = &trees["vivere-il-comune/index.html"];
    assert_eq!(all(live, "[data-element=live-button-locations]").len(), 1);
    assert_eq!(all(live, "[data-element=live-button-events]").len(), 1);
    let topics: Vec<String> = all(&trees["argomenti/index.html"], "[data-element=topic-element]")
        .iter()
        .map(|e| text(*e))
        .collect();
    let official = campanile::vocab::get("argomenti");
    assert!(
        topics.len() > 10 && topics.iter().all(|t| official.voci.iter().any(|v| v.nome == *t)),
        "{topics:?}"
    );
    let legal = &trees["note-legali/index.html"];
    let sections: String =
        all(legal, "[data-element=legal-notes-section]").iter().map(|e| text(*e)).collect();
    assert_eq!(sections, "Licenza dei contenuti");
    let body: String = all(legal, "[data-element=legal-notes-body]").iter().map(|e| text(*e)).collect();
    // Fingerprint of the mandated sentence (online services 8): 684 characters.
    assert_eq!(body.chars().count(), 684);
    assert!(body.starts_with("In applicazione del principio open by default"));
}

/// Booking and assistance with a service already chosen: search engines know the general page.
fn for_one_service(path: &str) -> bool {
    let functions = ["servizi/prenotazione-appuntamento/", "servizi/richiesta-assistenza/"];
    functions.iter().any(|f| path.strip_prefix(f).is_some_and(|rest| rest != "index.html"))
}

#[test]
fn a_request_opened_from_a_sheet_arrives_with_its_service_and_offices() {
    let files = common::example();
    let sheet = files["servizi/tributi-finanze-e-contravvenzioni/imu/index.html"].as_ref();
    let sheet = std::str::from_utf8(sheet).unwrap();
    for (page, office) in [("prenotazione-appuntamento", true), ("richiesta-assistenza", false)] {
        assert!(sheet.contains(&format!("href=\"/servizi/{page}/imu/\"")), "{page}");
        let html = std::str::from_utf8(&files[&format!("servizi/{page}/imu/index.html")]).unwrap();
        let tree = Html::parse_document(html);
        let value = |selector: &str| {
            let chosen = tree.select(&Selector::parse(selector).unwrap()).next();
            chosen.and_then(|o| o.value().attr("value"))
        };
        assert_eq!(value("select[name=servizio] option[selected]"), Some("imu"), "{page}");
        assert_eq!(
            value("select[name=ufficio] option[selected]"),
            office.then_some("ufficio-tributi"),
            "{page}"
        );
    }
}

#[test]
fn the_site_map_lists_every_page_that_may_be_found() {
    let files = common::example();
    let is_over = |path: &str| String::from_utf8_lossy(&files[path]).contains("Evento concluso");
    let sitemap = std::str::from_utf8(&files["sitemap.xml"]).unwrap();
    let tree = roxmltree::Document::parse(sitemap).unwrap();
    let listed: BTreeSet<String> = tree
        .descendants()
        .filter(|n| n.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")))
        .map(|n| {
            n.text().unwrap().trim_start_matches("https://www.comune.roccachiara.tn.it/").to_owned()
                + "index.html"
        })
        .collect();
    let pages: BTreeSet<String> = common::pages(files)
        .map(|(p, _)| p.to_owned())
        .filter(|p| p != "404.html" && !for_one_service(p) && !is_over(p))
        .collect();
    assert_eq!(listed, pages);
    assert!(
        std::str::from_utf8(&files["robots.txt"])
            .unwrap()
            .contains("Sitemap: https://www.comune.roccachiara.tn.it/sitemap.xml")
    );
}

#[test]
fn a_sub_path_moves_every_link() {
    let base = Some("https://example.org/comuni/".parse().unwrap());
    let options = campanile::pipeline::Options { base_url: base, ..common::options() };
    let workspace = campanile::source::Disk::new(common::root().join("content-example"));
    let outcome = campanile::pipeline::build(&workspace, &options);
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    let mut faults = Faults::default();
    for (path, html) in common::pages(&common::files(&outcome)) {
        let tree = Html::parse_document(html);
        for element in all(&tree, "[href], [src]") {
            let url = element.value().attr("href").or(element.value().attr("src")).unwrap();
            faults.check(!url.starts_with('/') || url.starts_with("/comuni/roccachiara/"), || {
                format!("{path}: {url}")
            });
        }
    }
}

#[test]
fn minified_pages_have_the_same_tree() {
    let options = campanile::pipeline::Options { minify: true, ..common::options() };
    let source = campanile::source::Disk::new(common::root().join("content-example"));
    let minified = common::files(&campanile::pipeline::build(&source, &options));
    let mut faults = Faults::default();
    for (path, html) in common::pages(common::example()) {
        let (a, b) = (outline(html), outline(std::str::from_utf8(&minified[path]).unwrap()));
        let differ = a.iter().zip(&b).find(|(x, y)| x != y);
        faults.check(a.len() == b.len() && differ.is_none(), || {
            format!("{path}: {} ≠ {}: {differ:?}", a.len(), b.len())
        });
    }
}

/// The tree of a page as a flat list: elements with their attributes, words of text. Attributes equal to HTML's own defaults and
/// the order of attributes are set aside (R-OUT-3).
fn outline(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    for node in Html::parse_document(html).tree.nodes() {
        match node.value() {
            scraper::Node::Element(e) => {
                let default = |n: &str, v: &str| {
                    matches!(
                        (e.name(), n, v),
                        ("button", "type", "submit")
                            | ("form", "method", "get")
                            | ("script", "type", "text/javascript")
                            | ("input", "type", "text")
                    ) || (v.is_empty() && matches!(n, "class" | "value"))
                };
                let mut attributes: Vec<String> = e
                    .attrs()
                    .filter(|(n, v)| !default(n, v))
                    .map(|(n, v)| format!("{n}={}", v.split_whitespace().collect::<Vec<_>>().join(" ")))
                    .collect();
                attributes.sort();
                out.push(format!("<{} {}>", e.name(), attributes.join(" ")));
            }
            // The inside of `noscript` is text to a browser with scripts: quotes and order of attributes do not count there either.
            scraper::Node::Text(t) if t.trim_start().starts_with("<link") => {
                let plain = t.replace(['<', '>'], " ").replace('"', "");
                let mut words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
                words.sort();
                out.extend(words);
            }
            // An apostrophe inside `noscript` may stay a reference.
            scraper::Node::Text(t) => {
                out.extend(t.replace("&#39;", "'").split_whitespace().map(str::to_owned));
            }
            _ => {}
        }
    }
    out
}

#[test]
fn statistics_are_asked_for_and_never_before_the_site_is_public() {
    let base = common::tree(&common::root().join("tests/rules/base"));
    let config = String::from_utf8(base["comune.yaml"].clone()).unwrap();
    let home = |extra: &str| {
        let mut site = common::base_site();
        site.insert("comune.yaml", format!("{config}{extra}"));
        let outcome = campanile::pipeline::build(&site, &common::options());
        let files = common::files(&outcome);
        String::from_utf8(files["index.html"].clone()).unwrap()
    };
    let wai = "analytics: {wai: {site_id: A1B2}}\n";
    let host = "https://ingestion.webanalytics.italia.it";
    let counted = home(wai);
    assert!(counted.contains("data-ci-wai=\"A1B2\"") && counted.contains(host));
    for silent in [home(""), home(&format!("{wai}in_preparazione: true\n"))] {
        assert!(!silent.contains("ci-wai") && !silent.contains(host));
    }
}

/// The structured data of a page: every script holds one object of schema.org.
fn data(path: &str, tree: &Html) -> Vec<serde_json::Value> {
    let read = |script: ElementRef<'_>| {
        let value: serde_json::Value = serde_json::from_str(&script.text().collect::<String>())
            .unwrap_or_else(|e| panic!("{path}: {e}"));
        assert_eq!(value["@context"], "https://schema.org", "{path}");
        value
    };
    all(tree, "script[type='application/ld+json']").into_iter().map(read).collect()
}

#[test]
fn every_page_describes_itself_to_machines() {
    let mut faults = Faults::default();
    let home = "https://www.comune.roccachiara.tn.it/";
    for (path, tree) in trees() {
        let data = data(&path, &tree);
        let has = |kind: &str| data.iter().any(|d| d["@type"] == kind);
        let wanted: &[&str] = match path.as_str() {
            "index.html" => &["WebSite", "GovernmentOrganization"],
            "404.html" => &[],
            "domande-frequenti/index.html" => &["BreadcrumbList", "FAQPage"],
            "vivere-il-comune/luoghi/municipio/index.html" => &["BreadcrumbList", "CityHall"],
            // A list there is a family of places.
            p if p.starts_with("vivere-il-comune/luoghi/")
                && p.matches('/').count() == 3
                && all(&tree, "#elenco").is_empty() =>
            {
                &["BreadcrumbList", "Place"]
            }
            p if p.starts_with("novita/") && p.matches('/').count() == 3 && !p.contains("/20") => {
                &["BreadcrumbList", "NewsArticle"]
            }
            p if p.starts_with("amministrazione/uffici/") && p.matches('/').count() == 3 => {
                &["BreadcrumbList", "GovernmentOffice"]
            }
            p if p.starts_with("amministrazione/organi-di-governo/commissione-") => {
                &["BreadcrumbList", "GovernmentOrganization"]
            }
            _ => &["BreadcrumbList"],
        };
        for kind in wanted {
            faults.check(has(kind), || format!("{path}: no {kind}"));
        }
        for list in data.iter().filter(|d| d["@type"] == "BreadcrumbList") {
            let steps = list["itemListElement"].as_array().unwrap();
            let positions: Vec<_> = steps.iter().map(|s| s["position"].as_u64().unwrap()).collect();
            faults.check(positions.iter().copied().eq(1..=steps.len() as u64), || {
                format!("{path}: {positions:?}")
            });
            faults.check(steps[0]["item"] == home, || format!("{path}: {}", steps[0]["item"]));
        }
        let one = |css: &str| all(&tree, css).len() == 1;
        for property in ["og:site_name", "og:title", "og:url", "og:type", "og:locale"] {
            faults.check(one(&format!("meta[property='{property}']")), || format!("{path}: {property}"));
        }
        for image in all(&tree, "meta[property='og:image']") {
            let url = image.value().attr("content").unwrap();
            faults.check(url.starts_with(home), || format!("{path}: {url}"));
        }
    }
}

#[test]
fn a_funded_site_carries_the_emblem_and_its_words_on_every_page_and_others_do_not() {
    // The wording of the manual check (conformance 9), whatever the letter case.
    let words = ["Finanziato dall'Unione europea", "NextGenerationEU"];
    let mut faults = Faults::default();
    for (path, tree) in trees() {
        let marks = all(&tree, "footer .ci-ue");
        let said: Vec<&str> =
            marks.iter().flat_map(ElementRef::text).map(str::trim).filter(|t| !t.is_empty()).collect();
        faults.check(marks.len() == 1 && said == words, || format!("{path}: {said:?}"));
        let drawn = all(&tree, "footer .ci-ue svg[width][height] use[href$='#ci-ue']").len();
        let crest = all(&tree, "footer .ci-crest").len();
        faults.check(drawn == 1 && crest == 1, || format!("{path}: emblem beside the crest"));
    }
    let icons =
        common::example().iter().find(|(p, _)| p.starts_with("assets/icons.")).map(|(_, b)| b).unwrap();
    assert!(std::str::from_utf8(icons).unwrap().contains("<symbol id=\"ci-ue\""));
    let own = campanile::pipeline::build(&common::base_site(), &common::options());
    for (path, html) in common::pages(&common::files(&own)) {
        faults.check(!html.contains("ci-ue") && !html.contains("NextGenerationEU"), || {
            format!("{path}: not funded")
        });
    }
}

#[test]
fn categories_of_services_name_their_offices_and_the_calls_that_are_not_over() {
    let trees = trees();
    let side = |category: &str| {
        let tree = &trees[&format!("servizi/{category}/index.html")];
        let headings: Vec<String> = all(tree, "main h3.h6").into_iter().map(text).collect();
        let calls = "main h3.h6 ~ h3.h6 + ul a";
        (headings, all(tree, calls).into_iter().map(text).collect::<Vec<_>>())
    };
    let (headings, calls) = side("autorizzazioni");
    assert_eq!((headings, calls), (vec!["Uffici".to_owned()], Vec::new()), "no call, no heading");
    let with_calls: Vec<Vec<String>> = trees
        .keys()
        .filter_map(|p| p.strip_prefix("servizi/")?.strip_suffix("/index.html"))
        .filter(|c| !c.contains('/') && !c.is_empty())
        .map(|c| side(c).1)
        .filter(|calls| !calls.is_empty())
        .collect();
    let all_calls = with_calls.concat();
    assert!(all_calls.contains(&"Contributi alle associazioni per il 2027".to_owned()), "{all_calls:?}");
    // Closed in 2025.
    assert!(all_calls.iter().all(|c| !c.contains("operaio")), "{all_calls:?}");
}

/// The smallest sound site with other files, built.
fn with(files: &[(String, String)]) -> BTreeMap<String, Vec<u8>> {
    let mut site = common::base_site();
    for (path, text) in files {
        site.insert(path.clone(), text.clone().into_bytes());
    }
    let outcome = campanile::pipeline::build(&site, &common::options());
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    common::files(&outcome)
}

fn tree(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Html {
    Html::parse_document(std::str::from_utf8(&files[path]).unwrap())
}

#[test]
fn a_page_below_another_goes_on_from_it() {
    let page = |slug: &str, fields: &str| {
        let text = format!(
            "---\ntitolo: Pagina {slug}\ndescrizione_breve: Una pagina.\ndata_aggiornamento: 2026-01-02\n{fields}---\nTesto.\n\n## Parte\n"
        );
        (format!("pagine/{slug}.md"), text)
    };
    let files = with(&[
        page(
            "a",
            "figli: [c, b]\nblocchi: [{titolo: Sedi, testo: Dove siamo., contenuti: [luoghi/municipio]}]\n",
        ),
        page("b", "figli: [novita]\nmostra_indice: true\n"),
        page("c", "mostra_data_aggiornamento: false\n"),
        page("novita", ""),
    ]);
    let first = tree(&files, "a/index.html");
    let headings: Vec<String> = all(&first, "main section > .container > h2").into_iter().map(text).collect();
    assert_eq!(headings[..2], ["Sedi", "In questa sezione"]);
    let cards: Vec<String> = all(&first, "main .ci-section .card-title a")
        .iter()
        .map(|a| a.value().attr("href").unwrap().to_owned())
        .collect();
    assert_eq!(cards, ["/vivere-il-comune/luoghi/municipio/", "/a/c/", "/a/b/"], "in the order of the page");
    assert!(all(&first, "[data-element=page-index]").is_empty(), "one heading makes no index");
    assert!(text(all(&first, "main").remove(0)).contains("Ultimo aggiornamento: 02/01/2026"));
    let (b, c) = (tree(&files, "a/b/index.html"), tree(&files, "a/c/index.html"));
    assert_eq!(all(&b, "[data-element=page-index] a").len(), 1, "asked for");
    assert!(!text(all(&c, "main").remove(0)).contains("Ultimo aggiornamento"));
    // A name reserved at the first level is free below it.
    let deep = tree(&files, "a/b/novita/index.html");
    let steps: Vec<String> = all(&deep, "[data-element=breadcrumb] a").into_iter().map(text).collect();
    assert_eq!(steps, ["Home", "Pagina a", "Pagina b"]);
    let map = tree(&files, "mappa-del-sito/index.html");
    assert_eq!(
        all(&map, "main li > a[href='/a/'] ~ ul > li > a[href='/a/b/'] ~ ul > li > a[href='/a/b/novita/']")
            .len(),
        1
    );
    assert_eq!(all(&map, "main a[href='/a/b/']").len(), 1, "once");
}

/// The symbols on the cards of topics.
fn drawings(page: &Html) -> BTreeSet<String> {
    let uses = all(page, "main .ci-card .card-body > svg.icon use");
    uses.iter().filter_map(|u| Some(u.value().attr("href")?.split_once('#')?.1.to_owned())).collect()
}

#[test]
fn every_drawing_of_a_topic_is_in_the_sprite() {
    let words = campanile::content::pagina::Icona::NAMES;
    let topic = |(word, topic): (&&str, &campanile::vocab::Voce)| {
        let text = format!("---\ndescrizione_breve: Un tema.\nicona: {word}\n---\n");
        (format!("argomenti/{}.md", topic.slug), text)
    };
    let topics = words.iter().zip(&campanile::vocab::get("argomenti").voci);
    let files = with(&topics.map(topic).collect::<Vec<_>>());
    let (_, sprite) = files.iter().find(|(p, _)| p.starts_with("assets/icons.")).unwrap();
    let sprite = std::str::from_utf8(sprite).unwrap();
    let drawn = drawings(&tree(&files, "argomenti/index.html"));
    assert_eq!(drawn.len(), words.len(), "{drawn:?}");
    for id in drawn {
        assert!(sprite.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn topics_places_and_offices_tell_what_their_fields_say() {
    let trees = trees();
    let topic = &trees["argomenti/istruzione/index.html"];
    let headings: Vec<String> = all(topic, ".ci-over h2.h6").into_iter().map(text).collect();
    assert_eq!(headings, ["Questo argomento è gestito da:", "Assessorati di riferimento:"]);
    let offices: Vec<String> = all(topic, "main h2.h6 + ul .card-title").into_iter().map(text).collect();
    assert_eq!(offices, ["Ufficio scuola e sociale", "Area servizi alla persona"]);
    for path in ["index.html", "argomenti/index.html"] {
        let drawn = drawings(&trees[path]);
        assert!(
            ["it-user", "it-pencil", "it-map-marker"].iter().all(|id| drawn.contains(*id)),
            "{path}: {drawn:?}"
        );
    }
    let path = "vivere-il-comune/luoghi/lago-di-roccachiara/index.html";
    let lake = &trees[path];
    let seen: Vec<String> = all(lake, "#descrizione h4.card-title").into_iter().map(text).collect();
    assert_eq!(seen, ["Chiesa di San Vito"]);
    let place = data(path, lake).into_iter().find(|d| d["@type"] == "Place").unwrap();
    let church = "https://www.comune.roccachiara.tn.it/vivere-il-comune/luoghi/chiesa-di-san-vito/";
    assert_eq!(place["containsPlace"][0]["url"], church);
    let path = "amministrazione/uffici/ufficio-anagrafe/index.html";
    let office = data(path, &trees[path]).into_iter().find(|d| d["@type"] == "GovernmentOffice").unwrap();
    assert_eq!(office["parentOrganization"]["name"], "Area amministrativa");
    assert_eq!(office["address"]["postalCode"], "38099");
    let hours = office["openingHoursSpecification"].as_array().unwrap();
    let rows: usize = all(&trees[path], "#orario tbody td")
        .into_iter()
        .map(text)
        .filter(|t| t != "chiuso")
        .map(|t| t.split(" e ").count())
        .sum();
    assert_eq!(hours.len(), rows, "{hours:?}");
    assert!(all(&trees["ricerca/index.html"], "h1.visually-hidden").len() == 1, "the box is its heading");
}

#[test]
fn a_long_list_of_documents_is_divided_and_its_choices_are_not() {
    let document = |n: u32| {
        let kind = if n.is_multiple_of(2) { "regolamento" } else { "statuto" };
        let year = 2020 + n % 3;
        let text = format!(
            "---\ntitolo: Atto {n:03}\ntipo: {kind}\ndescrizione_breve: Un atto.\nargomenti: [acqua]\ndata_pubblicazione: {year}-03-01\nurl: https://www.gazzettaufficiale.it/atto-{n}.pdf\nufficio_responsabile: ufficio-tributi\ndata_inizio: 2020-01-01\n{}---\nTesto.\n",
            if n == 7 { "data_fine: 2025-12-31\n" } else { "" }
        );
        (format!("documenti/atto-{n}.md"), text)
    };
    let files = with(&(0..201).map(document).collect::<Vec<_>>());
    let list = "amministrazione/documenti-e-dati/";
    let pages = [format!("{list}index.html"), format!("{list}pagina/2/index.html")].map(|p| tree(&files, &p));
    let choices = |page: &Html| -> Vec<(String, String)> {
        all(page, "[data-ci-facts=elenco][hidden] option")
            .iter()
            .map(|o| (o.value().attr("value").unwrap().to_owned(), text(*o)))
            .filter(|(v, _)| !v.is_empty())
            .collect()
    };
    assert_eq!(choices(&pages[0]), choices(&pages[1]));
    let names: Vec<String> = choices(&pages[0]).into_iter().map(|(_, name)| name).collect();
    // One office and one topic narrow nothing.
    assert_eq!(names, ["Regolamento", "Statuto", "2022", "2021", "2020", "In vigore", "Non più in vigore"]);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in &pages {
        assert_eq!(all(page, "[data-ci-pages=elenco] a").len(), 2);
        for card in all(page, "#elenco > li") {
            for value in card.value().attr("data-ci-values").unwrap().split(' ') {
                let named = choices(page).into_iter().find(|(v, _)| v == value).unwrap();
                *counts.entry(named.1).or_default() += 1;
            }
        }
    }
    assert_eq!(
        [counts["Regolamento"], counts["Statuto"], counts["2020"], counts["2021"], counts["2022"]],
        [101, 100, 67, 67, 67]
    );
    assert_eq!([counts["In vigore"], counts["Non più in vigore"]], [200, 1]);
    let over: Vec<String> = pages.iter().flat_map(|p| all(p, "#elenco .chip-label")).map(text).collect();
    assert_eq!(over, ["Non più in vigore"], "said on the card too");
}

#[test]
fn what_is_written_once_is_shown_on_both_sides() {
    let trees = trees();
    let page = |path: &str| &trees[&format!("{path}/index.html")];
    let links = Selector::parse("a").unwrap();
    let below = |path: &str, heading: &str| -> Vec<String> {
        let found = all(page(path), "main section h3").into_iter().find(|h| text(*h) == heading);
        let after = found.into_iter().flat_map(|h| h.next_siblings()).filter_map(ElementRef::wrap);
        after.take_while(|e| e.value().name() != "h3").flat_map(|e| e.select(&links)).map(text).collect()
    };
    let market = "servizi/imprese-e-commercio/posteggio-al-mercato";
    let linked = ["Occupazione di suolo pubblico", "Apertura di un'attività commerciale (SCIA)"];
    assert_eq!(below(market, "Servizi collegati")[..2], linked);
    let other = below("servizi/autorizzazioni/occupazione-suolo-pubblico", "Servizi collegati");
    assert!(
        other.contains(&"Posteggio al mercato del sabato".to_owned()),
        "named by the other alone: {other:?}"
    );
    // Only the document names the service.
    let tax = "servizi/tributi-finanze-e-contravvenzioni/imu";
    let documents = below(tax, "Documenti");
    assert!(documents.iter().any(|d| d.starts_with("Regolamento IMU")), "{documents:?}");
    let forms = below("servizi/anagrafe-e-stato-civile/cambio-di-residenza", "Documenti");
    assert!(forms.is_empty(), "it is among the forms: {forms:?}");
    let first = below("servizi/ambiente/compostiera-domestica", "Servizi da usare prima");
    assert_eq!(first, ["Tassa sui rifiuti (TARI)"]);
    let old = page("novita/notizie/biblioteca-un-anno-di-prestiti");
    assert_eq!(
        all(old, "#dataset a").into_iter().map(text).collect::<Vec<_>>(),
        ["Prestiti della biblioteca"]
    );
    let sections: Vec<&str> =
        all(old, "main section[id]").iter().filter_map(|s| s.value().attr("id")).collect();
    let place = |id: &str| sections.iter().position(|s| *s == id).unwrap();
    assert!(place("dataset") < place("a-cura-di"), "{sections:?}");
    let related = |path: &str| all(page(path), ".ci-related a").into_iter().map(text).collect::<Vec<_>>();
    let names = [
        related("novita/notizie/biblioteca-un-anno-di-prestiti"),
        related("novita/notizie/riapre-la-sala-ragazzi-della-biblioteca"),
    ];
    assert!(
        names[0].contains(&"Riapre la stanza dei piccoli in biblioteca".to_owned())
            && names[1].contains(&"Biblioteca: un anno di prestiti".to_owned()),
        "{names:?}"
    );
    assert!(
        text(all(page("novita/notizie/riapre-la-sala-ragazzi-della-biblioteca"), "main")[0])
            .contains("Ultimo aggiornamento: 09/10/2026")
    );
    assert!(text(all(page(market), "main")[0]).contains("Pagina aggiornata il "));
    let canteen = text(all(page("servizi/educazione-e-formazione/mensa-scolastica"), "main")[0]);
    assert!(
        canteen.contains("Pagina aggiornata il 20/11/2026. Aggiunte le tariffe dell'anno scolastico"),
        "what changed"
    );
    let church = all(page("vivere-il-comune/luoghi/chiesa-di-san-vito"), "#struttura-responsabile a");
    assert_eq!(church.into_iter().map(text).collect::<Vec<_>>(), ["Parrocchia di San Vito"]);
    let procedures =
        trees.iter().find(|(p, _)| p.ends_with("/tipologie-di-procedimento/index.html")).unwrap();
    let answers =
        all(procedures.1, "dt").into_iter().find(|t| text(*t) == "Responsabile del procedimento").unwrap();
    let who = answers.next_siblings().find_map(ElementRef::wrap).map(text);
    assert_eq!(who.as_deref(), Some("Chiara Broilo"));
}

#[test]
fn a_period_for_applications_says_whether_it_is_open() {
    let built = |day: &str| {
        let mut site = common::base_site();
        let base = String::from_utf8(
            common::tree(&common::root().join("tests/rules/base"))["servizi/tari.md"].clone(),
        )
        .unwrap();
        let text = base.replacen("---\n", "---\nperiodo: {dal: 2026-11-20, al: 2026-11-30}\n", 1);
        site.insert("servizi/tari.md".to_owned(), text.into_bytes());
        let options = campanile::pipeline::Options { now: day.parse().unwrap(), ..common::options() };
        let outcome = campanile::pipeline::build(&site, &options);
        assert_eq!(common::errors(&outcome), Vec::<String>::new());
        common::files(&outcome)
    };
    for (day, says) in [
        ("2026-11-19", "Domande non ancora aperte"),
        ("2026-11-20", "Domande aperte"),
        ("2026-11-30", "Domande aperte"),
        ("2026-12-01", "Domande chiuse"),
    ] {
        let files = built(day);
        let path = files
            .keys()
            .find(|p| {
                p.ends_with("/tari/index.html")
                    && p.starts_with("servizi/")
                    && !p.contains("richiesta")
                    && !p.contains("prenotazione")
            })
            .unwrap()
            .clone();
        let chips =
            |path: &str, css: &str| all(&tree(&files, path), css).into_iter().map(text).collect::<Vec<_>>();
        assert_eq!(chips(&path, ".ci-hero .chip-label"), ["Servizio attivo", says], "{day}");
        let cards = chips("servizi/index.html", "#elenco .chip-label");
        assert_eq!(
            cards.iter().filter(|c| c.starts_with("Domande")).collect::<Vec<_>>(),
            [says],
            "{day}: it stays in the list"
        );
    }
}
