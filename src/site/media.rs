//! Pictures and attachments that published contents name: bytes, size, dimensions, and the checks on untrusted SVG.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Site;
use crate::content::field::Named;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::load::{self, SiteFiles};
use crate::source::Source;
use crate::text;

/// A file of `media/`.
#[derive(Debug, Clone)]
pub struct MediaFile {
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// Width and height in CSS pixels, for pictures.
    pub dimensions: Option<(u32, u32)>,
}

/// The files that the site publishes, by path relative to the site (`media/lago.svg`).
#[derive(Debug, Clone, Default)]
pub struct Media {
    files: BTreeMap<String, MediaFile>,
}

/// File name extensions of pictures.
const PICTURES: [&str; 6] = ["svg", "png", "jpg", "jpeg", "webp", "gif"];
/// File name extensions of attachments.
const ATTACHMENTS: [&str; 20] = [
    "pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "doc", "xls", "csv", "zip", "txt", "xml", "json",
    "rtf", "p7m", "ics", "mp3", "m4a", "ogg",
];

impl Media {
    /// The file at a path, if published.
    pub fn get(&self, path: &str) -> Option<&MediaFile> {
        self.files.get(path)
    }

    /// Every file, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &MediaFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }
}

/// The extension of a path, lower case.
pub fn extension(path: &str) -> String {
    path.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

/// Reads every media file that contents and configuration name; each fault once, at the first place that names it.
pub fn collect(site: &Site, files: &SiteFiles, source: &dyn Source, out: &mut Vec<Diagnostic>) -> Media {
    let mut named: Vec<(String, Span)> = site.config.media().map(|m| (m.value.0.clone(), m.span)).collect();
    for item in &site.items {
        named.extend(item.entry.references().into_iter().filter_map(|r| match r.to {
            Named::Media(path) => Some((path, r.span)),
            _ => None,
        }));
    }
    let present: BTreeSet<&str> = files.media.iter().map(String::as_str).collect();
    let mut media = Media::default();
    let mut seen = BTreeSet::new();
    for (path, at) in named {
        if !present.contains(path.as_str()) {
            let d = Diagnostic::new(
                Code::MediaMissing,
                text!("non c'è il file {path}", "file {path} is missing"),
            )
            .at(at);
            out.push(match nearest(&path, present.iter().copied()) {
                Some(near) => d.hint(text!("forse volevi scrivere {near}", "did you mean {near}?")),
                None => d.hint(text!("copia il file in media/", "copy the file into media/")),
            });
            continue;
        }
        if !seen.insert(path.clone()) {
            continue;
        }
        let full = if files.dir.is_empty() { path.clone() } else { format!("{}/{path}", files.dir) };
        match load::bytes(source, &full) {
            Err(diagnostic) => out.push(diagnostic),
            Ok(bytes) => match examine(&path, &bytes) {
                Ok(dimensions) => {
                    media.files.insert(path, MediaFile { bytes: bytes.into(), dimensions });
                }
                Err(diagnostic) => out.push(diagnostic.at(at)),
            },
        }
    }
    media
}

/// The dimensions of a picture, or what is wrong with the file.
fn examine(path: &str, bytes: &[u8]) -> Result<Option<(u32, u32)>, Diagnostic> {
    let extension = extension(path);
    if extension == "svg" {
        return svg_dimensions(bytes).map(Some);
    }
    if PICTURES.contains(&extension.as_str()) {
        return match imagesize::blob_size(bytes) {
            Ok(size) => {
                let pixels = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                Ok(Some((pixels(size.width), pixels(size.height))))
            }
            Err(_) => Err(Diagnostic::new(
                Code::MediaBroken,
                text!("{path} non è un'immagine leggibile", "{path} is not a readable picture"),
            )
            .hint(text!("aprila e salvala di nuovo", "open it and save it again"))),
        };
    }
    if ATTACHMENTS.contains(&extension.as_str()) {
        return Ok(None);
    }
    Err(Diagnostic::new(
        Code::MediaType,
        text!("il tipo di file .{extension} non si pubblica", "files of type .{extension} are not published"),
    )
    .hint(text!(
        "usa un'immagine o un documento in formato aperto",
        "use a picture or a document in an open format"
    )))
}

/// Checks that an SVG cannot run or fetch anything even when opened by itself, and gives its size.
fn svg_dimensions(bytes: &[u8]) -> Result<(u32, u32), Diagnostic> {
    let unsafe_svg = |what: &str| {
        Diagnostic::new(
            Code::MediaSvg,
            text!("l'immagine SVG contiene `{what}`", "the SVG picture contains `{what}`"),
        )
        .hint(text!("esportala di nuovo come «SVG semplice»", "export it again as “plain SVG”"))
    };
    let broken = || {
        Diagnostic::new(
            Code::MediaBroken,
            text!("l'immagine SVG non si può leggere", "the SVG picture cannot be read"),
        )
        .hint(text!("aprila e salvala di nuovo", "open it and save it again"))
    };
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
    let tree = roxmltree::Document::parse(text).map_err(|_| broken())?;
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name().to_ascii_lowercase();
        if matches!(
            name.as_str(),
            "script"
                | "foreignobject"
                | "iframe"
                | "embed"
                | "object"
                | "audio"
                | "video"
                | "handler"
                | "set"
                | "animate"
        ) {
            return Err(unsafe_svg(&format!("<{name}>")));
        }
        for attribute in node.attributes() {
            let (key, value) = (attribute.name().to_ascii_lowercase(), attribute.value().trim());
            if key.starts_with("on")
                || (key == "href" && !value.starts_with('#'))
                || value.to_ascii_lowercase().contains("javascript:")
            {
                return Err(unsafe_svg(&key));
            }
            if value.to_ascii_lowercase().replace(' ', "").contains("url(")
                && !value.replace(' ', "").contains("url(#")
            {
                return Err(unsafe_svg("url(…)"));
            }
        }
        if name == "style"
            && node
                .text()
                .is_some_and(|t| t.contains("@import") || t.contains("url(") || t.contains("expression"))
        {
            return Err(unsafe_svg("@import"));
        }
    }
    let root = tree.root_element();
    let number =
        |s: &str| s.trim().trim_end_matches("px").parse::<f64>().ok().filter(|n| *n >= 1.0 && *n < 100_000.0);
    let sides =
        root.attribute("width").and_then(number).zip(root.attribute("height").and_then(number)).or_else(
            || {
                let view: Vec<f64> =
                    root.attribute("viewBox")?.split([' ', ',']).filter_map(|n| n.parse().ok()).collect();
                match view.as_slice() {
                    [_, _, w, h] if *w >= 1.0 && *h >= 1.0 => Some((*w, *h)),
                    _ => None,
                }
            },
        );
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    sides.map(|(w, h)| (w.round() as u32, h.round() as u32)).ok_or_else(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inner: &str) -> Vec<u8> {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 12 7">{inner}</svg>"#).into_bytes()
    }

    #[test]
    fn plain_svg_gives_its_size() {
        assert_eq!(svg_dimensions(&svg("<path d='M0 0'/>")).unwrap(), (12, 7));
    }

    #[test]
    fn svg_that_can_act_is_refused() {
        for bad in [
            "<script>alert(1)</script>",
            "<g onload='x'/>",
            "<a xlink:href='javascript:alert(1)'/>",
            "<image href='https://evil.example/x.png'/>",
            "<foreignObject/>",
            "<style>@import url(x)</style>",
            "<rect fill='url(https://evil.example)'/>",
        ] {
            assert_eq!(svg_dimensions(&svg(bad)).unwrap_err().code, Code::MediaSvg, "{bad}");
        }
    }
}
