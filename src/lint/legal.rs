//! `MET-01`, `LEG-02`, `LEG-04`: duties of a site that its configuration and contents meet or not.

use crate::config::Legale;
use crate::content::Kind;
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::render::plain;
use crate::site::Site;
use crate::text;

/// Days before the end of `security.txt` at which one is reminded.
const REMINDER: i64 = 30;

pub fn judge(site: &Site, out: &mut Vec<Diagnostic>) {
    metadata(site, out);
    let Some(legal) = &site.config.written.legale else { return };
    data_protection(site, &legal.value, legal.span, out);
    security_contact(site, &legal.value, out);
}

/// `MET-01`: of the ten entries that the official checker counts (R.SI.1.1) nine cannot be empty in a sheet that was read; a text
/// of pictures alone would leave the tenth empty.
fn metadata(site: &Site, out: &mut Vec<Diagnostic>) {
    for (_, servizio) in site.servizi() {
        let audience = &servizio.a_chi_e_rivolto;
        // What begins with a letter is a paragraph that has words.
        let evident = audience.value.text.starts_with(char::is_alphabetic);
        if !evident && plain(&audience.value.text).trim().is_empty() {
            out.push(
                Diagnostic::new(
                    Code::MetadataMissing,
                    text!(
                        "«A chi è rivolto» non contiene parole: mancherebbe nei metadati della scheda",
                        "“A chi è rivolto” holds no words: it would be missing from the sheet's metadata"
                    ),
                )
                .at(audience.span)
                .hint(text!("scrivi a chi serve il servizio", "write who the service is for")),
            );
        }
    }
}

/// `LEG-02`: the notice on privacy names whom to ask (art. 13 GDPR), unless the Comune writes its own.
fn data_protection(site: &Site, legal: &Legale, at: Span, out: &mut Vec<Diagnostic>) {
    if legal.responsabile_protezione_dati.is_none() && site.find(Kind::Pagina, "privacy").is_none() {
        out.push(
            Diagnostic::new(
                Code::LegalPrivacy,
                text!(
                    "manca la casella del responsabile della protezione dei dati",
                    "the address of the data protection officer is missing"
                ),
            )
            .severity(Severity::Warning)
            .at(at)
            .hint(text!(
                "aggiungi `responsabile_protezione_dati`, o scrivi pagine/privacy.md",
                "add `responsabile_protezione_dati`, or write pagine/privacy.md"
            )),
        );
    }
}

/// `LEG-04`: a `security.txt` past its end is worse than none (RFC 9116).
fn security_contact(site: &Site, legal: &Legale, out: &mut Vec<Diagnostic>) {
    let Some(end) = legal.sicurezza.as_ref().map(|s| &s.scadenza) else { return };
    let days = i64::from((end.value - site.now).get_days());
    let (severity, message) = if days < 0 {
        let severity = if site.config.in_preparazione { Severity::Warning } else { Severity::Error };
        (severity, text!("security.txt è scaduto", "security.txt has expired"))
    } else if days < REMINDER {
        (
            Severity::Warning,
            text!("security.txt scade fra {days} giorni", "security.txt expires in {days} days"),
        )
    } else {
        return;
    };
    let hint = text!(
        "controlla che il contatto sia giusto e sposta la `scadenza` avanti, al massimo di un anno",
        "check that the contact is right and move `scadenza` forward, by a year at most"
    );
    out.push(Diagnostic::new(Code::LegalSecurity, message).severity(severity).at(end.span).hint(hint));
}
