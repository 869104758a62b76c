//! The sigle of provinces and metropolitan cities, by region.

use super::form::{FormError, fixed};
use crate::diagnostic::Text;
use crate::text;

/// A region, or one of the two autonomous provinces in its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Regione {
    /// Name as its site gives it.
    pub nome: &'static str,
    /// Address of its site.
    pub sito: &'static str,
    /// Sigle of its provinces, separated by blanks.
    sigle: &'static str,
}

/// Every region. The provinces that Sardinia re-established in 2025 had no new sigla assigned in February 2026: those of their
/// forerunners (CI, OG, OT, VS) are accepted, and SU of the abolished Sud Sardegna remains.
const REGIONI: [Regione; 21] = [
    regione("Provincia autonoma di Trento", "https://www.provincia.tn.it", "TN"),
    regione("Provincia autonoma di Bolzano", "https://www.provincia.bz.it", "BZ"),
    regione("Regione autonoma Valle d'Aosta", "https://www.regione.vda.it", "AO"),
    regione("Regione Piemonte", "https://www.regione.piemonte.it", "AL AT BI CN NO TO VB VC"),
    regione("Regione Lombardia", "https://www.regione.lombardia.it", "BG BS CO CR LC LO MB MI MN PV SO VA"),
    regione("Regione del Veneto", "https://www.regione.veneto.it", "BL PD RO TV VE VI VR"),
    regione("Regione autonoma Friuli Venezia Giulia", "https://www.regione.fvg.it", "GO PN TS UD"),
    regione("Regione Liguria", "https://www.regione.liguria.it", "GE IM SP SV"),
    regione("Regione Emilia-Romagna", "https://www.regione.emilia-romagna.it", "BO FC FE MO PC PR RA RE RN"),
    regione("Regione Toscana", "https://www.regione.toscana.it", "AR FI GR LI LU MS PI PO PT SI"),
    regione("Regione Umbria", "https://www.regione.umbria.it", "PG TR"),
    regione("Regione Marche", "https://www.regione.marche.it", "AN AP FM MC PU"),
    regione("Regione Lazio", "https://www.regione.lazio.it", "FR LT RI RM VT"),
    regione("Regione Abruzzo", "https://www.regione.abruzzo.it", "AQ CH PE TE"),
    regione("Regione Molise", "https://www.regione.molise.it", "CB IS"),
    regione("Regione Campania", "https://www.regione.campania.it", "AV BN CE NA SA"),
    regione("Regione Puglia", "https://www.regione.puglia.it", "BA BR BT FG LE TA"),
    regione("Regione Basilicata", "https://www.regione.basilicata.it", "MT PZ"),
    regione("Regione Calabria", "https://www.regione.calabria.it", "CS CZ KR RC VV"),
    regione("Regione Siciliana", "https://www.regione.sicilia.it", "AG CL CT EN ME PA RG SR TP"),
    regione(
        "Regione autonoma della Sardegna",
        "https://www.regione.sardegna.it",
        "CA CI NU OG OR OT SS SU VS",
    ),
];

const fn regione(nome: &'static str, sito: &'static str, sigle: &'static str) -> Regione {
    Regione { nome, sito, sigle }
}

/// Sigla of an Italian province, upper case, together with its region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provincia {
    sigla: &'static str,
    regione: &'static Regione,
}

/// Why a text is not the sigla of a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvinciaError {
    /// Not two upper-case letters.
    Form(FormError),
    /// Two letters that no province has.
    Unknown,
}

impl ProvinciaError {
    /// The end of a sentence: why the sigla is refused.
    pub fn text(self) -> Text {
        match self {
            ProvinciaError::Form(form) => form.text(),
            ProvinciaError::Unknown => {
                text!("nessuna provincia ha questa sigla", "no province has this code")
            }
        }
    }
}

impl Provincia {
    /// Reads a sigla such as `TN`, or says why the text is not one.
    pub fn parse(written: &str) -> Result<Self, ProvinciaError> {
        fixed(written, 2, |_, c| c.is_ascii_uppercase()).map_err(ProvinciaError::Form)?;
        Provincia::all().find(|p| p.sigla == written).ok_or(ProvinciaError::Unknown)
    }

    /// Every province, region by region.
    pub fn all() -> impl Iterator<Item = Self> {
        REGIONI
            .iter()
            .flat_map(|regione| regione.sigle.split(' ').map(move |sigla| Provincia { sigla, regione }))
    }

    /// The sigla.
    pub fn as_str(self) -> &'static str {
        self.sigla
    }

    /// Its region or autonomous province.
    pub fn regione(self) -> &'static Regione {
        self.regione
    }
}

impl std::fmt::Display for Provincia {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.sigla)
    }
}
