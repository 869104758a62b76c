//! The home page (content model 3).

use super::super::cards::Cards;
use super::super::jsonld;
use super::super::view::home::{Home, TopicCard};
use super::super::view::{Card, Link};
use super::{Built, EVENTI, GALLERIE, eventi};
use crate::content::{Data, Kind};
use crate::plan::{Plan, argomenti_usati};
use crate::site::{Item, Site};
use crate::vocab::Voce;

/// Builds the home.
pub fn home(cards: Cards<'_>, plan: &Plan) -> Built {
    let site = cards.site;
    let config = &site.config.written;
    let evidenza = config.evidenza.as_ref();
    let chosen = evidenza.and_then(|e| e.home.iter().find_map(|r| site.find(r.kind, &r.slug)));
    let news = site.newest(Kind::Notizia);
    let big =
        chosen.or_else(|| site.in_evidenza(&news, 1).first().copied()).or_else(|| news.first().copied());
    let latest =
        news.iter().filter(|n| big.is_none_or(|b| b.id != n.id)).take(3).map(|i| cards.card(i)).collect();
    let topics: Vec<&'static Voce> = match evidenza.filter(|e| !e.argomenti.is_empty()) {
        Some(e) => e.argomenti.iter().take(3).map(|t| t.entry).collect(),
        None => argomenti_usati(site).into_iter().take(3).collect(),
    };
    let others =
        argomenti_usati(site).into_iter().filter(|v| topics.iter().all(|t| t.slug != v.slug)).take(10);
    let days = eventi::strip(cards);
    let view = Home {
        evidenza: big.map(|i| Card { argomenti: cards.topics(i), ..cards.picture_card(i) }),
        amministrazione: administration(site).into_iter().map(|i| cards.card(i)).collect(),
        notizie: latest,
        eventi_mese: eventi::strip_title(&days),
        eventi: days,
        eventi_url: cards.urls.path(EVENTI.1),
        siti: cards.thematic_sites(None),
        gallerie: site.gallerie().into_iter().take(3).map(|i| eventi::gallery_card(cards, i)).collect(),
        gallerie_url: plan.has(GALLERIE.1).then(|| cards.urls.path(GALLERIE.1)),
        argomenti: topics.iter().map(|t| topic_card(cards, t)).collect(),
        altri_argomenti: others.map(|t| cards.topic(t)).collect(),
        luoghi: places(site).into_iter().take(3).map(|i| cards.picture_card(i)).collect(),
        link_utili: useful_links(cards),
    };
    let nome = &config.ente.nome.value.0;
    let mut built = Built::new(nome, &view)
        .described(format!("Sito istituzionale: {nome}. Servizi, novità, uffici, documenti e luoghi."));
    built.jsonld = vec![jsonld::website(site, cards.urls), jsonld::organization(site, cards.urls)];
    built.shared.image = config.aspetto.as_ref().and_then(|a| a.stemma.as_ref()).map(|s| s.value.0.clone());
    built
}

/// Up to three contents chosen in the configuration, people out of office left out; else mayor, Giunta, Consiglio, as far as the
/// site has them.
pub fn administration(site: &Site) -> Vec<&Item> {
    let chosen = site
        .config
        .written
        .evidenza
        .iter()
        .flat_map(|e| &e.amministrazione)
        .filter_map(|r| site.find(r.kind, &r.slug));
    let mut items: Vec<&Item> = chosen.filter(|i| !site.cessato(i)).collect();
    if items.is_empty() {
        items = site.nel_ruolo("sindaco");
        items.extend(
            ["giunta-comunale", "consiglio-comunale"].into_iter().flat_map(|t| site.unita_di_tipo(t)),
        );
    }
    items.truncate(3);
    items
}

/// Places chosen in the configuration, else the highlighted ones, else all.
pub fn places(site: &Site) -> Vec<&Item> {
    let chosen: Vec<&Item> = site
        .config
        .written
        .evidenza
        .iter()
        .flat_map(|e| &e.luoghi)
        .filter_map(|r| site.target(&r.value))
        .collect();
    let all = site.luoghi();
    let highlighted = site.in_evidenza(&all, 6);
    let mut items = [chosen, highlighted, all].into_iter().find(|l| !l.is_empty()).unwrap_or_default();
    items.truncate(6);
    items
}

/// A topic with its text and up to four contents: those chosen in its file, else services and news.
fn topic_card(cards: Cards<'_>, voce: &'static Voce) -> TopicCard {
    let site = cards.site;
    let file = site.find(Kind::Argomento, &voce.slug);
    let chosen: Vec<&Item> = match file.map(|f| &f.entry.data) {
        Some(Data::Argomento(a)) => cards.any(&a.evidenza).collect(),
        _ => Vec::new(),
    };
    let about = |i: &&Item| i.argomenti().any(|t| t.slug == voce.slug);
    let others =
        [site.alphabetical(Kind::Servizio), site.newest(Kind::Notizia)].into_iter().flatten().filter(about);
    let mut items = chosen;
    for item in others {
        if items.iter().all(|i| i.id != item.id) {
            items.push(item);
        }
    }
    let link = cards.topic(voce);
    TopicCard {
        titolo: link.label,
        url: link.url,
        descrizione: file.map(|f| f.descrizione.clone()).filter(|d| !d.is_empty()),
        icona: super::lists::topic_icon(site, voce),
        siti: cards.thematic_sites(Some(voce)),
        voci: items.into_iter().take(4).map(|i| cards.link(i)).collect(),
    }
}

fn useful_links(cards: Cards<'_>) -> Vec<Link> {
    let configured = cards.site.config.written.link_utili.iter().filter_map(|l| {
        let label = l.testo.value.0.clone();
        match (&l.contenuto, &l.url) {
            (Some(c), _) => {
                cards.site.find(c.kind, &c.slug).map(|i| Link { label, url: cards.urls.path(&i.url) })
            }
            (None, Some(u)) => Some(Link { label, url: u.value.0.to_string() }),
            (None, None) => None,
        }
    });
    configured.collect()
}
