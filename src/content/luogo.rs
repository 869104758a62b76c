//! Luogo: places of interest and seats of offices (content model 2.4).

use super::common::Immagine;
use super::galleria::Video;
use super::orari::Orario;
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::types::{Line, Slug, Term, target, voc};
use crate::codes::Cap;
use crate::record;

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] = &[
    ("Descrizione", "descrizione"),
    ("Elementi di interesse", "elementi_di_interesse"),
    ("Servizi", "servizi"),
    ("Modalità di accesso", "modalita_accesso"),
    ("Ulteriori informazioni", "ulteriori_informazioni"),
];

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
        elementi_di_interesse: optional Prose,
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
        /// Hours for the public.
        orari: list Orario,
        /// How to reach it.
        punti_contatto: some Contatto,
        /// Office in charge.
        struttura_responsabile: list Slug<target::Unita>,
        /// Code in national registers of places of culture.
        identificativo: optional Line,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}
