//! Pages of events and galleries: one event, the list, the past ones, a month, pictures.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::cards::{Cards, machine};
use super::super::facets::{self, Facets, month_name};
use super::super::format::{self, count};
use super::super::frame::vivere_label;
use super::super::jsonld;
use super::super::markdown::Markdown;
use super::super::view::eventi as view;
use super::super::view::lists::Elenco;
use super::super::view::servizio::Step;
use super::super::view::{Anchor, Card, Link};
use super::contents::{finish, maybe};
use super::lists::{numbered, page_of};
use super::persone::boxes;
use super::servizio::anchors;
use super::{Built, EVENTI, GALLERIE};
use crate::content::evento::{Costo, Evento, Sostenitore, Stato};
use crate::content::ricorrenza::Occorrenza;
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::{ARCHIVIO_EVENTI, CALENDARIO, Plan, calendar_url, month_url};
use crate::site::Item;

/// Dates that the page of an event lists.
const SHOWN_DATES: usize = 10;

/// An event.
pub fn evento(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Evento(e) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let Some(when) = item.date.prima() else { return Built::new(&item.titolo, &()) };
    let mut md = Markdown::new(cards.site, cards.urls);
    let dates = &item.date.prossime;
    let repeated = e.ricorrenza.is_some();
    let shown = if repeated { dates.len().min(SHOWN_DATES) } else { 0 };
    let others = dates.len().saturating_sub(SHOWN_DATES);
    let last = dates.last().map_or(when.inizio.giorno, |o| o.inizio.giorno);
    let mut view = view::Evento {
        tipo: e.tipo.entry.nome.clone(),
        sottotitolo: e.sottotitolo.as_ref().map(|s| s.value.0.clone()),
        quando: title_line(e, item),
        stato: state(e),
        concluso: item.scaduto,
        immagine: cards.picture(item.entry.common.immagine.as_ref()),
        indice: Vec::new(),
        descrizione_html: md.render(&e.descrizione.value, Kind::Evento, 2),
        persone: boxes(cards, cards.targets(&e.persone).collect()),
        galleria: cards.gallery(&e.galleria, &e.video, &mut md, Kind::Evento),
        a_chi_html: md.render(&e.a_chi_e_rivolto.value, Kind::Evento, 2),
        target: e.target.iter().map(|t| t.entry.nome.clone()).collect(),
        luogo: cards.venue(e),
        online: e.online.as_ref().map(|u| u.value.0.to_string()),
        punti: if repeated && !dates.is_empty() { Vec::new() } else { points(when) },
        date: dates[..shown].iter().map(|o| date(*o)).collect(),
        altre: (repeated && others > 0).then(|| {
            let more = count(others, "altra data", "altre date");
            format!("E {more}, fino {}.", format::to_date(last))
        }),
        ics_url: (!item.scaduto).then(|| cards.urls.path(&calendar_url(item))),
        orari_html: maybe(&mut md, e.orari.as_ref(), Kind::Evento, 2),
        gratuito: e.gratuito(),
        costi: e.costi.iter().map(|c| ticket(&c.value)).collect(),
        costi_html: maybe(&mut md, e.costi_note.as_ref(), Kind::Evento, 2),
        allegati: e
            .locandina
            .iter()
            .map(|f| cards.file(&f.value.0, "Locandina"))
            .chain(e.allegati.iter().map(|a| cards.file(&a.file.value.0, &a.titolo.value.0)))
            .collect(),
        genitore: e.evento_genitore.as_ref().and_then(|g| cards.site.target(&g.value)).map(|g| cards.link(g)),
        appuntamenti: parts(cards, item).into_iter().map(|i| cards.picture_card(i)).collect(),
        contatti: cards.contacts(&e.punti_contatto),
        contatti_html: maybe(&mut md, e.contatti_testo.as_ref(), Kind::Evento, 2),
        organizzatori: cards.targets(&e.organizzatori).map(|i| cards.office(i)).collect(),
        organizzatore_html: maybe(&mut md, e.organizzatore_esterno.as_ref(), Kind::Evento, 3),
        supportato_da: cards.targets(&e.supportato_da).map(|i| cards.office(i)).collect(),
        patrocinio: supporters(&e.patrocinio),
        sponsor: supporters(&e.sponsor),
        dettagli: details(e),
        ulteriori_html: maybe(&mut md, e.ulteriori_informazioni.as_ref(), Kind::Evento, 2),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
        correlati: cards.related(item),
    };
    view.indice = index(&view);
    let vivere = vivere_label(&cards.site.config);
    let mut built = Built::new(&item.titolo, &view).below("live", &[(&vivere, "/vivere-il-comune/"), EVENTI]);
    built.jsonld = vec![jsonld::event(cards, item, e, when)];
    built.past = item.scaduto;
    finish(built, item)
}

/// One entry per section that is shown, in the official order.
fn index(v: &view::Evento) -> Vec<Anchor> {
    anchors(&[
        (true, "cos-e", "Cos'è"),
        (true, "a-chi-e-rivolto", "A chi è rivolto"),
        (true, "luogo", "Luogo"),
        (true, "date-e-orari", "Date e orari"),
        (true, "costi", "Costi"),
        (!v.allegati.is_empty(), "allegati", "Allegati"),
        (!v.appuntamenti.is_empty() || v.genitore.is_some(), "appuntamenti", "Appuntamenti"),
        (true, "contatti", "Contatti"),
        (
            v.ulteriori_html.is_some() || !v.dettagli.is_empty(),
            "ulteriori-informazioni",
            "Ulteriori informazioni",
        ),
    ])
}

/// "Festival - dal 5 dicembre 2026 al 6 gennaio 2027"; what is repeated says its next date.
fn title_line(e: &Evento, item: &Item) -> String {
    let tipo = &e.tipo.entry.nome;
    let Some(o) = item.date.prima() else { return tipo.clone() };
    if item.date.prossime.len() > 1 {
        return format!("{tipo} - prossima data: {}", format::when(o));
    }
    format!("{tipo} - {}", format::when(o))
}

/// The word for an event that does not take place as announced.
fn state(e: &Evento) -> Option<&'static str> {
    match e.stato() {
        Stato::Confermato => None,
        Stato::Annullato => Some("annullato"),
        Stato::Rinviato => Some("rinviato"),
    }
}

fn date(o: Occorrenza) -> view::When {
    view::When { testo: format::when(o), iso: machine(o.inizio) }
}

/// Start and end on the line of time of the official pages.
fn points(o: Occorrenza) -> Vec<Step> {
    let point = |moment: crate::content::dataora::DataOra, what: &str| Step {
        giorno: Some(moment.giorno.day().to_string()),
        mese: Some(format::month_short(moment.giorno).to_owned()),
        anno: Some(moment.giorno.year().to_string()),
        iso: Some(machine(moment)),
        testo: moment.ora.map_or(what.to_owned(), |time| format!("{} - {what}", format::clock(time))),
        descrizione: None,
    };
    let whole_day = o.inizio.ora.is_none() && !o.piu_giorni();
    if whole_day {
        return vec![point(o.inizio, "Tutto il giorno")];
    }
    let end = o.fine.map(|fine| point(fine, "Fine evento"));
    std::iter::once(point(o.inizio, "Inizio evento")).chain(end).collect()
}

fn ticket(costo: &Costo) -> view::Ticket {
    view::Ticket {
        titolo: costo.titolo.value.0.clone(),
        prezzo: costo.prezzo.as_ref().map_or("Gratis".to_owned(), |p| p.value.display()),
        descrizione: costo.descrizione.as_ref().map(|d| d.value.0.clone()),
        url: costo.url.as_ref().map(|u| u.value.0.to_string()),
    }
}

fn supporters(list: &[Spanned<Sostenitore>]) -> Vec<Link> {
    list.iter().map(|s| Link { label: s.nome.value.0.clone(), url: s.url.value.0.to_string() }).collect()
}

fn details(e: &Evento) -> Vec<view::Fact> {
    let joined = |lines: &[Spanned<crate::content::types::Line>]| {
        lines.iter().map(|l| l.value.0.as_str()).collect::<Vec<_>>().join(", ")
    };
    [
        ("Posti", e.posti.as_ref().map(|p| p.value.to_string()).unwrap_or_default()),
        ("Età", joined(&e.eta)),
        ("Lingue", joined(&e.lingue)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(nome, valore)| view::Fact { nome, valore })
    .collect()
}

/// The events that are part of one, in order of time.
fn parts<'a>(cards: Cards<'a>, item: &Item) -> Vec<&'a Item> {
    let mut items: Vec<&Item> = cards.site.inverse(item.id, "evento_genitore").collect();
    items.sort_by_cached_key(|i| (i.date.prima(), i.chiave.clone()));
    items
}

/// `/vivere-il-comune/eventi/`
pub fn eventi(cards: Cards<'_>, plan: &Plan) -> Built {
    let site = cards.site;
    let items = site.eventi_in_programma();
    let months = site.mesi_con_eventi();
    let (facets, filtri) = Facets::new(cards, &facets::EVENTI, &items);
    let view = view::Eventi {
        evidenza: site.in_evidenza(&items, 3).into_iter().map(|i| cards.picture_card(i)).collect(),
        conteggio: format!("{} in programma, dal più vicino", count(items.len(), "evento", "eventi")),
        filtri,
        mesi: months.iter().map(|m| month_link(cards, *m)).collect(),
        archivio_url: plan.has(ARCHIVIO_EVENTI).then(|| cards.urls.path(ARCHIVIO_EVENTI)),
        ics_url: cards.urls.path(CALENDARIO),
        eventi: items
            .into_iter()
            .map(|i| Card { giorni: days(i), ..facets.mark(cards.picture_card(i), i) })
            .collect(),
    };
    let text = format!("Gli eventi in programma a {}: date, luoghi, costi.", site.config.nome_breve);
    below(cards, Built::new(EVENTI.0, &view).described(text), &[])
}

/// The days to come of an event, as the script of lists reads them.
fn days(item: &Item) -> String {
    let day = |o: &Occorrenza| {
        let first = o.inizio.giorno;
        if o.piu_giorni() { format!("{first}/{}", o.ultimo_giorno()) } else { first.to_string() }
    };
    item.date.prossime.iter().map(day).collect::<Vec<_>>().join(" ")
}

fn month_link(cards: Cards<'_>, month: Date) -> Link {
    Link { label: month_name(month), url: cards.urls.path(&month_url(month)) }
}

/// A page of the events section: below the section and, but for the list itself, below the list.
fn below(cards: Cards<'_>, built: Built, parents: &[(&str, &str)]) -> Built {
    let vivere = vivere_label(&cards.site.config);
    let above = [(vivere.as_str(), "/vivere-il-comune/")];
    built.below("live", &[&above, parents].concat())
}

/// `/vivere-il-comune/eventi/archivio/`
pub fn archivio(cards: Cards<'_>, page: usize) -> Built {
    let items = cards.site.eventi_passati();
    let (elenco, paginazione) = page_of(cards, &items, ARCHIVIO_EVENTI, page, |i| cards.card(i));
    let view = Elenco {
        elenco_titolo: Some("Tutti gli eventi passati".to_owned()),
        conteggio: Some(format!("{}, dal più recente", count(items.len(), "evento", "eventi"))),
        elenco,
        ricerca: true,
        paginazione,
        ..Elenco::default()
    };
    let text = format!("Gli eventi che si sono già svolti a {}.", cards.site.config.nome_breve);
    let mut built = below(cards, Built::new("Eventi passati", &view).described(text), &[EVENTI]);
    numbered(&mut built, ARCHIVIO_EVENTI, page);
    built
}

/// `/vivere-il-comune/eventi/2026-12/`: day by day, from today on. What lasts more than a day is said once.
pub fn mese(cards: Cards<'_>, month: Date) -> Built {
    let site = cards.site;
    let last = month.last_of_month();
    let mut days: BTreeMap<Date, Vec<(Occorrenza, view::Entry)>> = BTreeMap::new();
    let mut long: Vec<view::Entry> = Vec::new();
    for item in site.eventi_in_programma() {
        for o in item.date.prossime.iter().filter(|o| o.inizio.giorno <= last && month <= o.ultimo_giorno()) {
            let Some(entry) = entry(cards, item, *o) else { continue };
            if o.piu_giorni() {
                long.push(entry);
            } else {
                days.entry(o.inizio.giorno).or_default().push((*o, entry));
            }
        }
    }
    let months = site.mesi_con_eventi();
    let at = |wanted: Option<Date>| wanted.filter(|m| months.contains(m)).map(|m| month_link(cards, m));
    let place = months.iter().position(|m| *m == month);
    let view = view::Mese {
        giorni: days.into_iter().map(|(date, entries)| day(date, entries)).collect(),
        piu_giorni: long,
        precedente: at(place.and_then(|n| months.get(n.checked_sub(1)?).copied())),
        successivo: at(place.and_then(|n| months.get(n + 1).copied())),
        eventi_url: cards.urls.path(EVENTI.1),
    };
    let name = month_name(month);
    let text = format!("Che cosa succede a {} in {name}, giorno per giorno.", site.config.nome_breve);
    below(cards, Built::new(format!("Eventi di {name}"), &view).described(text), &[EVENTI])
}

fn day(date: Date, mut entries: Vec<(Occorrenza, view::Entry)>) -> view::Day {
    entries.sort_by_key(|(o, _)| o.inizio);
    view::Day {
        numero: date.day().to_string(),
        nome: format::weekday(date),
        mese: format::month(date),
        iso: date.to_string(),
        voci: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

fn entry(cards: Cards<'_>, item: &Item, o: Occorrenza) -> Option<view::Entry> {
    let Data::Evento(e) = &item.entry.data else { return None };
    let link = cards.link(item);
    Some(view::Entry {
        titolo: link.label,
        url: link.url,
        quando: if o.piu_giorni() {
            Some(format::interval(o.inizio.giorno, o.ultimo_giorno()))
        } else {
            format::hours(o)
        },
        luogo: cards.site.sede(e).map(|s| s.nome.to_owned()),
        tipo: e.tipo.entry.nome.clone(),
        stato: state(e),
    })
}

/// The strip of the home: at most four events, by day. What has already begun comes only where there is room.
pub fn strip(cards: Cards<'_>) -> Vec<view::Day> {
    let now = cards.site.now;
    let next = |i: &&Item| i.date.prima();
    let (begun, coming): (Vec<_>, Vec<_>) = cards
        .site
        .eventi_in_programma()
        .into_iter()
        .filter_map(|i| Some((i, next(&i)?)))
        .partition(|(_, o)| o.inizio.giorno < now);
    let mut days: BTreeMap<Date, Vec<(Occorrenza, view::Entry)>> = BTreeMap::new();
    for (item, o) in coming.into_iter().chain(begun).take(4) {
        let Some(mut entry) = entry(cards, item, o) else { continue };
        if o.inizio.giorno < now {
            entry.quando = Some(format!("fino {}", format::to_date(o.ultimo_giorno())));
        }
        days.entry(o.inizio.giorno.max(now)).or_default().push((o, entry));
    }
    days.into_iter().map(|(date, entries)| day(date, entries)).collect()
}

/// "novembre", "novembre - dicembre": the months of the strip.
pub fn strip_title(days: &[view::Day]) -> String {
    let months: Vec<&str> = days.iter().map(|d| d.mese).collect();
    match (months.first(), months.last()) {
        (Some(first), Some(last)) if first != last => format!("{first} - {last}"),
        (Some(only), _) => (*only).to_owned(),
        _ => String::new(),
    }
}

/// `/vivere-il-comune/gallerie/`
pub fn gallerie(cards: Cards<'_>) -> Built {
    let items = cards.site.gallerie();
    let view = Elenco {
        elenco_titolo: Some("Tutte le gallerie".to_owned()),
        conteggio: Some(format!("{}, dalla più recente", count(items.len(), "galleria", "gallerie"))),
        elenco: items.into_iter().map(|i| gallery_card(cards, i)).collect(),
        ricerca: true,
        ..Elenco::default()
    };
    let text = format!("Immagini e video di {}: luoghi, feste, lavori.", cards.site.config.nome_breve);
    below(cards, Built::new(GALLERIE.0, &view).described(text), &[])
}

/// A card with the content's picture, else with the first of its gallery.
pub fn gallery_card(cards: Cards<'_>, item: &Item) -> Card {
    let own = item.entry.common.immagine.as_ref();
    let first = match &item.entry.data {
        Data::Galleria(g) => g.immagini.first(),
        Data::Evento(e) => e.galleria.first(),
        _ => None,
    };
    Card { immagine: cards.picture(own.or(first)), ..cards.card(item) }
}

/// A gallery.
pub fn galleria(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Galleria(g) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let mut md = Markdown::new(cards.site, cards.urls);
    let view = view::Galleria {
        data: g.data.as_ref().map(|d| format::date(d.value)),
        data_iso: g.data.as_ref().map(|d| d.value.to_string()),
        testo_html: maybe(&mut md, g.testo.as_ref(), Kind::Galleria, 2),
        galleria: cards.gallery(&g.immagini, &g.video, &mut md, Kind::Galleria),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
    };
    finish(below(cards, Built::new(&item.titolo, &view), &[GALLERIE]), item)
}
