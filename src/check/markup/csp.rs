//! What a page holds that its own Content-Security-Policy forbids: browsers then leave it out without a word.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::super::doc::{Attributes, El};

/// A policy: directives with their sources, in lower case but for hashes.
pub struct Policy {
    directives: Vec<(String, Vec<String>)>,
}

impl Policy {
    /// Reads the content of the meta element.
    pub fn parse(written: &str) -> Self {
        let one = |part: &str| {
            let mut words = part.split_ascii_whitespace().map(str::to_owned);
            Some((words.next()?.to_ascii_lowercase(), words.collect()))
        };
        Policy { directives: written.split(';').filter_map(one).collect() }
    }

    /// The sources of the first directive that the page has of these, the last resort being `default-src`; `None` where all is allowed.
    fn sources(&self, names: &[&str]) -> Option<&[String]> {
        let of = |name: &str| self.directives.iter().find(|(own, _)| own == name).map(|(_, s)| s.as_slice());
        names.iter().find_map(|name| of(name)).or_else(|| of("default-src"))
    }

    /// Whether the policy forbids something of the element itself.
    pub fn forbids(&self, el: El<'_>) -> bool {
        let inline = |names: &[&str]| {
            self.sources(names).is_some_and(|sources| !sources.iter().any(|s| s == "'unsafe-inline'"))
        };
        if el.get("style").is_some() && inline(&["style-src-attr", "style-src"]) {
            return true;
        }
        let handler = el.value().attrs().any(|(name, _)| name.starts_with("on"));
        let script_link = el.get("href").is_some_and(|href| href.trim_start().starts_with("javascript:"));
        if (handler || script_link) && inline(&["script-src-attr", "script-src"]) {
            return true;
        }
        let whole = match el.value().name() {
            "style" => Some(["style-src-elem", "style-src"]),
            "script" if el.get("src").is_none() && executed(el) => Some(["script-src-elem", "script-src"]),
            _ => None,
        };
        if let Some(names) = whole
            && inline(&names)
            && !self.sources(&names).is_some_and(|sources| hashed(sources, &el.text().collect::<String>()))
        {
            return true;
        }
        loaded(el).is_some_and(|(names, address)| {
            self.sources(names).is_some_and(|sources| !sources.iter().any(|source| matches(source, address)))
        })
    }
}

/// Data blocks are not run.
fn executed(el: El<'_>) -> bool {
    let kind = el.get("type").unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty() || kind == "module" || kind.ends_with("javascript")
}

/// Whether one of the hashes is that of a text.
fn hashed(sources: &[String], text: &str) -> bool {
    sources.iter().any(|source| {
        let Some((kind, wanted)) = source.trim_matches('\'').split_once('-') else { return false };
        match kind {
            "sha256" => STANDARD.encode(Sha256::digest(text)) == wanted,
            "sha384" => STANDARD.encode(Sha384::digest(text)) == wanted,
            "sha512" => STANDARD.encode(Sha512::digest(text)) == wanted,
            _ => false,
        }
    })
}

/// What the element loads by itself: the directives that rule it, the address.
fn loaded(el: El<'_>) -> Option<(&'static [&'static str], &str)> {
    let rel = |word: &str| {
        el.get("rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
    };
    let (names, attribute): (&[&str], &str) = match el.value().name() {
        "script" if executed(el) => (&["script-src-elem", "script-src"], "src"),
        "img" => (&["img-src"], "src"),
        "audio" | "video" | "track" => (&["media-src"], "src"),
        "iframe" => (&["frame-src", "child-src"], "src"),
        "object" => (&["object-src"], "data"),
        "embed" => (&["object-src"], "src"),
        "link" if rel("stylesheet") => (&["style-src-elem", "style-src"], "href"),
        "link" if rel("icon") => (&["img-src"], "href"),
        "link" if rel("manifest") => (&["manifest-src"], "href"),
        _ => return None,
    };
    Some((names, el.get(attribute)?))
}

/// Whether a source allows an address. A path below a host is not compared: that much browsers do, and here it would only hide.
fn matches(source: &str, address: &str) -> bool {
    let address = address.trim();
    let scheme = address.split_once(':').map(|(scheme, _)| scheme).filter(|s| !s.contains(['/', '?', '#']));
    let own = scheme.is_none() && !address.starts_with("//");
    let host = || {
        let rest = address.split_once("//").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    };
    match source {
        "'self'" => own,
        "*" => own || matches!(scheme, None | Some("http" | "https")),
        _ if source.ends_with(':') => {
            scheme.is_some_and(|s| s.eq_ignore_ascii_case(source.trim_end_matches(':')))
        }
        _ if source.starts_with('\'') => false,
        _ => {
            let wanted = source.split_once("://").map_or(source, |(_, rest)| rest);
            let wanted = wanted.split('/').next().unwrap_or_default();
            match wanted.strip_prefix("*.") {
                Some(domain) => host().strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')),
                None => !host().is_empty() && host().eq_ignore_ascii_case(wanted),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn forbids(policy: &str, html: &str) -> bool {
        let page = Html::parse_fragment(html);
        let policy = Policy::parse(policy);
        page.root_element().descendent_elements().any(|el| policy.forbids(el))
    }

    #[test]
    fn what_is_written_in_the_page() {
        let strict = "default-src 'none'; script-src 'self'; style-src 'self'";
        for html in [
            "<p style=\"color:red\">x</p>",
            "<p onclick=\"x()\">x</p>",
            "<a href=\"javascript:x()\">x</a>",
            "<script>x()</script>",
            "<style>p{}</style>",
        ] {
            assert!(forbids(strict, html), "{html}");
            assert!(!forbids("default-src 'self' 'unsafe-inline'", html), "{html}");
            assert!(!forbids("img-src 'self'", html), "nothing is said of it: {html}");
        }
        assert!(!forbids(strict, "<script type=\"application/ld+json\">{}</script>"), "data are not run");
        let hash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        assert!(!forbids(&format!("script-src {hash}"), "<script></script>"));
        assert!(forbids(&format!("script-src {hash}"), "<script>x()</script>"));
    }

    #[test]
    fn what_is_loaded() {
        let strict = "default-src 'none'; script-src 'self'; img-src 'self' https://*.esempio.it data:";
        for html in [
            "<iframe src=\"/x/\"></iframe>",
            "<img src=\"https://altrove.it/a.png\">",
            "<script src=\"//a.it/x.js\">",
        ] {
            assert!(forbids(strict, html), "{html}");
        }
        for html in [
            "<img src=\"/a.png\">",
            "<img src=\"https://foto.esempio.it/a.png\">",
            "<img src=\"data:image/png,x\">",
        ] {
            assert!(!forbids(strict, html), "{html}");
        }
    }
}
