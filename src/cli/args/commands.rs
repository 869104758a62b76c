//! What each subcommand takes.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::shared::{Format, Manner, Place, SiteArgs};

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Costruisce il sito di un Comune o di tutti i Comuni di una cartella di lavoro.
    Build(BuildArgs),
    /// Mostra il sito in anteprima e lo aggiorna a ogni modifica; su questo computer soltanto.
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    /// Giudica le pagine: criteri ufficiali, accessibilità, linguaggio, riservatezza, aggiornamento. Non scrive nulla.
    Check(CheckArgs),
    /// Scrive il fascicolo di conformità: criteri, prove, contenuti, che cosa è cambiato.
    Report(ReportArgs),
    /// Chiede in rete se rispondono gli indirizzi di servizi, pagamenti e altri collegamenti.
    Links(LinksArgs),
    /// Tiene e verifica il registro delle pubblicazioni all'albo pretorio.
    Albo(AlboArgs),
    /// Crea un sito nuovo, completo e già costruibile, o un contenuto di un sito.
    New(NewArgs),
    /// Scrive gli schemi che aiutano l'editor di testo a completare e controllare i file.
    Schema(SchemaArgs),
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

/// `campanile build`
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// What to build.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Cartella di uscita (se manca: DIR/public).
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Non comprime l'HTML.
    #[arg(long)]
    pub no_minify: bool,
    /// How findings are shown.
    #[command(flatten)]
    pub manner: Manner,
}

/// `campanile serve`
#[cfg(feature = "serve")]
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// What is shown.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Porta su cui rispondere (se manca: la prima libera da 8000).
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Nome o indirizzo di questo computer, per farsi vedere anche da altri (se manca: solo da qui).
    #[arg(long, value_name = "NOME")]
    pub host: Option<String>,
    /// Apre il sito nel browser.
    #[arg(long)]
    pub open: bool,
    /// Cartella di un tema in lavorazione: i suoi modelli (templates/) stanno al posto di quelli del programma.
    #[arg(long, value_name = "DIR")]
    pub theme: Option<PathBuf>,
    /// Controlla i file di continuo: per dischi di rete, WSL, cartelle condivise.
    #[arg(long)]
    pub poll: bool,
    /// Indirizzo che apre un file nell'editor, con {file}, {riga} e {colonna}.
    #[arg(long, value_name = "URL", default_value = "vscode://file{file}:{riga}:{colonna}")]
    pub editor: String,
    /// Mostra i tempi di ogni modifica.
    #[arg(short, long)]
    pub verbose: bool,
    /// Scrive solo gli errori.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `campanile check`
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// What to judge.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Mostra tutti i messaggi, non solo i primi di ogni codice.
    #[arg(long)]
    pub tutti: bool,
    /// Tace i difetti già noti, scritti in questo file.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Scrive in questo file i difetti di oggi, come già noti.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// How findings are shown.
    #[command(flatten)]
    pub manner: Manner,
}

/// `campanile report`
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// What to judge.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Cartella in cui scrivere fascicolo.html e fascicolo.json (se manca: fascicolo).
    #[arg(long, value_name = "DIR", default_value = "fascicolo")]
    pub output: PathBuf,
    /// Fascicolo precedente con cui confrontare (se manca: quello che è già nella cartella).
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// Non scrive il riassunto.
    #[arg(short, long)]
    pub quiet: bool,
}

/// Which addresses are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Only {
    /// Servizi, pagamenti e funzioni del sito.
    Access,
    /// Anche gli altri collegamenti.
    #[default]
    All,
}

/// `campanile links`
#[derive(Debug, clap::Args)]
pub struct LinksArgs {
    /// Whose addresses are asked.
    #[command(flatten)]
    pub place: Place,
    /// Quali indirizzi: access (servizi, pagamenti e funzioni) o all (tutti).
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub only: Only,
    /// Quanti siti interrogare insieme; ognuno riceve sempre una richiesta alla volta.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub jobs: u16,
    /// Secondi entro cui ogni richiesta deve avere risposta.
    #[arg(long, value_name = "SECONDI", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=120))]
    pub timeout: u16,
    /// Ore per cui un indirizzo trovato vivo non viene chiesto di nuovo.
    #[arg(long, value_name = "ORE", default_value_t = 24, value_parser = clap::value_parser!(u16).range(0..=8760))]
    pub max_age: u16,
    /// Chiede di nuovo tutto e non ricorda nulla.
    #[arg(long)]
    pub no_cache: bool,
    /// Forma dei messaggi.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Fallisce anche se non funziona un collegamento che non è accesso né pagamento.
    #[arg(long)]
    pub strict: bool,
    /// Elenca tutti gli indirizzi, anche quelli che funzionano.
    #[arg(short, long)]
    pub verbose: bool,
    /// Non scrive il resoconto.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `campanile albo`
#[derive(Debug, clap::Args)]
pub struct AlboArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: AlboCommand,
}

/// What `campanile albo` does.
#[derive(Debug, Subcommand)]
pub enum AlboCommand {
    /// Scrive nel registro gli atti che non ci sono ancora, con il numero e l'impronta di ciascuno.
    Pubblica(PubblicaArgs),
    /// Verifica che registro e atti non siano cambiati dopo la pubblicazione.
    Verify(RegisterArgs),
}

/// `campanile albo pubblica`
#[derive(Debug, clap::Args)]
pub struct PubblicaArgs {
    /// The register and the form of the findings.
    #[command(flatten)]
    pub register: RegisterArgs,
    /// Registra la correzione di un atto già pubblicato: il nome del suo file, senza .md.
    #[arg(long, value_name = "ATTO", requires = "motivo")]
    pub rettifica: Option<String>,
    /// Perché l'atto è stato corretto.
    #[arg(long, value_name = "TESTO", requires = "rettifica")]
    pub motivo: Option<String>,
}

/// What the commands of the register work on: all that `campanile albo verify` takes.
#[derive(Debug, clap::Args)]
pub struct RegisterArgs {
    /// Whose register.
    #[command(flatten)]
    pub place: Place,
    /// Forma dei messaggi.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `campanile new`
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// Cartella da creare per un sito nuovo, oppure il tipo di un contenuto da aggiungere: servizio, notizia, evento…
    #[arg(value_name = "CARTELLA|TIPO")]
    pub cosa: PathBuf,
    /// Titolo del contenuto.
    pub titolo: Option<String>,
    /// Cartella del sito a cui aggiungere il contenuto.
    #[arg(long, default_value = ".")]
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

/// `campanile schema`
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// Cartella del Comune (con comune.yaml) o di lavoro (con consorzio.yaml).
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Cartella in cui scrivere (se manca: DIR/.campanile/schema).
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Mostra un solo schema e non scrive niente: un tipo di contenuto, comune, consorzio o catalogo.
    #[arg(long, value_name = "TIPO", conflicts_with = "output")]
    pub stdout: Option<String>,
}

/// `campanile explain`
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Il codice, per esempio CAM-02; senza codice, l'elenco.
    pub code: Option<String>,
}
