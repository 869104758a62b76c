//! A content with its address, its texts as lists need them, its dates and where its buttons lead. All this depends on its file, the
//! configuration and the day alone: a session resolves it again only when one of these has changed.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::eventi::DateEvento;
use super::lists::collation_key;
use super::persone::sezione_persona;
use super::related::{Affinity, affinities};
use super::{ItemId, View, sezione_unita, vocabulary_root};
use crate::access::{Accessi, Resolver};
use crate::config::Config;
use crate::content::documento::ALBO;
use crate::content::field::missing;
use crate::content::trasparenza::SezioneTrasparenza;
use crate::content::{Data, Entry, Kind};
use crate::diagnostic::{Code, Diagnostic, FileId};
use crate::plan::PNRR;
use crate::text;
use crate::vocab::{self, Voce};

/// A published content with what every page needs to know about it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its place.
    pub id: ItemId,
    /// As written.
    pub entry: Arc<Entry>,
    /// Address from the root of the site, `/servizi/ambiente/tari/`.
    pub url: String,
    /// Title.
    pub titolo: String,
    /// The title as it is sorted.
    pub chiave: String,
    /// Short description; empty where the type has none.
    pub descrizione: String,
    /// Validity is over, or every date of an event: out of lists, still reachable.
    pub scaduto: bool,
    /// Where its channels and payments lead (service sheets).
    pub accessi: Accessi,
    /// Its dates (events).
    pub date: DateEvento,
    /// What it may have in common with others.
    pub(super) affinita: Vec<(Affinity, usize)>,
}

impl Item {
    /// Topics.
    pub fn argomenti(&self) -> impl Iterator<Item = &'static Voce> {
        self.entry.common.argomenti.iter().map(|t| t.entry)
    }
}

/// The contents of the last run of a session with the same configuration and view.
#[derive(Debug, Default)]
pub struct Known {
    items: HashMap<FileId, (Arc<Entry>, Arc<Item>)>,
}

impl Known {
    /// Resolves entries in their order, or takes them as they are known; what is known from now on is these. Contents in which
    /// something is found are resolved each time, so that it is said each time.
    pub(super) fn resolve(
        &mut self,
        entries: Vec<Arc<Entry>>,
        config: &Config,
        view: View,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<Arc<Item>> {
        let before = std::mem::take(&mut self.items);
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            let id = ItemId(items.len());
            let same = |(known, item): &&(Arc<Entry>, Arc<Item>)| Arc::ptr_eq(known, &entry) && item.id == id;
            let mut found = Vec::new();
            let item = match before.get(&entry.file).filter(same) {
                Some((_, item)) => Some(Arc::clone(item)),
                None => resolved(id, Arc::clone(&entry), config, view.now, &mut found).map(Arc::new),
            };
            let Some(item) = item else {
                out.extend(found);
                continue;
            };
            if found.is_empty() && !moves(entry.kind) {
                self.items.insert(entry.file, (entry, Arc::clone(&item)));
            }
            out.extend(found);
            items.push(item);
        }
        items
    }
}

/// Whether the address of such a content depends on others too.
fn moves(kind: Kind) -> bool {
    matches!(kind, Kind::Persona | Kind::Pagina)
}

fn resolved(
    id: ItemId,
    entry: Arc<Entry>,
    config: &Config,
    now: Date,
    out: &mut Vec<Diagnostic>,
) -> Option<Item> {
    let entry = with_conditions(entry, config, out);
    let mut item = placed(id, Entry::without_lapsed(entry, now), now, out)?;
    let resolver = Resolver { config, fornitori: &config.fornitori };
    match &item.entry.data {
        Data::Servizio(s) => item.accessi = resolver.sheet(&item.entry.slug, s, out),
        Data::Unita(u) => {
            let calendar = u.url_calendario.as_ref();
            let host = calendar.and_then(|c| Some((c.value.0.host_str()?, c.span)));
            out.extend(
                host.filter(|(h, _)| !config.host_allowed(h)).map(|(h, at)| resolver.foreign_host(h, at)),
            );
        }
        _ => {}
    }
    Some(item)
}

/// The address and texts of an entry; `None` (with a finding) when its name cannot be an address.
fn placed(id: ItemId, entry: Arc<Entry>, now: Date, out: &mut Vec<Diagnostic>) -> Option<Item> {
    let slug = &entry.slug;
    let common = &entry.common;
    let titolo = common.titolo.as_ref().map(|t| t.value.0.clone());
    let url = match &entry.data {
        Data::Servizio(s) => format!("/servizi/{}/{slug}/", s.categoria.entry.slug),
        Data::Notizia(n) => format!("/novita/{}/{slug}/", n.tipo.entry.slug),
        Data::Luogo(_) => format!("/vivere-il-comune/luoghi/{slug}/"),
        Data::Unita(u) => format!("/amministrazione/{}/{slug}/", sezione_unita(u.tipo.entry)),
        Data::Documento(d) => format!(
            "/amministrazione/documenti-e-dati/{}/{slug}/",
            vocabulary_root("tipi_documento", d.tipo.entry).slug
        ),
        Data::Persona(p) => format!("/amministrazione/{}/{slug}/", sezione_persona(p).unwrap_or_default()),
        Data::Domanda(_) => format!("/domande-frequenti/#domanda-{slug}"),
        Data::Argomento(_) => format!("/argomenti/{slug}/"),
        Data::Pagina(_) => format!("/{slug}/"),
        Data::Bando(_) => format!("/amministrazione/documenti-e-dati/{ALBO}/{slug}/"),
        Data::Dataset(_) => format!("/amministrazione/documenti-e-dati/dataset/{slug}/"),
        Data::Trasparenza(s) => section(&entry, s, out)?.url(),
        Data::Progetto(_) => format!("{PNRR}{slug}/"),
        Data::Evento(_) => format!("/vivere-il-comune/eventi/{slug}/"),
        Data::Galleria(_) => format!("/vivere-il-comune/gallerie/{slug}/"),
        Data::PuntoContatto(_) | Data::Allerta(_) | Data::SitoTematico(_) => String::new(),
    };
    let titolo = match (&entry.data, titolo) {
        (_, Some(titolo)) => titolo,
        (Data::Persona(p), None) => p.titolo(),
        (Data::Domanda(d), None) => d.domanda.value.0.clone(),
        (Data::PuntoContatto(p), None) => p.nome.value.0.clone(),
        (Data::Argomento(_), None) => topic_name(&entry, out)?,
        (Data::Trasparenza(s), _) => section(&entry, s, out)?.titolo.clone(),
        (Data::Allerta(a), None) => a.testo.value.0.clone(),
        (_, None) => return None,
    };
    let descrizione = common.descrizione_breve.as_ref().map(|d| d.value.0.clone()).unwrap_or_default();
    let (date, concluso) = match &entry.data {
        Data::Evento(e) => {
            let date = DateEvento::new(e, now);
            let over = date.prossime.is_empty();
            (date, over)
        }
        Data::Allerta(a) => (DateEvento::default(), a.data_fine.value < now),
        _ => (DateEvento::default(), false),
    };
    let scaduto = concluso || common.expired(now);
    let chiave = collation_key(&titolo);
    let (accessi, affinita) = (Accessi::default(), affinities(&entry));
    Some(Item { id, entry, url, titolo, chiave, descrizione, scaduto, accessi, date, affinita })
}

/// A service with the conditions of the whole site, where it says none of its own; a fault where neither does.
fn with_conditions(entry: Arc<Entry>, config: &Config, out: &mut Vec<Diagnostic>) -> Arc<Entry> {
    if !matches!(&entry.data, Data::Servizio(s) if s.condizioni_di_servizio.is_none()) {
        return entry;
    }
    let Some(shared) = &config.written.condizioni_di_servizio else {
        out.push(missing("condizioni_di_servizio", entry.start()).hint(text!(
            "aggiungi la riga `condizioni_di_servizio: …` qui, o in comune.yaml per tutti i servizi",
            "add the line `condizioni_di_servizio: …` here, or to comune.yaml for all services"
        )));
        return entry;
    };
    Entry::altered(entry, |data| {
        if let Data::Servizio(s) = data {
            s.condizioni_di_servizio = Some(shared.clone());
        }
    })
}

/// The section of Amministrazione trasparente that a file in `trasparenza/` completes.
fn section(
    entry: &Entry,
    written: &SezioneTrasparenza,
    out: &mut Vec<Diagnostic>,
) -> Option<&'static vocab::trasparenza::Sezione> {
    if let Some(section) = &written.sezione {
        return Some(section.value.0);
    }
    let slug = &entry.slug;
    vocab::trasparenza::albero().find(slug).ok().or_else(|| {
        let message = text!(
            "`{slug}` non è il nome di una sola sezione di Amministrazione trasparente",
            "`{slug}` is not the name of one section of Amministrazione trasparente"
        );
        let hint = text!(
            "rinomina il file con lo slug della sezione, o scrivi `sezione: …`",
            "rename the file to the section's slug, or write `sezione: …`"
        );
        out.push(Diagnostic::new(Code::VocabularyUnknown, message).at(entry.start()).hint(hint));
        None
    })
}

/// The name of the topic that a file in `argomenti/` describes.
fn topic_name(entry: &Entry, out: &mut Vec<Diagnostic>) -> Option<String> {
    let (vocabulary, slug) = (vocab::get("argomenti"), &entry.slug);
    if let Some(voce) = vocabulary.find(slug) {
        return Some(voce.nome.clone());
    }
    let near = vocabulary.suggest(slug).unwrap_or("anagrafe");
    out.push(
        Diagnostic::new(
            Code::VocabularyUnknown,
            text!("`{slug}` non è un argomento del vocabolario", "`{slug}` is not a topic of the vocabulary"),
        )
        .at(entry.start())
        .hint(text!(
            "rinomina il file con lo slug di un argomento, per esempio {near}.md",
            "rename the file to a topic's slug, for example {near}.md"
        )),
    );
    None
}
