//! Documento pubblico (content model 2.9), the acts of the register (Albo pretorio) included.

use jiff::civil::Date;

use super::field::{Cx, FieldType, Reference};
use super::prose::Prose;
use super::servizio::conditional;
use super::shape::Shape;
use super::trasparenza::Sezione;
use super::types::{Line, MediaPath, Slug, Term, WebUrl, is_slug, scalar, target, voc};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::yaml::Node;
use crate::{choice, record, text, vocab};

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] = &[
    ("Descrizione", "descrizione"),
    ("Riferimenti normativi", "riferimenti_normativi"),
    ("Ulteriori informazioni", "ulteriori_informazioni"),
];

record! {
    /// A file beside the main one.
    pub struct Allegato {
        /// The file.
        file: required MediaPath,
        /// What it is.
        titolo: required Line,
    }
}

/// Who wrote a document: somebody with a page on the site, or a name.
#[derive(Debug, Clone)]
pub enum Autore {
    /// The slug of a person.
    Persona(Slug<target::Persona>),
    /// A name as it is to be read: it has a capital letter or a space, a slug has neither.
    Nome(Line),
}

impl FieldType for Autore {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        if is_slug(written.strip_suffix(".md").unwrap_or(written)) {
            Slug::read(node, cx).map(Autore::Persona)
        } else {
            Line::read(node, cx).map(Autore::Nome)
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Slug::<target::Persona>::shape(), Line::<160>::shape()])
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        if let Autore::Persona(slug) = self {
            slug.references(field, span, out);
        }
    }
}

choice! {
    /// How much of a document may be seen.
    pub enum Riservatezza {
        /// All of it.
        Pubblico = "pubblico",
        /// Its row in tables and in the register; no page, no file.
        SoloElenco = "solo_elenco",
        /// Its title only.
        Oscurato = "oscurato",
    }
}

choice! {
    /// How a councillor asked to be answered.
    pub enum TipoRisposta {
        /// In writing.
        Scritta = "scritta",
        /// In the council.
        Orale = "orale",
        /// In a committee.
        Commissione = "commissione",
    }
}

record! {
    /// A question or motion of councillors.
    pub struct AttivitaPolitica {
        /// Who asks.
        interroganti: list Line,
        /// Their group.
        gruppo: optional Line,
        /// How they asked to be answered.
        tipo_risposta: optional TipoRisposta,
        /// When it was presented.
        data_presentazione: optional Date,
        /// When the Giunta treated it.
        data_giunta: optional Date,
        /// When the council treated it.
        data_consiglio: optional Date,
        /// When it was answered.
        data_risposta: optional Date,
    }
}

record! {
    /// A document, as written.
    pub struct Documento {
        /// Kind.
        tipo: required Term<voc::TipoDocumento>,
        /// Identifier, unique on the site.
        identificativo: optional Line,
        /// Registry number.
        numero_protocollo: optional Line,
        /// Registry date.
        data_protocollo: optional Date,
        /// Text.
        descrizione: optional Prose,
        /// The document.
        file: optional MediaPath,
        /// The document on another site.
        url: optional WebUrl,
        /// Other files.
        allegati: list Allegato,
        /// Same document, other formats.
        formati_alternativi: list MediaPath,
        /// Office in charge.
        ufficio_responsabile: some Slug<target::Unita>,
        /// Area in charge.
        area_responsabile: list Slug<target::Unita>,
        /// Authors.
        autori: list Autore,
        /// Licence; CC BY 4.0 if absent.
        licenza: optional Term<voc::Licenza>,
        /// Services it is about.
        servizi: list Slug<target::Servizio>,
        /// First day of validity.
        data_inizio: optional Date,
        /// Last day of validity.
        data_fine: optional Date,
        /// First day in the register.
        pubblicazione_dal: optional Date,
        /// Last day in the register: then it moves to the archive.
        pubblicazione_al: optional Date,
        /// Day of signature.
        data_firma: optional Date,
        /// Who asked for the publication, when not the Comune.
        ente_richiedente: optional Line,
        /// How much of it may be seen; all if absent.
        privacy: optional Riservatezza,
        /// Question or motion of councillors.
        attivita_politica: optional AttivitaPolitica,
        /// Data that it is about.
        dataset: list Slug<target::Dataset>,
        /// Sections of Amministrazione trasparente that list it.
        sezioni_trasparenza: list Sezione,
        /// Other documents.
        documenti_collegati: list Slug<target::Documento>,
        /// Laws.
        riferimenti_normativi: optional Prose,
        /// More.
        ulteriori_informazioni: optional Prose,
        /// Life events of people.
        eventi_vita_persone: list Term<voc::EventoVitaPersone>,
        /// Life events of companies.
        eventi_vita_impresa: list Term<voc::EventoVitaImpresa>,
    }
}

/// What people read of the validity of a document, in the order of choices.
pub const VALIDITA: [&str; 3] = ["In vigore", "Non ancora in vigore", "Non più in vigore"];

/// The kind whose documents make the register.
pub const ALBO: &str = "documenti-albo-pretorio";

impl Documento {
    /// Whether it belongs to the register.
    pub fn albo(&self) -> bool {
        vocab::get("tipi_documento").root_of(self.tipo.entry).slug == ALBO
    }

    /// Whether it has no page of its own.
    pub fn riservato(&self) -> bool {
        self.riservatezza() != Riservatezza::Pubblico
    }

    /// How much of it may be seen.
    pub fn riservatezza(&self) -> Riservatezza {
        self.privacy.as_ref().map_or(Riservatezza::Pubblico, |p| p.value)
    }

    /// Whether it holds on that day, as in [`VALIDITA`]; none when it does not say from or until when.
    pub fn validita(&self, now: Date) -> Option<&'static str> {
        let [holds, not_yet, no_more] = VALIDITA;
        match (&self.data_inizio, &self.data_fine) {
            (None, None) => None,
            (Some(from), _) if now < from.value => Some(not_yet),
            (_, Some(to)) if to.value < now => Some(no_more),
            _ => Some(holds),
        }
    }

    /// Rules across fields (content model 5, rules 7 to 9).
    pub fn check(&self, start: Span, cx: &mut Cx<'_>) {
        if self.file.is_none() && self.url.is_none() && self.allegati.is_empty() && !self.riservato() {
            cx.out.push(conditional(
                "file",
                "un documento ha almeno `file`, `url` o `allegati`",
                "a document has at least `file`, `url` or `allegati`",
                start,
            ));
        }
        let dates =
            [("pubblicazione_dal", &self.pubblicazione_dal), ("pubblicazione_al", &self.pubblicazione_al)];
        for (name, date) in dates {
            match date {
                None if self.albo() => cx.out.push(conditional(
                    name,
                    "un atto dell'albo pretorio ha le date di pubblicazione",
                    "an act of the register has its dates of publication",
                    self.tipo.span,
                )),
                Some(date) if !self.albo() => cx.out.push(
                    Diagnostic::new(
                        Code::FieldValue,
                        text!(
                            "`{name}` è degli atti dell'albo pretorio",
                            "`{name}` belongs to acts of the register"
                        ),
                    )
                    .at(date.span)
                    .hint(text!(
                        "togli il campo, o scegli un `tipo` che comincia con albo-",
                        "remove the field, or choose a `tipo` beginning with albo-"
                    )),
                ),
                _ => {}
            }
        }
        if self.albo() && !self.tipo.entry.figli.is_empty() {
            let written = &self.tipo.entry.slug;
            cx.out.push(
                Diagnostic::new(
                    Code::FieldValue,
                    text!(
                        "`{written}` non è un tipo preciso di atto",
                        "`{written}` is not a precise kind of act"
                    ),
                )
                .at(self.tipo.span)
                .hint(text!(
                    "scegli un tipo preciso, per esempio albo-ordinanza-del-sindaco",
                    "choose a precise kind, for example albo-ordinanza-del-sindaco"
                )),
            );
        }
        let mut order = |a, b, first, second| super::common::check_order(a, b, first, second, cx);
        order(self.data_inizio.as_ref(), self.data_fine.as_ref(), "data_inizio", "data_fine");
        order(
            self.pubblicazione_dal.as_ref(),
            self.pubblicazione_al.as_ref(),
            "pubblicazione_dal",
            "pubblicazione_al",
        );
    }
}
