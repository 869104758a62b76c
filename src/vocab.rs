//! Controlled vocabularies, shipped as data: national lists with their slugs, names and codes.
//!
//! They are parsed once per process from embedded files and never change; look-up is by slug or exact name.

pub mod trasparenza;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::nearest;

/// One term.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Voce {
    /// Stable identifier, used in content files and addresses.
    pub slug: String,
    /// Official name, Italian.
    pub nome: String,
    /// Singular, where `nome` is plural (kinds of news).
    #[serde(default)]
    pub singolare: Option<String>,
    /// Plural, where `nome` is singular (kinds of document), or as menus say it (families of places).
    #[serde(default, alias = "nome_navigazione")]
    pub plurale: Option<String>,
    /// German label.
    #[serde(default)]
    pub de: Option<String>,
    /// English label.
    #[serde(default)]
    pub en: Option<String>,
    /// Short public description (service categories).
    #[serde(default)]
    pub descrizione: Option<String>,
    /// The section of the site that lists contents of this kind (units).
    #[serde(default)]
    pub sezione: Option<String>,
    /// How values are written (contact points): `tel`, `email`, `url`, `testo`, `account`.
    #[serde(default)]
    pub formato: Option<String>,
    /// Code in the national vocabulary.
    #[serde(default)]
    pub codice: Option<String>,
    /// The kind of appointment to which a role belongs.
    #[serde(default)]
    pub tipo: Option<String>,
    /// Rank among roles, highest first.
    #[serde(default)]
    pub ordine: Option<u32>,
    /// Narrower terms.
    #[serde(default)]
    pub figli: Vec<Voce>,
}

impl Voce {
    /// Plural name for lists and headings.
    pub fn plural(&self) -> &str {
        self.plurale.as_deref().unwrap_or(&self.nome)
    }

    /// Singular name for tags.
    pub fn singular(&self) -> &str {
        self.singolare.as_deref().unwrap_or(&self.nome)
    }
}

/// One vocabulary.
#[derive(Debug)]
pub struct Vocabulary {
    /// Its file name without extension.
    pub name: String,
    /// Top-level terms, in their official order.
    pub voci: Vec<Voce>,
    parents: BTreeMap<String, String>,
}

impl Vocabulary {
    fn new(name: &str, voci: Vec<Voce>) -> Self {
        fn collect(parent: &Voce, parents: &mut BTreeMap<String, String>) {
            for child in &parent.figli {
                parents.insert(child.slug.clone(), parent.slug.clone());
                collect(child, parents);
            }
        }
        let mut parents = BTreeMap::new();
        for voce in &voci {
            collect(voce, &mut parents);
        }
        Vocabulary { name: name.to_owned(), voci, parents }
    }

    /// Every term, parents before children.
    pub fn all(&self) -> impl Iterator<Item = &Voce> {
        let mut stack: Vec<&Voce> = self.voci.iter().rev().collect();
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(next.figli.iter().rev());
            Some(next)
        })
    }

    /// Every slug.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.all().map(|v| v.slug.as_str())
    }

    /// The term of that slug, or of that exact name (letter case aside).
    pub fn find(&self, written: &str) -> Option<&Voce> {
        let same = |name: &str| name.to_lowercase() == written.to_lowercase();
        self.all()
            .find(|v| v.slug == written)
            .or_else(|| self.all().find(|v| same(&v.nome) || v.singolare.as_deref().is_some_and(same)))
    }

    /// The slug nearest to what was written.
    pub fn suggest(&self, written: &str) -> Option<&str> {
        nearest(written, self.slugs())
    }

    /// The top-level ancestor of a term (itself, if it is one).
    pub fn root_of<'a>(&'a self, voce: &'a Voce) -> &'a Voce {
        let mut slug = voce.slug.as_str();
        while let Some(parent) = self.parents.get(slug) {
            slug = parent;
        }
        self.voci.iter().find(|v| v.slug == slug).unwrap_or(voce)
    }
}

#[derive(Deserialize)]
struct Plain {
    voci: Vec<Voce>,
}

#[derive(Deserialize)]
struct Metadata {
    tipi_esito: Vec<Voce>,
    archetipi: Vec<Voce>,
}

#[derive(Deserialize)]
struct Appointments {
    voci: Vec<Voce>,
    ruoli: Vec<Voce>,
}

#[derive(Deserialize)]
struct Audiences {
    target: Vec<Voce>,
}

macro_rules! data {
    ($name:literal) => {
        include_str!(concat!("vocab/data/", $name, ".yaml"))
    };
}

static ALL: LazyLock<Vec<Vocabulary>> = LazyLock::new(|| {
    const PLAIN: [(&str, &str); 13] = [
        ("categorie_servizio", data!("categorie_servizio")),
        ("argomenti", data!("argomenti")),
        ("tipi_notizia", data!("tipi_notizia")),
        ("tipi_luogo", data!("tipi_luogo")),
        ("tipi_unita_organizzativa", data!("tipi_unita_organizzativa")),
        ("tipi_documento", data!("tipi_documento")),
        ("tipi_punto_contatto", data!("tipi_punto_contatto")),
        ("licenze", data!("licenze")),
        ("eventi_vita_persone", data!("eventi_vita_persone")),
        ("eventi_vita_impresa", data!("eventi_vita_impresa")),
        ("temi_dataset", data!("temi_dataset")),
        ("frequenze_aggiornamento", data!("frequenze_aggiornamento")),
        ("tipi_evento", data!("tipi_evento")),
    ];
    let mut all: Vec<Vocabulary> =
        PLAIN.iter().map(|(name, text)| Vocabulary::new(name, embedded::<Plain>(text).voci)).collect();
    let metadata = embedded::<Metadata>(data!("servizio_metadati"));
    all.push(Vocabulary::new("tipi_esito", metadata.tipi_esito));
    all.push(Vocabulary::new("archetipi", metadata.archetipi));
    let appointments = embedded::<Appointments>(data!("tipi_incarico"));
    all.push(Vocabulary::new("tipi_incarico", appointments.voci));
    all.push(Vocabulary::new("ruoli", appointments.ruoli));
    all.push(Vocabulary::new("target_evento", embedded::<Audiences>(data!("tipi_evento")).target));
    all
});

/// Reads one of the product's own YAML files, whose well-formedness the tests guarantee.
///
/// # Panics
/// When the embedded text is not in the expected form: a fault of the program.
pub fn embedded<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    serde_saphyr::from_str(text).expect("embedded data is well formed")
}

/// A vocabulary by name.
///
/// # Panics
/// When the product has no vocabulary of that name: a fault of the program, not of the content.
pub fn get(name: &str) -> &'static Vocabulary {
    ALL.iter().find(|v| v.name == name).expect("a vocabulary that the product ships")
}

/// One entry of the catalogue of typical municipal services.
#[derive(Debug, Clone, Deserialize)]
pub struct ServizioTipico {
    /// Stable identifier.
    pub slug: String,
    /// Title, at most 60 characters.
    pub nome: String,
    /// Category slug.
    pub categoria: String,
    /// Short description, at most 160 characters.
    pub descrizione: String,
    /// Who it is for.
    pub destinatari: String,
    /// Topic slugs.
    #[serde(default)]
    pub argomenti: Vec<String>,
}

/// The catalogue of typical municipal services.
pub fn servizi_tipici() -> Vec<ServizioTipico> {
    #[derive(Deserialize)]
    struct Catalogo {
        voci: Vec<ServizioTipico>,
    }
    embedded::<Catalogo>(data!("catalogo_servizi")).voci
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vocabulary_loads() {
        assert_eq!(get("categorie_servizio").voci.len(), 15);
        assert_eq!(get("argomenti").voci.len(), 64);
        assert!(servizi_tipici().len() > 100);
    }

    #[test]
    fn look_up_by_slug_name_and_suggestion() {
        let news = get("tipi_notizia");
        assert_eq!(news.find("avvisi").unwrap().slug, "avvisi");
        assert_eq!(news.find("Avviso").unwrap().slug, "avvisi");
        assert_eq!(get("argomenti").suggest("anagrfe"), Some("anagrafe"));
    }

    #[test]
    fn documents_know_their_family() {
        let documents = get("tipi_documento");
        let leaf = documents.find("albo-bando-di-concorso").unwrap();
        assert_eq!(documents.root_of(leaf).slug, "documenti-albo-pretorio");
    }
}
