//! Pages of single contents other than services: units, places, news, documents, free pages.

use jiff::civil::Date;

use super::super::cards::Cards;
use super::super::format;
use super::super::frame::vivere_label;
use super::super::jsonld;
use super::super::markdown::{self, Markdown};
use super::super::view::data::Fact;
use super::super::view::{Attachment, Button, Link, contents as view};
use super::data::fact;
use super::persone;
use super::servizio::anchors;
use super::{AMMINISTRAZIONE, Built, DOCUMENTI, LUOGHI, NOVITA, Shared};
use crate::content::documento::{AttivitaPolitica, Autore, Documento, TipoRisposta};
use crate::content::luogo::Elementi;
use crate::content::notizia::{Audio, Notizia};
use crate::content::pagina::Blocco;
use crate::content::prose::Prose;
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::{PRENOTAZIONE, nome_sezione};
use crate::site::{Item, Site};
use crate::vocab::{self, Voce};

/// A content's page, described and dated by its common fields.
pub fn finish(mut built: Built, item: &Item) -> Built {
    let common = &item.entry.common;
    built.lastmod =
        common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref()).map(|d| d.value);
    built.shared = Shared::of(item);
    built.noindex = common.escludi_da_ricerca.as_ref().is_some_and(|e| e.value);
    built.described(&item.descrizione)
}

/// A long text, if there is one.
pub fn maybe(md: &mut Markdown<'_>, prose: Option<&Spanned<Prose>>, kind: Kind, top: u8) -> Option<String> {
    prose.map(|p| md.render(&p.value, kind, top))
}

/// A unit.
pub fn unita(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Unita(u) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let site = cards.site;
    let mut md = Markdown::new(site, cards.urls);
    let services =
        site.inverse(item.id, "unita_responsabile").filter(|i| i.entry.kind == Kind::Servizio && !i.scaduto);
    let mut services: Vec<&Item> = services.collect();
    for other in site.inverse(item.id, "unita").filter(|i| i.entry.kind == Kind::Servizio && !i.scaduto) {
        if services.iter().all(|s| s.id != other.id) {
            services.push(other);
        }
    }
    services.sort_by_cached_key(|i| i.chiave.clone());
    let mut news: Vec<&Item> = site.newest(Kind::Notizia);
    news.retain(|n| site.inverse(item.id, "a_cura_di").any(|i| i.id == n.id));
    let bookable = u.prenotabile.as_ref().is_some_and(|p| p.value);
    let booking = format!("{PRENOTAZIONE}?ufficio={}", item.entry.slug);
    let mut view = view::Unita {
        nome_alternativo: u.nome_alternativo.as_ref().map(|n| n.value.0.clone()),
        tipo: u.tipo.entry.nome.clone(),
        indice: Vec::new(),
        competenze_html: md.render(&u.competenze.value, Kind::Unita, 2),
        genitori: cards.links(&u.unita_genitore),
        interne: site.inverse(item.id, "unita_genitore").map(|i| cards.card(i)).collect(),
        legami: cards.links(&u.legami),
        servizi: services.into_iter().map(|i| cards.card(i)).collect(),
        responsabili: persone::boxes(cards, site.responsabili_di(item)),
        assessori: persone::boxes(cards, site.assessori_di(item)),
        persone: persone::members(cards, item),
        url_sito: u.url_sito.as_ref().map(|s| s.value.0.to_string()),
        partecipazione: u.partecipazione.as_ref().map(|p| participation(&p.value)).unwrap_or_default(),
        sede: site.target(&u.sede.value).and_then(|p| cards.place(p)),
        altre_sedi: cards.targets(&u.altre_sedi).filter_map(|p| cards.place(p)).collect(),
        orari: cards.hours(&u.orari, &mut md, Kind::Unita, 2),
        contatti: cards.contacts(&u.punti_contatto),
        prenotazione: bookable.then(|| Button {
            etichetta: "Prenota appuntamento".to_owned(),
            url: u
                .url_calendario
                .as_ref()
                .map_or_else(|| cards.urls.path(&booking), |c| c.value.0.to_string()),
            esterno: u.url_calendario.as_ref().and_then(|c| c.value.0.host_str().map(str::to_owned)),
            ..Button::empty()
        }),
        documenti: cards.targets(&u.documenti).map(|i| cards.document(i)).collect(),
        notizie: news.into_iter().take(3).map(|i| cards.card(i)).collect(),
        ulteriori_html: maybe(&mut md, u.ulteriori_informazioni.as_ref(), Kind::Unita, 2),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
    };
    view.indice = anchors(&[
        (true, "competenze", "Competenze"),
        (
            !(view.genitori.is_empty() && view.interne.is_empty() && view.legami.is_empty()),
            "struttura",
            "Struttura",
        ),
        (!view.responsabili.is_empty(), "responsabile", "Responsabile"),
        (!view.assessori.is_empty(), "assessore", "Assessore di riferimento"),
        (!view.persone.is_empty(), "persone", "Persone"),
        (!view.partecipazione.is_empty(), "partecipazione", "Partecipazione del Comune"),
        (!view.servizi.is_empty(), "servizi", "Servizi"),
        (view.sede.is_some(), "sede", "Sede"),
        (!view.orari.is_empty(), "orario", "Orario per il pubblico"),
        (true, "contatti", "Contatti"),
        (!view.documenti.is_empty(), "documenti", "Documenti"),
        (!view.notizie.is_empty(), "notizie", "Novità"),
        (view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"),
    ]);
    let section = crate::site::sezione_unita(u.tipo.entry);
    let label = nome_sezione(section);
    let url = format!("/amministrazione/{section}/");
    let mut built = Built::new(&item.titolo, &view).below("management", &[AMMINISTRAZIONE, (label, &url)]);
    built.jsonld = vec![jsonld::unit(cards, item, u)];
    finish(built, item)
}

/// What the Comune holds of a body, as a list of facts.
fn participation(p: &crate::content::unita::Partecipazione) -> Vec<Fact> {
    let fact = |nome: &'static str, valore: String| Fact { nome, valore, iso: None };
    let share = p.percentuale.value.to_string().replace('.', ",");
    let mut facts =
        vec![fact("Anno", p.anno.value.to_string()), fact("Quota del Comune", format!("{share}%"))];
    facts.extend(p.onere.as_ref().map(|o| fact("Spesa per il Comune", format!("{} euro", o.value))));
    facts.extend(p.durata.as_ref().map(|d| fact("Durata dell'impegno", d.value.0.clone())));
    facts.extend(p.rappresentanti.as_ref().map(|r| fact("Rappresentanti del Comune", r.value.0.clone())));
    let results: Vec<String> =
        p.bilanci.iter().map(|b| format!("{}: {}", b.anno.value, b.risultato.value.0)).collect();
    if !results.is_empty() {
        facts.push(fact("Risultati di bilancio", results.join("; ")));
    }
    facts
}

/// A place.
pub fn luogo(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Luogo(l) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let Some(place) = cards.place(item) else { return Built::new(&item.titolo, &()) };
    let site = cards.site;
    let mut md = Markdown::new(site, cards.urls);
    let elements = l.elementi_di_interesse.as_ref().map(|e| &e.value);
    let mut seats: Vec<&Item> =
        site.inverse(item.id, "sede").chain(site.inverse(item.id, "altre_sedi")).collect();
    seats.sort_by_cached_key(|i| i.chiave.clone());
    let mut view = view::Luogo {
        nome_alternativo: l.nome_alternativo.as_ref().map(|n| n.value.0.clone()),
        tipi: l.tipo.iter().map(|t| t.entry.nome.clone()).collect(),
        immagine: cards.picture(item.entry.common.immagine.as_ref()),
        indice: Vec::new(),
        descrizione_html: maybe(&mut md, l.descrizione.as_ref(), Kind::Luogo, 2),
        elementi_html: match &elements {
            Some(Elementi::Testo(text)) => Some(md.render(text, Kind::Luogo, 3)),
            _ => None,
        },
        elementi: cards.targets(l.elementi()).map(|i| cards.card(i)).collect(),
        galleria: cards.gallery(&l.galleria, &l.video, &mut md, Kind::Luogo),
        collegati: cards.targets(&l.luoghi_collegati).map(|i| cards.card(i)).collect(),
        servizi_html: maybe(&mut md, l.servizi.as_ref(), Kind::Luogo, 2),
        sede_di: seats.into_iter().map(|i| cards.link(i)).collect(),
        eventi: events_at(site, item).into_iter().map(|i| cards.card(i)).collect(),
        accesso_html: md.render(&l.modalita_accesso.value, Kind::Luogo, 2),
        luogo: place,
        orari: cards.hours(&l.orari, &mut md, Kind::Luogo, 2),
        contatti: cards.contacts(&l.punti_contatto),
        struttura: cards.targets(&l.struttura_responsabile).map(|i| cards.office(i)).collect(),
        struttura_esterna: l
            .struttura_responsabile_esterna
            .as_ref()
            .map(|s| Link { label: s.testo.value.0.clone(), url: s.url.value.0.to_string() }),
        ulteriori_html: maybe(&mut md, l.ulteriori_informazioni.as_ref(), Kind::Luogo, 2),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
    };
    view.indice = anchors(&[
        (
            view.descrizione_html.is_some() || elements.is_some() || !view.galleria.is_empty(),
            "descrizione",
            "Descrizione",
        ),
        (!view.collegati.is_empty(), "luoghi-collegati", "Luoghi collegati"),
        (view.servizi_html.is_some() || !view.sede_di.is_empty(), "servizi", "Servizi"),
        (true, "modalita-di-accesso", "Modalità di accesso"),
        (true, "indirizzo", "Indirizzo"),
        (!view.orari.is_empty(), "orario", "Orario per il pubblico"),
        (true, "contatti", "Contatti"),
        (
            !view.struttura.is_empty() || view.struttura_esterna.is_some(),
            "struttura-responsabile",
            "Struttura responsabile",
        ),
        (!view.eventi.is_empty(), "eventi", "Eventi"),
        (view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"),
    ]);
    let vivere = vivere_label(&site.config);
    let mut built = Built::new(&item.titolo, &view).below("live", &[(&vivere, "/vivere-il-comune/"), LUOGHI]);
    built.jsonld = vec![jsonld::place(cards, item, l)];
    finish(built, item)
}

/// Events to come in a place.
fn events_at<'a>(site: &'a Site, place: &Item) -> Vec<&'a Item> {
    let mut items = site.eventi_in_programma();
    items.retain(|i| site.inverse(place.id, "luogo").any(|here| here.id == i.id));
    items
}

/// A piece of news.
pub fn notizia(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Notizia(n) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let Some(published) = item.entry.common.data_pubblicazione.as_ref() else {
        return Built::new(&item.titolo, &());
    };
    let mut md = Markdown::new(cards.site, cards.urls);
    let minutes = format::reading_minutes(&markdown::plain(&n.testo.value.text));
    let mut view = view::Notizia {
        tipo: n.tipo.entry.singular().to_owned(),
        data: format::date(published.value),
        data_iso: published.value.to_string(),
        scadenza: item.entry.common.scadenza.as_ref().map(|d| format::date(d.value)),
        scaduta: item.scaduto,
        lettura: format::count(minutes, "minuto", "minuti"),
        numero: n.numero_comunicato.as_ref().map(|c| c.value.0.clone()),
        immagine: cards.picture(item.entry.common.immagine.as_ref()),
        indice: Vec::new(),
        testo_html: md.render(&n.testo.value, Kind::Notizia, 3),
        galleria: cards.gallery(&n.galleria, &n.video, &mut md, Kind::Notizia),
        audio: recordings(cards, n, &mut md),
        documenti: cards.targets(&n.documenti).map(|i| cards.document(i)).collect(),
        allegati: n.allegati.iter().map(|a| cards.file(&a.file.value.0, &a.titolo.value.0)).collect(),
        dataset: cards.links(&n.dataset),
        servizi: cards.targets(&n.servizi_collegati).map(|i| cards.card(i)).collect(),
        persone: persone::boxes(cards, cards.targets(&n.persone).collect()),
        luoghi: cards.targets(&n.luoghi).filter_map(|i| cards.place(i)).collect(),
        a_cura_di: cards.targets(&n.a_cura_di).map(|i| cards.office(i)).collect(),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
        ulteriori_html: maybe(&mut md, n.ulteriori_informazioni.as_ref(), Kind::Notizia, 2),
        correlati: cards.related(item),
    };
    view.indice = anchors(&[
        (true, "descrizione", "Descrizione"),
        (!view.galleria.immagini.is_empty(), "galleria", "Galleria di immagini"),
        (!view.galleria.video.is_empty(), "video", "Video"),
        (!view.audio.is_empty(), "audio", "Audio"),
        (!view.documenti.is_empty(), "documenti", "Documenti"),
        (!view.allegati.is_empty(), "allegati", "Allegati"),
        (!view.dataset.is_empty(), "dataset", "Dataset"),
        (!view.luoghi.is_empty(), "luoghi", "Luoghi"),
        (!view.servizi.is_empty(), "servizi", "Servizi collegati"),
        (true, "a-cura-di", "A cura di"),
        (view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"),
    ]);
    let tipo = n.tipo.entry;
    let url = format!("/novita/{}/", tipo.slug);
    let mut built = Built::new(&item.titolo, &view).below("news", &[NOVITA, (&tipo.nome, &url)]);
    built.jsonld = jsonld::news(cards, item, cards.targets(&n.a_cura_di).next()).into_iter().collect();
    finish(built, item)
}

/// What can be listened to, with the words.
fn recordings(cards: Cards<'_>, n: &Notizia, md: &mut Markdown<'_>) -> Vec<view::Recording> {
    let recording = |a: &Spanned<Audio>| view::Recording {
        file: cards.file(&a.file.value.0, &a.titolo.value.0),
        trascrizione_html: md.render(&a.trascrizione.value, Kind::Notizia, 4),
    };
    n.audio.iter().map(recording).collect()
}

/// A document.
pub fn documento(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Documento(d) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let Some(published) = item.entry.common.data_pubblicazione.as_ref() else {
        return Built::new(&item.titolo, &());
    };
    let mut md = Markdown::new(cards.site, cards.urls);
    let mut files: Vec<Attachment> = d.file.iter().map(|f| cards.file(&f.value.0, &item.titolo)).collect();
    files.extend(d.url.iter().map(|u| Attachment {
        titolo: item.titolo.clone(),
        url: u.value.0.to_string(),
        formato: None,
        dimensione: None,
        inaccessibile: false,
    }));
    files.extend(d.formati_alternativi.iter().map(|f| cards.file(&f.value.0, &item.titolo)));
    files.extend(d.allegati.iter().map(|a| cards.file(&a.file.value.0, &a.titolo.value.0)));
    let mut formats: Vec<String> = files.iter().filter_map(|f| f.formato.clone()).collect();
    formats.sort();
    formats.dedup();
    let licence = licence(d.licenza.as_ref().map(|l| l.entry));
    let mut view = view::Documento {
        tipo: d.tipo.entry.nome.clone(),
        indice: Vec::new(),
        descrizione_html: d.descrizione.as_ref().map_or_else(
            || markdown::paragraph(&item.descrizione),
            |p| md.render(&p.value, Kind::Documento, 2),
        ),
        dati: document_facts(cards, item, d),
        file: files,
        uffici: cards.targets(&d.ufficio_responsabile).map(|i| cards.office(i)).collect(),
        aree: cards.targets(&d.area_responsabile).map(|i| cards.office(i)).collect(),
        autori: d.autori.iter().filter_map(|a| author(cards, &a.value)).collect(),
        formati: formats.join(", "),
        licenza: licence.nome.clone(),
        licenza_url: licence_url(licence),
        servizi: services(cards, item, d),
        date: document_dates(published.value, d),
        dataset: cards.links(&d.dataset),
        riferimenti_html: maybe(&mut md, d.riferimenti_normativi.as_ref(), Kind::Documento, 2),
        collegati: cards.links(&d.documenti_collegati),
        ulteriori_html: maybe(&mut md, d.ulteriori_informazioni.as_ref(), Kind::Documento, 2),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
    };
    view.indice = anchors(&[
        (true, "descrizione", "Descrizione"),
        (true, "documento", "Documento"),
        (true, "ufficio-responsabile", "Ufficio responsabile"),
        (!view.formati.is_empty(), "formati-disponibili", "Formati disponibili"),
        (true, "licenza-di-distribuzione", "Licenza di distribuzione"),
        (!view.servizi.is_empty(), "servizi-collegati", "Servizi collegati"),
        (true, "date", "Date"),
        (!view.dataset.is_empty(), "dataset", "Dataset"),
        (view.riferimenti_html.is_some(), "riferimenti-normativi", "Riferimenti normativi"),
        (!view.collegati.is_empty(), "documenti-collegati", "Documenti collegati"),
        (view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"),
    ]);
    let root = crate::site::vocabulary_root("tipi_documento", d.tipo.entry);
    let url = format!("/amministrazione/documenti-e-dati/{}/", root.slug);
    finish(
        Built::new(&item.titolo, &view)
            .below("management", &[AMMINISTRAZIONE, DOCUMENTI, (root.plural(), &url)]),
        item,
    )
}

fn author(cards: Cards<'_>, autore: &Autore) -> Option<view::Author> {
    match autore {
        Autore::Nome(nome) => Some(view::Author { nome: nome.0.clone(), url: None }),
        Autore::Persona(slug) => {
            let link = cards.link(cards.site.target(slug)?);
            Some(view::Author { nome: link.label, url: Some(link.url) })
        }
    }
}

/// What a document is filed under.
fn document_facts(cards: Cards<'_>, item: &Item, d: &Documento) -> Vec<Fact> {
    let number = cards.site.registro.find(&item.entry.slug).map(|v| format!("{}/{}", v.numero, v.anno));
    let asked = d.attivita_politica.as_ref().map(|a| &a.value);
    let who = asked.map(|a| a.interroganti.iter().map(|i| &*i.value.0).collect::<Vec<_>>().join(", "));
    let answer = asked.and_then(|a| a.tipo_risposta.as_ref()).map(|t| match t.value {
        TipoRisposta::Scritta => "Scritta",
        TipoRisposta::Orale => "Orale, in Consiglio",
        TipoRisposta::Commissione => "In commissione",
    });
    let facts = [
        fact("Identificativo del documento", d.identificativo.as_ref().map(|i| &*i.value.0)),
        fact("Protocollo", format::protocol(d)),
        fact("Numero nell'albo pretorio", number),
        fact("Ente che chiede la pubblicazione", d.ente_richiedente.as_ref().map(|e| &*e.value.0)),
        fact("Chi interroga", who),
        fact("Gruppo consiliare", asked.and_then(|a| a.gruppo.as_ref()).map(|g| &*g.value.0)),
        fact("Risposta richiesta", answer),
    ];
    facts.into_iter().flatten().collect()
}

/// The dates of a document, in the order in which they matter.
fn document_dates(published: Date, d: &Documento) -> Vec<Fact> {
    let asked = d.attivita_politica.as_ref().map(|a| &a.value);
    let of = |pick: fn(&AttivitaPolitica) -> &Option<Spanned<Date>>| asked.and_then(|a| pick(a).as_ref());
    let dates = [
        ("Pubblicato il", Some(published)),
        ("Data inizio", d.data_inizio.as_ref().map(|d| d.value)),
        ("Data fine", d.data_fine.as_ref().map(|d| d.value)),
        ("Firmato il", d.data_firma.as_ref().map(|d| d.value)),
        ("All'albo pretorio dal", d.pubblicazione_dal.as_ref().map(|d| d.value)),
        ("All'albo pretorio al", d.pubblicazione_al.as_ref().map(|d| d.value)),
        ("Presentato il", of(|a| &a.data_presentazione).map(|d| d.value)),
        ("In Giunta il", of(|a| &a.data_giunta).map(|d| d.value)),
        ("In Consiglio il", of(|a| &a.data_consiglio).map(|d| d.value)),
        ("Risposta il", of(|a| &a.data_risposta).map(|d| d.value)),
    ];
    let fact = |(nome, date): (&'static str, Option<Date>)| {
        date.map(|d| Fact { nome, valore: format::date(d), iso: Some(d.to_string()) })
    };
    dates.into_iter().filter_map(fact).collect()
}

/// Services that the document names, or that name it among forms and documents.
fn services(cards: Cards<'_>, item: &Item, d: &Documento) -> Vec<Link> {
    let site = cards.site;
    let mut items: Vec<&Item> = cards.targets(&d.servizi).collect();
    let naming =
        ["modulistica", "documenti", "documento"].into_iter().flat_map(|field| site.inverse(item.id, field));
    for service in naming.filter(|i| i.entry.kind == Kind::Servizio) {
        if items.iter().all(|i| i.id != service.id) {
            items.push(service);
        }
    }
    items.sort_by_cached_key(|i| i.chiave.clone());
    items.into_iter().map(|i| cards.link(i)).collect()
}

/// CC BY 4.0 unless another is written (criterion C.SI.3.4).
pub fn licence(written: Option<&'static Voce>) -> &'static Voce {
    let licences = vocab::get("licenze");
    written.or_else(|| licences.find("cc-by-4-0")).unwrap_or(&licences.voci[0])
}

/// The text of a licence, where its address is known.
pub fn licence_url(licence: &Voce) -> Option<String> {
    (licence.slug == "cc-by-4-0")
        .then(|| "https://creativecommons.org/licenses/by/4.0/legalcode.it".to_owned())
}

/// A free page.
pub fn pagina(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Pagina(p) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let mut md = Markdown::new(cards.site, cards.urls);
    let text = md.render(&p.testo.value, Kind::Pagina, 2);
    let headings = md.take_headings();
    let indexed = p.mostra_indice.as_ref().map_or(headings.len() >= 3, |m| m.value);
    let dated = p.mostra_data_aggiornamento.as_ref().is_none_or(|m| m.value);
    let block = |b: &Spanned<Blocco>| view::Block {
        titolo: b.titolo.value.0.clone(),
        testo_html: maybe(&mut md, b.testo.as_ref(), Kind::Pagina, 2),
        voci: cards.any(&b.contenuti).map(|i| cards.picture_card(i)).collect(),
    };
    let view = view::Pagina {
        immagine: cards.picture(item.entry.common.immagine.as_ref()),
        indice: if indexed { headings } else { Vec::new() },
        testo_html: text,
        aggiornata: cards.updated(item).filter(|_| dated),
        blocchi: p.blocchi.iter().map(block).collect(),
        figli: cards.site.pagine_sotto(item).map(|i| cards.picture_card(i)).collect(),
    };
    let mut built = Built::new(&item.titolo, &view);
    built.parents = cards
        .site
        .pagine_sopra(item)
        .into_iter()
        .map(|above| Link { label: above.titolo.clone(), url: above.url.clone() })
        .collect();
    finish(built, item)
}
