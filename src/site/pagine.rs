//! Free pages below others (content model 2.13): their addresses, and the faults of the tree.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Item, ItemId, Site};
use crate::content::types::{Slug, target};
use crate::content::{Data, Kind};
use crate::diagnostic::{Code, Diagnostic, Spanned};
use crate::plan::COMPLETED;
use crate::text;

impl Site {
    /// Gives pages that others name as `figli` an address below theirs. A page stands in one place, and not below itself.
    pub(super) fn place_pages(&mut self, out: &mut Vec<Diagnostic>) {
        let mut parents: HashMap<ItemId, ItemId> = HashMap::new();
        for parent in self.of_kind(Kind::Pagina) {
            for named in children(parent) {
                let Some(child) = self.target(&named.value) else { continue };
                let slug = &child.entry.slug;
                let above = std::iter::successors(Some(parent.id), |id| parents.get(id).copied());
                let fault = if COMPLETED.contains(&slug.as_str()) {
                    let message = text!(
                        "la pagina `{slug}` ha un indirizzo fisso",
                        "the page `{slug}` has a fixed address"
                    );
                    Diagnostic::new(Code::FieldValue, message)
                        .hint(text!("togli `{slug}` da `figli`", "remove `{slug}` from `figli`"))
                } else if above.into_iter().any(|id| id == child.id) {
                    Diagnostic::new(
                        Code::ReferenceSelf,
                        text!("la pagina sta sotto sé stessa", "the page is below itself"),
                    )
                    .hint(text!("togli il giro da `figli`", "break the circle of `figli`"))
                } else if let Some(first) = parents.get(&child.id) {
                    let first = &self.get(*first).entry.slug;
                    Diagnostic::new(
                        Code::FieldDuplicate,
                        text!(
                            "`{slug}` sta già sotto pagine/{first}",
                            "`{slug}` is already below pagine/{first}"
                        ),
                    )
                    .hint(text!(
                        "lasciala sotto una pagina sola, e dall'altra metti un collegamento nel testo",
                        "leave it below one page, and put a link in the text of the other"
                    ))
                } else {
                    parents.insert(child.id, parent.id);
                    continue;
                };
                out.push(fault.at(named.span));
            }
        }
        for id in parents.keys() {
            let mut path: Vec<&str> = std::iter::successors(Some(*id), |id| parents.get(id).copied())
                .map(|id| self.get(id).entry.slug.as_str())
                .collect();
            path.reverse();
            let url = format!("/{}/", path.join("/"));
            Arc::make_mut(&mut self.items[id.0]).url = url;
        }
    }

    /// The pages above a free page, the nearest last.
    pub fn pagine_sopra(&self, page: &Item) -> Vec<&Item> {
        let above = |item: &&Item| self.inverse(item.id, "figli").next();
        let mut pages: Vec<&Item> =
            std::iter::successors(self.inverse(page.id, "figli").next(), above).collect();
        pages.reverse();
        pages
    }

    /// The pages below a free page, in its order.
    pub fn pagine_sotto<'a>(&'a self, page: &'a Item) -> impl Iterator<Item = &'a Item> {
        children(page).iter().filter_map(|c| self.target(&c.value)).filter(|i| !i.scaduto)
    }
}

fn children(page: &Item) -> &[Spanned<Slug<target::Pagina>>] {
    match &page.entry.data {
        Data::Pagina(p) => &p.figli,
        _ => &[],
    }
}
