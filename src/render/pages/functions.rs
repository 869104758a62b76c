//! Pages of functions and duties: FAQ, forms, search, site map, legal notes, privacy, transparency, not found.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::cards::Cards;
use super::super::frame::{urp_email, vivere_label};
use super::super::jsonld;
use super::super::markdown::{Markdown, paragraph};
use super::super::search;
use super::super::view::contents::Pagina;
use super::super::view::functions::{
    Choice, ChoiceGroup, DomandeFrequenti, LetterGroup, Mappa, Modulo, NonTrovata, NoteLegali, PagaAvviso,
    QuestionGroup, Ricerca, SearchEntry,
};
use super::super::view::{Link, MapTree, Question};
use super::contents;
use super::{AMMINISTRAZIONE, ARGOMENTI, Built, DOCUMENTI, EVENTI, GALLERIE, LUOGHI, NOVITA, SERVIZI};
use crate::access::{Destinazione, Variabili};
use crate::config::{Funzione, Funzioni};
use crate::content::servizio::Canale;
use crate::content::types::slugify;
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::{
    ARCHIVIO_EVENTI, ASSISTENZA, BANDI, INDICE_RICERCA, PNRR, PRENOTAZIONE, PageKind, Plan, SEZIONI,
    SEZIONI_PERSONE, TRASPARENZA, categorie_usate, cessati_url, famiglie_di_luoghi, luoghi_url,
};
use crate::site::{Item, collation_key};
use crate::vocab;

/// `/domande-frequenti/`
pub fn domande(cards: Cards<'_>) -> Built {
    let mut items: Vec<&Item> = cards.site.of_kind(Kind::Domanda).filter(|i| !i.scaduto).collect();
    let priority = |i: &Item| match &i.entry.data {
        Data::Domanda(d) => d.priorita.as_ref().map_or(0, |p| p.value),
        _ => 0,
    };
    items.sort_by_cached_key(|i| (std::cmp::Reverse(priority(i)), i.chiave.clone()));
    let mut md = Markdown::new(cards.site, cards.urls);
    let mut gruppi: Vec<QuestionGroup> = Vec::new();
    let mut faq: Vec<(&str, &str)> = Vec::new();
    for item in items {
        let Data::Domanda(d) = &item.entry.data else { continue };
        faq.push((&d.domanda.value.0, &d.risposta.value.text));
        let titolo = d.categoria.as_ref().map_or("Altre domande", |c| &c.value.0);
        let question = Question {
            id: format!("domanda-{}", item.entry.slug),
            domanda: d.domanda.value.0.clone(),
            risposta_html: md.render(&d.risposta.value, Kind::Domanda, 4),
            servizio: d.servizio.as_ref().and_then(|s| cards.site.target(&s.value)).map(|s| cards.link(s)),
        };
        let id = format!("gruppo-{}", slugify(titolo));
        let category = named(&mut gruppi, titolo, id.clone());
        let list = match &d.gruppo {
            Some(gruppo) => {
                let id = format!("{id}-{}", slugify(&gruppo.value.0));
                &mut named(&mut category.gruppi, &gruppo.value.0, id).voci
            }
            None => &mut category.voci,
        };
        list.push(question);
    }
    gruppi.sort_by_cached_key(|g| (g.titolo == "Altre domande", collation_key(&g.titolo)));
    for group in &mut gruppi {
        group.gruppi.sort_by_cached_key(|g| collation_key(&g.titolo));
    }
    let mut built = Built::new("Domande frequenti", &DomandeFrequenti { gruppi })
        .described("Le risposte alle domande che i cittadini fanno più spesso al Comune.");
    built.jsonld = vec![jsonld::faq(faq.into_iter())];
    built.hide_function = "faq";
    built
}

/// The group of that name, added where there is none.
fn named<'g>(groups: &'g mut Vec<QuestionGroup>, titolo: &str, id: String) -> &'g mut QuestionGroup {
    let place = groups.iter().position(|g| g.titolo == titolo).unwrap_or_else(|| {
        groups.push(QuestionGroup::new(titolo, id));
        groups.len() - 1
    });
    &mut groups[place]
}

/// A function of the site as a page: a form, a message to write, or a link elsewhere.
fn modulo(
    cards: Cards<'_>,
    (funzione, titolo): (&'static str, &str),
    pick: impl Fn(&Funzioni) -> &Option<Spanned<Funzione>>,
    destination: Option<&Destinazione>,
    service: Option<&Item>,
) -> Modulo {
    let written = &cards.site.config.written;
    let configured = written.funzione(pick);
    let endpoint = configured.and_then(|f| f.modulo.as_ref()).map(|m| m.endpoint.value.0.to_string());
    let chosen = configured.and_then(|f| f.mailto.as_ref()).map(|m| m.value.to_string());
    let mailto =
        (destination.is_none() && endpoint.is_none()).then(|| chosen.unwrap_or_else(|| urp_email(cards)));
    let subject = title(titolo, service);
    let telephone = written.contatti.centralino.as_ref().or(written.contatti.numero_verde.as_ref());
    let uffici = match service {
        Some(item) => offices_of(cards, item),
        None => offices(cards),
    };
    Modulo {
        funzione,
        esterno: destination.map(|to| cards.button(to, None, "Vai al servizio")),
        endpoint,
        mailto_url: mailto.as_ref().map(|address| format!("mailto:{address}?subject={}", encoded(&subject))),
        mailto,
        servizio: service.map(|i| i.entry.slug.clone()).unwrap_or_default(),
        ufficio: service.and(uffici.first()).map(|u| u.value.clone()).unwrap_or_default(),
        uffici,
        servizi: services(cards, service),
        privacy_url: cards.urls.path("/privacy/"),
        telefono: telephone.map(|p| Link { label: p.value.display(), url: p.value.uri() }),
    }
}

fn title(function: &str, service: Option<&Item>) -> String {
    service.map_or_else(|| function.to_owned(), |item| format!("{function}: {}", item.titolo))
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The offices of a service: where one books, where one goes, who is in charge.
fn offices_of(cards: Cards<'_>, item: &Item) -> Vec<Choice> {
    let Data::Servizio(s) = &item.entry.data else { return Vec::new() };
    let of = |canale: Canale| s.accesso.iter().filter(move |a| a.canale.value == canale);
    let named = of(Canale::Appuntamento).chain(of(Canale::Sportello)).filter_map(|a| a.unita.as_ref());
    let mut offices: Vec<Choice> = Vec::new();
    for unit in named.chain([&s.unita_responsabile]).filter_map(|u| cards.site.target(&u.value)) {
        if offices.iter().all(|o| o.value != unit.entry.slug) {
            offices.push(Choice { value: unit.entry.slug.clone(), label: unit.titolo.clone() });
        }
    }
    offices
}

fn offices(cards: Cards<'_>) -> Vec<Choice> {
    let bookable = |i: &&Item| matches!(&i.entry.data, Data::Unita(u) if u.prenotabile.as_ref().is_some_and(|p| p.value));
    let items = cards.site.alphabetical(Kind::Unita);
    items
        .into_iter()
        .filter(bookable)
        .map(|i| Choice { value: i.entry.slug.clone(), label: i.titolo.clone() })
        .collect()
}

/// The services to choose from: all, or the one that the citizen comes from.
fn services(cards: Cards<'_>, chosen: Option<&Item>) -> Vec<ChoiceGroup> {
    let group = |c: &'static vocab::Voce| ChoiceGroup {
        label: c.nome.clone(),
        voci: cards
            .site
            .servizi_in(&c.slug)
            .into_iter()
            .filter(|i| chosen.is_none_or(|chosen| chosen.id == i.id))
            .filter(|i| matches!(&i.entry.data, Data::Servizio(s) if s.categoria.entry.slug == c.slug))
            .map(|i| Choice { value: i.entry.slug.clone(), label: i.titolo.clone() })
            .collect(),
    };
    categorie_usate(cards.site).into_iter().map(group).filter(|g| !g.voci.is_empty()).collect()
}

/// A function below Servizi, for a service if one is given: then it is out of search engines, which know the general page.
fn request(view: &Modulo, titolo: &str, url: &str, text: &str, service: Option<&Item>) -> Built {
    let parents = [SERVIZI, (titolo, url)];
    let mut built = Built::new(title(titolo, service), view)
        .below("all-services", &parents[..=usize::from(service.is_some())]);
    built.hide_function = view.funzione;
    built.noindex = service.is_some();
    built.described(text)
}

/// `/servizi/prenotazione-appuntamento/`
pub fn prenotazione(cards: Cards<'_>, service: Option<&Item>) -> Built {
    let to = cards.site.funzioni.prenotazione.as_ref();
    let titolo = "Prenotazione appuntamento";
    let view = modulo(cards, ("prenotazione", titolo), |f| &f.prenotazione, to, service);
    let text = "Chiedi un appuntamento con un ufficio del Comune, nel giorno e nell'ora che preferisci.";
    request(&view, titolo, PRENOTAZIONE, text, service)
}

/// `/servizi/richiesta-assistenza/`
pub fn assistenza(cards: Cards<'_>, service: Option<&Item>) -> Built {
    let to = cards.site.funzioni.assistenza.as_ref();
    let titolo = "Richiesta assistenza";
    let view = modulo(cards, ("assistenza", titolo), |f| &f.assistenza, to, service);
    let text = "Scrivi al Comune se hai bisogno di aiuto con un servizio o con questo sito.";
    request(&view, titolo, ASSISTENZA, text, service)
}

/// `/servizi/paga-un-avviso/`: by link everywhere; with a script the number is checked here and the notice opened at once (online
/// services 2.6). Nothing typed reaches this site.
pub fn paga_avviso(cards: Cards<'_>) -> Built {
    let ente = &cards.site.config.written.ente;
    let id = "pagopa_checkout";
    let address = |action| {
        let provider = cards.site.config.fornitori.find(id)?;
        provider.address(action, &Variabili::new())?.ok().map(String::from)
    };
    let view = PagaAvviso {
        avviso_url: address("avviso"),
        qr_url: address("qr"),
        diretto_url: address("diretto"),
        ente: ente.nome.value.0.clone(),
        codice_fiscale: ente.codice_fiscale.value.to_string(),
    };
    Built::new("Paga un avviso", &view)
        .described("Paga un avviso pagoPA del Comune: bastano il numero dell'avviso e una carta, o l'app della tua banca.")
        .below("all-services", &[SERVIZI])
}

/// `/servizi/segnalazione-disservizio/`
pub fn disservizio(cards: Cards<'_>) -> Built {
    let view = modulo(
        cards,
        ("disservizio", "Segnalazione disservizio"),
        |f| &f.disservizio,
        cards.site.funzioni.disservizio.as_ref(),
        None,
    );
    let mut built = Built::new("Segnalazione disservizio", &view)
        .described("Segnala una buca, un lampione spento, rifiuti abbandonati o un altro problema.")
        .below("all-services", &[SERVIZI]);
    built.hide_function = "disservizio";
    built
}

/// `/ricerca/`: an index A–Z of everything, complete without script; with it, the box searches (`post::ricerca`).
pub fn ricerca(cards: Cards<'_>, plan: &Plan) -> Built {
    let mut groups: BTreeMap<String, Vec<SearchEntry>> = BTreeMap::new();
    for found in search::entries(cards.site, plan) {
        let first = found
            .key
            .chars()
            .next()
            .filter(char::is_ascii_alphabetic)
            .map_or('0', |c| c.to_ascii_uppercase());
        let entry = SearchEntry {
            label: found.titolo.to_owned(),
            url: cards.urls.path(&found.url),
            tipo: found.tipo,
            descrizione: found.descrizione.to_owned(),
        };
        groups.entry(first.to_string()).or_default().push(entry);
    }
    let gruppi = groups
        .into_iter()
        .map(|(letter, voci)| LetterGroup {
            id: format!("lettera-{}", letter.to_lowercase()),
            lettera: if letter == "0" { "0–9".to_owned() } else { letter },
            voci,
        })
        .collect();
    let view = Ricerca { gruppi, indice_url: cards.urls.path(INDICE_RICERCA) };
    Built::new("Ricerca", &view).described("Tutti i contenuti del sito in ordine alfabetico.")
}

/// `/mappa-del-sito/`
pub fn mappa(cards: Cards<'_>, plan: &Plan) -> Built {
    let node = |label: &str, path: &str, figli: Vec<MapTree>| MapTree {
        label: label.to_owned(),
        url: cards.urls.path(path),
        qui: false,
        figli,
    };
    let leaf = |item: &Item| {
        let link = cards.link(item);
        MapTree { label: link.label, url: link.url, qui: false, figli: Vec::new() }
    };
    let leaves = |items: Vec<&Item>| items.into_iter().map(leaf).collect::<Vec<_>>();
    let site = cards.site;
    let mut administration: Vec<MapTree> = SEZIONI
        .iter()
        .map(|(slug, label)| (format!("/amministrazione/{slug}/"), slug, label))
        .filter(|(path, ..)| plan.has(path))
        .map(|(path, slug, label)| node(label, &path, leaves(site.unita_in(slug))))
        .collect();
    let people =
        SEZIONI_PERSONE.iter().map(|(slug, label)| (format!("/amministrazione/{slug}/"), slug, label));
    for (path, slug, label) in people.filter(|(path, ..)| plan.has(path)) {
        let mut leaves = leaves(site.persone_in(slug).into_iter().map(|m| m.item).collect());
        let gone = cessati_url(slug);
        if plan.has(&gone) {
            leaves.push(node("Cessati dall'incarico", &gone, Vec::new()));
        }
        administration.push(node(label, &path, leaves));
    }
    if plan.has(DOCUMENTI.1) {
        let kinds = vocab::get("tipi_documento").voci.iter();
        let kinds = kinds.map(|t| (t.plural(), format!("{}{}/", DOCUMENTI.1, t.slug)));
        let lists = kinds.chain([("Bandi", BANDI.to_owned())]).filter(|(_, path)| plan.has(path));
        let lists = lists.map(|(label, path)| node(label, &path, Vec::new())).collect();
        administration.push(node(DOCUMENTI.0, DOCUMENTI.1, lists));
    }
    let news = vocab::get("tipi_notizia").voci.iter().filter(|t| !site.notizie_di(&t.slug).is_empty());
    let news = news.map(|t| node(&t.nome, &format!("/novita/{}/", t.slug), Vec::new())).collect();
    let mut services: Vec<MapTree> = categorie_usate(site)
        .into_iter()
        .map(|c| node(&c.nome, &format!("/servizi/{}/", c.slug), leaves(site.servizi_in(&c.slug))))
        .collect();
    services.push(node("Prenotazione appuntamento", "/servizi/prenotazione-appuntamento/", Vec::new()));
    services.push(node("Richiesta assistenza", "/servizi/richiesta-assistenza/", Vec::new()));
    services.push(node("Segnalazione disservizio", "/servizi/segnalazione-disservizio/", Vec::new()));
    let mut places: Vec<MapTree> =
        famiglie_di_luoghi(site).into_iter().map(|f| node(f.plural(), &luoghi_url(f), Vec::new())).collect();
    places.extend(leaves(site.luoghi()));
    let mut events = leaves(site.eventi_in_programma());
    if plan.has(ARCHIVIO_EVENTI) {
        events.push(node("Eventi passati", ARCHIVIO_EVENTI, Vec::new()));
    }
    let mut live = vec![node("Luoghi", LUOGHI.1, places), node(EVENTI.0, EVENTI.1, events)];
    if plan.has(GALLERIE.1) {
        let galleries = site.gallerie().into_iter().filter(|i| i.entry.kind == Kind::Galleria).collect();
        live.push(node(GALLERIE.0, GALLERIE.1, leaves(galleries)));
    }
    let topics = crate::plan::argomenti_usati(site)
        .into_iter()
        .map(|v| node(&v.nome, &format!("/argomenti/{}/", v.slug), Vec::new()));
    let mut other = vec![
        node("Domande frequenti", "/domande-frequenti/", Vec::new()),
        node("Ricerca", "/ricerca/", Vec::new()),
        node("Informativa privacy", "/privacy/", Vec::new()),
        node("Note legali", "/note-legali/", Vec::new()),
    ];
    if plan.has(PNRR) {
        other.push(node("Attuazione misure PNRR", PNRR, leaves(site.alphabetical(Kind::Progetto))));
    }
    if plan.has(TRASPARENZA) {
        let sections = vocab::trasparenza::albero().radici().filter(|s| plan.has(&s.url()));
        let sections = sections.map(|s| node(&s.titolo, &s.url(), Vec::new())).collect();
        other.push(node("Amministrazione trasparente", TRASPARENZA, sections));
    }
    let pages = plan.routes.iter().filter_map(|r| match r.kind {
        PageKind::Pagina(id) if site.pagine_sopra(site.get(id)).is_empty() => {
            Some(page_tree(cards, site.get(id)))
        }
        _ => None,
    });
    other.extend(pages);
    let mut voci = vec![
        node("Home", "/", Vec::new()),
        node(AMMINISTRAZIONE.0, AMMINISTRAZIONE.1, administration),
        node(NOVITA.0, NOVITA.1, news),
        node(SERVIZI.0, SERVIZI.1, services),
        node(&vivere_label(&site.config), "/vivere-il-comune/", live),
        node(ARGOMENTI.0, ARGOMENTI.1, topics.collect()),
    ];
    voci.append(&mut other);
    Built::new("Mappa del sito", &Mappa { voci }).described("Tutte le pagine del sito, in ordine.")
}

/// A free page with those below it.
fn page_tree(cards: Cards<'_>, page: &Item) -> MapTree {
    let Link { label, url } = cards.link(page);
    let figli = cards.site.pagine_sotto(page).map(|i| page_tree(cards, i)).collect();
    MapTree { label, url, qui: false, figli }
}

#[derive(Deserialize)]
struct LicenceText {
    section_title: String,
    body_text: String,
    licence_name: String,
    licence_url: String,
}

fn licence_text() -> LicenceText {
    vocab::embedded(include_str!("../../vocab/data/note-legali.yaml"))
}

/// The official sentence on the licence of contents (C.SI.3.4), as it must be read on the page.
pub fn licence_sentence() -> String {
    licence_text().body_text
}

/// `/note-legali/`, with the mandated sentence on the licence of contents (C.SI.3.4).
pub fn note_legali(cards: Cards<'_>) -> Built {
    let text = licence_text();
    let linked = format!("licenza {}", text.licence_name);
    let (before, after) = text.body_text.split_once(&linked).unwrap_or((&text.body_text, ""));
    let own = cards.site.find(Kind::Pagina, "note-legali");
    let mut md = Markdown::new(cards.site, cards.urls);
    let testo_html = own.and_then(|i| match &i.entry.data {
        Data::Pagina(p) => Some(md.render(&p.testo.value, Kind::Pagina, 2)),
        _ => None,
    });
    let view = NoteLegali {
        licenza_titolo: text.section_title,
        licenza_prima: before.to_owned(),
        licenza_nome: linked,
        licenza_dopo: after.to_owned(),
        licenza_url: text.licence_url,
        testo_html,
        crediti_url: cards.urls.path("/assets/licenze.txt"),
    };
    Built::new("Note legali", &view).described("Con quale licenza puoi usare i contenuti di questo sito.")
}

/// `/privacy/`: the Comune's own text (`pagine/privacy.md`) or the facts that the configuration knows.
pub fn privacy(cards: Cards<'_>) -> Built {
    if let Some(item) = cards.site.find(Kind::Pagina, "privacy") {
        return Built { titolo: "Informativa privacy".to_owned(), ..contents::pagina(cards, item) };
    }
    let written = &cards.site.config.written;
    let legal = written.legale.as_ref();
    let holder = legal.and_then(|l| l.titolare.as_ref()).map_or(&written.ente.nome.value.0, |t| &t.value.0);
    let pec = written.ente.pec.as_str();
    let dpo = legal.and_then(|l| l.responsabile_protezione_dati.as_ref()).map_or(pec, |d| d.as_str());
    let texts = [
        format!("Il titolare del trattamento dei dati è {holder}. Puoi scrivere a {pec}."),
        format!("Il responsabile della protezione dei dati risponde a {dpo}."),
        "Questo sito non usa cookie e non raccoglie dati di chi lo visita. I dati che scrivi in un modulo servono solo a \
         rispondere alla tua richiesta e sono trattati dagli uffici competenti."
            .to_owned(),
        cards.site.config.wai().map_or_else(String::new, |_| {
            "Per contare le visite usa Web Analytics Italia, il servizio pubblico di statistiche dell'AgID, senza cookie e senza \
             riconoscere chi visita."
                .to_owned()
        }),
        "Puoi chiedere in ogni momento di vedere, correggere o cancellare i tuoi dati, come prevedono gli articoli da 15 a 22 \
         del Regolamento (UE) 2016/679. Puoi anche presentare un reclamo al Garante per la protezione dei dati personali."
            .to_owned(),
    ];
    let testo_html = texts.iter().filter(|t| !t.is_empty()).map(|t| paragraph(t)).collect();
    let view = Pagina { testo_html, ..Pagina::default() };
    Built::new("Informativa privacy", &view)
        .described("Come il Comune tratta i dati personali di chi usa questo sito.")
}

/// `/404.html`
pub fn non_trovata(cards: Cards<'_>) -> Built {
    let link = |label: &str, path: &str| Link { label: label.to_owned(), url: cards.urls.path(path) };
    let vivere = vivere_label(&cards.site.config);
    let voci = vec![
        link(AMMINISTRAZIONE.0, AMMINISTRAZIONE.1),
        link(NOVITA.0, NOVITA.1),
        link(SERVIZI.0, SERVIZI.1),
        link(&vivere, "/vivere-il-comune/"),
    ];
    Built::new("Pagina non trovata", &NonTrovata { voci })
}
