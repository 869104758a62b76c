//! No personal data where nobody means to publish them: tax codes in contents and file names (`PRV-01`), tax codes and private mailboxes
//! in the metadata of PDF files (`PRV-03`).

use std::cell::LazyCell;
use std::collections::HashSet;

use super::Judged;
use crate::codes::{CodiceFiscalePersona, Email};
use crate::content::Data;
use crate::content::punto_contatto::{Contatto, Voce};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned};
use crate::media::pdf::Pdf;
use crate::site::Site;
use crate::text;

pub fn judge(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    tax_codes(judged, out);
    metadata(judged.site, out);
}

/// Whether the Comune has not allowed a tax code.
fn forbidden(site: &Site, code: &CodiceFiscalePersona) -> bool {
    let allowed = &site.config.written.codici_personali_ammessi;
    allowed.iter().all(|a| !a.value.0.eq_ignore_ascii_case(code.as_str()))
}

fn tax_codes(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    let flagged = |code: &CodiceFiscalePersona| forbidden(judged.site, code);
    let finding = || {
        Diagnostic::new(
            Code::PersonalCode,
            text!("qui c'è il codice fiscale di una persona", "there is the tax code of a person here"),
        )
        .hint(text!(
            "toglilo; se deve restare, aggiungilo a `codici_personali_ammessi` in comune.yaml",
            "remove it; if it must stay, add it to `codici_personali_ammessi` in comune.yaml"
        ))
    };
    for (file, marks) in judged.files {
        let flagged = marks.persons.iter().filter(|(_, code)| flagged(code));
        out.extend(flagged.map(|(range, _)| finding().at(Span::new(*file, range.clone()))));
    }
    let named = |path: &&str| CodiceFiscalePersona::find(path).iter().any(|(_, code)| flagged(code));
    out.extend(judged.site.media.named().filter(named).map(|path| finding().in_file(path)));
    let named = judged.files.iter().filter(|(_, marks)| marks.named.iter().any(flagged));
    out.extend(named.map(|(file, _)| finding().in_file(judged.texts.get(*file).path.clone())));
}

fn metadata(site: &Site, out: &mut Vec<Diagnostic>) {
    let public = LazyCell::new(|| mailboxes(site));
    for path in site.media.named() {
        let Some(Pdf::Read(_, personal)) = site.media.get(path).and_then(|file| file.pdf.as_ref()) else {
            continue;
        };
        let email = personal.emails.iter().any(|email| !institutional(site, &public, email));
        let tax_code = personal.tax_codes.iter().any(|code| forbidden(site, code));
        let (it, en) = match (email, tax_code) {
            (false, false) => continue,
            (true, false) => ("un indirizzo di posta", "an e-mail address"),
            (false, true) => ("il codice fiscale di una persona", "the tax code of a person"),
            (true, true) => (
                "un indirizzo di posta e il codice fiscale di una persona",
                "an e-mail address and the tax code of a person",
            ),
        };
        let message =
            text!("nelle proprietà del PDF {path} c'è {it}", "the properties of the PDF {path} hold {en}");
        let finding = Diagnostic::new(Code::PdfPersonal, message).hint(text!(
            "toglilo dalle proprietà del documento (File, Proprietà) ed esportalo di nuovo",
            "remove it from the properties of the document (File, Properties) and export it again"
        ));
        out.push(match site.wanted.first(path) {
            Some(at) => finding.at(at),
            None => finding.in_file(path),
        });
    }
}

/// Whether a mailbox is one of the body, of a site under its domain, or one that the site gives as a contact.
fn institutional(site: &Site, public: &HashSet<String>, email: &Email) -> bool {
    let address = email.as_str().to_ascii_lowercase();
    let domain = &site.config.dominio_istituzionale;
    let host = address.rsplit_once('@').map_or("", |(_, host)| host);
    let own = host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    own || public.contains(&address)
}

/// The mailboxes that the site gives as contacts of the body and of its offices and places, lower case.
fn mailboxes(site: &Site) -> HashSet<String> {
    let config = &site.config.written;
    let mut found = vec![config.ente.value.pec.value.as_str()];
    found.extend(config.contatti.value.email.iter().map(|email| email.value.as_str()));
    for item in site.items() {
        let points = match &item.entry.data {
            Data::PuntoContatto(point) => {
                found.extend(addresses(&point.voci));
                continue;
            }
            Data::Unita(unit) => &unit.punti_contatto,
            Data::Luogo(place) => &place.punti_contatto,
            Data::Servizio(sheet) => &sheet.punti_contatto,
            _ => continue,
        };
        for point in points {
            if let Contatto::Diretto(direct) = &point.value {
                found.extend(addresses(&direct.voci));
            }
        }
    }
    found.into_iter().map(str::to_ascii_lowercase).collect()
}

fn addresses(voci: &[Spanned<Voce>]) -> impl Iterator<Item = &str> {
    voci.iter().map(|voce| voce.value.valore.value.0.as_str()).filter(|value| value.contains('@'))
}
