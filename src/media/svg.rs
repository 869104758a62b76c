//! Drawings: checked, since an SVG is a document that can act, and freed of comments and of what drawing programs write for themselves.

use crate::diagnostic::{Code, Diagnostic};
use crate::text;

/// The drawing as it is published, and its width and height in CSS pixels.
///
/// # Errors
/// When it cannot be read, has no size, or could run or fetch something even when opened by itself.
pub fn read(bytes: &[u8]) -> Result<(Vec<u8>, (u32, u32)), Diagnostic> {
    let size = svg_dimensions(bytes)?;
    Ok((clean(bytes).unwrap_or_else(|| bytes.to_vec()), size))
}

/// Without comments, `<metadata>`, and elements and attributes of drawing programs: they hold names, dates, paths on the author's disk.
fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let tree = roxmltree::Document::parse(text).ok()?;
    let programs = |namespace: Option<&str>| {
        namespace.is_some_and(|n| n.contains("inkscape") || n.contains("sodipodi") || n.contains("adobe.com"))
    };
    let mut gone: Vec<std::ops::Range<usize>> = Vec::new();
    for node in tree.descendants() {
        let tag = node.tag_name();
        if node.is_comment() || node.is_element() && (tag.name() == "metadata" || programs(tag.namespace())) {
            gone.push(node.range());
        }
        gone.extend(node.attributes().filter(|a| programs(a.namespace())).map(|a| a.range()));
    }
    gone.sort_by_key(|range| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in gone {
        if range.start >= at {
            out.push_str(text.get(at..range.start)?);
            at = range.end;
        }
    }
    out.push_str(text.get(at..)?);
    Some(out.into_bytes())
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
    fn notes_of_authors_and_programs_go() {
        let noted = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" viewBox="0 0 1 1"
            s:docname="/home/SEGRETO"><!-- SEGRETO --><metadata>SEGRETO<!-- SEGRETO --></metadata><s:namedview id="SEGRETO"/><path id="x" d="M0 0"/></svg>"#;
        let (bytes, size) = read(noted.as_bytes()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            (size, text.contains("SEGRETO"), text.contains(r#"<path id="x" d="M0 0"/></svg>"#)),
            ((1, 1), false, true),
            "{text}"
        );
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
