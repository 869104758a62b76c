//! "Attuazione misure PNRR": the projects by mission, and each of them.

use super::super::cards::Cards;
use super::super::format::{self, count};
use super::super::markdown::Markdown;
use super::super::view::data::{Fact, Progetto};
use super::super::view::lists::Elenco;
use super::super::view::{Card, Tag};
use super::Built;
use super::contents::{finish, maybe};
use super::data::fact;
use super::servizio::anchors;
use crate::content::{Data, Kind};
use crate::plan::PNRR;
use crate::site::Item;

const TITLE: &str = "Attuazione misure PNRR";

/// The list of projects, by mission.
pub fn elenco(cards: Cards<'_>) -> Built {
    let mut items = cards.site.alphabetical(Kind::Progetto);
    let mission = |i: &Item| match &i.entry.data {
        Data::Progetto(p) => Some(p.missione.value.nome()),
        _ => None,
    };
    items.sort_by_key(|i| mission(i));
    let card = |item: &&Item| Card {
        categoria: mission(item).map(|label| Tag { label: label.to_owned(), url: None }),
        ..cards.picture_card(item)
    };
    let view = Elenco {
        elenco_titolo: Some("I progetti, missione per missione".to_owned()),
        conteggio: Some(count(items.len(), "progetto", "progetti")),
        elenco: items.iter().map(card).collect(),
        ..Elenco::default()
    };
    Built::new(TITLE, &view)
        .described("I progetti del Comune pagati dal Piano nazionale di ripresa e resilienza: che cosa, quanto, a che punto.")
}

/// A project.
pub fn progetto(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Progetto(p) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let mut md = Markdown::new(cards.site, cards.urls);
    let day = |nome, date: &Option<crate::diagnostic::Spanned<jiff::civil::Date>>| {
        date.as_ref().map(|d| Fact { nome, valore: format::date(d.value), iso: Some(d.value.to_string()) })
    };
    let dati = [
        fact("Missione", Some(p.missione.value.nome())),
        fact("Componente", Some(&*p.componente.value.0)),
        fact("Investimento", Some(&*p.investimento.value.0)),
        fact("CUP", Some(&*p.cup.value.0)),
        fact("Importo finanziato", Some(p.importo.value.display())),
        day("Inizio", &p.data_inizio),
        day("Fine", &p.data_fine),
    ];
    let mut view = Progetto {
        stato: p.stato.value.nome(),
        immagine: cards.picture(item.entry.common.immagine.as_ref()),
        indice: Vec::new(),
        testo_html: md.render(&p.testo.value, Kind::Progetto, 2),
        dati: dati.into_iter().flatten().collect(),
        avvisi: cards.links(&p.avvisi),
        documenti: cards.targets(&p.documenti).map(|i| cards.document(i)).collect(),
        uffici: cards.targets(&p.ufficio_responsabile).map(|i| cards.office(i)).collect(),
        ulteriori_html: maybe(&mut md, p.ulteriori_informazioni.as_ref(), Kind::Progetto, 2),
        argomenti: cards.topics(item),
        aggiornata: cards.updated(item),
    };
    view.indice = anchors(&[
        (true, "descrizione", "Descrizione"),
        (true, "dati-del-progetto", "Dati del progetto"),
        (!view.avvisi.is_empty(), "avvisi", "Avvisi"),
        (!view.documenti.is_empty(), "documenti", "Documenti"),
        (true, "ufficio-responsabile", "Ufficio responsabile"),
        (view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"),
    ]);
    finish(Built::new(&item.titolo, &view).below("", &[(TITLE, PNRR)]), item)
}
