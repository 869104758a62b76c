//! Structured data, serialised from typed structs and made safe to stand inside a `script` element.

use serde::Serialize;

use super::markdown;
use super::urls::Urls;
use super::view::Link;
use crate::content::luogo::Luogo;
use crate::content::servizio::{Canale, Servizio};
use crate::content::{Data, Kind};
use crate::site::{Item, Site};

/// Serialises for a `script` element: `<`, `>`, `&` and the line separators cannot appear in it (R-XSS-4).
pub fn in_html(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out
}

#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GovernmentService<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    description: &'a str,
    url: String,
    service_type: &'a str,
    service_operator: Named<'a>,
    area_served: Named<'a>,
    audience: Audience,
    available_channel: Channel<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
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
    address: Address<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Address<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    street_address: &'a str,
    postal_code: &'a str,
    address_locality: &'a str,
}

/// The official object of a service sheet (R.SI.1.1): ten checked entries, objects and not lists, at top level.
pub fn service(site: &Site, urls: &Urls, item: &Item, servizio: &Servizio) -> Option<String> {
    let office = site.target(&servizio.unita_responsabile.value)?;
    let Data::Unita(unit) = &office.entry.data else { return None };
    let seat = site.target(&unit.sede.value)?;
    let Data::Luogo(place) = &seat.entry.data else { return None };
    let written = &site.config.written;
    let page = urls.absolute(&item.url);
    let online = servizio.accesso.iter().filter(|a| a.canale.value == Canale::Online);
    let principal = online
        .clone()
        .find(|a| a.principale.as_ref().is_some_and(|p| p.value))
        .or_else(|| online.clone().next());
    let service_url =
        principal.and_then(|a| a.url.as_ref()).map_or_else(|| page.clone(), |u| u.value.0.to_string());
    let address = Address {
        kind: "PostalAddress",
        street_address: address_line(place),
        postal_code: place.cap.as_str(),
        address_locality: &written.contatti.localita.value.0,
    };
    let object = GovernmentService {
        context: "https://schema.org",
        kind: "GovernmentService",
        name: &item.titolo,
        description: &item.descrizione,
        url: page,
        service_type: &servizio.categoria.entry.nome,
        service_operator: Named { kind: "GovernmentOrganization", name: &written.ente.nome.value.0 },
        area_served: Named {
            kind: "AdministrativeArea",
            name: servizio.copertura_geografica.as_ref().map_or(&written.ente.nome.value.0, |c| &c.value.0),
        },
        audience: Audience {
            kind: "Audience",
            audience_type: markdown::plain(&servizio.a_chi_e_rivolto.text),
        },
        available_channel: Channel {
            kind: "ServiceChannel",
            name: "Dove rivolgersi",
            service_url,
            available_language: Language { kind: "Language", name: "Italian", alternate_name: "it" },
            service_location: Location { kind: "Place", name: &office.titolo, address },
        },
        identifier: servizio.identificativo.as_ref().map(|i| i.value.0.as_str()),
    };
    debug_assert_eq!(office.entry.kind, Kind::Unita);
    Some(in_html(&object))
}

fn address_line(place: &Luogo) -> &str {
    &place.indirizzo.value.0
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BreadcrumbList<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

/// The path of a page for search engines; `path` holds labels and addresses under the site's root.
pub fn breadcrumb(urls: &Urls, path: &[Link]) -> String {
    let item_list_element = path
        .iter()
        .enumerate()
        .map(|(n, link)| ListItem {
            kind: "ListItem",
            position: n + 1,
            name: &link.label,
            item: urls.absolute(&link.url),
        })
        .collect();
    in_html(&BreadcrumbList { context: "https://schema.org", kind: "BreadcrumbList", item_list_element })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_leave_its_element() {
        let json = in_html(&"</script><!--\u{2028}&");
        assert!(!json.contains('<') && !json.contains('&') && !json.contains('\u{2028}'));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), "</script><!--\u{2028}&");
    }
}
