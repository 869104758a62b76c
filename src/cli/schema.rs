//! `campanile schema`: writes the JSON Schemas of the files of a Comune or of a workspace, where text editors look for them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Exit;
use super::args::SchemaArgs;
use super::asked::Asked;
use crate::content::Kind;
use crate::diagnostic::Lang;
use crate::schema::{self, FOLDER, Known, SNIPPETS};
use crate::source::{Disk, Source};

/// Runs the command.
pub fn run(args: &SchemaArgs, lang: Lang) -> Exit {
    let say = |it: String, en: String| eprintln!("{}", if lang == Lang::It { it } else { en });
    let dir = &args.dir;
    let source = Disk::new(dir);
    let comune = source.exists("comune.yaml");
    if !comune && !source.exists("consorzio.yaml") {
        let shown = dir.display();
        say(
            format!("In {shown} non c'è né comune.yaml né consorzio.yaml: indica la cartella del sito."),
            format!(
                "There is neither comune.yaml nor consorzio.yaml in {shown}: name the folder of the site."
            ),
        );
        return Exit::Usage;
    }
    if let Some(name) = &args.stdout {
        let found = all(dir, comune).map(|all| all.into_iter().find(|(known, _)| *known == file_of(name)));
        return match found {
            Ok(Some((_, schema))) => print(&schema),
            Ok(None) => {
                say(
                    format!("Non c'è uno schema «{name}» qui."),
                    format!("There is no schema “{name}” here."),
                );
                Exit::Usage
            }
            Err(error) => failed(&error, lang),
        };
    }
    let written = if comune {
        let target = args.output.clone().unwrap_or_else(|| dir.join(FOLDER));
        site(dir, &target)
    } else {
        workspace(dir, &source, args.output.as_deref())
    };
    match written {
        Ok(count) => {
            say(
                format!("Scritti {count} schemi. Scrivi di nuovo questo comando quando aggiungi contenuti."),
                format!("{count} schemas written. Run this command again when you add contents."),
            );
            Exit::Done
        }
        Err(error) => failed(&error, lang),
    }
}

/// Writes the schemas of a Comune anew where somebody asked for them once, so that they know the contents of now.
///
/// # Errors
/// A folder that cannot be read or written.
pub fn refresh(dir: &Path) -> io::Result<()> {
    let target = dir.join(FOLDER);
    if target.is_dir() {
        site(dir, &target)?;
    }
    Ok(())
}

/// Writes the schemas of a Comune and its snippets; gives how many schemas there are.
///
/// # Errors
/// A folder that cannot be read or written.
pub fn site(dir: &Path, target: &Path) -> io::Result<usize> {
    let known = known(dir)?;
    let (editor, name) = SNIPPETS;
    if dir.join(editor).is_dir() {
        renew(&dir.join(editor).join(name), &schema::snippets(&known))?;
    }
    write(target, &schema::of_site(&known))
}

/// The name of the file for what was typed: a type is known by its folder.
fn file_of(name: &str) -> &str {
    Kind::from_name(name).map_or(name, |kind| kind.folder())
}

fn all(dir: &Path, comune: bool) -> io::Result<Vec<(&'static str, Value)>> {
    if comune { Ok(schema::of_site(&known(dir)?)) } else { Ok(schema::of_workspace()) }
}

/// What the Comune in a folder may name; its workspace shares its providers.
fn known(dir: &Path) -> io::Result<Known> {
    let mut known = Known::of(&Disk::new(dir), "")?;
    let asked = Asked::of(dir, &[]);
    if asked.alone {
        known.fornitori.extend(schema::providers(&Disk::new(&asked.root), "consorzio.yaml"));
    }
    Ok(known)
}

/// Those of every Comune, and what they share.
fn workspace(dir: &Path, source: &Disk, output: Option<&Path>) -> io::Result<usize> {
    let place = |below: PathBuf| match output {
        Some(output) => output.join(below),
        None => dir.join(below).join(FOLDER),
    };
    let mut count = write(&place(PathBuf::new()), &schema::of_workspace())?;
    for slug in source.folders("comuni")? {
        let comune = Path::new("comuni").join(&slug);
        if source.exists(&format!("comuni/{slug}/comune.yaml")) {
            count += site(&dir.join(&comune), &place(comune))?;
        }
    }
    Ok(count)
}

/// Writes what differs from what is there; gives how many schemas there are.
fn write(folder: &Path, schemas: &[(&str, Value)]) -> io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    for (name, schema) in schemas {
        renew(&folder.join(format!("{name}.json")), &format!("{schema:#}\n"))?;
    }
    Ok(schemas.len())
}

/// Writes a file unless it says that already.
fn renew(path: &Path, text: &str) -> io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    std::fs::write(path, text)
}

fn print(schema: &Value) -> Exit {
    match writeln!(io::stdout(), "{schema:#}") {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Failed,
    }
}

fn failed(error: &io::Error, lang: Lang) -> Exit {
    match lang {
        Lang::It => eprintln!("Non riesco a leggere o a scrivere: {error}"),
        Lang::En => eprintln!("Cannot read or write: {error}"),
    }
    Exit::Failed
}
