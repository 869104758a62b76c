//! Unità organizzativa: offices, areas, bodies (content model 2.5).

use super::orari::Orario;
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::types::{Line, Slug, Term, target, voc};
use crate::record;

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] =
    &[("Competenze", "competenze"), ("Ulteriori informazioni", "ulteriori_informazioni")];

record! {
    /// A unit, as written.
    pub struct Unita {
        /// Kind: decides the section that lists it.
        tipo: required Term<voc::TipoUnita>,
        /// Another name by which it is known.
        nome_alternativo: optional Line,
        /// What it does.
        competenze: required Prose,
        /// The unit that contains it.
        unita_genitore: list Slug<target::Unita>,
        /// Units it works with.
        legami: list Slug<target::Unita>,
        /// Main seat.
        sede: required Slug<target::Luogo>,
        /// Other seats.
        altre_sedi: list Slug<target::Luogo>,
        /// Hours for the public.
        orari: list Orario,
        /// How to reach it.
        punti_contatto: list Contatto,
        /// Documents.
        documenti: list Slug<target::Documento>,
        /// Code in the IPA index.
        identificativo: optional Line,
        /// Office code for electronic invoices.
        codice_univoco_ufficio: optional Line<6>,
        /// Tax code for invoices.
        codice_fiscale_fatturazione: optional Line<16>,
        /// Whether citizens may book an appointment here.
        prenotabile: optional bool,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}
