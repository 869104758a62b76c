//! What the templates of functions and of pages about the site see: forms, questions, site map, index, legal notes.

use serde::Serialize;

use super::{Button, Link, MapTree, Question};

/// Questions under one heading.
#[derive(Debug, Serialize)]
pub struct QuestionGroup {
    /// Heading.
    pub titolo: String,
    /// Fragment.
    pub id: String,
    /// Questions of no group.
    pub voci: Vec<Question>,
    /// Groups inside, one level only.
    pub gruppi: Vec<QuestionGroup>,
}

impl QuestionGroup {
    /// A group with nothing in it yet.
    pub fn new(titolo: &str, id: String) -> Self {
        QuestionGroup { titolo: titolo.to_owned(), id, voci: Vec::new(), gruppi: Vec::new() }
    }
}

/// `domande-frequenti.html`
#[derive(Debug, Serialize)]
pub struct DomandeFrequenti {
    /// Groups.
    pub gruppi: Vec<QuestionGroup>,
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

/// `mappa.html`
#[derive(Debug, Serialize)]
pub struct Mappa {
    /// First level.
    pub voci: Vec<MapTree>,
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
    /// The index for the script that searches.
    pub indice_url: String,
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

/// `404.html`
#[derive(Debug, Serialize)]
pub struct NonTrovata {
    /// The four sections.
    pub voci: Vec<Link>,
}
