// The search page: what a query finds and in which order, facets, the query in the address, results told to screen readers; the index
// is asked for only by who searches; a text of a content is never markup; without an index the list from A to Z stays.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { narrow, prepare, search, suggestion, words } from '../../themes/comuni/assets/ricerca.js';
import { violations } from './axe.mjs';
import { DESKTOP, PHONE } from './browser.mjs';
import { site } from './sites.mjs';
import { attentive, stage } from './visit.mjs';

const running = stage();
const PAGE = '/ricerca/';
const INDEX = '/api/ricerca.json';

const SMALL = prepare({
  tipi: ['Novità', 'Servizi'],
  argomenti: ['Rifiuti', 'Tasse'],
  voci: [
    ['Carta d\'identità', '/a/', 'Il documento.', 1, [], '2026-01-01'],
    ['Nuovi cassonetti', '/b/', 'Dove si mettono i rifiuti.', 0, [0], '2026-03-01'],
    ['Rifiuto ingombrante', '/c/', 'Come si porta via.', 1, [0], ''],
    ['Tassa sui rifiuti', '/d/', 'Quanto si paga.', 1, [0, 1], '2026-02-01'],
  ],
  parole: { citta: [0, 1], compostiera: [3], rifiuti: [2] },
  comuni: ['comune'],
});
const titles = (query) => search(SMALL, query).map(({ titolo }) => titolo);

test('letter case, accents, apostrophes and last vowels do not count; the title weighs most', () => {
  assert.deepEqual(words("L'Identità è QUI"), ['l', 'identita', 'e', 'qui']);
  assert.deepEqual(titles('IDENTITÀ'), ["Carta d'identità"]);
  assert.deepEqual(titles('identita'), ["Carta d'identità"]);
  assert.deepEqual(titles("carta d'identità"), ["Carta d'identità"]);
  assert.deepEqual(titles('rifiuti'), ['Tassa sui rifiuti', 'Rifiuto ingombrante', 'Nuovi cassonetti']);
  assert.deepEqual(titles('rifiuto')[0], 'Rifiuto ingombrante');
  assert.deepEqual(titles('compost'), ['Tassa sui rifiuti'], 'a word of the text, only begun');
  assert.deepEqual(titles('rifiuti paga'), ['Tassa sui rifiuti'], 'all the words');
  assert.deepEqual(titles('comune identità'), ["Carta d'identità"], 'a word of every page excludes nothing');
  assert.deepEqual(titles('zzz'), []);
  assert.deepEqual(titles(' - '), []);
});

test('facets count what each choice would leave', () => {
  const found = search(SMALL, 'rifiuti');
  assert.deepEqual(narrow(found, { tipi: [], argomenti: [] }).counts, { tipi: [['Servizi', 2], ['Novità', 1]], argomenti: [['Rifiuti', 3], ['Tasse', 1]] });
  const { left, counts } = narrow(found, { tipi: ['Servizi'], argomenti: ['Tasse'] });
  assert.deepEqual(left.map(({ url }) => url), ['/d/']);
  assert.deepEqual(counts, { tipi: [['Servizi', 1]], argomenti: [['Rifiuti', 2], ['Tasse', 1]] });
});

test('a slip of the finger has a suggestion that finds something', () => {
  assert.equal(suggestion(SMALL, 'casonetti'), 'cassonetti');
  assert.equal(suggestion(SMALL, 'tasa'), 'tassa');
  assert.equal(suggestion(SMALL, 'xyzxyzxyz'), '');
});

/** Opens the search page and hears what it asks for and complains about. */
async function open(query = '', viewport = DESKTOP) {
  const tab = await attentive(running, 'esempio', { viewport });
  await tab.go(PAGE + query);
  const status = tab.page.locator('#ricerca-stato');
  return {
    ...tab, page: tab.page, status,
    asked: () => tab.requests.filter((request) => request.url().endsWith(INDEX)).length,
    results: () => tab.page.locator('#ricerca-risultati h3').allTextContents(),
    found: () => status.filter({ hasText: /\d/ }).waitFor(),
    close: async () => { await tab.close(); assert.deepEqual(tab.faults, []); },
  };
}

test('the index is asked for by who searches, once, and weighs little', async () => {
  const { page, asked, found, close } = await open();
  assert.equal(asked(), 0);
  assert.equal(await page.locator('#indice').isVisible(), true);
  await page.fill('[name=q]', 'imu');
  await found();
  await page.fill('[name=q]', 'tari');
  await page.locator('#ricerca-risultati a', { hasText: /tari|rifiuti/i }).first().waitFor();
  assert.equal(asked(), 1);
  assert.equal(await page.locator('#indice').isVisible(), false);
  await page.fill('[name=q]', '');
  await page.locator('#indice').waitFor();
  await close();
  const size = gzipSync(readFileSync(join(site('esempio').dir, INDEX)), { level: 6 }).length;
  console.log(`index: ${(size / 1024).toFixed(1)} KB`);
  assert(size < 80 * 1024, `${size}`);
});

test('a query in the address is answered at once, and the answer is told politely', async () => {
  const { page, status, results, found, close } = await open('?q=carta+identità');
  await found();
  assert.equal(await status.getAttribute('role'), 'status');
  assert.match(await status.textContent(), /^\d+ risultat[oi] trovat[oi]$/);
  assert.equal((await results())[0], "Carta d'identità elettronica (CIE)");
  assert.equal(await page.inputValue('[name=q]'), 'carta identità');
  await page.locator('#ricerca-risultati a').first().click();
  await page.waitForURL(/carta-d-identita-elettronica\/$/);
  await page.goBack();
  await page.locator('#ricerca-risultati h3').first().waitFor();
  await close();
});

test('from the search box of another page', async () => {
  const { page, go, results, found, close } = await open();
  await go('/404.html');
  await page.locator('main [name=q]').first().fill('biblioteca');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/ricerca\/\?q=biblioteca$/);
  await found();
  assert((await results()).includes('Biblioteca comunale'));
  await close();
});

test('facets, order and the way back by keyboard; axe finds nothing', async () => {
  for (const viewport of [DESKTOP, PHONE]) {
    const { page, status, results, found, close } = await open('?q=rifiuti', viewport);
    await found();
    const all = Number.parseInt(await status.textContent(), 10);
    if (viewport === PHONE) await page.locator('#ricerca-filtri > summary').press('Enter');
    assert.deepEqual(await violations(page), []);
    const box = page.getByRole('checkbox', { name: /^Servizi \(\d+\)$/ });
    const promised = Number.parseInt((await page.locator('label', { hasText: /^Servizi \(/ }).textContent()).match(/\d+/)[0], 10);
    await box.focus();
    await page.keyboard.press('Space');
    assert.equal(Number.parseInt(await status.textContent(), 10), promised);
    assert(promised > 0 && promised < all, `${promised} of ${all}`);
    assert.equal(await box.evaluate((one) => one === document.activeElement && one.checked), true, 'the focus stays on the choice');
    await page.selectOption('#ricerca-ordine', 'titolo');
    const names = await results();
    assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b, 'it')));
    await page.click('#ricerca-azzera');
    assert.equal(Number.parseInt(await status.textContent(), 10), all);
    await close();
  }
});

test('more results, and the focus on the first of them', async () => {
  const { page, results, found, close } = await open('?q=comune');
  await found();
  assert.equal((await results()).length, 20);
  await page.locator('#ricerca-altri').press('Enter');
  assert.equal((await results()).length, 40);
  const names = await results();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), names[20]);
  await close();
});

test('a slip is put right by a link', async () => {
  const { page, found, results, close } = await open('?q=biblioteka');
  await page.locator('#ricerca-forse a').waitFor();
  await page.locator('#ricerca-forse a').click();
  await found();
  assert((await results()).includes('Biblioteca comunale'));
  await close();
});

test('a title with markup in it stays text', async () => {
  const evil = '<img src=x onerror="document.title=1">';
  const { page, found, results, close } = await open();
  await page.route(`**${INDEX}`, async (route) => {
    const index = await (await route.fetch()).json();
    index.voci[0][0] = evil;
    await route.fulfill({ json: index });
  });
  await page.fill('[name=q]', 'onerror');
  await found();
  assert.deepEqual(await results(), [evil]);
  assert.equal(await page.locator('#ricerca-risultati img').count(), 0);
  await close();
});

test('where the index cannot be had the list stays and says so', async () => {
  const { page, status, faults, close } = await open();
  await page.route(`**${INDEX}`, (route) => route.fulfill({ status: 503 }));
  await page.fill('[name=q]', 'imu');
  await status.filter({ hasText: 'non risponde' }).waitFor();
  assert.equal(await page.locator('#indice').isVisible(), true);
  faults.length = 0;
  await close();
});
