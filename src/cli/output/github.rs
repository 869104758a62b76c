//! Annotations of GitHub Actions: one workflow command a finding.

use std::fmt::Write as _;

use super::Found;

/// The commands, one a line.
pub fn text(found: &[Found<'_>]) -> String {
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(found: &Found<'_>) -> String {
    let command = match found.severity {
        "error" => "error",
        "warning" => "warning",
        _ => "notice",
    };
    let mut place = format!("title={}", property(found.code.name()));
    for (name, value) in [
        ("file", found.file.clone()),
        ("line", found.line.map(|n| n.to_string())),
        ("col", found.column.map(|n| n.to_string())),
    ] {
        if let Some(value) = value {
            let _ = write!(place, ",{name}={}", property(&value));
        }
    }
    format!("::{command} {place}::{}", data(&found.whole()))
}

/// A message, with what would end the command escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, in which `:` and `,` are special too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
