// The schemas of `campanile schema` in the YAML language server: sound files have no problem, faults are shown where they are, names of
// fields, terms and contents are offered. SITI names the folders of three sites, each with its schemas: the example, a new one with a content
// of every type, the base of the rules in REGOLE; CONSORZIO that of the example's workspace; CAMPANILE the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { Server } from './server.mjs';

const SITES = JSON.parse(process.env.SITI);
const [example, made, base] = SITES;
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
    assert.ok(paths.length >= 3, `${paths.length} contents`);
    // Were the schemas not found, nothing would be a problem.
    for (const folder of new Set(paths.map((path) => dirname(path)))) {
      const unknown = await server.open(`${folder}/sconosciuto.md.yaml`, 'sconosciuto: 1\n');
      assert.ok(shown(unknown).some((said) => /sconosciuto/.test(said)), folder);
    }
    assert.deepEqual(Object.entries(problems).filter(([, found]) => found.length > 0), []);
  });
}

/** A path at which nothing was opened yet: what the server says of a closed file comes late. */
let opened = 0;
const fresh = (path) => `${path}.${opened += 1}.md.yaml`;

/** A sound front matter of the example, or its `comune.yaml`, with one line changed. */
async function problemsOf(path, from, to) {
  const file = join(example, path);
  const config = path === 'comune.yaml';
  const written = readFileSync(file, 'utf8');
  const sound = config ? `# yaml-language-server: $schema=.campanile/schema/comune.json\n${written}` : frontMatter(written);
  const at = sound.split('\n').findIndex((line) => from.test(line));
  assert.ok(at >= 0, `${path} has no ${from}`);
  const text = sound.split('\n').map((line, i) => (i === at ? to : line)).filter((line) => line !== null).join('\n');
  const server = running.get(example);
  const found = await server.open(config ? join(example, `prova-${opened += 1}.yaml`) : fresh(file), text);
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

// Fields that others make necessary or exclude: what is wrong with the line, and with what it is right.
const ADDRESS = 'url: "https://www.esempio.it/"';
for (const [what, path, from, faulty, sound] of [
  ['a service that is not active says why', SHEET, /^stato:/, 'stato: non-attivo', 'stato: non-attivo\nmotivo_stato: Una prova.'],
  ['a service to come says why', SHEET, /^stato:/, 'stato: in-sviluppo', 'stato: in-sviluppo\nmotivo_stato: Una prova.'],
  ['conditions are a text or an address', SHEET, /^ {2}testo: La carta/, `  testo: Una prova.\n  ${ADDRESS}`, `  ${ADDRESS}`],
  ['a cost has an amount or a text', SHEET, /Costo della carta/, '    - {descrizione: Carta}', '    - {descrizione: Carta, importo_testo: gratuita}'],
  ['an address of access has a reason', SHEET, /^ {4}fornitore: area_personale/, `    ${ADDRESS}`, `    ${ADDRESS}\n    motivo_url: Una prova.`],
  ['an address of payment has a reason', SHEET, /tipo: contanti/, `    - {tipo: contanti, ${ADDRESS}}`, `    - {tipo: contanti, ${ADDRESS}, motivo_url: Una prova.}`],
  ['a distribution is somewhere', 'dataset/isole-ecologiche.md', /Elenco delle/, '  - {titolo: Elenco}', `  - {titolo: Elenco, ${ADDRESS}}`],
  ['a distribution is in one place', 'dataset/isole-ecologiche.md', /Elenco delle/, `  - {titolo: Elenco, file: media/documenti/isole-ecologiche.csv, ${ADDRESS}}`, `  - {titolo: Elenco, ${ADDRESS}}`],
  ['an event is somewhere', 'eventi/castagnata-di-ottobre.md', /^luogo:/, null, 'online: "https://www.esempio.it/"'],
  ['a calendar is of an office that can be booked', 'unita/area-amministrativa.md', /^sede:/, 'sede: municipio\nurl_calendario: "https://www.esempio.it/"', 'sede: municipio\nurl_calendario: "https://www.esempio.it/"\nprenotabile: true'],
  ['a public document can be read', 'documenti/avviso-di-deposito-88-2026.md', /^privacy:/, null, ADDRESS],
  ['a useful link leads somewhere', 'comune.yaml', /Orari della biblioteca/, '  - {testo: Orari}', `  - {testo: Orari, ${ADDRESS}}`],
  ['a function has one way', 'comune.yaml', /^ {4}fornitore: area_personale/, `    fornitore: area_personale\n    ${ADDRESS}`, `    ${ADDRESS}`],
]) {
  test(`told across fields: ${what}`, async () => {
    assert.notDeepEqual(shown((await problemsOf(path, from, faulty)).found), []);
    assert.deepEqual(shown((await problemsOf(path, from, sound)).found), []);
  });
}

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
  const providers = await offered('accesso:\n  - canale: online\n    fornitore: |');
  for (const [provider, whose] of [['anpr', 'ready-made'], ['permessi', 'of the Comune'], ['permessi_strada', 'of the workspace']]) assert.ok(providers.has(provider), whose);
  assert.match(providers.get('anpr'), /Anagrafe nazionale/);
  const offices = await offered('unita_responsabile: |');
  const there = readdirSync(join(example, 'unita')).map((name) => name.replace('.md', ''));
  assert.deepEqual([...offices.keys()].sort(), there.sort());
});

test('what a workspace shares', async () => {
  const folder = process.env.CONSORZIO;
  const server = running.get(example);
  const line = `# yaml-language-server: $schema=${join(folder, '.campanile/schema/consorzio.json')}\n`;
  const text = readFileSync(join(folder, 'consorzio.yaml'), 'utf8');
  assert.deepEqual(shown(await server.open(join(folder, 'consorzio.yaml'), line + text)), []);
  assert.equal((await server.open(join(folder, 'rotto/consorzio.yaml'), line + text + 'noe: X\n')).length, 1);
});

// Must-fail files whose fault a schema can see: names, forms, references, fields that others make necessary.
const SEEN = [
  'CAM-01', 'CAM-01.persona', 'CAM-02', 'CAM-02.dataset', 'CAM-02.persona', 'CAM-02.video', 'CAM-03', 'CAM-04', 'CAM-05', 'CAM-05.momento',
  'CAM-06', 'CAM-11', 'CAM-12.calendario', 'CAM-12.evento', 'CAM-12.link', 'COD-01', 'REL-01', 'VOC-01', 'VOC-01.evento', 'VOC-01.trasparenza',
];

test('the must-fail files of the rules', async () => {
  const root = process.env.REGOLE;
  const server = running.get(base);
  const seen = [];
  for (const rule of readdirSync(root).filter((name) => /^(CAM|VOC|COD|REL)/.test(name))) {
    const faults = [];
    for (const path of contents(join(root, rule))) {
      const folder = path.split('/').at(-2);
      const text = frontMatter(readFileSync(path, 'utf8'));
      faults.push(...shown(await server.open(fresh(join(base, folder, 'x')), text)));
    }
    if (existsSync(join(root, rule, 'comune.yaml'))) {
      const line = '# yaml-language-server: $schema=.campanile/schema/comune.json\n';
      faults.push(...shown(await server.open(join(base, `${rule}.yaml`), line + readFileSync(join(root, rule, 'comune.yaml'), 'utf8'))));
    }
    if (faults.length > 0) seen.push(rule);
  }
  assert.deepEqual(SEEN.filter((rule) => !seen.includes(rule)), [], `seen: ${seen.join(' ')}`);
});

/** What a person gets who takes every first choice and every example of a snippet. */
function typed(body) {
  return body.join('\n')
    .replace(/\$\{\d+\|((?:\\.|[^|\\,])*)(?:,(?:\\.|[^|\\])*)?\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/\\([\\$}|,])/g, '$1');
}

test('every snippet writes what its type accepts', async () => {
  const snippets = JSON.parse(readFileSync(join(made, '.vscode/campanile.code-snippets'), 'utf8'));
  const server = running.get(made);
  const fields = Object.entries(snippets).filter(([name]) => !name.includes('##'));
  assert.ok(fields.length > 200, `${fields.length}`);
  assert.equal(typed(['a: [${1|x,y|}, ${2:b\\}c}]']), 'a: [x, b}c]');
  const faults = await Promise.all(fields.map(async ([name, { body, scope, prefix, description }]) => {
    assert.ok(scope === 'markdown' && prefix && description, name);
    const folder = name.startsWith('tutti:') ? 'servizi' : name.split(':')[0];
    const found = await server.open(fresh(join(made, folder, 'x')), `${typed(body)}\n`);
    return [name, body[0], shown(found).filter((said) => !/missing property/i.test(said))];
  }));
  assert.deepEqual(faults.filter(([, , found]) => found.length > 0), []);
});

test('the task of the editor finds file and line of each finding', () => {
  const { tasks } = JSON.parse(readFileSync(join(made, '.vscode/tasks.json'), 'utf8'));
  const task = tasks.find(({ label }) => label === 'Controlla il sito');
  const run = (more) => spawnSync(process.env.CAMPANILE, [...task.args, ...more], { cwd: made, encoding: 'utf8' });
  /** What the editor shows: for each severity, the findings as code, file, line. */
  const matched = () => {
    const { stdout, stderr } = run([]);
    const lines = (stdout + stderr).split('\n');
    return Object.fromEntries(task.problemMatcher.map(({ severity, pattern: [first, second] }) => [severity, lines.flatMap((line, i) => {
      const [said, place] = [line.match(first.regexp), lines[i + 1]?.match(second.regexp)];
      return said && place ? [[said[first.code], place[second.file], Number(place[second.line])]] : [];
    })]));
  };
  const sheet = join(made, 'servizi/imu.md');
  const sound = readFileSync(sheet, 'utf8');
  writeFileSync(sheet, sound.replace(/^titolo/m, 'titlo'));
  const { error, warning } = matched();
  assert.deepEqual(error.find(([code]) => code === 'CAM-01'), ['CAM-01', 'servizi/imu.md', 2]);
  assert.ok(warning.some(([code]) => code === 'CAM-15'));
  // Rules on pages have codes of other forms, and hints are findings too: no finding with a line is lost.
  const text = '\nPaga [qui](/servizi/) entro e non oltre il 16 giugno; dati su [Orari](/novita/) e [Orari](/eventi/).\n';
  writeFileSync(sheet, sound.replace(/^## Come fare$/m, `## Come fare\n${text}`));
  const { diagnostics } = JSON.parse(run(['--format', 'json']).stdout);
  const shown = matched();
  for (const [severity, name] of [['error', 'error'], ['warning', 'warning'], ['info', 'hint']]) {
    const expected = diagnostics.filter((d) => d.severity === name && d.line).map((d) => [d.code, d.file, d.line]);
    assert.deepEqual(shown[severity].sort(), expected.sort(), severity);
  }
  const codes = Object.values(shown).flat().map(([code]) => code);
  for (const code of ['LIN-04', 'LIN-05', 'A11Y-identical-links-same-purpose']) assert.ok(codes.includes(code), `${code}: ${codes}`);
  writeFileSync(sheet, sound);
});
