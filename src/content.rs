//! Content as written: one module per type, each a [`record!`] of fields with their spans.
//!
//! `parse` reads front matter and official body sections into one tree and then into typed records, reporting every
//! fault; the rules that need more than one field stand beside each type. Nothing here knows about other contents.

pub mod allerta;
pub mod bando;
pub mod codes;
pub mod common;
pub mod dataora;
pub mod dataset;
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
pub mod persona;
pub mod procedimento;
pub mod progetto;
pub mod prose;
pub mod punto_contatto;
pub mod ricorrenza;
pub mod servizio;
pub mod shape;
pub mod sito_tematico;
pub mod trasparenza;
pub mod types;
pub mod unita;

use std::sync::{Arc, OnceLock};

use common::Common;
use field::{Contained, Record};
use jiff::ToSpan;
use jiff::civil::Date;
use shape::{FieldShape, Mode};

use crate::diagnostic::{FileId, Span};

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
    /// `persone/`
    Persona,
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
    /// `bandi/`
    Bando,
    /// `dataset/`
    Dataset,
    /// `trasparenza/`
    Trasparenza,
    /// `progetti-pnrr/`
    Progetto,
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
    pub const ALL: [Kind; 18] = [
        Kind::Servizio,
        Kind::Notizia,
        Kind::Luogo,
        Kind::Unita,
        Kind::Persona,
        Kind::PuntoContatto,
        Kind::Documento,
        Kind::Domanda,
        Kind::Argomento,
        Kind::Pagina,
        Kind::Bando,
        Kind::Dataset,
        Kind::Trasparenza,
        Kind::Progetto,
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
            Kind::Persona => "persone",
            Kind::PuntoContatto => "punti-contatto",
            Kind::Documento => "documenti",
            Kind::Domanda => "domande-frequenti",
            Kind::Argomento => "argomenti",
            Kind::Pagina => "pagine",
            Kind::Bando => "bandi",
            Kind::Dataset => "dataset",
            Kind::Trasparenza => "trasparenza",
            Kind::Progetto => "progetti-pnrr",
            Kind::Evento => "eventi",
            Kind::Galleria => "gallerie",
            Kind::Allerta => "allerte",
            Kind::SitoTematico => "siti-tematici",
        }
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Servizio => "servizio",
            Kind::Notizia => "notizia",
            Kind::Luogo => "luogo",
            Kind::Unita => "unita",
            Kind::Persona => "persona",
            Kind::PuntoContatto => "punto-contatto",
            Kind::Documento => "documento",
            Kind::Domanda => "domanda",
            Kind::Argomento => "argomento",
            Kind::Pagina => "pagina",
            Kind::Bando => "bando",
            Kind::Dataset => "dataset",
            Kind::Trasparenza => "trasparenza",
            Kind::Progetto => "progetto",
            Kind::Evento => "evento",
            Kind::Galleria => "galleria",
            Kind::Allerta => "allerta",
            Kind::SitoTematico => "sito-tematico",
        }
    }

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.name() == name)
    }

    /// Its fields: those of every type that it may have, then its own. A mandatory one that its text holds is still mandatory.
    pub fn fields(self) -> Vec<FieldShape> {
        let own = match self {
            Kind::Servizio => servizio::Servizio::record_shape(),
            Kind::Notizia => notizia::Notizia::record_shape(),
            Kind::Luogo => luogo::Luogo::record_shape(),
            Kind::Unita => unita::Unita::record_shape(),
            Kind::Persona => persona::Persona::record_shape(),
            Kind::PuntoContatto => punto_contatto::PuntoContatto::record_shape(),
            Kind::Documento => documento::Documento::record_shape(),
            Kind::Domanda => domanda::Domanda::record_shape(),
            Kind::Argomento => pagina::Argomento::record_shape(),
            Kind::Pagina => pagina::Pagina::record_shape(),
            Kind::Bando => bando::Bando::record_shape(),
            Kind::Dataset => dataset::Dataset::record_shape(),
            Kind::Trasparenza => trasparenza::SezioneTrasparenza::record_shape(),
            Kind::Progetto => progetto::Progetto::record_shape(),
            Kind::Evento => evento::Evento::record_shape(),
            Kind::Galleria => galleria::Galleria::record_shape(),
            Kind::Allerta => allerta::Allerta::record_shape(),
            Kind::SitoTematico => sito_tematico::SitoTematico::record_shape(),
        };
        let common = Common::record_shape().fields.into_iter().filter(|f| common::allowed(self, f.name));
        let common = common.map(|f| match (common::mandatory(self, f.name), f.mode) {
            (true, Mode::Optional) => FieldShape { mode: Mode::Required, ..f },
            (true, Mode::List) => FieldShape { mode: Mode::Some, ..f },
            _ => f,
        });
        common.chain(own.fields).collect()
    }

    /// Whether a field may be written in the text below the front matter.
    pub fn in_body(self, field: &str) -> bool {
        self.body_field() == Some(field) || self.sections().iter().any(|(_, f)| *f == field)
    }

    /// The type whose folder has this name.
    pub fn from_folder(folder: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.folder() == folder)
    }

    /// Whether its contents can be led to: a page, or a place of one.
    pub fn has_page(self) -> bool {
        !matches!(self, Kind::PuntoContatto | Kind::Allerta | Kind::SitoTematico)
    }

    /// Official `##` sections of the body and the field that each fills, in page order. Empty: headings are free
    /// and the whole body is one text.
    pub fn sections(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Kind::Servizio => servizio::SECTIONS,
            Kind::Unita => unita::SECTIONS,
            Kind::Persona => persona::SECTIONS,
            Kind::Luogo => luogo::SECTIONS,
            Kind::Documento => documento::SECTIONS,
            Kind::Bando => bando::SECTIONS,
            Kind::Dataset => dataset::SECTIONS,
            Kind::Progetto => progetto::SECTIONS,
            Kind::Evento => evento::SECTIONS,
            _ => &[],
        }
    }

    /// The field that takes the text before the first official section (or the whole body).
    pub fn body_field(self) -> Option<&'static str> {
        match self {
            Kind::Servizio => Some("descrizione_estesa"),
            Kind::Notizia
            | Kind::Argomento
            | Kind::Pagina
            | Kind::Bando
            | Kind::Galleria
            | Kind::Trasparenza
            | Kind::Progetto => Some("testo"),
            Kind::Luogo | Kind::Documento | Kind::Dataset | Kind::Evento => Some("descrizione"),
            Kind::Unita => Some("competenze"),
            Kind::Domanda => Some("risposta"),
            Kind::Persona | Kind::PuntoContatto | Kind::Allerta | Kind::SitoTematico => None,
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
    references: OnceLock<Vec<field::Reference>>,
    days: OnceLock<Vec<Date>>,
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
    /// `persone/`
    Persona(Box<persona::Persona>),
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
    /// `bandi/`
    Bando(Box<bando::Bando>),
    /// `dataset/`
    Dataset(Box<dataset::Dataset>),
    /// `trasparenza/`
    Trasparenza(Box<trasparenza::SezioneTrasparenza>),
    /// `progetti-pnrr/`
    Progetto(Box<progetto::Progetto>),
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
    /// A content with these fields.
    pub fn new(kind: Kind, slug: String, file: FileId, common: Common, data: Data) -> Self {
        Entry { kind, slug, file, common, data, references: OnceLock::new(), days: OnceLock::new() }
    }

    /// Whether it is listed without a page of its own.
    pub fn reserved(&self) -> bool {
        matches!(&self.data, Data::Documento(d) if d.riservato())
    }

    /// A span at the start of the file, for findings about the content as a whole.
    pub fn start(&self) -> Span {
        Span::file_start(self.file)
    }

    /// Whether the content exists for citizens on that day: by its own dates; an act of the register from its first day there, a
    /// person from the first day of her first role.
    pub fn published(&self, now: Date, drafts: bool) -> bool {
        let begun = match &self.data {
            Data::Documento(d) => d.pubblicazione_dal.as_ref().is_none_or(|d| d.value <= now),
            Data::Persona(p) => p.iniziata(now),
            _ => true,
        };
        begun && self.common.published(now, drafts)
    }

    /// The content without what may not be published any more on that day, so that not even its files are.
    #[must_use]
    pub fn without_lapsed(entry: Arc<Self>, now: Date) -> Arc<Self> {
        if !matches!(entry.data, Data::Persona(_)) {
            return entry;
        }
        Entry::altered(entry, |data| {
            if let Data::Persona(p) = data {
                p.drop_lapsed(now);
            }
        })
    }

    /// The content with other fields.
    #[must_use]
    pub fn altered(entry: Arc<Self>, change: impl FnOnce(&mut Data)) -> Arc<Self> {
        let mut own = Arc::unwrap_or_clone(entry);
        change(&mut own.data);
        Arc::new(Entry::new(own.kind, own.slug, own.file, own.common, own.data))
    }

    /// Every reference to another content, with its place.
    pub fn references(&self) -> &[field::Reference] {
        self.references.get_or_init(|| {
            let mut out = Vec::new();
            self.common.references(&mut out);
            self.data.fields().references(&mut out);
            out
        })
    }

    /// Days on which the content may show otherwise than the day before: each day that it names and the day after.
    pub fn days(&self) -> &[Date] {
        self.days.get_or_init(|| self.named_days())
    }

    fn named_days(&self) -> Vec<Date> {
        let mut named = Vec::new();
        self.common.days(&mut named);
        self.data.fields().days(&mut named);
        match &self.data {
            Data::Persona(_) => {
                let kept: Vec<Date> = named.iter().map(|d| d.saturating_add(persona::KEPT.years())).collect();
                named.extend(kept);
            }
            Data::Evento(e) => named.extend(e.changes()),
            _ => {}
        }
        let after: Vec<Date> = named.iter().filter_map(|d| d.tomorrow().ok()).collect();
        named.extend(after);
        named
    }
}

impl Data {
    /// The fields, whatever the type.
    fn fields(&self) -> &dyn Contained {
        match self {
            Data::Servizio(d) => d.as_ref(),
            Data::Notizia(d) => d.as_ref(),
            Data::Luogo(d) => d.as_ref(),
            Data::Unita(d) => d.as_ref(),
            Data::Persona(d) => d.as_ref(),
            Data::PuntoContatto(d) => d.as_ref(),
            Data::Documento(d) => d.as_ref(),
            Data::Domanda(d) => d.as_ref(),
            Data::Argomento(d) => d.as_ref(),
            Data::Pagina(d) => d.as_ref(),
            Data::Bando(d) => d.as_ref(),
            Data::Dataset(d) => d.as_ref(),
            Data::Trasparenza(d) => d.as_ref(),
            Data::Progetto(d) => d.as_ref(),
            Data::Evento(d) => d.as_ref(),
            Data::Galleria(d) => d.as_ref(),
            Data::Allerta(d) => d.as_ref(),
            Data::SitoTematico(d) => d.as_ref(),
        }
    }
}
