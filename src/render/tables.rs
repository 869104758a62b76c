//! Contents as tables, for Amministrazione trasparente and the register of acts, and as CSV for who reuses them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::cards::{Cards, stato};
use super::format;
use super::urls::Urls;
use super::view::tables::{Cell, Group, Table};
use crate::content::dataora::DataOra;
use crate::content::documento::Riservatezza;
use crate::content::persona::AttoNomina;
use crate::content::procedimento::Avvio;
use crate::content::servizio::Servizio;
use crate::content::trasparenza::{Raggruppa, Tipologia};
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
    let asked =
        contenuto.file.and_then(|(_, f)| f.elenco.as_ref()?.value.raggruppa_per.as_ref()).map(|r| r.value);
    kinds(contenuto)
        .into_iter()
        .map(|kind| {
            let items = contenuto.elenchi.iter().filter(|(k, _)| *k == kind).flat_map(|(_, items)| items);
            let mut rows: Vec<Row> = items.map(|i| row(cards, kind, i)).collect();
            rows.extend(
                contenuto.incarichi.iter().filter(|_| kind == Tipologia::Incarico).map(|m| role(cards, *m)),
            );
            if kind == Tipologia::Documento {
                rows.extend(contenuto.riservati.iter().filter_map(|e| reserved(cards, e)));
            }
            let usual = match kind {
                Tipologia::Documento | Tipologia::Bando => Raggruppa::Anno,
                _ => Raggruppa::Niente,
            };
            Table {
                titolo: title(kind).to_owned(),
                colonne: columns(kind),
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

fn columns(kind: Tipologia) -> Vec<&'static str> {
    match kind {
        Tipologia::Documento => vec!["Titolo", "Tipo", "Pubblicato il", "Ufficio"],
        Tipologia::Bando => vec!["Titolo", "Tipo", "Stato", "Pubblicato il", "Scadenza", "CIG"],
        Tipologia::Dataset => vec!["Titolo", "Aggiornamento", "Ultima modifica", "Titolare"],
        Tipologia::Unita => vec!["Nome", "Tipo", "Telefono", "Email", "PEC", "Sede"],
        Tipologia::Incarico => vec!["Nome", "Incarico", "Dove", "Dal", "Al", "Atto di nomina"],
        Tipologia::Procedimento => {
            vec![
                "Procedimento",
                "Ufficio responsabile",
                "Termine",
                "Avvio",
                "Provvedimento finale",
                "Silenzio assenso",
            ]
        }
        Tipologia::Servizio => vec!["Servizio", "Categoria", "Stato"],
    }
}

fn row(cards: Cards<'_>, kind: Tipologia, item: &Item) -> Row {
    let published = item.entry.common.data_pubblicazione.as_ref().map(|d| d.value);
    let name = Cell::link(&item.titolo, cards.urls.path(&item.url));
    let unit = |slugs: &[_]| names(cards.targets(slugs));
    let (tipo, mut celle) = match &item.entry.data {
        Data::Documento(d) => {
            let tipo = d.tipo.entry.nome.clone();
            (tipo.clone(), vec![Cell::text(tipo), day(published), Cell::text(unit(&d.ufficio_responsabile))])
        }
        Data::Bando(b) => {
            let tipo = b.tipo.value.nome().to_owned();
            let cells = vec![
                Cell::text(&tipo),
                Cell::text(b.stato(cards.site.now).nome()),
                day(published),
                moment(b.scadenza_domande.as_ref().map(|m| m.value)),
                Cell::text(b.cig.as_ref().map_or("", |c| &c.value.0)),
            ];
            (tipo, cells)
        }
        Data::Dataset(d) => (
            String::new(),
            vec![
                Cell::text(&d.frequenza_aggiornamento.entry.nome),
                day(Some(d.data_modifica.value)),
                Cell::text(cards.site.target(&d.titolare.value).map_or("", |i| &i.titolo)),
            ],
        ),
        Data::Unita(u) => {
            let office = cards.office(item);
            let text = |t: Option<String>| Cell::text(t.unwrap_or_default());
            let tipo = u.tipo.entry.nome.clone();
            let mail =
                |m: Option<String>| m.map_or_else(Cell::default, |m| Cell::link(&m, format!("mailto:{m}")));
            let phone = match (office.telefono, office.telefono_tel) {
                (Some(text), Some(number)) => Cell::link(text, format!("tel:{number}")),
                (text, _) => Cell::text(text.unwrap_or_default()),
            };
            (
                tipo.clone(),
                vec![Cell::text(tipo), phone, mail(office.email), mail(office.pec), text(office.indirizzo)],
            )
        }
        Data::Servizio(s) if kind == Tipologia::Procedimento => (String::new(), procedure(cards, s)),
        Data::Servizio(s) => {
            let categoria = s.categoria.entry.nome.clone();
            (categoria.clone(), vec![Cell::text(categoria), Cell::text(stato(s))])
        }
        _ => (String::new(), Vec::new()),
    };
    celle.insert(0, name);
    Row { anno: published.map(Date::year), tipo, celle }
}

/// A person in one of her roles.
fn role(cards: Cards<'_>, membro: Membro<'_>) -> Row {
    let (item, incarico) = (membro.item, membro.incarico);
    let act = match incarico.atto_nomina.as_ref().map(|a| &a.value) {
        Some(AttoNomina::Documento(slug)) => cards
            .site
            .target(slug)
            .map_or_else(Cell::default, |d| Cell::link(&d.titolo, cards.urls.path(&d.url))),
        Some(AttoNomina::File(file)) => {
            Cell::link("Atto di nomina", cards.urls.path(&format!("/{}", file.0)))
        }
        None => Cell::default(),
    };
    let celle = vec![
        Cell::link(&item.titolo, cards.urls.path(&item.url)),
        Cell::text(incarico.nome()),
        Cell::text(cards.site.target(&incarico.unita_organizzativa.value).map_or("", |u| &u.titolo)),
        day(Some(incarico.data_inizio.value)),
        day(incarico.data_fine.as_ref().map(|d| d.value)),
        act,
    ];
    Row { anno: None, tipo: incarico.tipo.entry.nome.clone(), celle }
}

/// What of a procedure is asked for first; the rest is on its sheet.
fn procedure(cards: Cards<'_>, s: &Servizio) -> Vec<Cell> {
    let Some(p) = s.procedimento.as_ref().map(|p| &p.value) else { return Vec::new() };
    let days = s.giorni_massimi.as_ref().map(|g| format::count(g.value as usize, "giorno", "giorni"));
    let within = p.fine_termine.as_ref().map(|t| t.value.0.clone()).or(days);
    let starts = p.modalita_avvio.as_ref().map_or("", |a| match a.value {
        Avvio::Istanza => "Su richiesta",
        Avvio::Ufficio => "D'ufficio",
    });
    let silence = p.silenzio_assenso.as_ref().map_or("", |s| if s.value { "Sì" } else { "No" });
    vec![
        Cell::text(cards.site.target(&s.unita_responsabile.value).map_or("", |i| &i.titolo)),
        Cell::text(within.unwrap_or_default()),
        Cell::text(starts),
        Cell::text(p.provvedimento_finale.as_ref().map_or("", |t| &t.value.0)),
        Cell::text(silence),
    ]
}

/// A document without a page: its row, or its title only.
fn reserved(cards: Cards<'_>, entry: &Entry) -> Option<Row> {
    let Data::Documento(d) = &entry.data else { return None };
    let published = entry.common.data_pubblicazione.as_ref().map(|d| d.value);
    let tipo = d.tipo.entry.nome.clone();
    let rest = match d.riservatezza() {
        Riservatezza::Oscurato => vec![Cell::default(), Cell::default(), Cell::default()],
        _ => {
            vec![Cell::text(&tipo), day(published), Cell::text(names(cards.targets(&d.ufficio_responsabile)))]
        }
    };
    let title = Cell::text(entry.common.titolo.as_ref().map_or("", |t| &t.value.0));
    Some(Row { anno: published.map(Date::year), tipo, celle: std::iter::once(title).chain(rest).collect() })
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
