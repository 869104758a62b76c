// axe-core on every kind of page, at 1280 and 360 px, as loaded and with everything open, menu included: no violation.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE } from './browser.mjs';
import { openAll, openMenu, violations } from './axe.mjs';
import { everyKind, inTab, seesFaults, stage } from './visit.mjs';

const running = stage();

/** Loads a page at a size, brings it into each of the named states in turn, gathers what axe says after each. */
const judge = (place, url, viewport, states) => inTab(running, { viewport }, async (page) => {
  await page.goto(running.of(place).server.origin + url);
  const faults = [];
  for (const [name, prepare] of Object.entries(states)) {
    await prepare(page);
    for (const fault of await violations(page)) faults.push(`at ${viewport.width}, ${name}: ${fault}`);
  }
  return faults;
});

const loaded = { 'as loaded': async () => {} };
const menu = { 'menu open': openMenu };
const open = (stars) => ({ [`all open, ${stars} stars`]: (page) => openAll(page, stars) });

everyKind('axe', 2, async (place, url, { first }) => [
  ...await judge(place, url, DESKTOP, { ...(first && loaded), ...open(2) }),
  ...await judge(place, url, PHONE, { ...open(5), ...(first && menu) }),
]);

const SPOILT = [
  { seen: ': image-alt:', states: loaded, change: (text) => text.replace(/<h1[^>]*>/, '<h1><img src=/media/stemma.svg>') },
  { seen: ': landmark-one-main:', states: loaded, change: (text) => text.replaceAll(/<(\/?)main/g, '<$1div') },
  { seen: ': heading-order:', states: open(1), change: (text) => text.replaceAll(/<summary class=accordion-header><h3[^>]*>/g, '<summary><h6>') },
  { seen: ': button-name:', states: menu, change: (text) => text.replace(/aria-label="?Chiudi il menu"?/i, '') },
];
seesFaults(running, '/domande-frequenti/', SPOILT, (place, url, { states }) => judge(place, url, PHONE, states));
