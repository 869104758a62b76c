//! Amministrazione trasparente: its index and the page of every section.

use std::collections::BTreeMap;

use super::super::cards::Cards;
use super::super::format::{self, count};
use super::super::markdown::{self, Markdown};
use super::super::tables;
use super::super::view::data::{Duty, Fact, Files, Procedure, SezioneTrasparenza, Trasparenza};
use super::super::view::{Attachment, Link, MapTree};
use super::Built;
use super::contents::maybe;
use crate::content::servizio::{PagamentoPrevisto, Servizio};
use crate::content::trasparenza::{self as written, Allegato, Tipologia};
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::{Plan, TRASPARENZA};
use crate::site::Item;
use crate::vocab::trasparenza::{Sezione, albero};

const TITLE: &str = "Amministrazione trasparente";

/// `/amministrazione-trasparente/`: the sections that the law names, and whom to ask.
pub fn indice(cards: Cards<'_>, plan: &Plan) -> Built {
    let sezioni = albero()
        .radici()
        .filter(|s| plan.has(&s.url()))
        .map(|s| tree(cards, plan, s, &|below| below.livello() == 2))
        .collect();
    let urp = cards.site.config.written.contatti.urp.as_ref().and_then(|u| cards.site.target(&u.value));
    let view = Trasparenza { sezioni, ufficio: urp.map(|u| cards.office(u)) };
    Built::new(TITLE, &view)
        .described("I dati e i documenti che il Comune pubblica per legge (decreto legislativo 33 del 2013).")
}

/// A section with those below it that have a page and that `open` wants.
fn tree(cards: Cards<'_>, plan: &Plan, sezione: &Sezione, open: &dyn Fn(&Sezione) -> bool) -> MapTree {
    let below = sezione.figli.iter().map(|id| albero().get(*id)).filter(|s| open(s) && plan.has(&s.url()));
    MapTree {
        label: sezione.titolo.clone(),
        url: cards.urls.path(&sezione.url()),
        qui: false,
        figli: below.map(|s| tree(cards, plan, s, open)).collect(),
    }
}

/// The first-level sections, with those on the way to `sezione` and right below it.
fn menu(cards: Cards<'_>, plan: &Plan, sezione: &Sezione) -> Vec<MapTree> {
    let on_the_way = |s: &Sezione| {
        s.genitore.is_some_and(|above| {
            above == sezione.id
                || sezione.genitore == Some(above)
                || albero().sopra(sezione).iter().any(|a| a.id == above)
        })
    };
    let here = cards.urls.path(&sezione.url());
    let mut nodes: Vec<MapTree> =
        albero().radici().filter(|s| plan.has(&s.url())).map(|s| tree(cards, plan, s, &on_the_way)).collect();
    mark(&mut nodes, &here);
    nodes
}

/// Marks the node of this page.
fn mark(nodes: &mut [MapTree], here: &str) {
    for node in nodes {
        node.qui = node.url == here;
        mark(&mut node.figli, here);
    }
}

/// The page of a section.
pub fn sezione(cards: Cards<'_>, plan: &Plan, sezione: &'static Sezione) -> Built {
    let contenuto = cards.site.contenuto(sezione);
    let tabelle = tables::of_section(cards, sezione, &contenuto);
    let procedimenti = contenuto
        .elenchi
        .iter()
        .filter(|(kind, _)| *kind == Tipologia::Procedimento)
        .flat_map(|(_, items)| items)
        .filter_map(|item| procedure(cards, item))
        .collect();
    let below = sezione.figli.iter().map(|id| albero().get(*id)).filter(|s| plan.has(&s.url()));
    let figli: Vec<Link> =
        below.map(|s| Link { label: s.titolo.clone(), url: cards.urls.path(&s.url()) }).collect();
    let file = contenuto.file.map(|(_, f)| f);
    let mut md = Markdown::new(cards.site, cards.urls);
    let empty = contenuto.is_empty() && figli.is_empty();
    let said = file.and_then(|f| f.nessun_dato.as_ref()).map(|n| n.value.0.clone());
    let own = file.is_some_and(|f| f.contenuto_obbligo.is_some());
    let view = SezioneTrasparenza {
        menu: menu(cards, plan, sezione),
        testo_html: file.and_then(|f| maybe(&mut md, f.testo.as_ref(), Kind::Trasparenza, 2)),
        altrove: file
            .and_then(|f| f.vai_a.as_ref())
            .map(|u| Link { label: format!("Vai a «{}»", sezione.titolo), url: u.value.0.to_string() }),
        figli,
        link: file.map_or_else(Vec::new, |f| {
            f.link.iter().filter_map(|r| cards.site.find(r.kind, &r.slug)).map(|i| cards.link(i)).collect()
        }),
        tabelle,
        procedimenti,
        allegati: file.map_or_else(Vec::new, |f| by_year(cards, &f.allegati)),
        vuoto: empty.then(|| {
            said.unwrap_or_else(|| {
                "In questo momento non ci sono dati da pubblicare in questa sezione.".to_owned()
            })
        }),
        guida_html: file.and_then(|f| maybe(&mut md, f.contenuto_obbligo.as_ref(), Kind::Trasparenza, 3)),
        obblighi: if own { Vec::new() } else { duties(sezione) },
        guida: guide(cards, sezione, file),
        aggiornata: contenuto.file.and_then(|(item, _)| cards.updated(item)),
    };
    let above = albero().sopra(sezione);
    let steps: Vec<(&str, String)> = above.iter().map(|s| (s.titolo.as_str(), s.url())).collect();
    let mut parents = vec![(TITLE, TRASPARENZA)];
    parents.extend(steps.iter().map(|(titolo, url)| (*titolo, url.as_str())));
    let mut built = Built::new(&sezione.titolo, &view)
        .described(format!(
            "{}: la sezione di Amministrazione trasparente di {}.",
            sezione.titolo, cards.site.config.nome_breve
        ))
        .below("", &parents);
    if let Some((item, _)) = contenuto.file {
        let common = &item.entry.common;
        built.lastmod =
            common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref()).map(|d| d.value);
        if !item.descrizione.is_empty() {
            built = built.described(&item.descrizione);
        }
    }
    built
}

/// Files of a section by year, newest first; those without a year first.
fn by_year(cards: Cards<'_>, files: &[Spanned<Allegato>]) -> Vec<Files> {
    let year = |a: &Allegato| {
        let written = a.anno.as_ref().and_then(|y| i16::try_from(y.value).ok());
        written.or_else(|| a.data.as_ref().map(|d| d.value.year()))
    };
    let mut groups: BTreeMap<Option<std::cmp::Reverse<i16>>, Vec<Attachment>> = BTreeMap::new();
    for file in files {
        let a = &file.value;
        let title = match &a.data {
            Some(date) => format!("{} ({})", a.titolo.value.0, format::date(date.value)),
            None => a.titolo.value.0.clone(),
        };
        groups.entry(year(a).map(std::cmp::Reverse)).or_default().push(cards.file(&a.file.value.0, &title));
    }
    let group = |(year, voci): (Option<std::cmp::Reverse<i16>>, _)| Files {
        titolo: year.map(|y| y.0.to_string()),
        note: None,
        voci,
    };
    groups.into_iter().map(group).collect()
}

/// The national duties, those of Comuni where the table says which.
fn duties(sezione: &Sezione) -> Vec<Duty> {
    let told = sezione.obblighi.iter().any(|o| o.comuni);
    sezione
        .obblighi
        .iter()
        .filter(|o| o.comuni || !told)
        .map(|o| Duty {
            oggetto: o.oggetto.clone(),
            riferimenti: o.riferimenti.join("; "),
            aggiornamento: o.aggiornamento.clone(),
        })
        .collect()
}

/// Laws, times and terms: the Comune's own, else the region's, else the nation's.
fn guide(cards: Cards<'_>, sezione: &Sezione, file: Option<&written::SezioneTrasparenza>) -> Vec<Fact> {
    let region = sezione.trentino.as_ref().filter(|_| cards.site.profilo_trentino());
    let own = |pick: fn(&written::SezioneTrasparenza) -> &Option<Spanned<crate::content::types::Line>>| {
        file.and_then(|f| pick(f).as_ref()).map(|l| l.value.0.clone())
    };
    let laws = file.map(|f| f.riferimenti_normativi.iter().map(|r| r.value.0.as_str()).collect::<Vec<_>>());
    let laws = laws.filter(|l| !l.is_empty()).map(|l| l.join("; "));
    let national = (!sezione.riferimento.is_empty()).then(|| sezione.riferimento.join("; "));
    let facts = [
        ("Riferimenti normativi", laws.or_else(|| region.and_then(|r| r.riferimento.clone())).or(national)),
        ("A chi si applica", own(|f| &f.applicabilita)),
        ("Da quando", own(|f| &f.decorrenza).or_else(|| region.and_then(|r| r.decorrenza.clone()))),
        ("Aggiornamento", own(|f| &f.aggiornamento).or_else(|| region.and_then(|r| r.aggiornamento.clone()))),
        (
            "Per quanto tempo",
            own(|f| &f.termine_pubblicazione).or_else(|| region.and_then(|r| r.termine.clone())),
        ),
    ];
    facts.into_iter().filter_map(|(nome, valore)| Some(Fact { nome, valore: valore?, iso: None })).collect()
}

/// A procedure with all that article 35 wants known; what the sheet says is taken from the sheet.
fn procedure(cards: Cards<'_>, item: &Item) -> Option<Procedure> {
    let Data::Servizio(s) = &item.entry.data else { return None };
    let p = &s.procedimento.as_ref()?.value;
    let line = |l: &Option<Spanned<crate::content::types::Line>>| l.as_ref().map(|l| l.value.0.clone());
    let long = |l: &Option<Spanned<crate::content::types::Line<500>>>| l.as_ref().map(|l| l.value.0.clone());
    let joined = |lines: Vec<String>| (!lines.is_empty()).then(|| lines.join("; "));
    let days = s.giorni_massimi.as_ref().map(|g| format::count(g.value as usize, "giorno", "giorni"));
    let average = s.giorni_medi.as_ref().map(|g| count(g.value as usize, "giorno", "giorni"));
    let unit = |slug| cards.site.target(slug).map(|i| i.titolo.clone());
    let person = |slug| cards.site.target(slug).map(|i| i.titolo.clone());
    let forms = if p.modulistica.is_empty() { &s.modulistica } else { &p.modulistica };
    let enclosed: Vec<String> = if p.atti_a_corredo.is_empty() {
        s.cosa_serve_elenco.iter().map(|one| markdown::plain(&one.value.text)).collect()
    } else {
        p.atti_a_corredo.iter().map(|l| l.value.0.clone()).collect()
    };
    let facts = [
        ("Che cos'è", long(&p.descrizione).or_else(|| Some(item.descrizione.clone()))),
        ("Ufficio responsabile", unit(&s.unita_responsabile.value)),
        ("Responsabile del procedimento", p.responsabile.as_ref().and_then(|r| person(&r.value))),
        ("Dirigente", line(&p.dirigente)),
        ("Chi decide", p.organo_competente.as_ref().and_then(|o| unit(&o.value))),
        ("Chi partecipa", line(&p.soggetti_coinvolti)),
        ("Da quando si conta il termine", line(&p.decorrenza_termine)),
        ("Termine", line(&p.fine_termine).or(days)),
        ("Tempo medio", line(&p.tempo_medio).or(average)),
        (
            "Silenzio assenso",
            p.silenzio_assenso.as_ref().map(|s| if s.value { "Sì" } else { "No" }.to_owned()),
        ),
        ("Provvedimento finale", line(&p.provvedimento_finale)),
        ("Che cosa allegare", joined(enclosed)),
        ("Come si paga", long(&p.pagamenti).or_else(|| payment(s))),
        ("Come avere informazioni", line(&p.modalita_informazioni)),
        ("Procedura online", p.procedura_online.as_ref().map(|u| u.value.0.to_string())),
        ("Altri modi di invio", line(&p.altre_modalita_invio)),
        ("Come tutelarsi", long(&p.strumenti_tutela)),
        ("Chi interviene se il termine passa", long(&p.potere_sostitutivo)),
        ("Che cosa ne pensano i cittadini", line(&p.customer_satisfaction)),
        ("Norme", joined(p.riferimenti_normativi.iter().map(|r| r.value.0.clone()).collect())),
    ];
    Some(Procedure {
        titolo: item.titolo.clone(),
        url: cards.urls.path(&item.url),
        dati: facts.into_iter().filter_map(|(nome, v)| Some(Fact { nome, valore: v?, iso: None })).collect(),
        moduli: cards.links(forms),
    })
}

/// How one pays, as the sheet says: whether, and in which ways.
fn payment(s: &Servizio) -> Option<String> {
    let payment = s.pagamento.as_ref()?;
    if payment.previsto.value == PagamentoPrevisto::No {
        return Some("Non si paga".to_owned());
    }
    let ways: Vec<&str> = payment.modalita.iter().map(|m| m.tipo.value.nome()).collect();
    (!ways.is_empty()).then(|| ways.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_are_those_of_comuni() {
        let section = albero().find("tassi-di-assenza").unwrap();
        let told = section.obblighi.iter().filter(|o| o.comuni).count();
        assert_eq!(duties(section).len(), if told == 0 { section.obblighi.len() } else { told });
        assert!(!duties(section).is_empty());
    }
}
