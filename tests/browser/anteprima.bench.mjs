// From the file to the screen: how long after an edit its text is seen in Chromium, median and worst of 50, for sites of several sizes.
// `node anteprima.bench.mjs PROGRAM [SHEETS…]`, with the program of a release build. The example has 46 sheets and about 490 pages; each
// sheet more makes about two pages and a half. Compare only what one run gives.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DESKTOP, launch, visitor } from './browser.mjs';
import { copied, serve } from './preview.mjs';

const EDITS = 50;
const [program, ...sizes] = process.argv.slice(2);

/** Waits in the page until an element shows a text and has been painted with it; the page may be loaded again meanwhile. */
async function painted(page, selector, mark) {
  const inside = ([selector, mark]) => new Promise((resolve) => {
    const shows = () => document.querySelector(selector)?.textContent.includes(mark);
    const paint = () => requestAnimationFrame(() => setTimeout(resolve));
    if (shows()) {
      paint();
      return;
    }
    const observer = new MutationObserver(() => {
      if (!shows()) return;
      observer.disconnect();
      paint();
    });
    observer.observe(document, { childList: true, characterData: true, subtree: true });
  });
  for (;;) {
    try {
      return await page.evaluate(inside, [selector, mark]);
    } catch {
      await page.waitForLoadState('domcontentloaded');
    }
  }
}

/** Milliseconds from each writing to the moment at which the page shows it. */
async function measure(page, selector, edit) {
  const times = [];
  for (let n = 0; n < EDITS; n += 1) {
    const mark = `Modifica numero ${n} fatta ora.`;
    const seen = painted(page, selector, mark);
    await wait(50);
    const start = performance.now();
    await edit(mark);
    await seen;
    times.push(performance.now() - start);
    await wait(400);
  }
  times.sort((a, b) => a - b);
  return { median: Math.round(times[EDITS / 2]), worst: Math.round(times.at(-1)) };
}

const browser = await launch();
for (const size of sizes.length ? sizes.map(Number) : [10, 260, 4030]) {
  const site = await copied(size);
  const preview = await serve(program, site.dir);
  const context = await visitor(browser, { viewport: DESKTOP });
  const page = await context.newPage();
  const path = join(site.dir, 'servizi/imu.md');
  const text = await readFile(path, 'utf8');
  const list = await (await fetch(`${preview.origin}/servizi/`)).text();
  await page.goto(preview.origin + /href="(\/servizi\/[^"]+\/imu\/)"/.exec(list)[1]);
  await page.locator('campanile-anteprima .angolo summary').waitFor();
  await wait(3000);
  const content = await measure(page, 'main', (mark) => writeFile(path, text.replace(/^descrizione_breve: .*$/m, `descrizione_breve: ${mark}`)));
  const footer = await readFile(new URL('../../themes/comuni/templates/parts/footer.html', import.meta.url), 'utf8');
  const own = join(site.dir, 'templates/parts/footer.html');
  await mkdir(join(site.dir, 'templates/parts'), { recursive: true });
  const template = await measure(page, 'footer', (mark) => writeFile(own, footer.replace('</footer>', `<p>${mark}</p></footer>`)));
  console.log(JSON.stringify({ sheets: size, content, template }));
  await context.close();
  await preview.stop();
  await site.remove();
}
await browser.close();
