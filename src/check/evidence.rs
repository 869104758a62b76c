//! What the assessors look for by hand (conformance 9): minimum attributes of each kind of content, complete header and footer,
//! titles that agree with the breadcrumb, no shouting; and addresses that the official application cannot follow.

use super::audit::{Audit, Loss, Origin, Target};
use crate::diagnostic::Code;
use crate::plan::PageKind;
use crate::text;

/// Judges every page.
pub fn judge(audit: &mut Audit<'_>) {
    for page in 0..audit.pages.len() {
        traps(audit, page);
        capitals(audit, page);
        headings(audit, page);
        attributes(audit, page);
        frame(audit, page);
    }
}

/// The application takes an address that holds `http` or `www` as absolute: a path with those letters would not be found.
fn traps(audit: &mut Audit<'_>, page: usize) {
    for href in &audit.facts(page).links {
        let trap = href.starts_with('/') && (href.contains("http") || href.contains("www"));
        if trap && matches!(audit.target(page, href), Target::Page(_) | Target::File) {
            audit.push(
                Code::AddressTrap,
                Loss::None,
                page,
                Origin::Words(href.clone()),
                text!(
                    "l'indirizzo {href} contiene «http» o «www»",
                    "the address {href} contains “http” or “www”"
                ),
                text!(
                    "chi valuta il sito non lo saprebbe seguire: cambia il nome del file",
                    "the evaluator's program could not follow it: change the name of the file"
                ),
            );
        }
    }
}

fn capitals(audit: &mut Audit<'_>, page: usize) {
    for line in &audit.facts(page).capitals {
        audit.push(
            Code::Capitals,
            Loss::None,
            page,
            Origin::Words(line.clone()),
            text!("«{line}» è tutto in maiuscole", "“{line}” is all in capitals"),
            text!(
                "scrivilo come una frase: le maiuscole si leggono male e i lettori di schermo le compitano",
                "write it as a sentence: capitals are hard to read and screen readers spell them"
            ),
        );
    }
}

/// The breadcrumb ends with the title of the page.
fn headings(audit: &mut Audit<'_>, page: usize) {
    let facts = audit.facts(page);
    let plain =
        |s: &String| s.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches('/').trim().to_owned();
    let (Some(last), Some(title)) = (facts.breadcrumb.last().map(plain), facts.h1.first()) else { return };
    if last != *title {
        audit.push(
            Code::HeadingMismatch,
            Loss::None,
            page,
            Origin::Template,
            text!(
                "il percorso finisce con «{last}», il titolo è «{title}»",
                "the breadcrumb ends with “{last}”, the title is “{title}”"
            ),
            text!("percorso e titolo sono uguali", "breadcrumb and title are equal"),
        );
    }
}

/// Entries of the page index of which one each is needed, by kind of page: what, entries, field.
type Needed = (&'static str, &'static [&'static str], &'static str);

fn needed(kind: PageKind) -> &'static [Needed] {
    match kind {
        PageKind::Unita(_) => &[
            ("le competenze o i servizi", &["Competenze", "Servizi"], "competenze"),
            ("la sede", &["Sede"], "sede_principale"),
            ("i contatti", &["Contatti"], "contatti"),
        ],
        PageKind::Documento(_) => {
            &[("la descrizione", &["Descrizione"], "descrizione"), ("il documento", &["Documento"], "file")]
        }
        PageKind::Luogo(_) => &[
            ("l'indirizzo", &["Dove", "Indirizzo"], "indirizzo"),
            ("come si accede", &["Modalità di accesso"], "modalita_accesso"),
            ("i contatti", &["Contatti"], "contatti"),
        ],
        PageKind::Evento(_) => &[
            ("il luogo", &["Luogo"], "luogo"),
            ("data e ora", &["Date e orari"], "inizio"),
            ("il costo", &["Costi"], "costi"),
            ("i contatti", &["Contatti"], "contatti"),
        ],
        // The organisation is part of every role; a person whose roles are over belongs to none today.
        PageKind::Persona(_) => {
            &[("l'incarico", &["Incarico"], "incarichi"), ("i contatti", &["Contatti"], "contatti")]
        }
        PageKind::Notizia(_) => &[("l'ufficio che la cura", &["A cura di"], "a_cura_di")],
        _ => &[],
    }
}

fn attributes(audit: &mut Audit<'_>, page: usize) {
    let index = &audit.facts(page).index;
    for (what, entries, field) in needed(audit.pages[page].route.kind) {
        if !index.iter().any(|label| entries.contains(&label.as_str())) {
            audit.push(
                Code::EvidenceMissing,
                Loss::None,
                page,
                Origin::Field(field),
                text!("nella pagina mancano {what}", "the page lacks {what}"),
                text!("completa il campo `{field}`", "complete the field `{field}`"),
            );
        }
    }
}

/// Words that header and footer of every page hold: what, one of these words.
const HEADER: [(&str, &[&str]); 3] =
    [("il nome dell'ente", &["comune"]), ("la ricerca", &["cerca"]), ("tutti gli argomenti", &["argomenti"])];
const FOOTER: [(&str, &[&str]); 6] = [
    ("il codice fiscale o la partita IVA", &["codice fiscale", "p. iva"]),
    ("la PEC", &["pec"]),
    ("Amministrazione trasparente", &["amministrazione trasparente"]),
    ("la prenotazione", &["prenotazione", "prenota"]),
    ("la richiesta di assistenza", &["assistenza"]),
    ("la mappa del sito", &["mappa del sito"]),
];

fn frame(audit: &mut Audit<'_>, page: usize) {
    let facts = audit.facts(page);
    let bands = [
        ("header.html", &facts.header, HEADER.as_slice()),
        ("footer.html", &facts.footer, FOOTER.as_slice()),
    ];
    for (part, band, needed) in bands {
        for (what, _) in needed.iter().filter(|(_, any)| !any.iter().any(|word| band.contains(word))) {
            audit.push(
                Code::FrameMissing,
                Loss::None,
                page,
                Origin::Part(part),
                text!("nella pagina manca {what}", "the page lacks {what}"),
                text!(
                    "riprendi il modello {part} del tema, o completa `contatti` in comune.yaml",
                    "take the theme's {part} again, or complete `contatti` in comune.yaml"
                ),
            );
        }
    }
}
