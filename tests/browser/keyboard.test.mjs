// The keyboard alone: every control of a page once and in order, forwards and backwards, the focus always seen and never covered;
// skip links, menu, lists of actions, accordions, page index, filter, form and evaluation by Tab, Enter, Space, arrows and Escape.
import { DESKTOP, PHONE } from './browser.mjs';
import { kinds } from './sites.mjs';
import { everyKind, inTab, seesFaults, stage } from './visit.mjs';

const running = stage();

/** Keeps in `window.stops` what the Tab key should reach, in the order of the document; gives their number. Runs in the page. */
function stops() {
  const able = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [tabindex]';
  const groups = new Set();
  window.stops = [...document.querySelectorAll(able)].filter((one) => {
    if (one.tabIndex < 0 || one.disabled || one.closest('[inert]') || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== 'radio') return true;
    const [group] = document.querySelectorAll(`[type=radio][name="${one.name}"]:checked`);
    return group ? group === one : !groups.has(one.name) && groups.add(one.name);
  });
  return window.stops.length;
}

/** Where the focus is: number of the stop (null: nowhere in the page), its place, what is wrong with how it looks. Runs in the page. */
function focus() {
  const now = document.activeElement;
  if (!now || now === document.body || now === document.documentElement) return null;
  const stop = now.type === 'radio' ? window.stops.findIndex((one) => one.type === 'radio' && one.name === now.name) : window.stops.indexOf(now);
  // The library hides the inputs of choices and draws their labels.
  const shown = /radio|checkbox/.test(now.type) ? now.labels[0] : now;
  const name = now.outerHTML.slice(0, 110);
  const faults = [];
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || /^rgba\(.*, 0\)$/.test(outlineColor)) faults.push(`focus not drawn: ${name}`);
  const rects = [...shown.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  if (!rects.length) faults.push(`focus has no size: ${name}`);
  for (const { left, right, top, bottom } of rects) {
    const [dx, dy] = [Math.min(5, (right - left) / 3), Math.min(5, (bottom - top) / 3)];
    const points = [[(left + right) / 2, (top + bottom) / 2], [left + dx, top + dy], [right - dx, top + dy], [left + dx, bottom - dy], [right - dx, bottom - dy]];
    for (const [x, y] of points) {
      const hit = document.elementFromPoint(x, y);
      if (!hit) faults.push(`focus out of the window: ${name}`);
      else if (!shown.contains(hit) && !hit.contains(shown)) faults.push(`focus covered by ${hit.outerHTML.slice(0, 60)}: ${name}`);
    }
  }
  const box = shown.getBoundingClientRect();
  let floating = false;
  for (let one = shown; one; one = one.parentElement) floating ||= /sticky|fixed|absolute/.test(getComputedStyle(one).position);
  return { stop, name, faults: [...new Set(faults)], parts: /date|time/.test(now.type), floating, left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY };
}

const TAB = { type: 'rawKeyDown', key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };

/** Where the focus is after each press of Tab, from here on: enough presses to have been everywhere and come out again. */
async function way(page, back) {
  const count = await page.evaluate(stops);
  const devtools = await page.context().newCDPSession(page);
  await page.evaluate(`window.way = []; addEventListener('keydown', () => window.way.push((${focus})()), true)`);
  // A press records where the one before has led: all are sent at once, which takes a quarter of the time. Dates have parts.
  const presses = count + 2 + 4 * await page.locator('input[type=date]').count();
  await Promise.all(Array.from({ length: presses }, () => devtools.send('Input.dispatchKeyEvent', { ...TAB, modifiers: back ? 8 : 0 })));
  return { count, places: (await page.evaluate(() => window.way)).slice(1) };
}

/** Goes all the way, forwards or backwards: its faults. */
async function walk(page, back = false) {
  const { count, places } = await way(page, back);
  const expected = Array.from({ length: count }, (_, n) => (back ? count - 1 - n : n));
  const path = [];
  const faults = [];
  let before = null;
  for (const now of places) {
    if (!now || (path.length > 1 && now.stop === path[0])) break;
    if (before?.parts && now.stop === before.stop) continue;
    faults.push(...now.faults);
    if (now.stop < 0) faults.push(`focus on what is no control: ${now.name}`);
    const [upper, lower] = back ? [now, before] : [before, now];
    if (upper && lower && !upper.floating && !lower.floating && lower.bottom <= upper.top && lower.left < upper.right && upper.left < lower.right) {
      faults.push(`the way goes back up: ${upper.name} then ${lower.name}`);
    }
    path.push(now.stop);
    before = now;
  }
  const wrong = path.findIndex((stop, n) => stop !== expected[n]);
  if (wrong >= 0 || path.length !== count) {
    const at = wrong < 0 ? path.length : wrong;
    const told = await page.evaluate((list) => list.map((n) => window.stops[n]?.outerHTML.slice(0, 110)), [expected[at], path[at]]);
    faults.push(`${path.length} stops of ${count}, at ${at} ${told[1]} and not ${told[0]}`);
  }
  return faults;
}

/** Puts the focus where a person would have brought it with Tab. */
const reach = async (page, locator) => { await locator.focus(); await page.evaluate(stops); };
const focused = (locator) => locator.evaluate((one) => one === document.activeElement);

/** What a person does with each part of a page; each gives what went wrong. */
const DEEDS = {
  forwards: ({ page }) => walk(page),
  async backwards({ page }) {
    // A list of actions is open only as long as the focus is in it.
    await page.evaluate(() => { for (const box of document.querySelectorAll('details:not(.dropdown)')) box.open = true; });
    return walk(page, true);
  },
  async menu({ page }) {
    const opener = page.locator('[aria-controls=menu]');
    const isOpen = () => page.locator('#menu[role=dialog]').isVisible();
    await reach(page, opener);
    await page.keyboard.press('Enter');
    if (!await isOpen()) return ['Enter does not open the menu'];
    const faults = [];
    if (!await page.evaluate(() => document.activeElement.matches('.close-menu'))) faults.push('the menu does not take the focus');
    // Starting before the first stop, the way shows that the page behind cannot be reached.
    await page.keyboard.press('Shift+Tab');
    faults.push(...await walk(page));
    if (!await page.evaluate(() => window.stops.length > 4 && window.stops.every((one) => one.closest('#menu')))) faults.push('the page behind the menu can be reached');
    await page.locator('#menu a').first().focus();
    await page.keyboard.press('Escape');
    if (await isOpen()) faults.push('Escape does not close the menu');
    if (!await focused(opener)) faults.push('Escape does not give the focus back to the opener');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    if (await isOpen() || !await focused(opener)) faults.push('the button does not close the menu');
    return faults;
  },
  async skip({ page, load }) {
    const faults = [];
    for (const [n, target] of ['contenuto', 'footer'].entries()) {
      await load();
      for (let presses = 0; presses <= n; presses += 1) await page.keyboard.press('Tab');
      if (!await focused(page.locator(`.skiplinks a[href="#${target}"]`))) faults.push(`no skip link to ${target}`);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      if (!await page.evaluate((id) => document.getElementById(id)?.contains(document.activeElement), target)) faults.push(`the skip link leads not to ${target}`);
    }
    return faults;
  },
  async dropdown({ page }) {
    const faults = [];
    const boxes = await page.locator('details.dropdown').filter({ visible: true }).all();
    if (!boxes.length) faults.push('no dropdown');
    for (const box of boxes) {
      const summary = box.locator('summary');
      const isOpen = () => box.evaluate((one) => one.open);
      const inside = () => box.evaluate((one) => one.contains(document.activeElement));
      await reach(page, summary);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      if (!await isOpen() || !await inside() || await focused(summary)) faults.push('Enter does not open a dropdown');
      await page.keyboard.press('Escape');
      if (await isOpen()) faults.push('Escape does not close a dropdown');
      if (!await focused(summary)) faults.push('Escape does not give the focus back to the dropdown');
      await page.keyboard.press('Space');
      for (let presses = 0; presses < 9 && await inside(); presses += 1) await page.keyboard.press('Tab');
      if (await isOpen() || await inside()) faults.push('a dropdown stays open when left');
    }
    return faults;
  },
  async accordion({ page }) {
    const summary = page.locator('details.accordion-item > summary').first();
    if (!await summary.count()) return ['no accordion'];
    const isOpen = () => summary.evaluate((one) => one.parentElement.open);
    await reach(page, summary);
    const states = [await isOpen()];
    for (const key of ['Enter', 'Space']) {
      await page.keyboard.press(key);
      states.push(await isOpen());
    }
    return states.join() === 'false,true,false' ? [] : [`an accordion goes ${states}`];
  },
  async index({ page }) {
    const link = page.locator('[data-element=page-index] a').last();
    if (!await link.count()) return ['no page index'];
    await reach(page, link);
    await page.keyboard.press('Enter');
    const seen = await link.evaluate((one) => {
      const { top } = document.querySelector(one.hash).getBoundingClientRect();
      return top > -1 && top < innerHeight;
    });
    await page.keyboard.press('Tab');
    const behind = await link.evaluate((one) => {
      const order = document.querySelector(one.hash).compareDocumentPosition(document.activeElement);
      return Boolean(order & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING));
    });
    return [...(seen ? [] : ['the index does not show its section']), ...(behind ? [] : ['the index does not bring the focus to its section'])];
  },
  async filter({ page }) {
    const box = page.locator('[data-ci-filter] input[type=search]').first();
    if (!await box.count()) return ['no filter'];
    await reach(page, box);
    const shown = () => box.evaluate((one) => {
      const list = document.getElementById(one.form.dataset.ciFilter);
      return [...(list.dataset.ciItems ? list.querySelectorAll(list.dataset.ciItems) : list.children)].filter((item) => item.checkVisibility()).length;
    });
    const all = await shown();
    await page.keyboard.type('zzzz');
    await page.keyboard.press('Enter');
    const none = await shown();
    for (let n = 0; n < 4; n += 1) await page.keyboard.press('Backspace');
    const again = await shown();
    return all > 0 && none === 0 && again === all && await focused(box) ? [] : [`the filter shows ${[all, none, again]}`];
  },
  async form({ page, url }) {
    const button = page.locator('form[data-ci-form] button:not([type=button])');
    if (!await button.count()) return ['no form'];
    await page.route((address) => address.pathname !== url, (route) => route.fulfill({ status: 204 }));
    await reach(page, button);
    await page.keyboard.press('Enter');
    const first = await page.evaluate(() => document.activeElement === document.querySelector('form[data-ci-form] :is(input, select, textarea):invalid'));
    return first ? [] : ['an empty form does not lead to its first field'];
  },
  async vote({ page }) {
    await reach(page, page.locator('[name=valutazione]').first());
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    const [two, asked] = await page.evaluate(() => [document.querySelector('[name=valutazione][value="2"]').checked, document.querySelector('.ci-negativa').checkVisibility()]);
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => document.querySelector('.ci-negativa').contains(document.activeElement));
    return two && asked && inside ? [] : ['the stars cannot be given by keyboard'];
  },
};

/** Does each deed on a fresh load of the page: faults. */
const judge = (place, url, viewport, deeds) => inTab(running, { viewport }, async (page) => {
  const faults = [];
  const load = () => page.goto(running.of(place).server.origin + url);
  for (const name of deeds) {
    await load();
    for (const fault of await DEEDS[name]({ page, load, url })) faults.push(`at ${viewport.width}: ${fault}`);
  }
  await page.unrouteAll();
  return faults;
});

everyKind('keyboard', 1, async (place, url, { kind }) => [
  ...await judge(place, url, DESKTOP, ['forwards', 'skip', 'vote', ...kinds[kind]]),
  ...await judge(place, url, PHONE, ['backwards', 'menu']),
]);

const last = (markup) => (text) => text.replace('</main>', `${markup}</main>`);
const without = (what, by = '') => (text) => text.replaceAll(what, by);
const CONTROL = '<button type=button class=mutato>uno</button>';
const SPOILT = [
  { seen: 'focus not drawn', deed: 'forwards', change: last(CONTROL), css: '.mutato{outline:0!important}' },
  { seen: 'focus out of the window', deed: 'backwards', change: last(CONTROL), css: '.mutato{position:absolute;left:-999px;top:0}' },
  { seen: 'focus covered', deed: 'forwards', change: last('<div class=mutato></div>'), css: '.mutato{position:fixed;inset:auto 0 0;height:90%;background:#fff;z-index:9}' },
  { seen: 'focus on what is no control', deed: 'forwards', change: last('<p contenteditable>uno</p>') },
  { seen: 'stops of', deed: 'forwards', change: last('<a href="/novita/" tabindex=1>uno</a>') },
  { seen: 'goes back up', deed: 'forwards', change: last(`<p>${CONTROL}</p><p><a href="/novita/">due</a></p>`), css: 'p:has(>.mutato){margin-top:8rem}p:has(>.mutato)+p{margin-top:-7rem}' },
  { seen: 'no skip link to contenuto', deed: 'skip', change: without('<body>', `<body>${CONTROL}`) },
  { seen: 'the skip link leads not to footer', deed: 'skip', change: without('id=footer', 'id=fondo') },
  { seen: 'Enter does not open the menu', deed: 'menu', change: without('navbarcollapsible') },
  { seen: 'the menu does not take the focus', deed: 'menu', script: without("querySelector('.close-menu').focus", "querySelector('a').focus") },
  { seen: 'the page behind the menu can be reached', deed: 'menu', script: without('node.inert = open', 'open') },
  { seen: 'Escape does not close the menu', deed: 'menu', script: without("event.key === 'Escape' && toggle", "event.key === 'F2' && toggle") },
  { seen: 'not give the focus back to the opener', deed: 'menu', script: without('opener.focus()', 'menu.focus()') },
  { seen: 'the button does not close the menu', deed: 'menu', script: without('.close-menu, .overlay, a', '.overlay, a') },
  { seen: 'no dropdown', deed: 'dropdown', change: without('class="dropdown ', 'class="') },
  { seen: 'Escape does not close a dropdown', deed: 'dropdown', script: without("event.key !== 'Escape' || !box.open", 'true') },
  { seen: 'not give the focus back to the dropdown', deed: 'dropdown', script: without("box.querySelector('summary').focus();") },
  { seen: 'a dropdown stays open', deed: 'dropdown', script: without("'focusout'", "'nulla'") },
  { seen: 'no accordion', deed: 'accordion', change: without('accordion-item') },
  { seen: 'an accordion goes true', deed: 'accordion', change: without(/<details class="?accordion-item"?/g, '$& open') },
  { seen: 'no page index', deed: 'index', change: without('data-element=page-index') },
  { seen: 'the index does not show', deed: 'index', css: '[id]{scroll-margin-top:3000px}' },
  { seen: 'the stars cannot be given', deed: 'vote', css: '.ci-negativa{display:none!important}' },
];
const seeing = (place, url, { deed }) => judge(place, url, PHONE, [deed]);
seesFaults(running, '/servizi/anagrafe-e-stato-civile/carta-d-identita-elettronica/', SPOILT, seeing);
seesFaults(running, '/domande-frequenti/', [{ seen: 'the filter shows', deed: 'filter', script: without('item.hidden = ', 'item.lazy = ') }], seeing);
seesFaults(running, '/servizi/richiesta-assistenza/', [{ seen: 'an empty form', deed: 'form', change: without('<form action', '<form novalidate action') }], seeing);
