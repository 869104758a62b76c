//! `relate`: contents of one Comune with their addresses, references resolved and inverse relations computed.
//!
//! Relations are stored once, in the file that names them; the other side is an edge looked up here. After this stage
//! every reference is known to lead to a published content of the right type.

mod albo;
mod eventi;
mod item;
mod lists;
mod pagine;
mod persone;
mod related;
mod trasparenza;

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use albo::Atto;
pub use eventi::{DateEvento, Sede};
pub use item::{Item, Known};
pub use lists::{by_title, collation_key};
pub use persone::{Membro, index_key, sezione_persona};
use related::Affinities;
pub use trasparenza::Contenuto;

use crate::access::{FunzioniRisolte, Resolver};
use crate::albo::Registro;
use crate::config::Config;
use crate::content::field::Named;
use crate::content::servizio::Servizio;
use crate::content::types::{Line, Slug, Target};
use crate::content::{Data, Entry, Kind};
use crate::diagnostic::{Code, Diagnostic, Severity, Span, Spanned, nearest};
use crate::load::SiteFiles;
use crate::media::{Media, Wanted};
use crate::vocab::{self, Voce};
use crate::{text, vocab::Vocabulary};

/// Position of a content in [`Site::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub usize);

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
    items: Vec<Arc<Item>>,
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
    index: FxHashMap<Kind, FxHashMap<String, ItemId>>,
    by_kind: FxHashMap<Kind, Vec<ItemId>>,
    inverse: FxHashMap<(ItemId, &'static str), Vec<ItemId>>,
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

/// The content files that exist, by type and slug, and why those that are not published are not.
type Written<'a> = HashMap<(Kind, &'a str), Unpublished>;

fn written<'a>(site_files: &'a SiteFiles, entries: &[Arc<Entry>]) -> Written<'a> {
    let sound: HashMap<(Kind, &str), bool> =
        entries.iter().map(|e| ((e.kind, e.slug.as_str()), e.reserved())).collect();
    let state = |name: &(Kind, &str)| match sound.get(name) {
        Some(true) => Unpublished::Reserved,
        Some(false) => Unpublished::Dated,
        None => Unpublished::Faulty,
    };
    let names = site_files.contents.iter().map(|f| (f.kind, f.slug.as_str()));
    names.map(|name| (name, state(&name))).collect()
}

/// Choices of a run that decide which contents exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        known: &mut Known,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let all = entries.clone();
        let written = LazyCell::new(|| written(site_files, &all));
        let sheets = all.iter().filter(|e| e.kind == Kind::Servizio).count();
        let next_change = entries.iter().flat_map(|e| e.days()).copied().filter(|d| *d > view.now).min();
        let (riservati, entries): (Vec<Arc<Entry>>, Vec<Arc<Entry>>) =
            entries.into_iter().filter(|e| e.published(view.now, view.drafts)).partition(|e| e.reserved());
        let items = known.resolve(entries, &config, view, out);
        let funzioni = Resolver { config: &config, fornitori: &config.fornitori }.functions(out);
        let mut index: FxHashMap<Kind, FxHashMap<String, ItemId>> = FxHashMap::default();
        let mut by_kind: FxHashMap<Kind, Vec<ItemId>> = FxHashMap::default();
        for item in &items {
            by_kind.entry(item.entry.kind).or_default().push(item.id);
            index.entry(item.entry.kind).or_default().insert(item.entry.slug.clone(), item.id);
        }
        let mut site = Site {
            dir: site_files.dir.clone(),
            config,
            now: view.now,
            next_change,
            items,
            registro,
            riservati,
            funzioni,
            media: Media::default(),
            wanted: Wanted::default(),
            aliases: Vec::new(),
            index,
            by_kind,
            inverse: FxHashMap::default(),
            alphabetical: HashMap::new(),
            affinities: Affinities::default(),
        };
        site.place_others();
        site.place_pages(out);
        site.sort();
        site.affinities = Affinities::of(&site.items);
        site.resolve(&|| &written, out);
        site.check_parents(out);
        site.check_events(out);
        site.check_identifiers(out);
        site.wanted = Wanted::of(&site, &site_files.media, out);
        site.aliases = site
            .items()
            .flat_map(|i| i.entry.common.alias.iter().map(|a| (a.value.0.clone(), i.id, a.span)))
            .collect();
        let files = site_files.contents.iter().filter(|f| f.kind == Kind::Servizio).count();
        // Those that have faults count: they are sheets that are being written.
        let services = site.of_kind(Kind::Servizio).count() + files.saturating_sub(sheets);
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

    /// Published contents, by type and slug.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().map(|item| &**item)
    }

    /// The content at a place.
    pub fn get(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }

    /// The content of that type and slug, if published.
    pub fn find(&self, kind: Kind, slug: &str) -> Option<&Item> {
        self.index.get(&kind)?.get(slug).map(|id| self.get(*id))
    }

    /// The target of a reference that `relate` has checked.
    pub fn target<T: Target>(&self, slug: &Slug<T>) -> Option<&Item> {
        self.find(T::KIND, &slug.slug)
    }

    /// Whether any published content of a type, expired or not, is such.
    pub fn holds(&self, kind: Kind, such: impl Fn(&Data) -> bool) -> bool {
        self.of_kind(kind).any(|i| such(&i.entry.data))
    }

    /// Contents of one type, in the order of their slugs.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Item> {
        self.by_kind.get(&kind).into_iter().flatten().map(|id| self.get(*id))
    }

    /// Service sheets with their fields.
    pub fn servizi(&self) -> impl Iterator<Item = (&Item, &Servizio)> {
        self.of_kind(Kind::Servizio).filter_map(|i| match &i.entry.data {
            Data::Servizio(s) => Some((i, s.as_ref())),
            _ => None,
        })
    }

    /// Contents that name `id` in the given field, each once, in the order of the items.
    pub fn inverse(&self, id: ItemId, field: &'static str) -> impl Iterator<Item = &Item> {
        self.inverse.get(&(id, field)).into_iter().flatten().map(|i| self.get(*i))
    }

    fn resolve<'w>(&mut self, written: &dyn Fn() -> &'w Written<'w>, out: &mut Vec<Diagnostic>) {
        let mut inverse: FxHashMap<(ItemId, &'static str), Vec<ItemId>> = FxHashMap::default();
        for item in self.items() {
            for reference in item.entry.references() {
                let Named::Content(kind, slug) = &reference.to else { continue };
                match self.find(*kind, slug).map(|target| target.id) {
                    Some(target) => {
                        let edges = inverse.entry((target, reference.field)).or_default();
                        if edges.last() != Some(&item.id) {
                            edges.push(item.id);
                        }
                    }
                    None => out.extend(self.dangling(*kind, slug, reference.span, written())),
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
                out.extend(self.dangling(kind, slug, span, written()));
            }
        }
    }

    /// A reference that leads nowhere; nothing when the target exists but has faults of its own, reported there.
    fn dangling(&self, kind: Kind, slug: &str, at: Span, written: &Written<'_>) -> Option<Diagnostic> {
        let folder = kind.folder();
        let absent = match written.get(&(kind, slug)) {
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
        let files = written.keys().filter(|(k, _)| *k == kind).map(|(_, slug)| *slug);
        Some(match nearest(slug, files) {
            Some(near) => absent.hint(text!("forse volevi scrivere `{near}`", "did you mean `{near}`?")),
            None => absent.hint(text!(
                "crea {folder}/{slug}.md o correggi il nome",
                "create {folder}/{slug}.md or correct the name"
            )),
        })
    }

    /// An identifier, a tender code or a section of Amministrazione trasparente belongs to one content of its type (content
    /// model 5, rule 10).
    fn check_identifiers(&self, out: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<(Kind, String), &Item> = HashMap::new();
        for item in self.items() {
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
