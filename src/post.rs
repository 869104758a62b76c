//! `post`: what is made from rendered pages: checked links, minified HTML, redirects, site map, robots, headers.

mod calendar;
mod dcat;
mod feed;
mod legal;
mod links;
mod machine;
mod minify;
mod ricerca;
mod tags;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic, FileId, SourceFiles};
use crate::plan::{FEED, INDICE_RICERCA, Plan};
use crate::render::{AssetFile, Page, Urls, csv_files};
use crate::site::Site;
use crate::text;
use crate::write::OutputFile;

/// No two files of the output differ only by letter case or accent form: many servers and disks would keep one (R-IN-7).
fn check_names<'a>(paths: impl Iterator<Item = &'a str>, out: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for path in paths {
        let key: String = path.nfc().flat_map(char::to_lowercase).collect();
        let Some(first) = seen.insert(key, path).filter(|first| *first != path) else { continue };
        out.push(
            Diagnostic::new(
                Code::PlanCollision,
                text!(
                    "{first} e {path} hanno lo stesso nome, a parte maiuscole e accenti",
                    "{first} and {path} have the same name, letter case and accents aside"
                ),
            )
            .in_file(path)
            .hint(text!("rinomina uno dei due file", "rename one of the two files")),
        );
    }
}

/// What `post` works on.
pub struct Input<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its plan.
    pub plan: &'a Plan,
    /// Where it stands.
    pub urls: &'a Urls,
    /// Its pages.
    pub pages: Vec<Page>,
    /// The theme's files.
    pub assets: &'a [AssetFile],
    /// Files copied as they are.
    pub statics: &'a [(String, Arc<[u8]>)],
    /// The texts as written.
    pub texts: &'a SourceFiles,
    /// Templates of the Comune.
    pub templates: &'a [FileId],
    /// Whether HTML is minified.
    pub minify: bool,
}

/// Makes every file of the output, sorted by path. Broken internal links and colliding files are pushed to `out`.
pub fn post(input: Input<'_>, out: &mut Vec<Diagnostic>) -> Vec<OutputFile> {
    let Input { site, plan, urls, pages, assets, statics, texts, templates, minify } = input;
    let mut files: BTreeMap<String, Arc<[u8]>> = assets.iter().cloned().collect();
    files.extend(site.media.output().map(|(path, bytes)| (path.to_owned(), Arc::clone(bytes))));
    files.insert(FEED.trim_start_matches('/').to_owned(), feed::atom(site, urls).into_bytes().into());
    let catalogue = dcat::catalogue(site, urls).map(|text| (dcat::PATH.to_owned(), text));
    let index = (INDICE_RICERCA.trim_start_matches('/').to_owned(), ricerca::index(site, plan, urls, &pages));
    let data = csv_files(site, urls, plan).into_iter().chain(catalogue).chain(calendar::files(site, urls));
    let data = data.chain(std::iter::once(index));
    for (path, text) in machine::files(site, urls, &pages).into_iter().chain(data) {
        files.insert(path, text.into_bytes().into());
    }
    for redirect in &plan.redirects {
        files.insert(redirect.output.clone(), machine::redirect(urls, &redirect.to).into_bytes().into());
    }
    for (path, bytes) in statics {
        if files.contains_key(path) || plan.routes.iter().any(|r| r.output() == *path) {
            out.push(
                Diagnostic::new(
                    Code::PlanCollision,
                    text!(
                        "static/{path} coprirebbe una pagina del sito",
                        "static/{path} would cover a page of the site"
                    ),
                )
                .in_file(format!("static/{path}"))
                .hint(text!("rinomina il file", "rename the file")),
            );
        }
        files.entry(path.clone()).or_insert_with(|| Arc::clone(bytes));
    }
    let planned = pages.iter().map(|p| p.output.as_str());
    check_names(files.keys().map(String::as_str).chain(planned), out);
    legal::check(site, &pages, out);
    links::check(&links::Input { site, plan, urls, texts, templates }, &pages, &files, out);
    let html: Vec<(String, Arc<[u8]>)> = pages
        .into_par_iter()
        .map(|page| {
            let bytes = if minify { minify::minify(page.html.as_bytes()) } else { page.html.into_bytes() };
            (page.output, bytes.into())
        })
        .collect();
    files.extend(html);
    files.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect()
}
