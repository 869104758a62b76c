//! The conformance dossier of a Comune: official criteria with evidence, what no program can prove and which evidence is needed,
//! completeness, age, readability, access and payments of its contents, and what changed since the last one. Same site, same bytes.

mod contents;
mod criteria;
mod html;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use contents::{Accesso, Contenuti, Schede, Tipo, Vecchio};
pub use criteria::{Criterio, Esito, Prova};
pub use html::page;

use crate::check::{Input, Judgement};
use crate::content::Kind;
use crate::content::field::Named;
use crate::diagnostic::{Diagnostic, FileId, Lang, Severity};

/// Form of the JSON; it grows when a field changes its meaning.
pub const VERSION: u32 = 1;

/// The dossier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// Form of this record.
    pub versione: u32,
    /// Version of the program.
    pub campanile: String,
    /// Whose site.
    pub ente: Ente,
    /// Day on which dates are judged.
    pub data: Date,
    /// Where the site stands.
    pub indirizzo: String,
    /// Pages judged.
    pub pagine: usize,
    /// The official criteria, in order.
    pub criteri: Vec<Criterio>,
    /// Every finding.
    pub difetti: Vec<Difetto>,
    /// What the contents hold.
    pub contenuti: Contenuti,
    /// What changed since the last dossier.
    pub cambiamenti: Option<Cambiamenti>,
}

/// Who publishes the site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ente {
    /// Full name.
    pub nome: String,
    /// IPA code.
    pub codice_ipa: String,
}

/// A finding.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Difetto {
    /// Its code, see `campanile explain`.
    pub codice: String,
    /// `errore`, `avviso` or `consiglio`.
    pub livello: String,
    /// What is wrong.
    pub messaggio: String,
    /// What to do.
    pub rimedio: Option<String>,
    /// File that caused it.
    pub file: Option<String>,
    /// Line, from 1.
    pub riga: Option<usize>,
    /// Addresses of the pages where it shows.
    pub pagine: Vec<String>,
    /// The office that answers for the content.
    pub ufficio: Option<String>,
}

/// What changed since another dossier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cambiamenti {
    /// Its day.
    pub dal: Date,
    /// Criteria with another result: code, then, now.
    pub criteri: Vec<(String, Esito, Esito)>,
    /// Findings that were not there.
    pub nuovi: Vec<Difetto>,
    /// Findings that are gone.
    pub risolti: Vec<Difetto>,
}

impl Report {
    /// The dossier of a judged site. `found` are all findings of the run that concern it, those of the build too; `last` is the
    /// previous dossier, if there is one.
    pub fn new(
        input: &Input<'_>,
        judgement: &Judgement,
        found: &[Diagnostic],
        last: Option<&Report>,
    ) -> Self {
        let site = input.site;
        let difetti: Vec<Difetto> = found.iter().map(|d| fault(d, input)).collect();
        let criteri = criteria::judged(input, judgement, &difetti);
        let mut report = Report {
            versione: VERSION,
            campanile: env!("CARGO_PKG_VERSION").to_owned(),
            ente: Ente {
                nome: site.config.written.ente.nome.value.0.clone(),
                codice_ipa: site.config.written.ente.codice_ipa.value.as_str().to_owned(),
            },
            data: site.now,
            indirizzo: input.urls.absolute("/"),
            pagine: input.routes.len(),
            criteri,
            difetti,
            contenuti: Contenuti::of(input, judgement),
            cambiamenti: None,
        };
        report.cambiamenti = last.map(|last| report.since(last));
        report
    }

    fn since(&self, last: &Report) -> Cambiamenti {
        let key = |d: &Difetto| (d.codice.clone(), d.messaggio.clone(), d.file.clone());
        let keys = |report: &Report| report.difetti.iter().map(key).collect::<BTreeSet<_>>();
        let (before, after) = (keys(last), keys(self));
        let without = |report: &Report, other: &BTreeSet<_>| {
            report.difetti.iter().filter(|d| !other.contains(&key(d))).cloned().collect()
        };
        let then = |code: &str| last.criteri.iter().find(|c| c.codice == code).map(|c| c.esito);
        let changed = self.criteri.iter().filter_map(|c| {
            let before = then(&c.codice).filter(|before| *before != c.esito)?;
            Some((c.codice.clone(), before, c.esito))
        });
        Cambiamenti {
            dal: last.data,
            criteri: changed.collect(),
            nuovi: without(self, &before),
            risolti: without(last, &after),
        }
    }

    /// Whether every criterion that can be judged here is passed.
    pub fn superato(&self) -> bool {
        self.criteri.iter().all(|c| c.esito != Esito::Fallimento)
    }
}

fn fault(d: &Diagnostic, input: &Input<'_>) -> Difetto {
    let livello = match d.severity {
        Severity::Error => "errore",
        Severity::Warning => "avviso",
        Severity::Hint => "consiglio",
    };
    Difetto {
        codice: d.code.name().to_owned(),
        livello: livello.to_owned(),
        messaggio: d.message.get(Lang::It).to_owned(),
        rimedio: d.hint.as_ref().map(|hint| hint.get(Lang::It).to_owned()),
        file: d.span.map(|span| input.texts.get(span.file).path.clone()).or_else(|| d.path.clone()),
        riga: d.span.map(|span| input.texts.position(span).0),
        pagine: d.pages.clone(),
        ufficio: d.span.and_then(|span| office(input, span.file)),
    }
}

/// The office that answers for a content file: itself, or the first unit that it names.
fn office(input: &Input<'_>, file: FileId) -> Option<String> {
    let item = input.site.items().find(|item| item.entry.file == file)?;
    if item.entry.kind == Kind::Unita {
        return Some(item.titolo.clone());
    }
    let unit = item.entry.references().iter().find_map(|reference| match &reference.to {
        Named::Content(Kind::Unita, slug) => input.site.find(Kind::Unita, slug),
        _ => None,
    })?;
    Some(unit.titolo.clone())
}
