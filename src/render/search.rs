//! What can be searched: every content with a page, every question, every topic, in the order of the index A–Z.

use jiff::civil::Date;

use super::markdown::plain;
use crate::content::{Data, Kind};
use crate::plan::{Plan, argomenti_usati};
use crate::site::{Item, Site, collation_key, index_key};
use crate::vocab::Voce;

/// Something that can be found.
pub struct Found<'a> {
    /// What orders it.
    pub key: String,
    /// Title.
    pub titolo: &'a str,
    /// Address from the root of the site.
    pub url: String,
    /// Short description.
    pub descrizione: &'a str,
    /// "Servizio", "Notizia"…
    pub tipo: &'static str,
    /// "Servizi", "Novità"…: the types by which results can be narrowed (content model 3).
    pub gruppo: &'static str,
    /// Topics.
    pub argomenti: Vec<&'static Voce>,
    /// Day of publication, or of the last revision.
    pub data: Option<Date>,
    /// Its words, where they are not those of a page of its own.
    pub testo: Option<String>,
}

/// Everything that can be searched; what is over, and what asks to be left out, is not there.
pub fn entries<'a>(site: &'a Site, plan: &Plan) -> Vec<Found<'a>> {
    let hidden = |i: &Item| i.entry.common.escludi_da_ricerca.as_ref().is_some_and(|e| e.value);
    let listed =
        |i: &Item| i.entry.kind != Kind::Argomento && (plan.has(&i.url) || i.entry.kind == Kind::Domanda);
    let contents = site.items().filter(|i| !hidden(i) && !i.scaduto && listed(i)).map(content);
    let mut found: Vec<Found<'a>> = contents.chain(argomenti_usati(site).into_iter().map(topic)).collect();
    found.sort_by(|a, b| (&a.key, &a.url).cmp(&(&b.key, &b.url)));
    found
}

fn content(item: &Item) -> Found<'_> {
    let common = &item.entry.common;
    let (tipo, gruppo) = names(item.entry.kind);
    let revised = common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref());
    Found {
        key: index_key(item),
        titolo: &item.titolo,
        url: item.url.clone(),
        descrizione: &item.descrizione,
        tipo,
        gruppo,
        argomenti: item.argomenti().collect(),
        data: revised.map(|d| d.value),
        testo: match &item.entry.data {
            Data::Domanda(d) => Some(plain(&d.risposta.value.text)),
            _ => None,
        },
    }
}

fn topic<'a>(voce: &'static Voce) -> Found<'a> {
    let (tipo, gruppo) = names(Kind::Argomento);
    Found {
        key: collation_key(&voce.nome),
        titolo: &voce.nome,
        url: format!("/argomenti/{}/", voce.slug),
        descrizione: "",
        tipo,
        gruppo,
        argomenti: vec![voce],
        data: None,
        // Its page is a list of what is found by itself.
        testo: Some(String::new()),
    }
}

/// What one content of a type is called, and all of them.
fn names(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Servizio => ("Servizio", "Servizi"),
        Kind::Notizia => ("Novità", "Novità"),
        Kind::Luogo => ("Luogo", "Luoghi"),
        Kind::Unita => ("Amministrazione", "Unità organizzative"),
        Kind::Persona => ("Persona pubblica", "Persone pubbliche"),
        Kind::Documento => ("Documento", "Documenti"),
        Kind::Bando => ("Bando", "Bandi"),
        Kind::Dataset => ("Dataset", "Dataset"),
        Kind::Progetto => ("Progetto PNRR", "Progetti PNRR"),
        Kind::Trasparenza => ("Amministrazione trasparente", "Amministrazione trasparente"),
        Kind::Domanda => ("Domanda frequente", "Domande frequenti"),
        Kind::Argomento => ("Argomento", "Argomenti"),
        Kind::Pagina => ("Pagina", "Pagine"),
        Kind::Evento => ("Evento", "Eventi"),
        Kind::Galleria => ("Galleria", "Gallerie"),
        Kind::SitoTematico => ("Sito tematico", "Siti tematici"),
        Kind::PuntoContatto | Kind::Allerta => ("Avviso", "Avvisi"),
    }
}
