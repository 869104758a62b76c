//! What `home.html` sees.

use serde::Serialize;

use super::eventi::Day;
use super::{Card, Link, ThematicSite};

/// `home.html`
#[derive(Debug, Serialize)]
pub struct Home {
    /// The big content at the top.
    pub evidenza: Option<Card>,
    /// Cards of the administration, at most three.
    pub amministrazione: Vec<Card>,
    /// Latest news, at most three.
    pub notizie: Vec<Card>,
    /// Days of the strip of events, with four events at most.
    pub eventi: Vec<Day>,
    /// "novembre - dicembre".
    pub eventi_mese: String,
    /// The list of events.
    pub eventi_url: String,
    /// Thematic sites.
    pub siti: Vec<ThematicSite>,
    /// Galleries, at most three.
    pub gallerie: Vec<Card>,
    /// The list of galleries, if there is one.
    pub gallerie_url: Option<String>,
    /// Highlighted topics, at most three.
    pub argomenti: Vec<TopicCard>,
    /// Other topics.
    pub altri_argomenti: Vec<Link>,
    /// Places, at most three.
    pub luoghi: Vec<Card>,
    /// Useful links.
    pub link_utili: Vec<Link>,
}

/// A topic with some of its contents.
#[derive(Debug, Serialize)]
pub struct TopicCard {
    /// Name.
    pub titolo: String,
    /// Its page.
    pub url: String,
    /// Text.
    pub descrizione: Option<String>,
    /// Symbol.
    pub icona: Option<&'static str>,
    /// Its thematic sites ("Visita il sito:").
    pub siti: Vec<ThematicSite>,
    /// Contents, at most four.
    pub voci: Vec<Link>,
}
