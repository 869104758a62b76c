//! Pagina generica, and the optional file of an Argomento (content model 2.13).

use super::prose::Prose;
use super::types::{AnyRef, Line, Slug, target};
use crate::{choice, record};

record! {
    /// A part of a page below its text.
    pub struct Blocco {
        /// Its heading.
        titolo: required Line,
        /// Text.
        testo: optional Prose,
        /// Contents shown as cards.
        contenuti: list AnyRef,
    }
}

record! {
    /// A free page, as written.
    pub struct Pagina {
        /// Text.
        testo: required Prose,
        /// Pages below it, in their order: their address goes on from its own.
        figli: list Slug<target::Pagina>,
        /// Parts below the text.
        blocchi: list Blocco,
        /// Whether the headings are listed beside the text; from three upwards if absent.
        mostra_indice: optional bool,
        /// Whether the day of the last revision is shown; yes if absent.
        mostra_data_aggiornamento: optional bool,
    }
}

choice! {
    /// The drawing beside the name of a topic.
    pub enum Icona {
        /// A traffic sign.
        Attenzione = "attenzione",
        /// A flag.
        Bandiera = "bandiera",
        /// A calendar.
        Calendario = "calendario",
        /// A payment card.
        Carta = "carta",
        /// A sheet.
        Documento = "documento",
        /// A line chart.
        Grafico = "grafico",
        /// A loudhailer.
        Megafono = "megafono",
        /// A pencil.
        Matita = "matita",
        /// A public building.
        Municipio = "municipio",
        /// A person.
        Persona = "persona",
        /// Two arrows in a circle.
        Riciclo = "riciclo",
        /// A pin on a map.
        Segnaposto = "segnaposto",
    }
}

impl Icona {
    /// Its symbol in the sprite of the theme.
    pub fn simbolo(self) -> &'static str {
        match self {
            Icona::Attenzione => "it-warning-circle",
            Icona::Bandiera => "it-flag",
            Icona::Calendario => "it-calendar",
            Icona::Carta => "it-card",
            Icona::Documento => "it-file",
            Icona::Grafico => "it-chart-line",
            Icona::Megafono => "it-horn",
            Icona::Matita => "it-pencil",
            Icona::Municipio => "it-pa",
            Icona::Persona => "it-user",
            Icona::Riciclo => "it-refresh",
            Icona::Segnaposto => "it-map-marker",
        }
    }
}

record! {
    /// What a Comune says about a topic, as written; the file name is the topic's slug.
    pub struct Argomento {
        /// Text.
        testo: optional Prose,
        /// Drawing beside its name on cards.
        icona: optional Icona,
        /// Offices in charge.
        gestito_da: list Slug<target::Unita>,
        /// Departments of the Giunta that it belongs to.
        assessorati: list Slug<target::Unita>,
        /// Contents shown first.
        evidenza: list AnyRef,
    }
}
