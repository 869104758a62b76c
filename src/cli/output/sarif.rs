//! SARIF 2.1.0 (OASIS): one run, the rules that were broken with their explanations, one result a finding.

use serde_json::{Value, json};

use super::Found;
use crate::diagnostic::{Code, Lang};

/// The log.
pub fn text(found: &[Found<'_>], lang: Lang) -> String {
    let mut codes: Vec<Code> = found.iter().map(|f| f.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<Value> = found.iter().map(|f| result(f, &codes)).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code, lang)).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "Campanile", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
    .to_string()
}

fn rule(code: Code, lang: Lang) -> Value {
    let e = code.explanation();
    let (title, help) = match lang {
        Lang::It => (&e.titolo, &e.rimedio),
        Lang::En => (&e.title, &e.cure),
    };
    json!({ "id": code.name(), "shortDescription": { "text": title }, "help": { "text": help } })
}

fn result(found: &Found<'_>, codes: &[Code]) -> Value {
    let level = if found.severity == "hint" { "note" } else { found.severity };
    let mut result = json!({
        "ruleId": found.code.name(),
        "ruleIndex": codes.binary_search(&found.code).unwrap_or_default(),
        "level": level,
        "message": { "text": found.whole() },
    });
    if let Some(file) = &found.file {
        let path: Vec<String> = file
            .split('/')
            .map(|part| {
                percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC).to_string()
            })
            .collect();
        let uri = path.join("/").replace("%2E", ".").replace("%2D", "-").replace("%5F", "_");
        let mut place = json!({ "artifactLocation": { "uri": uri } });
        if let (Some(line), Some(column)) = (found.line, found.column) {
            place["region"] = json!({ "startLine": line, "startColumn": column });
        }
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    result
}
