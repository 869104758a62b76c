//! Content is untrusted: nothing in it hangs the program, executes, escapes its element or reads outside the tree
//! (R-IN-2..9, R-XSS-1..4, R-URL-2).

mod common;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use campanile::limits::Limits;
use campanile::pipeline;
use campanile::source::{Disk, Memory};
use proptest::prelude::*;
use scraper::{Html, Selector};

/// Builds the base site with one more file and gives findings and pages.
fn build_with(path: &str, bytes: impl Into<Vec<u8>>) -> pipeline::Outcome {
    build_within(Limits::default(), path, bytes)
}

fn build_within(limits: Limits, path: &str, bytes: impl Into<Vec<u8>>) -> pipeline::Outcome {
    let mut site = common::base_site();
    site.insert(path, bytes);
    pipeline::build(&site, &pipeline::Options { limits, ..common::options() })
}

fn page(outcome: &pipeline::Outcome, path: &str) -> String {
    let files = outcome.sites[0].files.as_ref().unwrap_or_else(|| panic!("{:#?}", common::report(outcome)));
    String::from_utf8(files.iter().find(|f| f.path == path).unwrap().bytes.to_vec()).unwrap()
}

fn free_page(body: &str) -> String {
    format!("---\ntitolo: Prova\ndescrizione_breve: Una prova.\n---\n{body}\n")
}

/// The text of a page's main element, white space collapsed.
fn main_text(html: &str) -> String {
    let tree = Html::parse_document(html);
    let main = tree.select(&Selector::parse("main").unwrap()).next().unwrap();
    main.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn bombs_are_stopped_at_once() {
    let nested_maps: Vec<String> = (0..3000).map(|n| format!("{}a{n}:\n", " ".repeat(n))).collect();
    let nested_maps = nested_maps.concat();
    let bombs = [
        format!("---\nx: {}\n---\n", "[".repeat(100_000)),
        format!("---\nx: {}\n---\n", "{a: ".repeat(50_000)),
        format!("---\n{nested_maps}---\n"),
        "---\nx: &a [*a, *a]\n---\n".to_owned(),
        format!("---\ntitolo: \"{}\"\n---\n", "a".repeat(2_000_000)),
        free_page(&"[".repeat(100_000)),
        free_page(&">".repeat(50_000)),
        free_page(&"*a ".repeat(100_000)),
        free_page(&"- ".repeat(20_000)),
        free_page(&"`".repeat(200_000)),
        free_page(&format!("{}{}", "![".repeat(20_000), "](x)".repeat(20_000))),
        free_page(&"<a ".repeat(100_000)),
        free_page(&"| a ".repeat(50_000)),
        free_page(&"&#x41;".repeat(100_000)),
    ];
    for bomb in bombs {
        let start = Instant::now();
        let outcome = build_with("pagine/bomba.md", bomb.as_str());
        assert!(start.elapsed() < Duration::from_secs(20), "{}…", &bomb[..60]);
        assert_eq!(outcome.sites.len(), 1);
    }
}

#[test]
fn too_large_a_file_is_refused_unless_the_bounds_are_raised() {
    let huge = || free_page(&"parola ".repeat(800_000));
    let outcome = build_within(Limits::times(2), "pagine/enorme.md", huge());
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    let outcome = build_with("pagine/enorme.md", huge());
    assert!(
        common::errors(&outcome).iter().any(|l| l.contains("FIL-01 pagine/enorme.md")),
        "{:?}",
        common::errors(&outcome)
    );
}

#[test]
fn scalars_stay_as_written() {
    for written in [
        "022205",
        "00187",
        "0461912345",
        "012",
        "no",
        "on",
        "12:30",
        "1.10",
        "12E5",
        "2026",
        "+390461",
        "0x1F",
        "1_000",
        "true",
        "NaN",
    ] {
        let outcome = build_with(
            "pagine/prova.md",
            format!("---\ntitolo: {written}\ndescrizione_breve: Una prova.\n---\nTesto.\n"),
        );
        let html = page(&outcome, "prova/index.html");
        let tree = Html::parse_document(&html);
        let h1: String = tree.select(&Selector::parse("h1").unwrap()).next().unwrap().text().collect();
        assert_eq!(h1, written);
    }
    for empty in ["~", "null", "", "\"\"", "\" \""] {
        let outcome = build_with(
            "pagine/prova.md",
            format!("---\ntitolo: {empty}\ndescrizione_breve: Una prova.\n---\nTesto.\n"),
        );
        assert_ne!(common::errors(&outcome), Vec::<String>::new(), "{empty:?}");
    }
}

#[test]
fn byte_order_mark_and_line_ends_do_not_matter() {
    let text = free_page("Uno\ndue\n\n- tre\n- quattro");
    let plain = page(&build_with("pagine/prova.md", text.as_str()), "prova/index.html");
    for variant in [
        format!("\u{FEFF}{text}"),
        text.replace('\n', "\r\n"),
        format!("\u{FEFF}{}", text.replace('\n', "\r\n")),
    ] {
        assert_eq!(page(&build_with("pagine/prova.md", variant), "prova/index.html"), plain);
    }
}

#[test]
fn links_and_special_files_are_not_followed() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::TempDir::new().unwrap();
    for (path, bytes) in common::tree(&common::root().join("tests/rules/base")) {
        let target = dir.path().join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
    let secret = tempfile::TempDir::new().unwrap();
    std::fs::write(secret.path().join("canarino.md"), free_page("Testo del canarino.")).unwrap();
    let at = |name: &str| dir.path().join(name);
    std::fs::create_dir_all(at("pagine")).unwrap();
    std::fs::create_dir_all(at("media")).unwrap();
    symlink(secret.path().join("canarino.md"), at("pagine/canarino.md")).unwrap();
    symlink(secret.path(), at("pagine/fuori")).unwrap();
    symlink(at("pagine"), at("pagine/giro")).unwrap();
    symlink("/dev/zero", at("media/zero.svg")).unwrap();
    std::fs::create_dir(at("pagine/cartella.md")).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(at("pagine/coda.md")).status().unwrap();
    assert!(fifo.success());
    let outcome = pipeline::build(&Disk::new(dir.path()), &common::options());
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    let warned: Vec<String> = common::report(&outcome).into_iter().filter(|l| l.contains("FIL-03")).collect();
    for name in ["canarino.md", "fuori", "giro", "coda.md", "zero.svg"] {
        assert!(warned.iter().any(|l| l.contains(name)), "{name} in {warned:#?}");
    }
    let published = common::files(&outcome);
    assert!(published.values().all(|b| !String::from_utf8_lossy(b).contains("canarino")));
}

/// Elements and attributes that Markdown may produce inside the page (R-XSS-1).
const ELEMENTS: [&str; 24] = [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "a",
    "strong",
    "em",
    "code",
    "pre",
    "blockquote",
    "hr",
    "br",
    "img",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
];

const ATTACKS: [&str; 34] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
    "<iframe src=javascript:alert(1)>",
    "<form action=//evil.example><input name=a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<style>*{display:none}</style>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<div style='position:fixed'>",
    "</main></body></html>",
    "</title><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!-- a --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<x onclick=alert(1)>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "# <script>alert(1)</script>".split_at(2).1,
    "| <script>x</script> | b |\n| --- | --- |\n| <img onerror=x> | c |",
    "- <details open ontoggle=alert(1)>",
    "> <body onload=alert(1)>",
    "<textarea></textarea><script>alert(1)</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "{{ 7 * 7 }} {% for i in range(end=99999999) %}x{% endfor %} {# c #} {{ get_env(name=\"HOME\") }} {% include \"base.html\" %}",
    "${7+7} <%= 7+7 %> {{<figure>}} [[x]]",
];

/// The elements between heading and end of the text of a free page, and their attributes.
fn written_by_content(html: &str) -> BTreeSet<(String, String)> {
    let tree = Html::parse_document(html);
    let prose = Selector::parse(".ci-prose *, .ci-prose").unwrap();
    let mut found = BTreeSet::new();
    for element in tree.select(&prose) {
        let name = element.value().name().to_owned();
        found.insert((name.clone(), String::new()));
        for (attribute, _) in element.value().attrs() {
            found.insert((name.clone(), attribute.to_owned()));
        }
    }
    found
}

#[test]
fn attacks_come_out_as_text() {
    for attack in ATTACKS {
        let outcome =
            build_with("pagine/prova.md", free_page(&format!("Prima.\n\n{attack}\n\nDopo la prova.")));
        let html = page(&outcome, "prova/index.html");
        for (element, attribute) in written_by_content(&html) {
            let frame = matches!(element.as_str(), "div" | "article" | "section");
            assert!(frame || ELEMENTS.contains(&element.as_str()), "{attack}: <{element}>");
            assert!(
                !attribute.starts_with("on")
                    && !matches!(attribute.as_str(), "style" | "srcdoc" | "formaction"),
                "{attack}: {element} {attribute}"
            );
        }
        let text = main_text(&html);
        assert!(text.contains("Dopo la prova."), "{attack} swallowed the text after it");
        for token in ["{{ 7 * 7 }}", "${7+7}", "<script>alert(1)</script>"] {
            assert!(
                !attack.contains(token) || attack.contains("<!--") || text.contains(token),
                "{token} of {attack} is shown as written: {text}"
            );
        }
        let tree = Html::parse_document(&html);
        assert_eq!(tree.select(&Selector::parse("main").unwrap()).count(), 1);
        assert_eq!(tree.select(&Selector::parse("footer").unwrap()).count(), 1);
    }
}

#[test]
fn ids_of_content_cannot_shadow_the_frame() {
    let outcome =
        build_with("pagine/prova.md", free_page("## footer\n\n## contenuto\n\n## contenuto\n\n## menu"));
    let html = page(&outcome, "prova/index.html");
    let tree = Html::parse_document(&html);
    let ids: Vec<&str> =
        tree.select(&Selector::parse("[id]").unwrap()).filter_map(|e| e.value().attr("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
}

#[test]
fn look_alike_hosts_are_refused() {
    let spoofs = [
        "https://checkout.pagopa.it.evil.example/",
        "https://comune.prova.tn.it.evil.example/",
        "https://evilcomune.prova.tn.it/",
        "https://comune-prova.tn.it/",
        "https://comune.prоva.tn.it/",
        "https://сomune.prova.tn.it/",
        "https://comune.prova.tn.it@evil.example/",
        "https://evil.example/comune.prova.tn.it",
        "https://evil.example#comune.prova.tn.it",
        "https://evil.example?comune.prova.tn.it",
        "https://evil.example\\@comune.prova.tn.it/",
        "https://comune.prova.tn.it:8443/",
        "http://comune.prova.tn.it/",
        "javascript://comune.prova.tn.it/%0aalert(1)",
        "data:text/html,comune.prova.tn.it",
        "//comune.prova.tn.it/",
        "https:comune.prova.tn.it.evil.example",
        "https://comune.prova.tn.it%2eevil.example/",
        "https://comune.prova.tn.it。evil.example/",
        "https://1.1.1.1/",
        "https://[::1]/",
        "ftp://comune.prova.tn.it/",
    ];
    let sheet =
        String::from_utf8(common::tree(&common::root().join("tests/rules/base"))["servizi/tari.md"].clone())
            .unwrap();
    for spoof in spoofs {
        let access = format!("accesso: [{{canale: online, motivo_url: prova, url: '{spoof}'}}]");
        let outcome = build_with("servizi/tari.md", sheet.replace("accesso: [{canale: sportello}]", &access));
        let errors = common::errors(&outcome);
        assert!(errors.iter().any(|l| l.contains("servizi/tari.md:7")), "{spoof}: {errors:?}");
        assert!(outcome.sites[0].files.is_none(), "{spoof}");
    }
    for sound in ["https://servizi.comune.prova.tn.it/x", "https://comune.prova.tn.it/x"] {
        let access = format!("accesso: [{{canale: online, motivo_url: prova, url: '{sound}'}}]");
        let outcome = build_with("servizi/tari.md", sheet.replace("accesso: [{canale: sportello}]", &access));
        assert_eq!(common::errors(&outcome), Vec::<String>::new(), "{sound}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any title comes back from every output that holds it (R-XSS-4).
    #[test]
    fn any_title_survives_every_output(title in "[^\\p{C}\\s]([^\\p{C}]{0,40}[^\\p{C}\\s])?") {
        let quoted = serde_json::to_string(&title).unwrap();
        let sheet = String::from_utf8(common::tree(&common::root().join("tests/rules/base"))["servizi/tari.md"].clone()).unwrap();
        let outcome = build_with("servizi/tari.md", sheet.replace("titolo: Tassa sui rifiuti", &format!("titolo: {quoted}")));
        let html = page(&outcome, "servizi/tributi-finanze-e-contravvenzioni/tari/index.html");
        let tree = Html::parse_document(&html);
        let expected = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let h1: String = tree.select(&Selector::parse("h1").unwrap()).next().unwrap().text().collect();
        prop_assert_eq!(&h1, &expected);
        let script = tree.select(&Selector::parse("[data-element=metatag]").unwrap()).next().unwrap();
        let json: serde_json::Value = serde_json::from_str(&script.text().collect::<String>()).unwrap();
        prop_assert_eq!(json["name"].as_str(), Some(expected.as_str()));
        prop_assert_eq!(tree.select(&Selector::parse("main").unwrap()).count(), 1);
    }

    /// Any bytes in any file: no panic, and either a finding or a sound site.
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400), yaml in "[-a-z:\\[\\]{}&*!|>'\"#%@, \n]{0,200}") {
        build_with("pagine/prova.md", bytes);
        build_with("pagine/prova.md", format!("---\n{yaml}\n---\nTesto.\n"));
    }

    /// Any Markdown: only allowed elements, one main, one footer (R-XSS-1, R-XSS-7).
    #[test]
    fn any_markdown_stays_in_its_place(body in "[-<>/a-z\"'=&;#!\\[\\]()*_`|{}% \n]{0,200}") {
        let outcome = build_with("pagine/prova.md", free_page(&body));
        if outcome.sites[0].files.is_some() {
            let html = page(&outcome, "prova/index.html");
            for (element, attribute) in written_by_content(&html) {
                prop_assert!(ELEMENTS.contains(&element.as_str()) || element == "div", "<{}>", element);
                prop_assert!(!attribute.starts_with("on") && attribute != "style");
            }
            let tree = Html::parse_document(&html);
            prop_assert_eq!(tree.select(&Selector::parse("main").unwrap()).count(), 1);
        }
    }
}

#[test]
fn any_file_name_stays_inside() {
    let mut site: Memory = common::base_site();
    for name in
        ["..%2f..%2fx", "...", "a b", "CON", "nul", "x\u{202e}y", "é", "-a", "a--b", "pagina", "index", "a.b"]
    {
        site.insert(format!("pagine/{name}.md"), free_page("Testo."));
    }
    let outcome = pipeline::build(&site, &common::options());
    for file in outcome.sites[0].files.iter().flatten() {
        assert!(
            !file.path.contains("..") && !file.path.starts_with('/') && file.path.is_ascii(),
            "{}",
            file.path
        );
    }
    assert!(common::errors(&outcome).len() >= 9, "{:#?}", common::errors(&outcome));
}
