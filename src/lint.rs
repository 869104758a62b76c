//! Rules on sound contents: where access leads, how payments are worded, what must not be published (online services 10).
//!
//! Each rule is one function and one code; they judge the related site and the texts as written, before anything is rendered.

mod access;
mod legal;
mod marks;
mod payment;
mod persone;
mod privacy;

pub use marks::Marks;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, FileId, SourceFiles, Span};
use crate::site::Site;

/// What the rules judge.
pub struct Judged<'a> {
    /// The related site.
    pub site: &'a Site,
    /// The texts as written.
    pub texts: &'a SourceFiles,
    /// The content files of the Comune and those that it shares, with what their words hold.
    pub files: &'a [(FileId, Arc<Marks>)],
}

/// Judges a site; findings are pushed to `out`.
pub fn lint(judged: &Judged<'_>, out: &mut Vec<Diagnostic>) {
    access::judge(judged.site, out);
    payment::judge(judged, out);
    privacy::judge(judged, out);
    legal::judge(judged.site, out);
    persone::judge(judged.site, out);
}

/// Every place of one kind of mark in the content files.
fn marked<'a>(
    judged: &'a Judged<'_>,
    marks: impl Fn(&Marks) -> &[Range<usize>] + 'a,
) -> impl Iterator<Item = Span> + 'a {
    let of_file = move |(file, found): &'a (FileId, Arc<Marks>)| {
        marks(found).iter().map(|range| Span::new(*file, range.clone()))
    };
    judged.files.iter().flat_map(of_file)
}
