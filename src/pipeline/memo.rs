//! What the runs of a session hand on, so that a file that did not change is neither read nor parsed again. A run alone starts with an
//! empty one: memory makes a run faster, never different.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::by_version::ByVersion;
use crate::content::parse::{self, Catalogue};
use crate::content::{Entry, Kind};
use crate::diagnostic::{Diagnostic, FileId, SourceFiles, Stamp};
use crate::limits::Limits;
use crate::lint::Marks;
use crate::load::{ContentFile, Loaded};
use crate::media;
use crate::render::{Engine, Override};
use crate::site::{Known, View};

/// Made by one run on a Comune, for the next one with the same bounds.
#[derive(Default)]
pub struct Memo {
    /// The texts that were read.
    pub(super) texts: Arc<SourceFiles>,
    /// What was made of the files in `media/`.
    pub(super) media: media::Memo,
    /// The files that are copied as they are.
    pub(super) statics: ByVersion<Arc<[u8]>>,
    /// Hashes of the files of acts.
    pub(super) hashes: ByVersion<String>,
    entries: HashMap<FileId, Parsed>,
    marks: HashMap<FileId, (Stamp, Arc<Marks>)>,
    items: (Option<Seen>, Known),
    catalogue: Shelf,
    engine: Option<(Vec<(FileId, Stamp)>, Engine)>,
}

/// What was made of a content file.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    /// The text that it was made of.
    pub stamp: Stamp,
    /// The record, unless faults forbid it.
    pub entry: Option<Arc<Entry>>,
    /// What was found.
    pub found: Vec<Diagnostic>,
}

/// What resolved contents depend on besides their files: the texts of the settings, and the view.
type Seen = ([Option<Stamp>; 2], View);

/// The shared sheets, the texts that they were made of, and what was found in them.
#[derive(Default)]
struct Shelf {
    texts: Vec<(FileId, Stamp)>,
    sheets: Arc<Catalogue>,
    found: Vec<Diagnostic>,
}

impl Memo {
    /// A new run begins.
    pub(super) fn begin(&mut self) {
        self.statics.begin();
        self.hashes.begin();
    }

    /// What is known of a content file whose text has this stamp.
    pub(super) fn parsed(&self, content: &ContentFile, stamp: Stamp) -> Option<&Parsed> {
        self.entries.get(&content.file).filter(|known| known.stamp == stamp)
    }

    /// Takes the place of what earlier runs made of content files.
    pub(super) fn remember(&mut self, entries: HashMap<FileId, Parsed>) {
        self.entries = entries;
    }

    /// What the words of each file hold, looked for only where the text has changed.
    pub(super) fn marks(&mut self, files: &[FileId], texts: &SourceFiles) -> Vec<(FileId, Arc<Marks>)> {
        let of = |file: &FileId| {
            let source = texts.get(*file);
            let known = self.marks.get(file).filter(|(stamp, _)| *stamp == source.stamp);
            let marks = known.map_or_else(
                || Arc::new(Marks::of(&source.path, &source.text)),
                |(_, marks)| Arc::clone(marks),
            );
            (*file, source.stamp, marks)
        };
        let found: Vec<_> = files.par_iter().map(of).collect();
        self.marks = found.iter().map(|(file, stamp, marks)| (*file, (*stamp, Arc::clone(marks)))).collect();
        found.into_iter().map(|(file, _, marks)| (file, marks)).collect()
    }

    /// The contents as the last run with these settings and this view resolved them.
    pub(super) fn known(&mut self, settings: [Option<Stamp>; 2], view: View) -> &mut Known {
        let seen = Some((settings, view));
        if self.items.0 != seen {
            self.items = (seen, Known::default());
        }
        &mut self.items.1
    }

    /// The shared sheets, as trees. When one has changed, the sheets of the Comune, which may take fields from it, are forgotten.
    pub(super) fn catalogue(
        &mut self,
        loaded: &Loaded,
        limits: Limits,
        out: &mut Vec<Diagnostic>,
    ) -> Arc<Catalogue> {
        let texts: Vec<_> =
            loaded.catalogue.iter().map(|c| (c.file, loaded.files.get(c.file).stamp)).collect();
        if texts != self.catalogue.texts {
            let mut found = Vec::new();
            let mut tree = |c: &ContentFile| {
                limits.guard(c.file, &mut found, |out| {
                    parse::tree(Kind::Servizio, c.file, &loaded.files, limits, out)
                })
            };
            let sheets = loaded.catalogue.iter().filter_map(|c| Some((c.slug.clone(), tree(c)?))).collect();
            self.catalogue = Shelf { texts, sheets: Arc::new(sheets), found };
            self.entries.clear();
        }
        out.extend(self.catalogue.found.iter().cloned());
        Arc::clone(&self.catalogue.sheets)
    }

    /// The templates with those of the Comune, read again only when one of these has changed.
    ///
    /// # Errors
    /// A finding about a template that cannot be used.
    pub(super) fn engine(&mut self, overrides: Vec<(Override, Stamp)>) -> Result<Engine, Vec<Diagnostic>> {
        let stamps: Vec<_> = overrides.iter().map(|(o, stamp)| (o.file, *stamp)).collect();
        if let Some((known, engine)) = &self.engine
            && *known == stamps
        {
            return Ok(engine.clone());
        }
        let engine = Engine::new(overrides.into_iter().map(|(o, _)| o).collect())?;
        self.engine = Some((stamps, engine.clone()));
        Ok(engine)
    }
}
