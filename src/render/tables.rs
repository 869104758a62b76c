//! Contents as tables, for Amministrazione trasparente and the register of acts, and as CSV for who reuses them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::cards::{Cards, stato};
use super::format;
use super::urls::Urls;
use super::view::tables::{Cell, Group, Table};
use crate::content::bando::Bando;
use crate::content::dataora::DataOra;
use crate::content::dataset::Dataset;
use crate::content::documento::{Documento, Riservatezza};
use crate::content::persona::AttoNomina;
use crate::content::procedimento::Avvio;
use crate::content::servizio::Servizio;
use crate::content::trasparenza::{Colonna, Raggruppa, Tipologia};
use crate::content::{Data, Entry};
use crate::plan::Plan;
use crate::site::{Contenuto, Item, Membro, Site};
use crate::vocab::trasparenza::{Sezione, albero};

/// A row before rows are divided.
struct Row {
    anno: Option<i16>,
    tipo: String,
    celle: Vec<Cell>,
}

/// The tables of a section, in the order of its lists.
pub fn of_section(cards: Cards<'_>, sezione: &Sezione, contenuto: &Contenuto<'_>) -> Vec<Table> {
    let written = contenuto.file.and_then(|(_, f)| f.elenco.as_ref()).map(|e| &e.value);
    let asked = written.and_then(|e| e.raggruppa_per.as_ref()).map(|r| r.value);
    kinds(contenuto)
        .into_iter()
        .map(|kind| {
            let chosen: Vec<Colonna> = written
                .filter(|e| e.tipologia.value == kind)
                .map(|e| e.colonne.iter().map(|c| c.value).collect())
                .unwrap_or_default();
            let columns = columns(kind, &chosen);
            let items = contenuto.elenchi.iter().filter(|(k, _)| *k == kind).flat_map(|(_, items)| items);
            let mut rows: Vec<Row> = items.map(|i| row(cards, &columns, i)).collect();
            rows.extend(
                contenuto
                    .incarichi
                    .iter()
                    .filter(|_| kind == Tipologia::Incarico)
                    .map(|m| role(cards, &columns, *m)),
            );
            if kind == Tipologia::Documento {
                rows.extend(contenuto.riservati.iter().filter_map(|e| reserved(cards, &columns, e)));
            }
            let usual = match kind {
                Tipologia::Documento | Tipologia::Bando => Raggruppa::Anno,
                _ => Raggruppa::Niente,
            };
            Table {
                titolo: title(kind).to_owned(),
                colonne: std::iter::once(first_column(kind))
                    .chain(columns.iter().map(|c| c.nome()))
                    .collect(),
                gruppi: divided(rows, asked.unwrap_or(usual)),
                csv_url: Some(cards.urls.path(&format!("/{}", csv_path(sezione, kind)))),
            }
        })
        .collect()
}

/// The tables of every section that has a page, as CSV files by output path.
pub fn csv_files(site: &Site, urls: &Urls, plan: &Plan) -> Vec<(String, String)> {
    let cards = Cards { site, urls };
    let sections = albero().sezioni.iter().filter(|s| plan.has(&s.url()));
    let named = |sezione: &Sezione| {
        let contenuto = site.contenuto(sezione);
        let tables = of_section(cards, sezione, &contenuto);
        let kinds: Vec<Tipologia> = kinds(&contenuto);
        kinds.into_iter().map(|k| csv_path(sezione, k)).zip(tables).collect::<Vec<_>>()
    };
    sections.flat_map(named).map(|(path, table)| (path, csv(&table))).collect()
}

/// What the tables of a section list, in order.
fn kinds(contenuto: &Contenuto<'_>) -> Vec<Tipologia> {
    let mut kinds: Vec<Tipologia> = contenuto.elenchi.iter().map(|(kind, _)| *kind).collect();
    if !contenuto.riservati.is_empty() && !kinds.contains(&Tipologia::Documento) {
        kinds.push(Tipologia::Documento);
    }
    if !contenuto.incarichi.is_empty() {
        kinds.push(Tipologia::Incarico);
    }
    kinds
}

/// Output path of the CSV of a section's table.
fn csv_path(sezione: &Sezione, kind: Tipologia) -> String {
    format!("api/trasparenza/{}/{}.csv", sezione.percorso, kind.name())
}

/// A table as CSV (RFC 4180, UTF-8 with its mark so that spreadsheets read accents). A cell that a spreadsheet would run as a
/// formula is kept as text.
fn csv(table: &Table) -> String {
    let divided = table.gruppi.iter().any(|g| g.titolo.is_some());
    let mut text = String::from('\u{FEFF}');
    let mut line = |cells: Vec<&str>| {
        let cells: Vec<String> = cells.into_iter().map(csv_cell).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    let mut head = table.colonne.clone();
    head.push("Indirizzo");
    if divided {
        head.push("Gruppo");
    }
    line(head);
    for group in &table.gruppi {
        for row in &group.righe {
            let mut cells: Vec<&str> = row.iter().map(|c| c.iso.as_deref().unwrap_or(&c.testo)).collect();
            cells.push(row.first().and_then(|c| c.url.as_deref()).unwrap_or(""));
            if divided {
                cells.push(group.titolo.as_deref().unwrap_or(""));
            }
            line(cells);
        }
    }
    text
}

fn csv_cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn title(kind: Tipologia) -> &'static str {
    match kind {
        Tipologia::Documento => "Documenti",
        Tipologia::Bando => "Bandi",
        Tipologia::Dataset => "Dataset",
        Tipologia::Unita => "Uffici e strutture",
        Tipologia::Incarico => "Incarichi",
        Tipologia::Procedimento => "Procedimenti",
        Tipologia::Servizio => "Servizi",
    }
}

/// The columns of a table: those chosen, else the usual ones.
fn columns(kind: Tipologia, chosen: &[Colonna]) -> Vec<Colonna> {
    if chosen.is_empty() { kind.colonne().0.to_vec() } else { chosen.to_vec() }
}

/// The heading of the first column, which names the row.
fn first_column(kind: Tipologia) -> &'static str {
    match kind {
        Tipologia::Documento | Tipologia::Bando | Tipologia::Dataset => "Titolo",
        Tipologia::Unita | Tipologia::Incarico => "Nome",
        Tipologia::Procedimento => "Procedimento",
        Tipologia::Servizio => "Servizio",
    }
}

fn row(cards: Cards<'_>, columns: &[Colonna], item: &Item) -> Row {
    let published = published(&item.entry);
    let tipo = match &item.entry.data {
        Data::Documento(d) => d.tipo.entry.nome.clone(),
        Data::Bando(b) => b.tipo.value.nome().to_owned(),
        Data::Unita(u) => u.tipo.entry.nome.clone(),
        Data::Servizio(s) => s.categoria.entry.nome.clone(),
        _ => String::new(),
    };
    let name = Cell::link(&item.titolo, cards.urls.path(&item.url));
    let cells = columns.iter().map(|column| match &item.entry.data {
        Data::Documento(d) => document(cards, *column, &item.entry, d),
        Data::Bando(b) => call(cards, *column, published, b),
        Data::Dataset(d) => dataset(cards, *column, d),
        Data::Unita(_) => unit(cards, *column, &tipo, item),
        Data::Servizio(s) => service(cards, *column, s),
        _ => Cell::default(),
    });
    let celle = std::iter::once(name).chain(cells).collect();
    Row { anno: published.map(Date::year), tipo, celle }
}

fn published(entry: &Entry) -> Option<Date> {
    entry.common.data_pubblicazione.as_ref().map(|d| d.value)
}

fn document(cards: Cards<'_>, column: Colonna, entry: &Entry, d: &Documento) -> Cell {
    match column {
        Colonna::Tipo => Cell::text(&d.tipo.entry.nome),
        Colonna::PubblicatoIl => day(published(entry)),
        Colonna::Ufficio => Cell::text(names(cards.targets(&d.ufficio_responsabile))),
        Colonna::Protocollo => Cell::text(format::protocol(d).unwrap_or_default()),
        Colonna::FirmatoIl => day(d.data_firma.as_ref().map(|d| d.value)),
        _ => Cell::default(),
    }
}

fn call(cards: Cards<'_>, column: Colonna, published: Option<Date>, b: &Bando) -> Cell {
    let winners = || b.aggiudicatari.iter().map(|a| &*a.value.0).collect::<Vec<_>>().join(", ");
    match column {
        Colonna::Tipo => Cell::text(b.tipo.value.nome()),
        Colonna::Stato => Cell::text(b.stato(cards.site.now).nome()),
        Colonna::PubblicatoIl => day(published),
        Colonna::Scadenza => moment(b.scadenza_domande.as_ref().map(|m| m.value)),
        Colonna::Cig => Cell::text(b.cig.as_ref().map_or("", |c| &c.value.0)),
        Colonna::Ufficio => Cell::text(names(cards.targets(&b.ufficio_responsabile))),
        Colonna::Importo => Cell::text(b.importo.as_ref().map(|i| i.value.display()).unwrap_or_default()),
        Colonna::AggiudicatoA => Cell::text(winners()),
        _ => Cell::default(),
    }
}

fn dataset(cards: Cards<'_>, column: Colonna, d: &Dataset) -> Cell {
    match column {
        Colonna::Aggiornamento => Cell::text(&d.frequenza_aggiornamento.entry.nome),
        Colonna::UltimaModifica => day(Some(d.data_modifica.value)),
        Colonna::Titolare => Cell::text(cards.site.target(&d.titolare.value).map_or("", |i| &i.titolo)),
        _ => Cell::default(),
    }
}

fn unit(cards: Cards<'_>, column: Colonna, tipo: &str, item: &Item) -> Cell {
    let office = cards.office(item);
    let mail = |m: Option<String>| m.map_or_else(Cell::default, |m| Cell::link(&m, format!("mailto:{m}")));
    match column {
        Colonna::Tipo => Cell::text(tipo),
        Colonna::Telefono => match (office.telefono, office.telefono_tel) {
            (Some(text), Some(number)) => Cell::link(text, format!("tel:{number}")),
            (text, _) => Cell::text(text.unwrap_or_default()),
        },
        Colonna::Email => mail(office.email),
        Colonna::Pec => mail(office.pec),
        Colonna::Sede => Cell::text(office.indirizzo.unwrap_or_default()),
        _ => Cell::default(),
    }
}

/// A service, or the procedure behind it: what of a procedure is asked for first, the rest is on its sheet.
fn service(cards: Cards<'_>, column: Colonna, s: &Servizio) -> Cell {
    let procedure = s.procedimento.as_ref().map(|p| &p.value);
    let days = || s.giorni_massimi.as_ref().map(|g| format::count(g.value as usize, "giorno", "giorni"));
    match column {
        Colonna::Categoria => Cell::text(&s.categoria.entry.nome),
        Colonna::Stato => Cell::text(stato(s)),
        Colonna::Ufficio => {
            Cell::text(cards.site.target(&s.unita_responsabile.value).map_or("", |i| &i.titolo))
        }
        Colonna::Termine => {
            let written = procedure.and_then(|p| p.fine_termine.as_ref()).map(|t| t.value.0.clone());
            Cell::text(written.or_else(days).unwrap_or_default())
        }
        Colonna::Avvio => {
            Cell::text(procedure.and_then(|p| p.modalita_avvio.as_ref()).map_or("", |a| match a.value {
                Avvio::Istanza => "Su richiesta",
                Avvio::Ufficio => "D'ufficio",
            }))
        }
        Colonna::ProvvedimentoFinale => {
            Cell::text(procedure.and_then(|p| p.provvedimento_finale.as_ref()).map_or("", |t| &t.value.0))
        }
        Colonna::SilenzioAssenso => {
            let silence = procedure.and_then(|p| p.silenzio_assenso.as_ref());
            Cell::text(silence.map_or("", |s| if s.value { "Sì" } else { "No" }))
        }
        _ => Cell::default(),
    }
}

/// A person in one of her roles.
fn role(cards: Cards<'_>, columns: &[Colonna], membro: Membro<'_>) -> Row {
    let (item, incarico) = (membro.item, membro.incarico);
    let act = || match incarico.atto_nomina.as_ref().map(|a| &a.value) {
        Some(AttoNomina::Documento(slug)) => cards
            .site
            .target(slug)
            .map_or_else(Cell::default, |d| Cell::link(&d.titolo, cards.urls.path(&d.url))),
        Some(AttoNomina::File(file)) => {
            Cell::link("Atto di nomina", cards.urls.path(&format!("/{}", file.0)))
        }
        None => Cell::default(),
    };
    let unit = cards.site.target(&incarico.unita_organizzativa.value);
    let cells = columns.iter().map(|column| match column {
        Colonna::Incarico => Cell::text(incarico.nome()),
        Colonna::Dove => Cell::text(unit.map_or("", |u| &u.titolo)),
        Colonna::Dal => day(Some(incarico.data_inizio.value)),
        Colonna::Al => day(incarico.data_fine.as_ref().map(|d| d.value)),
        Colonna::AttoDiNomina => act(),
        _ => Cell::default(),
    });
    let name = Cell::link(&item.titolo, cards.urls.path(&item.url));
    let celle = std::iter::once(name).chain(cells).collect();
    Row { anno: None, tipo: incarico.tipo.entry.nome.clone(), celle }
}

/// A document without a page: its row, or its title only.
fn reserved(cards: Cards<'_>, columns: &[Colonna], entry: &Entry) -> Option<Row> {
    let Data::Documento(d) = &entry.data else { return None };
    let cells = columns.iter().map(|column| match d.riservatezza() {
        Riservatezza::Oscurato => Cell::default(),
        _ => document(cards, *column, entry, d),
    });
    let title = Cell::text(entry.common.titolo.as_ref().map_or("", |t| &t.value.0));
    let celle = std::iter::once(title).chain(cells).collect();
    Some(Row { anno: published(entry).map(Date::year), tipo: d.tipo.entry.nome.clone(), celle })
}

fn names<'a>(items: impl Iterator<Item = &'a Item>) -> String {
    items.map(|i| i.titolo.as_str()).collect::<Vec<_>>().join(", ")
}

/// A date in a cell.
pub fn day(date: Option<Date>) -> Cell {
    date.map_or_else(Cell::default, |d| Cell {
        testo: format::date_short(d),
        url: None,
        iso: Some(d.to_string()),
    })
}

/// A day and perhaps an hour in a cell.
pub fn moment(momento: Option<DataOra>) -> Cell {
    momento.map_or_else(Cell::default, |m| {
        let cell = day(Some(m.giorno));
        match m.ora {
            None => cell,
            Some(ora) => Cell {
                testo: format!("{}, ore {}", cell.testo, format::clock(ora)),
                url: None,
                iso: Some(format!("{}T{:02}:{:02}", m.giorno, ora.hour(), ora.minute())),
            },
        }
    })
}

fn divided(rows: Vec<Row>, by: Raggruppa) -> Vec<Group> {
    let all = |rows: Vec<Row>| rows.into_iter().map(|r| r.celle).collect();
    match by {
        Raggruppa::Niente => vec![Group { titolo: None, righe: all(rows) }],
        Raggruppa::Anno => {
            let mut years: BTreeMap<std::cmp::Reverse<Option<i16>>, Vec<Row>> = BTreeMap::new();
            for row in rows {
                years.entry(std::cmp::Reverse(row.anno)).or_default().push(row);
            }
            let group = |(year, rows): (std::cmp::Reverse<Option<i16>>, _)| Group {
                titolo: year.0.map(|y| y.to_string()),
                righe: all(rows),
            };
            years.into_iter().map(group).collect()
        }
        Raggruppa::Tipo => {
            let mut kinds: BTreeMap<String, Vec<Row>> = BTreeMap::new();
            for row in rows {
                kinds.entry(row.tipo.clone()).or_default().push(row);
            }
            let group = |(tipo, rows): (String, _)| Group {
                titolo: Some(tipo).filter(|t| !t.is_empty()),
                righe: all(rows),
            };
            kinds.into_iter().map(group).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_never_run_in_a_spreadsheet() {
        for formula in ["=1+1", "+39", "-1", "@SUM(A1)", "\tx"] {
            assert!(
                csv_cell(formula).starts_with('\'') || csv_cell(formula).starts_with("\"'"),
                "{formula:?}"
            );
        }
        assert_eq!(csv_cell("Via Roma, 1 \"A\""), "\"Via Roma, 1 \"\"A\"\"\"");
    }
}
