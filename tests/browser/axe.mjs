// axe-core in a page: WCAG 2.0, 2.1, 2.2 A and AA, and its best practices.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Violations of the page as it stands, one line each: rule, element, reason. */
export async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const found = await page.evaluate(async (tags) => {
    const { violations: list } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return list.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html, node.failureSummary]));
  }, TAGS);
  return found.map(([id, html, why]) => `${id}: ${html.slice(0, 200)} (${why.split('\n').slice(1).join('; ').trim()})`);
}

/** Opens all that a visitor can open in the page: accordions, lists of actions, page index; gives a vote. */
export async function openAll(page, stars) {
  await page.evaluate(() => { for (const box of document.querySelectorAll('details')) box.open = true; });
  const star = page.locator(`[data-element="feedback-rate-${stars}"]`);
  if (await star.count()) await star.click();
}

/** Opens the menu of small screens. */
export async function openMenu(page) {
  await page.click('[data-bs-toggle="navbarcollapsible"]');
  await page.waitForSelector('#menu[role=dialog]');
}
