//! Terms of the controlled vocabularies.

use std::marker::PhantomData;

use super::super::field::{Cx, FieldType};
use super::super::shape::Shape;
use super::{invalid, scalar};
use crate::diagnostic::Code;
use crate::text;
use crate::vocab::{self, Vocabulary};
use crate::yaml::Node;

/// Names a vocabulary at compile time, for [`Term`].
pub trait VocabularyName {
    /// The vocabulary.
    fn vocabulary() -> &'static Vocabulary;
}

macro_rules! vocabularies {
    ($( $name:ident = $file:literal ),* $(,)?) => { $(
        #[doc = concat!("Marks terms of the vocabulary `", $file, "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;
        impl VocabularyName for $name {
            fn vocabulary() -> &'static Vocabulary { vocab::get($file) }
        }
    )* };
}

/// Marker types for [`Term`].
pub mod voc {
    use super::{Vocabulary, VocabularyName, vocab};
    vocabularies!(
        CategoriaServizio = "categorie_servizio",
        Argomento = "argomenti",
        TipoNotizia = "tipi_notizia",
        TipoLuogo = "tipi_luogo",
        TipoUnita = "tipi_unita_organizzativa",
        TipoIncarico = "tipi_incarico",
        Ruolo = "ruoli",
        TipoDocumento = "tipi_documento",
        TipoPuntoContatto = "tipi_punto_contatto",
        Licenza = "licenze",
        EventoVitaPersone = "eventi_vita_persone",
        EventoVitaImpresa = "eventi_vita_impresa",
        TipoEsito = "tipi_esito",
        Archetipo = "archetipi",
        TemaDataset = "temi_dataset",
        FrequenzaAggiornamento = "frequenze_aggiornamento",
        TipoEvento = "tipi_evento",
        TargetEvento = "target_evento",
    );
}

/// A term of a controlled vocabulary.
#[derive(Debug, Clone)]
pub struct Term<V> {
    /// The entry of the vocabulary.
    pub entry: &'static vocab::Voce,
    vocabulary: PhantomData<V>,
}

impl<V: VocabularyName> Term<V> {
    /// The term of an entry.
    pub fn new(entry: &'static vocab::Voce) -> Self {
        Term { entry, vocabulary: PhantomData }
    }
}

impl<V: VocabularyName> FieldType for Term<V> {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let vocabulary = V::vocabulary();
        if let Some(entry) = vocabulary.find(written) {
            return Some(Term::new(entry));
        }
        let name = &vocabulary.name;
        let hint = vocabulary.suggest(written).map_or_else(
            || {
                let all = vocabulary.slugs().take(20).collect::<Vec<_>>().join(", ");
                text!("le voci sono: {all}…", "the terms are: {all}…")
            },
            |near| text!("forse volevi scrivere `{near}`", "did you mean `{near}`?"),
        );
        cx.fail(invalid(
            Code::VocabularyUnknown,
            node.span,
            text!(
                "`{written}` non è nel vocabolario «{name}»",
                "`{written}` is not in the vocabulary “{name}”"
            ),
            hint,
        ))
    }

    fn shape() -> Shape {
        Shape::Term(V::vocabulary())
    }
}
