//! URL templates: literal text, `{nome}` (percent-encoded), `{nome|maiuscolo}`, and `{+nome}` at the start for a URL prefix.
//!
//! One pass of expansion, values always encoded; scheme and host cannot depend on a service (online services 6.2, R-URL-1, R-URL-3).

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::variable::{SITE_VARIABLES, TipoVariabile, Variabili, is_personal};
use crate::diagnostic::Text;
use crate::text;

/// Everything outside the unreserved set of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Stands for any value of a service; unreserved, so that it is not encoded.
const HOLE: &str = "~~~";

/// What a template may name.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Constants of the provider.
    pub constants: BTreeSet<String>,
    /// Variables that a service gives: type, and whether it may be left out.
    pub service: BTreeMap<String, (TipoVariabile, bool)>,
}

impl Scope {
    fn is_service(&self, name: &str) -> bool {
        self.service.contains_key(name)
    }

    fn knows(&self, name: &str) -> bool {
        self.is_service(name) || self.constants.contains(name) || SITE_VARIABLES.contains(&name)
    }
}

/// Why a template cannot be used or expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A brace without its other half, or an empty name.
    Braces,
    /// A filter that does not exist.
    Filter(String),
    /// A name that nothing declares.
    Unknown(String),
    /// A name that stands for data of a citizen.
    Personal(String),
    /// `{+nome}` elsewhere than at the start, or of a variable of the service, or not followed by `/`, `?` or `#`.
    Prefix(String),
    /// A variable of the service in scheme or host.
    Host(String),
    /// A variable that may be left out, elsewhere than as a whole `chiave={nome}` of the query.
    Optional(String),
    /// A constant that the provider leaves to be set.
    Unset(String),
    /// A variable that the service does not give.
    Missing(String),
    /// A variable that the provider does not ask for.
    Unasked(String),
    /// A value of another type.
    Type(String, TipoVariabile, String),
    /// A provider that says it is the national payment page, and is not.
    Checkout,
    /// The result is not an address.
    Address(String),
    /// The result is not https, or has user, port or an unasked fragment.
    Unsafe(String),
}

impl Fault {
    /// What is wrong, for an editor.
    pub fn message(&self) -> Text {
        match self {
            Fault::Braces => text!("una graffa è aperta o chiusa da sola", "a brace stands alone"),
            Fault::Filter(f) => text!(
                "il filtro `{f}` non esiste (ci sono maiuscolo e minuscolo)",
                "filter `{f}` does not exist (there are maiuscolo and minuscolo)"
            ),
            Fault::Unknown(n) => text!(
                "la variabile `{n}` non è dichiarata fra richieste, facoltative o costanti",
                "variable `{n}` is not declared among richieste, facoltative or costanti"
            ),
            Fault::Personal(n) => text!(
                "la variabile `{n}` porterebbe dati personali nell'indirizzo",
                "variable `{n}` would carry personal data in the address"
            ),
            Fault::Prefix(n) => text!(
                "`{{+{n}}}` va solo all'inizio, è una costante o `sito`, e dopo viene `/`, `?` o `#`",
                "`{{+{n}}}` stands only at the start, is a constant or `sito`, and `/`, `?` or `#` follows"
            ),
            Fault::Host(n) => text!(
                "il nome del sito non può dipendere dalla variabile `{n}` del servizio",
                "the host cannot depend on variable `{n}` of the service"
            ),
            Fault::Optional(n) => text!(
                "la variabile facoltativa `{n}` può stare solo in una coppia `chiave={{{n}}}` dopo il `?`",
                "the optional variable `{n}` may only stand in a `key={{{n}}}` pair after the `?`"
            ),
            Fault::Unset(n) => text!("la costante `{n}` non ha un valore", "constant `{n}` has no value"),
            Fault::Missing(n) => text!("manca la variabile `{n}`", "variable `{n}` is missing"),
            Fault::Unasked(n) => text!("la variabile `{n}` non serve qui", "variable `{n}` is not asked for"),
            Fault::Type(n, t, v) => {
                let (name, example) = (t.name(), t.example());
                text!(
                    "la variabile `{n}` vale `{v}`, ma deve essere di tipo {name} (per esempio {example})",
                    "variable `{n}` is `{v}`, but must be of type {name} (for example {example})"
                )
            }
            Fault::Checkout => text!(
                "`checkout: true` vale solo per https://checkout.pagopa.it/",
                "`checkout: true` holds only for https://checkout.pagopa.it/"
            ),
            Fault::Address(a) => text!("`{a}` non è un indirizzo", "`{a}` is not an address"),
            Fault::Unsafe(a) => text!(
                "`{a}` non è sicuro: serve https, senza utente, porta né frammento",
                "`{a}` is not safe: https is needed, without user, port or fragment"
            ),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    AsIs,
    Upper,
    Lower,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A variable, encoded.
    Variable(String, Case),
    /// A URL prefix, as it is.
    Prefix(String),
}

/// A template that has been checked against what it may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Up to the query.
    path: Vec<Piece>,
    /// `key=value` pairs of the query.
    query: Vec<Vec<Piece>>,
    fragment: Vec<Piece>,
}

impl Template {
    /// Reads a template whose names must be in `scope`.
    ///
    /// # Errors
    /// The first [`Fault`] found: syntax, an undeclared or personal name, a host that depends on the service.
    pub fn parse(written: &str, scope: &Scope) -> Result<Self, Fault> {
        let pieces = pieces(written)?;
        check_names(&pieces, scope)?;
        check_host(&pieces, scope)?;
        let (before, fragment) = split_once(pieces, '#');
        let (path, query) = split_once(before, '?');
        let mut pairs = Vec::new();
        let mut rest = query;
        while !rest.is_empty() {
            let (pair, after) = split_once(rest, '&');
            pairs.push(pair);
            rest = after;
        }
        let template = Template { path, query: pairs, fragment };
        template.check_optional(scope)?;
        Ok(template)
    }

    /// A variable that may be left out takes its whole pair along, so it may stand nowhere else (rule 3).
    fn check_optional(&self, scope: &Scope) -> Result<(), Fault> {
        let fixed = self.path.iter().chain(&self.fragment);
        let stray =
            fixed.filter_map(Piece::name).find(|n| scope.service.get(*n).is_some_and(|(_, free)| *free));
        stray.map_or(Ok(()), |n| Err(Fault::Optional(n.to_owned())))
    }

    /// The names used.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.path.iter().chain(self.query.iter().flatten()).chain(&self.fragment).filter_map(Piece::name)
    }

    /// Puts the values in their places, in one pass; a pair of the query whose variable has no value is left out.
    fn fill(&self, values: &Variabili) -> Result<String, Fault> {
        let mut out = String::new();
        append(&mut out, &self.path, values)?;
        let given = |pair: &&Vec<Piece>| pair.iter().filter_map(Piece::name).all(|n| values.contains_key(n));
        for (n, pair) in self.query.iter().filter(given).enumerate() {
            out.push(if n == 0 { '?' } else { '&' });
            append(&mut out, pair, values)?;
        }
        if !self.fragment.is_empty() {
            out.push('#');
            append(&mut out, &self.fragment, values)?;
        }
        Ok(out)
    }

    /// Whether an address is one that the template gives for some values of the service; `fixed` holds those of site and provider.
    pub fn recognises(&self, url: &str, fixed: &Variabili) -> bool {
        let given = self.names().filter(|n| !fixed.contains_key(*n));
        let holes: Variabili = given.map(|n| (n.to_owned(), HOLE.to_owned())).collect();
        let mut values = fixed.clone();
        values.extend(holes);
        let Ok(pattern) = self.fill(&values) else { return false };
        let parts: Vec<&str> = pattern.split(HOLE).collect();
        let [first, middle @ .., last] = parts.as_slice() else { return url == pattern };
        let Some(mut rest) = url.strip_prefix(first) else { return false };
        for part in middle {
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.len() > last.len() && rest.ends_with(last)
    }

    /// The value of a constant, itself a template of site variables.
    ///
    /// # Errors
    /// [`Fault::Missing`] when a site variable has no value.
    pub fn constant(&self, site: &Variabili) -> Result<String, Fault> {
        self.fill(site)
    }

    /// The address for these values; `fixed` holds those of site and provider, `given` those of the service, already checked.
    ///
    /// # Errors
    /// A value that is missing, or a result that is not a plain https address on the host that `fixed` alone gives.
    pub fn expand(&self, fixed: &Variabili, given: &Variabili) -> Result<Url, Fault> {
        let mut values = fixed.clone();
        values.extend(given.iter().map(|(k, v)| (k.clone(), v.clone())));
        let written = self.fill(&values)?;
        let url = Url::parse(&written).map_err(|_| Fault::Address(written.clone()))?;
        let plain = url.scheme() == "https"
            && url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none()
            && url.host_str().is_some_and(|h| h.contains('.'))
            && (url.fragment().is_none() || !self.fragment.is_empty())
            && !written.contains(['{', '}', '\\'])
            && !written.chars().any(char::is_control)
            && !has_dot_segment(&written);
        if plain { Ok(url) } else { Err(Fault::Unsafe(written)) }
    }
}

/// Whether the path climbs or stands still (`..`, `.`), which would change what the template says.
fn has_dot_segment(written: &str) -> bool {
    let path = written.split(['?', '#']).next().unwrap_or_default();
    path.split('/').any(|segment| segment == "." || segment == "..")
}

impl Piece {
    fn name(&self) -> Option<&str> {
        match self {
            Piece::Text(_) => None,
            Piece::Variable(name, _) | Piece::Prefix(name) => Some(name),
        }
    }
}

fn append(out: &mut String, pieces: &[Piece], values: &Variabili) -> Result<(), Fault> {
    for piece in pieces {
        let value = |name: &str| values.get(name).ok_or_else(|| Fault::Missing(name.to_owned()));
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Prefix(name) => out.push_str(value(name)?),
            Piece::Variable(name, case) => {
                let value = match case {
                    Case::AsIs => value(name)?.clone(),
                    Case::Upper => value(name)?.to_uppercase(),
                    Case::Lower => value(name)?.to_lowercase(),
                };
                out.extend(utf8_percent_encode(&value, RESERVED));
            }
        }
    }
    Ok(())
}

fn pieces(written: &str) -> Result<Vec<Piece>, Fault> {
    let mut pieces = Vec::new();
    let mut rest = written;
    while let Some(at) = rest.find(['{', '}']) {
        let (text, after) = rest.split_at(at);
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        let inside = after.strip_prefix('{').ok_or(Fault::Braces)?;
        let (name, after) = inside.split_once('}').ok_or(Fault::Braces)?;
        if name.contains('{') || name.is_empty() {
            return Err(Fault::Braces);
        }
        pieces.push(variable(name, pieces.is_empty())?);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

fn variable(written: &str, first: bool) -> Result<Piece, Fault> {
    if let Some(name) = written.strip_prefix('+') {
        return if first { Ok(Piece::Prefix(name.to_owned())) } else { Err(Fault::Prefix(name.to_owned())) };
    }
    let (name, case) = match written.split_once('|') {
        None => (written, Case::AsIs),
        Some((name, "maiuscolo")) => (name, Case::Upper),
        Some((name, "minuscolo")) => (name, Case::Lower),
        Some((_, filter)) => return Err(Fault::Filter(filter.to_owned())),
    };
    Ok(Piece::Variable(name.to_owned(), case))
}

fn check_names(pieces: &[Piece], scope: &Scope) -> Result<(), Fault> {
    for name in pieces.iter().filter_map(Piece::name) {
        if is_personal(name) {
            return Err(Fault::Personal(name.to_owned()));
        }
        if !scope.knows(name) {
            return Err(Fault::Unknown(name.to_owned()));
        }
    }
    Ok(())
}

/// Scheme and host end before anything that a service gives: a prefix is followed by `/`, `?`, `#` or nothing, and written
/// out they hold no variable of the service.
fn check_host(pieces: &[Piece], scope: &Scope) -> Result<(), Fault> {
    let ends_host = |text: &str| text.starts_with(['/', '?', '#']);
    if let [Piece::Prefix(name), rest @ ..] = pieces {
        let constant = !scope.is_service(name) && (scope.constants.contains(name) || name == "sito");
        let closed = match rest.first() {
            None => true,
            Some(Piece::Text(text)) => ends_host(text),
            Some(_) => false,
        };
        return if constant && closed { Ok(()) } else { Err(Fault::Prefix(name.clone())) };
    }
    let mut scheme = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let after = match text.split_once("://") {
                    Some((_, after)) if !scheme => {
                        scheme = true;
                        after
                    }
                    _ => text,
                };
                if scheme && after.contains(['/', '?', '#']) {
                    return Ok(());
                }
            }
            Piece::Variable(name, _) | Piece::Prefix(name) if scope.is_service(name) => {
                return Err(Fault::Host(name.clone()));
            }
            Piece::Variable(..) | Piece::Prefix(_) => {}
        }
    }
    Ok(())
}

/// Splits at the first such character of the literal text.
fn split_once(pieces: Vec<Piece>, at: char) -> (Vec<Piece>, Vec<Piece>) {
    let mut before = Vec::new();
    let mut after = Vec::new();
    let mut found = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) if !found => match text.split_once(at) {
                Some((left, right)) => {
                    found = true;
                    before.extend((!left.is_empty()).then(|| Piece::Text(left.to_owned())));
                    after.extend((!right.is_empty()).then(|| Piece::Text(right.to_owned())));
                }
                None => before.push(Piece::Text(text)),
            },
            piece if found => after.push(piece),
            piece => before.push(piece),
        }
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(service: &[&str], optional: &[&str]) -> Scope {
        let entry = |free: bool| move |n: &&str| ((*n).to_owned(), (TipoVariabile::Testo, free));
        Scope {
            constants: ["base".to_owned()].into(),
            service: service.iter().map(entry(false)).chain(optional.iter().map(entry(true))).collect(),
        }
    }

    fn values(pairs: &[(&str, &str)]) -> Variabili {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    /// The table of online services 5.5: template, constant `base`, variables of the service, result.
    #[test]
    fn the_published_examples_expand() {
        type Given = &'static [(&'static str, &'static str)];
        let table: [(&str, &str, Given, &str); 8] = [
            (
                "{+base}/{lingua}/servizi/{slug}/access",
                "https://servizi.comune.esempio.tn.it/lang",
                &[("slug", "richiedere-la-carta-d-identita")],
                "https://servizi.comune.esempio.tn.it/lang/it/servizi/richiedere-la-carta-d-identita/access",
            ),
            (
                "{+sito}/prenota_appuntamento?service_id={uuid}",
                "",
                &[("uuid", "7c01b9ac-63a3-4b32-b822-68a74ca40ee0")],
                "https://www.comune.esempio.tn.it/prenota_appuntamento?service_id=7c01b9ac-63a3-4b32-b822-68a74ca40ee0",
            ),
            (
                "https://mypay.provincia.tn.it/pa/changeEnte.html?enteToChange={codice_ipa|maiuscolo}",
                "",
                &[],
                "https://mypay.provincia.tn.it/pa/changeEnte.html?enteToChange=C_L378",
            ),
            (
                "{+base}/landing/spontaneo?codIpaEnte={codice_ipa|maiuscolo}&codTipo={cod_tipo}",
                "https://pagamenti.example.it/cittadino",
                &[("cod_tipo", "S53 Ambiente/CDU & altro")],
                "https://pagamenti.example.it/cittadino/landing/spontaneo?codIpaEnte=C_L378&codTipo=S53%20Ambiente%2FCDU%20%26%20altro",
            ),
            (
                "https://checkout.pagopa.it/inserisci-dati-avviso",
                "",
                &[],
                "https://checkout.pagopa.it/inserisci-dati-avviso",
            ),
            (
                "https://continua.io.pagopa.it/services/service-detail?serviceId={service_id}",
                "",
                &[("service_id", "01G40DWQGKY5GRWSNM4303VNRP")],
                "https://continua.io.pagopa.it/services/service-detail?serviceId=01G40DWQGKY5GRWSNM4303VNRP",
            ),
            (
                "https://sportello.comune.esempio.tn.it/procedure%3A{codice_ipa}%3A{argomento}%3B{azione}",
                "",
                &[("argomento", "cambio.abitazione.residenza"), ("azione", "dichiarazione")],
                "https://sportello.comune.esempio.tn.it/procedure%3Ac_l378%3Acambio.abitazione.residenza%3Bdichiarazione",
            ),
            (
                "{+base}/x?c={causale}",
                "https://pagamenti.example.it",
                &[("causale", "Canone affitto sala civica è 10€")],
                "https://pagamenti.example.it/x?c=Canone%20affitto%20sala%20civica%20%C3%A8%2010%E2%82%AC",
            ),
        ];
        for (template, base, given, expected) in table {
            let names: Vec<&str> = given.iter().map(|(n, _)| *n).collect();
            let parsed = Template::parse(template, &scope(&names, &[])).unwrap();
            let site = values(&[
                ("base", base),
                ("codice_ipa", "c_l378"),
                ("lingua", "it"),
                ("sito", "https://www.comune.esempio.tn.it"),
            ]);
            assert_eq!(parsed.expand(&site, &values(given)).unwrap().as_str(), expected);
        }
    }

    fn parse(template: &str) -> Result<Template, Fault> {
        Template::parse(template, &scope(&["slug"], &["tipo"]))
    }

    #[test]
    fn faults_are_found_where_the_template_is_written() {
        let name = |n: &str| n.to_owned();
        let table = [
            ("https://{slug}.example.it/", Fault::Host(name("slug"))),
            ("https://a.example.it{slug}", Fault::Host(name("slug"))),
            ("{slug}://a.example.it/", Fault::Host(name("slug"))),
            ("{+base}{slug}", Fault::Prefix(name("base"))),
            ("{+base}.example.it/", Fault::Prefix(name("base"))),
            ("{+slug}/x", Fault::Prefix(name("slug"))),
            ("{+codice_ipa}/x", Fault::Prefix(name("codice_ipa"))),
            ("https://a.example.it/{+base}", Fault::Prefix(name("base"))),
            ("https://a.example.it/{manca}", Fault::Unknown(name("manca"))),
            ("https://a.example.it/{email}", Fault::Personal(name("email"))),
            ("https://a.example.it/{slug", Fault::Braces),
            ("https://a.example.it/slug}", Fault::Braces),
            ("https://a.example.it/{}", Fault::Braces),
            ("https://a.example.it/{slug|rovescio}", Fault::Filter(name("rovescio"))),
            ("https://a.example.it/{tipo}", Fault::Optional(name("tipo"))),
        ];
        for (template, fault) in table {
            assert_eq!(parse(template), Err(fault), "{template}");
        }
    }

    #[test]
    fn an_absent_optional_variable_takes_its_pair_along() {
        let template = parse("{+base}/x?a={slug}&t={tipo}&z=1").unwrap();
        let base = values(&[("base", "https://a.example.it")]);
        let url = |given: &[(&str, &str)]| template.expand(&base, &values(given)).map(String::from);
        assert_eq!(url(&[("slug", "s")]).unwrap(), "https://a.example.it/x?a=s&z=1");
        assert_eq!(url(&[("slug", "s"), ("tipo", "b")]).unwrap(), "https://a.example.it/x?a=s&t=b&z=1");
        let first = parse("{+base}/x?t={tipo}&z=1").unwrap();
        assert_eq!(first.expand(&base, &values(&[])).unwrap().as_str(), "https://a.example.it/x?z=1");
    }

    #[test]
    fn an_address_of_the_template_is_recognised() {
        let template = parse("{+base}/x/{slug}/access?t={tipo}").unwrap();
        let base = values(&[("base", "https://a.example.it")]);
        assert!(template.recognises("https://a.example.it/x/tari/access?t=b", &base));
        for other in [
            "https://a.example.it/x/tari",
            "https://b.example.it/x/tari/access?t=b",
            "https://a.example.it/x/",
        ] {
            assert!(!template.recognises(other, &base), "{other}");
        }
    }

    #[test]
    fn an_unsafe_result_is_refused() {
        for base in [
            "http://a.example.it",
            "javascript://a.example.it",
            "https://utente@a.example.it",
            "https://a.example.it:8443",
            "https://localhost",
            "https://a.example.it/#",
            "nulla",
        ] {
            let template = parse("{+base}/x/{slug}").unwrap();
            let result = template.expand(&values(&[("base", base)]), &values(&[("slug", "s")]));
            assert!(matches!(result, Err(Fault::Unsafe(_) | Fault::Address(_))), "{base}: {result:?}");
        }
    }

    proptest::proptest! {
        /// R-URL-1, R-URL-3: whatever a service gives, scheme, host and shape stay those of the template.
        #[test]
        fn no_value_moves_the_host(slug in "\\PC*|\\.{1,3}", tipo in "\\PC*") {
            for template in ["{+base}/s/{slug}?t={tipo}", "https://a.example.it/s/{slug}?t={tipo}"] {
                let base = values(&[("base", "https://a.example.it")]);
                let url = parse(template).unwrap().expand(&base, &values(&[("slug", &slug), ("tipo", &tipo)]));
                if let Ok(url) = url {
                    proptest::prop_assert_eq!(url.host_str(), Some("a.example.it"));
                    proptest::prop_assert_eq!(url.scheme(), "https");
                    proptest::prop_assert!(url.path().starts_with("/s/"));
                    proptest::prop_assert!(url.username().is_empty() && url.port().is_none() && url.fragment().is_none());
                    let pairs: Vec<_> = url.query_pairs().collect();
                    proptest::prop_assert_eq!(pairs, vec![("t".into(), tipo.as_str().into())]);
                }
            }
        }
    }
}
