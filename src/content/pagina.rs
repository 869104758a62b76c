//! Pagina generica, and the optional file of an Argomento (content model 2.13).

use super::prose::Prose;
use super::types::{AnyRef, Slug, target};
use crate::record;

record! {
    /// A free page, as written.
    pub struct Pagina {
        /// Text.
        testo: required Prose,
    }
}

record! {
    /// What a Comune says about a topic, as written; the file name is the topic's slug.
    pub struct Argomento {
        /// Text.
        testo: optional Prose,
        /// Offices in charge.
        gestito_da: list Slug<target::Unita>,
        /// Contents shown first.
        evidenza: list AnyRef,
    }
}
