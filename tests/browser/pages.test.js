// Every type of page, as people meet it: on a phone and on a desk, by day and by night, with assistive technology, on paper.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { accessibilityFaults, open, watched } from './lib/browser.js';
import { PAGES } from './lib/pages.js';
import { build, fullSite, scratch } from './lib/sites.js';

const PHONE = { width: 360, height: 740 };
const SMALL_PHONE = { width: 320, height: 568 };
const DESK = { width: 1280, height: 900 };

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
});
const addressOf = (file) => pathToFileURL(path.join(folder, file)).href;

async function pageIn(t, options) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const record = await watched(context);
  return record;
}

/** What sticks out of the page to the side, but for what scrolls in itself. Runs in the page. */
function overflow() {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { overflowX, position } = getComputedStyle(each);
      if (['auto', 'scroll', 'hidden', 'clip'].includes(overflowX) || position === 'fixed') return true;
    }
    return false;
  };
  const out = [...document.body.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1) && !scrolls(element);
  });
  const wide = document.documentElement.scrollWidth > width ? [`page is ${document.documentElement.scrollWidth} wide`] : [];
  return [...wide, ...out.map((element) => element.outerHTML.slice(0, 160))];
}

for (const [name, file] of Object.entries(PAGES)) {
  test(`${name}: fits the screen and is accessible`, async (t) => {
    const faults = [];
    for (const colorScheme of ['light', 'dark']) {
      const { page, said } = await pageIn(t, { colorScheme, viewport: DESK });
      await page.goto(addressOf(file));
      for (const viewport of [DESK, PHONE, SMALL_PHONE]) {
        await page.setViewportSize(viewport);
        const found = await page.evaluate(overflow);
        if (viewport !== SMALL_PHONE) found.push(...(await accessibilityFaults(page)));
        faults.push(...found.map((fault) => `${viewport.width}, ${colorScheme}: ${fault}`));
      }
      faults.push(...said);
    }
    assert.deepEqual(faults, [], file);
  });
}

test('everything is there without JavaScript', async (t) => {
  const withScripts = await pageIn(t, { viewport: PHONE });
  const without = await pageIn(t, { viewport: PHONE, javaScriptEnabled: false });
  for (const file of Object.values(PAGES)) {
    const texts = [];
    for (const { page } of [withScripts, without]) {
      await page.goto(addressOf(file));
      texts.push(await page.locator('body').innerText());
    }
    assert.equal(texts[1], texts[0], file);
    assert.ok(texts[1].length > 100, file);
  }
});

test('everything is large enough to read and to hit on a phone', async (t) => {
  const { page } = await pageIn(t, { viewport: PHONE, hasTouch: true, isMobile: true });
  for (const file of Object.values(PAGES)) {
    await page.goto(addressOf(file));
    const small = await page.evaluate(() => {
      const faults = [];
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (words.nextNode()) {
        const element = words.currentNode.parentElement;
        if (!words.currentNode.data.trim() || !element.checkVisibility()) continue;
        if (parseFloat(getComputedStyle(element).fontSize) < 14) faults.push(`small text: ${words.currentNode.data.trim()}`);
      }
      for (const link of document.querySelectorAll('a[href]')) {
        // A link in a sentence is as high as its line; one that stands alone has room for a thumb.
        const box = link.getBoundingClientRect();
        const hidden = box.height === 0 || getComputedStyle(link).clipPath !== 'none' || box.bottom < 0;
        const inText = getComputedStyle(link).display === 'inline';
        const stretched = getComputedStyle(link, '::after').position === 'absolute';
        if (!hidden && !inText && !stretched && box.height < 40) faults.push(`low link (${box.height}): ${link.outerHTML.slice(0, 120)}`);
      }
      return faults;
    });
    assert.deepEqual(small, [], file);
  }
});

test('the keyboard leads past the masthead', async (t) => {
  const { page } = await pageIn(t, { viewport: DESK });
  await page.goto(addressOf(PAGES.notice));
  await page.keyboard.press('Tab');
  const skip = page.locator('a.skip');
  assert.ok(await skip.evaluate((link) => document.activeElement === link), 'the first stop is the skip link');
  assert.ok((await skip.boundingBox()).y >= 0, 'it shows itself');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
});

test('what to do stands before everything else', async (t) => {
  const { page } = await pageIn(t, { viewport: PHONE });
  await page.goto(addressOf(PAGES.notice));
  const order = await page.locator('h1, .actions, .products, .prose').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));
  assert.ok(order.length >= 3);
  assert.ok(order[1] < PHONE.height, `it begins on the first screen (at ${order[1]})`);
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
  assert.equal(await page.locator('.document-main > section').first().getAttribute('class'), 'actions');
});

test('prints on paper with its title', async (t) => {
  const { page } = await pageIn(t, { colorScheme: 'dark' });
  for (const name of ['notice', 'tombstone', 'notice that strains the page']) {
    await page.goto(addressOf(PAGES[name]));
    // pdftotext takes a hyphen at the end of a line for one of the typesetter's.
    const title = (await page.locator('h1').innerText()).replaceAll(/[\s-]/g, '');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok(pdf.length > 10_000, 'there is something on it');
    const file = path.join(await scratch(t), 'print.pdf');
    await writeFile(file, pdf);
    const text = await promisify(execFile)('pdftotext', [file, '-']).catch((error) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) {
      t.diagnostic('pdftotext is not installed: only the size was looked at');
      continue;
    }
    assert.ok(text.stdout.replaceAll(/[\s-]/g, '').includes(title), title);
    // pdftotext ends every page with a form feed.
    const sheets = text.stdout.split('\f').length - 1;
    assert.ok(sheets >= 1 && sheets <= 6, `${name}: ${sheets} pages`);
  }
});
