//! Long Markdown texts as written, with the checks that need no knowledge of the rest of the site: raw HTML, forbidden
//! links, pictures without alternative text, heading order, nesting.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Kind;
use super::field::{Cx, FieldType, Named, Reference};
use super::shape::{Scalar, Shape};
use super::types::{clean_text, scalar};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::text;
use crate::yaml::Node;

/// A Markdown text. The heading levels of the source are kept; rendering shifts them below the section that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// Markdown source, comments included.
    pub text: String,
    /// Links and pictures, but for those that no stage looks at (`mailto`, `tel`, `#`).
    pub links: Vec<Reference>,
}

/// Which Markdown extensions content may use: tables, nothing else.
pub fn options() -> Options {
    Options::ENABLE_TABLES
}

/// Where a written link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Another content file, relative to the site (`unita/ufficio-anagrafe.md`) with optional fragment.
    Content(String, Option<String>),
    /// A file in `media/`.
    Media(String),
    /// An address of this site (`/servizi/`), kept as written.
    SitePath(String),
    /// A place in the same page.
    Fragment(String),
    /// `https`, `mailto` or `tel`.
    External(String),
    /// Not allowed.
    Refused,
}

/// Classifies a link written in a file of `folder`, after the decoding that browsers do.
///
/// White space and control characters are refused, and so is every scheme outside `https`, `http`, `mailto`, `tel`
/// (R-XSS-2); `//host` and `\` are refused because browsers read them as another site.
pub fn link_target(folder: &str, written: &str) -> LinkTarget {
    let decoded = percent_decoded(written);
    if written.is_empty()
        || decoded.chars().any(|c| c.is_control() || c == '\\' || super::types::is_invisible(c))
    {
        return LinkTarget::Refused;
    }
    if let Some(fragment) = written.strip_prefix('#') {
        return LinkTarget::Fragment(fragment.to_owned());
    }
    if written.starts_with("//") {
        return LinkTarget::Refused;
    }
    if written.starts_with('/') {
        return LinkTarget::SitePath(written.to_owned());
    }
    let scheme_end = decoded.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
    if let Some(end) = scheme_end
        && decoded[end..].starts_with(':')
    {
        let allowed =
            matches!(decoded[..end].to_ascii_lowercase().as_str(), "https" | "http" | "mailto" | "tel");
        return match url::Url::parse(written) {
            Ok(url) if allowed && url.username().is_empty() && url.password().is_none() => {
                LinkTarget::External(url.to_string())
            }
            _ => LinkTarget::Refused,
        };
    }
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (written, None),
    };
    match crate::source::resolve_inside(folder, path) {
        Some(path) if path.starts_with("media/") => LinkTarget::Media(path),
        Some(path) if has_extension(&path, "md") => LinkTarget::Content(path, fragment),
        _ => LinkTarget::Refused,
    }
}

fn has_extension(path: &str, wanted: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ext)| ext.eq_ignore_ascii_case(wanted))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match (first, tail) {
            (b'%', [a, b, after @ ..]) if hex(a).is_some() && hex(b).is_some() => {
                bytes.push(hex(a).unwrap_or(0) * 16 + hex(b).unwrap_or(0));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl FieldType for Prose {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = clean_text(scalar(node, cx)?, node.span, cx)?;
        if text.trim().is_empty() {
            return cx.fail(super::field::empty("testo", node.span));
        }
        let mut links = Vec::new();
        check(&text, node.span, &mut links, cx).then_some(Prose { text, links })
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { prose: true, ..Scalar::default() })
    }

    fn references(&self, _field: &'static str, _span: Span, out: &mut Vec<Reference>) {
        out.extend(self.links.iter().cloned());
    }
}

/// Narrows a finding to the place inside the text, when the node is a slice of the file (body sections are).
fn place(node: Span, text_len: usize, range: &std::ops::Range<usize>) -> Span {
    let exact = (node.end - node.start) as usize == text_len;
    if exact {
        Span::new(node.file, node.start as usize + range.start..node.start as usize + range.end)
    } else {
        node
    }
}

fn check(text: &str, span: Span, links: &mut Vec<Reference>, cx: &mut Cx<'_>) -> bool {
    let mut sound = true;
    let mut depth = 0_usize;
    let mut last_heading: Option<HeadingLevel> = None;
    let mut image: Option<(String, Span)> = None;
    for (event, range) in events(text) {
        let at = place(span, text.len(), &range);
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > cx.limits.markdown_depth() {
                    cx.out.push(too_deep(cx.limits.markdown_depth(), at));
                    return false;
                }
                match tag {
                    Tag::Link { dest_url, .. } => sound &= check_link(&dest_url, at, links, cx),
                    Tag::Image { dest_url, .. } => {
                        image = Some((String::new(), at));
                        sound &= check_image(&dest_url, at, links, cx);
                    }
                    Tag::Heading { level, .. } => {
                        if last_heading.is_some_and(|last| level as usize > last as usize + 1) {
                            sound = false;
                            cx.out.push(skipped_level(at));
                        }
                        last_heading = Some(level);
                    }
                    _ => {}
                }
            }
            Event::End(end) => {
                depth -= 1;
                if end == TagEnd::Image
                    && let Some((alt, at)) = image.take()
                    && alt.trim().is_empty()
                {
                    sound = false;
                    cx.out.push(without_alt(at));
                }
            }
            Event::Text(t) | Event::Code(t) => {
                if let Some((alt, _)) = &mut image {
                    alt.push_str(&t);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) if !is_comment(&html) => cx.out.push(raw_html(at)),
            _ => {}
        }
    }
    sound
}

fn too_deep(limit: usize, at: Span) -> Diagnostic {
    let message = text!("testo annidato oltre {limit} livelli", "text nested over {limit} levels");
    let hint = text!("togli i livelli in più", "remove the extra levels");
    Diagnostic::new(Code::MarkdownNesting, message).at(at).hint(hint)
}

fn skipped_level(at: Span) -> Diagnostic {
    let message = text!("questo titolo salta un livello", "this heading skips a level");
    let hint = text!("togli un `#`", "remove one `#`");
    Diagnostic::new(Code::MarkdownHeadingOrder, message).at(at).hint(hint)
}

fn without_alt(at: Span) -> Diagnostic {
    let message = text!("immagine senza testo alternativo", "picture without alternative text");
    let hint = text!("scrivi ![che cosa si vede](../media/…)", "write ![what is shown](../media/…)");
    Diagnostic::new(Code::MarkdownImageAlt, message).at(at).hint(hint)
}

fn raw_html(at: Span) -> Diagnostic {
    let message = text!(
        "HTML nel testo: sarà mostrato così com'è scritto",
        "HTML in the text: it will be shown as written"
    );
    let hint = text!("usa il Markdown, per esempio **grassetto**", "use Markdown, for example **bold**");
    Diagnostic::new(Code::MarkdownHtml, message).at(at).hint(hint)
}

fn check_image(url: &str, at: Span, links: &mut Vec<Reference>, cx: &mut Cx<'_>) -> bool {
    if let LinkTarget::Media(path) = link_target(cx.folder, url) {
        links.push(Reference { field: "testo", to: Named::Picture(path), span: at });
        return true;
    }
    let message = text!("`{url}` non è un'immagine di media/", "`{url}` is not a picture in media/");
    let hint = text!(
        "metti l'immagine in media/ e scrivi ../media/nome",
        "put the picture in media/ and write ../media/name"
    );
    cx.out.push(Diagnostic::new(Code::MediaPath, message).at(at).hint(hint));
    false
}

/// The events of a Markdown text with their places, each block of raw HTML as one event.
pub fn events(text: &str) -> Vec<(Event<'_>, std::ops::Range<usize>)> {
    let mut merged: Vec<(Event<'_>, std::ops::Range<usize>)> = Vec::new();
    let mut block: Option<(String, std::ops::Range<usize>)> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some((String::new(), range)),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((html, range)) = block.take() {
                    merged.push((Event::Html(html.into()), range));
                }
            }
            Event::Html(part) => {
                if let Some((html, _)) = &mut block {
                    html.push_str(&part);
                }
            }
            other => merged.push((other, range)),
        }
    }
    merged
}

/// HTML comments are removed silently: they are notes between editors.
pub fn is_comment(html: &str) -> bool {
    let trimmed = html.trim();
    trimmed.starts_with("<!--") && trimmed.ends_with("-->") && !trimmed[4..].contains("<!--")
}

fn check_link(url: &str, at: Span, links: &mut Vec<Reference>, cx: &mut Cx<'_>) -> bool {
    let mut refer = |to| links.push(Reference { field: "testo", to, span: at });
    match link_target(cx.folder, url) {
        LinkTarget::Media(path) => refer(Named::Media(path)),
        LinkTarget::SitePath(path) => refer(Named::Path(path)),
        LinkTarget::Content(path, _) => {
            let target = path.strip_suffix(".md").and_then(|p| p.split_once('/'));
            match target
                .and_then(|(folder, slug)| Some(Named::Content(Kind::from_folder(folder)?, slug.to_owned())))
            {
                Some(named) => refer(named),
                None => return refuse_link(url, at, cx),
            }
        }
        LinkTarget::External(url) if url.starts_with("http:") => {
            cx.out.push(
                Diagnostic::new(
                    Code::MarkdownLinkHttp,
                    text!("`{url}` non usa https", "`{url}` does not use https"),
                )
                .at(at)
                .hint(text!("prova a scrivere https://", "try https://")),
            );
        }
        LinkTarget::External(url) if url.starts_with("https:") => {
            if let Ok(url) = url::Url::parse(&url) {
                refer(Named::External(url));
            }
        }
        LinkTarget::Refused => return refuse_link(url, at, cx),
        LinkTarget::External(_) | LinkTarget::Fragment(_) => {}
    }
    true
}

fn refuse_link(url: &str, at: Span, cx: &mut Cx<'_>) -> bool {
    cx.out.push(
        Diagnostic::new(Code::MarkdownLink, text!("collegamento non ammesso: `{}`", "link not allowed: `{}`", url.escape_debug()))
            .at(at)
            .hint(text!(
                "usa https://…, mailto:…, tel:… oppure il file del contenuto, per esempio ../unita/ufficio-anagrafe.md",
                "use https://…, mailto:…, tel:… or the content file, for example ../unita/ufficio-anagrafe.md"
            )),
    );
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangerous_links_are_refused() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:x",
            "%6aavascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "\\\\evil.example",
            "https://user@evil.example/",
            "../../etc/passwd",
            "blob:x",
            "",
        ] {
            assert_eq!(link_target("servizi", bad), LinkTarget::Refused, "{bad:?}");
        }
    }

    #[test]
    fn good_links_are_classified() {
        assert_eq!(
            link_target("servizi", "../unita/a.md#orari"),
            LinkTarget::Content("unita/a.md".into(), Some("orari".into()))
        );
        assert_eq!(link_target("servizi", "tari.md"), LinkTarget::Content("servizi/tari.md".into(), None));
        assert_eq!(link_target("servizi", "../media/a.pdf"), LinkTarget::Media("media/a.pdf".into()));
        assert_eq!(link_target("servizi", "/servizi/"), LinkTarget::SitePath("/servizi/".into()));
        assert!(matches!(link_target("servizi", "mailto:a@b.it"), LinkTarget::External(_)));
    }
}
