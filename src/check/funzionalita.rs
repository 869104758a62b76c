//! C.SI.2.1–2.6, functions: booking, assistance, frequent questions, report of inefficiency, rating of pages and sheets.

use std::sync::LazyLock;

use serde::Deserialize;

use super::audit::{Audit, Loss, Origin, Target, Visit};
use super::facts::Named;
use super::rating::{Block, Widget};
use crate::diagnostic::Code;
use crate::{text, vocab};

/// C.SI.2.1: booking is reached from the page of services and from every sheet.
pub fn booking(audit: &mut Audit<'_>, visit: &Visit) {
    let Some(services) = visit.services else { return };
    let entry = audit.facts(services).link("appointment-booking").and_then(|one| one.href.clone());
    match entry {
        None => audit.push(
            Code::BookingEntry,
            Loss::Failed,
            services,
            Origin::Template,
            text!(
                "dalla pagina dei servizi non si arriva alla prenotazione",
                "booking cannot be reached from the page of services"
            ),
            text!("serve un collegamento `appointment-booking`", "a link `appointment-booking` is needed"),
        ),
        Some(href) if !audit.exists(services, &href) => audit.push(
            Code::BookingTarget,
            Loss::Failed,
            services,
            Origin::Template,
            text!(
                "il collegamento alla prenotazione, {href}, non porta a nulla",
                "the link to booking, {href}, leads nowhere"
            ),
            text!("correggi l'indirizzo", "correct the address"),
        ),
        Some(_) => {}
    }
    for page in &visit.sheets {
        if audit.facts(*page).link("appointment-booking").is_none() {
            audit.push(
                Code::BookingMissing,
                Loss::Failed,
                *page,
                Origin::Part("footer.html"),
                text!(
                    "dalla scheda non si arriva alla prenotazione",
                    "booking cannot be reached from the sheet"
                ),
                text!(
                    "il piè di pagina porta il collegamento `appointment-booking`",
                    "the footer holds the link `appointment-booking`"
                ),
            );
        }
    }
}

/// C.SI.2.2: every sheet has contacts.
pub fn contacts(audit: &mut Audit<'_>, visit: &Visit) {
    for page in &visit.sheets {
        let facts = audit.facts(*page);
        if !facts.index.iter().any(|label| label == "Contatti") || facts.of("service-area").is_empty() {
            audit.push(
                Code::SheetContacts,
                Loss::Failed,
                *page,
                Origin::Field("unita_responsabile"),
                text!(
                    "la scheda non ha i contatti dell'ufficio",
                    "the sheet lacks the contacts of the office"
                ),
                text!("indica l'ufficio in `unita_responsabile`", "name the office in `unita_responsabile`"),
            );
        }
    }
}

/// The link of the footer of that name, or a finding.
fn footer<'a>(audit: &mut Audit<'a>, visit: &Visit, name: &str, code: Code) -> Option<&'a Named> {
    let link = audit.facts(visit.home).footer_link(name);
    if link.is_none() {
        audit.push(
            code,
            Loss::Failed,
            visit.home,
            Origin::Part("footer.html"),
            text!("nel piè di pagina manca il collegamento `{name}`", "the footer lacks the link `{name}`"),
            text!("riprendi il modello footer.html del tema", "take the theme's footer.html again"),
        );
    }
    link
}

/// C.SI.2.3: frequent questions, from the footer.
pub fn questions(audit: &mut Audit<'_>, visit: &Visit) {
    let Some(link) = footer(audit, visit, "faq", Code::FaqMissing) else { return };
    let label = link.text.to_lowercase();
    let href = link.href.as_deref().unwrap_or_default();
    if !audit.exists(visit.home, href) {
        dead(audit, visit, Code::FaqTarget, "faq", href);
    }
    if !label.contains("faq") && !label.contains("domande frequenti") {
        audit.push(
            Code::FaqLabel,
            Loss::Tolerated,
            visit.home,
            Origin::Part("footer.html"),
            text!(
                "il collegamento alle domande frequenti dice «{}»",
                "the link to frequent questions says “{}”",
                link.text
            ),
            text!(
                "deve contenere «FAQ» o «domande frequenti»",
                "it must contain “FAQ” or “domande frequenti”"
            ),
        );
    }
}

/// A link of the footer that leads nowhere.
pub fn dead(audit: &mut Audit<'_>, visit: &Visit, code: Code, name: &str, href: &str) {
    audit.push(
        code,
        Loss::Failed,
        visit.home,
        Origin::Part("footer.html"),
        text!(
            "il collegamento `{name}`, {href}, non porta a nulla",
            "the link `{name}`, {href}, leads nowhere"
        ),
        text!("correggi l'indirizzo", "correct the address"),
    );
}

/// C.SI.2.4: report of inefficiency, from the footer.
pub fn reports(audit: &mut Audit<'_>, visit: &Visit) {
    let Some(link) = footer(audit, visit, "report-inefficiency", Code::ReportMissing) else { return };
    let href = link.href.as_deref().unwrap_or_default();
    let sound = match href.strip_prefix("mailto:") {
        Some(rest) => rest.split('?').next().is_some_and(|to| to.split(',').all(is_email)),
        None => !matches!(audit.target(visit.home, href), Target::Missing | Target::Other),
    };
    if !sound {
        dead(audit, visit, Code::ReportTarget, "report-inefficiency", href);
    }
    let label = link.text.to_lowercase();
    if !["disservizio", "segnala disservizio", "segnalazione disservizio"].contains(&label.as_str()) {
        audit.push(
            Code::ReportLabel,
            Loss::Tolerated,
            visit.home,
            Origin::Part("footer.html"),
            text!("il collegamento alla segnalazione dice «{}»", "the link to reports says “{}”", link.text),
            text!(
                "deve dire «Disservizio», «Segnala disservizio» o «Segnalazione disservizio»",
                "it must say “Disservizio”, “Segnala disservizio” or “Segnalazione disservizio”"
            ),
        );
    }
}

fn is_email(address: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    address
        .trim()
        .split_once('@')
        .is_some_and(|(name, host)| plain(name) && plain(host) && host.contains('.'))
}

/// The official texts of the widget.
#[derive(Debug, Deserialize)]
struct Texts {
    title: Wording,
    negative: Side,
    positive: Side,
}

#[derive(Debug, Deserialize)]
struct Wording {
    text: String,
}

#[derive(Debug, Deserialize)]
struct Side {
    question: Wording,
    answers: Answers,
}

#[derive(Debug, Deserialize)]
struct Answers {
    texts: Vec<String>,
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| vocab::embedded(include_str!("../vocab/data/feedback.yaml")));

/// Codes of the sub-rules of the widget, on pages (C.SI.2.5) or sheets (C.SI.2.6).
struct Rules {
    missing: Code,
    title: Code,
    stars: Code,
    blocks: Code,
    visibility: Code,
    question: Code,
    answers: Code,
    text: Code,
    position: Code,
}

const PAGES: Rules = Rules {
    missing: Code::RatingMissing,
    title: Code::RatingTitle,
    stars: Code::RatingStars,
    blocks: Code::RatingBlocks,
    visibility: Code::RatingVisibility,
    question: Code::RatingQuestion,
    answers: Code::RatingAnswers,
    text: Code::RatingText,
    position: Code::RatingPosition,
};

const SHEETS: Rules = Rules {
    missing: Code::SheetRatingMissing,
    title: Code::SheetRatingTitle,
    stars: Code::SheetRatingStars,
    blocks: Code::SheetRatingBlocks,
    visibility: Code::SheetRatingVisibility,
    question: Code::SheetRatingQuestion,
    answers: Code::SheetRatingAnswers,
    text: Code::SheetRatingText,
    position: Code::SheetRatingPosition,
};

/// C.SI.2.5 and C.SI.2.6: the rating widget on home, first and second level, and on sheets.
pub fn rating(audit: &mut Audit<'_>, visit: &Visit) {
    for page in visit.levels() {
        judge_widget(audit, page, &PAGES);
    }
    for page in &visit.sheets {
        judge_widget(audit, *page, &SHEETS);
    }
}

fn judge_widget(audit: &mut Audit<'_>, page: usize, rules: &Rules) {
    let Some(widget) = audit.facts(page).widget.as_ref() else {
        return fault(audit, page, rules.missing, Loss::Failed, "non c'è", "it is missing");
    };
    let same = |written: &str, official: &str| written.trim().to_lowercase() == official.to_lowercase();
    match &widget.title {
        None => fault(
            audit,
            page,
            rules.title,
            Loss::Tolerated,
            "manca la domanda iniziale",
            "the first question is missing",
        ),
        Some(title) if !same(title, &TEXTS.title.text) => {
            fault(
                audit,
                page,
                rules.title,
                Loss::Failed,
                "la domanda iniziale è cambiata",
                "the first question is changed",
            );
        }
        Some(_) => {}
    }
    if widget.stars.iter().any(|star| !star) {
        fault(audit, page, rules.stars, Loss::Tolerated, "mancano delle stelle", "stars are missing");
    }
    if !widget.text {
        fault(
            audit,
            page,
            rules.text,
            Loss::Tolerated,
            "manca lo spazio per un testo",
            "the space for a text is missing",
        );
    }
    if !widget.last {
        fault(
            audit,
            page,
            rules.position,
            Loss::Failed,
            "è troppo lontana dal fondo della pagina",
            "it is too far from the end of the page",
        );
    }
    judge_visibility(audit, page, rules, widget);
    for (block, official) in [(&widget.negative, &TEXTS.negative), (&widget.positive, &TEXTS.positive)] {
        judge_block(audit, page, rules, block, official);
    }
}

fn judge_visibility(audit: &mut Audit<'_>, page: usize, rules: &Rules, widget: &Widget) {
    if !widget.negative.present || !widget.positive.present {
        return fault(
            audit,
            page,
            rules.blocks,
            Loss::Tolerated,
            "manca un gruppo di domande",
            "a group of questions is missing",
        );
    }
    let right = |(n, shown): (usize, &Option<(bool, bool)>)| match shown {
        Some((negative, positive)) => *negative == (n < 3) && *positive == (n >= 3),
        None => !widget.stars[n],
    };
    if !widget.shown.iter().enumerate().all(right) {
        fault(
            audit,
            page,
            rules.visibility,
            Loss::Failed,
            "scelta una stella non compare il gruppo di domande giusto",
            "after a star is chosen the right group of questions does not show",
        );
    }
}

fn judge_block(audit: &mut Audit<'_>, page: usize, rules: &Rules, block: &Block, official: &Side) {
    if !block.present {
        return;
    }
    let known =
        |answer: &String| official.answers.texts.iter().any(|t| t.to_lowercase() == answer.to_lowercase());
    match &block.question {
        None => {
            fault(audit, page, rules.question, Loss::Tolerated, "manca una domanda", "a question is missing");
        }
        Some(q) if q.to_lowercase() != official.question.text.to_lowercase() => {
            fault(
                audit,
                page,
                rules.question,
                Loss::Failed,
                "una domanda è cambiata",
                "a question is changed",
            );
        }
        Some(_) => {}
    }
    if !block.answers.iter().all(known) {
        fault(audit, page, rules.answers, Loss::Failed, "una risposta è cambiata", "an answer is changed");
    } else if block.answers.len() != official.answers.texts.len() {
        fault(audit, page, rules.answers, Loss::Tolerated, "mancano delle risposte", "answers are missing");
    }
}

fn fault(audit: &mut Audit<'_>, page: usize, code: Code, loss: Loss, it: &str, en: &str) {
    audit.push(
        code,
        loss,
        page,
        Origin::Part("feedback.html"),
        text!("valutazione della pagina: {it}", "rating of the page: {en}"),
        text!("riprendi il modello feedback.html del tema", "take the theme's feedback.html again"),
    );
}
