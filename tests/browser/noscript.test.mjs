// Without JavaScript: axe-core finds nothing, all that a script would show is there, the menu and every accordion open, no control is
// dead, the search falls back on the index of everything, evaluation and forms reach who must have them.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE } from './browser.mjs';
import { violations } from './axe.mjs';
import { everyKind, inTab, seesFaults, send, stage } from './visit.mjs';

const running = stage();

/** What `work` gives of a page loaded without scripts, with `scripts(allowed)`. */
const bare = (place, url, viewport, work) => inTab(running, { viewport }, async (page) => {
  // Not by the context's own option: that cannot be lifted, and axe-core needs timers.
  const devtools = await page.context().newCDPSession(page);
  const scripts = (allowed) => devtools.send('Emulation.setScriptExecutionDisabled', { value: !allowed });
  await scripts(false);
  await page.goto(running.of(place).server.origin + url);
  const result = await work(page, scripts);
  await devtools.detach();
  return result;
});

/** Every text that can be seen, but for the words of what only a script offers. Runs in the page. */
function words() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.data.trim().replace(/\s+/g, ' ');
    if (text && !element.closest('script, noscript, [data-ci-action], [data-ci-listen], [data-ci-quiet], [data-ci-orari], [data-ci-filter], [data-ci-ricerca], #ricerca, [data-ci-facts], [data-ci-avviso]') && element.checkVisibility({ visibilityProperty: true })) found.push(text);
  }
  return [...new Set(found)];
}

/** What a person with a script can come to read. */
const wordsWithScript = (place, url) => inTab(running, { viewport: DESKTOP }, async (page) => {
  await page.goto(running.of(place).server.origin + url);
  await page.evaluate(() => { for (const box of document.querySelectorAll('details')) box.open = true; });
  for (const more of await page.locator('[data-ci-more]').all()) while (await more.isVisible()) await more.click();
  return page.evaluate(words);
});

/** Controls that lead nowhere without a script. Runs in the page. */
function dead() {
  const does = (one) => (one.localName === 'a' ? (one.getAttribute('href') ?? '#') !== '#' : one.form?.action && one.type === 'submit');
  return [...document.querySelectorAll('a, button')].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !does(one))
    .map((one) => `dead control: ${one.outerHTML.slice(0, 110)}`);
}

/** Links of the menu that cannot be seen or clicked. Runs in the page. */
function buried() {
  return [...document.querySelectorAll('#menu nav a')].filter((link) => {
    link.scrollIntoView({ block: 'center' });
    const { left, right, top, bottom } = link.getBoundingClientRect();
    return right > innerWidth || !link.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  }).map((link) => `menu entry out of reach: ${link.textContent}`);
}

/** Opens or closes by a click all <details> that match, but for those that wait for a script, which `words` leaves out too. */
async function turn(page, selector, open) {
  for (const box of await page.locator(selector).and(page.locator('details')).all()) {
    if (await box.isVisible() && await box.evaluate((one) => one.open) !== open) await box.locator('summary').click();
  }
}

/** Gives a vote: the questions that follow it are there, with a way to send the answers. */
async function vote(page) {
  await page.click('[data-element=feedback-rate-2]');
  const asked = await page.locator('[data-element=feedback-rating-negative]').isVisible() && !await page.locator('[data-element=feedback-rating-positive]').isVisible();
  const way = page.locator('[data-element=feedback] :is(a[href^="mailto:"], button)');
  const sent = await way.isVisible() && await page.evaluate(() => {
    const box = document.querySelector('[data-element=feedback]');
    return box.localName === 'form' ? box.method === 'post' && Boolean(box.action) : true;
  });
  return [...(asked ? [] : ['a vote opens no question']), ...(sent ? [] : ['the vote cannot be sent'])];
}

/** Searches from a list: the index of everything answers, and says why it cannot do better. */
async function search(page) {
  const box = page.locator('main form:not([method]) input[name=q]').filter({ visible: true }).first();
  if (!await box.count()) return [];
  await box.fill('anagrafe');
  await box.press('Enter');
  await page.waitForURL(/\/ricerca\/\?q=anagrafe$/);
  const listed = await page.locator('#indice li a').filter({ visible: true }).count();
  const said = await page.locator('main noscript').innerText();
  return [...(listed > 20 ? [] : [`the search answers with ${listed} pages`]), ...(/JavaScript/.test(said) ? [] : ['the search does not say that it cannot filter'])];
}

async function judge(place, url) {
  const faults = [];
  for (const viewport of [DESKTOP, PHONE]) {
    const note = (found) => { for (const fault of found) faults.push(`at ${viewport.width}: ${fault}`); };
    await bare(place, url, viewport, async (page, scripts) => {
      note(await page.evaluate(dead));
      note(await page.evaluate(buried));
      await turn(page, 'details', true);
      if (viewport === DESKTOP) {
        const shown = new Set(await page.evaluate(words));
        note((await wordsWithScript(place, url)).filter((text) => !shown.has(text)).map((text) => `only with a script: ${text}`));
      }
      await turn(page, '.dropdown', false);
      note(await vote(page));
      // The page was parsed without scripting and its own scripts stay unread: only the checker runs.
      await scripts(true);
      note(await violations(page));
      await scripts(false);
      if (viewport === PHONE) note(await search(page));
    });
  }
  return faults;
}

everyKind('without script', 1, judge);

test('forms reach their endpoint', async () => {
  for (const url of ['/servizi/prenotazione-appuntamento/', '/servizi/richiesta-assistenza/', '/servizi/segnalazione-disservizio/']) {
    const { body } = await bare('esempio', url, PHONE, (page) => send(page, 'form[data-ci-form]'));
    assert([...body.keys()].length > 5, `${url}: ${body}`);
  }
});

const replace = (what, by) => (text) => text.replaceAll(what, by);
const SPOILT = [
  { seen: 'image-alt', change: replace('</main>', '<img src=/media/stemma.svg></main>') },
  { seen: 'dead control: <button', change: replace('</main>', '<button type=button>Apri</button></main>') },
  { seen: 'dead control: <a', change: replace('</main>', '<a href="#">Apri</a></main>') },
  { seen: 'dead control: <button', change: replace(/<noscript><link[^>]*><\/noscript>/g, '') },
  { seen: 'menu entry out of reach', change: replace('<header', '<div class=mutato></div><header'), css: '.mutato{position:absolute;inset:0 0 auto;height:400px;z-index:9}' },
  {
    seen: 'only with a script: Mutato',
    change: replace('</main>', '<p hidden class=mutato>Mutato</p></main>'),
    script: (text) => `${text}\n;for (const one of document.querySelectorAll('.mutato')) one.hidden = false;`,
  },
  { seen: 'a vote opens no question', change: replace('name=valutazione', 'name=stelle') },
  { seen: 'the vote cannot be sent', change: replace(/<button class="btn btn-primary"(?: type=submit)?>Invia[^<]*<\/button>/g, '') },
];
seesFaults(running, '/ricerca/', SPOILT, judge);
