// Every page is valid HTML; every feed and the site map are well-formed and name only what is there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { build, filesOf, fullSite, scratch } from './lib/sites.js';

const BASE = 'https://www.example.gov.cn/fxjs/';
const RULES = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Style and icon come from the site itself; what came from elsewhere would need a digest.
    'require-sri': ['error', { target: 'crossorigin' }],
    // The title of a notice is its author's, and has the name of the site after it.
    'long-title': 'off',
  },
};

let folder;
let files;
before(async (t) => {
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'), BASE);
  files = await filesOf(folder);
});
const text = (file) => readFile(path.join(folder, file), 'utf8');

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate(new StaticConfigLoader(RULES));
  const faults = [];
  const pages = files.filter((file) => file.endsWith('.html'));
  assert.ok(pages.length > 80);
  for (const file of pages) {
    const report = await validator.validateString(await text(file), file);
    for (const { messages } of report.results) {
      faults.push(...messages.map(({ line, column, message, ruleId }) => `${file}:${line}:${column} ${ruleId}: ${message}`));
    }
  }
  assert.deepEqual(faults, []);
});

test('feeds and site map are well-formed', async (t) => {
  const documents = files.filter((file) => file.endsWith('.xml'));
  assert.ok(documents.includes('feed.xml') && documents.includes('sitemap.xml'));
  const given = ['--noout', '--nonet', ...documents.map((file) => path.join(folder, file))];
  await promisify(execFile)('xmllint', given).catch((error) => {
    if (error.code === 'ENOENT') t.skip('xmllint is not installed');
    else throw error;
  });
});

test('feeds and site map name only what is there', async () => {
  const documents = files.filter((file) => file.endsWith('.xml'));
  const faults = [];
  for (const file of documents) {
    // The domain of a category is a name, not an address.
    const document = (await text(file)).replaceAll(/ domain="[^"]*"/g, '');
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
    // The theme's own scripts, in files of their own, are no part of it.
    const without = page.replace(/<script src="(?:\.\.\/)*assets\/[\w.-]+" defer><\/script>/g, '');
    assert.ok(!/_jingshi|<script|class="(?:watermark|ribbon)"/.test(without), file);
  }
});
