//! The door to the network: one request, its status, or why there was none.
//!
//! Only https, only public addresses, no redirect followed, no cookie kept, no credential, no body sent, none read. The parts
//! of `ureq` called unversioned are used here and nowhere else.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use jiff::Timestamp;
use rustls::CertificateError;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Proxy, ProxyProtocol};
use url::{Host, Url};

use crate::diagnostic::Text;
use crate::text;

/// Largest head of an answer, in bytes.
const MAX_HEAD: usize = 32 * 1024;
/// Most that is read from a connection at once, in bytes: the head and what happens to follow it.
const BUFFER: usize = 40 * 1024;

/// How to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Without body.
    Head,
    /// For services that do not know `HEAD`; the body is not read.
    Get,
}

/// An answer, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// After how long to come back, if it says so.
    pub retry_after: Option<Duration>,
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The host name leads nowhere.
    Name,
    /// The host is inside a private network.
    Private,
    /// No connection.
    Connect,
    /// Nothing, or not all, within the time.
    Timeout,
    /// The certificate has expired, or is not valid yet.
    CertificateDate,
    /// The certificate is of another host.
    CertificateName,
    /// The certificate is not signed by an authority that browsers know.
    CertificateIssuer,
    /// No secure connection.
    Tls,
    /// The connection was closed halfway.
    Closed,
    /// The answer is not HTTP.
    Protocol,
    /// The head of the answer has no end.
    Oversized,
    /// The address cannot be asked.
    Address,
}

impl Fault {
    /// Whether every address of the host would meet it.
    pub fn is_of_host(self) -> bool {
        use Fault::{CertificateDate, CertificateIssuer, CertificateName, Connect, Name, Private, Tls};
        matches!(self, Name | Private | Connect | CertificateDate | CertificateName | CertificateIssuer | Tls)
    }

    /// Whether nothing at all came from the other side.
    pub fn is_silence(self) -> bool {
        matches!(self, Fault::Name | Fault::Connect | Fault::Timeout)
    }

    /// Whether it may be gone a moment later.
    pub fn is_passing(self) -> bool {
        use Fault::{Closed, Connect, Name, Oversized, Protocol, Timeout};
        matches!(self, Name | Connect | Timeout | Closed | Protocol | Oversized)
    }

    /// In a few words.
    pub fn reason(self) -> Text {
        match self {
            Fault::Name => text!("il nome del sito non esiste", "the name of the site does not exist"),
            Fault::Private => text!("sta in una rete privata", "it is inside a private network"),
            Fault::Connect => text!("il collegamento non riesce", "no connection can be made"),
            Fault::Timeout => text!("non risponde in tempo", "it does not answer in time"),
            Fault::CertificateDate => text!("il certificato è scaduto", "the certificate has expired"),
            Fault::CertificateName => {
                text!("il certificato è di un altro sito", "the certificate is of another site")
            }
            Fault::CertificateIssuer => text!(
                "il certificato non è di un'autorità riconosciuta",
                "the certificate is not from a known authority"
            ),
            Fault::Tls => {
                text!("il collegamento sicuro non riesce", "no secure connection can be made")
            }
            Fault::Closed => text!("chiude il collegamento a metà", "it closes the connection halfway"),
            Fault::Protocol => text!("risponde in modo incomprensibile", "its answer makes no sense"),
            Fault::Oversized => text!("risponde senza mai finire", "its answer has no end"),
            Fault::Address => text!("l'indirizzo non si può chiedere", "the address cannot be asked"),
        }
    }
}

/// Asks one address, on behalf of a site. The door through which checks reach the network.
pub trait Fetch: Sync {
    /// One request, one answer: nothing is followed and nothing remembered.
    ///
    /// # Errors
    /// Why there was no answer.
    fn ask(&self, method: Method, url: &Url, on_behalf_of: &str) -> Result<Answer, Fault>;
}

/// The network.
#[derive(Debug)]
pub struct Web {
    agent: Agent,
}

impl Web {
    /// The public network: names of the system, its certificate authorities (those of Mozilla if it has none), the proxy named by
    /// the environment (`HTTPS_PROXY`, `NO_PROXY`). `timeout` bounds each request as a whole.
    pub fn public(timeout: Duration) -> Self {
        let found = rustls_native_certs::load_native_certs().certs;
        let roots = if found.is_empty() {
            RootCerts::WebPki
        } else {
            found.iter().map(|c| Certificate::from_der(c.as_ref()).to_owned()).collect::<Vec<_>>().into()
        };
        let tunnels = |p: &Proxy| matches!(p.protocol(), ProxyProtocol::Http | ProxyProtocol::Https);
        Self::new(timeout, roots, Proxy::try_from_env().filter(tunnels), PublicNames::default())
    }

    /// A network of these names and certificate authorities (DER) alone, wherever its addresses are.
    pub fn closed(timeout: Duration, names: BTreeMap<String, SocketAddr>, roots: &[Vec<u8>]) -> Self {
        let roots: Vec<_> = roots.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
        Self::new(timeout, roots.into(), None, GivenNames(names))
    }

    fn new(timeout: Duration, roots: RootCerts, proxy: Option<Proxy>, names: impl Resolver) -> Self {
        let config = Config::builder()
            .https_only(true)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(timeout))
            .max_response_header_size(MAX_HEAD)
            .input_buffer_size(BUFFER)
            .max_idle_connections(0)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .proxy(proxy)
            .build();
        Web { agent: Agent::with_parts(config, DefaultConnector::default(), names) }
    }
}

impl Fetch for Web {
    fn ask(&self, method: Method, url: &Url, on_behalf_of: &str) -> Result<Answer, Fault> {
        // The proxy finds the addresses of names by itself; those written as such are still ours to refuse.
        if self.agent.config().proxy().is_some() && is_private_literal(url) {
            return Err(Fault::Private);
        }
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        let who = format!("campanile/{} (+{on_behalf_of})", env!("CARGO_PKG_VERSION"));
        let answer = request.header("user-agent", who).call().map_err(|e| fault(&e))?;
        let after = answer.headers().get("retry-after").and_then(|v| v.to_str().ok());
        let retry_after = after.and_then(|v| delay(v.trim(), Timestamp::now()));
        Ok(Answer { status: answer.status().as_u16(), retry_after })
    }
}

/// The value of `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
fn delay(value: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO))
}

fn fault(error: &ureq::Error) -> Fault {
    use ureq::Error;
    match error {
        Error::HostNotFound => Fault::Name,
        Error::Timeout(_) => Fault::Timeout,
        Error::Other(e) => e.downcast_ref().copied().unwrap_or(Fault::Connect),
        Error::Rustls(e) => tls_fault(e),
        Error::Tls(_) | Error::Pem(_) | Error::TlsRequired => Fault::Tls,
        Error::LargeResponseHeader(..) => Fault::Oversized,
        Error::Protocol(_) => Fault::Protocol,
        Error::BadUri(_) | Error::Http(_) | Error::RequireHttpsOnly(_) => Fault::Address,
        Error::Io(e) => io_fault(e),
        _ => Fault::Connect,
    }
}

fn io_fault(error: &io::Error) -> Fault {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, TimedOut, UnexpectedEof};
    if let Some(tls) = error.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()) {
        return tls_fault(tls);
    }
    match error.kind() {
        TimedOut => Fault::Timeout,
        UnexpectedEof | ConnectionReset | ConnectionAborted | BrokenPipe => Fault::Closed,
        _ => Fault::Connect,
    }
}

fn tls_fault(error: &rustls::Error) -> Fault {
    use CertificateError::{
        BadSignature, Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
        NotValidYetContext, UnknownIssuer,
    };
    match error {
        rustls::Error::InvalidCertificate(e) => match e {
            Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. } => {
                Fault::CertificateDate
            }
            NotValidForName | NotValidForNameContext { .. } => Fault::CertificateName,
            UnknownIssuer | BadSignature => Fault::CertificateIssuer,
            _ => Fault::Tls,
        },
        _ => Fault::Tls,
    }
}

/// So that a resolver can hand its verdict through `ureq`.
impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason().en)
    }
}

impl std::error::Error for Fault {}

/// Names of the system, kept to public addresses: content must not make us knock at doors of the network we run in. The address
/// that was judged is the one connected to. The proxy of the environment may stand anywhere.
#[derive(Debug, Default)]
struct PublicNames(DefaultResolver);

impl Resolver for PublicNames {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout).map_err(|e| match e {
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            e => e,
        })?;
        if config.proxy().is_some_and(|p| p.uri() == uri) {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|a| is_public(a.ip())).for_each(|a| public.push(*a));
        if public.is_empty() { Err(ureq::Error::Other(Box::new(Fault::Private))) } else { Ok(public) }
    }
}

/// Names given one by one.
#[derive(Debug)]
struct GivenNames(BTreeMap<String, SocketAddr>);

impl Resolver for GivenNames {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = uri.host().and_then(|host| self.0.get(host)).ok_or(ureq::Error::HostNotFound)?;
        let mut addresses = self.empty();
        addresses.push(*found);
        Ok(addresses)
    }
}

fn is_private_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => !is_public(ip.into()),
        Some(Host::Ipv6(ip)) => !is_public(ip.into()),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => true,
    }
}

/// Whether an address is of the public network: globally reachable unicast, by the special-purpose registries of IANA
/// (RFC 6890 and later).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && b & 0xC0 == 64)
        || (a == 198 && b & 0xFE == 18)
        || (a, b, c) == (192, 0, 0);
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        // NAT64 (RFC 6052): how a host with IPv6 alone reaches IPv4.
        [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => {
            is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        // Protocol assignments and Teredo, documentation, 6to4: outside of, or tunnels out of, the public network.
        [0x2001, 0..0x200 | 0xDB8, ..] | [0x2002, ..] | [0x3FFF, 0..0x1000, ..] => false,
        [first, ..] => first & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "64:ff9b:1::808:808",
            "100::1",
            "3fff::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "8.8.8.8",
            "93.63.32.1",
            "172.32.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "2a00:1450::1",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn the_public_network_does_not_lead_inside() {
        let web = Web::public(Duration::from_secs(5));
        for url in
            ["https://127.0.0.1:9/", "https://[::1]:9/", "https://localhost:9/", "https://2130706433:9/"]
        {
            let answer = web.ask(Method::Head, &Url::parse(url).unwrap(), "https://www.example.it/");
            assert_eq!(answer, Err(Fault::Private), "{url}");
        }
    }

    #[test]
    fn delays_are_seconds_or_dates() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        assert_eq!(delay("120", now), Some(Duration::from_secs(120)));
        assert_eq!(delay("Sat, 21 Nov 2026 10:00:07 GMT", now), Some(Duration::from_secs(7)));
        assert_eq!(delay("Sat, 21 Nov 2026 09:00:00 GMT", now), Some(Duration::ZERO));
        for bad in ["", "-1", "soon", "1.5", "99999999999999999999999"] {
            assert_eq!(delay(bad, now), None, "{bad}");
        }
    }
}
