//! `campanile new DIR`: a complete starter site, asked for or told by flags, that builds at once.

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::Exit;
use super::args::NewArgs;
use super::build::today;
use crate::codes;
use crate::content::types::slugify;
use crate::diagnostic::Lang;

/// The starter's files, written by `build.rs`: path and content, with `@PLACEHOLDERS@`.
mod starter {
    include!(concat!(env!("OUT_DIR"), "/starter.rs"));
}

/// Runs the command.
pub fn run(args: &NewArgs, lang: Lang) -> Exit {
    let say = |it: String, en: String| eprintln!("{}", if lang == Lang::It { it } else { en });
    let dir = &args.dir;
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
    let result = fill(&staging, values).and_then(|()| std::fs::rename(&staging, dir));
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
        let nome = ask.value(
            args.nome.as_deref(),
            ("Nome dell'ente", "Name of the body"),
            "Comune di Esempio",
            |v| !v.trim().is_empty() && v.chars().count() <= 60 && !v.contains(['"', '\\', '\n']),
        )?;
        let breve = nome.strip_prefix("Comune di ").unwrap_or(&nome).to_owned();
        let provincia = ask.value(
            args.provincia.as_deref(),
            ("Sigla della provincia", "Province"),
            "TN",
            codes::is_provincia,
        )?;
        let host = format!("www.comune.{}.{}.it", slugify(&breve).replace('-', ""), provincia.to_lowercase());
        let dominio =
            ask.value(args.dominio.as_deref(), ("Dominio del sito", "Domain of the site"), &host, |v| {
                v.contains('.')
                    && v.bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-')
            })?;
        let cap = ask.value(args.cap.as_deref(), ("CAP", "Postal code"), "00000", |v| {
            v.len() == 5 && v.bytes().all(|b| b.is_ascii_digit())
        })?;
        let istat = ask.value(
            args.codice_istat.as_deref(),
            ("Codice ISTAT", "ISTAT code"),
            "000000",
            codes::is_istat,
        )?;
        let belfiore = ask.value(
            args.codice_catastale.as_deref(),
            ("Codice catastale", "Cadastral code"),
            "A000",
            codes::is_belfiore,
        )?;
        let fiscale = ask.value(
            args.codice_fiscale.as_deref(),
            ("Codice fiscale dell'ente", "Tax code of the body"),
            "01234560223",
            codes::is_codice_fiscale_ente,
        )?;
        let (regione, regione_url) = region(&provincia);
        let institutional = dominio.strip_prefix("www.").unwrap_or(&dominio).to_owned();
        Ok(Values {
            pairs: vec![
                ("@NOME@", nome),
                ("@NOME_BREVE@", breve),
                ("@DOMINIO@", dominio),
                ("@DOMINIO_ISTITUZIONALE@", institutional),
                ("@PROVINCIA@", provincia),
                ("@CAP@", cap),
                ("@CODICE_ISTAT@", istat),
                ("@CODICE_IPA@", format!("c_{}", belfiore.to_lowercase())),
                ("@CODICE_CATASTALE@", belfiore),
                ("@CODICE_FISCALE@", fiscale),
                ("@REGIONE@", regione.to_owned()),
                ("@REGIONE_URL@", regione_url.to_owned()),
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
    fn value(
        &self,
        flag: Option<&str>,
        name: (&str, &str),
        default: &str,
        check: impl Fn(&str) -> bool,
    ) -> Result<String, Complaint> {
        if let Some(value) = flag {
            return if check(value) {
                Ok(value.to_owned())
            } else {
                Err((
                    format!("{}: il valore «{value}» non va bene.", name.0),
                    format!("{}: the value “{value}” is not valid.", name.1),
                ))
            };
        }
        if !self.interactive {
            return Ok(default.to_owned());
        }
        let label = if self.lang == Lang::It { name.0 } else { name.1 };
        loop {
            eprint!("{label} [{default}]: ");
            let _ = std::io::stderr().flush();
            let mut line = String::new();
            let read = std::io::stdin().read_line(&mut line);
            let answer = line.trim();
            match read {
                Ok(0) | Err(_) => return Ok(default.to_owned()),
                Ok(_) if answer.is_empty() => return Ok(default.to_owned()),
                Ok(_) if check(answer) => return Ok(answer.to_owned()),
                Ok(_) if self.lang == Lang::It => eprintln!("Non va bene: riprova."),
                Ok(_) => eprintln!("Not valid: try again."),
            }
        }
    }
}

/// The region, or autonomous province, of a province and its site.
fn region(provincia: &str) -> (&'static str, &'static str) {
    match provincia {
        "TN" => ("Provincia autonoma di Trento", "https://www.provincia.tn.it"),
        "BZ" => ("Provincia autonoma di Bolzano", "https://www.provincia.bz.it"),
        "AO" => ("Regione autonoma Valle d'Aosta", "https://www.regione.vda.it"),
        "AL" | "AT" | "BI" | "CN" | "NO" | "TO" | "VB" | "VC" => {
            ("Regione Piemonte", "https://www.regione.piemonte.it")
        }
        "BG" | "BS" | "CO" | "CR" | "LC" | "LO" | "MB" | "MI" | "MN" | "PV" | "SO" | "VA" => {
            ("Regione Lombardia", "https://www.regione.lombardia.it")
        }
        "BL" | "PD" | "RO" | "TV" | "VE" | "VI" | "VR" => {
            ("Regione del Veneto", "https://www.regione.veneto.it")
        }
        "GO" | "PN" | "TS" | "UD" => ("Regione autonoma Friuli Venezia Giulia", "https://www.regione.fvg.it"),
        "GE" | "IM" | "SP" | "SV" => ("Regione Liguria", "https://www.regione.liguria.it"),
        "BO" | "FC" | "FE" | "MO" | "PC" | "PR" | "RA" | "RE" | "RN" => {
            ("Regione Emilia-Romagna", "https://www.regione.emilia-romagna.it")
        }
        "AR" | "FI" | "GR" | "LI" | "LU" | "MS" | "PI" | "PO" | "PT" | "SI" => {
            ("Regione Toscana", "https://www.regione.toscana.it")
        }
        "PG" | "TR" => ("Regione Umbria", "https://www.regione.umbria.it"),
        "AN" | "AP" | "FM" | "MC" | "PU" => ("Regione Marche", "https://www.regione.marche.it"),
        "FR" | "LT" | "RI" | "RM" | "VT" => ("Regione Lazio", "https://www.regione.lazio.it"),
        "AQ" | "CH" | "PE" | "TE" => ("Regione Abruzzo", "https://www.regione.abruzzo.it"),
        "CB" | "IS" => ("Regione Molise", "https://www.regione.molise.it"),
        "AV" | "BN" | "CE" | "NA" | "SA" => ("Regione Campania", "https://www.regione.campania.it"),
        "BA" | "BR" | "BT" | "FG" | "LE" | "TA" => ("Regione Puglia", "https://www.regione.puglia.it"),
        "MT" | "PZ" => ("Regione Basilicata", "https://www.regione.basilicata.it"),
        "CS" | "CZ" | "KR" | "RC" | "VV" => ("Regione Calabria", "https://www.regione.calabria.it"),
        "AG" | "CL" | "CT" | "EN" | "ME" | "PA" | "RG" | "SR" | "TP" => {
            ("Regione Siciliana", "https://www.regione.sicilia.it")
        }
        "CA" | "NU" | "OR" | "SS" | "SU" => {
            ("Regione autonoma della Sardegna", "https://www.regione.sardegna.it")
        }
        _ => ("Portale del Governo italiano", "https://www.governo.it"),
    }
}
