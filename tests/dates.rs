//! Dates: no content shows in any output outside its interval, and every day on which the output changes was announced.

mod common;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use campanile::albo::Registro;
use campanile::config::{Config, Consorzio};
use campanile::content::parse::{self, Catalogue, Reading};
use campanile::content::ricorrenza::Occorrenza;
use campanile::content::{Data, Entry, Kind};
use campanile::diagnostic::{Diagnostics, SourceFiles};
use campanile::limits::Limits;
use campanile::load::Loaded;
use campanile::pipeline::{self, Options};
use campanile::plan::{PageKind, Plan};
use campanile::post;
use campanile::render::{Assets, Engine, Renderer, Urls};
use campanile::site::{Known, Site, View};
use campanile::source::{Disk, Memory};
use jiff::civil::Date;
use rayon::prelude::*;

/// A content with a word of its own, and the days between which that word may be read.
struct Dated {
    path: &'static str,
    word: &'static str,
    from: Option<&'static str>,
    to: Option<&'static str>,
    text: String,
}

fn dated(
    path: &'static str,
    word: &'static str,
    from: Option<&'static str>,
    to: Option<&'static str>,
    fields: &str,
) -> Dated {
    let text =
        format!("---\ntitolo: Titolo {word}\ndescrizione_breve: Testo {word}.\n{fields}---\nTesto {word}.\n");
    Dated { path, word, from, to, text }
}

const DOCUMENT: &str =
    "argomenti: [imprese]\nufficio_responsabile: [ufficio-tributi]\nurl: https://www.esempio.it/a.pdf\n";

fn contents() -> Vec<Dated> {
    let act = "tipo: albo-ordinanza-del-sindaco\npubblicazione_dal: 2026-10-12\npubblicazione_al: 2026-10-27\ndata_pubblicazione: 2026-10-12\n";
    vec![
        dated("novita/a.md", "zafferano", Some("2026-10-05"), Some("2026-11-10"),
            "tipo: notizie\nargomenti: [imprese]\na_cura_di: [ufficio-tributi]\ndata_pubblicazione: 2026-10-05\nscadenza: 2026-10-20\ndata_rimozione: 2026-11-10\n"),
        dated("documenti/a.md", "cardamomo", Some("2026-10-10"), None,
            &format!("tipo: regolamento\ndata_pubblicazione: 2026-10-10\nsezioni_trasparenza: [provvedimenti]\n{DOCUMENT}")),
        dated("documenti/b.md", "coriandolo", None, Some("2026-10-25"),
            &format!("tipo: statuto\ndata_pubblicazione: 2026-09-01\ndata_rimozione: 2026-10-25\n{DOCUMENT}")),
        dated("documenti/c.md", "rosmarino", Some("2026-10-12"), Some("2026-11-05"),
            &format!("{act}data_rimozione: 2026-11-05\n{DOCUMENT}")),
        dated("documenti/d.md", "melissa", Some("2026-10-12"), None, &format!("{act}privacy: oscurato\n{DOCUMENT}")),
        dated("documenti/e.md", "ginepro", Some("2030-01-01"), None,
            &format!("tipo: regolamento\ndata_pubblicazione: 2026-10-01\nbozza: true\n{DOCUMENT}")),
        dated("bandi/a.md", "finocchio", Some("2026-10-08"), None,
            "tipo: concorso\nargomenti: [concorsi]\nufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: 2026-10-08\napertura: 2026-10-15\nscadenza_domande: 2026-10-30T12:00\n"),
        dated("dataset/a.md", "maggiorana", Some("2026-10-14"), None,
            "temi: [ambiente]\ntitolare: ufficio-tributi\nfrequenza_aggiornamento: annuale\ndata_modifica: 2026-10-01\ndata_pubblicazione: 2026-10-14\ndistribuzioni: [{titolo: Dati, url: \"https://www.esempio.it/a.csv\"}]\n"),
        dated("pagine/a.md", "dragoncello", Some("2026-10-03"), Some("2026-10-28"),
            "data_pubblicazione: 2026-10-03\ndata_rimozione: 2026-10-28\n"),
        dated("progetti-pnrr/a.md", "timo-serpillo", Some("2026-10-18"), None,
            "missione: m1\ncomponente: M1C1\ninvestimento: Misura 1.4.1\ncup: H41F22000120006\nimporto: \"100,00\"\nstato: in-corso\nufficio_responsabile: [ufficio-tributi]\ndata_pubblicazione: 2026-10-18\n"),
        dated(
            "eventi/a.md",
            "levistico",
            Some("2026-10-04"),
            Some("2026-11-08"),
            "tipo: mostra\nargomenti: [imprese]\ninizio: 2026-10-09T20:30\nfine: 2026-10-09T22:00\n\
             ricorrenza: FREQ=WEEKLY;BYDAY=FR;UNTIL=20261030\nonline: https://www.esempio.it/diretta\ngratuito: true\n\
             contatti_testo: Telefona al Comune.\na_chi_e_rivolto: A tutti.\n\
             data_pubblicazione: 2026-10-04\ndata_rimozione: 2026-11-08\n",
        ),
        Dated {
            path: "allerte/a.md",
            word: "assenzio",
            from: Some("2026-10-11"),
            to: Some("2026-10-13"),
            text: "---\ntesto: Allerta assenzio.\ncolore: giallo\ndata_pubblicazione: 2026-10-11\ndata_fine: 2026-10-13\n---\n"
                .to_owned(),
        },
        Dated {
            path: "trasparenza/dotazione-organica.md", word: "erba-cipollina", from: Some("2026-10-21"), to: Some("2026-11-02"),
            text: "---\ndata_pubblicazione: 2026-10-21\ndata_rimozione: 2026-11-02\n---\nTesto erba-cipollina.\n".to_owned(),
        },
        Dated {
            path: "domande-frequenti/a.md", word: "santoreggia", from: Some("2026-10-06"), to: Some("2026-10-16"),
            text: "---\ndomanda: Che cosa vuol dire santoreggia?\ndata_pubblicazione: 2026-10-06\ndata_rimozione: 2026-10-16\n---\nTesto santoreggia.\n".to_owned(),
        },
    ]
}

/// The files of a day, and the day of the next change.
type Built = (BTreeMap<String, Vec<u8>>, Option<Date>);

fn built(site: &Memory, now: Date) -> Built {
    let outcome = pipeline::build(site, &Options { now, ..common::options() });
    assert_eq!(common::errors(&outcome), Vec::<String>::new(), "{now}");
    let mut files = common::files(&outcome);
    files.remove("build.json").expect("the next change is always told");
    (files, outcome.sites[0].next_change)
}

#[test]
fn nothing_shows_outside_its_days_and_every_change_is_announced() {
    let contents = contents();
    let mut site = common::base_site();
    for content in &contents {
        site.insert(content.path.to_owned(), content.text.clone().into_bytes());
    }
    let day = |text: &str| text.parse::<Date>().unwrap();
    let mut now = day("2026-09-28");
    let mut before: Option<Built> = None;
    // The words of each file; those of a file that stays as it is are not looked for again.
    let mut said: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut changes = 0;
    while now <= day("2026-11-13") {
        let today = built(&site, now);
        let same =
            |path: &String| before.as_ref().is_some_and(|(files, _)| files.get(path) == today.0.get(path));
        said.retain(|path, _| same(path));
        for (path, bytes) in &today.0 {
            said.entry(path.clone()).or_insert_with(|| {
                let text = String::from_utf8_lossy(bytes);
                contents.iter().map(|c| c.word).filter(|word| text.contains(word)).collect()
            });
        }
        let all: BTreeSet<&str> = said.values().flatten().copied().collect();
        for content in &contents {
            let due = content.from.is_none_or(|d| day(d) <= now) && content.to.is_none_or(|d| now <= day(d));
            assert_eq!(all.contains(content.word), due, "{now}: {}", content.word);
        }
        if let Some((files, announced)) = before
            && files != today.0
        {
            assert_eq!(announced, Some(now), "the change of {now} was not announced");
            changes += 1;
        }
        before = Some(today);
        now = now.tomorrow().unwrap();
    }
    assert!(changes >= 15, "{changes} changes");
}

/// The contents of the example, read once.
struct Example {
    loaded: Loaded,
    entries: Vec<Arc<Entry>>,
    assets: Assets,
    engine: Engine,
}

impl Example {
    fn read() -> Self {
        let (source, limits) = (Disk::new(common::root().join("content-example")), Limits::default());
        let loaded =
            campanile::load::load(&source, &[], limits, SourceFiles::default(), &mut Diagnostics::default());
        let catalogue = Catalogue::new();
        let reading = Reading { files: &loaded.files, catalogue: &catalogue, limits };
        let mut out = Vec::new();
        let read =
            |c: &campanile::load::ContentFile| parse::entry(c.kind, &c.slug, c.file, reading, &mut out);
        let entries = loaded.sites[0].contents.iter().filter_map(read).map(Arc::new).collect();
        Example { loaded, entries, assets: Assets::new(), engine: Engine::new(Vec::new()).unwrap() }
    }

    /// The site of a day.
    fn on(&self, now: Date) -> Site {
        let (files, mut out) = (&self.loaded.sites[0], Vec::new());
        let (texts, limits) = (&self.loaded.files, Limits::default());
        let shared = self.loaded.consorzio.and_then(|file| Consorzio::parse(file, texts, limits, &mut out));
        let config = Config::read(files, texts, shared.as_ref(), limits, &mut out).unwrap();
        let log = files.registro.unwrap();
        let registro = Registro::parse(log, &self.loaded.files.get(log).text, &mut out);
        let view = View { now, drafts: false };
        Site::relate(config, self.entries.clone(), registro, view, files, &mut Known::default(), &mut out)
    }

    /// The days of the two years on which, by what contents write, one of them comes, ends or goes.
    fn days(&self) -> Vec<Date> {
        let (first, end) = (Date::constant(2026, 1, 1), Date::constant(2028, 1, 1));
        let named: BTreeSet<Date> = self.entries.iter().flat_map(|e| e.days()).copied().collect();
        let mut days: Vec<Date> = named.into_iter().filter(|d| first <= *d && *d < end).collect();
        days.dedup_by_key(|d| self.dues(*d));
        days
    }

    /// What a day owes to each content: whether it is there and whether it is valid.
    fn dues(&self, now: Date) -> Vec<(bool, bool)> {
        self.entries.iter().map(|e| due(e, now)).collect()
    }
}

/// What the dates written in a content say of a day: whether it is published and, if it is, whether it is valid.
fn due(entry: &Entry, now: Date) -> (bool, bool) {
    let c = &entry.common;
    let begins = match &entry.data {
        Data::Documento(d) => d.pubblicazione_dal.as_ref().map(|d| d.value),
        Data::Persona(p) => p.incarichi.iter().map(|i| i.value.data_inizio.value).min(),
        _ => None,
    };
    let ends = match &entry.data {
        Data::Evento(e) => e.calendario().unwrap().date.last().map(Occorrenza::ultimo_giorno),
        Data::Allerta(a) => Some(a.data_fine.value),
        _ => None,
    };
    let begun = c.data_pubblicazione.as_ref().map(|d| d.value).max(begins).is_none_or(|d| d <= now);
    let gone = c.data_rimozione.as_ref().is_some_and(|d| d.value < now);
    let over = |d: Date| d < now;
    (begun && !gone, !ends.is_some_and(over) && !c.scadenza.as_ref().is_some_and(|d| over(d.value)))
}

/// What is written between quotes, tags and line ends: the addresses of a file are among them.
fn tokens(bytes: &[u8]) -> HashSet<String> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n ", "").replace("\r\nURL:", "\n");
    text.split(['"', '<', '>', '\n', '\r']).filter(|t| t.contains('/')).map(str::to_owned).collect()
}

/// Whether a page is a list, or one of an event, which leaves the site map when it is over. The other pages of single contents are
/// as they are; whether they are there is the plan's word.
fn touched(kind: PageKind) -> bool {
    !matches!(
        kind,
        PageKind::Servizio(_)
            | PageKind::Unita(_)
            | PageKind::Luogo(_)
            | PageKind::Persona(_)
            | PageKind::Notizia(_)
            | PageKind::Documento(_)
            | PageKind::Bando(_)
            | PageKind::Dataset(_)
            | PageKind::Progetto(_)
            | PageKind::Pagina(_)
            | PageKind::SezioneTrasparenza(_)
            | PageKind::Prenotazione(_)
            | PageKind::Assistenza(_)
    )
}

/// Every output of a day, of the pages that a date can touch.
fn outputs(example: &Example, site: &Site) -> (Plan, BTreeMap<String, Vec<u8>>) {
    let urls = Urls::new(&"https://www.comune.roccachiara.tn.it/".parse().unwrap());
    let (assets, addresses) = example.assets.for_site(site.config.colore, urls.prefix()).unwrap();
    let mut plan = Plan::new(site, &mut Vec::new());
    plan.routes.retain(|r| touched(r.kind));
    let engine = example.engine.clone().framed(site, &plan, &urls, &addresses);
    let pages = Renderer { site, plan: &plan, urls: &urls, engine: &engine }.render().unwrap();
    let input = post::Input {
        site,
        plan: &plan,
        urls: &urls,
        pages,
        assets: &assets,
        statics: &[],
        texts: &SourceFiles::default(),
        templates: &[],
        minify: false,
    };
    let files = post::post(input, &mut Vec::new());
    (plan, files.into_iter().map(|f| (f.path, f.bytes.to_vec())).collect())
}

/// Each content is published, and valid, exactly when its own dates say so.
fn check_contents(example: &Example, site: &Site) {
    let now = site.now;
    for (entry, (published, valid)) in example.entries.iter().zip(example.dues(now)) {
        let reserved = site.riservati.iter().any(|r| r.kind == entry.kind && r.slug == entry.slug);
        match site.find(entry.kind, &entry.slug) {
            Some(item) => {
                assert!(published && !entry.reserved(), "{now}: {}", item.url);
                assert_eq!(item.scaduto, !valid, "{now}: {}", item.url);
            }
            None => assert_eq!(published, reserved, "{now}: {}/{}", entry.kind.folder(), entry.slug),
        }
    }
}

/// The address of each content stands in the outputs in which it should and, when it is not published, in none.
fn check_outputs(example: &Example, site: &Site, later: &Site) {
    let now = site.now;
    let (plan, files) = outputs(example, site);
    let texts = files.iter().filter(|(p, _)| !p.starts_with("media/") && !p.starts_with("assets/"));
    let read: BTreeMap<&str, HashSet<String>> =
        texts.map(|(path, bytes)| (path.as_str(), tokens(bytes))).collect();
    let holds = |path: &str, url: &str| read.get(path).is_some_and(|t| t.contains(url));
    for (entry, (published, valid)) in example.entries.iter().zip(example.dues(now)) {
        let here = site.find(entry.kind, &entry.slug).or(later.find(entry.kind, &entry.slug));
        let Some(url) = here.map(|i| i.url.as_str()) else { continue };
        if !url.ends_with('/') || entry.kind == Kind::Argomento {
            continue;
        }
        let full = format!("https://www.comune.roccachiara.tn.it{url}");
        assert_eq!(plan.has(url), published, "{now}: {url} has a page");
        if !published {
            let told = read.iter().find(|(_, t)| t.contains(url) || t.contains(&full)).map(|(p, _)| p);
            assert_eq!(told, None, "{now}: {url} is not published");
            continue;
        }
        let hidden = entry.common.escludi_da_ricerca.as_ref().is_some_and(|e| e.value);
        for path in ["api/ricerca.json", "ricerca/index.html"] {
            assert_eq!(holds(path, url), valid && !hidden, "{now}: {url} in {path}");
        }
        match entry.kind {
            Kind::Notizia => assert_eq!(holds("novita/feed.xml", &full), valid, "{now}: {url} in the feed"),
            Kind::Evento => {
                for path in ["eventi.ics", "sitemap.xml"] {
                    assert_eq!(holds(path, &full), valid, "{now}: {url} in {path}");
                }
            }
            _ => {}
        }
    }
}

/// Two years of the example, at every day on which the dates of its contents change what is there, and on the day before.
#[test]
fn the_example_over_two_years_holds_what_its_dates_say() {
    let example = Example::read();
    let days = example.days();
    assert!(days.len() > 60, "{} days", days.len());
    // Where the contents of later days will stand.
    let later = example.on(Date::constant(2027, 12, 31));
    days.par_iter().for_each(|now| {
        check_contents(&example, &example.on(now.yesterday().unwrap()));
        let site = example.on(*now);
        check_contents(&example, &site);
        check_outputs(&example, &site, &later);
    });
}
