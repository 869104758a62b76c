//! The files of the theme under fingerprinted names: a changed file has a new address, so browsers may keep them for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::config::{Colour, brand_css};
use crate::theme;

/// A file of the output: path relative to the output folder, and content.
pub type AssetFile = (String, Arc<[u8]>);

/// Addresses of the theme's files, as templates see them.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    css: String,
    brand: String,
    noscript: String,
    js: String,
    avviso: String,
    elenchi: String,
    orari: String,
    ricerca: String,
    icons: String,
    fonts: BTreeMap<String, String>,
    /// Licences of the works inside the theme.
    pub notices: String,
}

/// The theme's files, the same for every Comune but for the colour.
pub struct Assets {
    files: Vec<AssetFile>,
    addresses: Addresses,
}

impl Assets {
    /// Fingerprints the embedded files. Addresses are paths from the root of the site.
    pub fn new() -> Self {
        let mut files = Vec::new();
        let mut fonts = BTreeMap::new();
        let mut renamed: Vec<(String, String)> = Vec::new();
        for (name, bytes) in theme::ASSETS {
            let Some(font) = name.strip_prefix("fonts/") else { continue };
            let hashed = fingerprinted(font, bytes);
            let key = font.trim_end_matches(".woff2").to_owned();
            fonts.insert(key, format!("/assets/{hashed}"));
            renamed.push(((*name).to_owned(), hashed.clone()));
            files.push((format!("assets/{hashed}"), Arc::from(*bytes)));
        }
        let mut add = |name: &str, bytes: Arc<[u8]>| {
            let hashed = fingerprinted(name, &bytes);
            files.push((format!("assets/{hashed}"), bytes));
            format!("/assets/{hashed}")
        };
        let css = |name: &str| {
            let mut text = String::from_utf8_lossy(theme::asset(name)).into_owned();
            for (from, to) in &renamed {
                text = text.replace(from.as_str(), to);
            }
            Arc::from(text.into_bytes())
        };
        let addresses = Addresses {
            css: add("site.css", css("site.css")),
            noscript: add("noscript.css", css("noscript.css")),
            js: add("site.js", Arc::from(theme::asset("site.js"))),
            avviso: add("avviso.js", Arc::from(theme::asset("avviso.js"))),
            elenchi: add("elenchi.js", Arc::from(theme::asset("elenchi.js"))),
            orari: add("orari.js", Arc::from(theme::asset("orari.js"))),
            ricerca: add("ricerca.js", Arc::from(theme::asset("ricerca.js"))),
            icons: add("icons.svg", Arc::from(theme::asset("icons.svg"))),
            brand: String::new(),
            notices: "/assets/licenze.txt".to_owned(),
            fonts,
        };
        files.push(("assets/licenze.txt".to_owned(), Arc::from(theme::asset("notices.txt"))));
        Assets { files, addresses }
    }

    /// The files for one Comune and their addresses under its base path.
    ///
    /// # Errors
    /// When the theme's colour table cannot be read: a fault of the theme's build.
    pub fn for_site(
        &self,
        colour: Colour,
        prefix: &str,
    ) -> Result<(Vec<AssetFile>, Addresses), serde_json::Error> {
        let brand = brand_css(theme::asset("brand.json"), colour)?.into_bytes();
        let hashed = fingerprinted("brand.css", &brand);
        let mut files = self.files.clone();
        files.push((format!("assets/{hashed}"), brand.into()));
        let under = |path: &str| format!("{prefix}{path}");
        let own = &self.addresses;
        let addresses = Addresses {
            css: under(&own.css),
            brand: under(&format!("/assets/{hashed}")),
            noscript: under(&own.noscript),
            js: under(&own.js),
            avviso: under(&own.avviso),
            elenchi: under(&own.elenchi),
            orari: under(&own.orari),
            ricerca: under(&own.ricerca),
            icons: under(&own.icons),
            notices: under(&own.notices),
            fonts: own.fonts.iter().map(|(k, v)| (k.clone(), under(v))).collect(),
        };
        Ok((files, addresses))
    }
}

impl Default for Assets {
    fn default() -> Self {
        Assets::new()
    }
}

fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let short = &hash[..10];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{short}.{extension}"),
        None => format!("{name}.{short}"),
    }
}
