//! The administrative procedure behind a service (D.Lgs. 33/2013, article 35), for "Tipologie di procedimento".

use super::types::{Line, Slug, WebUrl, target};
use crate::{choice, record};

choice! {
    /// Who starts a procedure.
    pub enum Avvio {
        /// Who asks.
        Istanza = "istanza",
        /// The Comune.
        Ufficio = "ufficio",
    }
}

record! {
    /// The procedure of a service, as written; name and office are those of the sheet, and so is what is not written here.
    pub struct Procedimento {
        /// Who starts it.
        modalita_avvio: optional Avvio,
        /// What it is, when the sheet's summary does not say it.
        descrizione: optional Line<500>,
        /// Who takes part.
        soggetti_coinvolti: optional Line,
        /// From when the time runs.
        decorrenza_termine: optional Line,
        /// Within when it ends, when not the sheet's longest time.
        fine_termine: optional Line,
        /// Average time.
        tempo_medio: optional Line,
        /// Whether silence means yes.
        silenzio_assenso: optional bool,
        /// The act that ends it.
        provvedimento_finale: optional Line,
        /// Who answers for the procedure (articles 5 and 6 of law 241/1990).
        responsabile: optional Slug<target::Persona>,
        /// Head of the unit that decides, when not the sheet's.
        dirigente: optional Line,
        /// Who takes the final decision.
        organo_competente: optional Slug<target::Unita>,
        /// How to learn where it stands.
        modalita_informazioni: optional Line,
        /// Where it is started online, when not the sheet's channel.
        procedura_online: optional WebUrl,
        /// Other ways to send.
        altre_modalita_invio: optional Line,
        /// What must be enclosed, when not the sheet's list.
        atti_a_corredo: list Line,
        /// Forms, when not those of the sheet.
        modulistica: list Slug<target::Documento>,
        /// How one pays, when the sheet does not say it.
        pagamenti: optional Line<500>,
        /// How to defend oneself.
        strumenti_tutela: optional Line<500>,
        /// Who steps in when the time is over.
        potere_sostitutivo: optional Line<500>,
        /// What people thought of it.
        customer_satisfaction: optional Line,
        /// Laws.
        riferimenti_normativi: list Line<400>,
    }
}
