//! What a Comune decides about findings in `controlli`: which become errors, which are accepted until a day and why.

use jiff::civil::Date;

use crate::config::{Controlli, Ignorato};
use crate::diagnostic::{Code, Diagnostic, Severity, Spanned, nearest};
use crate::text;

/// Applies the choices to findings; choices that have lapsed, hide nothing or name no code become findings themselves.
pub fn apply(choices: &Controlli, now: Date, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut hidden = vec![0usize; choices.ignora.len()];
    let mut kept = Vec::new();
    for mut d in found {
        let valid =
            |ignored: &Spanned<Ignorato>| ignored.value.fino_al.value >= now && covers(&ignored.value, &d);
        if let Some(n) = choices.ignora.iter().position(valid) {
            hidden[n] += 1;
            continue;
        }
        if choices.errore_se.iter().any(|code| names(&code.value.0, d.code)) {
            d.severity = Severity::Error;
        }
        kept.push(d);
    }
    for (ignored, hidden) in choices.ignora.iter().zip(hidden) {
        kept.extend(useless(ignored, hidden, now));
    }
    let written = choices.errore_se.iter().chain(choices.ignora.iter().map(|i| &i.value.codice));
    kept.extend(written.filter_map(|code| unknown(&code.value.0).map(|d| d.at(code.span))));
    kept
}

/// Whether a code as written names this one: itself, or a family (`TES`, `A11Y`, `C.SI.1.3`).
fn names(written: &str, code: Code) -> bool {
    code.name().strip_prefix(written).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']))
}

fn covers(ignored: &Ignorato, d: &Diagnostic) -> bool {
    let page = ignored.pagina.as_ref().map(|page| &page.value.0);
    names(&ignored.codice.value.0, d.code)
        && page.is_none_or(|page| d.pages.iter().all(|p| p == page) && !d.pages.is_empty())
}

fn useless(ignored: &Spanned<Ignorato>, hidden: usize, now: Date) -> Option<Diagnostic> {
    let code = &ignored.value.codice.value.0;
    let last = &ignored.value.fino_al;
    unknown(code).is_none().then_some(())?;
    if last.value < now {
        let day = last.value;
        return Some(
            Diagnostic::new(
                Code::CheckIgnored,
                text!("{code} era da ignorare fino al {day}", "{code} was to be ignored until {day}"),
            )
            .at(last.span)
            .hint(text!("correggi il difetto, o rinnova la data", "cure the fault, or renew the date")),
        );
    }
    (hidden == 0).then(|| {
        Diagnostic::new(
            Code::CheckIgnored,
            text!("{code} è da ignorare ma non compare più", "{code} is to be ignored but no longer appears"),
        )
        .at(ignored.value.codice.span)
        .hint(text!("togli questa voce", "remove this entry"))
    })
}

fn unknown(written: &str) -> Option<Diagnostic> {
    if Code::ALL.iter().any(|code| names(written, *code)) {
        return None;
    }
    let near = nearest(written, Code::ALL.iter().map(|c| c.name()));
    let d = Diagnostic::new(
        Code::CheckIgnored,
        text!("il codice {written} non esiste", "there is no code {written}"),
    );
    Some(match near {
        Some(near) => d.hint(text!("forse volevi scrivere {near}", "did you mean {near}?")),
        None => d.hint(text!(
            "i codici sono elencati da `campanile explain`",
            "`campanile explain` lists the codes"
        )),
    })
}
