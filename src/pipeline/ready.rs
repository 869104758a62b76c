//! A Comune related and planned: its pages can be rendered, one or all, and what is published made of them.

use std::sync::Arc;

use crate::check::{self, Judgement};
use crate::diagnostic::{Diagnostic, FileId, SourceFiles};
use crate::plan::{Plan, Route};
use crate::post;
use crate::render::{AssetFile, Engine, Page, Renderer, Urls};
use crate::site::Site;
use crate::write::OutputFile;

/// A Comune whose pages can be rendered.
pub struct Ready {
    /// Folder name in a workspace; empty for a Comune alone.
    pub slug: String,
    /// The related site.
    pub site: Site,
    /// Its pages.
    pub plan: Plan,
    /// Where it stands.
    pub urls: Urls,
    pub(super) engine: Engine,
    pub(super) assets: Vec<AssetFile>,
    pub(super) statics: Vec<(String, Arc<[u8]>)>,
    pub(super) config: FileId,
    pub(super) contents: Vec<FileId>,
    pub(super) templates: Vec<(String, FileId)>,
}

impl Ready {
    /// Renders its pages.
    pub fn renderer(&self) -> Renderer<'_> {
        Renderer { site: &self.site, plan: &self.plan, urls: &self.urls, engine: &self.engine }
    }

    /// Every file of its output, made of all its `pages`; `texts` are those that it was made from. Broken internal links and colliding
    /// files are pushed to `out`.
    pub fn files(
        &self,
        pages: Vec<Page>,
        minify: bool,
        texts: &SourceFiles,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<OutputFile> {
        let templates: Vec<FileId> = self.templates.iter().map(|(_, file)| *file).collect();
        let input = post::Input {
            site: &self.site,
            plan: &self.plan,
            urls: &self.urls,
            pages,
            assets: &self.assets,
            statics: &self.statics,
            texts,
            templates: &templates,
            minify,
        };
        post::post(input, out)
    }

    /// The files that exist before any page is rendered: the theme's, pictures and attachments, those copied as they are.
    pub fn files_at_hand(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        let as_they_are = self.assets.iter().chain(&self.statics).map(|(path, bytes)| (path.as_str(), bytes));
        as_they_are.chain(self.site.media.output())
    }

    /// Judges the files of its output. `texts` are those that it was made from; pages that `memory` knows are not read again.
    pub fn judge(&self, files: &[OutputFile], texts: &SourceFiles, memory: &check::Memory) -> Judgement {
        check::judge(&self.input(files, texts), memory)
    }

    /// Judges one page by what it shows itself; `files` hold it and the theme's files.
    pub fn judge_page(
        &self,
        route: &Route,
        files: &[OutputFile],
        texts: &SourceFiles,
        memory: &check::Memory,
    ) -> Vec<Diagnostic> {
        check::judge_page(&self.input(files, texts), route, memory)
    }

    pub(super) fn input<'a>(&'a self, files: &'a [OutputFile], texts: &'a SourceFiles) -> check::Input<'a> {
        check::Input {
            site: &self.site,
            routes: &self.plan.routes,
            urls: &self.urls,
            files,
            texts,
            config: self.config,
            contents: &self.contents,
            templates: &self.templates,
        }
    }
}
