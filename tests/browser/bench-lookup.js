// What a question to the look-up costs on a large site. Run by scripts/bench-lookup.
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { open, watched } from './lib/browser.js';
import { filesOf, jingshi, root } from './lib/sites.js';

const NOW = '2026-06-01T09:00:00+08:00';
const STAGES = [['初审', '甲'], ['复审', '乙'], ['终审', '丙']];
const corpus = path.join(root, 'tests/fixtures/corpus');

/** Numbers that look random and are the same every time. */
let state = 20240422;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
/** Some are much more frequent than others. */
const skewed = (below) => Math.floor(below * (random(1000) / 1000) ** 3);
const letters = (count) => Array.from({ length: count }, () => String.fromCharCode(65 + random(26))).join('');

function barcode() {
  const body = `69${String(random(1e10)).padStart(10, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function batch() {
  const kind = random(4);
  if (kind === 0) return `C${10 + random(90)}-P${random(9)}/P9`;
  const day = () => `202${3 + random(3)}${String(1 + random(12)).padStart(2, '0')}${String(1 + random(28)).padStart(2, '0')}`;
  if (kind === 1) return day();
  if (kind === 2) return `${day()},${day()}`;
  return `${letters(2)}${100 + random(900)}-${letters(1)}01～12`;
}

const products = () => Array.from({ length: 3 }, () => `  - name: 测试产品${skewed(80)}号
    brand: 品牌${skewed(400)}
    model: ${letters(2)}-${10 + random(990)}${random(5) === 0 ? '（5 V，2 A）' : ''}
    batch: "${batch()}"
    ${random(10) < 3 ? `barcode: "${barcode()}"` : 'sold: 网络店铺（示例）'}
    maker: 示例生产者${skewed(500)}有限公司
`).join('');

async function prepare(site, count) {
  await jingshi('init', site);
  const names = (await readdir(corpus)).filter((name) => name.endsWith('.md')).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(corpus, name), 'utf8')));
  // Only the look-up matters here: the table of products is the program's, the text is the corpus's.
  const plain = texts.filter((text) => !/^(?:products|产品):/m.test(text));
  for (let number = 0; number < count; number += 1) {
    const id = `B${String(number).padStart(6, '0')}`;
    const text = plain[number % plain.length].replace(/^(?:id|编号): .*$/m, `id: ${id}\nproducts:\n${products().trimEnd()}`);
    const draft = path.join(site, 'content/drafts', id);
    await mkdir(draft, { recursive: true });
    await writeFile(path.join(draft, 'index.md'), text);
  }
  for (const [stage, person] of STAGES) {
    await jingshi.whatever('--site', site, '--now', NOW, 'review', 'sign', '--stage', stage, '--by', person, 'content/drafts');
  }
}

const gzipped = async (file) => gzipSync(await readFile(file), { level: 6 }).length;

async function sizes(folder, below) {
  const files = (await filesOf(path.join(folder, below))).filter((file) => file.endsWith('.js'));
  const all = await Promise.all(files.map((file) => gzipped(path.join(folder, below, file))));
  const raw = await Promise.all(files.map(async (file) => (await stat(path.join(folder, below, file))).size));
  const sum = (list) => list.reduce((total, each) => total + each, 0);
  all.sort((one, other) => one - other);
  return { files: files.length, rawKB: Math.round(sum(raw) / 1024), gzipKB: Math.round(sum(all) / 1024), median: all[all.length >> 1], largest: all.at(-1) };
}

/** A question, asked by a reader who has never been here. */
async function ask(browser, folder, question) {
  const context = await browser.newContext();
  const { page, asked } = await watched(context);
  await page.goto(`${pathToFileURL(path.join(folder, 'lookup/index.html')).href}?q=${encodeURIComponent(question)}`);
  const headline = page.locator('#lookup-headline');
  await headline.filter({ hasNotText: '正在查' }).waitFor();
  const files = asked.map((address) => fileURLToPath(address.split('?')[0]));
  const data = files.filter((file) => /\/lookup\/[kn]\//.test(file));
  const total = async (list) => (await Promise.all(list.map(gzipped))).reduce((sum, each) => sum + each, 0);
  const scripts = files.filter((file) => /\/assets\/lookup/.test(file));
  const result = { question, answer: await headline.innerText(), dataFiles: data.length, data: await total(data), withScripts: (await total(data)) + (await total(scripts)), everything: await total(files) };
  await context.close();
  return result;
}

const count = Number(process.argv[2]);
const folder = await mkdtemp(path.join(tmpdir(), 'jingshi-lookup-'));
try {
  const [site, output] = [path.join(folder, 'site'), path.join(folder, 'public')];
  await prepare(site, count);
  const started = performance.now();
  await jingshi('--site', site, '--now', NOW, 'build', '--output', output);
  console.log(`${count} notices, built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  console.log('files of keys', await sizes(output, 'lookup/k'));
  console.log('files of notices', await sizes(output, 'lookup/n'));
  const card = JSON.parse((await readFile(path.join(output, 'lookup/n/B000007.js'), 'utf8')).replace(/^[^{]*/, '').replace(/\);\s*$/, ''));
  const [name, brand, model, lot] = card.products[1];
  const plainModel = model.replace(/（.*/, '');
  const firstLot = lot.split(/[,，/～]/)[0];
  const questions = [plainModel, `${brand} ${plainModel}`, `${brand} ${plainModel} ${firstLot}`, `${name} ${plainModel} ${firstLot}`, '品牌0', '品牌0 测试产品0号', `测试产品0号 ${brand}`, '品牌0 测试产品0号 ZZ-9999', '6901234567892', 'AB-1', '20240', '没有的东西', '品牌0 测试产品0号 示例生产者0有限公司'];
  const browser = await open();
  const results = [];
  for (const question of questions) results.push(await ask(browser, output, question));
  console.table(results);
  await browser.close();
} finally {
  if (process.env.KEEP) console.log(folder);
  else await rm(folder, { recursive: true, force: true });
}
