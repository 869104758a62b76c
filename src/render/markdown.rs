//! Markdown to HTML, once per text: an allow-list of elements, links resolved to final addresses, heading levels that fit
//! the page, tables that can be scrolled by keyboard. Raw HTML comes out as text (R-XSS-1).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd, html};

use super::cards::srcset;
use super::urls::Urls;
use super::view::Anchor;
use crate::content::Kind;
use crate::content::prose::{self, LinkTarget, Prose};
use crate::content::types::slugify;
use crate::site::Site;

/// How wide a picture inside a text is drawn, for browsers to choose a file before they know the layout.
const TEXT_SIZES: &str =
    "(min-width: 992px) 50rem, (min-width: 768px) 44rem, (min-width: 576px) 33rem, 100vw";

/// Renders the texts of one page; remembers the ids and tables of the page so that none repeats.
pub struct Markdown<'a> {
    site: &'a Site,
    urls: &'a Urls,
    ids: BTreeSet<String>,
    tables: usize,
    headings: Vec<Anchor>,
}

impl<'a> Markdown<'a> {
    /// A renderer for one page.
    pub fn new(site: &'a Site, urls: &'a Urls) -> Self {
        Markdown { site, urls, ids: BTreeSet::new(), tables: 0, headings: Vec::new() }
    }

    /// Renders a text of a content of type `kind`. `##` becomes a heading of level `top`, deeper ones follow.
    pub fn render(&mut self, prose: &Prose, kind: Kind, top: u8) -> String {
        self.render_from(kind.folder(), prose, top)
    }

    /// As [`Self::render`], for an item of a list: a paragraph alone is not marked as one.
    pub fn render_in_line(&mut self, prose: &Prose, kind: Kind, top: u8) -> String {
        let html = self.render(prose, kind, top);
        let alone = html.trim().strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>"));
        alone.filter(|h| !h.contains("<p>")).map_or(html.clone(), str::to_owned)
    }

    /// As [`Self::render`], for a text written in a file of `folder`.
    pub fn render_from(&mut self, folder: &str, prose: &Prose, top: u8) -> String {
        let mut events: Vec<Event<'_>> = Vec::new();
        let mut heading: Option<(usize, String)> = None;
        let mut image: Option<(CowStr<'_>, String)> = None;
        for (event, _) in prose::events(&prose.text) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) if prose::is_comment(&html) => {}
                Event::Html(html) => {
                    let paragraph = [
                        Event::Start(Tag::Paragraph),
                        Event::Text(trimmed(&html)),
                        Event::End(TagEnd::Paragraph),
                    ];
                    events.extend(paragraph);
                }
                Event::InlineHtml(html) => events.push(Event::Text(html)),
                Event::Start(Tag::Heading { level, .. }) => {
                    heading = Some((events.len(), String::new()));
                    let level = shifted(level, top);
                    events.push(Event::Start(Tag::Heading {
                        level,
                        id: None,
                        classes: Vec::new(),
                        attrs: Vec::new(),
                    }));
                }
                Event::End(TagEnd::Heading(level)) => {
                    let level = shifted(level, top);
                    if let Some((at, text)) = heading.take() {
                        let id = self.id(&text);
                        if level as u8 == top {
                            self.headings.push(Anchor { id: id.clone(), label: text });
                        }
                        events[at] = Event::Start(Tag::Heading {
                            level,
                            id: Some(id.into()),
                            classes: Vec::new(),
                            attrs: Vec::new(),
                        });
                    }
                    events.push(Event::End(TagEnd::Heading(level)));
                }
                Event::Start(Tag::Link { dest_url, title, link_type, .. }) => {
                    let dest_url = self.link(folder, &dest_url).into();
                    events.push(Event::Start(Tag::Link {
                        link_type,
                        dest_url,
                        title,
                        id: CowStr::Borrowed(""),
                    }));
                }
                Event::Start(Tag::Image { dest_url, .. }) => image = Some((dest_url, String::new())),
                Event::End(TagEnd::Image) => {
                    events.extend(
                        image
                            .take()
                            .map(|(url, alt)| Event::InlineHtml(self.image(folder, &url, &alt).into())),
                    );
                }
                Event::Text(t) | Event::Code(t) if image.is_some() => {
                    if let Some((_, alt)) = &mut image {
                        alt.push_str(&t);
                    }
                }
                // Alignment would be written as a style attribute, which the site's policy refuses.
                Event::Start(Tag::Table(_)) => events.push(Event::Start(Tag::Table(Vec::new()))),
                other => {
                    if let (Some((_, text)), Event::Text(t) | Event::Code(t)) = (&mut heading, &other) {
                        text.push_str(t);
                    }
                    events.push(other);
                }
            }
        }
        let mut out = String::new();
        html::push_html(&mut out, events.into_iter());
        self.wrap_tables(out)
    }

    /// The headings of level `top` rendered so far, for an index of the page.
    pub fn take_headings(&mut self) -> Vec<Anchor> {
        std::mem::take(&mut self.headings)
    }

    /// An id for a heading: prefixed, so that content cannot shadow the ids of the page frame (R-XSS-6).
    fn id(&mut self, text: &str) -> String {
        let base = format!("t-{}", slugify(text));
        let mut id = base.clone();
        let mut n = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{base}-{n}");
            n += 1;
        }
        id
    }

    fn link(&self, folder: &str, written: &str) -> String {
        match prose::link_target(folder, written) {
            LinkTarget::External(url) => url,
            LinkTarget::Fragment(fragment) => format!("#t-{fragment}"),
            LinkTarget::SitePath(path) => self.urls.path(&path),
            LinkTarget::Media(path) => self.urls.path(&format!("/{path}")),
            LinkTarget::Content(path, fragment) => {
                let target = path.strip_suffix(".md").and_then(|p| p.split_once('/'));
                let item = target.and_then(|(folder, slug)| self.site.find(Kind::from_folder(folder)?, slug));
                let url = item.map_or_else(|| "/".to_owned(), |i| i.url.clone());
                match fragment {
                    Some(fragment) => self.urls.path(&format!("{url}#{fragment}")),
                    None => self.urls.path(&url),
                }
            }
            LinkTarget::Refused => String::new(),
        }
    }

    fn image(&self, folder: &str, written: &str, alt: &str) -> String {
        let LinkTarget::Media(path) = prose::link_target(folder, written) else {
            return String::new();
        };
        let Some(picture) = self.site.media.picture(&path) else { return String::new() };
        let (src, alt) = (attribute(&self.urls.path(&format!("/{}", picture.path))), attribute(alt));
        let (width, height) = (picture.width, picture.height);
        let choice = |candidates| {
            let list = srcset(self.urls, candidates);
            list.map(|list| format!(" srcset=\"{}\" sizes=\"{TEXT_SIZES}\"", attribute(&list)))
                .unwrap_or_default()
        };
        let image = format!(
            "<img class=\"img-fluid\" src=\"{src}\"{} alt=\"{alt}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" decoding=\"async\">",
            choice(&picture.candidates)
        );
        match choice(&picture.modern) {
            none if none.is_empty() => image,
            webp => format!("<picture><source type=\"image/webp\"{webp}>{image}</picture>"),
        }
    }

    fn wrap_tables(&mut self, html: String) -> String {
        if !html.contains("<table>") {
            return html;
        }
        // `<` is always escaped in text, so these strings are the writer's own tags.
        let mut out = String::with_capacity(html.len() + 200);
        for (n, part) in html.split("<table>").enumerate() {
            if n > 0 {
                self.tables += 1;
                let label = self.tables;
                let _ = write!(
                    out,
                    "<div class=\"table-responsive\" role=\"region\" tabindex=\"0\" aria-label=\"Tabella {label}\"><table class=\"table\">"
                );
            }
            out.push_str(part);
        }
        out.replace("</table>", "</table></div>").replace("<th>", "<th scope=\"col\">")
    }
}

/// A text as the value of an attribute.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut out, text);
    out
}

fn trimmed<'a>(text: &CowStr<'a>) -> CowStr<'a> {
    CowStr::from(text.trim().to_owned())
}

fn shifted(level: HeadingLevel, top: u8) -> HeadingLevel {
    let wanted = (level as u8 + top).saturating_sub(2).clamp(2, 6);
    HeadingLevel::try_from(usize::from(wanted)).unwrap_or(HeadingLevel::H6)
}

/// The words of a Markdown text, markup dropped, white space collapsed: summaries, JSON-LD, reading time.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for (event, _) in prose::events(text) {
        match event {
            Event::Text(t) | Event::Code(t) => out.push_str(&t),
            Event::InlineHtml(t) | Event::Html(t) if !prose::is_comment(&t) => out.push_str(&t),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A plain text as one paragraph of HTML.
pub fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", attribute(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_of_markdown() {
        assert_eq!(plain("Ciao **a** [tutti](x.md)\n\n- uno\n- due <!-- nota -->"), "Ciao a tutti uno due");
    }

    #[test]
    fn paragraphs_are_escaped() {
        assert_eq!(paragraph("a < b & \"c\""), "<p>a &lt; b &amp; &quot;c&quot;</p>");
    }
}
