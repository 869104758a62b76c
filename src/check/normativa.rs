//! C.SI.3.1–3.4, C.SI.5.2 and R.SI.1.1: cookies, declaration of accessibility, privacy, licence, institutional domain, metadata.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::Value;

use super::audit::{Audit, Loss, Origin, Target, Visit};
use super::data::lines;
use super::funzionalita::dead;
use crate::diagnostic::Code;
use crate::text;
use crate::vocab;

static DOMAINS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| lines(include_str!("data/domini-comuni.txt")).collect());

/// C.SI.3.1: nothing of others is loaded unasked, so that nobody else can set a cookie. `scripts` are the site's own, by path.
pub fn cookies(audit: &mut Audit<'_>, visit: &Visit, scripts: &[(&str, &str)]) {
    for page in 0..audit.pages.len() {
        for address in &audit.facts(page).foreign {
            if !matches!(audit.target(page, address), Target::Outside(_)) {
                continue;
            }
            audit.push(
                Code::CookieThirdParty,
                Loss::Failed,
                page,
                Origin::Words(address.clone()),
                text!("la pagina carica da sola {address}", "the page loads {address} unasked"),
                text!(
                    "altri potrebbero mettere cookie: copia il file nel sito, o metti un collegamento",
                    "others could set cookies: copy the file into the site, or put a link"
                ),
            );
        }
    }
    for (path, _) in
        scripts.iter().filter(|(_, text)| text.contains("document.cookie") || text.contains("cookieStore"))
    {
        audit.push(
            Code::CookieScript,
            Loss::Tolerated,
            visit.home,
            Origin::Part("head.html"),
            text!("{path} scrive cookie", "{path} writes cookies"),
            text!(
                "sono ammessi solo cookie tecnici del sito",
                "only technical cookies of the site are allowed"
            ),
        );
    }
}

/// C.SI.3.2: the declaration of accessibility. What the page at `AgID`'s says can be seen with a network only.
pub fn declaration(audit: &mut Audit<'_>, visit: &Visit) {
    let field = Origin::Config("legale.dichiarazione_accessibilita.url");
    let Some(link) = audit.facts(visit.home).footer_link("accessibility-link") else {
        return audit.push(
            Code::DeclarationMissing,
            Loss::Failed,
            visit.home,
            field,
            text!(
                "nel piè di pagina manca la dichiarazione di accessibilità",
                "the footer lacks the declaration of accessibility"
            ),
            text!(
                "compilala su form.agid.gov.it e scrivi il suo indirizzo in `legale.dichiarazione_accessibilita.url`",
                "fill it in at form.agid.gov.it and write its address in `legale.dichiarazione_accessibilita.url`"
            ),
        );
    };
    let href = link.href.as_deref().unwrap_or_default();
    if !href.starts_with("https://form.agid.gov.it/") {
        audit.push(
            Code::DeclarationAddress,
            Loss::Failed,
            visit.home,
            field,
            text!(
                "la dichiarazione di accessibilità porta a {href}",
                "the declaration of accessibility leads to {href}"
            ),
            text!("deve stare su https://form.agid.gov.it/", "it must stand at https://form.agid.gov.it/"),
        );
    }
}

/// C.SI.3.3: the privacy notice, over https.
pub fn privacy(audit: &mut Audit<'_>, visit: &Visit) {
    let Some(link) = audit.facts(visit.home).footer_link("privacy-policy-link") else {
        return audit.push(
            Code::PrivacyLink,
            Loss::Failed,
            visit.home,
            Origin::Part("footer.html"),
            text!("nel piè di pagina manca l'informativa privacy", "the footer lacks the privacy notice"),
            text!("riprendi il modello footer.html del tema", "take the theme's footer.html again"),
        );
    };
    let href = link.href.as_deref().unwrap_or_default();
    let secure = match audit.target(visit.home, href) {
        Target::Outside(url) => url.scheme() == "https",
        Target::Page(_) | Target::File => audit.urls.base().starts_with("https://"),
        Target::Missing | Target::Other => false,
    };
    if !secure {
        dead(audit, visit, Code::PrivacyTarget, "privacy-policy-link", href);
    }
}

/// Lower case, one space between words, typographic apostrophes: how the sentence is compared.
fn normal(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().replace('\'', "’")
}

/// C.SI.3.4: licence of the contents, word for word.
pub fn licence(audit: &mut Audit<'_>, visit: &Visit) {
    let link = audit.facts(visit.home).footer_link("legal-notes").and_then(|one| one.href.clone());
    let Some(Target::Page(page)) = link.map(|href| audit.target(visit.home, &href)) else {
        return audit.push(
            Code::NotesLink,
            Loss::Failed,
            visit.home,
            Origin::Part("footer.html"),
            text!(
                "dal piè di pagina non si arriva alle note legali",
                "legal notes cannot be reached from the footer"
            ),
            text!("riprendi il modello footer.html del tema", "take the theme's footer.html again"),
        );
    };
    let facts = audit.facts(page);
    let joined = |name: &str| {
        let parts: Vec<&str> = facts.of(name).iter().map(|one| one.text.as_str()).collect();
        normal(&parts.join(" "))
    };
    let wording: std::collections::BTreeMap<String, String> =
        vocab::embedded(include_str!("../vocab/data/note-legali.yaml"));
    let official = |key: &str| normal(wording.get(key).map_or("", String::as_str));
    let parts = [
        (Code::LicenceTitle, "legal-notes-section", "section_title"),
        (Code::LicenceText, "legal-notes-body", "body_text"),
    ];
    for (code, name, key) in parts {
        if joined(name) != official(key) {
            audit.push(
                code,
                Loss::Failed,
                page,
                Origin::Template,
                text!("`{name}` non ha il testo ufficiale", "`{name}` does not hold the official text"),
                text!(
                    "rimetti la frase ufficiale, senza altro",
                    "put the official sentence back, with nothing else"
                ),
            );
        }
    }
}

/// C.SI.5.2: the site, and what its menu leads to, stand under the institutional domain of a Comune.
pub fn domain(audit: &mut Audit<'_>, visit: &Visit) {
    let personal = audit.facts(visit.home).link("personal-area-login").and_then(|one| one.href.clone());
    let booking = visit.services.and_then(|page| {
        audit
            .facts(page)
            .link("appointment-booking")
            .and_then(|one| one.href.clone())
            .map(|href| (page, href))
    });
    let own = url::Url::parse(audit.urls.base()).ok();
    judge_host(audit, visit.home, own.as_ref(), Origin::Config("dominio"));
    let linked = [personal.map(|href| (visit.home, href)), booking];
    for (page, href) in linked.into_iter().flatten() {
        if let Target::Outside(url) = audit.target(page, &href) {
            judge_host(audit, page, Some(&url), Origin::Config("funzioni"));
        }
    }
}

fn judge_host(audit: &mut Audit<'_>, page: usize, url: Option<&url::Url>, origin: Origin) {
    let host = url.and_then(url::Url::host_str).unwrap_or_default();
    if institutional(host) {
        return;
    }
    audit.push(
        Code::Domain,
        Loss::Failed,
        page,
        origin,
        text!(
            "{host} non è sotto il dominio istituzionale di un Comune",
            "{host} is not under the institutional domain of a Comune"
        ),
        text!(
            "il sito, l'area personale e la prenotazione stanno su comune.<nome>.<provincia>.it o sotto",
            "site, personal area and booking stand at comune.<name>.<province>.it or below"
        ),
    );
}

/// Whether a host is in the official list, or below one of its domains.
fn institutional(host: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    labels
        .iter()
        .enumerate()
        .any(|(n, label)| *label == "comune" && DOMAINS.contains(labels[n + 1..].join(".").as_str()))
}

/// The entries of the metadata of a sheet, as paths.
const METADATA: [&str; 10] = [
    "name",
    "serviceType",
    "serviceOperator.name",
    "areaServed.name",
    "audience.audienceType",
    "availableChannel.serviceUrl",
    "availableChannel.serviceLocation.name",
    "availableChannel.serviceLocation.address.streetAddress",
    "availableChannel.serviceLocation.address.postalCode",
    "availableChannel.serviceLocation.address.addressLocality",
];

/// R.SI.1.1: structured data of the sheets.
pub fn metadata(audit: &mut Audit<'_>, visit: &Visit) {
    for page in &visit.sheets {
        let Some(written) = audit.facts(*page).metatag.as_deref() else {
            metadata_fault(audit, *page, Code::MetatagMissing, Loss::Failed, "mancano", "are missing");
            continue;
        };
        let Ok(data) = serde_json::from_str::<Value>(written) else {
            metadata_fault(
                audit,
                *page,
                Code::MetatagInvalid,
                Loss::Failed,
                "non sono JSON valido",
                "are not valid JSON",
            );
            continue;
        };
        let leaf =
            |path: &str| path.split('.').try_fold(&data, |node, key| node.get(key)).and_then(Value::as_str);
        let empty: Vec<&str> = METADATA
            .into_iter()
            .filter(|path| leaf(path).is_none_or(|text| text.trim().is_empty()))
            .collect();
        let loss = if empty.len() < 5 { Loss::Tolerated } else { Loss::Failed };
        if !empty.is_empty() {
            let list = empty.join(", ");
            metadata_fault(
                audit,
                *page,
                Code::MetatagEmpty,
                loss,
                &format!("non hanno {list}"),
                &format!("lack {list}"),
            );
        }
    }
}

fn metadata_fault(audit: &mut Audit<'_>, page: usize, code: Code, loss: Loss, it: &str, en: &str) {
    audit.push(
        code,
        loss,
        page,
        Origin::Template,
        text!("i metadati della scheda {it}", "the metadata of the sheet {en}"),
        text!(
            "riprendi il modello servizio.html del tema; completa ufficio, sede e destinatari della scheda",
            "take the theme's servizio.html again; complete office, seat and audience of the sheet"
        ),
    );
}
