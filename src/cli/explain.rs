//! `campanile explain CODE`: what a finding means, an example, the cure.

use super::Exit;
use super::args::ExplainArgs;
use crate::diagnostic::{Code, Lang, Severity, nearest};

/// Runs the command.
pub fn run(args: &ExplainArgs, lang: Lang) -> Exit {
    let Some(written) = &args.code else {
        for code in Code::ALL {
            println!("{}  {}", code.name(), title(*code, lang));
        }
        return Exit::Done;
    };
    let Some(code) = Code::from_name(written) else {
        let near = nearest(written, Code::ALL.iter().map(|c| c.name()));
        match (lang, near) {
            (Lang::It, Some(near)) => {
                eprintln!("Il codice {written} non esiste. Forse volevi scrivere {near}.");
            }
            (Lang::It, None) => {
                eprintln!("Il codice {written} non esiste. Scrivi `campanile explain` per l'elenco.");
            }
            (Lang::En, Some(near)) => eprintln!("There is no code {written}. Did you mean {near}?"),
            (Lang::En, None) => {
                eprintln!("There is no code {written}. Type `campanile explain` for the list.");
            }
        }
        return Exit::Usage;
    };
    let e = code.explanation();
    let (severity, example, cure) = match (lang, code.severity()) {
        (Lang::It, Severity::Error) => ("errore", "Esempio", e.rimedio.as_str()),
        (Lang::It, Severity::Warning) => ("avviso", "Esempio", e.rimedio.as_str()),
        (Lang::It, Severity::Hint) => ("consiglio", "Esempio", e.rimedio.as_str()),
        (Lang::En, s) => (s.name(), "Example", e.cure.as_str()),
    };
    println!("{} ({severity}): {}\n\n{cure}\n\n{example}:\n", code.name(), title(code, lang));
    for line in e.esempio.lines() {
        println!("    {line}");
    }
    Exit::Done
}

fn title(code: Code, lang: Lang) -> &'static str {
    match lang {
        Lang::It => &code.explanation().titolo,
        Lang::En => &code.explanation().title,
    }
}
