// A visit that hears everything: console, errors, refused and failed requests, requests to other hosts, cookies.
import { after, before } from 'node:test';
import { launch, visitor } from './browser.mjs';
import { Site, serve } from './server.mjs';
import { sites } from './sites.mjs';

/** Serves every built site over plain http and starts a browser for the tests of a file: `{browser, of(name)}`. */
export function stage(options) {
  const running = { browser: null, served: new Map(), of: (name) => running.served.get(name) };
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
