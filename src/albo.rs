//! The publication log of the register of acts, `albo/registro.jsonl`: one line of JSON per publication, each with the
//! fingerprint of the act and of the line before it, so that no change after the fact goes unseen.
//!
//! `campanile albo pubblica` appends; `build` and `campanile albo verify` only verify.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::content::documento::Documento;
use crate::content::{Data, Entry};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::site::Site;
use crate::text;

/// Where the log is, relative to the Comune.
pub const REGISTRO: &str = "albo/registro.jsonl";
/// What the first line names as the one before it.
const ORIGIN: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What of an act must not change once it is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fatti {
    /// Title.
    pub oggetto: String,
    /// Kind, slug of the vocabulary.
    pub tipo: String,
    /// First day.
    pub dal: Date,
    /// Last day.
    pub al: Date,
    /// SHA-256 of each file, by path.
    pub file: BTreeMap<String, String>,
}

impl Fatti {
    /// The facts of an act whose files have the hashes that `hash` gives; `None` when it has no dates or a file cannot be read, which other
    /// diagnostics say.
    pub fn of(entry: &Entry, hash: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        let Data::Documento(d) = &entry.data else { return None };
        let hashed = files(d).map(|path| Some((path.to_owned(), hash(path)?)));
        Some(Fatti {
            oggetto: entry.common.titolo.as_ref()?.value.0.clone(),
            tipo: d.tipo.entry.slug.clone(),
            dal: d.pubblicazione_dal.as_ref()?.value,
            al: d.pubblicazione_al.as_ref()?.value,
            file: hashed.collect::<Option<_>>()?,
        })
    }

    /// SHA-256 of the facts as JSON.
    fn impronta(&self) -> String {
        sha256(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }

    /// What differs from other facts.
    fn differences(&self, other: &Fatti) -> Vec<String> {
        let plain = [
            ("titolo", self.oggetto != other.oggetto),
            ("tipo", self.tipo != other.tipo),
            ("pubblicazione_dal", self.dal != other.dal),
            ("pubblicazione_al", self.al != other.al),
        ];
        let files: BTreeSet<&String> = self.file.keys().chain(other.file.keys()).collect();
        let changed = files.into_iter().filter(|f| self.file.get(*f) != other.file.get(*f)).cloned();
        plain
            .into_iter()
            .filter(|(_, differs)| *differs)
            .map(|(name, _)| name.to_owned())
            .chain(changed)
            .collect()
    }
}

fn files(d: &Documento) -> impl Iterator<Item = &str> {
    let main = d.file.iter().chain(&d.formati_alternativi).map(|f| f.value.0.as_str());
    main.chain(d.allegati.iter().map(|a| a.value.file.value.0.as_str()))
}

/// SHA-256 of some bytes, hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// One line of the log.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voce {
    /// Number in the year, from 1, in the order of publication.
    pub numero: u32,
    /// Year.
    pub anno: i16,
    /// Day on which the line was written.
    pub registrato_il: Date,
    /// File name of the act in `documenti/`, without extension.
    pub atto: String,
    /// Why an act already in the log is published again, keeping its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rettifica: Option<String>,
    /// The act.
    pub fatti: Fatti,
    /// SHA-256 of the facts.
    pub impronta: String,
    /// SHA-256 of the line before this one.
    pub precedente: String,
}

/// The log, read and verified in itself.
#[derive(Debug, Clone, Default)]
pub struct Registro {
    voci: Vec<(Voce, Option<Span>)>,
    ultima: Option<String>,
}

impl Registro {
    /// Reads a log and verifies its chain, fingerprints and numbers; each fault is pushed to `out` with its line.
    pub fn parse(file: FileId, text: &str, out: &mut Vec<Diagnostic>) -> Self {
        let mut registro = Registro::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(file, start..start + line.trim_end().len());
            start += line.len();
            let line = line.trim_end();
            if line.is_empty() {
                continue;
            }
            let mut broken = |message: Text| out.push(altered(message).at(span));
            let Ok(voce) = serde_json::from_str::<Voce>(line) else {
                broken(text!("la riga non è una pubblicazione", "the line is no publication"));
                registro.ultima = Some(sha256(line.as_bytes()));
                continue;
            };
            if voce.precedente != registro.ultima.as_deref().unwrap_or(ORIGIN) {
                broken(text!(
                    "la riga non segue quella di prima: una riga è stata cambiata, tolta o aggiunta",
                    "the line does not follow the one before: a line was changed, removed or added"
                ));
            }
            if voce.impronta != voce.fatti.impronta() {
                broken(text!(
                    "i dati dell'atto non corrispondono alla loro impronta",
                    "the facts of the act do not match their fingerprint"
                ));
            }
            let (numero, anno) = (voce.numero, voce.anno);
            let known = registro.find(&voce.atto);
            let expected = match (&voce.rettifica, known) {
                (Some(_), Some(before)) => (before.anno, before.numero),
                _ => (anno, registro.next(anno)),
            };
            if (anno, numero) != expected {
                broken(text!(
                    "il numero {numero}/{anno} non segue l'ordine: ci si aspetta {}/{}",
                    "number {numero}/{anno} is out of order: expected {}/{}",
                    expected.1,
                    expected.0
                ));
            }
            registro.ultima = Some(sha256(line.as_bytes()));
            registro.voci.push((voce, Some(span)));
        }
        registro
    }

    /// The last line about an act.
    pub fn find(&self, atto: &str) -> Option<&Voce> {
        self.voci.iter().rev().map(|(v, _)| v).find(|v| v.atto == atto)
    }

    /// How many publications it holds, corrections included.
    pub fn len(&self) -> usize {
        self.voci.len()
    }

    /// Whether nothing was ever published.
    pub fn is_empty(&self) -> bool {
        self.voci.is_empty()
    }

    /// The next number of a year.
    fn next(&self, anno: i16) -> u32 {
        let last = self.voci.iter().map(|(v, _)| v).filter(|v| v.anno == anno).map(|v| v.numero).max();
        last.unwrap_or(0) + 1
    }

    /// Adds a publication and gives its line, without line end. With `rettifica` the act keeps its number.
    pub fn append(&mut self, atto: &str, fatti: Fatti, oggi: Date, rettifica: Option<String>) -> String {
        let anno = oggi.year();
        let known = rettifica.as_ref().and_then(|_| self.find(atto)).map(|v| (v.numero, v.anno));
        let (numero, anno) = known.unwrap_or_else(|| (self.next(anno), anno));
        let voce = Voce {
            numero,
            anno,
            registrato_il: oggi,
            atto: atto.to_owned(),
            rettifica,
            impronta: fatti.impronta(),
            fatti,
            precedente: self.ultima.clone().unwrap_or_else(|| ORIGIN.to_owned()),
        };
        let line = serde_json::to_string(&voce).unwrap_or_default();
        self.ultima = Some(sha256(line.as_bytes()));
        self.voci.push((voce, None));
        line
    }

    /// Compares the log with the acts as they are now: altered ones, ones that vanished while they had to be seen, ones that
    /// were never logged.
    pub fn verify(&self, site: &Site, hash: &dyn Fn(&str) -> Option<String>, out: &mut Vec<Diagnostic>) {
        let pages = site.items().map(|i| &i.entry);
        let acts: BTreeMap<&str, &Entry> = pages
            .chain(&site.riservati)
            .filter(|e| matches!(&e.data, Data::Documento(d) if d.albo()))
            .map(|e| (e.slug.as_str(), &**e))
            .collect();
        for (slug, entry) in &acts {
            let Some(voce) = self.find(slug) else {
                out.push(unlogged(slug, entry));
                continue;
            };
            let Some(fatti) = Fatti::of(entry, hash) else { continue };
            let differences = fatti.differences(&voce.fatti).join(", ");
            if !differences.is_empty() {
                let (numero, anno) = (voce.numero, voce.anno);
                out.push(
                    Diagnostic::new(
                        Code::AlboChanged,
                        text!(
                            "l'atto {numero}/{anno} è cambiato dopo la pubblicazione: {differences}",
                            "act {numero}/{anno} has changed since it was published: {differences}"
                        ),
                    )
                    .at(entry.start())
                    .hint(text!(
                        "rimettilo com'era, oppure registra la correzione con `campanile albo pubblica --rettifica {slug} --motivo \"…\"`",
                        "restore it, or log the correction with `campanile albo pubblica --rettifica {slug} --motivo \"…\"`"
                    )),
                );
            }
        }
        for (voce, span) in &self.voci {
            let last = self.find(&voce.atto).is_some_and(|v| v.precedente == voce.precedente);
            let due = voce.fatti.dal <= site.now && site.now <= voce.fatti.al;
            if last && due && !acts.contains_key(voce.atto.as_str()) {
                let (atto, al) = (&voce.atto, voce.fatti.al);
                let gone = Diagnostic::new(
                    Code::AlboGone,
                    text!(
                        "l'atto `{atto}` deve restare pubblicato fino al {al}, ma non c'è",
                        "act `{atto}` must stay published until {al}, but is not there"
                    ),
                )
                .hint(text!("rimetti documenti/{atto}.md", "restore documenti/{atto}.md"));
                out.push(match span {
                    Some(span) => gone.at(*span),
                    None => gone,
                });
            }
        }
    }
}

fn altered(message: Text) -> Diagnostic {
    Diagnostic::new(Code::AlboLog, message).hint(text!(
        "il registro si scrive solo con `campanile albo pubblica`: riprendi la copia buona dal salvataggio o da Git",
        "the log is written only by `campanile albo pubblica`: take the good copy from the backup or from Git"
    ))
}

fn unlogged(slug: &str, entry: &Entry) -> Diagnostic {
    Diagnostic::new(
        Code::AlboUnlogged,
        text!(
            "l'atto `{slug}` non è nel registro dell'albo",
            "act `{slug}` is not in the log of the register"
        ),
    )
    .at(entry.start())
    .hint(text!("registralo con `campanile albo pubblica`", "log it with `campanile albo pubblica`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFiles;

    fn facts(title: &str) -> Fatti {
        let day = |d| Date::new(2026, 9, d).unwrap();
        Fatti {
            oggetto: title.into(),
            tipo: "albo-ordinanza-del-sindaco".into(),
            dal: day(1),
            al: day(16),
            file: BTreeMap::new(),
        }
    }

    fn log() -> String {
        let mut log = Registro::default();
        let day = Date::new(2026, 9, 1).unwrap();
        let next = Date::new(2027, 1, 2).unwrap();
        let lines = [
            log.append("a", facts("A"), day, None),
            log.append("b", facts("B"), day, None),
            log.append("a", facts("A corretta"), day, Some("refuso".into())),
            log.append("c", facts("C"), next, None),
        ];
        lines.map(|l| format!("{l}\n")).concat()
    }

    fn faults(text: &str) -> usize {
        let mut files = SourceFiles::default();
        let file = files.add(REGISTRO, text);
        let mut out = Vec::new();
        Registro::parse(file, text, &mut out);
        out.len()
    }

    #[test]
    fn numbers_run_by_year_and_corrections_keep_theirs() {
        let mut files = SourceFiles::default();
        let text = log();
        let file = files.add(REGISTRO, text.as_str());
        let mut out = Vec::new();
        let log = Registro::parse(file, &text, &mut out);
        assert!(out.is_empty(), "{out:?}");
        let number = |atto: &str| log.find(atto).map(|v| (v.numero, v.anno));
        assert_eq!(number("a"), Some((1, 2026)));
        assert_eq!(number("b"), Some((2, 2026)));
        assert_eq!(number("c"), Some((1, 2027)));
    }

    #[test]
    fn every_change_of_the_log_is_seen() {
        let good = log();
        assert_eq!(faults(&good), 0);
        let lines: Vec<&str> = good.lines().collect();
        assert_ne!(faults(&lines[1..].join("\n")), 0, "first line removed");
        assert_ne!(faults(&[lines[0], lines[2], lines[3]].join("\n")), 0, "a line removed");
        assert_ne!(faults(&[lines[1], lines[0], lines[2], lines[3]].join("\n")), 0, "lines exchanged");
        for (n, c) in good.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
            let other = if c == '0' { '1' } else { '0' };
            let changed = format!("{}{other}{}", &good[..n], &good[n + 1..]);
            let last_line = n >= good.len() - lines[3].len() - 1;
            // Nothing follows the last line: only its own fingerprint and number guard it.
            assert!(last_line || faults(&changed) > 0, "byte {n} of {c:?}");
        }
    }
}
