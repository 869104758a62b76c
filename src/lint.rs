//! Rules on sound contents: where access leads, how payments are worded, what must not be published (online services 10).
//!
//! Each rule is one function and one code; they judge the related site and the texts as written, before anything is rendered.

mod access;
mod legal;
mod payment;
mod persone;
mod privacy;

use crate::content::Data;
use crate::content::servizio::Servizio;
use crate::diagnostic::{Diagnostic, FileId, SourceFiles, Span};
use crate::site::{Item, Site};

/// What the rules judge.
pub struct Judged<'a> {
    /// The related site.
    pub site: &'a Site,
    /// The texts as written.
    pub texts: &'a SourceFiles,
    /// The content files of the Comune and those that it shares.
    pub files: &'a [FileId],
}

/// Judges a site; findings are pushed to `out`.
pub fn lint(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    access::judge(judged.site, out);
    payment::judge(judged, out);
    privacy::judge(judged, out);
    legal::judge(judged.site, out);
    persone::judge(judged.site, out);
}

/// The service sheets.
fn sheets(site: &Site) -> impl Iterator<Item = (&Item, &Servizio)> {
    site.items.iter().filter_map(|item| match &item.entry.data {
        Data::Servizio(s) => Some((item, &**s)),
        _ => None,
    })
}

/// Every place where `find` sees something in the content files, with what it sees.
fn found<'a, T: 'a>(
    judged: &'a Judged<'_>,
    find: impl Fn(&str) -> Vec<(std::ops::Range<usize>, T)> + 'a,
) -> impl Iterator<Item = (Span, T)> + 'a {
    judged.files.iter().flat_map(move |file| {
        let found = find(&judged.texts.get(*file).text);
        found.into_iter().map(|(range, what)| (Span::new(*file, range), what))
    })
}
