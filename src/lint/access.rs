//! `ACC-03` … `ACC-08`: a button leads into its service, for everybody who may enter.

use std::collections::{BTreeMap, HashMap};

use crate::access::{Destinazione, Genere};
use crate::content::servizio::{Accesso, Canale, Livello};
use crate::diagnostic::{Code, Diagnostic, Severity, Span, Spanned};
use crate::site::{Item, Site};
use crate::text;

pub fn judge(site: &Site, out: &mut Vec<Diagnostic>) {
    for (item, servizio) in site.servizi() {
        for (access, to) in servizio.accesso.iter().zip(&item.accessi.canali) {
            let Some(to) = to else { continue };
            general_page(site, access, to, out);
            european_identity(access, to, out);
            known_provider(site, access, to, out);
        }
    }
    same_address(site, out);
    foreign_host(site, out);
}

/// Where the finding about a channel stands.
fn place(access: &Spanned<Accesso>) -> Span {
    access.fornitore.as_ref().map(|f| f.span).or(access.url.as_ref().map(|u| u.span)).unwrap_or(access.span)
}

/// `ACC-03`: after the login the citizen must be inside that service, not in a general area (C.SE.1.1).
fn general_page(site: &Site, access: &Spanned<Accesso>, to: &Destinazione, out: &mut Vec<Diagnostic>) {
    let area = site.funzioni.area_personale.as_ref().is_some_and(|area| area.url == to.url);
    if access.canale.value != Canale::Online || !(to.generale || area) {
        return;
    }
    out.push(
        Diagnostic::new(
            Code::AccessGeneral,
            text!(
                "il pulsante porta all'area personale e non dentro il servizio",
                "the button leads to the personal area and not into the service"
            ),
        )
        .at(place(access))
        .hint(text!(
            "usa l'azione `servizio` del fornitore, con le variabili di questo servizio (criterio C.SE.1.1)",
            "use the provider's action `servizio` with the variables of this service (criterion C.SE.1.1)"
        )),
    );
}

/// `ACC-04`: two services with different titles and one address: one of them leads elsewhere. Portals of other bodies have no
/// address for each service.
fn same_address(site: &Site, out: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &Item> = HashMap::new();
    for (item, servizio) in site.servizi() {
        for (access, to) in servizio.accesso.iter().zip(&item.accessi.canali) {
            let own = |to: &&Destinazione| to.genere != Some(Genere::Esterno) && !to.generale;
            let Some(to) = to.as_ref().filter(own) else { continue };
            let first = *seen.entry(to.url.as_str()).or_insert(item);
            if first.titolo != item.titolo {
                let other = &first.entry.slug;
                out.push(
                    Diagnostic::new(
                        Code::AccessShared,
                        text!(
                            "anche servizi/{other} porta a questo indirizzo",
                            "servizi/{other} leads to this address too"
                        ),
                    )
                    .at(place(access))
                    .hint(text!(
                        "controlla le variabili dei due servizi: ognuno ha il suo indirizzo",
                        "check the variables of the two services: each has its own address"
                    )),
                );
            }
        }
    }
}

/// `ACC-05`: online services belong below the institutional domain (C.SE.5.2); said once for each host.
fn foreign_host(site: &Site, out: &mut Vec<Diagnostic>) {
    let own = &site.config.dominio_istituzionale;
    let below = format!(".{own}");
    let mut hosts: BTreeMap<&str, Span> = BTreeMap::new();
    for (item, servizio) in site.servizi() {
        for (access, to) in servizio.accesso.iter().zip(&item.accessi.canali) {
            let Some(to) = to else { continue };
            let host = to.url.host_str().unwrap_or_default();
            let inside = host == own || host.ends_with(&below);
            let national = matches!(to.genere, Some(Genere::Esterno | Genere::App))
                || access.canale.value == Canale::AppIo;
            if access.canale.value == Canale::Online && !inside && !national {
                hosts.entry(host).or_insert_with(|| place(access));
            }
        }
    }
    for (host, at) in hosts {
        out.push(
            Diagnostic::new(
                Code::AccessForeign,
                text!("{host} è fuori dal dominio {own}", "{host} is outside the domain {own}"),
            )
            .at(at)
            .hint(text!(
                "il criterio C.SE.5.2 vuole i servizi online su servizi.{own}: chiedilo al fornitore",
                "criterion C.SE.5.2 wants online services on servizi.{own}: ask the provider"
            )),
        );
    }
}

/// `ACC-06`: who accepts SPID or CIE must accept European identities too (eIDAS node, since 29 September 2018).
fn european_identity(access: &Spanned<Accesso>, to: &Destinazione, out: &mut Vec<Diagnostic>) {
    let level = |pick| to.level(access, pick);
    let yes = |l: Option<Livello>| l.is_some_and(|l| l != Livello::No);
    if (yes(level(|i| &i.spid)) || yes(level(|i| &i.cie))) && level(|i| &i.eidas) == Some(Livello::No) {
        out.push(
            Diagnostic::new(
                Code::AccessEidas,
                text!(
                    "si entra con SPID o CIE ma non con le identità europee (eIDAS)",
                    "one enters with SPID or CIE but not with European identities (eIDAS)"
                ),
            )
            .at(place(access))
            .hint(text!(
                "chiedi al fornitore di attivarle e scrivi `eidas: true`; se non lo sai, togli `eidas`",
                "ask the provider to accept them and write `eidas: true`; if you do not know, remove `eidas`"
            )),
        );
    }
}

/// `ACC-08`: a literal address that a provider would have made.
fn known_provider(site: &Site, access: &Spanned<Accesso>, to: &Destinazione, out: &mut Vec<Diagnostic>) {
    let Some(url) = access.url.as_ref() else { return };
    let known = site.config.fornitori.iter().find(|f| f.recognises(&to.url));
    if let Some(id) = known.map(|f| &f.id) {
        out.push(
            Diagnostic::new(
                Code::AccessKnown,
                text!(
                    "questo indirizzo è del fornitore `{id}`",
                    "this address belongs to provider `{id}`"
                ),
            )
            .severity(Severity::Warning)
            .at(url.span)
            .hint(text!(
                "scrivi `fornitore: {id}` con le sue variabili: se il portale cambia si corregge in un posto solo",
                "write `fornitore: {id}` with its variables: if the portal changes it is corrected in one place"
            )),
        );
    }
}
