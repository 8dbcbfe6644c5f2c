// Every page is valid HTML and every drawing valid SVG; every feed and the site map are well-formed and name only what is there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { open } from './lib/browser.js';
import { drawingFaults, drawingsIn } from './lib/drawings.js';
import { build, filesOf, fullSite, sample, scratch } from './lib/sites.js';

const BASE = 'https://www.example.gov.cn/fxjs/';
const RULES = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Style and icon come from the site itself; what came from elsewhere would need a digest.
    'require-sri': ['error', { target: 'crossorigin' }],
    // The title of a notice is its author's, and has the name of the site after it.
    'long-title': 'off',
    'class-pattern': ['error', { pattern: 'kebabcase' }],
    'no-inline-style': ['error', { allowedProperties: [] }],
    'no-style-tag': 'error',
    'no-unknown-elements': 'error',
  },
};
/** The page for what is not there carries its style, under a policy that names its digest. */
const LOST_RULES = { ...RULES, rules: { ...RULES.rules, 'no-style-tag': 'off' } };

let folder;
let files;
before(async (t) => {
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'), BASE);
  files = await filesOf(folder);
});
const text = (file) => readFile(path.join(folder, file), 'utf8');

/** What the validator finds wrong with the pages of a tree. */
async function invalid(folder, pages) {
  const validator = new HtmlValidate(new StaticConfigLoader(RULES));
  const lost = new HtmlValidate(new StaticConfigLoader(LOST_RULES));
  const faults = [];
  for (const file of pages) {
    const report = await (file === '404.html' ? lost : validator).validateString(await readFile(path.join(folder, file), 'utf8'), file);
    for (const { messages } of report.results) {
      faults.push(...messages.map(({ line, column, message, ruleId }) => `${file}:${line}:${column} ${ruleId}: ${message}`));
    }
  }
  return faults;
}

test('every page is valid HTML', async () => {
  const pages = files.filter((file) => file.endsWith('.html'));
  assert.ok(pages.length > 80);
  assert.deepEqual(await invalid(folder, pages), []);
});

test('so is every page of the sample as it is', async (t) => {
  const plain = await build(await sample(t), path.join(await scratch(t), 'public'));
  const pages = (await filesOf(plain)).filter((file) => file.endsWith('.html'));
  assert.ok(pages.length > 70);
  assert.deepEqual(await invalid(plain, pages), []);
});

test('every drawing is valid SVG, and has a name or is silent', async (t) => {
  const page = await (await open(t)).newPage();
  const faults = [];
  let count = 0;
  for (const file of files.filter((each) => /\.(?:html|svg)$/.test(each))) {
    for (const drawing of drawingsIn(await text(file))) {
      count += 1;
      const { faults: found, named, silent } = await page.evaluate(drawingFaults, drawing);
      if (file.endsWith('.html') && !named && !silent) found.push('neither named nor hidden');
      if (named && silent) found.push('named and hidden');
      faults.push(...found.map((fault) => `${file}: ${fault}`));
    }
  }
  assert.ok(count > 80);
  assert.deepEqual(faults, []);
});

test('feeds and site map are well-formed', async () => {
  const documents = files.filter((file) => file.endsWith('.xml'));
  assert.ok(documents.includes('feed.xml') && documents.includes('sitemap.xml'));
  const given = ['--noout', '--nonet', ...documents.map((file) => path.join(folder, file))];
  await promisify(execFile)('xmllint', given);
});

test('feeds and site map name only what is there', async () => {
  const documents = files.filter((file) => file.endsWith('.xml'));
  const faults = [];
  for (const file of documents) {
    // The domain or scheme of a category is a name, not an address.
    const document = (await text(file)).replaceAll(/ (?:domain|scheme)="[^"]*"/g, '');
    const addresses = document.match(/https:\/\/www\.example\.gov\.cn\/fxjs\/[^\s<>"'&]*/g) ?? [];
    assert.ok(addresses.length > 0, file);
    for (const address of new Set(addresses)) {
      const named = decodeURI(address.slice(BASE.length).split('#')[0]).replace(/(?:^|\/)$/, '$&index.html');
      if (!files.includes(named)) faults.push(`${file}: ${address}`);
    }
  }
  assert.deepEqual(faults, []);
});

test('the public tree carries nothing of the preview', async () => {
  for (const file of files.filter((each) => each.endsWith('.html'))) {
    const page = await text(file);
    assert.ok(!/_jingshi|class="(?:watermark|ribbon)"/.test(page), file);
  }
});
