//! Bando: calls, tenders, competitions (content model 2.10), whose state is computed from its dates.

use jiff::civil::Date;

use super::common::Common;
use super::dataora::DataOra;
use super::documento::Allegato;
use super::field::Cx;
use super::prose::Prose;
use super::trasparenza::Sezione;
use super::types::{Line, Slug, WebUrl, target};
use crate::codes::Importo;
use crate::diagnostic::{Code, Diagnostic, Spanned};
use crate::{choice, record, text};

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] =
    &[("Descrizione", "testo"), ("Ulteriori informazioni", "ulteriori_informazioni")];

choice! {
    /// What is offered.
    pub enum TipoBando {
        /// A job.
        Concorso = "concorso",
        /// A contract.
        Gara = "gara",
        /// A contribution.
        Contributi = "contributi",
        /// A flat.
        Alloggi = "alloggi",
        /// Something else.
        Altro = "altro",
    }
}

impl TipoBando {
    /// What people call it.
    pub fn nome(self) -> &'static str {
        match self {
            TipoBando::Concorso => "Concorso",
            TipoBando::Gara => "Gara d'appalto",
            TipoBando::Contributi => "Contributi",
            TipoBando::Alloggi => "Alloggi",
            TipoBando::Altro => "Altro bando",
        }
    }
}

choice! {
    /// Who may answer.
    pub enum Destinatari {
        /// People.
        Cittadini = "cittadini",
        /// Companies.
        Imprese = "imprese",
        /// Public bodies.
        EntiLocali = "enti-locali",
        /// Others.
        Altro = "altro",
    }
}

impl Destinatari {
    /// What people call them.
    pub fn nome(self) -> &'static str {
        match self {
            Destinatari::Cittadini => "Cittadini",
            Destinatari::Imprese => "Imprese",
            Destinatari::EntiLocali => "Enti locali",
            Destinatari::Altro => "Altro",
        }
    }
}

choice! {
    /// A phase of a contract (articles 20 and 28 of D.Lgs. 36/2023), as Amministrazione trasparente lists them.
    pub enum TipoFase {
        /// Publication.
        Pubblicazione = "pubblicazione",
        /// Award.
        Affidamento = "affidamento",
        /// Execution.
        Esecutiva = "esecutiva",
        /// Sponsorships.
        Sponsorizzazioni = "sponsorizzazioni",
        /// Urgency and civil protection.
        SommaUrgenza = "somma-urgenza",
        /// Project financing.
        Finanza = "finanza-di-progetto",
    }
}

impl TipoFase {
    /// The section of Amministrazione trasparente that holds its acts.
    pub fn sezione(self) -> &'static str {
        match self {
            TipoFase::SommaUrgenza => "procedure-di-somma-urgenza-e-di-protezione-civile",
            other => other.name(),
        }
    }
}

record! {
    /// The acts of one phase.
    pub struct Fase {
        /// Which phase.
        tipo: required TipoFase,
        /// Acts published as documents.
        documenti: list Slug<target::Documento>,
        /// Files.
        allegati: list Allegato,
        /// Explanation.
        note: optional Line,
    }
}

record! {
    /// Files under one heading.
    pub struct Approfondimento {
        /// Heading.
        titolo: required Line,
        /// Files.
        file: list Allegato,
    }
}

record! {
    /// A call, as written.
    pub struct Bando {
        /// What is offered.
        tipo: required TipoBando,
        /// Text.
        testo: required Prose,
        /// Who offers it, when not the Comune.
        ente_erogatore: optional Line,
        /// Who may answer.
        destinatari: list Destinatari,
        /// From when one may answer; default the day of publication.
        apertura: optional DataOra,
        /// Until when one may ask questions.
        scadenza_chiarimenti: optional DataOra,
        /// Until when one may answer.
        scadenza_domande: optional DataOra,
        /// When the procedure ended.
        chiusura_procedimento: optional Date,
        /// Tender code, unique.
        cig: optional Line<15>,
        /// Project code.
        cup: optional Line<15>,
        /// Amount.
        importo: optional Importo,
        /// Who won.
        aggiudicatari: list Line,
        /// Office in charge.
        ufficio_responsabile: some Slug<target::Unita>,
        /// Area in charge.
        area_responsabile: list Slug<target::Unita>,
        /// Services it is about.
        servizi: list Slug<target::Servizio>,
        /// The call itself and its forms.
        allegati: list Allegato,
        /// Other files, by heading.
        approfondimenti: list Approfondimento,
        /// Phases of a contract.
        fasi: list Fase,
        /// Page of the national database of public contracts.
        url_bdncp: optional WebUrl,
        /// Sections of Amministrazione trasparente that list it.
        sezioni_trasparenza: list Sezione,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

/// Where a call stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stato {
    /// Not open yet.
    Programmato,
    /// One may answer.
    Aperto,
    /// Answers are being judged.
    InCorso,
    /// Over.
    Chiuso,
}

impl Stato {
    /// Every state, in the order of lists.
    pub const ALL: [Stato; 4] = [Stato::Aperto, Stato::Programmato, Stato::InCorso, Stato::Chiuso];

    /// What people read.
    pub fn nome(self) -> &'static str {
        match self {
            Stato::Programmato => "In programma",
            Stato::Aperto => "Aperto",
            Stato::InCorso => "In corso",
            Stato::Chiuso => "Chiuso",
        }
    }
}

impl Bando {
    /// Where it stands on that day. The last day for answering counts whole: its hour is said on the page.
    pub fn stato(&self, now: Date) -> Stato {
        let past = |d: Option<Date>| d.is_some_and(|d| d < now);
        if self.chiusura_procedimento.as_ref().is_some_and(|d| d.value <= now) {
            Stato::Chiuso
        } else if self.apertura.as_ref().is_some_and(|d| d.value.giorno > now) {
            Stato::Programmato
        } else if past(self.scadenza_domande.as_ref().map(|d| d.value.giorno)) {
            Stato::InCorso
        } else {
            Stato::Aperto
        }
    }

    /// Rules across fields (content model 2.10 and 5, rule 9). A draft may say that its CIG is "in definizione".
    pub fn check(&self, common: &Common, cx: &mut Cx<'_>) {
        let day = |m: &Option<Spanned<DataOra>>| {
            m.as_ref().map(|m| Spanned { value: m.value.giorno, span: m.span })
        };
        let (opens, closes) = (day(&self.apertura), day(&self.scadenza_domande));
        let questions = day(&self.scadenza_chiarimenti);
        let mut order = |a: Option<&Spanned<Date>>, b: Option<&Spanned<Date>>, first, second| {
            super::common::check_order(a, b, first, second, cx);
        };
        order(opens.as_ref(), closes.as_ref(), "apertura", "scadenza_domande");
        order(questions.as_ref(), closes.as_ref(), "scadenza_chiarimenti", "scadenza_domande");
        order(
            closes.as_ref(),
            self.chiusura_procedimento.as_ref(),
            "scadenza_domande",
            "chiusura_procedimento",
        );
        let draft = common.bozza.as_ref().is_some_and(|b| b.value);
        if let Some(cig) = &self.cig
            && !is_cig(&cig.value.0)
            && !(draft && cig.value.0 == "in definizione")
        {
            let written = &cig.value.0;
            cx.out.push(
                Diagnostic::new(
                    Code::FieldValue,
                    text!("`{written}` non è un CIG", "`{written}` is not a CIG"),
                )
                .at(cig.span)
                .hint(text!(
                    "un CIG ha 10 lettere maiuscole o cifre, per esempio B1A2C3D4E5",
                    "a CIG has 10 capital letters or digits, for example B1A2C3D4E5"
                )),
            );
        }
    }
}

/// Ten capital letters or digits, which ANAC gives to each tender.
fn is_cig(written: &str) -> bool {
    written.len() == 10 && written.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tender_codes() {
        assert!(is_cig("B1A2C3D4E5"));
        for bad in ["b1a2c3d4e5", "B1A2C3D4E", "B1A2C3D4E55", "B1A2-3D4E5"] {
            assert!(!is_cig(bad), "{bad}");
        }
    }
}
