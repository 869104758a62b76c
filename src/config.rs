//! `comune.yaml`: as written ([`Written`]) and as used ([`Config`]), with the checks on codes, colour and legal duties.

mod colour;
mod consorzio;
mod written;

use std::collections::BTreeSet;

pub use colour::{Colour, brand_css};
pub use consorzio::Consorzio;
pub use written::*;

use crate::access::{Fornitori, Variabili};
use crate::codes::Ipa;
use crate::content::field::{Cx, FieldType};
use crate::content::types::MediaPath;
use crate::diagnostic::{Code, Diagnostic, Severity, SourceFiles, Span, Spanned};
use crate::limits::Limits;
use crate::load::SiteFiles;
use crate::{text, yaml};

/// The configuration of a Comune, defaults resolved.
#[derive(Debug, Clone)]
pub struct Config {
    /// As written, for everything that needs no resolution.
    pub written: Written,
    /// `nome_breve`, or the name without “Comune di”.
    pub nome_breve: String,
    /// Institutional domain: `dominio` without `www.`.
    pub dominio_istituzionale: String,
    /// Hosts to which access links may lead, besides those under the institutional domain.
    pub host_ammessi: BTreeSet<String>,
    /// Its providers: ready-made, of the workspace, its own.
    pub fornitori: Fornitori,
    /// The Comune's colour.
    pub colore: Colour,
    /// The site is not public yet.
    pub in_preparazione: bool,
}

/// Colour of sites that choose none: the blue of Bootstrap Italia.
const DEFAULT_COLOUR: Colour = Colour { r: 0x00, g: 0x66, b: 0xcc };

impl Config {
    /// Reads and checks `comune.yaml` within `limits`, with what the workspace shares; `None` when a fault forbids to go on.
    pub fn read(
        site: &SiteFiles,
        files: &SourceFiles,
        consorzio: Option<&Consorzio>,
        limits: Limits,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let text = &files.get(site.config).text;
        let mut node = yaml::parse(text, site.config, 0, limits, out)?;
        node.span = Span::file_start(site.config);
        let mut cx = Cx { out, folder: "", limits };
        let written = Written::read(&node, &mut cx)?;
        let before = cx.out.iter().filter(|d| d.severity == Severity::Error).count();
        let in_preparazione = written.in_preparazione.as_ref().is_some_and(|p| p.value);
        check_codes(&written.ente, &mut cx);
        check_legal(&written, in_preparazione, node.span, &mut cx);
        written.funzioni.iter().for_each(|f| f.check(&mut cx));
        written.link_utili.iter().for_each(|l| check_link(l, &mut cx));
        written.condizioni_di_servizio.iter().for_each(|c| c.check(&mut cx));
        let colore = read_colour(written.aspetto.as_ref().and_then(|a| a.colore.as_ref()), &mut cx);
        let site = site_variables(&written);
        let levels = [consorzio.and_then(|c| c.fornitori.as_ref()), written.fornitori.as_ref()];
        let fornitori = Fornitori::of(&levels, &site, cx.out);
        let after = cx.out.iter().filter(|d| d.severity == Severity::Error).count();
        let colore = colore?;
        (before == after).then(|| {
            let nome = &written.ente.nome.0;
            let nome_breve = written.ente.nome_breve.as_ref().map_or_else(
                || nome.strip_prefix("Comune di ").unwrap_or(nome).to_owned(),
                |n| n.value.0.clone(),
            );
            let host = &written.dominio.value.0;
            Config {
                nome_breve,
                dominio_istituzionale: institutional(host).to_owned(),
                host_ammessi: consorzio
                    .iter()
                    .flat_map(|c| &c.host_ammessi)
                    .chain(&written.host_ammessi)
                    .map(|h| h.value.0.clone())
                    .collect(),
                fornitori,
                colore,
                in_preparazione,
                written,
            }
        })
    }

    /// Whether an access link may lead to this host: the institutional domain, below it, or listed in `host_ammessi`.
    pub fn host_allowed(&self, host: &str) -> bool {
        let own = &self.dominio_istituzionale;
        host == own
            || host.strip_suffix(own.as_str()).is_some_and(|h| h.ends_with('.'))
            || self.host_ammessi.contains(host)
    }

    /// Identifier of the site in Web Analytics Italia, where visits are counted: never before the site is public.
    pub fn wai(&self) -> Option<&str> {
        let analytics = self.written.analytics.as_ref().filter(|_| !self.in_preparazione)?;
        Some(&analytics.wai.site_id.0)
    }

    /// The media files that the configuration names.
    pub fn media(&self) -> impl Iterator<Item = &Spanned<MediaPath>> {
        let aspetto = self.written.aspetto.as_ref();
        let stemma = aspetto.and_then(|a| a.stemma.as_ref());
        let favicon = aspetto.and_then(|a| a.favicon.as_ref());
        [stemma, favicon].into_iter().flatten()
    }
}

/// The domain without `www.`.
fn institutional(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// What every URL template may use (online services 6.2, rule 2).
fn site_variables(written: &Written) -> Variabili {
    let (ente, host) = (&written.ente, &written.dominio.value.0);
    [
        ("codice_ipa", ente.codice_ipa.value.to_string()),
        ("codice_istat", ente.codice_istat.value.to_string()),
        ("codice_catastale", ente.codice_catastale.value.to_string()),
        ("cf_ente", ente.codice_fiscale.value.to_string()),
        ("sito", format!("https://{host}")),
        ("dominio_istituzionale", institutional(host).to_owned()),
        ("lingua", "it".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// A useful link leads to exactly one place.
fn check_link(link: &Spanned<LinkUtile>, cx: &mut Cx<'_>) {
    if link.url.is_some() == link.contenuto.is_some() {
        cx.out.push(
            Diagnostic::new(
                Code::FieldConditional,
                text!(
                    "un link utile vuole `url` oppure `contenuto`",
                    "a useful link wants either `url` or `contenuto`"
                ),
            )
            .at(link.span)
            .hint(text!(
                "per esempio {{testo: …, contenuto: servizi/tari}}",
                "for example {{testo: …, contenuto: servizi/tari}}"
            )),
        );
    }
}

fn check_codes(ente: &Spanned<Ente>, cx: &mut Cx<'_>) {
    let (ipa, expected) = (&ente.codice_ipa, Ipa::of_comune(&ente.codice_catastale));
    if ente.tipo() == TipoEnte::Comune && !ipa.as_str().eq_ignore_ascii_case(expected.as_str()) {
        let ipa = &ipa.value;
        cx.out.push(
            Diagnostic::new(
                Code::EntityIpa,
                text!(
                    "il codice IPA `{ipa}` di solito sarebbe `{expected}`",
                    "IPA code `{ipa}` would usually be `{expected}`"
                ),
            )
            .at(ente.codice_ipa.span)
            .hint(text!("controlla su indicepa.gov.it", "check on indicepa.gov.it")),
        );
    }
}

fn check_legal(written: &Written, in_preparazione: bool, start: Span, cx: &mut Cx<'_>) {
    let severity = if in_preparazione { Severity::Warning } else { Severity::Error };
    let declaration = written.legale.as_ref().and_then(|l| l.dichiarazione_accessibilita.as_ref());
    let (at, message) = match declaration {
        None => (
            start,
            text!(
                "manca il collegamento alla dichiarazione di accessibilità",
                "the link to the accessibility declaration is missing"
            ),
        ),
        Some(d)
            if d.url.value.0.host_str() != Some("form.agid.gov.it") || d.url.value.0.scheme() != "https" =>
        {
            (
                d.url.span,
                text!(
                    "la dichiarazione di accessibilità deve stare su https://form.agid.gov.it/",
                    "the accessibility declaration must be on https://form.agid.gov.it/"
                ),
            )
        }
        Some(_) => return,
    };
    let hint = if in_preparazione {
        text!(
            "prima di pubblicare compila la dichiarazione su form.agid.gov.it e scrivi il suo indirizzo in `legale.dichiarazione_accessibilita.url`",
            "before going public fill in the declaration on form.agid.gov.it and write its address in `legale.dichiarazione_accessibilita.url`"
        )
    } else {
        text!(
            "in `legale.dichiarazione_accessibilita.url` scrivi l'indirizzo della dichiarazione, oppure `in_preparazione: true` finché il sito non è pubblico",
            "write the declaration's address in `legale.dichiarazione_accessibilita.url`, or `in_preparazione: true` until the site is public"
        )
    };
    cx.out.push(Diagnostic::new(Code::LegalMissing, message).severity(severity).at(at).hint(hint));
}

fn read_colour(written: Option<&Spanned<Colour>>, cx: &mut Cx<'_>) -> Option<Colour> {
    let Some(colour) = written else { return Some(DEFAULT_COLOUR) };
    if colour.value.passes() {
        return Some(colour.value);
    }
    let (found, near) = (colour.value, colour.value.nearest_passing());
    let contrast = format!("{:.1}", found.contrast_with_white());
    cx.fail(
        Diagnostic::new(
            Code::ConfigColour,
            text!(
                "il colore {found} ha contrasto {contrast}:1 con il bianco, serve almeno 4,5:1",
                "colour {found} has a contrast of {contrast}:1 with white, at least 4.5:1 is needed"
            ),
        )
        .at(colour.span)
        .hint(text!("il più vicino che va bene è \"{near}\"", "the nearest that passes is \"{near}\"")),
    )
}
