// Measures what queries transfer until their first results: `node bench-search.js FOLDER` (see scripts/bench-search).
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { open } from './lib/browser.js';

/** A query and its filters; brands and models are taken from a notice in the middle. */
const QUERIES = [
  ['火'], ['硼'], ['的'], ['3'], ['头盔'], ['充电'], ['窒息'], ['老人'], ['玩具'], ['GB'], ['3C'], ['BRAND'], ['MODEL'],
  ['GB 31241-2022'], ['ＧＢ　４９４３．１'], ['gbt28004'], ['6675.2'], ['12315'], ['充电宝'], ['移动电源'], ['缓冲层'],
  ['电动自行车'], ['电动自行车头盔'], ['过充电保护'], ['儿童 窒息'], ['充电宝 起火 退货'], ['不合格率为20%'],
  ['请停用并联系销售者退货'], ['充电器老人头盔'], ['自动断开充电回路'], ['火', { level: 'high', audience: 'children' }],
  ['', { category: 'daily-goods', hazard: 'fire' }], ['头盔', { kind: 'risk-warnings', year: '2026' }],
];
/** A slow line: 400 kbit/s, 150 ms. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 50_000, uploadThroughput: 50_000 };

const folder = process.argv[2];
const types = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

async function answer(request, response) {
  const file = path.join(folder, new URL(request.url, 'http://127.0.0.1').pathname);
  const body = await readFile(file).catch(() => null);
  if (body === null) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': types[path.extname(file).slice(1)], 'content-encoding': 'gzip' }).end(gzipSync(body, { level: 6 }));
}

/** Words that stand in one notice only, as far as one can tell. */
async function rare() {
  const script = await readFile(path.join(folder, 'search/t/100.js'), 'utf8');
  const [{ products }] = JSON.parse(script.slice(script.indexOf(',') + 1, script.lastIndexOf(')')));
  const lines = products.split('\n');
  return { BRAND: lines[2], MODEL: lines[3] };
}

/** What one query costs on a fresh page. */
async function measure(browser, home, query, filters, line) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const count = { bytes: 0, requests: 0 };
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    count.bytes += encodedDataLength;
    count.requests += 1;
  });
  await page.goto(`${home}search/index.html`, { waitUntil: 'networkidle' });
  const before = { ...count };
  if (line) await session.send('Network.emulateNetworkConditions', line);
  const { first, time } = await page.evaluate(([words, chosen]) => new Promise((resolve) => {
    performance.clearResourceTimings();
    const started = performance.now();
    const status = document.getElementById('search-status');
    const list = document.querySelector('#search-results .entries');
    let first = null;
    const see = () => {
      const now = performance.now();
      const loaded = () => performance.getEntriesByType('resource').reduce((sum, { transferSize }) => sum + transferSize, 0);
      if (first === null && (list.children.length > 0 || /找到/.test(status.textContent))) first = { bytes: loaded(), time: now - started };
      if (/找到/.test(status.textContent)) resolve({ first, time: now - started });
    };
    for (const part of [status, list]) new MutationObserver(see).observe(part, { childList: true });
    for (const [name, value] of Object.entries(chosen)) document.getElementById(`search-${name}`).value = value;
    document.getElementById('search-q').value = words;
    document.getElementById('search').requestSubmit();
  }), [query, filters]);
  await page.waitForTimeout(50);
  const told = await page.locator('#search-status').innerText();
  await context.close();
  return { page: before.bytes, bytes: count.bytes - before.bytes, requests: count.requests - before.requests, first, time, told };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function write(asked, told, [first, all, requests, time, slow]) {
  const numbers = [first.toFixed(1), all.toFixed(1), requests, time.toFixed(0), slow.toFixed(0)];
  process.stdout.write(`| ${asked} | ${told} | ${numbers.join(' | ')} |\n`);
}

const server = createServer(answer);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const home = `http://127.0.0.1:${server.address().port}/`;
const browser = await open();
try {
  const names = await rare();
  const rows = [];
  let pageBytes = 0;
  process.stdout.write('| query | found | KB to first | KB to ten | requests | ms to first | the same at 400 kbit/s |\n|---|---|--:|--:|--:|--:|--:|\n');
  for (const [given, filters = {}] of QUERIES) {
    const query = names[given] ?? given;
    const { told, bytes, requests, first } = await measure(browser, home, query, filters);
    const slow = await measure(browser, home, query, filters, SLOW);
    const row = [first.bytes / 1000, bytes / 1000, requests, first.time, slow.first.time];
    rows.push(row);
    const asked = [names[given] ? `(${given.toLowerCase()})` : given, ...Object.entries(filters).map((pair) => pair.join('='))].join(' ');
    write(asked, told.replace(/[。，].*/, ''), row);
    pageBytes = slow.page;
  }
  for (const [name, pick] of [['median', median], ['most', (values) => Math.max(...values)]]) {
    write(`**${name}**`, '', rows[0].map((_, column) => pick(rows.map((row) => row[column]))));
  }
  process.stdout.write(`the page itself with style, scripts and head: ${(pageBytes / 1000).toFixed(1)} KB\n`);
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
