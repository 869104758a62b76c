//! What the words of a text hold that rules judge: codes, names that people misspell. It depends on the text alone, so that a session
//! looks through each text once.

use std::ops::Range;

use super::payment::misspelt;
use crate::codes::{CodiceFiscalePersona, Iban, NumeroAvviso, RptId};

/// Found in one text, each at its range in bytes.
#[derive(Debug, Default)]
pub struct Marks {
    /// Tax codes of persons.
    pub persons: Vec<(Range<usize>, CodiceFiscalePersona)>,
    /// Those in the name of its file.
    pub named: Vec<CodiceFiscalePersona>,
    /// Bank accounts.
    pub ibans: Vec<Range<usize>>,
    /// Numbers of payment notices.
    pub notices: Vec<Range<usize>>,
    /// The name pagoPA, written otherwise.
    pub misspelt: Vec<Range<usize>>,
}

impl Marks {
    /// Of a file with this path and text.
    pub fn of(path: &str, text: &str) -> Self {
        let rpt = RptId::find(text).into_iter().map(|(at, _)| at);
        let checked = NumeroAvviso::find(text).into_iter().filter(|(_, n)| n.has_check_digits());
        Marks {
            persons: CodiceFiscalePersona::find(text),
            named: CodiceFiscalePersona::find(path).into_iter().map(|(_, code)| code).collect(),
            ibans: Iban::find(text).into_iter().map(|(at, _)| at).collect(),
            notices: rpt.chain(checked.map(|(at, _)| at)).collect(),
            misspelt: misspelt(text),
        }
    }
}
