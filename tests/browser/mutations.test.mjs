// The criteria can fail: each sub-rule on a page of the example with one thing changed on its way to the browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { assess } from './criteria/assess.mjs';
import { institutional } from './criteria/host.mjs';
import { site } from './sites.mjs';

const LIMITS = { sheetLimit: 1, secondLimit: 1 };
const unchanged = { known: new Map(), rated: new Map() };
let host;
let browser;
before(async () => {
  host = await institutional(site('ala'));
  browser = await launch({ names: Object.fromEntries(host.names.map((one) => [one, host.port])) });
  await assess(browser, host, { ...LIMITS, seen: unchanged });
});
after(async () => {
  await browser.close();
  await host.close();
});

const HOME = (path) => path === '/';
const SHEET = (path) => /^\/servizi\/[^/]+\/[^/]+\/$/.test(path);
const PAGE = (path) => !path.startsWith('/assets/');
const at = (exact) => (path) => path === exact;
const attribute = (name) => new RegExp(`data-element="?${name}"?`, 'g');
const without = (name) => (html) => html.replace(attribute(name), '');
const relink = (name, url) => (html) => html.replace(new RegExp(`<a [^>]*data-element="?${name}[^>]*>`), (tag) => tag.replace(/href=[^\s>]+/, `href="${url}"`));
const swap = (from, to) => (html) => html.replace(from, to);

// [criterion, score expected at most, pages changed, change, name]
const MUTATIONS = [
  ['C.SI.1.1', 0, HOME, swap('</main>', '<p id=mutato>testo</p></main>'), 'a paragraph in another font', (css) => `${css}#mutato{font-family:Arial!important}`],
  ['C.SI.1.1', 0.5, HOME, swap('</main>', '<p><span id=mutato>testo</span></p></main>'), 'a word in another font', (css) => `${css}#mutato{font-family:Arial!important}`],
  ['C.SI.1.2', 0, HOME, swap(/<script[^>]*site\.[^>]*><\/script>/, ''), 'no library version', (css) => css.replace(/--bootstrap-italia-version:[^;}]*/, '--x:1')],
  ['C.SI.1.2', 0, at('/novita/'), swap('</main>', `<p class="${Array.from({ length: 900 }, (_, n) => `mio-${n}`).join(' ')}"></p></main>`), 'own classes only'],
  ['C.SI.1.3', 0.5, SHEET, without('service-topic'), 'no topics'],
  ['C.SI.1.3', 0, SHEET, (html) => ['service-topic', 'service-status', 'service-file'].reduce((text, name) => without(name)(text), html), 'three things missing'],
  ['C.SI.1.3', 0.5, SHEET, swap(/>Come fare<\/a>/, '>Come si fa</a>'), 'another label in the index'],
  ['C.SI.1.3', 0, at('/servizi/'), without('service-link'), 'no sheets listed'],
  ['C.SI.1.4', 0, HOME, (html) => html, 'an old theme', (css) => `/*! Theme Name: x\nAuthor: x\nDescription: Design Comuni Italia Drupal\nVersion: 0.9\nLicense: x\nText Domain: design_comuni_italia */${css}`],
  ['C.SI.1.5', 0.5, at('/argomenti/'), swap(/(data-element="?topic-element"?[^>]*>)[^<]*/, '$1Argomento inventato'), 'a topic of our own'],
  ['C.SI.1.5', 0, HOME, without('all-topics'), 'no link to the topics'],
  ['C.SI.1.6', 0, HOME, swap(/(data-element="?news"?[^>]*>)[^<]*/, '$1Notizie'), 'another menu label'],
  ['C.SI.1.6', 0.5, HOME, swap('</main>', '<a data-element=custom-submenu href=/novita/>Altro</a></main>'), 'a fifth menu entry'],
  ['C.SI.1.6', 0, HOME, relink('management', 'https://form.agid.gov.it/'), 'a menu entry that leads outside'],
  ['C.SI.1.7', 0.5, at('/novita/'), swap(/(data-element="?news-category-link"?[^>]*>)[^<]*/, '$1Altro'), 'a second-level title of our own'],
  ['C.SI.1.7', 0, at('/amministrazione/'), without('management-category-link'), 'no second level'],
  ['C.SI.2.1', 0, SHEET, without('appointment-booking'), 'no booking on the sheets'],
  ['C.SI.2.2', 0, SHEET, without('service-area'), 'no office in the contacts'],
  ['C.SI.2.3', 0, HOME, without('faq'), 'no questions'],
  ['C.SI.2.3', 0.5, HOME, swap(/(data-element="?faq"?[^>]*>)[^<]*/, '$1Aiuto'), 'another name for the questions'],
  ['C.SI.2.4', 0.5, HOME, swap(/(data-element="?report-inefficiency"?[^>]*>)[^<]*/, '$1Scrivici'), 'another name for the report'],
  ['C.SI.2.4', 0, HOME, without('report-inefficiency'), 'no report'],
  ['C.SI.2.5', 0, at('/novita/'), swap(/(data-element="?feedback-title"?[^>]*>)[^<]*/, '$1Ti piace?'), 'another question of the widget'],
  ['C.SI.2.5', 0, HOME, without('feedback'), 'no widget'],
  ['C.SI.2.6', 0, SHEET, swap(/(data-element="?feedback-rating-answer"?[^>]*>)[^<]*/, '$1Boh'), 'an unknown answer'],
  ['C.SI.2.6', 0.5, SHEET, without('feedback-input-text'), 'no text field'],
  ['C.SI.2.6', 0, SHEET, (html) => html.replace(attribute('feedback-rating-positive'), 'data-element=tmp').replace(attribute('feedback-rating-negative'), 'data-element=feedback-rating-positive').replace('data-element=tmp', 'data-element=feedback-rating-negative'), 'answers the wrong way round'],
  ['C.SI.3.2', 0, HOME, without('accessibility-link'), 'no declaration'],
  ['C.SI.3.3', 0, HOME, without('privacy-policy-link'), 'no privacy'],
  ['C.SI.3.4', 0, at('/note-legali/'), swap('anche commerciale', 'mai commerciale'), 'another licence sentence'],
  ['C.SI.5.2', 0, HOME, relink('personal-area-login', 'https://form.agid.gov.it/'), 'a personal area elsewhere'],
  ['R.SI.1.1', 0.5, SHEET, swap('"postalCode":"', '"cap":"'), 'metadata without postal code'],
  ['R.SI.1.1', 0, SHEET, without('metatag'), 'no metadata'],
];

for (const [code, score, where, change, name, style] of MUTATIONS) {
  test(`${code} ${score}: ${name}`, async () => {
    let changed = false;
    host.files.rewrite = (path, text) => {
      const mutated = style && path.endsWith('.css') ? style(text) : PAGE(path) && where(path) ? change(text) : text;
      changed ||= mutated !== text;
      return mutated;
    };
    // A page that the change does not touch is not read again.
    const untouched = ([url]) => !style && !where(new URL(url).pathname);
    const seen = Object.fromEntries(Object.entries(unchanged).map(([name, pages]) => [name, new Map([...pages].filter(untouched))]));
    const verdicts = await assess(browser, host, { ...LIMITS, seen });
    host.files.rewrite = null;
    assert.ok(changed, 'the change found nothing to change');
    assert.equal(verdicts[code].score, score, JSON.stringify(verdicts[code]));
  });
}

test('C.SI.3.1 0: a cookie for another domain', async () => {
  const { cookies } = await import('./criteria/judge.mjs');
  const page = (domain) => ({ asked: '/', url: `${host.origin}/`, cookies: [{ domain }] });
  assert.equal(cookies([page('.evil.example')]).score, 0);
  assert.equal(cookies([page(`.${host.bare}`), page(host.bare)]).score, 1);
});

test('C.SI.3.2 0: a declaration about another site', async () => {
  const { page } = host.agid;
  host.agid.page = { ...page, body: '<p>www.comune.altro.tn.it WCAG 2.1</p>' };
  const verdicts = await assess(browser, host, { ...LIMITS, seen: unchanged });
  host.agid.page = page;
  assert.equal(verdicts['C.SI.3.2'].score, 0);
});

test('C.SI.4.1 and C.SI.5.1 0: slow, without plan; expired, weak or not https', async () => {
  const { certificateOf, speed } = await import('./criteria/judge.mjs');
  assert.equal(speed(0.49, { footer: '' }).score, 0);
  assert.equal(speed(0.49, { footer: 'Piano di miglioramento del sito' }).score, 1);
  const session = { version: 'TLSv1.3', suite: 'TLS_AES_128_GCM_SHA256', until: '2999-01-01' };
  assert.equal(certificateOf('https://a.it', { status: 200, session }).score, 1);
  assert.equal(certificateOf('http://a.it', { status: 200, session }).score, 0);
  assert.equal(certificateOf('https://a.it', { status: 200, session: { ...session, until: '2001-01-01' } }).score, 0);
  assert.equal(certificateOf('https://a.it', { status: 200, session: { ...session, version: 'TLSv1.1' } }).score, 0);
});
