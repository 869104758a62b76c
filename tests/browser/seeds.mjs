// By hand: what axe-core and the Nu Html Checker say of each page that tests/check.rs has spoilt, beside the code that `campanile check`
// gives. Usage: SEEDS_DIR=FOLDER cargo test --test check -- --ignored, then node seeds.mjs FOLDER.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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

const rules = (list) => [...new Set(list)].sort();

function nu(url) {
  const args = ['-Xss4m', '-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', JAR, '--format', 'json', '--exit-zero-always', '--stdout', url];
  const { messages } = JSON.parse(execFileSync('java', args, { maxBuffer: 1 << 26 }));
  return messages.filter(({ message, type, subType }) => (type === 'error' || subType === 'warning') && !/^Inline script violates/.test(message));
}

const browser = await launch();
const context = await visitor(browser, { viewport: DESKTOP });
for (const { n, codice, che, pagina } of seeds) {
  const server = await serve({ '*': new Spoilt(n) });
  const url = `${server.origin}/${pagina.replace(/index\.html$/, '')}`;
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const axe = rules((await violations(page)).map((line) => line.split(':')[0]));
  await page.close();
  const said = rules(nu(url).map(({ message }) => message.slice(0, 90)));
  console.log(JSON.stringify({ codice, che: che.slice(0, 60), axe, nu: said }));
  await server.close();
}
await browser.close();
