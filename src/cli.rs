//! The command line: one file per subcommand, diagnostics rendered here and nowhere else.

mod albo;
mod args;
mod asked;
mod build;
mod check;
mod explain;
mod links;
mod new;
mod output;
mod report;
mod schema;
#[cfg(feature = "serve")]
mod serve;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Args, Command};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Content has errors.
    Content = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// The output folder was refused.
    Refused = 3,
    /// Another build is writing there.
    Busy = 4,
    /// Reading or writing failed.
    Failed = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// A fault of the program is said in one sentence: an editor has no use for a backtrace, unless asked for.
fn speak_plainly() {
    if std::env::var_os("RUST_BACKTRACE").is_some() {
        return;
    }
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        eprintln!(
            "Campanile ha un difetto ({place}): il sito pubblicato è rimasto com'era. Segnala questa riga a chi lo sviluppa.\n\
             Campanile has a fault ({place}): the published site was left as it was. Please report this line."
        );
    }));
}

/// Runs the command line. A fault of the program ends as a failure (5), never with a code of its own.
pub fn main() -> ExitCode {
    speak_plainly();
    std::panic::catch_unwind(run).unwrap_or(Exit::Failed).into()
}

fn run() -> Exit {
    let words = std::env::args_os().skip(1).map(|w| w.to_string_lossy().into_owned());
    let help = args::lang_of(words);
    let matches = match args::command(help).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let asked = !error.use_stderr();
            // Nothing can be done if the terminal is gone.
            let _ = error.print();
            return if asked { Exit::Done } else { Exit::Usage };
        }
    };
    let Ok(args) = Args::from_arg_matches(&matches) else { return Exit::Usage };
    let lang = args.lang();
    match args.command {
        Command::Build(ref command) => build::run(command, lang),
        Command::Check(ref command) => check::run(command, lang),
        #[cfg(feature = "serve")]
        Command::Serve(ref command) => serve::run(command, lang),
        Command::Report(ref command) => report::run(command, lang),
        Command::Links(ref command) => links::run(command, lang),
        Command::Albo(ref command) => albo::run(command, lang),
        Command::Schema(ref command) => schema::run(command, lang),
        Command::New(ref command) => new::run(command, lang),
        Command::Explain(ref command) => explain::run(command, lang),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut args::command(lang), "campanile", &mut std::io::stdout());
            Exit::Done
        }
        Command::Man => match clap_mangen::Man::new(args::command(lang)).render(&mut std::io::stdout()) {
            Ok(()) => Exit::Done,
            Err(_) => Exit::Failed,
        },
    }
}
