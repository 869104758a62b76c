//! `relate`: contents of one Comune with their addresses, references resolved and inverse relations computed.
//!
//! Relations are stored once, in the file that names them; the other side is an edge looked up here. After this stage
//! every reference is known to lead to a published content of the right type.

mod eventi;
mod lists;
mod media;
mod related;

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

pub use eventi::{DateEvento, Sede};
pub use lists::collation_key;
pub use media::{Media, MediaFile};

use crate::access::{Accessi, FunzioniRisolte, Resolver};
use crate::config::Config;
use crate::content::field::Named;
use crate::content::servizio::Servizio;
use crate::content::types::{Slug, Target};
use crate::content::{Data, Entry, Kind};
use crate::diagnostic::{Code, Diagnostic, Severity, Span, nearest};
use crate::load::{ContentFile, SiteFiles};
use crate::source::Source;
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
    pub entry: Entry,
    /// Address from the root of the site, `/servizi/ambiente/tari/`.
    pub url: String,
    /// Title.
    pub titolo: String,
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
    /// Configuration.
    pub config: Config,
    /// Day at which dates are judged.
    pub now: Date,
    /// Published contents, by type and slug.
    pub items: Vec<Item>,
    /// Where the functions of the site lead.
    pub funzioni: FunzioniRisolte,
    /// Pictures and attachments that published contents name.
    pub media: Media,
    /// Contents whose address was asked to stay alive: old path, new content.
    pub aliases: Vec<(String, ItemId, Span)>,
    index: HashMap<(Kind, String), ItemId>,
    inverse: BTreeMap<(ItemId, &'static str), Vec<ItemId>>,
}

/// Why a content file that exists is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unpublished {
    /// A draft, or outside its dates.
    Dated,
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
        entries: Vec<Entry>,
        view: View,
        site_files: &SiteFiles,
        source: &dyn Source,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let sound: HashSet<(Kind, &str)> = entries.iter().map(|e| (e.kind, e.slug.as_str())).collect();
        let state = |f: &ContentFile| {
            let state = if sound.contains(&(f.kind, f.slug.as_str())) {
                Unpublished::Dated
            } else {
                Unpublished::Faulty
            };
            ((f.kind, f.slug.clone()), state)
        };
        let written: HashMap<(Kind, String), Unpublished> = site_files.contents.iter().map(state).collect();
        let items: Vec<Item> = entries
            .into_iter()
            .filter(|e| e.common.published(view.now, view.drafts))
            .enumerate()
            .filter_map(|(n, entry)| item(ItemId(n), entry, view.now, out))
            .collect();
        let items: Vec<Item> =
            items.into_iter().enumerate().map(|(n, item)| Item { id: ItemId(n), ..item }).collect();
        let index = items.iter().map(|i| ((i.entry.kind, i.entry.slug.clone()), i.id)).collect();
        let mut site = Site {
            config,
            now: view.now,
            items,
            funzioni: FunzioniRisolte::default(),
            media: Media::default(),
            aliases: Vec::new(),
            index,
            inverse: BTreeMap::new(),
        };
        site.resolve(&written, out);
        site.resolve_access(out);
        site.check_parents(out);
        site.check_events(out);
        site.check_identifiers(out);
        site.media = media::collect(&site, site_files, source, out);
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
        }
    }

    /// An identifier names one content of its type (content model 5, rule 10).
    fn check_identifiers(&self, out: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<(Kind, &str), &Item> = HashMap::new();
        for item in &self.items {
            let identifier = match &item.entry.data {
                Data::Servizio(s) => s.identificativo.as_ref(),
                Data::Documento(d) => d.identificativo.as_ref(),
                Data::Luogo(l) => l.identificativo.as_ref(),
                Data::Unita(u) => u.identificativo.as_ref(),
                _ => None,
            };
            let Some(identifier) = identifier else { continue };
            if let Some(first) = seen.insert((item.entry.kind, &identifier.value.0), item) {
                let (folder, slug) = (item.entry.kind.folder(), &first.entry.slug);
                out.push(
                    Diagnostic::new(
                        Code::FieldDuplicate,
                        text!(
                            "l'identificativo è già di {folder}/{slug}",
                            "the identifier already belongs to {folder}/{slug}"
                        ),
                    )
                    .at(identifier.span)
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
fn item(id: ItemId, entry: Entry, now: Date, out: &mut Vec<Diagnostic>) -> Option<Item> {
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
        Data::Domanda(_) => format!("/domande-frequenti/#domanda-{slug}"),
        Data::Argomento(_) => format!("/argomenti/{slug}/"),
        Data::Pagina(_) => format!("/{slug}/"),
        Data::Evento(_) => format!("/vivere-il-comune/eventi/{slug}/"),
        Data::Galleria(_) => format!("/vivere-il-comune/gallerie/{slug}/"),
        Data::PuntoContatto(_) | Data::Allerta(_) | Data::SitoTematico(_) => String::new(),
    };
    let titolo = match (&entry.data, titolo) {
        (_, Some(titolo)) => titolo,
        (Data::Domanda(d), None) => d.domanda.value.0.clone(),
        (Data::PuntoContatto(p), None) => p.nome.value.0.clone(),
        (Data::Argomento(_), None) => topic_name(&entry, out)?,
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
    Some(Item { id, entry, url, titolo, descrizione, scaduto, accessi: Accessi::default(), date })
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
