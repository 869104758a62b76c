//! Persona pubblica and her roles (content model 2.6, 2.7).
//!
//! Roles (`incarichi`) live in the file of the person; units compute their people from them. A role is open between its dates, and
//! what a page shows of a person follows from the roles open on the day of the build.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Kind;
use super::common::{Common, Immagine, check_order};
use super::field::{Contained, Cx, FieldType, Reference};
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::shape::Shape;
use super::types::{Line, MediaPath, Slug, Term, is_slug, scalar, target, voc};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned};
use crate::vocab;
use crate::yaml::{Node, Value};
use crate::{record, text};

/// Years for which curriculum, pay and declarations stay after the last role (art. 14, paragraph 2, D.Lgs. 33/2013).
pub const KEPT: i64 = 3;

/// Official sections of the body.
pub const SECTIONS: &[(&str, &str)] = &[
    ("Competenze", "competenze"),
    ("Deleghe", "deleghe"),
    ("Biografia", "biografia"),
    ("Ulteriori informazioni", "ulteriori_informazioni"),
];

record! {
    /// A file of a year.
    pub struct FileAnnuale {
        /// The file.
        file: required MediaPath,
        /// The year it is about.
        anno: optional u32,
        /// What it is; the heading of its section if absent.
        titolo: optional Line,
    }
}

/// What a person declares: a text, or a file with its year.
#[derive(Debug, Clone)]
pub enum Dichiarazione {
    /// Words.
    Testo(Prose),
    /// A file.
    File(Box<FileAnnuale>),
}

impl FieldType for Dichiarazione {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &node.value {
            Value::Map(_) => FieldType::read(node, cx).map(|f| Dichiarazione::File(Box::new(f))),
            _ => Prose::read(node, cx).map(Dichiarazione::Testo),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Prose::shape(), FileAnnuale::shape()])
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        match self {
            Dichiarazione::Testo(prose) => prose.references(field, span, out),
            Dichiarazione::File(file) => Contained::references(file.as_ref(), out),
        }
    }
}

/// The act that gives a role: a document of the site or a file.
#[derive(Debug, Clone)]
pub enum AttoNomina {
    /// The slug of a document.
    Documento(Slug<target::Documento>),
    /// A file of `media/`.
    File(MediaPath),
}

impl FieldType for AttoNomina {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        if is_slug(written.strip_suffix(".md").unwrap_or(written)) {
            Slug::read(node, cx).map(AttoNomina::Documento)
        } else {
            MediaPath::read(node, cx).map(AttoNomina::File)
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::Content(Kind::Documento), Shape::Media])
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        match self {
            AttoNomina::Documento(slug) => slug.references(field, span, out),
            AttoNomina::File(path) => path.references(field, span, out),
        }
    }
}

record! {
    /// A role held in a unit, as written.
    pub struct Incarico {
        /// Its name, where the role of the vocabulary is not enough ("Sindaca", "Assessora alla cultura").
        titolo: optional Line,
        /// Political, administrative or other: decides the list.
        tipo: required Term<voc::TipoIncarico>,
        /// Role of the vocabulary: decides the order in lists.
        ruolo: optional Term<voc::Ruolo>,
        /// The unit in which it is held.
        unita_organizzativa: required Slug<target::Unita>,
        /// Whether the person is in charge of that unit.
        responsabile: optional bool,
        /// First day.
        data_inizio: required Date,
        /// Last day; open if absent.
        data_fine: optional Date,
        /// Day of taking office.
        data_insediamento: optional Date,
        /// The act of appointment.
        atto_nomina: optional AttoNomina,
        /// Pay.
        compensi: list Dichiarazione,
        /// Travel and missions paid with public money.
        importi_viaggi: list Dichiarazione,
        /// Matters of the role.
        competenze: list Line,
        /// Matters delegated by the mayor.
        deleghe: list Line,
        /// The role by which the person is known, if several are open.
        principale: optional bool,
        /// Order among the roles of the person, smallest first.
        priorita: optional u32,
        /// A "posizione organizzativa".
        posizione_organizzativa: optional bool,
        /// An executive position.
        dirigenziale: optional bool,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

/// Where a role stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corso {
    /// Not begun.
    Futuro,
    /// Held.
    Aperto,
    /// Over.
    Concluso,
}

impl Incarico {
    /// Where it stands on a day; both its first and its last day count as held.
    pub fn corso(&self, now: Date) -> Corso {
        if now < self.data_inizio.value {
            Corso::Futuro
        } else if self.data_fine.as_ref().is_none_or(|end| now <= end.value) {
            Corso::Aperto
        } else {
            Corso::Concluso
        }
    }

    /// Its name: as written, else that of the role, else that of its kind.
    pub fn nome(&self) -> &str {
        match (&self.titolo, &self.ruolo) {
            (Some(titolo), _) => &titolo.value.0,
            (None, Some(ruolo)) => &ruolo.entry.nome,
            (None, None) => &self.tipo.entry.nome,
        }
    }

    /// Its place in lists: that of the role in the vocabulary; roles without a name come last.
    pub fn ordine(&self) -> u32 {
        self.ruolo.as_ref().and_then(|r| r.entry.ordine).unwrap_or(u32::MAX)
    }

    /// Whether it is a political one.
    pub fn politico(&self) -> bool {
        self.tipo.entry.slug == "politico"
    }

    /// What orders the roles of one person: the main one, then by priority, then by rank.
    fn rango(&self) -> (bool, u32, u32) {
        let main = self.principale.as_ref().is_some_and(|p| p.value);
        (!main, self.priorita.as_ref().map_or(u32::MAX, |p| p.value), self.ordine())
    }

    fn check(&self, cx: &mut Cx<'_>) {
        check_order(Some(&self.data_inizio), self.data_fine.as_ref(), "data_inizio", "data_fine", cx);
        let seated = self.data_insediamento.as_ref();
        check_order(Some(&self.data_inizio), seated, "data_inizio", "data_insediamento", cx);
        check_order(seated, self.data_fine.as_ref(), "data_insediamento", "data_fine", cx);
        let Some(ruolo) = &self.ruolo else { return };
        let (tipo, of_role) = (&self.tipo.entry.slug, ruolo.entry.tipo.as_deref().unwrap_or("altro"));
        if tipo != "altro" && of_role != "altro" && tipo != of_role {
            cx.out.push(
                Diagnostic::new(
                    Code::FieldValue,
                    text!(
                        "il ruolo `{}` è di tipo {of_role}, l'incarico di tipo {tipo}",
                        "role `{}` is of kind {of_role}, the appointment of kind {tipo}",
                        ruolo.entry.slug
                    ),
                )
                .at(ruolo.span)
                .hint(text!(
                    "scrivi `tipo: {of_role}` o cambia ruolo",
                    "write `tipo: {of_role}` or another role"
                )),
            );
        }
    }
}

record! {
    /// What a politician owns, and what the spouse and relatives up to the second degree own if they agree (art. 14 D.Lgs. 33/2013).
    pub struct Patrimonio {
        /// Of the person.
        soggetto: list Dichiarazione,
        /// Of spouse and relatives; none means that they did not agree.
        parenti: list Dichiarazione,
    }
}

record! {
    /// A person, as written.
    pub struct Persona {
        /// Given name.
        nome: required Line<100>,
        /// Family name: lists are in its order.
        cognome: required Line<100>,
        /// Portrait.
        foto: optional Immagine,
        /// Roles, past and future ones too.
        incarichi: some Incarico,
        /// Matters followed.
        competenze: list Prose,
        /// Matters delegated.
        deleghe: list Prose,
        /// Life, of politicians alone.
        biografia: optional Prose,
        /// Pictures of the role, of politicians alone.
        galleria: list Immagine,
        /// How to reach her.
        punti_contatto: some Contatto,
        /// Curriculum vitae.
        curriculum: list MediaPath,
        /// Property, of politicians alone.
        situazione_patrimoniale: optional Patrimonio,
        /// Tax declarations, of politicians alone.
        dichiarazione_redditi: list Dichiarazione,
        /// Electoral expenses, of politicians alone.
        spese_elettorali: list Dichiarazione,
        /// Changes of property, of politicians alone.
        variazione_situazione_patrimoniale: list Dichiarazione,
        /// Other offices held.
        altre_cariche: list Dichiarazione,
        /// Other appointments paid with public money.
        altri_incarichi: list Dichiarazione,
        /// Declarations that nothing forbids the appointment.
        dichiarazione_incompatibilita: list Dichiarazione,
        /// Emoluments.
        emolumenti: list Dichiarazione,
        /// More.
        ulteriori_informazioni: optional Prose,
    }
}

impl Persona {
    /// "Nome Cognome": the title of the page.
    pub fn titolo(&self) -> String {
        format!("{} {}", self.nome.value.0, self.cognome.value.0)
    }

    /// The roles at that point of their course on a day, the main one first.
    pub fn incarichi(&self, corso: Corso, now: Date) -> Vec<&Incarico> {
        let mut found: Vec<&Incarico> =
            self.incarichi.iter().map(|i| &i.value).filter(|i| i.corso(now) == corso).collect();
        found.sort_by_key(|i| i.rango());
        found
    }

    /// The kind of role that gives the person her section: the main one's, else political before administrative before other.
    /// It does not depend on the day, so that the address stays when a role ends.
    pub fn tipo(&self) -> &'static vocab::Voce {
        let kinds = &vocab::get("tipi_incarico").voci;
        let place =
            |i: &Incarico| kinds.iter().position(|k| k.slug == i.tipo.entry.slug).unwrap_or(kinds.len());
        let first = self.incarichi.iter().min_by_key(|i| (i.rango().0, place(i)));
        first.map_or(&kinds[kinds.len() - 1], |i| i.tipo.entry)
    }

    /// Whether any of her roles has begun: before, she has no page.
    pub fn iniziata(&self, now: Date) -> bool {
        self.incarichi.iter().any(|i| i.corso(now) != Corso::Futuro)
    }

    /// Drops what the law wants published only for a time (art. 14, paragraph 2, D.Lgs. 33/2013): property while a political role
    /// is open, curriculum, pay and declarations until three years after the last role.
    pub fn drop_lapsed(&mut self, now: Date) {
        let held = |i: &Incarico| i.politico() && i.corso(now) != Corso::Concluso;
        if !self.incarichi.iter().any(|i| held(i)) {
            self.situazione_patrimoniale = None;
        }
        let ends = self.incarichi.iter().map(|i| i.data_fine.as_ref().map_or(Date::MAX, |d| d.value));
        let last = ends.max().unwrap_or(Date::MAX);
        if now <= last.saturating_add(KEPT.years()) {
            return;
        }
        self.curriculum.clear();
        for list in [
            &mut self.dichiarazione_redditi,
            &mut self.spese_elettorali,
            &mut self.variazione_situazione_patrimoniale,
            &mut self.altre_cariche,
            &mut self.altri_incarichi,
            &mut self.dichiarazione_incompatibilita,
            &mut self.emolumenti,
        ] {
            list.clear();
        }
        for incarico in &mut self.incarichi {
            incarico.value.compensi.clear();
            incarico.value.importi_viaggi.clear();
        }
    }

    /// Rules across fields (content model 2.6, 5).
    pub fn check(&self, common: &Common, cx: &mut Cx<'_>) {
        for incarico in &self.incarichi {
            incarico.check(cx);
        }
        let topics = common.argomenti.first().map(|t| t.span);
        foreign(cx, common.titolo.as_ref().map(|t| t.span), "titolo", "`nome`, `cognome`");
        foreign(cx, common.immagine.as_ref().map(|i| i.span), "immagine", "`foto`");
        foreign(cx, topics, "argomenti", "`competenze`, `deleghe`");
        if !self.incarichi.iter().any(|i| i.politico()) {
            self.check_reserved(cx);
        }
    }

    /// Life, pictures, property, income and electoral expenses are published of politicians alone (content model 2.6; art. 14
    /// D.Lgs. 33/2013, as read by the Constitutional Court, judgment 20/2019): of others they would be personal data without a ground.
    fn check_reserved(&self, cx: &mut Cx<'_>) {
        let first = |list: &[Spanned<Dichiarazione>]| list.first().map(|d| d.span);
        let reserved = [
            ("biografia", self.biografia.as_ref().map(|b| b.span)),
            ("galleria", self.galleria.first().map(|i| i.span)),
            ("situazione_patrimoniale", self.situazione_patrimoniale.as_ref().map(|p| p.span)),
            ("dichiarazione_redditi", first(&self.dichiarazione_redditi)),
            ("spese_elettorali", first(&self.spese_elettorali)),
            ("variazione_situazione_patrimoniale", first(&self.variazione_situazione_patrimoniale)),
        ];
        for (name, at) in reserved {
            let Some(at) = at else { continue };
            cx.out.push(
                Diagnostic::new(
                    Code::PersonReserved,
                    text!(
                        "`{name}` si pubblica solo di chi ha un incarico politico",
                        "`{name}` is published only of who holds a political office"
                    ),
                )
                .at(at)
                .hint(text!(
                    "toglilo, o correggi il `tipo` dell'incarico",
                    "remove it, or correct the `tipo` of the appointment"
                )),
            );
        }
    }
}

/// A common field that persons do not have, and what to write instead.
fn foreign(cx: &mut Cx<'_>, at: Option<Span>, name: &str, instead: &str) {
    let Some(at) = at else { return };
    cx.out.push(
        Diagnostic::new(
            Code::FieldUnknown,
            text!("una persona non ha il campo `{name}`", "a person has no field `{name}`"),
        )
        .at(at)
        .hint(text!("toglilo e usa {instead}", "remove it and use {instead}")),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::parse::{self, Catalogue, Reading};
    use crate::content::{Data, Kind};
    use crate::diagnostic::SourceFiles;
    use crate::limits::Limits;

    fn persona(incarichi: &str) -> Persona {
        let contatti = "punti_contatto: [{voci: [{tipo: email, valore: a@comune.prova.tn.it}]}]";
        let text = format!(
            "---\nnome: Anna\ncognome: De Prà\ncurriculum: [media/cv.odt]\nsituazione_patrimoniale: {{soggetto: [Una casa.]}}\n\
             {contatti}\nincarichi: [{incarichi}]\n---\n"
        );
        let mut files = SourceFiles::default();
        let file = files.add("persone/anna.md", text);
        let mut out = Vec::new();
        let catalogue = Catalogue::new();
        let reading = Reading { files: &files, catalogue: &catalogue, limits: Limits::default() };
        let entry = parse::entry(Kind::Persona, "anna", file, reading, &mut out);
        assert!(out.is_empty(), "{:?}", out.iter().map(|d| &d.message.it).collect::<Vec<_>>());
        match entry.map(|e| e.data) {
            Some(Data::Persona(p)) => *p,
            other => panic!("{other:?}"),
        }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    const CONSIGLIERA: &str = "{tipo: politico, ruolo: consigliere, unita_organizzativa: consiglio, data_inizio: 2020-05-10, data_fine: 2025-05-10}";
    const IMPIEGATA: &str = "{tipo: amministrativo, unita_organizzativa: tributi, data_inizio: 2026-01-01}";

    #[test]
    fn first_and_last_day_count_as_held() {
        let role = &persona(CONSIGLIERA).incarichi[0].value;
        let course = [
            ("2020-05-09", Corso::Futuro),
            ("2020-05-10", Corso::Aperto),
            ("2025-05-10", Corso::Aperto),
            ("2025-05-11", Corso::Concluso),
        ];
        for (date, expected) in course {
            assert_eq!(role.corso(day(date)), expected, "{date}");
        }
    }

    #[test]
    fn the_section_does_not_depend_on_the_day_and_follows_the_main_role() {
        assert_eq!(persona(&format!("{IMPIEGATA}, {CONSIGLIERA}")).tipo().slug, "politico");
        let main = IMPIEGATA.replace('{', "{principale: true, ");
        assert_eq!(persona(&format!("{CONSIGLIERA}, {main}")).tipo().slug, "amministrativo");
    }

    #[test]
    fn roles_come_by_main_priority_and_rank() {
        let role = |extra: &str| {
            format!("{{tipo: politico, {extra}, unita_organizzativa: x, data_inizio: 2020-01-01}}")
        };
        let roles = [
            "ruolo: consigliere",
            "ruolo: sindaco",
            "ruolo: membro, priorita: 1",
            "ruolo: assessore, principale: true",
        ];
        let p = persona(&roles.map(role).join(", "));
        let names: Vec<&str> =
            p.incarichi(Corso::Aperto, day("2021-01-01")).iter().map(|i| i.nome()).collect();
        assert_eq!(names, ["Assessore", "Membro", "Sindaco", "Consigliere"]);
    }

    #[test]
    fn property_lapses_with_the_role_and_the_rest_three_years_later() {
        let after = |date: &str| {
            let mut p = persona(CONSIGLIERA);
            p.drop_lapsed(day(date));
            (p.situazione_patrimoniale.is_some(), !p.curriculum.is_empty())
        };
        assert_eq!(after("2025-05-10"), (true, true));
        assert_eq!(after("2025-05-11"), (false, true));
        assert_eq!(after("2028-05-10"), (false, true));
        assert_eq!(after("2028-05-11"), (false, false));
    }
}
