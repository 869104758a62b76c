//! The little of CSS that the criteria need without a browser: first font family and visibility of an element, by the cascade of
//! the style sheets of a page as a desktop screen sees them. Rules for states (`:hover`) and pseudo-elements are left out.

use std::collections::HashMap;
use std::rc::Rc;

use lightningcss::declaration::DeclarationBlock;
use lightningcss::properties::{Property, PropertyId};
use lightningcss::rules::CssRule;
use lightningcss::stylesheet::{ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::traits::ToCss;
use scraper::Selector;

use super::doc::El;
use crate::check::doc::Attributes;

/// Properties whose cascade is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Asked {
    Font,
    Display,
    Visibility,
}

/// One selector of a rule, with what it declares of one property.
struct Rule {
    selector: Selector,
    value: String,
    /// Important or not, specificity, place: the greatest wins.
    rank: (bool, u32, usize),
}

/// The rules about one property, by the tag, class or id that their last part asks for.
#[derive(Default)]
struct Rules {
    any: Vec<Rule>,
    tags: HashMap<String, Vec<Rule>>,
    classes: HashMap<String, Vec<Rule>>,
    ids: HashMap<String, Vec<Rule>>,
}

impl Rules {
    fn add(&mut self, key: &str, rule: Rule) {
        let group = match (key.strip_prefix('.'), key.strip_prefix('#')) {
            (Some(class), _) => self.classes.entry(class.to_owned()).or_default(),
            (_, Some(id)) => self.ids.entry(id.to_owned()).or_default(),
            _ if key == "*" => &mut self.any,
            _ => self.tags.entry(key.to_owned()).or_default(),
        };
        group.push(rule);
    }

    /// Those whose last part may fit an element.
    fn candidates<'r>(&'r self, el: El<'r>) -> impl Iterator<Item = &'r Rule> {
        let element = el.value();
        let tag = self.tags.get(element.name());
        let classes = element.classes().filter_map(|class| self.classes.get(class));
        let id = element.id().and_then(|id| self.ids.get(id));
        std::iter::once(&self.any).chain(tag).chain(classes).chain(id).flatten()
    }
}

/// The style sheets of a page.
#[derive(Default)]
pub struct Style {
    fonts: Rules,
    displays: Rules,
    visibilities: Rules,
    /// How many selectors were read.
    read: usize,
    variables: HashMap<String, String>,
}

/// How deep `var()` may refer to other variables.
const DEPTH: usize = 8;

impl Style {
    /// Reads style sheets in the order in which a page loads them. What is not CSS is passed over, as a browser does.
    pub fn parse(sheets: &[&str]) -> Self {
        let mut style = Style::default();
        for text in sheets {
            let options = ParserOptions { error_recovery: true, ..ParserOptions::default() };
            if let Ok(sheet) = StyleSheet::parse(text, options) {
                style.add(&sheet.rules.0);
            }
        }
        style
    }

    fn add(&mut self, rules: &[CssRule<'_>]) {
        for rule in rules {
            match rule {
                CssRule::Style(rule) => {
                    for selector in &rule.selectors.0 {
                        let written = css(selector);
                        if matches!(written.as_str(), ":root" | "html" | "body") {
                            self.set_variables(&rule.declarations);
                        }
                        let declared = declared(&rule.declarations);
                        if declared.is_empty() {
                            continue;
                        }
                        // `:checked` is asked of the attribute: see `Ratings`.
                        let Ok(parsed) = Selector::parse(&written.replace(":checked", "[checked]")) else {
                            continue;
                        };
                        self.read += 1;
                        let (key, specificity, at) = (key(&written), selector.specificity(), self.read);
                        for (asked, value, important) in declared {
                            let rank = (important, specificity, at);
                            self.rules_mut(asked).add(&key, Rule { selector: parsed.clone(), value, rank });
                        }
                    }
                }
                CssRule::Media(media) if on_desktop(&css(&media.query)) => self.add(&media.rules.0),
                CssRule::Supports(supports) => self.add(&supports.rules.0),
                CssRule::LayerBlock(layer) => self.add(&layer.rules.0),
                _ => {}
            }
        }
    }

    fn set_variables(&mut self, block: &DeclarationBlock<'_>) {
        for property in &block.declarations {
            if let Property::Custom(custom) = property {
                let value = property.value_to_css_string(PrinterOptions::default()).unwrap_or_default();
                self.variables.insert(custom.name.as_ref().to_owned(), value);
            }
        }
    }

    /// The value of a custom property of the root, `--x`.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| self.resolved(value, DEPTH))
    }

    /// A value with its `var()` replaced.
    fn resolved(&self, value: &str, depth: usize) -> String {
        let Some(start) = value.find("var(") else { return value.to_owned() };
        let Some(end) = closing(value, start + 4).filter(|_| depth > 0) else { return value.to_owned() };
        let inner = &value[start + 4..end];
        let (name, fallback) = inner.split_once(',').unwrap_or((inner, ""));
        let found = self.variables.get(name.trim()).map_or(fallback.trim(), String::as_str);
        let replaced = format!("{}{found}{}", &value[..start], &value[end + 1..]);
        self.resolved(&replaced, depth - 1)
    }

    fn rules_mut(&mut self, asked: Asked) -> &mut Rules {
        match asked {
            Asked::Font => &mut self.fonts,
            Asked::Display => &mut self.displays,
            Asked::Visibility => &mut self.visibilities,
        }
    }

    /// The first family of an element's computed `font-family`, without quotes; empty when nothing sets it.
    pub fn font(&self, el: El<'_>, memory: &mut Fonts) -> Rc<str> {
        if let Some(known) = memory.0.get(&el.id()) {
            return Rc::clone(known);
        }
        let own = winning(&self.fonts, el).map(|value| self.resolved(value, DEPTH));
        // An empty variable makes the declaration invalid: the value is then inherited.
        let family = match (own.as_deref().map(str::trim), foreign(el.value().name())) {
            (Some(value), _) if !matches!(value, "" | "inherit" | "unset") => first_family(value).into(),
            (None, Some(foreign)) => foreign.into(),
            _ => el.parent().and_then(El::wrap).map_or_else(|| "".into(), |up| self.font(up, memory)),
        };
        memory.0.insert(el.id(), Rc::clone(&family));
        family
    }

    /// Whether an element is out of sight: it or an ancestor is not displayed, or it is made invisible.
    pub fn hidden(&self, el: El<'_>) -> bool {
        let gone = |one: El<'_>| match winning(&self.displays, one) {
            Some(value) => value == "none",
            None => one.get("hidden").is_some(),
        };
        let invisible = super::doc::lineage(el)
            .find_map(|one| winning(&self.visibilities, one).filter(|v| *v != "inherit"))
            .is_some_and(|value| value != "visible");
        invisible || super::doc::lineage(el).any(gone)
    }
}

/// The winning declaration of a property for an element, if any rule makes one.
fn winning<'r>(rules: &'r Rules, el: El<'r>) -> Option<&'r str> {
    let mut best: Option<&Rule> = None;
    for rule in rules.candidates(el) {
        if best.is_none_or(|other| rule.rank >= other.rank) && rule.selector.matches(&el) {
            best = Some(rule);
        }
    }
    best.map(|rule| rule.value.as_str())
}

/// Families already worked out for the elements of a page.
#[derive(Default)]
pub struct Fonts(HashMap<ego_tree::NodeId, Rc<str>>);

/// Elements that a browser gives another font of its own.
fn foreign(tag: &str) -> Option<&'static str> {
    match tag {
        "code" | "kbd" | "pre" | "samp" | "tt" | "textarea" => Some("monospace"),
        "button" | "input" | "select" => Some("system-ui"),
        _ => None,
    }
}

fn first_family(value: &str) -> &str {
    value.split(',').next().unwrap_or_default().trim().trim_matches(['"', '\''])
}

fn css<T: ToCss>(value: &T) -> String {
    value.to_css_string(PrinterOptions::default()).unwrap_or_default()
}

/// What a block says of the properties asked for: value and whether it is important.
fn declared(block: &DeclarationBlock<'_>) -> Vec<(Asked, String, bool)> {
    let read = |property: &Property<'_>, important: bool| {
        let asked = match property.property_id() {
            PropertyId::FontFamily => Asked::Font,
            PropertyId::Font => {
                let Property::Font(font) = property else { return None };
                let families: Vec<String> = font.family.iter().map(css).collect();
                return Some((Asked::Font, families.join(","), important));
            }
            PropertyId::Display => Asked::Display,
            PropertyId::Visibility => Asked::Visibility,
            _ => return None,
        };
        let value = property.value_to_css_string(PrinterOptions::default()).ok()?;
        Some((asked, value, important))
    };
    let usual = block.declarations.iter().filter_map(|p| read(p, false));
    usual.chain(block.important_declarations.iter().filter_map(|p| read(p, true))).collect()
}

/// The tag, class or id that the last part of a selector asks for.
fn key(selector: &str) -> String {
    let mut depth = 0;
    let mut last = 0;
    for (at, c) in selector.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ' ' | '>' | '+' | '~' if depth == 0 => last = at + c.len_utf8(),
            _ => {}
        }
    }
    let compound = &selector[last..];
    let end =
        |from: usize| compound[from..].find(['.', '#', ':', '[', '(']).map_or(compound.len(), |n| from + n);
    match compound.chars().next() {
        Some('.' | '#') => compound[..end(1)].to_owned(),
        Some(c) if c.is_ascii_alphabetic() => compound[..end(0)].to_owned(),
        _ => "*".to_owned(),
    }
}

/// The place of the parenthesis that closes the one opened before `from`.
fn closing(value: &str, from: usize) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in value[from..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(from + at);
        }
    }
    None
}

/// Whether a media query holds on a desktop screen of a visitor without particular wishes.
fn on_desktop(query: &str) -> bool {
    let query = query.to_ascii_lowercase();
    let foreign =
        ["print", "max-width", "<=", "<", "prefers-", "forced-colors", "speech", "hover", "pointer", "not "];
    !foreign.iter().any(|word| query.contains(word))
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    fn with<T>(css: &str, html: &str, id: &str, ask: impl Fn(&Style, El<'_>) -> T) -> T {
        let style = Style::parse(&[css]);
        let html = Html::parse_document(html);
        let wanted = Selector::parse(&format!("#{id}")).unwrap();
        let el = html.select(&wanted).next().unwrap();
        ask(&style, el)
    }

    fn font(css: &str, html: &str) -> String {
        with(css, html, "x", |style, el| style.font(el, &mut Fonts::default()).to_string())
    }

    #[test]
    fn fonts_follow_the_cascade() {
        let page = "<body><p class=a id=x>t</p>";
        assert_eq!(font("body{font-family:'Titillium Web',sans-serif}", page), "Titillium Web");
        assert_eq!(font("body{font-family:A}.a{font-family:B}p{font-family:C}", page), "B");
        assert_eq!(font("p{font-family:A!important}#x{font-family:B}", page), "A");
        assert_eq!(font(":root{--f:Lora,serif}p{font-family:var(--f)}", page), "Lora");
        assert_eq!(font("p{font:700 1rem/1 Lora,serif}", page), "Lora");
        assert_eq!(font("@media print{p{font-family:A}}p{font-family:B}", page), "B");
        assert_eq!(font("p{font-family:Lora}", "<p><code id=x>"), "monospace");
        assert_eq!(font("p{font-family:Lora}code{font-family:inherit}", "<p><code id=x>"), "Lora");
    }

    #[test]
    fn visibility_follows_states_written_as_attributes() {
        let css = ".b{display:none}.w:has(#s3:checked) .b{display:block}";
        let page = |checked: &str| format!("<div class=w><input id=s3 {checked}><p class=b id=x>t</p></div>");
        assert!(with(css, &page(""), "x", Style::hidden));
        assert!(!with(css, &page("checked"), "x", Style::hidden));
        assert!(with("", "<div hidden><p id=x>", "x", Style::hidden));
        assert!(with("div{visibility:hidden}", "<div><p id=x>", "x", Style::hidden));
    }

    #[test]
    fn keys_come_from_the_last_part() {
        assert_eq!(key(".w:has(#s3:checked) .b"), ".b");
        assert_eq!(key("main > p.lead"), "p");
        assert_eq!(key("[data-x=\"a b\"]"), "*");
    }
}
