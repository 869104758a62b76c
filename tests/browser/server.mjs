// A web server for built sites, on loopback only: the headers that the site itself ships (`_headers`), gzip -6, its own page for
// what is missing, TLS when a certificate is given. `rewrite` changes an answer on its way out: so the suites show that they fail.
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml', '.json': 'application/json', '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.avif': 'image/avif',
  '.ico': 'image/x-icon', '.pdf': 'application/pdf', '.webmanifest': 'application/manifest+json',
};
const PACKED = new Set(['.html', '.css', '.js', '.svg', '.json', '.xml', '.txt', '.webmanifest']);

/** The rules of a `_headers` file: a path pattern, then indented headers. */
export function parseHeaders(text) {
  const rules = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    if (/^\s/.test(line)) {
      const at = line.indexOf(':');
      rules.at(-1).headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
    } else rules.push({ pattern: line.trim(), headers: {} });
  }
  return rules;
}

/** A folder as a site: `answer(path)` gives status, headers and body before compression. */
export class Site {
  constructor(dir) {
    this.dir = dir;
    this.rules = parseHeaders(readFileSync(join(dir, '_headers'), 'utf8'));
    /** `(path, text) => text | {status, headers, body} | undefined`, on pages, style sheets and scripts only. */
    this.rewrite = null;
    /** Milliseconds that a path makes its visitor wait. */
    this.delay = () => 0;
    this.packed = new Map();
  }

  answer(path) {
    const inner = normalize(decodeURIComponent(path)).replace(/^\/+/, '');
    let file = join(this.dir, inner);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    const found = !inner.startsWith('..') && existsSync(file) && statSync(file).isFile() && !file.endsWith('/_headers');
    if (!found) file = join(this.dir, '404.html');
    const type = extname(file);
    const headers = { 'content-type': TYPES[type] ?? 'application/octet-stream' };
    for (const rule of this.rules) {
      const prefix = rule.pattern.replace(/\*$/, '');
      if (path === rule.pattern || (rule.pattern.endsWith('*') && path.startsWith(prefix))) Object.assign(headers, rule.headers);
    }
    const plain = { status: found ? 200 : 404, headers, body: readFileSync(file), packable: PACKED.has(type), key: file };
    if (!this.rewrite || !['.html', '.css', '.js'].includes(type)) return plain;
    const changed = this.rewrite(path, plain.body.toString('utf8'));
    if (changed === undefined) return plain;
    const part = typeof changed === 'string' ? { body: changed } : changed;
    return {
      ...plain, ...part, key: null, body: Buffer.from(part.body ?? plain.body), headers: { ...headers, ...part.headers },
    };
  }

  /** Body compressed as a production server does. */
  pack(answer) {
    if (answer.key && this.packed.has(answer.key)) return this.packed.get(answer.key);
    const body = gzipSync(answer.body, { level: 6 });
    if (answer.key) this.packed.set(answer.key, body);
    return body;
  }
}

/**
 * Starts a server. `hosts` maps a host name to a `Site` or to a function `(path) => {status, headers, body}`; the entry `*`
 * answers for every other name. `tls` holds `key` and `cert` and other options of Node's TLS server.
 */
export async function serve(hosts, tls) {
  const log = [];
  const handler = (request, response) => {
    const host = (request.headers.host ?? '').split(':')[0];
    const site = hosts[host] ?? hosts['*'];
    const path = request.url.split('?')[0];
    log.push({ host, path, at: Date.now() });
    if (!site) {
      response.writeHead(421).end();
      return;
    }
    const answer = typeof site === 'function' ? site(path, request) : site.answer(path);
    const headers = { ...answer.headers };
    let { body } = answer;
    if (answer.packable && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      body = site.pack(answer);
      headers['content-encoding'] = 'gzip';
      headers.vary = 'accept-encoding';
    }
    headers['content-length'] = Buffer.byteLength(body);
    setTimeout(() => {
      response.writeHead(answer.status ?? 200, headers);
      response.end(request.method === 'HEAD' ? undefined : body);
    }, site.delay?.(path) ?? 0);
  };
  const server = tls ? createSecureServer(tls, handler) : createServer(handler);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  return {
    port,
    log,
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}
