//! Contact points: telephone, e-mail, PEC…, shared (`punti-contatto/`) or written inline (content model 2.8).

use super::Kind;
use super::field::{Contained, Cx, FieldType, Reference};
use super::orari::Orari;
use super::shape::Shape;
use super::types::{Line, Slug, Term, target, voc};
use crate::codes::{Email, Telefono};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned, Text};
use crate::record;
use crate::yaml::{Node, Value};

record! {
    /// One way to reach an office.
    pub struct Voce {
        /// Kind of contact.
        tipo: required Term<voc::TipoPuntoContatto>,
        /// Number, address or account.
        valore: required Line<160>,
        /// What it is for.
        descrizione: optional Line,
    }
}

record! {
    /// A shared contact point, as written.
    pub struct PuntoContatto {
        /// Name.
        nome: required Line,
        /// Who answers.
        persona: optional Slug<target::Persona>,
        /// Ways to reach it.
        voci: some Voce,
        /// When the telephone is answered.
        orari_telefono: list Orari<Line>,
    }
}

record! {
    /// A contact point written where it is used.
    pub struct Diretto {
        /// Name, optional here.
        nome: optional Line,
        /// Who answers.
        persona: optional Slug<target::Persona>,
        /// Ways to reach it.
        voci: some Voce,
        /// When the telephone is answered.
        orari_telefono: list Orari<Line>,
    }
}

/// A contact point of an office or place.
#[derive(Debug, Clone)]
pub enum Contatto {
    /// The slug of a shared one.
    Condiviso(Slug<target::PuntoContatto>),
    /// Written inline.
    Diretto(Box<Diretto>),
}

impl FieldType for Contatto {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &node.value {
            Value::Map(_) => {
                let direct = Diretto::read(node, cx)?;
                check(&direct.voci, cx).then(|| Contatto::Diretto(Box::new(direct)))
            }
            _ => Slug::read(node, cx).map(Contatto::Condiviso),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::Content(Kind::PuntoContatto), Diretto::shape()])
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        match self {
            Contatto::Condiviso(slug) => slug.references(field, span, out),
            Contatto::Diretto(direct) => Contained::references(direct.as_ref(), out),
        }
    }

    fn days(&self, out: &mut Vec<jiff::civil::Date>) {
        if let Contatto::Diretto(direct) = self {
            Contained::days(direct.as_ref(), out);
        }
    }
}

/// Every entry is written in the form of its kind.
pub fn check(voci: &[Spanned<Voce>], cx: &mut Cx<'_>) -> bool {
    let before = cx.out.len();
    for voce in voci {
        let written = &voce.valore.value.0;
        let (sound, it, en) = match voce.tipo.entry.formato.as_deref() {
            Some("tel") => (
                Telefono::parse(written).is_ok(),
                "un numero internazionale, per esempio \"+390461000100\"",
                "an international number, for example \"+390461000100\"",
            ),
            Some("email") => (
                Email::parse(written).is_ok(),
                "un indirizzo di posta, per esempio urp@comune.esempio.tn.it",
                "an e-mail address, for example urp@comune.esempio.tn.it",
            ),
            Some("url") => (
                written.starts_with("https://") && url::Url::parse(written).is_ok(),
                "un indirizzo https",
                "an https address",
            ),
            _ => (true, "", ""),
        };
        if !sound {
            cx.out.push(
                Diagnostic::new(
                    Code::FieldValue,
                    Text { it: format!("`{written}` non è {it}"), en: format!("`{written}` is not {en}") },
                )
                .at(voce.valore.span)
                .hint(Text { it: format!("qui serve {it}"), en: format!("expected {en}") }),
            );
        }
    }
    cx.out.len() == before
}
