//! Progetto PNRR: a project paid by the National Recovery and Resilience Plan (content model 2.13).

use jiff::civil::Date;

use super::common::check_order;
use super::field::Cx;
use super::prose::Prose;
use super::types::{Line, Slug, target};
use crate::codes::Importo;
use crate::diagnostic::{Code, Diagnostic};
use crate::{choice, record, text};

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] =
    &[("Descrizione", "testo"), ("Ulteriori informazioni", "ulteriori_informazioni")];

choice! {
    /// A mission of the plan.
    pub enum Missione {
        /// Digital.
        M1 = "m1",
        /// Green.
        M2 = "m2",
        /// Mobility.
        M3 = "m3",
        /// Education.
        M4 = "m4",
        /// Inclusion.
        M5 = "m5",
        /// Health.
        M6 = "m6",
        /// Energy.
        M7 = "m7",
    }
}

impl Missione {
    /// Its official name.
    pub fn nome(self) -> &'static str {
        match self {
            Missione::M1 => "Missione 1: digitalizzazione, innovazione, competitività, cultura e turismo",
            Missione::M2 => "Missione 2: rivoluzione verde e transizione ecologica",
            Missione::M3 => "Missione 3: infrastrutture per una mobilità sostenibile",
            Missione::M4 => "Missione 4: istruzione e ricerca",
            Missione::M5 => "Missione 5: inclusione e coesione",
            Missione::M6 => "Missione 6: salute",
            Missione::M7 => "Missione 7: REPowerEU",
        }
    }
}

choice! {
    /// How far a project is.
    pub enum Avanzamento {
        /// Not begun.
        DaAvviare = "da-avviare",
        /// Under way.
        InCorso = "in-corso",
        /// Done.
        Concluso = "concluso",
    }
}

impl Avanzamento {
    /// What people read.
    pub fn nome(self) -> &'static str {
        match self {
            Avanzamento::DaAvviare => "Da avviare",
            Avanzamento::InCorso => "In corso",
            Avanzamento::Concluso => "Concluso",
        }
    }
}

record! {
    /// A project, as written.
    pub struct Progetto {
        /// Mission.
        missione: required Missione,
        /// Component, "M1C1".
        componente: required Line<60>,
        /// Investment or reform.
        investimento: required Line,
        /// Project code.
        cup: required Line<15>,
        /// Money from the plan.
        importo: required Importo,
        /// How far it is.
        stato: required Avanzamento,
        /// Text.
        testo: required Prose,
        /// First day.
        data_inizio: optional Date,
        /// Last day, expected or real.
        data_fine: optional Date,
        /// Office in charge.
        ufficio_responsabile: some Slug<target::Unita>,
        /// News about it.
        avvisi: list Slug<target::Notizia>,
        /// Documents.
        documenti: list Slug<target::Documento>,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

impl Progetto {
    /// Rules across fields, and the form of the project code (a letter, then 14 letters or digits).
    pub fn check(&self, cx: &mut Cx<'_>) {
        check_order(self.data_inizio.as_ref(), self.data_fine.as_ref(), "data_inizio", "data_fine", cx);
        let cup = &self.cup.value.0;
        let sound = cup.len() == 15
            && cup.starts_with(|c: char| c.is_ascii_uppercase())
            && cup.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !sound {
            cx.out.push(
                Diagnostic::new(Code::FieldValue, text!("`{cup}` non è un CUP", "`{cup}` is not a CUP"))
                    .at(self.cup.span)
                    .hint(text!(
                        "un CUP ha 15 lettere maiuscole o cifre e comincia con una lettera, per esempio H41F22000120006",
                        "a CUP has 15 capital letters or digits, the first a letter, for example H41F22000120006"
                    )),
            );
        }
    }
}
