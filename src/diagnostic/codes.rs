//! The table of diagnostic codes: for each its severity, what it means, an example and the cure.
//!
//! Codes are stable: editors' notes and tests may quote them. `ACC`, `PAG` and `COD` codes follow the
//! list of lints of the online-services specification.

use super::Severity;

/// What `campanile explain` prints about a code.
#[derive(Debug, Clone, Copy)]
pub struct Explanation {
    /// Short title, Italian.
    pub title_it: &'static str,
    /// Short title, English.
    pub title_en: &'static str,
    /// Why it matters and what to do, Italian.
    pub cure_it: &'static str,
    /// Why it matters and what to do, English.
    pub cure_en: &'static str,
    /// A faulty fragment.
    pub example: &'static str,
}

macro_rules! codes {
    ($( $variant:ident $code:literal $severity:ident
        { $title_it:literal, $title_en:literal, $cure_it:literal, $cure_en:literal, $example:literal } )*) => {
        /// Every kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Code { $( $variant ),* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[ $( Code::$variant ),* ];

            /// The stable name, for example `CAM-01`.
            pub fn name(self) -> &'static str {
                match self { $( Code::$variant => $code ),* }
            }

            /// The usual severity.
            pub fn severity(self) -> Severity {
                match self { $( Code::$variant => Severity::$severity ),* }
            }

            /// Meaning, example and cure.
            pub fn explanation(self) -> Explanation {
                match self { $( Code::$variant => Explanation {
                    title_it: $title_it, title_en: $title_en, cure_it: $cure_it, cure_en: $cure_en, example: $example,
                } ),* }
            }

            /// The code of that name, upper or lower case.
            pub fn from_name(name: &str) -> Option<Code> {
                Self::ALL.iter().copied().find(|c| c.name().eq_ignore_ascii_case(name))
            }
        }
    };
}

codes! {
    FileUnreadable "FIL-01" Error {
        "File non leggibile", "Unreadable file",
        "Il file non si può leggere o è troppo grande (oltre 5 MB di testo). Controlla i permessi; dividi il contenuto in più file.",
        "The file cannot be read or is larger than 5 MB of text. Check permissions; split the content.",
        "servizi/enorme.md (12 MB)" }
    FileNotUtf8 "FIL-02" Error {
        "Il testo non è in UTF-8", "Text is not UTF-8",
        "I file di testo devono essere salvati in UTF-8. Nell'editor scegli «Salva con codifica… UTF-8». Non correggere a mano le lettere accentate: si perderebbero.",
        "Text files must be saved as UTF-8. In your editor choose “Save with encoding… UTF-8”.",
        "un file salvato in Latin-1 o UTF-16" }
    FileNotRegular "FIL-03" Warning {
        "Collegamento o file speciale ignorato", "Link or special file ignored",
        "I collegamenti simbolici e i file speciali non vengono seguiti, perché potrebbero portare fuori dalla cartella del sito. Copia il file al posto del collegamento.",
        "Symbolic links and special files are not followed: they could lead out of the site's folder. Copy the file instead.",
        "media/foto.jpg -> /home/…" }
    FileMisplaced "FIL-04" Warning {
        "File in un posto inatteso", "Unexpected file",
        "Le cartelle dei contenuti contengono file `.md` il cui nome è lo slug (lettere minuscole senza accenti, cifre, trattini). Altri file non vengono pubblicati: le immagini e gli allegati vanno in `media/`.",
        "Content folders hold `.md` files whose name is the slug. Other files are not published: pictures and attachments go in `media/`.",
        "servizi/foto.png" }
    FileSlug "FIL-05" Error {
        "Nome di file non valido come slug", "File name is not a valid slug",
        "Il nome del file diventa l'indirizzo della pagina: usa solo lettere minuscole senza accenti, cifre e trattini, al massimo 100 caratteri, senza «http» né «www».",
        "The file name becomes the page address: use only lower-case ASCII letters, digits and hyphens, at most 100 characters, without “http” nor “www”.",
        "servizi/Carta d'Identità.md" }
    FileLanguage "FIL-06" Error {
        "Lingua non attiva nel sito", "Language not active on the site",
        "Il file è una traduzione, ma la lingua non è fra le `lingue` di comune.yaml.",
        "The file is a translation, but its language is not among the `lingue` of comune.yaml.",
        "servizi/carta.de.md con lingue: [it]" }
    FileFault "FIL-07" Error {
        "Difetto di Campanile", "Fault of Campanile",
        "Il programma non riesce a leggere questo file: è un difetto suo, non tuo. Manda il file a chi lo sviluppa; intanto toglilo dalla cartella: il sito pubblicato è rimasto com'era.",
        "The program cannot read this file: the fault is its own, not yours. Send the file to its developers; meanwhile take it out of the folder: the published site was left as it was.",
        "un file che fa fermare il programma" }
    FileSlow "FIL-08" Error {
        "File troppo lungo da leggere", "File takes too long to read",
        "Leggere un contenuto non deve richiedere più di due secondi di calcolo. Dividilo in più file, oppure alza tutti i limiti con --limits.",
        "Reading a content must not take more than two seconds of computing. Split it into several files, or raise all bounds with --limits.",
        "servizi/elenco-completo.md con centomila righe" }
    YamlSyntax "YML-01" Error {
        "Errore di scrittura nel blocco YAML", "YAML syntax error",
        "Il blocco fra le righe `---` non è YAML valido. Controlla rientri (spazi, mai tabulazioni), due punti seguiti da uno spazio, virgolette chiuse.",
        "The block between the `---` lines is not valid YAML. Check indentation (spaces, never tabs), a space after colons, closed quotes.",
        "titolo: \"Carta" }
    YamlDuplicateKey "YML-02" Error {
        "Campo scritto due volte", "Field written twice",
        "Ogni campo può comparire una volta sola: togli la ripetizione.",
        "Each field may appear only once: remove the repetition.",
        "titolo: A\ntitolo: B" }
    YamlTooBig "YML-03" Error {
        "Blocco YAML troppo grande o troppo annidato", "YAML block too big or too deep",
        "Il blocco supera i limiti di sicurezza (profondità 32, 100 000 elementi). Semplificalo.",
        "The block exceeds the safety limits (depth 32, 100,000 nodes). Simplify it.",
        "[[[[[[…]]]]]]" }
    FrontMatter "YML-04" Error {
        "Blocco iniziale mancante o non chiuso", "Front matter missing or not closed",
        "Ogni contenuto comincia con una riga `---`, i campi, e un'altra riga `---`; poi il testo.",
        "Every content begins with a `---` line, the fields and another `---` line; then the text.",
        "---\ntitolo: Carta" }
    YamlUnsupported "YML-05" Error {
        "Costrutto YAML non ammesso", "YAML construct not allowed",
        "Etichette (`!!…`), più documenti nello stesso blocco e chiavi composte non servono nei contenuti: toglili.",
        "Tags (`!!…`), several documents in one block and complex keys are not needed in content: remove them.",
        "titolo: !!python/object x" }
    FieldUnknown "CAM-01" Error {
        "Campo sconosciuto", "Unknown field",
        "Il campo non esiste per questo tipo di contenuto. Controlla come è scritto: il messaggio propone il nome più vicino.",
        "The field does not exist for this content type. Check the spelling: the message offers the nearest name.",
        "titlo: Carta d'identità" }
    FieldMissing "CAM-02" Error {
        "Campo obbligatorio mancante", "Missing mandatory field",
        "Il Modello Comuni chiede questo campo: aggiungilo nel blocco iniziale o, per i testi lunghi, come sezione `## …` del testo.",
        "The Modello Comuni requires this field: add it to the front matter or, for long texts, as a `## …` section of the body.",
        "un servizio senza `unita_responsabile`" }
    FieldType "CAM-03" Error {
        "Valore di tipo sbagliato", "Wrong type of value",
        "Il campo vuole un altro tipo di valore (testo, data, numero, elenco…): il messaggio dice quale.",
        "The field wants another type of value (text, date, number, list…): the message says which.",
        "giorni_massimi: trenta" }
    FieldEmpty "CAM-04" Error {
        "Campo vuoto", "Empty field",
        "Il campo è presente ma vuoto: scrivi il valore oppure togli la riga.",
        "The field is present but empty: write the value or remove the line.",
        "titolo:" }
    FieldDate "CAM-05" Error {
        "Data non valida", "Invalid date",
        "Le date si scrivono anno-mese-giorno, per esempio 2026-09-14, e devono esistere nel calendario.",
        "Dates are written year-month-day, for example 2026-09-14, and must exist in the calendar.",
        "data_pubblicazione: 14/09/2026" }
    FieldLong "CAM-06" Error {
        "Testo troppo lungo", "Text too long",
        "Il testo supera il limite del campo: accorcialo.",
        "The text exceeds the limit of the field: shorten it.",
        "descrizione_breve: (più di 255 caratteri)" }
    FieldLongish "CAM-07" Warning {
        "Testo più lungo del consigliato", "Text longer than recommended",
        "Il Modello Comuni consiglia titoli fino a 60 caratteri e descrizioni brevi fino a 160: oltre, le schede diventano difficili da leggere.",
        "The Modello Comuni recommends titles up to 60 and short descriptions up to 160 characters.",
        "titolo: (75 caratteri)" }
    FieldCharacters "CAM-08" Error {
        "Carattere non ammesso", "Character not allowed",
        "Il testo contiene caratteri di controllo o di direzione invisibili, che possono nascondere altro testo: cancellali e riscrivi la parola.",
        "The text contains invisible control or direction characters that can hide other text: delete them and retype the word.",
        "titolo con U+202E" }
    FieldInvisible "CAM-09" Warning {
        "Carattere invisibile tolto", "Invisible character removed",
        "Il testo conteneva uno spazio a larghezza zero, spesso portato da un copia-incolla: è stato tolto.",
        "The text contained a zero-width space, often brought by copy and paste: it was removed.",
        "titolo con U+200B" }
    FieldTwice "CAM-10" Error {
        "Testo scritto in due posti", "Text written in two places",
        "Lo stesso testo è sia un campo del blocco iniziale sia una sezione `## …`: tienine uno solo.",
        "The same text is both a front-matter field and a `## …` section: keep only one.",
        "come_fare: … e ## Come fare" }
    FieldValue "CAM-11" Error {
        "Valore non ammesso", "Value not allowed",
        "Il campo accetta solo alcuni valori o un formato preciso: il messaggio li elenca.",
        "The field accepts only some values or a precise format: the message lists them.",
        "stato: aperto" }
    FieldConditional "CAM-12" Error {
        "Manca un campo richiesto da un altro", "A field required by another one is missing",
        "Alcuni campi ne richiedono altri: per esempio un servizio non attivo deve dire perché (`motivo_stato`).",
        "Some fields require others: for example an inactive service must say why (`motivo_stato`).",
        "stato: non-attivo senza motivo_stato" }
    FieldOrder "CAM-13" Error {
        "Date o numeri in ordine sbagliato", "Dates or numbers in the wrong order",
        "La fine viene prima dell'inizio: correggi una delle due.",
        "The end comes before the beginning: correct one of them.",
        "data_inizio: 2026-05-01, data_fine: 2026-04-01" }
    FieldDuplicate "CAM-14" Error {
        "Identificativo usato due volte", "Identifier used twice",
        "L'identificativo distingue un contenuto da tutti gli altri del suo tipo: due contenuti non possono avere lo stesso.",
        "The identifier tells a content from all others of its type: two contents cannot share one.",
        "identificativo: \"REG-01\" in due documenti" }
    PersonReserved "PER-01" Error {
        "Dati che si pubblicano solo dei politici", "Data published of politicians only",
        "Biografia, situazione patrimoniale, redditi e spese elettorali si pubblicano solo di chi ha un incarico politico (art. 14 del D.Lgs. 33/2013; Corte costituzionale, sentenza 20/2019). Per gli altri sono dati personali: togli il campo.",
        "Life, property, income and electoral expenses are published only of who holds a political office (art. 14 D.Lgs. 33/2013; Constitutional Court, judgment 20/2019). Of others they are personal data: remove the field.",
        "dichiarazione_redditi di un impiegato" }
    PersonDuty "PER-02" Warning {
        "Mancano dati obbligatori di un politico", "Mandatory data of a politician are missing",
        "Di chi ha un incarico politico la legge chiede atto di nomina, curriculum, compensi, importi di viaggi e missioni, altre cariche e, nei Comuni da 15 000 abitanti in su, situazione patrimoniale e redditi (art. 14 del D.Lgs. 33/2013, delibera ANAC 241/2017). Aggiungi i campi indicati; se non c'è nulla da dichiarare scrivilo con una frase. Un Comune più piccolo scrive `abitanti` in `ente` e non riceve più l'avviso su patrimonio e redditi.",
        "Of who holds a political office the law asks for act of appointment, curriculum, pay, travel expenses, other offices and, in Comuni of 15,000 inhabitants or more, property and income (art. 14 D.Lgs. 33/2013, ANAC resolution 241/2017). Add the fields named; where there is nothing to declare say so in a sentence. A smaller Comune writes `abitanti` in `ente` and is not asked for property and income any more.",
        "un assessore senza `curriculum`" }
    VocabularyUnknown "VOC-01" Error {
        "Voce non presente nel vocabolario", "Term not in the vocabulary",
        "Categorie, argomenti e tipi vengono da elenchi controllati nazionali: usa uno degli slug proposti.",
        "Categories, topics and kinds come from national controlled lists: use one of the suggested slugs.",
        "categoria: anagrafe-e-stato-civle" }
    ReferenceUnknown "REL-01" Error {
        "Riferimento a un contenuto che non c'è", "Reference to a missing content",
        "Il campo nomina un contenuto che non esiste o non è pubblicato alla data della costruzione. Controlla il nome del file (lo slug) nella cartella indicata.",
        "The field names a content that does not exist or is not published at the build date. Check the file name (slug) in the folder named.",
        "unita_responsabile: ufficio-anagrfe" }
    ReferenceSelf "REL-02" Error {
        "Un contenuto rimanda a sé stesso", "A content refers to itself",
        "Un contenuto non può essere genitore o collegato di sé stesso, nemmeno attraverso altri.",
        "A content cannot be its own parent or relation, not even through others.",
        "unita_genitore: sé stessa" }
    MarkdownHtml "TES-01" Warning {
        "HTML nel testo mostrato come testo", "HTML in the text shown as text",
        "Nei contenuti l'HTML non viene interpretato: il cittadino vedrebbe i segni «<…>». Usa il Markdown.",
        "HTML in content is not interpreted: citizens would see the “<…>” marks. Use Markdown.",
        "Testo <b>importante</b>" }
    MarkdownLink "TES-02" Error {
        "Collegamento non ammesso", "Link not allowed",
        "Nei testi sono ammessi collegamenti https, mailto, tel e a file del sito (per esempio ../unita/ufficio-anagrafe.md).",
        "Texts may link to https, mailto, tel and files of the site (for example ../unita/ufficio-anagrafe.md).",
        "[clicca](javascript:alert(1))" }
    MarkdownLinkHttp "TES-03" Warning {
        "Collegamento senza https", "Link without https",
        "Il collegamento usa http, che si può intercettare: controlla se il sito risponde in https e usa quello.",
        "The link uses http, which can be intercepted: check whether the site answers on https and use that.",
        "[sito](http://example.it)" }
    MarkdownSection "TES-04" Error {
        "Titolo di sezione non previsto", "Unexpected section heading",
        "Le sezioni `##` di questo tipo di contenuto hanno titoli ufficiali, che il cittadino ritrova uguali in ogni Comune. Per un sottotitolo libero usa `###`.",
        "The `##` sections of this content type have official headings, the same in every Comune. For a free sub-heading use `###`.",
        "## Come funziona" }
    MarkdownImageAlt "TES-05" Error {
        "Immagine senza testo alternativo", "Picture without alternative text",
        "Chi usa un lettore di schermo ha bisogno di una descrizione: scrivila fra le parentesi quadre.",
        "People who use a screen reader need a description: write it between the square brackets.",
        "![](../media/lago.jpg)" }
    MarkdownNesting "TES-06" Error {
        "Testo troppo annidato", "Text too deeply nested",
        "Elenchi e citazioni possono stare uno dentro l'altro al massimo 100 volte.",
        "Lists and quotations may be nested at most 100 times.",
        ">>>>>>…" }
    MarkdownHeadingOrder "TES-07" Error {
        "Livelli dei titoli saltati", "Heading levels skipped",
        "I titoli scendono un livello alla volta (`##`, poi `###`): chi usa un lettore di schermo li usa come indice.",
        "Headings go down one level at a time (`##`, then `###`): screen-reader users navigate by them.",
        "## Uno\n#### Due" }
    MediaMissing "MED-01" Error {
        "File multimediale mancante", "Media file missing",
        "Il file indicato non c'è in `media/`. Controlla il nome, maiuscole comprese.",
        "The named file is not in `media/`. Check the name, letter case included.",
        "immagine: {file: media/lago.jpeg, …}" }
    MediaType "MED-02" Error {
        "Tipo di file non ammesso", "File type not allowed",
        "In `media/` sono ammessi immagini (svg, png, jpg, webp, gif) e documenti (pdf, odt, ods, docx, xlsx, csv, zip, txt, xml, json, rtf, p7m…).",
        "`media/` may hold pictures (svg, png, jpg, webp, gif) and documents (pdf, odt, ods, docx, xlsx, csv, zip, txt, xml, json, rtf, p7m…).",
        "media/programma.exe" }
    MediaSvg "MED-03" Error {
        "Immagine SVG non sicura", "Unsafe SVG picture",
        "Il file SVG contiene script o richiami esterni, che un'immagine non deve avere. Esportalo di nuovo come «SVG semplice».",
        "The SVG file contains scripts or external references, which a picture must not have. Export it again as “plain SVG”.",
        "<svg><script>…" }
    MediaBroken "MED-04" Error {
        "Immagine illeggibile", "Unreadable picture",
        "Il file dell'immagine è rovinato o incompleto, per esempio perché la copia si è interrotta. Aprila con un programma di grafica e salvala di nuovo, oppure copiala di nuovo.",
        "The picture's file is damaged or cut off, for instance because copying it was interrupted. Open it in a graphics program and save it again, or copy it again.",
        "foto.jpg copiata a metà" }
    MediaPath "MED-05" Error {
        "Percorso non ammesso", "Path not allowed",
        "I percorsi dei file restano dentro il sito: niente `..` che escono, barre iniziali, `\\` o nomi riservati.",
        "File paths stay inside the site: no `..` that leave it, leading slashes, `\\` or reserved names.",
        "file: ../../etc/passwd" }
    MediaName "MED-06" Error {
        "Estensione sbagliata", "Wrong extension",
        "L'estensione del nome non corrisponde a ciò che il file contiene: molti programmi non lo aprirebbero. Rinominare non basta sempre: apri il file con il suo programma e salvalo nel formato giusto.",
        "The extension of the name does not match what the file holds: many programs would not open it. Renaming is not always enough: open the file with its own program and save it in the right format.",
        "foto.png che in realtà è un PDF" }
    MediaPixels "MED-07" Error {
        "Immagine troppo grande", "Picture too large",
        "L'immagine ha più di 50 milioni di punti: aprirla occuperebbe troppa memoria. Riducila; per il web bastano 2000 punti di larghezza.",
        "The picture has more than 50 million pixels: opening it would take too much memory. Reduce it; for the web 2000 pixels of width are enough.",
        "foto.png di 20000 × 20000 punti" }
    PdfAccessibility "MED-08" Warning {
        "PDF non accessibile", "PDF not accessible",
        "Chi usa un lettore di schermo ha bisogno di tag (titoli, paragrafi, elenchi e ordine di lettura), titolo e lingua. Esporta di nuovo il documento come PDF accessibile: in LibreOffice scegli «PDF/UA», in Word «Tag di struttura del documento per l'accessibilità». Una scansione va sostituita con il documento originale.",
        "People who use a screen reader need tags (headings, paragraphs, lists and reading order), a title and a language. Export the document again as an accessible PDF: in LibreOffice choose “PDF/UA”, in Word “Document structure tags for accessibility”. A scan must be replaced by the original document.",
        "un PDF scansionato" }
    PdfUnreadable "MED-09" Warning {
        "PDF che non si apre", "PDF that does not open",
        "Il PDF è protetto da una password o è rovinato: il cittadino non può leggerlo. Esportalo di nuovo, senza protezioni.",
        "The PDF is protected by a password or damaged: citizens cannot read it. Export it again, without protection.",
        "un PDF protetto da password" }
    AccessEmpty "ACC-01" Error {
        "Canale online senza indirizzo", "Online channel without address",
        "Un canale online deve portare dentro il servizio: indica il `fornitore` del portale e le `variabili` che chiede, oppure `url` e `motivo_url`.",
        "An online channel must lead into the service: give the portal's `fornitore` and the `variabili` it asks for, or `url` and `motivo_url`.",
        "accesso: [{canale: online}]" }
    AccessUrl "ACC-02" Error {
        "Indirizzo di accesso o pagamento non valido", "Invalid access or payment address",
        "Gli indirizzi di accesso e pagamento devono essere https, senza utente, porta o frammento. Se vengono da un fornitore, il servizio deve dare tutte e sole le variabili che il fornitore chiede, del tipo giusto.",
        "Access and payment addresses must be https, without user, port or fragment. When they come from a provider, the service must give exactly the variables that the provider asks for, of the right type.",
        "accesso: [{canale: online, fornitore: opencity}] senza variabili: {slug: …}" }
    AccessGeneral "ACC-03" Warning {
        "Il pulsante porta all'area personale", "The button leads to the personal area",
        "Chi entra da una scheda deve trovarsi, dopo l'accesso, dentro quel servizio (criterio C.SE.1.1): usa l'indirizzo del servizio, non quello dell'area personale.",
        "Whoever enters from a sheet must be, after the login, inside that service (criterion C.SE.1.1): use the service's address, not that of the personal area.",
        "{canale: online, fornitore: opencity, azione: area}" }
    AccessShared "ACC-04" Warning {
        "Due servizi con lo stesso indirizzo", "Two services with the same address",
        "Due servizi diversi portano allo stesso indirizzo: di solito una delle due schede è stata copiata e le variabili sono rimaste quelle dell'altra.",
        "Two different services lead to the same address: usually one sheet was copied and kept the other's variables.",
        "variabili: {slug: tari} in due schede" }
    AccessForeign "ACC-05" Hint {
        "Servizi online fuori dal dominio del Comune", "Online services outside the Comune's domain",
        "Il criterio C.SE.5.2 chiede che i servizi online stiano su servizi.DOMINIO, o almeno sotto il dominio istituzionale.",
        "Criterion C.SE.5.2 wants online services on servizi.DOMAIN, or at least below the institutional domain.",
        "https://sportello.fornitore.example.it/…" }
    AccessEidas "ACC-06" Warning {
        "Identità europee non accettate", "European identities not accepted",
        "Chi accetta SPID o CIE deve accettare anche le identità digitali degli altri Paesi europei (nodo eIDAS): chiedi al fornitore di attivarle.",
        "Who accepts SPID or CIE must also accept the digital identities of other European countries (eIDAS node): ask the provider to enable them.",
        "identita: {spid: 2, cie: 2, eidas: false}" }
    AccessKnown "ACC-08" Warning {
        "Indirizzo di un fornitore scritto a mano", "Address of a provider written by hand",
        "L'indirizzo è uno di quelli che il fornitore costruisce: usa `fornitore` e `variabili`, così se il portale cambia si corregge in un posto solo.",
        "The address is one that the provider makes: use `fornitore` and `variabili`, so that a change of the portal is corrected in one place.",
        "url: https://servizi.comune.esempio.tn.it/lang/it/servizi/tari/access" }
    AccessHost "ACC-09" Error {
        "Indirizzo fuori dai siti ammessi", "Address outside the allowed hosts",
        "Per proteggere i cittadini, l'indirizzo deve stare sotto il dominio istituzionale del Comune o in `host_ammessi` di comune.yaml.",
        "To protect citizens the address must lie below the Comune's institutional domain or be listed in `host_ammessi` of comune.yaml.",
        "url: https://checkout.pagopa.it.evil.example/" }
    AccessReason "ACC-10" Error {
        "Indirizzo scritto a mano senza motivo", "Literal address without a reason",
        "Un indirizzo scritto per esteso deve dire perché (`motivo_url`), così chi verrà dopo sa se è ancora giusto.",
        "A literal address must say why (`motivo_url`), so that whoever comes next knows whether it still holds.",
        "url: https://… senza motivo_url" }
    AccessPrincipal "ACC-11" Error {
        "Più di un accesso principale", "More than one principal access",
        "Un solo canale può essere `principale: true`: è il pulsante sotto il titolo.",
        "Only one channel may be `principale: true`: it is the button under the title.",
        "due canali con principale: true" }
    AccessUnused "ACC-12" Error {
        "Indirizzo di troppo", "Address too many",
        "Un canale ha un solo indirizzo: o un `fornitore` o un `url`. I canali sportello, email, pec, telefono e posta non ne hanno: usano i contatti dell'ufficio o `valore`.",
        "A channel has one address: either a `fornitore` or a `url`. Channels sportello, email, pec, telefono and posta have none: they use the office's contacts or `valore`.",
        "{canale: telefono, url: \"https://…\"}" }
    ProviderTemplate "FOR-01" Error {
        "Indirizzo di un fornitore non valido", "Invalid address of a provider",
        "Negli indirizzi di un fornitore: `{nome}` inserisce una variabile dichiarata fra `costanti`, `richieste` o `facoltative` (o un codice dell'ente); `{+nome}` solo all'inizio e solo per una costante; il nome del sito non dipende mai dal servizio; una variabile facoltativa sta solo in `chiave={nome}` dopo il `?`; niente dati personali; il risultato è https.",
        "In the addresses of a provider: `{nome}` inserts a variable declared among `costanti`, `richieste` or `facoltative` (or a code of the body); `{+nome}` only at the start and only for a constant; the host never depends on the service; an optional variable only stands in `key={nome}` after the `?`; no personal data; the result is https.",
        "url: {servizio: \"https://{slug}.example.it/\"}" }
    ProviderDefinition "FOR-02" Error {
        "Definizione di fornitore non ammessa", "Provider definition not allowed",
        "Un fornitore nuovo ha almeno `genere` e `url`, oppure parte da un `modello` pronto. Di un fornitore ereditato si possono cambiare costanti, identità, stato, nome, gestore ed etichette, non il genere né le variabili: per quello va sostituito per intero, con `url`.",
        "A new provider has at least `genere` and `url`, or starts from a ready-made `modello`. Of an inherited one you may change constants, identities, state, name, operator and labels, not its kind nor its variables: for that replace it as a whole, with `url`.",
        "fornitori: {area_personale: {richieste: {slug: testo}}}" }
    ProviderUnknown "FOR-03" Error {
        "Fornitore sconosciuto o non adatto", "Provider unknown or unfit",
        "Il nome deve essere quello di un fornitore pronto o definito sotto `fornitori` in comune.yaml o consorzio.yaml, del genere giusto per il canale (servizi, pagamenti, prenotazioni, segnalazioni, assistenza, app) e con l'azione richiesta.",
        "The name must be that of a ready-made provider or of one defined under `fornitori` in comune.yaml or consorzio.yaml, of the right kind for the channel (servizi, pagamenti, prenotazioni, segnalazioni, assistenza, app) and with the action asked for.",
        "fornitore: opencty" }
    ProviderState "ACC-07" Error {
        "Fornitore che non funziona", "Provider out of service",
        "Il servizio è attivo ma il suo portale è dismesso (errore) o in manutenzione (avviso): indica un altro fornitore o segna il servizio come non attivo.",
        "The service is active but its portal is no longer in service (error) or under maintenance (warning): name another provider or mark the service as not active.",
        "fornitori: {opencity: {stato: dismesso}}" }
    AppIoService "IO-01" Warning {
        "Identificativo di app IO dubbio", "Doubtful App IO identifier",
        "L'identificativo di un servizio in IO è un ULID: 26 fra cifre e lettere maiuscole. Ricopialo dal Back-office di IO.",
        "The identifier of a service in IO is a ULID: 26 digits and upper-case letters. Copy it from the IO back office.",
        "variabili: {service_id: \"01G40\"}" }
    PaymentCosts "PAG-01" Error {
        "Pagamento senza costi", "Payment without costs",
        "Se il servizio si paga, la scheda deve dire quanto: aggiungi `pagamento.costi` o la sezione `## Quanto costa` (criterio C.SI.1.3).",
        "If the service is paid for, the sheet must say how much: add `pagamento.costi` or the `## Quanto costa` section (criterion C.SI.1.3).",
        "pagamento: {previsto: true}" }
    PaymentAmount "PAG-02" Error {
        "Importo non valido", "Invalid amount",
        "Gli importi si scrivono fra virgolette con la virgola, per esempio \"16,79\".",
        "Amounts are quoted and written with a comma, for example \"16,79\".",
        "importo: 16.79" }
    PaymentName "PAG-03" Warning {
        "Nome pagoPA usato male", "Name pagoPA misused",
        "Il nome si scrive «pagoPA» e su un pulsante vale solo se si apre la pagina nazionale dei pagamenti; altrove si scrive «Vai al pagamento del servizio».",
        "The name is spelt “pagoPA” and on a button it holds only if the national payment page opens; elsewhere write “Vai al pagamento del servizio”.",
        "etichetta: Paga con PagoPA" }
    PaymentWays "PAG-04" Warning {
        "Servizio a pagamento senza pagoPA", "Paid service without pagoPA",
        "I pagamenti al Comune passano da pagoPA (art. 5 del CAD), tranne quelli con F24 e pochi altri: aggiungi la modalità.",
        "Payments to the Comune go through pagoPA (art. 5 of the CAD), F24 and few others excepted: add the way to pay.",
        "pagamento: {previsto: true, modalita: [{tipo: contanti}]}" }
    PaymentIban "PAG-05" Warning {
        "IBAN in una scheda", "IBAN in a sheet",
        "I conti che ricevono con pagoPA non si espongono nelle schede: gli IBAN stanno in Amministrazione trasparente.",
        "Accounts that receive through pagoPA are not shown in sheets: IBANs belong to Amministrazione trasparente.",
        "Versa su IT60X0542811101000000123456" }
    PaymentNotice "PAG-06" Error {
        "Numero di avviso pubblicato", "Notice number published",
        "Con il numero di un avviso pagoPA chiunque può vedere il debito di una persona: non si pubblica mai, nemmeno come esempio.",
        "With the number of a pagoPA notice anybody can see what a person owes: it is never published, not even as an example.",
        "Numero avviso 3010 0000 0000 0123 73" }
    PersonalCode "PRV-01" Warning {
        "Codice fiscale di una persona", "Tax code of a person",
        "Un contenuto o un nome di file contiene un codice fiscale valido: toglilo. Se deve restare, per esempio quello di un professionista incaricato, aggiungilo a `codici_personali_ammessi` in comune.yaml.",
        "A content or a file name holds a valid tax code: remove it. If it must stay, for example that of a contractor, add it to `codici_personali_ammessi` in comune.yaml.",
        "media/RSSMRA80A01H501U.pdf" }
    MetadataMissing "MET-01" Error {
        "Metadato mancante", "Missing metadata",
        "La scheda di un servizio porta dieci dati per le macchine (raccomandazione R.SI.1.1): questo resterebbe vuoto.",
        "A service sheet carries ten data for machines (recommendation R.SI.1.1): this one would be empty.",
        "## A chi è rivolto, con la sola immagine" }
    LegalPrivacy "LEG-02" Error {
        "Informativa privacy incompleta", "Privacy notice incomplete",
        "Ogni pagina porta all'informativa privacy (criterio C.SI.3.3), e l'informativa dice a chi scrivere: `legale.responsabile_protezione_dati`.",
        "Every page leads to the privacy notice (criterion C.SI.3.3), and the notice says whom to write to: `legale.responsabile_protezione_dati`.",
        "legale: {} senza responsabile_protezione_dati" }
    LegalNotes "LEG-03" Error {
        "Note legali mancanti", "Legal notes missing",
        "Il piè di pagina porta alle note legali (criterio C.SI.3.4).",
        "The footer leads to the legal notes (criterion C.SI.3.4).",
        "templates/parts/footer.html senza data-element=\"legal-notes\"" }
    LegalSecurity "LEG-04" Error {
        "security.txt scaduto", "security.txt expired",
        "Il file security.txt (RFC 9116) ha una scadenza: dopo quella data chi trova un difetto non sa se il contatto vale ancora. Sposta `legale.sicurezza.scadenza`, al massimo di un anno.",
        "The security.txt file (RFC 9116) has an end: after it whoever finds a fault does not know whether the contact still holds. Move `legale.sicurezza.scadenza`, by a year at most.",
        "sicurezza: {contatto: …, scadenza: 2025-01-01}" }
    LegalLicence "LEG-05" Error {
        "Frase sulla licenza cambiata", "Licence sentence changed",
        "Il testo della licenza dei contenuti è fissato dal criterio C.SI.3.4 e non si cambia.",
        "The text on the licence of contents is fixed by criterion C.SI.3.4 and must not be changed.",
        "templates/note-legali.html con un altro testo" }
    LegalEu "LEG-06" Error {
        "Emblema dell'Unione europea mancante", "Emblem of the European Union missing",
        "Un sito pagato con fondi europei mostra l'emblema e la dicitura in ogni pagina.",
        "A site paid for with European funds shows the emblem and its wording on every page.",
        "finanziato_ue: true con un piè di pagina senza emblema" }
    EntityCode "COD-01" Error {
        "Codice dell'ente non valido", "Invalid code of the body",
        "Il codice non ha la forma prevista o la cifra di controllo non torna. Scrivilo fra virgolette, così gli zeri iniziali non si perdono.",
        "The code does not have the expected form or its check digit is wrong. Quote it, so that leading zeros are kept.",
        "codice_fiscale: \"00355870222\"" }
    EntityIpa "COD-02" Warning {
        "Codice IPA diverso da c_ più codice catastale", "IPA code differs from c_ plus cadastral code",
        "Quasi tutti i Comuni hanno codice IPA `c_` + codice catastale minuscolo: controlla su indicepa.gov.it.",
        "Nearly all Comuni have IPA code `c_` + lower-case cadastral code: check on indicepa.gov.it.",
        "codice_ipa: c_a001 con codice_catastale: L378" }
    ConfigMissing "CFG-01" Error {
        "Cartella non riconosciuta", "Folder not recognised",
        "La cartella deve contenere `comune.yaml` (un Comune) o `consorzio.yaml` (più Comuni in `comuni/`). Per cominciare: `campanile new CARTELLA`.",
        "The folder must hold `comune.yaml` (one Comune) or `consorzio.yaml` (several in `comuni/`). To start: `campanile new DIR`.",
        "campanile build /tmp" }
    ConfigColour "CFG-02" Error {
        "Colore con poco contrasto", "Colour with too little contrast",
        "Il colore del Comune deve avere contrasto di almeno 4,5:1 con il bianco, altrimenti testi e pulsanti non si leggono. Il messaggio propone il colore più vicino che va bene.",
        "The Comune's colour must have a contrast of at least 4.5:1 with white. The message offers the nearest colour that passes.",
        "colore: \"#ffcc00\"" }
    LegalMissing "LEG-01" Error {
        "Obbligo di legge non assolto", "Legal duty not met",
        "Il piè di pagina deve portare alla dichiarazione di accessibilità compilata su form.agid.gov.it (criterio C.SI.3.2). Mentre prepari il sito metti `in_preparazione: true`.",
        "The footer must lead to the accessibility declaration on form.agid.gov.it (criterion C.SI.3.2). While preparing the site set `in_preparazione: true`.",
        "legale: {} " }
    ServiceCount "CSI-13" Warning {
        "Meno di dieci servizi", "Fewer than ten services",
        "Il criterio C.SI.1.3 chiede almeno 10 schede di servizio.",
        "Criterion C.SI.1.3 asks for at least 10 service sheets.",
        "una cartella servizi/ con 4 file" }
    PlanCollision "PIA-01" Error {
        "Due pagine con lo stesso indirizzo", "Two pages with the same address",
        "Due contenuti darebbero lo stesso file (maiuscole e accenti non contano): rinomina uno dei due.",
        "Two contents would give the same file (letter case and accents do not count): rename one of them.",
        "pagine/faq.md e pagine/FAQ.md" }
    PlanAlias "PIA-02" Error {
        "Vecchio indirizzo non valido o già usato", "Old address invalid or already used",
        "`alias` elenca vecchi indirizzi di questo sito (per esempio /vecchia/pagina/) che non sono pagine attuali.",
        "`alias` lists old addresses of this site (for example /old/page/) which are not current pages.",
        "alias: [/servizi/]" }
    PlanReserved "PIA-03" Error {
        "Nome riservato", "Reserved name",
        "Questo nome è già usato da una pagina del Modello: scegline un altro.",
        "This name is already used by a page of the Modello: choose another.",
        "pagine/servizi.md" }
    LinkBroken "LNK-01" Error {
        "Collegamento interno rotto", "Broken internal link",
        "La pagina rimanda a un indirizzo del sito che non esiste. Correggi il collegamento, o aggiungi un `alias` alla pagina che è stata spostata.",
        "The page links to an address of the site that does not exist. Correct the link or add an `alias` to the moved page.",
        "[tributi](/servizi/tributi/)" }
    AlboLog "ALB-01" Error {
        "Registro dell'albo alterato", "Log of the register altered",
        "Ogni riga di albo/registro.jsonl contiene l'impronta della precedente: una riga cambiata, tolta o aggiunta a mano si vede. Riprendi il file da un salvataggio o da Git; non si corregge a mano.",
        "Every line of albo/registro.jsonl holds the fingerprint of the one before: a line changed, removed or added by hand is seen. Take the file from a backup or from Git; it cannot be mended by hand.",
        "una riga cancellata da albo/registro.jsonl" }
    AlboChanged "ALB-02" Error {
        "Atto cambiato dopo la pubblicazione", "Act changed after publication",
        "Titolo, tipo, date di pubblicazione e file di un atto pubblicato all'albo non possono cambiare in silenzio: rimettili com'erano, oppure registra la correzione con il suo motivo (`campanile albo pubblica --rettifica`).",
        "Title, kind, dates of publication and files of an act published in the register cannot change silently: restore them, or log the correction with its reason (`campanile albo pubblica --rettifica`).",
        "pubblicazione_al spostata dopo la pubblicazione" }
    AlboUnlogged "ALB-03" Warning {
        "Atto non ancora registrato", "Act not logged yet",
        "L'atto è all'albo ma non nel registro delle pubblicazioni, che ne prova numero e date: esegui `campanile albo pubblica`.",
        "The act is in the register but not in its publication log, which proves number and dates: run `campanile albo pubblica`.",
        "documenti/ordinanza.md senza riga in albo/registro.jsonl" }
    AlboGone "ALB-04" Error {
        "Atto tolto durante la pubblicazione", "Act removed while being published",
        "Un atto registrato deve restare visibile fino all'ultimo giorno di pubblicazione: rimetti il suo file, o togli `bozza` e `data_rimozione`.",
        "A logged act must stay visible until its last day of publication: restore its file, or remove `bozza` and `data_rimozione`.",
        "documenti/ordinanza.md cancellato" }
    AccessDead "RET-01" Error {
        "Indirizzo di accesso o pagamento che non funziona", "Access or payment address that does not work",
        "Chi preme il pulsante della scheda trova un errore. Apri l'indirizzo nel browser: se è sbagliato correggi `variabili`, `url` o il fornitore; se il portale ha cambiato indirizzi aggiorna il fornitore; se è guasto avvisa chi lo gestisce.",
        "Whoever presses the button of the sheet meets an error. Open the address in a browser: if it is wrong correct `variabili`, `url` or the provider; if the portal has changed its addresses update the provider; if it is out of order tell whoever runs it.",
        "https://servizi.comune.esempio.tn.it/…/access: risponde 404" }
    LinkOutsideDead "RET-02" Warning {
        "Collegamento a un altro sito che non funziona", "Link to another site that does not work",
        "La pagina a cui rimanda il testo o la configurazione non risponde o non c'è più: correggi l'indirizzo o toglilo.",
        "The page to which the text or the configuration links does not answer or is gone: correct the address or remove it.",
        "[la norma](https://www.esempio.it/vecchia-pagina): risponde 404" }
    NetworkDown "RET-03" Error {
        "Nessun sito risponde", "No site answers",
        "Non risponde nessuno dei siti interrogati: di solito manca la rete, o serve un proxy (variabile HTTPS_PROXY). Nessun indirizzo è stato giudicato.",
        "None of the sites asked answers: usually there is no network, or a proxy is needed (variable HTTPS_PROXY). No address was judged.",
        "campanile links senza rete" }
    TemplateError "TEM-01" Error {
        "Errore in un modello di pagina", "Template error",
        "Un modello in `templates/` non si può usare: il messaggio dice riga e motivo. Toglilo per tornare a quello del tema.",
        "A template in `templates/` cannot be used: the message gives line and reason. Remove it to go back to the theme's.",
        "templates/home.html con {{ sit.nome }}" }
    OutputRefused "USC-01" Error {
        "Cartella di uscita rifiutata", "Output folder refused",
        "La cartella contiene file che non sono stati scritti da Campanile, o coincide con i contenuti. Scegline una vuota con --output: qui non viene cancellato nulla.",
        "The folder holds files not written by Campanile, or is part of the content. Choose an empty one with --output: nothing is deleted here.",
        "--output ~" }
    OutputBusy "USC-02" Error {
        "Un'altra costruzione è in corso", "Another build is running",
        "Un altro processo sta pubblicando nella stessa cartella: aspetta che finisca e riprova.",
        "Another process is publishing to the same folder: wait for it and try again.",
        "due build insieme" }
    OutputFailed "USC-03" Error {
        "Scrittura non riuscita", "Writing failed",
        "Il disco è pieno, in sola lettura o senza permessi. Il sito pubblicato è rimasto com'era.",
        "The disk is full, read-only or not permitted. The published site was left as it was.",
        "disco pieno" }
    AddressGone "USC-04" Warning {
        "Indirizzo scomparso", "Address gone",
        "Una pagina pubblicata prima non c'è più: chi la aveva fra i preferiti trova un errore. Aggiungi `alias` alla pagina che la sostituisce.",
        "A page published before is gone: bookmarks will fail. Add an `alias` to the page that replaces it.",
        "/servizi/ambiente/vecchio/" }
    EventRule "EVE-01" Error {
        "Regola di ricorrenza non valida", "Recurrence rule not valid",
        "La regola dice come si ripete un evento: FREQ è DAILY, WEEKLY, MONTHLY o YEARLY, BYDAY dà i giorni (MO, TU, WE, TH, FR, SA, SU), UNTIL l'ultimo giorno o COUNT quante volte. L'ora è quella di `inizio`: una regola non si ripete più volte al giorno. Per date senza una regola scrivi un elenco.",
        "The rule says how an event repeats: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY, BYDAY gives the days, UNTIL the last day or COUNT how many times. The time is that of `inizio`: a rule does not repeat within a day. For dates without a rule write a list.",
        "ricorrenza: ogni venerdì" }
    EventLong "EVE-02" Warning {
        "Ricorrenza troppo lunga", "Recurrence too long",
        "Di una ricorrenza si guardano le prime 1000 date, e quelle di questo evento stanno per finire o sono già finite. Aggiungi una fine alla regola (UNTIL o COUNT) o sposta avanti `inizio`.",
        "The first 1000 dates of a recurrence are looked at, and those of this event are over or soon will be. Add an end to the rule (UNTIL or COUNT) or bring `inizio` forward.",
        "inizio: 2020-01-01T08:00 con ricorrenza: FREQ=DAILY" }
    EventOverlap "EVE-03" Error {
        "Date di un evento che si sovrappongono", "Dates of an event that overlap",
        "In un evento che si ripete `inizio` e `fine` sono quelli della prima data; le altre durano altrettanto. La fine di tutta la serie si scrive nella regola con UNTIL.",
        "In an event that repeats `inizio` and `fine` are those of the first date; the others last as long. The end of the whole series is written in the rule, with UNTIL.",
        "inizio: 2026-10-02T20:30, fine: 2026-12-18T22:00, ricorrenza: FREQ=WEEKLY" }
    OutputKept "USC-05" Warning {
        "File di altri messi da parte", "Files of others put aside",
        "Mentre il sito veniva pubblicato qualcuno ha cambiato, nella cartella di uscita, file che non sono di Campanile. Non sono andati persi: stanno nella cartella indicata. Guardali e, se non servono, cancellali.",
        "While the site was being published somebody changed files in the output folder that are not Campanile's. Nothing is lost: they are in the folder named. Look at them and delete them if they are not needed.",
        ".public.campanile-messo-da-parte/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(&code.name().to_lowercase()), Some(*code));
        }
    }
}
