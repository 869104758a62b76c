// The preview in a browser: an edit shows by itself and the page stays where it was, errors stand over the last good version and go when
// they are cured, a new colour comes without loading the page, another day shows another site. Nothing of it offends the page's policy.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { violations } from './axe.mjs';
import { DESKTOP, launch, visitor } from './browser.mjs';
import { copied, serve } from './preview.mjs';

const SHEET = 'servizi/imu.md';
let site;
let preview;
let browser;

before(async () => {
  site = await copied();
  preview = await serve(process.env.CAMPANILE, site.dir);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await preview?.stop();
  await site?.remove();
});

const edit = async (file, change) => {
  const path = join(site.dir, file);
  const text = await readFile(path, 'utf8');
  const changed = change(text);
  assert.notEqual(changed, text, 'the edit changes nothing');
  await writeFile(path, changed);
  return () => writeFile(path, text);
};

/** A page of the preview that hears of changes; `complaints` holds what the browser complains about. */
async function opened(path) {
  const context = await visitor(browser, { viewport: DESKTOP });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(preview.origin + path);
  await page.locator('campanile-anteprima .angolo summary').waitFor();
  return { page, complaints, close: () => context.close() };
}

/** Waits until something holds of the page; the policy of the pages forbids to ask from inside. */
async function until(holds) {
  for (const end = Date.now() + 30_000; ;) {
    if (await holds().catch(() => false)) return;
    assert(Date.now() < end, `never: ${holds}`);
    await wait(50);
  }
}

const address = async (title) => {
  const html = await (await fetch(`${preview.origin}/servizi/`)).text();
  return new RegExp(`href="(/servizi/[^"]+/)"[^>]*>[^<]*${title}`).exec(html)[1];
};

test('an edit shows by itself and the page stays where it was', async () => {
  const { page, complaints, close } = await opened(await address('IMU'));
  await page.evaluate(() => scrollTo(0, 700));
  await edit(SHEET, (text) => text.replace(/^descrizione_breve: .*$/m, 'descrizione_breve: Una frase appena cambiata.'));
  await page.getByText('Una frase appena cambiata.').first().waitFor();
  await page.locator('campanile-anteprima .angolo summary').waitFor();
  assert(Math.abs(await page.evaluate(() => scrollY) - 700) < 50);
  assert.deepEqual(complaints, []);
  await close();
});

/** What a page shows, spaces and the preview's own parts aside. */
const content = (page) => page.evaluate(() => ['title', 'header', 'main', 'footer']
  .map((name) => document.querySelector(name).outerHTML.replace(/\s+/g, ' ')).join('\n'));

test('what an edit changes is changed in place, and the page is what a new visit shows', async () => {
  const { page, complaints, close } = await opened(await address('IMU'));
  const other = await opened(page.url().slice(preview.origin.length));
  const edits = [
    ['a word', (text) => text.replace(/^descrizione_breve: .*$/m, 'descrizione_breve: Parole nuove per la scheda.'), true],
    ['a paragraph more', (text) => text.replace('## Come fare\n', '## Come fare\n\nUn paragrafo in più, con **parole** in evidenza.\n'), true],
    ['a paragraph less', (text) => text.replace('\nUn paragrafo in più, con **parole** in evidenza.\n', ''), true],
    ['another title', (text) => text.replace(/^titolo: .*$/m, 'titolo: IMU, come e quando'), true],
    ['a heading more', (text) => `${text}\n\n### Un titolo aggiunto\n\nE il suo testo.\n`, false],
  ];
  for (const [what, change, inPlace] of edits) {
    await page.evaluate(() => { window.same = true; });
    await page.locator('body').press('Tab');
    const focus = () => page.evaluate(() => document.activeElement.outerHTML);
    const focused = await focus();
    const before = await content(page);
    await edit(SHEET, change);
    await until(async () => await content(page) !== before);
    await page.locator('campanile-anteprima .angolo summary').waitFor();
    await other.page.reload();
    assert.equal(await content(page), await content(other.page), what);
    assert.equal(Boolean(await page.evaluate(() => window.same)), inPlace, what);
    if (inPlace) assert.equal(await focus(), focused, what);
  }
  assert.deepEqual(complaints, []);
  await other.close();
  await close();
});

test('errors stand over the last good version until they are cured', async () => {
  const { page, complaints, close } = await opened('/');
  const cure = await edit(SHEET, (text) => text.replace('titolo:', 'titlo:'));
  const errors = page.locator('campanile-anteprima .errori');
  await errors.waitFor();
  const said = await errors.innerText();
  assert.match(said, /titlo/);
  assert.match(said, /servizi\/imu\.md:2/);
  assert.match(await errors.locator('a', { hasText: 'imu.md:2' }).getAttribute('href'), /^vscode:\/\/file\/.*imu\.md:2:1$/);
  assert(await page.locator('main').innerText(), 'the page is still there');
  assert.deepEqual(complaints, []);
  // axe itself sets styles that the policy refuses: what the browser says from here on is of axe.
  assert.deepEqual(await violations(page), []);
  await cure();
  await errors.waitFor({ state: 'hidden' });
  await close();
});

test('a new colour comes without loading the page', async () => {
  const { page, close } = await opened('/');
  await page.evaluate(() => { window.same = true; });
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('.it-header-slim-wrapper')).backgroundColor);
  const old = await colour();
  const undo = await edit('comune.yaml', (text) => text.replace(/colore: .*/, 'colore: "#7a1f5c"'));
  await until(async () => await colour() !== old);
  assert(await page.evaluate(() => window.same));
  await undo();
  await close();
});

test('another day shows the site of that day', async () => {
  const { page, close } = await opened('/novita/');
  await page.locator('campanile-anteprima .angolo summary').click();
  const before = await page.locator('main').innerText();
  await page.locator('campanile-anteprima input[type=date]').fill('2026-01-02');
  const main = () => page.locator('main').innerText();
  await until(async () => await main() !== before);
  await page.locator('campanile-anteprima .angolo summary').click();
  await page.getByRole('button', { name: 'Torna a oggi' }).click();
  await until(async () => await main() === before);
  await close();
});
