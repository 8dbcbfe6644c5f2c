// Everything can be reached and used with a keyboard, in reading order, and one always sees where one is.
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { open } from './lib/browser.js';
import { reach, walk, walkBack, walkFaults } from './lib/keyboard.js';
import { MODES, PAGES, SCREENS, hasElderMode, onDisk, shown } from './lib/pages.js';
import { build, fullSite, scratch } from './lib/sites.js';

/** Where the focus is must be seen at once: a page that glides there is looked at too early. */
const STILL = { reducedMotion: 'reduce' };

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
});

test('a walk through every page misses nothing and is caught nowhere', { concurrency: 2 }, async (t) => {
  const each = Object.entries(PAGES).map(([name, file]) =>
    t.test(name, async (t) => {
      const { page, go } = await shown(t, browser, STILL);
      await go(onDisk(folder, file));
      const there = await walk(page);
      assert.deepEqual(await walkFaults(page, there), []);
      const back = await walkBack(page);
      assert.deepEqual(back.reverse(), there.map(({ index }) => index), 'the way back is another one');
    }),
  );
  await Promise.all(each);
});

for (const [mode, screen] of [['dark', 'desk'], ['elder', 'phone'], ['light', 'desk at 400 %']]) {
  test(`so is a walk through a notice in the mode ${mode}, on a ${screen}`, async (t) => {
    const { page, go } = await shown(t, browser, { mode: MODES[mode], screen: SCREENS[screen], ...STILL });
    await go(onDisk(folder, PAGES['corrected notice']));
    assert.deepEqual(await walkFaults(page, await walk(page)), []);
  });
}

test('the keyboard leads past the masthead', async (t) => {
  const { page, go } = await shown(t, browser, STILL);
  await go(onDisk(folder, PAGES.notice));
  await page.keyboard.press('Tab');
  const skip = page.locator('a.skip');
  assert.ok(await skip.evaluate((link) => document.activeElement === link), 'the first stop is the skip link');
  assert.ok((await skip.boundingBox()).y >= 0, 'it shows itself');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  const next = await reach(page, /./);
  assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), `the next stop is in the text, not ${next.name}`);
});

test('a long table is passed with one key', async (t) => {
  const { page, go } = await shown(t, browser, STILL);
  await go(onDisk(folder, PAGES.notice));
  await reach(page, /跳过|跳到表格/);
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.press('Enter');
  const after = await reach(page, /./);
  assert.ok(after.top > before + 500, 'the next stop is behind the table');
});

test('elder mode is switched on and off with the keyboard', async (t) => {
  if (!(await hasElderMode(folder))) return t.skip('the site has no elder mode');
  const { page, go, said } = await shown(t, browser, STILL);
  const on = () => page.evaluate(() => document.documentElement.hasAttribute('data-elder'));
  await go(onDisk(folder, PAGES.home));
  await reach(page, /^(?:button|switch) .*(?:长辈|大字|关怀)/);
  await page.keyboard.press('Enter');
  assert.ok(await on());
  assert.match(await page.locator(':focus').ariaSnapshot(), /pressed|checked/, 'it says that it is on');
  await go(onDisk(folder, PAGES.notice));
  assert.ok(await on(), 'the next page knows');
  await reach(page, /^(?:button|switch) .*(?:长辈|大字|关怀)/);
  await page.keyboard.press('Space');
  assert.ok(!(await on()));
  await page.reload();
  assert.ok(!(await on()), 'and it stays off');
  assert.deepEqual(said, []);
});
