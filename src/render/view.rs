//! What templates see: one small struct per page kind, built once and serialised; here the blocks that pages share, below
//! one module per module of `pages`. Texts are plain and escaped by the template engine; fields whose name ends in `_html`
//! are ready HTML from our own Markdown renderer.
//!
//! Every address is final (base path included). Optional fields are `null`, never absent.

pub mod contents;
pub mod data;
pub mod eventi;
pub mod functions;
pub mod home;
pub mod lists;
pub mod persone;
pub mod servizio;
pub mod tables;

use serde::Serialize;

/// A text that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Text.
    pub label: String,
    /// Address.
    pub url: String,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Address of the widest file.
    pub url: String,
    /// Addresses and widths in the same format, where there is a choice.
    pub srcset: Option<String>,
    /// The same in WebP, where that weighs less.
    pub webp: Option<String>,
    /// Alternative text.
    pub alt: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Caption.
    pub didascalia: Option<String>,
    /// Author.
    pub crediti: Option<String>,
}

/// A label above a card's title.
#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    /// Text.
    pub label: String,
    /// Its list, if any.
    pub url: Option<String>,
}

/// A content as shown in lists.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Title.
    pub titolo: String,
    /// Address.
    pub url: String,
    /// Short description.
    pub descrizione: Option<String>,
    /// Category or kind.
    pub categoria: Option<Tag>,
    /// Date for people.
    pub data: Option<String>,
    /// Date for machines.
    pub data_iso: Option<String>,
    /// Picture.
    pub immagine: Option<Picture>,
    /// Day of an event.
    pub giorno: Option<String>,
    /// Month of an event.
    pub mese: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Short facts: "Online con SPID o CIE", "Su appuntamento", "Non attivo".
    pub badge: Vec<&'static str>,
    /// Numbers of the choices of the list's filters that it fits, separated by spaces.
    pub valori: String,
    /// Days on which it happens, where the list can be narrowed by them: separated by spaces, `first/last` when more than one.
    pub giorni: String,
    /// Symbol of a topic.
    pub icona: Option<&'static str>,
}

/// An office in a box.
#[derive(Debug, Clone, Serialize)]
pub struct Office {
    /// Name.
    pub titolo: String,
    /// Its page.
    pub url: Option<String>,
    /// Address on one line.
    pub indirizzo: Option<String>,
    /// Telephone for people.
    pub telefono: Option<String>,
    /// Telephone for links, without `tel:`.
    pub telefono_tel: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Certified e-mail.
    pub pec: Option<String>,
    /// Picture.
    pub immagine: Option<Picture>,
}

/// One way to reach somebody.
#[derive(Debug, Clone, Serialize)]
pub struct ContactLine {
    /// Kind: "Telefono", "Email"…
    pub tipo: String,
    /// Text.
    pub testo: String,
    /// Link, if the kind has one.
    pub url: Option<String>,
    /// What it is for.
    pub descrizione: Option<String>,
}

/// A contact point.
#[derive(Debug, Clone, Serialize)]
pub struct ContactPoint {
    /// Name.
    pub nome: Option<String>,
    /// Who answers.
    pub persona: Option<Link>,
    /// Ways.
    pub voci: Vec<ContactLine>,
    /// When the telephone is answered, in words.
    pub risponde: Vec<String>,
    /// When the telephone is answered, as tables.
    pub orari_telefono: Vec<Hours>,
}

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    /// Title.
    pub titolo: String,
    /// Address.
    pub url: String,
    /// `PDF`, `ODT`…
    pub formato: Option<String>,
    /// `34 KB`.
    pub dimensione: Option<String>,
    /// Known to be unreadable for who uses a screen reader.
    pub inaccessibile: bool,
}

/// A row of a timetable; no hours means closed.
#[derive(Debug, Clone, Serialize)]
pub struct HoursRow {
    /// "Lunedì".
    pub giorno: &'static str,
    /// "8:30–12:30 e 14:30–17:00".
    pub orari: Option<String>,
}

/// A closed day.
#[derive(Debug, Clone, Serialize)]
pub struct Closure {
    /// "24 dicembre 2026".
    pub data: String,
    /// For machines.
    pub data_iso: String,
    /// Why.
    pub motivo: Option<String>,
}

/// A timetable, or words in its place.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Hours {
    /// "Orario estivo, dal 15 giugno 2026 al …"; none for all year.
    pub titolo: Option<String>,
    /// Seven rows.
    pub righe: Vec<HoursRow>,
    /// Remark.
    pub note: Option<String>,
    /// Closures to come.
    pub chiusure: Vec<Closure>,
    /// The same for the script that says whether it is open now, as JSON: `{dal, al, giorni, chiusure}`, days as in ISO 8601 or null,
    /// `giorni` seven lists of pairs of minutes after midnight, Monday first. None where it cannot be told.
    pub macchina: Option<String>,
    /// Words, where there is no table.
    pub testo_html: Option<String>,
}

/// A place of the page.
#[derive(Debug, Clone, Serialize)]
pub struct Anchor {
    /// Fragment.
    pub id: String,
    /// Official heading.
    pub label: String,
}

/// Related contents of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct RelatedGroup {
    /// "Servizi", "Documenti"…
    pub titolo: &'static str,
    /// Symbol of the sprite.
    pub icona: &'static str,
    /// Contents.
    pub voci: Vec<Link>,
}

/// Numbered pages of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Pagination {
    /// This page.
    pub corrente: usize,
    /// How many.
    pub totale: usize,
    /// All of them.
    pub pagine: Vec<PageNumber>,
}

/// A numbered page.
#[derive(Debug, Clone, Serialize)]
pub struct PageNumber {
    /// Number, from 1.
    pub numero: usize,
    /// Address.
    pub url: String,
}

/// A button.
#[derive(Debug, Clone, Serialize)]
pub struct Button {
    /// Text.
    pub etichetta: String,
    /// Address.
    pub url: String,
    /// Portal of another host, to be said in the accessible name.
    pub esterno: Option<String>,
    /// Who runs the portal, when not the Comune.
    pub gestore: Option<String>,
    /// "Con SPID (livello 2) o CIE".
    pub identita: Option<String>,
    /// Explanation.
    pub testo: Option<String>,
}

/// A question and its answer.
#[derive(Debug, Serialize)]
pub struct Question {
    /// Fragment.
    pub id: String,
    /// Question.
    pub domanda: String,
    /// Answer.
    pub risposta_html: String,
    /// The service it is about.
    pub servizio: Option<Link>,
}

/// A place in a box.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceBox {
    /// Name.
    pub titolo: String,
    /// Its page, if it has one.
    pub url: Option<String>,
    /// Address on one line.
    pub indirizzo: String,
    /// Village.
    pub quartiere: Option<String>,
    /// District.
    pub circoscrizione: Option<String>,
    /// OpenStreetMap page of the coordinates, if known.
    pub mappa_url: Option<String>,
}

/// Another site of the Comune.
#[derive(Debug, Clone, Serialize)]
pub struct ThematicSite {
    /// Name.
    pub titolo: String,
    /// What it is about.
    pub descrizione: String,
    /// Its address.
    pub url: String,
    /// Its host, to be announced.
    pub host: String,
    /// `blu`, `giallo`, `scuro`.
    pub colore: &'static str,
    /// Picture.
    pub immagine: Option<Picture>,
}

/// A video of another site.
#[derive(Debug, Clone, Serialize)]
pub struct Video {
    /// Title.
    pub titolo: String,
    /// Its page.
    pub url: String,
    /// Whose site it is.
    pub sito: String,
    /// What is said and seen.
    pub trascrizione_html: String,
}

/// Pictures and videos of a content.
#[derive(Debug, Clone, Serialize)]
pub struct Galleria {
    /// Pictures.
    pub immagini: Vec<Picture>,
    /// Videos.
    pub video: Vec<Video>,
}

impl Galleria {
    /// Nothing to see.
    pub fn is_empty(&self) -> bool {
        self.immagini.is_empty() && self.video.is_empty()
    }
}

/// A node of a tree of links: the site map, the menu of Amministrazione trasparente.
#[derive(Debug, Serialize)]
pub struct MapTree {
    /// Text.
    pub label: String,
    /// Address.
    pub url: String,
    /// Whether it is this page.
    pub qui: bool,
    /// Below it.
    pub figli: Vec<MapTree>,
}
