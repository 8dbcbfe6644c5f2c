// The statistics: charts that say their numbers in any size and colour, tables of the same numbers, a file to download.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { accessibilityFaults, open, watched } from './lib/browser.js';
import { build, fullSite, scratch } from './lib/sites.js';

const FILE = 'statistics/index.html';

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
});

async function statistics(t, options) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const record = await watched(context);
  await record.page.goto(pathToFileURL(path.join(folder, FILE)).href);
  return record;
}

/** Words of charts that stand outside their picture or on each other; and a page wider than its window. Runs in the page. */
function misplaced() {
  const faults = [];
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push('the page scrolls sideways');
  for (const picture of document.querySelectorAll('svg.chart-picture')) {
    const frame = picture.getBoundingClientRect();
    const words = [...picture.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (const [index, [text, box]] of words.entries()) {
      if (box.left < frame.left - 3 || box.right > frame.right + 3 || box.bottom > frame.bottom + 3) faults.push(`outside: ${text}`);
      for (const [other, near] of words.slice(index + 1)) {
        const [across, down] = [Math.min(box.right, near.right) - Math.max(box.left, near.left), Math.min(box.bottom, near.bottom) - Math.max(box.top, near.top)];
        if (across > 1 && down > 4) faults.push(`on each other: ${text}, ${other}`);
      }
    }
  }
  return faults;
}

test('charts are readable on every screen, also in large letters', async (t) => {
  const { page, said } = await statistics(t, { viewport: { width: 1280, height: 900 } });
  for (const [width, letters] of [[1920, ''], [1280, ''], [360, ''], [320, ''], [360, '21px'], [1280, '24px']]) {
    await page.setViewportSize({ width, height: 740 });
    await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, letters);
    assert.deepEqual(await page.evaluate(misplaced), [], `${width}, ${letters}`);
    const sizes = await page.locator('svg.chart-picture text').evaluateAll((texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize)));
    assert.ok(sizes.length > 100 && Math.min(...sizes) >= 14, `${width}, ${letters}`);
  }
  assert.deepEqual(said, []);
});

test('the page is accessible by day and by night, with its tables open', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, said } = await statistics(t, { colorScheme, viewport: { width: 360, height: 740 } });
    await page.locator('summary').evaluateAll((all) => all.forEach((each) => each.click()));
    assert.deepEqual(await accessibilityFaults(page), [], colorScheme);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), colorScheme);
    assert.deepEqual(said, []);
  }
});

test('bars stand out from their ground by day and by night', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await statistics(t, { colorScheme });
    const ratio = await page.evaluate(() => {
      const light = (colour) => {
        const parts = colour.match(/\d+/g).slice(0, 3).map((part) => part / 255);
        const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const bar = light(getComputedStyle(document.querySelector('.chart-bar')).fill);
      const ground = light(getComputedStyle(document.querySelector('.figure')).backgroundColor);
      return (Math.max(bar, ground) + 0.05) / (Math.min(bar, ground) + 0.05);
    });
    assert.ok(ratio >= 3, `${colorScheme}: ${ratio}`);
  }
});

test('a chart has a name and a finding, no style of its own, and its numbers stand in the table', async (t) => {
  const { page } = await statistics(t, {});
  const figures = await page.locator('section.figure').evaluateAll((sections) => sections.map((section) => ({
    id: section.querySelector('h2').id,
    named: [...section.querySelectorAll('svg')].every((svg) => {
      const ids = svg.getAttribute('aria-labelledby').split(' ');
      return svg.getAttribute('role') === 'img' && ids.every((id) => svg.querySelector(`#${id}`)?.textContent.trim());
    }),
    finding: section.querySelector('figcaption .finding').textContent,
    styled: section.querySelectorAll('svg [style], svg style, svg script, svg [fill], svg [stroke]').length,
    scopes: [...section.querySelectorAll('th')].every((head) => ['col', 'row'].includes(head.scope)),
    drawn: [...section.querySelectorAll('svg .chart-value')].map((value) => value.textContent.match(/[\d.]+/)[0]),
    told: [...section.querySelectorAll('td')].map((cell) => cell.textContent.replace('%', '')),
  })));
  assert.deepEqual(figures.map(({ id }) => id), ['years', 'months', 'kinds', 'levels', 'categories', 'hazards', 'sampling', 'days']);
  for (const { id, named, finding, styled, scopes, drawn, told } of figures) {
    assert.ok(named && scopes && finding.endsWith('。'), id);
    assert.equal(styled, 0, id);
    assert.ok(drawn.length > 0, id);
    for (const number of drawn) assert.ok(told.includes(number), `${id}: ${number}`);
  }
});

test('the numbers can be downloaded, and add up', async (t) => {
  const { page } = await statistics(t, {});
  const link = page.locator('.download a');
  const file = path.join(folder, 'statistics', path.basename(await link.getAttribute('href')));
  const size = (await stat(file)).size;
  assert.match(await link.textContent(), new RegExp(`${Math.ceil(size / 1024)} KB`));
  const text = await readFile(file, 'utf8');
  assert.ok(text.startsWith('\ufeff统计,时期,项目,指标,数值,单位\r\n'));
  const rows = text.trim().split('\r\n').slice(1).map((line) => line.split(','));
  assert.ok(rows.every((row) => row.length === 6 && /^[\d.]+$/.test(row[4])));
  const sum = (title) => rows.filter(([name, , , measure]) => name === title && measure === '发布').reduce((total, row) => total + Number(row[4]), 0);
  assert.equal(sum('每年发布多少'), sum('各月发布多少'));
  assert.equal(sum('每年发布多少'), sum('按类型'));
  const total = await page.locator('section.figure').first().locator('tbody tr').last().locator('td').first().textContent();
  assert.equal(Number(total), sum('每年发布多少'));
});

test('on paper the pictures stay and the way to the tables is left out', async (t) => {
  const { page } = await statistics(t, {});
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('svg.chart-picture').first().isVisible(), true);
  assert.equal(await page.locator('summary').first().isVisible(), false);
});
