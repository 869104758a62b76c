// The schemas of `campanile schema` in the YAML language server: sound files have no problem, faults are shown where they are, names of
// fields, terms and contents are offered. SITI names the folders of the sites, each with its schemas.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Server } from './server.mjs';

const SITES = JSON.parse(process.env.SITI);
const example = SITES[0];
const running = new Map();

before(async () => {
  for (const site of SITES) {
    const schemas = readdirSync(join(site, '.campanile/schema')).filter((name) => !name.startsWith('comune'));
    // Front matter is handed over as `cartella/nome.md.yaml`.
    const mapped = schemas.map((name) => [join(site, '.campanile/schema', name), `/${name.replace('.json', '')}/*.md.yaml`]);
    running.set(site, await Server.start(site, { schemas: Object.fromEntries(mapped) }));
  }
});

after(() => running.forEach((server) => server.stop()));

/** The lines between the two `---`. */
function frontMatter(text) {
  const lines = text.split('\n');
  return lines.slice(1, lines.indexOf('---', 1)).join('\n') + '\n';
}

function* contents(site) {
  for (const folder of readdirSync(site, { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name.startsWith('.') || ['media', 'static', 'templates'].includes(folder.name)) continue;
    for (const name of readdirSync(join(site, folder.name))) {
      if (name.endsWith('.md')) yield join(site, folder.name, name);
    }
  }
}

const shown = (found) => found.map((d) => `${d.range.start.line + 1}: ${d.message}`);

for (const site of SITES) {
  test(`no problem in ${site}`, async () => {
    const server = running.get(site);
    const config = join(site, 'comune.yaml');
    const text = readFileSync(config, 'utf8');
    const line = '# yaml-language-server: $schema=.campanile/schema/comune.json\n';
    const problems = { 'comune.yaml': shown(await server.open(config, text.startsWith(line) ? text : line + text)) };
    let count = 0;
    for (const path of contents(site)) {
      problems[path] = shown(await server.open(`${path}.yaml`, frontMatter(readFileSync(path, 'utf8'))));
      server.close(`${path}.yaml`);
      count += 1;
    }
    assert.ok(count > 20, `${count} contents`);
    assert.deepEqual(Object.entries(problems).filter(([, found]) => found.length > 0), []);
  });
}
