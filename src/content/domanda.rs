//! Domanda frequente (content model 2.12).

use super::field::Cx;
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
        /// Subject under which it is listed.
        categoria: optional Line,
        /// Group inside that subject.
        gruppo: optional Line,
        /// Higher comes first.
        priorita: optional u32,
        /// The service it is about.
        servizio: optional Slug<target::Servizio>,
    }
}

impl Domanda {
    /// Rules across fields.
    pub fn check(&self, cx: &mut Cx<'_>) {
        if let (Some(group), None) = (&self.gruppo, &self.categoria) {
            cx.out.push(super::servizio::conditional(
                "categoria",
                "`gruppo` divide le domande di una categoria",
                "`gruppo` divides the questions of a category",
                group.span,
            ));
        }
    }
}
