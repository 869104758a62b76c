// An institutional host on this machine: TLS with a throw-away authority, the AgID page as a stub, names resolved to loopback.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Site, serve } from '../server.mjs';

export const AGID = 'form.agid.gov.it';

/** A new authority and a certificate for the names: `{ca, key, cert}`. */
export function certificate(names, days = 2) {
  const dir = mkdtempSync(join(tmpdir(), 'campanile-ca-'));
  const openssl = (...args) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Autorita di prova', '-days', '2');
  openssl('req', ...key, '-keyout', 'key.pem', '-out', 'site.csr', '-subj', `/CN=${names[0]}`);
  writeFileSync(join(dir, 'names'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
  openssl('x509', '-req', '-in', 'site.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'cert.pem', '-days', String(days), '-extfile', 'names');
  const read = (name) => readFileSync(join(dir, name));
  const made = { ca: read('ca.pem'), key: read('key.pem'), cert: read('cert.pem') };
  rmSync(dir, { recursive: true });
  return made;
}

/**
 * Serves a built site on its own host: `{origin, files, port, names, get(url), close()}`. `get` answers like a normal TLS client:
 * redirects followed, the chain checked against the throw-away authority.
 */
export async function institutional(place) {
  const bare = place.host.replace(/^www\./, '');
  const services = `servizi.${bare}`;
  const names = [`www.${bare}`, bare, services, AGID];
  const tls = certificate(names);
  const files = new Site(place.dir);
  const declaration = { status: 200, headers: { 'content-type': 'text/html' }, body: `<p>Il sito ${bare} è conforme alle WCAG 2.1.</p>` };
  const agid = { page: declaration };
  const area = () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Area personale</h1>' });
  const server = await serve({ [`www.${bare}`]: files, [bare]: files, [services]: area, [AGID]: () => agid.page }, { ...tls, minVersion: 'TLSv1.2' });
  // A resumed session would show no certificate.
  const agent = new https.Agent({ maxCachedSessions: 0 });
  const get = (url, hops = 0) => new Promise((done) => {
    const { hostname, pathname, search, protocol } = new URL(url);
    if (protocol !== 'https:' || !names.includes(hostname) || hops > 5) return done({ status: 0, body: '', url });
    const request = https.get({ agent, host: '127.0.0.1', port: server.port, servername: hostname, path: pathname + search, ca: tls.ca, headers: { host: hostname } }, (response) => {
      const { socket } = response;
      const session = { version: socket.getProtocol(), suite: socket.getCipher().standardName, until: socket.getPeerCertificate().valid_to };
      let body = '';
      response.on('data', (part) => { body += part; });
      response.on('end', () => {
        const { location } = response.headers;
        if (location) done(get(new URL(location, url).href, hops + 1));
        else done({ status: response.statusCode, body, url, session });
      });
    });
    request.on('error', (error) => done({ status: 0, body: '', url, error: error.message }));
  });
  return { origin: `https://www.${bare}`, bare, files, agid, names, port: server.port, get, close: server.close };
}
