//! The rating widget of a page (C.SI.2.5, C.SI.2.6): its parts, and which block of questions shows after each star is chosen.

use std::collections::HashMap;
use std::sync::Mutex;

use scraper::{Html, Selector};

use super::css::Style;
use super::doc::{Doc, El, lineage, text};
use crate::check::doc::Attributes;

/// What follows the widget may be this long, in characters: the browser of the evaluator looks at the last 2160 pixels of the page.
const TAIL: usize = 6_000;

/// One of the two blocks of questions.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Whether it exists.
    pub present: bool,
    /// Its question.
    pub question: Option<String>,
    /// Its answers.
    pub answers: Vec<String>,
}

/// Which blocks show after a star is chosen; `None` when a script decides it, or no choice is behind the star.
pub type Shown = [Option<(bool, bool)>; 5];

/// The widget of a page.
#[derive(Debug, Clone, Default)]
pub struct Widget {
    /// Its title.
    pub title: Option<String>,
    /// Whether there is room for a text.
    pub text: bool,
    /// Which stars exist.
    pub stars: [bool; 5],
    /// Questions for three stars or fewer.
    pub negative: Block,
    /// Questions for four stars or more.
    pub positive: Block,
    /// (negative, positive) in sight after each star.
    pub shown: Shown,
    /// Whether it stands near the end of the page.
    pub last: bool,
}

/// What widgets of the same structure show under the same style sheets, worked out once.
#[derive(Default)]
pub struct Ratings(Mutex<HashMap<(blake3::Hash, String), Shown>>);

impl Widget {
    /// Reads the widget of a page; `None` without one. `look` tells one set of style sheets from another.
    pub fn read(doc: &Doc<'_>, style: &Style, look: &blake3::Hash, ratings: &Ratings) -> Option<Self> {
        let widget = *doc.named("feedback").first()?;
        let within = |name: &str| {
            doc.named(name).iter().copied().find(|el| lineage(*el).any(|up| up.id() == widget.id()))
        };
        let star = |n: usize| doc.named(&format!("feedback-rate-{}", n + 1)).first().copied();
        let stars: [Option<El<'_>>; 5] = std::array::from_fn(star);
        let choices = stars.map(|star| star.and_then(|star| choice(doc, star)));
        let key = (*look, signature(widget));
        let known = ratings.0.lock().ok().and_then(|memory| memory.get(&key).copied());
        let shown = known.unwrap_or_else(|| shown(widget, &choices, style));
        if let Ok(mut memory) = ratings.0.lock() {
            memory.insert(key, shown);
        }
        Some(Widget {
            title: within("feedback-title").map(text),
            text: within("feedback-input-text").is_some(),
            stars: stars.map(|star| star.is_some()),
            negative: block(doc, "feedback-rating-negative"),
            positive: block(doc, "feedback-rating-positive"),
            shown,
            last: after(doc, widget) <= TAIL,
        })
    }
}

fn block(doc: &Doc<'_>, name: &str) -> Block {
    let Some(block) = doc.named(name).first() else { return Block::default() };
    let inside = |name: &str| {
        let found = doc.named(name).iter().copied();
        found.filter(|el| lineage(*el).any(|up| up.id() == block.id())).map(text).collect::<Vec<_>>()
    };
    let question = inside("feedback-rating-question").into_iter().next();
    Block { present: true, question, answers: inside("feedback-rating-answer") }
}

/// The id of the radio button or box that choosing a star ticks.
fn choice<'a>(doc: &Doc<'a>, star: El<'a>) -> Option<&'a str> {
    let own = if star.value().name() == "input" { star.get("id") } else { None };
    let labelled = lineage(star).find(|el| el.value().name() == "label");
    let named = labelled.and_then(|label| label.get("for"));
    let within = labelled.and_then(|label| {
        label.descendent_elements().find(|el| el.value().name() == "input").and_then(|input| input.get("id"))
    });
    let id = own.or(named).or(within)?;
    let input = doc.by_id(id)?;
    matches!(input.get("type"), Some("radio" | "checkbox")).then_some(id)
}

/// Structure of the widget and of what it stands in: all that style sheets can ask.
fn signature(widget: El<'_>) -> String {
    lineage(widget).chain(widget.descendent_elements()).fold(String::new(), |mut key, el| {
        key.push('<');
        key.push_str(el.value().name());
        for (name, value) in el.value().attrs().filter(|(name, _)| *name != "value" && *name != "action") {
            key.push_str(name);
            key.push('=');
            key.push_str(value);
        }
        key
    })
}

fn shown(widget: El<'_>, choices: &[Option<&str>; 5], style: &Style) -> Shown {
    let mut around: Vec<String> = lineage(widget).skip(1).map(empty).collect();
    around.reverse();
    let frame = around.concat();
    let inner = widget.html();
    choices.map(|id| {
        let id = id?;
        let mark = format!("id=\"{id}\"");
        let page =
            Html::parse_document(&format!("{frame}{}", inner.replace(&mark, &format!("{mark} checked"))));
        let in_sight = |name: &str| {
            let asked = Selector::parse(&format!("[data-element=\"{name}\"]")).ok()?;
            page.select(&asked).next().map(|block| !style.hidden(block))
        };
        Some((in_sight("feedback-rating-negative")?, in_sight("feedback-rating-positive")?))
    })
}

/// The opening tag of an element, as HTML.
fn empty(el: El<'_>) -> String {
    let whole = el.html();
    let content = el.inner_html();
    whole.strip_suffix(&format!("{content}</{}>", el.value().name())).unwrap_or_default().to_owned()
}

/// Characters of text that follow the widget.
fn after(doc: &Doc<'_>, widget: El<'_>) -> usize {
    let mut past = false;
    let mut count = 0;
    for node in doc.html.root_element().traverse() {
        match node {
            ego_tree::iter::Edge::Close(node) if node.id() == widget.id() => past = true,
            ego_tree::iter::Edge::Open(node) if past => {
                let read = node.parent().and_then(El::wrap).is_none_or(|up| up.value().name() != "script");
                if let Some(text) = node.value().as_text().filter(|_| read) {
                    count += text.split_whitespace().map(|w| w.chars().count() + 1).sum::<usize>();
                }
            }
            _ => {}
        }
    }
    count
}
