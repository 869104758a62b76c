//! Fields that every content type has (content model 1), and the rules on them.

use jiff::civil::Date;

use super::Kind;
use super::field::{Cx, missing};
use super::shape::{Scalar, Shape, Tipo};
use super::types::{AnyRef, Line, PicturePath, Term, is_slug, scalar, voc};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned};
use crate::yaml::Node;
use crate::{record, text};

record! {
    /// A picture with its alternative text.
    pub struct Immagine {
        /// The file in `media/`.
        file: required PicturePath,
        /// What the picture shows, for who cannot see it.
        alt: required Line,
        /// Caption.
        didascalia: optional Line,
        /// Author or source.
        crediti: optional Line,
    }
}

/// `in_evidenza`: its place among the highlighted contents, 1 first. `true` means 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidenza(pub u32);

impl super::field::FieldType for Evidenza {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match scalar(node, cx)? {
            "true" | "sì" => Some(Evidenza(1)),
            "false" | "no" => Some(Evidenza(u32::MAX)),
            number => match number.parse() {
                Ok(n) => Some(Evidenza(n)),
                Err(_) => cx.fail(super::types::not_among(number, &["true", "1", "2", "3"], node.span)),
            },
        }
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar {
            types: &[Tipo::Boolean, Tipo::Integer],
            example: Some("1"),
            ..Scalar::default()
        })
    }
}

/// An old address of this site, `/vecchia/pagina/`: redirected to the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias(pub String);

impl super::field::FieldType for Alias {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let inner = written.trim_matches('/');
        let last_is_file =
            |part: &str| part.strip_suffix(".html").is_some_and(|p| is_slug(&p.to_lowercase()));
        let sound = written.starts_with('/')
            && !inner.is_empty()
            && inner.split('/').all(|part| is_slug(&part.to_lowercase()) || last_is_file(part));
        if sound {
            return Some(Alias(inner.to_owned()));
        }
        cx.fail(
            Diagnostic::new(
                Code::PlanAlias,
                text!(
                    "`{written}` non è un vecchio indirizzo del sito",
                    "`{written}` is not an old address of the site"
                ),
            )
            .at(node.span)
            .hint(text!(
                "scrivi il percorso che comincia con /, per esempio /vecchia/pagina/",
                "write the path beginning with /, for example /old/page/"
            )),
        )
    }

    fn shape() -> Shape {
        Scalar::form(
            "^/.",
            "Scrivi il percorso che comincia con /, per esempio /vecchia/pagina/",
            "/vecchia/pagina/",
        )
    }
}

record! {
    /// The common fields, as written.
    pub struct Common {
        /// Title: H1, card, breadcrumb.
        titolo: optional Line,
        /// Plain summary: card, lead, meta description.
        descrizione_breve: optional Line,
        /// Topics.
        argomenti: list Term<voc::Argomento>,
        /// Main picture.
        immagine: optional Immagine,
        /// First day on which the page is published.
        data_pubblicazione: optional Date,
        /// Last revision, shown on the page.
        data_aggiornamento: optional Date,
        /// Last day of validity: afterwards it leaves lists, the page stays.
        scadenza: optional Date,
        /// From the day after, the page is not built.
        data_rimozione: optional Date,
        /// Not built without `--drafts`.
        bozza: optional bool,
        /// Place among highlighted contents.
        in_evidenza: optional Evidenza,
        /// Manual order in lists.
        ordine: optional u32,
        /// Left out of search and sitemap.
        escludi_da_ricerca: optional bool,
        /// Related contents, chosen by hand.
        correlati: list AnyRef,
        /// Old addresses.
        alias: list Alias,
        /// What changed in the last revision.
        note_aggiornamento: optional Line,
    }
}

/// Recommended longest title, in characters.
const TITLE: usize = 60;
/// Recommended longest short description, in characters.
const SUMMARY: usize = 160;

/// Whether contents of a type must have a common field.
pub fn mandatory(kind: Kind, field: &str) -> bool {
    use Kind::{
        Allerta, Argomento, Bando, Documento, Domanda, Evento, Notizia, Persona, PuntoContatto, Servizio,
        Trasparenza,
    };
    match field {
        "titolo" => !matches!(kind, Domanda | PuntoContatto | Argomento | Allerta | Persona | Trasparenza),
        "descrizione_breve" => !matches!(kind, Domanda | PuntoContatto | Allerta | Persona | Trasparenza),
        "argomenti" => matches!(kind, Servizio | Notizia | Documento | Evento),
        "data_pubblicazione" => matches!(kind, Notizia | Documento | Bando),
        _ => false,
    }
}

/// Fields that contents of a type had better have, though nothing requires them (content model 1 and 2).
pub fn recommended(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Servizio => &[
            "accesso",
            "copertura_geografica",
            "cosa_serve_elenco",
            "data_aggiornamento",
            "eventi_vita_persone",
            "giorni_massimi",
            "pagamento",
        ],
        Kind::Notizia => &["data_aggiornamento", "immagine"],
        Kind::Luogo => &["argomenti", "data_aggiornamento", "orari", "tipo"],
        Kind::Unita => &["argomenti", "data_aggiornamento", "orari", "responsabile", "unita_genitore"],
        Kind::Persona => &["curriculum", "data_aggiornamento"],
        Kind::Documento => &["data_aggiornamento", "sezioni_trasparenza"],
        Kind::Evento | Kind::Dataset | Kind::Bando | Kind::Pagina | Kind::Progetto => &["data_aggiornamento"],
        _ => &[],
    }
}

/// Whether contents of a type may have a common field: a person's title, picture and topics follow from fields of her own.
pub fn allowed(kind: Kind, field: &str) -> bool {
    kind != Kind::Persona || !matches!(field, "titolo" | "immagine" | "argomenti")
}

impl Common {
    /// Rules on common fields that depend on the type.
    pub fn check(&self, kind: Kind, start: Span, cx: &mut Cx<'_>) {
        let there = [
            ("titolo", self.titolo.is_some()),
            ("descrizione_breve", self.descrizione_breve.is_some()),
            ("argomenti", !self.argomenti.is_empty()),
            ("data_pubblicazione", self.data_pubblicazione.is_some()),
        ];
        for (field, _) in there.iter().filter(|(field, there)| !there && mandatory(kind, field)) {
            cx.out.push(missing(field, start));
        }
        advise_length(self.titolo.as_ref(), "titolo", TITLE, cx);
        advise_length(self.descrizione_breve.as_ref(), "descrizione_breve", SUMMARY, cx);
        check_order(
            self.data_pubblicazione.as_ref(),
            self.scadenza.as_ref(),
            "data_pubblicazione",
            "scadenza",
            cx,
        );
        check_order(
            self.data_pubblicazione.as_ref(),
            self.data_rimozione.as_ref(),
            "data_pubblicazione",
            "data_rimozione",
            cx,
        );
    }

    /// Whether the content exists for citizens on that day.
    pub fn published(&self, now: Date, drafts: bool) -> bool {
        let flag = |f: &Option<Spanned<bool>>| f.as_ref().is_some_and(|b| b.value);
        (drafts || !flag(&self.bozza))
            && self.data_pubblicazione.as_ref().is_none_or(|d| d.value <= now)
            && self.data_rimozione.as_ref().is_none_or(|d| now <= d.value)
    }

    /// Whether its validity is over on that day.
    pub fn expired(&self, now: Date) -> bool {
        self.scadenza.as_ref().is_some_and(|d| d.value < now)
    }
}

fn advise_length(line: Option<&Spanned<Line>>, name: &str, limit: usize, cx: &mut Cx<'_>) {
    let Some(line) = line else { return };
    let length = line.chars().count();
    if length > limit {
        cx.out.push(
            Diagnostic::new(
                Code::FieldLongish,
                text!(
                    "`{name}` ha {length} caratteri: se ne consigliano al massimo {limit}",
                    "`{name}` has {length} characters: at most {limit} are recommended"
                ),
            )
            .at(line.span)
            .hint(text!(
                "accorcialo di {} caratteri",
                "shorten it by {} characters",
                length - limit
            )),
        );
    }
}

/// Two dates that must follow each other.
pub fn check_order(
    first: Option<&Spanned<Date>>,
    second: Option<&Spanned<Date>>,
    a: &str,
    b: &str,
    cx: &mut Cx<'_>,
) {
    if let (Some(first), Some(second)) = (first, second)
        && second.value < first.value
    {
        cx.out.push(
            Diagnostic::new(
                Code::FieldOrder,
                text!("`{b}` viene prima di `{a}`", "`{b}` comes before `{a}`"),
            )
            .at(second.span)
            .hint(text!("correggi una delle due date", "correct one of the two dates")),
        );
    }
}
