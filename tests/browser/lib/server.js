// A plain web server for a folder, as a government portal has one: no rewriting, index.html in folders, 404.html for the rest,
// text compressed for who takes it so.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
  xml: 'application/xml',
};

/** Starts a server on a free port; `folder` is set once there is something to serve. What was asked for is kept. It ends with the test. */
export async function host(t, prefix = '/') {
  const site = { folder: null, address: null, asked: [] };
  const server = createServer((request, response) => {
    site.asked.push(new URL(request.url, 'http://127.0.0.1').pathname);
    return answer(site.folder, prefix, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  site.address = `http://127.0.0.1:${server.address().port}${prefix}`;
  return site;
}

async function answer(folder, prefix, request, response) {
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  const asked = decodeURIComponent(pathname);
  const send = (status, file, plain) => {
    const type = TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream';
    const packed = !type.startsWith('image/') && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const body = packed ? gzipSync(plain) : plain;
    const headers = { 'content-type': type, vary: 'accept-encoding', ...(packed && { 'content-encoding': 'gzip' }) };
    response.writeHead(status, { ...headers, 'content-length': body.length }).end(request.method === 'HEAD' ? undefined : body);
  };
  if (asked.startsWith(prefix)) {
    let file = path.join(folder, asked.slice(prefix.length));
    const found = await stat(file).catch(() => null);
    if (found?.isDirectory() && !asked.endsWith('/')) {
      response.writeHead(301, { location: `${pathname}/` }).end();
      return;
    }
    if (found?.isDirectory()) file = path.join(file, 'index.html');
    const body = await readFile(file).catch(() => null);
    if (body !== null) {
      send(200, file, body);
      return;
    }
  }
  send(404, '404.html', await readFile(path.join(folder, '404.html')));
}
