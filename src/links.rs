//! Whether the addresses to which a site leads answer: access and payment first, other links of contents and configuration apart.
//!
//! Never part of a build. An answer of 2xx or 3xx is alive and no redirect is followed: what lies behind a service's first
//! page is often an identity provider, where a program has no business (online services 10). `robots.txt` is not read: no
//! page is ever crawled, one request asks whether one address that citizens are shown is there.

mod cache;
mod schedule;
mod target;
mod verdict;
mod web;

use std::collections::HashSet;

use jiff::Timestamp;
use url::Url;

pub use cache::Cache;
pub use schedule::Options;
pub use target::{Place, Target, Use, targets};
pub use verdict::{Cause, Judgement, Verdict};
pub use web::{Answer, Fault, Fetch, Method, Web};

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

/// One address and what became of it.
#[derive(Debug)]
pub struct Link {
    /// The address and who uses it.
    pub target: Target,
    /// What was found.
    pub judgement: Judgement,
    /// Whether it was found on an earlier run.
    pub cached: bool,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Report {
    /// Every address, in the order of the targets.
    pub links: Vec<Link>,
    /// Nothing that was asked answered, nor did other hosts asked to tell whose fault it is: this side has no network.
    pub network_down: bool,
}

/// Judges every target: from `cache` if it is fresh there at `now`, else by asking through `fetch`. What was learnt goes into
/// the cache. `progress` is told how many addresses are judged, each time one is.
pub fn check(
    targets: Vec<Target>,
    fetch: &dyn Fetch,
    options: &Options,
    (cache, now): (&mut Cache, Timestamp),
    progress: &(dyn Fn(usize) + Sync),
) -> Report {
    let known: Vec<Option<Judgement>> = targets.iter().map(|t| cache.recall(&t.url, now)).collect();
    let (recalled, asked): (Vec<_>, Vec<_>) = targets.iter().zip(&known).partition(|(_, k)| k.is_some());
    let [recalled, asked] = [recalled, asked].map(|p| p.into_iter().map(|(t, _)| t).collect::<Vec<_>>());
    let found = schedule::ask_all(&asked, fetch, options, &|done| progress(recalled.len() + done));
    let silent = !found.is_empty() && found.iter().all(|j| j.is_silence());
    let network_down = silent && !any_answers(witnesses(&asked, &recalled), fetch);
    for (target, judgement) in asked.iter().zip(&found) {
        cache.learn(&target.url, *judgement, now);
    }
    let found = found.into_iter();
    let mut found =
        found.map(|j| if network_down { Judgement { verdict: Verdict::Postponed, ..j } } else { j });
    let links = targets.into_iter().zip(known).filter_map(|(target, known)| {
        let cached = known.is_some();
        let judgement = known.or_else(|| found.next())?;
        Some(Link { target, judgement, cached })
    });
    Report { links: links.collect(), network_down }
}

/// Addresses that can tell a dead host from a dead network: the site itself, and two that were alive a while ago.
fn witnesses(asked: &[&Target], recalled: &[&Target]) -> Vec<(Url, String)> {
    let hosts: HashSet<_> = asked.iter().map(|t| t.url.host_str()).collect();
    let own = asked.iter().take(1).filter_map(|t| Some((Url::parse(&t.on_behalf_of).ok()?, t)));
    let others = recalled.iter().map(|t| (t.url.clone(), t)).take(2);
    let all = own.chain(others).filter(|(url, _)| !hosts.contains(&url.host_str()));
    all.map(|(url, t)| (url, t.on_behalf_of.clone())).collect()
}

fn any_answers(witnesses: Vec<(Url, String)>, fetch: &dyn Fetch) -> bool {
    let answers = |(url, who): (Url, String)| match fetch.ask(Method::Head, &url, &who) {
        Ok(_) => true,
        Err(fault) => !fault.is_silence(),
    };
    witnesses.into_iter().any(answers)
}

impl Report {
    /// A finding per broken address, at the first place that uses it; one alone when the network as a whole does not answer.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        if self.network_down {
            return vec![network(self.links.iter().filter(|l| !l.cached))];
        }
        self.links.iter().filter(|l| l.judgement.verdict.is_broken()).map(Link::finding).collect()
    }
}

impl Link {
    fn finding(&self) -> Diagnostic {
        let Text { it, en } = self.judgement.reason();
        let url = &self.target.url;
        let (also_it, also_en) = match self.target.places.len().saturating_sub(1) {
            0 => (String::new(), String::new()),
            1 => (" (usato anche in un altro punto)".to_owned(), " (used in another place too)".to_owned()),
            n => (format!(" (usato anche in altri {n} punti)"), format!(" (used in {n} other places too)")),
        };
        let message = Text { it: format!("{url}: {it}{also_it}"), en: format!("{url}: {en}{also_en}") };
        let (code, hint) = match (&self.target.provider, self.target.usage) {
            (_, Use::External) => (
                Code::LinkOutsideDead,
                text!(
                    "aprilo nel browser: se non funziona correggilo o toglilo",
                    "open it in a browser: if it does not work correct or remove it"
                ),
            ),
            (Some(id), _) => (
                Code::AccessDead,
                text!(
                    "aprilo nel browser; se non funziona correggi `variabili` o il fornitore `{id}`, o avvisa chi lo gestisce",
                    "open it in a browser; if it does not work correct `variabili` or provider `{id}`, or tell whoever runs it"
                ),
            ),
            (None, _) => (
                Code::AccessDead,
                text!(
                    "aprilo nel browser; se non funziona scrivi l'indirizzo giusto",
                    "open it in a browser; if it does not work write the right address"
                ),
            ),
        };
        let finding = Diagnostic::new(code, message).hint(hint);
        match self.target.places.first() {
            Some(place) => finding.at(place.span),
            None => finding,
        }
    }
}

fn network<'a>(asked: impl Iterator<Item = &'a Link>) -> Diagnostic {
    let mut hosts: Vec<&str> = asked.filter_map(|l| l.target.url.host_str()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let (count, first) = (hosts.len(), hosts.first().copied().unwrap_or_default());
    Diagnostic::new(
        Code::NetworkDown,
        text!(
            "non risponde nessuno dei siti interrogati ({count}, per esempio {first})",
            "none of the sites asked answers ({count}, for example {first})"
        ),
    )
    .hint(text!(
        "controlla il collegamento alla rete (o la variabile HTTPS_PROXY) e riprova",
        "check the network connection (or the variable HTTPS_PROXY) and try again"
    ))
}
