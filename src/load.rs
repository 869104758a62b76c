//! `load`: finds the Comuni of a folder and reads their text files, decoded and normalised. The only stage, with `write`,
//! that touches the disk.
//!
//! A folder with `comune.yaml` is a Comune, one with `consorzio.yaml` a workspace whose Comuni stand in `comuni/`.

use crate::content::Kind;
use crate::content::types::is_slug;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Severity, SourceFiles, Text};
use crate::limits::Limits;
use crate::source::{EntryKind, MAX_MEDIA, Source, Template};
use crate::text;

/// Language codes that may follow a slug: `slug.de.md`.
const LANGUAGES: [&str; 4] = ["it", "de", "en", "lld"];

/// A content file, not yet parsed.
#[derive(Debug, Clone)]
pub struct ContentFile {
    /// Its type, from the folder.
    pub kind: Kind,
    /// Its slug, from the name.
    pub slug: String,
    /// Its text.
    pub file: FileId,
}

/// The files of one Comune.
#[derive(Debug, Clone)]
pub struct SiteFiles {
    /// Folder name in a workspace; empty for a Comune alone.
    pub slug: String,
    /// Its folder relative to the source's root; empty for a Comune alone.
    pub dir: String,
    /// `comune.yaml`.
    pub config: FileId,
    /// Content files, sorted by path.
    pub contents: Vec<ContentFile>,
    /// Files in `media/`, relative to the Comune.
    pub media: Vec<String>,
    /// The publication log of the register of acts.
    pub registro: Option<FileId>,
    /// Template overrides: name relative to `templates/`, text.
    pub templates: Vec<(String, FileId)>,
    /// Files copied as they are: path relative to `static/`.
    pub statics: Vec<String>,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts, for diagnostics.
    pub files: SourceFiles,
    /// Whether the folder is a workspace.
    pub workspace: bool,
    /// `consorzio.yaml`.
    pub consorzio: Option<FileId>,
    /// Templates of a theme under work: name, text.
    pub theme: Vec<(String, FileId)>,
    /// Sheets of the shared catalogue.
    pub catalogue: Vec<ContentFile>,
    /// The Comuni.
    pub sites: Vec<SiteFiles>,
}

/// Reads a folder, each text within `limits`. `only` keeps the Comuni of those names (all when empty). Of the texts that an earlier
/// run has read, `known`, those that the source says unchanged are not read again.
pub fn load(
    source: &dyn Source,
    only: &[String],
    limits: Limits,
    known: SourceFiles,
    out: &mut Diagnostics,
) -> Loaded {
    let mut loaded = Loaded { files: known, ..Loaded::default() };
    let mut loader = Loader { source, limits, files: &mut loaded.files, out };
    loaded.theme = loader.theme();
    if source.exists("comune.yaml") {
        loaded.sites.extend(loader.site("", ""));
        return loaded;
    }
    if !source.exists("consorzio.yaml") {
        out.push(
            Diagnostic::new(
                Code::ConfigMissing,
                text!(
                    "qui non c'è né comune.yaml né consorzio.yaml",
                    "there is neither comune.yaml nor consorzio.yaml here"
                ),
            )
            .hint(text!(
                "indica la cartella del sito, oppure creane uno con `campanile new CARTELLA`",
                "name the site's folder, or create one with `campanile new DIR`"
            )),
        );
        return loaded;
    }
    loaded.workspace = true;
    loaded.consorzio = loader.text("consorzio.yaml");
    loaded.catalogue = loader.folder("catalogo", Kind::Servizio);
    let names = source.folders("comuni").unwrap_or_default();
    for wanted in only.iter().filter(|o| !names.contains(o)) {
        loader.out.push(
            Diagnostic::new(
                Code::ConfigMissing,
                text!("in comuni/ non c'è `{wanted}`", "there is no `{wanted}` in comuni/"),
            )
            .in_file(format!("comuni/{wanted}")),
        );
    }
    for name in names.iter().filter(|n| only.is_empty() || only.contains(n)) {
        let dir = format!("comuni/{name}");
        if source.exists(&format!("{dir}/comune.yaml")) {
            loaded.sites.extend(loader.site(name, &dir));
        }
    }
    loaded
}

/// Reads the bytes of a picture, attachment or static file.
pub fn bytes(source: &dyn Source, path: &str) -> Result<Vec<u8>, Diagnostic> {
    source.read(path, MAX_MEDIA).map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::FileUnreadable,
        text!("il file non si può leggere: {error}", "the file cannot be read: {error}"),
    )
    .in_file(path)
    .hint(text!(
        "controlla che esista, i permessi e la dimensione",
        "check that it exists, its permissions and size"
    ))
}

struct Loader<'a> {
    source: &'a dyn Source,
    limits: Limits,
    files: &'a mut SourceFiles,
    out: &'a mut Diagnostics,
}

impl Loader<'_> {
    fn theme(&mut self) -> Vec<(String, FileId)> {
        let templates = match self.source.theme(self.limits.text_bytes()) {
            Ok(templates) => templates,
            Err(error) => {
                self.out.push(unreadable("templates", &error));
                return Vec::new();
            }
        };
        let read = |t: Template| Some((t.name, self.files.add(printable(&t.path), decode(t.bytes).ok()?)));
        templates.into_iter().filter_map(read).collect()
    }

    fn site(&mut self, slug: &str, dir: &str) -> Option<SiteFiles> {
        let join = |name: &str| if dir.is_empty() { name.to_owned() } else { format!("{dir}/{name}") };
        let config = self.text(&join("comune.yaml"))?;
        let contents = Kind::ALL.into_iter().flat_map(|kind| self.folder(dir, kind)).collect();
        let strip = |path: String, folder: &str| path[join(folder).len() + 1..].to_owned();
        let media = self
            .regular(&join("media"))
            .into_iter()
            .map(|p| format!("media/{}", strip(p, "media")))
            .collect();
        let statics = self.regular(&join("static")).into_iter().map(|p| strip(p, "static")).collect();
        let templates = self
            .regular(&join("templates"))
            .into_iter()
            .filter(|p| p.ends_with(".html"))
            .filter_map(|p| self.text(&p).map(|file| (strip(p, "templates"), file)))
            .collect();
        let registro = join(crate::albo::REGISTRO);
        let registro = self.source.exists(&registro).then(|| self.within(&registro, MAX_MEDIA)).flatten();
        Some(SiteFiles {
            registro,
            slug: slug.to_owned(),
            dir: dir.to_owned(),
            config,
            contents,
            media,
            templates,
            statics,
        })
    }

    /// Regular files below a folder; links and special files get a warning and are left out.
    fn regular(&mut self, folder: &str) -> Vec<String> {
        let entries = match self.source.list(folder, &[]) {
            Ok(entries) => entries,
            Err(error) => {
                self.out.push(unreadable(folder, &error));
                return Vec::new();
            }
        };
        let mut paths = Vec::new();
        for entry in entries {
            match entry.kind {
                EntryKind::File => paths.push(entry.path),
                EntryKind::Special => self.out.push(
                    Diagnostic::new(
                        Code::FileNotRegular,
                        text!("collegamento o file speciale ignorato", "link or special file ignored"),
                    )
                    .in_file(printable(&entry.path))
                    .hint(text!("copia qui il file vero", "copy the real file here")),
                ),
            }
        }
        paths
    }

    fn folder(&mut self, dir: &str, kind: Kind) -> Vec<ContentFile> {
        let folder =
            if dir.is_empty() { kind.folder().to_owned() } else { format!("{dir}/{}", kind.folder()) };
        let paths = self.regular(&folder);
        paths.into_iter().filter_map(|path| self.content(&folder, kind, &path)).collect()
    }

    fn content(&mut self, folder: &str, kind: Kind, path: &str) -> Option<ContentFile> {
        let name = &path[folder.len() + 1..];
        let Some(stem) = name.strip_suffix(".md").filter(|s| !s.contains('/')) else {
            self.out.push(
                Diagnostic::new(
                    Code::FileMisplaced,
                    text!("questo file non viene pubblicato", "this file is not published"),
                )
                .in_file(printable(path))
                .hint(text!(
                    "qui vanno solo file `nome.md`; immagini e allegati in media/",
                    "only `name.md` files belong here; pictures and attachments in media/"
                )),
            );
            return None;
        };
        if let Some((_, lang)) = stem.rsplit_once('.')
            && LANGUAGES.contains(&lang)
        {
            self.out.push(
                Diagnostic::new(
                    Code::FileLanguage,
                    text!(
                        "la lingua `{lang}` non è attiva nel sito",
                        "language `{lang}` is not active on the site"
                    ),
                )
                .in_file(printable(path))
                .hint(text!(
                    "togli il file o aggiungi la lingua a `lingue` in comune.yaml",
                    "remove the file or add the language to `lingue` in comune.yaml"
                )),
            );
            return None;
        }
        if !is_slug(stem) {
            let suggestion = crate::content::types::slugify(stem).replace("http", "").replace("www", "");
            let suggestion = suggestion.trim_matches('-');
            self.out.push(
                Diagnostic::new(
                    Code::FileSlug,
                    text!(
                        "il nome del file non può diventare un indirizzo",
                        "the file name cannot become an address"
                    ),
                )
                .in_file(printable(path))
                .hint(text!(
                    "rinominalo, per esempio `{suggestion}.md`",
                    "rename it, for example `{suggestion}.md`"
                )),
            );
            return None;
        }
        let slug = stem.to_owned();
        self.text(path).map(|file| ContentFile { kind, slug, file })
    }

    /// Reads one text file: UTF-8, byte-order mark and carriage returns removed.
    fn text(&mut self, path: &str) -> Option<FileId> {
        self.within(path, self.limits.text_bytes())
    }

    /// The same, of at most `bytes`.
    fn within(&mut self, path: &str, bytes: u64) -> Option<FileId> {
        let version = self.source.version(path);
        if let Some(file) = self.files.unchanged(&printable(path), version) {
            return Some(file);
        }
        match self.source.read(path, bytes) {
            Ok(bytes) => match decode(bytes) {
                Ok(text) => Some(self.files.add_version(printable(path), text, version)),
                Err(message) => {
                    self.out.push(Diagnostic::new(Code::FileNotUtf8, message).in_file(printable(path)).hint(
                        text!(
                            "nell'editor scegli «Salva con codifica: UTF-8»",
                            "in your editor choose “Save with encoding: UTF-8”"
                        ),
                    ));
                    None
                }
            },
            Err(error) => {
                let special = error.kind() == std::io::ErrorKind::InvalidInput;
                let severity = if special { Severity::Warning } else { Severity::Error };
                self.out.push(unreadable(&printable(path), &error).severity(severity));
                None
            }
        }
    }
}

/// A path as it may be printed: control characters escaped.
pub fn printable(path: &str) -> String {
    if !path.contains(char::is_control) {
        return path.to_owned();
    }
    path.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

/// Decodes a text file, or says why not.
pub fn decode(bytes: Vec<u8>) -> Result<String, Text> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(text!("il file è in UTF-16, serve UTF-8", "the file is UTF-16, UTF-8 is needed"));
    }
    let bytes = match bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    let line_of = |at: usize, bytes: &[u8]| bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        let line = line_of(at, &bytes);
        return Err(text!(
            "alla riga {line} c'è un carattere NUL",
            "there is a NUL character at line {line}"
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
        }
        Err(error) => {
            let line = line_of(error.utf8_error().valid_up_to(), error.as_bytes());
            Err(text!(
                "alla riga {line} c'è un carattere che non è UTF-8",
                "there is a character at line {line} that is not UTF-8"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_normalises_and_refuses() {
        assert_eq!(decode(b"\xEF\xBB\xBFa\r\nb\rc".to_vec()).unwrap(), "a\nb\nc");
        for bad in [&b"\xFF\xFEa\0"[..], b"caff\xE8", b"a\0b"] {
            assert!(decode(bad.to_vec()).is_err());
        }
        assert!(decode(b"uno\ncaff\xE8".to_vec()).unwrap_err().it.contains("riga 2"));
    }
}
