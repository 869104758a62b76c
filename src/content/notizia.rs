//! Notizia, Comunicato, Avviso (content model 2.2).

use super::prose::Prose;
use super::types::{Line, Slug, Term, target, voc};
use crate::record;

record! {
    /// A piece of news, as written.
    pub struct Notizia {
        /// Kind: decides the address.
        tipo: required Term<voc::TipoNotizia>,
        /// Text.
        testo: required Prose,
        /// Progressive number of a press release.
        numero_comunicato: optional Line,
        /// Offices that wrote it.
        a_cura_di: list Slug<target::Unita>,
        /// People who took part in it.
        persone: list Slug<target::Persona>,
        /// Places named.
        luoghi: list Slug<target::Luogo>,
        /// Documents.
        documenti: list Slug<target::Documento>,
        /// Services it is about: shown on their sheets too.
        servizi_collegati: list Slug<target::Servizio>,
        /// Other news.
        notizie_correlate: list Slug<target::Notizia>,
    }
}
