//! The register of acts (Albo pretorio): those published today and, after their last day, the archive.

use std::cmp::Reverse;

use super::{Item, Site};
use crate::content::bando::Stato;
use crate::content::documento::Documento;
use crate::content::{Data, Entry, Kind};

/// An act of the register.
#[derive(Debug, Clone, Copy)]
pub struct Atto<'a> {
    /// Its file.
    pub entry: &'a Entry,
    /// Its fields.
    pub documento: &'a Documento,
    /// Its page; none when it is reserved.
    pub item: Option<&'a Item>,
}

impl Site {
    /// The acts of the register, last published first: those of today, or those whose time is over.
    pub fn albo(&self, archivio: bool) -> Vec<Atto<'_>> {
        let pages = self.of_kind(Kind::Documento).map(|i| (&i.entry, Some(i)));
        let reserved = self.riservati.iter().map(|e| (e, None));
        let mut acts: Vec<Atto<'_>> = pages
            .chain(reserved)
            .filter_map(|(entry, item)| match &entry.data {
                Data::Documento(d) if d.albo() => Some(Atto { entry, documento: d, item }),
                _ => None,
            })
            .filter(|a| {
                a.documento.pubblicazione_al.as_ref().is_some_and(|d| (d.value < self.now) == archivio)
            })
            .collect();
        acts.sort_by_key(|a| {
            (Reverse(a.documento.pubblicazione_dal.as_ref().map(|d| d.value)), a.entry.slug.clone())
        });
        acts
    }

    /// Calls, open ones first, then by state; the nearest deadline first among open ones, the newest first elsewhere.
    pub fn bandi(&self) -> Vec<(&Item, Stato)> {
        let mut calls: Vec<(&Item, Stato)> = self
            .of_kind(Kind::Bando)
            .filter_map(|i| match &i.entry.data {
                Data::Bando(b) => Some((i, b.stato(self.now))),
                _ => None,
            })
            .collect();
        calls.sort_by_cached_key(|(item, stato)| {
            let Data::Bando(b) = &item.entry.data else { return (0, None, Reverse(None), String::new()) };
            let rank = Stato::ALL.iter().position(|s| s == stato).unwrap_or(0);
            let deadline = (*stato == Stato::Aperto)
                .then(|| b.scadenza_domande.as_ref().map(|d| d.value.giorno))
                .flatten();
            let published = item.entry.common.data_pubblicazione.as_ref().map(|d| d.value);
            (rank, deadline, Reverse(published), item.titolo.clone())
        });
        calls
    }
}
