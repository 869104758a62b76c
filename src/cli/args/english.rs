//! The help in English: that of the declarations is Italian, as most who type are.

use clap::CommandFactory;

use super::Args;
use crate::diagnostic::Lang;

/// The help in English: commands (`|` between several) and option (`""` for the command itself), text.
const ENGLISH: &[(&str, &str, &str)] = &[
    ("", "", "Builds municipal sites that follow the Modello Comuni from YAML and Markdown files."),
    ("", "lang", "Language of messages: it or en (default: the system's)."),
    ("build", "", "Builds the site of a Comune, or of all Comuni of a workspace."),
    (
        "build|check|report|serve|links|albo pubblica|albo verify|schema",
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
    (
        "build|check|report|serve|links|albo pubblica|albo verify",
        "comune",
        "Only this Comune of the workspace (repeatable).",
    ),
    ("build|check|report|serve", "jobs", "How many jobs in parallel (default: as many as processors)."),
    ("build|check|report|serve", "limits", "How many times to raise the safety bounds of files (1 to 20)."),
    ("build|check|links|albo pubblica|albo verify", "format", "Form of the findings."),
    (
        "check",
        "",
        "Judges the pages: official criteria, accessibility, plain language, privacy, freshness. Writes nothing.",
    ),
    ("serve", "", "Shows the site in preview and follows each change; on this machine alone."),
    ("serve", "port", "Port to answer on (default: the first free one from 8000)."),
    ("serve", "host", "Name or address of this machine, to be seen by others too (default: from here only)."),
    ("serve", "open", "Opens the site in the browser."),
    (
        "serve",
        "theme",
        "Folder of a theme under work: its templates (templates/) stand for those of the program.",
    ),
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
    ("links", "only", "Which addresses: access (services, payments and functions) or all."),
    ("links", "jobs", "How many sites are asked at once; each of them always one request at a time."),
    ("links", "timeout", "Seconds within which each request must be answered."),
    ("links", "max_age", "Hours for which an address found alive is not asked again."),
    ("links", "no_cache", "Asks everything again and remembers nothing."),
    ("links", "strict", "Fails also when a link that is neither access nor payment does not work."),
    ("links", "verbose", "Lists every address, working ones too."),
    ("links", "quiet", "Does not print the report."),
    ("albo", "", "Keeps and verifies the publication log of the register of acts."),
    (
        "albo pubblica",
        "",
        "Adds to the log the acts that are not in it yet, each with its number and fingerprint.",
    ),
    (
        "albo pubblica",
        "rettifica",
        "Logs the correction of a published act: the name of its file, without .md.",
    ),
    ("albo pubblica", "motivo", "Why the act was corrected."),
    ("albo verify", "", "Verifies that log and acts have not changed since publication."),
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
