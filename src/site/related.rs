//! Related content (content model 5.3): chosen by hand first, then by life events, shared topics, same category.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Item, ItemId, Site};
use crate::content::{Data, Entry, Kind};

/// How many related contents a page shows.
const MAX: usize = 8;

impl Site {
    /// Contents related to `item`, best first, never itself; only types that have a page of their own.
    pub fn related(&self, item: &Item) -> Vec<&Item> {
        let by_hand = item.entry.common.correlati.iter().filter_map(|r| self.find(r.kind, &r.slug));
        let news = match &item.entry.data {
            Data::Notizia(n) => n.notizie_correlate.as_slice(),
            _ => &[],
        };
        let news = news.iter().filter_map(|n| self.target(&n.value));
        let naming = self.inverse(item.id, "notizie_correlate").filter(|i| !i.scaduto);
        let mut seen: HashSet<ItemId> = HashSet::from([item.id]);
        let mut related: Vec<&Item> =
            by_hand.chain(news).chain(naming).filter(|i| seen.insert(i.id)).collect();
        let mut scores: HashMap<ItemId, usize> = HashMap::new();
        for (affinity, weight) in &item.affinita {
            for other in
                self.affinities.of.get(affinity).into_iter().flatten().filter(|id| !seen.contains(id))
            {
                *scores.entry(*other).or_default() += weight;
            }
        }
        let rank = |(id, score): &(ItemId, usize)| (Reverse(*score), &self.get(*id).chiave, *id);
        let mut scored: Vec<(ItemId, usize)> = scores.into_iter().collect();
        if scored.len() > MAX {
            scored.select_nth_unstable_by(MAX, |a, b| rank(a).cmp(&rank(b)));
            scored.truncate(MAX);
        }
        scored.sort_by(|a, b| rank(a).cmp(&rank(b)));
        related.extend(scored.into_iter().map(|(id, _)| self.get(id)));
        related.truncate(MAX);
        related
    }
}

/// Something that contents have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Affinity {
    Topic(&'static str),
    LifeEvent(&'static str),
    BusinessEvent(&'static str),
    Category(&'static str),
}

/// What a content may have in common with others, each once, and how much that counts.
pub(super) fn affinities(entry: &Entry) -> Vec<(Affinity, usize)> {
    let topics = entry.common.argomenti.iter().map(|t| (Affinity::Topic(&t.entry.slug), 4));
    let mut found: Vec<(Affinity, usize)> = topics.collect();
    let (of_life, of_business): (&[_], &[_]) = match &entry.data {
        Data::Servizio(s) => {
            found.push((Affinity::Category(&s.categoria.entry.slug), 1));
            (s.eventi_vita_persone.as_slice(), s.eventi_vita_impresa.as_slice())
        }
        Data::Documento(d) => (d.eventi_vita_persone.as_slice(), d.eventi_vita_impresa.as_slice()),
        _ => (&[], &[]),
    };
    found.extend(of_life.iter().map(|e| (Affinity::LifeEvent(&e.entry.slug), 8)));
    found.extend(of_business.iter().map(|e| (Affinity::BusinessEvent(&e.entry.slug), 8)));
    found.sort_unstable();
    found.dedup();
    found
}

/// The contents that have something in common with others, by what it is.
#[derive(Debug, Default)]
pub(super) struct Affinities {
    of: FxHashMap<Affinity, Vec<ItemId>>,
}

impl Affinities {
    /// Of all contents of a site.
    pub fn of(items: &[Arc<Item>]) -> Self {
        let mut of: FxHashMap<Affinity, Vec<ItemId>> = FxHashMap::default();
        for item in items.iter().filter(|i| !i.scaduto && has_page(i.entry.kind)) {
            for (affinity, _) in &item.affinita {
                of.entry(*affinity).or_default().push(item.id);
            }
        }
        Affinities { of }
    }
}

/// Types whose contents have an address of their own and belong among related contents.
fn has_page(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Servizio
            | Kind::Notizia
            | Kind::Documento
            | Kind::Bando
            | Kind::Dataset
            | Kind::Luogo
            | Kind::Unita
            | Kind::Persona
            | Kind::Evento
    )
}
