//! Twenty mistakes that editors make every day: each message holds file, line and column, the text at fault, what is allowed or how to
//! write it.

mod common;

use campanile::pipeline;

struct Mistake {
    what: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    /// What the message and its cure must hold.
    said: &'static [&'static str],
}

const fn in_sheet(
    what: &'static str,
    from: &'static str,
    to: &'static str,
    said: &'static [&'static str],
) -> Mistake {
    Mistake { what, file: "servizi/tari.md", from, to, said }
}

const MISTAKES: [Mistake; 22] = [
    in_sheet(
        "wrong indent",
        "accesso: [{canale: sportello}]",
        "accesso:\n  - canale: sportello\n   testo: Vieni",
        &["rientr"],
    ),
    in_sheet(
        "tab",
        "accesso: [{canale: sportello}]",
        "accesso:\n\t- canale: sportello",
        &["tabulazion", "spazi"],
    ),
    in_sheet("unquoted colon", "titolo: Tassa sui rifiuti", "titolo: Tassa: i rifiuti", &["virgolette"]),
    in_sheet("unclosed quote", "titolo: Tassa sui rifiuti", "titolo: \"Tassa sui rifiuti", &["virgolett"]),
    in_sheet(
        "Italian date",
        "giorni_massimi: 30",
        "giorni_massimi: 30\ndata_aggiornamento: 14/09/2026",
        &["14/09/2026", "2026-09-14"],
    ),
    in_sheet(
        "impossible date",
        "giorni_massimi: 30",
        "giorni_massimi: 30\ndata_aggiornamento: 2026-02-30",
        &["2026-02-30"],
    ),
    in_sheet(
        "missing office",
        "unita_responsabile: ufficio-tributi",
        "unita_responsabile: ufficio-anagrafe",
        &["ufficio-anagrafe"],
    ),
    in_sheet(
        "name instead of slug",
        "unita_responsabile: ufficio-tributi",
        "unita_responsabile: Ufficio Tributi",
        &["Ufficio Tributi", "ufficio-tributi"],
    ),
    in_sheet("unknown topic", "argomenti: [imposte]", "argomenti: [impost]", &["impost", "imposte"]),
    in_sheet(
        "unknown category",
        "categoria: tributi-finanze-e-contravvenzioni",
        "categoria: tributi",
        &["tributi", "tributi-finanze-e-contravvenzioni"],
    ),
    in_sheet(
        "too long title",
        "titolo: Tassa sui rifiuti",
        "titolo: Tassa sui rifiuti per le case, i negozi, gli uffici, i magazzini e tutte le altre attività del territorio comunale che producono rifiuti di qualsiasi genere e tipo",
        &["caratteri"],
    ),
    in_sheet(
        "misspelt field",
        "giorni_massimi: 30",
        "giorni_masimi: 30",
        &["giorni_masimi", "giorni_massimi"],
    ),
    in_sheet(
        "field twice",
        "titolo: Tassa sui rifiuti",
        "titolo: Tassa sui rifiuti\ntitolo: Altro",
        &["titolo"],
    ),
    in_sheet(
        "empty field",
        "descrizione_breve: Come si paga la tassa.",
        "descrizione_breve:",
        &["descrizione_breve"],
    ),
    in_sheet(
        "list instead of text",
        "titolo: Tassa sui rifiuti",
        "titolo: [Tassa, rifiuti]",
        &["elenco", "testo"],
    ),
    in_sheet("text instead of number", "giorni_massimi: 30", "giorni_massimi: trenta", &["trenta", "numero"]),
    in_sheet("unknown heading", "## Come fare", "## Come si fa", &["Come si fa", "Come fare"]),
    in_sheet("missing section", "## Cosa serve\n\nUn documento.\n\n", "", &["Cosa serve"]),
    in_sheet(
        "picture without alternative text",
        "Un documento.",
        "Un documento.\n\n![](../media/lago.svg)",
        &["immagine", "![che cosa si vede]"],
    ),
    in_sheet(
        "file not found",
        "Un documento.",
        "Un documento: [modulo](../media/modulo.pdf).",
        &["modulo.pdf"],
    ),
    in_sheet(
        "link to a page that is not there",
        "Un documento.",
        "Un documento: [vedi](../servizi/altro.md).",
        &["altro"],
    ),
    in_sheet(
        "front matter not closed",
        "unita_responsabile: ufficio-tributi\n---",
        "unita_responsabile: ufficio-tributi",
        &["---"],
    ),
];

#[test]
fn every_mistake_is_told_with_place_words_and_cure() {
    let mut faults = Vec::new();
    for mistake in &MISTAKES {
        let mut site = common::base_site();
        let base = common::tree(&common::root().join("tests/rules/base"));
        let text = String::from_utf8(base[mistake.file].clone()).unwrap();
        assert!(text.contains(mistake.from), "{}", mistake.what);
        site.insert(mistake.file, text.replacen(mistake.from, mistake.to, 1).into_bytes());
        let report = common::report(&pipeline::build(&site, &common::options()));
        let told = report.iter().any(|line| {
            let placed =
                line.split(' ').nth(2).is_some_and(|place| place.starts_with(&format!("{}:", mistake.file)));
            let cure = line.split(" | ").nth(1).is_some_and(|cure| !cure.trim().is_empty());
            placed && cure && mistake.said.iter().all(|word| line.contains(word))
        });
        if !told {
            faults.push(format!("{}: {:?} not in\n  {}", mistake.what, mistake.said, report.join("\n  ")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
