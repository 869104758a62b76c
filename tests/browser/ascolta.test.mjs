// "Ascolta": the button is there only with a voice of the device in the language of the page; it reads the main text and nothing else,
// paragraph by paragraph; pauses, goes on, stops, and is silent once the page is left. The voice is a false one that tells what it is given.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { violations } from './axe.mjs';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { stage } from './visit.mjs';

const running = stage();
const SHEET = '/servizi/anagrafe-e-stato-civile/carta-d-identita-elettronica/';
const TITLE = "Carta d'identità elettronica (CIE)";
const LOCAL = { name: 'Italiano', lang: 'it-IT', localService: true };
const REMOTE = { ...LOCAL, localService: false };

/** A voice that says nothing by itself: `window.said` are the utterances, `next()` ends the one being said. Runs in the page. */
function falseVoice({ voices, late }) {
  const told = new EventTarget();
  let given = late ? [] : voices;
  window.said = [];
  window.cancelled = 0;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.assign(told, { getVoices: () => given, speak: (one) => window.said.push(one), cancel: () => { window.cancelled += 1; window.said.at(-1)?.onerror?.({ target: window.said.at(-1) }); } });
  Object.defineProperty(window, 'speechSynthesis', { value: told });
  window.next = () => { const one = window.said.at(-1); one.onend({ target: one }); };
  window.arrive = () => { given = voices; told.dispatchEvent(new Event('voiceschanged')); };
}

async function open(voices, { late = false, viewport = DESKTOP } = {}) {
  const context = await visitor(running.browser, { viewport });
  const page = await context.newPage();
  await page.addInitScript(falseVoice, { voices, late });
  await page.goto(running.of('esempio').server.origin + SHEET);
  const texts = () => page.evaluate(() => window.said.map(({ text }) => text));
  return { page, texts, listen: page.locator('[data-ci-listen]'), quiet: page.locator('[data-ci-quiet]'), close: () => context.close() };
}

test('no button without a voice of the device in Italian', async () => {
  for (const voices of [[], [REMOTE], [{ ...LOCAL, lang: 'en-GB' }]]) {
    const { listen, close } = await open(voices);
    assert.equal(await listen.isVisible(), false, JSON.stringify(voices));
    await close();
  }
});

test('a voice that comes late brings the button', async () => {
  const { page, listen, close } = await open([LOCAL], { late: true });
  assert.equal(await listen.isVisible(), false);
  await page.evaluate(() => window.arrive());
  assert.equal(await listen.isVisible(), true);
  await close();
});

test('it reads the title and the text to the end, and nothing around them', async () => {
  const { page, texts, listen, quiet, close } = await open([REMOTE, LOCAL]);
  await listen.focus();
  await page.keyboard.press('Enter');
  for (let before = 0, now = 1; now !== before; [before, now] = [now, (await texts()).length]) await page.evaluate(() => window.next());
  const read = await texts();
  assert.equal(read[0], TITLE);
  assert.deepEqual([...new Set(await page.evaluate(() => window.said.map(({ voice, lang }) => `${voice.localService} ${lang}`)))], ['true it-IT']);
  const headings = await page.locator('main .ci-prose h2').allTextContents();
  assert(headings.length > 8 && headings.every((heading) => read.includes(heading)), 'every section is read');
  const around = ['Condividi', 'Stampa', 'Indice della pagina', 'Home', 'Contenuti correlati', 'Contatta il comune'];
  assert.deepEqual(read.filter((text) => around.includes(text) || /si apre su/.test(text)), []);
  assert.equal(await listen.innerText(), 'Ascolta');
  assert.equal(await quiet.isVisible(), false);
  await close();
});

test('pause begins the paragraph again, stop begins from the title; both by keyboard', async () => {
  const { page, texts, listen, quiet, close } = await open([LOCAL], { viewport: PHONE });
  await listen.focus();
  await page.keyboard.press('Space');
  await page.evaluate(() => { window.next(); window.next(); });
  assert.equal(await listen.innerText(), 'Metti in pausa');
  const [, , third] = await texts();
  await page.keyboard.press('Space');
  assert.equal(await listen.innerText(), "Riprendi l'ascolto");
  assert.equal(await page.evaluate(() => window.cancelled), 1);
  await page.keyboard.press('Space');
  assert.deepEqual((await texts()).slice(3), [third]);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await listen.innerText(), 'Ascolta');
  assert.equal(await quiet.isVisible(), false);
  assert.equal(await listen.evaluate((one) => one === document.activeElement), true, 'the focus is not lost with the button');
  await page.keyboard.press('Enter');
  assert.equal((await texts()).at(-1), TITLE);
  await close();
});

test('it falls silent when the page is left', async () => {
  const { page, listen, close } = await open([LOCAL]);
  await listen.click();
  const before = await page.evaluate(() => window.cancelled);
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  assert.equal(await page.evaluate(() => window.cancelled), before + 1);
  await close();
});
