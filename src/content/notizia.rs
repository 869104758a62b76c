//! Notizia, Comunicato, Avviso (content model 2.2).

use super::common::Immagine;
use super::documento::Allegato;
use super::field::Cx;
use super::galleria::Video;
use super::prose::Prose;
use super::types::{Line, MediaPath, Slug, Term, target, voc};
use crate::diagnostic::{Code, Diagnostic};
use crate::{record, text};

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
        /// Data that it is about.
        dataset: list Slug<target::Dataset>,
        /// Services it is about: shown on their sheets too.
        servizi_collegati: list Slug<target::Servizio>,
        /// Other news.
        notizie_correlate: list Slug<target::Notizia>,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

/// The kind whose news are numbered.
const COMUNICATI: &str = "comunicati";

impl Notizia {
    /// Rules across fields.
    pub fn check(&self, cx: &mut Cx<'_>) {
        if let Some(number) = self.numero_comunicato.as_ref().filter(|_| self.tipo.entry.slug != COMUNICATI) {
            let message = text!(
                "`numero_comunicato` è dei comunicati",
                "`numero_comunicato` belongs to press releases"
            );
            cx.out.push(Diagnostic::new(Code::FieldValue, message).at(number.span).hint(text!(
                "togli il campo, o scrivi `tipo: {COMUNICATI}`",
                "remove the field, or write `tipo: {COMUNICATI}`"
            )));
        }
    }
}
