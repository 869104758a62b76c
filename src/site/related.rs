//! Related content (content model 5.3): chosen by hand first, then by life events, shared topics, same category.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{Item, ItemId, Site};
use crate::content::{Data, Kind};

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
        let mut scored: Vec<(usize, &Item)> = self
            .items
            .iter()
            .filter(|i| !i.scaduto && !seen.contains(&i.id) && has_page(i.entry.kind))
            .map(|i| (score(item, i), i))
            .filter(|(score, _)| *score > 0)
            .collect();
        scored.sort_by_cached_key(|(score, i)| (Reverse(*score), super::collation_key(&i.titolo), i.id));
        related.extend(scored.into_iter().map(|(_, i)| i));
        related.truncate(MAX);
        related
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

fn score(a: &Item, b: &Item) -> usize {
    let topics: HashSet<&str> = a.argomenti().map(|t| t.slug.as_str()).collect();
    let shared = b.argomenti().filter(|t| topics.contains(t.slug.as_str())).count();
    let (events, category) = match (&a.entry.data, &b.entry.data) {
        (Data::Servizio(a), Data::Servizio(b)) => {
            let people = a
                .eventi_vita_persone
                .iter()
                .filter(|x| b.eventi_vita_persone.iter().any(|y| x.entry.slug == y.entry.slug))
                .count();
            let firms = a
                .eventi_vita_impresa
                .iter()
                .filter(|x| b.eventi_vita_impresa.iter().any(|y| x.entry.slug == y.entry.slug))
                .count();
            (people + firms, usize::from(a.categoria.entry.slug == b.categoria.entry.slug))
        }
        _ => (0, 0),
    };
    events * 8 + shared * 4 + category
}
