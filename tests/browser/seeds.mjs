// By hand: what axe-core and the Nu Html Checker say of each page that tests/check.rs has spoilt and not of the sound one, beside the
// codes that `campanile check` finds. Usage: SEEDS_DIR=FOLDER cargo test --test check -- --ignored, then node seeds.mjs FOLDER.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { violations } from './axe.mjs';
import { DESKTOP, launch, visitor } from './browser.mjs';
import { Site, serve } from './server.mjs';

const folder = process.argv[2];
const seeds = JSON.parse(readFileSync(join(folder, 'semi.json'), 'utf8'));
const JAR = createRequire(import.meta.url)('vnu-jar');

/** The golden site with the files of one seed over it. */
class Spoilt extends Site {
  constructor(n) {
    super(join(folder, 'sito'));
    const over = join(folder, 'semi', String(n));
    this.rewrite = (path, text) => {
      const inner = path.endsWith('/') ? `${path}index.html` : path;
      const file = join(over, inner);
      return existsSync(file) ? readFileSync(file, 'utf8') : text;
    };
  }
}

/** What Nu says of each address, by address: one Java for all, since its start costs more than a page. */
async function nu(urls) {
  const args = ['-Xss4m', '-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', JAR, '--format', 'json', '--exit-zero-always', '--stdout', ...urls];
  // The pages that Java asks for are served from here.
  const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(stdout);
  const said = new Map(urls.map((url) => [url, []]));
  for (const { url, message, type, subType } of messages) {
    const fault = type === 'error' || subType === 'warning';
    if (fault && !/^Inline script violates/.test(message)) said.get(url)?.push(message.slice(0, 90));
  }
  return said;
}

const browser = await launch();
const context = await visitor(browser, { viewport: DESKTOP });

/** What axe-core says of a page. */
async function axe(page, url) {
  try {
    await page.goto(url, { waitUntil: 'load', timeout: 20_000 });
    return (await violations(page)).map((line) => line.split(':')[0]);
  } catch (error) {
    // A spoilt page may send its visitor away before it is looked at.
    return [`not read: ${error.message.split('\n')[0]}`];
  }
}

const tab = await context.newPage();
const servers = [];
async function told(site, page) {
  const server = await serve({ '*': site });
  servers.push(server);
  const url = `${server.origin}/${page.replace(/index\.html$/, '')}`;
  return { url, axe: await axe(tab, url) };
}

const pages = [...new Set(seeds.map(({ pagina }) => pagina))];
const sound = new Map();
for (const page of pages) sound.set(page, await told(new Site(join(folder, 'sito')), page));
const spoilt = [];
for (const seed of seeds) spoilt.push([seed, await told(new Spoilt(seed.n), seed.pagina)]);
const said = await nu([...sound.values(), ...spoilt.map(([, one]) => one)].map(({ url }) => url));
for (const [{ codice, trovati, che, pagina }, one] of spoilt) {
  const before = sound.get(pagina);
  const more = (list, known) => [...new Set(list)].filter((rule) => !known.includes(rule)).sort();
  const line = { codice, trovati, che: che.slice(0, 60), pagina, axe: more(one.axe, before.axe), nu: more(said.get(one.url), said.get(before.url)) };
  console.log(JSON.stringify(line));
}
await browser.close();
for (const server of servers) await server.close();
