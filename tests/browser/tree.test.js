// Wherever the tree is put — opened from disk, at the root of a server, in a folder of it — every page stands on its own.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { open, watched } from './lib/browser.js';
import { host } from './lib/server.js';
import { build, filesOf, fullSite, scratch } from './lib/sites.js';

/** What a page names and shows, as the browser understood it. Runs in the page. */
async function inventory() {
  // Pictures further down wait until someone scrolls.
  for (const image of document.images) image.loading = 'eager';
  await Promise.allSettled([...document.images].map((image) => image.decode()));
  const attributes = (selector, name) => [...document.querySelectorAll(selector)].map((element) => element[name]);
  const style = getComputedStyle(document.body);
  return {
    links: attributes('a[href], area[href]', 'href'),
    resources: [
      ...attributes('link[href]:not([rel=canonical])', 'href'),
      ...attributes('img[src], script[src], source[src]', 'src'),
    ],
    absolute: [
      ...attributes('link[rel=canonical]', 'href'),
      ...attributes('meta[property="og:url"], meta[property="og:image"]', 'content'),
    ],
    images: [...document.images].map(({ src, naturalWidth }) => ({ src, naturalWidth })),
    ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
    inline: [...document.scripts].filter((script) => !script.src).length,
    font: style.fontFamily,
    colour: style.color,
    title: document.title,
  };
}

/** Goes through every page from the home page on, and returns them with what was seen. */
async function crawl(record, home, own) {
  const seen = new Map();
  const waiting = [home];
  while (waiting.length > 0) {
    const address = waiting.pop();
    if (seen.has(address)) continue;
    const response = await record.page.goto(address, { waitUntil: 'load' });
    if (response && address.startsWith('http')) assert.equal(response.status(), 200, address);
    const page = await record.page.evaluate(inventory);
    seen.set(address, page);
    for (const link of page.links.map((each) => own(each)).filter(Boolean)) {
      const target = link.split('#')[0];
      if (/(?:\.html|\/)$/.test(target) && !seen.has(target)) waiting.push(target);
    }
  }
  return seen;
}

/** What holds of every page, wherever the tree is. */
async function check({ record, seen, own, exists }) {
  const faults = [];
  const known = new Map();
  const present = async (address) => {
    if (!known.has(address)) known.set(address, await exists(address));
    return known.get(address);
  };
  for (const [address, page] of seen) {
    const fault = (text) => faults.push(`${address}: ${text}`);
    for (const link of [...page.links, ...page.resources, ...page.absolute]) {
      const inside = own(link);
      if (inside === null) {
        if (!/^(?:https:\/\/|tel:)/.test(link)) fault(`leads to ${link}`);
        continue;
      }
      const [target, fragment] = inside.split('#');
      if (!(await present(target))) fault(`leads to nothing: ${link}`);
      const there = seen.get(target);
      if (fragment && there && !there.ids.includes(decodeURIComponent(fragment))) fault(`no such place: ${link}`);
    }
    for (const resource of page.resources) if (own(resource) === null) fault(`takes ${resource} from elsewhere`);
    for (const image of page.images) if (image.naturalWidth === 0) fault(`image is not shown: ${image.src}`);
    if (page.inline > 0) fault('has a script of its own');
    if (!page.font.includes('Noto Sans CJK SC') || page.colour === 'rgb(0, 0, 0)') fault('has no style');
    if (page.title === '') fault('has no title');
  }
  for (const address of record.asked) if (own(address) === null) faults.push(`asked for ${address}`);
  // What was still under way when the next page was called is given up by the browser.
  faults.push(...record.said, ...record.failed.filter((failure) => !failure.endsWith('net::ERR_ABORTED')));
  assert.deepEqual(faults, []);
}

/** The pages of a tree, as files. */
async function pagesOf(folder) {
  return (await filesOf(folder)).filter((file) => file.endsWith('.html') && file !== '404.html');
}

test('opened from disk', async (t) => {
  const browser = await open(t);
  const base = 'https://www.example.gov.cn/fxjs/';
  const folder = await build(await fullSite(t), path.join(await scratch(t), 'public'), base);
  const home = pathToFileURL(`${folder}/`).href;
  const own = (address) => {
    if (address.startsWith(home)) return address;
    // Canonical and permanent addresses are absolute: what they name must be in the tree.
    if (address.startsWith(base)) return `${home}${address.slice(base.length)}`.replace(/\/(?=#|$)/, '/index.html');
    return null;
  };
  const exists = async (address) => (await stat(fileURLToPath(address)).catch(() => null))?.isFile() ?? false;
  const record = await watched(await browser.newContext());
  const seen = await crawl(record, `${home}index.html`, own);
  const reached = [...seen.keys()].map((address) => decodeURI(address.slice(home.length))).sort();
  assert.deepEqual(reached, await pagesOf(folder), 'every page is reached from the home page');
  await check({ record, seen, own, exists });

  await record.page.goto(`${home}404.html`);
  const lost = await record.page.evaluate(inventory);
  await check({ record, seen: new Map([[`${home}404.html`, lost]]), own, exists });
});

for (const prefix of ['/', '/a/b/']) {
  test(`served at ${prefix}`, async (t) => {
    const browser = await open(t);
    const server = await host(t, prefix);
    server.folder = await build(await fullSite(t), path.join(await scratch(t), 'public'), server.address);
    const own = (address) => (address.startsWith(server.address) ? address.replace(/\/index\.html(?=#|$)/, '/') : null);
    const exists = async (address) => (await fetch(address, { method: 'HEAD' })).ok;
    const record = await watched(await browser.newContext());
    const seen = await crawl(record, server.address, own);
    const files = [...seen.keys()].map((address) => `${decodeURI(address.slice(server.address.length))}index.html`);
    assert.deepEqual(files.sort(), await pagesOf(server.folder), 'every page is reached from the home page');
    await check({ record, seen, own, exists });

    // The page for what is not there, at any depth: the server answers its bytes under the address that was asked for.
    for (const asked of ['nothing', 'n/2024-001/nothing/', 'no/such/page/at/all.html']) {
      const missing = await watched(await browser.newContext());
      const response = await missing.page.goto(`${server.address}${asked}`);
      assert.equal(response.status(), 404);
      const page = await missing.page.evaluate(inventory);
      const said = missing.said.filter((line) => !line.includes('status of 404'));
      await check({ record: { ...missing, said }, seen: new Map([[asked, page]]), own, exists });
      await missing.page.context().close();
    }
  });
}
