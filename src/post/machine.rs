//! Files for machines: site map, robots, HTTP headers, redirect pages.

use std::fmt::Write as _;

use crate::config::Sicurezza;
use crate::render::{Page, Urls, policy};
use crate::site::Site;

/// Addresses in one site map file, below the limit of the protocol.
const SITEMAP_SIZE: usize = 30_000;

/// Site map (split when long), robots.txt, headers.
pub fn files(site: &Site, urls: &Urls, pages: &[Page]) -> Vec<(String, String)> {
    let listed: Vec<&Page> = pages.iter().filter(|p| !p.noindex && !p.past).collect();
    let chunks: Vec<&[&Page]> = listed.chunks(SITEMAP_SIZE).collect();
    let mut files = match chunks.as_slice() {
        [] => vec![("sitemap.xml".to_owned(), sitemap(urls, &[]))],
        [only] => vec![("sitemap.xml".to_owned(), sitemap(urls, only))],
        many => {
            let named = |n: usize| format!("sitemap-{}.xml", n + 1);
            let mut files: Vec<(String, String)> =
                many.iter().enumerate().map(|(n, chunk)| (named(n), sitemap(urls, chunk))).collect();
            files.push(("sitemap.xml".to_owned(), sitemap_index(urls, many.len())));
            files
        }
    };
    let legal = site.config.written.legale.as_ref();
    if let Some(contact) = legal.and_then(|l| l.sicurezza.as_ref()) {
        files.push((".well-known/security.txt".to_owned(), security(urls, contact)));
    }
    files.push(("robots.txt".to_owned(), robots(site, urls)));
    files.push(("build.json".to_owned(), next_change(site)));
    files.push(("_headers".to_owned(), headers(site)));
    files
}

/// A text inside XML.
pub fn xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

/// The first line of an XML file.
pub const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SITEMAP_NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn sitemap(urls: &Urls, pages: &[&Page]) -> String {
    let mut out = format!("{XML}<urlset xmlns=\"{SITEMAP_NAMESPACE}\">\n");
    for page in pages {
        let _ = write!(out, "<url><loc>{}</loc>", xml(&urls.absolute(&page.url)));
        if let Some(date) = page.lastmod {
            let _ = write!(out, "<lastmod>{date}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn sitemap_index(urls: &Urls, count: usize) -> String {
    let mut out = format!("{XML}<sitemapindex xmlns=\"{SITEMAP_NAMESPACE}\">\n");
    for n in 1..=count {
        let _ = writeln!(
            out,
            "<sitemap><loc>{}</loc></sitemap>",
            xml(&urls.absolute(&format!("/sitemap-{n}.xml")))
        );
    }
    out.push_str("</sitemapindex>\n");
    out
}

fn robots(site: &Site, urls: &Urls) -> String {
    let rule = if site.config.in_preparazione { "Disallow: /" } else { "Allow: /" };
    format!("User-agent: *\n{rule}\n\nSitemap: {}\n", urls.absolute("/sitemap.xml"))
}

/// When a scheduler should build again.
fn next_change(site: &Site) -> String {
    let day = site.next_change.map(|d| d.to_string());
    format!("{}\n", serde_json::json!({ "prossimo_cambiamento": day }))
}

/// Whom to tell of a fault of security (RFC 9116).
fn security(urls: &Urls, contact: &Sicurezza) -> String {
    format!(
        "Contact: mailto:{}\nExpires: {}T23:59:59Z\nPreferred-Languages: it, en\nCanonical: {}\n",
        contact.contatto.value,
        contact.scadenza.value,
        urls.absolute("/.well-known/security.txt")
    )
}

/// Headers in the form that several static hosts read; the editor's manual shows them for Apache and nginx.
fn headers(site: &Site) -> String {
    let policy = format!("{}; frame-ancestors 'none'", policy(site));
    format!(
        "/*\n  Content-Security-Policy: {policy}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  \
         Permissions-Policy: camera=(), microphone=(), geolocation=()\n  \
         Strict-Transport-Security: max-age=31536000\n\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

/// A page that sends to the new address of a content, by a link that works everywhere.
pub fn redirect(urls: &Urls, to: &str) -> String {
    let (path, canonical) = (xml(&urls.path(to)), xml(&urls.absolute(to)));
    format!(
        "<!DOCTYPE html><html lang=\"it\"><head><meta charset=\"utf-8\"><title>Pagina spostata</title>\
         <meta name=\"robots\" content=\"noindex\"><link rel=\"canonical\" href=\"{canonical}\">\
         <meta http-equiv=\"refresh\" content=\"0; url={path}\"></head>\
         <body><p>Questa pagina è stata spostata: <a href=\"{path}\">vai alla pagina nuova</a>.</p></body></html>\n"
    )
}
