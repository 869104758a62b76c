//! The variables of URL templates: their types, and the names that would carry personal data.

use std::collections::BTreeMap;

use crate::choice;
use crate::codes::{CodiceFiscaleEnte, Ipa, Ulid, UuidV4};

/// Values by name, as inserted in a template.
pub type Variabili = BTreeMap<String, String>;

choice! {
    /// What a variable may hold (online services 6.2, rule 4).
    pub enum TipoVariabile {
        /// Any text of one line.
        Testo = "testo",
        /// Lower-case words joined by hyphens.
        Slug = "slug",
        /// A UUID, version 4, lower case.
        Uuid4 = "uuid4",
        /// A ULID.
        Ulid = "ulid",
        /// Codice fiscale of a body.
        CfEnte = "cf_ente",
        /// Codice IPA.
        CodiceIpa = "codice_ipa",
        /// A whole number.
        Intero = "intero",
        /// An amount in cents.
        Importo = "importo",
        /// Letters, digits, `.`, `_` and `-`.
        Id = "id",
    }
}

impl TipoVariabile {
    /// Whether a value is of this type.
    pub fn admits(self, value: &str) -> bool {
        let id = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        let digits = |s: &str| !s.is_empty() && s.len() <= 18 && s.bytes().all(|b| b.is_ascii_digit());
        match self {
            TipoVariabile::Testo => !value.trim().is_empty() && !value.chars().any(char::is_control),
            TipoVariabile::Slug => crate::content::types::is_slug(value),
            TipoVariabile::Uuid4 => UuidV4::parse(value).is_ok(),
            TipoVariabile::Ulid => Ulid::parse(value).is_ok(),
            TipoVariabile::CfEnte => CodiceFiscaleEnte::parse(value).is_ok(),
            TipoVariabile::CodiceIpa => Ipa::parse(value).is_ok(),
            TipoVariabile::Intero => digits(value),
            TipoVariabile::Importo => digits(value) && value.bytes().any(|b| b != b'0'),
            TipoVariabile::Id => !value.is_empty() && value.bytes().all(id),
        }
    }

    /// An example, for messages.
    pub fn example(self) -> &'static str {
        match self {
            TipoVariabile::Testo => "Diritti di segreteria",
            TipoVariabile::Slug => "carta-d-identita",
            TipoVariabile::Uuid4 => "7c01b9ac-63a3-4b32-b822-68a74ca40ee0",
            TipoVariabile::Ulid => "01G40DWQGKY5GRWSNM4303VNRP",
            TipoVariabile::CfEnte => "01234560223",
            TipoVariabile::CodiceIpa => "c_l378",
            TipoVariabile::Intero => "12",
            TipoVariabile::Importo => "1050",
            TipoVariabile::Id => "SUE.01",
        }
    }
}

/// Variables that every template may use without declaring them: codes of the body and of its site (rule 2).
pub const SITE_VARIABLES: [&str; 7] =
    ["codice_ipa", "codice_istat", "codice_catastale", "cf_ente", "sito", "dominio_istituzionale", "lingua"];

/// Whether a variable's name says that it would hold data of a citizen (rule 6).
pub fn is_personal(name: &str) -> bool {
    const PERSONAL: [&str; 9] = [
        "nome",
        "cognome",
        "codice_fiscale",
        "codice_fiscale_cittadino",
        "email",
        "pec",
        "telefono",
        "numero_avviso",
        "data_di_nascita",
    ];
    PERSONAL.contains(&name.to_ascii_lowercase().as_str())
}
