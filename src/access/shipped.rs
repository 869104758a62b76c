//! The ready-made providers, one YAML file each in `data/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::provider::{FornitoreScritto, SHIPPED};
use crate::content::field::{Cx, FieldType};
use crate::limits::Limits;
use crate::yaml;

macro_rules! files {
    ($($name:literal)*) => { [$(($name, include_str!(concat!("data/", $name, ".yaml")))),*] };
}

const FILES: [(&str, &str); 9] = files![
    "anpr" "app_io" "mypay" "mypay4" "opencity" "opencity_prenotazioni" "pagopa_checkout" "portale" "sportello_telematico"
];

/// The ready-made definitions by name.
pub fn shipped() -> &'static BTreeMap<String, FornitoreScritto> {
    static SHIPPED_PROVIDERS: LazyLock<BTreeMap<String, FornitoreScritto>> =
        LazyLock::new(|| FILES.iter().map(|(name, text)| ((*name).to_owned(), read(text))).collect());
    &SHIPPED_PROVIDERS
}

fn read(text: &str) -> FornitoreScritto {
    let mut out = Vec::new();
    let limits = Limits::default();
    let node = yaml::parse(text, SHIPPED, 0, limits, &mut out).expect("embedded YAML");
    let mut cx = Cx { out: &mut out, folder: "", limits };
    FornitoreScritto::read(&node, &mut cx).expect("an embedded provider")
}

#[cfg(test)]
pub mod tests {
    use super::super::provider::{Fornitore, SHIPPED_START};
    use super::super::variable::Variabili;
    use super::*;

    /// Variables of a made-up Comune.
    pub fn site() -> Variabili {
        [
            ("codice_ipa", "c_l378"),
            ("codice_istat", "022205"),
            ("codice_catastale", "L378"),
            ("cf_ente", "00355870221"),
            ("sito", "https://www.comune.esempio.tn.it"),
            ("dominio_istituzionale", "comune.esempio.tn.it"),
            ("lingua", "it"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into()
    }

    #[test]
    fn every_ready_made_provider_is_sound_and_documented() {
        for (name, written) in shipped() {
            let mut out = Vec::new();
            assert!(
                Fornitore::new(name, written, &site(), SHIPPED_START, &mut out).is_some(),
                "{name}: {out:?}"
            );
            assert!(written.descrizione.is_some() && written.nome.is_some(), "{name}");
        }
    }
}
