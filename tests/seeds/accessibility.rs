//! At least one fault for each rule of accessibility that needs no browser.

use super::{Seed, home, seed, snippet};

pub fn seeds() -> Vec<Seed> {
    let mut all = snippets();
    all.extend(pages());
    all
}

#[allow(clippy::too_many_lines)] // a table
fn snippets() -> Vec<Seed> {
    vec![
        snippet(
            "A11Y-accesskeys",
            "<p><a accesskey=\"s\" href=\"/a/\">A</a> <a accesskey=\"S\" href=\"/b/\">B</a></p>",
        ),
        snippet("A11Y-area-alt", "<map name=\"m\"><area href=\"/servizi/\"></map>"),
        snippet("A11Y-aria-allowed-attr", "<a href=\"/servizi/\" aria-checked=\"true\">Servizi</a>"),
        snippet("A11Y-aria-allowed-role", "<p><a href=\"/servizi/\" role=\"list\">Servizi</a></p>"),
        snippet("A11Y-aria-braille-equivalent", "<img src=\"/x.png\" alt=\"\" aria-braillelabel=\"x\">"),
        snippet("A11Y-aria-command-name", "<div role=\"button\" tabindex=\"0\"></div>"),
        snippet(
            "A11Y-aria-conditional-attr",
            "<label><input type=\"checkbox\" aria-checked=\"true\"> Sì</label>",
        ),
        snippet("A11Y-aria-deprecated-role", "<ul role=\"directory\"><li>a</li></ul>"),
        snippet("A11Y-aria-dialog-name", "<div role=\"dialog\"><p>x</p></div>"),
        snippet("A11Y-aria-dialog-name", "<dialog open><p>x</p></dialog>"),
        snippet(
            "A11Y-aria-hidden-focus",
            "<div aria-hidden=\"true\"><a href=\"/servizi/\">Servizi</a></div>",
        ),
        snippet("A11Y-aria-hidden-focus", "<button aria-hidden=\"true\">Cerca</button>"),
        snippet("A11Y-aria-input-field-name", "<div role=\"textbox\" tabindex=\"0\"></div>"),
        snippet("A11Y-aria-meter-name", "<meter value=\"0.3\"></meter>"),
        snippet("A11Y-aria-progressbar-name", "<div role=\"progressbar\" aria-valuenow=\"3\"></div>"),
        snippet("A11Y-aria-prohibited-attr", "<span aria-label=\"Chiuso\">x</span>"),
        snippet("A11Y-aria-required-attr", "<div role=\"checkbox\" tabindex=\"0\">Sì</div>"),
        snippet(
            "A11Y-aria-required-attr",
            "<div role=\"slider\" tabindex=\"0\" aria-label=\"Volume\"></div>",
        ),
        snippet("A11Y-aria-required-children", "<div role=\"list\"><p>x</p></div>"),
        snippet("A11Y-aria-required-children", "<div role=\"tablist\"><p>x</p></div>"),
        snippet("A11Y-aria-required-parent", "<div role=\"tab\" tabindex=\"0\">Uno</div>"),
        snippet("A11Y-aria-required-parent", "<div role=\"listitem\">Uno</div>"),
        snippet("A11Y-aria-roledescription", "<p aria-roledescription=\"scheda\">x</p>"),
        snippet("A11Y-aria-roles", "<div role=\"bottone\">x</div>"),
        snippet(
            "A11Y-aria-toggle-field-name",
            "<div role=\"switch\" aria-checked=\"true\" tabindex=\"0\"></div>",
        ),
        snippet("A11Y-aria-tooltip-name", "<div role=\"tooltip\"></div>"),
        snippet(
            "A11Y-aria-treeitem-name",
            "<div role=\"tree\" aria-label=\"t\"><div role=\"treeitem\" tabindex=\"0\"></div></div>",
        ),
        snippet("A11Y-aria-valid-attr", "<p aria-etichetta=\"x\">x</p>"),
        snippet("A11Y-aria-valid-attr-value", "<p aria-describedby=\"manca\">x</p>"),
        snippet("A11Y-aria-valid-attr-value", "<p aria-live=\"forte\">x</p>"),
        snippet("A11Y-autocomplete-valid", "<label>Nome <input autocomplete=\"nome\"></label>"),
        snippet("A11Y-avoid-inline-spacing", "<p style=\"line-height: 1 !important\">x</p>"),
        snippet("A11Y-blink", "<blink>x</blink>"),
        snippet("A11Y-button-name", "<button><svg aria-hidden=\"true\"></svg></button>"),
        snippet("A11Y-definition-list", "<dl><p>x</p></dl>"),
        snippet("A11Y-dlitem", "<div><dt>x</dt></div>"),
        snippet("A11Y-duplicate-id", "<p id=\"contenuto\">x</p>"),
        snippet("A11Y-empty-heading", "<h2></h2>"),
        snippet("A11Y-empty-heading", "<h2><img src=\"/x.png\" alt=\"\"></h2>"),
        snippet(
            "A11Y-empty-table-header",
            "<table><tr><th></th><th>A</th></tr><tr><td>1</td><td>2</td></tr></table>",
        ),
        snippet(
            "A11Y-form-field-multiple-labels",
            "<label for=\"z\">A</label><label for=\"z\">B</label><input id=\"z\">",
        ),
        snippet("A11Y-frame-title", "<iframe src=\"/x/\"></iframe>"),
        snippet(
            "A11Y-frame-title-unique",
            "<iframe title=\"A\" src=\"/x/\"></iframe><iframe title=\"A\" src=\"/y/\"></iframe>",
        ),
        snippet("A11Y-heading-order", "<h2>A</h2><h5>B</h5>"),
        snippet(
            "A11Y-identical-links-same-purpose",
            "<div class=\"ci-prose\"><a href=\"/a/\">Modulo</a> <a href=\"/b/\">Modulo</a></div>",
        ),
        snippet("A11Y-image-alt", "<img src=\"/x.png\">"),
        snippet("A11Y-image-alt-file", "<img src=\"/x.png\" alt=\"IMG_2041.jpg\">"),
        snippet(
            "A11Y-image-redundant-alt",
            "<a href=\"/b/\"><img src=\"/x.png\" alt=\"Biblioteca\"> Biblioteca</a>",
        ),
        snippet("A11Y-input-button-name", "<input type=\"button\">"),
        snippet("A11Y-input-image-alt", "<input type=\"image\" src=\"/x.png\">"),
        snippet("A11Y-label", "<input type=\"text\">"),
        snippet("A11Y-label", "<textarea></textarea>"),
        snippet("A11Y-label-content-name-mismatch", "<button aria-label=\"Invia\">Manda</button>"),
        snippet("A11Y-label-title-only", "<input title=\"Nome\">"),
        snippet("A11Y-label-title-only", "<input placeholder=\"Nome\">"),
        snippet("A11Y-landmark-banner-is-top-level", "<div role=\"banner\">x</div>"),
        snippet("A11Y-landmark-complementary-is-top-level", "<nav aria-label=\"z\"><aside>x</aside></nav>"),
        snippet("A11Y-landmark-contentinfo-is-top-level", "<div role=\"contentinfo\">x</div>"),
        snippet("A11Y-landmark-main-is-top-level", "<nav aria-label=\"z\"><div role=\"main\">x</div></nav>"),
        snippet("A11Y-landmark-no-duplicate-banner", "<div role=\"banner\">x</div>"),
        snippet("A11Y-landmark-no-duplicate-contentinfo", "<div role=\"contentinfo\">x</div>"),
        snippet("A11Y-landmark-no-duplicate-main", "<div role=\"main\">x</div>"),
        snippet("A11Y-landmark-unique", "<nav aria-label=\"z\">x</nav><nav aria-label=\"z\">y</nav>"),
        snippet("A11Y-link-name", "<a href=\"/servizi/\"></a>"),
        snippet("A11Y-link-name", "<a href=\"/servizi/\"><img src=\"/x.png\" alt=\"\"></a>"),
        snippet("A11Y-list", "<ul><div>x</div></ul>"),
        snippet("A11Y-listitem", "<div><li>x</li></div>"),
        snippet("A11Y-marquee", "<marquee>x</marquee>"),
        snippet("A11Y-nested-interactive", "<button>Apri <a href=\"/servizi/\">i servizi</a></button>"),
        snippet("A11Y-no-autoplay-audio", "<audio autoplay src=\"/x.mp3\"></audio>"),
        snippet("A11Y-object-alt", "<object data=\"/x.pdf\"></object>"),
        snippet("A11Y-p-as-heading", "<p><strong>Orari</strong></p><p>Dalle 9 alle 12.</p>"),
        snippet(
            "A11Y-presentation-role-conflict",
            "<img src=\"/x.png\" alt=\"\" role=\"none\" aria-label=\"x\">",
        ),
        snippet("A11Y-presentation-role-conflict", "<img src=\"/x.png\" alt=\"\" aria-label=\"Il lago\">"),
        snippet("A11Y-role-img-alt", "<span role=\"img\"></span>"),
        snippet(
            "A11Y-scope-attr-valid",
            "<table><tr><th scope=\"colonna\">A</th></tr><tr><td>1</td></tr></table>",
        ),
        snippet("A11Y-select-name", "<select><option>A</option></select>"),
        snippet("A11Y-server-side-image-map", "<a href=\"/a/\"><img ismap src=\"/x.png\" alt=\"Mappa\"></a>"),
        snippet("A11Y-skip-link", "<p><a href=\"#manca\">Costi</a></p>"),
        snippet("A11Y-summary-name", "<details><summary></summary><p>x</p></details>"),
        snippet("A11Y-svg-img-alt", "<svg role=\"img\"></svg>"),
        snippet("A11Y-tabindex", "<p><a tabindex=\"3\" href=\"/servizi/\">Servizi</a></p>"),
        snippet(
            "A11Y-table-duplicate-name",
            "<table summary=\"Tariffe\"><caption>Tariffe</caption><tr><th>A</th></tr><tr><td>1</td></tr></table>",
        ),
        snippet(
            "A11Y-table-fake-caption",
            "<table><tr><td colspan=\"2\">Tariffe</td></tr><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
        ),
        snippet(
            "A11Y-td-has-header",
            "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>",
        ),
        snippet(
            "A11Y-td-headers-attr",
            "<table><tr><th>A</th></tr><tr><td headers=\"manca\">1</td></tr></table>",
        ),
        snippet("A11Y-th-has-data-cells", "<table><tr><th>A</th></tr></table>"),
        snippet("A11Y-valid-lang", "<p lang=\"tedesco\">x</p>"),
        snippet("A11Y-video-caption", "<video controls src=\"/x.mp4\"></video>"),
    ]
}

fn pages() -> Vec<Seed> {
    vec![
        seed("A11Y-aria-hidden-body", home, "the body hidden", |t| {
            t.replacen("<body>", "<body aria-hidden=\"true\">", 1)
        }),
        seed("A11Y-bypass", home, "nothing to skip to", |t| {
            let mut page = t
                .replace("<main", "<div")
                .replace("</main>", "</div>")
                .replace("class=\"visually-hidden-focusable\" href=\"#", "href=\"/#");
            for level in 1..=6 {
                page = page.replace(&format!("<h{level}"), "<p").replace(&format!("</h{level}>"), "</p>");
            }
            page
        }),
        seed("A11Y-document-title", home, "no title", |t| {
            let (before, rest) = t.split_once("<title>").unwrap_or((t, ""));
            let after = rest.split_once("</title>").map_or("", |(_, after)| after);
            format!("{before}{after}")
        }),
        seed("A11Y-html-has-lang", home, "no language", |t| t.replacen("<html lang=\"it\"", "<html", 1)),
        seed("A11Y-html-lang-valid", home, "a language that is none", |t| {
            t.replacen("lang=\"it\"", "lang=\"italiano\"", 1)
        }),
        seed("A11Y-html-xml-lang-mismatch", home, "two languages", |t| {
            t.replacen("lang=\"it\"", "lang=\"it\" xml:lang=\"en\"", 1)
        }),
        seed("A11Y-landmark-one-main", home, "no main part", |t| {
            t.replace("<main", "<div").replace("</main>", "</div>")
        }),
        seed("A11Y-meta-refresh", home, "a page that changes by itself", |t| {
            t.replacen("</head>", "<meta http-equiv=\"refresh\" content=\"30\"></head>", 1)
        }),
        seed("A11Y-meta-viewport", home, "zoom forbidden", |t| {
            t.replacen(
                "</head>",
                "<meta name=\"viewport\" content=\"width=device-width, user-scalable=no\"></head>",
                1,
            )
        }),
        seed("A11Y-meta-viewport", home, "zoom bounded", |t| {
            t.replacen("</head>", "<meta name=\"viewport\" content=\"maximum-scale=1\"></head>", 1)
        }),
        seed("A11Y-page-has-heading-one", home, "no main heading", |t| {
            t.replace("<h1", "<p").replace("</h1>", "</p>")
        }),
        seed("A11Y-region", home, "text outside every landmark", |t| {
            t.replacen("<main", "<p>Avviso</p><main", 1)
        }),
    ]
}
