//! Splits a content file into its YAML block and its Markdown body, keeping byte offsets.

use std::ops::Range;

/// Where the two parts of a file stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The lines between the two `---`.
    pub yaml: Range<usize>,
    /// Everything after the second `---`.
    pub body: Range<usize>,
}

/// Why a file cannot be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The first line is not `---`.
    Missing,
    /// There is no second `---`.
    Unclosed,
}

/// Finds the two parts of `text`, whose line ends are `\n`.
pub fn split(text: &str) -> Result<Parts, Fault> {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut start = 0;
    let mut yaml_start = None;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match yaml_start {
            None if is_fence(line) => yaml_start = Some(end),
            None => return Err(Fault::Missing),
            Some(yaml) if is_fence(line) => return Ok(Parts { yaml: yaml..start, body: end..text.len() }),
            Some(_) => {}
        }
        start = end;
    }
    Err(if yaml_start.is_some() { Fault::Unclosed } else { Fault::Missing })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        let text = "---\na: 1\n---\nCiao\n---\nfine";
        let parts = split(text).unwrap();
        assert_eq!(&text[parts.yaml], "a: 1\n");
        assert_eq!(&text[parts.body], "Ciao\n---\nfine");
        assert_eq!(split("ciao"), Err(Fault::Missing));
        assert_eq!(split(""), Err(Fault::Missing));
        assert_eq!(split("---\na: 1"), Err(Fault::Unclosed));
    }
}
