//! Domanda frequente (content model 2.12).

use super::prose::Prose;
use super::types::{Line, Slug, target};
use crate::record;

record! {
    /// A question and its answer, as written.
    pub struct Domanda {
        /// The question.
        domanda: required Line,
        /// The answer.
        risposta: required Prose,
        /// Group under which it is listed.
        categoria: optional Line,
        /// Higher comes first.
        priorita: optional u32,
        /// The service it is about.
        servizio: optional Slug<target::Servizio>,
    }
}
