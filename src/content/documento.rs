//! Documento pubblico (content model 2.9).

use jiff::civil::Date;

use super::prose::Prose;
use super::types::{Line, MediaPath, Slug, Term, WebUrl, target, voc};
use crate::record;

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] = &[
    ("Descrizione", "descrizione"),
    ("Riferimenti normativi", "riferimenti_normativi"),
    ("Ulteriori informazioni", "ulteriori_informazioni"),
];

record! {
    /// A file beside the main one.
    pub struct Allegato {
        /// The file.
        file: required MediaPath,
        /// What it is.
        titolo: required Line,
    }
}

record! {
    /// A document, as written.
    pub struct Documento {
        /// Kind.
        tipo: required Term<voc::TipoDocumento>,
        /// Identifier, unique on the site.
        identificativo: optional Line,
        /// Registry number.
        numero_protocollo: optional Line,
        /// Registry date.
        data_protocollo: optional Date,
        /// Text.
        descrizione: optional Prose,
        /// The document.
        file: optional MediaPath,
        /// The document on another site.
        url: optional WebUrl,
        /// Other files.
        allegati: list Allegato,
        /// Same document, other formats.
        formati_alternativi: list MediaPath,
        /// Office in charge.
        ufficio_responsabile: list Slug<target::Unita>,
        /// Authors.
        autori: list Line,
        /// Licence; CC BY 4.0 if absent.
        licenza: optional Term<voc::Licenza>,
        /// Services it is about.
        servizi: list Slug<target::Servizio>,
        /// First day of validity.
        data_inizio: optional Date,
        /// Last day of validity.
        data_fine: optional Date,
        /// Other documents.
        documenti_collegati: list Slug<target::Documento>,
        /// Laws.
        riferimenti_normativi: optional Prose,
        /// More.
        ulteriori_informazioni: optional Prose,
        /// Life events of people.
        eventi_vita_persone: list Term<voc::EventoVitaPersone>,
        /// Life events of companies.
        eventi_vita_impresa: list Term<voc::EventoVitaImpresa>,
    }
}
