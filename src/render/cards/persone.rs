//! People in boxes.

use super::Cards;
use crate::content::Data;
use crate::content::persona::{Corso, FileAnnuale, Incarico};
use crate::render::format;
use crate::render::view::persone::PersonCard;
use crate::render::view::{Attachment, Card, Tag};
use crate::site::{Item, Membro};

impl Cards<'_> {
    /// A person in one of her roles.
    pub fn member(&self, m: Membro<'_>) -> PersonCard {
        let Membro { item, incarico } = m;
        PersonCard { ruolo: Some(incarico.nome().to_owned()), ..self.person(item) }
    }

    /// A person in the role by which she is known today, else in the last one.
    pub fn person(&self, item: &Item) -> PersonCard {
        let role = self.main_role(item);
        let end = role.and_then(|r| r.data_fine.as_ref()).filter(|_| self.site.cessato(item));
        let foto = match &item.entry.data {
            Data::Persona(p) => self.picture(p.foto.as_ref()),
            _ => None,
        };
        PersonCard {
            titolo: item.titolo.clone(),
            url: self.urls.path(&item.url),
            ruolo: role.map(|r| r.nome().to_owned()),
            descrizione: self.person_text(item),
            periodo: end.map(|e| format!("Fino {}", format::to_date(e.value))),
            foto,
            valori: String::new(),
        }
    }

    /// A person among other contents: the role stands where others have their kind.
    pub(super) fn person_card(&self, item: &Item, card: Card) -> Card {
        let PersonCard { ruolo, descrizione, .. } = self.person(item);
        Card { categoria: ruolo.map(|label| Tag { label, url: None }), descrizione, ..card }
    }

    /// The role by which a person is known: the main open one, else the last that ended.
    pub fn main_role<'b>(&self, item: &'b Item) -> Option<&'b Incarico> {
        let Data::Persona(p) = &item.entry.data else { return None };
        let past = || {
            p.incarichi(Corso::Concluso, self.site.now)
                .into_iter()
                .max_by_key(|i| i.data_fine.as_ref().map(|d| d.value))
        };
        p.incarichi(Corso::Aperto, self.site.now).into_iter().next().or_else(past)
    }

    /// The short description, else the units of the open roles, else that of the last one.
    fn person_text(&self, item: &Item) -> Option<String> {
        if !item.descrizione.is_empty() {
            return Some(item.descrizione.clone());
        }
        let open = self.site.incarichi_aperti(item);
        let roles = if open.is_empty() { self.main_role(item).into_iter().collect() } else { open };
        let mut units: Vec<&str> = Vec::new();
        for unit in roles.iter().filter_map(|r| self.site.target(&r.unita_organizzativa.value)) {
            if !units.contains(&unit.titolo.as_str()) {
                units.push(&unit.titolo);
            }
        }
        (!units.is_empty()).then(|| units.join(", "))
    }

    /// A file of a year: "Dichiarazione dei redditi 2025".
    pub fn yearly(&self, f: &FileAnnuale, usual: &str) -> Attachment {
        let name = f.titolo.as_ref().map_or(usual, |t| &t.value.0);
        let titolo = f.anno.as_ref().map_or_else(|| name.to_owned(), |anno| format!("{name} {}", anno.value));
        self.file(&f.file.value.0, &titolo)
    }
}
