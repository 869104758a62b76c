//! `consorzio.yaml`: what the Comuni of a workspace share. It may be empty.

use super::written::Host;
use crate::access::FornitoreScritto;
use crate::content::field::{Cx, FieldType, Mappa};
use crate::content::types::Line;
use crate::diagnostic::{Diagnostic, FileId, SourceFiles, Span};
use crate::limits::Limits;
use crate::{record, yaml};

record! {
    /// A workspace, as written.
    pub struct Consorzio {
        /// Name of the Consorzio or Unione.
        nome: optional Line<120>,
        /// Providers shared by all Comuni.
        fornitori: optional Mappa<FornitoreScritto>,
        /// Hosts to which literal access links of every Comune may lead.
        host_ammessi: list Host,
    }
}

impl Consorzio {
    /// Reads the file; `None` when it has faults, which are reported.
    pub fn parse(
        file: FileId,
        files: &SourceFiles,
        limits: Limits,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let mut node = yaml::parse(&files.get(file).text, file, 0, limits, out)?;
        node.span = Span::file_start(file);
        <Self as FieldType>::read(&node, &mut Cx { out, folder: "", limits })
    }
}
