//! Events.

use serde::Serialize;

use super::contents::{Geo, image};
use super::{CONTEXT, Named, PostalAddress, in_html};
use crate::content::dataora::{DataOra, rome};
use crate::content::evento::{Evento, Stato};
use crate::content::ricorrenza::Occorrenza;
use crate::render::cards::Cards;
use crate::site::Item;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    description: &'a str,
    url: String,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    event_status: &'static str,
    event_attendance_mode: &'static str,
    location: Vec<Location<'a>>,
    organizer: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_accessible_for_free: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    offers: Vec<Offer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    super_event: Option<Linked<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Location<'a> {
    Place(Place<'a>),
    Virtual(Virtual<'a>),
}

#[derive(Serialize)]
struct Place<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    address: PostalAddress<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<Geo>,
}

#[derive(Serialize)]
struct Virtual<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    price: String,
    price_currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Linked<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

/// A moment with the offset of Rome on that day, or a day.
fn moment(m: DataOra) -> String {
    match m.ora {
        None => m.giorno.to_string(),
        Some(_) => m
            .clock()
            .to_zoned(rome())
            .map_or(m.giorno.to_string(), |z| z.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
    }
}

/// An event on one of its dates. Who organises it, if nobody is named, is the Comune.
pub fn event(cards: Cards<'_>, item: &Item, evento: &Evento, when: Occorrenza) -> String {
    let site = cards.site;
    let place = site.sede(evento).map(|sede| {
        Location::Place(Place {
            kind: "Place",
            name: sede.nome,
            address: PostalAddress::new(site, sede.indirizzo, sede.cap),
            geo: sede.coordinate.map(|(lat, lon)| Geo::new(lat, lon)),
        })
    });
    let online = evento
        .online
        .as_ref()
        .map(|u| Location::Virtual(Virtual { kind: "VirtualLocation", url: u.value.0.as_str() }));
    let named = |name| Named { kind: "GovernmentOrganization", name };
    let mut organizer: Vec<Named<'_>> =
        cards.targets(&evento.organizzatori).map(|o| named(o.titolo.as_str())).collect();
    if organizer.is_empty() {
        organizer.push(named(&site.config.written.ente.nome.value.0));
    }
    let parent = evento.evento_genitore.as_ref().and_then(|g| site.target(&g.value));
    in_html(&Event {
        context: CONTEXT,
        kind: "Event",
        name: &item.titolo,
        description: &item.descrizione,
        url: cards.urls.absolute(&item.url),
        start_date: moment(when.inizio),
        end_date: when.fine.map(moment),
        event_status: match evento.stato() {
            Stato::Confermato => "https://schema.org/EventScheduled",
            Stato::Annullato => "https://schema.org/EventCancelled",
            Stato::Rinviato => "https://schema.org/EventPostponed",
        },
        event_attendance_mode: match (&place, &online) {
            (Some(_), Some(_)) => "https://schema.org/MixedEventAttendanceMode",
            (None, Some(_)) => "https://schema.org/OnlineEventAttendanceMode",
            _ => "https://schema.org/OfflineEventAttendanceMode",
        },
        location: place.into_iter().chain(online).collect(),
        organizer,
        is_accessible_for_free: (evento.gratuito() || !evento.costi.is_empty()).then(|| evento.gratuito()),
        offers: evento
            .costi
            .iter()
            .map(|c| Offer {
                kind: "Offer",
                name: &c.titolo.value.0,
                price: c.prezzo.as_ref().map_or("0".to_owned(), |p| p.value.decimal()),
                price_currency: "EUR",
                url: c.url.as_ref().map(|u| u.value.0.as_str()),
            })
            .collect(),
        image: image(cards, item.entry.common.immagine.as_ref()),
        super_event: parent.map(|p| Linked {
            kind: "Event",
            name: &p.titolo,
            url: cards.urls.absolute(&p.url),
        }),
    })
}
