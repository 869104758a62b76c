// Lists narrowed in place: every choice leaves what fits it and tells how many, choices and words act together, a list in numbered
// pages is narrowed as a whole, and without a script the list is there with no choice that does nothing.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { violations } from './axe.mjs';
import { DESKTOP, PHONE } from './browser.mjs';
import { attentive, stage } from './visit.mjs';

const running = stage();
const DOCUMENTI = '/amministrazione/documenti-e-dati/';
const EVENTI = '/vivere-il-comune/eventi/';
const MODULI = `${DOCUMENTI}modulistica/`;

/** Opens a list and hears what it asks for and complains about. */
async function open(url, options = { viewport: DESKTOP }) {
  const tab = await attentive(running, 'esempio', options);
  await tab.go(url);
  const { page } = tab;
  const status = page.locator('[data-ci-status=elenco]');
  return {
    ...tab, page, status,
    titles: () => page.locator('#elenco > li:visible .card-title').allTextContents(),
    choices: async (id) => (await page.locator(`#${id} option`).allTextContents()).slice(1),
    told: async () => Number(/^(\d+) risultat[oi] trovat[oi]$/.exec(await status.textContent())?.[1]),
    close: async () => { await tab.close(); assert.deepEqual(tab.faults, []); },
  };
}

/** Each choice of each filter leaves some, says how many, and together they leave each that has any. */
async function every({ page, titles, choices, told }, filters) {
  const all = (await titles()).length;
  for (const [id, least, whole] of filters) {
    const names = await choices(id);
    assert(names.length >= least, `${id}: ${names}`);
    const seen = new Set();
    for (const name of names) {
      await page.selectOption(`#${id}`, { label: name });
      const left = await titles();
      assert(left.length > 0 && left.length < all, `${id} ${name}: ${left.length} of ${all}`);
      assert.equal(await told(), left.length);
      for (const title of left) seen.add(title);
    }
    if (whole) assert.equal(seen.size, all, `${id} leaves some out of every choice`);
    await page.selectOption(`#${id}`, '');
    assert.equal((await titles()).length, all);
  }
}

test('documents by kind, year, office, topic, state', async () => {
  const list = await open(DOCUMENTI);
  await every(list, [['filtro-tipo', 8, true], ['filtro-anno', 2, true], ['filtro-ufficio', 5, true], ['filtro-argomento', 5, false], ['filtro-stato', 4, false]]);
  const { page, titles, choices, close } = list;
  const years = await choices('filtro-anno');
  assert.deepEqual(years, [...years].sort().reverse(), 'latest first');
  await page.selectOption('#filtro-anno', { label: '2025' });
  const dates = await page.locator('#elenco > li:visible time.data').evaluateAll((times) => times.map(({ dateTime }) => dateTime.slice(0, 4)));
  assert(dates.every((year) => year === '2025'), `${dates}`);
  await page.selectOption('#filtro-tipo', { label: 'Concorso' });
  assert.deepEqual(await titles(), ['Concorso per un operaio comunale']);
  await page.fill('#cerca-elenco', 'biblioteca');
  assert.deepEqual(await titles(), []);
  await close();
});

test('events by kind, month, topic, place, audience', async () => {
  const list = await open(EVENTI);
  await every(list, [['filtro-tipo', 4, true], ['filtro-mese', 6, true], ['filtro-argomento', 3, true], ['filtro-luogo', 4, true], ['filtro-pubblico', 2, false]]);
  const months = await list.choices('filtro-mese');
  assert.deepEqual(months.slice(0, 3), ['novembre 2026', 'dicembre 2026', 'gennaio 2027'], 'in order of time');
  await list.page.selectOption('#filtro-luogo', { label: 'Teatro sociale' });
  for (const url of await list.page.locator('#elenco > li:visible .card-title a').evaluateAll((links) => links.map(({ href }) => href))) {
    assert.match(await (await fetch(url)).text(), /Teatro sociale/);
  }
  await list.close();
});

test('events between two dates', async () => {
  const { page, titles, told, close } = await open(EVENTI);
  const all = await titles();
  await page.fill('#filtro-dal', '2026-12-24');
  await page.fill('#filtro-al', '2026-12-31');
  const holidays = await titles();
  assert(holidays.length > 0 && holidays.length < all.length, `${holidays}`);
  assert.equal(await told(), holidays.length);
  // What began before and goes on is there too; what is over by then is not.
  const days = await page.locator('#elenco > li').evaluateAll((items) => items.map((item) => [!item.hidden, item.dataset.ciDays]));
  for (const [shown, list] of days) {
    const falls = list.split(' ').map((day) => day.split('/')).some(([first, last = first]) => first <= '2026-12-31' && last >= '2026-12-24');
    assert.equal(shown, falls, list);
  }
  assert(days.some(([shown, list]) => shown && list < '2026-12-24'));
  await page.fill('#filtro-al', '');
  assert((await titles()).length >= holidays.length, 'one date alone is enough');
  await page.fill('#filtro-dal', '');
  assert.deepEqual(await titles(), all);
  await close();
});

test('people by role and by unit', async () => {
  const list = await open('/amministrazione/politici/');
  await every(list, [['filtro-ruolo', 3, true]]);
  // Everybody is in the council: its choice leaves all, the others do not.
  assert((await list.choices('filtro-unita')).includes('Consiglio comunale'));
  await list.page.selectOption('#filtro-unita', { label: 'Giunta comunale' });
  await list.page.fill('#cerca-elenco', 'fontanari');
  assert.deepEqual(await list.titles(), ['Ilaria Fontanari']);
  await list.close();
});

test('acts of the register by word', async () => {
  const { page, told, close } = await open(`${DOCUMENTI}documenti-albo-pretorio/`);
  const rows = () => page.locator('#elenco tbody tr:visible th').allTextContents();
  const all = await rows();
  await page.fill('#cerca-elenco', 'ordinanza');
  const found = await rows();
  assert(found.length > 0 && found.length < all.length, `${found}`);
  assert.equal(await told(), found.length);
  await page.fill('#cerca-elenco', '');
  assert.deepEqual(await rows(), all);
  await close();
});

test('questions twenty at a time, and the one that was asked for', async () => {
  const { page, close } = await open('/domande-frequenti/');
  const shown = () => page.locator('#domande details:visible').count();
  const all = await page.locator('#domande details').count();
  assert(all > 20 && await shown() === 20, `${all}`);
  const more = page.getByRole('button', { name: 'Carica altre domande' });
  await more.click();
  assert.equal(await shown(), all);
  assert.equal(await more.isVisible(), false);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('#domande summary')].indexOf(document.activeElement)), 20, 'the first that was not there');
  const last = await page.locator('#domande details').last().getAttribute('id');
  await close();
  const asked = await open(`/domande-frequenti/#${last}`);
  assert(await asked.page.locator(`#${last}`).isVisible());
  await asked.page.fill('#cerca-elenco', 'nido');
  assert.deepEqual(new Set(await asked.page.locator('#domande section section > h3:visible').allTextContents()), new Set(['Asilo nido']), 'groups left empty go');
  await asked.close();
});

test('services by kind and by short facts together', async () => {
  const { page, choices, told, close } = await open('/servizi/');
  assert((await choices('filtro-archetipo')).includes('Pagamenti dovuti'));
  await page.selectOption('#filtro-archetipo', { label: 'Pagamenti dovuti' });
  const due = await told();
  await page.check('[data-ci-facts] [value="Si paga con pagoPA"]', { force: true });
  const both = await told();
  assert(due > 0 && both > 0 && both <= due, `${due} ${both}`);
  await page.selectOption('#filtro-archetipo', '');
  assert(await told() > both);
  await close();
});

test('a list in numbered pages is narrowed as a whole', async (context) => {
  const { files } = running.of('esempio');
  const numbers = `<div data-ci-pages=elenco><nav><a href="${DOCUMENTI}" aria-current=page>1</a><a href="${MODULI}">2</a></nav></div></main>`;
  context.after(() => { files.rewrite = null; });
  files.rewrite = (path, text) => (path === DOCUMENTI ? text.replace('</main>', numbers) : undefined);
  const { page, titles, told, requests, close } = await open(DOCUMENTI);
  const asked = () => requests.filter((request) => request.url().endsWith(MODULI)).length;
  const first = await titles();
  assert.equal(asked(), 0, 'nothing is fetched before somebody narrows the list');
  await page.fill('#cerca-elenco', 'modulo');
  await page.waitForFunction((least) => document.querySelectorAll('#elenco > li').length > least, first.length);
  const found = await titles();
  assert.equal(found.length, await told());
  assert(found.some((title) => found.indexOf(title) !== found.lastIndexOf(title)), 'those of the other page too');
  assert.equal(await page.locator('[data-ci-pages]').isVisible(), false);
  await page.fill('#cerca-elenco', '');
  assert.deepEqual(await titles(), first, 'the page as it was');
  assert.equal(await page.locator('[data-ci-pages]').isVisible(), true);
  assert.equal(asked(), 1);
  await close();
  files.rewrite = (path, text) => (path === DOCUMENTI ? text.replace('</main>', numbers.replace(MODULI, '/assente/')) : undefined);
  const gone = await attentive(running, 'esempio', {});
  await gone.go(DOCUMENTI);
  await gone.page.fill('#cerca-elenco', 'modulo');
  assert(await gone.page.locator('#elenco > li:visible').count() > 0, 'a page that is not there leaves those that are');
  await gone.close();
});

test('the choices are folded on a telephone, open on a wide screen, and sound', async () => {
  for (const [viewport, open_] of [[DESKTOP, true], [PHONE, false]]) {
    const { page, close } = await open(DOCUMENTI, { viewport });
    assert.equal(await page.locator('#filtro-anno').isVisible(), open_);
    if (!open_) await page.locator('[data-ci-facts] > summary').press('Enter');
    assert.equal(await page.locator('#filtro-anno').isVisible(), true);
    assert.deepEqual(await violations(page), []);
    await close();
  }
});

test('without a script the list is whole and has no choices', async () => {
  const faq = await open('/domande-frequenti/', { javaScriptEnabled: false });
  assert(await faq.page.locator('#domande details:visible').count() > 20);
  assert.equal(await faq.page.locator('[data-ci-more]').isVisible(), false);
  await faq.close();
  for (const url of [DOCUMENTI, EVENTI]) {
    const { page, titles, close } = await open(url, { javaScriptEnabled: false });
    assert((await titles()).length > 10);
    assert.equal(await page.locator('[data-ci-facts]').isVisible(), false);
    await close();
  }
});
