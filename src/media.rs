//! Pictures and attachments that published contents name: each read once, judged, freed of what was written beside it, and pictures
//! made in the widths that pages show.
//!
//! A picture that pages only show is published in those widths alone; one that a page links to, whole and under its own path as well.

pub mod cache;
pub mod pdf;
mod pictures;
mod strip;
mod svg;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::field::Named;
use crate::content::types::slugify;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::limits::Limits;
use crate::load::{self, SiteFiles};
use crate::site::Site;
use crate::source::Source;
use crate::text;
use cache::Cache;
use pdf::Pdf;
use pictures::{Format, Made};

/// Where other widths are published: addresses under `assets/` never change what they hold.
const FOLDER: &str = "assets/immagini";

/// A picture as published.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its file, the widest one: path from the root of the output.
    pub path: String,
    /// Width of that file in CSS pixels, upright.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The widths in its own format, from narrow to wide; empty when there is one alone.
    pub candidates: Vec<Candidate>,
    /// The widths in WebP, when that weighs less.
    pub modern: Vec<Candidate>,
}

/// One width of a picture.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Path from the root of the output.
    pub path: String,
    /// Pixels.
    pub width: u32,
}

/// A file of `media/` that contents name.
#[derive(Debug, Clone, Default)]
pub struct MediaFile {
    /// Bytes of the file under its own path; 0 for a picture that is published in other widths alone.
    pub size: usize,
    /// How it is shown, for pictures.
    pub picture: Option<Picture>,
    /// What is known of it, for PDF files.
    pub pdf: Option<Pdf>,
}

/// The files of `media/` that contents name, by path relative to the site (`media/lago.svg`), and what is published of them.
#[derive(Debug, Clone, Default)]
pub struct Media {
    files: BTreeMap<String, MediaFile>,
    output: BTreeMap<String, Arc<[u8]>>,
}

impl Media {
    /// The file at a path, if some content names it.
    pub fn get(&self, path: &str) -> Option<&MediaFile> {
        self.files.get(path)
    }

    /// The picture at a path.
    pub fn picture(&self, path: &str) -> Option<&Picture> {
        self.get(path)?.picture.as_ref()
    }

    /// The file that stands for a picture where there is no choice of widths: path from the root of the output.
    pub fn picture_path(&self, path: &str) -> Option<&str> {
        self.picture(path).map(|p| p.path.as_str())
    }

    /// Paths of the files that contents name, sorted.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What is published: path relative to the output, bytes.
    pub fn output(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.output.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }
}

/// File name extensions of attachments.
const ATTACHMENTS: [&str; 20] = [
    "pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "doc", "xls", "csv", "zip", "txt", "xml", "json",
    "rtf", "p7m", "ics", "mp3", "m4a", "ogg",
];

/// The extension of a path, lower case.
pub fn extension(path: &str) -> String {
    path.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

/// The extension that a file should have by its first bytes, where they tell it.
fn told_by_content(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("jpg"),
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        [b'%', b'P', b'D', b'F', ..] => Some("pdf"),
        [b'P', b'K', 3, 4, ..] => Some("zip"),
        _ => None,
    }
}

/// Whether a file whose first bytes tell `told` may bear `extension`. What ends in a format that tells itself must be one; what
/// does not (`csv`, `doc`…) may begin as it likes, unless it is a picture or a PDF.
fn fits(extension: &str, told: Option<&str>) -> bool {
    let zipped = ["odt", "ods", "odp", "docx", "xlsx", "pptx", "zip"];
    match (extension, told) {
        ("jpeg", told) => told == Some("jpg"),
        ("jpg" | "png" | "gif" | "webp" | "pdf", told) => told == Some(extension),
        (extension, told) if zipped.contains(&extension) => told == Some("zip"),
        (_, told) => matches!(told, None | Some("zip")),
    }
}

/// How contents use a file.
#[derive(Debug, Clone, Copy)]
struct Use {
    /// The first place that names it.
    at: Span,
    /// Some page shows it as a picture.
    shown: bool,
    /// Some page, or the frame of all, needs it under its own path.
    linked: bool,
}

/// Files that contents and configuration name and that exist; each missing one is pushed to `out` at the first place that names it.
#[derive(Debug, Default)]
pub struct Wanted {
    files: BTreeMap<String, Use>,
}

impl Wanted {
    /// The first place that names a file.
    pub fn first(&self, path: &str) -> Option<Span> {
        self.files.get(path).map(|how| how.at)
    }

    /// Of a site whose folder holds `present`.
    pub fn of(site: &Site, present: &[String], out: &mut Vec<Diagnostic>) -> Self {
        let frame = site.config.media().map(|m| (m.value.0.clone(), m.span, false));
        let mut named: Vec<(String, Span, bool)> = frame.collect();
        for item in site.items() {
            named.extend(item.entry.references().iter().filter_map(|r| match &r.to {
                Named::Media(path) => Some((path.clone(), r.span, false)),
                Named::Picture(path) => Some((path.clone(), r.span, true)),
                _ => None,
            }));
        }
        let present: BTreeSet<&str> = present.iter().map(String::as_str).collect();
        let mut wanted = Wanted::default();
        let mut missing = BTreeSet::new();
        for (path, at, shown) in named {
            if present.contains(path.as_str()) {
                let one = wanted.files.entry(path).or_insert(Use { at, shown: false, linked: false });
                one.shown |= shown;
                one.linked |= !shown;
            } else if missing.insert(path.clone()) {
                let d = Diagnostic::new(
                    Code::MediaMissing,
                    text!("non c'è il file {path}", "file {path} is missing"),
                )
                .at(at);
                out.push(match nearest(&path, present.iter().copied()) {
                    Some(near) => d.hint(text!("forse volevi scrivere {near}", "did you mean {near}?")),
                    None => d.hint(text!("copia il file in media/", "copy the file into media/")),
                });
            }
        }
        wanted
    }
}

/// What making pictures needs besides them.
#[derive(Debug, Clone, Copy)]
pub struct Workshop<'a> {
    /// What earlier builds made.
    pub cache: &'a dyn Cache,
    /// Bounds.
    pub limits: Limits,
}

/// What was made of each file by the last run of a session, with the version of the file and how it was used.
#[derive(Debug, Default)]
pub struct Memo {
    made: HashMap<String, (u64, Use, Published)>,
}

impl Memo {
    fn get(&self, path: &str, version: u64, how: Use) -> Option<Published> {
        let (made_of, used, published) = self.made.get(path)?;
        let same = *made_of == version && (used.shown, used.linked) == (how.shown, how.linked);
        same.then(|| published.clone())
    }
}

/// Reads the files that contents name and makes what is published of them, in parallel. Each faulty one is pushed to `out` at the
/// first place that names it.
pub fn collect(
    wanted: &Wanted,
    files: &SiteFiles,
    source: &dyn Source,
    workshop: Workshop<'_>,
    memo: &mut Memo,
    out: &mut Vec<Diagnostic>,
) -> Media {
    let one = |(path, how): (&String, &Use)| {
        let full = if files.dir.is_empty() { path.clone() } else { format!("{}/{path}", files.dir) };
        let version = source.version(&full);
        if let Some(known) = version.and_then(|version| memo.get(path, version, *how)) {
            return Ok((version, known));
        }
        let bytes = load::bytes(source, &full)?;
        let published = workshop.publish(path, bytes, *how).map_err(|fault| fault.at(how.at))?;
        Ok((version, published))
    };
    let made: Vec<Result<(Option<u64>, Published), Diagnostic>> = wanted.files.par_iter().map(one).collect();
    let mut media = Media::default();
    let mut known = HashMap::new();
    for ((path, how), result) in wanted.files.iter().zip(made) {
        match result {
            Ok((version, published)) => {
                out.extend(published.warnings.iter().cloned().map(|w| w.at(how.at)));
                media.files.insert(path.clone(), published.file.clone());
                media.output.extend(published.output.iter().cloned());
                known.extend(version.map(|version| (path.clone(), (version, *how, published))));
            }
            Err(fault) => out.push(fault),
        }
    }
    memo.made = known;
    media
}

/// What comes of one file.
#[derive(Debug, Clone, Default)]
struct Published {
    file: MediaFile,
    output: Vec<(String, Arc<[u8]>)>,
    warnings: Vec<Diagnostic>,
}

impl Workshop<'_> {
    fn publish(&self, path: &str, bytes: Vec<u8>, how: Use) -> Result<Published, Diagnostic> {
        let extension = extension(path);
        let picture = extension == "svg" || Format::from_extension(&extension).is_some();
        if !(picture || !how.shown && ATTACHMENTS.contains(&extension.as_str())) {
            return Err(not_published(&extension, how.shown));
        }
        if extension == "svg" {
            let (bytes, (width, height)) = svg::read(&bytes)?;
            let picture =
                Picture { path: path.to_owned(), width, height, candidates: Vec::new(), modern: Vec::new() };
            return Ok(Published::whole(path, bytes, Some(picture)));
        }
        let told = told_by_content(&bytes);
        if !fits(&extension, told) {
            return Err(misnamed(path, &extension, told));
        }
        match Format::from_extension(&extension) {
            Some(format) => self.picture(path, format, &bytes, how),
            None if extension == "pdf" => {
                let pdf = pdf::read(&bytes, self.limits);
                let published = Published::whole(path, bytes, None);
                let file = MediaFile { pdf, ..published.file };
                let warnings = file.pdf.as_ref().and_then(|pdf| not_for_everybody(path, pdf));
                Ok(Published { warnings: warnings.into_iter().collect(), file, ..published })
            }
            None => Ok(Published::whole(path, bytes, None)),
        }
    }

    fn picture(&self, path: &str, format: Format, bytes: &[u8], how: Use) -> Result<Published, Diagnostic> {
        let (width, height) = pictures::dimensions(format, bytes).ok_or_else(|| broken(path))?;
        let (pixels, limit) = (u64::from(width) * u64::from(height), self.limits.picture_pixels());
        if pixels > limit {
            return Err(too_large(path, width, height, limit));
        }
        let key = key(format, how, bytes);
        let known = self.cache.get(&key).and_then(|packed| Made::unpack(&packed));
        let made = if let Some(made) = known {
            made
        } else {
            let made = pictures::make(format, bytes, how.shown, how.linked).ok_or_else(|| broken(path))?;
            self.cache.put(&key, &made.pack());
            made
        };
        Ok(Published::picture(path, format, &key, made))
    }
}

/// What the files made from a picture depend on.
fn key(format: Format, how: Use, bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    let parameters = format!("{} {format:?} {} {}\n", pictures::VERSION, how.shown, how.linked);
    hasher.update(parameters.as_bytes()).update(bytes).finalize().to_string()
}

impl Published {
    fn whole(path: &str, bytes: Vec<u8>, picture: Option<Picture>) -> Self {
        Published {
            file: MediaFile { size: bytes.len(), picture, pdf: None },
            output: vec![(path.to_owned(), bytes.into())],
            warnings: Vec::new(),
        }
    }

    fn picture(path: &str, format: Format, key: &str, made: Made) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default();
        let stem = slugify(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let mut published = Published::default();
        let mut picture = Picture {
            path: path.to_owned(),
            width: 0,
            height: 0,
            candidates: Vec::new(),
            modern: Vec::new(),
        };
        if let Some(whole) = made.whole {
            (picture.width, picture.height) = (whole.width, whole.height);
            published.file.size = whole.bytes.len();
            published.output.push((path.to_owned(), whole.bytes.into()));
        }
        for one in made.renditions {
            let extension = if one.modern { Format::Webp } else { format }.extension();
            let path = format!("{FOLDER}/{stem}-{}-{}.{extension}", &key[..12], one.width);
            if !one.modern {
                (picture.path, picture.width, picture.height) = (path.clone(), one.width, one.height);
            }
            let list = if one.modern { &mut picture.modern } else { &mut picture.candidates };
            list.push(Candidate { path: path.clone(), width: one.width });
            published.output.push((path, one.bytes.into()));
        }
        published.file.picture = Some(picture);
        published
    }
}

fn not_published(extension: &str, shown: bool) -> Diagnostic {
    let message = if shown {
        text!("un file .{extension} non è un'immagine", "a .{extension} file is no picture")
    } else {
        text!("il tipo di file .{extension} non si pubblica", "files of type .{extension} are not published")
    };
    let hint = if shown {
        text!("usa un'immagine jpg, png, webp, gif o svg", "use a jpg, png, webp, gif or svg picture")
    } else {
        text!(
            "usa un'immagine o un documento in formato aperto",
            "use a picture or a document in an open format"
        )
    };
    Diagnostic::new(Code::MediaType, message).hint(hint)
}

fn broken(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MediaBroken,
        text!(
            "{path} non è un'immagine leggibile: è rovinata o incompleta",
            "{path} is not a readable picture: it is damaged or cut off"
        ),
    )
    .hint(text!("aprila e salvala di nuovo", "open it and save it again"))
}

fn misnamed(path: &str, extension: &str, told: Option<&str>) -> Diagnostic {
    let message = match told {
        Some(told) => text!(
            "{path} non è un file .{extension}: dentro è un .{told}",
            "{path} is not a .{extension} file: inside it is a .{told}"
        ),
        None => text!("{path} non è un file .{extension}", "{path} is not a .{extension} file"),
    };
    Diagnostic::new(Code::MediaName, message).hint(text!(
        "aprilo con il suo programma e salvalo di nuovo nel formato giusto",
        "open it with its own program and save it again in the right format"
    ))
}

fn too_large(path: &str, width: u32, height: u32, limit: u64) -> Diagnostic {
    let millions = limit / 1_000_000;
    Diagnostic::new(
        Code::MediaPixels,
        text!(
            "{path} ha {width} × {height} punti: più di {millions} milioni",
            "{path} has {width} × {height} pixels: more than {millions} million"
        ),
    )
    .hint(text!(
        "riducila (per il web bastano 2000 punti di larghezza), o alza i limiti con --limits",
        "reduce it (2000 pixels of width are enough for the web), or raise the bounds with --limits"
    ))
}

/// The warning about a PDF that some people cannot read.
fn not_for_everybody(path: &str, pdf: &Pdf) -> Option<Diagnostic> {
    let found = match pdf {
        Pdf::Read(found, _) => found,
        Pdf::Protected => {
            let message = text!("{path} è protetto da una password", "{path} is protected by a password");
            let hint = text!(
                "salvalo di nuovo senza password: un documento pubblico si deve poter aprire",
                "save it again without password: everybody must be able to open a public document"
            );
            return Some(Diagnostic::new(Code::PdfUnreadable, message).hint(hint));
        }
        Pdf::Damaged => {
            let message = text!("{path} è un PDF rovinato", "{path} is a damaged PDF");
            let hint = text!(
                "esportalo di nuovo dal programma con cui è stato scritto",
                "export it again from the program in which it was written"
            );
            return Some(Diagnostic::new(Code::PdfUnreadable, message).hint(hint));
        }
    };
    let parts = [
        (found.tagged, "i tag", "tags"),
        (found.titled, "il titolo", "a title"),
        (found.language, "la lingua", "a language"),
    ];
    let missing: Vec<_> = parts.into_iter().filter(|(there, ..)| !there).collect();
    let (it, en): (Vec<&str>, Vec<&str>) = missing.iter().map(|(_, it, en)| (*it, *en)).unzip();
    let (it, en) = (it.join(", "), en.join(", "));
    (!missing.is_empty()).then(|| {
        Diagnostic::new(
            Code::PdfAccessibility,
            text!("al PDF {path} mancano: {it}", "the PDF {path} lacks: {en}"),
        )
        .hint(text!(
            "esportalo di nuovo come PDF accessibile (in LibreOffice: Esporta nel formato PDF, «PDF/UA»; in Word: Salva come PDF, Opzioni, «Tag di struttura»)",
            "export it again as an accessible PDF (in LibreOffice: Export as PDF, “PDF/UA”; in Word: Save as PDF, Options, “structure tags”)"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_contents() {
        for (extension, told) in
            [("jpeg", Some("jpg")), ("png", Some("png")), ("docx", Some("zip")), ("csv", None), ("p7m", None)]
        {
            assert!(fits(extension, told), "{extension} {told:?}");
        }
        for (extension, told) in
            [("jpg", Some("png")), ("png", None), ("docx", None), ("pdf", Some("zip")), ("csv", Some("pdf"))]
        {
            assert!(!fits(extension, told), "{extension} {told:?}");
        }
    }
}
