//! People in their roles: who is listed, who makes up a unit, who is in charge of it (content model 2.6, 2.7, 5.1).

use std::collections::HashMap;
use std::sync::Arc;

use super::{Item, ItemId, Site, collation_key, vocabulary_root};
use crate::content::persona::{Corso, Incarico, Persona};
use crate::content::types::{Slug, target};
use crate::content::unita::Unita;
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;

/// A person in one of her roles.
#[derive(Debug, Clone, Copy)]
pub struct Membro<'a> {
    /// The person.
    pub item: &'a Item,
    /// The role.
    pub incarico: &'a Incarico,
}

/// The section of Amministrazione that lists people like this one; none for who has neither political nor administrative roles:
/// she is found on the page of her unit, and has her address below it.
pub fn sezione_persona(persona: &Persona) -> Option<&'static str> {
    persona.tipo().sezione.as_deref()
}

/// The fields of a person.
fn persona(item: &Item) -> Option<&Persona> {
    match &item.entry.data {
        Data::Persona(p) => Some(p),
        _ => None,
    }
}

/// Family name first, as lists of people are read.
fn by_surname(item: &Item) -> (String, String) {
    persona(item).map_or_else(Default::default, |p| {
        (collation_key(&p.cognome.value.0), collation_key(&p.nome.value.0))
    })
}

/// What orders contents in an index of everything: the title, the family name first for people.
pub fn index_key(item: &Item) -> String {
    persona(item).map_or_else(
        || item.chiave.clone(),
        |p| collation_key(&format!("{} {}", p.cognome.value.0, p.nome.value.0)),
    )
}

impl Site {
    /// People of the site, with their fields.
    pub(super) fn persone(&self) -> impl Iterator<Item = (&Item, &Persona)> {
        self.of_kind(Kind::Persona).filter_map(|i| Some((i, persona(i)?)))
    }

    /// The open roles of a person, the main one first; none if the content is not a person.
    pub fn incarichi_aperti<'a>(&self, item: &'a Item) -> Vec<&'a Incarico> {
        persona(item).map(|p| p.incarichi(Corso::Aperto, self.now)).unwrap_or_default()
    }

    /// Whether a person has left all her roles.
    pub fn cessato(&self, item: &Item) -> bool {
        item.entry.kind == Kind::Persona && self.incarichi_aperti(item).is_empty()
    }

    /// People with an open role that a section lists (`politici`, `personale-amministrativo`), each with her main one there; by
    /// rank of that role, then by family name.
    pub fn persone_in(&self, sezione: &str) -> Vec<Membro<'_>> {
        let main = |item| {
            let mut open = self.incarichi_aperti(item).into_iter();
            let here = open.find(|i| i.tipo.entry.sezione.as_deref() == Some(sezione));
            here.map(|incarico| Membro { item, incarico })
        };
        ranked(self.persone().filter_map(|(item, _)| main(item)).collect())
    }

    /// People of a section who have left all their roles, by family name.
    pub fn cessati_in(&self, sezione: &str) -> Vec<&Item> {
        let of_section =
            self.persone().filter(|(_, p)| sezione_persona(p) == Some(sezione)).map(|(item, _)| item);
        let mut gone: Vec<&Item> = of_section.filter(|i| self.cessato(i)).collect();
        gone.sort_by_cached_key(|i| by_surname(i));
        gone
    }

    /// The open roles held in a unit, by rank, then by family name.
    pub fn incarichi_in(&self, unita: &Item) -> Vec<Membro<'_>> {
        let people = self.inverse(unita.id, "unita_organizzativa");
        let roles = people.flat_map(|item| {
            let open = self.incarichi_aperti(item).into_iter();
            open.filter(|i| i.unita_organizzativa.slug == unita.entry.slug)
                .map(move |incarico| Membro { item, incarico })
        });
        ranked(roles.collect())
    }

    /// Who makes up a unit: people once each, in their highest role there. Politicians make up political bodies; in an office
    /// they are who answers for it to the council, see [`Site::assessori_di`].
    pub fn componenti(&self, unita: &Item) -> Vec<Membro<'_>> {
        let political = matches!(&unita.entry.data, Data::Unita(u) if is_political(u));
        let mut seen = Vec::new();
        let mut members = self.incarichi_in(unita);
        members.retain(|m| {
            (political || !m.incarico.politico()) && !seen.contains(&m.item.id) && {
                seen.push(m.item.id);
                true
            }
        });
        members
    }

    /// Who is in charge of a unit: by an open role, else as its file says.
    pub fn responsabili_di(&self, unita: &Item) -> Vec<&Item> {
        let Data::Unita(u) = &unita.entry.data else { return Vec::new() };
        let in_charge = |m: &Membro<'_>| m.incarico.responsabile.as_ref().is_some_and(|r| r.value);
        let computed = self.incarichi_in(unita).into_iter().filter(in_charge).map(|m| m.item).collect();
        self.or_written(computed, u.responsabile.as_ref())
    }

    /// The politicians to whom an office answers: those with an open political role in it, else as its file says.
    pub fn assessori_di(&self, unita: &Item) -> Vec<&Item> {
        let Data::Unita(u) = &unita.entry.data else { return Vec::new() };
        let mut members = self.incarichi_in(unita);
        members.retain(|m| !is_political(u) && m.incarico.politico());
        self.or_written(members.into_iter().map(|m| m.item).collect(), u.assessore_riferimento.as_ref())
    }

    /// The units of which a person is in charge, alphabetical.
    pub fn unita_dirette_da(&self, item: &Item) -> Vec<&Item> {
        self.units_where(|unit| self.responsabili_di(unit).iter().any(|p| p.id == item.id))
    }

    /// The offices that answer to a politician, alphabetical.
    pub fn unita_affidate_a(&self, item: &Item) -> Vec<&Item> {
        self.units_where(|unit| self.assessori_di(unit).iter().any(|p| p.id == item.id))
    }

    /// Who holds a role of the vocabulary today, by family name.
    pub fn nel_ruolo(&self, ruolo: &str) -> Vec<&Item> {
        let holds = |i: &Item| {
            let mut open = self.incarichi_aperti(i).into_iter().filter_map(|i| i.ruolo.as_ref());
            open.any(|r| r.entry.slug == ruolo)
        };
        let mut found: Vec<&Item> = self.persone().map(|(item, _)| item).filter(|i| holds(i)).collect();
        found.sort_by_cached_key(|i| by_surname(i));
        found
    }

    /// Units of one kind of the vocabulary, alphabetical.
    pub fn unita_di_tipo(&self, tipo: &str) -> Vec<&Item> {
        self.units_where(|unit| matches!(&unit.entry.data, Data::Unita(u) if u.tipo.entry.slug == tipo))
    }

    fn units_where(&self, wanted: impl Fn(&Item) -> bool) -> Vec<&Item> {
        let mut units = self.alphabetical(Kind::Unita);
        units.retain(|unit| wanted(unit));
        units
    }

    /// Those found, else the one named in the file of the unit, as long as she is in office.
    fn or_written<'a>(
        &'a self,
        found: Vec<&'a Item>,
        written: Option<&Spanned<Slug<target::Persona>>>,
    ) -> Vec<&'a Item> {
        if !found.is_empty() {
            return found;
        }
        let named = written.and_then(|slug| self.target(&slug.value));
        named.filter(|p| !self.cessato(p)).into_iter().collect()
    }

    /// Gives people outside the two lists an address below that of their unit.
    pub(super) fn place_others(&mut self) {
        let below = |item: &Item| {
            let p = persona(item).filter(|p| sezione_persona(p).is_none())?;
            let unit = p.incarichi.first().and_then(|i| self.target(&i.unita_organizzativa.value))?;
            Some((item.id, format!("{}{}/", unit.url, item.entry.slug)))
        };
        let moved: HashMap<ItemId, String> = self.of_kind(Kind::Persona).filter_map(below).collect();
        for (id, url) in moved {
            Arc::make_mut(&mut self.items[id.0]).url = url;
        }
    }
}

fn is_political(unita: &Unita) -> bool {
    vocabulary_root("tipi_unita_organizzativa", unita.tipo.entry).slug == "struttura-politica"
}

pub(super) fn ranked(mut members: Vec<Membro<'_>>) -> Vec<Membro<'_>> {
    members.sort_by_cached_key(|m| (m.incarico.ordine(), by_surname(m.item)));
    members
}
