//! Internal links of the rendered pages: every address, file and fragment must exist. Only tags are read, nothing else of the page
//! is parsed.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use scraper::Html;
use url::Url;

use crate::content::field::Named;
use crate::diagnostic::{Code, Diagnostic, FileId, SourceFiles, Span};
use crate::plan::{Plan, output_path};
use crate::render::{Page, Urls};
use crate::site::Site;
use crate::text;

use super::tags;

/// What a page links to and can be linked at.
struct Facts {
    links: Vec<String>,
    ids: HashSet<String>,
}

/// What the links of a site are judged by, and where their cause is looked for.
pub struct Input<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its plan.
    pub plan: &'a Plan,
    /// Where it stands.
    pub urls: &'a Urls,
    /// The texts as written.
    pub texts: &'a SourceFiles,
    /// Templates of the Comune.
    pub templates: &'a [FileId],
}

/// Checks the links of every page against pages, redirects and files of the output.
pub fn check(
    input: &Input<'_>,
    pages: &[Page],
    files: &BTreeMap<String, Arc<[u8]>>,
    out: &mut Vec<Diagnostic>,
) {
    let facts: Vec<Facts> = pages.par_iter().map(|p| read(&p.html)).collect();
    let sprites: Vec<(&str, Facts)> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".svg"))
        .map(|(path, bytes)| (path.as_str(), read(&String::from_utf8_lossy(bytes))))
        .collect();
    let in_pages = pages.iter().zip(&facts).map(|(p, f)| (p.output.as_str(), &f.ids));
    let ids: HashMap<&str, &HashSet<String>> =
        in_pages.chain(sprites.iter().map(|(path, f)| (*path, &f.ids))).collect();
    let mut reported: HashMap<(&str, Option<Span>), usize> = HashMap::new();
    for ((page, facts), route) in pages.iter().zip(&facts).zip(&input.plan.routes) {
        for link in &facts.links {
            let Some((path, fragment)) = internal(link, &page.url, input.urls) else { continue };
            let target = output_path(&path);
            let sound = match ids.get(target.as_str()) {
                Some(ids) => fragment.is_empty() || ids.contains(fragment),
                None => files.contains_key(&target) && fragment.is_empty(),
            };
            if sound {
                continue;
            }
            let at = input.writer(link).or_else(|| input.template(link)).or(route.source);
            // What leads nowhere from one page may lead somewhere from another only if it is written from there.
            let key = (link.as_str(), if link.starts_with('/') { None } else { at });
            if let Some(known) = reported.get(&key) {
                let known: &mut Diagnostic = &mut out[*known];
                known.pages.push(page.url.clone());
                continue;
            }
            reported.insert(key, out.len());
            let mut d = broken(link, &page.url);
            d.pages.push(page.url.clone());
            out.push(match at {
                Some(span) => d.at(span),
                None => d.in_file(page.output.clone()),
            });
        }
    }
}

fn broken(link: &str, url: &str) -> Diagnostic {
    let link = link.replace("#t-", "#");
    Diagnostic::new(
        Code::LinkBroken,
        text!(
            "nella pagina {url} il collegamento `{link}` non porta a nulla",
            "on page {url} the link `{link}` leads nowhere"
        ),
    )
    .hint(text!("correggi l'indirizzo o crea la pagina", "correct the address or create the page"))
}

impl Input<'_> {
    /// The place in a content file that wrote this address.
    fn writer(&self, link: &str) -> Option<Span> {
        let mut references = self.site.items().flat_map(|i| i.entry.references());
        references.find(|r| matches!(&r.to, Named::Path(p) if p == link)).map(|r| r.span)
    }

    /// The place in a template of the Comune that wrote this address.
    fn template(&self, link: &str) -> Option<Span> {
        let quoted = ['"', '\''].map(|quote| format!("{quote}{link}"));
        self.templates.iter().find_map(|file| {
            let text = &self.texts.get(*file).text;
            let at = quoted.iter().find_map(|quoted| text.find(quoted.as_str()))? + 1;
            Some(Span::new(*file, at..at + link.len()))
        })
    }
}

/// The path from the root of the site and the fragment of a link that stays inside it.
fn internal<'a>(link: &'a str, page: &str, urls: &Urls) -> Option<(String, &'a str)> {
    let (rest, fragment) = link.split_once('#').unwrap_or((link, ""));
    let path = rest.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Some((page.to_owned(), fragment));
    }
    if path.starts_with('/') && !path.starts_with("//") {
        let inside = path.strip_prefix(urls.prefix()).unwrap_or(path);
        return Some((percent_decode_str(inside).decode_utf8_lossy().into_owned(), fragment));
    }
    let from_page = || Url::parse(&format!("{}{page}", urls.base())).ok()?.join(path).ok();
    let whole = if absolute(path) { Cow::Borrowed(path) } else { Cow::Owned(from_page()?.into()) };
    let own = whole.strip_prefix(urls.base())?;
    let own = percent_decode_str(own).decode_utf8_lossy().into_owned();
    own.starts_with('/').then_some((own, fragment))
}

/// Whether an address begins with a scheme, as `mailto:` and `https:` are.
fn absolute(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// Attributes that hold one address.
const LINKS: [&str; 6] = ["href", "src", "poster", "data", "action", "formaction"];

/// Attributes that hold several, each with the width for which it is meant.
const SETS: [&str; 2] = ["srcset", "imagesrcset"];

fn read(html: &str) -> Facts {
    let mut facts = Facts { links: Vec::new(), ids: HashSet::new() };
    let mut seen = HashSet::new();
    tags::attributes(html, |name, value| {
        if name.eq_ignore_ascii_case("id") {
            facts.ids.insert(unescaped(value).into_owned());
        } else if LINKS.iter().any(|one| name.eq_ignore_ascii_case(one)) {
            if seen.insert(value) {
                facts.links.push(unescaped(value).into_owned());
            }
        } else if SETS.iter().any(|one| name.eq_ignore_ascii_case(one)) {
            let addresses = value.split(',').filter_map(|one| one.split_ascii_whitespace().next());
            let new = addresses.filter(|one| seen.insert(one));
            facts.links.extend(new.map(|one| unescaped(one).into_owned()));
        }
    });
    facts
}

/// A value without its character references.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let tree = Html::parse_fragment(&value.replace('<', "&lt;"));
    Cow::Owned(tree.root_element().text().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_links_and_ids_of_tags_only() {
        let facts = read("<a href='/x/'>href=\"/no/\"</a><p id=y><!-- <a href=/z/> -->");
        assert_eq!(facts.links, ["/x/"]);
        assert!(facts.ids.contains("y"));
        let set =
            read("<img src=/a.png srcset='/a.png 1x, /b.png 2x'><form action=/cerca/><video poster=/c.png>");
        assert_eq!(set.links, ["/a.png", "/b.png", "/cerca/", "/c.png"]);
        assert_eq!(read("<a href='/?a=1&amp;b=<i>&egrave;'>").links, ["/?a=1&b=<i>è"]);
    }

    #[test]
    fn knows_what_is_inside() {
        let urls = Urls::new(&url::Url::parse("https://a.it/s/").unwrap());
        assert_eq!(internal("/s/x/?q=1#f", "/", &urls), Some(("/x/".into(), "f")));
        assert_eq!(internal("#f", "/p/", &urls), Some(("/p/".into(), "f")));
        assert_eq!(internal("https://a.it/s/y/", "/", &urls), Some(("/y/".into(), "")));
        assert_eq!(internal("https://b.it/", "/", &urls), None);
        assert_eq!(internal("mailto:a@b.it", "/", &urls), None);
        assert_eq!(internal("z/?q=1", "/x/y/", &urls), Some(("/x/y/z/".into(), "")));
        assert_eq!(internal("../z/#f", "/x/y/", &urls), Some(("/x/z/".into(), "f")));
        assert_eq!(internal("../../../z/", "/x/", &urls), None, "above the site");
        assert_eq!(internal("//a.it/s/y/", "/", &urls), Some(("/y/".into(), "")));
        assert_eq!(internal("//b.it/s/y/", "/", &urls), None);
    }
}
