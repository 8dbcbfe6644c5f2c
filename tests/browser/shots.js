// Takes pictures of the sample site, for people to look at: `npm run shots` writes them to target/shots.
// Names of pages of the tests' fuller site may follow: `npm run shots -- "urgent notice" ledger`.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { open } from './lib/browser.js';
import { PAGES, build, fullSite, root, sample, scratch } from './lib/sites.js';

const USUAL = ['home', 'list', 'notice', 'tombstone'];
const named = process.argv.slice(2);
const folder = path.join(root, 'target/shots');

// What tests clean up when they end, this does too.
const cleanings = [];
const run = { after: (clean) => cleanings.unshift(clean) };

try {
  await mkdir(folder, { recursive: true });
  const site = named.length > 0 ? await fullSite(run) : await sample(run);
  const tree = await build(site, path.join(await scratch(run), 'public'));
  const browser = await open(run);
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: width === 360 ? 740 : 900 } });
      const page = await context.newPage();
      for (const name of named.length > 0 ? named : USUAL) {
        await page.goto(pathToFileURL(path.join(tree, PAGES[name])).href);
        const file = path.join(folder, `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
        process.stdout.write(`${path.relative(root, file)}\n`);
      }
      await context.close();
    }
  }
} finally {
  for (const clean of cleanings) await clean();
}
