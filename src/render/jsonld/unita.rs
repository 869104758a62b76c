//! Offices and bodies.

use serde::Serialize;

use super::{CONTEXT, Named, OpeningHours, PostalAddress, first_of, in_html, opening_hours};
use crate::content::Data;
use crate::content::unita::Unita;
use crate::render::cards::Cards;
use crate::site::Item;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Organization<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    description: &'a str,
    url: String,
    parent_organization: Named<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<PostalAddress<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opening_hours_specification: Vec<OpeningHours>,
}

/// A unit inside that which contains it, else inside the Comune. One with hours for the public is a `GovernmentOffice`: the vocabulary
/// gives hours to places alone.
pub fn unit(cards: Cards<'_>, item: &Item, unit: &Unita) -> String {
    let site = cards.site;
    let hours = opening_hours(&unit.orari, site.now);
    let contacts = cards.contacts(&unit.punti_contatto);
    let parent = unit.unita_genitore.first().and_then(|p| site.target(&p.value));
    let parent = parent.map_or(&site.config.written.ente.nome.value.0, |p| &p.titolo);
    in_html(&Organization {
        context: CONTEXT,
        kind: if hours.is_empty() { "GovernmentOrganization" } else { "GovernmentOffice" },
        name: &item.titolo,
        description: &item.descrizione,
        url: cards.urls.absolute(&item.url),
        parent_organization: Named { kind: "GovernmentOrganization", name: parent },
        address: site.target(&unit.sede.value).and_then(|seat| match &seat.entry.data {
            Data::Luogo(place) => Some(PostalAddress::of_place(site, place)),
            _ => None,
        }),
        telephone: first_of(&contacts, "tel:"),
        email: first_of(&contacts, "mailto:"),
        opening_hours_specification: hours,
    })
}
