//! `campanile new DIR`: a complete starter site, asked for or told by flags, that builds at once. `campanile new TYPE` is in `content`.

mod content;

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::Exit;
use super::args::NewArgs;
use super::asked::today;
use crate::codes::{Belfiore, Cap, CodiceFiscaleEnte, Ipa, Istat, Provincia};
use crate::content::Kind;
use crate::content::types::slugify;
use crate::diagnostic::Lang;
use crate::schema::FOLDER;

/// The starter's files, written by `build.rs`: path and content, with `@PLACEHOLDERS@`.
mod starter {
    include!(concat!(env!("OUT_DIR"), "/starter.rs"));
}

/// Runs the command: a type makes a content, anything else a site.
pub fn run(args: &NewArgs, lang: Lang) -> Exit {
    let say = |it: String, en: String| eprintln!("{}", if lang == Lang::It { it } else { en });
    if let Some(kind) = args.cosa.to_str().and_then(Kind::from_name) {
        return content::run(kind, args, lang);
    }
    let dir = &args.cosa;
    if args.titolo.is_some() {
        let (written, types) = (dir.display(), Kind::ALL.map(Kind::name).join(", "));
        say(
            format!("«{written}» non è un tipo di contenuto. I tipi sono: {types}."),
            format!("“{written}” is no content type. The types are: {types}."),
        );
        return Exit::Usage;
    }
    if dir.symlink_metadata().is_ok() && !is_empty_folder(dir) {
        let shown = dir.display();
        say(
            format!("La cartella {shown} esiste già e non è vuota: non tocco niente. Scegli un altro nome."),
            format!("The folder {shown} exists and is not empty: nothing was touched. Choose another name."),
        );
        return Exit::Refused;
    }
    let values = match Values::gather(args, lang) {
        Ok(values) => values,
        Err((it, en)) => {
            say(it, en);
            return Exit::Usage;
        }
    };
    if let Err(error) = write(dir, &values) {
        let shown = dir.display();
        say(
            format!("Non riesco a scrivere in {shown}: {error}"),
            format!("Cannot write in {shown}: {error}"),
        );
        return Exit::Failed;
    }
    let shown = dir.display();
    say(
        format!(
            "Creato {shown}. Ora prova: campanile build {shown}\nPoi cerca «da completare» nei file e scrivi i dati del tuo Comune."
        ),
        format!(
            "Created {shown}. Now try: campanile build {shown}\nThen look for “da completare” in the files and fill in the data."
        ),
    );
    Exit::Done
}

fn is_empty_folder(dir: &Path) -> bool {
    std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none())
}

/// Writes beside the target and renames, so that an interrupted run leaves no half site.
fn write(dir: &Path, values: &Values) -> std::io::Result<()> {
    let parent = dir.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)?;
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let staging = parent.join(format!(".{name}.campanile-new-{}", std::process::id()));
    let filled = fill(&staging, values).and_then(|()| super::schema::site(&staging, &staging.join(FOLDER)));
    let result = filled.and_then(|_| std::fs::rename(&staging, dir));
    if result.is_err() {
        // The error that matters is the first one.
        let _ = std::fs::remove_dir_all(&staging);
    }
    result
}

fn fill(dir: &Path, values: &Values) -> std::io::Result<()> {
    for (path, bytes) in starter::FILES {
        let path = dir.join(if *path == "gitignore" { ".gitignore" } else { path });
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => std::fs::write(path, values.replace(text))?,
            Err(_) => std::fs::write(path, bytes)?,
        }
    }
    Ok(())
}

/// What the starter needs to know about the Comune.
struct Values {
    pairs: Vec<(&'static str, String)>,
}

type Complaint = (String, String);

impl Values {
    fn gather(args: &NewArgs, lang: Lang) -> Result<Self, Complaint> {
        let ask =
            Asker { lang, interactive: std::io::stdin().is_terminal() && std::io::stderr().is_terminal() };
        let text = |sound: bool, v: &str| sound.then(|| v.to_owned());
        let nome = ask.value(
            args.nome.as_deref(),
            ("Nome dell'ente", "Name of the body"),
            "Comune di Esempio",
            |v| text(!v.trim().is_empty() && v.chars().count() <= 60 && !v.contains(['"', '\\', '\n']), v),
        )?;
        let breve = nome.strip_prefix("Comune di ").unwrap_or(&nome).to_owned();
        let provincia =
            ask.value(args.provincia.as_deref(), ("Sigla della provincia", "Province"), "TN", |v| {
                Provincia::parse(v).ok()
            })?;
        let sigla = provincia.as_str().to_lowercase();
        let host = format!("www.comune.{}.{sigla}.it", slugify(&breve).replace('-', ""));
        let in_host = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
        let dominio =
            ask.value(args.dominio.as_deref(), ("Dominio del sito", "Domain of the site"), &host, |v| {
                text(v.contains('.') && v.bytes().all(in_host), v)
            })?;
        let cap = ask.value(args.cap.as_deref(), ("CAP", "Postal code"), "00000", |v| Cap::parse(v).ok())?;
        let istat =
            ask.value(args.codice_istat.as_deref(), ("Codice ISTAT", "ISTAT code"), "000000", |v| {
                Istat::parse(v).ok()
            })?;
        let belfiore = ask.value(
            args.codice_catastale.as_deref(),
            ("Codice catastale", "Cadastral code"),
            "A000",
            |v| Belfiore::parse(v).ok(),
        )?;
        let fiscale = ask.value(
            args.codice_fiscale.as_deref(),
            ("Codice fiscale dell'ente", "Tax code of the body"),
            "01234560223",
            |v| CodiceFiscaleEnte::parse(v).ok(),
        )?;
        let regione = provincia.regione();
        let institutional = dominio.strip_prefix("www.").unwrap_or(&dominio).to_owned();
        Ok(Values {
            pairs: vec![
                ("@NOME@", nome),
                ("@NOME_BREVE@", breve),
                ("@DOMINIO@", dominio),
                ("@DOMINIO_ISTITUZIONALE@", institutional),
                ("@PROVINCIA@", provincia.to_string()),
                ("@CAP@", cap.to_string()),
                ("@CODICE_ISTAT@", istat.to_string()),
                ("@CODICE_IPA@", Ipa::of_comune(&belfiore).to_string()),
                ("@CODICE_CATASTALE@", belfiore.to_string()),
                ("@CODICE_FISCALE@", fiscale.to_string()),
                ("@REGIONE@", regione.nome.to_owned()),
                ("@REGIONE_URL@", regione.sito.to_owned()),
                ("@OGGI@", today().to_string()),
            ],
        })
    }

    fn replace(&self, text: &str) -> String {
        self.pairs.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

/// Asks for a value on a terminal; elsewhere takes the flag or the default.
struct Asker {
    lang: Lang,
    interactive: bool,
}

impl Asker {
    fn value<T>(
        &self,
        flag: Option<&str>,
        name: (&str, &str),
        default: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Complaint> {
        let told = |value: &str| {
            read(value).ok_or_else(|| {
                (
                    format!("{}: il valore «{value}» non va bene.", name.0),
                    format!("{}: the value “{value}” is not valid.", name.1),
                )
            })
        };
        if flag.is_some() || !self.interactive {
            return told(flag.unwrap_or(default));
        }
        let label = if self.lang == Lang::It { name.0 } else { name.1 };
        loop {
            eprint!("{label} [{default}]: ");
            let _ = std::io::stderr().flush();
            let mut line = String::new();
            // The end of the input and a fault leave the line empty: the default, too.
            let _ = std::io::stdin().read_line(&mut line);
            match line.trim() {
                "" => return told(default),
                answer => match read(answer) {
                    Some(value) => return Ok(value),
                    None if self.lang == Lang::It => eprintln!("Non va bene: riprova."),
                    None => eprintln!("Not valid: try again."),
                },
            }
        }
    }
}
