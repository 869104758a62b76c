//! Access and payment links: providers (`fornitori`) typed where they are written, URL templates, and the resolution of
//! every channel of a sheet into a proven address (online services 6).
//!
//! A host comes only from a provider's constants or from the Comune's own codes, never from a service: no content can move
//! a link to another site.

mod destination;
mod provider;
mod registry;
mod shipped;
mod template;
mod variable;

pub use destination::{Accessi, Destinazione, FunzioniRisolte, Resolver, is_pagopa};
pub use provider::{Fornitore, FornitoreScritto, Genere, SHIPPED, StatoFornitore};
pub use registry::Fornitori;
pub use shipped::shipped;
pub use variable::{TipoVariabile, Variabili};
