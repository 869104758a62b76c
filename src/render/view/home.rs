//! What `home.html` sees.

use serde::Serialize;

use super::{Card, Link};

/// `home.html`
#[derive(Debug, Serialize)]
pub struct Home {
    /// The big content at the top.
    pub evidenza: Option<Card>,
    /// Cards of the administration, at most three.
    pub amministrazione: Vec<Card>,
    /// Latest news, at most three.
    pub notizie: Vec<Card>,
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
    /// Contents, at most four.
    pub voci: Vec<Link>,
}
