//! Where the channels of a sheet, its payments and the functions of the site lead: from what is written to a proven address.

use url::Url;

use super::provider::{CHECKOUT_HOST, Fornitore, GENERAL_ACTIONS, Genere, StatoFornitore};
use super::registry::Fornitori;
use super::template::Fault;
use super::variable::{TipoVariabile, Variabili};
use crate::config::{Config, Funzione};
use crate::content::field::Mappa;
use crate::content::servizio::{Accesso, Canale, Identita, Livello, Servizio, Stato, TipoModalita};
use crate::content::types::{Line, WebUrl};
use crate::diagnostic::{Code, Diagnostic, Severity, Span, Spanned, Text, nearest};
use crate::text;

/// A proven address to which a button may lead.
#[derive(Debug, Clone)]
pub struct Destinazione {
    /// The address: https, on a host of the provider or of `host_ammessi`.
    pub url: Url,
    /// The provider, if the address is not literal.
    pub fornitore: Option<String>,
    /// What the provider is for.
    pub genere: Option<Genere>,
    /// What the provider calls itself.
    pub nome: Option<String>,
    /// Who runs it, when not the Comune.
    pub gestore: Option<String>,
    /// What the provider wants on the button.
    pub etichetta: Option<String>,
    /// Identities accepted, as the provider says.
    pub identita: Option<Identita>,
    /// Whether it is the national payment page: only there a button may say pagoPA.
    pub checkout: bool,
    /// Whether it is a general page (area, login) and not the service itself.
    pub generale: bool,
}

impl Destinazione {
    /// How far an identity is accepted: what the channel says, else what its provider says.
    pub fn level(
        &self,
        access: &Accesso,
        pick: fn(&Identita) -> &Option<Spanned<Livello>>,
    ) -> Option<Livello> {
        let own = access.identita.as_ref().map(|i| &i.value);
        own.into_iter().chain(&self.identita).find_map(|i| pick(i).as_ref()).map(|l| l.value)
    }
}

/// The destinations of one sheet, in the order of its `accesso` and `pagamento.modalita`.
#[derive(Debug, Clone, Default)]
pub struct Accessi {
    /// Of the channels.
    pub canali: Vec<Option<Destinazione>>,
    /// Of the ways to pay.
    pub modalita: Vec<Option<Destinazione>>,
}

/// The destinations of the functions of the site.
#[derive(Debug, Clone, Default)]
pub struct FunzioniRisolte {
    /// Personal area.
    pub area_personale: Option<Destinazione>,
    /// Booking.
    pub prenotazione: Option<Destinazione>,
    /// Assistance.
    pub assistenza: Option<Destinazione>,
    /// Report of inefficiency.
    pub disservizio: Option<Destinazione>,
}

/// How a channel, a way to pay or a function says where it leads.
struct Chiamata<'a> {
    fornitore: Option<&'a Spanned<Line<60>>>,
    azione: Option<&'a Spanned<Line<60>>>,
    variabili: Option<&'a Spanned<Mappa<Line<500>>>>,
    url: Option<(&'a Url, Span)>,
}

/// The [`Chiamata`] of any record with its fields; `url` is given apart, since functions want another type.
macro_rules! chiamata {
    ($record:expr, $url:expr) => {
        Chiamata {
            fornitore: $record.fornitore.as_ref(),
            azione: $record.azione.as_ref(),
            variabili: $record.variabili.as_ref(),
            url: $url,
        }
    };
}

fn literal(url: Option<&Spanned<WebUrl>>) -> Option<(&Url, Span)> {
    url.map(|u| (&u.value.0, u.span))
}

/// Resolves the addresses of one site.
pub struct Resolver<'a> {
    /// The Comune.
    pub config: &'a Config,
    /// Its providers.
    pub fornitori: &'a Fornitori,
}

impl Resolver<'_> {
    /// The destinations of a sheet. Faults name the sheet by its `slug` and the Comune, since a sheet may be shared.
    pub fn sheet(&self, slug: &str, servizio: &Servizio, out: &mut Vec<Diagnostic>) -> Accessi {
        let ente = &self.config.written.ente.nome.value.0;
        let who = format!("{ente}, {slug}");
        let active = servizio.stato() == Stato::Attivo;
        let mut call = Call { resolver: self, who: &who, active, out };
        let canali = servizio.accesso.iter().map(|a| call.channel(a)).collect();
        let ways = servizio.pagamento.iter().flat_map(|p| &p.modalita);
        let modalita = ways
            .map(|m| call.resolve(&chiamata!(m, literal(m.url.as_ref())), &[Genere::Pagamenti], "servizio"));
        Accessi { modalita: modalita.collect(), canali }
    }

    /// The destinations of the functions.
    pub fn functions(&self, out: &mut Vec<Diagnostic>) -> FunzioniRisolte {
        let Some(f) = &self.config.written.funzioni else { return FunzioniRisolte::default() };
        let who = self.config.written.ente.nome.value.0.clone();
        let mut call = Call { resolver: self, who: &who, active: true, out };
        let mut resolve = |funzione: &Option<Spanned<Funzione>>, genere, action| {
            let funzione = funzione.as_ref()?;
            call.endpoint(&funzione.value);
            call.resolve(
                &chiamata!(funzione, funzione.url.as_ref().map(|u| (&u.value.0, u.span))),
                &[genere],
                action,
            )
        };
        let functions = FunzioniRisolte {
            area_personale: resolve(&f.area_personale, Genere::Servizi, "area"),
            prenotazione: resolve(&f.prenotazione, Genere::Prenotazioni, "home"),
            assistenza: resolve(&f.assistenza, Genere::Assistenza, "home"),
            disservizio: resolve(&f.disservizio, Genere::Segnalazioni, "home"),
        };
        f.valutazione.iter().for_each(|v| call.endpoint(&v.value));
        functions
    }

    /// An address on a host that nobody has vouched for.
    pub fn foreign_host(&self, host: &str, at: Span) -> Diagnostic {
        let own = &self.config.dominio_istituzionale;
        let hint = if host.contains("xn--") {
            text!(
                "l'indirizzo contiene lettere di un altro alfabeto che imitano quelle latine: riscrivilo a mano",
                "the address holds letters of another alphabet that imitate Latin ones: type it again by hand"
            )
        } else {
            text!(
                "usa un indirizzo sotto {own}, o aggiungi `{host}` a `host_ammessi` dopo averlo verificato",
                "use an address below {own}, or add `{host}` to `host_ammessi` after verifying it"
            )
        };
        Diagnostic::new(
            Code::AccessHost,
            text!("l'host `{host}` non è fra quelli ammessi", "host `{host}` is not among the allowed ones"),
        )
        .at(at)
        .hint(hint)
    }
}

/// Resolution in progress, on behalf of `who`.
struct Call<'a> {
    resolver: &'a Resolver<'a>,
    who: &'a str,
    /// Whether citizens will see the button: providers that do not work matter only then.
    active: bool,
    out: &'a mut Vec<Diagnostic>,
}

impl Call<'_> {
    fn fail<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.out.push(diagnostic);
        None
    }

    fn channel(&mut self, a: &Spanned<Accesso>) -> Option<Destinazione> {
        let chiamata = chiamata!(a, literal(a.url.as_ref()));
        let written = chiamata.fornitore.is_some() || chiamata.url.is_some();
        let kinds: &[Genere] = match a.canale.value {
            Canale::Online => &[Genere::Servizi, Genere::Esterno],
            Canale::Appuntamento => &[Genere::Prenotazioni],
            Canale::AppIo => &[Genere::App],
            Canale::Sportello | Canale::Email | Canale::Pec | Canale::Telefono | Canale::Posta => {
                if written {
                    let name = a.canale.value.name();
                    return self.fail(
                        Diagnostic::new(
                            Code::AccessUnused,
                            text!(
                                "il canale {name} non porta a un indirizzo web",
                                "channel {name} does not lead to a web address"
                            ),
                        )
                        .at(a.span)
                        .hint(text!(
                            "togli `fornitore` e `url`, o cambia `canale`",
                            "remove `fornitore` and `url`, or change `canale`"
                        )),
                    );
                }
                return None;
            }
        };
        let needed = matches!(a.canale.value, Canale::Online | Canale::AppIo);
        if needed && !written {
            return self.fail(
                Diagnostic::new(
                    Code::AccessEmpty,
                    text!("il canale online non ha un indirizzo", "the online channel has no address"),
                )
                .at(a.canale.span)
                .hint(text!(
                    "aggiungi `fornitore` (e `variabili`), oppure `url` e `motivo_url`",
                    "add `fornitore` (and `variabili`), or `url` and `motivo_url`"
                )),
            );
        }
        self.resolve(&chiamata, kinds, "servizio")
    }

    fn resolve(&mut self, c: &Chiamata<'_>, kinds: &[Genere], default: &str) -> Option<Destinazione> {
        match (c.fornitore, c.url) {
            (Some(fornitore), None) => self.by_provider(c, fornitore, kinds, default),
            (None, Some((url, at))) => self.literal(url, at, kinds),
            (None, None) => None,
            (Some(_), Some((_, at))) => self.fail(
                Diagnostic::new(
                    Code::AccessUnused,
                    text!("ci sono sia `fornitore` sia `url`", "there are both `fornitore` and `url`"),
                )
                .at(at)
                .hint(text!("tieni il fornitore e togli `url`", "keep the provider and remove `url`")),
            ),
        }
    }

    fn by_provider(
        &mut self,
        c: &Chiamata<'_>,
        id: &Spanned<Line<60>>,
        kinds: &[Genere],
        default: &str,
    ) -> Option<Destinazione> {
        let name = Spanned { value: id.value.0.clone(), span: id.span };
        let fornitore = match self.resolver.fornitori.get(&name) {
            Ok(found) => found,
            Err(unknown) => {
                self.out.extend(unknown);
                return None;
            }
        };
        self.check_kind(fornitore, id.span, kinds)?;
        self.check_state(fornitore, id.span);
        let action = c.azione.map_or(default, |a| a.value.0.as_str());
        let given = self.variables(c, fornitore)?;
        let url = match fornitore.address(action, &given) {
            Some(Ok(url)) => url,
            Some(Err(fault)) => {
                let at = c.variabili.map_or(id.span, |v| v.span);
                return self.expansion(fornitore, action, &fault, at);
            }
            None => return self.unknown_action(fornitore, action, c.azione.map_or(id.span, |a| a.span)),
        };
        Some(Destinazione {
            url,
            fornitore: Some(fornitore.id.clone()),
            genere: Some(fornitore.genere),
            nome: fornitore.nome.clone(),
            gestore: fornitore.gestore.clone(),
            etichetta: fornitore.label(action).map(str::to_owned),
            identita: fornitore.identita.clone(),
            checkout: fornitore.checkout,
            generale: GENERAL_ACTIONS.contains(&action),
        })
    }

    fn check_kind(&mut self, fornitore: &Fornitore, at: Span, kinds: &[Genere]) -> Option<()> {
        if kinds.contains(&fornitore.genere) {
            return Some(());
        }
        let (id, kind) = (&fornitore.id, fornitore.genere.name());
        let wanted = kinds.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
        self.fail(
            Diagnostic::new(
                Code::ProviderUnknown,
                text!(
                    "il fornitore `{id}` è di genere {kind}: qui non va bene",
                    "provider `{id}` is of kind {kind}: it does not fit here"
                ),
            )
            .at(at)
            .hint(text!("serve un fornitore di genere: {wanted}", "a provider of kind: {wanted} is needed")),
        )
    }

    fn check_state(&mut self, fornitore: &Fornitore, at: Span) {
        let (severity, message) = match fornitore.stato {
            StatoFornitore::Attivo => return,
            _ if !self.active => return,
            StatoFornitore::Manutenzione => (
                Severity::Warning,
                text!(
                    "il fornitore `{}` è in manutenzione",
                    "provider `{}` is under maintenance",
                    fornitore.id
                ),
            ),
            StatoFornitore::Dismesso => (
                Severity::Error,
                text!("il fornitore `{}` è dismesso", "provider `{}` is no longer in service", fornitore.id),
            ),
        };
        let hint = text!(
            "usa un altro fornitore, o segna il servizio `stato: non-attivo` con `motivo_stato`",
            "use another provider, or mark the service `stato: non-attivo` with `motivo_stato`"
        );
        self.out.push(Diagnostic::new(Code::ProviderState, message).severity(severity).at(at).hint(hint));
    }

    /// The values that the content gives, each of its type.
    fn variables(&mut self, c: &Chiamata<'_>, fornitore: &Fornitore) -> Option<Variabili> {
        let mut given = Variabili::new();
        let mut sound = true;
        for voce in c.variabili.iter().flat_map(|v| &v.value.0) {
            let name = &voce.chiave.value;
            let Some(kind) = fornitore.type_of(name) else {
                sound = false;
                self.unasked(fornitore, &voce.chiave);
                continue;
            };
            let Some(value) = &voce.valore else {
                sound = false;
                let code = if kind == TipoVariabile::Ulid { Code::AppIoService } else { Code::AccessUrl };
                let message = text!("la variabile `{name}` è vuota", "variable `{name}` is empty");
                let example = kind.example();
                let hint = text!("per esempio {name}: {example}", "for example {name}: {example}");
                let severity = Severity::Error;
                self.out
                    .push(Diagnostic::new(code, message).severity(severity).at(voce.chiave.span).hint(hint));
                continue;
            };
            if !kind.admits(&value.value.0) {
                sound &= self.wrong_type(fornitore, name, kind, value);
            }
            given.insert(name.clone(), value.value.0.clone());
        }
        sound.then_some(given)
    }

    /// A value of another type; for App IO only a warning, since the platform calls its identifiers opaque.
    fn wrong_type(
        &mut self,
        fornitore: &Fornitore,
        name: &str,
        kind: TipoVariabile,
        value: &Spanned<Line<500>>,
    ) -> bool {
        let fault = Fault::Type(name.to_owned(), kind, value.value.0.clone());
        if kind == TipoVariabile::Ulid {
            let Text { it, en } = fault.message();
            let hint = text!(
                "ricopia l'identificativo dal Back-office di IO: 26 fra cifre e lettere maiuscole",
                "copy the identifier from the IO back office: 26 digits and upper-case letters"
            );
            let message = Text { it, en };
            self.out.push(Diagnostic::new(Code::AppIoService, message).at(value.span).hint(hint));
            return true;
        }
        let _: Option<()> = self.expansion(fornitore, name, &fault, value.span);
        false
    }

    fn unasked(&mut self, fornitore: &Fornitore, key: &Spanned<String>) {
        let fault = Fault::Unasked(key.value.clone());
        let Text { it, en } = fault.message();
        let d = Diagnostic::new(Code::AccessUrl, Text { it, en }).at(key.span);
        let names: Vec<&str> = fornitore.variables().collect();
        let list = names.join(", ");
        self.out.push(match nearest(&key.value, names) {
            Some(near) => d.hint(text!("forse volevi scrivere `{near}`", "did you mean `{near}`?")),
            None if list.is_empty() => d.hint(text!("togli la riga", "remove the line")),
            None => d.hint(text!("il fornitore chiede: {list}", "the provider asks for: {list}")),
        });
    }

    /// A template that does not give an address: says provider, template, sheet and Comune.
    fn expansion<T>(&mut self, fornitore: &Fornitore, what: &str, fault: &Fault, at: Span) -> Option<T> {
        let (id, who) = (&fornitore.id, self.who);
        let Text { it, en } = fault.message();
        let hint = match fault {
            Fault::Unset(name) => text!(
                "in comune.yaml scrivi `fornitori: {{{id}: {{costanti: {{{name}: …}}}}}}`",
                "in comune.yaml write `fornitori: {{{id}: {{costanti: {{{name}: …}}}}}}`"
            ),
            Fault::Missing(name) => {
                let example = fornitore.type_of(name).map_or("…", TipoVariabile::example);
                text!(
                    "aggiungi `variabili: {{{name}: {example}}}` con il valore giusto",
                    "add `variabili: {{{name}: {example}}}` with the right value"
                )
            }
            _ => text!(
                "controlla il valore con chi gestisce il portale",
                "check the value with whoever runs the portal"
            ),
        };
        self.fail(
            Diagnostic::new(
                Code::AccessUrl,
                text!("fornitore `{id}`, `{what}` ({who}): {it}", "provider `{id}`, `{what}` ({who}): {en}"),
            )
            .at(at)
            .hint(hint),
        )
    }

    fn unknown_action<T>(&mut self, fornitore: &Fornitore, action: &str, at: Span) -> Option<T> {
        let id = &fornitore.id;
        let list = fornitore.actions().collect::<Vec<_>>().join(", ");
        self.fail(
            Diagnostic::new(
                Code::ProviderUnknown,
                text!(
                    "il fornitore `{id}` non ha l'azione `{action}`",
                    "provider `{id}` has no action `{action}`"
                ),
            )
            .at(at)
            .hint(text!("scrivi `azione:` con una di queste: {list}", "write `azione:` with one of: {list}")),
        )
    }

    /// A literal address: plain https, on a host that the Comune allows (R-URL-1, R-URL-2).
    fn literal(&mut self, url: &Url, at: Span, kinds: &[Genere]) -> Option<Destinazione> {
        let national = match kinds {
            [Genere::Pagamenti] => Some(CHECKOUT_HOST),
            [Genere::App] => Some("continua.io.pagopa.it"),
            _ => None,
        };
        let sound = self.check_url(url, at, national);
        let host = url.host_str();
        sound.then(|| Destinazione {
            checkout: kinds == [Genere::Pagamenti] && host == Some(CHECKOUT_HOST),
            url: url.clone(),
            fornitore: None,
            genere: None,
            nome: None,
            gestore: None,
            etichetta: None,
            identita: None,
            generale: false,
        })
    }

    fn endpoint(&mut self, funzione: &Funzione) {
        if let Some(modulo) = &funzione.modulo {
            self.check_url(&modulo.endpoint.value.0, modulo.endpoint.span, None);
        }
    }

    fn check_url(&mut self, url: &Url, at: Span, national: Option<&str>) -> bool {
        let host = url.host_str().unwrap_or_default();
        let plain = url.scheme() == "https"
            && url.port().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none();
        if !plain {
            self.out.push(
                Diagnostic::new(
                    Code::AccessUrl,
                    text!(
                        "l'indirizzo deve essere https, senza porta, utente né frammento",
                        "the address must be https, without port, user or fragment"
                    ),
                )
                .at(at)
                .hint(text!(
                    "copia l'indirizzo dalla barra del browser, solo la parte necessaria",
                    "copy the address from the browser, only the part needed"
                )),
            );
        }
        let allowed = self.resolver.config.host_allowed(host) || national == Some(host);
        if !allowed {
            self.out.push(self.resolver.foreign_host(host, at));
        }
        plain && allowed
    }
}

/// Whether a way to pay is one of the pagoPA ones.
pub fn is_pagopa(tipo: TipoModalita) -> bool {
    matches!(tipo, TipoModalita::PagopaAvviso | TipoModalita::PagopaSpontaneo)
}
