//! `PRV-01`: no person's tax code in contents or file names.

use super::Judged;
use crate::codes::CodiceFiscalePersona;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;

pub fn judge(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    let allowed = &judged.site.config.written.codici_personali_ammessi;
    let flagged =
        |code: &CodiceFiscalePersona| allowed.iter().all(|a| !a.value.0.eq_ignore_ascii_case(code.as_str()));
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
    let named = |path: &str| CodiceFiscalePersona::find(path).iter().any(|(_, code)| flagged(code));
    let names = judged.site.media.named().map(str::to_owned);
    let names = names.chain(judged.files.iter().map(|(file, _)| judged.texts.get(*file).path.clone()));
    out.extend(names.filter(|path| named(path)).map(|path| finding().in_file(path)));
}
