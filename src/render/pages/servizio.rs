//! The service sheet (content model 2.1, criterion C.SI.1.3, online services 6.3).

use super::super::cards::{Cards, stato};
use super::super::markdown::Markdown;
use super::super::view::servizio::{self as view, Channel, Cost, Counter, PaymentWay, Step};
use super::super::view::{Anchor, Attachment, Button, Hours, Link, Office, Question};
use super::super::{format, jsonld};
use super::{Built, SERVIZI, Shared};
use crate::access::Destinazione;
use crate::codes::Telefono;
use crate::content::prose::Prose;
use crate::content::servizio::{
    Accesso, Canale, Fase, Livello, Modalita, PagamentoPrevisto, Servizio, Stato, TipoModalita, UnitaTempo,
};
use crate::content::types::{Slug, target};
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::plan::PRENOTAZIONE;
use crate::site::{Item, ItemId};

/// Builds the sheet of a service.
pub fn servizio(cards: Cards<'_>, item: &Item) -> Built {
    let Data::Servizio(s) = &item.entry.data else { return Built::new(&item.titolo, &()) };
    let sheet = Sheet { cards, item, s };
    let view = sheet.view();
    let category = s.categoria.entry;
    let category_url = format!("/servizi/{}/", category.slug);
    let mut built = Built::new(&item.titolo, &view)
        .described(&item.descrizione)
        .below("all-services", &[SERVIZI, (&category.nome, &category_url)]);
    let common = &item.entry.common;
    built.lastmod =
        common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref()).map(|d| d.value);
    built.servizio = Some(item.entry.slug.clone());
    built.prenotazione = sheet.booking().map(|button| button.url);
    built.metatag = jsonld::service(cards, item, s);
    built.shared = Shared::of(item);
    built.noindex = common.escludi_da_ricerca.as_ref().is_some_and(|e| e.value);
    built
}

struct Sheet<'a> {
    cards: Cards<'a>,
    item: &'a Item,
    s: &'a Servizio,
}

type Texts<'a, 'b> = &'b mut Markdown<'a>;

fn html(markdown: Texts<'_, '_>, prose: &Spanned<Prose>) -> String {
    markdown.render(&prose.value, Kind::Servizio, 2)
}

fn maybe(markdown: Texts<'_, '_>, prose: Option<&Spanned<Prose>>) -> Option<String> {
    prose.map(|p| html(markdown, p))
}

impl Sheet<'_> {
    fn view(&self) -> view::Servizio {
        let (s, cards) = (self.s, self.cards);
        let md = &mut Markdown::new(cards.site, cards.urls);
        let active = s.stato() == Stato::Attivo;
        let online = if active { self.buttons(Canale::Online) } else { Vec::new() };
        let sportelli = if active { self.counters(md) } else { Vec::new() };
        let payment = s.pagamento.as_ref().filter(|p| p.previsto.value != PagamentoPrevisto::No);
        let mut view = view::Servizio {
            attivo: active,
            stato: stato(s),
            domande: s.periodo.as_ref().filter(|_| active).map(|p| p.stato(cards.site.now)),
            motivo_html: maybe(md, s.motivo_stato.as_ref()),
            sottotitolo: s.sottotitolo.as_ref().map(|t| t.value.0.clone()),
            principale: self.principal(&online),
            indice: Vec::new(),
            a_chi_e_rivolto_html: html(md, &s.a_chi_e_rivolto),
            chi_puo_presentare_html: maybe(md, s.chi_puo_presentare.as_ref()),
            descrizione_html: maybe(md, s.descrizione_estesa.as_ref()),
            copertura: s.copertura_geografica.as_ref().map(|c| c.value.0.clone()),
            come_fare_html: html(md, &s.come_fare),
            cosa_serve_html: html(md, &s.cosa_serve),
            cosa_serve_elenco: s
                .cosa_serve_elenco
                .iter()
                .map(|one| md.render_in_line(&one.value, Kind::Servizio, 3))
                .collect(),
            modulistica: cards.targets(&s.modulistica).map(|i| cards.document(i)).collect(),
            cosa_si_ottiene_html: html(md, &s.cosa_si_ottiene),
            procedure_html: maybe(md, s.procedure_collegate_esito.as_ref()),
            tempi_html: maybe(md, s.tempi_e_scadenze.as_ref()),
            tempo_massimo: self.longest_time(),
            periodo: s
                .periodo
                .as_ref()
                .map(|p| format!("{} {}", format::from_date(p.dal.value), format::to_date(p.al.value))),
            fasi: s.fasi.iter().map(|f| step(&f.value)).collect(),
            ha_costi: s.costi.is_some() || s.pagamento.is_some() || s.vincoli.is_some(),
            costi_html: maybe(md, s.costi.as_ref()),
            costi: self.costs(),
            quando: payment.and_then(|p| p.quando.as_ref()).map(|q| q.value.0.clone()),
            modalita: self.payment_ways(),
            vincoli_html: maybe(md, s.vincoli.as_ref()),
            casi_particolari_html: maybe(md, s.casi_particolari.as_ref()),
            online,
            app_io: if active { self.buttons(Canale::AppIo) } else { Vec::new() },
            prenotazione: self.booking(),
            prenotazione_url: cards.urls.path(PRENOTAZIONE),
            orari: self.office_hours(&sportelli, md),
            sportelli,
            canali: if active { self.channels() } else { Vec::new() },
            ha_ulteriori: false,
            ulteriori_html: maybe(md, s.ulteriori_informazioni.as_ref()),
            documenti: self.documents().into_iter().map(|i| cards.document(i)).collect(),
            collegati: self.linked().into_iter().map(|i| cards.link(i)).collect(),
            richiesti: cards.links(&s.servizi_richiesti),
            link_esterni: s
                .link_esterni
                .iter()
                .map(|l| Link { label: l.testo.value.0.clone(), url: l.url.value.0.to_string() })
                .collect(),
            faq: self.questions(md),
            notizie: self.naming("servizi_collegati", Kind::Notizia).map(|i| cards.link(i)).collect(),
            condizioni_html: self.conditions_text(md),
            condizioni: self.conditions(),
            ufficio: self.office(),
            area: self.area().map(|i| cards.link(i)),
            contatti: cards.contacts(&s.punti_contatto),
            argomenti: cards.topics(self.item),
            aggiornata: cards.updated(self.item),
            correlati: cards.related(self.item),
        };
        view.ha_ulteriori = view.ulteriori_html.is_some()
            || !(view.documenti.is_empty()
                && view.link_esterni.is_empty()
                && view.collegati.is_empty()
                && view.richiesti.is_empty()
                && view.faq.is_empty()
                && view.notizie.is_empty());
        view.indice = index(&view);
        view
    }

    /// Its documents, then those that name it and are not among its forms.
    fn documents(&self) -> Vec<&Item> {
        let shown: Vec<&Item> = self.cards.targets(&self.s.modulistica).collect();
        let naming = self.naming("servizi", Kind::Documento);
        distinct(self.cards.targets(&self.s.documenti).chain(naming), &shown)
    }

    /// The services that it names, then those that name it.
    fn linked(&self) -> Vec<&Item> {
        let naming = self.naming("servizi_collegati", Kind::Servizio);
        distinct(self.cards.targets(&self.s.servizi_collegati).chain(naming), &[])
    }

    /// Valid contents of a type that name this service in a field.
    fn naming(&self, field: &'static str, kind: Kind) -> impl Iterator<Item = &Item> {
        self.cards.site.inverse(self.item.id, field).filter(move |i| i.entry.kind == kind && !i.scaduto)
    }

    fn longest_time(&self) -> Option<String> {
        let days = |n: u32| format::count(n as usize, "giorno", "giorni");
        match (self.s.giorni_massimi.as_ref(), self.s.giorni_medi.as_ref()) {
            (Some(max), Some(mean)) => {
                Some(format!("{} al massimo, in media {}", days(max.value), days(mean.value)))
            }
            (Some(max), None) => Some(format!("{} al massimo", days(max.value))),
            (None, Some(mean)) => Some(format!("in media {}", days(mean.value))),
            (None, None) => None,
        }
    }

    fn costs(&self) -> Vec<Cost> {
        let items = self.s.pagamento.iter().flat_map(|p| &p.costi);
        let cost = |c: &crate::content::servizio::Costo| Cost {
            descrizione: c.descrizione.value.0.clone(),
            importo: match (&c.importo, &c.importo_testo) {
                (Some(amount), None) => amount.value.display(),
                (Some(amount), Some(text)) => format!("{} ({})", amount.value.display(), text.value.0),
                (None, text) => text.as_ref().map(|t| t.value.0.clone()).unwrap_or_default(),
            },
        };
        items.map(|c| cost(&c.value)).collect()
    }

    fn payment_ways(&self) -> Vec<PaymentWay> {
        let ways = self.s.pagamento.iter().flat_map(|p| &p.modalita);
        let active = self.s.stato() == Stato::Attivo;
        let way = |(m, to): (&Spanned<Modalita>, &Option<Destinazione>)| PaymentWay {
            nome: m.tipo.value.nome(),
            testo: m.testo.as_ref().map(|t| t.value.0.clone()),
            pulsante: self.payment_button(&m.value, to.as_ref()).filter(|_| active),
        };
        ways.zip(&self.item.accessi.modalita).map(way).collect()
    }

    /// The button of a way to pay. The name pagoPA and its verbs belong to the national page alone; a portal of the Comune says where
    /// one goes; a notice without address is paid from the page of this site (online services 2.5).
    fn payment_button(&self, m: &Modalita, to: Option<&Destinazione>) -> Option<Button> {
        let own = m.etichetta.as_ref().map(|e| e.value.0.as_str());
        match to {
            Some(to) => {
                let usual =
                    if to.checkout { "Paga un avviso pagoPA" } else { "Vai al pagamento del servizio" };
                Some(self.cards.button(to, own, usual))
            }
            None if m.tipo.value == TipoModalita::PagopaAvviso => Some(Button {
                etichetta: own.unwrap_or("Paga un avviso").to_owned(),
                url: self.cards.urls.path("/servizi/paga-un-avviso/"),
                ..Button::empty()
            }),
            None => None,
        }
    }

    /// Buttons of a channel, the principal one first.
    fn buttons(&self, canale: Canale) -> Vec<Button> {
        let mut access: Vec<(&Accesso, &Destinazione)> =
            self.channels_with_address().filter(|(a, _)| a.canale.value == canale).collect();
        access.sort_by_key(|(a, _)| !a.principale.as_ref().is_some_and(|p| p.value));
        let usual = if canale == Canale::AppIo { "Apri nell'app IO" } else { "Richiedi online" };
        let button = |(a, to): (&Accesso, &Destinazione)| Button {
            identita: identities(a, to),
            testo: a.testo.as_ref().map(|t| t.value.0.clone()),
            ..self.cards.button(to, a.etichetta.as_ref().map(|e| e.value.0.as_str()), usual)
        };
        access.into_iter().map(button).collect()
    }

    fn channels_with_address(&self) -> impl Iterator<Item = (&Accesso, &Destinazione)> {
        let access = self.s.accesso.iter().zip(&self.item.accessi.canali);
        access.filter_map(|(a, to)| Some((&a.value, to.as_ref()?)))
    }

    /// The button under the title: the principal online channel, else the appointment if that is the principal way.
    fn principal(&self, online: &[Button]) -> Option<Button> {
        let chosen = self.s.accesso.iter().find(|a| a.principale.as_ref().is_some_and(|p| p.value));
        let booked = chosen.is_some_and(|a| a.canale.value == Canale::Appuntamento);
        if booked { self.booking() } else { online.first().cloned() }
    }

    /// Where one books: the channel's own portal, the portal of the site, else the page of the site for this service.
    fn booking(&self) -> Option<Button> {
        if self.s.stato() != Stato::Attivo {
            return None;
        }
        let (n, access) =
            self.s.accesso.iter().enumerate().find(|(_, a)| a.canale.value == Canale::Appuntamento)?;
        let own = access.etichetta.as_ref().map(|e| e.value.0.as_str());
        let usual = "Prenota appuntamento";
        let to = self.item.accessi.canali.get(n)?.as_ref().or(self.cards.site.funzioni.prenotazione.as_ref());
        let button = match to {
            Some(to) => self.cards.button(to, own, usual),
            None => Button {
                etichetta: own.unwrap_or(usual).to_owned(),
                url: self.cards.urls.path(&format!("{PRENOTAZIONE}{}/", self.item.entry.slug)),
                ..Button::empty()
            },
        };
        Some(Button { testo: access.testo.as_ref().map(|t| t.value.0.clone()), ..button })
    }

    fn counters(&self, md: Texts<'_, '_>) -> Vec<Counter> {
        let at_counter = self.s.accesso.iter().filter(|a| a.canale.value == Canale::Sportello);
        let counter = |a: &Spanned<Accesso>| {
            let unit = a.unita.as_ref().unwrap_or(&self.s.unita_responsabile);
            Some(Counter {
                ufficio: self.cards.site.target(&unit.value).map(|i| self.cards.office(i))?,
                testo: a.testo.as_ref().map(|t| t.value.0.clone()),
                orari: self.hours_of(&unit.value, md, 4),
            })
        };
        at_counter.filter_map(counter).collect()
    }

    fn channels(&self) -> Vec<Channel> {
        self.s.accesso.iter().filter_map(|a| self.channel(&a.value)).collect()
    }

    fn channel(&self, a: &Accesso) -> Option<Channel> {
        let office = a
            .unita
            .as_ref()
            .and_then(|u| self.cards.site.target(&u.value))
            .map_or_else(|| self.office(), |unit| self.cards.office(unit));
        let pec = &self.cards.site.config.written.ente.pec;
        let own = a.valore.as_ref().map(|v| v.value.0.clone());
        let (nome, valore, url) = match a.canale.value {
            Canale::Telefono => {
                let phone = own.as_deref().and_then(|own| Telefono::parse(own).ok());
                match phone {
                    Some(phone) => ("Per telefono", Some(phone.display()), Some(phone.uri())),
                    None => (
                        "Per telefono",
                        own.or(office.telefono),
                        office.telefono_tel.map(|t| format!("tel:{t}")),
                    ),
                }
            }
            Canale::Email => {
                let address = own.or(office.email);
                ("Per e-mail", address.clone(), address.map(|a| format!("mailto:{a}")))
            }
            Canale::Pec => {
                let address = own.or(office.pec).or_else(|| Some(pec.to_string()));
                (
                    "Per posta elettronica certificata (PEC)",
                    address.clone(),
                    address.map(|a| format!("mailto:{a}")),
                )
            }
            Canale::Posta => ("Per posta", own.or(office.indirizzo), None),
            Canale::Online | Canale::Appuntamento | Canale::Sportello | Canale::AppIo => return None,
        };
        Some(Channel { nome, valore, url, testo: a.testo.as_ref().map(|t| t.value.0.clone()) })
    }

    fn questions(&self, md: Texts<'_, '_>) -> Vec<Question> {
        let chosen = self.cards.targets(&self.s.faq);
        distinct(chosen.chain(self.naming("servizio", Kind::Domanda)), &[])
            .into_iter()
            .filter_map(|i| match &i.entry.data {
                Data::Domanda(d) => Some(Question {
                    id: format!("domanda-{}", i.entry.slug),
                    domanda: d.domanda.value.0.clone(),
                    risposta_html: md.render(&d.risposta.value, Kind::Domanda, 4),
                    servizio: None,
                }),
                _ => None,
            })
            .collect()
    }

    /// The conditions in words. Those of the whole site are written in `comune.yaml`, from where their links start.
    fn conditions_text(&self, md: Texts<'_, '_>) -> Option<String> {
        let own = self.s.condizioni_di_servizio.as_ref()?;
        let text = &own.testo.as_ref()?.value;
        let shared = self.cards.site.config.written.condizioni_di_servizio.as_ref();
        Some(if shared.is_some_and(|shared| shared.span == own.span) {
            md.render_from("", text, 3)
        } else {
            md.render(text, Kind::Servizio, 2)
        })
    }

    fn conditions(&self) -> Option<Attachment> {
        let c = self.s.condizioni_di_servizio.as_ref()?;
        let title = "Condizioni del servizio";
        if let Some(file) = &c.file {
            return Some(self.cards.file(&file.value.0, title));
        }
        if let Some(document) = c.documento.as_ref().and_then(|d| self.cards.site.target(&d.value)) {
            return Some(self.cards.document(document));
        }
        c.url.as_ref().map(|u| Attachment {
            titolo: title.to_owned(),
            url: u.value.0.to_string(),
            formato: None,
            dimensione: None,
            inaccessibile: false,
        })
    }

    fn office(&self) -> Office {
        self.cards.site.target(&self.s.unita_responsabile.value).map_or_else(
            || Office { titolo: self.s.unita_responsabile.value.slug.clone(), ..Office::empty() },
            |i| self.cards.office(i),
        )
    }

    /// The area of the office in charge: the one written, else the nearest that contains the office.
    fn area(&self) -> Option<&Item> {
        let site = self.cards.site;
        let written = self.s.area.as_ref().and_then(|a| site.target(&a.value));
        written.or_else(|| site.area_di(site.target(&self.s.unita_responsabile.value)?))
    }

    /// Hours of the office in charge, unless its counter has shown them.
    fn office_hours(&self, counters: &[Counter], md: Texts<'_, '_>) -> Vec<Hours> {
        let office = self.office().url;
        let shown = counters.iter().any(|c| c.ufficio.url == office);
        if shown { Vec::new() } else { self.hours_of(&self.s.unita_responsabile.value, md, 2) }
    }

    fn hours_of(&self, unit: &Slug<target::Unita>, md: Texts<'_, '_>, top: u8) -> Vec<Hours> {
        match self.cards.site.target(unit).map(|i| &i.entry.data) {
            Some(Data::Unita(u)) => self.cards.hours(&u.orari, md, Kind::Unita, top),
            _ => Vec::new(),
        }
    }
}

/// Each content once, without those that are already shown.
fn distinct<'a>(items: impl Iterator<Item = &'a Item>, shown: &[&Item]) -> Vec<&'a Item> {
    let mut seen: Vec<ItemId> = shown.iter().map(|i| i.id).collect();
    let mut new = |i: &Item| {
        let unseen = !seen.contains(&i.id);
        seen.push(i.id);
        unseen
    };
    items.filter(|i| new(i)).collect()
}

/// "Con SPID (livello 2), CIE o CNS": what the channel says, else what its provider says.
fn identities(access: &Accesso, to: &Destinazione) -> Option<String> {
    if access.richiede_spid.as_ref().is_some_and(|r| !r.value) {
        return Some("Senza identità digitale".to_owned());
    }
    let level = |pick| to.level(access, pick);
    let named = |name: &str, level: Option<Livello>| match level? {
        Livello::Si => Some(name.to_owned()),
        Livello::Minimo(n) => Some(format!("{name} (livello {n})")),
        Livello::No => None,
    };
    let list: Vec<String> = [
        named("SPID", level(|i| &i.spid)),
        named("CIE", level(|i| &i.cie)),
        named("CNS", level(|i| &i.cns)),
        named("eIDAS (identità di un altro Paese europeo)", level(|i| &i.eidas)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match list.as_slice() {
        [] => None,
        [one] => Some(format!("Con {one}")),
        [first @ .., last] => Some(format!("Con {} o {last}", first.join(", "))),
    }
}

fn step(fase: &Fase) -> Step {
    let unit = |u: UnitaTempo, n: u32| match (u, n) {
        (UnitaTempo::Giorni, 1) => "giorno",
        (UnitaTempo::Giorni, _) => "giorni",
        (UnitaTempo::Settimane, 1) => "settimana",
        (UnitaTempo::Settimane, _) => "settimane",
        (UnitaTempo::Mesi, 1) => "mese",
        (UnitaTempo::Mesi, _) => "mesi",
        (UnitaTempo::Anni, 1) => "anno",
        (UnitaTempo::Anni, _) => "anni",
    };
    let interval = fase
        .intervallo
        .as_ref()
        .map(|i| (i.numero.value, i.unita.value))
        .or_else(|| fase.giorni.as_ref().map(|g| (g.value, UnitaTempo::Giorni)));
    let (giorno, mese, anno, iso) = match (&fase.data, interval) {
        (Some(d), _) => (
            Some(format!("{:02}", d.value.day())),
            Some(format::month_short(d.value).to_owned()),
            Some(d.value.year().to_string()),
            Some(d.value.to_string()),
        ),
        (None, Some((n, u))) => (Some(n.to_string()), Some(unit(u, n).to_owned()), None, None),
        (None, None) => (None, None, None, None),
    };
    let descrizione = fase.descrizione.as_ref().map(|d| d.value.0.clone());
    Step { giorno, mese, anno, iso, testo: fase.titolo.value.0.clone(), descrizione }
}

/// One entry per section that is shown, in the official order.
fn index(v: &view::Servizio) -> Vec<Anchor> {
    let entries = [
        (true, "a-chi-e-rivolto", "A chi è rivolto"),
        (v.descrizione_html.is_some() || v.copertura.is_some(), "descrizione", "Descrizione"),
        (true, "come-fare", "Come fare"),
        (true, "cosa-serve", "Cosa serve"),
        (true, "cosa-si-ottiene", "Cosa si ottiene"),
        (true, "tempi-e-scadenze", "Tempi e scadenze"),
        (v.ha_costi, "quanto-costa", "Quanto costa"),
        (v.casi_particolari_html.is_some(), "casi-particolari", "Casi particolari"),
        (true, "accedi-al-servizio", "Accedi al servizio"),
        (v.ha_ulteriori, "ulteriori-informazioni", "Ulteriori informazioni"),
        (true, "condizioni-di-servizio", "Condizioni di servizio"),
        (true, "contatti", "Contatti"),
    ];
    anchors(&entries)
}

/// The index entries whose section is shown.
pub fn anchors(entries: &[(bool, &str, &str)]) -> Vec<Anchor> {
    entries
        .iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, id, label)| Anchor { id: (*id).to_owned(), label: (*label).to_owned() })
        .collect()
}
