// What a screen reader hears, page by page, kept as text in `snapshots/`: whole, so that nothing is lost or added unread.
// After a change that is meant: UPDATE_SNAPSHOTS=1 npm test, and read the difference aloud.
import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open } from './lib/browser.js';
import { PAGES, SCREENS, onDisk, shown } from './lib/pages.js';
import { build, fullSite, scratch } from './lib/sites.js';

/** Pages whose sound is kept, with the screen they are on: narrow screens have tables made of cards. */
const HEARD = {
  home: 'desk',
  list: 'desk',
  notice: 'desk',
  'notice with a picture': 'phone',
  tombstone: 'desk',
};
const kept = fileURLToPath(new URL('snapshots', import.meta.url));
const update = process.env.UPDATE_SNAPSHOTS === '1';
const fileOf = (name, screen) => `${name}, ${screen}.txt`.replaceAll(/[ ,]+/g, '-');

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
});

for (const [name, screen] of Object.entries(HEARD)) {
  test(`${name} on a ${screen} is heard as it was`, async (t) => {
    const { page, go } = await shown(t, browser, { screen: SCREENS[screen] });
    await go(onDisk(folder, PAGES[name]));
    const heard = `# ${await page.title()}\n${await page.locator('body').ariaSnapshot()}\n`;
    const file = path.join(kept, fileOf(name, screen));
    if (update) {
      await mkdir(kept, { recursive: true });
      await writeFile(file, heard);
    }
    assert.equal(heard, await readFile(file, 'utf8'));
  });
}

test('no snapshot is left that nothing looks at', async () => {
  const expected = Object.entries(HEARD).map(([name, screen]) => fileOf(name, screen));
  assert.deepEqual((await readdir(kept)).sort(), expected.sort());
});
