//! Contents that nobody has looked at for long, and providers whose addresses nobody has tried.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::content::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::text;

/// Months after which a content is to be read again, unless `controlli.mesi_aggiornamento` says otherwise.
const MONTHS: u32 = 24;
/// Months after which the addresses of a provider are to be tried again.
const PROVIDER_MONTHS: u32 = 12;

/// Kinds that stay true only if somebody keeps them so: news, acts and events are of their day.
const KEPT: [Kind; 7] = [
    Kind::Servizio,
    Kind::Unita,
    Kind::Luogo,
    Kind::Persona,
    Kind::Pagina,
    Kind::Domanda,
    Kind::PuntoContatto,
];

/// Judges contents and providers on the day of the run.
pub fn judge(site: &Site, out: &mut Vec<Diagnostic>) {
    let asked = site.config.written.controlli.as_ref().and_then(|c| c.mesi_aggiornamento.as_ref());
    let months = asked.map_or(MONTHS, |m| m.value);
    for item in site.items().filter(|item| KEPT.contains(&item.entry.kind)) {
        let common = &item.entry.common;
        let Some(last) = common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref()) else {
            continue;
        };
        if past(last.value, months, site.now) {
            let day = last.value;
            out.push(
                Diagnostic::new(
                    Code::Stale,
                    text!(
                        "«{}» è aggiornato al {day}: più di {months} mesi fa",
                        "“{}” was last updated on {day}: more than {months} months ago",
                        item.titolo
                    ),
                )
                .at(last.span)
                .hint(text!(
                    "rileggilo e scrivi in `data_aggiornamento` il giorno in cui l'hai fatto",
                    "read it again and write in `data_aggiornamento` the day on which you did"
                )),
            );
        }
    }
    let own = site.config.written.fornitori.iter().flat_map(|f| &f.value.0);
    for (name, verified) in
        own.filter_map(|f| Some((&f.chiave.value, f.valore.as_ref()?.value.verificato_il.as_ref()?)))
    {
        if past(verified.value, PROVIDER_MONTHS, site.now) {
            out.push(
                Diagnostic::new(
                    Code::ProviderStale,
                    text!(
                        "gli indirizzi di «{name}» sono stati provati il {}: più di {PROVIDER_MONTHS} mesi fa",
                        "the addresses of “{name}” were tried on {}: more than {PROVIDER_MONTHS} months ago",
                        verified.value
                    ),
                )
                .at(verified.span)
                .hint(text!(
                    "provali con `campanile links` e scrivi qui il giorno",
                    "try them with `campanile links` and write the day here"
                )),
            );
        }
    }
}

fn past(day: Date, months: u32, now: Date) -> bool {
    day.checked_add(i64::from(months).months()).is_ok_and(|end| end < now)
}
