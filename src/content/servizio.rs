//! Servizio: the service sheet (content model 2.1), its access channels and payment (online services 6.3).

use jiff::civil::Date;

use super::field::{Cx, Mappa};
use super::procedimento::Procedimento;
use super::prose::Prose;
use super::punto_contatto::Contatto;
use super::shape::Shape;
use super::types::{Line, MediaPath, Slug, Term, WebUrl, target, voc};
use crate::codes::{Importo, Ipa, Nace};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned, Text};
use crate::{choice, record, text};

/// Official sections of the body, in page order, and the field that each fills.
pub const SECTIONS: &[(&str, &str)] = &[
    ("A chi è rivolto", "a_chi_e_rivolto"),
    ("Chi può presentare", "chi_puo_presentare"),
    ("Descrizione", "descrizione_estesa"),
    ("Come fare", "come_fare"),
    ("Cosa serve", "cosa_serve"),
    ("Cosa si ottiene", "cosa_si_ottiene"),
    ("Procedure collegate all'esito", "procedure_collegate_esito"),
    ("Tempi e scadenze", "tempi_e_scadenze"),
    ("Quanto costa", "costi"),
    ("Vincoli", "vincoli"),
    ("Casi particolari", "casi_particolari"),
    ("Ulteriori informazioni", "ulteriori_informazioni"),
];

choice! {
    /// Whether the service can be used today.
    pub enum Stato {
        /// Yes.
        Attivo = "attivo",
        /// No.
        NonAttivo = "non-attivo",
        /// Not yet.
        InSviluppo = "in-sviluppo",
    }
}

choice! {
    /// A way to reach the service.
    pub enum Canale {
        /// A web application.
        Online = "online",
        /// An appointment.
        Appuntamento = "appuntamento",
        /// A counter.
        Sportello = "sportello",
        /// E-mail.
        Email = "email",
        /// Certified e-mail.
        Pec = "pec",
        /// Telephone.
        Telefono = "telefono",
        /// App IO.
        AppIo = "app_io",
        /// Post.
        Posta = "posta",
    }
}

choice! {
    /// Whether the service is paid for.
    pub enum PagamentoPrevisto {
        /// Always.
        Si = "true",
        /// Never.
        No = "false",
        /// In some cases.
        Eventuale = "eventuale",
    }
}

choice! {
    /// How one pays.
    pub enum TipoModalita {
        /// A pagoPA notice.
        PagopaAvviso = "pagopa_avviso",
        /// A spontaneous payment.
        PagopaSpontaneo = "pagopa_spontaneo",
        /// The F24 form.
        F24 = "f24",
        /// Cash.
        Contanti = "contanti",
        /// Something else, said in the text.
        Altro = "altro",
    }
}

impl TipoModalita {
    /// What people read of it.
    pub fn nome(self) -> &'static str {
        match self {
            TipoModalita::PagopaAvviso => "Con l'avviso pagoPA",
            TipoModalita::PagopaSpontaneo => "Con pagoPA, senza avviso",
            TipoModalita::F24 => "Con il modello F24",
            TipoModalita::Contanti => "In contanti o con il bancomat, allo sportello",
            TipoModalita::Altro => "In un altro modo",
        }
    }
}

choice! {
    /// A unit of time.
    pub enum UnitaTempo {
        /// Days.
        Giorni = "giorni",
        /// Weeks.
        Settimane = "settimane",
        /// Months.
        Mesi = "mesi",
        /// Years.
        Anni = "anni",
    }
}

/// Acceptance of a digital identity: not accepted, accepted, or accepted from a level upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Livello {
    /// Not accepted.
    No,
    /// Accepted; the level is the provider's matter.
    Si,
    /// Accepted from this level (1 to 3).
    Minimo(u8),
}

impl super::field::FieldType for Livello {
    fn read(node: &crate::yaml::Node, cx: &mut Cx<'_>) -> Option<Self> {
        match super::types::scalar(node, cx)? {
            "false" | "no" => Some(Livello::No),
            "true" | "sì" => Some(Livello::Si),
            "1" => Some(Livello::Minimo(1)),
            "2" => Some(Livello::Minimo(2)),
            "3" => Some(Livello::Minimo(3)),
            other => cx.fail(super::types::not_among(other, &["true", "false", "1", "2", "3"], node.span)),
        }
    }

    fn shape() -> Shape {
        Shape::Words(
            [
                ("true", "Accettata: il livello lo decide il portale"),
                ("false", "Non accettata"),
                ("1", "Dal livello 1"),
                ("2", "Dal livello 2"),
                ("3", "Solo livello 3"),
            ]
            .map(|(value, label)| (value.to_owned(), label.to_owned()))
            .into(),
        )
    }
}

record! {
    /// The digital identities that a channel accepts.
    pub struct Identita {
        /// SPID.
        spid: optional Livello,
        /// Electronic identity card.
        cie: optional Livello,
        /// Services card.
        cns: optional Livello,
        /// European identities.
        eidas: optional Livello,
    }
}

record! {
    /// One way to reach the service, as written.
    pub struct Accesso {
        /// Which way.
        canale: required Canale,
        /// Provider that it leads to.
        fornitore: optional Line<60>,
        /// Which of the provider's addresses; `servizio` by default.
        azione: optional Line<60>,
        /// What the provider asks for.
        variabili: optional Mappa<Line<500>>,
        /// Literal address.
        url: optional WebUrl,
        /// Why the address is literal.
        motivo_url: optional Line,
        /// Text of the button.
        etichetta: optional Line<80>,
        /// Identities accepted.
        identita: optional Identita,
        /// False: online without login.
        richiede_spid: optional bool,
        /// The button under the title.
        principale: optional bool,
        /// Office, for counters and appointments.
        unita: optional Slug<target::Unita>,
        /// Number or address; default the office's.
        valore: optional Line<160>,
        /// Short explanation.
        testo: optional Line,
    }
}

record! {
    /// One item of the costs.
    pub struct Costo {
        /// What is paid.
        descrizione: required Line,
        /// How much.
        importo: optional Importo,
        /// How much, in words.
        importo_testo: optional Line,
    }
}

record! {
    /// One way to pay.
    pub struct Modalita {
        /// Which way.
        tipo: required TipoModalita,
        /// Provider that it leads to.
        fornitore: optional Line<60>,
        /// Which of the provider's addresses; `servizio` by default.
        azione: optional Line<60>,
        /// What the provider asks for.
        variabili: optional Mappa<Line<500>>,
        /// Literal address.
        url: optional WebUrl,
        /// Why the address is literal.
        motivo_url: optional Line,
        /// Text of the button.
        etichetta: optional Line<80>,
        /// Short explanation.
        testo: optional Line,
    }
}

record! {
    /// Payment, as written.
    pub struct Pagamento {
        /// Whether one pays.
        previsto: required PagamentoPrevisto,
        /// When.
        quando: optional Line,
        /// Items.
        costi: list Costo,
        /// Ways.
        modalita: list Modalita,
    }
}

record! {
    /// An interval of time.
    pub struct Intervallo {
        /// How many.
        numero: required u32,
        /// Of what.
        unita: required UnitaTempo,
    }
}

record! {
    /// One step of the procedure.
    pub struct Fase {
        /// Name.
        titolo: required Line,
        /// On a date.
        data: optional Date,
        /// Days from the start.
        giorni: optional u32,
        /// Or another interval.
        intervallo: optional Intervallo,
        /// Explanation.
        descrizione: optional Line,
    }
}

record! {
    /// When applications are open.
    pub struct Periodo {
        /// First day.
        dal: required Date,
        /// Last day.
        al: required Date,
    }
}

impl Periodo {
    /// What people read of it on that day.
    pub fn stato(&self, now: Date) -> &'static str {
        match (now < self.dal.value, self.al.value < now) {
            (true, _) => "Domande non ancora aperte",
            (_, true) => "Domande chiuse",
            _ => "Domande aperte",
        }
    }
}

record! {
    /// The conditions of service: one of a file, an address, a text, a document of the site.
    pub struct Condizioni {
        /// File.
        file: optional MediaPath,
        /// Address.
        url: optional WebUrl,
        /// Text.
        testo: optional Prose,
        /// Document.
        documento: optional Slug<target::Documento>,
    }
}

impl Spanned<Condizioni> {
    /// Exactly one of its fields is written.
    pub fn check(&self, cx: &mut Cx<'_>) {
        let given = [self.file.is_some(), self.url.is_some(), self.testo.is_some(), self.documento.is_some()];
        if given.into_iter().filter(|g| *g).count() != 1 {
            cx.out.push(
                Diagnostic::new(
                    Code::FieldConditional,
                    text!(
                        "`condizioni_di_servizio` vuole una sola fra file, url, testo e documento",
                        "`condizioni_di_servizio` wants exactly one of file, url, testo and documento"
                    ),
                )
                .at(self.span)
                .hint(text!("per esempio {{testo: \"…\"}}", "for example {{testo: \"…\"}}")),
            );
        }
    }
}

record! {
    /// A link to another site.
    pub struct LinkEsterno {
        /// Its text.
        testo: required Line,
        /// Its address.
        url: required WebUrl,
    }
}

record! {
    /// A service sheet, as written.
    pub struct Servizio {
        /// Main category: address and breadcrumb.
        categoria: required Term<voc::CategoriaServizio>,
        /// Also listed there.
        altre_categorie: list Term<voc::CategoriaServizio>,
        /// Whether it can be used.
        stato: optional Stato,
        /// Why not.
        motivo_stato: optional Prose,
        /// Under the title.
        sottotitolo: optional Line,
        /// Who it is for.
        a_chi_e_rivolto: required Prose,
        /// Who may apply.
        chi_puo_presentare: optional Prose,
        /// Where it holds; default the Comune.
        copertura_geografica: optional Line,
        /// Description.
        descrizione_estesa: optional Prose,
        /// How to.
        come_fare: required Prose,
        /// What is needed.
        cosa_serve: required Prose,
        /// What is needed, item by item.
        cosa_serve_elenco: list Prose,
        /// Forms.
        modulistica: list Slug<target::Documento>,
        /// What one gets.
        cosa_si_ottiene: required Prose,
        /// Kinds of outcome.
        tipo_esito: list Term<voc::TipoEsito>,
        /// What follows from the outcome.
        procedure_collegate_esito: optional Prose,
        /// Times.
        tempi_e_scadenze: optional Prose,
        /// Longest time for an answer, days.
        giorni_massimi: optional u32,
        /// Average time, days.
        giorni_medi: optional u32,
        /// Steps.
        fasi: list Fase,
        /// When applications are open.
        periodo: optional Periodo,
        /// Costs, text.
        costi: optional Prose,
        /// The procedure behind the service.
        procedimento: optional Procedimento,
        /// Payment.
        pagamento: optional Pagamento,
        /// Constraints.
        vincoli: optional Prose,
        /// Special cases.
        casi_particolari: optional Prose,
        /// Channels.
        accesso: list Accesso,
        /// More.
        ulteriori_informazioni: optional Prose,
        /// Documents.
        documenti: list Slug<target::Documento>,
        /// Links.
        link_esterni: list LinkEsterno,
        /// Questions.
        faq: list Slug<target::Domanda>,
        /// Conditions of service; those of the whole site if absent.
        condizioni_di_servizio: optional Condizioni,
        /// Office in charge.
        unita_responsabile: required Slug<target::Unita>,
        /// Area of that office, when not the one that contains it.
        area: optional Slug<target::Unita>,
        /// Contacts; default those of the office.
        punti_contatto: list Contatto,
        /// Life events of people.
        eventi_vita_persone: list Term<voc::EventoVitaPersone>,
        /// Life events of companies.
        eventi_vita_impresa: list Term<voc::EventoVitaImpresa>,
        /// Related services.
        servizi_collegati: list Slug<target::Servizio>,
        /// Services needed before.
        servizi_richiesti: list Slug<target::Servizio>,
        /// Flow type.
        archetipo: optional Term<voc::Archetipo>,
        /// Identifier.
        identificativo: optional Line,
        /// IPA code of the body that delivers it.
        codice_ipa: optional Ipa,
        /// NACE sector.
        settore_merceologico: optional Nace,
        /// Sheet of the shared catalogue from which missing fields are taken.
        catalogo: optional Line<100>,
    }
}

impl Servizio {
    /// Whether it can be used.
    pub fn stato(&self) -> Stato {
        self.stato.as_ref().map_or(Stato::Attivo, |s| s.value)
    }

    /// Rules across fields (content model 5, online services 10).
    pub fn check(&self, start: Span, cx: &mut Cx<'_>) {
        if self.stato() != Stato::Attivo && self.motivo_stato.is_none() {
            let at = self.stato.as_ref().map_or(start, |s| s.span);
            cx.out.push(conditional(
                "motivo_stato",
                "il servizio non è attivo",
                "the service is not active",
                at,
            ));
        }
        if self.tempi_e_scadenze.is_none() && self.giorni_massimi.is_none() && self.fasi.is_empty() {
            cx.out.push(conditional(
                "tempi_e_scadenze",
                "serve almeno uno fra «## Tempi e scadenze», `giorni_massimi` e `fasi`",
                "at least one of “## Tempi e scadenze”, `giorni_massimi` and `fasi` is needed",
                start,
            ));
        }
        if let Some(periodo) = &self.periodo {
            super::common::check_order(Some(&periodo.dal), Some(&periodo.al), "dal", "al", cx);
        }
        self.check_payment(cx);
        self.check_access(cx);
        self.condizioni_di_servizio.iter().for_each(|c| c.check(cx));
    }

    fn check_payment(&self, cx: &mut Cx<'_>) {
        let Some(pagamento) = &self.pagamento else { return };
        for costo in &pagamento.costi {
            if costo.importo.is_none() && costo.importo_testo.is_none() {
                cx.out.push(conditional(
                    "importo",
                    "ogni costo ha `importo` o `importo_testo`",
                    "every cost has `importo` or `importo_testo`",
                    costo.span,
                ));
            }
        }
        if pagamento.previsto.value != PagamentoPrevisto::No
            && pagamento.costi.is_empty()
            && self.costi.is_none()
        {
            cx.out.push(
                Diagnostic::new(
                    Code::PaymentCosts,
                    text!(
                        "il servizio si paga ma la scheda non dice quanto",
                        "the service is paid for but the sheet does not say how much"
                    ),
                )
                .at(pagamento.previsto.span)
                .hint(text!(
                    "aggiungi `pagamento.costi` o la sezione `## Quanto costa`",
                    "add `pagamento.costi` or the `## Quanto costa` section"
                )),
            );
        }
        for modalita in &pagamento.modalita {
            check_reason(modalita.url.as_ref().map(|u| u.span), modalita.motivo_url.is_some(), cx);
        }
    }

    fn check_access(&self, cx: &mut Cx<'_>) {
        for accesso in &self.accesso {
            check_reason(accesso.url.as_ref().map(|u| u.span), accesso.motivo_url.is_some(), cx);
        }
        let misplaced = |a: &&Spanned<Accesso>| {
            !matches!(a.canale.value, Canale::Online | Canale::Appuntamento)
                && a.principale.as_ref().is_some_and(|p| p.value)
        };
        for access in self.accesso.iter().filter(misplaced) {
            let at = access.principale.as_ref().map_or(access.span, |p| p.span);
            cx.out.push(
                Diagnostic::new(
                    Code::AccessPrincipal,
                    text!(
                        "solo un canale online o un appuntamento può essere principale",
                        "only an online channel or an appointment can be principal"
                    ),
                )
                .at(at)
                .hint(text!("togli `principale: true`", "remove `principale: true`")),
            );
        }
        let placed = self.accesso.iter().filter(|a| !misplaced(a));
        let principals = placed.filter_map(|a| a.principale.as_ref().filter(|p| p.value));
        for extra in principals.skip(1) {
            cx.out.push(
                Diagnostic::new(
                    Code::AccessPrincipal,
                    text!("un altro canale è già principale", "another channel is already principal"),
                )
                .at(extra.span)
                .hint(text!("lascia `principale: true` a uno solo", "keep `principale: true` on one only")),
            );
        }
    }
}

fn check_reason(url: Option<Span>, reason: bool, cx: &mut Cx<'_>) {
    if let (Some(at), false) = (url, reason) {
        cx.out.push(
            Diagnostic::new(
                Code::AccessReason,
                text!("l'indirizzo scritto a mano non dice perché", "the literal address gives no reason"),
            )
            .at(at)
            .hint(text!("aggiungi `motivo_url: …`", "add `motivo_url: …`")),
        );
    }
}

/// A field that other fields make necessary; `it` and `en` say why.
pub fn conditional(name: &str, it: &str, en: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::FieldConditional,
        Text { it: format!("manca `{name}`: {it}"), en: format!("`{name}` is missing: {en}") },
    )
    .at(at)
    .hint(text!("aggiungi `{name}`", "add `{name}`"))
}
