//! What the templates of events and galleries see.

use serde::Serialize;

use super::lists::Filter;
use super::persone::PersonCard;
use super::servizio::Step;
use super::{
    Anchor, Attachment, Card, ContactPoint, Galleria as Gallery, Link, Office, Picture, PlaceBox,
    RelatedGroup,
};

/// A date of an event.
#[derive(Debug, Clone, Serialize)]
pub struct When {
    /// "venerdì 4 dicembre 2026, dalle 17:00 alle 18:30".
    pub testo: String,
    /// For machines.
    pub iso: String,
}

/// A ticket.
#[derive(Debug, Serialize)]
pub struct Ticket {
    /// For whom.
    pub titolo: String,
    /// "5,00 euro", "gratis".
    pub prezzo: String,
    /// Conditions.
    pub descrizione: Option<String>,
    /// Where it is bought.
    pub url: Option<String>,
}

/// A name and its value.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// "Posti", "Lingue", "Età".
    pub nome: &'static str,
    /// Value.
    pub valore: String,
}

/// `evento.html`
#[derive(Debug, Serialize)]
pub struct Evento {
    /// Kind.
    pub tipo: String,
    /// Second line of the title.
    pub sottotitolo: Option<String>,
    /// "Festival - dal … al …".
    pub quando: String,
    /// "annullato", "rinviato"; none when it takes place.
    pub stato: Option<&'static str>,
    /// Whether every date is over.
    pub concluso: bool,
    /// Picture.
    pub immagine: Option<Picture>,
    /// Entries of the index.
    pub indice: Vec<Anchor>,
    /// Cos'è.
    pub descrizione_html: String,
    /// Who takes part ("Parteciperanno").
    pub persone: Vec<PersonCard>,
    /// Pictures and videos, in Cos'è.
    pub galleria: Gallery,
    /// A chi è rivolto.
    pub a_chi_html: String,
    /// Audiences.
    pub target: Vec<String>,
    /// Where.
    pub luogo: Option<PlaceBox>,
    /// Where it is followed from afar.
    pub online: Option<String>,
    /// Start and end of the only date.
    pub punti: Vec<Step>,
    /// Next dates, at most ten, when there are more.
    pub date: Vec<When>,
    /// "e altre 12 date, fino al …".
    pub altre: Option<String>,
    /// File for calendars, unless over.
    pub ics_url: Option<String>,
    /// Remarks on times.
    pub orari_html: Option<String>,
    /// Nobody pays.
    pub gratuito: bool,
    /// Tickets.
    pub costi: Vec<Ticket>,
    /// Remarks on costs.
    pub costi_html: Option<String>,
    /// Poster and files.
    pub allegati: Vec<Attachment>,
    /// The event it is part of.
    pub genitore: Option<Link>,
    /// Events that are part of it.
    pub appuntamenti: Vec<Card>,
    /// Contacts.
    pub contatti: Vec<ContactPoint>,
    /// Contacts, in words.
    pub contatti_html: Option<String>,
    /// Organisers.
    pub organizzatori: Vec<Office>,
    /// Others who organise it.
    pub organizzatore_html: Option<String>,
    /// Supporters.
    pub supportato_da: Vec<Office>,
    /// Patronage.
    pub patrocinio: Vec<Link>,
    /// Sponsors.
    pub sponsor: Vec<Link>,
    /// Seats, languages, ages.
    pub dettagli: Vec<Fact>,
    /// Ulteriori informazioni.
    pub ulteriori_html: Option<String>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
    /// Related contents.
    pub correlati: Vec<RelatedGroup>,
}

/// `eventi.html`
#[derive(Debug, Serialize)]
pub struct Eventi {
    /// Highlights, at most three.
    pub evidenza: Vec<Card>,
    /// "12 eventi in programma".
    pub conteggio: String,
    /// Events to come.
    pub eventi: Vec<Card>,
    /// What narrows the list.
    pub filtri: Vec<Filter>,
    /// Pages of months.
    pub mesi: Vec<Link>,
    /// Events that are over.
    pub archivio_url: Option<String>,
    /// Everything for calendars.
    pub ics_url: String,
}

/// An event on a day.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Title.
    pub titolo: String,
    /// Its page.
    pub url: String,
    /// "dalle 20:30 alle 22:30", "fino al 6 gennaio 2027".
    pub quando: Option<String>,
    /// Name of the place.
    pub luogo: Option<String>,
    /// Kind.
    pub tipo: String,
    /// "annullato", "rinviato".
    pub stato: Option<&'static str>,
}

/// A day with its events.
#[derive(Debug, Serialize)]
pub struct Day {
    /// Number in the month.
    pub numero: String,
    /// "sabato".
    pub nome: String,
    /// "dicembre".
    pub mese: &'static str,
    /// For machines.
    pub iso: String,
    /// Events.
    pub voci: Vec<Entry>,
}

/// `eventi-mese.html`
#[derive(Debug, Serialize)]
pub struct Mese {
    /// Days with events.
    pub giorni: Vec<Day>,
    /// Events of more than one day.
    pub piu_giorni: Vec<Entry>,
    /// The month before, if it has events to come.
    pub precedente: Option<Link>,
    /// The month after, if it has events.
    pub successivo: Option<Link>,
    /// The list of all events.
    pub eventi_url: String,
}

/// `galleria.html`
#[derive(Debug, Serialize)]
pub struct Galleria {
    /// Day of the pictures.
    pub data: Option<String>,
    /// For machines.
    pub data_iso: Option<String>,
    /// Text.
    pub testo_html: Option<String>,
    /// Pictures and videos.
    pub galleria: Gallery,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
}
