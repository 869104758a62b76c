//! The Gulpease index (Lucisano and Piemontese 1988): 89 + (300 × sentences − 10 × letters) / words; 0 hardest, 100 easiest.

/// What a section measures.
#[derive(Debug)]
pub struct Measured {
    /// Words.
    pub words: usize,
    /// The index.
    pub index: f64,
    /// The hardest sentences, at most two.
    pub hardest: Vec<String>,
}

/// Longer sentences are quoted by their beginning.
const QUOTED: usize = 140;

/// Measures paragraphs and list items; each ends its sentence.
pub fn measure(blocks: &[String]) -> Measured {
    let sentences: Vec<&str> = blocks.iter().flat_map(|block| sentences(block)).collect();
    let count = |text: &str| {
        (
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count(),
            text.chars().filter(|c| c.is_alphanumeric()).count(),
        )
    };
    let (mut words, mut letters) = (0, 0);
    let mut ranked: Vec<(f64, &str)> = Vec::new();
    for sentence in &sentences {
        let (w, l) = count(sentence);
        words += w;
        letters += l;
        ranked.push((index(1, l, w), sentence));
    }
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    let quote = |sentence: &str| match sentence.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", sentence[..end].trim_end()),
        None => sentence.to_owned(),
    };
    Measured {
        words,
        index: index(sentences.len(), letters, words),
        hardest: ranked.iter().take(2).map(|(_, sentence)| quote(sentence)).collect(),
    }
}

#[allow(clippy::cast_precision_loss)] // counts of words
fn index(sentences: usize, letters: usize, words: usize) -> f64 {
    if words == 0 {
        return 100.0;
    }
    let index = 89.0 + (300.0 * sentences as f64 - 10.0 * letters as f64) / words as f64;
    index.clamp(0.0, 100.0)
}

/// The sentences of a paragraph. Points inside abbreviations, numbers and addresses do not end one.
fn sentences(block: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = block.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let followed = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        let short = || {
            let word = block[start..at].rsplit(|c: char| !c.is_alphanumeric()).next();
            word.is_some_and(|word| word.chars().count() <= 3)
        };
        let ends = match c {
            '.' => followed && (chars.peek().is_none() || !short()),
            '!' | '?' | ';' | ':' => followed,
            _ => false,
        };
        if ends {
            out.push(block[start..=at].trim());
            start = at + c.len_utf8();
        }
    }
    out.push(block[start..].trim());
    out.retain(|s| s.chars().any(char::is_alphabetic));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_texts_score_higher() {
        let easy = measure(&["Vieni in Comune. Porta un documento. Paghi dieci euro.".to_owned()]);
        let hard = measure(&["L'istanza di autorizzazione paesaggistica semplificata deve essere corredata della documentazione progettuale".to_owned()]);
        assert!(easy.index > 80.0, "{easy:?}");
        assert!(hard.index < 40.0, "{hard:?}");
        assert_eq!(hard.hardest.len(), 1);
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Scrivi al sig. sindaco. L'art. 5 vale."),
            ["Scrivi al sig. sindaco.", "L'art. 5 vale."]
        );
    }
}
