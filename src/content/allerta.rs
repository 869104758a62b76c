//! Avviso di allerta: a bar above the pages, between two dates (content model 2.13).

use jiff::civil::Date;

use super::types::{AnyRef, Line, WebUrl};
use crate::{choice, record};

choice! {
    /// Colour of the bar; a word always says the same.
    pub enum Colore {
        /// Danger.
        Rosso = "rosso",
        /// Take care.
        Giallo = "giallo",
        /// All is well again.
        Verde = "verde",
        /// News.
        Blu = "blu",
    }
}

record! {
    /// A bar, as written. Shown from `data_pubblicazione` (at once, if none) to `data_fine`, both included.
    pub struct Allerta {
        /// What happens.
        testo: required Line<140>,
        /// Colour.
        colore: required Colore,
        /// Whether a symbol stands before the text; yes if absent.
        icona: optional bool,
        /// Last day.
        data_fine: required Date,
        /// More, on another site.
        url: optional WebUrl,
        /// More, on this site: `novita/avviso-neve`.
        contenuto: optional AnyRef,
        /// On every page, not only on the home.
        ovunque: optional bool,
    }
}
