//! `relate`: contents of one Comune with their addresses, references resolved and inverse relations computed.
//!
//! Relations are stored once, in the file that names them; the other side is an edge looked up here. After this stage
//! every reference is known to lead to a published content of the right type.

mod albo;
mod eventi;
mod lists;
mod pagine;
mod persone;
mod related;
mod trasparenza;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

pub use albo::Atto;
pub use eventi::{DateEvento, Sede};
pub use lists::{by_title, collation_key};
pub use persone::{Membro, index_key, sezione_persona};
use related::Affinities;
pub use trasparenza::Contenuto;

use crate::access::{Accessi, FunzioniRisolte, Resolver};
use crate::albo::Registro;
use crate::config::Config;
use crate::content::documento::ALBO;
use crate::content::field::{Named, missing};
use crate::content::servizio::{Condizioni, Servizio};
use crate::content::trasparenza::SezioneTrasparenza;
use crate::content::types::{Line, Slug, Target};
use crate::content::{Data, Entry, Kind};
use crate::diagnostic::{Code, Diagnostic, Severity, Span, Spanned, nearest};
use crate::load::{ContentFile, SiteFiles};
use crate::media::{Media, Wanted};
use crate::plan::PNRR;
use crate::vocab::{self, Voce};
use crate::{text, vocab::Vocabulary};

/// Position of a content in [`Site::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub usize);

/// A published content with what every page needs to know about it.
#[derive(Debug)]
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
}

impl Item {
    /// Topics.
    pub fn argomenti(&self) -> impl Iterator<Item = &'static Voce> {
        self.entry.common.argomenti.iter().map(|t| t.entry)
    }
}

/// One Comune, resolved.
#[derive(Debug)]
pub struct Site {
    /// Its folder relative to the source's root; empty for a Comune alone.
    pub dir: String,
    /// Configuration.
    pub config: Config,
    /// Day at which dates are judged.
    pub now: Date,
    /// The next day that a content names, published or not: the output may change by itself then.
    pub next_change: Option<Date>,
    /// Published contents, by type and slug.
    pub items: Vec<Item>,
    /// The publication log of the register of acts.
    pub registro: Registro,
    /// Contents that tables and the register list without a page, and that nothing may name.
    pub riservati: Vec<Arc<Entry>>,
    /// Where the functions of the site lead.
    pub funzioni: FunzioniRisolte,
    /// Pictures and attachments, once they are made.
    pub media: Media,
    /// The files in `media/` that published contents name, and how.
    pub wanted: Wanted,
    /// Contents whose address was asked to stay alive: old path, new content.
    pub aliases: Vec<(String, ItemId, Span)>,
    index: HashMap<(Kind, String), ItemId>,
    inverse: BTreeMap<(ItemId, &'static str), Vec<ItemId>>,
    alphabetical: HashMap<Kind, Vec<ItemId>>,
    affinities: Affinities,
}

/// Why a content file that exists is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unpublished {
    /// A draft, or outside its dates.
    Dated,
    /// Listed without a page.
    Reserved,
    /// It has faults of its own.
    Faulty,
}

/// Choices of a run that decide which contents exist.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Day at which publication and expiry are judged.
    pub now: Date,
    /// Whether drafts are built.
    pub drafts: bool,
}

impl Site {
    /// Relates the contents of a Comune. Faults are pushed to `out`.
    pub fn relate(
        config: Config,
        entries: Vec<Arc<Entry>>,
        registro: Registro,
        view: View,
        site_files: &SiteFiles,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let sound: HashMap<(Kind, &str), bool> =
            entries.iter().map(|e| ((e.kind, e.slug.as_str()), e.reserved())).collect();
        let state = |f: &ContentFile| {
            let state = match sound.get(&(f.kind, f.slug.as_str())) {
                Some(true) => Unpublished::Reserved,
                Some(false) => Unpublished::Dated,
                None => Unpublished::Faulty,
            };
            ((f.kind, f.slug.clone()), state)
        };
        let written: HashMap<(Kind, String), Unpublished> = site_files.contents.iter().map(state).collect();
        let next_change = entries.iter().flat_map(|e| e.days()).filter(|d| *d > view.now).min();
        let (riservati, entries): (Vec<Arc<Entry>>, Vec<Arc<Entry>>) =
            entries.into_iter().filter(|e| e.published(view.now, view.drafts)).partition(|e| e.reserved());
        let shared = config.written.condizioni_di_servizio.as_ref();
        let entries: Vec<Arc<Entry>> = entries.into_iter().map(|e| with_conditions(e, shared, out)).collect();
        let items: Vec<Item> = entries
            .into_iter()
            .map(|e| Entry::without_lapsed(e, view.now))
            .enumerate()
            .filter_map(|(n, entry)| item(ItemId(n), entry, view.now, out))
            .collect();
        let items: Vec<Item> =
            items.into_iter().enumerate().map(|(n, item)| Item { id: ItemId(n), ..item }).collect();
        let index = items.iter().map(|i| ((i.entry.kind, i.entry.slug.clone()), i.id)).collect();
        let mut site = Site {
            dir: site_files.dir.clone(),
            config,
            now: view.now,
            next_change,
            items,
            registro,
            riservati,
            funzioni: FunzioniRisolte::default(),
            media: Media::default(),
            wanted: Wanted::default(),
            aliases: Vec::new(),
            index,
            inverse: BTreeMap::new(),
            alphabetical: HashMap::new(),
            affinities: Affinities::default(),
        };
        site.place_others();
        site.place_pages(out);
        site.sort();
        site.affinities = Affinities::of(&site.items);
        site.resolve(&written, out);
        site.resolve_access(out);
        site.check_parents(out);
        site.check_events(out);
        site.check_identifiers(out);
        site.wanted = Wanted::of(&site, &site_files.media, out);
        site.aliases = site
            .items
            .iter()
            .flat_map(|i| i.entry.common.alias.iter().map(|a| (a.value.0.clone(), i.id, a.span)))
            .collect();
        let faulty = written
            .iter()
            .filter(|((kind, _), state)| *kind == Kind::Servizio && **state == Unpublished::Faulty)
            .count();
        let services = site.of_kind(Kind::Servizio).count() + faulty;
        if services < 10 {
            out.push(
                Diagnostic::new(
                    Code::ServiceCount,
                    text!(
                        "il sito ha {services} servizi: ne servono almeno 10",
                        "the site has {services} services: at least 10 are needed"
                    ),
                )
                .at(Span::file_start(site_files.config))
                .hint(text!(
                    "aggiungi schede in servizi/ (criterio C.SI.1.3)",
                    "add sheets in servizi/ (criterion C.SI.1.3)"
                )),
            );
        }
        site
    }

    /// The content at a place.
    pub fn get(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }

    /// The content of that type and slug, if published.
    pub fn find(&self, kind: Kind, slug: &str) -> Option<&Item> {
        self.index.get(&(kind, slug.to_owned())).map(|id| self.get(*id))
    }

    /// The target of a reference that `relate` has checked.
    pub fn target<T: Target>(&self, slug: &Slug<T>) -> Option<&Item> {
        self.find(T::KIND, &slug.slug)
    }

    /// Whether any published content, expired or not, is of this kind.
    pub fn holds(&self, kind: impl Fn(&Data) -> bool) -> bool {
        self.items.iter().any(|i| kind(&i.entry.data))
    }

    /// Contents of one type, in the order of their slugs.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |i| i.entry.kind == kind)
    }

    /// Service sheets with their fields.
    pub fn servizi(&self) -> impl Iterator<Item = (&Item, &Servizio)> {
        self.items.iter().filter_map(|i| match &i.entry.data {
            Data::Servizio(s) => Some((i, s.as_ref())),
            _ => None,
        })
    }

    /// Contents that name `id` in the given field, each once, in the order of the items.
    pub fn inverse(&self, id: ItemId, field: &'static str) -> impl Iterator<Item = &Item> {
        self.inverse.get(&(id, field)).into_iter().flatten().map(|i| self.get(*i))
    }

    fn resolve(&mut self, written: &HashMap<(Kind, String), Unpublished>, out: &mut Vec<Diagnostic>) {
        let mut inverse: BTreeMap<(ItemId, &'static str), Vec<ItemId>> = BTreeMap::new();
        for item in &self.items {
            for reference in item.entry.references() {
                let Named::Content(kind, slug) = &reference.to else { continue };
                match self.index.get(&(*kind, slug.clone())) {
                    Some(target) => {
                        let edges = inverse.entry((*target, reference.field)).or_default();
                        if edges.last() != Some(&item.id) {
                            edges.push(item.id);
                        }
                    }
                    None => out.extend(self.dangling(*kind, slug, reference.span, written)),
                }
            }
        }
        self.inverse = inverse;
        let config = &self.config.written;
        let evidenza = config.evidenza.as_ref();
        let mut named: Vec<(Kind, &str, Span)> = Vec::new();
        if let Some(e) = evidenza {
            named.extend(e.home.iter().chain(&e.amministrazione).map(|r| (r.kind, r.slug.as_str(), r.span)));
            named.extend(e.servizi.iter().map(|r| (Kind::Servizio, r.slug.as_str(), r.span)));
            named.extend(e.luoghi.iter().map(|r| (Kind::Luogo, r.slug.as_str(), r.span)));
        }
        named.extend(config.contatti.urp.iter().map(|u| (Kind::Unita, u.slug.as_str(), u.span)));
        named.extend(
            config
                .link_utili
                .iter()
                .filter_map(|l| l.contenuto.as_ref())
                .map(|c| (c.kind, c.slug.as_str(), c.span)),
        );
        for (kind, slug, span) in named {
            if self.find(kind, slug).is_none() {
                out.extend(self.dangling(kind, slug, span, written));
            }
        }
    }

    /// A reference that leads nowhere; nothing when the target exists but has faults of its own, reported there.
    fn dangling(
        &self,
        kind: Kind,
        slug: &str,
        at: Span,
        written: &HashMap<(Kind, String), Unpublished>,
    ) -> Option<Diagnostic> {
        let folder = kind.folder();
        let absent = match written.get(&(kind, slug.to_owned())) {
            Some(Unpublished::Faulty) => return None,
            Some(Unpublished::Reserved) => {
                let message = text!(
                    "`{folder}/{slug}` è riservato e non ha una pagina",
                    "`{folder}/{slug}` is reserved and has no page"
                );
                let hint = text!(
                    "togli il riferimento, o `privacy` da {folder}/{slug}.md",
                    "remove the reference, or `privacy` from {folder}/{slug}.md"
                );
                return Some(Diagnostic::new(Code::ReferenceUnknown, message).at(at).hint(hint));
            }
            Some(Unpublished::Dated) => {
                let message = text!(
                    "`{folder}/{slug}` non è pubblicato alla data della costruzione",
                    "`{folder}/{slug}` is not published at the build date"
                );
                let hint = text!(
                    "controlla bozza, data_pubblicazione e data_rimozione di {folder}/{slug}.md",
                    "check bozza, data_pubblicazione and data_rimozione of {folder}/{slug}.md"
                );
                return Some(Diagnostic::new(Code::ReferenceUnknown, message).at(at).hint(hint));
            }
            None => Diagnostic::new(
                Code::ReferenceUnknown,
                text!("in {folder}/ non c'è `{slug}`", "there is no `{slug}` in {folder}/"),
            )
            .at(at),
        };
        let files = written.keys().filter(|(k, _)| *k == kind).map(|(_, slug)| slug.as_str());
        Some(match nearest(slug, files) {
            Some(near) => absent.hint(text!("forse volevi scrivere `{near}`", "did you mean `{near}`?")),
            None => absent.hint(text!(
                "crea {folder}/{slug}.md o correggi il nome",
                "create {folder}/{slug}.md or correct the name"
            )),
        })
    }

    /// Proves every access and payment address.
    fn resolve_access(&mut self, out: &mut Vec<Diagnostic>) {
        let resolver = Resolver { config: &self.config, fornitori: &self.config.fornitori };
        self.funzioni = resolver.functions(out);
        for item in &mut self.items {
            if let Data::Servizio(s) = &item.entry.data {
                item.accessi = resolver.sheet(&item.entry.slug, s, out);
            }
            if let Data::Unita(u) = &item.entry.data
                && let Some(calendar) = &u.url_calendario
                && let Some(host) = calendar.value.0.host_str().filter(|h| !self.config.host_allowed(h))
            {
                out.push(resolver.foreign_host(host, calendar.span));
            }
        }
    }

    /// An identifier, a tender code or a section of Amministrazione trasparente belongs to one content of its type (content
    /// model 5, rule 10).
    fn check_identifiers(&self, out: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<(Kind, String), &Item> = HashMap::new();
        for item in &self.items {
            let line = |l: &'_ Option<Spanned<Line>>| l.as_ref().map(|l| (l.value.0.clone(), l.span));
            let identifier = match &item.entry.data {
                Data::Servizio(s) => line(&s.identificativo),
                Data::Documento(d) => line(&d.identificativo),
                Data::Luogo(l) => line(&l.identificativo),
                Data::Unita(u) => line(&u.identificativo),
                Data::Dataset(d) => line(&d.identificativo),
                Data::Bando(b) => b.cig.as_ref().map(|c| (c.value.0.clone(), c.span)),
                Data::Trasparenza(_) => Some((item.url.clone(), item.entry.start())),
                _ => None,
            };
            let Some((identifier, at)) = identifier else { continue };
            if let Some(first) = seen.insert((item.entry.kind, identifier.clone()), item) {
                let (folder, slug) = (item.entry.kind.folder(), &first.entry.slug);
                out.push(
                    Diagnostic::new(
                        Code::FieldDuplicate,
                        text!(
                            "`{identifier}` è già di {folder}/{slug}",
                            "`{identifier}` already belongs to {folder}/{slug}"
                        ),
                    )
                    .at(at)
                    .hint(text!("correggi uno dei due", "correct one of the two")),
                );
            }
        }
    }

    /// No unit contains itself, not even through others.
    fn check_parents(&self, out: &mut Vec<Diagnostic>) {
        for item in self.of_kind(Kind::Unita) {
            let Data::Unita(unit) = &item.entry.data else { continue };
            let mut pending: Vec<&Item> =
                unit.unita_genitore.iter().filter_map(|p| self.target(&p.value)).collect();
            let mut seen = HashSet::new();
            while let Some(parent) = pending.pop() {
                if parent.id == item.id {
                    out.push(
                        Diagnostic::new(
                            Code::ReferenceSelf,
                            text!("l'unità contiene sé stessa", "the unit contains itself"),
                        )
                        .at(unit.unita_genitore.first().map_or(item.entry.start(), |p| p.span))
                        .hint(text!(
                            "togli il giro: un ufficio sta in un'area, non viceversa",
                            "break the circle: an office is in an area, not the reverse"
                        )),
                    );
                    break;
                }
                if let (true, Data::Unita(u)) = (seen.insert(parent.id), &parent.entry.data) {
                    pending.extend(u.unita_genitore.iter().filter_map(|p| self.target(&p.value)));
                }
            }
        }
    }
}

/// The address and texts of an entry; `None` (with a finding) when its name cannot be an address.
fn item(id: ItemId, entry: Arc<Entry>, now: Date, out: &mut Vec<Diagnostic>) -> Option<Item> {
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
    Some(Item { id, entry, url, titolo, chiave, descrizione, scaduto, accessi: Accessi::default(), date })
}

/// A service with the conditions of the whole site, where it says none of its own; a fault where neither does.
fn with_conditions(
    mut entry: Arc<Entry>,
    shared: Option<&Spanned<Condizioni>>,
    out: &mut Vec<Diagnostic>,
) -> Arc<Entry> {
    let without = matches!(&entry.data, Data::Servizio(s) if s.condizioni_di_servizio.is_none());
    if !without {
        return entry;
    }
    let Some(shared) = shared else {
        out.push(missing("condizioni_di_servizio", entry.start()).hint(text!(
            "aggiungi la riga `condizioni_di_servizio: …` qui, o in comune.yaml per tutti i servizi",
            "add the line `condizioni_di_servizio: …` here, or to comune.yaml for all services"
        )));
        return entry;
    };
    if let Data::Servizio(s) = &mut Arc::make_mut(&mut entry).data {
        s.condizioni_di_servizio = Some(shared.clone());
    }
    entry
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

/// The section of Amministrazione that lists units of this kind.
pub fn sezione_unita(tipo: &Voce) -> &str {
    tipo.sezione.as_deref().unwrap_or("uffici")
}

/// The top-level ancestor of a term.
pub fn vocabulary_root(vocabulary: &str, voce: &'static Voce) -> &'static Voce {
    let vocabulary: &'static Vocabulary = vocab::get(vocabulary);
    vocabulary.root_of(voce)
}

/// Whether any finding forbids to go on.
pub fn sound(out: &[Diagnostic]) -> bool {
    out.iter().all(|d| d.severity != Severity::Error)
}
