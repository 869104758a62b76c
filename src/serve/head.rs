//! The head of a request, read and judged byte by byte before anything is done with it: a preview needs GET and HEAD without a body,
//! and refuses whatever two programs could read in two ways.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::timeout;

/// Longest head, in bytes.
const LONGEST: usize = 16 * 1024;
/// Most header lines.
const MOST: usize = 100;
/// How long a head may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request without a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Only the headers are wanted.
    pub only_head: bool,
    /// Path as sent, percent-encoded, without the query.
    pub path: String,
    /// What follows `?`.
    pub query: String,
    /// The host asked for, as sent.
    pub host: String,
    headers: Vec<(String, String)>,
}

/// Why a request is refused: the status to answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// 400
    Malformed,
    /// 405
    Method,
    /// 431
    TooLong,
    /// The connection ended or took too long: nothing is answered.
    Gone,
}

impl Head {
    /// Reads one from a connection.
    ///
    /// # Errors
    /// Why it is refused.
    pub async fn read(from: &mut (impl AsyncRead + Unpin)) -> Result<Self, Refusal> {
        timeout(PATIENCE, Self::read_patiently(from)).await.unwrap_or(Err(Refusal::Gone))
    }

    async fn read_patiently(from: &mut (impl AsyncRead + Unpin)) -> Result<Self, Refusal> {
        let mut bytes = Vec::new();
        let mut piece = [0; 2048];
        loop {
            let end = bytes.windows(4).position(|w| w == b"\r\n\r\n");
            if let Some(end) = end {
                return Self::parse(&bytes[..end + 4]);
            }
            if bytes.len() > LONGEST {
                return Err(Refusal::TooLong);
            }
            if plain(&bytes).is_none() {
                return Err(Refusal::Malformed);
            }
            match from.read(&mut piece).await {
                Ok(n) if n > 0 => bytes.extend_from_slice(&piece[..n]),
                _ => return Err(Refusal::Gone),
            }
        }
    }

    /// From its bytes, the empty line included.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > LONGEST {
            return Err(Refusal::TooLong);
        }
        plain(bytes).ok_or(Refusal::Malformed)?;
        let mut found = [httparse::EMPTY_HEADER; MOST];
        let mut request = httparse::Request::new(&mut found);
        match request.parse(bytes) {
            Ok(httparse::Status::Complete(length)) if length == bytes.len() => {}
            Err(httparse::Error::TooManyHeaders) => return Err(Refusal::TooLong),
            _ => return Err(Refusal::Malformed),
        }
        let (Some(method), Some(target), Some(version)) = (request.method, request.path, request.version)
        else {
            return Err(Refusal::Malformed);
        };
        let mut headers = Vec::new();
        for header in request.headers.iter() {
            let value = std::str::from_utf8(header.value).map_err(|_| Refusal::Malformed)?;
            headers.push((header.name.to_ascii_lowercase(), value.to_owned()));
        }
        let named = |name: &str| {
            headers.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect::<Vec<_>>()
        };
        let body =
            !named("transfer-encoding").is_empty() || !matches!(named("content-length")[..], [] | ["0"]);
        let host = match named("host")[..] {
            [host] => host.to_owned(),
            [] if version == 0 => String::new(),
            _ => return Err(Refusal::Malformed),
        };
        if body {
            return Err(Refusal::Malformed);
        }
        if !matches!(method, "GET" | "HEAD") {
            return Err(Refusal::Method);
        }
        let target = own_target(target, &host).ok_or(Refusal::Malformed)?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (path, query) = (path.to_owned(), query.to_owned());
        Ok(Head { only_head: method == "HEAD", path, query, host, headers })
    }

    /// The value of a header, by its name in lower case; `None` when it is absent or repeated.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(n, _)| n == name);
        let (_, value) = found.next()?;
        found.next().is_none().then_some(value)
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let pairs = self.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(n, _)| *n == name).map(|(_, value)| value).next()
    }
}

/// The path and query of a target, which may name the host asked for, and no other.
fn own_target<'a>(target: &'a str, host: &str) -> Option<&'a str> {
    if target.starts_with('/') {
        return Some(target);
    }
    let rest = target.strip_prefix("http://")?.strip_prefix(host)?;
    if rest.is_empty() { Some("/") } else { rest.starts_with('/').then_some(rest) }
}

/// Whether lines end in CR LF and nowhere else is either, no line is folded into the one above, and there is no NUL. Of a piece of a
/// head too.
fn plain(bytes: &[u8]) -> Option<()> {
    for (n, byte) in bytes.iter().enumerate() {
        let next = bytes.get(n + 1);
        match byte {
            0 => return None,
            b'\r' if next.is_some_and(|b| *b != b'\n') => return None,
            b'\n' if n == 0 || bytes[n - 1] != b'\r' || next.is_some_and(|b| matches!(b, b' ' | b'\t')) => {
                return None;
            }
            _ => {}
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<Head, Refusal> {
        Head::parse(text.as_bytes())
    }

    #[test]
    fn a_plain_request_is_read() {
        let head = parse(
            "GET /servizi/?q=a HTTP/1.1\r\nHost: localhost:8000\r\nCookie: a=1; oggi=2027-01-01\r\n\r\n",
        )
        .unwrap();
        assert_eq!(
            (head.path.as_str(), head.query.as_str(), head.host.as_str()),
            ("/servizi/", "q=a", "localhost:8000")
        );
        assert_eq!(head.cookie("oggi"), Some("2027-01-01"));
        let absolute =
            parse("HEAD http://localhost:8000/x HTTP/1.1\r\nHost: localhost:8000\r\n\r\n").unwrap();
        assert_eq!((absolute.path.as_str(), absolute.only_head), ("/x", true));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        let line = "GET / HTTP/1.1\r\nHost: a\r\n";
        for more in [
            "Transfer-Encoding: chunked\r\n\r\n",
            "Content-Length: 5\r\n\r\n",
            "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
            "Content-Length: +0\r\n\r\n",
            "Host: b\r\n\r\n",
            "X: a\r\n b\r\n\r\n",
            "X: a\rb\r\n\r\n",
            "X: a\nY: b\r\n\r\n",
            "X: a\0b\r\n\r\n",
            "X : a\r\n\r\n",
        ] {
            assert_eq!(parse(&format!("{line}{more}")), Err(Refusal::Malformed), "{more:?}");
        }
        for whole in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a@b/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
            "GET /\r\n\r\n",
        ] {
            assert_eq!(parse(whole), Err(Refusal::Malformed), "{whole:?}");
        }
        assert_eq!(parse("POST / HTTP/1.1\r\nHost: a\r\n\r\n"), Err(Refusal::Method));
        assert_eq!(parse(&format!("{line}X: {}\r\n\r\n", "a".repeat(LONGEST))), Err(Refusal::TooLong));
        assert_eq!(parse(&format!("{line}{}\r\n", "X: a\r\n".repeat(MOST))), Err(Refusal::TooLong));
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_fault_of_ours(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Head::parse(&bytes);
            let _ = Head::parse(&[b"GET /".as_slice(), &bytes, b" HTTP/1.1\r\nHost: a\r\n\r\n"].concat());
        }
    }
}
