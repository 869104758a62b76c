//! Fixed addresses of the Modello, official section names, and addresses made from a content, a kind or a date.

use jiff::civil::Date;

use crate::content::types::slugify;
use crate::site::Item;
use crate::vocab::Voce;

/// Where one books an appointment; a service adds its slug.
pub const PRENOTAZIONE: &str = "/servizi/prenotazione-appuntamento/";
/// Places of interest.
pub const LUOGHI: &str = "/vivere-il-comune/luoghi/";
/// Events to come.
pub const EVENTI: &str = "/vivere-il-comune/eventi/";
/// Every date to come, for calendars.
pub const CALENDARIO: &str = "/eventi.ics";
/// What the search page searches, fetched when somebody searches.
pub const INDICE_RICERCA: &str = "/api/ricerca.json";
/// The feed of news.
pub const FEED: &str = "/novita/feed.xml";
/// Events that are over.
pub const ARCHIVIO_EVENTI: &str = "/vivere-il-comune/eventi/archivio/";
/// Galleries.
pub const GALLERIE: &str = "/vivere-il-comune/gallerie/";
/// Where one asks for assistance; a service adds its slug.
pub const ASSISTENZA: &str = "/servizi/richiesta-assistenza/";
/// Amministrazione trasparente.
pub const TRASPARENZA: &str = "/amministrazione-trasparente/";
/// The register of acts.
pub const ALBO_PRETORIO: &str = "/amministrazione/documenti-e-dati/documenti-albo-pretorio/";
/// Acts whose publication is over.
pub const ALBO_ARCHIVIO: &str = "/amministrazione/documenti-e-dati/documenti-albo-pretorio/archivio/";
/// Every call.
pub const BANDI: &str = "/amministrazione/documenti-e-dati/documenti-albo-pretorio/bandi/";
/// What the Comune will do to make the site faster: a free page, due only where the site is slow.
pub const PIANO_MIGLIORAMENTO: &str = "/piano-di-miglioramento/";
/// Projects of the recovery plan.
pub const PNRR: &str = "/attuazione-misure-pnrr/";
/// Every dataset.
pub const DATASET: &str = "/amministrazione/documenti-e-dati/dataset/";
/// Where a pagoPA notice is paid.
pub const PAGA_AVVISO: &str = "/servizi/paga-un-avviso/";
/// Free pages that complete a page of the Modello instead of making one.
pub const COMPLETED: [&str; 2] = ["privacy", "note-legali"];
/// The sections of Amministrazione that list units, in the order of the footer, with their official titles.
pub const SEZIONI: [(&str, &str); 4] = [
    ("organi-di-governo", "Organi di governo"),
    ("aree-amministrative", "Aree amministrative"),
    ("uffici", "Uffici"),
    ("enti-e-fondazioni", "Enti e fondazioni"),
];

/// The sections of Amministrazione that list people, in the order of the footer, with their official titles.
pub const SEZIONI_PERSONE: [(&str, &str); 2] =
    [("politici", "Politici"), ("personale-amministrativo", "Personale amministrativo")];

/// The heading of a section of Amministrazione.
pub fn nome_sezione(slug: &str) -> &'static str {
    let mut all = SEZIONI.iter().chain(&SEZIONI_PERSONE);
    all.find(|(section, _)| *section == slug).map_or("Uffici", |(_, nome)| *nome)
}

/// The page of who has left the roles of a section.
pub fn cessati_url(sezione: &str) -> String {
    format!("/amministrazione/{sezione}/cessati/")
}

/// The page of the political bodies of one kind.
pub fn organi_url(tipo: &Voce) -> String {
    format!("/amministrazione/organi-di-governo/{}/", slugify(tipo.plural()))
}

/// The page of the places of one family.
pub fn luoghi_url(famiglia: &Voce) -> String {
    format!("{LUOGHI}{}/", slugify(famiglia.plural()))
}

/// The page of a month, `/vivere-il-comune/eventi/2026-12/`.
pub fn month_url(month: Date) -> String {
    format!("{EVENTI}{}/", month.strftime("%Y-%m"))
}

/// The file for calendars of an event.
pub fn calendar_url(item: &Item) -> String {
    format!("{}evento.ics", item.url)
}

/// The news of a kind and of a year.
pub fn year_url(tipo: &Voce, year: i16) -> String {
    format!("/novita/{}/{year}/", tipo.slug)
}

/// The address of a numbered page of a list; the first is the list itself.
pub fn page_url(list: &str, page: usize) -> String {
    if page == 1 { list.to_owned() } else { format!("{list}pagina/{page}/") }
}

/// Path of the file that a server gives for an address.
pub fn output_path(url: &str) -> String {
    let inner = url.trim_start_matches('/');
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
}
