//! People in their public roles.

use serde::Serialize;

use super::contents::image;
use super::{CONTEXT, Named, first_of, in_html};
use crate::content::persona::Persona;
use crate::render::cards::Cards;
use crate::site::Item;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    given_name: &'a str,
    family_name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    job_title: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    works_for: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// A person with the roles that are open; a role that is over is not hers any more.
pub fn person(cards: Cards<'_>, item: &Item, p: &Persona) -> String {
    let roles = cards.site.incarichi_aperti(item);
    let mut units: Vec<&str> = roles
        .iter()
        .filter_map(|r| cards.site.target(&r.unita_organizzativa.value))
        .map(|u| u.titolo.as_str())
        .collect();
    units.dedup();
    let contacts = cards.contacts(&p.punti_contatto);
    in_html(&Person {
        context: CONTEXT,
        kind: "Person",
        name: &item.titolo,
        given_name: &p.nome.value.0,
        family_name: &p.cognome.value.0,
        url: cards.urls.absolute(&item.url),
        job_title: roles.iter().map(|r| r.nome()).collect(),
        works_for: units.into_iter().map(|name| Named { kind: "GovernmentOrganization", name }).collect(),
        image: image(cards, p.foto.as_ref()),
        telephone: first_of(&contacts, "tel:"),
        email: first_of(&contacts, "mailto:"),
    })
}
