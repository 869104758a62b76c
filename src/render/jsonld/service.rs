//! The official object of a service sheet.

use serde::Serialize;

use super::{CONTEXT, Named, OpeningHours, PostalAddress, PropertyValue, in_html, opening_hours};
use crate::content::servizio::{Canale, Costo, Servizio};
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::render::cards::Cards;
use crate::render::markdown;
use crate::site::Item;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GovernmentService<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    url: &'a str,
    name: &'a str,
    description: &'a str,
    in_language: &'static str,
    service_type: &'a str,
    service_operator: Operator<'a>,
    area_served: Named<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<CategoryCode<'a>>,
    audience: Audience,
    available_channel: Channel<'a>,
    terms_of_service: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<PropertyValue<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hours_available: Vec<OpeningHours>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service_output: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    offers: Vec<Offer<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    is_related_to: Vec<Related<'a>>,
}

/// The body that delivers the service, with its code in the national index.
#[derive(Serialize)]
struct Operator<'a> {
    #[serde(flatten)]
    named: Named<'a>,
    identifier: PropertyValue<'a>,
}

/// A code of a classification.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CategoryCode<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    code_value: &'a str,
    in_code_set: Named<'static>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Audience {
    #[serde(rename = "@type")]
    kind: &'static str,
    audience_type: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Channel<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'static str,
    service_url: String,
    available_language: Language,
    service_location: Location<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Language {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'static str,
    alternate_name: &'static str,
}

#[derive(Serialize)]
struct Location<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    address: PostalAddress<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    price: String,
    price_currency: &'static str,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

/// The official object of a service sheet (R.SI.1.1): ten checked entries, objects and not lists, at top level. Where no channel is
/// online the address is that of the page itself, as the official checker expects.
pub fn service(cards: Cards<'_>, item: &Item, servizio: &Servizio) -> Option<String> {
    let (site, urls) = (cards.site, cards.urls);
    let office = site.target(&servizio.unita_responsabile.value)?;
    let Data::Unita(unit) = &office.entry.data else { return None };
    let Data::Luogo(place) = &site.target(&unit.sede.value)?.entry.data else { return None };
    let ente = &site.config.written.ente.nome.value.0;
    let own_ipa = site.config.written.ente.codice_ipa.as_str();
    let page = urls.absolute(&item.url);
    let channels = servizio.accesso.iter().zip(&item.accessi.canali);
    let mut online: Vec<_> = channels
        .filter(|(a, _)| a.canale.value == Canale::Online)
        .filter_map(|(a, to)| Some((a, to.as_ref()?)))
        .collect();
    online.sort_by_key(|(a, _)| !a.principale.as_ref().is_some_and(|p| p.value));
    let principal = online.first().map(|(_, to)| *to);
    let object = GovernmentService {
        context: CONTEXT,
        kind: "GovernmentService",
        id: &page,
        url: &page,
        name: &item.titolo,
        description: &item.descrizione,
        in_language: "it",
        service_type: &servizio.categoria.entry.nome,
        service_operator: Operator {
            named: Named { kind: "GovernmentOrganization", name: ente },
            identifier: PropertyValue::new(
                "codice IPA",
                servizio.codice_ipa.as_ref().map_or(own_ipa, |c| c.as_str()),
            ),
        },
        area_served: Named {
            kind: "AdministrativeArea",
            name: servizio.copertura_geografica.as_ref().map_or(ente, |c| &c.value.0),
        },
        category: servizio.settore_merceologico.as_ref().map(|sector| CategoryCode {
            kind: "CategoryCode",
            code_value: sector.as_str(),
            in_code_set: Named { kind: "CategoryCodeSet", name: "NACE" },
        }),
        audience: Audience {
            kind: "Audience",
            audience_type: markdown::plain(&servizio.a_chi_e_rivolto.text),
        },
        available_channel: Channel {
            kind: "ServiceChannel",
            name: "Dove rivolgersi",
            service_url: principal.map_or_else(|| page.clone(), |to| to.url.to_string()),
            available_language: Language { kind: "Language", name: "Italian", alternate_name: "it" },
            service_location: Location {
                kind: "Place",
                name: &office.titolo,
                address: PostalAddress::of_place(site, place),
            },
        },
        terms_of_service: format!("{page}#condizioni-di-servizio"),
        provider: principal
            .and_then(|to| to.gestore.as_deref())
            .map(|name| Named { kind: "Organization", name }),
        identifier: servizio
            .identificativo
            .as_ref()
            .map(|i| PropertyValue::new("codice del servizio", &i.value.0)),
        hours_available: opening_hours(&unit.orari, site.now),
        service_output: servizio
            .tipo_esito
            .iter()
            .map(|t| Named { kind: "Thing", name: &t.entry.nome })
            .collect(),
        offers: servizio.pagamento.iter().flat_map(|p| &p.costi).filter_map(offer).collect(),
        is_related_to: cards
            .targets(&servizio.servizi_collegati)
            .filter(|i| i.entry.kind == Kind::Servizio)
            .map(|i| Related { kind: "GovernmentService", name: &i.titolo, url: urls.absolute(&i.url) })
            .collect(),
    };
    Some(in_html(&object))
}

fn offer(costo: &Spanned<Costo>) -> Option<Offer<'_>> {
    let amount = &costo.importo.as_ref()?.value;
    Some(Offer {
        kind: "Offer",
        name: &costo.descrizione.value.0,
        price: amount.decimal(),
        price_currency: "EUR",
    })
}
