// The Nu Html Checker on every file of HTML of every site, asked over http so that 'self' of the policy means something: no error,
// no warning.
//
// One message is set aside: the checker takes a JSON-LD block for an inline script that the policy would block. It is a data block:
// HTML ("prepare the script element") returns before it asks the policy, and browsers say nothing (csp.test.mjs listens).
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { Site, serve } from './server.mjs';
import { sites } from './sites.mjs';

const JAR = createRequire(import.meta.url)('vnu-jar');
const isDataBlock = ({ message, extract }) =>
  message.startsWith('Inline script violates Content Security Policy') && /<script[^>]* type="?application\/ld\+json"?[^>]*>/.test(extract);

const served = new Map();
before(async () => {
  for (const one of sites) {
    const files = new Site(one.dir);
    served.set(one.name, { ...one, files, server: await serve({ '*': files }) });
  }
});
after(() => Promise.all([...served.values()].map(({ server }) => server.close())));

/** What the checker says of pages of a site, by path: `path:line: severity: message extract`. */
function check(name, paths) {
  const { origin } = served.get(name).server;
  const args = ['-Xss4m', '-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', JAR, '--format', 'json', '--exit-zero-always', '--stdout', ...paths.map((path) => `${origin}/${path}`)];
  return new Promise((done, refuse) => {
    execFile('java', args, { maxBuffer: 1 << 28 }, (error, out, err) => {
      if (error) refuse(new Error(`${error.message}\n${err}`));
      else done(JSON.parse(out).messages.filter((one) => !isDataBlock(one)).map(told));
    });
  });
}

const told = ({ url, lastLine, type, subType, message, extract }) =>
  `${url ? new URL(url).pathname : '-'}:${lastLine ?? '-'}: ${subType ?? type}: ${message} ${extract ?? ''}`;

for (const name of ['esempio', 'nuovo']) {
  test(`Nu Html Checker: every page of ${name}`, async () => {
    const { dir, pages } = served.get(name);
    const files = readdirSync(dir, { recursive: true }).filter((file) => file.endsWith('.html'));
    assert(files.length >= pages.length);
    assert.deepEqual(await check(name, files), []);
  });
}

test('the checker sees errors and warnings put into a page', async () => {
  const spoilt = {
    '/a': (text) => text.replace('<main', '<p id=a></p><p id=a></p><main'),
    '/b': (text) => text.replace('</h1>', '<div></div></h1>'),
    '/c': (text) => text.replace('<main', '<section></section><main'),
    '/d': (text) => text.replace('</main>', '<script>1</script></main>'),
    '/e': (text) => text.replace('</main>', '<p style="color:red">x</p></main>'),
  };
  const { files } = served.get('esempio');
  const home = files.answer('/').body.toString();
  files.rewrite = (path) => (spoilt[path] ? { status: 200, body: spoilt[path](home) } : undefined);
  const said = await check('esempio', Object.keys(spoilt).map((path) => path.slice(1)));
  files.rewrite = null;
  for (const path of Object.keys(spoilt)) assert(said.some((line) => line.startsWith(`${path}:`)), `${path}: ${said}`);
});
