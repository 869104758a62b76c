//! Notizia, Comunicato, Avviso (content model 2.2).

use super::common::Immagine;
use super::documento::Allegato;
use super::galleria::Video;
use super::prose::Prose;
use super::types::{Line, MediaPath, Slug, Term, target, voc};
use crate::record;

record! {
    /// A recording to listen to.
    pub struct Audio {
        /// The file.
        file: required MediaPath,
        /// What it is.
        titolo: required Line,
        /// What is said, for who cannot hear it (WCAG 1.2.1).
        trascrizione: required Prose,
    }
}

record! {
    /// A piece of news, as written.
    pub struct Notizia {
        /// Kind: decides the address.
        tipo: required Term<voc::TipoNotizia>,
        /// Text.
        testo: required Prose,
        /// Progressive number of a press release.
        numero_comunicato: optional Line,
        /// Pictures.
        galleria: list Immagine,
        /// Videos.
        video: list Video,
        /// Recordings.
        audio: list Audio,
        /// Files that are not acts.
        allegati: list Allegato,
        /// Offices that wrote it.
        a_cura_di: some Slug<target::Unita>,
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
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}
