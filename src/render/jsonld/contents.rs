//! Places, news, questions.

use serde::Serialize;

use super::{CONTEXT, Named, OpeningHours, PostalAddress, first_of, in_html, opening_hours};
use crate::content::common::Immagine;
use crate::content::luogo::Luogo;
use crate::diagnostic::Spanned;
use crate::render::cards::Cards;
use crate::render::markdown;
use crate::site::Item;

/// The kind of place of the vocabulary that is the town hall.
const TOWN_HALL: &str = "sede-municipale";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
    address: PostalAddress<'a>,
    geo: Geo,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opening_hours_specification: Vec<OpeningHours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contains_place: Vec<Part<'a>>,
}

/// A place inside another, known by its own page.
#[derive(Serialize)]
struct Part<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
pub(super) struct Geo {
    #[serde(rename = "@type")]
    kind: &'static str,
    latitude: f64,
    longitude: f64,
}

impl Geo {
    pub(super) fn new(latitude: f64, longitude: f64) -> Self {
        Geo { kind: "GeoCoordinates", latitude, longitude }
    }
}

pub(super) fn image(cards: Cards<'_>, immagine: Option<&Spanned<Immagine>>) -> Option<String> {
    let path = cards.site.media.picture_path(&immagine?.file.value.0)?;
    Some(cards.urls.absolute(&format!("/{path}")))
}

/// A place; the town hall is a `CityHall`.
pub fn place<'a>(cards: Cards<'a>, item: &Item, luogo: &'a Luogo) -> String {
    let contacts = cards.contacts(&luogo.punti_contatto);
    let part = |i: &'a Item| Part { kind: "Place", name: &i.titolo, url: cards.urls.absolute(&i.url) };
    let town_hall = luogo.tipo.iter().any(|t| t.entry.slug == TOWN_HALL);
    in_html(&Place {
        context: CONTEXT,
        kind: if town_hall { "CityHall" } else { "Place" },
        name: &item.titolo,
        url: cards.urls.absolute(&item.url),
        address: PostalAddress::of_place(cards.site, luogo),
        geo: Geo::new(luogo.lat.value, luogo.lon.value),
        telephone: first_of(&contacts, "tel:"),
        image: image(cards, item.entry.common.immagine.as_ref()),
        opening_hours_specification: opening_hours(&luogo.orari, cards.site.now),
        contains_place: cards.targets(luogo.elementi()).map(part).collect(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    url: String,
    date_published: String,
    date_modified: String,
    publisher: Named<'a>,
    author: Named<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    in_language: &'static str,
}

/// A piece of news; `None` without a date of publication. The author is the office that looks after it, else the Comune.
pub fn news(cards: Cards<'_>, item: &Item, author: Option<&Item>) -> Option<String> {
    let common = &item.entry.common;
    let published = common.data_pubblicazione.as_ref()?.value;
    let modified = common.data_aggiornamento.as_ref().map_or(published, |d| d.value);
    let ente = Named { kind: "GovernmentOrganization", name: &cards.site.config.written.ente.nome.value.0 };
    let author = author.map_or(ente.name, |a| &a.titolo);
    Some(in_html(&NewsArticle {
        context: CONTEXT,
        kind: "NewsArticle",
        headline: &item.titolo,
        url: cards.urls.absolute(&item.url),
        date_published: published.to_string(),
        date_modified: modified.to_string(),
        publisher: ente,
        author: Named { kind: "GovernmentOrganization", name: author },
        image: image(cards, common.immagine.as_ref()),
        in_language: "it",
    }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FaqPage<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    main_entity: Vec<Question<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    accepted_answer: Answer,
}

#[derive(Serialize)]
struct Answer {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: String,
}

/// Questions with their answers in Markdown.
pub fn faq<'a>(questions: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let question = |(name, answer): (&'a str, &str)| Question {
        kind: "Question",
        name,
        accepted_answer: Answer { kind: "Answer", text: markdown::plain(answer) },
    };
    in_html(&FaqPage { context: CONTEXT, kind: "FAQPage", main_entity: questions.map(question).collect() })
}
