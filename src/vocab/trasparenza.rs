//! The tree of Amministrazione trasparente (D.Lgs. 33/2013, annex of ANAC resolution 1310/2016): sections by address and by slug.
//!
//! A slug that two sections share is told apart by its parent, `personale/sanzioni-per-mancata-comunicazione-dei-dati`;
//! alone it means the section nearest to the root, if only one is.

use std::sync::LazyLock;

use serde::Deserialize;

/// A duty of publication.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Obbligo {
    /// What must be published.
    pub oggetto: String,
    /// Where the law says so.
    #[serde(default)]
    pub riferimenti: Vec<String>,
    /// How often it is renewed.
    #[serde(default)]
    pub aggiornamento: Option<String>,
    /// Whether the national table gives it to Comuni.
    #[serde(default)]
    pub comuni: bool,
}

/// What the regional law of Trentino-Alto Adige adds (l.r. 10/2014).
#[derive(Debug, Default, PartialEq, Deserialize)]
pub struct Trentino {
    /// Where the law says so.
    #[serde(default)]
    pub riferimento: Option<String>,
    /// How often the section is renewed.
    #[serde(default)]
    pub aggiornamento: Option<String>,
    /// From when the duty runs.
    #[serde(default)]
    pub decorrenza: Option<String>,
    /// How long it lasts.
    #[serde(default)]
    pub termine: Option<String>,
}

/// Why a section is not shown as the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vigenza {
    /// Repealed duty: shown only when it holds something.
    Storico,
    /// Not for Comuni: shown only when it holds something.
    NonComuni,
    /// Contracts begun before 1 January 2024: shown only when it holds something.
    #[serde(rename = "fino_al_2023")]
    FinoAl2023,
    /// Contracts begun since.
    #[serde(rename = "dal_2024")]
    Dal2024,
}

#[derive(Deserialize)]
struct Written {
    slug: String,
    titolo: String,
    #[serde(default)]
    riferimento: Vec<String>,
    #[serde(default)]
    obblighi: Vec<Obbligo>,
    #[serde(default)]
    trentino: Option<Trentino>,
    #[serde(default)]
    vigenza: Option<Vigenza>,
    #[serde(default)]
    figli: Vec<Written>,
}

/// Position of a section in [`Albero::sezioni`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SezioneId(usize);

/// A section.
#[derive(Debug, PartialEq)]
pub struct Sezione {
    /// Its place.
    pub id: SezioneId,
    /// Last part of its address.
    pub slug: String,
    /// Slugs from the first level, joined by `/`.
    pub percorso: String,
    /// Official title.
    pub titolo: String,
    /// Laws.
    pub riferimento: Vec<String>,
    /// Duties.
    pub obblighi: Vec<Obbligo>,
    /// Additions of the regional law.
    pub trentino: Option<Trentino>,
    /// Why it is not shown as the others.
    pub vigenza: Option<Vigenza>,
    /// The section above.
    pub genitore: Option<SezioneId>,
    /// The sections below, in official order.
    pub figli: Vec<SezioneId>,
}

impl Sezione {
    /// Address from the root of the site.
    pub fn url(&self) -> String {
        format!("/amministrazione-trasparente/{}/", self.percorso)
    }

    /// Level in the tree, from 1.
    pub fn livello(&self) -> usize {
        self.percorso.split('/').count()
    }
}

/// Sections, parents before children, in official order.
#[derive(Debug)]
pub struct Albero {
    /// All of them.
    pub sezioni: Vec<Sezione>,
}

/// Why a written section was not found.
#[derive(Debug, PartialEq, Eq)]
pub enum Incerta<'a> {
    /// No section has this slug.
    Ignota,
    /// More than one has it: their names, parent included.
    Doppia(Vec<&'a str>),
}

impl Albero {
    fn new(written: Vec<Written>) -> Self {
        fn add(all: &mut Vec<Sezione>, one: Written, parent: Option<SezioneId>) -> SezioneId {
            let id = SezioneId(all.len());
            let percorso = match parent {
                Some(above) => format!("{}/{}", all[above.0].percorso, one.slug),
                None => one.slug.clone(),
            };
            all.push(Sezione {
                id,
                slug: one.slug,
                percorso,
                titolo: one.titolo,
                riferimento: one.riferimento,
                obblighi: one.obblighi,
                trentino: one.trentino,
                vigenza: one.vigenza,
                genitore: parent,
                figli: Vec::new(),
            });
            for child in one.figli {
                let child = add(all, child, Some(id));
                all[id.0].figli.push(child);
            }
            id
        }
        let mut sezioni = Vec::new();
        for one in written {
            add(&mut sezioni, one, None);
        }
        Albero { sezioni }
    }

    /// The section at a place.
    pub fn get(&self, id: SezioneId) -> &Sezione {
        &self.sezioni[id.0]
    }

    /// First-level sections.
    pub fn radici(&self) -> impl Iterator<Item = &Sezione> {
        self.sezioni.iter().filter(|s| s.genitore.is_none())
    }

    /// The sections above one, first level first.
    pub fn sopra<'a>(&'a self, sezione: &Sezione) -> Vec<&'a Sezione> {
        let mut above: Vec<&Sezione> = std::iter::successors(sezione.genitore.map(|id| self.get(id)), |s| {
            s.genitore.map(|id| self.get(id))
        })
        .collect();
        above.reverse();
        above
    }

    /// The section that a person means by a slug, a slug after its parent's, or the whole path.
    ///
    /// # Errors
    /// When there is none, or more than one equally near to the root.
    pub fn find(&self, written: &str) -> Result<&Sezione, Incerta<'_>> {
        let written = written.trim_matches('/');
        let tail = format!("/{written}");
        let named: Vec<&Sezione> =
            self.sezioni.iter().filter(|s| s.percorso == written || s.percorso.ends_with(&tail)).collect();
        let nearest = named.iter().map(|s| s.livello()).min();
        let nearest: Vec<&Sezione> = named.into_iter().filter(|s| Some(s.livello()) == nearest).collect();
        match nearest.as_slice() {
            [] => Err(Incerta::Ignota),
            [one] => Ok(one),
            many => Err(Incerta::Doppia(many.iter().map(|s| s.percorso.as_str()).collect())),
        }
    }

    /// The shortest name by which [`Albero::find`] gives a section.
    pub fn shortest<'a>(&self, sezione: &'a Sezione) -> &'a str {
        let path = &sezione.percorso;
        let tails = path.rmatch_indices('/').map(|(slash, _)| &path[slash + 1..]);
        let mut known = tails.filter(|tail| self.find(tail).is_ok_and(|s| s.id == sezione.id));
        known.next().unwrap_or(path)
    }
}

static ALBERO: LazyLock<Albero> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        sezioni: Vec<Written>,
    }
    Albero::new(super::embedded::<File>(include_str!("data/amministrazione_trasparente.yaml")).sezioni)
});

/// The national tree.
pub fn albero() -> &'static Albero {
    &ALBERO
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_found_by_slug_and_path() {
        let tree = albero();
        assert_eq!(tree.radici().count(), 23);
        assert_eq!(tree.find("provvedimenti").unwrap().livello(), 1);
        assert_eq!(tree.find("societa-partecipate/provvedimenti").unwrap().livello(), 3);
        let Err(Incerta::Doppia(both)) = tree.find("sanzioni-per-mancata-comunicazione-dei-dati") else {
            panic!("two sections share it")
        };
        assert!(both.iter().all(|path| tree.find(path).is_ok()));
        assert!(tree.sezioni.iter().all(|s| tree.find(tree.shortest(s)) == Ok(s)));
        assert_eq!(
            tree.shortest(tree.find("societa-partecipate/provvedimenti").unwrap()),
            "societa-partecipate/provvedimenti"
        );
        assert_eq!(tree.find("bilancio"), Err(Incerta::Ignota));
        let paths: std::collections::BTreeSet<_> = tree.sezioni.iter().map(|s| &s.percorso).collect();
        assert_eq!(paths.len(), tree.sezioni.len());
        assert!(!tree.sezioni.iter().any(|s| s.titolo.contains(['Ã', 'Â'])), "a title in the wrong encoding");
        assert!(tree.sezioni.iter().all(|s| crate::content::types::is_slug(&s.slug)), "a slug is no address");
    }

    #[test]
    fn sections_side_by_side_have_titles_of_their_own() {
        for above in &albero().sezioni {
            let titles: Vec<&str> = above.figli.iter().map(|id| albero().get(*id).titolo.as_str()).collect();
            let distinct: std::collections::BTreeSet<&str> = titles.iter().copied().collect();
            assert_eq!(distinct.len(), titles.len(), "{}: {titles:?}", above.slug);
        }
    }

    #[test]
    fn sections_know_those_above() {
        let tree = albero();
        let leaf = tree.find("bilancio-preventivo").unwrap();
        let above: Vec<&str> = tree.sopra(leaf).iter().map(|s| s.slug.as_str()).collect();
        assert_eq!(above, ["bilanci", "bilancio-preventivo-e-consuntivo"]);
    }
}
