//! What the contents of a site hold: how complete they are, which are old, how readable the sheets are, how services are reached and paid.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::check::{Input, Judgement};
use crate::content::Kind;
use crate::content::common::recommended;
use crate::content::servizio::{Canale, PagamentoPrevisto, Servizio, TipoModalita};
use crate::diagnostic::Code;
use crate::site::Item;

/// The contents of a site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contenuti {
    /// By type, those that the site has.
    pub tipi: Vec<Tipo>,
    /// To be read again.
    pub da_rileggere: Vec<Vecchio>,
    /// Languages of the site besides Italian, and how many contents each lacks.
    pub traduzioni: Vec<(String, usize)>,
    /// Readability of service sheets.
    pub schede: Schede,
    /// How services are reached and paid.
    pub accesso: Accesso,
}

/// A type of content.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tipo {
    /// Its folder.
    pub cartella: String,
    /// How many contents.
    pub quanti: usize,
    /// Fields that at least one content fills, and recommended ones, with how many do.
    pub campi: Vec<(String, usize)>,
    /// Of these, the recommended ones; older reports do not say.
    #[serde(default)]
    pub consigliati: Vec<String>,
}

/// A content that nobody has read for long.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Vecchio {
    /// Title.
    pub titolo: String,
    /// Its file.
    pub file: String,
    /// Day of the last update.
    pub data: Date,
}

/// Readability of service sheets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Schede {
    /// Mean Gulpease index, 0 to 100; `None` without sheets long enough.
    pub media: Option<u32>,
    /// The hardest: title, address, index.
    pub difficili: Vec<(String, String, u32)>,
}

/// How services are reached and paid.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Accesso {
    /// Service sheets.
    pub schede: usize,
    /// With an online service.
    pub online: usize,
    /// With an online service that opens with a digital identity.
    pub con_identita: usize,
    /// That can be booked.
    pub su_appuntamento: usize,
    /// That must be paid, always or at times.
    pub a_pagamento: usize,
    /// Of these, payable through pagoPA.
    pub con_pagopa: usize,
    /// Titles of services without an online channel.
    pub senza_online: Vec<String>,
    /// Titles of paid services without a digital payment.
    pub senza_pagamento_digitale: Vec<String>,
}

/// Hard sheets are named up to this many.
const HARDEST: usize = 10;

impl Contenuti {
    /// The contents of a judged site.
    pub fn of(input: &Input<'_>, judgement: &Judgement) -> Self {
        Contenuti {
            tipi: Kind::ALL.into_iter().filter_map(|kind| by_kind(input, kind)).collect(),
            da_rileggere: stale(input, judgement),
            traduzioni: Vec::new(),
            schede: sheets(input, judgement),
            accesso: access(input),
        }
    }
}

fn by_kind(input: &Input<'_>, kind: Kind) -> Option<Tipo> {
    let items: Vec<&Item> = input.site.of_kind(kind).collect();
    let written: Vec<BTreeSet<String>> = items.iter().map(|item| fields(input, item)).collect();
    let consigliati: Vec<String> = recommended(kind).iter().map(|name| (*name).to_owned()).collect();
    let names: BTreeSet<String> = written.iter().flatten().chain(&consigliati).cloned().collect();
    let count = |name: &String| written.iter().filter(|fields| fields.contains(name)).count();
    (!items.is_empty()).then(|| Tipo {
        cartella: kind.folder().to_owned(),
        quanti: items.len(),
        campi: names
            .into_iter()
            .map(|name| {
                let filled = count(&name);
                (name, filled)
            })
            .collect(),
        consigliati,
    })
}

/// The fields that a content file fills: keys of its front matter, official sections of its body.
fn fields(input: &Input<'_>, item: &Item) -> BTreeSet<String> {
    let text = &input.texts.get(item.entry.file).text;
    let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---"));
    let (front, body) = front.unwrap_or((text, ""));
    let key = |line: &str| {
        let name = line.split_once(':')?.0;
        let plain = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        plain.then(|| name.to_owned())
    };
    let sections = item.entry.kind.sections();
    let section = |line: &str| {
        let heading = line.strip_prefix("## ")?.trim();
        sections.iter().find(|(name, _)| *name == heading).map(|(_, field)| (*field).to_owned())
    };
    front.lines().filter_map(key).chain(body.lines().filter_map(section)).collect()
}

fn stale(input: &Input<'_>, judgement: &Judgement) -> Vec<Vecchio> {
    let old: BTreeSet<_> = judgement
        .diagnostics
        .iter()
        .filter(|d| d.code == Code::Stale)
        .filter_map(|d| d.span)
        .map(|s| s.file)
        .collect();
    let mut found: Vec<Vecchio> = input
        .site
        .items()
        .filter(|item| old.contains(&item.entry.file))
        .filter_map(|item| {
            let common = &item.entry.common;
            let data = common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref())?.value;
            Some(Vecchio {
                titolo: item.titolo.clone(),
                file: input.texts.get(item.entry.file).path.clone(),
                data,
            })
        })
        .collect();
    found.sort_by(|a, b| (a.data, &a.file).cmp(&(b.data, &b.file)));
    found
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // an index from 0 to 100
fn sheets(input: &Input<'_>, judgement: &Judgement) -> Schede {
    let mut measured: Vec<(u32, &Item)> = input
        .site
        .of_kind(Kind::Servizio)
        .filter_map(|item| Some((judgement.readability.get(&item.url)?.round() as u32, item)))
        .collect();
    measured.sort_by(|a, b| (a.0, &a.1.url).cmp(&(b.0, &b.1.url)));
    let sum: u32 = measured.iter().map(|(index, _)| index).sum();
    let count = u32::try_from(measured.len()).unwrap_or(u32::MAX);
    Schede {
        media: sum.checked_div(count),
        difficili: measured
            .iter()
            .take(HARDEST)
            .map(|(index, item)| (item.titolo.clone(), input.urls.absolute(&item.url), *index))
            .collect(),
    }
}

fn access(input: &Input<'_>) -> Accesso {
    let mut total = Accesso::default();
    for (item, servizio) in input.site.servizi() {
        total.schede += 1;
        let with = |canale: Canale| servizio.accesso.iter().any(|a| a.value.canale.value == canale);
        if with(Canale::Online) {
            total.online += 1;
        } else {
            total.senza_online.push(item.titolo.clone());
        }
        total.con_identita += usize::from(identified(item, servizio));
        total.su_appuntamento += usize::from(with(Canale::Appuntamento));
        let Some(pagamento) =
            servizio.pagamento.as_ref().filter(|p| p.value.previsto.value != PagamentoPrevisto::No)
        else {
            continue;
        };
        total.a_pagamento += 1;
        let digital =
            |m: TipoModalita| matches!(m, TipoModalita::PagopaAvviso | TipoModalita::PagopaSpontaneo);
        if pagamento.value.modalita.iter().any(|m| digital(m.value.tipo.value)) {
            total.con_pagopa += 1;
        } else {
            total.senza_pagamento_digitale.push(item.titolo.clone());
        }
    }
    total
}

/// Whether an online channel of the sheet opens with SPID or CIE.
fn identified(item: &Item, servizio: &Servizio) -> bool {
    let mut channels = servizio.accesso.iter().zip(&item.accessi.canali);
    channels.any(|(access, to)| {
        access.value.canale.value == Canale::Online
            && to.as_ref().is_some_and(|to| {
                to.level(&access.value, |i| &i.spid).is_some()
                    || to.level(&access.value, |i| &i.cie).is_some()
            })
    })
}
