// "Paga un avviso": the script's check of notice numbers passes the very vectors of the Rust type; the page opens the national one at
// the notice typed, says what is wrong with a number, and without a script is a plain link. Nothing is sent to the site.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fault } from '../../themes/comuni/assets/avviso.js';
import { visitor } from './browser.mjs';
import { stage } from './visit.mjs';

const running = stage();
const vectors = JSON.parse(readFileSync(new URL('../data/avvisi.json', import.meta.url)));
const PAGE = '/servizi/paga-un-avviso/';
const NATIONAL = 'https://checkout.pagopa.it/';

test('the check passes the shared vectors', () => {
  for (const { input, expected } of vectors) assert.equal(fault(input) || 'ok', expected, input);
});

/** Opens the page; gives it with the addresses that it asks for afterwards. */
async function open(options) {
  const context = await visitor(running.browser, options);
  const page = await context.newPage();
  await page.goto(running.of('esempio').server.origin + PAGE, { waitUntil: 'networkidle' });
  const asked = [];
  await page.route('**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ body: 'pagina nazionale' });
  });
  return { page, asked, close: () => context.close() };
}

test('a right number opens the notice, and only the national page hears of it', async () => {
  const { page, asked, close } = await open();
  await page.fill('#avviso', '3010 0000 0000 0123 73');
  await page.press('#avviso', 'Enter');
  await page.waitForURL(`${NATIONAL}**`);
  assert.equal(page.url(), `${NATIONAL}01234560223301000000000012373`);
  assert.deepEqual(asked.filter((url) => !url.startsWith(NATIONAL)), []);
  await close();
});

test('a wrong number is said, and goes nowhere', async () => {
  const { page, asked, close } = await open();
  const message = page.locator('#avviso-errore');
  const told = new Set();
  for (const wrong of ['', '30100000000001237', '401000000000012373', '303000000123456713']) {
    await page.fill('#avviso', wrong);
    await page.click('[data-ci-avviso] button');
    told.add(await message.textContent());
    assert.equal(await page.getAttribute('#avviso', 'aria-invalid'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'avviso');
  }
  assert.equal(told.size, 3, [...told].join(' | '));
  assert(![...told].includes(''));
  assert.deepEqual(asked, []);
  await close();
});

test('without a script there is a link and no form', async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  assert.equal(await page.isVisible('[data-ci-avviso]'), false);
  assert.equal(await page.getAttribute('[data-ci-senza-script] a', 'href'), `${NATIONAL}inserisci-dati-avviso`);
  await close();
});
