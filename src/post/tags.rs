//! Attributes of the start tags of rendered pages, as the tokenizer of HTML sees them, for one look at every byte: the links of
//! thousands of pages are read on every build, and nothing but names and values is wanted of them.

/// Elements whose content is text up to their own end tag (HTML, "raw text" and "escapable raw text").
const TEXT_ONLY: [&str; 7] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed"];

/// Shows name and value of every attribute of every start tag to `see`, in order and as written: names in any case, values with
/// their character references. What stands in comments and in the text of scripts is not a tag; any text is accepted.
pub fn attributes<'a>(html: &'a str, mut see: impl FnMut(&'a str, &'a str)) {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let [first, second] = [0, 1].map(|n| after.as_bytes().get(n).copied().unwrap_or_default());
        rest = match first {
            b'a'..=b'z' | b'A'..=b'Z' => {
                let (name, after) = cut(after, |b| matches!(b, b'/' | b'>'));
                let after = tag(after, &mut see);
                match TEXT_ONLY.iter().find(|one| name.eq_ignore_ascii_case(one)) {
                    Some(name) => text_of(name, after),
                    None => after,
                }
            }
            b'/' if second.is_ascii_alphabetic() => tag(cut(after, |b| b == b'>').1, &mut |_, _| {}),
            b'!' if after.starts_with("!--") => comment(&after[3..]),
            b'!' | b'?' | b'/' => past(after, ">"),
            _ => after,
        };
    }
}

/// The attributes of a tag, from the end of its name; gives what follows the tag.
fn tag<'a>(mut rest: &'a str, see: &mut impl FnMut(&'a str, &'a str)) -> &'a str {
    loop {
        rest = rest.trim_start_matches(|c| space(c) || c == '/');
        let Some(first) = rest.chars().next() else { return rest };
        if first == '>' {
            return &rest[1..];
        }
        // A name may begin with the sign that ends it elsewhere.
        let begun = first.len_utf8();
        let named = cut(&rest[begun..], |b| matches!(b, b'/' | b'>' | b'=')).0.len();
        let (name, after) = rest.split_at(begun + named);
        let Some(written) = after.trim_start_matches(space).strip_prefix('=') else {
            see(name, "");
            rest = after;
            continue;
        };
        let written = written.trim_start_matches(space);
        let (value, after) = match written.as_bytes().first() {
            Some(b'"') => written[1..].split_once('"').unwrap_or_default(),
            Some(b'\'') => written[1..].split_once('\'').unwrap_or_default(),
            _ => cut(written, |b| b == b'>'),
        };
        see(name, value);
        rest = after;
    }
}

fn space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// The text up to white space or to an (ASCII) byte that ends it, and the rest.
fn cut(text: &str, ends: impl Fn(u8) -> bool) -> (&str, &str) {
    let stop = |b: &u8| ends(*b) || space(char::from(*b));
    text.split_at(text.as_bytes().iter().position(stop).unwrap_or(text.len()))
}

/// What follows a mark.
fn past<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

/// What follows a comment, from the end of its opening. `<!-->` and `<!--->` are whole comments, `--!>` ends one too.
fn comment(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('>').or(text.strip_prefix("->")) {
        return rest;
    }
    let ends = ["-->", "--!>"].iter().filter_map(|end| text.find(end).map(|at| at + end.len()));
    ends.min().map_or("", |end| &text[end..])
}

/// What follows the text of an element that holds text alone: from its end tag on.
fn text_of<'a>(name: &str, text: &'a str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at..];
        let end = &rest.as_bytes()[2..];
        let closed = end.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if closed && end.get(name.len()).is_some_and(|b| space(char::from(*b)) || matches!(b, b'/' | b'>')) {
            return rest;
        }
        rest = &rest[2..];
    }
    ""
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use scraper::Html;

    use super::*;

    fn read(html: &str) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        attributes(html, |name, value| found.push((name, value)));
        found
    }

    #[test]
    fn reads_every_way_of_writing_an_attribute() {
        let html = "<!doctype html><A HREF='/x/' id=a\n class = \"b c\"/hidden><br/><img alt= src=/y/>a < b <3</a id=no></ id=no>";
        let expected = [("HREF", "/x/"), ("id", "a"), ("class", "b c"), ("hidden", ""), ("alt", "src=/y/")];
        assert_eq!(read(html), expected);
        assert_eq!(read("<p =a=b id>"), [("=a", "b"), ("id", "")]);
    }

    #[test]
    fn comments_and_texts_hold_no_tags() {
        for none in [
            "<!-- <a id=b> -->",
            "<!-- <a id=b>",
            "<? <a id=b?>",
            "<script>x='<a id=b>'</scripty></script >",
            "<TITLE><a id=b></title>",
            "<textarea><a id=b>",
            "1 < 2",
            "<",
            "<a",
        ] {
            assert_eq!(read(none), [], "{none}");
        }
        for one in [
            "<!--><a id=b>",
            "<!---><a id=b>",
            "<!-- --!><a id=b>",
            "<style></p></STYLE><a id=b>",
            "<><a id=b>",
        ] {
            assert_eq!(read(one), [("id", "b")], "{one}");
        }
    }

    proptest! {
        /// The attributes are those that a browser's parser finds, on any text that is closed at its end and names none twice.
        #[test]
        fn sees_what_a_parser_sees(parts in proptest::collection::vec("<(i|b|/i|style|/style|!--)?|[ =/\"'>xé]|-->|--!>", 0..24)) {
            let numbered = |(n, part): (usize, &String)| match part.as_str() {
                "x" | "é" => format!("{part}{n}"),
                _ => part.clone(),
            };
            let html = format!("{}\"'>--></style>", parts.iter().enumerate().map(numbered).collect::<String>());
            let found: BTreeSet<(&str, &str)> = read(&html).into_iter().collect();
            prop_assume!(found.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len() == found.len());
            let tree = Html::parse_fragment(&html);
            let elements = tree.root_element().descendants().filter_map(|node| node.value().as_element());
            prop_assert_eq!(found, elements.flat_map(|e| e.attrs()).collect::<BTreeSet<_>>(), "{}", html);
        }
    }
}
