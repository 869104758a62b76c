//! National identifiers: each a small type whose `parse` accepts one spelling and says why it refuses any other.
//!
//! Pure text in, value out: reading from YAML is `content::codes`. A refusal is an enum per family; its `text()` is the end of a
//! sentence ("… non è valido: *i caratteri sono 5 invece di 6*"). The types that must not be published by mistake also have a
//! `find`, which looks for them in running text in linear time.

/// A code kept as text in its canonical spelling: `parse` by the given function, `as_str`, `Display`.
macro_rules! code {
    ($(#[$meta:meta])* $name:ident, $error:ty, $read:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Reads the code, or says why the text is not one.
            pub fn parse(written: &str) -> Result<Self, $error> {
                let canonical: Result<String, $error> = $read(written);
                canonical.map($name)
            }

            /// The code in its canonical spelling.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

mod avviso;
mod fiscale;
mod form;
mod iban;
mod importo;
mod opachi;
mod pagopa;
mod persona;
mod provincia;
mod recapiti;
mod scan;
mod territorio;

pub use avviso::{AvvisoError, NumeroAvviso};
pub use fiscale::{CodiceFiscaleEnte, FiscaleError, Implausible, PartitaIva};
pub use form::FormError;
pub use iban::{Iban, IbanError};
pub use importo::{Importo, ImportoError};
pub use opachi::{Cuf, Ipa, Nace, Ulid, UuidV4};
pub use pagopa::{QrError, QrPagopa, RptError, RptId};
pub use persona::{CodiceFiscalePersona, PersonaError};
pub use provincia::{Provincia, ProvinciaError, Regione};
pub use recapiti::{Email, EmailError, Pec, Telefono, TelefonoError};
pub use territorio::{Belfiore, Cap, Istat};
