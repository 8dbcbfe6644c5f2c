// On paper: a notice is pinned to the board of a village or put into a file. It has to fit, to be whole, and to be text.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { open } from './lib/browser.js';
import { loss, overflow } from './lib/layout.js';
import { PAGES, onDisk, shown } from './lib/pages.js';
import { SHEET, cutOnPaper, filled, paleOnPaper, piecesOfText, printed, sheetFaults, tallest } from './lib/paper.js';
import { build, filesOf, fullSite, sample, scratch } from './lib/sites.js';

const MOST_SHEETS = 2;

let browser;
let plain;
let folder;
let desk;
before(async (t) => {
  browser = await open(t);
  plain = await build(await sample(t), path.join(await scratch(t), 'public'));
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
  desk = await scratch(t);
});

/** pdftotext takes a hyphen at the end of a line for one of the typesetter's; the print style writes addresses out. */
const bare = (text) => text.replaceAll(/（https?:[^）]*）/g, '').replaceAll(/[\s\u00ad\u2010-]/g, '');

const notices = async () => (await filesOf(plain)).filter((file) => /^n\/[^/]+\/index\.html$/.test(file));
const nameOf = (file) => file.split('/')[1];

/** Looks at every file in two pages at once; what `look` finds wrong with each. */
async function faultsOfEach(t, files, options, look) {
  const waiting = [...files];
  const faults = {};
  const work = async () => {
    const record = await shown(t, browser, options);
    while (waiting.length > 0) {
      const file = waiting.shift();
      const found = await look(record, file);
      if (found.length > 0) faults[file] = found;
    }
  };
  await Promise.all([work(), work()]);
  return faults;
}

test('every type of page is printed whole', async (t) => {
  const options = { screen: SHEET, mode: { colorScheme: 'dark' } };
  const faults = await faultsOfEach(t, Object.keys(PAGES), options, async ({ page, go }, name) => {
    await go(onDisk(folder, PAGES[name]));
    await page.emulateMedia({ media: 'print' });
    const found = [];
    for (const look of [overflow, loss, cutOnPaper, paleOnPaper]) found.push(...(await page.evaluate(look)));
    const pieces = await page.evaluate(piecesOfText);
    if (pieces.length < 3) found.push('there is nothing on it');
    await page.emulateMedia({ media: null });
    const { sheets, text } = await printed(page, path.join(desk, `${name}.pdf`));
    const all = bare(text);
    const missing = pieces.filter((piece) => !all.includes(bare(piece)));
    return [...found, ...sheetFaults(sheets), ...missing.map((piece) => `not on paper: ${piece.trim().slice(0, 60)}`)];
  });
  assert.deepEqual(faults, {});
});

test(`every notice of the sample fits on ${MOST_SHEETS} sheets`, async (t) => {
  const faults = await faultsOfEach(t, await notices(), {}, async ({ page, go }, file) => {
    await go(onDisk(plain, file));
    // What is printed without grounds is looked at above: here they are on, and take no more room.
    const { sheets } = await printed(page, path.join(desk, `${nameOf(file)}.pdf`), { background: true });
    const long = sheets.length > MOST_SHEETS ? [`${sheets.length} sheets, the last one filled to ${Math.round(filled(sheets) * 100)} %`] : [];
    return [...sheetFaults(sheets), ...long];
  });
  assert.deepEqual(faults, {});
});

/** Whether a tree has a print style for the wall. */
async function hasPoster(tree) {
  const files = (await filesOf(tree)).filter((file) => /\.(?:css|js)$/.test(file));
  return (await Promise.all(files.map((file) => readFile(path.join(tree, file), 'utf8')))).some((text) => text.includes('poster'));
}

test('every notice of the sample is a poster as well', async (t) => {
  if (!(await hasPoster(plain))) return t.skip('the site has no posters');
  const faults = await faultsOfEach(t, await notices(), {}, async ({ page, go }, file) => {
    // The same page with another fragment would not be loaded anew.
    await go(onDisk(plain, file));
    const usual = await printed(page, path.join(desk, `${nameOf(file)}.pdf`));
    await go('about:blank');
    await go(`${onDisk(plain, file)}#poster`);
    const { sheets, text } = await printed(page, path.join(desk, `${nameOf(file)}-poster.pdf`), { background: true });
    const found = sheetFaults(sheets);
    if (sheets.length > MOST_SHEETS) found.push(`${sheets.length} sheets`);
    if (tallest(sheets) < 1.3 * tallest(usual.sheets)) found.push('cannot be read from afar');
    const all = bare(text);
    const needed = await page.locator('h1, .actions li').allTextContents();
    found.push(...needed.filter((each) => !all.includes(bare(each))).map((each) => `does not say: ${each}`));
    await page.emulateMedia({ media: 'print' });
    found.push(...(await page.evaluate(paleOnPaper)));
    await page.emulateMedia({ media: null });
    return found;
  });
  assert.deepEqual(faults, {});
});
