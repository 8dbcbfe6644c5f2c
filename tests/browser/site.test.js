// What a page can do beyond being read: the elder mode, reading aloud, sharing, printing, the poster.
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { open } from './lib/browser.js';
import { reach } from './lib/keyboard.js';
import { MODES, PAGES, SCREENS, onDisk, shown } from './lib/pages.js';
import { host } from './lib/server.js';
import { build, fullSite, scratch } from './lib/sites.js';

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
});

/** A server for the tree, so that pages share what the browser remembers. */
async function served(t) {
  const server = await host(t);
  server.folder = folder;
  return server.address;
}

test('the elder mode is switched by keyboard, remembered on every page without a cookie, and left again', async (t) => {
  const address = await served(t);
  const { page, said } = await shown(t, browser, { screen: SCREENS.phone });
  await page.goto(address);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize));
  const usual = await size();
  await reach(page, /长辈版/);
  await page.keyboard.press('Enter');
  assert.ok((await size()) >= usual * 1.25, 'the type is larger at once');
  assert.equal(await page.locator('[data-elder-switch]').getAttribute('aria-pressed'), 'true');

  await page.goto(`${address}${PAGES.notice}`);
  assert.ok(await page.evaluate(() => document.documentElement.hasAttribute('data-elder')), 'the next page knows');
  assert.equal(await page.locator('.document-side').isVisible(), false, 'what is not needed to act is left out');
  for (const needed of ['.actions', '.products', '.prose', '.hotline']) assert.ok(await page.locator(needed).first().isVisible(), needed);
  assert.deepEqual(await page.context().cookies(), []);

  await reach(page, /长辈版/);
  await page.keyboard.press('Space');
  assert.equal(await page.evaluate(() => localStorage.length), 0, 'nothing is kept');
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.hasAttribute('data-elder')), false);
  assert.deepEqual(said, []);
});

test('where the browser remembers nothing, the elder mode holds for the page', async (t) => {
  const { page, said, go } = await shown(t, browser, { screen: SCREENS.phone });
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } }));
  await go(onDisk(folder, PAGES.notice));
  await page.locator('[data-elder-switch]').click();
  assert.ok(await page.evaluate(() => document.documentElement.hasAttribute('data-elder')));
  assert.deepEqual(said, []);
});

/** A voice that keeps what it is told; `finish` ends the sentence. Runs in the page. */
function fakeVoice() {
  const voice = { spoken: [], now: null };
  voice.speak = (utterance) => { voice.now = utterance; voice.spoken.push(utterance.text); };
  voice.cancel = () => {
    const ended = voice.now;
    voice.now = null;
    if (ended) ended.onerror({ error: 'canceled' });
  };
  voice.finish = () => { const ended = voice.now; voice.now = null; ended.onend(); };
  Object.defineProperty(window, 'speechSynthesis', { value: voice });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}

test('a notice is read aloud in order, can pause, and stops', async (t) => {
  const { page, said, go } = await shown(t, browser, { screen: SCREENS.phone });
  await page.addInitScript(fakeVoice);
  await go(onDisk(folder, PAGES.notice));
  const read = page.locator('[data-read]');
  await read.click();
  const title = (await page.locator('h1').innerText()).replace(/\s+/g, ' ');
  for (let sentence = 0; sentence < 12; sentence += 1) await page.evaluate(() => window.speechSynthesis.finish());
  const spoken = await page.evaluate(() => window.speechSynthesis.spoken);
  const actions = await page.locator('.actions li').allInnerTexts();
  assert.ok(spoken.includes(title), spoken.join('|'));
  assert.ok(spoken.indexOf(title) < spoken.indexOf(actions[0]) && spoken.includes(actions.at(-1)), spoken.join('|'));
  assert.ok(!spoken.some((text) => text.includes('转给家人')), 'buttons are not read');
  assert.equal(await page.locator('.reading').count(), 1, 'what is read is marked');

  const last = spoken.at(-1);
  await read.click();
  assert.equal(await page.evaluate(() => window.speechSynthesis.now), null, 'it is silent');
  assert.equal(await read.innerText(), '继续朗读');
  await read.click();
  assert.equal(await page.evaluate(() => window.speechSynthesis.now.text), last, 'it goes on where it was');
  await page.locator('[data-read-stop]').click();
  assert.equal(await page.locator('.reading').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), '朗读');
  assert.deepEqual(said, []);
});

test('an item with a list inside is read, then the list', async (t) => {
  const { page, go } = await shown(t, browser);
  await page.addInitScript(fakeVoice);
  await go(onDisk(folder, PAGES.notice));
  await page.evaluate(() => {
    const list = (...items) => { const made = document.createElement('ul'); made.append(...items); return made; };
    const item = (text, ...inside) => { const made = document.createElement('li'); made.append(text, ...inside); return made; };
    document.querySelector('.prose').replaceChildren(list(item('第一条外层文字', list(item('里层文字'))), item('第二条')));
  });
  await page.locator('[data-read]').click();
  const spoken = await page.evaluate(() => {
    const voice = window.speechSynthesis;
    while (voice.now) voice.finish();
    return voice.spoken;
  });
  const from = spoken.indexOf('第一条外层文字');
  assert.deepEqual(spoken.slice(from, from + 3), ['第一条外层文字', '里层文字', '第二条'], spoken.join('|'));
  assert.equal(await page.locator('[data-read]').innerText(), '朗读');
});

test('a device without a Chinese voice says so', async (t) => {
  const { page, go } = await shown(t, browser);
  await page.addInitScript(fakeVoice);
  await go(onDisk(folder, PAGES.notice));
  await page.locator('[data-read]').click();
  await page.evaluate(() => window.speechSynthesis.now.onerror({ error: 'language-unavailable' }));
  assert.equal(await page.locator('.tools-said').innerText(), '这台设备不能朗读中文。');
});

test('title and permanent address are copied where the device has no way to share', async (t) => {
  const address = await served(t);
  const { page } = await shown(t, browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.addInitScript(() => { delete Navigator.prototype.share; });
  await page.goto(`${address}${PAGES.notice}`);
  await page.locator('[data-share]').click();
  await page.locator('.tools-said', { hasText: '已复制' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const title = await page.locator('h1').innerText();
  assert.equal(copied, `${title}\nhttps://www.example.gov.cn/fxjs/n/2026-005/`);
});

test('the poster is announced, printed, and left again', async (t) => {
  const { page, go } = await shown(t, browser, { screen: SCREENS.phone });
  await page.addInitScript(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; });
  await go(onDisk(folder, PAGES.notice));
  const poster = page.locator('#poster');
  assert.equal(await poster.isVisible(), false);
  await page.getByRole('link', { name: '大字张贴版' }).click();
  assert.ok(await poster.isVisible());
  await page.getByRole('button', { name: '打印大字版' }).click();
  assert.equal(await page.evaluate(() => window.printed), 1);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.prose').first().isVisible(), false, 'only what one must do is left');
  assert.ok(await page.locator('.scan').isVisible() && await page.locator('.actions').isVisible());
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: '不要大字版' }).click();
  assert.equal(await poster.isVisible(), false);
});

test('every page says in JSON-LD what it is, and what it says stands on the page', async (t) => {
  const { page, go } = await shown(t, browser, { mode: MODES.light });
  for (const [name, file] of Object.entries(PAGES)) {
    if (name === '404') continue;
    await go(onDisk(folder, file));
    const blocks = await page.locator('script[type="application/ld+json"]').allTextContents();
    assert.equal(blocks.length, 1, name);
    const { '@context': context, '@graph': [node, office, ...more] } = JSON.parse(blocks[0]);
    assert.equal(context, 'https://schema.org');
    assert.equal(office['@type'], 'GovernmentOrganization');
    const canonical = await page.locator('link[rel=canonical]').getAttribute('href');
    assert.equal(node.url, canonical, name);
    if (name !== 'home') assert.equal(more[0].itemListElement.at(-1).item, canonical, name);
    if (node['@type'] !== 'Article') continue;
    assert.equal(node.headline, await page.locator('h1').innerText());
    if (name === 'tombstone') {
      assert.equal(node.about, undefined, 'a withdrawn notice accuses nothing any more');
      assert.match(node.abstract, /^本信息已于.*撤销/);
    }
    const status = { tombstone: '已撤销', 'superseded version': '历史版本', 'expired notice': '已过期', 'corrected notice': '更正' };
    if (status[name]) assert.equal(node.creativeWorkStatus, status[name]);
    const text = await page.locator('main').innerText();
    for (const product of node.about ?? []) {
      for (const value of [product.name, product.model, product.gtin].filter(Boolean)) assert.ok(text.includes(value), `${name}: ${value}`);
    }
  }
});
