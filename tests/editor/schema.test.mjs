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
    const paths = [...contents(site)];
    // All at once: the server waits a little before it judges each.
    await Promise.all(paths.map(async (path) => {
      problems[path] = shown(await server.open(`${path}.yaml`, frontMatter(readFileSync(path, 'utf8'))));
    }));
    assert.ok(paths.length > 20, `${paths.length} contents`);
    assert.deepEqual(Object.entries(problems).filter(([, found]) => found.length > 0), []);
  });
}

/** A path at which nothing was opened yet: what the server says of a closed file comes late. */
let opened = 0;
const fresh = (path) => `${path}.${opened += 1}.md.yaml`;

/** A sound front matter of the example, with one line changed. */
async function problemsOf(path, from, to) {
  const file = join(example, path);
  const sound = frontMatter(readFileSync(file, 'utf8'));
  const at = sound.split('\n').findIndex((line) => from.test(line));
  assert.ok(at >= 0, `${path} has no ${from}`);
  const text = sound.split('\n').map((line, i) => (i === at ? to : line)).filter((line) => line !== null).join('\n');
  const server = running.get(example);
  const found = await server.open(fresh(file), text);
  return { at: at + 1, found };
}

const SHEET = 'servizi/carta-d-identita-elettronica.md';

for (const [what, path, from, to, says] of [
  ['an unknown field', SHEET, /^stato:/, 'statto: attivo', /statto/],
  ['a term out of its vocabulary', SHEET, /^argomenti:/, 'argomenti: [identita-digitle]', /not accepted/],
  ['an office that does not exist', SHEET, /^unita_responsabile:/, 'unita_responsabile: ufficio-anagrfe', /not accepted/],
  ['a word out of a choice', SHEET, /^stato:/, 'stato: attiva', /not accepted/],
  ['a date of another form', 'novita/nuovo-acquedotto-di-masi-alti.md', /^data_pubblicazione:/, 'data_pubblicazione: 14/09/2026', /anno-mese-giorno/],
  ['a number in words', SHEET, /^giorni_massimi:/, 'giorni_massimi: trenta', /Expected "integer"/],
  ['a code that lost its quotes', 'luoghi/biblioteca-comunale.md', /^cap:/, 'cap: 38099', /Expected "string"/],
  ['an address without https', 'siti-tematici/', /^url:/, 'url: www.esempio.it', /https/],
]) {
  test(`shown where it is: ${what}`, async () => {
    const file = path.endsWith('/') ? path + readdirSync(join(example, path))[0] : path;
    const { at, found } = await problemsOf(file, from, to);
    assert.equal(found.length, 1, JSON.stringify(shown(found)));
    assert.equal(found[0].range.start.line + 1, at);
    assert.match(found[0].message, says);
  });
}

test('a missing field is told', async () => {
  const { found } = await problemsOf(SHEET, /^categoria:/, null);
  assert.match(shown(found).join(), /Missing property "categoria"/);
});

test('a sheet of the catalogue need not be repeated', async () => {
  const file = join(example, 'servizi/dal-catalogo.md.yaml');
  assert.deepEqual(shown(await running.get(example).open(file, 'catalogo: tari\ngiorni_massimi: 30\n')), []);
});

test('fields, terms and contents are offered, with what they are', async () => {
  const server = running.get(example);
  const offered = async (marked) => {
    const items = await server.complete(fresh(join(example, 'servizi/nuova')), marked);
    return new Map(items.map((item) => [item.label, item.documentation?.value ?? item.documentation ?? '']));
  };
  const fields = await offered('titolo: Prova\n|');
  for (const field of ['categoria', 'accesso', 'unita_responsabile', 'descrizione_breve']) assert.ok(fields.has(field), field);
  assert.match(fields.get('unita_responsabile'), /ufficio che risponde del servizio/);
  const inner = await offered('accesso:\n  - canale: online\n    |');
  for (const field of ['fornitore', 'principale']) assert.ok(inner.has(field), field);
  assert.ok(!inner.has('titolo'));
  const terms = await offered('categoria: |');
  assert.equal(terms.size, 15);
  assert.match(terms.get('anagrafe-e-stato-civile'), /Anagrafe e stato civile/);
  const topics = await offered('argomenti:\n  - |');
  assert.ok(topics.has('residenza'));
  const offices = await offered('unita_responsabile: |');
  const there = readdirSync(join(example, 'unita')).map((name) => name.replace('.md', ''));
  assert.deepEqual([...offices.keys()].sort(), there.sort());
});
