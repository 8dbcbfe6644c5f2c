// What a page may carry: little, its own, and nothing that a strict policy would have to allow. Every page of the site is read.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { open } from './lib/browser.js';
import { reader } from './lib/parsed.js';
import { build, filesOf, fullSite, scratch } from './lib/sites.js';

const POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";
const DATA_BLOCK = 'application/ld+json';
const MOST_BYTES = 30 * 1024;

let folder;
let pages;
let drawings;
before(async (t) => {
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
  const facts = await reader(t, await open(t), folder);
  const files = await filesOf(folder);
  pages = [];
  for (const file of files.filter((each) => each.endsWith('.html'))) pages.push(await facts(file));
  drawings = [];
  for (const file of files.filter((each) => each.endsWith('.svg'))) drawings.push(await facts(file));
  assert.ok(pages.length > 80);
  assert.ok(drawings.length > 0);
});

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** The file a page names, as a path in the tree. */
const named = (file, address) => path.posix.join(path.posix.dirname(file), address.split(/[?#]/)[0]);

test('every page has the strict policy, before anything that it is about', () => {
  const faults = [];
  for (const { file, policies, beforePolicy, styles } of pages) {
    // The page for what is not there carries its style: it is answered under any address, and can name no file.
    const own = `default-src 'none'; style-src ${hash(styles[0] ?? '')}; base-uri 'none'; form-action 'none'`;
    const policy = file === '404.html' ? own : POLICY;
    if (policies.length !== 1 || policies[0] !== policy) faults.push(`${file}: ${policies.join(' | ')}`);
    const early = beforePolicy.filter((name) => !['html', 'head', 'meta'].includes(name));
    if (early.length > 0) faults.push(`${file}: ${early.join(', ')} before the policy`);
  }
  assert.deepEqual(faults, []);
});

test('no page has style or script in its text', () => {
  const faults = [];
  for (const { file, styles, styled, handled, scripting, scripts } of [...pages, ...drawings]) {
    const inline = scripts.filter(({ src, type }) => src === null && type !== DATA_BLOCK);
    const late = scripts.filter(({ src, text }) => src !== null && text.trim() !== '');
    const found = [...styled, ...handled, ...scripting, ...inline.map(({ shown }) => shown), ...late.map(({ shown }) => shown)];
    if (file !== '404.html') found.push(...styles.map((style) => `<style>${style.slice(0, 80)}`));
    faults.push(...found.map((each) => `${file}: ${each}`));
  }
  assert.deepEqual(faults, []);
});

test('every data block is JSON', () => {
  for (const { file, scripts } of pages) {
    for (const { text } of scripts.filter(({ type }) => type === DATA_BLOCK)) assert.doesNotThrow(() => JSON.parse(text), file);
  }
});

test('nothing is taken from elsewhere', async () => {
  const files = await filesOf(folder);
  const faults = [];
  for (const { file, loaded } of [...pages, ...drawings]) {
    for (const address of loaded) {
      const inside = !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(address);
      if (!inside && !address.startsWith('data:image/')) faults.push(`${file}: ${address}`);
      if (inside && !address.startsWith('#') && !files.includes(named(file, address))) faults.push(`${file}: nothing at ${address}`);
    }
  }
  for (const file of files.filter((each) => each.endsWith('.css'))) {
    const text = await readFile(path.join(folder, file), 'utf8');
    for (const [, address] of text.matchAll(/url\(\s*["']?([^"')]*)|@import/gi)) {
      if (!address || (/^(?:[a-z]+:|\/)/i.test(address) && !address.startsWith('data:image/'))) faults.push(`${file}: ${address ?? '@import'}`);
    }
  }
  assert.deepEqual(faults, []);
});

test('a notice with its style and scripts is light', async (t) => {
  const packed = new Map();
  const weigh = async (file) => packed.get(file) ?? packed.set(file, gzipSync(await readFile(path.join(folder, file))).length).get(file);
  const weights = [];
  for (const { file, sheets, scripts } of pages.filter(({ file }) => file.startsWith('n/'))) {
    const parts = [file, ...[...sheets, ...scripts.map(({ src }) => src)].filter(Boolean).map((address) => named(file, address))];
    const bytes = await Promise.all(parts.map(weigh));
    weights.push({ file, sum: bytes.reduce((sum, each) => sum + each, 0), parts: parts.map((part, index) => `${part} ${bytes[index]}`) });
  }
  weights.sort((a, b) => b.sum - a.sum);
  assert.ok(weights.length >= 29);
  t.diagnostic(`the heaviest of ${weights.length}: ${weights[0].sum} bytes (${weights[0].parts.join(', ')})`);
  assert.deepEqual(weights.filter(({ sum }) => sum > MOST_BYTES), []);
});
