// What a first visit costs, over the wire (gzip -6), photographs aside; and how much the page moves while it loads. The limits are
// the project's: 100 KB and 12 requests for a service sheet, 130 KB and 14 requests for any page, with a share for every kind of file.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { html, sampled, site } from './sites.mjs';
import { stage } from './visit.mjs';

const KB = 1024;
const LIMITS = { html: 12 * KB, css: 28 * KB, js: 5 * KB, icons: 6 * KB, fonts: 60 * KB };
const PAGE = { bytes: 130 * KB, requests: 14, fonts: 4 };
const SHEET = { bytes: 100 * KB, requests: 12 };
/** Pages that hold a list of the whole site, by decision, to work without a script: their HTML may weigh twice as much. */
const LISTS = new Set(['servizi', 'ricerca']);
const SHIFT = 0.05;

/** Fonts come this late (ms), so that text is always painted in the fallback font first and every movement is seen. */
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
  const { files, server } = running.of(place);
  const context = await visitor(running.browser, { viewport });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value; })
      .observe({ type: 'layout-shift', buffered: true });
  });
  server.log.length = 0;
  files.delay = (path) => (path.endsWith('.woff2') || path === '/media/late.svg' ? LATE : 0);
  await page.goto(server.origin + url, { waitUntil: 'networkidle' });
  const first = server.log.map(({ path }) => path);
  const [photos, shift] = await page.evaluate(() => [[...document.querySelectorAll('main img')].map((image) => new URL(image.currentSrc || image.src).pathname), window.shift]);
  await context.close();
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
  for (const [name, limit] of Object.entries(LIMITS)) check(name, cost[name], name === 'html' && LISTS.has(kind) ? 2 * limit : limit);
  return faults;
}

for (const [kind, pages] of sampled({ limit: 1 })) {
  test(`budget: ${kind}`, async () => {
    const faults = [];
    for (const [place, { url }] of pages) {
      for (const viewport of [DESKTOP, PHONE]) {
        const found = await visit(place.name, url, viewport);
        if (place.name === 'esempio' && viewport === PHONE) {
          const parts = Object.entries(found.cost).map(([name, size]) => `${name} ${(size / KB).toFixed(1)}`).join(', ');
          console.log(`${kind}: ${(found.bytes / KB).toFixed(1)} KB (${parts}), ${found.requests} requests, shift ${found.shift.toFixed(3)}`);
        }
        for (const fault of judge(kind, found)) faults.push(`${place.name} ${url} at ${viewport.width}: ${fault}`);
      }
    }
    assert.deepEqual(faults, []);
  });
}

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

test('a page that costs or moves too much is seen', async () => {
  const { files } = running.of('esempio');
  const url = site('esempio').pages.find((page) => page.kind === 'servizio').url;
  const noise = Array.from({ length: 9000 }, (_, n) => (n * 2654435761 % 4294967296).toString(36)).join(' ');
  const many = Array.from({ length: 8 }, (_, n) => `<link rel="stylesheet" href="/assets/x${n}.css">`).join('');
  const picture = { headers: { 'content-type': 'image/svg+xml' }, body: '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="500"/>' };
  const spoilt = [
    ['bytes', (text) => text.replace('</main>', `<p>${noise}</p></main>`)],
    ['html', (text) => text.replace('</main>', `<p>${noise}</p></main>`)],
    ['requests', (text) => text.replace('</head>', `${many}</head>`)],
    ['layout shift', (text) => text.replace(/<main[^>]*>/, '$&<img src="/media/late.svg" alt="">')],
  ];
  for (const [what, change] of spoilt) {
    files.rewrite = (path, text) => {
      if (path === '/media/late.svg') return { status: 200, ...picture };
      return path === url ? change(text) : undefined;
    };
    const faults = judge('servizio', await visit('esempio', url, PHONE));
    assert(faults.some((fault) => fault.startsWith(what)), `${what} not seen: ${faults}`);
  }
  files.rewrite = null;
});
