//! What a command works on: a Comune finds its workspace, with shared providers and catalogue, by looking upwards.

use std::path::{Path, PathBuf};

/// The folder to read and the Comuni asked for.
pub struct Asked {
    /// Root of the workspace, or of a Comune without one.
    pub root: PathBuf,
    /// The Comuni; all if empty.
    pub only: Vec<String>,
    /// The one Comune was asked for by its own folder.
    pub alone: bool,
}

impl Asked {
    /// Of the folder and the Comuni named on the command line.
    pub fn of(dir: &Path, only: &[String]) -> Self {
        match workspace_of(dir) {
            Some((root, slug)) => Asked { root, only: vec![slug], alone: true },
            None => Asked { root: dir.to_owned(), only: only.to_vec(), alone: false },
        }
    }
}

/// The workspace of `WORKSPACE/comuni/SLUG`, and the slug.
fn workspace_of(dir: &Path) -> Option<(PathBuf, String)> {
    let dir = dir.join("comune.yaml").is_file().then(|| dir.canonicalize().ok())??;
    let comuni = dir.parent().filter(|p| p.file_name().is_some_and(|name| name == "comuni"))?;
    let root = comuni.parent().filter(|root| root.join("consorzio.yaml").is_file())?;
    Some((root.to_owned(), dir.file_name()?.to_str()?.to_owned()))
}

/// Today in Italy, where publication dates are meant.
pub fn today() -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::get("Europe/Rome").unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::now().to_zoned(zone).date()
}
