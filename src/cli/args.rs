//! What a user may type.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use super::asked::{Asked, today};
use crate::diagnostic::Lang;
use crate::limits::Limits;
use crate::media::cache::Cache;
use crate::pipeline::Options;

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

/// The help in English: commands (`|` between several) and option (`""` for the command itself), text.
const ENGLISH: &[(&str, &str, &str)] = &[
    ("", "", "Builds municipal sites that follow the Modello Comuni from YAML and Markdown files."),
    ("", "lang", "Language of messages: it or en (default: the system's)."),
    ("build", "", "Builds the site of a Comune, or of all Comuni of a workspace."),
    (
        "build|check|report|serve",
        "dir",
        "Folder of the Comune (with comune.yaml) or workspace (with consorzio.yaml).",
    ),
    ("build", "output", "Output folder (default: DIR/public)."),
    (
        "build|check|report|serve",
        "base_url",
        "Address of the site, path included (default: https://dominio).",
    ),
    (
        "build|check|report|serve",
        "now",
        "Day at which publication and expiry are judged, YYYY-MM-DD (default: today).",
    ),
    ("build|check|report|serve", "drafts", "Considers drafts too."),
    ("build|check|report|serve", "comune", "Only this Comune of the workspace (repeatable)."),
    ("build|check|report|serve", "jobs", "How many jobs in parallel (default: as many as processors)."),
    ("build|check|report|serve", "limits", "How many times to raise the safety bounds of files (1 to 20)."),
    ("build|check", "format", "Form of the findings."),
    (
        "check",
        "",
        "Judges the pages: official criteria, accessibility, plain language, privacy, freshness. Writes nothing.",
    ),
    ("serve", "", "Shows the site in preview and follows each change; on this machine alone."),
    ("serve", "port", "Port to answer on (default: the first free one from 8000)."),
    ("serve", "host", "Name or address of this machine, to be seen by others too (default: from here only)."),
    ("serve", "open", "Opens the site in the browser."),
    ("serve", "poll", "Looks at the files again and again: for network disks, WSL, shared folders."),
    ("serve", "editor", "Address that opens a file in the editor, with {file}, {riga} and {colonna}."),
    ("serve", "verbose", "Shows the time of each change."),
    ("serve", "quiet", "Prints errors only."),
    ("report", "", "Writes the conformance dossier: criteria, evidence, contents, what has changed."),
    ("report", "output", "Folder where fascicolo.html and fascicolo.json are written (default: fascicolo)."),
    ("report", "previous", "Previous dossier to compare with (default: the one already in the folder)."),
    ("check", "tutti", "Shows every finding, not only the first of each code."),
    ("check", "baseline", "Is silent about the known faults written in this file."),
    ("check", "write_baseline", "Writes today's faults to this file, as known."),
    ("build", "no_minify", "Does not minify HTML."),
    ("build|check", "strict", "Treats warnings as errors."),
    ("build|check", "verbose", "Shows the time of every stage."),
    ("build|check|report", "quiet", "Does not print the summary."),
    (
        "links",
        "",
        "Asks over the network whether the addresses of services, payments and other links answer.",
    ),
    ("links", "dir", "Folder of the Comune (with comune.yaml) or workspace (with consorzio.yaml)."),
    ("links", "comune", "Only this Comune of the workspace (repeatable)."),
    ("links", "only", "Which addresses: access (services, payments and functions) or all."),
    ("links", "jobs", "How many sites are asked at once; each of them always one request at a time."),
    ("links", "timeout", "Seconds within which each request must be answered."),
    ("links", "max_age", "Hours for which an address found alive is not asked again."),
    ("links", "no_cache", "Asks everything again and remembers nothing."),
    ("links", "format", "Form of the findings."),
    ("links", "strict", "Fails also when a link that is neither access nor payment does not work."),
    ("links", "verbose", "Lists every address, working ones too."),
    ("links", "quiet", "Does not print the report."),
    ("albo", "", "Keeps and verifies the publication log of the register of acts."),
    (
        "albo pubblica",
        "",
        "Adds to the log the acts that are not in it yet, each with its number and fingerprint.",
    ),
    ("albo pubblica", "dir", "Folder of the Comune (with comune.yaml) or workspace (with consorzio.yaml)."),
    ("albo pubblica", "comune", "Only this Comune of the workspace (repeatable)."),
    (
        "albo pubblica",
        "rettifica",
        "Logs the correction of a published act: the name of its file, without .md.",
    ),
    ("albo pubblica", "motivo", "Why the act was corrected."),
    ("albo pubblica", "format", "Form of the findings."),
    ("albo verify", "", "Verifies that log and acts have not changed since publication."),
    ("albo verify", "dir", "Folder of the Comune (with comune.yaml) or workspace (with consorzio.yaml)."),
    ("albo verify", "comune", "Only this Comune of the workspace (repeatable)."),
    ("albo verify", "format", "Form of the findings."),
    ("new", "", "Creates a new site, complete and ready to build, or a new content of a site."),
    (
        "new",
        "cosa",
        "Folder to create for a new site, or the type of a content to add: servizio, notizia, evento…",
    ),
    ("new", "titolo", "Title of the content."),
    ("new", "dir", "Folder of the site to which the content is added."),
    ("new", "nome", "Name of the Comune, for example \"Comune di Esempio\"."),
    ("new", "dominio", "Domain of the site, for example www.comune.esempio.tn.it."),
    ("new", "provincia", "Province, for example TN."),
    ("new", "cap", "Postal code."),
    ("new", "codice_istat", "ISTAT code, six digits."),
    ("new", "codice_catastale", "Cadastral code, a letter and three digits."),
    ("new", "codice_fiscale", "Tax code of the body, eleven digits."),
    ("schema", "", "Writes the schemas with which a text editor completes and checks the files."),
    ("schema", "dir", "Folder of the Comune (with comune.yaml) or workspace (with consorzio.yaml)."),
    ("schema", "output", "Folder to write in (default: DIR/.campanile/schema)."),
    (
        "schema",
        "stdout",
        "Prints one schema and writes nothing: a content type, comune, consorzio or catalogo.",
    ),
    ("explain", "", "Explains a code, with an example and the cure."),
    ("explain", "code", "The code, for example CAM-02; without it, the list."),
    ("completions", "", "Writes the completions for a shell."),
    ("man", "", "Writes the manual page."),
];

/// The command line with its help in the given language.
pub fn command(lang: Lang) -> clap::Command {
    let italian = Args::command();
    if lang == Lang::It {
        return italian;
    }
    let each = |(paths, arg, help): &(&'static str, &'static str, &'static str)| {
        paths.split('|').map(|path| (path, *arg, *help)).collect::<Vec<_>>()
    };
    ENGLISH.iter().flat_map(each).fold(italian, |command, (path, arg, help)| {
        let path: Vec<&str> = path.split_whitespace().collect();
        translated(command, &path, arg, help)
    })
}

/// The help of the command reached by `path`, or of one of its arguments, replaced.
fn translated(command: clap::Command, path: &[&str], arg: &'static str, help: &'static str) -> clap::Command {
    match (path, arg) {
        ([sub, rest @ ..], _) => command.mut_subcommand(*sub, |c| translated(c, rest, arg, help)),
        ([], "") => command.about(help).long_about(None),
        ([], arg) => command.mut_arg(arg, |a| a.help(help)),
    }
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

/// What is read, and as of which day: the same for every command that makes pages.
#[derive(Debug, clap::Args)]
pub struct SiteArgs {
    /// Cartella del Comune (con comune.yaml) o di lavoro (con consorzio.yaml).
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Indirizzo a cui starà il sito, anche con un percorso (se manca: <https://dominio>).
    #[arg(long, value_name = "URL")]
    pub base_url: Option<url::Url>,
    /// Giorno a cui valutare pubblicazioni e scadenze, AAAA-MM-GG (se manca: oggi).
    #[arg(long, value_name = "DATA")]
    pub now: Option<jiff::civil::Date>,
    /// Considera anche le bozze.
    #[arg(long)]
    pub drafts: bool,
    /// Solo questo Comune della cartella di lavoro (si può ripetere).
    #[arg(long, value_name = "NOME")]
    pub comune: Vec<String>,
    /// Quanti lavori in parallelo (se manca: quanti sono i processori).
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Per quante volte alzare i limiti di sicurezza dei file (da 1 a 20).
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=20))]
    pub limits: u16,
}

impl SiteArgs {
    /// The folder and the Comuni asked for.
    pub fn asked(&self) -> Asked {
        Asked::of(&self.dir, &self.comune)
    }

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

/// `campanile build`
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// What to build.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Cartella di uscita (se manca: DIR/public).
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
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
    /// Forma dei messaggi.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Mostra tutti i messaggi, non solo i primi di ogni codice.
    #[arg(long)]
    pub tutti: bool,
    /// Tace i difetti già noti, scritti in questo file.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Scrive in questo file i difetti di oggi, come già noti.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
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
    /// Cartella del Comune (con comune.yaml) o di lavoro (con consorzio.yaml).
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Solo questo Comune della cartella di lavoro (si può ripetere).
    #[arg(long, value_name = "NOME")]
    pub comune: Vec<String>,
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
    Verify(VerifyArgs),
}

/// `campanile albo pubblica`
#[derive(Debug, clap::Args)]
pub struct PubblicaArgs {
    /// Cartella del Comune (con comune.yaml) o di lavoro (con consorzio.yaml).
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Solo questo Comune della cartella di lavoro (si può ripetere).
    #[arg(long, value_name = "NOME")]
    pub comune: Vec<String>,
    /// Registra la correzione di un atto già pubblicato: il nome del suo file, senza .md.
    #[arg(long, value_name = "ATTO", requires = "motivo")]
    pub rettifica: Option<String>,
    /// Perché l'atto è stato corretto.
    #[arg(long, value_name = "TESTO", requires = "rettifica")]
    pub motivo: Option<String>,
    /// Forma dei messaggi.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `campanile albo verify`
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Cartella del Comune (con comune.yaml) o di lavoro (con consorzio.yaml).
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Solo questo Comune della cartella di lavoro (si può ripetere).
    #[arg(long, value_name = "NOME")]
    pub comune: Vec<String>,
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
