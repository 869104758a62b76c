//! `PER-02`: what the law asks to publish of who holds a political office (art. 14, paragraph 1, D.Lgs. 33/2013).

use crate::content::persona::{Incarico, Persona};
use crate::content::{Data, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Item, Site};
use crate::text;

/// From this size property and income are due as well (letter f as read by ANAC, resolution 241/2017).
const LARGE: u32 = 15_000;

pub fn judge(site: &Site, out: &mut Vec<Diagnostic>) {
    let large = site.config.written.ente.abitanti.as_ref().is_none_or(|n| n.value >= LARGE);
    for item in site.of_kind(Kind::Persona) {
        let Data::Persona(p) = &item.entry.data else { continue };
        let political: Vec<&Incarico> =
            site.incarichi_aperti(item).into_iter().filter(|i| i.politico()).collect();
        if !political.is_empty() {
            out.extend(finding(item, &missing(p, &political, large)));
        }
    }
}

/// The names of the fields that are due and absent. Pay and travel may be stated once for several roles.
fn missing(p: &Persona, political: &[&Incarico], large: bool) -> Vec<&'static str> {
    let due = [
        ("atto_nomina", political.iter().any(|i| i.atto_nomina.is_none())),
        ("curriculum", p.curriculum.is_empty()),
        ("compensi", political.iter().all(|i| i.compensi.is_empty())),
        ("importi_viaggi", political.iter().all(|i| i.importi_viaggi.is_empty())),
        ("altre_cariche", p.altre_cariche.is_empty()),
        ("situazione_patrimoniale", large && p.situazione_patrimoniale.is_none()),
        ("dichiarazione_redditi", large && p.dichiarazione_redditi.is_empty()),
    ];
    due.into_iter().filter(|(_, absent)| *absent).map(|(name, _)| name).collect()
}

fn finding(item: &Item, missing: &[&str]) -> Option<Diagnostic> {
    if missing.is_empty() {
        return None;
    }
    let (name, fields) = (&item.titolo, missing.join(", "));
    Some(
        Diagnostic::new(
            Code::PersonDuty,
            text!(
                "per legge di {name} si pubblicano anche: {fields}",
                "by law these are published too of {name}: {fields}"
            ),
        )
        .at(item.entry.start())
        .hint(text!(
            "aggiungi i campi; se non c'è nulla da dichiarare scrivilo con una frase",
            "add the fields; where there is nothing to declare say so in a sentence"
        )),
    )
}
