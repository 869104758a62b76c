// The policy as a real header: no page says a word in the console, asks another host for anything, sets a cookie; the page's own
// controls and forms work under it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE } from './browser.mjs';
import { openAll, openMenu } from './axe.mjs';
import { sampled, site } from './sites.mjs';
import { attentive, everyKind, seesFaults, send, stage } from './visit.mjs';

const running = stage();

const shown = sampled(Infinity).flatMap(([, pages]) => pages);
for (const name of ['esempio', 'nuovo']) {
  test(`${name} is silent, on pages that together show all that any can`, async () => {
    const tab = await attentive(running, name, { viewport: DESKTOP });
    for (const [, page] of shown.filter(([place]) => place.name === name)) await tab.go(page.url);
    await tab.close();
    assert.deepEqual(tab.faults, []);
  });
}

test('the header and the meta element carry the strict policy', async () => {
  for (const name of ['esempio', 'nuovo']) {
    const tab = await attentive(running, name);
    for (const { url } of site(name).pages) {
      const header = (await tab.go(url)).headers()['content-security-policy'] ?? '';
      const directives = Object.fromEntries(header.split(';').map((part) => part.trim().split(/\s+(.*)/s)));
      assert.equal(directives['default-src'], "'none'");
      assert.equal(directives['script-src'], "'self'");
      assert.equal(directives['style-src'], "'self'");
      assert.equal(directives['img-src'], "'self'");
      assert.equal(directives['frame-ancestors'], "'none'");
      assert.equal(directives['base-uri'], "'none'");
      assert.equal(directives['require-trusted-types-for'], "'script'");
      assert(!/unsafe|data:|\*/.test(header), header);
      const [first, meta] = await tab.page.evaluate(() => [
        document.head.children[0].getAttribute('charset'),
        document.head.children[1].getAttribute('content'),
      ]);
      assert.equal(first?.toLowerCase(), 'utf-8', url);
      assert.equal(meta, header.replace(/;\s*frame-ancestors 'none'/, ''), url);
      if (url === '/servizi/') break;
    }
    await tab.close();
  }
});

everyKind('controls work in silence', 1, async (place, url) => {
  const tab = await attentive(running, place, { viewport: PHONE, permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = tab;
  await tab.go(url);
  await openMenu(page);
  await page.keyboard.press('Escape');
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    await openAll(page, 2);
    const filter = page.locator('[data-ci-filter] input[type=search]').first();
    if (await filter.count()) {
      await filter.fill('zzz');
      await filter.press('Enter');
    }
    for (const action of await page.locator('[data-ci-action=copy], [data-ci-action=print]').all()) {
      if (await action.isVisible()) await action.click();
    }
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  }
  if (new URL(page.url()).pathname !== url) tab.faults.push('a control has left the page');
  await tab.close();
  return tab.faults;
});

test('forms reach their endpoint', async () => {
  const forms = [
    ['/servizi/prenotazione-appuntamento/', 'form[data-ci-form]'],
    ['/servizi/richiesta-assistenza/', 'form[data-ci-form]'],
    ['/servizi/segnalazione-disservizio/', 'form[data-ci-form]'],
    ['/', 'form[data-element=feedback]'],
  ];
  for (const [url, selector] of forms) {
    const tab = await attentive(running, 'esempio', { viewport: DESKTOP });
    const { page } = tab;
    await tab.go(url);
    if (selector.includes('feedback')) await page.click('[data-element=feedback-rate-5]');
    const { action, body } = await send(page, selector);
    assert([...body.keys()].length > 2, `${url}: ${body}`);
    await tab.close();
    assert.deepEqual(tab.faults.filter((fault) => !fault.includes(`another host: ${action}`)), []);
  }
});

const after = (markup) => (text) => text.replace('</h1>', `</h1>${markup}`);
const SPOILT = [
  { seen: 'console error', change: after('<p style="color:red">x</p>') },
  { seen: 'console error', change: after('<script>1</script>') },
  { seen: 'console error', change: after('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">') },
  { seen: 'another host', change: after('<img src="https://altro.esempio.it/x.png" alt="">') },
  { seen: 'status 404', change: after('<img src="/media/manca.png" alt="">') },
  { seen: 'status 404', change: after('<script src="/assets/manca.js"></script>') },
  { seen: 'cookies a', change: (text) => ({ body: text, headers: { 'set-cookie': 'a=1' } }) },
];
seesFaults(running, '/', SPOILT, async (place, url) => {
  const tab = await attentive(running, place);
  await tab.go(url);
  await tab.close();
  return tab.faults;
});
