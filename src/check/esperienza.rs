//! C.SI.1.1–1.7, user experience: fonts, library, service sheets, theme, controlled vocabularies, menu, second-level titles.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::audit::{Audit, LEVELS, Loss, Origin, Target, Visit};
use super::data::{lines, official_titles};
use crate::diagnostic::Code;
use crate::text;

static LIBRARY: LazyLock<HashSet<&str>> =
    LazyLock::new(|| lines(include_str!("data/bootstrap-italia-classes.txt")).collect());
static TOPICS: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines(include_str!("data/argomenti-criterio.txt")).map(str::to_lowercase).collect());
static EUROVOC: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines(include_str!("data/eurovoc-it.txt")).map(str::to_lowercase).collect());

/// C.SI.1.1: headings and paragraphs are in the national fonts.
pub fn fonts(audit: &mut Audit<'_>, visit: &Visit) {
    let pages: Vec<usize> = visit.levels().into_iter().chain(visit.sheets.iter().copied()).collect();
    for page in pages {
        let facts = audit.facts(page);
        let faults = facts.fonts.iter().map(|fault| (Code::FontWrong, Loss::Failed, fault));
        let inner = facts.inner_fonts.iter().map(|fault| (Code::FontInner, Loss::Tolerated, fault));
        for (code, loss, (tag, family, shown)) in faults.chain(inner) {
            audit.push(
                code,
                loss,
                page,
                Origin::Template,
                text!(
                    "`{tag}` «{shown}» è nel carattere «{family}»",
                    "`{tag}` “{shown}” is in the font “{family}”"
                ),
                text!(
                    "usa Titillium Web, Lora o Roboto Mono: togli la regola che lo cambia",
                    "use Titillium Web, Lora or Roboto Mono: remove the rule that changes it"
                ),
            );
        }
    }
}

/// C.SI.1.2: the national library, by its version and by the share of its classes on every page.
pub fn library(audit: &mut Audit<'_>, visit: &Visit, version: Option<&str>) {
    let sound = version.is_some_and(|v| {
        let numbers: Vec<Option<u32>> = v.split('.').map(|part| part.parse().ok()).collect();
        numbers.len() == 3 && numbers.iter().all(Option::is_some) && numbers[0] >= Some(2)
    });
    if !sound {
        let shown = version.unwrap_or("-");
        audit.push(
            Code::LibraryVersion,
            Loss::Failed,
            visit.home,
            Origin::Part("head.html"),
            text!(
                "la versione di Bootstrap Italia dichiarata dai fogli di stile è «{shown}»",
                "the version of Bootstrap Italia declared by the style sheets is “{shown}”"
            ),
            text!(
                "i fogli di stile devono dichiarare `--bootstrap-italia-version`, 2.0.0 o successiva",
                "style sheets must declare `--bootstrap-italia-version`, 2.0.0 or later"
            ),
        );
    }
    for page in visit.all() {
        let classes = &audit.facts(page).classes;
        let known = classes.iter().filter(|name| LIBRARY.contains(name.as_str())).count();
        let share = if classes.is_empty() { 0 } else { (200 * known + classes.len()) / (2 * classes.len()) };
        if share < 30 {
            audit.push(
                Code::LibraryClasses,
                Loss::Failed,
                page,
                Origin::Template,
                text!(
                    "solo il {share} % delle classi della pagina è di Bootstrap Italia",
                    "only {share} % of the classes of the page are of Bootstrap Italia"
                ),
                text!(
                    "ne serve almeno il 30 %: usa i componenti della libreria",
                    "at least 30 % are needed: use the components of the library"
                ),
            );
        }
    }
}

/// An entry of the index of a sheet: label, `data-element`s of which one is needed, whether it needs text, field of the content.
type Entry = (&'static str, &'static [&'static str], bool, &'static str);

/// The entries of a sheet, in the official order.
const ENTRIES: [Entry; 8] = [
    ("A chi è rivolto", &["service-addressed"], true, "a_chi_e_rivolto"),
    ("Come fare", &["service-how-to"], true, "come_fare"),
    ("Cosa serve", &["service-needed"], true, "cosa_serve"),
    ("Cosa si ottiene", &["service-achieved"], true, "cosa_si_ottiene"),
    ("Tempi e scadenze", &["service-calendar-text", "service-calendar-list"], false, "tempi_e_scadenze"),
    (
        "Accedi al servizio",
        &["service-generic-access", "service-booking-access", "service-online-access"],
        false,
        "accesso",
    ),
    ("Condizioni di servizio", &["service-file"], false, "condizioni_di_servizio"),
    ("Contatti", &["service-area"], false, "unita_responsabile"),
];

/// C.SI.1.3: the service sheets, each complete and in order.
pub fn sheets(audit: &mut Audit<'_>, visit: &Visit) {
    let Some(services) = visit.services else { return };
    let listed = audit.facts(services).of("service-link").len();
    if listed < 10 {
        audit.push(
            Code::SheetCount,
            Loss::Failed,
            services,
            Origin::Template,
            text!(
                "la pagina dei servizi elenca {listed} schede",
                "the page of services lists {listed} sheets"
            ),
            text!("ne servono almeno 10", "at least 10 are needed"),
        );
    }
    if audit.facts(services).link("pager-link").is_some() {
        audit.push(
            Code::SheetPaging,
            Loss::Failed,
            services,
            Origin::Template,
            text!(
                "l'elenco dei servizi ha un `pager-link`: chi valuta vedrebbe solo un'altra pagina",
                "the list of services has a `pager-link`: the evaluator would see another page only"
            ),
            text!("metti tutte le schede nella pagina, senza `pager-link`", "put all sheets on the page"),
        );
    }
    for sheet in &visit.sheets {
        judge_sheet(audit, *sheet);
    }
}

fn judge_sheet(audit: &mut Audit<'_>, page: usize) {
    let facts = audit.facts(page);
    let long = |name: &str, least: usize| {
        let whole: Vec<&str> = facts.of(name).iter().map(|one| one.text.as_str()).collect();
        whole.join(" ").trim().chars().count() >= least
    };
    let has = |name: &&str, needs_text: bool| {
        let reads = needs_text || *name == "service-calendar-text";
        if reads { long(name, 3) } else { !facts.of(name).is_empty() }
    };
    let mut lacks: Vec<(Code, String, &'static str)> = Vec::new();
    for (label, names, needs_text, field) in ENTRIES {
        if !facts.index.iter().any(|entry| entry == label) {
            lacks.push((Code::SheetIndex, format!("la voce «{label}» dell'indice"), field));
        } else if !names.iter().any(|name| has(name, needs_text)) {
            lacks.push((
                Code::SheetSection,
                format!("il contenuto di «{label}» ({})", names.join(", ")),
                field,
            ));
        }
    }
    for (name, least, field) in [
        ("service-title", 3, "titolo"),
        ("service-description", 3, "descrizione_breve"),
        ("service-area", 3, "unita_responsabile"),
    ] {
        if !long(name, least) {
            lacks.push((Code::SheetHeader, name.to_owned(), field));
        }
    }
    if facts.of("service-status").is_empty() {
        lacks.push((Code::SheetHeader, "service-status".to_owned(), "stato"));
    }
    if !facts.of("service-topic").iter().any(|one| !one.text.is_empty()) {
        lacks.push((Code::SheetHeader, "service-topic".to_owned(), "argomenti"));
    }
    if !category(&facts.breadcrumb) {
        lacks.push((Code::SheetCategory, "la categoria dopo «Servizi» nel percorso".to_owned(), "categoria"));
    }
    let moved = moved(&facts.index);
    let failed = lacks.len() > 2 || moved > 1;
    let loss = if failed { Loss::Failed } else { Loss::Tolerated };
    for (code, what, field) in lacks {
        audit.push(
            code,
            loss,
            page,
            Origin::Field(field),
            text!("nella scheda manca {what}", "the sheet lacks {what}"),
            text!("completa il campo `{field}` della scheda", "complete the field `{field}` of the sheet"),
        );
    }
    if moved > 0 {
        audit.push(
            Code::SheetOrder,
            loss,
            page,
            Origin::Template,
            text!(
                "le voci dell'indice non sono nell'ordine ufficiale: {}",
                "the entries of the index are not in the official order: {}",
                facts.index.join(", ")
            ),
            text!("rimetti le voci nell'ordine del Modello", "put the entries in the order of the Modello"),
        );
    }
}

/// Whether the item after “Servizi” names a category.
fn category(breadcrumb: &[String]) -> bool {
    let mut steps: Vec<String> = Vec::new();
    for item in breadcrumb {
        let plain: String =
            item.to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
        let plain = plain.trim().to_owned();
        if !plain.is_empty() && !steps.contains(&plain) {
            steps.push(plain);
        }
    }
    let after = steps.iter().position(|step| step == "servizi").and_then(|at| steps.get(at + 1));
    after.is_some_and(|step| step.len() >= 3)
}

/// How many labels must be taken away for the rest to be in order: 0, 1, or 2 for more.
fn moved(index: &[String]) -> usize {
    let rank = |label: &String| ENTRIES.iter().position(|(entry, ..)| entry == label);
    let ranks: Vec<usize> = index.iter().filter_map(rank).collect();
    let sorted = |list: &[usize]| list.windows(2).all(|pair| pair[0] < pair[1]);
    if sorted(&ranks) {
        return 0;
    }
    let without = |at: usize| {
        let mut rest = ranks.clone();
        rest.remove(at);
        rest
    };
    if (0..ranks.len()).any(|at| sorted(&without(at))) { 1 } else { 2 }
}

/// C.SI.1.4: no style sheet claims to be an old version of a theme for a CMS.
pub fn theme(audit: &mut Audit<'_>, visit: &Visit, styles: &[&str]) {
    let field = |header: &str, name: &str| {
        header.lines().find_map(|line| line.trim().strip_prefix(name).map(|value| value.trim().to_owned()))
    };
    let headers = styles.iter().filter_map(|css| css.split("/*!").nth(1)?.split("*/").next());
    let claimed = headers.filter(|h| field(h, "Text Domain:").as_deref() == Some("design_comuni_italia"));
    let old = |header: &&str| {
        field(header, "Version:")
            .is_none_or(|v| v.split('.').next().and_then(|n| n.parse::<u32>().ok()) < Some(1))
    };
    if let Some(header) = claimed.take(1).find(old) {
        let version = field(header, "Version:").unwrap_or_default();
        audit.push(
            Code::ThemeHeader,
            Loss::Failed,
            visit.home,
            Origin::Part("head.html"),
            text!(
                "un foglio di stile si dichiara il tema ufficiale per CMS, versione «{version}»",
                "a style sheet claims to be the official theme for a CMS, version “{version}”"
            ),
            text!("togli quella intestazione: non è il tuo tema", "remove that header: it is not your theme"),
        );
    }
}

/// C.SI.1.5: the page of topics lists official terms, and every topic that the site uses.
pub fn vocabularies(audit: &mut Audit<'_>, visit: &Visit) {
    let home = audit.facts(visit.home);
    let target = home.link("all-topics").and_then(|one| one.href.as_deref());
    let Some(Target::Page(page)) = target.map(|href| audit.target(visit.home, href)) else {
        return audit.push(
            Code::TopicsLink,
            Loss::Failed,
            visit.home,
            Origin::Part("header.html"),
            text!(
                "la home non porta alla pagina degli argomenti",
                "the home does not lead to the page of topics"
            ),
            text!(
                "serve un collegamento con `data-element=\"all-topics\"`",
                "a link with `data-element=\"all-topics\"` is needed"
            ),
        );
    };
    let mut names: Vec<String> =
        audit.facts(page).of("topic-element").iter().map(|t| t.text.clone()).collect();
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    if names.is_empty() {
        return audit.push(
            Code::TopicsEmpty,
            Loss::Failed,
            page,
            Origin::Template,
            text!("la pagina degli argomenti non ne elenca nessuno", "the page of topics lists none"),
            text!(
                "il nome di ogni argomento va in un elemento `topic-element`",
                "the name of each topic goes in a `topic-element`"
            ),
        );
    }
    let official = |name: &&String| TOPICS.contains(&name.to_lowercase());
    let foreign: Vec<String> = names.iter().filter(|name| !official(name)).cloned().collect();
    let known = names.iter().filter(|name| official(name) || EUROVOC.contains(&name.to_lowercase())).count();
    let loss =
        if (200 * known + names.len()) / (2 * names.len()) >= 50 { Loss::Tolerated } else { Loss::Failed };
    for name in foreign {
        audit.push(
            Code::TopicsForeign,
            loss,
            page,
            Origin::Words(name.clone()),
            text!("«{name}» non è un argomento del vocabolario", "“{name}” is no topic of the vocabulary"),
            text!("usa uno dei 64 argomenti ufficiali", "use one of the 64 official topics"),
        );
    }
    unlisted(audit, visit, page, &names);
}

/// The documents want every topic that a sheet names on the list.
fn unlisted(audit: &mut Audit<'_>, visit: &Visit, list: usize, names: &[String]) {
    for sheet in &visit.sheets {
        for topic in audit.facts(*sheet).of("service-topic") {
            if !topic.text.is_empty() && !names.contains(&topic.text) {
                audit.push(
                    Code::TopicsIncomplete,
                    Loss::Tolerated,
                    list,
                    Origin::Template,
                    text!(
                        "l'argomento «{}» è usato ma non è nell'elenco degli argomenti",
                        "topic “{}” is used but is not on the list of topics",
                        topic.text
                    ),
                    text!(
                        "l'elenco deve avere tutti gli argomenti usati",
                        "the list must have every topic used"
                    ),
                );
            }
        }
    }
}

/// The official label of a menu entry.
fn right_label(entry: &str, label: &str) -> bool {
    let label = label.to_lowercase();
    match entry {
        "management" => label == "amministrazione",
        "news" => label == "novità",
        "all-services" => label == "servizi",
        "live" => label.strip_prefix("vivere ").is_some_and(|rest| !rest.is_empty()),
        _ => false,
    }
}

/// C.SI.1.6: the main menu.
pub fn menu(audit: &mut Audit<'_>, visit: &Visit) {
    let home = audit.facts(visit.home);
    let header = || Origin::Part("header.html");
    for (entry, _) in LEVELS {
        match home.link(entry) {
            None => audit.push(
                Code::MenuMissing,
                Loss::Failed,
                visit.home,
                header(),
                text!("nel menu manca la voce `{entry}`", "the menu lacks the entry `{entry}`"),
                text!("riprendi il modello header.html del tema", "take the theme's header.html again"),
            ),
            Some(one) if !right_label(entry, &one.text) => audit.push(
                Code::MenuLabel,
                Loss::Failed,
                visit.home,
                header(),
                text!(
                    "la voce di menu «{}» non è ufficiale",
                    "the menu entry “{}” is not official",
                    one.text
                ),
                text!(
                    "le voci sono Amministrazione, Novità, Servizi, Vivere il Comune",
                    "the entries are Amministrazione, Novità, Servizi, Vivere il Comune"
                ),
            ),
            Some(_) => {}
        }
    }
    let usable: Vec<&str> = home.menu.iter().map(|(entry, _)| entry.as_str()).collect();
    let more = usable.len();
    if more > LEVELS.len() {
        let loss = if more < 8 { Loss::Tolerated } else { Loss::Failed };
        audit.push(
            Code::MenuExtra,
            loss,
            visit.home,
            header(),
            text!("il menu ha {more} voci invece di 4", "the menu has {more} entries instead of 4"),
            text!(
                "ogni voce una volta sola; le altre vanno nel menu secondario",
                "each entry once; others go in the secondary menu"
            ),
        );
    }
    menu_targets(audit, visit);
    menu_order(audit, visit);
    menu_everywhere(audit, visit);
}

fn menu_targets(audit: &mut Audit<'_>, visit: &Visit) {
    let home = audit.facts(visit.home);
    let entries = LEVELS.iter().map(|(entry, _)| *entry).chain(std::iter::once("custom-submenu"));
    for one in entries.flat_map(|entry| home.of(entry)) {
        let Some(href) = one.href.as_deref() else { continue };
        if matches!(audit.target(visit.home, href), Target::Outside(_) | Target::Other) {
            audit.push(
                Code::MenuOutside,
                Loss::Failed,
                visit.home,
                Origin::Part("header.html"),
                text!(
                    "la voce di menu «{}» porta fuori dal sito",
                    "the menu entry “{}” leads outside",
                    one.text
                ),
                text!("le voci di menu portano a pagine del sito", "menu entries lead to pages of the site"),
            );
        }
    }
}

fn menu_order(audit: &mut Audit<'_>, visit: &Visit) {
    let order: Vec<&str> = audit.facts(visit.home).menu.iter().map(|(entry, _)| entry.as_str()).collect();
    let official: Vec<&str> = LEVELS.iter().map(|(entry, _)| *entry).filter(|e| order.contains(e)).collect();
    let shown: Vec<&str> = order.iter().copied().filter(|entry| official.contains(entry)).collect();
    if shown.len() == official.len() && shown != official {
        audit.push(
            Code::MenuOrder,
            Loss::Failed,
            visit.home,
            Origin::Part("header.html"),
            text!("le voci del menu sono in un altro ordine", "the entries of the menu are in another order"),
            text!(
                "l'ordine è Amministrazione, Novità, Servizi, Vivere il Comune",
                "the order is Amministrazione, Novità, Servizi, Vivere il Comune"
            ),
        );
    }
}

/// The documents: the same menu on every page; titles of first-level pages equal to their entries.
fn menu_everywhere(audit: &mut Audit<'_>, visit: &Visit) {
    let expected = audit.facts(visit.home).menu.clone();
    for page in 0..audit.pages.len() {
        if audit.facts(page).menu != expected {
            audit.push(
                Code::MenuDiffers,
                Loss::Tolerated,
                page,
                Origin::Part("header.html"),
                text!("il menu non è quello della home", "the menu is not that of the home"),
                text!("il menu è lo stesso in tutte le pagine", "the menu is the same on every page"),
            );
        }
    }
    for (entry, page) in &visit.first {
        let label = audit.facts(visit.home).link(entry).map(|one| one.text.clone()).unwrap_or_default();
        if audit.facts(*page).h1.first() != Some(&label) {
            audit.push(
                Code::MenuHeading,
                Loss::Tolerated,
                *page,
                Origin::Template,
                text!(
                    "il titolo non è la voce di menu «{label}»",
                    "the title is not the menu entry “{label}”"
                ),
                text!("titolo della pagina e voce di menu sono uguali", "title and menu entry are equal"),
            );
        }
    }
}

/// C.SI.1.7: titles of second-level pages.
pub fn second_level(audit: &mut Audit<'_>, visit: &Visit) {
    let mut all = 2;
    let mut wrong: Vec<(usize, String)> = Vec::new();
    for (entry, below) in LEVELS {
        let Some(page) = visit.first.get(entry).copied() else { continue };
        for name in below {
            let links: Vec<String> = audit
                .facts(page)
                .of(name)
                .iter()
                .filter(|l| l.href.is_some())
                .map(|l| l.text.clone())
                .collect();
            if links.is_empty() {
                audit.push(
                    Code::CategoryMissing,
                    Loss::Failed,
                    page,
                    Origin::Template,
                    text!("manca un collegamento `{name}`", "a link `{name}` is missing"),
                    text!(
                        "chi valuta non troverebbe le pagine di secondo livello",
                        "the evaluator would not find the second-level pages"
                    ),
                );
            }
            if entry != "live" {
                all += links.len();
                let titles = official_titles(entry);
                wrong.extend(
                    links.into_iter().filter(|l| !titles.contains(&l.to_lowercase())).map(|l| (page, l)),
                );
            }
        }
    }
    let custom: Vec<(usize, String)> = visit
        .first
        .values()
        .flat_map(|page| {
            audit.facts(*page).of("custom-category-link").iter().map(|one| (*page, one.text.clone()))
        })
        .collect();
    all += custom.len();
    wrong.extend(custom);
    let share = (200 * (all - wrong.len()) + all) / (2 * all);
    let loss = if share > 50 { Loss::Tolerated } else { Loss::Failed };
    for (page, title) in wrong {
        audit.push(
            Code::CategoryTitle,
            loss,
            page,
            Origin::Words(title.clone()),
            text!(
                "«{title}» non è un titolo ufficiale di secondo livello",
                "“{title}” is no official second-level title"
            ),
            text!("usa i titoli del Modello", "use the titles of the Modello"),
        );
    }
    for (_, label, page) in visit.second.iter().filter(|(entry, ..)| *entry != "live") {
        if audit.facts(*page).h1.first() != Some(label) {
            audit.push(
                Code::CategoryHeading,
                Loss::Tolerated,
                *page,
                Origin::Template,
                text!(
                    "il titolo non è quello del collegamento, «{label}»",
                    "the title is not that of the link, “{label}”"
                ),
                text!(
                    "titolo della pagina e collegamento sono uguali",
                    "title of the page and link are equal"
                ),
            );
        }
    }
}
