//! Internal links of the rendered pages: every address, file and fragment must exist. Only tags are read, nothing else of the page
//! is parsed.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use scraper::Html;

use crate::content::field::Named;
use crate::diagnostic::{Code, Diagnostic, Span};
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

/// Checks the links of every page against pages, redirects and files of the output.
pub fn check(
    site: &Site,
    plan: &Plan,
    urls: &Urls,
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
    let mut reported: HashSet<&str> = HashSet::new();
    for ((page, facts), route) in pages.iter().zip(&facts).zip(&plan.routes) {
        for link in &facts.links {
            let Some((path, fragment)) = internal(link, &page.url, urls) else { continue };
            let target = output_path(&path);
            let sound = match ids.get(target.as_str()) {
                Some(ids) => fragment.is_empty() || ids.contains(fragment),
                None => files.contains_key(&target) && fragment.is_empty(),
            };
            if !sound && reported.insert(link) {
                let at = writer(site, link).or(route.source);
                let url = &page.url;
                let link = link.replace("#t-", "#");
                let d = Diagnostic::new(
                    Code::LinkBroken,
                    text!(
                        "nella pagina {url} il collegamento `{link}` non porta a nulla",
                        "on page {url} the link `{link}` leads nowhere"
                    ),
                )
                .hint(text!(
                    "correggi l'indirizzo o crea la pagina",
                    "correct the address or create the page"
                ));
                out.push(match at {
                    Some(span) => d.at(span),
                    None => d.in_file(page.output.clone()),
                });
            }
        }
    }
}

/// The place in a content file that wrote this address.
fn writer(site: &Site, link: &str) -> Option<Span> {
    site.items()
        .flat_map(|i| i.entry.references())
        .find(|r| matches!(&r.to, Named::Path(p) if p == link))
        .map(|r| r.span)
}

/// The path from the root of the site and the fragment of a link that stays inside it.
fn internal<'a>(link: &'a str, page: &str, urls: &Urls) -> Option<(String, &'a str)> {
    let (rest, fragment) = link.split_once('#').unwrap_or((link, ""));
    let path = rest.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Some((page.to_owned(), fragment));
    }
    if path.starts_with("//") || !path.starts_with('/') {
        let own = path.strip_prefix(urls.base())?;
        return own.starts_with('/').then(|| (own.to_owned(), fragment));
    }
    let inside = path.strip_prefix(urls.prefix()).unwrap_or(path);
    Some((percent_decode_str(inside).decode_utf8_lossy().into_owned(), fragment))
}

fn read(html: &str) -> Facts {
    let mut facts = Facts { links: Vec::new(), ids: HashSet::new() };
    let mut seen = HashSet::new();
    tags::attributes(html, |name, value| {
        if name.eq_ignore_ascii_case("id") {
            facts.ids.insert(unescaped(value).into_owned());
        } else if (name.eq_ignore_ascii_case("href") || name.eq_ignore_ascii_case("src"))
            && seen.insert(value)
        {
            facts.links.push(unescaped(value).into_owned());
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
    }
}
