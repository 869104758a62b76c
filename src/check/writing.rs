//! Plain language on the pages of contents: Gulpease index of each section, acronyms, capitals, bureaucratic phrases, links that do not
//! say where they lead, personal e-mail addresses. The lists are data.

mod gulpease;

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use super::accessibility::spoken;
use super::audit::{Finding, Loss, Origin};
use super::data::lines;
use super::doc::{Doc, inside, words};
use super::fault::written;
use crate::check::doc::Attributes;
use crate::diagnostic::{Code, Severity, Text};
use crate::{text, vocab};

/// A remark on the words of a page.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The rule.
    pub code: Code,
    /// How grave.
    pub severity: Severity,
    /// The words, to find them in the content.
    pub origin: Origin,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

impl Remark {
    /// The remark as a finding on a page.
    pub fn finding(&self, page: usize) -> Finding {
        Finding {
            code: self.code,
            loss: Loss::None,
            severity: self.severity,
            page,
            origin: self.origin.clone(),
            message: self.message.clone(),
            hint: self.hint.clone(),
        }
    }
}

/// Phrases of offices and what people say instead.
static PHRASES: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| vocab::embedded(include_str!("data/burocratese.yaml")));
/// Acronyms that need no explanation.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| lines(include_str!("data/sigle.txt")).collect());

/// Names of links that say nothing.
const EMPTY_NAMES: [&str; 16] = [
    "clicca qui",
    "clicca",
    "qui",
    "cliccando qui",
    "premi qui",
    "vai",
    "vai qui",
    "leggi",
    "link",
    "questo link",
    "pagina",
    "continua",
    "scarica",
    "apri",
    "a questo link",
    "al link",
];

/// Below this a section is hard for who has a diploma (Lucisano and Piemontese 1988); below the second, for most readers.
const HARD: f64 = 40.0;
const TIRING: f64 = 50.0;
/// Shorter sections say too little for an index to mean anything.
const ENOUGH: usize = 60;

/// A stretch of prose under one heading.
struct Section {
    heading: String,
    blocks: Vec<String>,
}

/// Judges the prose of a page; gives with the remarks its Gulpease index, `None` where there is too little.
pub fn judge(doc: &Doc<'_>) -> (Vec<Remark>, Option<f64>) {
    let mut remarks = Vec::new();
    links(doc, &mut remarks);
    let sections = sections(doc);
    if doc.route.source.is_some() {
        for section in &sections {
            readability(section, &mut remarks);
            section.blocks.iter().for_each(|block| wording(block, &mut remarks));
        }
        acronyms(doc, &sections, &mut remarks);
    }
    emails(doc, &mut remarks);
    let blocks: Vec<String> = sections.into_iter().flat_map(|section| section.blocks).collect();
    let measured = gulpease::measure(&blocks);
    (remarks, (measured.words >= ENOUGH).then_some(measured.index))
}

/// Texts written by editors, by heading: paragraphs and list items in the prose of the page.
fn sections(doc: &Doc<'_>) -> Vec<Section> {
    let mut sections = vec![Section { heading: String::new(), blocks: Vec::new() }];
    for el in doc.tags(&["h1", "h2", "h3", "h4", "p", "li"]).filter(|el| inside(*el, "main")) {
        match el.value().name() {
            "p" if written(el) => push(&mut sections, words(el)),
            "li" if written(el) && !el.descendent_elements().skip(1).any(|c| c.value().name() == "p") => {
                push(&mut sections, words(el));
            }
            "p" | "li" => {}
            _ => sections.push(Section { heading: words(el), blocks: Vec::new() }),
        }
    }
    sections
}

fn push(sections: &mut [Section], block: String) {
    if let Some(section) = sections.last_mut().filter(|_| !block.is_empty()) {
        section.blocks.push(block);
    }
}

fn readability(section: &Section, remarks: &mut Vec<Remark>) {
    let measured = gulpease::measure(&section.blocks);
    if measured.words < ENOUGH || measured.index >= TIRING {
        return;
    }
    let severity = if measured.index < HARD { Severity::Warning } else { Severity::Hint };
    let hardest = measured.hardest.join(" … ");
    let (heading, index) = (&section.heading, measured.index);
    remarks.push(Remark {
        code: Code::Readability,
        severity,
        origin: Origin::Words(measured.hardest.first().cloned().unwrap_or_default()),
        message: text!(
            "«{heading}» si legge a fatica: indice Gulpease {index:.0}. Le frasi più difficili: «{hardest}»",
            "“{heading}” is hard to read: Gulpease {index:.0}. The hardest sentences: “{hardest}”"
        ),
        hint: text!(
            "dividi le frasi lunghe, una notizia per frase; usa parole di tutti i giorni",
            "split long sentences, one fact each; use everyday words"
        ),
    });
}

/// Capitals and phrases of a paragraph.
fn wording(block: &str, remarks: &mut Vec<Remark>) {
    if let Some(shouted) = capitals(block) {
        remarks.push(Remark {
            code: Code::TextCapitals,
            severity: Code::TextCapitals.severity(),
            origin: Origin::Words(shouted.clone()),
            message: text!("«{shouted}» è tutto in maiuscole", "“{shouted}” is all in capitals"),
            hint: text!(
                "scrivilo in minuscolo; per dare risalto usa il grassetto",
                "write it in lower case; use bold for stress"
            ),
        });
    }
    let lower = format!(" {} ", block.to_lowercase().replace(['’', '\''], "'"));
    for (phrase, plain) in PHRASES.iter() {
        let Some(at) = lower.find(phrase.as_str()) else { continue };
        let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if bounded(lower[..at].chars().next_back()) && bounded(lower[at + phrase.len()..].chars().next()) {
            remarks.push(Remark {
                code: Code::Bureaucratese,
                severity: Code::Bureaucratese.severity(),
                origin: Origin::Words(phrase.clone()),
                message: text!("«{phrase}» è un'espressione d'ufficio", "“{phrase}” is office language"),
                hint: text!("scrivi «{plain}»", "write “{plain}”"),
            });
        }
    }
}

/// Four words or more in a row all in capitals, at least twenty letters.
fn capitals(block: &str) -> Option<String> {
    let shouted = |word: &&str| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        letters.iter().all(|c| c.is_uppercase()) && !word.is_empty()
    };
    let all: Vec<&str> = block.split_whitespace().collect();
    let mut rest = all.as_slice();
    while !rest.is_empty() {
        let run = rest.iter().take_while(|word| shouted(word)).count();
        let joined = rest[..run].join(" ");
        if run >= 4 && joined.chars().filter(|c| c.is_alphabetic()).count() >= 20 {
            return Some(joined);
        }
        rest = &rest[run.max(1)..];
    }
    None
}

/// Acronyms of which the page does not give the long form beside them, in brackets or before brackets.
fn acronyms(doc: &Doc<'_>, sections: &[Section], remarks: &mut Vec<Remark>) {
    let whole: String = doc.tags(&["main"]).map(words).collect();
    let mut seen: HashSet<String> = HashSet::new();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        for word in block.split(|c: char| !c.is_alphanumeric()) {
            let letters = word.chars().all(|c| c.is_ascii_uppercase());
            if !letters
                || !(3..=6).contains(&word.len())
                || KNOWN.contains(word)
                || roman(word)
                || !seen.insert(word.to_owned())
            {
                continue;
            }
            let explained = whole.contains(&format!("({word})")) || whole.contains(&format!("{word} ("));
            if explained || capitals(block).is_some() {
                continue;
            }
            remarks.push(Remark {
                code: Code::Acronym,
                severity: Code::Acronym.severity(),
                origin: Origin::Words(word.to_owned()),
                message: text!("la sigla {word} non è spiegata", "the acronym {word} is not explained"),
                hint: text!(
                    "la prima volta scrivi il nome intero e la sigla fra parentesi",
                    "the first time write the full name and the acronym in brackets"
                ),
            });
        }
    }
}

fn roman(word: &str) -> bool {
    word.chars().all(|c| "IVXLCDM".contains(c))
}

fn links(doc: &Doc<'_>, remarks: &mut Vec<Remark>) {
    for link in doc.tags(&["a"]).filter(|a| inside(*a, "main")) {
        let name = spoken(doc, link);
        let plain = name.to_lowercase();
        let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
        if EMPTY_NAMES.contains(&plain) {
            remarks.push(Remark {
                code: Code::LinkText,
                severity: Code::LinkText.severity(),
                origin: Origin::Words(link.get("href").unwrap_or(plain).to_owned()),
                message: text!(
                    "il collegamento «{name}» non dice dove porta",
                    "the link “{name}” does not say where it leads"
                ),
                hint: text!(
                    "scrivi nel collegamento il nome della pagina o del documento",
                    "write in the link the name of the page or document"
                ),
            });
        }
    }
}

/// Mail services of private persons.
const PRIVATE: [&str; 12] = [
    "gmail.com",
    "libero.it",
    "hotmail.com",
    "hotmail.it",
    "yahoo.it",
    "yahoo.com",
    "outlook.it",
    "outlook.com",
    "virgilio.it",
    "alice.it",
    "tiscali.it",
    "icloud.com",
];

fn emails(doc: &Doc<'_>, remarks: &mut Vec<Remark>) {
    for link in doc.tags(&["a"]) {
        let Some(address) = link.get("href").and_then(|href| href.strip_prefix("mailto:")) else { continue };
        let address = address.split('?').next().unwrap_or_default();
        let host = address.rsplit_once('@').map(|(_, host)| host.to_ascii_lowercase());
        if host.is_some_and(|host| PRIVATE.contains(&host.as_str())) {
            remarks.push(Remark {
                code: Code::PrivateEmail,
                severity: Code::PrivateEmail.severity(),
                origin: Origin::Words(address.to_owned()),
                message: text!(
                    "{address} sembra un indirizzo personale",
                    "{address} looks like a personal address"
                ),
                hint: text!(
                    "pubblica l'indirizzo dell'ufficio, o chiedi il consenso della persona",
                    "publish the address of the office, or ask the person's consent"
                ),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_found_in_runs() {
        assert_eq!(
            capitals("Il testo dice NON SI ACCETTANO DOMANDE INCOMPLETE mai").as_deref(),
            Some("NON SI ACCETTANO DOMANDE INCOMPLETE")
        );
        assert_eq!(capitals("La TARI e la IMU"), None);
    }

    #[test]
    fn phrases_are_whole_words() {
        let codes = |block: &str| {
            let mut remarks = Vec::new();
            wording(block, &mut remarks);
            remarks.len()
        };
        assert_eq!(codes("Devi provvedere a pagare entro maggio."), 1);
        assert_eq!(codes("Paga entro maggio."), 0);
    }
}
