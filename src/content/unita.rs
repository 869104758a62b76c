//! Unità organizzativa: offices, areas, bodies (content model 2.5).

use crate::codes::Importo;
use crate::diagnostic::{Code, Diagnostic};
use crate::text;

use super::field::Cx;
use super::orari::Orari;
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::types::{Line, Slug, Term, WebUrl, target, voc};
use crate::record;

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] =
    &[("Competenze", "competenze"), ("Ulteriori informazioni", "ulteriori_informazioni")];

record! {
    /// The result of a year of a body in which the Comune takes part.
    pub struct Bilancio {
        /// The year.
        anno: required u32,
        /// Profit or loss, as written in the accounts ("utile di 12.400 euro").
        risultato: required Line,
    }
}

record! {
    /// What the Comune holds of another body and what it costs (art. 22 D.Lgs. 33/2013).
    pub struct Partecipazione {
        /// The year of the data.
        anno: required u32,
        /// Share held, per cent, above 0 and up to 100.
        percentuale: required f64,
        /// What it costs in that year.
        onere: optional Importo,
        /// Until when the Comune is bound.
        durata: optional Line,
        /// Who represents the Comune and what they are paid.
        rappresentanti: optional Line,
        /// Results of the last three years.
        bilanci: list Bilancio,
    }
}

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
        /// Who is in charge, unless a role says so.
        responsabile: optional Slug<target::Persona>,
        /// The politician to whom it answers, unless a role says so.
        assessore_riferimento: optional Slug<target::Persona>,
        /// Main seat.
        sede: required Slug<target::Luogo>,
        /// Other seats.
        altre_sedi: list Slug<target::Luogo>,
        /// Hours for the public.
        orari: list Orari<Prose>,
        /// How to reach it.
        punti_contatto: some Contatto,
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
        /// Where appointments with this office are booked, if not on the page of the site.
        url_calendario: optional WebUrl,
        /// Site of a body outside the Comune.
        url_sito: optional WebUrl,
        /// What the Comune holds of a body outside it.
        partecipazione: optional Partecipazione,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

impl Unita {
    /// Rules across fields.
    pub fn check(&self, cx: &mut Cx<'_>) {
        if let Some(url) = &self.url_calendario
            && !self.prenotabile.as_ref().is_some_and(|p| p.value)
        {
            cx.out.push(super::servizio::conditional(
                "prenotabile",
                "`url_calendario` serve a un ufficio con `prenotabile: true`",
                "`url_calendario` is for an office with `prenotabile: true`",
                url.span,
            ));
        }
        if let Some(share) = self.partecipazione.as_ref().map(|p| &p.percentuale)
            && !(share.value > 0.0 && share.value <= 100.0)
        {
            cx.out.push(
                Diagnostic::new(
                    Code::FieldValue,
                    text!("`{}` non è una quota possibile", "`{}` is not a possible share", share.value),
                )
                .at(share.span)
                .hint(text!(
                    "scrivi una percentuale fra 0 e 100, per esempio 12.5",
                    "write a percentage between 0 and 100, for example 12.5"
                )),
            );
        }
    }
}
