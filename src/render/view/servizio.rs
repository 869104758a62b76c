//! What `servizio.html` sees.

use serde::Serialize;

use super::{Anchor, Attachment, Button, ContactPoint, Hours, Link, Office, Question, RelatedGroup};

/// An office where a service is asked for in person.
#[derive(Debug, Serialize)]
pub struct Counter {
    /// The office.
    pub ufficio: Office,
    /// What to know before going.
    pub testo: Option<String>,
    /// When it is open.
    pub orari: Vec<Hours>,
}

/// A step with its date or delay.
#[derive(Debug, Serialize)]
pub struct Step {
    /// Day, or the number of an interval.
    pub giorno: Option<String>,
    /// Month, or the unit of an interval.
    pub mese: Option<String>,
    /// Year.
    pub anno: Option<String>,
    /// Date for machines.
    pub iso: Option<String>,
    /// Name.
    pub testo: String,
    /// Explanation.
    pub descrizione: Option<String>,
}

/// A line of the costs.
#[derive(Debug, Serialize)]
pub struct Cost {
    /// What.
    pub descrizione: String,
    /// How much.
    pub importo: String,
}

/// A way to pay.
#[derive(Debug, Serialize)]
pub struct PaymentWay {
    /// "Con avviso pagoPA".
    pub nome: &'static str,
    /// Explanation.
    pub testo: Option<String>,
    /// Button.
    pub pulsante: Option<Button>,
}

/// A channel other than a button: e-mail, post…
#[derive(Debug, Serialize)]
pub struct Channel {
    /// "Per telefono".
    pub nome: &'static str,
    /// Number or address.
    pub valore: Option<String>,
    /// Link.
    pub url: Option<String>,
    /// Explanation.
    pub testo: Option<String>,
}

/// `servizio.html`. Sections that are `null` or empty have no heading and no index entry.
#[derive(Debug, Serialize)]
pub struct Servizio {
    /// Whether it can be used.
    pub attivo: bool,
    /// "Domande aperte", where there is a period for them and the service is active.
    pub domande: Option<&'static str>,
    /// "Servizio attivo", "Servizio non attivo", "In fase di sviluppo".
    pub stato: &'static str,
    /// Why not.
    pub motivo_html: Option<String>,
    /// Subtitle.
    pub sottotitolo: Option<String>,
    /// Principal online channel; `null` when not active.
    pub principale: Option<Button>,
    /// Entries of the index, in page order: ids `a-chi-e-rivolto descrizione come-fare cosa-serve cosa-si-ottiene
    /// tempi-e-scadenze quanto-costa casi-particolari accedi-al-servizio ulteriori-informazioni condizioni-di-servizio contatti`.
    pub indice: Vec<Anchor>,
    /// A chi è rivolto.
    pub a_chi_e_rivolto_html: String,
    /// Chi può presentare.
    pub chi_puo_presentare_html: Option<String>,
    /// Descrizione.
    pub descrizione_html: Option<String>,
    /// "Il servizio vale per: …", inside Descrizione.
    pub copertura: Option<String>,
    /// Come fare.
    pub come_fare_html: String,
    /// Cosa serve.
    pub cosa_serve_html: String,
    /// Items, as HTML that stands in a line.
    pub cosa_serve_elenco: Vec<String>,
    /// Forms.
    pub modulistica: Vec<Attachment>,
    /// Cosa si ottiene.
    pub cosa_si_ottiene_html: String,
    /// Procedure collegate all'esito.
    pub procedure_html: Option<String>,
    /// Tempi e scadenze.
    pub tempi_html: Option<String>,
    /// "30 giorni al massimo (in media 12)".
    pub tempo_massimo: Option<String>,
    /// "Puoi fare domanda dal … al …".
    pub periodo: Option<String>,
    /// Steps.
    pub fasi: Vec<Step>,
    /// Whether "Quanto costa" is shown.
    pub ha_costi: bool,
    /// Costs, text.
    pub costi_html: Option<String>,
    /// Costs, table.
    pub costi: Vec<Cost>,
    /// When one pays.
    pub quando: Option<String>,
    /// Ways to pay.
    pub modalita: Vec<PaymentWay>,
    /// Vincoli, at the end of Quanto costa.
    pub vincoli_html: Option<String>,
    /// Casi particolari.
    pub casi_particolari_html: Option<String>,
    /// Online buttons, principal first; empty when not active.
    pub online: Vec<Button>,
    /// App IO.
    pub app_io: Vec<Button>,
    /// Booking, with service and offices passed on; `null` when not active or not offered.
    pub prenotazione: Option<Button>,
    /// Address of the booking page for the transversal `appointment-booking` link.
    pub prenotazione_url: String,
    /// Counters.
    pub sportelli: Vec<Counter>,
    /// Other channels.
    pub canali: Vec<Channel>,
    /// Ulteriori informazioni: whether shown.
    pub ha_ulteriori: bool,
    /// Its text.
    pub ulteriori_html: Option<String>,
    /// Services for the same people.
    pub collegati: Vec<Link>,
    /// Services needed before.
    pub richiesti: Vec<Link>,
    /// Documents.
    pub documenti: Vec<Attachment>,
    /// Links.
    pub link_esterni: Vec<Link>,
    /// Questions.
    pub faq: Vec<Question>,
    /// News about it.
    pub notizie: Vec<Link>,
    /// Condizioni di servizio: a text …
    pub condizioni_html: Option<String>,
    /// … or a file.
    pub condizioni: Option<Attachment>,
    /// Office in charge.
    pub ufficio: Office,
    /// The area of that office.
    pub area: Option<Link>,
    /// Its hours.
    pub orari: Vec<Hours>,
    /// Contacts other than the office's.
    pub contatti: Vec<ContactPoint>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// "Pagina aggiornata il 14/09/2026".
    pub aggiornata: Option<String>,
    /// Related contents.
    pub correlati: Vec<RelatedGroup>,
}
