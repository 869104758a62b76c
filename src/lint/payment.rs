//! `PAG-03` … `PAG-06`: what a sheet says of payments, and what it must not publish.

use std::ops::Range;

use super::{Judged, marked};
use crate::access::is_pagopa;
use crate::content::servizio::{PagamentoPrevisto, TipoModalita};
use crate::diagnostic::{Code, Diagnostic, FileId};
use crate::site::Site;
use crate::text;

pub fn judge(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    labels(judged.site, out);
    spelling(judged, out);
    ways(judged.site, out);
    ibans(judged, out);
    notices(judged, out);
}

/// `PAG-03`: the name pagoPA on a button belongs to the national page (brand guidelines of pagoPA).
fn labels(site: &Site, out: &mut Vec<Diagnostic>) {
    for (item, servizio) in site.servizi() {
        let ways = servizio.pagamento.iter().flat_map(|p| &p.modalita).zip(&item.accessi.modalita);
        for (way, to) in ways {
            let Some(label) = &way.etichetta else { continue };
            let national = to.as_ref().is_some_and(|to| to.checkout);
            if label.value.0.to_lowercase().contains("pagopa") && !national {
                out.push(
                    Diagnostic::new(
                        Code::PaymentName,
                        text!(
                            "il pulsante dice pagoPA ma non porta alla pagina nazionale dei pagamenti",
                            "the button says pagoPA but does not lead to the national payment page"
                        ),
                    )
                    .at(label.span)
                    .hint(text!(
                        "scrivi «Vai al pagamento del servizio», o usa il fornitore pagopa_checkout",
                        "write “Vai al pagamento del servizio”, or use provider pagopa_checkout"
                    )),
                );
            }
        }
    }
}

/// `PAG-03`: small p, capital PA.
fn spelling(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    out.extend(marked(judged, |m| &m.misspelt).map(|at| {
        Diagnostic::new(Code::PaymentName, text!("il nome si scrive pagoPA", "the name is spelt pagoPA"))
            .at(at)
            .hint(text!("p minuscola, PA maiuscole", "small p, capital PA"))
    }));
}

/// Where the name is spelt otherwise.
pub(super) fn misspelt(text: &str) -> Vec<Range<usize>> {
    let spellings = ["PagoPA", "PAGOPA", "PagoPa", "Pagopa"];
    let found = spellings.iter().flat_map(|w| text.match_indices(w));
    found.filter(|(at, w)| is_word(text, *at, w.len())).map(|(at, w)| at..at + w.len()).collect()
}

/// Whether a match is a word of its own, and not the name of the company, which is spelt “`PagoPA` S.p.A.”.
fn is_word(text: &str, at: usize, len: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '|');
    !text[..at].ends_with(joins)
        && !text[at + len..].starts_with(joins)
        && !text[at + len..].starts_with(" S.p.A")
}

/// `PAG-04`: who asks for money offers pagoPA, or F24 where the law wants it (art. 5 CAD).
fn ways(site: &Site, out: &mut Vec<Diagnostic>) {
    for (_, servizio) in site.servizi() {
        let Some(payment) = &servizio.pagamento else { continue };
        let legal = |tipo| is_pagopa(tipo) || tipo == TipoModalita::F24;
        if payment.previsto.value == PagamentoPrevisto::Si
            && !payment.modalita.iter().any(|m| legal(m.tipo.value))
        {
            out.push(
                Diagnostic::new(
                    Code::PaymentWays,
                    text!(
                        "il servizio si paga, ma non con pagoPA né con F24",
                        "the service is paid for, but neither with pagoPA nor with F24"
                    ),
                )
                .at(payment.previsto.span)
                .hint(text!(
                    "aggiungi fra le `modalita` pagopa_avviso, pagopa_spontaneo o f24 (art. 5 del CAD)",
                    "add pagopa_avviso, pagopa_spontaneo or f24 to `modalita` (art. 5 of the CAD)"
                )),
            );
        }
    }
}

/// `PAG-05`: the accounts that pagoPA uses are not shown in sheets (guidelines on electronic payments).
fn ibans(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    let sheets: Vec<FileId> = judged.site.servizi().map(|(item, _)| item.entry.file).collect();
    let ibans = marked(judged, |m| &m.ibans).filter(|at| sheets.contains(&at.file));
    out.extend(ibans.map(|at| {
        Diagnostic::new(
            Code::PaymentIban,
            text!("qui c'è un conto corrente (IBAN)", "there is a bank account (IBAN) here"),
        )
        .at(at)
        .hint(text!(
            "toglilo: si paga con pagoPA, e gli IBAN stanno in Amministrazione trasparente",
            "remove it: one pays with pagoPA, and IBANs belong to Amministrazione trasparente"
        ))
    }));
}

/// `PAG-06`: the number of a notice is somebody's debt.
fn notices(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    out.extend(marked(judged, |m| &m.notices).map(|at| {
        Diagnostic::new(
            Code::PaymentNotice,
            text!(
                "qui c'è il numero di un avviso di pagamento",
                "there is the number of a payment notice here"
            ),
        )
        .at(at)
        .hint(text!(
            "toglilo: chiunque potrebbe vedere il debito di una persona",
            "remove it: anybody could see what a person owes"
        ))
    }));
}
