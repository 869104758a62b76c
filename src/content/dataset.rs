//! Dataset (content model 2.11), described so that DCAT-AP_IT can be written from it.

use jiff::civil::Date;

use super::field::Cx;
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::types::{Line, MediaPath, Slug, Term, WebUrl, target, voc};
use crate::{choice, record};

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] =
    &[("Descrizione", "descrizione"), ("Ulteriori informazioni", "ulteriori_informazioni")];

record! {
    /// One form in which the data can be had.
    pub struct Distribuzione {
        /// What it is.
        titolo: required Line,
        /// A file of the site.
        file: optional MediaPath,
        /// Or an address.
        url: optional WebUrl,
        /// `CSV`, `JSON`…; default the extension of the file.
        formato: optional Line<20>,
    }
}

choice! {
    /// A language in which data are written.
    pub enum Lingua {
        /// Italian.
        Italiano = "it",
        /// German.
        Tedesco = "de",
        /// Ladin.
        Ladino = "lld",
        /// Mòcheno.
        Mocheno = "mhn",
        /// Cimbrian.
        Cimbro = "cim",
        /// English.
        Inglese = "en",
        /// French.
        Francese = "fr",
        /// Slovenian.
        Sloveno = "sl",
    }
}

impl Lingua {
    /// Its name, as people read it.
    pub fn nome(self) -> &'static str {
        match self {
            Lingua::Italiano => "Italiano",
            Lingua::Tedesco => "Tedesco",
            Lingua::Ladino => "Ladino",
            Lingua::Mocheno => "Mòcheno",
            Lingua::Cimbro => "Cimbro",
            Lingua::Inglese => "Inglese",
            Lingua::Francese => "Francese",
            Lingua::Sloveno => "Sloveno",
        }
    }

    /// Its code in the European table of languages, which DCAT-AP_IT wants.
    pub fn codice(self) -> &'static str {
        match self {
            Lingua::Italiano => "ITA",
            Lingua::Tedesco => "DEU",
            Lingua::Ladino => "LLD",
            Lingua::Mocheno => "MHN",
            Lingua::Cimbro => "CIM",
            Lingua::Inglese => "ENG",
            Lingua::Francese => "FRA",
            Lingua::Sloveno => "SLV",
        }
    }
}

record! {
    /// The time that the data cover.
    pub struct Periodo {
        /// First day.
        dal: required Date,
        /// Last day.
        al: optional Date,
    }
}

record! {
    /// A dataset, as written.
    pub struct Dataset {
        /// European data themes.
        temi: some Term<voc::TemaDataset>,
        /// Text.
        descrizione: optional Prose,
        /// Forms in which the data can be had.
        distribuzioni: some Distribuzione,
        /// Licence; CC BY 4.0 if absent.
        licenza: optional Term<voc::Licenza>,
        /// The unit that owns the data.
        titolare: required Slug<target::Unita>,
        /// How often it is renewed.
        frequenza_aggiornamento: required Term<voc::FrequenzaAggiornamento>,
        /// Last change of the data.
        data_modifica: required Date,
        /// First publication of the data.
        data_rilascio: optional Date,
        /// Identifier, unique on the site; default the file name.
        identificativo: optional Line,
        /// Where the data hold.
        copertura_geografica: optional Line,
        /// When the data hold.
        periodo: optional Periodo,
        /// Who made them.
        autore: optional Line,
        /// Who publishes them.
        editore: optional Line,
        /// Standard that they follow.
        standard: optional Line,
        /// Languages of the data; Italian if none.
        lingua: list Lingua,
        /// Version.
        versione: optional Line<40>,
        /// Search words.
        parole_chiave: list Line<60>,
        /// Whom to ask.
        punti_contatto: list Contatto,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

impl Dataset {
    /// The languages in which the data are written.
    pub fn lingue(&self) -> Vec<Lingua> {
        match self.lingua.as_slice() {
            [] => vec![Lingua::Italiano],
            told => told.iter().map(|l| l.value).collect(),
        }
    }

    /// Rules across fields.
    pub fn check(&self, cx: &mut Cx<'_>) {
        for one in &self.distribuzioni {
            if one.value.file.is_some() == one.value.url.is_some() {
                cx.out.push(super::servizio::conditional(
                    "file",
                    "una distribuzione ha `file` oppure `url`, non entrambi",
                    "a distribution has `file` or `url`, not both",
                    one.span,
                ));
            }
        }
        if let Some(periodo) = &self.periodo {
            super::common::check_order(Some(&periodo.value.dal), periodo.value.al.as_ref(), "dal", "al", cx);
        }
    }
}
