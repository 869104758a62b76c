//! What a user may type: the words before a subcommand here, the flags shared by several in `shared`, each subcommand in `commands`.

mod commands;
mod english;
mod shared;

pub use commands::*;
pub use english::command;
pub use shared::Format;

use clap::{Parser, ValueEnum};

use crate::diagnostic::Lang;

/// Genera siti comunali conformi al Modello Comuni da file YAML e Markdown.
#[derive(Debug, Parser)]
#[command(name = "campanile", version, propagate_version = true)]
pub struct Args {
    /// Lingua dei messaggi: it o en (altrimenti quella del sistema).
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LangArg {
    It,
    En,
}

/// The language asked for on the command line, before it is parsed: the help needs it.
pub fn lang_of(mut words: impl Iterator<Item = String>) -> Lang {
    while let Some(word) = words.next() {
        match word.as_str() {
            "--lang=en" => return Lang::En,
            "--lang=it" => return Lang::It,
            "--lang" => return if words.next().as_deref() == Some("en") { Lang::En } else { Lang::It },
            _ => {}
        }
    }
    locale()
}

fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|v| std::env::var(v).ok())
        .find(|v| !v.is_empty());
    if set.is_some_and(|l| l.starts_with("en")) { Lang::En } else { Lang::It }
}

impl Args {
    /// The language of messages: by flag, else by the locale, else Italian.
    pub fn lang(&self) -> Lang {
        match self.lang {
            Some(LangArg::It) => Lang::It,
            Some(LangArg::En) => Lang::En,
            None => locale(),
        }
    }
}
