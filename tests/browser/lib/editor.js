// The YAML extension of VS Code without VS Code: its language server, asked over stdio as the extension asks it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node.js';

const server = path.join(createRequire(import.meta.url).resolve('yaml-language-server/package.json'), '../bin/yaml-language-server');

/** Starts the server in a folder with the settings of its `.vscode/settings.json`. It ends with the test. */
export async function editor(t, folder, settings) {
  const child = spawn(process.execPath, [server, '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting = new Map();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => waiting.get(uri)?.(diagnostics));
  const section = (name) => name.split('.').reduce((value, part) => value?.[part], nested(settings));
  let told;
  const configured = new Promise((resolve) => (told = resolve));
  connection.onRequest('workspace/configuration', ({ items }) => {
    setImmediate(told);
    return items.map((item) => section(item.section) ?? null);
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  const completionItem = { documentationFormat: ['markdown'], snippetSupport: true };
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'site' }],
    capabilities: { textDocument: { completion: { completionItem } }, workspace: { configuration: true } },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings: nested(settings) });
  await configured;

  let version = 0;
  /** Opens a file with this text, asks, and closes it. */
  const during = async (name, text, ask) => {
    const uri = pathToFileURL(path.join(folder, name)).href;
    const said = new Promise((resolve) => waiting.set(uri, resolve));
    version += 1;
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
    const diagnostics = await said;
    const answer = await ask({ uri }, diagnostics);
    // Marks go when a file is closed: what comes then is not about the next text of this name.
    const closed = new Promise((resolve) => waiting.set(uri, resolve));
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await closed;
    return answer;
  };
  const at = (text, offset) => {
    const lines = text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1).length };
  };
  /** Asks of the place where `|` stands in a text. */
  const asked = (request, name, marked) => {
    const position = at(marked, marked.indexOf('|'));
    return during(name, marked.replace('|', ''), (textDocument) => connection.sendRequest(request, { textDocument, position }));
  };
  return {
    /** What is marked in a text: lines from 1, and messages. */
    async marks(name, text) {
      const diagnostics = await during(name, text, (_, said) => said);
      return diagnostics.map(({ range, message }) => ({ line: range.start.line + 1, message }));
    },
    /** What is offered where `|` stands in a text. */
    async offers(name, marked) {
      return (await asked('textDocument/completion', name, marked)).items;
    },
    /** What is explained where `|` stands in a text. */
    async explains(name, marked) {
      return (await asked('textDocument/hover', name, marked))?.contents.value ?? '';
    },
  };
}

/** `{"yaml.schemas": x}` as the sections the server asks for. */
function nested(settings) {
  const sections = {};
  for (const [name, value] of Object.entries(settings)) {
    const parts = name.split('.');
    const last = parts.pop();
    parts.reduce((section, part) => (section[part] ??= {}), sections)[last] = value;
  }
  return sections;
}
