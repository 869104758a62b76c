//! What the templates of lists see: sections, categories, topics.

use serde::Serialize;

use super::persone::PersonCard;
use super::{Card, Link, Office, Pagination, Picture, ThematicSite};

/// A choice that narrows a list.
#[derive(Debug, Serialize)]
pub struct Filter {
    /// Id of the field.
    pub id: &'static str,
    /// Label.
    pub label: &'static str,
    /// Text of the choice that narrows nothing.
    pub tutti: &'static str,
    /// What can be chosen.
    pub voci: Vec<Choice>,
}

/// One value of a [`Filter`].
#[derive(Debug, Serialize)]
pub struct Choice {
    /// Its number, the same on every page of the list.
    pub valore: usize,
    /// Text.
    pub label: String,
}

/// `elenco.html`: first- and second-level pages that are lists of cards.
#[derive(Debug, Default, Serialize)]
pub struct Elenco {
    /// Heading of the highlights.
    pub evidenza_titolo: Option<String>,
    /// Highlights, at most three.
    pub evidenza: Vec<Card>,
    /// Heading of the list; the block is left out when none.
    pub elenco_titolo: Option<String>,
    /// The list.
    pub elenco: Vec<Card>,
    /// The list, when it is of people.
    pub persone: Vec<PersonCard>,
    /// `data-element` of the list's links.
    pub element: Option<&'static str>,
    /// "12 uffici, in ordine alfabetico".
    pub conteggio: Option<String>,
    /// Text instead of an empty list.
    pub vuoto: Option<String>,
    /// What narrows the list.
    pub filtri: Vec<Filter>,
    /// Whether the list can be searched in place.
    pub ricerca: bool,
    /// Numbered pages.
    pub paginazione: Option<Pagination>,
    /// Heading of the categories.
    pub categorie_titolo: Option<String>,
    /// Second-level pages.
    pub categorie: Vec<Card>,
    /// `data-element` of their links.
    pub category_element: Option<&'static str>,
    /// Heading of the side list.
    pub lato_titolo: Option<String>,
    /// Side list.
    pub lato: Vec<Link>,
    /// Calls not over, below the side list.
    pub bandi: Vec<Link>,
    /// Picture under the title.
    pub immagine: Option<Picture>,
}

/// `servizi.html`
#[derive(Debug, Serialize)]
pub struct Servizi {
    /// Every service of the Comune (C.SI.1.3): never paged.
    pub servizi: Vec<Card>,
    /// Facts by which the list can be narrowed.
    pub caratteristiche: Vec<&'static str>,
    /// What else narrows it.
    pub filtri: Vec<Filter>,
    /// "46 servizi, in ordine alfabetico".
    pub conteggio: String,
    /// Highlights, at the side.
    pub evidenza: Vec<Link>,
    /// Categories.
    pub categorie: Vec<Card>,
}

/// `vivere.html`
#[derive(Debug, Serialize)]
pub struct Vivere {
    /// Picture with caption.
    pub immagine: Option<Picture>,
    /// Events to come, at most six.
    pub eventi: Vec<Card>,
    /// `/vivere-il-comune/eventi/`.
    pub eventi_url: String,
    /// Places, at most six.
    pub luoghi: Vec<Card>,
    /// `/vivere-il-comune/luoghi/`.
    pub luoghi_url: String,
}

/// `argomenti.html`
#[derive(Debug, Serialize)]
pub struct Argomenti {
    /// Highlights, at most three.
    pub evidenza: Vec<Card>,
    /// Every topic.
    pub argomenti: Vec<Card>,
}

/// Contents of one kind on a topic's page.
#[derive(Debug, Serialize)]
pub struct TopicGroup {
    /// "Novità", "Amministrazione", "Servizi", "Documenti".
    pub titolo: &'static str,
    /// At most three.
    pub voci: Vec<Card>,
    /// "Tutte le novità"…
    pub tutti: Link,
}

/// `argomento.html`
#[derive(Debug, Serialize)]
pub struct Argomento {
    /// Picture.
    pub immagine: Option<Picture>,
    /// Text.
    pub testo_html: Option<String>,
    /// Offices in charge.
    pub gestito_da: Vec<Office>,
    /// Departments of the Giunta.
    pub assessorati: Vec<Office>,
    /// Highlights.
    pub evidenza: Vec<Card>,
    /// Thematic sites.
    pub siti: Vec<ThematicSite>,
    /// Contents by kind.
    pub gruppi: Vec<TopicGroup>,
}
