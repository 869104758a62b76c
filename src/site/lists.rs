//! Orders of lists: Italian collation, newest first, manual order.

use std::cmp::Reverse;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Item, Site};
use crate::content::{Data, Kind};

/// Key for Italian alphabetical order: accents, apostrophes and letter case do not count.
pub fn collation_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Sorts contents by title.
pub fn by_title(items: &mut [&Item]) {
    fn key(item: &Item) -> (u32, &str, &str) {
        (item.entry.common.ordine.as_ref().map_or(u32::MAX, |o| o.value), &item.chiave, &item.url)
    }
    items.sort_by(|a, b| key(a).cmp(&key(b)));
}

/// Sorts contents by date of publication, newest first.
pub fn by_date(items: &mut [&Item]) {
    fn key(item: &Item) -> (Reverse<Option<Date>>, &str) {
        (Reverse(item.entry.common.data_pubblicazione.as_ref().map(|d| d.value)), &item.chiave)
    }
    items.sort_by(|a, b| key(a).cmp(&key(b)));
}

/// The year of publication.
fn year(item: &Item) -> Option<i16> {
    item.entry.common.data_pubblicazione.as_ref().map(|d| d.value.year())
}

impl Site {
    /// Valid contents of a type, alphabetical.
    pub fn alphabetical(&self, kind: Kind) -> Vec<&Item> {
        self.alphabetical.get(&kind).into_iter().flatten().map(|id| self.get(*id)).collect()
    }

    /// Sorts the valid contents of each type, once for all lists.
    pub(super) fn sort(&mut self) {
        for kind in Kind::ALL {
            let mut items: Vec<&Item> = self.of_kind(kind).filter(|i| !i.scaduto).collect();
            by_title(&mut items);
            let sorted = items.into_iter().map(|i| i.id).collect();
            self.alphabetical.insert(kind, sorted);
        }
    }

    /// Valid contents of a type, newest first.
    pub fn newest(&self, kind: Kind) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.of_kind(kind).filter(|i| !i.scaduto).collect();
        by_date(&mut items);
        items
    }

    /// Units listed in a section of Amministrazione, alphabetical.
    pub fn unita_in(&self, sezione: &str) -> Vec<&Item> {
        let mut items = self.alphabetical(Kind::Unita);
        items.retain(
            |i| matches!(&i.entry.data, Data::Unita(u) if super::sezione_unita(u.tipo.entry) == sezione),
        );
        items
    }

    /// The nearest area that contains a unit, the unit itself aside.
    pub fn area_di(&self, unita: &Item) -> Option<&Item> {
        let mut seen = vec![unita.id];
        let mut above = self.genitori_di(unita);
        while let Some(unit) = above.pop() {
            if seen.contains(&unit.id) {
                continue;
            }
            seen.push(unit.id);
            if matches!(&unit.entry.data, Data::Unita(u) if super::sezione_unita(u.tipo.entry) == "aree-amministrative")
            {
                return Some(unit);
            }
            above.extend(self.genitori_di(unit));
        }
        None
    }

    /// The units that contain a unit, the first one named last.
    fn genitori_di(&self, unita: &Item) -> Vec<&Item> {
        match &unita.entry.data {
            Data::Unita(u) => u.unita_genitore.iter().rev().filter_map(|g| self.target(&g.value)).collect(),
            _ => Vec::new(),
        }
    }

    /// Services of a category (main or other), alphabetical.
    pub fn servizi_in(&self, categoria: &str) -> Vec<&Item> {
        let mut items = self.alphabetical(Kind::Servizio);
        items.retain(|i| {
            matches!(&i.entry.data, Data::Servizio(s)
                if s.categoria.entry.slug == categoria || s.altre_categorie.iter().any(|c| c.entry.slug == categoria))
        });
        items
    }

    /// News of a kind, newest first.
    pub fn notizie_di(&self, tipo: &str) -> Vec<&Item> {
        let mut items = self.newest(Kind::Notizia);
        items.retain(|i| matches!(&i.entry.data, Data::Notizia(n) if n.tipo.entry.slug == tipo));
        items
    }

    /// Valid documents, calls and datasets, newest first.
    pub fn acts(&self) -> Vec<&Item> {
        let kinds = [Kind::Documento, Kind::Bando, Kind::Dataset];
        let mut items: Vec<&Item> =
            self.items().filter(|i| kinds.contains(&i.entry.kind) && !i.scaduto).collect();
        by_date(&mut items);
        items
    }

    /// Years of the news of a kind, newest first; none when one year holds them all: the list is its archive.
    pub fn anni_di(&self, tipo: &str) -> Vec<i16> {
        let mut years: Vec<i16> = self.notizie_di(tipo).into_iter().filter_map(year).collect();
        years.dedup();
        if years.len() > 1 { years } else { Vec::new() }
    }

    /// News of a kind and of a year, newest first.
    pub fn notizie_dell_anno(&self, tipo: &str, anno: i16) -> Vec<&Item> {
        let mut items = self.notizie_di(tipo);
        items.retain(|i| year(i) == Some(anno));
        items
    }

    /// Galleries and events that are over and have pictures, latest first.
    pub fn gallerie(&self) -> Vec<&Item> {
        let mut items: Vec<(Option<Date>, &Item)> = self
            .items()
            .filter_map(|i| match &i.entry.data {
                Data::Galleria(g) if !i.scaduto => {
                    Some((g.data.as_ref().or(i.entry.common.data_pubblicazione.as_ref()).map(|d| d.value), i))
                }
                Data::Evento(e) if i.scaduto && !e.galleria.is_empty() => {
                    Some((i.date.passata.map(|o| o.ultimo_giorno()), i))
                }
                _ => None,
            })
            .collect();
        items.sort_by(|(date, i), (other, j)| (Reverse(date), &i.chiave).cmp(&(Reverse(other), &j.chiave)));
        items.into_iter().map(|(_, i)| i).collect()
    }

    /// Documents of a top-level kind, newest first.
    pub fn documenti_di(&self, tipo: &str) -> Vec<&Item> {
        let mut items = self.newest(Kind::Documento);
        items.retain(|i| {
            matches!(&i.entry.data, Data::Documento(d) if super::vocabulary_root("tipi_documento", d.tipo.entry).slug == tipo)
        });
        items
    }

    /// Places of interest (mere seats left out), alphabetical.
    pub fn luoghi(&self) -> Vec<&Item> {
        let mut items = self.alphabetical(Kind::Luogo);
        items.retain(|i| matches!(&i.entry.data, Data::Luogo(l) if !l.tipo.is_empty()));
        items
    }

    /// Places of interest of a family of kinds, alphabetical.
    pub fn luoghi_di(&self, famiglia: &str) -> Vec<&Item> {
        let mut items = self.luoghi();
        let of = |t: &'static crate::vocab::Voce| super::vocabulary_root("tipi_luogo", t).slug == famiglia;
        items.retain(|i| matches!(&i.entry.data, Data::Luogo(l) if l.tipo.iter().any(|t| of(t.entry))));
        items
    }

    /// The contents of a list that ask to be highlighted, in their order, at most `max`.
    pub fn in_evidenza<'a>(&self, items: &[&'a Item], max: usize) -> Vec<&'a Item> {
        let rank = |i: &Item| i.entry.common.in_evidenza.as_ref().map_or(u32::MAX, |e| e.value.0);
        let mut chosen: Vec<&Item> = items.iter().copied().filter(|i| rank(i) != u32::MAX).collect();
        chosen.sort_by_key(|i| rank(i));
        chosen.truncate(max);
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn italian_order_ignores_accents_and_apostrophes() {
        assert!(collation_key("Èra") < collation_key("Esame"));
        assert_eq!(collation_key("L'Albo"), "l albo");
    }
}
