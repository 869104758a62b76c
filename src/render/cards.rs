//! Small shared views of contents: cards, offices, contact points, hours, attachments, related groups.

mod persone;

use jiff::civil::Date;
use serde::Serialize;

use super::format;
use super::markdown::Markdown;
use super::urls::Urls;
use super::view::{
    Attachment, Button, Card, Closure, ContactLine, ContactPoint, Galleria, Hours, HoursRow, Link, Office,
    Picture, PlaceBox, RelatedGroup, Tag, ThematicSite, Video,
};
use crate::access::{Destinazione, is_pagopa};
use crate::codes::Telefono;
use crate::content::common::Immagine;
use crate::content::dataora::DataOra;
use crate::content::documento;
use crate::content::evento::{self, Evento};
use crate::content::galleria;
use crate::content::luogo;
use crate::content::orari::{Fascia, Orari, Orario, Stagione, tabelle, testi};
use crate::content::prose::Prose;
use crate::content::punto_contatto::{Contatto, Voce};
use crate::content::ricorrenza::Occorrenza;
use crate::content::servizio::{Canale, PagamentoPrevisto, Servizio, Stato};
use crate::content::sito_tematico::Tinta;
use crate::content::types::{AnyRef, Slug, Target};
use crate::content::{Data, Kind};
use crate::diagnostic::Spanned;
use crate::media::Candidate;
use crate::media::pdf::Pdf;
use crate::plan::{BANDI, DATASET, EVENTI, GALLERIE, nome_sezione};
use crate::site::{Item, Site};
use crate::vocab::Voce as Termine;

/// Builds views of the contents of one site.
#[derive(Clone, Copy)]
pub struct Cards<'a> {
    /// The site.
    pub site: &'a Site,
    /// Where it stands.
    pub urls: &'a Urls,
}

impl<'a> Cards<'a> {
    /// A link to a content.
    pub fn link(&self, item: &Item) -> Link {
        Link { label: item.titolo.clone(), url: self.urls.path(&item.url) }
    }

    /// Links to the contents named by a list of references.
    pub fn links<T: Target>(&self, slugs: &[Spanned<Slug<T>>]) -> Vec<Link> {
        self.targets(slugs).map(|i| self.link(i)).collect()
    }

    /// The contents named by a list of references.
    pub fn targets<T: Target>(self, slugs: &'a [Spanned<Slug<T>>]) -> impl Iterator<Item = &'a Item> {
        slugs.iter().filter_map(move |s| self.site.target(&s.value))
    }

    /// The contents named by references of any type.
    pub fn any(self, references: &'a [Spanned<AnyRef>]) -> impl Iterator<Item = &'a Item> {
        references.iter().filter_map(move |r| self.site.find(r.kind, &r.slug))
    }

    /// A link to the page of a topic.
    pub fn topic(&self, voce: &Termine) -> Link {
        Link { label: voce.nome.clone(), url: self.urls.path(&format!("/argomenti/{}/", voce.slug)) }
    }

    /// The topics of a content.
    pub fn topics(&self, item: &Item) -> Vec<Link> {
        item.argomenti().map(|t| self.topic(t)).collect()
    }

    /// "14/09/2026": the last revision, else the publication (front matter only, never the clock). What changed then follows, but for
    /// calls, which have a section for it.
    pub fn updated(&self, item: &Item) -> Option<String> {
        let common = &item.entry.common;
        let date = common.data_aggiornamento.as_ref().or(common.data_pubblicazione.as_ref())?;
        let date = format::date_short(date.value);
        let note = common.note_aggiornamento.as_ref().filter(|_| item.entry.kind != Kind::Bando);
        Some(note.map_or(date.clone(), |note| format!("{date}. {}", note.value.0)))
    }

    /// A card without picture.
    pub fn card(&self, item: &Item) -> Card {
        let categoria = self.tag(item);
        let date = match item.entry.data {
            Data::Notizia(_) | Data::Documento(_) | Data::Bando(_) => {
                item.entry.common.data_pubblicazione.as_ref().map(|d| d.value)
            }
            Data::Galleria(ref g) => g.data.as_ref().map(|d| d.value),
            _ => None,
        };
        let event = match item.entry.data {
            Data::Evento(_) => item.date.prima().map(|o| event_date(o, self.site.now)),
            _ => None,
        };
        let (data, data_iso) = match event {
            Some((text, iso)) => (Some(text), Some(iso)),
            None => (date.map(format::date), date.map(|d| d.to_string())),
        };
        let calendar = match item.entry.data {
            Data::Evento(_) => item.date.prima().map(|o| o.inizio.giorno),
            _ => None,
        };
        let card = Card {
            titolo: item.titolo.clone(),
            url: self.urls.path(&item.url),
            descrizione: (!item.descrizione.is_empty()).then(|| item.descrizione.clone()),
            categoria,
            data,
            data_iso,
            immagine: None,
            giorno: calendar.map(|d| d.day().to_string()),
            mese: calendar.map(|d| format::month_short(d).to_owned()),
            argomenti: Vec::new(),
            badge: self.badges(item),
            valori: String::new(),
            giorni: String::new(),
            icona: None,
        };
        if item.entry.kind == Kind::Persona { self.person_card(item, card) } else { card }
    }

    /// A card with the content's picture.
    pub fn picture_card(&self, item: &Item) -> Card {
        Card { immagine: self.picture(item.entry.common.immagine.as_ref()), ..self.card(item) }
    }

    fn tag(&self, item: &Item) -> Option<Tag> {
        let (label, path) = match &item.entry.data {
            Data::Servizio(s) => {
                (s.categoria.entry.nome.clone(), format!("/servizi/{}/", s.categoria.entry.slug))
            }
            Data::Notizia(n) => {
                (n.tipo.entry.singular().to_owned(), format!("/novita/{}/", n.tipo.entry.slug))
            }
            Data::Documento(d) => {
                let root = crate::site::vocabulary_root("tipi_documento", d.tipo.entry);
                (d.tipo.entry.nome.clone(), format!("/amministrazione/documenti-e-dati/{}/", root.slug))
            }
            Data::Bando(b) => (b.tipo.value.nome().to_owned(), BANDI.to_owned()),
            Data::Dataset(_) => ("Dataset".to_owned(), DATASET.to_owned()),
            Data::Unita(u) => {
                let section = crate::site::sezione_unita(u.tipo.entry);
                (nome_sezione(section).to_owned(), format!("/amministrazione/{section}/"))
            }
            Data::Evento(e) => (e.tipo.entry.nome.clone(), EVENTI.to_owned()),
            Data::Galleria(_) => ("Galleria".to_owned(), GALLERIE.to_owned()),
            Data::Luogo(l) => (l.tipo.first()?.entry.nome.clone(), "/vivere-il-comune/luoghi/".to_owned()),
            _ => return None,
        };
        Some(Tag { label, url: Some(self.urls.path(&path)) })
    }

    /// The short facts of a content.
    pub fn badges(&self, item: &Item) -> Vec<&'static str> {
        match &item.entry.data {
            Data::Servizio(s) => badges(s, self.site.now),
            Data::Bando(b) => vec![b.stato(self.site.now).nome()],
            // That it holds is what everybody expects.
            Data::Documento(d) => {
                d.validita(self.site.now).filter(|v| *v != documento::VALIDITA[0]).into_iter().collect()
            }
            Data::Progetto(p) => vec![p.stato.value.nome()],
            Data::Evento(e) => event_badges(item, e),
            _ => Vec::new(),
        }
    }

    /// A button that leads to a proven address: the text that the content wants, else the provider, else the usual one.
    pub fn button(&self, to: &Destinazione, own: Option<&str>, usual: &str) -> Button {
        let label = own.or(to.etichetta.as_deref()).unwrap_or(usual);
        Button {
            etichetta: label.to_owned(),
            url: to.url.to_string(),
            esterno: self.foreign(to),
            gestore: to.gestore.clone(),
            ..Button::empty()
        }
    }

    /// The portal of another host, to be announced: "Area personale, servizi.comune.esempio.tn.it".
    fn foreign(&self, to: &Destinazione) -> Option<String> {
        let own = &self.site.config.written.dominio.value.0;
        let host = to.url.host_str().filter(|h| h != own)?;
        Some(to.nome.as_ref().map_or_else(|| host.to_owned(), |nome| format!("{nome}, {host}")))
    }

    /// A picture with its dimensions.
    pub fn picture(&self, immagine: Option<&Spanned<Immagine>>) -> Option<Picture> {
        let immagine = immagine?;
        let published = self.site.media.picture(&immagine.file.value.0)?;
        let text =
            |line: &Option<Spanned<crate::content::types::Line>>| line.as_ref().map(|l| l.value.0.clone());
        Some(Picture {
            url: self.urls.path(&format!("/{}", published.path)),
            srcset: srcset(self.urls, &published.candidates),
            webp: srcset(self.urls, &published.modern),
            alt: immagine.alt.value.0.clone(),
            width: published.width,
            height: published.height,
            didascalia: text(&immagine.didascalia),
            crediti: text(&immagine.crediti),
        })
    }

    /// A file of `media/` to download.
    pub fn file(&self, path: &str, titolo: &str) -> Attachment {
        let file = self.site.media.get(path);
        let formato = path.rsplit_once('.').map(|(_, e)| e.to_uppercase());
        Attachment {
            titolo: titolo.to_owned(),
            url: self.urls.path(&format!("/{path}")),
            formato,
            dimensione: file.map(|f| format::size(f.size)),
            inaccessibile: matches!(file.and_then(|f| f.pdf.as_ref()), Some(Pdf::Read(found, _)) if !found.tagged),
        }
    }

    /// The page of a document, with format and size of its main file.
    pub fn document(&self, item: &Item) -> Attachment {
        let main = match &item.entry.data {
            Data::Documento(d) => d.file.as_ref().map(|f| self.file(&f.value.0, &item.titolo)),
            _ => None,
        };
        Attachment {
            titolo: item.titolo.clone(),
            url: self.urls.path(&item.url),
            formato: main.as_ref().and_then(|m| m.formato.clone()),
            dimensione: main.and_then(|m| m.dimensione),
            inaccessibile: false,
        }
    }

    /// The contact points of an office or place, shared ones looked up.
    pub fn contacts(&self, contatti: &[Spanned<Contatto>]) -> Vec<ContactPoint> {
        contatti.iter().filter_map(|c| self.contact(&c.value)).collect()
    }

    fn contact(&self, contatto: &Contatto) -> Option<ContactPoint> {
        let (nome, persona, voci, hours) = match contatto {
            Contatto::Diretto(d) => {
                let nome = d.nome.as_ref().map(|n| n.value.0.clone());
                (nome, d.persona.as_ref(), &d.voci, &d.orari_telefono)
            }
            Contatto::Condiviso(slug) => match &self.site.target(slug)?.entry.data {
                Data::PuntoContatto(p) => {
                    (Some(p.nome.value.0.clone()), p.persona.as_ref(), &p.voci, &p.orari_telefono)
                }
                _ => return None,
            },
        };
        let voci = voci.iter().map(|v| contact_line(&v.value)).collect();
        let persona = persona.and_then(|p| self.site.target(&p.value)).filter(|p| !self.site.cessato(p));
        let persona = persona.map(|p| self.link(p));
        Some(ContactPoint {
            nome,
            persona,
            voci,
            risponde: testi(hours).map(|line| line.0.clone()).collect(),
            orari_telefono: self.timetables(tabelle(hours), false),
        })
    }

    /// A unit in a box: address of its seat, first telephone, e-mail and PEC of its contacts.
    pub fn office(&self, item: &Item) -> Office {
        let Data::Unita(unit) = &item.entry.data else {
            return Office {
                titolo: item.titolo.clone(),
                url: Some(self.urls.path(&item.url)),
                ..Office::empty()
            };
        };
        let seat = self.site.target(&unit.sede.value).and_then(|p| self.place(p));
        let points = self.contacts(&unit.punti_contatto);
        let lines: Vec<&ContactLine> = points.iter().flat_map(|p| &p.voci).collect();
        let first = |tipo: &str| lines.iter().find(|l| l.tipo == tipo).copied();
        let phone = first("Telefono");
        Office {
            titolo: item.titolo.clone(),
            url: Some(self.urls.path(&item.url)),
            indirizzo: seat.map(|s| s.indirizzo),
            telefono: phone.map(|p| p.testo.clone()),
            telefono_tel: phone.and_then(|p| p.url.as_deref()?.strip_prefix("tel:").map(str::to_owned)),
            email: first("Email").map(|l| l.testo.clone()),
            pec: first("PEC").map(|l| l.testo.clone()),
            immagine: None,
        }
    }

    /// A place in a box.
    pub fn place(&self, item: &Item) -> Option<PlaceBox> {
        let Data::Luogo(l) = &item.entry.data else { return None };
        let (lat, lon) = (l.lat.value, l.lon.value);
        Some(PlaceBox {
            titolo: item.titolo.clone(),
            url: Some(self.urls.path(&item.url)),
            indirizzo: self.address(l),
            quartiere: l.quartiere.as_ref().map(|q| q.value.0.clone()),
            circoscrizione: l.circoscrizione.as_ref().map(|c| c.value.0.clone()),
            mappa_url: Some(map(lat, lon)),
        })
    }

    /// The place of an event in a box.
    pub fn venue(&self, evento: &Evento) -> Option<PlaceBox> {
        let sede = self.site.sede(evento)?;
        match sede.luogo {
            Some(item) => self.place(item),
            None => Some(PlaceBox {
                titolo: sede.nome.to_owned(),
                url: None,
                indirizzo: sede.in_riga(self.site),
                quartiere: None,
                circoscrizione: None,
                mappa_url: sede.coordinate.map(|(lat, lon)| map(lat, lon)),
            }),
        }
    }

    /// Thematic sites, in order: all, or those of a topic.
    pub fn thematic_sites(&self, topic: Option<&Termine>) -> Vec<ThematicSite> {
        let about = |i: &&Item| topic.is_none_or(|t| i.argomenti().any(|own| own.slug == t.slug));
        let items = self.site.alphabetical(Kind::SitoTematico);
        items.into_iter().filter(about).filter_map(|i| self.thematic_site(i)).collect()
    }

    fn thematic_site(&self, item: &Item) -> Option<ThematicSite> {
        let Data::SitoTematico(s) = &item.entry.data else { return None };
        Some(ThematicSite {
            titolo: item.titolo.clone(),
            descrizione: item.descrizione.clone(),
            url: s.url.value.0.to_string(),
            host: s.url.value.0.host_str().unwrap_or_default().to_owned(),
            colore: s.colore.as_ref().map_or(Tinta::Blu, |c| c.value).name(),
            immagine: self.picture(item.entry.common.immagine.as_ref()),
        })
    }

    /// Pictures that can be shown, and videos with their words, for a page whose text is `md`.
    pub fn gallery(
        &self,
        immagini: &[Spanned<Immagine>],
        video: &[Spanned<galleria::Video>],
        md: &mut Markdown<'_>,
        kind: Kind,
    ) -> Galleria {
        let video = video.iter().map(|v| Video {
            titolo: v.titolo.value.0.clone(),
            url: v.url.value.0.to_string(),
            sito: v.url.value.0.host_str().unwrap_or_default().trim_start_matches("www.").to_owned(),
            trascrizione_html: md.render(&v.trascrizione.value, kind, 5),
        });
        Galleria {
            video: video.collect(),
            immagini: immagini.iter().filter_map(|i| self.picture(Some(i))).collect(),
        }
    }

    fn address(&self, l: &luogo::Luogo) -> String {
        let config = &self.site.config.written;
        format!(
            "{}, {} {} ({})",
            l.indirizzo.value.0, l.cap.value, config.contatti.localita.value.0, config.ente.provincia.value
        )
    }

    /// When a unit or place is open: its timetables, then what is said in words, whose headings stand below one of level `top`.
    pub fn hours(
        &self,
        orari: &[Spanned<Orari<Prose>>],
        md: &mut Markdown<'_>,
        kind: Kind,
        top: u8,
    ) -> Vec<Hours> {
        let words: Vec<String> = testi(orari).map(|text| md.render(text, kind, top)).collect();
        let mut hours = self.timetables(tabelle(orari), words.is_empty());
        hours.extend(words.into_iter().map(|html| Hours { testo_html: Some(html), ..Hours::default() }));
        hours
    }

    /// Timetables that hold on the day of the build or later, with their closures to come; `alone`: nothing else says when it is open.
    fn timetables<'o>(&self, orari: impl Iterator<Item = &'o Orario>, alone: bool) -> Vec<Hours> {
        let now = self.site.now;
        let current: Vec<&Orario> =
            orari.filter(|o| o.al.as_ref().is_none_or(|al| now <= al.value)).collect();
        let told = alone
            && current.iter().filter(|o| o.dal.is_none() && o.al.is_none()).count() <= 1
            && !current.iter().any(|o| o.senza_periodo());
        current.into_iter().map(|o| timetable(o, now, told)).collect()
    }

    /// Related contents grouped by kind, as on the official pages.
    pub fn related(&self, item: &Item) -> Vec<RelatedGroup> {
        let related = self.site.related(item);
        let groups: [(&[Kind], _, _); 6] = [
            (&[Kind::Unita, Kind::Persona], "Amministrazione", "it-pa"),
            (&[Kind::Servizio], "Servizi", "it-settings"),
            (&[Kind::Documento, Kind::Bando, Kind::Dataset], "Documenti", "it-file"),
            (&[Kind::Notizia], "Novità", "it-calendar"),
            (&[Kind::Luogo], "Luoghi", "it-map-marker"),
            (&[Kind::Evento], "Eventi", "it-calendar"),
        ];
        groups
            .into_iter()
            .map(|(kinds, titolo, icona)| {
                let voci =
                    related.iter().filter(|i| kinds.contains(&i.entry.kind)).map(|i| self.link(i)).collect();
                RelatedGroup { titolo, icona, voci }
            })
            .filter(|g| !g.voci.is_empty())
            .collect()
    }
}

impl Button {
    /// A button with nothing on it yet.
    pub fn empty() -> Self {
        Button {
            etichetta: String::new(),
            url: String::new(),
            esterno: None,
            gestore: None,
            identita: None,
            testo: None,
        }
    }
}

impl Office {
    /// A box with nothing in it yet.
    pub fn empty() -> Self {
        Office {
            titolo: String::new(),
            url: None,
            indirizzo: None,
            telefono: None,
            telefono_tel: None,
            email: None,
            pec: None,
            immagine: None,
        }
    }
}

/// The short facts of a service that its cards show and by which the list of services can be narrowed.
pub const BADGES: [&str; 7] = [
    "Domande aperte",
    "Online con SPID o CIE",
    "Online",
    "Su appuntamento",
    "Si paga con pagoPA",
    "Servizio non attivo",
    "In fase di sviluppo",
];

fn badges(s: &Servizio, now: Date) -> Vec<&'static str> {
    if s.stato() != Stato::Attivo {
        return vec![stato(s)];
    }
    let [_, with_identity, online, booked, pagopa, ..] = BADGES;
    let mut badges: Vec<_> = s.periodo.iter().map(|p| p.stato(now)).collect();
    let mut channels = s.accesso.iter().filter(|a| a.canale.value == Canale::Online).peekable();
    if channels.peek().is_some() {
        let login = channels.any(|a| a.richiede_spid.as_ref().is_none_or(|r| r.value));
        badges.push(if login { with_identity } else { online });
    }
    if s.accesso.iter().any(|a| a.canale.value == Canale::Appuntamento) {
        badges.push(booked);
    }
    let payment = s.pagamento.iter().filter(|p| p.previsto.value != PagamentoPrevisto::No);
    if payment.flat_map(|p| &p.modalita).any(|m| is_pagopa(m.tipo.value)) {
        badges.push(pagopa);
    } else if s.pagamento.as_ref().is_some_and(|p| p.previsto.value == PagamentoPrevisto::Si) {
        badges.push("A pagamento");
    }
    badges
}

/// "Servizio attivo" and the like.
pub fn stato(servizio: &Servizio) -> &'static str {
    match servizio.stato() {
        Stato::Attivo => "Servizio attivo",
        Stato::NonAttivo => "Servizio non attivo",
        Stato::InSviluppo => "In fase di sviluppo",
    }
}

/// Files of a picture by width, as an attribute; `None` where there is no choice.
pub fn srcset(urls: &Urls, candidates: &[Candidate]) -> Option<String> {
    let one = |c: &Candidate| format!("{} {}w", urls.path(&format!("/{}", c.path)), c.width);
    (!candidates.is_empty()).then(|| candidates.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// The OpenStreetMap page of a point.
fn map(lat: f64, lon: f64) -> String {
    format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}")
}

/// When an event is, in short, and for machines: `5 dicembre 2026, ore 20:30`, and of what lasts more than a day its last day.
fn event_date(o: Occorrenza, now: Date) -> (String, String) {
    let last = o.ultimo_giorno();
    match (o.piu_giorni(), o.inizio.giorno < now) {
        (true, true) if now <= last => (format!("fino {}", format::to_date(last)), last.to_string()),
        (true, _) => (format::interval(o.inizio.giorno, last), o.inizio.giorno.to_string()),
        (false, _) => {
            let day = format::date(o.inizio.giorno);
            let text = o.inizio.ora.map_or(day.clone(), |time| format!("{day}, ore {}", format::clock(time)));
            (text, machine(o.inizio))
        }
    }
}

/// A moment for `datetime` attributes: `2026-12-05T20:30`.
pub fn machine(moment: DataOra) -> String {
    match moment.ora {
        Some(_) => moment.clock().strftime("%Y-%m-%dT%H:%M").to_string(),
        None => moment.giorno.to_string(),
    }
}

/// The short facts of an event.
fn event_badges(item: &Item, e: &Evento) -> Vec<&'static str> {
    let facts = [
        (e.stato() == evento::Stato::Annullato, "Annullato"),
        (e.stato() == evento::Stato::Rinviato, "Rinviato"),
        (e.gratuito(), "Gratuito"),
        (e.online.is_some(), "Online"),
        (item.date.prossime.len() > 1, "Più date"),
    ];
    facts.into_iter().filter(|(is, _)| *is).map(|(_, badge)| badge).collect()
}

fn contact_line(voce: &Voce) -> ContactLine {
    let written = &voce.valore.value.0;
    let kind = voce.tipo.entry;
    let (testo, url) = match kind.formato.as_deref() {
        Some("tel") => match Telefono::parse(written) {
            Ok(phone) if kind.slug == "fax" => (phone.display(), None),
            Ok(phone) => (phone.display(), Some(phone.uri())),
            Err(_) => (written.clone(), None),
        },
        Some("email") => (written.clone(), Some(format!("mailto:{written}"))),
        Some("url") => (written.clone(), Some(written.clone())),
        Some("account") if kind.slug == "whatsapp" => match Telefono::parse(written) {
            Ok(phone) => (phone.display(), Some(format!("https://wa.me/{}", phone.digits()))),
            Err(_) => (written.clone(), None),
        },
        _ => (written.clone(), None),
    };
    let descrizione = voce.descrizione.as_ref().map(|d| d.value.0.clone());
    ContactLine { tipo: kind.nome.clone(), testo, url, descrizione }
}

/// A timetable as the script reads it.
#[derive(Serialize)]
struct Machine {
    dal: Option<String>,
    al: Option<String>,
    giorni: Vec<Vec<(u16, u16)>>,
    chiusure: Vec<String>,
}

/// `told`: whether of this timetable and those beside it one alone holds on each day.
fn timetable(orario: &Orario, now: Date, told: bool) -> Hours {
    let season = orario.stagione.as_ref().map(|s| s.value);
    let name = match season {
        Some(Stagione::Invernale) => Some("Orario invernale"),
        Some(Stagione::Estivo) => Some("Orario estivo"),
        Some(Stagione::TuttoAnno) | None => None,
    };
    let from = orario.dal.as_ref().map(|d| format::from_date(d.value));
    let to = orario.al.as_ref().map(|d| format::to_date(d.value));
    let dates = [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let titolo = match (name, dates.is_empty()) {
        (None, true) => None,
        (Some(name), true) => Some(name.to_owned()),
        (name, false) => Some(format!("{} {dates}", name.unwrap_or("Orario"))),
    };
    let righe = orario
        .giorni
        .week()
        .iter()
        .zip(format::DAYS)
        .map(|(fasce, giorno)| {
            let text = |f: &Fascia| format!("{}–{}", Fascia::clock(f.dalle), Fascia::clock(f.alle));
            let spans: Vec<String> = fasce.iter().map(|f| text(&f.value)).collect();
            HoursRow { giorno, orari: (!spans.is_empty()).then(|| spans.join(" e ")) }
        })
        .collect();
    let chiusure: Vec<Closure> = orario
        .chiusure
        .iter()
        .filter(|c| now <= c.data.value)
        .map(|c| Closure {
            data: format::date(c.data.value),
            data_iso: c.data.value.to_string(),
            motivo: c.motivo.as_ref().map(|m| m.value.0.clone()),
        })
        .collect();
    let date = |d: &Option<Spanned<Date>>| d.as_ref().map(|d| d.value.to_string());
    let intervals = |day: &[Spanned<Fascia>]| day.iter().map(|f| (f.value.dalle, f.value.alle)).collect();
    let machine = told.then(|| Machine {
        dal: date(&orario.dal),
        al: date(&orario.al),
        giorni: orario.giorni.week().into_iter().map(intervals).collect(),
        chiusure: chiusure.iter().map(|c| c.data_iso.clone()).collect(),
    });
    Hours {
        titolo,
        righe,
        note: orario.note.as_ref().map(|n| n.value.0.clone()),
        chiusure,
        macchina: machine.and_then(|m| serde_json::to_string(&m).ok()),
        testo_html: None,
    }
}
