//! Faults of HTML itself, such as a template overridden by hand brings along.

use super::{Seed, home, seed, snippet};

pub fn seeds() -> Vec<Seed> {
    vec![
        snippet("HTM-01", "<p><font>Orari</font></p>"),
        snippet("HTM-01", "<center>Orari</center>"),
        snippet("HTM-01", "<orari>Dalle 9 alle 12</orari>"),
        snippet("HTM-02", "<table border=\"1\"><tr><th>A</th></tr><tr><td>1</td></tr></table>"),
        snippet("HTM-02", "<p align=\"center\">Orari</p>"),
        snippet("HTM-02", "<div href=\"/servizi/\">Servizi</div>"),
        snippet("HTM-02", "<table summary=\"Tariffe\"><tr><th>A</th></tr><tr><td>1</td></tr></table>"),
        snippet("HTM-03", "<img src=\"/x.png\" alt=\"\" width=\"100%\">"),
        snippet("HTM-03", "<label>Posta <input type=\"mail\"></label>"),
        snippet("HTM-03", "<p><a href=\"/due parole/\">Due parole</a></p>"),
        snippet("HTM-03", "<label for=\"manca\">Nome</label>"),
        snippet("HTM-03", "<p dir=\"destra\">x</p>"),
        snippet("HTM-04", "<p><span><ul><li>x</li></ul></span></p><span><div>x</div></span>"),
        snippet("HTM-04", "<h2><div>Orari</div></h2>"),
        snippet("HTM-04", "<a href=\"/servizi/\"><h3><div>Servizi</div></h3></a>"),
        snippet("HTM-04", "<details><p>x</p></details>"),
        snippet("HTM-04", "<div><figcaption>Il lago</figcaption></div>"),
        snippet("HTM-04", "<header><header>x</header></header>"),
        snippet("HTM-05", "<p>Orari<div>Dalle 9</div></p>"),
        snippet("HTM-05", "<div><span>Orari</div></span>"),
        snippet("HTM-05", "<table><div>x</div><tr><th>A</th></tr></table>"),
        seed("HTM-05", home, "a part closed twice", |t| t.replacen("</main>", "</main></main>", 1)),
        snippet("HTM-06", "<p class=\"lead\" class=\"mb-4\">x</p>"),
        snippet("HTM-07", "<p xml:lang=\"de\">Rathaus</p>"),
        snippet("HTM-08", "<img alt=\"Il municipio\">"),
        snippet("HTM-08", "<map><area alt=\"x\" href=\"/servizi/\"></map>"),
        snippet("HTM-09", "<p style=\"color: red\">x</p>"),
        snippet("HTM-09", "<p><img src=\"https://altrove.esempio.it/x.png\" alt=\"\"></p>"),
        snippet("HTM-09", "<iframe title=\"Mappa\" src=\"/x/\"></iframe>"),
        snippet("HTM-09", "<script>alert(1)</script>"),
        snippet("HTM-09", "<button onclick=\"x()\">Stampa</button>"),
        snippet("HTM-10", "<section><p>Orari</p></section>"),
    ]
}
