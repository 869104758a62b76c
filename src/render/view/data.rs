//! What the templates of calls, datasets, the register of acts and Amministrazione trasparente see.

use serde::Serialize;

use super::tables::Table;
use super::{Anchor, Attachment, ContactPoint, Link, MapTree, Office, Picture};

/// Files under one heading.
#[derive(Debug, Serialize)]
pub struct Files {
    /// Heading; none for the first ones.
    pub titolo: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Files.
    pub voci: Vec<Attachment>,
}

/// A name and its value.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// Name.
    pub nome: &'static str,
    /// Value.
    pub valore: String,
    /// Date for machines.
    pub iso: Option<String>,
}

/// `bando.html`
#[derive(Debug, Serialize)]
pub struct Bando {
    /// "Concorso".
    pub tipo: &'static str,
    /// "Aperto".
    pub stato: &'static str,
    /// Entries of the index: `descrizione ufficio-responsabile area-responsabile servizi-collegati tempi-e-scadenze documenti-allegati
    /// note-di-aggiornamento ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Text.
    pub testo_html: String,
    /// Who offers it, for whom, codes, amount, winners.
    pub dati: Vec<Fact>,
    /// Office in charge.
    pub uffici: Vec<Office>,
    /// Area in charge.
    pub aree: Vec<Office>,
    /// Services.
    pub servizi: Vec<Link>,
    /// Dates, in order.
    pub date: Vec<Fact>,
    /// Files by heading.
    pub documenti: Vec<Files>,
    /// Page of the national database of public contracts.
    pub bdncp_url: Option<String>,
    /// What changed.
    pub note_aggiornamento: Option<String>,
    /// More.
    pub ulteriori_html: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// `dataset.html`
#[derive(Debug, Serialize)]
pub struct Dataset {
    /// Themes.
    pub temi: Vec<String>,
    /// Entries of the index: `descrizione distribuzioni licenza titolare dettagli contatti ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Text.
    pub descrizione_html: String,
    /// Files and addresses.
    pub distribuzioni: Vec<Attachment>,
    /// Licence.
    pub licenza: Link,
    /// Unit that owns the data.
    pub titolare: Vec<Office>,
    /// Frequency, dates, coverage, version…
    pub dati: Vec<Fact>,
    /// Whom to ask.
    pub contatti: Vec<ContactPoint>,
    /// More.
    pub ulteriori_html: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// `progetto.html`
#[derive(Debug, Serialize)]
pub struct Progetto {
    /// "In corso".
    pub stato: &'static str,
    /// Picture.
    pub immagine: Option<Picture>,
    /// Entries of the index: `descrizione dati-del-progetto avvisi documenti ufficio-responsabile ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Text.
    pub testo_html: String,
    /// Mission, component, investment, code, money, dates.
    pub dati: Vec<Fact>,
    /// News.
    pub avvisi: Vec<Link>,
    /// Documents.
    pub documenti: Vec<Attachment>,
    /// Office in charge.
    pub uffici: Vec<Office>,
    /// More.
    pub ulteriori_html: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// `tabella.html`: the register of acts, its archive, calls.
#[derive(Debug, Serialize)]
pub struct Tabella {
    /// The register on another site.
    pub altrove: Option<Link>,
    /// Text before the table.
    pub testo: Option<String>,
    /// "12 atti, dal più recente".
    pub conteggio: String,
    /// The table, if anything is in it.
    pub tabelle: Vec<Table>,
    /// Text instead of an empty table.
    pub vuoto: &'static str,
    /// Lists beside it.
    pub altre: Vec<Link>,
}

/// A duty of publication.
#[derive(Debug, Serialize)]
pub struct Duty {
    /// What must be published.
    pub oggetto: String,
    /// Laws, joined.
    pub riferimenti: String,
    /// How often.
    pub aggiornamento: Option<String>,
}

/// A procedure with all that the law wants known.
#[derive(Debug, Serialize)]
pub struct Procedure {
    /// Name.
    pub titolo: String,
    /// The service sheet.
    pub url: String,
    /// Everything else.
    pub dati: Vec<Fact>,
    /// Forms.
    pub moduli: Vec<Link>,
}

/// `sezione-trasparenza.html`
#[derive(Debug, Serialize)]
pub struct SezioneTrasparenza {
    /// The tree, open at this section.
    pub menu: Vec<MapTree>,
    /// Text.
    pub testo_html: Option<String>,
    /// The section on another site.
    pub altrove: Option<Link>,
    /// Sections below.
    pub figli: Vec<Link>,
    /// Pages that hold the data.
    pub link: Vec<Link>,
    /// Tables.
    pub tabelle: Vec<Table>,
    /// Procedures in full.
    pub procedimenti: Vec<Procedure>,
    /// Files by year.
    pub allegati: Vec<Files>,
    /// Text of an empty section.
    pub vuoto: Option<String>,
    /// "Guida al cittadino": the Comune's own words …
    pub guida_html: Option<String>,
    /// … the duties …
    pub obblighi: Vec<Duty>,
    /// … and the terms.
    pub guida: Vec<Fact>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// `trasparenza.html`
#[derive(Debug, Serialize)]
pub struct Trasparenza {
    /// First-level sections with those below.
    pub sezioni: Vec<MapTree>,
    /// Where to ask.
    pub ufficio: Option<Office>,
}
