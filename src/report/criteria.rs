//! The official criteria in the dossier: result, pages examined with their fingerprints, findings; for what no program can prove
//! without the published site, the evidence to be gathered.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Difetto;
use crate::check::{Input, Judgement, Score};

/// Pages of evidence are named up to this many; the others are counted.
const NAMED: usize = 12;

/// A criterion.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Criterio {
    /// `C.SI.1.3`
    pub codice: String,
    /// Its official title.
    pub titolo: String,
    /// Its result.
    pub esito: Esito,
    /// How many pages were examined.
    pub esaminate: usize,
    /// Some of them, with the fingerprint of the file.
    pub prove: Vec<Prova>,
    /// Findings, by their place in the list of the dossier.
    pub difetti: Vec<usize>,
    /// What else is needed to prove it.
    pub evidenza: Option<String>,
}

/// The result of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Esito {
    /// 1.
    Successo,
    /// 0.5, passed.
    Tolleranza,
    /// 0.
    Fallimento,
    /// Only the published site can show it.
    DaDimostrare,
}

/// A page examined.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prova {
    /// Its address.
    pub indirizzo: String,
    /// SHA-256 of the file as published, hexadecimal.
    pub sha256: String,
}

/// Code, title, and what must be shown besides what was judged here.
type Row = (&'static str, &'static str, Option<&'static str>);

/// Every criterion “cittadino informato” and the recommendations, in the official order.
const ROWS: [Row; 23] = [
    ("C.SI.1.1", "Coerenza dell'utilizzo dei font", None),
    ("C.SI.1.2", "Libreria di elementi di interfaccia", None),
    ("C.SI.1.3", "Schede informative di servizio per il cittadino", None),
    ("C.SI.1.4", "Utilizzo di temi per CMS", None),
    ("C.SI.1.5", "Vocabolari controllati", None),
    ("C.SI.1.6", "Voci di menù di primo livello", None),
    ("C.SI.1.7", "Titoli delle pagine di secondo livello", None),
    (
        "C.SI.2.1",
        "Prenotazione appuntamenti",
        Some(
            "Schermate della prenotazione: scelta dell'ufficio, di giorno e ora, motivo, nome e recapiti; dalla scheda ufficio e servizio già scelti.",
        ),
    ),
    ("C.SI.2.2", "Richiesta di assistenza / contatti", None),
    ("C.SI.2.3", "Richiesta di assistenza / domande frequenti", None),
    (
        "C.SI.2.4",
        "Segnalazione disservizio",
        Some(
            "Se la segnalazione è un servizio dedicato, schermate con categoria, luogo, oggetto, descrizione e immagini.",
        ),
    ),
    ("C.SI.2.5", "Valutazione dell'esperienza d'uso, chiarezza delle pagine informative", None),
    ("C.SI.2.6", "Valutazione dell'esperienza d'uso, chiarezza della scheda di servizio", None),
    ("C.SI.3.1", "Cookie", None),
    (
        "C.SI.3.2",
        "Dichiarazione di accessibilità",
        Some(
            "La pagina su form.agid.gov.it nomina il sito e le WCAG 2.1 o 2.2: si vede solo in rete. Va rinnovata ogni anno entro il 23 settembre.",
        ),
    ),
    ("C.SI.3.3", "Informativa privacy", None),
    ("C.SI.3.4", "Licenza e attribuzione", None),
    (
        "C.SI.4.1",
        "Velocità e tempi di risposta",
        Some(
            "Misura con Lighthouse del sito pubblicato, profilo mobile: 50 o più. Sotto 50 serve nel piè di pagina il piano di miglioramento.",
        ),
    ),
    (
        "C.SI.5.1",
        "Certificato https del sito comunale",
        Some(
            "Il sito pubblicato risponde in https con TLS 1.2 o 1.3, una cifratura raccomandata e un certificato valido: dipende da chi ospita il sito.",
        ),
    ),
    ("C.SI.5.2", "Dominio istituzionale del sito comunale", None),
    ("R.SI.1.1", "Metatag", None),
    (
        "R.SI.2.1",
        "Infrastrutture cloud",
        Some("Il servizio di chi ospita il sito è qualificato dall'Agenzia per la cybersicurezza nazionale."),
    ),
    (
        "R.SI.2.2",
        "Riuso",
        Some("Il codice è in un archivio pubblico con publiccode.yml, nel catalogo nazionale del riuso."),
    ),
];

/// The criteria of a judged site.
pub fn judged(input: &Input<'_>, judgement: &Judgement, faults: &[Difetto]) -> Vec<Criterio> {
    ROWS.iter().map(|row| judged_one(row, input, judgement, faults)).collect()
}

fn judged_one(
    (code, title, evidence): &Row,
    input: &Input<'_>,
    judgement: &Judgement,
    faults: &[Difetto],
) -> Criterio {
    let verdict = judgement.verdicts.iter().find(|v| v.criterion == *code);
    let esito = verdict.map_or(Esito::DaDimostrare, |v| match v.score {
        Score::Passed => Esito::Successo,
        Score::Tolerated => Esito::Tolleranza,
        Score::Failed => Esito::Fallimento,
    });
    let examined: &[usize] = verdict.map_or(&[], |v| &v.pages);
    let own = |(_, fault): &(usize, &Difetto)| {
        fault.codice.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'))
    };
    Criterio {
        codice: (*code).to_owned(),
        titolo: (*title).to_owned(),
        esito,
        esaminate: examined.len(),
        prove: examined.iter().take(NAMED).filter_map(|page| proof(input, *page)).collect(),
        difetti: faults.iter().enumerate().filter(own).map(|(n, _)| n).collect(),
        evidenza: evidence.map(str::to_owned),
    }
}

fn proof(input: &Input<'_>, page: usize) -> Option<Prova> {
    let route = &input.routes[page];
    let output = route.output();
    let file = input.files.binary_search_by(|file| file.path.as_str().cmp(&output)).ok()?;
    let sha256 = format!("{:x}", Sha256::digest(&input.files[file].bytes));
    Some(Prova { indirizzo: input.urls.absolute(&route.url), sha256 })
}
