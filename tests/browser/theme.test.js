// A site's own theme: two files replace those of the default theme, the rest comes from it, and every page stands.
import assert from 'node:assert/strict';
import { appendFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { accessibilityFaults, open } from './lib/browser.js';
import { overflow } from './lib/layout.js';
import { MODES, PAGES, SCREENS, onDisk, shown } from './lib/pages.js';
import { build, fullSite, root, scratch } from './lib/sites.js';

test('the plain theme shows every page, in its own clothes', async (t) => {
  const browser = await open(t);
  const site = await fullSite(t);
  await cp(path.join(root, 'themes/plain'), path.join(site, 'themes/plain'), { recursive: true });
  await appendFile(path.join(site, 'site.yaml'), '\ntheme: plain\n');
  const folder = await build(site, path.join(await scratch(t), 'public'));
  for (const colorScheme of ['light', 'dark']) {
    const { page, said, go, on } = await shown(t, browser, { mode: { ...MODES.light, colorScheme } });
    for (const [name, file] of Object.entries(PAGES)) {
      await go(onDisk(folder, file));
      for (const screen of ['small phone', 'desk']) {
        await on(SCREENS[screen]);
        assert.deepEqual(await page.evaluate(overflow), [], `${name}, ${screen}`);
      }
      if (colorScheme === 'light') assert.deepEqual(await accessibilityFaults(page), [], name);
      // 404.html stands alone.
      const masthead = await page.locator('.masthead, .emblem').count();
      assert.equal(masthead, 0, `${name} has the frame of the plain theme`);
      assert.equal(await page.locator('h1').count(), 1, name);
    }
    assert.deepEqual(said, []);
  }
});
