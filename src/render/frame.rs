//! What every page of a site shares: header, menus, footer, functions, legal links. Built once per Comune.

use serde::Serialize;

use super::cards::Cards;
use super::view::Link;
use crate::codes::Telefono;
use crate::config::{Config, Funzione, Rete, TipoEnte};
use crate::content::allerta::{Allerta, Colore};
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::{
    FEED, PAGA_AVVISO, PIANO_MIGLIORAMENTO, PRENOTAZIONE, Plan, SEZIONI, SEZIONI_PERSONE, categorie_usate,
};
use crate::site::Site;
use crate::vocab;

/// The shared part, as templates see it under `site`.
#[derive(Debug, Serialize)]
pub struct Frame {
    nome: String,
    nome_breve: String,
    motto: Option<String>,
    url_base: String,
    home_url: String,
    regione: Link2,
    stemma: Option<Crest>,
    favicon: Option<Favicon>,
    colore: String,
    contatti: Contacts,
    social: Vec<SocialLink>,
    finanziato_ue: bool,
    wai: Option<String>,
    menu: Vec<MenuEntry>,
    menu_secondario: Vec<Link>,
    argomenti_url: String,
    area_personale: Option<PersonalArea>,
    footer: Footer,
    funzioni: Functions,
    legale: Legal,
    valutazione: Feedback,
    in_preparazione: bool,
    allerte: Vec<Alert>,
    feed_url: String,
}

/// A bar above the page.
#[derive(Debug, Serialize)]
struct Alert {
    testo: String,
    colore: &'static str,
    parola: &'static str,
    icona: bool,
    ovunque: bool,
    url: Option<String>,
    /// The host, when it is another site.
    esterno: Option<String>,
}

#[derive(Debug, Serialize)]
struct Link2 {
    nome: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Crest {
    url: String,
    width: u32,
    height: u32,
}

#[derive(Debug, Serialize)]
struct Favicon {
    url: String,
    r#type: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Contacts {
    indirizzo: String,
    cap: String,
    localita: String,
    provincia: String,
    codice_fiscale: String,
    partita_iva: Option<String>,
    pec: String,
    email: Option<String>,
    centralino: Option<String>,
    centralino_tel: Option<String>,
    numero_verde: Option<String>,
    numero_verde_tel: Option<String>,
    whatsapp: Option<String>,
    whatsapp_url: Option<String>,
    urp: Option<Urp>,
}

#[derive(Debug, Serialize)]
struct Urp {
    titolo: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct SocialLink {
    tipo: &'static str,
    nome: &'static str,
    url: String,
    icona: &'static str,
}

#[derive(Debug, Serialize)]
struct MenuEntry {
    chiave: &'static str,
    label: String,
    url: String,
    data_element: &'static str,
}

#[derive(Debug, Serialize)]
struct PersonalArea {
    url: String,
    host: Option<String>,
}

#[derive(Debug, Serialize)]
struct Footer {
    amministrazione: Vec<Link>,
    categorie: Vec<Vec<Link>>,
    novita: Vec<Link>,
    vivere: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Functions {
    faq_url: String,
    prenotazione_url: String,
    paga_avviso_url: String,
    assistenza_url: String,
    disservizio_url: String,
    disservizio_is_mail: bool,
    ricerca_url: String,
    mappa_url: String,
}

#[derive(Debug, Serialize)]
struct Legal {
    trasparenza: Transparency,
    privacy_url: String,
    note_legali_url: String,
    accessibilita_url: Option<String>,
    media_policy_url: Option<String>,
    piano_miglioramento_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Transparency {
    url: String,
    esterna: bool,
}

#[derive(Debug, Serialize)]
struct Feedback {
    action: Option<String>,
    mailto: Option<String>,
}

impl Frame {
    /// Builds the shared part of a site.
    pub fn new(cards: Cards<'_>, plan: &Plan) -> Self {
        let (site, urls) = (cards.site, cards.urls);
        let config = &site.config;
        let written = &config.written;
        let path = |p: &str| urls.path(p);
        let aspetto = written.aspetto.as_ref();
        Frame {
            nome: written.ente.nome.value.0.clone(),
            nome_breve: config.nome_breve.clone(),
            motto: aspetto.and_then(|a| a.motto.as_ref()).map(|m| m.value.0.clone()),
            url_base: urls.base().to_owned(),
            home_url: path("/"),
            regione: Link2 {
                nome: written.ente.regione.nome.value.0.clone(),
                url: written.ente.regione.url.value.0.to_string(),
            },
            stemma: aspetto.and_then(|a| a.stemma.as_ref()).and_then(|s| crest(cards, &s.value.0)),
            favicon: aspetto.and_then(|a| a.favicon.as_ref()).map(|f| favicon(cards, &f.value.0)),
            colore: config.colore.to_string(),
            contatti: contacts(cards),
            social: social(config),
            wai: site.config.wai().map(str::to_owned),
            finanziato_ue: written.finanziato_ue.as_ref().is_some_and(|f| f.value),
            menu: menu(config, cards),
            menu_secondario: written.menu_secondario.iter().take(3).map(|t| cards.topic(t.entry)).collect(),
            argomenti_url: path("/argomenti/"),
            area_personale: personal_area(site),
            footer: footer(cards, plan),
            funzioni: Functions {
                faq_url: path("/domande-frequenti/"),
                prenotazione_url: path(PRENOTAZIONE),
                paga_avviso_url: path(PAGA_AVVISO),
                assistenza_url: path("/servizi/richiesta-assistenza/"),
                disservizio_url: path("/servizi/segnalazione-disservizio/"),
                disservizio_is_mail: false,
                ricerca_url: path("/ricerca/"),
                mappa_url: path("/mappa-del-sito/"),
            },
            legale: Legal {
                trasparenza: match written.amministrazione_trasparente.as_ref().and_then(|t| t.url.as_ref()) {
                    Some(url) => Transparency { url: url.value.0.to_string(), esterna: true },
                    None => Transparency { url: path("/amministrazione-trasparente/"), esterna: false },
                },
                privacy_url: urls.absolute("/privacy/"),
                note_legali_url: path("/note-legali/"),
                accessibilita_url: written
                    .legale
                    .as_ref()
                    .and_then(|l| l.dichiarazione_accessibilita.as_ref())
                    .map(|d| d.url.value.0.to_string()),
                media_policy_url: plan.has("/media-policy/").then(|| path("/media-policy/")),
                piano_miglioramento_url: plan.has(PIANO_MIGLIORAMENTO).then(|| path(PIANO_MIGLIORAMENTO)),
            },
            valutazione: feedback(config, &urp_email(cards)),
            in_preparazione: config.in_preparazione,
            allerte: alerts(cards),
            feed_url: path(FEED),
        }
    }
}

/// The bars of today, the most urgent first.
fn alerts(cards: Cards<'_>) -> Vec<Alert> {
    let alerts =
        cards.site.of_kind(Kind::Allerta).filter(|i| !i.scaduto).filter_map(|i| match &i.entry.data {
            Data::Allerta(a) => Some(alert(cards, a)),
            _ => None,
        });
    let mut alerts: Vec<(usize, Alert)> = alerts.collect();
    alerts.sort_by_key(|(rank, _)| *rank);
    alerts.into_iter().map(|(_, alert)| alert).collect()
}

/// A bar and its rank.
fn alert(cards: Cards<'_>, a: &Allerta) -> (usize, Alert) {
    let (rank, parola) = match a.colore.value {
        Colore::Rosso => (0, "Allerta"),
        Colore::Giallo => (1, "Attenzione"),
        Colore::Blu => (2, "Informazione"),
        Colore::Verde => (3, "Buone notizie"),
    };
    let inside =
        a.contenuto.as_ref().and_then(|c| cards.site.find(c.kind, &c.slug)).map(|i| cards.link(i).url);
    let outside = a.url.as_ref().filter(|_| inside.is_none());
    let alert = Alert {
        testo: a.testo.value.0.clone(),
        colore: a.colore.value.name(),
        parola,
        icona: a.icona.as_ref().is_none_or(|i| i.value),
        ovunque: a.ovunque.as_ref().is_some_and(|o| o.value),
        esterno: outside.and_then(|u| u.value.0.host_str()).map(str::to_owned),
        url: inside.or_else(|| outside.map(|u| u.value.0.to_string())),
    };
    (rank, alert)
}

/// The mailbox that answers citizens: the URP's, else the Comune's, else the PEC.
pub fn urp_email(cards: Cards<'_>) -> String {
    let written = &cards.site.config.written;
    let urp = written.contatti.urp.as_ref().and_then(|u| cards.site.target(&u.value));
    let of_office = urp.and_then(|u| cards.office(u).email);
    let of_comune = written.contatti.email.as_ref().map(|e| e.value.to_string());
    of_office.or(of_comune).unwrap_or_else(|| written.ente.pec.value.to_string())
}

/// The label of the fourth menu entry: "Vivere il Comune" (C.SI.1.6).
pub fn vivere_label(config: &Config) -> String {
    match config.written.ente.tipo() {
        TipoEnte::Comune => "Vivere il Comune".to_owned(),
        _ => format!("Vivere {}", config.nome_breve),
    }
}

fn crest(cards: Cards<'_>, path: &str) -> Option<Crest> {
    let picture = cards.site.media.picture(path)?;
    Some(Crest { url: cards.urls.path(&format!("/{path}")), width: picture.width, height: picture.height })
}

fn favicon(cards: Cards<'_>, path: &str) -> Favicon {
    let r#type = match path.rsplit_once('.').map(|(_, e)| e) {
        Some("svg") => Some("image/svg+xml"),
        Some("png") => Some("image/png"),
        _ => None,
    };
    Favicon { url: cards.urls.path(&format!("/{path}")), r#type }
}

fn contacts(cards: Cards<'_>) -> Contacts {
    let written = &cards.site.config.written;
    let (ente, c) = (&written.ente, &written.contatti);
    let shown = |p: &Option<Spanned<Telefono>>| p.as_ref().map(|p| p.value.display());
    let dialled = |p: &Option<Spanned<Telefono>>| p.as_ref().map(|p| p.value.to_string());
    Contacts {
        indirizzo: format!(
            "{} - {} {} ({})",
            c.indirizzo.value.0, ente.cap.value, c.localita.value.0, ente.provincia.value
        ),
        cap: ente.cap.value.to_string(),
        localita: c.localita.value.0.clone(),
        provincia: ente.provincia.value.to_string(),
        codice_fiscale: ente.codice_fiscale.value.to_string(),
        partita_iva: ente.partita_iva.as_ref().map(|p| p.value.to_string()),
        pec: ente.pec.value.to_string(),
        email: c.email.as_ref().map(|e| e.value.to_string()),
        centralino: shown(&c.centralino),
        centralino_tel: dialled(&c.centralino),
        numero_verde: shown(&c.numero_verde),
        numero_verde_tel: dialled(&c.numero_verde),
        whatsapp: shown(&c.whatsapp),
        whatsapp_url: c.whatsapp.as_ref().map(|p| format!("https://wa.me/{}", p.value.digits())),
        urp: c
            .urp
            .as_ref()
            .and_then(|u| cards.site.target(&u.value))
            .map(|i| Urp { titolo: i.titolo.clone(), url: cards.urls.path(&i.url) }),
    }
}

fn social(config: &Config) -> Vec<SocialLink> {
    let describe = |rete: Rete| match rete {
        Rete::Facebook => ("Facebook", "it-facebook"),
        Rete::X => ("X", "it-twitter"),
        Rete::Instagram => ("Instagram", "it-instagram"),
        Rete::Youtube => ("YouTube", "it-youtube"),
        Rete::Telegram => ("Telegram", "it-telegram"),
        Rete::Whatsapp => ("WhatsApp", "it-whatsapp"),
        Rete::Linkedin => ("LinkedIn", "it-linkedin"),
        Rete::Mastodon => ("Mastodon", "it-mastodon"),
        Rete::Flickr => ("Flickr", "it-flickr"),
    };
    let link = |s: &Spanned<crate::config::Social>| {
        let (nome, icona) = describe(s.tipo.value);
        SocialLink { tipo: s.tipo.value.name(), nome, url: s.url.value.0.to_string(), icona }
    };
    config.written.social.iter().map(link).collect()
}

fn menu(config: &Config, cards: Cards<'_>) -> Vec<MenuEntry> {
    let entry = |chiave, label: &str, path: &str, data_element| MenuEntry {
        chiave,
        label: label.to_owned(),
        url: cards.urls.path(path),
        data_element,
    };
    vec![
        entry("amministrazione", "Amministrazione", "/amministrazione/", "management"),
        entry("novita", "Novità", "/novita/", "news"),
        entry("servizi", "Servizi", "/servizi/", "all-services"),
        entry("vivere", &vivere_label(config), "/vivere-il-comune/", "live"),
    ]
}

fn personal_area(site: &Site) -> Option<PersonalArea> {
    let url = &site.funzioni.area_personale.as_ref()?.url;
    Some(PersonalArea { url: url.to_string(), host: url.host_str().map(str::to_owned) })
}

fn footer(cards: Cards<'_>, plan: &Plan) -> Footer {
    let existing = |entries: &[(&str, &str)]| -> Vec<Link> {
        entries
            .iter()
            .filter(|(path, _)| plan.has(path))
            .map(|(path, label)| Link { label: (*label).to_owned(), url: cards.urls.path(path) })
            .collect()
    };
    let listed = SEZIONI.iter().chain(&SEZIONI_PERSONE);
    let sections: Vec<(String, &str)> =
        listed.map(|(slug, label)| (format!("/amministrazione/{slug}/"), *label)).collect();
    let mut administration: Vec<(&str, &str)> =
        sections.iter().map(|(path, label)| (path.as_str(), *label)).collect();
    administration.push(("/amministrazione/documenti-e-dati/", "Documenti e dati"));
    let mut categories: Vec<Link> = categorie_usate(cards.site)
        .into_iter()
        .map(|c| Link { label: c.nome.clone(), url: cards.urls.path(&format!("/servizi/{}/", c.slug)) })
        .collect();
    let second = categories.split_off(categories.len().div_ceil(2));
    let news: Vec<(String, &str)> = vocab::get("tipi_notizia")
        .voci
        .iter()
        .map(|t| (format!("/novita/{}/", t.slug), t.nome.as_str()))
        .collect();
    let news: Vec<(&str, &str)> = news.iter().map(|(p, l)| (p.as_str(), *l)).collect();
    Footer {
        amministrazione: existing(&administration),
        categorie: vec![categories, second],
        novita: existing(&news),
        vivere: existing(&[("/vivere-il-comune/luoghi/", "Luoghi"), ("/vivere-il-comune/eventi/", "Eventi")]),
    }
}

fn feedback(config: &Config, fallback: &str) -> Feedback {
    match config.written.funzione(|f| &f.valutazione) {
        Some(Funzione { modulo: Some(m), .. }) => {
            Feedback { action: Some(m.endpoint.value.0.to_string()), mailto: None }
        }
        Some(Funzione { mailto: Some(m), .. }) => {
            Feedback { action: None, mailto: Some(m.value.to_string()) }
        }
        _ => Feedback { action: None, mailto: Some(fallback.to_owned()) },
    }
}

/// The Content-Security-Policy of the site. Forms may go to the endpoints that the configuration names, scripts and styles
/// come from the site alone.
pub fn policy(site: &Site) -> String {
    let written = &site.config.written;
    let functions = written.funzioni.as_ref();
    let all = functions.iter().flat_map(|f| [&f.prenotazione, &f.assistenza, &f.disservizio, &f.valutazione]);
    let mut hosts: Vec<String> = all
        .flatten()
        .filter_map(|f| f.modulo.as_ref()?.endpoint.value.0.host_str().map(|h| format!("https://{h}")))
        .collect();
    hosts.sort();
    hosts.dedup();
    let forms = std::iter::once("'self'".to_owned()).chain(hosts).collect::<Vec<_>>().join(" ");
    let statistics = site.config.wai().map_or("", |_| " https://ingestion.webanalytics.italia.it");
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'{statistics}; \
         manifest-src 'self'; form-action {forms}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}
