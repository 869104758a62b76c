// What a first visit costs, over the wire (gzip -6), photographs aside; and how much the page moves while it loads. The limits are
// the project's: 100 KB and 12 requests for a service sheet, 130 KB and 14 requests for any page, with a share for every kind of file.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { serve } from './server.mjs';
import { html, site } from './sites.mjs';
import { everyKind, seesFaults, stage } from './visit.mjs';

const KB = 1024;
const LIMITS = { html: 12 * KB, css: 28 * KB, js: 5 * KB, icons: 6 * KB, fonts: 60 * KB };
const PAGE = { bytes: 130 * KB, requests: 14, fonts: 4 };
const SHEET = { bytes: 100 * KB, requests: 12 };
/** Pages that hold a list of the whole site, by decision, to work without a script: their HTML may weigh twice as much. */
const LISTS = new Set(['servizi', 'ricerca']);
/** The search page has the script that searches besides. */
const SEARCH_SCRIPT = 4 * KB;
const SHIFT = 0.05;

/** Fonts and pictures come this late (ms), after the first paint, so that every movement they cause is seen. */
const LATE = 400;

const running = stage();

/** The share of the budget that a file counts against. */
function share(path, photos) {
  if (photos.has(path)) return 'photos';
  if (/\/(|[^/.]*|404\.html)$/.test(path)) return 'html';
  return { css: 'css', js: 'js', woff2: 'fonts', svg: path.startsWith('/assets/') ? 'icons' : 'images' }[path.split('.').pop()] ?? 'images';
}

/** A first visit: bytes by share, number of requests and of fonts, movement. */
async function visit(place, url, viewport) {
  const { files } = running.of(place);
  // A server of its own: its log is that of this visit.
  const server = await serve({ '*': files });
  const context = await visitor(running.browser, { viewport });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value; })
      .observe({ type: 'layout-shift', buffered: true });
  });
  files.delay = (path) => (/\.woff2$|^\/(media|assets\/immagini)\//.test(path) ? LATE : 0);
  await page.goto(server.origin + url, { waitUntil: 'networkidle' });
  const first = server.log.map(({ path }) => path);
  const [photos, shift] = await page.evaluate(() => [[...document.querySelectorAll('main img')].map((image) => new URL(image.currentSrc || image.src).pathname), window.shift]);
  await context.close();
  await server.close();
  const cost = { html: 0, css: 0, js: 0, icons: 0, fonts: 0, images: 0, photos: 0 };
  const seen = new Set(photos);
  for (const path of first) {
    const answer = files.answer(path);
    cost[share(path, seen)] += answer.packable ? files.pack(answer).length : answer.body.length;
  }
  const counted = first.filter((path) => !seen.has(path));
  const bytes = Object.entries(cost).reduce((sum, [name, size]) => (name === 'photos' ? sum : sum + size), 0);
  return { cost, bytes, requests: counted.length, fonts: first.filter((path) => path.endsWith('.woff2')).length, shift };
}

/** Limits that a visit breaks. */
function judge(kind, { cost, bytes, requests, fonts, shift }) {
  const total = kind === 'servizio' ? SHEET : PAGE;
  const faults = [];
  const check = (name, value, limit) => value > limit && faults.push(`${name} ${Math.round(value * 1000) / 1000} > ${limit}`);
  check('bytes', bytes, total.bytes);
  check('requests', requests, total.requests);
  check('fonts', fonts, PAGE.fonts);
  check('layout shift', shift, SHIFT);
  for (const [name, limit] of Object.entries(LIMITS)) check(name, cost[name], (name === 'html' && LISTS.has(kind) ? 2 * limit : limit) + (name === 'js' && kind === 'ricerca' ? SEARCH_SCRIPT : 0));
  return faults;
}

everyKind('budget', 1, async (place, url, { kind }) => {
  const faults = [];
  for (const viewport of [DESKTOP, PHONE]) {
    const found = await visit(place, url, viewport);
    if (viewport === PHONE) {
      const parts = Object.entries(found.cost).map(([name, size]) => `${name} ${(size / KB).toFixed(1)}`).join(', ');
      console.log(`${kind}: ${(found.bytes / KB).toFixed(1)} KB (${parts}), ${found.requests} requests, shift ${found.shift.toFixed(3)}`);
    }
    for (const fault of judge(kind, found)) faults.push(`at ${viewport.width}: ${fault}`);
  }
  return faults;
});

test('the HTML of every page stays in its share', () => {
  const faults = [];
  for (const name of ['esempio', 'nuovo']) {
    for (const page of site(name).pages) {
      const size = gzipSync(html(site(name), page), { level: 6 }).length;
      if (size > (LISTS.has(page.kind) ? 2 : 1) * LIMITS.html) faults.push(`${name} ${page.url} ${size}`);
    }
  }
  assert.deepEqual(faults, []);
});

const noise = Array.from({ length: 9000 }, (_, n) => (n * 2654435761 % 4294967296).toString(36)).join(' ');
const many = Array.from({ length: 8 }, (_, n) => `<link rel="stylesheet" href="/assets/x${n}.css">`).join('');
const SPOILT = [
  { seen: 'bytes', change: (text) => text.replace('</main>', `<p>${noise}</p></main>`) },
  { seen: 'html', change: (text) => text.replace('</main>', `<p>${noise}</p></main>`) },
  { seen: 'requests', change: (text) => text.replace('</head>', `${many}</head>`) },
  { seen: 'layout shift', change: (text) => text.replace(/<main[^>]*>/, '$&<img src="/media/stemma.svg" alt="">'), css: 'main > img{width:300px}' },
];
seesFaults(running, site('esempio').pages.find((page) => page.kind === 'servizio').url, SPOILT, async (place, url) => judge('servizio', await visit(place, url, PHONE)));
