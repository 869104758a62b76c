//! What a user may type.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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

impl Args {
    /// The language of messages: by flag, else by the locale, else Italian.
    pub fn lang(&self) -> Lang {
        match self.lang {
            Some(LangArg::It) => Lang::It,
            Some(LangArg::En) => Lang::En,
            None => {
                let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                    .iter()
                    .filter_map(|v| std::env::var(v).ok())
                    .find(|v| !v.is_empty());
                if locale.is_some_and(|l| l.starts_with("en")) { Lang::En } else { Lang::It }
            }
        }
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Costruisce il sito di un Comune o di tutti i Comuni di una cartella di lavoro.
    Build(BuildArgs),
    /// Crea un sito nuovo, completo e già costruibile.
    New(NewArgs),
    /// Spiega un codice di errore, con un esempio e il rimedio.
    Explain(ExplainArgs),
    /// Scrive i completamenti per la shell.
    Completions {
        /// La shell: bash, zsh, fish…
        shell: clap_complete::Shell,
    },
    /// Scrive la pagina di manuale.
    Man,
}

/// Form of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Format {
    /// Per le persone.
    #[default]
    Human,
    /// Un oggetto JSON.
    Json,
}

/// `campanile build`
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// Cartella del Comune (con comune.yaml) o di lavoro (con consorzio.yaml).
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Cartella di uscita (se manca: DIR/public).
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Indirizzo a cui starà il sito, anche con un percorso (se manca: https://dominio).
    #[arg(long, value_name = "URL")]
    pub base_url: Option<url::Url>,
    /// Giorno a cui valutare pubblicazioni e scadenze, AAAA-MM-GG (se manca: oggi).
    #[arg(long, value_name = "DATA")]
    pub now: Option<jiff::civil::Date>,
    /// Pubblica anche le bozze.
    #[arg(long)]
    pub drafts: bool,
    /// Solo questo Comune della cartella di lavoro (si può ripetere).
    #[arg(long, value_name = "NOME")]
    pub comune: Vec<String>,
    /// Quanti lavori in parallelo (se manca: quanti sono i processori).
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Forma dei messaggi.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Non comprime l'HTML.
    #[arg(long)]
    pub no_minify: bool,
    /// Tratta gli avvisi come errori.
    #[arg(long)]
    pub strict: bool,
    /// Mostra i tempi di ogni fase.
    #[arg(short, long)]
    pub verbose: bool,
    /// Non scrive il riassunto.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `campanile new`
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// Cartella da creare.
    pub dir: PathBuf,
    /// Nome del Comune, per esempio "Comune di Esempio".
    #[arg(long)]
    pub nome: Option<String>,
    /// Dominio del sito, per esempio www.comune.esempio.tn.it.
    #[arg(long)]
    pub dominio: Option<String>,
    /// Sigla della provincia, per esempio TN.
    #[arg(long)]
    pub provincia: Option<String>,
    /// CAP.
    #[arg(long)]
    pub cap: Option<String>,
    /// Codice ISTAT, sei cifre.
    #[arg(long)]
    pub codice_istat: Option<String>,
    /// Codice catastale, una lettera e tre cifre.
    #[arg(long)]
    pub codice_catastale: Option<String>,
    /// Codice fiscale dell'ente, undici cifre.
    #[arg(long)]
    pub codice_fiscale: Option<String>,
}

/// `campanile explain`
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Il codice, per esempio CAM-02; senza codice, l'elenco.
    pub code: Option<String>,
}
