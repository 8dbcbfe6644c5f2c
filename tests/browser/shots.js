// Takes pictures of the sample site and the tests' odd notices, for people to look at: `npm run shots` writes every type of
// page to target/shots, on a phone and on a desk, by day, by night, in elder mode, and as it comes out of a printer.
// Names of pages may follow: `npm run shots -- "urgent notice" ledger`.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { open } from './lib/browser.js';
import { MODES, PAGES, SCREENS, onDisk, shown } from './lib/pages.js';
import { build, fullSite, root, scratch } from './lib/sites.js';

const folder = path.join(root, 'target/shots');
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PAGES));
if (unknown.length > 0) {
  process.stderr.write(`no such page: ${unknown.join(', ')}\nthere are: ${Object.keys(PAGES).join(', ')}\n`);
  process.exit(2);
}
const names = asked.length > 0 ? asked : Object.keys(PAGES);

// What tests clean up when they end, this does too.
const cleanings = [];
const run = { after: (clean) => cleanings.unshift(clean) };
const fileOf = (...words) => path.join(folder, words.join('-').replaceAll(/[ ,]+/g, '-'));
const say = (file) => process.stdout.write(`${path.relative(root, file)}\n`);

/** The pages in one mode on one screen. */
async function onScreen(browser, tree, mode, screen) {
  const { page, go } = await shown(run, browser, { mode: MODES[mode], screen: SCREENS[screen] });
  for (const name of names) {
    await go(onDisk(tree, PAGES[name]));
    const file = `${fileOf(name, SCREENS[screen].width, mode)}.png`;
    await page.screenshot({ path: file, fullPage: true });
    say(file);
  }
}

/** The pages on sheets of A4, each sheet a picture. */
async function onPaper(browser, tree) {
  const { page, go } = await shown(run, browser);
  for (const name of names) {
    await go(onDisk(tree, PAGES[name]));
    const file = fileOf(name, 'print');
    await writeFile(`${file}.pdf`, await page.pdf({ preferCSSPageSize: true }));
    await promisify(execFile)('pdftoppm', ['-png', '-r', '60', `${file}.pdf`, file]);
    await rm(`${file}.pdf`);
    say(`${file}-*.png`);
  }
}

try {
  await mkdir(folder, { recursive: true });
  const tree = await build(await fullSite(run), path.join(await scratch(run), 'public'));
  const browser = await open(run);
  for (const mode of ['light', 'dark', 'elder']) {
    for (const screen of ['phone', 'desk']) await onScreen(browser, tree, mode, screen);
  }
  await onPaper(browser, tree);
} finally {
  for (const clean of cleanings) await clean();
}
