//! Looks for codes in running text: alone or in groups, as people write them, never as a part of a longer word.

use std::ops::Range;

/// The blanks that people (and printed notices) put between the groups of a code.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}')
}

/// The text without the blanks between groups.
pub(super) fn without_blanks(written: &str) -> String {
    written.chars().filter(|c| !is_blank(*c)).collect()
}

/// The groups between blanks.
pub(super) fn groups(written: &str) -> impl Iterator<Item = &str> {
    written.split(is_blank)
}

/// The shape of codes that are digits only.
pub(super) fn digit(_place: usize, c: char) -> bool {
    c.is_ascii_digit()
}

/// Every place where `length` characters of a `shape` (which may stand at a place counted from 0), single blanks aside, are a
/// whole number of words and `read` knows them.
///
/// Gives byte ranges in order. From every beginning of a word at most `2 * length` characters are looked at, mostly one or two:
/// linear in the text.
pub(super) fn find<T>(
    text: &str,
    length: usize,
    shape: impl Fn(usize, char) -> bool,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<(Range<usize>, T)> {
    let mut found: Vec<(Range<usize>, T)> = Vec::new();
    let mut in_word = false;
    for (start, c) in text.char_indices() {
        let begins = !in_word && c.is_ascii_alphanumeric();
        in_word = c.is_alphanumeric();
        if begins
            && let Some(words) = whole_words(&text[start..], length, &shape)
            && let Some(code) = read(words)
        {
            found.push((start..start + words.len(), code));
        }
    }
    found
}

/// The beginning of `text` that holds `length` characters of that shape, if a word ends there.
fn whole_words(text: &str, length: usize, shape: impl Fn(usize, char) -> bool) -> Option<&str> {
    let mut seen = 0;
    let mut after_blank = false;
    for (at, c) in text.char_indices() {
        if seen == length {
            return (!c.is_alphanumeric()).then_some(&text[..at]);
        }
        match c {
            c if shape(seen, c) => (seen, after_blank) = (seen + 1, false),
            c if is_blank(c) && !after_blank => after_blank = true,
            _ => return None,
        }
    }
    (seen == length).then_some(text)
}
