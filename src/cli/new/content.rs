//! `campanile new TYPE "Title"`: a content file of that type, commented, in its folder.

use std::io::{self, Write};
use std::path::Path;

use super::super::args::NewArgs;
use super::super::asked::today;
use super::super::{Exit, schema};
use crate::content::Kind;
use crate::content::types::{is_slug, slugify};
use crate::diagnostic::{Lang, nearest};
use crate::schema::{Known, content};
use crate::source::{Disk, Source};
use crate::vocab;
use crate::vocab::trasparenza::albero;

type Complaint = (String, String);

/// Runs the command for a type.
pub fn run(kind: Kind, args: &NewArgs, lang: Lang) -> Exit {
    let say = |(it, en): Complaint| eprintln!("{}", if lang == Lang::It { it } else { en });
    let name = kind.name();
    let Some(title) = args.titolo.as_deref().map(str::trim).filter(|t| !t.is_empty()) else {
        say((
            format!(
                "Manca il titolo: scrivi per esempio campanile new {name} \"Titolo\". Per una cartella che si chiama così: ./{name}"
            ),
            format!(
                "The title is missing: type for example campanile new {name} \"Title\". For a folder of that name: ./{name}"
            ),
        ));
        return Exit::Usage;
    };
    let source = Disk::new(&args.dir);
    if !source.exists("comune.yaml") {
        let shown = args.dir.display();
        say((
            format!("In {shown} non c'è comune.yaml: indica la cartella del sito con --dir."),
            format!("There is no comune.yaml in {shown}: name the folder of the site with --dir."),
        ));
        return Exit::Usage;
    }
    let slug = match slug(kind, title) {
        Ok(slug) => slug,
        Err(complaint) => {
            say(complaint);
            return Exit::Usage;
        }
    };
    let path = format!("{}/{slug}.md", kind.folder());
    let text = Known::of(&source, "").map(|known| content(kind, title, &known, today()));
    match text.and_then(|text| create(&args.dir.join(&path), &text)) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            say((
                format!("{path} esiste già: non tocco niente. Scegli un altro titolo."),
                format!("{path} exists already: nothing was touched. Choose another title."),
            ));
            return Exit::Refused;
        }
        Err(error) => {
            say((format!("Non riesco a scrivere {path}: {error}"), format!("Cannot write {path}: {error}")));
            return Exit::Failed;
        }
    }
    say((
        format!(
            "Creato {path}, come bozza. Riscrivi ciò che è da completare, poi togli la riga `bozza: true`."
        ),
        format!(
            "Created {path}, a draft. Rewrite what is “da completare”, then remove the line `bozza: true`."
        ),
    ));
    if let Err(error) = schema::refresh(&args.dir) {
        say((
            format!("Gli schemi per l'editor non sono aggiornati: {error}"),
            format!("The schemas for the editor were not renewed: {error}"),
        ));
    }
    Exit::Done
}

/// The name of the file: that of the topic or section where the type wants one, else the title's words.
fn slug(kind: Kind, title: &str) -> Result<String, Complaint> {
    let slug = slugify(title);
    let unknown = |what: (&str, &str), near: Option<&str>| {
        let (it, en) = near.map_or_else(Default::default, |n| {
            (format!(" Forse volevi scrivere «{n}»."), format!(" Did you mean “{n}”?"))
        });
        (format!("«{title}» non è {}.{it}", what.0), format!("“{title}” is not {}.{en}", what.1))
    };
    match kind {
        Kind::Argomento => {
            let topics = vocab::get("argomenti");
            let found = topics.find(title).or_else(|| topics.find(&slug)).map(|v| v.slug.clone());
            let near = nearest(title, topics.all().map(|v| v.nome.as_str()));
            found.ok_or_else(|| {
                unknown(("un argomento dell'elenco nazionale", "a topic of the national list"), near)
            })
        }
        Kind::Trasparenza => {
            let tree = albero();
            let near = nearest(title, tree.sezioni.iter().map(|s| s.titolo.as_str()));
            match tree.find(&slug) {
                Ok(section) => Ok(section.slug.clone()),
                Err(_) => Err(unknown(
                    (
                        "una sezione di Amministrazione trasparente",
                        "a section of Amministrazione trasparente",
                    ),
                    near,
                )),
            }
        }
        _ if is_slug(&slug) => Ok(slug),
        _ => Err((
            format!("Da «{title}» non viene un nome di file: usa lettere e cifre, senza «www» né «http»."),
            format!("“{title}” gives no file name: use letters and digits, without “www” nor “http”."),
        )),
    }
}

/// Never over a file that exists.
fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::File::create_new(path)?.write_all(text.as_bytes())
}
