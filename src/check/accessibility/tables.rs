//! WCAG 1.3.1: data tables tell headers from data.

use super::super::doc::{El, lineage, words};
use super::super::fault::Faults;
use super::{explicit_role, unseen};
use crate::check::doc::Attributes;
use crate::diagnostic::Code;

/// Judges every table.
pub fn judge(faults: &mut Faults<'_, '_>) {
    let tables: Vec<El<'_>> = faults.doc.tags(&["table"]).filter(|t| !unseen(*t)).collect();
    for table in tables {
        if matches!(explicit_role(table), Some("presentation" | "none")) {
            continue;
        }
        let cells: Vec<El<'_>> = own(table).filter(|el| matches!(el.value().name(), "td" | "th")).collect();
        headers(faults, table, &cells);
        for cell in &cells {
            scope(faults, *cell);
            references(faults, table, *cell);
        }
        caption(faults, table, &cells);
    }
}

/// The elements of a table, without those of tables inside it.
fn own(table: El<'_>) -> impl Iterator<Item = El<'_>> {
    table.descendent_elements().filter(move |el| {
        lineage(*el).skip(1).find(|up| up.value().name() == "table").is_some_and(|up| up.id() == table.id())
    })
}

fn headers(faults: &mut Faults<'_, '_>, table: El<'_>, cells: &[El<'_>]) {
    let (ths, tds): (Vec<El<'_>>, Vec<El<'_>>) = cells.iter().partition(|cell| cell.value().name() == "th");
    if ths.is_empty() && tds.len() > 3 {
        faults.add(Code::A11yTdHasHeader, table);
    }
    if !ths.is_empty() && tds.is_empty() {
        faults.add(Code::A11yThHasDataCells, table);
    }
    for th in ths.iter().filter(|th| words(**th).is_empty() && super::name::name(faults.doc, **th).is_empty())
    {
        faults.add(Code::A11yEmptyTableHeader, *th);
    }
}

fn scope(faults: &mut Faults<'_, '_>, cell: El<'_>) {
    let Some(scope) = cell.get("scope") else { return };
    let known = matches!(scope, "row" | "col" | "rowgroup" | "colgroup");
    if !known || cell.value().name() != "th" {
        faults.add(Code::A11yScopeAttrValid, cell);
    }
}

fn references(faults: &mut Faults<'_, '_>, table: El<'_>, cell: El<'_>) {
    let Some(ids) = cell.get("headers") else { return };
    let inside = |id: &str| {
        faults
            .doc
            .by_id(id)
            .is_some_and(|th| th.id() != cell.id() && lineage(th).any(|up| up.id() == table.id()))
    };
    if !ids.split_whitespace().all(inside) {
        faults.add(Code::A11yTdHeadersAttr, cell);
    }
}

fn caption(faults: &mut Faults<'_, '_>, table: El<'_>, cells: &[El<'_>]) {
    let caption = own(table).find(|el| el.value().name() == "caption");
    let same = caption.zip(table.get("summary"));
    if same.is_some_and(|(caption, summary)| words(caption).eq_ignore_ascii_case(summary.trim())) {
        faults.add(Code::A11yTableDuplicateName, table);
    }
    // One cell over the whole first row stands for a caption.
    let rows: Vec<El<'_>> = own(table).filter(|el| el.value().name() == "tr").collect();
    let first: Vec<&El<'_>> = cells
        .iter()
        .filter(|cell| rows.first().is_some_and(|row| lineage(**cell).any(|up| up.id() == row.id())))
        .collect();
    if let [cell] = first.as_slice()
        && rows.len() > 2
        && cell.get("colspan").and_then(|n| n.parse::<usize>().ok()) > Some(1)
        && caption.is_none()
    {
        faults.add(Code::A11yTableFakeCaption, table);
    }
}
