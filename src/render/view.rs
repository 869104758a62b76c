//! What templates see: one small struct per page kind, built once and serialised. Texts are plain and escaped by the
//! template engine; fields whose name ends in `_html` are ready HTML from our own Markdown renderer.
//!
//! Every address is final (base path included). Optional fields are `null`, never absent.

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
    /// Address.
    pub url: String,
    /// Candidates for other widths.
    pub srcset: Option<String>,
    /// Layout widths.
    pub sizes: Option<String>,
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
    /// Ways.
    pub voci: Vec<ContactLine>,
    /// When the telephone is answered.
    pub orari_telefono: Option<String>,
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

/// A timetable.
#[derive(Debug, Clone, Serialize)]
pub struct Hours {
    /// "Orario estivo, dal 15 giugno 2026 al …"; none for all year.
    pub titolo: Option<String>,
    /// Seven rows.
    pub righe: Vec<HoursRow>,
    /// Remark.
    pub note: Option<String>,
    /// Closures to come.
    pub chiusure: Vec<Closure>,
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

/// `home.html`
#[derive(Debug, Serialize)]
pub struct Home {
    /// The big content at the top.
    pub evidenza: Option<Card>,
    /// Cards of the administration, at most three.
    pub amministrazione: Vec<Card>,
    /// Latest news, at most three.
    pub notizie: Vec<Card>,
    /// Highlighted topics, at most three.
    pub argomenti: Vec<TopicCard>,
    /// Other topics.
    pub altri_argomenti: Vec<Link>,
    /// Places, at most three.
    pub luoghi: Vec<Card>,
    /// Useful links.
    pub link_utili: Vec<Link>,
}

/// A topic with some of its contents.
#[derive(Debug, Serialize)]
pub struct TopicCard {
    /// Name.
    pub titolo: String,
    /// Its page.
    pub url: String,
    /// Text.
    pub descrizione: Option<String>,
    /// Contents, at most four.
    pub voci: Vec<Link>,
}

/// `elenco.html`: first- and second-level pages that are lists of cards.
#[derive(Debug, Default, Serialize)]
pub struct Elenco {
    /// Heading of the highlights.
    pub evidenza_titolo: Option<String>,
    /// Highlights, at most three.
    pub evidenza: Vec<Card>,
    /// Heading of the list; the block is left out when none.
    pub elenco_titolo: Option<String>,
    /// The list.
    pub elenco: Vec<Card>,
    /// `data-element` of the list's links.
    pub element: Option<&'static str>,
    /// "12 uffici, in ordine alfabetico".
    pub conteggio: Option<String>,
    /// Text instead of an empty list.
    pub vuoto: Option<String>,
    /// Whether the list can be searched in place.
    pub ricerca: bool,
    /// Numbered pages.
    pub paginazione: Option<Pagination>,
    /// Heading of the categories.
    pub categorie_titolo: Option<String>,
    /// Second-level pages.
    pub categorie: Vec<Card>,
    /// `data-element` of their links.
    pub category_element: Option<&'static str>,
    /// Heading of the side list.
    pub lato_titolo: Option<String>,
    /// Side list.
    pub lato: Vec<Link>,
    /// Picture under the title.
    pub immagine: Option<Picture>,
}

/// `servizi.html`
#[derive(Debug, Serialize)]
pub struct Servizi {
    /// Every service of the Comune (C.SI.1.3): never paged.
    pub servizi: Vec<Card>,
    /// Facts by which the list can be narrowed.
    pub caratteristiche: Vec<&'static str>,
    /// "46 servizi, in ordine alfabetico".
    pub conteggio: String,
    /// Highlights, at the side.
    pub evidenza: Vec<Link>,
    /// Categories.
    pub categorie: Vec<Card>,
}

/// `vivere.html`
#[derive(Debug, Serialize)]
pub struct Vivere {
    /// Picture with caption.
    pub immagine: Option<Picture>,
    /// Events to come, at most six.
    pub eventi: Vec<Card>,
    /// `/vivere-il-comune/eventi/`.
    pub eventi_url: String,
    /// Places, at most six.
    pub luoghi: Vec<Card>,
    /// `/vivere-il-comune/luoghi/`.
    pub luoghi_url: String,
}

/// `argomenti.html`
#[derive(Debug, Serialize)]
pub struct Argomenti {
    /// Highlights, at most three.
    pub evidenza: Vec<Card>,
    /// Every topic.
    pub argomenti: Vec<Card>,
}

/// Contents of one kind on a topic's page.
#[derive(Debug, Serialize)]
pub struct TopicGroup {
    /// "Novità", "Amministrazione", "Servizi", "Documenti".
    pub titolo: &'static str,
    /// At most three.
    pub voci: Vec<Card>,
    /// "Tutte le novità"…
    pub tutti: Link,
}

/// `argomento.html`
#[derive(Debug, Serialize)]
pub struct Argomento {
    /// Picture.
    pub immagine: Option<Picture>,
    /// Text.
    pub testo_html: Option<String>,
    /// Offices in charge.
    pub gestito_da: Vec<Office>,
    /// Highlights.
    pub evidenza: Vec<Card>,
    /// Contents by kind.
    pub gruppi: Vec<TopicGroup>,
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
    /// "Servizio attivo", "Servizio non attivo", "Servizio in sviluppo".
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
    /// Items.
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

/// Questions under one heading.
#[derive(Debug, Serialize)]
pub struct QuestionGroup {
    /// Heading.
    pub titolo: String,
    /// Fragment.
    pub id: String,
    /// Questions.
    pub voci: Vec<Question>,
}

/// `domande-frequenti.html`
#[derive(Debug, Serialize)]
pub struct DomandeFrequenti {
    /// Groups.
    pub gruppi: Vec<QuestionGroup>,
}

/// `unita.html`
#[derive(Debug, Serialize)]
pub struct Unita {
    /// Another name.
    pub nome_alternativo: Option<String>,
    /// "Ufficio", "Area"…
    pub tipo: String,
    /// Entries of the index: `competenze struttura servizi sede orario contatti documenti notizie ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Competenze.
    pub competenze_html: String,
    /// Parents.
    pub genitori: Vec<Link>,
    /// Units inside it.
    pub interne: Vec<Card>,
    /// Units it works with.
    pub legami: Vec<Link>,
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

/// A place in a box.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceBox {
    /// Name.
    pub titolo: String,
    /// Its page.
    pub url: String,
    /// Address on one line.
    pub indirizzo: String,
    /// Village.
    pub quartiere: Option<String>,
    /// OpenStreetMap page of the coordinates.
    pub mappa_url: String,
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
    /// Places nearby.
    pub collegati: Vec<Card>,
    /// Private services.
    pub servizi_html: Option<String>,
    /// Units whose seat is here ("Sede di").
    pub sede_di: Vec<Link>,
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
    /// Documents.
    pub documenti: Vec<Attachment>,
    /// Services it is about.
    pub servizi: Vec<Card>,
    /// Places.
    pub luoghi: Vec<PlaceBox>,
    /// Offices that wrote it.
    pub a_cura_di: Vec<Office>,
    /// Topics.
    pub argomenti: Vec<Link>,
    /// Last revision.
    pub aggiornata: Option<String>,
    /// Related contents.
    pub correlati: Vec<RelatedGroup>,
}

/// `documento.html`
#[derive(Debug, Serialize)]
pub struct Documento {
    /// Kind.
    pub tipo: String,
    /// Entries of the index: `descrizione documento ufficio-responsabile formati-disponibili licenza-di-distribuzione servizi-collegati date riferimenti-normativi documenti-collegati ulteriori-informazioni`.
    pub indice: Vec<Anchor>,
    /// Descrizione (the short one if there is no text).
    pub descrizione_html: String,
    /// Identifier.
    pub identificativo: Option<String>,
    /// Registry number and date.
    pub protocollo: Option<String>,
    /// Files, main one first.
    pub file: Vec<Attachment>,
    /// Offices in charge.
    pub uffici: Vec<Office>,
    /// Authors.
    pub autori: Vec<String>,
    /// "PDF, ODT".
    pub formati: String,
    /// Licence.
    pub licenza: String,
    /// Its text.
    pub licenza_url: Option<String>,
    /// Services.
    pub servizi: Vec<Link>,
    /// Date of publication.
    pub pubblicato: String,
    /// First day of validity.
    pub data_inizio: Option<String>,
    /// Last day.
    pub data_fine: Option<String>,
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

/// `pagina.html`
#[derive(Debug, Serialize)]
pub struct Pagina {
    /// Picture.
    pub immagine: Option<Picture>,
    /// `##` headings of the text, for an index when there are three or more.
    pub indice: Vec<Anchor>,
    /// Text.
    pub testo_html: String,
    /// Last revision.
    pub aggiornata: Option<String>,
}

/// A choice of a form.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// Choices under a heading.
#[derive(Debug, Serialize)]
pub struct ChoiceGroup {
    /// Heading.
    pub label: String,
    /// Choices.
    pub voci: Vec<Choice>,
}

/// `modulo.html`: booking, assistance, report of inefficiency. Exactly one of `esterno`, `endpoint`, `mailto` is set.
#[derive(Debug, Serialize)]
pub struct Modulo {
    /// `prenotazione`, `assistenza`, `disservizio`.
    pub funzione: &'static str,
    /// The function lives elsewhere: a button leads there.
    pub esterno: Option<Button>,
    /// Slug of the service already chosen; empty if none.
    pub servizio: String,
    /// Slug of the office already chosen; empty if none.
    pub ufficio: String,
    /// The form posts here.
    pub endpoint: Option<String>,
    /// The citizen writes here.
    pub mailto: Option<String>,
    /// The same as a link, subject included.
    pub mailto_url: Option<String>,
    /// Offices with appointments.
    pub uffici: Vec<Choice>,
    /// Services by category.
    pub servizi: Vec<ChoiceGroup>,
    /// Privacy page.
    pub privacy_url: String,
    /// Telephone of the Comune, for who cannot use the form: text and `tel:` address.
    pub telefono: Option<Link>,
}

/// `paga-un-avviso.html`
#[derive(Debug, Serialize)]
pub struct PagaAvviso {
    /// Form of the national payment page.
    pub avviso_url: Option<String>,
    /// Its reader of QR codes.
    pub qr_url: Option<String>,
    /// Its address of this creditor, to which the number of the notice is added.
    pub diretto_url: Option<String>,
    /// The creditor.
    pub ente: String,
    /// Its tax code.
    pub codice_fiscale: String,
}

/// A node of the site map.
#[derive(Debug, Serialize)]
pub struct MapNode {
    /// Text.
    pub label: String,
    /// Address.
    pub url: String,
    /// Below it.
    pub figli: Vec<MapNode>,
}

/// `mappa.html`
#[derive(Debug, Serialize)]
pub struct Mappa {
    /// First level.
    pub voci: Vec<MapNode>,
}

/// Contents whose title begins with a letter.
#[derive(Debug, Serialize)]
pub struct LetterGroup {
    /// The letter, or "0–9".
    pub lettera: String,
    /// Fragment.
    pub id: String,
    /// Contents.
    pub voci: Vec<SearchEntry>,
}

/// A line of the index A–Z.
#[derive(Debug, Serialize)]
pub struct SearchEntry {
    /// Title.
    pub label: String,
    /// Address.
    pub url: String,
    /// "Servizio", "Notizia"…
    pub tipo: &'static str,
    /// Short description.
    pub descrizione: String,
}

/// `ricerca.html`
#[derive(Debug, Serialize)]
pub struct Ricerca {
    /// Index A–Z.
    pub gruppi: Vec<LetterGroup>,
}

/// `note-legali.html`
#[derive(Debug, Serialize)]
pub struct NoteLegali {
    /// "Licenza dei contenuti" (C.SI.3.4).
    pub licenza_titolo: String,
    /// The mandated sentence, before, inside and after the link to the licence.
    pub licenza_prima: String,
    /// "licenza CC-BY 4.0", linked.
    pub licenza_nome: String,
    /// The rest.
    pub licenza_dopo: String,
    /// Address of the licence.
    pub licenza_url: String,
    /// The Comune's own text.
    pub testo_html: Option<String>,
    /// Licences of the works inside the site.
    pub crediti_url: String,
}

/// A section of Amministrazione trasparente.
#[derive(Debug, Serialize)]
pub struct TransparencySection {
    /// Fragment.
    pub id: String,
    /// Title.
    pub titolo: String,
    /// Titles below it.
    pub figli: Vec<String>,
}

/// `trasparenza.html`
#[derive(Debug, Serialize)]
pub struct Trasparenza {
    /// First-level sections.
    pub sezioni: Vec<TransparencySection>,
    /// Where to ask.
    pub ufficio: Option<Office>,
}

/// `404.html`
#[derive(Debug, Serialize)]
pub struct NonTrovata {
    /// The four sections.
    pub voci: Vec<Link>,
}
