// The preview as a process: a copy of the example, `campanile serve` on it, a page open in a browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const EXAMPLE = new URL('../../content-example/', import.meta.url).pathname;
const COMUNE = 'comuni/roccachiara';

/** A copy of the example with at least `sheets` service sheets, most of them copies with another title and other addresses: `{dir, remove}`. */
export async function copied(sheets = 0) {
  const root = await mkdtemp(join(tmpdir(), 'anteprima-'));
  await cp(EXAMPLE, root, { recursive: true, filter: (path) => !['public', '.campanile'].includes(basename(path)) });
  const dir = join(root, COMUNE);
  const folder = join(dir, 'servizi');
  const own = await readdir(folder);
  for (let n = 0; own.length + n < sheets; n += 1) {
    const file = own[n % own.length];
    const text = (await readFile(join(folder, file), 'utf8'))
      .replace(/^titolo: "?(.*?)"?$/m, (_, title) => `titolo: "${title.replaceAll('"', '')} ${n}"`)
      .replace(/(variabili: \{\w+: )([\w.-]+)/g, (_, key, value) => key + another(value, n))
      .replace(/^(alias|identificativo):.*\n(?: {2}- .*\n)*/gm, '');
    await writeFile(join(folder, file.replace('.md', `-${n}.md`)), text);
  }
  return { dir, remove: () => rm(root, { recursive: true }) };
}

/** A value unlike those of other copies; identifiers keep their length. */
const another = (value, n) => (/^\w{26}$|^[\da-f-]{36}$/.test(value) ? value.slice(0, -4) + String(n).padStart(4, '0') : `${value}-${n}`);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts `program serve` on a folder and waits until the home answers: `{origin, stop}`. */
export async function serve(program, dir, ...more) {
  const port = await freePort();
  const child = spawn(program, ['serve', dir, '--port', port, '--now', '2026-11-21', '--quiet', ...more], { stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    try {
      if ((await fetch(`${origin}/`)).ok) break;
    } catch (error) {
      if (tries > 600) throw error;
    }
    await wait(200);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { origin, pid: child.pid, stop };
}
