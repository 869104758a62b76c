//! What the templates of single contents see, services aside.

use serde::Serialize;

use super::data::Fact;
use super::persone::PersonCard;
use super::{
    Anchor, Attachment, Button, Card, ContactPoint, Galleria, Hours, Link, Office, Picture, PlaceBox,
    RelatedGroup,
};

/// `unita.html`
#[derive(Debug, Serialize)]
pub struct Unita {
    /// Another name.
    pub nome_alternativo: Option<String>,
    /// "Ufficio", "Area"…
    pub tipo: String,
    /// Entries of the index: `competenze struttura responsabile assessore persone partecipazione servizi sede orario contatti documenti notizie ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Competenze.
    pub competenze_html: String,
    /// Parents.
    pub genitori: Vec<Link>,
    /// Units inside it.
    pub interne: Vec<Card>,
    /// Units it works with.
    pub legami: Vec<Link>,
    /// Who is in charge.
    pub responsabili: Vec<PersonCard>,
    /// The politicians to whom it answers.
    pub assessori: Vec<PersonCard>,
    /// Who makes it up.
    pub persone: Vec<PersonCard>,
    /// Its own site.
    pub url_sito: Option<String>,
    /// What the Comune holds of it.
    pub partecipazione: Vec<Fact>,
    /// Services in charge.
    pub servizi: Vec<Card>,
    /// Seat.
    pub sede: Option<PlaceBox>,
    /// Other seats.
    pub altre_sedi: Vec<PlaceBox>,
    /// Hours.
    pub orari: Vec<Hours>,
    /// Contacts.
    pub contatti: Vec<ContactPoint>,
    /// Booking page with this office chosen, if bookable.
    pub prenotazione: Option<Button>,
    /// Documents.
    pub documenti: Vec<Attachment>,
    /// News written by it.
    pub notizie: Vec<Card>,
    /// Ulteriori informazioni.
    pub ulteriori_html: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// `luogo.html`
#[derive(Debug, Serialize)]
pub struct Luogo {
    /// Another name.
    pub nome_alternativo: Option<String>,
    /// Kinds.
    pub tipi: Vec<String>,
    /// Picture.
    pub immagine: Option<Picture>,
    /// Entries of the index: `descrizione luoghi-collegati servizi modalita-di-accesso indirizzo orario contatti struttura-responsabile ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Descrizione.
    pub descrizione_html: Option<String>,
    /// Elementi di interesse.
    pub elementi_html: Option<String>,
    /// Places to see in it.
    pub elementi: Vec<Card>,
    /// Pictures and videos, in Descrizione.
    pub galleria: Galleria,
    /// Places nearby.
    pub collegati: Vec<Card>,
    /// Private services.
    pub servizi_html: Option<String>,
    /// Units whose seat is here ("Sede di").
    pub sede_di: Vec<Link>,
    /// Events to come here.
    pub eventi: Vec<Card>,
    /// Modalità di accesso.
    pub accesso_html: String,
    /// Where it is.
    pub luogo: PlaceBox,
    /// Hours.
    pub orari: Vec<Hours>,
    /// Contacts.
    pub contatti: Vec<ContactPoint>,
    /// Offices in charge.
    pub struttura: Vec<Office>,
    /// Who is in charge, outside the Comune.
    pub struttura_esterna: Option<Link>,
    /// Ulteriori informazioni.
    pub ulteriori_html: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// `notizia.html`
#[derive(Debug, Serialize)]
pub struct Notizia {
    /// "Notizia", "Comunicato", "Avviso".
    pub tipo: String,
    /// "14 settembre 2026".
    pub data: String,
    /// For machines.
    pub data_iso: String,
    /// End of validity.
    pub scadenza: Option<String>,
    /// Whether it is over.
    pub scaduta: bool,
    /// "2 minuti".
    pub lettura: String,
    /// Number of a press release.
    pub numero: Option<String>,
    /// Picture.
    pub immagine: Option<Picture>,
    /// Entries of the index: `descrizione documenti luoghi servizi a-cura-di`.
    pub indice: Vec<Anchor>,
    /// Text.
    pub testo_html: String,
    /// Pictures and videos.
    pub galleria: Galleria,
    /// What can be listened to.
    pub audio: Vec<Recording>,
    /// Documents.
    pub documenti: Vec<Attachment>,
    /// Files.
    pub allegati: Vec<Attachment>,
    /// Datasets.
    pub dataset: Vec<Link>,
    /// Services it is about.
    pub servizi: Vec<Card>,
    /// Places.
    pub luoghi: Vec<PlaceBox>,
    /// People who took part in it.
    pub persone: Vec<PersonCard>,
    /// Offices that wrote it.
    pub a_cura_di: Vec<Office>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Ulteriori informazioni.
    pub ulteriori_html: Option<String>,
    /// Last revision.
    pub aggiornata: Option<String>,
    /// Related contents.
    pub correlati: Vec<RelatedGroup>,
}

/// A recording.
#[derive(Debug, Serialize)]
pub struct Recording {
    /// File.
    pub file: Attachment,
    /// What is said.
    pub trascrizione_html: String,
}

/// `documento.html`
#[derive(Debug, Serialize)]
pub struct Documento {
    /// Kind.
    pub tipo: String,
    /// Entries of the index: `descrizione documento ufficio-responsabile formati-disponibili licenza-di-distribuzione servizi-collegati date dataset riferimenti-normativi documenti-collegati ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Descrizione (the short one if there is no text).
    pub descrizione_html: String,
    /// Identifier, registry numbers, who asked for the publication; councillors' questions.
    pub dati: Vec<Fact>,
    /// Files, main one first.
    pub file: Vec<Attachment>,
    /// Offices in charge.
    pub uffici: Vec<Office>,
    /// Areas in charge.
    pub aree: Vec<Office>,
    /// Authors, with their page where they have one.
    pub autori: Vec<Author>,
    /// "PDF, ODT".
    pub formati: String,
    /// Licence.
    pub licenza: String,
    /// Its text.
    pub licenza_url: Option<String>,
    /// Services.
    pub servizi: Vec<Link>,
    /// Publication, validity, signature, days in the register.
    pub date: Vec<Fact>,
    /// Datasets.
    pub dataset: Vec<Link>,
    /// Riferimenti normativi.
    pub riferimenti_html: Option<String>,
    /// Other documents.
    pub collegati: Vec<Link>,
    /// Ulteriori informazioni.
    pub ulteriori_html: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// Who wrote a document.
#[derive(Debug, Serialize)]
pub struct Author {
    /// Name.
    pub nome: String,
    /// The person's page.
    pub url: Option<String>,
}

/// A part of a page below its text.
#[derive(Debug, Serialize)]
pub struct Block {
    /// Heading.
    pub titolo: String,
    /// Text.
    pub testo_html: Option<String>,
    /// Contents.
    pub voci: Vec<Card>,
}

/// `pagina.html`
#[derive(Debug, Default, Serialize)]
pub struct Pagina {
    /// Picture.
    pub immagine: Option<Picture>,
    /// `##` headings of the text, where an index of them is shown.
    pub indice: Vec<Anchor>,
    /// Text.
    pub testo_html: String,
    /// Last revision, where it is shown.
    pub aggiornata: Option<String>,
    /// Parts below the text.
    pub blocchi: Vec<Block>,
    /// Pages below it.
    pub figli: Vec<Card>,
}
