//! What the runs of a session hand on, so that a file that did not change is neither read nor parsed again. A run alone starts with an
//! empty one: memory makes a run faster, never different.

use std::collections::HashMap;
use std::sync::Arc;

use crate::content::parse::{self, Catalogue};
use crate::content::{Entry, Kind};
use crate::diagnostic::{Diagnostic, FileId, SourceFiles, Stamp};
use crate::limits::Limits;
use crate::load::{ContentFile, Loaded};
use crate::media;
use crate::render::{Engine, Override};

/// Made by one run on a Comune, for the next one with the same bounds.
#[derive(Default)]
pub struct Memo {
    /// The texts that were read.
    pub(super) texts: Arc<SourceFiles>,
    /// What was made of the files in `media/`.
    pub(super) media: media::Memo,
    entries: HashMap<FileId, Parsed>,
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

/// The shared sheets, the texts that they were made of, and what was found in them.
#[derive(Default)]
struct Shelf {
    texts: Vec<(FileId, Stamp)>,
    sheets: Arc<Catalogue>,
    found: Vec<Diagnostic>,
}

impl Memo {
    /// What is known of a content file whose text has this stamp.
    pub(super) fn parsed(&self, content: &ContentFile, stamp: Stamp) -> Option<&Parsed> {
        self.entries.get(&content.file).filter(|known| known.stamp == stamp)
    }

    /// Takes the place of what earlier runs made of content files.
    pub(super) fn remember(&mut self, entries: HashMap<FileId, Parsed>) {
        self.entries = entries;
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
