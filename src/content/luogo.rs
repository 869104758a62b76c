//! Luogo: places of interest and seats of offices (content model 2.4).

use super::Kind;
use super::common::Immagine;
use super::field::{Cx, FieldType, Reference};
use super::galleria::Video;
use super::orari::Orari;
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::servizio::LinkEsterno;
use super::shape::Shape;
use super::types::{Line, Slug, Term, target, voc};
use crate::codes::Cap;
use crate::diagnostic::{Span, Spanned};
use crate::record;
use crate::yaml::{Node, Value};

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] = &[
    ("Descrizione", "descrizione"),
    ("Elementi di interesse", "elementi_di_interesse"),
    ("Servizi", "servizi"),
    ("Modalità di accesso", "modalita_accesso"),
    ("Ulteriori informazioni", "ulteriori_informazioni"),
];

/// What there is to see in a place.
#[derive(Debug, Clone)]
pub enum Elementi {
    /// In words.
    Testo(Prose),
    /// Places of the site.
    Luoghi(Vec<Spanned<Slug<target::Luogo>>>),
}

impl FieldType for Elementi {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else { return Prose::read(node, cx).map(Elementi::Testo) };
        let read = |item: &Node, cx: &mut Cx<'_>| {
            Slug::read(item, cx).map(|value| Spanned { value, span: item.span })
        };
        let places: Vec<_> = items.iter().map(|item| read(item, cx)).collect();
        places.into_iter().collect::<Option<Vec<_>>>().map(Elementi::Luoghi)
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::List(Box::new(Shape::Content(Kind::Luogo))), Prose::shape()])
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        match self {
            Elementi::Testo(text) => text.references(field, span, out),
            Elementi::Luoghi(places) => places.iter().for_each(|p| p.value.references(field, p.span, out)),
        }
    }
}

impl Luogo {
    /// The places that there are to see in it.
    pub fn elementi(&self) -> &[Spanned<Slug<target::Luogo>>] {
        match self.elementi_di_interesse.as_ref().map(|e| &e.value) {
            Some(Elementi::Luoghi(places)) => places,
            _ => &[],
        }
    }
}

record! {
    /// A place, as written.
    pub struct Luogo {
        /// Kinds; none means a mere seat, not listed among the places.
        tipo: list Term<voc::TipoLuogo>,
        /// Another name.
        nome_alternativo: optional Line,
        /// Text.
        descrizione: optional Prose,
        /// What to see.
        elementi_di_interesse: optional Elementi,
        /// Pictures.
        galleria: list Immagine,
        /// Videos.
        video: list Video,
        /// Places nearby.
        luoghi_collegati: list Slug<target::Luogo>,
        /// Private services (bar, guide…).
        servizi: optional Prose,
        /// How to get there and in, disabled people first.
        modalita_accesso: required Prose,
        /// Street and number.
        indirizzo: required Line,
        /// Postal code.
        cap: required Cap,
        /// Latitude, WGS84.
        lat: required f64,
        /// Longitude, WGS84.
        lon: required f64,
        /// Village or quarter.
        quartiere: optional Line,
        /// District of a large Comune.
        circoscrizione: optional Line,
        /// Hours for the public.
        orari: list Orari<Prose>,
        /// How to reach it.
        punti_contatto: some Contatto,
        /// Office in charge.
        struttura_responsabile: list Slug<target::Unita>,
        /// Who is in charge, outside the Comune.
        struttura_responsabile_esterna: optional LinkEsterno,
        /// Code in national registers of places of culture.
        identificativo: optional Line,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}
