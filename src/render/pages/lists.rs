//! First- and second-level pages: lists of cards.

use super::super::cards::{BADGES, Cards};
use super::super::facets::{self, Facets};
use super::super::format::count;
use super::super::frame::vivere_label;
use super::super::markdown::Markdown;
use super::super::view::lists::{Argomenti, Argomento, Elenco, Servizi, TopicGroup, Vivere};
use super::super::view::{Card, Link, PageNumber, Pagination};
use super::home::{administration, places};
use super::{AMMINISTRAZIONE, ARGOMENTI, Built, DOCUMENTI, NOVITA, SERVIZI};
use crate::content::bando::Stato;
use crate::content::{Data, Kind};
use crate::plan::{
    ALBO_PRETORIO, DATASET, PAGE_SIZE, PNRR, Plan, argomenti_usati, categorie_usate, famiglie_di_luoghi,
    luoghi_url, nome_sezione, organi_per_tipo, organi_url, page_url, year_url,
};
use crate::site::{Item, Site, by_title, collation_key};
use crate::vocab::{self, Voce};

/// A card that leads to a list.
pub(super) fn category_card(cards: Cards<'_>, titolo: &str, path: &str, descrizione: &str) -> Card {
    Card {
        titolo: titolo.to_owned(),
        url: cards.urls.path(path),
        descrizione: Some(descrizione.to_owned()).filter(|d| !d.is_empty()),
        categoria: None,
        data: None,
        data_iso: None,
        immagine: None,
        giorno: None,
        mese: None,
        argomenti: Vec::new(),
        badge: Vec::new(),
        valori: String::new(),
        giorni: String::new(),
        icona: None,
    }
}

/// The cards of one numbered page, and the numbers.
pub(super) fn page_of<T, C>(
    cards: Cards<'_>,
    items: &[T],
    list: &str,
    page: usize,
    card: impl Fn(&T) -> C,
) -> (Vec<C>, Option<Pagination>) {
    let total = items.len().div_ceil(PAGE_SIZE).max(1);
    let shown = items.iter().skip((page - 1) * PAGE_SIZE).take(PAGE_SIZE).map(card).collect();
    let numbers = (1..=total).map(|n| PageNumber { numero: n, url: cards.urls.path(&page_url(list, n)) });
    (shown, (total > 1).then(|| Pagination { corrente: page, totale: total, pagine: numbers.collect() }))
}

/// `/amministrazione/`
pub fn amministrazione(cards: Cards<'_>, plan: &Plan) -> Built {
    let texts = [
        ("aree-amministrative", "Aree amministrative", "Le aree in cui è organizzato il lavoro del Comune."),
        (
            "documenti-e-dati",
            "Documenti e dati",
            "Regolamenti, moduli, bilanci, piani e altri documenti da scaricare.",
        ),
        ("enti-e-fondazioni", "Enti e fondazioni", "Biblioteca, musei, enti e fondazioni legati al Comune."),
        ("organi-di-governo", "Organi di governo", "Giunta, consiglio e commissioni del Comune."),
        (
            "personale-amministrativo",
            "Personale amministrativo",
            "Segretario, responsabili e altre persone che lavorano negli uffici.",
        ),
        ("politici", "Politici", "Sindaco, assessori e consiglieri comunali."),
        ("uffici", "Uffici", "Gli uffici comunali: di che cosa si occupano, dove sono, quando sono aperti."),
    ];
    let categorie = texts
        .into_iter()
        .map(|(slug, titolo, testo)| (format!("/amministrazione/{slug}/"), titolo, testo))
        .filter(|(path, ..)| plan.has(path))
        .map(|(path, titolo, testo)| category_card(cards, titolo, &path, testo))
        .collect();
    let evidenza: Vec<Card> = administration(cards.site).into_iter().map(|i| cards.card(i)).collect();
    let view = Elenco {
        evidenza_titolo: (!evidenza.is_empty()).then(|| "In evidenza".to_owned()),
        evidenza,
        categorie_titolo: Some("Esplora l'amministrazione".to_owned()),
        categorie,
        category_element: Some("management-category-link"),
        ..Elenco::default()
    };
    Built::new("Amministrazione", &view)
        .described(
            "Gli organi di governo, gli uffici, i documenti: come è fatto il Comune e chi fa che cosa.",
        )
        .below("management", &[])
}

/// A list of units.
pub fn unita(cards: Cards<'_>, sezione: &str) -> Built {
    let titolo = nome_sezione(sezione);
    let items = cards.site.unita_in(sezione);
    let (tutti, uno, molti) = match sezione {
        "organi-di-governo" => ("Tutti gli organi di governo", "organo di governo", "organi di governo"),
        "aree-amministrative" => {
            ("Tutte le aree amministrative", "area amministrativa", "aree amministrative")
        }
        "enti-e-fondazioni" => ("Tutti gli enti e le fondazioni", "ente", "enti e fondazioni"),
        _ => ("Tutti gli uffici", "ufficio", "uffici"),
    };
    let descrizione = match sezione {
        "organi-di-governo" => {
            "Chi governa il Comune: consiglio, giunta e commissioni, con compiti e contatti."
        }
        "aree-amministrative" => "Le aree in cui è organizzato il Comune, con gli uffici di ciascuna.",
        "enti-e-fondazioni" => "Enti, fondazioni e istituti legati al Comune, con sedi, orari e contatti.",
        _ => "Gli uffici del Comune: di che cosa si occupano, indirizzi, orari e contatti.",
    };
    let evidenza = cards.site.in_evidenza(&items, 3);
    let kinds: Vec<Card> = if sezione == ORGANI { kinds_of_bodies(cards) } else { Vec::new() };
    let view = Elenco {
        evidenza_titolo: (!evidenza.is_empty()).then(|| "In evidenza".to_owned()),
        evidenza: evidenza.into_iter().map(|i| cards.card(i)).collect(),
        elenco_titolo: Some(tutti.to_owned()),
        conteggio: Some(format!("{}, in ordine alfabetico", count(items.len(), uno, molti))),
        elenco: items.into_iter().map(|i| cards.card(i)).collect(),
        ricerca: true,
        categorie_titolo: (!kinds.is_empty()).then(|| "Esplora per tipo".to_owned()),
        categorie: kinds,
        ..Elenco::default()
    };
    Built::new(titolo, &view).described(descrizione).below("management", &[AMMINISTRAZIONE])
}

/// The section of political bodies.
const ORGANI: &str = "organi-di-governo";

/// Cards of the kinds of political body: the page of the kind where there are several, else that of the only one.
fn kinds_of_bodies(cards: Cards<'_>) -> Vec<Card> {
    let several: Vec<&Voce> = organi_per_tipo(cards.site).collect();
    let card = |tipo: &&Voce| {
        let n = cards.site.unita_di_tipo(&tipo.slug).len();
        category_card(cards, tipo.plural(), &organi_url(tipo), &count(n, "organo", "organi"))
    };
    several.iter().map(card).collect()
}

/// The political bodies of one kind.
pub fn organi(cards: Cards<'_>, tipo: &'static Voce) -> Built {
    let items = cards.site.unita_di_tipo(&tipo.slug);
    let plural = tipo.plural();
    let view = Elenco {
        elenco_titolo: Some("Tutti gli organi di questo tipo".to_owned()),
        conteggio: Some(format!("{}, in ordine alfabetico", count(items.len(), "organo", "organi"))),
        elenco: items.into_iter().map(|i| cards.card(i)).collect(),
        ricerca: true,
        ..Elenco::default()
    };
    let url = format!("/amministrazione/{ORGANI}/");
    Built::new(plural, &view)
        .described(format!("{plural}: di che cosa si occupano, chi ne fa parte, come contattarle."))
        .below("management", &[AMMINISTRAZIONE, (nome_sezione(ORGANI), &url)])
}
/// What the register is, on its card.
const ALBO_TEXT: &str = "Gli atti in pubblicazione, l'archivio e i bandi.";

/// `/amministrazione/documenti-e-dati/`
pub fn documenti_e_dati(cards: Cards<'_>, plan: &Plan, page: usize) -> Built {
    let site = cards.site;
    let categorie = vocab::get("tipi_documento")
        .voci
        .iter()
        .map(|t| (t, format!("{}{}/", DOCUMENTI.1, t.slug)))
        .filter(|(_, path)| plan.has(path))
        .map(|(t, path)| {
            let text = match path.as_str() {
                ALBO_PRETORIO => ALBO_TEXT.to_owned(),
                DATASET => count(site.of_kind(Kind::Dataset).count(), "dataset", "dataset"),
                _ => count(site.documenti_di(&t.slug).len(), "documento", "documenti"),
            };
            category_card(cards, t.plural(), &path, &text)
        })
        .collect();
    let mut items = site.acts();
    by_title(&mut items);
    let (facets, filtri) = Facets::new(cards, &facets::ATTI, &items);
    let (elenco, paginazione) = page_of(cards, &items, DOCUMENTI.1, page, |i| facets.mark(cards.card(i), i));
    let evidenza = if page == 1 { site.in_evidenza(&items, 3) } else { Vec::new() };
    let view = Elenco {
        evidenza_titolo: (!evidenza.is_empty()).then(|| "In evidenza".to_owned()),
        evidenza: evidenza.into_iter().map(|i| cards.card(i)).collect(),
        elenco_titolo: Some("Esplora i documenti".to_owned()),
        conteggio: Some(format!("{}, in ordine alfabetico", count(items.len(), "documento", "documenti"))),
        elenco,
        filtri,
        ricerca: true,
        paginazione,
        categorie_titolo: Some("Esplora per categoria".to_owned()),
        categorie,
        ..Elenco::default()
    };
    let mut built = Built::new(DOCUMENTI.0, &view)
        .described("Regolamenti, moduli, bilanci, piani: i documenti del Comune da leggere e scaricare.")
        .below("management", &[AMMINISTRAZIONE]);
    numbered(&mut built, DOCUMENTI.1, page);
    built
}

/// Documents of a kind.
pub fn documenti(cards: Cards<'_>, tipo: &'static Voce, page: usize) -> Built {
    let items = cards.site.documenti_di(&tipo.slug);
    let list = format!("/amministrazione/documenti-e-dati/{}/", tipo.slug);
    let (facets, filtri) = Facets::new(cards, &facets::ATTI, &items);
    let (elenco, paginazione) = page_of(cards, &items, &list, page, |i| facets.mark(cards.card(i), i));
    let view = Elenco {
        elenco_titolo: Some("Tutti i documenti".to_owned()),
        conteggio: Some(format!("{}, dal più recente", count(items.len(), "documento", "documenti"))),
        elenco,
        filtri,
        ricerca: true,
        paginazione,
        ..Elenco::default()
    };
    let mut built = Built::new(tipo.plural(), &view)
        .described(format!("{}: i documenti del Comune da leggere e scaricare.", tipo.plural()))
        .below("management", &[AMMINISTRAZIONE, DOCUMENTI]);
    numbered(&mut built, &list, page);
    built
}

/// Pages after the first say their number and stand below the list.
pub(super) fn numbered(built: &mut Built, list: &str, page: usize) {
    if page > 1 {
        built.parents.push(Link { label: built.titolo.clone(), url: list.to_owned() });
        built.titolo = format!("{}, pagina {page}", built.titolo);
        built.descrizione = built.descrizione.take().map(|d| format!("{d} Pagina {page}."));
    }
}

/// `/novita/`
pub fn novita(cards: Cards<'_>, page: usize) -> Built {
    let items = cards.site.newest(Kind::Notizia);
    let (elenco, paginazione) = page_of(cards, &items, NOVITA.1, page, |i| cards.card(i));
    let evidenza = if page == 1 { cards.site.in_evidenza(&items, 3) } else { Vec::new() };
    let texts = [
        ("notizie", "Che cosa succede in Comune: lavori, iniziative, novità nei servizi."),
        ("comunicati", "I comunicati stampa dell'amministrazione comunale."),
        ("avvisi", "Scadenze, chiusure, modifiche alla viabilità e altri avvisi."),
    ];
    let categorie = texts
        .into_iter()
        .filter(|(slug, _)| !cards.site.notizie_di(slug).is_empty())
        .filter_map(|(slug, testo)| Some((vocab::get("tipi_notizia").find(slug)?, testo)))
        .map(|(t, testo)| category_card(cards, &t.nome, &format!("/novita/{}/", t.slug), testo))
        .collect();
    let view = Elenco {
        evidenza_titolo: (!evidenza.is_empty()).then(|| "In evidenza".to_owned()),
        evidenza: evidenza.into_iter().map(|i| cards.picture_card(i)).collect(),
        elenco_titolo: Some("Esplora tutte le novità".to_owned()),
        conteggio: Some(format!("{}, dalla più recente", count(items.len(), "novità", "novità"))),
        vuoto: items.is_empty().then(|| "Non ci sono ancora novità.".to_owned()),
        elenco,
        ricerca: true,
        paginazione,
        categorie_titolo: Some("Esplora per categoria".to_owned()),
        categorie,
        category_element: Some("news-category-link"),
        ..Elenco::default()
    };
    let mut built = Built::new(NOVITA.0, &view)
        .described("Notizie, comunicati e avvisi del Comune, dal più recente.")
        .below("news", &[]);
    numbered(&mut built, NOVITA.1, page);
    built
}

/// News of a kind.
pub fn notizie(cards: Cards<'_>, tipo: &'static Voce, page: usize) -> Built {
    let items = cards.site.notizie_di(&tipo.slug);
    let list = format!("/novita/{}/", tipo.slug);
    let (elenco, paginazione) = page_of(cards, &items, &list, page, |i| cards.card(i));
    let (tutte, uno) = match tipo.slug.as_str() {
        "comunicati" => ("Tutti i comunicati", "comunicato"),
        "avvisi" => ("Tutti gli avvisi", "avviso"),
        _ => ("Tutte le notizie", "notizia"),
    };
    let evidenza = if page == 1 { cards.site.in_evidenza(&items, 3) } else { Vec::new() };
    let view = Elenco {
        evidenza_titolo: (!evidenza.is_empty()).then(|| format!("{} in evidenza", tipo.nome)),
        evidenza: evidenza.into_iter().map(|i| cards.picture_card(i)).collect(),
        elenco_titolo: Some(tutte.to_owned()),
        conteggio: Some(format!("{}, dal più recente", count(items.len(), uno, &tipo.nome.to_lowercase()))),
        vuoto: items.is_empty().then(|| "In questo momento l'elenco è vuoto.".to_owned()),
        elenco,
        ricerca: true,
        paginazione,
        lato_titolo: Some("Per anno".to_owned()),
        lato: years(cards, tipo),
        ..Elenco::default()
    };
    let mut built = Built::new(&tipo.nome, &view)
        .described(format!("{tutte} del Comune, dal più recente."))
        .below("news", &[NOVITA]);
    numbered(&mut built, &list, page);
    built
}

/// News of a kind and of a year.
pub fn anno(cards: Cards<'_>, tipo: &'static Voce, year: i16) -> Built {
    let items = cards.site.notizie_dell_anno(&tipo.slug, year);
    let name = tipo.nome.to_lowercase();
    let view = Elenco {
        elenco_titolo: Some(format!("Tutto il {year}")),
        conteggio: Some(format!(
            "{}, dal più recente",
            count(items.len(), &tipo.singular().to_lowercase(), &name)
        )),
        elenco: items.into_iter().map(|i| cards.card(i)).collect(),
        ricerca: true,
        lato_titolo: Some("Altri anni".to_owned()),
        lato: years(cards, tipo).into_iter().filter(|l| l.label != year.to_string()).collect(),
        ..Elenco::default()
    };
    let list = format!("/novita/{}/", tipo.slug);
    Built::new(format!("{} del {year}", tipo.nome), &view)
        .described(format!("{} del Comune pubblicati nel {year}, dal più recente.", tipo.nome))
        .below("news", &[NOVITA, (&tipo.nome, &list)])
}

/// The year archives of a kind of news.
fn years(cards: Cards<'_>, tipo: &Voce) -> Vec<Link> {
    let link = |year: i16| Link { label: year.to_string(), url: cards.urls.path(&year_url(tipo, year)) };
    cards.site.anni_di(&tipo.slug).into_iter().map(link).collect()
}

/// `/servizi/`: every sheet in one page.
pub fn servizi(cards: Cards<'_>) -> Built {
    let items = cards.site.alphabetical(Kind::Servizio);
    let chosen: Vec<&Item> = cards
        .site
        .config
        .written
        .evidenza
        .iter()
        .flat_map(|e| &e.servizi)
        .filter_map(|r| cards.site.target(&r.value))
        .collect();
    let highlighted = cards.site.in_evidenza(&items, 6);
    let evidenza = if chosen.is_empty() { highlighted } else { chosen };
    let (facets, filtri) = Facets::new(cards, &facets::SERVIZI, &items);
    let view = Servizi {
        filtri,
        caratteristiche: BADGES
            .into_iter()
            .filter(|b| items.iter().any(|i| cards.badges(i).contains(b)))
            .collect(),
        conteggio: format!("{}, in ordine alfabetico", count(items.len(), "servizio", "servizi")),
        servizi: items.into_iter().map(|i| facets.mark(cards.card(i), i)).collect(),
        evidenza: evidenza.into_iter().map(|i| cards.link(i)).collect(),
        categorie: categorie_usate(cards.site)
            .into_iter()
            .map(|c| {
                category_card(
                    cards,
                    &c.nome,
                    &format!("/servizi/{}/", c.slug),
                    c.descrizione.as_deref().unwrap_or(""),
                )
            })
            .collect(),
    };
    Built::new(SERVIZI.0, &view)
        .described("Tutti i servizi del Comune: come ottenerli, che cosa serve, quanto costano, dove andare.")
        .below("all-services", &[])
}

/// A category of services, with its offices at the side.
pub fn categoria(cards: Cards<'_>, categoria: &'static Voce) -> Built {
    let items = cards.site.servizi_in(&categoria.slug);
    let mut offices: Vec<&Item> = Vec::new();
    for item in &items {
        let Data::Servizio(s) = &item.entry.data else { continue };
        if let Some(office) = cards.site.target(&s.unita_responsabile.value)
            && offices.iter().all(|o| o.id != office.id)
        {
            offices.push(office);
        }
    }
    offices.sort_by_cached_key(|o| collation_key(&o.titolo));
    let bandi = calls(cards, &items);
    let view = Elenco {
        elenco_titolo: Some("Esplora tutti i servizi".to_owned()),
        conteggio: Some(format!("{}, in ordine alfabetico", count(items.len(), "servizio", "servizi"))),
        elenco: items.into_iter().map(|i| cards.card(i)).collect(),
        ricerca: true,
        lato_titolo: Some("Uffici".to_owned()),
        lato: offices.into_iter().map(|i| cards.link(i)).collect(),
        bandi,
        ..Elenco::default()
    };
    Built::new(&categoria.nome, &view)
        .described(categoria.descrizione.as_deref().unwrap_or_default())
        .below("all-services", &[SERVIZI])
}

/// The calls not over that are about some of these services.
fn calls(cards: Cards<'_>, services: &[&Item]) -> Vec<Link> {
    let about = |item: &Item| match &item.entry.data {
        Data::Bando(b) => cards.targets(&b.servizi).any(|s| services.iter().any(|of| of.id == s.id)),
        _ => false,
    };
    let current = cards.site.bandi().into_iter().filter(|(_, state)| *state != Stato::Chiuso);
    current.filter(|(item, _)| about(item)).map(|(item, _)| cards.link(item)).collect()
}

/// `/vivere-il-comune/`
pub fn vivere(cards: Cards<'_>) -> Built {
    let chosen = places(cards.site);
    let view = Vivere {
        immagine: chosen.first().and_then(|i| cards.picture(i.entry.common.immagine.as_ref())),
        eventi: highlighted_events(cards.site).into_iter().map(|i| cards.picture_card(i)).collect(),
        eventi_url: cards.urls.path(super::EVENTI.1),
        luoghi: chosen.into_iter().map(|i| cards.picture_card(i)).collect(),
        luoghi_url: cards.urls.path("/vivere-il-comune/luoghi/"),
    };
    Built::new(vivere_label(&cards.site.config), &view)
        .described(format!("Luoghi da visitare ed eventi a {}.", cards.site.config.nome_breve))
        .below("live", &[])
}

/// Six events to come: those highlighted first, then the nearest.
fn highlighted_events(site: &Site) -> Vec<&Item> {
    let all = site.eventi_in_programma();
    let mut items = site.in_evidenza(&all, 6);
    let others = all.into_iter().filter(|i| items.iter().all(|chosen| chosen.id != i.id)).collect::<Vec<_>>();
    items.extend(others);
    items.truncate(6);
    items
}

/// `/vivere-il-comune/luoghi/`
pub fn luoghi(cards: Cards<'_>) -> Built {
    let items = cards.site.luoghi();
    let evidenza = cards.site.in_evidenza(&items, 3);
    let view = Elenco {
        evidenza_titolo: (!evidenza.is_empty()).then(|| "In evidenza".to_owned()),
        evidenza: evidenza.into_iter().map(|i| cards.picture_card(i)).collect(),
        elenco_titolo: Some("Esplora tutti i luoghi".to_owned()),
        conteggio: Some(format!("{}, in ordine alfabetico", count(items.len(), "luogo", "luoghi"))),
        vuoto: items.is_empty().then(|| "Non ci sono ancora luoghi da mostrare.".to_owned()),
        elenco: items.into_iter().map(|i| cards.picture_card(i)).collect(),
        ricerca: true,
        categorie_titolo: Some("Esplora per tipo".to_owned()),
        categorie: famiglie_di_luoghi(cards.site).into_iter().map(|f| family_card(cards, f)).collect(),
        ..Elenco::default()
    };
    let vivere = vivere_label(&cards.site.config);
    Built::new("Luoghi", &view)
        .described(format!(
            "I luoghi di {}: che cosa vedere, come arrivare, orari e accessibilità.",
            cards.site.config.nome_breve
        ))
        .below("live", &[(&vivere, "/vivere-il-comune/")])
}

fn family_card(cards: Cards<'_>, famiglia: &Voce) -> Card {
    let n = cards.site.luoghi_di(&famiglia.slug).len();
    category_card(cards, famiglia.plural(), &luoghi_url(famiglia), &count(n, "luogo", "luoghi"))
}

/// The places of one family.
pub fn luoghi_di(cards: Cards<'_>, famiglia: &'static Voce) -> Built {
    let items = cards.site.luoghi_di(&famiglia.slug);
    let view = Elenco {
        elenco_titolo: Some("Tutti i luoghi di questo tipo".to_owned()),
        conteggio: Some(format!("{}, in ordine alfabetico", count(items.len(), "luogo", "luoghi"))),
        elenco: items.into_iter().map(|i| cards.picture_card(i)).collect(),
        ricerca: true,
        ..Elenco::default()
    };
    let vivere = vivere_label(&cards.site.config);
    let here = &cards.site.config.nome_breve;
    Built::new(famiglia.plural(), &view)
        .described(format!(
            "{} a {here}: che cosa vedere, come arrivare, orari e accessibilità.",
            famiglia.plural()
        ))
        .below("live", &[(&vivere, "/vivere-il-comune/"), super::LUOGHI])
}

fn topic_text(cards: Cards<'_>, voce: &Voce) -> String {
    let own =
        cards.site.find(Kind::Argomento, &voce.slug).map(|i| i.descrizione.clone()).filter(|d| !d.is_empty());
    own.unwrap_or_else(|| {
        format!("Servizi, novità e documenti del Comune su questo tema: {}.", voce.nome.to_lowercase())
    })
}

/// The symbol of a topic, if the Comune has chosen one.
pub(super) fn topic_icon(site: &Site, voce: &Voce) -> Option<&'static str> {
    match &site.find(Kind::Argomento, &voce.slug)?.entry.data {
        Data::Argomento(a) => a.icona.as_ref().map(|i| i.value.simbolo()),
        _ => None,
    }
}

/// `/argomenti/`
pub fn argomenti(cards: Cards<'_>) -> Built {
    let card = |voce: &Voce| {
        let picture = cards
            .site
            .find(Kind::Argomento, &voce.slug)
            .and_then(|i| cards.picture(i.entry.common.immagine.as_ref()));
        let path = format!("/argomenti/{}/", voce.slug);
        let icona = topic_icon(cards.site, voce);
        Card { immagine: picture, icona, ..category_card(cards, &voce.nome, &path, &topic_text(cards, voce)) }
    };
    let chosen = cards.site.config.written.evidenza.iter().flat_map(|e| &e.argomenti);
    let view = Argomenti {
        evidenza: chosen.take(3).map(|t| card(t.entry)).collect(),
        argomenti: argomenti_usati(cards.site)
            .into_iter()
            .map(|v| Card { immagine: None, ..card(v) })
            .collect(),
    };
    Built::new(ARGOMENTI.0, &view)
        .described("Servizi, novità e documenti del Comune, raccolti per argomento.")
}

/// The page of a topic.
pub fn argomento(cards: Cards<'_>, voce: &'static Voce) -> Built {
    let site = cards.site;
    let about = |items: Vec<&Item>| -> Vec<Card> {
        items
            .into_iter()
            .filter(|i| i.argomenti().any(|t| t.slug == voce.slug))
            .take(3)
            .map(|i| cards.card(i))
            .collect()
    };
    let all = |label: &str, path: &str| Link { label: label.to_owned(), url: cards.urls.path(path) };
    let galleries: Vec<&Item> =
        site.gallerie().into_iter().filter(|i| i.entry.kind == Kind::Galleria).collect();
    let gruppi = [
        ("Novità", about(site.newest(Kind::Notizia)), all("Tutte le novità", NOVITA.1)),
        (
            "Amministrazione",
            about(site.alphabetical(Kind::Unita)),
            all("Tutta l'amministrazione", AMMINISTRAZIONE.1),
        ),
        ("Servizi", about(site.alphabetical(Kind::Servizio)), all("Tutti i servizi", SERVIZI.1)),
        ("Documenti", about(site.acts()), all("Tutti i documenti", DOCUMENTI.1)),
        ("Eventi", about(site.eventi_in_programma()), all("Tutti gli eventi", super::EVENTI.1)),
        ("Luoghi", about(site.luoghi()), all("Tutti i luoghi", super::LUOGHI.1)),
        ("Gallerie", about(galleries), all("Tutte le gallerie", super::GALLERIE.1)),
        ("Progetti PNRR", about(site.alphabetical(Kind::Progetto)), all("Tutti i progetti", PNRR)),
        ("Pagine", about(site.alphabetical(Kind::Pagina)), all("Tutte le pagine", "/mappa-del-sito/")),
    ];
    let gruppi = gruppi
        .into_iter()
        .filter(|(_, voci, _)| !voci.is_empty())
        .map(|(titolo, voci, tutti)| TopicGroup { titolo, voci, tutti })
        .collect();
    let file = site.find(Kind::Argomento, &voce.slug);
    let mut view = Argomento {
        immagine: None,
        testo_html: None,
        gestito_da: Vec::new(),
        assessorati: Vec::new(),
        evidenza: Vec::new(),
        siti: cards.thematic_sites(Some(voce)),
        gruppi,
    };
    if let Some(item) = file
        && let Data::Argomento(a) = &item.entry.data
    {
        let mut markdown = Markdown::new(site, cards.urls);
        view.immagine = cards.picture(item.entry.common.immagine.as_ref());
        view.testo_html = a.testo.as_ref().map(|t| markdown.render(&t.value, Kind::Argomento, 2));
        view.gestito_da = cards.targets(&a.gestito_da).map(|i| cards.office(i)).collect();
        view.assessorati = cards.targets(&a.assessorati).map(|i| cards.office(i)).collect();
        view.evidenza = cards.any(&a.evidenza).map(|i| cards.card(i)).collect();
    }
    Built::new(&voce.nome, &view).described(topic_text(cards, voce)).below("", &[ARGOMENTI])
}
