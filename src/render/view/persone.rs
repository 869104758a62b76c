//! What the templates of people see, and the boxes in which people stand on other pages.

use serde::Serialize;

use super::{Anchor, Attachment, Card, ContactPoint, Galleria, Link, Picture};

/// A person in a box.
#[derive(Debug, Clone, Serialize)]
pub struct PersonCard {
    /// Name.
    pub titolo: String,
    /// Her page.
    pub url: String,
    /// "Assessora alla cultura".
    pub ruolo: Option<String>,
    /// Matters followed, else the units of her roles.
    pub descrizione: Option<String>,
    /// "Fino al 12 maggio 2025", of a role that is over.
    pub periodo: Option<String>,
    /// Portrait.
    pub foto: Option<Picture>,
    /// Numbers of the choices of the list's filters that she fits, separated by spaces.
    pub valori: String,
}

/// A day for people and for machines.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// "12 maggio 2025".
    pub testo: String,
    /// "2025-05-12".
    pub iso: String,
}

/// A role of a person.
#[derive(Debug, Serialize)]
pub struct Role {
    /// "Assessora alla cultura".
    pub nome: String,
    /// Where it is held.
    pub unita: Option<Link>,
    /// First day.
    pub inizio: Day,
    /// Last day.
    pub fine: Option<Day>,
    /// Day of taking office.
    pub insediamento: Option<Day>,
    /// Act of appointment.
    pub atto: Option<Attachment>,
    /// More.
    pub ulteriori_html: Option<String>,
}

/// Something declared: a text or a file.
#[derive(Debug, Serialize)]
pub struct Declared {
    /// Text.
    pub html: Option<String>,
    /// File.
    pub file: Option<Attachment>,
}

/// What is declared of one role; the heading is there when several roles declare.
#[derive(Debug, Serialize)]
pub struct OfRole {
    /// The role.
    pub titolo: Option<String>,
    /// What is declared.
    pub voci: Vec<Declared>,
}

/// `persona.html`
#[derive(Debug, Serialize)]
pub struct Persona {
    /// Her main role today, or the last one.
    pub ruolo: String,
    /// Short description.
    pub descrizione: String,
    /// Whether all her roles are over.
    pub cessata: bool,
    /// Portrait.
    pub foto: Option<Picture>,
    /// Entries of the index: `incarico tipo-di-incarico compensi importi-viaggi organizzazioni competenze deleghe biografia contatti
    /// curriculum-vitae situazione-patrimoniale …`.
    pub indice: Vec<Anchor>,
    /// The main role.
    pub incarico: Role,
    /// "Politico", "Amministrativo"…
    pub tipi: Vec<String>,
    /// Her other open roles.
    pub altri: Vec<Role>,
    /// Roles that are over, the last one first.
    pub conclusi: Vec<Role>,
    /// Pay, role by role.
    pub compensi: Vec<OfRole>,
    /// Travel, role by role.
    pub importi_viaggi: Vec<OfRole>,
    /// Units of her open roles.
    pub fa_parte_di: Vec<Link>,
    /// Units of which she is in charge.
    pub responsabile_di: Vec<Link>,
    /// Offices that answer to her.
    pub assessore_di: Vec<Link>,
    /// Matters followed: one text, or the items of a list.
    pub competenze: Vec<String>,
    /// Matters delegated: one text, or the items of a list.
    pub deleghe: Vec<String>,
    /// Life.
    pub biografia_html: Option<String>,
    /// Pictures.
    pub galleria: Galleria,
    /// Contacts.
    pub contatti: Vec<ContactPoint>,
    /// Curriculum vitae.
    pub curriculum: Vec<Attachment>,
    /// Whether property is stated.
    pub patrimonio: bool,
    /// Property of the person.
    pub patrimonio_soggetto: Vec<Declared>,
    /// Property of spouse and relatives; none means that they did not agree.
    pub patrimonio_parenti: Vec<Declared>,
    /// The other declarations in page order; their headings are those of the index.
    pub dichiarazioni: Vec<Declarations>,
    /// Ulteriori informazioni.
    pub ulteriori_html: Option<String>,
    /// Events to come in which she takes part.
    pub eventi: Vec<Card>,
    /// News that name her.
    pub notizie: Vec<Card>,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// One section of declarations.
#[derive(Debug, Serialize)]
pub struct Declarations {
    /// Fragment of its section.
    pub id: &'static str,
    /// What is declared.
    pub voci: Vec<Declared>,
}
