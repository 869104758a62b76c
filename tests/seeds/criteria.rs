//! Faults of the official criteria, of what assessors look for by hand, and of plain language.

use super::{
    Seed, everywhere, home, in_main, relink, retext, seed, services, sheet, style, without, without_item,
};

const OTHER_FONT: &str = "<p id=\"mutato\">testo</p>";

fn topics(path: &str) -> bool {
    path == "argomenti/index.html"
}

fn news(path: &str) -> bool {
    path == "novita/index.html"
}

fn administration(path: &str) -> bool {
    path == "amministrazione/index.html"
}

fn living(path: &str) -> bool {
    path == "vivere-il-comune/index.html"
}

fn notes(path: &str) -> bool {
    path == "note-legali/index.html"
}

fn home_or_style(path: &str) -> bool {
    home(path) || style(path)
}

fn category(path: &str) -> bool {
    path == "servizi/tributi-finanze-e-contravvenzioni/index.html"
}

/// A rule in the style sheet, or an element in a page.
fn font(text: &str, html: &str) -> String {
    if text.contains("</main>") {
        in_main(text, html)
    } else {
        format!("{text}\n#mutato{{font-family:Arial!important}}")
    }
}

fn swapped(text: &str, a: &str, b: &str) -> String {
    text.replace(a, "\u{1}").replace(b, a).replace('\u{1}', b)
}

/// The label of an entry of the index and of nothing else.
fn relabel(text: &str, from: &str, to: &str) -> String {
    text.replace(&format!(">{from}</a></li>"), &format!(">{to}</a></li>"))
}

fn emptied(text: &str, name: &str) -> String {
    text.replace(&format!("data-element=\"{name}\""), &format!("data-element=\"{name}\" hidden></div><div"))
}

pub fn seeds() -> Vec<Seed> {
    let mut all = experience();
    all.extend(functions());
    all.extend(rating());
    all.extend(law());
    all.extend(by_hand());
    all
}

#[allow(clippy::too_many_lines)] // a table
fn experience() -> Vec<Seed> {
    vec![
        seed("C.SI.1.1.a", home_or_style, "a paragraph in another font", |t| font(t, OTHER_FONT)),
        seed("C.SI.1.1.a", style, "headings in another font", |t| {
            format!("{t}\nh1{{font-family:Georgia,serif!important}}")
        }),
        seed("C.SI.1.1.a", style, "the font of the page unset", |t| {
            format!("{t}\nbody,p,h1,h2{{font-family:sans-serif!important}}")
        }),
        seed("C.SI.1.1.b", home_or_style, "a word in another font", |t| {
            font(t, "<p>una <span id=\"mutato\">parola</span></p>")
        }),
        seed("C.SI.1.1.b", home, "code in a paragraph without a font", |t| {
            in_main(t, "<p>il <tt>codice</tt></p>")
        }),
        seed("C.SI.1.2.a", style, "no version of the library", |t| {
            t.replace("--bootstrap-italia-version", "--altro")
        }),
        seed("C.SI.1.2.a", style, "an old version", |t| {
            format!("{t}\n:root{{--bootstrap-italia-version:\"1.6.4\"}}")
        }),
        seed("C.SI.1.2.a", style, "a version that is none", |t| {
            format!("{t}\n:root{{--bootstrap-italia-version:\"due\"}}")
        }),
        seed("C.SI.1.2.b", news, "own classes only", |t| {
            let names: Vec<String> = (0..900).map(|n| format!("mia-{n}")).collect();
            in_main(t, &format!("<p class=\"{}\">x</p>", names.join(" ")))
        }),
        seed("C.SI.1.3.a", services, "no sheets listed", |t| without(t, "service-link")),
        seed("C.SI.1.3.b", sheet, "an entry taken out of the index", |t| without_item(t, "Cosa serve")),
        seed("C.SI.1.3.b", sheet, "another label in the index", |t| relabel(t, "Come fare", "Come si fa")),
        seed("C.SI.1.3.b", sheet, "an icon's words in a label", |t| {
            relabel(t, "Tempi e scadenze", "Tempi e scadenze (data)")
        }),
        seed("C.SI.1.3.b", sheet, "no index", |t| without(t, "page-index")),
        seed("C.SI.1.3.c", sheet, "no audience", |t| without(t, "service-addressed")),
        seed("C.SI.1.3.c", sheet, "no instructions", |t| without(t, "service-how-to")),
        seed("C.SI.1.3.c", sheet, "needs without text", |t| emptied(t, "service-needed")),
        seed("C.SI.1.3.c", sheet, "no result", |t| without(t, "service-achieved")),
        seed("C.SI.1.3.c", sheet, "no times", |t| {
            without(&without(t, "service-calendar-text"), "service-calendar-list")
        }),
        seed("C.SI.1.3.c", sheet, "no access", |t| {
            without(
                &without(&without(t, "service-generic-access"), "service-booking-access"),
                "service-online-access",
            )
        }),
        seed("C.SI.1.3.c", sheet, "no conditions", |t| without(t, "service-file")),
        seed("C.SI.1.3.d", sheet, "no title", |t| without(t, "service-title")),
        seed("C.SI.1.3.d", sheet, "no description", |t| without(t, "service-description")),
        seed("C.SI.1.3.d", sheet, "no state", |t| without(t, "service-status")),
        seed("C.SI.1.3.d", sheet, "no topics", |t| without(t, "service-topic")),
        seed("C.SI.1.3.d", sheet, "no office", |t| without(t, "service-area")),
        seed("C.SI.1.3.e", sheet, "no category in the breadcrumb", |t| without(t, "breadcrumb")),
        seed("C.SI.1.3.f", sheet, "one label moved", |t| {
            swapped(t, ">Come fare</a></li>", ">Cosa serve</a></li>")
        }),
        seed("C.SI.1.3.f", sheet, "labels shuffled", |t| {
            let t = swapped(t, ">Come fare</a></li>", ">Contatti</a></li>");
            swapped(&t, ">A chi è rivolto</a></li>", ">Cosa si ottiene</a></li>")
        }),
        seed("C.SI.1.3.g", services, "a link to another page of the list", |t| {
            in_main(t, "<a data-element=\"pager-link\" href=\"/novita/\">2</a>")
        }),
        seed("C.SI.1.4.a", style, "an old theme of a CMS", |t| {
            format!(
                "/*!\nTheme Name: x\nDescription: Design Comuni Italia Drupal\nVersion: 0.9\nText Domain: design_comuni_italia\n*/{t}"
            )
        }),
        seed("C.SI.1.5.a", home, "no link to the topics", |t| without(t, "all-topics")),
        seed("C.SI.1.5.a", home, "topics that lead nowhere", |t| relink(t, "all-topics", "/niente/")),
        seed("C.SI.1.5.b", topics, "no topics", |t| without(t, "topic-element")),
        seed("C.SI.1.5.c", topics, "a topic of our own", |t| {
            retext(t, "topic-element", "Argomento inventato")
        }),
        seed("C.SI.1.5.d", topics, "a topic used but not listed", |t| retext(t, "topic-element", "Acqua")),
        seed("C.SI.1.6.a", home, "no administration", |t| without(t, "management")),
        seed("C.SI.1.6.a", home, "no news", |t| without(t, "news")),
        seed("C.SI.1.6.a", home, "no services", |t| without(t, "all-services")),
        seed("C.SI.1.6.a", home, "no life", |t| without(t, "live")),
        seed("C.SI.1.6.b", home, "another name for news", |t| retext(t, "news", "Notizie")),
        seed("C.SI.1.6.b", home, "hidden words in an entry", |t| {
            retext(t, "all-services", "Servizi (corrente)")
        }),
        seed("C.SI.1.6.c", home, "a fifth entry", |t| {
            in_main(t, "<a data-element=\"custom-submenu\" href=\"/novita/\">Altro</a>")
        }),
        seed("C.SI.1.6.c", home, "an entry twice", |t| {
            in_main(t, "<a data-element=\"live\" href=\"/vivere-il-comune/\">Vivere il Comune</a>")
        }),
        seed("C.SI.1.6.c", home, "eight entries", |t| {
            in_main(t, &"<a data-element=\"custom-submenu\" href=\"/novita/\">Altro</a>".repeat(4))
        }),
        seed("C.SI.1.6.d", home, "an entry that leads outside", |t| {
            relink(t, "management", "https://form.agid.gov.it/")
        }),
        seed("C.SI.1.6.e", home, "entries in another order", |t| {
            swapped(t, "data-element=\"news\"", "data-element=\"all-services\"")
        }),
        seed("C.SI.1.6.f", sheet, "another menu on a sheet", |t| retext(t, "news", "Notizie")),
        seed("C.SI.1.6.g", services, "a title other than the entry", |t| {
            t.replacen("Servizi</h1>", "I nostri servizi</h1>", 1)
        }),
        seed("C.SI.1.7.a", administration, "no second level of administration", |t| {
            without(t, "management-category-link")
        }),
        seed("C.SI.1.7.a", news, "no second level of news", |t| without(t, "news-category-link")),
        seed("C.SI.1.7.a", services, "no categories", |t| without(t, "service-category-link")),
        seed("C.SI.1.7.a", living, "no places", |t| without(t, "live-button-locations")),
        seed("C.SI.1.7.a", living, "no events", |t| without(t, "live-button-events")),
        seed("C.SI.1.7.b", news, "a title of our own", |t| retext(t, "news-category-link", "Altro")),
        seed("C.SI.1.7.b", services, "a category of our own", |t| {
            retext(t, "service-category-link", "Tasse")
        }),
        seed("C.SI.1.7.c", category, "a category under another title", |t| {
            t.replacen("Tributi, finanze e contravvenzioni</h1>", "Tasse</h1>", 1)
        }),
    ]
}

fn functions() -> Vec<Seed> {
    vec![
        seed("C.SI.2.1.a", services, "no booking from the services", |t| without(t, "appointment-booking")),
        seed("C.SI.2.1.b", sheet, "no booking from a sheet", |t| without(t, "appointment-booking")),
        seed("C.SI.2.1.c", services, "booking that leads nowhere", |t| {
            relink(t, "appointment-booking", "/prenota/")
        }),
        seed("C.SI.2.2.a", sheet, "no office in the contacts", |t| without(t, "service-area")),
        seed("C.SI.2.2.a", sheet, "no contacts in the index", |t| without_item(t, "Contatti")),
        seed("C.SI.2.3.a", home, "no questions", |t| without(t, "faq")),
        seed("C.SI.2.3.a", home, "questions that lead to #", |t| relink(t, "faq", "#")),
        seed("C.SI.2.3.b", home, "questions that lead nowhere", |t| relink(t, "faq", "/faq/")),
        seed("C.SI.2.3.c", home, "another name for the questions", |t| retext(t, "faq", "Aiuto")),
        seed("C.SI.2.4.a", home, "no report", |t| without(t, "report-inefficiency")),
        seed("C.SI.2.4.b", home, "a report to no address", |t| {
            relink(t, "report-inefficiency", "mailto:segnala")
        }),
        seed("C.SI.2.4.b", home, "a report that leads nowhere", |t| {
            relink(t, "report-inefficiency", "/segnala/")
        }),
        seed("C.SI.2.4.c", home, "another name for the report", |t| {
            retext(t, "report-inefficiency", "Scrivici")
        }),
    ]
}

/// Which files a fault is seeded in.
type Where = fn(&str) -> bool;

fn rating() -> Vec<Seed> {
    let mut all = Vec::new();
    let pages: [(Where, [&'static str; 9]); 2] = [
        (
            news,
            [
                "C.SI.2.5.a",
                "C.SI.2.5.b",
                "C.SI.2.5.c",
                "C.SI.2.5.d",
                "C.SI.2.5.e",
                "C.SI.2.5.f",
                "C.SI.2.5.g",
                "C.SI.2.5.h",
                "C.SI.2.5.i",
            ],
        ),
        (
            sheet,
            [
                "C.SI.2.6.a",
                "C.SI.2.6.b",
                "C.SI.2.6.c",
                "C.SI.2.6.d",
                "C.SI.2.6.e",
                "C.SI.2.6.f",
                "C.SI.2.6.g",
                "C.SI.2.6.h",
                "C.SI.2.6.i",
            ],
        ),
    ];
    for (on, [a, b, c, d, e, f, g, h, i]) in pages {
        all.extend([
            seed(a, on, "no widget", |t| without(t, "feedback")),
            seed(b, on, "another question", |t| retext(t, "feedback-title", "Ti piace?")),
            seed(b, on, "no question", |t| without(t, "feedback-title")),
            seed(c, on, "a star missing", |t| without(t, "feedback-rate-2")),
            seed(d, on, "no positive block", |t| without(t, "feedback-rating-positive")),
            seed(d, on, "no negative block", |t| without(t, "feedback-rating-negative")),
            seed(e, on, "blocks the wrong way round", |t| {
                swapped(
                    t,
                    "data-element=\"feedback-rating-positive\"",
                    "data-element=\"feedback-rating-negative\"",
                )
            }),
            seed(e, on, "a block always hidden", |t| {
                t.replace(
                    "data-element=\"feedback-rating-positive\"",
                    "hidden data-element=\"feedback-rating-positive\" class=\"d-none\"",
                )
            }),
            seed(f, on, "a question changed", |t| retext(t, "feedback-rating-question", "Che cosa non va?")),
            seed(f, on, "no inner questions", |t| without(t, "feedback-rating-question")),
            seed(g, on, "an unknown answer", |t| retext(t, "feedback-rating-answer", "Boh")),
            seed(g, on, "no answers", |t| without(t, "feedback-rating-answer")),
            seed(h, on, "no text field", |t| without(t, "feedback-input-text")),
            seed(i, on, "a long text after it", |t| in_main(t, &format!("<p>{}</p>", "testo ".repeat(2000)))),
        ]);
    }
    all.push(seed("C.SI.2.5.e", style, "no rule shows the blocks", |t| t.replace(":checked", ":hover")));
    all
}

fn law() -> Vec<Seed> {
    vec![
        seed("C.SI.3.1.a", home, "a script of others", |t| {
            in_main(t, "<script src=\"https://cdn.example/x.js\"></script>")
        }),
        seed("C.SI.3.1.a", sheet, "a map of others", |t| {
            in_main(t, "<iframe title=\"Mappa\" src=\"https://maps.example/\"></iframe>")
        }),
        seed("C.SI.3.1.a", home, "a font of others", |t| {
            t.replacen("</head>", "<link rel=\"stylesheet\" href=\"https://fonts.example/x.css\"></head>", 1)
        }),
        seed("C.SI.3.1.a", everywhere, "a picture of others", |t| {
            in_main(t, "<img alt=\"\" src=\"//img.example/x.png\">")
        }),
        seed(
            "C.SI.3.1.b",
            |p| p.ends_with(".js"),
            "a script that writes cookies",
            |t| format!("{t};document.cookie='a=1'"),
        ),
        seed("C.SI.3.2.a", home, "no declaration", |t| without(t, "accessibility-link")),
        seed("C.SI.3.2.b", home, "a declaration elsewhere", |t| {
            relink(t, "accessibility-link", "https://example.it/x")
        }),
        seed("C.SI.3.2.b", home, "a declaration over http", |t| {
            relink(t, "accessibility-link", "http://form.agid.gov.it/view/1")
        }),
        seed("C.SI.3.3.a", home, "no privacy", |t| without(t, "privacy-policy-link")),
        seed("C.SI.3.3.b", home, "privacy over http", |t| {
            relink(t, "privacy-policy-link", "http://example.it/privacy")
        }),
        seed("C.SI.3.3.b", home, "privacy that leads nowhere", |t| {
            relink(t, "privacy-policy-link", "/riservatezza/")
        }),
        seed("C.SI.3.4.a", home, "no legal notes", |t| without(t, "legal-notes")),
        seed("C.SI.3.4.a", home, "legal notes that lead nowhere", |t| relink(t, "legal-notes", "/note/")),
        seed("C.SI.3.4.b", notes, "another title of the licence", |t| {
            retext(t, "legal-notes-section", "Copyright")
        }),
        seed("C.SI.3.4.c", notes, "another licence", |t| t.replace("anche commerciale", "mai commerciale")),
        seed("C.SI.3.4.c", notes, "words added to the licence", |t| {
            t.replace("restrizioni aggiuntive.", "restrizioni aggiuntive. Salvo errori.")
        }),
        seed("C.SI.5.2.a", home, "a personal area elsewhere", |t| {
            in_main(
                t,
                "<a data-element=\"personal-area-login\" href=\"https://servizi.example.it/\">Area</a>",
            )
        }),
        seed("C.SI.5.2.a", services, "booking elsewhere", |t| {
            relink(t, "appointment-booking", "https://prenota.example.it/")
        }),
        seed("R.SI.1.1.a", sheet, "no metadata", |t| without(t, "metatag")),
        seed("R.SI.1.1.b", sheet, "metadata that are not JSON", |t| {
            t.replacen("\"serviceType\"", "serviceType", 1)
        }),
        seed("R.SI.1.1.c", sheet, "metadata without postal code", |t| t.replace("\"postalCode\"", "\"cap\"")),
        seed("R.SI.1.1.c", sheet, "metadata without channel", |t| {
            t.replace("\"availableChannel\"", "\"canale\"")
        }),
    ]
}

fn by_hand() -> Vec<Seed> {
    vec![
        seed(
            "EVI-01",
            |p| p.contains("novita/"),
            "a path with www",
            |t| in_main(t, "<a href=\"/novita/?www\">x</a>").replace("/novita/?www", "/novita/#www"),
        ),
        seed(
            "EVI-02",
            |p| p.contains("/luoghi/municipio"),
            "a place without access",
            |t| without_item(t, "Modalità di accesso"),
        ),
        seed(
            "EVI-02",
            |p| p.contains("/uffici/"),
            "an office without competences",
            |t| relabel(&without_item(t, "Competenze"), "Servizi", "Altro"),
        ),
        seed("EVI-02", |p| p.contains("/notizie/"), "news without office", |t| without_item(t, "A cura di")),
        seed("EVI-02", |p| p.contains("/eventi/"), "an event without cost", |t| without_item(t, "Costi")),
        seed(
            "EVI-02",
            |p| p.contains("/documenti-e-dati/"),
            "a document without document",
            |t| without_item(t, "Documento"),
        ),
        seed("EVI-03", home, "no tax code", |t| t.replace("Codice fiscale", "CF").replace("P. IVA", "")),
        seed("EVI-03", sheet, "no certified mail", |t| t.replace("PEC", "Posta").replace("pec", "posta")),
        seed("EVI-03", everywhere, "no map of the site", |t| t.replace("Mappa del sito", "Indice")),
        seed("EVI-04", home, "a heading in capitals", |t| in_main(t, "<h2>ORARI DEGLI UFFICI COMUNALI</h2>")),
        seed("EVI-05", sheet, "another title", |t| t.replacen("Tassa sui rifiuti</h1>", "Rifiuti</h1>", 1)),
        seed("LIN-01", sheet, "a long sentence", |t| {
            let sentence =
                "il procedimento amministrativo semplificato concernente autorizzazioni paesaggistiche "
                    .repeat(10);
            t.replacen(
                "<div data-element=\"service-how-to\">",
                &format!("<div data-element=\"service-how-to\"><p>{sentence}.</p>"),
                1,
            )
        }),
        seed("LIN-02", sheet, "an acronym", |t| {
            t.replacen(
                "<div data-element=\"service-how-to\">",
                "<div data-element=\"service-how-to\"><p>Chiedi il CDU.</p>",
                1,
            )
        }),
        seed("LIN-03", sheet, "a sentence in capitals", |t| {
            t.replacen(
                "<div data-element=\"service-how-to\">",
                "<div data-element=\"service-how-to\"><p>NON SI ACCETTANO DOMANDE INCOMPLETE.</p>",
                1,
            )
        }),
        seed("LIN-04", sheet, "a bureaucratic phrase", |t| {
            t.replacen(
                "<div data-element=\"service-how-to\">",
                "<div data-element=\"service-how-to\"><p>Paga entro e non oltre il 16 giugno.</p>",
                1,
            )
        }),
        seed("LIN-05", home, "a link that says nothing", |t| {
            in_main(t, "<p>Per il modulo <a href=\"/servizi/\">clicca qui</a>.</p>")
        }),
        seed("PRV-02", home, "a personal address", |t| {
            in_main(t, "<p><a href=\"mailto:nome.cognome@gmail.com\">Scrivi a chi organizza</a></p>")
        }),
    ]
}
