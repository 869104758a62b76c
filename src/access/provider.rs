//! A provider (`fornitore`): a portal to which sheets and functions of the site lead, as written and as used.

use std::collections::BTreeMap;

use jiff::civil::Date;
use url::Url;

use super::template::{Fault, Scope, Template};
use super::variable::{TipoVariabile, Variabili, is_personal};
use crate::content::field::{Mappa, Voce};
use crate::content::servizio::Identita;
use crate::content::types::Line;
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Spanned, Text};
use crate::{choice, record, text};

choice! {
    /// What a provider is for.
    pub enum Genere {
        /// Online services and personal area.
        Servizi = "servizi",
        /// Payments.
        Pagamenti = "pagamenti",
        /// Bookings.
        Prenotazioni = "prenotazioni",
        /// Reports of inefficiency.
        Segnalazioni = "segnalazioni",
        /// Requests of assistance.
        Assistenza = "assistenza",
        /// App IO.
        App = "app",
        /// Portals of other bodies.
        Esterno = "esterno",
    }
}

choice! {
    /// Whether a provider works.
    pub enum StatoFornitore {
        /// It does.
        Attivo = "attivo",
        /// Not for a while.
        Manutenzione = "manutenzione",
        /// No more.
        Dismesso = "dismesso",
    }
}

record! {
    /// A provider as written: complete, or the part that differs from one of the same name further up.
    pub struct FornitoreScritto {
        /// Provider from which it starts: ready-made, or of the workspace.
        modello: optional Line<60>,
        /// Name for citizens, “Area personale”.
        nome: optional Line<80>,
        /// What it is.
        descrizione: optional Line<500>,
        /// What it is for.
        genere: optional Genere,
        /// Who runs it, when not the Comune.
        gestore: optional Line<120>,
        /// Identities accepted.
        identita: optional Identita,
        /// Fixed values, the only source of scheme and host.
        costanti: optional Mappa<Line<500>>,
        /// Variables that each service gives.
        richieste: optional Mappa<TipoVariabile>,
        /// Variables that a service may give.
        facoltative: optional Mappa<TipoVariabile>,
        /// Templates by action.
        url: optional Mappa<Line<1000>>,
        /// Texts of the buttons by action.
        etichette: optional Mappa<Line<80>>,
        /// The national payment page: only there a button may say pagoPA.
        checkout: optional bool,
        /// Whether it works.
        stato: optional StatoFornitore,
        /// Day on which its addresses were last seen to work.
        verificato_il: optional Date,
    }
}

/// Name of the reserved actions that lead to a general page: a service must not use them (C.SE.1.1).
pub const GENERAL_ACTIONS: [&str; 3] = ["area", "login", "home"];

impl FornitoreScritto {
    /// Whether it stands on its own: templates and kind.
    pub fn is_complete(&self) -> bool {
        self.url.is_some() && self.genere.is_some()
    }

    /// The fields that an inherited provider may not change: the types of its variables and what it is for (rule 7).
    pub fn changes_types(&self) -> Option<(&'static str, Span)> {
        [
            ("genere", self.genere.as_ref().map(|v| v.span)),
            ("richieste", self.richieste.as_ref().map(|v| v.span)),
            ("facoltative", self.facoltative.as_ref().map(|v| v.span)),
            ("checkout", self.checkout.as_ref().map(|v| v.span)),
        ]
        .into_iter()
        .find_map(|(name, span)| Some((name, span?)))
    }

    /// This provider where it says something, `base` elsewhere; constants and labels are merged one by one.
    #[must_use]
    pub fn over(self, base: &FornitoreScritto) -> FornitoreScritto {
        let base = base.clone();
        FornitoreScritto {
            modello: None,
            nome: self.nome.or(base.nome),
            descrizione: self.descrizione.or(base.descrizione),
            genere: self.genere.or(base.genere),
            gestore: self.gestore.or(base.gestore),
            identita: self.identita.or(base.identita),
            costanti: merged(self.costanti, base.costanti),
            richieste: self.richieste.or(base.richieste),
            facoltative: self.facoltative.or(base.facoltative),
            url: self.url.or(base.url),
            etichette: merged(self.etichette, base.etichette),
            checkout: self.checkout.or(base.checkout),
            stato: self.stato.or(base.stato),
            verificato_il: self.verificato_il.or(base.verificato_il),
        }
    }
}

fn merged<T>(over: Option<Spanned<Mappa<T>>>, base: Option<Spanned<Mappa<T>>>) -> Option<Spanned<Mappa<T>>> {
    let Some(mut all) = base else { return over };
    for voce in over.into_iter().flat_map(|m| m.value.0) {
        match all.value.0.iter_mut().find(|v| v.chiave.value == voce.chiave.value) {
            Some(old) => *old = voce,
            None => all.value.0.push(voce),
        }
    }
    Some(all)
}

/// The place of ready-made definitions, which no finding may quote.
pub const SHIPPED: FileId = FileId(u32::MAX);
/// A span of [`SHIPPED`].
pub const SHIPPED_START: Span = Span { file: SHIPPED, start: 0, end: 0 };

/// A provider ready for use on one site.
#[derive(Debug, Clone)]
pub struct Fornitore {
    /// Name under which contents use it.
    pub id: String,
    /// Name for citizens.
    pub nome: Option<String>,
    /// What it is for.
    pub genere: Genere,
    /// Who runs it.
    pub gestore: Option<String>,
    /// Identities accepted.
    pub identita: Option<Identita>,
    /// Whether it works.
    pub stato: StatoFornitore,
    /// Whether a button may say pagoPA.
    pub checkout: bool,
    fixed: Variabili,
    scope: Scope,
    templates: BTreeMap<String, Template>,
    labels: BTreeMap<String, String>,
}

impl Fornitore {
    /// Makes a provider out of its merged definition, for a site with the variables `site`. Every fault is reported where it is
    /// written, or at `anchor` when that is inside a ready-made definition.
    pub fn new(
        id: &str,
        written: &FornitoreScritto,
        site: &Variabili,
        anchor: Span,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let mut definition = Definition { id, anchor, out, sound: true };
        let scope = definition.scope(written);
        let fixed = definition.constants(written, site);
        let templates = definition.templates(written, &scope, &fixed);
        definition.sound.then_some(())?;
        let text = |line: &Option<Spanned<Line<80>>>| line.as_ref().map(|l| l.value.0.clone());
        Some(Fornitore {
            id: id.to_owned(),
            nome: text(&written.nome),
            genere: written.genere.as_ref()?.value,
            gestore: written.gestore.as_ref().map(|g| g.value.0.clone()),
            identita: written.identita.as_ref().map(|i| i.value.clone()),
            stato: written.stato.as_ref().map_or(StatoFornitore::Attivo, |s| s.value),
            checkout: written.checkout.as_ref().is_some_and(|c| c.value),
            labels: entries(written.etichette.as_ref())
                .filter_map(|v| Some((v.chiave.value.clone(), v.valore.as_ref()?.value.0.clone())))
                .collect(),
            fixed,
            scope,
            templates,
        })
    }

    /// The actions for which it has an address.
    pub fn actions(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(String::as_str)
    }

    /// The text that it wants on the button of an action.
    pub fn label(&self, action: &str) -> Option<&str> {
        self.labels.get(action).map(String::as_str)
    }

    /// Whether one of its addresses, for some service, is this one.
    pub fn recognises(&self, url: &Url) -> bool {
        let set = |t: &Template| {
            t.names().all(|n| self.fixed.contains_key(n) || self.scope.service.contains_key(n))
        };
        self.templates.values().any(|t| set(t) && t.recognises(url.as_str(), &self.fixed))
    }

    /// The names of the variables that a service may give.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.scope.service.keys().map(String::as_str)
    }

    /// The type of a variable of the service.
    pub fn type_of(&self, variable: &str) -> Option<TipoVariabile> {
        self.scope.service.get(variable).map(|(kind, _)| *kind)
    }

    /// The address of an action for the values that a service gives, which must be of their types already.
    ///
    /// # Errors
    /// No such action (`None`); a constant left to be set, a missing variable, an unsafe result.
    pub fn address(&self, action: &str, given: &Variabili) -> Option<Result<Url, Fault>> {
        let template = self.templates.get(action)?;
        let lacking = template.names().find_map(|name| {
            let known = self.fixed.contains_key(name) || given.contains_key(name);
            match self.scope.service.get(name) {
                _ if known => None,
                Some((_, true)) => None,
                Some((_, false)) => Some(Fault::Missing(name.to_owned())),
                None => Some(Fault::Unset(name.to_owned())),
            }
        });
        Some(match lacking {
            Some(fault) => Err(fault),
            None => template.expand(&self.fixed, given),
        })
    }
}

fn entries<T>(map: Option<&Spanned<Mappa<T>>>) -> impl Iterator<Item = &Voce<T>> + Clone {
    map.map_or(&[][..], |m| &m.value.0).iter()
}

/// The checks on one definition.
struct Definition<'a> {
    id: &'a str,
    anchor: Span,
    out: &'a mut Vec<Diagnostic>,
    sound: bool,
}

impl Definition<'_> {
    fn fail(&mut self, at: Span, name: &str, fault: &Fault) {
        let Text { it, en } = fault.message();
        let id = self.id;
        let message = text!("fornitore `{id}`, `{name}`: {it}", "provider `{id}`, `{name}`: {en}");
        let at = if at.file == SHIPPED { self.anchor } else { at };
        let hint = text!(
            "correggi la definizione del fornitore: le regole sono in `campanile explain FOR-01`",
            "correct the definition of the provider: the rules are in `campanile explain FOR-01`"
        );
        self.out.push(Diagnostic::new(Code::ProviderTemplate, message).at(at).hint(hint));
        self.sound = false;
    }

    fn scope(&mut self, written: &FornitoreScritto) -> Scope {
        let constants = entries(written.costanti.as_ref()).map(|v| &v.chiave);
        let asked = entries(written.richieste.as_ref()).map(|v| (v, false));
        let free = entries(written.facoltative.as_ref()).map(|v| (v, true));
        let service: Vec<_> = asked.chain(free).collect();
        let names = constants.clone().chain(service.iter().map(|(v, _)| &v.chiave));
        for name in names.filter(|n| is_personal(&n.value)) {
            self.fail(name.span, &name.value, &Fault::Personal(name.value.clone()));
        }
        Scope {
            constants: constants.map(|n| n.value.clone()).collect(),
            service: service
                .into_iter()
                .map(|(v, free)| {
                    let kind = v.valore.as_ref().map_or(TipoVariabile::Testo, |t| t.value);
                    (v.chiave.value.clone(), (kind, free))
                })
                .collect(),
        }
    }

    /// Site variables and the constants that have a value; constants may use site variables.
    fn constants(&mut self, written: &FornitoreScritto, site: &Variabili) -> Variabili {
        let mut fixed = site.clone();
        for voce in entries(written.costanti.as_ref()) {
            let name = &voce.chiave.value;
            let Some(value) = &voce.valore else {
                fixed.remove(name);
                continue;
            };
            match Template::parse(&value.value.0, &Scope::default()).and_then(|t| t.constant(site)) {
                Ok(value) => {
                    fixed.insert(name.clone(), value);
                }
                Err(fault) => self.fail(value.span, name, &fault),
            }
        }
        fixed
    }

    /// The templates, each tried on sample values so that an unsafe one is found before any service uses it.
    fn templates(
        &mut self,
        written: &FornitoreScritto,
        scope: &Scope,
        fixed: &Variabili,
    ) -> BTreeMap<String, Template> {
        let samples: Variabili =
            scope.service.iter().map(|(n, (kind, _))| (n.clone(), kind.example().to_owned())).collect();
        let checkout = written.checkout.as_ref().is_some_and(|c| c.value);
        let mut templates = BTreeMap::new();
        for voce in entries(written.url.as_ref()) {
            let action = &voce.chiave.value;
            let Some(value) = &voce.valore else { continue };
            let result = Template::parse(&value.value.0, scope).and_then(|template| {
                let set = template.names().all(|n| fixed.contains_key(n) || samples.contains_key(n));
                let url = if set { Some(template.expand(fixed, &samples)?) } else { None };
                let foreign = checkout && url.is_some_and(|u| u.host_str() != Some(CHECKOUT_HOST));
                if foreign { Err(Fault::Checkout) } else { Ok(template) }
            });
            match result {
                Ok(template) => {
                    templates.insert(action.clone(), template);
                }
                Err(fault) => self.fail(value.span, action, &fault),
            }
        }
        templates
    }
}

/// The host of the national payment page.
pub const CHECKOUT_HOST: &str = "checkout.pagopa.it";
