//! The fields of `comune.yaml`, as written.

use jiff::civil::Date;

use crate::access::{FornitoreScritto, TipoVariabile};
use crate::codes::{
    Belfiore, Cap, CodiceFiscaleEnte, Cuf, Email, Ipa, Istat, PartitaIva, Pec, Provincia, Telefono,
};
use crate::content::field::{Cx, FieldType, Mappa, Named, Reference};
use crate::content::servizio::Condizioni;
use crate::content::shape::{Scalar, Shape};
use crate::content::types::{AnyRef, Line, MediaPath, Slug, Term, WebUrl, scalar, target, voc};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned};
use crate::yaml::Node;
use crate::{choice, record, text};

use super::Colour;

/// A host name: `www.comune.esempio.tn.it`, lower case, no scheme, no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host(pub String);

impl FieldType for Host {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        let label = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if written.contains('.') && written.split('.').all(label) {
            return Some(Host(written.to_owned()));
        }
        cx.fail(
            Diagnostic::new(
                Code::FieldValue,
                text!("`{written}` non è un nome di dominio", "`{written}` is not a domain name"),
            )
            .at(node.span)
            .hint(text!(
                "scrivilo minuscolo e senza https://, per esempio www.comune.esempio.tn.it",
                "lower case, without https://, for example www.comune.esempio.tn.it"
            )),
        )
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
            "Scrivi il dominio minuscolo, senza https://",
            "www.comune.esempio.tn.it",
        )
    }
}

/// A host and port name or IP for `https` endpoints; any host, the scheme must be https.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpsUrl(pub url::Url);

impl FieldType for HttpsUrl {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let WebUrl(url) = WebUrl::read(node, cx)?;
        if url.scheme() == "https" {
            return Some(HttpsUrl(url));
        }
        cx.fail(
            Diagnostic::new(
                Code::AccessUrl,
                text!("l'indirizzo deve essere https", "the address must be https"),
            )
            .at(node.span)
            .hint(text!("scrivi https://", "write https://")),
        )
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^https://[^\s/]+",
            "Scrivi l'indirizzo intero, che comincia con https://",
            "\"https://www.esempio.it/pagina\"",
        )
    }

    fn references(&self, field: &'static str, span: Span, out: &mut Vec<Reference>) {
        out.push(Reference { field, to: Named::External(self.0.clone()), span });
    }
}

/// An identifier given by a platform: letters, digits, `.`, `_`, `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identificativo(pub String);

impl FieldType for Identificativo {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        if TipoVariabile::Id.admits(written) {
            return Some(Identificativo(written.to_owned()));
        }
        cx.fail(
            Diagnostic::new(
                Code::FieldValue,
                text!("`{written}` non è un identificativo", "`{written}` is not an identifier"),
            )
            .at(node.span)
            .hint(text!(
                "ricopialo dalla piattaforma che l'ha dato",
                "copy it from the platform that gave it"
            )),
        )
    }

    fn shape() -> Shape {
        Scalar::form(
            r"^[A-Za-z0-9._-]+$",
            "Ricopia l'identificativo dalla piattaforma che l'ha dato",
            "\"a1b2c3\"",
        )
    }
}

choice! {
    /// What kind of body publishes the site.
    pub enum TipoEnte {
        /// A municipality.
        Comune = "comune",
        /// A union.
        Unione = "unione",
        /// A mountain community.
        ComunitaMontana = "comunita_montana",
        /// A valley community.
        ComunitaValle = "comunita_valle",
        /// A consortium.
        Consorzio = "consorzio",
        /// A province.
        Provincia = "provincia",
    }
}

record! {
    /// The region, or autonomous province, linked from the top of every page.
    pub struct Regione {
        /// Name.
        nome: required Line,
        /// Its site.
        url: required WebUrl,
    }
}

record! {
    /// Who publishes the site.
    pub struct Ente {
        /// Full name, “Comune di …”.
        nome: required Line<100>,
        /// Short name.
        nome_breve: optional Line<60>,
        /// Kind.
        tipo: optional TipoEnte,
        /// IPA code.
        codice_ipa: required Ipa,
        /// ISTAT code.
        codice_istat: required Istat,
        /// Cadastral code.
        codice_catastale: required Belfiore,
        /// Tax code.
        codice_fiscale: required CodiceFiscaleEnte,
        /// VAT number.
        partita_iva: optional PartitaIva,
        /// Office code for electronic invoices.
        cuf: optional Cuf,
        /// Inhabitants: some duties depend on them.
        abitanti: optional u32,
        /// Province.
        provincia: required Provincia,
        /// Postal code.
        cap: required Cap,
        /// Certified e-mail.
        pec: required Pec,
        /// Region.
        regione: required Regione,
    }
}

impl Ente {
    /// Kind; a Comune by default.
    pub fn tipo(&self) -> TipoEnte {
        self.tipo.as_ref().map_or(TipoEnte::Comune, |t| t.value)
    }
}

record! {
    /// How to reach the Comune as a whole.
    pub struct Contatti {
        /// Street and number of the town hall.
        indirizzo: required Line,
        /// Town.
        localita: required Line,
        /// Switchboard.
        centralino: optional Telefono,
        /// Toll-free number.
        numero_verde: optional Telefono,
        /// Messages: `WhatsApp` and SMS.
        whatsapp: optional Telefono,
        /// E-mail.
        email: optional Email,
        /// Office for relations with the public.
        urp: optional Slug<target::Unita>,
    }
}

choice! {
    /// A social network.
    pub enum Rete {
        /// Facebook.
        Facebook = "facebook",
        /// X.
        X = "x",
        /// Instagram.
        Instagram = "instagram",
        /// `YouTube`.
        Youtube = "youtube",
        /// Telegram.
        Telegram = "telegram",
        /// `WhatsApp`.
        Whatsapp = "whatsapp",
        /// Linkedin.
        Linkedin = "linkedin",
        /// Mastodon.
        Mastodon = "mastodon",
        /// Flickr.
        Flickr = "flickr",
    }
}

record! {
    /// A page on a social network.
    pub struct Social {
        /// Network.
        tipo: required Rete,
        /// Address.
        url: required HttpsUrl,
    }
}

record! {
    /// Look.
    pub struct Aspetto {
        /// Primary colour.
        colore: optional Colour,
        /// Coat of arms.
        stemma: optional MediaPath,
        /// Icon of the browser tab.
        favicon: optional MediaPath,
        /// Line under the name.
        motto: optional Line<100>,
    }
}

record! {
    /// Highlighted contents, by page.
    pub struct InEvidenza {
        /// Home.
        home: list AnyRef,
        /// Topics on the home.
        argomenti: list Term<voc::Argomento>,
        /// Amministrazione.
        amministrazione: list AnyRef,
        /// Servizi.
        servizi: list Slug<target::Servizio>,
        /// Luoghi and Vivere il Comune.
        luoghi: list Slug<target::Luogo>,
    }
}

record! {
    /// A useful link: to a content of the site or to another site.
    pub struct LinkUtile {
        /// Text.
        testo: required Line<80>,
        /// Another site.
        url: optional WebUrl,
        /// A content.
        contenuto: optional AnyRef,
    }
}

record! {
    /// A form of the site that posts to an endpoint of the Comune.
    pub struct Modulo {
        /// Where it posts.
        endpoint: required HttpsUrl,
    }
}

record! {
    /// How a function of the site works: exactly one of its fields.
    pub struct Funzione {
        /// A page elsewhere.
        url: optional HttpsUrl,
        /// A page of a provider.
        fornitore: optional Line<60>,
        /// Which of its addresses.
        azione: optional Line<60>,
        /// What it asks for.
        variabili: optional Mappa<Line<500>>,
        /// An e-mail address.
        mailto: optional Email,
        /// A form of the site.
        modulo: optional Modulo,
    }
}

record! {
    /// The functions of the site.
    pub struct Funzioni {
        /// Personal area.
        area_personale: optional Funzione,
        /// Booking.
        prenotazione: optional Funzione,
        /// Assistance.
        assistenza: optional Funzione,
        /// Report of inefficiency.
        disservizio: optional Funzione,
        /// Page feedback.
        valutazione: optional Funzione,
    }
}

impl Funzioni {
    /// Each function is wired in exactly one way; the personal area only by an address.
    pub fn check(&self, cx: &mut Cx<'_>) {
        let all = [
            &self.area_personale,
            &self.prenotazione,
            &self.assistenza,
            &self.disservizio,
            &self.valutazione,
        ];
        for funzione in all.into_iter().flatten() {
            let f = &funzione.value;
            let ways = [f.url.is_some(), f.fornitore.is_some(), f.mailto.is_some(), f.modulo.is_some()];
            if ways.into_iter().filter(|w| *w).count() != 1 {
                cx.out.push(
                    Diagnostic::new(
                        Code::FieldConditional,
                        text!(
                            "serve uno solo fra url, fornitore, mailto e modulo",
                            "exactly one of url, fornitore, mailto and modulo is needed"
                        ),
                    )
                    .at(funzione.span)
                    .hint(text!(
                        "per esempio {{mailto: urp@comune.esempio.tn.it}}",
                        "for example {{mailto: urp@comune.esempio.tn.it}}"
                    )),
                );
            }
        }
        if let Some(area) = self.area_personale.as_ref().filter(|a| a.url.is_none() && a.fornitore.is_none())
        {
            cx.out.push(
                Diagnostic::new(
                    Code::FieldConditional,
                    text!(
                        "l'area personale vuole `url` o `fornitore`",
                        "the personal area wants `url` or `fornitore`"
                    ),
                )
                .at(area.span)
                .hint(text!(
                    "scrivi l'indirizzo di accesso all'area personale",
                    "write the address of the personal area"
                )),
            );
        }
    }
}

record! {
    /// A finding that is accepted until a day.
    pub struct Ignorato {
        /// Code, or family of codes (`TES`, `C.SI.1.3`).
        codice: required Line<40>,
        /// Why.
        motivo: required Line,
        /// Last day on which it is accepted.
        fino_al: required Date,
        /// The only page where it is accepted.
        pagina: optional Line,
    }
}

record! {
    /// Choices on the findings of `campanile check`.
    pub struct Controlli {
        /// Codes, or families of codes, whose findings are errors.
        errore_se: list Line<40>,
        /// Findings that are accepted.
        ignora: list Ignorato,
        /// Months after which contents are to be read again.
        mesi_aggiornamento: optional u32,
    }
}

record! {
    /// The declaration of accessibility on the site of `AgID`.
    pub struct Dichiarazione {
        /// Its address on form.agid.gov.it.
        url: required WebUrl,
        /// When it was last renewed.
        data: optional Date,
    }
}

record! {
    /// The contact for faults of security (RFC 9116).
    pub struct Sicurezza {
        /// Where to write.
        contatto: required Email,
        /// Until when the contact holds.
        scadenza: required Date,
    }
}

record! {
    /// Legal duties.
    pub struct Legale {
        /// Accessibility declaration.
        dichiarazione_accessibilita: optional Dichiarazione,
        /// Yearly accessibility goals.
        obiettivi_url: optional WebUrl,
        /// Data controller.
        titolare: optional Line,
        /// Whom to tell of a security fault: `security.txt`.
        sicurezza: optional Sicurezza,
        /// E-mail of the data protection officer.
        responsabile_protezione_dati: optional Email,
    }
}

record! {
    /// Web Analytics Italia, the statistics of `AgID`.
    pub struct Wai {
        /// Identifier of the site there.
        site_id: required Identificativo,
    }
}

record! {
    /// Statistics of visits, without cookies; none by default.
    pub struct Analytics {
        /// Web Analytics Italia.
        wai: required Wai,
    }
}

choice! {
    /// Which sections Amministrazione trasparente has besides the national ones.
    pub enum ProfiloTrasparenza {
        /// None.
        Nazionale = "nazionale",
        /// Those of the regional law of Trentino-Alto Adige (l.r. 10/2014), with its references and times.
        Trentino = "trentino",
    }
}

record! {
    /// Amministrazione trasparente.
    pub struct Trasparenza {
        /// Its address, when on another site.
        url: optional WebUrl,
        /// Its sections, when on this one.
        profilo: optional ProfiloTrasparenza,
    }
}

record! {
    /// The register of acts on another site.
    pub struct AlboPretorio {
        /// Its address.
        url: required WebUrl,
    }
}

choice! {
    /// A language of the site.
    pub enum Lingua {
        /// Italian.
        It = "it",
    }
}

record! {
    /// `comune.yaml`, as written.
    pub struct Written {
        /// Who.
        ente: required Ente,
        /// Host of the site.
        dominio: required Host,
        /// How to reach it.
        contatti: required Contatti,
        /// Social networks.
        social: list Social,
        /// Look.
        aspetto: optional Aspetto,
        /// Topics in the secondary menu.
        menu_secondario: list Term<voc::Argomento>,
        /// Highlights.
        evidenza: optional InEvidenza,
        /// Useful links on the home.
        link_utili: list LinkUtile,
        /// Providers of the Comune.
        fornitori: optional Mappa<FornitoreScritto>,
        /// Tax codes of persons that contents may hold.
        codici_personali_ammessi: list Line<16>,
        /// Hosts to which access links may lead.
        host_ammessi: list Host,
        /// Functions.
        funzioni: optional Funzioni,
        /// Conditions of the services that say none of their own.
        condizioni_di_servizio: optional Condizioni,
        /// Legal duties.
        legale: optional Legale,
        /// Amministrazione trasparente elsewhere.
        amministrazione_trasparente: optional Trasparenza,
        /// The register of acts, when on another site.
        albo_pretorio: optional AlboPretorio,
        /// Statistics.
        analytics: optional Analytics,
        /// What `check` is to be strict or silent about.
        controlli: optional Controlli,
        /// Languages.
        lingue: list Lingua,
        /// Shows the mark of the European funds.
        finanziato_ue: optional bool,
        /// Not public yet: legal duties become warnings, pages ask not to be indexed.
        in_preparazione: optional bool,
    }
}

impl Written {
    /// One function, if configured.
    pub fn funzione(&self, pick: impl Fn(&Funzioni) -> &Option<Spanned<Funzione>>) -> Option<&Funzione> {
        self.funzioni.as_ref().and_then(|f| pick(f).as_ref()).map(|f| &f.value)
    }
}
