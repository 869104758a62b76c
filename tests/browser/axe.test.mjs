// axe-core on every kind of page, at 1280 and 360 px, as loaded and with everything open, menu included: no violation.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { openAll, openMenu, violations } from './axe.mjs';
import { sampled } from './sites.mjs';
import { stage } from './visit.mjs';

const running = stage();

/** Loads a page at a size, runs `states` on it in turn, gathers what axe says after each. */
async function judge(place, url, viewport, states) {
  const context = await visitor(running.browser, { viewport });
  const page = await context.newPage();
  await page.goto(running.of(place).server.origin + url);
  const faults = [];
  for (const [name, prepare] of Object.entries(states)) {
    await prepare(page);
    for (const fault of await violations(page)) faults.push(`${place} ${url} at ${viewport.width}, ${name}: ${fault}`);
  }
  await context.close();
  return faults;
}

for (const [kind, pages] of sampled()) {
  test(`axe: ${kind} (${pages.length} pages)`, async () => {
    const faults = [];
    for (const [n, [place, page]] of pages.entries()) {
      const loaded = { 'as loaded': async () => {} };
      const menu = n === 0 ? { 'menu open': openMenu } : {};
      faults.push(...await judge(place.name, page.url, DESKTOP, { ...loaded, 'all open, 2 stars': (p) => openAll(p, 2) }));
      faults.push(...await judge(place.name, page.url, PHONE, { 'all open, 5 stars': (p) => openAll(p, 5), ...menu }));
    }
    assert.deepEqual(faults, []);
  });
}

test('axe sees faults put into a page, on the surface, in an accordion and in the menu', async () => {
  const { files } = running.of('esempio');
  const spoilt = [
    [/<h1[^>]*>/, '<h1><img src=/media/stemma.svg>', 'image-alt', {}],
    [/<(\/?)main/g, '<$1div', 'landmark-one-main', {}],
    [/<summary class=accordion-header><h3[^>]*>/, '<summary><h6>', 'heading-order', { open: (p) => openAll(p, 1) }],
    [/aria-label="?Chiudi il menu"?/i, '', 'button-name', { menu: openMenu }],
  ];
  for (const [what, by, rule, states] of spoilt) {
    files.rewrite = (path, text) => (path === '/domande-frequenti/' ? text.replaceAll(what.global ? what : new RegExp(what, 'g'), by) : undefined);
    const faults = await judge('esempio', '/domande-frequenti/', PHONE, { loaded: async () => {}, ...states });
    assert(faults.some((fault) => fault.includes(`: ${rule}:`)), `${rule} not seen: ${faults}`);
  }
  files.rewrite = null;
});
