//! The Comune's colour: the contrast gate, and the custom properties of `brand.css` derived from it.
//!
//! The theme's build tells how each property derives from the primary colour (theme.md 8); here the same arithmetic is
//! done for the colour of each Comune, so that no style sheet is compiled when a site is built.

use std::fmt::{self, Write as _};

use serde::Deserialize;

use crate::content::field::{Cx, FieldType};
use crate::content::shape::{Scalar, Shape};
use crate::content::types::scalar;
use crate::diagnostic::{Code, Diagnostic};
use crate::text;
use crate::yaml::Node;

const BLACK: Colour = Colour { r: 0, g: 0, b: 0 };
const WHITE: Colour = Colour { r: 255, g: 255, b: 255 };

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

impl FieldType for Colour {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        Colour::parse(written).or_else(|| {
            cx.fail(
                Diagnostic::new(
                    Code::FieldValue,
                    text!("`{written}` non è un colore", "`{written}` is not a colour"),
                )
                .at(node.span)
                .hint(text!(
                    "scrivilo fra virgolette come #rrggbb, per esempio \"#00704a\"",
                    "quote it as #rrggbb, for example \"#00704a\""
                )),
            )
        })
    }

    fn shape() -> Shape {
        Scalar::form(
            "^#[0-9A-Fa-f]{6}$",
            "Scrivilo fra virgolette come #rrggbb, per esempio \"#00704a\"",
            "\"#00704a\"",
        )
    }
}

impl Colour {
    /// Reads `#rrggbb`.
    pub fn parse(written: &str) -> Option<Self> {
        let hex =
            written.strip_prefix('#').filter(|h| h.len() == 6 && h.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let channel = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).ok();
        Some(Colour { r: channel(0)?, g: channel(2)?, b: channel(4)? })
    }

    fn channels(self) -> [f64; 3] {
        [self.r, self.g, self.b].map(|c| f64::from(c) / 255.0)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn from_channels(channels: [f64; 3]) -> Self {
        let [r, g, b] = channels.map(|c| (c.clamp(0.0, 1.0) * 255.0).round() as u8);
        Colour { r, g, b }
    }

    /// Contrast ratio with white, 1 to 21 (WCAG 2.2).
    pub fn contrast_with_white(self) -> f64 {
        let [r, g, b] =
            self.channels().map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    }

    /// Whether white text on it can be read: at least 4.5:1.
    pub fn passes(self) -> bool {
        self.contrast_with_white() >= 4.5
    }

    /// The first darker shade that passes.
    #[must_use]
    pub fn nearest_passing(self) -> Self {
        (1..=100).map(|step| self.mix(BLACK, f64::from(step) / 100.0)).find(|c| c.passes()).unwrap_or(self)
    }

    fn mix(self, other: Colour, amount: f64) -> Self {
        let (a, b) = (self.channels(), other.channels());
        Colour::from_channels(std::array::from_fn(|i| a[i] * (1.0 - amount) + b[i] * amount))
    }
}

/// One custom property of `brand.json`: how it derives from the primary colour. Shares are 0 to 1, applied in the order
/// white, black, transparency; `triple` asks for `r, g, b` instead of a hex colour.
#[derive(Debug, Deserialize)]
struct Property {
    name: String,
    triple: bool,
    light: f64,
    dark: f64,
    alpha: f64,
}

impl Property {
    fn value(&self, primary: Colour) -> String {
        let Colour { r, g, b } = primary.mix(WHITE, self.light).mix(BLACK, self.dark);
        if self.triple {
            return format!("{r}, {g}, {b}");
        }
        let mut hex = Colour { r, g, b }.to_string();
        if self.alpha < 1.0 {
            let _ = write!(hex, "{:02x}", Colour::from_channels([self.alpha; 3]).r);
        }
        hex
    }
}

/// The style sheet that gives the theme the Comune's colour. `brand_json` is the table that the theme's build wrote.
///
/// # Errors
/// When the table is not in that form.
pub fn brand_css(brand_json: &[u8], primary: Colour) -> Result<String, serde_json::Error> {
    let properties: Vec<Property> = serde_json::from_slice(brand_json)?;
    let mut css = String::from(":root{");
    for property in &properties {
        let _ = write!(css, "{}:{};", property.name, property.value(primary));
    }
    css.push_str("}\n");
    Ok(css)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_gate() {
        assert!(Colour::parse("#0066cc").unwrap().passes());
        let yellow = Colour::parse("#ffcc00").unwrap();
        assert!(!yellow.passes());
        assert!(yellow.nearest_passing().passes());
        assert_eq!(Colour::parse("red"), None);
    }

    #[test]
    fn brand_follows_the_rules_of_the_theme() {
        let table = br#"[{"name":"--a","triple":false,"light":0,"dark":0.2,"alpha":1},
            {"name":"--b","triple":true,"light":0,"dark":0,"alpha":1},
            {"name":"--c","triple":false,"light":0.9,"dark":0,"alpha":0.25}]"#;
        let css = brand_css(table, Colour::parse("#0066cc").unwrap()).unwrap();
        assert_eq!(css, ":root{--a:#0052a3;--b:0, 102, 204;--c:#e6f0fa40;}\n");
        assert!(brand_css(b"{}", DEFAULT).is_err());
    }

    const DEFAULT: Colour = Colour { r: 0, g: 0x66, b: 0xcc };
}
