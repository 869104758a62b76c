//! Content as written: one module per type, each a [`record!`] of fields with their spans.
//!
//! `parse` reads front matter and official body sections into one tree and then into typed records, reporting every
//! fault; the rules that need more than one field stand beside each type. Nothing here knows about other contents.

pub mod allerta;
pub mod codes;
pub mod common;
pub mod dataora;
pub mod documento;
pub mod domanda;
pub mod evento;
pub mod field;
pub mod front_matter;
pub mod galleria;
pub mod luogo;
pub mod notizia;
pub mod orari;
pub mod pagina;
pub mod parse;
pub mod prose;
pub mod punto_contatto;
pub mod ricorrenza;
pub mod servizio;
pub mod sito_tematico;
pub mod types;
pub mod unita;

use crate::diagnostic::{FileId, Span};
use common::Common;

/// A content type; the folder name says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `servizi/`
    Servizio,
    /// `novita/`
    Notizia,
    /// `luoghi/`
    Luogo,
    /// `unita/`
    Unita,
    /// `punti-contatto/`
    PuntoContatto,
    /// `documenti/`
    Documento,
    /// `domande-frequenti/`
    Domanda,
    /// `argomenti/`
    Argomento,
    /// `pagine/`
    Pagina,
    /// `eventi/`
    Evento,
    /// `gallerie/`
    Galleria,
    /// `allerte/`
    Allerta,
    /// `siti-tematici/`
    SitoTematico,
}

impl Kind {
    /// Every type.
    pub const ALL: [Kind; 13] = [
        Kind::Servizio,
        Kind::Notizia,
        Kind::Luogo,
        Kind::Unita,
        Kind::PuntoContatto,
        Kind::Documento,
        Kind::Domanda,
        Kind::Argomento,
        Kind::Pagina,
        Kind::Evento,
        Kind::Galleria,
        Kind::Allerta,
        Kind::SitoTematico,
    ];

    /// The folder that holds contents of this type.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Servizio => "servizi",
            Kind::Notizia => "novita",
            Kind::Luogo => "luoghi",
            Kind::Unita => "unita",
            Kind::PuntoContatto => "punti-contatto",
            Kind::Documento => "documenti",
            Kind::Domanda => "domande-frequenti",
            Kind::Argomento => "argomenti",
            Kind::Pagina => "pagine",
            Kind::Evento => "eventi",
            Kind::Galleria => "gallerie",
            Kind::Allerta => "allerte",
            Kind::SitoTematico => "siti-tematici",
        }
    }

    /// The type whose folder has this name.
    pub fn from_folder(folder: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.folder() == folder)
    }

    /// Official `##` sections of the body and the field that each fills, in page order. Empty: headings are free
    /// and the whole body is one text.
    pub fn sections(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Kind::Servizio => servizio::SECTIONS,
            Kind::Unita => unita::SECTIONS,
            Kind::Luogo => luogo::SECTIONS,
            Kind::Documento => documento::SECTIONS,
            Kind::Evento => evento::SECTIONS,
            _ => &[],
        }
    }

    /// The field that takes the text before the first official section (or the whole body).
    pub fn body_field(self) -> Option<&'static str> {
        match self {
            Kind::Servizio => Some("descrizione_estesa"),
            Kind::Notizia | Kind::Argomento | Kind::Pagina | Kind::Galleria => Some("testo"),
            Kind::Luogo | Kind::Documento | Kind::Evento => Some("descrizione"),
            Kind::Unita => Some("competenze"),
            Kind::Domanda => Some("risposta"),
            Kind::PuntoContatto | Kind::Allerta | Kind::SitoTematico => None,
        }
    }
}

/// One content file, as written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its type.
    pub kind: Kind,
    /// File name without extension: the last part of its address.
    pub slug: String,
    /// The Comune's own file (the catalogue's may lie below it).
    pub file: FileId,
    /// Fields that every type has.
    pub common: Common,
    /// Fields of its type.
    pub data: Data,
}

/// The fields of each type.
#[derive(Debug, Clone)]
pub enum Data {
    /// `servizi/`
    Servizio(Box<servizio::Servizio>),
    /// `novita/`
    Notizia(Box<notizia::Notizia>),
    /// `luoghi/`
    Luogo(Box<luogo::Luogo>),
    /// `unita/`
    Unita(Box<unita::Unita>),
    /// `punti-contatto/`
    PuntoContatto(Box<punto_contatto::PuntoContatto>),
    /// `documenti/`
    Documento(Box<documento::Documento>),
    /// `domande-frequenti/`
    Domanda(Box<domanda::Domanda>),
    /// `argomenti/`
    Argomento(Box<pagina::Argomento>),
    /// `pagine/`
    Pagina(Box<pagina::Pagina>),
    /// `eventi/`
    Evento(Box<evento::Evento>),
    /// `gallerie/`
    Galleria(Box<galleria::Galleria>),
    /// `allerte/`
    Allerta(Box<allerta::Allerta>),
    /// `siti-tematici/`
    SitoTematico(Box<sito_tematico::SitoTematico>),
}

impl Entry {
    /// A span at the start of the file, for findings about the content as a whole.
    pub fn start(&self) -> Span {
        Span::file_start(self.file)
    }

    /// Every reference to another content, with its place.
    pub fn references(&self) -> Vec<field::Reference> {
        use field::Record;
        let mut out = Vec::new();
        self.common.references(&mut out);
        match &self.data {
            Data::Servizio(d) => d.references(&mut out),
            Data::Notizia(d) => d.references(&mut out),
            Data::Luogo(d) => d.references(&mut out),
            Data::Unita(d) => d.references(&mut out),
            Data::PuntoContatto(d) => d.references(&mut out),
            Data::Documento(d) => d.references(&mut out),
            Data::Domanda(d) => d.references(&mut out),
            Data::Argomento(d) => d.references(&mut out),
            Data::Pagina(d) => d.references(&mut out),
            Data::Evento(d) => d.references(&mut out),
            Data::Galleria(d) => d.references(&mut out),
            Data::Allerta(d) => d.references(&mut out),
            Data::SitoTematico(d) => d.references(&mut out),
        }
        out
    }
}
