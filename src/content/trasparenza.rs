//! What a Comune adds to a section of Amministrazione trasparente (content model 2.15), and references to sections.

use jiff::civil::Date;

use super::field::{Cx, FieldType};
use super::prose::Prose;
use super::shape::Shape;
use super::types::{AnyRef, Line, MediaPath, WebUrl, scalar};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::vocab::trasparenza::{Incerta, albero};
use crate::yaml::Node;
use crate::{choice, record, text, vocab};

/// A section of Amministrazione trasparente, named by its slug.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sezione(pub &'static vocab::trasparenza::Sezione);

impl FieldType for Sezione {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let tree = albero();
        let hint = match tree.find(written) {
            Ok(section) => return Some(Sezione(section)),
            Err(Incerta::Doppia(paths)) => {
                let list = paths.join(", ");
                text!("scrivi quale delle due: {list}", "write which one: {list}")
            }
            Err(Incerta::Ignota) => match nearest(written, tree.sezioni.iter().map(|s| s.slug.as_str())) {
                Some(near) => text!("forse volevi scrivere `{near}`", "did you mean `{near}`?"),
                None => text!(
                    "scrivi l'ultima parte dell'indirizzo della sezione, per esempio `bilancio-preventivo`",
                    "write the last part of the section's address, for example `bilancio-preventivo`"
                ),
            },
        };
        cx.fail(
            Diagnostic::new(
                Code::VocabularyUnknown,
                text!(
                    "`{written}` non è una sezione di Amministrazione trasparente",
                    "`{written}` is not a section of Amministrazione trasparente"
                ),
            )
            .at(node.span)
            .hint(hint),
        )
    }

    fn shape() -> Shape {
        let tree = albero();
        Shape::Words(tree.sezioni.iter().map(|s| (tree.shortest(s).to_owned(), s.titolo.clone())).collect())
    }
}

record! {
    /// A file of a section.
    pub struct Allegato {
        /// What it is.
        titolo: required Line,
        /// The file.
        file: required MediaPath,
        /// Its date.
        data: optional Date,
        /// The year that it is about; default that of the date.
        anno: optional u32,
    }
}

choice! {
    /// What an automatic table lists.
    pub enum Tipologia {
        /// Documents.
        Documento = "documento",
        /// Calls.
        Bando = "bando",
        /// Datasets.
        Dataset = "dataset",
        /// Units.
        Unita = "unita",
        /// Roles of people.
        Incarico = "incarico",
        /// Procedures of the services.
        Procedimento = "procedimento",
        /// Services.
        Servizio = "servizio",
    }
}

choice! {
    /// How an automatic table is divided.
    pub enum Raggruppa {
        /// By year, newest first.
        Anno = "anno",
        /// By kind.
        Tipo = "tipo",
        /// Not at all.
        Niente = "niente",
    }
}

record! {
    /// An automatic table.
    pub struct Elenco {
        /// What it lists.
        tipologia: required Tipologia,
        /// Only contents of these kinds (slugs of the kind's vocabulary; `concorso`… for calls; `politico`, `cessato`, `vertice`,
        /// `dirigente`, `posizione-organizzativa` for roles).
        filtro: list Line<60>,
        /// How it is divided; by year if absent.
        raggruppa_per: optional Raggruppa,
        /// Whether contents no longer valid are listed too.
        includi_scaduti: optional bool,
    }
}

record! {
    /// What a Comune writes about a section, as written; the file name is the section's slug, unless `sezione` says it.
    pub struct SezioneTrasparenza {
        /// The section, where the file name does not say which.
        sezione: optional Sezione,
        /// Text.
        testo: optional Prose,
        /// What the law asks for, in the Comune's words ("Guida al cittadino").
        contenuto_obbligo: optional Prose,
        /// Laws, instead of the national ones.
        riferimenti_normativi: list Line<400>,
        /// To whom the duty applies.
        applicabilita: optional Line,
        /// From when.
        decorrenza: optional Line,
        /// How often it is renewed, instead of the national answer.
        aggiornamento: optional Line,
        /// How long it stays.
        termine_pubblicazione: optional Line,
        /// What editors should know: never published.
        guida_redattore: optional Prose,
        /// Files.
        allegati: list Allegato,
        /// Automatic table, instead of the section's own.
        elenco: optional Elenco,
        /// Pages of the site that hold the data already.
        link: list AnyRef,
        /// Text of an empty section.
        nessun_dato: optional Line,
        /// The section lives on another site.
        vai_a: optional WebUrl,
    }
}
