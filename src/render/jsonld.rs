//! Structured data, serialised from typed structs and made safe to stand inside a `script` element (online services 7).
//!
//! One file per family; here what they share: the safe serialisation, addresses, hours, the path of a page.

mod body;
mod contents;
mod event;
mod persona;
mod service;
mod unita;

use jiff::civil::Date;
use serde::Serialize;

use super::urls::Urls;
use super::view::{ContactPoint, Link};
use crate::content::luogo::Luogo;
use crate::content::orari::{Orari, tabelle};
use crate::content::prose::Prose;
use crate::diagnostic::Spanned;
use crate::site::Site;

pub use body::{organization, website};
pub use contents::{faq, news, place};
pub use event::event;
pub use persona::person;
pub use service::service;
pub use unita::unit;

/// The vocabulary of every object.
const CONTEXT: &str = "https://schema.org";

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

/// The first address of a scheme among contacts, without the scheme: `mailto:`, `tel:`.
fn first_of(contacts: &[ContactPoint], scheme: &str) -> Option<String> {
    let mut lines = contacts.iter().flat_map(|c| &c.voci);
    lines.find_map(|l| l.url.as_deref()?.strip_prefix(scheme).map(str::to_owned))
}

/// An object known by its name alone.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PropertyValue<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "propertyID")]
    property_id: &'static str,
    value: &'a str,
}

impl<'a> PropertyValue<'a> {
    fn new(property_id: &'static str, value: &'a str) -> Self {
        PropertyValue { kind: "PropertyValue", property_id, value }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostalAddress<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    street_address: &'a str,
    postal_code: &'a str,
    address_locality: &'a str,
    address_region: &'a str,
    address_country: &'static str,
}

impl<'a> PostalAddress<'a> {
    fn of_place(site: &'a Site, place: &'a Luogo) -> Self {
        PostalAddress::new(site, &place.indirizzo.value.0, place.cap.as_str())
    }

    fn new(site: &'a Site, street_address: &'a str, postal_code: &'a str) -> Self {
        let written = &site.config.written;
        PostalAddress {
            kind: "PostalAddress",
            street_address,
            postal_code,
            address_locality: &written.contatti.localita.value.0,
            address_region: written.ente.provincia.value.as_str(),
            address_country: "IT",
        }
    }
}

/// Opening hours of some days of the week.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OpeningHours {
    #[serde(rename = "@type")]
    kind: &'static str,
    day_of_week: &'static str,
    opens: String,
    closes: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_through: Option<String>,
}

/// The timetables that hold on a day or later, interval by interval.
fn opening_hours(orari: &[Spanned<Orari<Prose>>], now: Date) -> Vec<OpeningHours> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let current = tabelle(orari).filter(|o| o.al.as_ref().is_none_or(|al| now <= al.value));
    let mut hours = Vec::new();
    for orario in current {
        for (day_of_week, intervals) in DAYS.into_iter().zip(orario.giorni.week()) {
            hours.extend(intervals.iter().map(|f| OpeningHours {
                kind: "OpeningHoursSpecification",
                day_of_week,
                opens: clock(f.dalle),
                closes: clock(f.alle),
                valid_from: orario.dal.as_ref().map(|d| d.value.to_string()),
                valid_through: orario.al.as_ref().map(|d| d.value.to_string()),
            }));
        }
    }
    hours
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
    in_html(&BreadcrumbList { context: CONTEXT, kind: "BreadcrumbList", item_list_element })
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
