//! The feed of news (Atom, RFC 4287). Its dates are those of the contents, never that of the build.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::machine::{XML, xml};
use crate::content::Kind;
use crate::content::dataora::rome;
use crate::plan::FEED;
use crate::render::Urls;
use crate::site::{Item, Site};

/// News in the feed.
const ENTRIES: usize = 50;

/// The latest news, as Atom.
pub fn atom(site: &Site, urls: &Urls) -> String {
    let nome = &site.config.written.ente.nome.value.0;
    let mut news = site.newest(Kind::Notizia);
    news.truncate(ENTRIES);
    let updated = news.iter().filter_map(|i| revised(i)).max().unwrap_or(Date::constant(1970, 1, 1));
    let (home, own) = (urls.absolute("/novita/"), urls.absolute(FEED));
    let mut out = format!(
        "{XML}<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"it\">\n<id>{}</id>\n<title>{}</title>\n\
         <updated>{}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
        xml(&home),
        xml(&format!("Novità - {nome}")),
        moment(updated),
        xml(nome),
        xml(&home),
        xml(&own)
    );
    for item in news {
        let (Some(published), Some(revised)) = (published(item), revised(item)) else { continue };
        let url = xml(&urls.absolute(&item.url));
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "<entry>\n<id>{url}</id>\n<title>{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n<summary>{}</summary>\n</entry>",
            xml(&item.titolo),
            moment(published),
            moment(revised),
            xml(&item.descrizione)
        );
    }
    out.push_str("</feed>\n");
    out
}

fn published(item: &Item) -> Option<Date> {
    item.entry.common.data_pubblicazione.as_ref().map(|d| d.value)
}

fn revised(item: &Item) -> Option<Date> {
    item.entry.common.data_aggiornamento.as_ref().map(|d| d.value).max(published(item))
}

/// The beginning of a day in Rome.
fn moment(day: Date) -> String {
    let offset = day.to_zoned(rome()).map_or_else(|_| "+01:00".to_owned(), |z| z.strftime("%:z").to_string());
    format!("{day}T00:00:00{offset}")
}
