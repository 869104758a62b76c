//! The word lists of the official criteria, as shipped: one entry a line, `#` begins a comment.

/// The entries of a list.
pub fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The official second-level titles of a section, lower case (C.SI.1.7). Section by the `data-element` of its menu entry.
pub fn official_titles(entry: &str) -> Vec<String> {
    let titles: &[&str] = match entry {
        "management" => &[
            "Aree amministrative",
            "Documenti e dati",
            "Enti e fondazioni",
            "Organi di governo",
            "Personale amministrativo",
            "Politici",
            "Uffici",
        ],
        "news" => &["Avvisi", "Comunicati", "Notizie"],
        "all-services" => &[
            "Educazione e formazione",
            "Salute, benessere e assistenza",
            "Vita lavorativa",
            "Mobilità e trasporti",
            "Catasto e urbanistica",
            "Anagrafe e stato civile",
            "Turismo",
            "Giustizia e sicurezza pubblica",
            "Tributi, finanze e contravvenzioni",
            "Cultura e tempo libero",
            "Ambiente",
            "Imprese e commercio",
            "Autorizzazioni",
            "Appalti pubblici",
            "Agricoltura e pesca",
        ],
        _ => &["Luoghi", "Eventi"],
    };
    titles.iter().map(|title| title.to_lowercase()).collect()
}
