// Chromium as every suite starts it: headless, closed to the network but for loopback, Italian.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

/** `names` maps host names to a port of this machine: the browser then believes that they are there, on port 443. */
export function resolverRules(names = {}) {
  const mapped = Object.entries(names).map(([host, port]) => `MAP ${host}:443 127.0.0.1:${port}`);
  return [...mapped, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(', ');
}

/** Starts Chromium. */
export function launch({ names, args = [] } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [...FLAGS, `--host-resolver-rules=${resolverRules(names)}`, ...args],
  });
}

/** A fresh visitor: own cookies, own cache; without animations, so that what is measured stands still. */
export function visitor(browser, options = {}) {
  return browser.newContext({ locale: 'it-IT', reducedMotion: 'reduce', ...options });
}

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 780 };

/** Runs `work` on every item, a few at a time. */
export async function pool(items, size, work) {
  const queue = items.entries();
  const results = [];
  const worker = async (id) => {
    for (const [index, item] of queue) results[index] = await work(item, id);
  };
  await Promise.all(Array.from({ length: size }, (_, id) => worker(id)));
  return results;
}
