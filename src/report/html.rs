//! The dossier as one HTML file that needs nothing else: no script, no address elsewhere but those of the pages examined.

use serde::Serialize;
use tera::{Context, Tera};

use super::{Criterio, Difetto, Esito, Report};

/// What the template sees of a criterion.
#[derive(Serialize)]
struct Row<'a> {
    criterio: &'a Criterio,
    parola: &'static str,
    difetti: Vec<&'a Difetto>,
}

/// Findings of one level.
#[derive(Serialize)]
struct Group<'a> {
    titolo: &'static str,
    difetti: Vec<&'a Difetto>,
}

/// The page of a dossier.
///
/// # Errors
/// When the template that is part of the program cannot be rendered: a fault of the program.
pub fn page(report: &Report) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"].to_vec());
    tera.add_raw_template("dossier.html", include_str!("dossier.html"))?;
    let mut context = Context::new();
    context.insert("r", report);
    context.insert("superato", &report.superato());
    context.insert("righe", &report.criteri.iter().map(|c| row(c, report)).collect::<Vec<_>>());
    context.insert("gruppi", &groups(report));
    tera.render("dossier.html", &context)
}

fn row<'a>(criterio: &'a Criterio, report: &'a Report) -> Row<'a> {
    let parola = match criterio.esito {
        Esito::Successo => "Superato",
        Esito::Tolleranza => "Superato con tolleranza",
        Esito::Fallimento => "Non superato",
        Esito::DaDimostrare => "Da dimostrare",
    };
    Row {
        criterio,
        parola,
        difetti: criterio.difetti.iter().filter_map(|n| report.difetti.get(*n)).collect(),
    }
}

/// Findings that belong to no criterion, by level.
fn groups(report: &Report) -> Vec<Group<'_>> {
    let official = |d: &&Difetto| !d.codice.starts_with("C.SI.") && !d.codice.starts_with("R.SI.");
    [("errore", "Errori"), ("avviso", "Avvisi"), ("consiglio", "Consigli")]
        .into_iter()
        .map(|(level, titolo)| Group {
            titolo,
            difetti: report.difetti.iter().filter(|d| d.livello == level).filter(official).collect(),
        })
        .filter(|group| !group.difetti.is_empty())
        .collect()
}
