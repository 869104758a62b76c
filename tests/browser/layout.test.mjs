// Every kind of page bears what its reader changes: a window of 320 px, text alone at 200 %, wider spacing of text (WCAG 1.4.4,
// 1.4.10, 1.4.12), the system's own colours.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { openAll, openMenu } from './axe.mjs';
import { everyKind, inTab, seesFaults, stage } from './visit.mjs';

const running = stage();

/** Text that leaves the window, that a box cuts off, or that lies on other text. Runs in the page. */
function misplaced() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth > width) faults.push(`the page is ${document.scrollingElement.scrollWidth} px wide`);
  const SILENT = 'script, style, noscript, option, textarea';
  /** Kept for screen readers only: a box of a pixel that shows nothing. */
  const unshown = (style) => style.position === 'absolute' && (style.clip !== 'auto' || style.clipPath !== 'none');
  const clips = (style) => [style.overflowX, style.overflowY].some((value) => value === 'hidden' || value === 'clip');
  const scrolls = (style) => style.overflowX === 'auto' || style.overflowX === 'scroll';
  const placed = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(SILENT) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [];
    let apart = false;
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (scrolls(style) || unshown(style)) apart = true;
      else if (clips(style)) boxes.push(box.getBoundingClientRect());
    }
    if (apart) continue;
    const name = `${element.localName}.${element.className?.baseVal ?? element.className}: ${node.data.trim().slice(0, 40)}`;
    for (const rect of range.getClientRects()) {
      if (rect.width < 2 || rect.height < 2) continue;
      if (rect.left < -1 || rect.right > width + 1) faults.push(`outside the window: ${name}`);
      else if (boxes.some((box) => rect.left < box.left - 2 || rect.right > box.right + 2 || rect.top < box.top - rect.height / 2 || rect.bottom > box.bottom + rect.height / 2)) faults.push(`cut off: ${name}`);
      else {
        // Letters stand in the em square, in the middle of a taller box.
        const air = Math.max(0, rect.height - parseFloat(getComputedStyle(element).fontSize)) / 2;
        placed.push({ rect: { left: rect.left, right: rect.right, top: rect.top + air, bottom: rect.bottom - air, height: rect.height - 2 * air }, element, name });
      }
    }
  }
  placed.sort((a, b) => a.rect.top - b.rect.top);
  for (const [n, one] of placed.entries()) {
    for (let m = n + 1; m < placed.length && placed[m].rect.top < one.rect.bottom; m += 1) {
      const other = placed[m];
      if (other.element === one.element) continue;
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      if (across > 4 && down > 0.4 * Math.min(one.rect.height, other.rect.height)) faults.push(`on one another: ${one.name} / ${other.name}`);
    }
  }
  return [...new Set(faults)].slice(0, 8);
}

/** Doubles the size of every text, and of nothing else. Runs in the page. */
function doubleText() {
  const sizes = [...document.body.querySelectorAll('*')].map((one) => [one, parseFloat(getComputedStyle(one).fontSize), parseFloat(getComputedStyle(one).lineHeight)]);
  for (const [one, size, line] of sizes) {
    if (!one.style) continue;
    one.style.setProperty('font-size', `${2 * size}px`, 'important');
    if (line) one.style.setProperty('line-height', `${2 * line}px`, 'important');
  }
}

/** The spacing of WCAG 1.4.12. Runs in the page. */
function spaceText() {
  for (const one of document.body.querySelectorAll('*')) {
    if (!one.style) continue;
    const size = parseFloat(getComputedStyle(one).fontSize);
    one.style.setProperty('line-height', '1.5', 'important');
    one.style.setProperty('letter-spacing', '0.12em', 'important');
    one.style.setProperty('word-spacing', '0.16em', 'important');
    if (one.localName === 'p') one.style.setProperty('margin-bottom', `${2 * size}px`, 'important');
  }
}

/** What cannot be seen when the system imposes its colours: icons, drawn markers, edges of controls. Runs in the page. */
function unseen() {
  const parse = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const opaque = (colour) => { const [, , , alpha = 1] = parse(colour); return alpha > 0.5; };
  const light = (colour) => {
    const [r, g, b] = parse(colour).map((value) => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => { const [high, low] = [light(a), light(b)].sort((x, y) => y - x); return (high + 0.05) / (low + 0.05); };
  const behind = (element) => {
    for (let box = element; box; box = box.parentElement) if (opaque(getComputedStyle(box).backgroundColor)) return getComputedStyle(box).backgroundColor;
    return 'rgb(255, 255, 255)';
  };
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getBoundingClientRect().width > 1;
  const name = (element) => element.outerHTML.slice(0, 120);
  const faults = [];
  for (const icon of document.querySelectorAll('svg')) {
    if (!visible(icon) || icon.closest('.ci-ue')) continue;
    const style = getComputedStyle(icon);
    const drawn = [style.fill, style.stroke].filter((colour) => colour !== 'none');
    if (drawn.every((colour) => contrast(colour, behind(icon)) < 3)) faults.push(`icon ${style.fill} on ${behind(icon)}: ${name(icon.parentElement)}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (!visible(element)) continue;
    for (const part of ['', '::before', '::after']) {
      const style = getComputedStyle(element, part || undefined);
      if (part && (style.content === 'none' || style.content === 'normal')) continue;
      const back = behind(part ? element : element.parentElement);
      if (style.maskImage && style.maskImage !== 'none' && contrast(style.backgroundColor, back) < 3) faults.push(`mask ${style.backgroundColor} on ${back}: ${name(element)}${part}`);
    }
    if (element.matches('.btn, input:not([type=hidden], .visually-hidden), select, textarea')) {
      const style = getComputedStyle(element);
      const label = element.labels?.[0];
      const drawn = label ? ['::before', '::after'].map((part) => getComputedStyle(label, part)) : [];
      const edged = [style, ...drawn].some((one) => ['Top', 'Bottom'].some((side) => parseFloat(one[`border${side}Width`]) >= 1 && one[`border${side}Style`] !== 'none' && opaque(one[`border${side}Color`])));
      if (!edged && style.outlineStyle === 'none') faults.push(`no edge: ${name(element)}`);
    }
  }
  return [...new Set(faults)].slice(0, 8);
}

/** Gives the text back its own measures. Runs in the page. */
function resetText() {
  for (const one of document.body.querySelectorAll('[style]')) one.removeAttribute('style');
}

const NARROW = { width: 320, height: 640 };
const FORCED = { forcedColors: 'active' };
const closeMenu = (page) => page.keyboard.press('Escape');

/**
 * All that is asked of a page: a name, the size of the window, how the page is prepared (each on top of the ones before), what looks
 * for faults.
 */
const DEMANDS = [
  ['320 px', NARROW, (page) => openAll(page, 2), misplaced],
  ['320 px, menu open', NARROW, openMenu, misplaced],
  ['360 px', PHONE, async (page) => { await closeMenu(page); await openAll(page, 5); }, misplaced],
  ['wider spacing at 360 px', PHONE, (page) => page.evaluate(spaceText), misplaced],
  ['wider spacing', DESKTOP, async (page) => { await openAll(page, 2); await page.evaluate(spaceText); }, misplaced],
  ['text at 200 %', DESKTOP, async (page) => { await page.evaluate(resetText); await page.evaluate(doubleText); }, misplaced],
  ['forced colours', DESKTOP, async (page) => { await page.evaluate(resetText); await page.emulateMedia(FORCED); }, unseen],
  ['forced colours, menu open', PHONE, openMenu, unseen],
];

/** Faults of a page: every demand, or the one whose name is given. */
const judge = (place, url, only) => inTab(running, {}, async (page) => {
  const faults = [];
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ forcedColors: null });
  await page.goto(running.of(place).server.origin + url);
  await page.evaluate(() => document.fonts.ready);
  for (const [name, viewport, prepare, look] of DEMANDS) {
    if (only && name !== only) continue;
    await page.setViewportSize(viewport);
    await prepare(page);
    for (const fault of await page.evaluate(look)) faults.push(`${name}: ${fault}`);
  }
  return faults;
});

everyKind('layout', 1, (place, url) => judge(place, url));

test('in forced colours a given vote and the focus are seen', async () => {
  const context = await visitor(running.browser, { viewport: DESKTOP, ...FORCED });
  const page = await context.newPage();
  await page.goto(running.of('esempio').server.origin);
  await page.click('[data-element=feedback-rate-3]');
  const fill = (n) => page.evaluate((one) => getComputedStyle(document.querySelector(`[data-element=feedback-rate-${one}] svg`)).fill, n);
  assert.notEqual(await fill(3), await fill(4));
  await page.goto(page.url());
  for (let n = 0; n < 25; n += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return [outlineStyle, parseFloat(outlineWidth), document.activeElement.outerHTML.slice(0, 100)];
    });
    assert(outline[0] !== 'none' && outline[1] >= 2, String(outline));
  }
  await context.close();
});

/** What a picture says of its width (`sizes`, which a browser reads before it knows the layout) must be near to what is drawn. */
test('pictures say how wide they are drawn', async () => {
  const kinds = new Map(running.of('esempio').pages.map((page) => [page.kind, page.url]));
  const faults = [];
  let judged = 0;
  for (const width of [360, 700, 800, 1280]) {
    const context = await visitor(running.browser, { viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const kind of ['home', 'galleria', 'luogo', 'luoghi', 'argomento', 'notizia', 'evento', 'pagina']) {
      await page.goto(running.of('esempio').server.origin + kinds.get(kind));
      const found = await page.evaluate(async () => {
        const pictures = [...document.querySelectorAll('main img[srcset]')];
        for (const one of pictures) one.loading = 'eager';
        await Promise.all(pictures.map((one) => one.decode()));
        return pictures.map((one) => [one.currentSrc, one.naturalWidth / one.getBoundingClientRect().width]);
      });
      judged += found.length;
      for (const [file, ratio] of found) if (ratio < 0.9 || ratio > 1.3) faults.push(`${width} ${kind} ${file} ${ratio.toFixed(2)}`);
    }
    await context.close();
  }
  assert(judged > 20, String(judged));
  assert.deepEqual(faults, []);
});

const last = (markup) => (text) => text.replace('</main>', `${markup}</main>`);
const SPOILT = [
  { seen: 'wide', only: '320 px', change: last('<p class=mutato>uno</p>'), css: '.mutato{width:500px}' },
  { seen: 'outside the window', only: '320 px', change: last('<p class=mutato>uno</p>'), css: '.mutato{position:relative;left:-20px}' },
  { seen: 'cut off', only: 'text at 200 %', change: last('<p class=mutato>Una riga di testo</p>'), css: '.mutato{height:24px;width:100px;overflow:hidden}' },
  { seen: 'on one another', only: 'wider spacing', change: last('<p class=mutato>Una riga di testo<span>Altra riga</span></p>'), css: '.mutato{position:relative}.mutato span{position:absolute;left:0;top:0}' },
  { seen: 'icon', only: 'forced colours', change: last('<svg class="icon mutato"><path d="M0 0h9v9z"/></svg>'), css: '.mutato{fill:#fff!important}' },
  { seen: 'mask', only: 'forced colours', change: last('<i class=mutato></i>'), css: '.mutato{display:block;width:20px;height:20px;background:#000;mask:url(/media/stemma.svg)}' },
  { seen: 'no edge', only: 'forced colours', change: last('<button class="btn mutato">x</button>'), css: '.mutato{border:0!important}' },
];
seesFaults(running, '/mappa-del-sito/', SPOILT, (place, url, { only }) => judge(place, url, only));
