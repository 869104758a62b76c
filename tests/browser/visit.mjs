// What the suites share: the sites on a server with a browser beside it, a judgement of every kind of page, the proof that the
// judge sees faults, a visit that hears everything (console, errors, requests that fail or leave, cookies), a form filled in.
import { after, before, describe, it, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, visitor } from './browser.mjs';
import { Site, serve } from './server.mjs';
import { sampled, sites } from './sites.mjs';

/** Serves every built site over plain http and starts a browser for the tests of a file: `{browser, of(name)}`. */
export function stage(options) {
  const running = { browser: null, served: new Map(), idle: new Map(), of: (name) => running.served.get(name) };
  before(async () => {
    running.browser = await launch(options);
    for (const one of sites) {
      const files = new Site(one.dir);
      running.served.set(one.name, { ...one, files, server: await serve({ '*': files }) });
    }
  });
  after(async () => {
    await running.browser.close();
    for (const { server } of running.served.values()) await server.close();
  });
  return running;
}

/**
 * Gives what `work` gives in a tab with these options, an idle one where there is: to open another takes as long as to load a page.
 * What a page leaves in a browser is its cached files alone: pages set no cookie and store nothing (csp.test.mjs).
 */
export async function inTab(running, options, work) {
  const key = JSON.stringify(options);
  if (!running.idle.has(key)) running.idle.set(key, []);
  const idle = running.idle.get(key);
  const tab = idle.pop() ?? await (await visitor(running.browser, options)).newPage();
  const result = await work(tab);
  idle.push(tab);
  return result;
}

/**
 * A test for every kind of page, two at a time, on at most `limit` pages of the kind: `judge(place, url, {kind, first})` gives the
 * faults of a page, and there must be none.
 */
export function everyKind(name, limit, judge) {
  describe(name, { concurrency: 2 }, () => {
    for (const [kind, pages] of sampled(limit)) {
      it(kind, async () => {
        const faults = [];
        for (const [n, [place, { url }]] of pages.entries()) {
          for (const fault of await judge(place.name, url, { kind, first: n === 0 })) faults.push(`${place.name} ${url} ${fault}`);
        }
        assert(!faults.length, faults.join('\n'));
      });
    }
  });
}

/**
 * The judge sees faults: each of `spoilt` is `{seen, change, css, script}`: `change` is done to the HTML of a page of the example,
 * `css` added to its style sheets, `script` done to its script, and `judge(place, url, fault)` must name a fault with `seen` in it.
 */
export function seesFaults(running, url, spoilt, judge) {
  for (const fault of spoilt) {
    test(`a fault put into ${url} is seen: ${fault.seen}`, async () => {
      const { files } = running.of('esempio');
      // Tabs that have kept the sound files would not ask for the spoilt ones, nor the other way round.
      running.idle.clear();
      let changed = false;
      files.rewrite = (path, text) => {
        const change = path === url ? fault.change : path.endsWith('.css') ? (css) => css + (fault.css ?? '') : path.endsWith('.js') ? fault.script : null;
        const other = change?.(text);
        changed ||= other !== undefined && other !== text;
        return other;
      };
      try {
        const faults = await judge('esempio', url, fault);
        assert(changed, 'the change found nothing to change');
        assert(faults.some((one) => one.includes(fault.seen)), `not seen: ${faults}`);
      } finally {
        files.rewrite = null;
        running.idle.clear();
      }
    });
  }
}

/** Fills in a form and sends it: what its endpoint gets. */
export async function send(page, selector) {
  const action = await page.getAttribute(selector, 'action');
  await page.route(action, (route) => route.fulfill({ body: 'ricevuto' }));
  const posted = page.waitForRequest((request) => request.url() === action && request.method() === 'POST');
  for (const field of await page.locator(`${selector} :is(input, textarea, select):visible`).all()) await fill(field);
  await page.click(`${selector} button:not([type=button])`);
  return { action, body: new URLSearchParams((await posted).postData()) };
}

/** Gives a field a value that its type accepts. */
async function fill(field) {
  const type = await field.evaluate((node) => (node.localName === 'input' ? node.type : node.localName));
  if (type === 'checkbox' || type === 'radio') await field.evaluate((node) => node.labels[0].click());
  else if (type === 'select') await field.selectOption({ index: 1 });
  else if (type === 'date') await field.fill('2026-12-01');
  else await field.fill({ email: 'a@esempio.it', tel: '0461000100' }[type] ?? 'Testo di prova');
}

/** A tab whose every complaint is pushed to `tab.faults`; `tab.go(url)` loads a page of the site. */
export async function attentive(running, place, options) {
  const { origin } = running.of(place).server;
  const context = await visitor(running.browser, options);
  const page = await context.newPage();
  const tab = { page, context, faults: [], at: '', requests: [] };
  const note = (what) => tab.faults.push(`${place} ${tab.at}: ${what}`);
  page.on('console', (message) => note(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => note(`script error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page left before its last pictures have come aborts them: no fault.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') note(`failed request ${request.url()} ${why}`);
  });
  page.on('request', (request) => {
    tab.requests.push(request);
    if (!request.url().startsWith(origin)) note(`request to another host: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && new URL(response.url()).pathname !== '/404.html') note(`status ${response.status()} for ${response.url()}`);
  });
  tab.go = async (url) => {
    tab.at = url;
    tab.requests = [];
    const response = await page.goto(origin + url, { waitUntil: 'load' });
    const cookies = await context.cookies();
    if (cookies.length) note(`cookies ${cookies.map((cookie) => cookie.name)}`);
    return response;
  };
  tab.close = () => context.close();
  return tab;
}
