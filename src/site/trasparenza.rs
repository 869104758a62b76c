//! What each section of Amministrazione trasparente holds: the Comune's own file, and contents listed by rule.
//!
//! A content is listed where it says so (`sezioni_trasparenza`), and where the law wants contents of its kind: the
//! automatic lists below, which a section's file may replace (`elenco`).

use super::persone::ranked;
use super::{Item, Membro, Site};
use crate::content::bando::TipoBando;
use crate::content::documento::Documento;
use crate::content::persona::{Corso, Incarico};
use crate::content::servizio::{Canale, Servizio};
use crate::content::trasparenza::{SezioneTrasparenza, Tipologia};
use crate::content::{Data, Entry, Kind};
use crate::vocab::trasparenza::{Sezione, Vigenza, albero};

const POLITICI: &str = "titolari-di-incarichi-politici-di-amministrazione-di-direzione-o-di-governo";
const VERTICE: &str = "titolari-di-incarichi-dirigenziali-amministrativi-di-vertice";
const DIRIGENTI: &str = "titolari-di-incarichi-dirigenziali-dirigenti-non-generali";

/// Automatic lists: section, kind of content, kinds of that kind (all if none).
const AUTOMATICI: [(&str, Tipologia, &[&str]); 19] = [
    (POLITICI, Tipologia::Incarico, &["politico"]),
    ("cessati-dall-incarico", Tipologia::Incarico, &["cessato"]),
    (VERTICE, Tipologia::Incarico, &["vertice"]),
    (DIRIGENTI, Tipologia::Incarico, &["dirigente"]),
    ("posizioni-organizzative", Tipologia::Incarico, &["posizione-organizzativa"]),
    ("atti-amministrativi-generali", Tipologia::Documento, &["regolamento"]),
    ("statuti-e-leggi-regionali", Tipologia::Documento, &["statuto"]),
    ("articolazione-degli-uffici", Tipologia::Unita, &["area", "ufficio"]),
    ("telefono-e-posta-elettronica", Tipologia::Unita, &[]),
    ("bandi-di-concorso", Tipologia::Bando, &["concorso"]),
    ("procedure", Tipologia::Bando, &["gara"]),
    ("atti-di-concessione", Tipologia::Bando, &["contributi", "alloggi"]),
    ("tipologie-di-procedimento", Tipologia::Procedimento, &[]),
    ("bilancio-preventivo", Tipologia::Documento, &["bilancio-preventivo"]),
    ("bilancio-consuntivo", Tipologia::Documento, &["bilancio-consuntivo"]),
    (
        "bilancio-preventivo-e-consuntivo",
        Tipologia::Documento,
        &["bilancio-preventivo", "bilancio-consuntivo"],
    ),
    ("servizi-in-rete", Tipologia::Servizio, &["online"]),
    ("accessibilita-e-catalogo-dei-dati-metadati-e-banche-dati", Tipologia::Dataset, &[]),
    ("catalogo-dei-dati-metadati-e-delle-banche-dati", Tipologia::Dataset, &[]),
];

/// What a section shows.
#[derive(Debug, Default)]
pub struct Contenuto<'a> {
    /// The Comune's own file.
    pub file: Option<(&'a Item, &'a SezioneTrasparenza)>,
    /// Listed contents with a page, by kind of list.
    pub elenchi: Vec<(Tipologia, Vec<&'a Item>)>,
    /// Roles of people, when a list asks for them.
    pub incarichi: Vec<Membro<'a>>,
    /// Listed documents without a page.
    pub riservati: Vec<&'a Entry>,
}

impl Contenuto<'_> {
    /// Whether there is nothing to see. A file that only says so ("nessun dato") holds nothing.
    pub fn is_empty(&self) -> bool {
        let says = |f: &SezioneTrasparenza| {
            f.testo.is_some() || !f.allegati.is_empty() || !f.link.is_empty() || f.vai_a.is_some()
        };
        self.elenchi.is_empty()
            && self.incarichi.is_empty()
            && self.riservati.is_empty()
            && !self.file.is_some_and(|(_, f)| says(f))
    }
}

impl Site {
    /// Whether Amministrazione trasparente is made of pages of this site.
    pub fn trasparenza_propria(&self) -> bool {
        self.config.written.amministrazione_trasparente.as_ref().is_none_or(|t| t.value.url.is_none())
    }

    /// What a section shows.
    pub fn contenuto(&self, sezione: &Sezione) -> Contenuto<'_> {
        let file = self.of_kind(Kind::Trasparenza).find_map(|item| match &item.entry.data {
            Data::Trasparenza(written) if item.url == sezione.url() => Some((item, written.as_ref())),
            _ => None,
        });
        let mut elenchi: Vec<(Tipologia, Vec<&Item>)> = Vec::new();
        let expired = file
            .and_then(|(_, f)| f.elenco.as_ref()?.value.includi_scaduti.as_ref())
            .is_some_and(|i| i.value);
        let shown = |item: &&Item| expired || !item.scaduto;
        let naming = self.of_kind(Kind::Documento).chain(self.of_kind(Kind::Bando));
        for item in naming.filter(shown).filter(|i| names(i, sezione)) {
            let tipologia =
                if item.entry.kind == Kind::Bando { Tipologia::Bando } else { Tipologia::Documento };
            add(&mut elenchi, tipologia, item);
        }
        let (by_rule, only): (Vec<Tipologia>, Vec<&str>) = match file.and_then(|(_, f)| f.elenco.as_ref()) {
            Some(elenco) => (
                vec![elenco.value.tipologia.value],
                elenco.value.filtro.iter().map(|f| f.value.0.as_str()).collect(),
            ),
            None => AUTOMATICI.iter().filter(|(slug, ..)| *slug == sezione.slug).fold(
                (Vec::new(), Vec::new()),
                |(mut kinds, mut only), (_, kind, terms)| {
                    kinds.push(*kind);
                    only.extend_from_slice(terms);
                    (kinds, only)
                },
            ),
        };
        let incarichi =
            if by_rule.contains(&Tipologia::Incarico) { self.incarichi(&only) } else { Vec::new() };
        for tipologia in by_rule {
            for item in self.items().filter(shown).filter(|i| listed(i, tipologia, &only)) {
                add(&mut elenchi, tipologia, item);
            }
        }
        if let Some(elenco) = file.and_then(|(_, f)| f.elenco.as_ref()) {
            for deeper in below(sezione, elenco.profondita.as_ref().map_or(1, |p| p.value)) {
                let lists = self.contenuto(deeper).elenchi.into_iter();
                for (kind, items) in lists.filter(|(kind, _)| *kind == elenco.tipologia.value) {
                    for item in items {
                        add(&mut elenchi, kind, item);
                    }
                }
            }
        }
        for (tipologia, items) in &mut elenchi {
            match tipologia {
                Tipologia::Documento | Tipologia::Bando => super::lists::by_date(items),
                _ => super::lists::by_title(items),
            }
        }
        let reserved = self.riservati.iter().map(|e| &**e).filter(
            |e| matches!(&e.data, Data::Documento(d) if d.sezioni_trasparenza.iter().any(|s| s.value.0 == sezione)),
        );
        Contenuto { file, elenchi, incarichi, riservati: reserved.collect() }
    }

    /// Roles of the kinds asked for, all if none: open ones by rank and family name; with `cessato`, political ones that are over
    /// and are held by who has left all of them.
    fn incarichi(&self, only: &[&str]) -> Vec<Membro<'_>> {
        let roles = self
            .persone()
            .flat_map(|(item, p)| p.incarichi.iter().map(move |i| Membro { item, incarico: &i.value }));
        let wanted = |m: &Membro<'_>| match m.incarico.corso(self.now) {
            Corso::Aperto => role_among(m.incarico, only),
            Corso::Concluso => m.incarico.politico() && only.contains(&"cessato") && self.cessato(m.item),
            Corso::Futuro => false,
        };
        ranked(roles.filter(wanted).collect())
    }

    /// Whether a section has a page: the law wants empty sections too, but not those repealed, of other bodies, of older
    /// contracts, or of the regional profile where another holds.
    pub fn sezione_visibile(&self, sezione: &Sezione) -> bool {
        let always = match sezione.vigenza {
            Some(Vigenza::Storico | Vigenza::NonComuni | Vigenza::FinoAl2023) => false,
            Some(Vigenza::Dal2024) => true,
            None => sezione.livello() < 3 || self.profilo_trentino(),
        };
        let hidden_above = albero()
            .sopra(sezione)
            .iter()
            .any(|s| matches!(s.vigenza, Some(Vigenza::Storico | Vigenza::NonComuni | Vigenza::FinoAl2023)));
        (always && !hidden_above)
            || !self.contenuto(sezione).is_empty()
            || sezione
                .figli
                .iter()
                .any(|id| !hidden_above && !always && self.sezione_visibile(albero().get(*id)))
    }

    /// Whether the additions of the regional law of Trentino-Alto Adige hold.
    pub fn profilo_trentino(&self) -> bool {
        use crate::config::ProfiloTrasparenza::Trentino;
        let config = self.config.written.amministrazione_trasparente.as_ref();
        config.and_then(|t| t.value.profilo.as_ref()).is_some_and(|p| p.value == Trentino)
    }
}

/// The sections below one, down to so many levels with its own.
fn below(sezione: &Sezione, levels: u32) -> Vec<&'static Sezione> {
    let children = sezione.figli.iter().filter(|_| levels > 1).map(|id| albero().get(*id));
    children.flat_map(|s| std::iter::once(s).chain(below(s, levels - 1))).collect()
}

/// Lists a content once.
fn add<'a>(elenchi: &mut Vec<(Tipologia, Vec<&'a Item>)>, tipologia: Tipologia, item: &'a Item) {
    match elenchi.iter_mut().find(|(t, _)| *t == tipologia) {
        Some((_, items)) if items.iter().any(|i| i.id == item.id) => {}
        Some((_, items)) => items.push(item),
        None => elenchi.push((tipologia, vec![item])),
    }
}

/// Whether a content asks to be listed in a section.
fn names(item: &Item, sezione: &Sezione) -> bool {
    match &item.entry.data {
        Data::Documento(d) => d.sezioni_trasparenza.iter().any(|s| s.value.0 == sezione),
        Data::Bando(b) => {
            b.sezioni_trasparenza.iter().any(|s| s.value.0 == sezione)
                || (b.tipo.value == TipoBando::Gara
                    && b.fasi.iter().any(|f| f.tipo.value.sezione() == sezione.slug))
        }
        _ => false,
    }
}

/// Whether an automatic list takes a content.
fn listed(item: &Item, tipologia: Tipologia, only: &[&str]) -> bool {
    let among = |slug: &str| only.is_empty() || only.contains(&slug);
    match (tipologia, &item.entry.data) {
        (Tipologia::Documento, Data::Documento(d)) => document_among(d, only),
        (Tipologia::Bando, Data::Bando(b)) => among(b.tipo.value.name()),
        (Tipologia::Dataset, Data::Dataset(_)) => true,
        (Tipologia::Unita, Data::Unita(u)) => among(&u.tipo.entry.slug),
        (Tipologia::Procedimento, Data::Servizio(s)) => s.procedimento.is_some(),
        (Tipologia::Servizio, Data::Servizio(s)) => only.is_empty() || (only == ["online"] && online(s)),
        _ => false,
    }
}

/// Roles at the top of the administration.
const VERTICI: [&str; 3] = ["segretario-comunale", "segretario-generale", "direttore-generale"];

/// Whether an open role is of one of these kinds.
fn role_among(incarico: &Incarico, only: &[&str]) -> bool {
    let set = |flag: &Option<crate::diagnostic::Spanned<bool>>| flag.as_ref().is_some_and(|f| f.value);
    let top = incarico.ruolo.as_ref().is_some_and(|r| VERTICI.contains(&r.entry.slug.as_str()));
    only.is_empty()
        || only.contains(&incarico.tipo.entry.slug.as_str())
        || (only.contains(&"vertice") && top)
        || (only.contains(&"dirigente") && set(&incarico.dirigenziale) && !top)
        || (only.contains(&"posizione-organizzativa") && set(&incarico.posizione_organizzativa))
}

fn document_among(d: &Documento, only: &[&str]) -> bool {
    let root = super::vocabulary_root("tipi_documento", d.tipo.entry);
    only.is_empty() || only.contains(&d.tipo.entry.slug.as_str()) || only.contains(&root.slug.as_str())
}

fn online(s: &Servizio) -> bool {
    s.accesso.iter().any(|a| a.canale.value == Canale::Online)
}
