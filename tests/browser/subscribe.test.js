// How to subscribe: every address is there and can be copied, with and without a clipboard; a feed explains itself.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { accessibilityFaults, open, watched } from './lib/browser.js';
import { build, filesOf, fullSite, scratch } from './lib/sites.js';

const FILE = 'subscribe/index.html';
const BASE = 'https://www.example.gov.cn/fxjs/';

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'), BASE);
});
const addressOf = (file) => pathToFileURL(path.join(folder, file)).href;

async function opened(t, options, address = addressOf(FILE)) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const record = await watched(context);
  await record.page.goto(address);
  return { ...record, context };
}

/** The tree under a media type for XML; its address. */
async function served(t, xml) {
  const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.xml': xml };
  const server = createServer(async ({ url }, response) => {
    try {
      const bytes = await readFile(path.join(folder, decodeURIComponent(new URL(url, BASE).pathname)));
      response.setHeader('Content-Type', types[path.extname(url)] ?? 'application/octet-stream');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

test('every feed of the site is listed with its absolute address, also without JavaScript', async (t) => {
  const { page } = await opened(t, { javaScriptEnabled: false });
  await assert.doesNotReject(page.locator('.copy').first().waitFor({ state: 'detached' }));
  const links = await page.locator('.feed-address a').evaluateAll((all) => all.map((link) => [link.textContent, link.dataset.copy, new URL(link.href).pathname]));
  const feeds = (await filesOf(folder)).filter((file) => file.endsWith('feed.xml'));
  assert.ok(feeds.length > 30);
  assert.deepEqual(links.map(([text]) => text).sort(), feeds.map((file) => BASE + file).sort());
  for (const [text, copied, pathname] of links) {
    assert.equal(copied, text);
    assert.equal(decodeURIComponent(pathname), path.join(folder, text.slice(BASE.length)), text);
  }
  const others = await page.locator('.feed-others a').evaluateAll((all) => all.map((link) => decodeURIComponent(new URL(link.href).pathname)));
  const inOtherForms = feeds.flatMap((file) => ['atom.xml', 'feed.json'].map((name) => path.join(folder, path.dirname(file), name)));
  assert.deepEqual(others.sort(), inOtherForms.sort());
});

test('codes are there for the site, kinds, levels and audiences, dark on light by night too', async (t) => {
  const { page } = await opened(t, { colorScheme: 'dark' });
  const codes = await page.locator('svg.code').evaluateAll((all) => all.map((code) => ({
    name: code.getAttribute('aria-label'),
    colours: [getComputedStyle(code).backgroundColor, getComputedStyle(code.querySelector('path')).fill],
    square: code.viewBox.baseVal.width === code.viewBox.baseVal.height && code.querySelector('path').getBBox().x === 4,
  })));
  assert.equal(codes.length, 1 + 2 + 4 + 4);
  for (const { name, colours, square } of codes) {
    assert.match(name, /的订阅地址，二维码$/);
    assert.deepEqual(colours, ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'], name);
    assert.ok(square, name);
  }
});

test('a button copies the address and says so, by keyboard, with and without a clipboard', async (t) => {
  const site = await served(t, 'application/xml');
  for (const [address, hasClipboard] of [[site + FILE, true], [site + FILE, false], [addressOf(FILE), false]]) {
    const { page, context, said } = await opened(t, {}, 'about:blank');
    if (address.startsWith('http')) await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(address).origin });
    if (!hasClipboard) await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.goto(address);
    await page.getByRole('button', { name: /^复制.*“全部信息”的订阅地址$/ }).waitFor();
    const button = page.locator('.copy').first();
    // The clipboard is that of the machine: what lies in it from before must not pass for what is copied now.
    await page.evaluate(() => document.body.append(document.createElement('textarea')));
    await page.locator('textarea').fill('before');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+X');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: '已复制“全部信息”的订阅地址' }).waitFor({ state: 'attached' });
    assert.match(await button.textContent(), /^已复制/);
    assert.equal(await button.evaluate((element) => element === document.activeElement), true);
    // What was copied is what is pasted.
    await page.locator('textarea').focus();
    await page.keyboard.press('Control+V');
    assert.equal(await page.locator('textarea').inputValue(), `${BASE}feed.xml`, `${address}, ${hasClipboard}`);
    assert.deepEqual(said, []);
  }
});

test('what cannot be copied is selected, and the page says how to go on', async (t) => {
  const { page } = await opened(t, {}, 'about:blank');
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await page.goto(addressOf(FILE));
  await page.locator('.copy').first().click();
  await page.getByRole('status').filter({ hasText: '没能复制' }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => String(getSelection())), `${BASE}feed.xml`);
});

test('the page fits every screen and is accessible with all of it open', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, said } = await opened(t, { colorScheme });
    await page.locator('details').evaluateAll((all) => all.forEach((each) => { each.open = true; }));
    for (const [width, letters] of [[1280, ''], [360, ''], [320, ''], [360, '21px']]) {
      await page.setViewportSize({ width, height: 740 });
      await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, letters);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${width}, ${letters}`);
      const small = await page.locator('.copy, summary').evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 44).length);
      assert.equal(small, 0, `${width}, ${letters}`);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    assert.deepEqual(await accessibilityFaults(page), [], colorScheme);
    assert.deepEqual(said, []);
  }
});

test('a feed that a person opens says what it is and shows its items, from disk and from a server', async (t) => {
  const site = await served(t, 'application/xml');
  const rss = ['channel', ['channel > title', 'channel > description', 'item > title', 'item > description', 'item > link', 'item > pubDate']];
  const atom = ['feed', ['feed > title', 'feed > subtitle', 'entry > title', 'entry > summary', 'entry > published']];
  const files = [['feed.xml', rss], ['categories/e-bike-helmets/feed.xml', rss], ['atom.xml', atom], ['hazards/fire/atom.xml', atom]];
  const addresses = files.flatMap(([file, parts]) => [[addressOf(file), parts], [site + file, parts]]);
  for (const [address, [top, wanted]] of addresses) {
    const { page } = await opened(t, { viewport: { width: 360, height: 740 } }, address);
    const seen = await page.evaluate(([top, wanted]) => {
      const shown = (element) => element.getClientRects().length > 0;
      const visible = new Set([top, ...wanted.flatMap((selector) => selector.split(' > ')), 'rss', 'link', 'creator']);
      return {
        says: getComputedStyle(document.querySelector(top), '::before').content,
        missing: wanted.filter((selector) => !shown(document.querySelector(selector))),
        // What no reader needs to see, such as identifiers and whole texts as source.
        extra: [...document.querySelectorAll('*')].filter((element) => shown(element) && !visible.has(element.localName)).map((element) => element.tagName),
        ground: getComputedStyle(document.documentElement).backgroundColor,
        letters: parseFloat(getComputedStyle(document.querySelector(wanted[3])).fontSize),
        wide: document.documentElement.scrollWidth > innerWidth,
      };
    }, [top, wanted]);
    assert.match(seen.says, /这是订阅源.*复制本页的地址/s, address);
    assert.deepEqual([seen.missing, seen.extra, seen.ground, seen.wide, seen.letters >= 16], [[], [], 'rgb(244, 246, 248)', false, true], address);
  }
});

test('a feed keeps its letters on a phone, for which it has no viewport', async (t) => {
  const { page } = await opened(t, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, addressOf('feed.xml'));
  const letters = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('item > description')).fontSize) * (360 / innerWidth));
  assert.ok(letters >= 14, String(letters));
});
