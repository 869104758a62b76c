//! The providers of one site: ready-made ones, then those of the workspace, then those of the Comune (online services 6.2, rule 7).

use std::collections::BTreeMap;

use super::provider::{Fornitore, FornitoreScritto};
use super::shipped::shipped;
use super::variable::Variabili;
use crate::content::field::Mappa;
use crate::diagnostic::{Code, Diagnostic, Spanned, nearest};
use crate::text;

/// Providers by the name under which contents use them.
#[derive(Debug, Clone, Default)]
pub struct Fornitori {
    sound: BTreeMap<String, Fornitore>,
    /// Those whose definition has faults, reported there.
    faulty: Vec<String>,
}

/// The definitions of one level: `consorzio.yaml` or `comune.yaml`.
pub type Level<'a> = Option<&'a Spanned<Mappa<FornitoreScritto>>>;

impl Fornitori {
    /// Merges the levels, from the most general, and checks every provider that one of them defines or changes.
    pub fn of(levels: &[Level<'_>], site: &Variabili, out: &mut Vec<Diagnostic>) -> Self {
        let mut written: BTreeMap<String, FornitoreScritto> = shipped().clone();
        let mut anchors = BTreeMap::new();
        let mut fornitori = Fornitori::default();
        for voce in levels.iter().flatten().flat_map(|level| &level.value.0) {
            let id = &voce.chiave;
            let Some(over) = &voce.valore else { continue };
            anchors.insert(id.value.clone(), id.span);
            match merge(id, &over.value, &written, out) {
                Some(merged) => {
                    written.insert(id.value.clone(), merged);
                }
                None => fornitori.faulty.push(id.value.clone()),
            }
        }
        for id in &fornitori.faulty {
            written.remove(id);
        }
        for (id, definition) in &written {
            let anchor = anchors.get(id).copied().unwrap_or(super::provider::SHIPPED_START);
            match Fornitore::new(id, definition, site, anchor, out) {
                Some(fornitore) => {
                    fornitori.sound.insert(id.clone(), fornitore);
                }
                None => fornitori.faulty.push(id.clone()),
            }
        }
        fornitori
    }

    /// The provider of that name.
    ///
    /// # Errors
    /// `None` when it has faults of its own, reported where they are; else the finding that it does not exist.
    pub fn get(&self, id: &Spanned<String>) -> Result<&Fornitore, Option<Diagnostic>> {
        if let Some(found) = self.sound.get(&id.value) {
            return Ok(found);
        }
        if self.faulty.contains(&id.value) {
            return Err(None);
        }
        let written = &id.value;
        let names = self.sound.keys().map(String::as_str);
        let unknown = Diagnostic::new(
            Code::ProviderUnknown,
            text!("il fornitore `{written}` non esiste", "provider `{written}` does not exist"),
        )
        .at(id.span);
        Err(Some(if let Some(near) = nearest(written, names.clone()) {
            unknown.hint(text!("forse volevi scrivere `{near}`", "did you mean `{near}`?"))
        } else {
            let list = names.collect::<Vec<_>>().join(", ");
            unknown.hint(text!(
                "definiscilo sotto `fornitori` in comune.yaml, o usa uno di questi: {list}",
                "define it under `fornitori` in comune.yaml, or use one of: {list}"
            ))
        }))
    }

    /// The provider of that name, if there is a sound one.
    pub fn find(&self, id: &str) -> Option<&Fornitore> {
        self.sound.get(id)
    }

    /// Every sound provider.
    pub fn iter(&self) -> impl Iterator<Item = &Fornitore> {
        self.sound.values()
    }
}

/// One definition over what it starts from: the provider named by `modello`, the one of the same name further up, or nothing.
fn merge(
    id: &Spanned<String>,
    over: &FornitoreScritto,
    written: &BTreeMap<String, FornitoreScritto>,
    out: &mut Vec<Diagnostic>,
) -> Option<FornitoreScritto> {
    let name = &id.value;
    let fail = |d: Diagnostic, out: &mut Vec<Diagnostic>| {
        out.push(d);
        None
    };
    let base = match &over.modello {
        Some(modello) => {
            let found = written.get(&modello.value.0);
            if found.is_none() {
                let list = written.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                let model = &modello.value.0;
                let message = text!("il modello `{model}` non esiste", "model `{model}` does not exist");
                let hint = text!(
                    "i fornitori da cui partire sono: {list}",
                    "the providers to start from are: {list}"
                );
                return fail(
                    Diagnostic::new(Code::ProviderUnknown, message).at(modello.span).hint(hint),
                    out,
                );
            }
            found
        }
        None => written.get(name).filter(|_| over.url.is_none()),
    };
    let Some(base) = base else {
        if over.is_complete() {
            return Some(over.clone());
        }
        let message = text!("il fornitore `{name}` non è completo", "provider `{name}` is not complete");
        let hint = text!(
            "servono almeno `genere` e `url`, oppure `modello` con il nome di un fornitore già pronto",
            "at least `genere` and `url` are needed, or `modello` with the name of a ready-made provider"
        );
        return fail(Diagnostic::new(Code::ProviderDefinition, message).at(id.span).hint(hint), out);
    };
    if let Some((field, at)) = over.changes_types() {
        let message = text!(
            "`{field}` di `{name}` non si può cambiare, perché le schede lo usano così",
            "`{field}` of `{name}` cannot be changed, because sheets use it as it is"
        );
        let hint = text!(
            "cambia `costanti`, `identita`, `stato`…, oppure sostituisci il fornitore scrivendo anche `url`",
            "change `costanti`, `identita`, `stato`…, or replace the provider by writing `url` too"
        );
        return fail(Diagnostic::new(Code::ProviderDefinition, message).at(at).hint(hint), out);
    }
    let known: Vec<&str> =
        base.costanti.iter().flat_map(|c| &c.value.0).map(|v| v.chiave.value.as_str()).collect();
    let constants = over.costanti.iter().flat_map(|c| &c.value.0).map(|v| &v.chiave);
    if let Some(stray) = constants.into_iter().find(|c| !known.contains(&c.value.as_str())) {
        let (constant, list) = (&stray.value, known.join(", "));
        let message = text!(
            "il fornitore `{name}` non ha la costante `{constant}`",
            "provider `{name}` has no constant `{constant}`"
        );
        let hint = text!("le sue costanti sono: {list}", "its constants are: {list}");
        return fail(Diagnostic::new(Code::ProviderDefinition, message).at(stray.span).hint(hint), out);
    }
    Some(over.clone().over(base))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::field::{Cx, FieldType};
    use crate::diagnostic::SourceFiles;
    use crate::limits::Limits;

    fn level(yaml: &str) -> Spanned<Mappa<FornitoreScritto>> {
        let file = SourceFiles::default().add("comune.yaml", yaml);
        let mut out = Vec::new();
        let node = crate::yaml::parse(yaml, file, 0, Limits::default(), &mut out).unwrap();
        let mut cx = Cx { out: &mut out, folder: "", limits: Limits::default() };
        let value = Mappa::read(&node, &mut cx);
        assert!(out.is_empty(), "{out:?}");
        Spanned { value: value.unwrap(), span: node.span }
    }

    fn site() -> Variabili {
        super::super::shipped::tests::site()
    }

    fn of(yaml: &[&str]) -> (Fornitori, Vec<&'static str>) {
        let levels: Vec<_> = yaml.iter().map(|y| level(y)).collect();
        let levels: Vec<_> = levels.iter().map(Some).collect();
        let mut out = Vec::new();
        let fornitori = Fornitori::of(&levels, &site(), &mut out);
        (fornitori, out.iter().map(|d| d.code.name()).collect())
    }

    const OWN: &str = "portale:\n  genere: servizi\n  costanti: {base: \"https://a.example.it\"}\n  richieste: {slug: slug}\n  \
                       url: {servizio: \"{+base}/{slug}\"}\n";

    fn address(fornitori: &Fornitori) -> String {
        let given = Variabili::from([("slug".to_owned(), "tari".to_owned())]);
        let fornitore = fornitori.sound.get("portale").unwrap();
        fornitore.address("servizio", &given).unwrap().unwrap().into()
    }

    #[test]
    fn a_comune_overrides_constants_and_nothing_else() {
        let (fornitori, codes) =
            of(&[OWN, "portale: {costanti: {base: \"https://b.example.it\"}, gestore: Unione}\n"]);
        assert!(codes.is_empty(), "{codes:?}");
        assert_eq!(address(&fornitori), "https://b.example.it/tari");
        for (over, code) in [
            ("portale: {richieste: {slug: testo}}\n", "FOR-02"),
            ("portale: {costanti: {bse: \"https://b.example.it\"}}\n", "FOR-02"),
            ("altro: {stato: attivo}\n", "FOR-02"),
            ("altro: {modello: manca}\n", "FOR-03"),
            ("portale: {costanti: {base: \"http://b.example.it\"}}\n", "FOR-01"),
            (
                "altro: {genere: servizi, url: {servizio: \"https://{slug}.it/\"}, richieste: {slug: slug}}\n",
                "FOR-01",
            ),
            ("altro: {genere: servizi, url: {servizio: \"https://a.it/{email}\"}}\n", "FOR-01"),
            (
                "altro: {genere: pagamenti, checkout: true, url: {avviso: \"https://checkout.pagopa.it.evil.it/\"}}\n",
                "FOR-01",
            ),
        ] {
            assert_eq!(of(&[OWN, over]).1, [code], "{over}");
        }
    }

    #[test]
    fn a_provider_can_be_replaced() {
        let other = OWN.replace("a.example.it", "c.example.it");
        let (fornitori, codes) = of(&[OWN, &other]);
        assert_eq!((address(&fornitori).as_str(), codes), ("https://c.example.it/tari", vec![]));
    }
}
