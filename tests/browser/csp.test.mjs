// The policy as a real header: no page says a word in the console, asks another host for anything, sets a cookie; the page's own
// controls and forms work under it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE } from './browser.mjs';
import { openAll, openMenu } from './axe.mjs';
import { sampled, site } from './sites.mjs';
import { attentive, stage } from './visit.mjs';

const running = stage();

for (const name of ['esempio', 'nuovo']) {
  test(`every page of ${name} is silent`, async () => {
    const tab = await attentive(running, name, { viewport: DESKTOP });
    for (const page of site(name).pages) await tab.go(page.url);
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

for (const [kind, pages] of sampled({ limit: 1 })) {
  test(`controls of ${kind} work in silence`, async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const [place, { url }] = pages[0];
      const tab = await attentive(running, place.name, { viewport, permissions: ['clipboard-read', 'clipboard-write'] });
      const { page } = tab;
      await tab.go(url);
      if (viewport === PHONE) {
        await openMenu(page);
        await page.keyboard.press('Escape');
      }
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
      assert.equal(new URL(page.url()).pathname, url, 'a control has left the page');
      await tab.close();
      assert.deepEqual(tab.faults, []);
    }
  });
}

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
    const action = await page.getAttribute(selector, 'action');
    await page.route(action, (route) => route.fulfill({ body: 'ricevuto' }));
    const posted = page.waitForRequest((request) => request.url() === action && request.method() === 'POST');
    if (selector.includes('feedback')) await page.click('[data-element=feedback-rate-5]');
    for (const field of await page.locator(`${selector} :is(input, textarea, select):visible`).all()) await fill(field);
    await page.click(`${selector} button:not([type=button])`);
    const body = new URLSearchParams((await posted).postData());
    assert([...body.keys()].length > 2, `${url}: ${body}`);
    await tab.close();
    assert.deepEqual(tab.faults.filter((fault) => !fault.includes(`another host: ${action}`)), []);
  }
});

/** Gives a field a value that its type accepts. */
async function fill(field) {
  const type = await field.evaluate((node) => (node.localName === 'input' ? node.type : node.localName));
  if (type === 'checkbox' || type === 'radio') await field.evaluate((node) => node.labels[0].click());
  else if (type === 'select') await field.selectOption({ index: 1 });
  else if (type === 'date') await field.fill('2026-12-01');
  else await field.fill({ email: 'a@esempio.it', tel: '0461000100' }[type] ?? 'Testo di prova');
}

test('faults put into a page are heard', async () => {
  const spoilt = [
    ['</h1>', '</h1><p style="color:red">x</p>', 'console error'],
    ['</h1>', '</h1><script>1</script>', 'console error'],
    ['</h1>', '</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">', 'console error'],
    ['</h1>', '</h1><img src="https://altro.esempio.it/x.png" alt="">', 'another host'],
    ['</h1>', '</h1><img src="/media/manca.png" alt="">', 'status 404'],
    ['</h1>', '</h1><script src="/assets/manca.js"></script>', 'status 404'],
  ];
  const { files } = running.of('esempio');
  for (const [what, by, heard] of spoilt) {
    files.rewrite = (path, text) => (path === '/' ? text.replace(what, by) : undefined);
    const tab = await attentive(running, 'esempio');
    await tab.go('/');
    await tab.close();
    assert(tab.faults.some((fault) => fault.includes(heard)), `${by} not heard: ${tab.faults}`);
  }
  files.rewrite = (path, text) => (path === '/' ? { body: text, headers: { 'set-cookie': 'a=1' } } : undefined);
  const tab = await attentive(running, 'esempio');
  await tab.go('/');
  await tab.close();
  assert(tab.faults.some((fault) => fault.includes('cookies a')), String(tab.faults));
  files.rewrite = null;
});
