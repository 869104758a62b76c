//! Tables: the register of acts, calls, the lists of Amministrazione trasparente.

use serde::Serialize;

/// A cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// Text.
    pub testo: String,
    /// Address.
    pub url: Option<String>,
    /// Date for machines.
    pub iso: Option<String>,
}

/// Rows under one caption.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// "2026"; none when rows are not divided.
    pub titolo: Option<String>,
    /// Rows; the first cell names the row.
    pub righe: Vec<Vec<Cell>>,
}

/// A table, divided or not.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// What it lists.
    pub titolo: String,
    /// Heads of columns.
    pub colonne: Vec<&'static str>,
    /// Rows.
    pub gruppi: Vec<Group>,
    /// The same as CSV.
    pub csv_url: Option<String>,
}

impl Cell {
    /// A plain text.
    pub fn text(testo: impl Into<String>) -> Self {
        Cell { testo: testo.into(), ..Cell::default() }
    }

    /// A text that leads somewhere.
    pub fn link(testo: impl Into<String>, url: impl Into<String>) -> Self {
        Cell { testo: testo.into(), url: Some(url.into()), iso: None }
    }
}
