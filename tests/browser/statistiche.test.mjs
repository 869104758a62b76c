// Statistics, only where the Comune has asked for them: a visit and a vote are told to the national collector, without cookies and
// without a word that people write. Elsewhere nothing leaves the site (suite csp).
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { visitor } from './browser.mjs';
import { stage } from './visit.mjs';

const running = stage();
const COLLECTOR = 'https://ingestion.webanalytics.italia.it';

test('a visit and a vote are told, and nothing else', async () => {
  const { files, server } = running.of('esempio');
  const policy = files.answer('/').headers['content-security-policy'];
  files.rewrite = (path, text) => {
    if (path !== '/') return undefined;
    const body = text.replace('<html', '<html data-ci-wai=A1B2').replaceAll("connect-src 'self'", `connect-src 'self' ${COLLECTOR}`);
    return { body, headers: { 'content-security-policy': policy.replace("connect-src 'self'", `connect-src 'self' ${COLLECTOR}`) } };
  };
  const context = await visitor(running.browser);
  const page = await context.newPage();
  const told = [];
  await page.route(`${COLLECTOR}/**`, (route) => {
    told.push(new URL(route.request().url()));
    return route.fulfill({ status: 204, headers: { 'set-cookie': 'a=1; SameSite=None; Secure' } });
  });
  await page.route('**/richieste/**', (route) => route.fulfill({ body: 'ricevuto' }));
  await page.goto(`${server.origin}/?q=parola`, { waitUntil: 'networkidle' });
  await page.click('[data-element=feedback-rate-2]');
  await page.locator('[name=negativa]').first().evaluate((input) => input.labels[0].click());
  await page.locator('[data-element=feedback] [name=dettaglio]').fill('Mi chiamo Anna');
  await page.click('[data-element=feedback] button:not([type=button])');
  await page.waitForLoadState('networkidle');
  const [visit, vote] = told.map(({ searchParams }) => Object.fromEntries(searchParams));
  assert.equal(told.length, 2, told.join(' '));
  assert.equal(visit.idsite, 'A1B2');
  assert.equal(visit.url, `${server.origin}/`);
  assert.deepEqual([vote.e_c, vote.e_v], ['valutazione', '2']);
  assert(!told.join(' ').includes('Anna') && !told.join(' ').includes('parola'));
  files.rewrite = null;
  await context.close();
});
