//! Calls and datasets, one by one and in their lists; the register of acts and its archive.

use super::super::cards::Cards;
use super::super::facets::{self, Facets};
use super::super::format::{self, count};
use super::super::markdown::{self, Markdown};
use super::super::tables::{day, moment};
use super::super::view::data::{self as view, Fact, Files, Tabella};
use super::super::view::lists::Elenco;
use super::super::view::tables::{Cell, Group, Table};
use super::super::view::{Attachment, Link};
use super::contents::{finish, licence, licence_url, maybe};
use super::servizio::anchors;
use super::{AMMINISTRAZIONE, Built, DOCUMENTI};
use crate::content::bando::{Bando, Stato, TipoFase};
use crate::content::dataset::Lingua;
use crate::content::documento::{ALBO, Allegato, Riservatezza};
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::{ALBO_ARCHIVIO, ALBO_PRETORIO, BANDI, DATASET};
use crate::site::{Atto, Item};

/// A fact, unless it has no value.
pub fn fact(nome: &'static str, valore: Option<impl Into<String>>) -> Option<Fact> {
    let valore = valore?.into();
    (!valore.is_empty()).then_some(Fact { nome, valore, iso: None })
}

/// A dated fact.
fn dated(nome: &'static str, cell: Cell) -> Option<Fact> {
    (!cell.testo.is_empty()).then_some(Fact { nome, valore: cell.testo, iso: cell.iso })
}

fn files(cards: Cards<'_>, files: &[Spanned<Allegato>]) -> Vec<Attachment> {
    files.iter().map(|a| cards.file(&a.file.value.0, &a.titolo.value.0)).collect()
}

/// A call.
pub fn bando(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Bando(b) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let mut md = Markdown::new(cards.site, cards.urls);
    let recipients: Vec<&str> = b.destinatari.iter().map(|d| d.value.nome()).collect();
    let winners: Vec<&str> = b.aggiudicatari.iter().map(|a| &*a.value.0).collect();
    let dati = [
        fact("Ente che offre", b.ente_erogatore.as_ref().map(|e| &*e.value.0)),
        fact("A chi si rivolge", Some(recipients.join(", "))),
        fact("Importo", b.importo.as_ref().map(|i| i.value.display())),
        fact("CIG", b.cig.as_ref().map(|c| &*c.value.0)),
        fact("CUP", b.cup.as_ref().map(|c| &*c.value.0)),
        fact("Aggiudicato a", Some(winners.join(", "))),
    ];
    let published = item.entry.common.data_pubblicazione.as_ref().map(|d| d.value);
    let time = |m: &Option<Spanned<_>>| moment(m.as_ref().map(|m| m.value));
    let date = [
        dated("Pubblicato il", day(published)),
        dated("Apertura", time(&b.apertura)),
        dated("Scadenza per i chiarimenti", time(&b.scadenza_chiarimenti)),
        dated("Scadenza per le domande", time(&b.scadenza_domande)),
        dated("Chiusura del procedimento", day(b.chiusura_procedimento.as_ref().map(|d| d.value))),
    ];
    let stato = b.stato(cards.site.now);
    let mut view = view::Bando {
        tipo: b.tipo.value.nome(),
        stato: stato.nome(),
        indice: Vec::new(),
        testo_html: md.render(&b.testo.value, Kind::Bando, 2),
        dati: dati.into_iter().flatten().collect(),
        uffici: cards.targets(&b.ufficio_responsabile).map(|i| cards.office(i)).collect(),
        aree: cards.targets(&b.area_responsabile).map(|i| cards.office(i)).collect(),
        servizi: cards.links(&b.servizi),
        date: date.into_iter().flatten().collect(),
        documenti: call_files(cards, b),
        bdncp_url: b.url_bdncp.as_ref().map(|u| u.value.0.to_string()),
        note_aggiornamento: item.entry.common.note_aggiornamento.as_ref().map(|n| n.value.0.clone()),
        ulteriori_html: maybe(&mut md, b.ulteriori_informazioni.as_ref(), Kind::Bando, 2),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
    };
    view.indice = anchors(&[
        (true, "descrizione", "Descrizione"),
        (true, "ufficio-responsabile", "Ufficio responsabile"),
        (!view.aree.is_empty(), "area-responsabile", "Area responsabile"),
        (!view.servizi.is_empty(), "servizi-collegati", "Servizi collegati"),
        (true, "tempi-e-scadenze", "Tempi e scadenze"),
        (!view.documenti.is_empty() || view.bdncp_url.is_some(), "documenti-allegati", "Documenti allegati"),
        (view.note_aggiornamento.is_some(), "note-di-aggiornamento", "Note di aggiornamento"),
        (view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"),
    ]);
    let parents = [AMMINISTRAZIONE, DOCUMENTI, (albo_title(), ALBO_PRETORIO)];
    finish(Built::new(&item.titolo, &view).below("management", &parents), item)
}

/// The call's own files, then those by heading, then those of each phase.
fn call_files(cards: Cards<'_>, b: &Bando) -> Vec<Files> {
    let own = Files { titolo: None, note: None, voci: files(cards, &b.allegati) };
    let headed = b.approfondimenti.iter().map(|a| Files {
        titolo: Some(a.titolo.value.0.clone()),
        note: None,
        voci: files(cards, &a.file),
    });
    let phases = b.fasi.iter().map(|f| {
        let acts = cards.targets(&f.documenti).map(|i| cards.document(i));
        Files {
            titolo: Some(phase(f.tipo.value).to_owned()),
            note: f.note.as_ref().map(|n| n.value.0.clone()),
            voci: acts.chain(files(cards, &f.allegati)).collect(),
        }
    });
    let all = std::iter::once(own).chain(headed).chain(phases);
    all.filter(|f| !f.voci.is_empty() || f.note.is_some()).collect()
}

fn phase(tipo: TipoFase) -> &'static str {
    match tipo {
        TipoFase::Pubblicazione => "Pubblicazione",
        TipoFase::Affidamento => "Affidamento",
        TipoFase::Esecutiva => "Esecuzione del contratto",
        TipoFase::Sponsorizzazioni => "Sponsorizzazioni",
        TipoFase::SommaUrgenza => "Somma urgenza e protezione civile",
        TipoFase::Finanza => "Finanza di progetto",
    }
}

/// The list of calls, by state.
pub fn bandi(cards: Cards<'_>) -> Built {
    let calls = cards.site.bandi();
    let open = calls.iter().filter(|(_, s)| *s == Stato::Aperto).count();
    let items: Vec<&Item> = calls.iter().map(|(item, _)| *item).collect();
    let (facets, filtri) = Facets::new(cards, &facets::ATTI, &items);
    let view = Elenco {
        elenco_titolo: Some("Tutti i bandi".to_owned()),
        conteggio: Some(format!(
            "{}, {} in questo momento",
            count(calls.len(), "bando", "bandi"),
            count(open, "aperto", "aperti")
        )),
        elenco: items.into_iter().map(|i| facets.mark(cards.card(i), i)).collect(),
        filtri,
        ricerca: true,
        ..Elenco::default()
    };
    Built::new("Bandi", &view)
        .described(
            "Concorsi, gare, contributi e alloggi: chi può partecipare, entro quando, con quali documenti.",
        )
        .below("management", &[AMMINISTRAZIONE, DOCUMENTI, (albo_title(), ALBO_PRETORIO)])
}

/// A dataset.
pub fn dataset(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Dataset(d) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let mut md = Markdown::new(cards.site, cards.urls);
    let line = |l: &Option<Spanned<crate::content::types::Line>>| l.as_ref().map(|l| l.value.0.clone());
    let licence = licence(d.licenza.as_ref().map(|l| l.entry));
    let words: Vec<&str> = d.parole_chiave.iter().map(|p| &*p.value.0).collect();
    let languages: Vec<&str> = d.lingue().into_iter().map(Lingua::nome).collect();
    let period = d.periodo.as_ref().map(|p| {
        let from = format::from_date(p.value.dal.value);
        p.value.al.as_ref().map_or(from.clone(), |al| format!("{from} {}", format::to_date(al.value)))
    });
    let dati = [
        fact("Frequenza di aggiornamento", Some(&*d.frequenza_aggiornamento.entry.nome)),
        dated("Ultima modifica", day(Some(d.data_modifica.value))),
        dated("Data di rilascio", day(d.data_rilascio.as_ref().map(|d| d.value))),
        fact(
            "Identificativo",
            Some(d.identificativo.as_ref().map_or(item.entry.slug.as_str(), |i| &i.value.0)),
        ),
        fact("Copertura geografica", line(&d.copertura_geografica)),
        fact("Periodo", period),
        fact("Autore", line(&d.autore)),
        fact("Editore", line(&d.editore)),
        fact("Standard", line(&d.standard)),
        fact("Lingua", Some(languages.join(", "))),
        fact("Versione", d.versione.as_ref().map(|v| &*v.value.0)),
        fact("Parole chiave", Some(words.join(", "))),
    ];
    let mut view = view::Dataset {
        temi: d.temi.iter().map(|t| t.entry.nome.clone()).collect(),
        indice: Vec::new(),
        descrizione_html: d.descrizione.as_ref().map_or_else(
            || markdown::paragraph(&item.descrizione),
            |p| md.render(&p.value, Kind::Dataset, 2),
        ),
        distribuzioni: d.distribuzioni.iter().map(|one| distribution(cards, &one.value)).collect(),
        licenza: Link { label: licence.nome.clone(), url: licence_url(licence).unwrap_or_default() },
        titolare: cards.site.target(&d.titolare.value).map(|i| cards.office(i)).into_iter().collect(),
        dati: dati.into_iter().flatten().collect(),
        contatti: cards.contacts(&d.punti_contatto),
        ulteriori_html: maybe(&mut md, d.ulteriori_informazioni.as_ref(), Kind::Dataset, 2),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
    };
    view.indice = anchors(&[
        (true, "descrizione", "Descrizione"),
        (true, "distribuzioni", "Distribuzioni"),
        (true, "licenza", "Licenza"),
        (true, "titolare", "Titolare"),
        (true, "dettagli", "Dettagli"),
        (!view.contatti.is_empty(), "contatti", "Contatti"),
        (view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"),
    ]);
    let parents = [AMMINISTRAZIONE, DOCUMENTI, ("Dataset", DATASET)];
    finish(Built::new(&item.titolo, &view).below("management", &parents), item)
}

fn distribution(cards: Cards<'_>, one: &crate::content::dataset::Distribuzione) -> Attachment {
    let title = &one.titolo.value.0;
    let own = one.formato.as_ref().map(|f| f.value.0.to_uppercase());
    match (&one.file, &one.url) {
        (Some(file), _) => {
            let file = cards.file(&file.value.0, title);
            Attachment { formato: own.or(file.formato), ..file }
        }
        (None, url) => Attachment {
            titolo: title.clone(),
            url: url.as_ref().map(|u| u.value.0.to_string()).unwrap_or_default(),
            formato: own,
            dimensione: None,
            inaccessibile: false,
        },
    }
}

/// The list of datasets.
pub fn elenco_dataset(cards: Cards<'_>) -> Built {
    let items = cards.site.alphabetical(Kind::Dataset);
    let view = Elenco {
        elenco_titolo: Some("Tutti i dataset".to_owned()),
        conteggio: Some(format!("{}, in ordine alfabetico", count(items.len(), "dataset", "dataset"))),
        elenco: items.into_iter().map(|i| cards.card(i)).collect(),
        ricerca: true,
        ..Elenco::default()
    };
    Built::new("Dataset", &view)
        .described("I dati del Comune che chiunque può scaricare e riutilizzare.")
        .below("management", &[AMMINISTRAZIONE, DOCUMENTI])
}

/// The official title of the register among the kinds of document.
fn albo_title() -> &'static str {
    crate::vocab::get("tipi_documento").find(ALBO).map_or("Documenti albo pretorio", |v| v.plural())
}

/// The register of acts: those published today, or the archive.
pub fn albo(cards: Cards<'_>, archivio: bool) -> Built {
    let acts = cards.site.albo(archivio);
    let elsewhere = cards
        .site
        .config
        .written
        .albo_pretorio
        .as_ref()
        .map(|a| Link { label: "Vai all'albo pretorio".to_owned(), url: a.url.value.0.to_string() });
    let link = |label: &str, path: &str| Link { label: label.to_owned(), url: cards.urls.path(path) };
    let mut altre = Vec::new();
    if archivio {
        altre.push(link("Atti in pubblicazione", ALBO_PRETORIO));
    } else if !cards.site.albo(true).is_empty() {
        altre.push(link("Archivio dell'albo pretorio", ALBO_ARCHIVIO));
    }
    if !cards.site.bandi().is_empty() {
        altre.push(link("Bandi", BANDI));
    }
    let titolo = if archivio { "Atti non più in pubblicazione" } else { "Atti in pubblicazione" };
    let table = Table {
        titolo: titolo.to_owned(),
        colonne: vec!["Oggetto", "Numero", "Tipo", "Dal", "Al", "Ufficio"],
        gruppi: vec![Group { titolo: None, righe: acts.iter().map(|a| act(cards, *a)).collect() }],
        csv_url: None,
    };
    let testo = if archivio {
        "Qui trovi gli atti che sono già stati pubblicati all'albo pretorio."
    } else {
        "All'albo pretorio il Comune pubblica gli atti che tutti devono poter conoscere, per il tempo che la legge stabilisce."
    };
    let view = Tabella {
        testo: elsewhere.is_none().then(|| testo.to_owned()),
        vuoto: if elsewhere.is_some() { "" } else { "In questo momento non ci sono atti in pubblicazione." },
        altrove: elsewhere,
        conteggio: format!("{}, dal più recente", count(acts.len(), "atto", "atti")),
        tabelle: if acts.is_empty() { Vec::new() } else { vec![table] },
        altre,
    };
    let described = "Gli atti pubblicati all'albo pretorio: numero, oggetto, date di pubblicazione, ufficio.";
    if archivio {
        Built::new("Archivio dell'albo pretorio", &view)
            .described("Gli atti la cui pubblicazione all'albo pretorio è finita.")
            .below("management", &[AMMINISTRAZIONE, DOCUMENTI, (albo_title(), ALBO_PRETORIO)])
    } else {
        Built::new(albo_title(), &view)
            .described(described)
            .below("management", &[AMMINISTRAZIONE, DOCUMENTI])
    }
}

/// A row of the register. Of a reserved act one reads the title, or the row without a link.
fn act(cards: Cards<'_>, atto: Atto<'_>) -> Vec<Cell> {
    let d = atto.documento;
    let title = atto.entry.common.titolo.as_ref().map_or("", |t| &t.value.0);
    let name = match atto.item {
        Some(item) => Cell::link(title, cards.urls.path(&item.url)),
        None => Cell::text(title),
    };
    let hidden = d.riservatezza() == Riservatezza::Oscurato;
    let offices: Vec<&str> = cards.targets(&d.ufficio_responsabile).map(|i| i.titolo.as_str()).collect();
    let number = cards.site.registro.find(&atto.entry.slug).map(|v| format!("{}/{}", v.numero, v.anno));
    vec![
        name,
        Cell::text(number.unwrap_or_default()),
        Cell::text(if hidden { "Contenuto riservato" } else { &d.tipo.entry.nome }),
        day(d.pubblicazione_dal.as_ref().map(|d| d.value)),
        day(d.pubblicazione_al.as_ref().map(|d| d.value)),
        Cell::text(if hidden { String::new() } else { offices.join(", ") }),
    ]
}
