//! The body that publishes the site, and the site itself: on the home page.

use serde::Serialize;

use super::{CONTEXT, Named, PostalAddress, PropertyValue, in_html};
use crate::config::TipoEnte;
use crate::render::urls::Urls;
use crate::site::Site;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GovernmentOrganization<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    address: PostalAddress<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    contact_point: ContactPoint<'a>,
    #[serde(rename = "taxID")]
    tax_id: &'a str,
    #[serde(rename = "vatID", skip_serializing_if = "Option::is_none")]
    vat_id: Option<&'a str>,
    identifier: Vec<PropertyValue<'a>>,
    area_served: Named<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContactPoint<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    contact_type: &'static str,
    email: &'a str,
}

fn id_of(urls: &Urls) -> String {
    format!("{}#ente", urls.absolute("/"))
}

/// Who publishes the site, with its national codes.
pub fn organization(site: &Site, urls: &Urls) -> String {
    let written = &site.config.written;
    let (ente, contatti) = (&written.ente, &written.contatti);
    let stemma = written.aspetto.as_ref().and_then(|a| a.stemma.as_ref());
    let mut identifier = vec![PropertyValue::new("codice IPA", ente.codice_ipa.as_str())];
    if ente.tipo() == TipoEnte::Comune {
        identifier.push(PropertyValue::new("codice ISTAT", ente.codice_istat.as_str()));
        identifier.push(PropertyValue::new("codice catastale", ente.codice_catastale.as_str()));
    }
    identifier.extend(ente.cuf.as_ref().map(|c| PropertyValue::new("codice univoco ufficio", c.as_str())));
    in_html(&GovernmentOrganization {
        context: CONTEXT,
        kind: "GovernmentOrganization",
        id: id_of(urls),
        name: &ente.nome.value.0,
        url: urls.absolute("/"),
        logo: stemma.map(|s| urls.absolute(&format!("/{}", s.value.0))),
        address: PostalAddress::new(site, &contatti.indirizzo.value.0, ente.cap.as_str()),
        telephone: contatti.centralino.as_ref().map(|p| p.value.uri().trim_start_matches("tel:").to_owned()),
        email: contatti.email.as_ref().map(|e| e.as_str()),
        contact_point: ContactPoint {
            kind: "ContactPoint",
            contact_type: "posta elettronica certificata (PEC)",
            email: ente.pec.as_str(),
        },
        tax_id: ente.codice_fiscale.as_str(),
        vat_id: ente.partita_iva.as_ref().map(|p| p.as_str()),
        identifier,
        area_served: Named { kind: "AdministrativeArea", name: &ente.nome.value.0 },
        same_as: written.social.iter().map(|s| s.url.value.0.to_string()).collect(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebSite<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    name: &'a str,
    in_language: &'static str,
    publisher: Reference,
    potential_action: SearchAction,
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
struct SearchAction {
    #[serde(rename = "@type")]
    kind: &'static str,
    target: EntryPoint,
    #[serde(rename = "query-input")]
    query_input: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryPoint {
    #[serde(rename = "@type")]
    kind: &'static str,
    url_template: String,
}

/// The site, with the address of its search page, which reads `q`.
pub fn website(site: &Site, urls: &Urls) -> String {
    in_html(&WebSite {
        context: CONTEXT,
        kind: "WebSite",
        url: urls.absolute("/"),
        name: &site.config.written.ente.nome.value.0,
        in_language: "it",
        publisher: Reference { id: id_of(urls) },
        potential_action: SearchAction {
            kind: "SearchAction",
            target: EntryPoint {
                kind: "EntryPoint",
                url_template: urls.absolute("/ricerca/?q={search_term_string}"),
            },
            query_input: "required name=search_term_string",
        },
    })
}
