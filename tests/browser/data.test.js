// The open data: records that say what their pages say, schemas that foreign validators accept, tables that spreadsheets open.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import Ajv from 'ajv/dist/2020.js';
import { open } from './lib/browser.js';
import { differences, leavesOf, readHtml, shownOn } from './lib/said.js';
import { onDisk, shown } from './lib/pages.js';
import { NOW, build, filesOf, fullSite, jingshi, scratch } from './lib/sites.js';
import { recordsOf, rowsOf } from './lib/tables.js';

const BASE = 'https://www.example.gov.cn/fxjs/';
const TABLES = ['notices', 'products', 'batches', 'standards'];

/** What programs that open tables stumble over; all of it is allowed in a notice. */
const HOSTILE = [
  '=cmd|\' /C calc\'!A0', '+1+1', '-2+3', '@SUM(A1)', ' =1+1', '\u3000=1+1', '＝1+1', '=HYPERLINK("https://example.com/","点我")',
  '甲,乙;丙"丁"', '""', "'", "'=1", '0012345', '2024-03', '1/2', '1E5', '123456789012345678901', 'TRUE', '真', '😀𠮷', 'e\u0301', '\u05d0\u05d1', '<b>&amp;</b>', '5%', '$3', '1,000', '12:30',
];

const text = (value) => JSON.stringify(value);

/** Notices that have what the sample has not. */
async function more(site) {
  const draft = (id, front, body) => writeDraft(site, id, front, body);
  const products = HOSTILE.map((value, index) => `  - {name: ${text(value)}, brand: ${text(value)}, model: ${text(`X-${index}`)}, batch: ${text(value)}, maker: ${text(value)}, sold: ${text(value)}}`);
  await draft('2026-811', `risk_level: 低风险
category: 降噪耳机
audience: [儿童]
hazards: [火灾]
products:
  - {name: 甲, barcode: 见包装, batch: "P1A0001～P1A0950"}
  - {name: 乙, batch: ${text(Array.from({ length: 100 }, (_, index) => `${'LONGBATCHLONGBATCHLONGBATCH'.slice(0, 24)}${index}A00～${index}A09`.replace(/(\d+)A00～\d+A09/, '$1A00～A09')).join(','))}}
actions: [停止使用]
monitored_on: 2026-11-01
origin: {source: 邻县市场监督管理局（示例）, date: 2026-10-30}
expires: 2027-11-20
attachments: [{file: a.txt, title: 说明}]`, '正文见附件。');
  await draft('2026-812', `risk_level: 低风险
category: 降噪耳机
audience: [儿童]
hazards: [火灾]
products:\n${products.join('\n')}
standards: ${text(['GB 6675.2-2025', '=1+1'])}
actions: ${text(HOSTILE)}`, `${'很长的一段话，一格放不下。'.repeat(200)}\n\n`.repeat(15));
  const inSite = (...args) => jingshi('--site', site, '--now', NOW, ...args);
  for (const [stage, hour] of [['初审', '08'], ['复审', '09'], ['终审', '10']]) {
    await inSite('review', 'sign', '--stage', stage, '--by', `${stage}岗（示例）`, '--at', `2026-11-23T${hour}:00:00+08:00`, '2026-811', '2026-812');
  }
}

async function writeDraft(site, id, front, body) {
  const folder = path.join(site, 'content/drafts', id);
  await mkdir(folder, { recursive: true });
  const head = `id: ${id}\nkind: 风险警示\ntitle: "=1+1 有特别写法的警示（示例）"\nsummary: "+本文为示例。"\n`;
  await writeFile(path.join(folder, 'index.md'), `---\n${head}${front}\n---\n${body}\n`);
  if (front.includes('a.txt')) await writeFile(path.join(folder, 'a.txt'), '说明');
}

let browser;
let folder;
let records;
before(async (t) => {
  browser = await open(t);
  const site = await fullSite(t);
  await appendFile(path.join(site, 'site.yaml'), '\nlicense: {name: 署名许可（示例）, url: https://www.example.gov.cn/license}\ncheck: {rules: [{rule: barcode-check-digit, level: 关}]}\n');
  await more(site);
  folder = await build(site, path.join(await scratch(t), 'public'));
  records = (await json('data/notices.json')).hasPart;
  assert.ok(records.length > 30);
});

const read = (file) => readFile(path.join(folder, file), 'utf8');
const json = async (file) => JSON.parse(await read(file));

test('every word of a notice is in its record, and every word of the record on its page', async (t) => {
  const { page } = await shown(t, browser);
  const faults = [];
  const seen = new Set();
  for (const record of records) {
    await page.goto(onDisk(folder, `n/${record.identifier}/index.html`));
    const [said, body] = [await page.evaluate(shownOn), await page.evaluate(readHtml, record.articleBody ?? '')];
    faults.push(...differences(said, record, body).map((fault) => `${record.identifier}: ${fault}`));
    leavesOf(record).forEach(([leaf]) => seen.add(leaf));
  }
  assert.deepEqual(faults, []);
  // Whatever the schema has was looked at.
  const schema = await json('data/schema/notice.schema.json');
  const unseen = fieldsOf(schema, schema).filter((field) => ![...seen].some((leaf) => leaf === field || leaf.startsWith(`${field}.`) || leaf.startsWith(`${field}[`)));
  assert.deepEqual(unseen, []);
});

/** The fields a schema names, inner ones as `about[].name`. */
function fieldsOf(schema, whole, before = '') {
  const { properties = {} } = schema.$ref ? whole.$defs[schema.$ref.replace('#/$defs/', '')] : schema;
  return Object.entries(properties).flatMap(([name, field]) => [`${before}${name}`, ...fieldsOf(field.items ?? field, whole, `${before}${name}${field.items ? '[]' : ''}.`)]);
}

test('the comparison misses nothing: any field taken away, any text changed is found', async (t) => {
  const { page } = await shown(t, browser);
  const missed = new Map();
  for (const id of ['2024-005', '2025-009', '2026-005', '2026-801', '2026-802', '2026-803', '2026-811']) {
    const record = records.find(({ identifier }) => identifier === id);
    await page.goto(onDisk(folder, `n/${id}/index.html`));
    const said = await page.evaluate(shownOn);
    const isFound = async (changed) => differences(said, changed, await page.evaluate(readHtml, changed.articleBody ?? '')).length > 0;
    for (const field of Object.keys(record).filter((name) => !NOT_SHOWN.includes(name))) {
      const { [field]: _, ...rest } = record;
      missed.set(field, (missed.get(field) ?? true) && !(await isFound(rest)));
      const changed = { ...record, [field]: JSON.parse(JSON.stringify(record[field]), (_, value) => (typeof value === 'string' ? `${value}假` : value)) };
      if (JSON.stringify(changed) !== JSON.stringify(record)) assert.ok(await isFound(changed), `${id}: ${field} changed`);
    }
    assert.ok(await isFound({ ...record, extra: '多出来的话' }), id);
  }
  const never = [...missed].filter(([, everywhere]) => everywhere).map(([field]) => field);
  // These are said twice: what a correction changed and when stands in its history as well, the number in the address.
  assert.deepEqual(never.filter((field) => !['correction', 'dateModified', 'datePublished', 'identifier', 'version'].includes(field)), []);
});

/** Of a record, and the same for all or none of a page. */
const NOT_SHOWN = ['license', 'inLanguage', 'creativeWorkStatus'];

test('a withdrawn notice keeps what its page shows, and nothing that it once said of products', async () => {
  const record = records.find(({ identifier }) => identifier === '2025-009');
  assert.equal(record.creativeWorkStatus, '撤销');
  for (const gone of ['abstract', 'actions', 'about', 'findings', 'sampling', 'citation', 'measures', 'sources']) assert.ok(!(gone in record), gone);
  for (const table of ['products', 'batches', 'standards']) {
    assert.ok(recordsOf(await read(`data/${table}.csv`)).every(({ 编号: id }) => id !== '2025-009'), table);
  }
});

test('one file, lines and single files hold the same records', async () => {
  const lines = (await read('data/notices.ndjson')).trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines, records);
  assert.equal((await json('data/notices.json')).numberOfItems, records.length);
  for (const record of records) assert.deepEqual(await json(`n/${record.identifier}/notice.json`), record);
});

/** A validator that knows the formats and says what it does not know. */
function validator() {
  const ajv = new Ajv({ allErrors: true, strict: true });
  const address = (value) => /^https?:\/\/\S+$/.test(value) && URL.canParse(value);
  ajv.addFormat('uri', (value) => address(value) && /^[\x21-\x7e]+$/.test(value));
  ajv.addFormat('iri', address);
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  return ajv;
}

test('records and rows are what their schemas say, and little else would be', async (t) => {
  const schemas = (await filesOf(path.join(folder, 'data/schema'))).sort();
  assert.deepEqual(schemas, [...TABLES.map((table) => `${table}-csv.schema.json`), 'notice.schema.json', 'notices.schema.json'].sort());
  const ajv = validator();
  for (const name of schemas) {
    const schema = await json(`data/schema/${name}`);
    assert.equal(schema.$id, `${BASE}data/schema/${name}`);
    ajv.addSchema(schema);
  }
  // A site that has published nothing yet.
  const bare = path.join(await scratch(t), 'site');
  await jingshi('init', bare);
  const empty = JSON.parse(await readFile(path.join(await build(bare, path.join(bare, 'public')), 'data/notices.json'), 'utf8'));
  const check = (name, value) => (ajv.validate(`${BASE}data/schema/${name}`, value) ? [] : ajv.errors);
  assert.deepEqual(check('notices.schema.json', await json('data/notices.json')), []);
  assert.deepEqual(check('notices.schema.json', empty), []);
  for (const record of records) {
    assert.deepEqual(check('notice.schema.json', record), [], record.identifier);
    for (const field of Object.keys(record)) {
      for (const wrong of [null, '', [], {}, 0.5]) assert.notDeepEqual(check('notice.schema.json', { ...record, [field]: wrong }), [], `${field}: ${JSON.stringify(wrong)}`);
    }
    assert.notDeepEqual(check('notice.schema.json', { ...record, extra: 'x' }), []);
  }
  for (const table of TABLES) {
    const rows = recordsOf(await read(`data/${table}.csv`));
    assert.ok(rows.length > 5, table);
    for (const row of rows) {
      assert.deepEqual(check(`${table}-csv.schema.json`, row), []);
      assert.notDeepEqual(check(`${table}-csv.schema.json`, { ...row, 多的: '' }), []);
      const [head] = Object.keys(row);
      assert.notDeepEqual(check(`${table}-csv.schema.json`, { ...row, [head]: undefined, ...{ [head]: 1 } }), []);
    }
  }
});

test('tables say what the records say, one row each', async () => {
  const [notices, products, batches, standards] = await Promise.all(TABLES.map(async (table) => recordsOf(await read(`data/${table}.csv`))));
  assert.deepEqual(notices.map((row) => row.编号), records.map((record) => record.identifier));
  assert.equal(products.length, records.reduce((sum, { about = [] }) => sum + about.length, 0));
  assert.equal(standards.length, records.reduce((sum, { citation = [] }) => sum + citation.length, 0));
  const plain = (cell) => cell.replace(/^'(?='*\s*[=+\-@＝＋－＠])/u, '');
  for (const [index, record] of records.entries()) {
    const row = notices[index];
    assert.equal(plain(row.标题), record.headline);
    assert.equal(row.网址, record.url);
    assert.equal(row.有效期至, record.expires ?? '');
    assert.equal(row.监测完成日期, record.monitoredOn ?? '');
    assert.equal(plain(row.要做什么), (record.actions ?? []).map((action) => action).join('；'));
    const own = products.filter(({ 编号: id }) => id === record.identifier);
    (record.about ?? []).forEach((product, at) => {
      assert.equal(own[at].序号, String(at + 1));
      assert.equal(plain(own[at].产品名称), product.name);
      assert.equal(plain(own[at].批号), product.batch ?? '');
      assert.equal(own[at].条码, product.gtin ?? product.barcode ?? '');
      const codes = batches.filter((batch) => batch.编号 === record.identifier && batch.序号 === String(at + 1));
      if (own[at].批号个数) {
        assert.equal(codes.length, Number(own[at].批号个数));
        const listed = own[at].逐个批号;
        assert.ok(listed === codes.map((batch) => batch.批号).join('；') || listed === `共 ${codes.length} 个，见 batches.csv`, listed);
      }
    });
  }
  const [first, second] = products.filter(({ 编号: id }) => id === '2026-811');
  assert.equal(first.批号个数, '950');
  assert.match(second.逐个批号, /^共 1000 个，见 batches.csv$/);
});

const soffice = async (t, ...args) => {
  const profile = pathToFileURL(await scratch(t)).href;
  await promisify(execFile)('soffice', ['--headless', `-env:UserInstallation=${profile}`, ...args], { timeout: 120_000 });
};

test('a spreadsheet keeps every cell of every table, and takes none for a formula', async (t) => {
  const out = await scratch(t);
  const files = TABLES.map((table) => path.join(folder, `data/${table}.csv`));
  // As the data page says: every column is text.
  const columns = Array.from({ length: 40 }, (_, index) => `${index + 1}/2`).join('/');
  await soffice(t, `--infilter=CSV:44,34,76,1,${columns}`, '--convert-to', 'xlsx', '--outdir', out, ...files);
  const books = TABLES.map((table) => path.join(out, `${table}.xlsx`));
  await soffice(t, '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false', '--outdir', path.join(out, 'back'), ...books);
  for (const [index, table] of TABLES.entries()) {
    const given = rowsOf(await readFile(files[index], 'utf8'));
    const back = rowsOf(await readFile(path.join(out, `back/${table}.csv`), 'utf8'));
    assert.deepEqual(back, given, table);
  }
  // As they are opened in haste: the program guesses what is a number, a date, a formula. The last one shows that it does.
  const control = path.join(out, 'control.csv');
  await writeFile(control, '\ufeff标题\r\n=1+1\r\n');
  await soffice(t, '--infilter=CSV:44,34,76,1,,0,false,true', '--convert-to', 'fods', '--outdir', out, ...files, control);
  for (const table of TABLES) {
    const sheet = await readFile(path.join(out, `${table}.fods`), 'utf8');
    assert.ok(sheet.includes('>编号<'), table);
    assert.doesNotMatch(sheet, /table:formula=/, table);
  }
  assert.match(await readFile(path.join(out, 'control.fods'), 'utf8'), /table:formula=/);
});

test('the page names every file with its rows and columns, and every address on it leads to a file', async (t) => {
  const { page, said } = await shown(t, browser);
  await page.goto(onDisk(folder, 'data/index.html'));
  const cards = await page.evaluate(() => [...document.querySelectorAll('.data-file')].map((card) => ({
    name: card.querySelector('a').textContent.replace('下载 ', ''),
    rows: parseInt(card.querySelector('.data-get .count').textContent, 10),
    columns: [...card.querySelectorAll('dt')].map((dt) => dt.textContent),
  })));
  assert.deepEqual(cards.map(({ name }) => name), [...TABLES.map((table) => `${table}.csv`), 'notices.json', 'notices.ndjson']);
  for (const { name, rows, columns } of cards) {
    if (!name.endsWith('.csv')) {
      assert.equal(rows, records.length);
      continue;
    }
    const [head, ...found] = rowsOf(await read(`data/${name}`));
    assert.deepEqual([columns, rows], [head, found.length], name);
  }
  const addresses = await page.evaluate(() => [...document.querySelectorAll('main a[href]')].map((link) => link.href).filter((href) => href.startsWith('file:')));
  for (const address of addresses) await readFile(new URL(address));
  const [data] = await page.evaluate(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent)['@graph']);
  assert.equal(data['@type'], 'Dataset');
  for (const { contentUrl } of data.distribution) await read(contentUrl.replace(BASE, ''));
  assert.match(await page.locator('#license ~ p').first().textContent(), /署名许可（示例）/);
  assert.deepEqual(said, []);
});
