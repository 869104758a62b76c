//! Sito tematico: another site of the Comune, shown as a card (content model 2.13).

use super::types::WebUrl;
use crate::{choice, record};

choice! {
    /// Colour of the card.
    pub enum Tinta {
        /// Blue.
        Blu = "blu",
        /// Dark yellow.
        Giallo = "giallo",
        /// Nearly black.
        Scuro = "scuro",
    }
}

record! {
    /// A thematic site, as written.
    pub struct SitoTematico {
        /// Its address.
        url: required WebUrl,
        /// Colour of its card; blue if absent.
        colore: optional Tinta,
    }
}
