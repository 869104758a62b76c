//! What is to be checked: every https address that the sites show, once, with the places that use it.

use std::collections::{BTreeMap, HashSet};

use url::Url;

use crate::access::Destinazione;
use crate::content::field::{Contained, Named, Reference};
use crate::content::servizio::{Servizio, Stato};
use crate::content::types::Line;
use crate::diagnostic::{Span, Spanned};
use crate::site::Site;

/// What an address is for, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// A channel of a service sheet.
    Access,
    /// A way to pay.
    Payment,
    /// A function of the site: personal area, booking, assistance, report.
    Function,
    /// Any other link of contents and configuration.
    External,
}

impl Use {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Use::Access => "access",
            Use::Payment => "payment",
            Use::Function => "function",
            Use::External => "external",
        }
    }
}

/// Where an address is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The Comune, by its short name: a sheet of the catalogue is written once and used by many.
    pub comune: String,
    /// The line that makes the address.
    pub span: Span,
}

/// An address to be checked.
#[derive(Debug, Clone)]
pub struct Target {
    /// The address: https, without fragment.
    pub url: Url,
    /// The gravest of its uses.
    pub usage: Use,
    /// The provider that makes it, if any.
    pub provider: Option<String>,
    /// Everywhere it is used, the gravest use first.
    pub places: Vec<Place>,
    /// The site on whose behalf it is asked, `https://www.comune.esempio.tn.it/`.
    pub on_behalf_of: String,
}

/// The addresses of all sites, each once, by use and address. What citizens are not shown is left out: channels and payments of
/// a service that is not active, contents not published.
pub fn targets<'a>(sites: impl IntoIterator<Item = &'a Site>) -> Vec<Target> {
    let mut found: BTreeMap<Url, Target> = BTreeMap::new();
    for site in sites {
        let on_behalf_of = format!("https://{}/", site.config.written.dominio.value.0);
        for Found { mut url, usage, provider, span } in uses(site) {
            url.set_fragment(None);
            let place = Place { comune: site.config.nome_breve.clone(), span };
            let target = found.entry(url.clone()).or_insert_with(|| Target {
                url,
                usage,
                provider: None,
                places: Vec::new(),
                on_behalf_of: on_behalf_of.clone(),
            });
            target.provider = target.provider.take().or_else(|| provider.map(str::to_owned));
            if usage < target.usage {
                target.usage = usage;
                target.places.insert(0, place);
            } else if !target.places.contains(&place) {
                target.places.push(place);
            }
        }
    }
    let mut targets: Vec<Target> = found.into_values().collect();
    targets.sort_by_key(|t| t.usage);
    targets
}

/// One use of an address.
struct Found<'a> {
    url: Url,
    usage: Use,
    provider: Option<&'a str>,
    span: Span,
}

impl<'a> Found<'a> {
    fn led_to(to: &'a Destinazione, usage: Use, span: Span) -> Self {
        Found { url: to.url.clone(), usage, provider: to.fornitore.as_deref(), span }
    }
}

fn uses(site: &Site) -> Vec<Found<'_>> {
    let mut uses = Vec::new();
    for (item, servizio) in site.servizi().filter(|(_, s)| s.stato() == Stato::Attivo) {
        for (a, to) in servizio.accesso.iter().zip(&item.accessi.canali) {
            let span = source(a.fornitore.as_ref(), a.url.as_ref(), a.span);
            uses.extend(to.iter().map(|to| Found::led_to(to, Use::Access, span)));
        }
        let ways = servizio.pagamento.iter().flat_map(|p| &p.modalita);
        for (m, to) in ways.zip(&item.accessi.modalita) {
            let span = source(m.fornitore.as_ref(), m.url.as_ref(), m.span);
            uses.extend(to.iter().map(|to| Found::led_to(to, Use::Payment, span)));
        }
    }
    uses.extend(functions(site));
    uses.extend(others(site));
    uses
}

/// The line that makes an address: the provider's, else the literal address, else the whole group.
fn source<T>(provider: Option<&Spanned<Line<60>>>, url: Option<&Spanned<T>>, group: Span) -> Span {
    provider.map(|p| p.span).or(url.map(|u| u.span)).unwrap_or(group)
}

fn functions(site: &Site) -> impl Iterator<Item = Found<'_>> {
    let resolved = &site.funzioni;
    let pairs = site.config.written.funzioni.iter().flat_map(|f| {
        [
            (&f.area_personale, &resolved.area_personale),
            (&f.prenotazione, &resolved.prenotazione),
            (&f.assistenza, &resolved.assistenza),
            (&f.disservizio, &resolved.disservizio),
        ]
    });
    pairs.filter_map(|(function, to)| {
        let f = function.as_ref()?;
        Some(Found::led_to(to.as_ref()?, Use::Function, source(f.fornitore.as_ref(), f.url.as_ref(), f.span)))
    })
}

/// The links that are neither access nor payment. An `endpoint` is left out, since it only takes what a form posts to it.
fn others(site: &Site) -> Vec<Found<'_>> {
    let mut references: Vec<Reference> = site.items().flat_map(|i| i.entry.references()).cloned().collect();
    site.config.written.references(&mut references);
    let buttons: HashSet<Span> = site.servizi().flat_map(|(_, s)| literals(s)).collect();
    let other = |r: Reference| match r.to {
        Named::External(url) if r.field != "endpoint" && !buttons.contains(&r.span) => {
            Some(Found { url, usage: Use::External, provider: None, span: r.span })
        }
        _ => None,
    };
    references.into_iter().filter_map(other).collect()
}

/// Where a sheet writes the addresses of its buttons: judged as access and payment, or not shown at all.
fn literals(servizio: &Servizio) -> impl Iterator<Item = Span> {
    let access = servizio.accesso.iter().filter_map(|a| a.url.as_ref());
    let ways = servizio.pagamento.iter().flat_map(|p| &p.modalita).filter_map(|m| m.url.as_ref());
    access.chain(ways).map(|u| u.span)
}
