// The YAML language server as a text editor runs it: a process that speaks LSP over its standard streams.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const SERVER = new URL('node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url).pathname;
/** Milliseconds within which every answer must come. */
const PATIENCE = 60_000;

export class Server {
  #child;
  #buffer = Buffer.alloc(0);
  #next = 1;
  #answers = new Map();
  #diagnostics = new Map();

  /** Starts the server on a folder, with the settings of the editor (`yaml.…`). */
  static async start(folder, settings = {}) {
    const server = new Server();
    server.#child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    server.#child.stdout.on('data', (data) => server.#receive(data));
    server.settings = { yaml: { schemaStore: { enable: false }, ...settings } };
    const root = pathToFileURL(folder).href;
    await server.request('initialize', {
      processId: process.pid,
      rootUri: root,
      workspaceFolders: [{ uri: root, name: 'sito' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: { completion: { completionItem: { documentationFormat: ['markdown'], snippetSupport: true } } },
      },
    });
    server.#notify('initialized', {});
    server.#notify('workspace/didChangeConfiguration', { settings: server.settings });
    return server;
  }

  /** Opens a text under a path and gives what the server finds in it. */
  async open(path, text) {
    const uri = pathToFileURL(path).href;
    const published = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no diagnostics for ${path}`)), PATIENCE);
      this.#diagnostics.set(uri, (found) => { clearTimeout(timer); resolve(found); });
    });
    this.#notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return published;
  }

  /** What the server offers at the place marked `|` of a text. */
  async complete(path, marked) {
    const before = marked.slice(0, marked.indexOf('|')).split('\n');
    await this.open(path, marked.replace('|', ''));
    const position = { line: before.length - 1, character: before.at(-1).length };
    const answer = await this.request('textDocument/completion', { textDocument: { uri: pathToFileURL(path).href }, position });
    return Array.isArray(answer) ? answer : answer.items;
  }

  stop() {
    this.#child.kill();
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), PATIENCE);
      this.#answers.set(id, ({ result, error }) => {
        clearTimeout(timer);
        if (error) reject(new Error(error.message)); else resolve(result);
      });
      this.#send({ id, method, params });
    });
  }

  #notify(method, params) {
    this.#send({ method, params });
  }

  #send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #receive(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, end).toString())[1]);
      if (this.#buffer.length < end + 4 + length) return;
      const message = JSON.parse(this.#buffer.subarray(end + 4, end + 4 + length).toString());
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#handle(message);
    }
  }

  #handle(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = message.params;
      this.#diagnostics.get(uri)?.(diagnostics);
    } else if (message.method === 'workspace/configuration') {
      const pick = ({ section }) => (section ? this.settings[section] : this.settings) ?? null;
      this.#send({ id: message.id, result: message.params.items.map(pick) });
    } else if (message.method && message.id !== undefined) {
      this.#send({ id: message.id, result: null });
    } else if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
    }
  }
}
