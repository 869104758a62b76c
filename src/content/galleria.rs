//! Pictures and videos: blocks of several types, and a content of their own (content model 2.13).

use jiff::civil::Date;

use super::common::Immagine;
use super::prose::Prose;
use super::types::{Line, WebUrl};
use crate::record;

record! {
    /// A video on another site: the page links to it, never shows it.
    pub struct Video {
        /// Its page.
        url: required WebUrl,
        /// What it is.
        titolo: required Line,
        /// What is said and seen, for who cannot hear or see it (WCAG 1.2.1).
        trascrizione: required Prose,
    }
}

record! {
    /// A gallery, as written.
    pub struct Galleria {
        /// Text.
        testo: optional Prose,
        /// Day of the pictures.
        data: optional Date,
        /// Pictures.
        immagini: list Immagine,
        /// Videos.
        video: list Video,
    }
}
