// The assessment at accuracy "all": pages found as the official application finds them, every one of them, and the verdict of each
// criterion. C.SI.4.1 (Lighthouse) is measured apart: on a shared machine a time proves nothing.
import { pool } from '../browser.mjs';
import * as judge from './judge.mjs';
import { rate, read } from './facts.mjs';

const SCREEN = { width: 3840, height: 2160 };

async function tabs(browser, count) {
  return Promise.all(Array.from({ length: count }, async () => {
    const context = await browser.newContext({ locale: 'it-IT', viewport: SCREEN, ignoreHTTPSErrors: true });
    await context.route(/\.(png|jpe?g|webp|avif|pdf|mp4)(\?|$)/, (route) => route.abort());
    return context.newPage();
  }));
}

/**
 * Assesses a host started by `institutional`, at most `sheetLimit` sheets and `secondLimit` second-level pages of it:
 * `{code: {score, why}}`. What was read is kept in `seen`, by address; pages found there are not read again.
 */
export async function assess(browser, host, { sheetLimit = Infinity, secondLimit = Infinity, seen = { known: new Map(), rated: new Map() } } = {}) {
  const open = await tabs(browser, 2);
  const { known, rated } = seen;
  const visit = async (urls, rating) => pool(urls, open.length, async (url, id) => {
    if (!known.has(url)) known.set(url, await read(open[id], url));
    if (rating && !rated.has(url)) {
      if (open[id].url() !== url) await open[id].goto(url, { waitUntil: 'load' });
      rated.set(url, await rate(open[id]));
    }
    return known.get(url);
  });
  const [home] = await visit([`${host.origin}/`], true);
  const link = (facts, name) => facts?.tagged[name]?.find((entry) => entry.href && entry.href !== '#')?.url;
  const links = (facts, name) => (facts?.tagged[name] ?? []).filter((entry) => entry.href && entry.href !== '#').map((entry) => entry.url);
  const firstLevel = { management: link(home, 'management'), news: link(home, 'news'), services: link(home, 'all-services'), live: link(home, 'live') };
  const entries = Object.entries(firstLevel).filter(([, url]) => url);
  const visited = await visit(entries.map(([, url]) => url), true);
  const empty = { tagged: {}, index: [], breadcrumb: [], cookies: [], fonts: [], innerFonts: [], classes: [], version: '', url: host.origin, asked: '' };
  const levels = Object.fromEntries(['management', 'news', 'services', 'live'].map((key) => [key, empty]));
  entries.forEach(([key], at) => { levels[key] = visited[at]; });
  const names = { management: ['management-category-link'], news: ['news-category-link'], services: ['service-category-link'], live: ['live-button-locations', 'live-button-events'] };
  const second = await visit([...new Set(Object.entries(names).flatMap(([key, list]) => list.flatMap((name) => links(levels[key], name))))].slice(0, secondLimit), true);
  const listed = links(levels.services, 'service-link');
  const sheets = await visit([...new Set(listed)].slice(0, sheetLimit), true);
  const bookingUrl = link(levels.services, 'appointment-booking');
  const booking = bookingUrl ? await visit([bookingUrl]) : [];
  const area = link(home, 'personal-area-login');
  const topicsUrl = link(home, 'all-topics');
  const [topics] = topicsUrl ? await visit([topicsUrl]) : [];
  const notesUrl = link(home, 'legal-notes');
  const [notes] = notesUrl ? await visit([notesUrl]) : [];
  const online = [home, ...visited, ...second];
  const answers = new Map();
  const addresses = [home, ...visited, ...second, ...sheets, ...booking].map((page) => page.asked).concat(area ?? []);
  const footer = ['faq', 'report-inefficiency', 'privacy-policy-link', 'legal-notes'].map((name) => link(home, name)).filter(Boolean);
  for (const url of new Set([...addresses.map((address) => address.replace('://www.', '://')), ...footer])) answers.set(url, (await host.get(url)).status);
  const exists = (url) => answers.get(url) >= 200 && answers.get(url) < 300;
  const declaration = link(home, 'accessibility-link');
  const styles = await Promise.all(home.styles.map(async (url) => (await host.get(url)).body));
  const of = (pages) => pages.map((page) => [page.asked, rated.get(page.asked)]);
  for (const tab of open) await tab.context().close();
  return {
    'C.SI.1.1': judge.fonts([...online, ...sheets]),
    'C.SI.1.2': judge.components([...online, ...sheets, ...booking]),
    'C.SI.1.3': judge.sheets(sheets, listed.length),
    'C.SI.1.4': judge.theme(styles),
    'C.SI.1.5': judge.vocabularies(home, topics),
    'C.SI.1.6': judge.menu(home),
    'C.SI.1.7': judge.secondLevel(levels),
    'C.SI.2.1': judge.booking([levels.services, ...sheets], booking.length > 0 && booking[0].tagged['all-services']),
    'C.SI.2.2': judge.contacts(sheets),
    'C.SI.2.3': judge.faq(home, exists),
    'C.SI.2.4': judge.inefficiency(home, exists),
    'C.SI.2.5': judge.ratings(of(online)),
    'C.SI.2.6': judge.ratings(of(sheets)),
    'C.SI.3.1': judge.cookies([...online, ...sheets, ...booking]),
    'C.SI.3.2': judge.accessibility(home, host.bare, declaration ? await host.get(declaration) : { status: 0, body: '' }),
    'C.SI.3.3': judge.privacy(home, exists),
    'C.SI.3.4': judge.licence(home, notes, exists),
    'C.SI.5.1': judge.certificateOf(host.origin, await host.get(`${host.origin}/`)),
    'C.SI.5.2': judge.domain(addresses, exists),
    'R.SI.1.1': judge.metatag(sheets),
  };
}
