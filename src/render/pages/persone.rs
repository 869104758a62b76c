//! People: the two lists of Amministrazione, who has left, the page of a person.

use super::super::cards::Cards;
use super::super::facets::{self, Facets};
use super::super::format::{self, count};
use super::super::jsonld;
use super::super::markdown::Markdown;
use super::super::view::lists::Elenco;
use super::super::view::persone::{Day, Declarations, Declared, OfRole, PersonCard, Persona as View, Role};
use super::super::view::{Attachment, Link};
use super::contents::{finish, maybe};
use super::lists::{category_card, numbered, page_of};
use super::servizio::anchors;
use super::{AMMINISTRAZIONE, Built};
use crate::content::persona::{AttoNomina, Corso, Dichiarazione, Incarico, Persona};
use crate::content::types::Line;
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::{cessati_url, nome_sezione};
use crate::site::{Item, Membro, sezione_persona};

/// Title of the pages of who has left.
const CESSATI: &str = "Cessati dall'incarico";

/// `/amministrazione/politici/`, `/amministrazione/personale-amministrativo/`.
pub fn elenco(cards: Cards<'_>, sezione: &str, page: usize) -> Built {
    let site = cards.site;
    let people = site.persone_in(sezione);
    let (tutti, descrizione, gone) = match sezione {
        "politici" => (
            "Tutti i politici",
            "Chi governa il Comune: sindaco, assessori e consiglieri, con incarichi, deleghe e contatti.",
            "Chi ha amministrato il Comune in passato.",
        ),
        _ => (
            "Tutto il personale amministrativo",
            "Chi lavora negli uffici del Comune e ne è responsabile, con incarichi e contatti.",
            "Chi ha lavorato per il Comune in passato.",
        ),
    };
    let list = format!("/amministrazione/{sezione}/");
    let items: Vec<&Item> = people.iter().map(|m| m.item).collect();
    let (facets, filtri) = Facets::new(cards, &facets::PERSONE, &items);
    let card = |m: &Membro<'_>| PersonCard { valori: facets.fitting(m.item), ..cards.member(*m) };
    let (persone, paginazione) = page_of(cards, &people, &list, page, card);
    let highlighted = if page == 1 { site.in_evidenza(&items, 3) } else { Vec::new() };
    let gone = (!site.cessati_in(sezione).is_empty())
        .then(|| category_card(cards, CESSATI, &cessati_url(sezione), gone));
    let view = Elenco {
        evidenza_titolo: (!highlighted.is_empty()).then(|| "In evidenza".to_owned()),
        evidenza: highlighted.into_iter().map(|i| cards.card(i)).collect(),
        elenco_titolo: Some(tutti.to_owned()),
        conteggio: Some(format!(
            "{}, in ordine di ruolo e poi di cognome",
            count(people.len(), "persona", "persone")
        )),
        vuoto: people.is_empty().then(|| "In questo momento non c'è nessuno in carica.".to_owned()),
        ricerca: !people.is_empty(),
        filtri,
        persone,
        paginazione,
        categorie_titolo: gone.as_ref().map(|_| "Incarichi passati".to_owned()),
        categorie: gone.into_iter().collect(),
        ..Elenco::default()
    };
    let mut built = Built::new(nome_sezione(sezione), &view)
        .described(descrizione)
        .below("management", &[AMMINISTRAZIONE]);
    numbered(&mut built, &list, page);
    built
}

/// Who of a section has left all roles.
pub fn cessati(cards: Cards<'_>, sezione: &str) -> Built {
    let people = cards.site.cessati_in(sezione);
    let label = nome_sezione(sezione);
    let view = Elenco {
        elenco_titolo: Some("Tutti gli incarichi conclusi".to_owned()),
        conteggio: Some(format!("{}, in ordine di cognome", count(people.len(), "persona", "persone"))),
        ricerca: true,
        persone: people.into_iter().map(|i| cards.person(i)).collect(),
        ..Elenco::default()
    };
    Built::new(CESSATI, &view)
        .described(format!("{label}: chi ha concluso il proprio incarico nel Comune, con i dati che la legge chiede di conservare."))
        .below("management", &[AMMINISTRAZIONE, (label, &format!("/amministrazione/{sezione}/"))])
}

/// A person.
pub fn persona(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Persona(p) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let Some(main) = cards.main_role(item) else { return Built::new(&item.titolo, &()) };
    let mut page = Page { cards, item, md: Markdown::new(cards.site, cards.urls) };
    let view = page.view(p, main);
    let described = summary(cards, item, main);
    let mut built = page.below_its_section(p, Built::new(&item.titolo, &view));
    built.jsonld = vec![jsonld::person(cards, item, p)];
    let mut built = finish(built, item).described(described);
    built.shared.image = p.foto.as_ref().map(|f| f.file.value.0.clone());
    built
}

/// What search engines read of a person: the short description, else role and unit.
fn summary(cards: Cards<'_>, item: &Item, main: &Incarico) -> String {
    if !item.descrizione.is_empty() {
        return item.descrizione.clone();
    }
    let unit = cards.site.target(&main.unita_organizzativa.value).map(|u| format!(", {}", u.titolo));
    let over = if cards.site.cessato(item) { " (incarico concluso)" } else { "" };
    format!("{}{}{over}.", main.nome(), unit.unwrap_or_default())
}

/// Builds the view of a person.
struct Page<'a> {
    cards: Cards<'a>,
    item: &'a Item,
    md: Markdown<'a>,
}

impl Page<'_> {
    fn view(&mut self, p: &Persona, main: &Incarico) -> View {
        let (cards, item, site) = (self.cards, self.item, self.cards.site);
        let open = p.incarichi(Corso::Aperto, site.now);
        let mut past = p.incarichi(Corso::Concluso, site.now);
        past.sort_by_key(|i| std::cmp::Reverse(i.data_fine.as_ref().map(|d| d.value)));
        let others = |roles: &[&Incarico], page: &mut Self| -> Vec<Role> {
            roles.iter().filter(|i| !std::ptr::eq(**i, main)).map(|i| page.role(i)).collect()
        };
        let current = if open.is_empty() { vec![main] } else { open.clone() };
        let patrimonio = p.situazione_patrimoniale.as_ref();
        let mut view = View {
            ruolo: main.nome().to_owned(),
            descrizione: item.descrizione.clone(),
            cessata: open.is_empty(),
            foto: cards.picture(p.foto.as_ref()),
            indice: Vec::new(),
            incarico: self.role(main),
            tipi: distinct(current.iter().map(|i| i.tipo.entry.nome.clone())),
            altri: others(&open, self),
            conclusi: others(&past, self),
            compensi: self.of_roles(&open, &past, "Compensi", |i| &i.compensi),
            importi_viaggi: self
                .of_roles(&open, &past, "Importi di viaggio e missione", |i| &i.importi_viaggi),
            fa_parte_di: self.member_of(&open),
            responsabile_di: site.unita_dirette_da(item).into_iter().map(|u| cards.link(u)).collect(),
            assessore_di: site.unita_affidate_a(item).into_iter().map(|u| cards.link(u)).collect(),
            competenze: self.matters(&p.competenze, &current, |i| &i.competenze),
            deleghe: self.matters(&p.deleghe, &current, |i| &i.deleghe),
            biografia_html: maybe(&mut self.md, p.biografia.as_ref(), Kind::Persona, 2),
            galleria: cards.gallery(&p.galleria, &[], &mut self.md, Kind::Persona),
            contatti: cards.contacts(&p.punti_contatto),
            curriculum: p
                .curriculum
                .iter()
                .map(|f| cards.file(&f.value.0, &format!("Curriculum vitae di {}", item.titolo)))
                .collect(),
            patrimonio: patrimonio.is_some(),
            patrimonio_soggetto: patrimonio
                .map(|s| self.declared(&s.soggetto, "Situazione patrimoniale"))
                .unwrap_or_default(),
            patrimonio_parenti: patrimonio
                .map(|s| self.declared(&s.parenti, "Situazione patrimoniale dei parenti"))
                .unwrap_or_default(),
            dichiarazioni: self.declarations(p),
            ulteriori_html: maybe(&mut self.md, p.ulteriori_informazioni.as_ref(), Kind::Persona, 2),
            eventi: self.events(),
            notizie: self.news(),
            aggiornata: cards.updated(item),
        };
        view.indice = index(&view);
        view
    }

    fn role(&mut self, i: &Incarico) -> Role {
        let unit = self.cards.site.target(&i.unita_organizzativa.value);
        Role {
            nome: i.nome().to_owned(),
            unita: unit.map(|u| self.cards.link(u)),
            inizio: day(&i.data_inizio),
            fine: i.data_fine.as_ref().map(day),
            insediamento: i.data_insediamento.as_ref().map(day),
            atto: i.atto_nomina.as_ref().and_then(|a| self.act(&a.value)),
            ulteriori_html: maybe(&mut self.md, i.ulteriori_informazioni.as_ref(), Kind::Persona, 3),
        }
    }

    fn act(&self, act: &AttoNomina) -> Option<Attachment> {
        match act {
            AttoNomina::Documento(slug) => self.cards.site.target(slug).map(|d| self.cards.document(d)),
            AttoNomina::File(path) => Some(self.cards.file(&path.0, "Atto di nomina")),
        }
    }

    fn declared(&mut self, list: &[Spanned<Dichiarazione>], usual: &str) -> Vec<Declared> {
        list.iter()
            .map(|d| match &d.value {
                Dichiarazione::Testo(prose) => {
                    Declared { html: Some(self.md.render(prose, Kind::Persona, 3)), file: None }
                }
                Dichiarazione::File(file) => {
                    Declared { html: None, file: Some(self.cards.yearly(file, usual)) }
                }
            })
            .collect()
    }

    /// What roles declare, each below its name when there are several.
    fn of_roles(
        &mut self,
        open: &[&Incarico],
        past: &[&Incarico],
        usual: &str,
        field: impl Fn(&Incarico) -> &[Spanned<Dichiarazione>],
    ) -> Vec<OfRole> {
        let declaring: Vec<&&Incarico> = open.iter().chain(past).filter(|i| !field(i).is_empty()).collect();
        let several = declaring.len() > 1;
        declaring
            .into_iter()
            .map(|i| OfRole {
                titolo: several.then(|| i.nome().to_owned()),
                voci: self.declared(field(i), usual),
            })
            .collect()
    }

    /// Matters of the person and of her roles: one text alone stays a text, else every one is an item.
    fn matters(
        &mut self,
        own: &[Spanned<crate::content::prose::Prose>],
        roles: &[&Incarico],
        field: impl Fn(&Incarico) -> &[Spanned<Line>],
    ) -> Vec<String> {
        let own = own.iter().map(|p| self.md.render(&p.value, Kind::Persona, 2)).collect::<Vec<_>>();
        let of_roles =
            roles.iter().flat_map(|i| field(i)).map(|l| super::super::markdown::paragraph(&l.value.0));
        own.into_iter().chain(of_roles).collect()
    }

    /// The units that she is a member of; the offices that answer to her stand apart.
    fn member_of(&self, open: &[&Incarico]) -> Vec<Link> {
        let mut units: Vec<&Item> = Vec::new();
        for unit in open.iter().filter_map(|i| self.cards.site.target(&i.unita_organizzativa.value)) {
            let member = self.cards.site.componenti(unit).iter().any(|m| m.item.id == self.item.id);
            if member && units.iter().all(|u| u.id != unit.id) {
                units.push(unit);
            }
        }
        units.into_iter().map(|u| self.cards.link(u)).collect()
    }

    fn declarations(&mut self, p: &Persona) -> Vec<Declarations> {
        let sections = DECLARATIONS.into_iter().zip([
            &p.dichiarazione_redditi,
            &p.spese_elettorali,
            &p.variazione_situazione_patrimoniale,
            &p.altre_cariche,
            &p.altri_incarichi,
            &p.dichiarazione_incompatibilita,
            &p.emolumenti,
        ]);
        sections
            .filter(|(_, list)| !list.is_empty())
            .map(|((id, label), list)| Declarations { id, voci: self.declared(list, label) })
            .collect()
    }

    fn events(&self) -> Vec<super::super::view::Card> {
        let site = self.cards.site;
        let mut events = site.eventi_in_programma();
        events.retain(|e| site.inverse(self.item.id, "persone").any(|i| i.id == e.id));
        events.into_iter().take(3).map(|i| self.cards.card(i)).collect()
    }

    fn news(&self) -> Vec<super::super::view::Card> {
        let site = self.cards.site;
        let mut news = site.newest(Kind::Notizia);
        news.retain(|n| site.inverse(self.item.id, "persone").any(|i| i.id == n.id));
        news.into_iter().take(3).map(|i| self.cards.card(i)).collect()
    }

    /// Below the list of its section; below its unit if it has neither political nor administrative roles.
    fn below_its_section(&self, p: &Persona, built: Built) -> Built {
        if let Some(section) = sezione_persona(p) {
            let url = format!("/amministrazione/{section}/");
            return built.below("management", &[AMMINISTRAZIONE, (nome_sezione(section), &url)]);
        }
        let unit = p.incarichi.first().and_then(|i| self.cards.site.target(&i.unita_organizzativa.value));
        let Some((unit, Data::Unita(u))) = unit.map(|u| (u, &u.entry.data)) else { return built };
        let section = crate::site::sezione_unita(u.tipo.entry);
        let url = format!("/amministrazione/{section}/");
        built
            .below("management", &[AMMINISTRAZIONE, (nome_sezione(section), &url), (&unit.titolo, &unit.url)])
    }
}

/// Sections of declarations: fragment and official heading, in page order.
const DECLARATIONS: [(&str, &str); 7] = [
    ("dichiarazione-dei-redditi", "Dichiarazione dei redditi"),
    ("spese-elettorali", "Spese elettorali"),
    ("variazione-situazione-patrimoniale", "Variazione situazione patrimoniale"),
    ("altre-cariche", "Altre cariche"),
    ("altri-incarichi-pubblici", "Altri incarichi pagati con denaro pubblico"),
    ("dichiarazione-di-incompatibilita", "Dichiarazione sulle incompatibilità"),
    ("emolumenti", "Emolumenti"),
];

fn index(view: &View) -> Vec<super::super::view::Anchor> {
    let organisations =
        !(view.fa_parte_di.is_empty() && view.responsabile_di.is_empty() && view.assessore_di.is_empty());
    let mut entries = vec![
        (true, "incarico", "Incarico"),
        (true, "tipo-di-incarico", "Tipo di incarico"),
        (!view.compensi.is_empty(), "compensi", "Compensi"),
        (!view.importi_viaggi.is_empty(), "importi-di-viaggio", "Importi di viaggio e missione"),
        (organisations, "organizzazioni", "Organizzazioni"),
        (!view.competenze.is_empty(), "competenze", "Competenze"),
        (!view.deleghe.is_empty(), "deleghe", "Deleghe"),
        (view.biografia_html.is_some(), "biografia", "Biografia"),
        (!view.galleria.is_empty(), "galleria", "Galleria di immagini"),
        (true, "contatti", "Contatti"),
        (!view.curriculum.is_empty(), "curriculum-vitae", "Curriculum vitae"),
        (view.patrimonio, "situazione-patrimoniale", "Situazione patrimoniale"),
    ];
    entries.extend(
        DECLARATIONS.iter().map(|(id, label)| (view.dichiarazioni.iter().any(|d| d.id == *id), *id, *label)),
    );
    entries.push((view.ulteriori_html.is_some(), "ulteriori-informazioni", "Ulteriori informazioni"));
    entries.push((!view.eventi.is_empty(), "eventi", "Eventi"));
    entries.push((!view.notizie.is_empty(), "notizie", "Notizie"));
    anchors(&entries)
}

fn day(date: &Spanned<jiff::civil::Date>) -> Day {
    Day { testo: format::date(date.value), iso: date.value.to_string() }
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

/// Who makes up a unit; nobody when that would only repeat who is in charge of it.
pub fn members(cards: Cards<'_>, unit: &Item) -> Vec<PersonCard> {
    let in_charge = cards.site.responsabili_di(unit);
    let members = cards.site.componenti(unit);
    let others = members.iter().any(|m| in_charge.iter().all(|p| p.id != m.item.id));
    if others { members.into_iter().map(|m| cards.member(m)).collect() } else { Vec::new() }
}

/// People in their boxes.
pub fn boxes(cards: Cards<'_>, items: Vec<&Item>) -> Vec<PersonCard> {
    items.into_iter().map(|i| cards.person(i)).collect()
}
