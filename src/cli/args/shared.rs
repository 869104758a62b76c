//! The flags that several commands take, each written once.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use super::super::asked::{Asked, today};
use crate::limits::Limits;
use crate::media::cache::Cache;
use crate::pipeline::Options;

/// Form of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Format {
    /// Per le persone.
    #[default]
    Human,
    /// Un oggetto JSON.
    Json,
    /// SARIF 2.1.0, per gli strumenti di revisione.
    Sarif,
    /// Annotazioni per GitHub Actions.
    Github,
    /// `JUnit`, per i sistemi di integrazione continua.
    Junit,
}

/// The folder that a command reads, and which Comuni of it.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// Cartella del Comune (con comune.yaml) o di lavoro (con consorzio.yaml).
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Solo questo Comune della cartella di lavoro (si può ripetere).
    #[arg(long, value_name = "NOME")]
    pub comune: Vec<String>,
}

impl Place {
    /// The folder and the Comuni asked for.
    pub fn asked(&self) -> Asked {
        Asked::of(&self.dir, &self.comune)
    }
}

/// What is read, and as of which day: the same for every command that makes pages.
#[derive(Debug, clap::Args)]
pub struct SiteArgs {
    /// Where it is.
    #[command(flatten)]
    pub place: Place,
    /// Indirizzo a cui starà il sito, anche con un percorso (se manca: <https://dominio>).
    #[arg(long, value_name = "URL")]
    pub base_url: Option<url::Url>,
    /// Giorno a cui valutare pubblicazioni e scadenze, AAAA-MM-GG (se manca: oggi).
    #[arg(long, value_name = "DATA")]
    pub now: Option<jiff::civil::Date>,
    /// Considera anche le bozze.
    #[arg(long)]
    pub drafts: bool,
    /// Quanti lavori in parallelo (se manca: quanti sono i processori).
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Per quante volte alzare i limiti di sicurezza dei file (da 1 a 20).
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=20))]
    pub limits: u16,
}

impl SiteArgs {
    /// The choices of a run on what was asked for; `cache` remembers pictures.
    pub fn options(&self, asked: &Asked, minify: bool, cache: Arc<dyn Cache>) -> Options {
        Options {
            base_url: self.base_url.clone(),
            below: false,
            now: self.now.unwrap_or_else(today),
            drafts: self.drafts,
            minify,
            only: asked.only.clone(),
            alone: asked.alone,
            limits: Limits::times(self.limits),
            cache,
        }
    }

    /// Does the work with as many threads as asked for.
    pub fn with_jobs<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let pool = self.jobs.and_then(|n| rayon::ThreadPoolBuilder::new().num_threads(n).build().ok());
        match pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// How the findings of a run on pages are shown, and which of them fail it.
#[derive(Debug, clap::Args)]
pub struct Manner {
    /// Forma dei messaggi.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
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
