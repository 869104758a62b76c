//! What a Comune adds to a section of Amministrazione trasparente (content model 2.15), and references to sections.

use jiff::civil::Date;

use super::field::{Cx, FieldType};
use super::prose::Prose;
use super::shape::Shape;
use super::types::{AnyRef, Line, MediaPath, WebUrl, not_among, scalar};
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
    /// A column of an automatic table, after the name of the content.
    pub enum Colonna {
        /// Kind.
        Tipo = "tipo",
        /// Day of publication.
        PubblicatoIl = "pubblicato-il",
        /// Office in charge.
        Ufficio = "ufficio",
        /// Registry number and date.
        Protocollo = "protocollo",
        /// Day of signature.
        FirmatoIl = "firmato-il",
        /// Where it stands.
        Stato = "stato",
        /// Last moment for applications.
        Scadenza = "scadenza",
        /// Code of the tender.
        Cig = "cig",
        /// Amount.
        Importo = "importo",
        /// Who has won.
        AggiudicatoA = "aggiudicato-a",
        /// How often it is renewed.
        Aggiornamento = "aggiornamento",
        /// Last change.
        UltimaModifica = "ultima-modifica",
        /// Who owns the data.
        Titolare = "titolare",
        /// Telephone.
        Telefono = "telefono",
        /// E-mail.
        Email = "email",
        /// Certified e-mail.
        Pec = "pec",
        /// Seat.
        Sede = "sede",
        /// Role.
        Incarico = "incarico",
        /// Unit of the role.
        Dove = "dove",
        /// First day of the role.
        Dal = "dal",
        /// Last day of the role.
        Al = "al",
        /// Act that gives the role.
        AttoDiNomina = "atto-di-nomina",
        /// Within when a procedure ends.
        Termine = "termine",
        /// Who starts a procedure.
        Avvio = "avvio",
        /// Act that ends a procedure.
        ProvvedimentoFinale = "provvedimento-finale",
        /// Whether silence means yes.
        SilenzioAssenso = "silenzio-assenso",
        /// Category of a service.
        Categoria = "categoria",
    }
}

impl Colonna {
    /// Its heading.
    pub fn nome(self) -> &'static str {
        match self {
            Colonna::Tipo => "Tipo",
            Colonna::PubblicatoIl => "Pubblicato il",
            Colonna::Ufficio => "Ufficio",
            Colonna::Protocollo => "Protocollo",
            Colonna::FirmatoIl => "Firmato il",
            Colonna::Stato => "Stato",
            Colonna::Scadenza => "Scadenza",
            Colonna::Cig => "CIG",
            Colonna::Importo => "Importo",
            Colonna::AggiudicatoA => "Aggiudicato a",
            Colonna::Aggiornamento => "Aggiornamento",
            Colonna::UltimaModifica => "Ultima modifica",
            Colonna::Titolare => "Titolare",
            Colonna::Telefono => "Telefono",
            Colonna::Email => "Email",
            Colonna::Pec => "PEC",
            Colonna::Sede => "Sede",
            Colonna::Incarico => "Incarico",
            Colonna::Dove => "Dove",
            Colonna::Dal => "Dal",
            Colonna::Al => "Al",
            Colonna::AttoDiNomina => "Atto di nomina",
            Colonna::Termine => "Termine",
            Colonna::Avvio => "Avvio",
            Colonna::ProvvedimentoFinale => "Provvedimento finale",
            Colonna::SilenzioAssenso => "Silenzio assenso",
            Colonna::Categoria => "Categoria",
        }
    }
}

impl Tipologia {
    /// The columns of its tables: those shown where nobody chooses, and those that can be chosen besides.
    pub fn colonne(self) -> (&'static [Colonna], &'static [Colonna]) {
        use Colonna as C;
        match self {
            Tipologia::Documento => (&[C::Tipo, C::PubblicatoIl, C::Ufficio], &[C::Protocollo, C::FirmatoIl]),
            Tipologia::Bando => (
                &[C::Tipo, C::Stato, C::PubblicatoIl, C::Scadenza, C::Cig],
                &[C::Ufficio, C::Importo, C::AggiudicatoA],
            ),
            Tipologia::Dataset => (&[C::Aggiornamento, C::UltimaModifica, C::Titolare], &[]),
            Tipologia::Unita => (&[C::Tipo, C::Telefono, C::Email, C::Pec, C::Sede], &[]),
            Tipologia::Incarico => (&[C::Incarico, C::Dove, C::Dal, C::Al, C::AttoDiNomina], &[]),
            Tipologia::Procedimento => (
                &[C::Ufficio, C::Termine, C::Avvio, C::ProvvedimentoFinale, C::SilenzioAssenso],
                &[C::Categoria],
            ),
            Tipologia::Servizio => (&[C::Categoria, C::Stato], &[C::Ufficio]),
        }
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
        /// Columns after the name, in order; the usual ones if none.
        colonne: list Colonna,
        /// Levels of sections whose contents are listed: this one alone if absent.
        profondita: optional u32,
    }
}

impl Elenco {
    /// Every column is one of those of what is listed; there is at least one level.
    pub fn check(&self, cx: &mut Cx<'_>) {
        let (usual, more) = self.tipologia.value.colonne();
        let names: Vec<&str> = usual.iter().chain(more).map(|c| c.name()).collect();
        for column in self.colonne.iter().filter(|c| !names.contains(&c.value.name())) {
            cx.out.push(not_among(column.value.name(), &names, column.span));
        }
        if let Some(levels) = self.profondita.as_ref().filter(|p| p.value == 0) {
            cx.out.push(
                Diagnostic::new(
                    Code::FieldValue,
                    text!("`profondita` è almeno 1", "`profondita` is at least 1"),
                )
                .at(levels.span)
                .hint(text!("scrivi 1 per questa sezione sola", "write 1 for this section alone")),
            );
        }
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
