// A subscriber's months with a real feed reader: every event comes once, as something unread, and nothing ever comes back.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { newsboat } from './lib/newsboat.js';
import { host } from './lib/server.js';
import { jingshi, root, sample, scratch } from './lib/sites.js';

const STAGES = ['初审', '复审', '终审'];
const FEEDS = ['feed.xml', 'atom.xml', 'levels/high/feed.xml', 'levels/high/atom.xml'];
const DAY = 86_400_000;

let site;
let server;
let readers;
let clock = Date.parse('2026-12-01T10:00:00+08:00');
let base = 'http://www.example.gov.cn/fxjs/';

before(async (t) => {
  site = await sample(t);
  server = await host(t, '/fxjs/');
  server.folder = path.join(await scratch(t), 'public');
  const folder = await scratch(t);
  readers = await Promise.all(FEEDS.map((feed, index) => newsboat(path.join(folder, `${index}`), server.address + feed)));
});

const inSite = (...args) => jingshi('--site', site, '--now', new Date(clock).toISOString(), ...args);

/** Builds the site a day later. */
async function rebuild() {
  clock += DAY;
  await inSite('build', '--output', server.folder, '--base-url', base);
}

async function sign(id) {
  for (const stage of STAGES) {
    clock += 60_000;
    await inSite('review', 'sign', '--stage', stage, '--by', `${stage}岗（示例）`, id);
  }
}

/** What each reader finds unread after fetching; then it has read it. */
async function news() {
  server.asked.length = 0;
  const found = await Promise.all(readers.map(async (reader) => {
    const unread = await reader.fetched();
    const guids = (await reader.items()).map(({ guid }) => guid);
    assert.equal(new Set(guids).size, guids.length, 'an item twice');
    if (unread.length > 0) {
      await reader.readAll();
      assert.deepEqual(await reader.fetched(), [], 'unread again');
    }
    return unread.map(({ title }) => title);
  }));
  // Silence is worth something only if they have asked.
  for (const feed of FEEDS) assert.ok(server.asked.includes(`/fxjs/${feed}`), feed);
  return found;
}

async function edit(file, from, to) {
  const text = await readFile(file, 'utf8');
  assert.ok(text.includes(from), `${from} in ${file}`);
  await writeFile(file, text.replace(from, to));
}

test('a subscriber gets every event of the ledger as it is', async () => {
  await rebuild();
  const found = await news();
  const ledger = (await readFile(path.join(site, 'content/ledger.csv'), 'utf8')).trim().split('\n').slice(1).map((row) => row.split(','));
  const events = ledger.filter(([, , , , event]) => event !== '补审');
  assert.equal(found[0].length, events.length);
  for (const [index, reader] of readers.entries()) {
    const items = await reader.items();
    assert.equal(items.length, found[index].length);
    for (const { guid, title, url, author, published, enclosure, content } of items) {
      const [, time, id, version, , written] = events.find(([, , id, version]) => guid === `tag:www.example.gov.cn,2024:${id}/v${version}`);
      assert.equal(title.replace(/^(【已?(更正|撤销)】)*/, ''), written);
      assert.equal(url, `${base}n/${id}/`);
      assert.equal(author, '原平市市场监督管理局');
      assert.equal(published * 1000, Date.parse(time), `${id} v${version}`);
      assert.ok(content.includes('<p>') && !content.includes('src="../'), id);
      if (enclosure) assert.ok(enclosure.startsWith(`${base}n/${id}/`), enclosure);
    }
  }
});

test('a correction is one new item', async () => {
  await inSite('revise', '2024-001', '--what', '补充了 <5mg & ]]> 的说法', '--why', '更清楚');
  await edit(path.join(site, 'content/drafts/2024-001/index.md'), '（示例）', '（示例，改题）');
  await sign('2024-001');
  await rebuild();
  const title = '【更正】没有缓冲层的电动自行车头盔挡不住撞击（示例，改题）';
  assert.deepEqual(await news(), [[title], [title], [], []]);
  const [reader] = readers;
  const [original] = (await reader.items()).filter(({ guid }) => guid.endsWith(':2024-001/v1'));
  assert.equal(original.title, '【已更正】没有缓冲层的电动自行车头盔挡不住撞击（示例）');
});

test('a withdrawal is one new item', async () => {
  await inSite('withdraw', '2024-003', '--reason', '样品拿错了（示例）');
  await sign('2024-003');
  await rebuild();
  const title = '【撤销】儿童误吞磁力珠会造成肠穿孔（示例）';
  assert.deepEqual(await news(), FEEDS.map(() => [title]));
});

test('ten rebuilds bring nothing', async () => {
  for (let count = 0; count < 10; count += 1) {
    await rebuild();
    assert.deepEqual(await news(), FEEDS.map(() => []));
  }
});

test('another theme brings nothing', async () => {
  const folder = path.join(site, 'themes/default/templates');
  await mkdir(folder, { recursive: true });
  const template = await readFile(path.join(root, 'themes/default/templates/feed_item.html'), 'utf8');
  await writeFile(path.join(folder, 'feed_item.html'), template.replace('<h2>要做什么</h2>', '<h2>怎么办</h2>'));
  await rebuild();
  assert.ok((await readFile(path.join(server.folder, 'feed.xml'), 'utf8')).includes('<h2>怎么办</h2>'));
  assert.deepEqual(await news(), FEEDS.map(() => []));
  for (const reader of readers) assert.ok((await reader.items()).some(({ content }) => content.includes('<h2>怎么办</h2>')));
});

test('the move to https and to another host brings nothing', async () => {
  for (base of ['https://www.example.gov.cn/fxjs/', 'https://fxjs.example.gov.cn/']) {
    await rebuild();
    assert.deepEqual(await news(), FEEDS.map(() => []));
    for (const reader of readers) assert.ok((await reader.items()).every(({ url }) => url.startsWith(base)));
  }
});

test('a shorter and a longer feed bring nothing', async () => {
  for (const count of [10, 30, 200]) {
    const file = path.join(site, 'site.yaml');
    const text = (await readFile(file, 'utf8')).replace(/\nfeed_items: .*\n/, '\n');
    await writeFile(file, `${text.trimEnd()}\nfeed_items: ${count}\n`);
    await rebuild();
    assert.deepEqual(await news(), FEEDS.map(() => []), `${count}`);
  }
});
