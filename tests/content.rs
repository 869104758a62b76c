//! The example is content that a citizen could read: length, plain language, no filler.

mod common;

use std::collections::BTreeMap;

/// Words and sentences of the prose of a sheet: front matter, headings, code and markup dropped.
fn prose(text: &str) -> Vec<String> {
    let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
    let mut code = false;
    let lines = body.lines().filter(|l| {
        let fence = l.starts_with("```");
        code ^= fence;
        !fence && !code && !l.starts_with('#') && !l.trim().is_empty()
    });
    let plain: Vec<String> = lines
        .map(|l| {
            let item = l.trim_start_matches(|c: char| {
                c == '-' || c == '*' || c.is_ascii_digit() || c == '.' || c == ' ' || c == '|'
            });
            let mut out = String::new();
            let mut rest = item;
            // Links count as their text.
            while let Some(open) = rest.find("](") {
                out.push_str(&rest[..open]);
                let after = &rest[open + 2..];
                rest = after.find(')').map_or("", |close| &after[close + 1..]);
            }
            out.push_str(rest);
            let line = out.replace(['[', '*', '_'], "");
            if line.ends_with(['.', '!', '?', ':', ';']) { line } else { line + "." }
        })
        .collect();
    let text = plain.join(" ");
    let mut sentences = Vec::new();
    let mut current = String::new();
    for word in text.split_whitespace() {
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
        if word.ends_with(['.', '!', '?', ';', ':']) {
            sentences.push(std::mem::take(&mut current));
        }
    }
    sentences.retain(|s| s.chars().any(char::is_alphabetic));
    sentences
}

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn sheets(folder: &str) -> Vec<(String, Vec<String>)> {
    let files = common::tree(&common::root().join(folder));
    files.into_iter().map(|(name, bytes)| (name, prose(&String::from_utf8(bytes).unwrap()))).collect()
}

/// How easily sentences are read: 0 to 100, 60 without effort after eight years of school (Gulpease).
fn gulpease(sentences: &[String]) -> f64 {
    let count: usize = sentences.iter().map(|s| words(s).count()).sum();
    let letters: usize = sentences.iter().flat_map(|s| s.chars()).filter(|c| c.is_alphanumeric()).count();
    #[allow(clippy::cast_precision_loss)]
    let index = 89.0 + (300.0 * sentences.len() as f64 - 10.0 * letters as f64) / count as f64;
    index
}

fn check(folder: &str, at_least: usize) {
    let sheets = sheets(folder);
    assert!(sheets.len() >= at_least, "{} sheets in {folder}", sheets.len());
    let mut faults = Vec::new();
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, sentences) in &sheets {
        let count: usize = sentences.iter().map(|s| words(s).count()).sum();
        let gulpease = gulpease(sentences);
        if count < 250 {
            faults.push(format!("{name}: {count} words"));
        }
        if gulpease < 50.0 {
            faults.push(format!("{name}: Gulpease {gulpease:.0}"));
        }
        for sentence in sentences.iter().filter(|s| words(s).count() >= 8) {
            let key = words(sentence).collect::<Vec<_>>().join(" ").to_lowercase();
            let sheets = places.entry(key).or_default();
            if !sheets.contains(&name.as_str()) {
                sheets.push(name);
            }
        }
    }
    faults.extend(
        places.iter().filter(|(_, sheets)| sheets.len() > 2).map(|(s, sheets)| format!("{sheets:?}: {s}")),
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sheets_of_the_example_are_long_plain_and_their_own() {
    check("content-example/comuni/roccachiara/servizi", 40);
}

#[test]
fn sheets_of_the_starter_are_long_plain_and_their_own() {
    check("src/cli/new/starter/servizi", 10);
}

#[test]
fn the_manual_is_plain() {
    let pages = sheets("docs/manuale");
    assert!(pages.len() > 10);
    for (name, sentences) in pages {
        let index = gulpease(&sentences);
        assert!(index >= 60.0, "{name}: Gulpease {index:.0}");
    }
}

#[test]
fn the_measures_can_fail() {
    let hard = prose(
        "---\na: 1\n---\nL'amministrazione procedente, ai sensi della normativa vigente in materia di procedimento.\n",
    );
    assert_eq!(hard.len(), 1);
    assert!(gulpease(&hard) < 50.0, "{}", gulpease(&hard));
    assert_eq!(prose("---\na: 1\n---\n## Titolo\n\n- uno [due](x.md)\n- tre.\n"), ["uno due.", "tre."]);
    assert_eq!(prose("---\na: 1\n---\nUno.\n\n```\ncampanile build\n```\n\nDue.\n"), ["Uno.", "Due."]);
}

#[test]
fn the_example_is_complete() {
    let count = |folder: &str| {
        common::tree(&common::root().join("content-example/comuni/roccachiara").join(folder)).len()
    };
    for (folder, at_least) in [
        ("unita", 12),
        ("persone", 20),
        ("luoghi", 8),
        ("novita", 15),
        ("documenti", 20),
        ("domande-frequenti", 15),
    ] {
        assert!(count(folder) >= at_least, "{folder}: {}", count(folder));
    }
}
