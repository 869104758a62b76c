//! What identifies one payment: `RptId`, the link of the checkout, and the text of a notice's QR code (online services 2.1, 2.2).

use std::fmt;
use std::ops::Range;

use super::form::{FormError, digits};
use super::{AvvisoError, CodiceFiscaleEnte, FiscaleError, Importo, ImportoError, NumeroAvviso, scan};
use crate::diagnostic::Text;
use crate::text;

/// `RptId`: the creditor's codice fiscale (11 digits) and the numero avviso (18), nothing between.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RptId {
    /// The creditor.
    pub ente: CodiceFiscaleEnte,
    /// The notice.
    pub avviso: NumeroAvviso,
}

/// Why a text is not an `RptId`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RptError {
    /// Not 29 digits.
    Form(FormError),
    /// The first eleven are not the code of a body.
    Ente(FiscaleError),
    /// The other 18 are not a numero avviso.
    Avviso(AvvisoError),
}

impl RptError {
    /// The end of a sentence: why the code is refused.
    pub fn text(self) -> Text {
        match self {
            RptError::Form(form) => form.text(),
            RptError::Ente(why) => in_part("codice fiscale dell'ente", "tax code of the body", &why.text()),
            RptError::Avviso(why) => in_part("numero avviso", "notice number", &why.text()),
        }
    }
}

impl RptId {
    /// Reads 29 digits, or says why the text is not an `RptId`.
    pub fn parse(written: &str) -> Result<Self, RptError> {
        let code = digits(written, 29).map_err(RptError::Form)?;
        let (ente, avviso) = code.split_at(11);
        Ok(RptId {
            ente: CodiceFiscaleEnte::parse(ente).map_err(RptError::Ente)?,
            avviso: NumeroAvviso::parse(avviso).map_err(RptError::Avviso)?,
        })
    }

    /// The valid codes in a text, with their byte ranges.
    pub fn find(text: &str) -> Vec<(Range<usize>, Self)> {
        scan::find(text, 29, scan::digit, |words| RptId::parse(words).ok())
    }
}

impl fmt::Display for RptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.ente, self.avviso)
    }
}

/// The text of the QR code of a notice: `PAGOPA|002|<numero avviso>|<codice fiscale of the creditor>|<cents>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrPagopa {
    rpt: RptId,
    importo: Importo,
}

/// Why a text is not that of a notice's QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QrError {
    /// Not five parts between vertical bars, the first two `PAGOPA` and `002`.
    Header,
    /// The third part is not a numero avviso.
    Avviso(AvvisoError),
    /// The fourth part is not the code of a body.
    Ente(FiscaleError),
    /// The fifth part is not one to ten digits.
    Cents,
    /// The amount is out of range.
    Importo(ImportoError),
}

impl QrError {
    /// The end of a sentence: why the text is refused.
    pub fn text(self) -> Text {
        match self {
            QrError::Header => text!(
                "deve cominciare con PAGOPA|002| e avere cinque parti",
                "it must begin with PAGOPA|002| and have five parts"
            ),
            QrError::Avviso(why) => RptError::Avviso(why).text(),
            QrError::Ente(why) => RptError::Ente(why).text(),
            QrError::Cents => text!(
                "l'importo è in centesimi, da una a dieci cifre",
                "the amount is in cents, one to ten digits"
            ),
            QrError::Importo(why) => in_part("importo", "amount", &why.text()),
        }
    }
}

impl QrPagopa {
    /// Reads the text of a QR code, or says why it is not that of a notice. No blanks are allowed.
    pub fn parse(written: &str) -> Result<Self, QrError> {
        let ["PAGOPA", "002", avviso, ente, cents] = written.split('|').collect::<Vec<_>>()[..] else {
            return Err(QrError::Header);
        };
        digits(avviso, 18).map_err(|form| QrError::Avviso(AvvisoError::Form(form)))?;
        let avviso = NumeroAvviso::parse(avviso).map_err(QrError::Avviso)?;
        let ente = CodiceFiscaleEnte::parse(ente).map_err(QrError::Ente)?;
        if !(1..=10).contains(&cents.len()) || !cents.bytes().all(|b| b.is_ascii_digit()) {
            return Err(QrError::Cents);
        }
        let cents = cents.parse().map_err(|_| QrError::Cents)?;
        let importo = Importo::from_cents(cents).map_err(QrError::Importo)?;
        Ok(QrPagopa { rpt: RptId { ente, avviso }, importo })
    }

    /// Whose payment it is.
    pub fn rpt(&self) -> &RptId {
        &self.rpt
    }

    /// How much.
    pub fn importo(&self) -> Importo {
        self.importo
    }
}

impl fmt::Display for QrPagopa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PAGOPA|002|{}|{}|{}", self.rpt.avviso, self.rpt.ente, self.importo.cents())
    }
}

/// The reason of a part, with the part's name in front.
fn in_part(it: &str, en: &str, why: &Text) -> Text {
    Text { it: format!("{it}: {}", why.it), en: format!("{en}: {}", why.en) }
}
