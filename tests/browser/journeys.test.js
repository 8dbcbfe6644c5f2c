// What readers come for, from the home page on, with a keyboard and nothing else.
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { open } from './lib/browser.js';
import { reach } from './lib/keyboard.js';
import { SCREENS, shown } from './lib/pages.js';
import { host } from './lib/server.js';
import { build, fullSite, scratch } from './lib/sites.js';

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
});

/** The home page from a server, and the keyboard; the mouse stays where it is. */
async function journey(t) {
  const server = await host(t);
  server.folder = folder;
  const record = await shown(t, browser, { screen: SCREENS.desk });
  await record.page.goto(server.address);
  return { ...record, keyboard: record.page.keyboard };
}

test('search, narrow, open, and back to where one was', async (t) => {
  const { page, keyboard, said } = await journey(t);
  const status = page.locator('#search-status');
  await reach(page, /搜索警示和提示/);
  await keyboard.type('头盔');
  await keyboard.press('Enter');
  await status.filter({ hasText: '找到 3 条' }).waitFor();

  await reach(page, /缩小范围/);
  await keyboard.press('Enter');
  await reach(page, /年份/);
  await keyboard.type('2025');
  await status.filter({ hasText: '找到 1 条' }).waitFor();

  await reach(page, /头盔.*（示例）/);
  const title = await page.evaluate(() => document.activeElement.textContent);
  await keyboard.press('Enter');
  await page.waitForURL(/\/n\//);
  assert.equal(await page.locator('h1').innerText(), title);

  // The browser's own key for it does not come through to a browser without a window.
  await page.goBack();
  await page.waitForURL(/search\/.*year=2025/);
  await status.filter({ hasText: '找到 1 条' }).waitFor();
  assert.equal(await page.locator('#search-q').inputValue(), '头盔');
  assert.deepEqual(said, []);
});

test('from a box in the hand to what to do', async (t) => {
  const { page, keyboard, said } = await journey(t);
  await reach(page, /我的产品在不在内/);
  await keyboard.press('Enter');
  await page.waitForURL(/lookup/);
  await reach(page, /品牌、型号、批号或条码/);
  await keyboard.type('ｘ－１ 品牌甲');
  await keyboard.press('Enter');
  await page.locator('#lookup-headline', { hasText: '查到' }).waitFor();
  await reach(page, /（示例）/);
  await keyboard.press('Enter');
  await page.waitForURL(/\/n\//);
  assert.ok(await page.locator('.actions').isVisible());
  assert.deepEqual(said, []);
});
