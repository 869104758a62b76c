//! `LEG-02`, `LEG-03`, `LEG-05`, `LEG-06`: what the law wants on every page, judged on the pages themselves, since a template of the
//! Comune may have lost it.

use scraper::{Html, Selector};

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::PageKind;
use crate::render::{Page, licence_sentence};
use crate::site::Site;
use crate::text;

/// Judges home and legal notes.
pub fn check(site: &Site, pages: &[Page], out: &mut Vec<Diagnostic>) {
    let page = |kind: PageKind| pages.iter().find(|p| p.kind == kind);
    if let Some(home) = page(PageKind::Home) {
        check_home(site, home, out);
    }
    if let Some(notes) = page(PageKind::NoteLegali) {
        check_notes(notes, out);
    }
}

fn check_home(site: &Site, home: &Page, out: &mut Vec<Diagnostic>) {
    let elements = elements(&home.html);
    let has = |name: &str| elements.iter().any(|(element, _)| element == name);
    let missing = |code: Code, what: &str, out: &mut Vec<Diagnostic>| {
        out.push(
            Diagnostic::new(code, text!("nel piè di pagina manca {what}", "the footer lacks {what}"))
                .in_file(home.output.clone())
                .hint(text!(
                    "un modello in `templates/` l'ha tolto: riprendi quello del tema",
                    "a template in `templates/` has removed it: take the theme's again"
                )),
        );
    };
    if !has("privacy-policy-link") {
        missing(Code::LegalPrivacy, "privacy-policy-link", out);
    }
    if !has("legal-notes") {
        missing(Code::LegalNotes, "legal-notes", out);
    }
    let funded = site.config.written.finanziato_ue.as_ref().is_some_and(|f| f.value);
    if funded && !home.html.contains("ci-ue") {
        missing(Code::LegalEu, "«Finanziato dall'Unione europea»", out);
    }
}

fn check_notes(notes: &Page, out: &mut Vec<Diagnostic>) {
    let body = elements(&notes.html).into_iter().find(|(name, _)| name == "legal-notes-body");
    let written = body.map(|(_, text)| normal(&text));
    if written.is_none_or(|text| text != normal(&licence_sentence())) {
        out.push(
            Diagnostic::new(
                Code::LegalLicence,
                text!(
                    "la frase sulla licenza dei contenuti è stata cambiata",
                    "the sentence on the licence of contents was changed"
                ),
            )
            .in_file(notes.output.clone())
            .hint(text!(
                "un modello in `templates/` l'ha cambiata: il testo è fissato dal criterio C.SI.3.4",
                "a template in `templates/` has changed it: criterion C.SI.3.4 fixes the text"
            )),
        );
    }
}

/// As the official checker compares: white space collapsed, lower case, typographic apostrophes.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().replace('\'', "’")
}

/// The elements with a `data-element` and the text inside each, in order.
fn elements(html: &str) -> Vec<(String, String)> {
    let named = Selector::parse("[data-element]").expect("a valid selector");
    let tree = Html::parse_document(html);
    let name = |e: scraper::ElementRef| e.attr("data-element").unwrap_or_default().to_owned();
    tree.select(&named).map(|e| (name(e), e.text().collect())).collect()
}
