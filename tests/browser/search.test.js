// Search as people meet it: what is found and what comes first, that nothing is missing and nothing is too much, and the
// page around it, from disk and from a server.
import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { accessibilityFaults, open, watched } from './lib/browser.js';
import { host } from './lib/server.js';
import { NOW, build, jingshi, root, sample, scratch } from './lib/sites.js';

const PHONE = { width: 360, height: 740 };
const SMALL_PHONE = { width: 320, height: 568 };
const DESK = { width: 1280, height: 900 };

/** A query, how many notices of the sample contain it, and which come first. */
const QUERIES = [
  // Two characters, in titles first.
  ['头盔', 3, '2026-005 2025-004 2024-001'],
  ['充电', 7, '2026-008 2026-004 2025-007'],
  ['玩具', 7, '2024-002 2025-005 2026-010'],
  ['老人', 8, '2026-007 2024-005 2025-011'],
  ['窒息', 3, '2025-003 2025-012 2024-002'],
  ['撤销', 1, '2025-009'],
  // One character.
  ['火', 12, '2026-004 2025-010 2025-007'],
  ['鞋', 2, '2026-007 2025-011'],
  ['铅', 2, '2026-008 2025-007'],
  ['硼', 3, '2025-005 2026-003 2025-002'],
  // Longer words.
  ['电动自行车头盔', 3, '2025-004 2024-001 2026-005'],
  ['缓冲层', 3, '2026-005 2024-001 2025-004'],
  ['磁力珠', 2, '2026-010 2024-003'],
  ['插线板', 2, '2026-006 2025-001'],
  ['婴幼儿', 1, '2025-003'],
  ['20批次不合格', 1, '2026-005'],
  // What people call it, and what the notice calls it.
  ['充电宝', 2, '2026-004 2025-006'],
  ['移动电源', 2, '2026-004 2025-006'],
  // Brands.
  ['品牌甲', 4, '2026-005 2026-004 2025-003'],
  ['品牌癸', 2, '2026-005 2025-012'],
  ['品牌乙 头盔', 1, '2026-005'],
  // Models, however they are typed.
  ['X-1', 4, '2026-010 2026-005 2026-004'],
  ['x1', 4, '2026-010 2026-005 2026-004'],
  ['Ｘ－１', 4, '2026-010 2026-005 2026-004'],
  ['x-12', 2, '2026-010 2026-005'],
  ['X-2 Pro', 1, '2026-004'],
  ['N01-A', 1, '2026-005'],
  // Of a withdrawn notice, what its page says; it comes last.
  ['P-1', 2, '2024-003 2025-009'],
  ['贴错标签', 1, '2025-009'],
  // Standards, however they are typed.
  ['GB 811-2022', 3, '2026-005 2025-004 2024-001'],
  ['gb811', 3, '2026-005 2025-004 2024-001'],
  ['ＧＢ　８１１－２０２２', 3, '2026-005 2025-004 2024-001'],
  ['GB 811—2022', 3, '2026-005 2025-004 2024-001'],
  ['31241', 2, '2026-004 2025-006'],
  ['GB/T 14471', 1, '2025-008'],
  ['gbt14471', 1, '2025-008'],
  ['ＧＢ／Ｔ　１４４７１', 1, '2025-008'],
  ['ＧＢ　６６７５', 4, '2024-003 2024-002 2025-005'],
  ['gb6675.2', 2, '2024-003 2024-002'],
  ['6675.2-2014', 2, '2024-003 2024-002'],
  // Bar codes, numbers.
  ['2160000011128', 1, '2026-005'],
  ['２１６０００００１１１２８', 1, '2026-005'],
  ['2026-005', 1, '2026-005'],
  // A point counts.
  ['35', 1, '2025-003'],
  ['3.5', 0, ''],
  // Several words; their order, the signs between them and the width of the space do not matter.
  ['充电宝 起火', 1, '2026-004'],
  ['起火　充电宝', 1, '2026-004'],
  ['“充电宝”，起火', 1, '2026-004'],
  ['风险警示 老年人', 5, '2026-009 2026-007 2025-012'],
  // In every notice: first where it stands in the advice.
  ['12315', 29, '2026-010 2026-009 2026-007'],
  // Nowhere, though all its characters and most of its pairs are somewhere.
  ['头盔充电宝', 0, ''],
  ['磁力泥珠', 0, ''],
  ['<script>', 0, ''],
];

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await sample(t), path.join(await scratch(t), 'public'));
});

const pageOf = (tree, query = '') => `${pathToFileURL(path.join(tree, 'search/index.html')).href}${query}`;
const asked = (query) => `?q=${encodeURIComponent(query)}`;
const idsOf = (hrefs) => hrefs.map((href) => /n\/([^/]+)\/index\.html$/.exec(href)[1]);

/** The search page of a tree in a fresh profile. */
async function searchPage(t, { tree = folder, query = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  t.after(() => context.close());
  const record = await watched(context);
  await record.page.goto(tree.startsWith('http') ? `${tree}search/index.html${query}` : pageOf(tree, query));
  return record;
}

/** Waits until the page says how many it found. */
async function told(page, text = /^(?:找到|没有找到)/) {
  const status = page.locator('#search-status');
  await page.waitForFunction((source) => new RegExp(source).test(document.getElementById('search-status').textContent), text.source);
  return status.innerText();
}

const shown = async (page) => idsOf(await page.locator('#search-results .entry-title a').evaluateAll((links) => links.map((link) => link.href)));
const all = async (page, query, filters = []) => idsOf(await page.evaluate(([q, f]) => globalThis.jingshiSearch.all(q, f), [query, filters]));

/** The notices of a tree as the page is given them. */
async function recordsOf(tree) {
  const texts = path.join(tree, 'search/t');
  const files = (await readdir(texts)).sort((a, b) => parseInt(a, 10) - parseInt(b, 10));
  const scripts = await Promise.all(files.map((file) => readFile(path.join(texts, file), 'utf8')));
  return scripts.flatMap((script) => JSON.parse(script.slice(script.indexOf(',') + 1, script.lastIndexOf(')'))));
}

/** Numbers that look random and are the same in every run. */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('the first results are those one expects', async (t) => {
  const { page, said, failed } = await searchPage(t);
  const found = [];
  for (const [query, , first] of QUERIES) {
    const ids = await all(page, query);
    found.push([query, ids.length, ids.slice(0, first.split(' ').filter(Boolean).length).join(' ')]);
  }
  assert.deepEqual(found, QUERIES);
  assert.deepEqual([...said, ...failed], []);
});

test('what no longer holds comes last and says so', async (t) => {
  const { page } = await searchPage(t, { query: asked('示例') });
  // One withdrawn, one expired.
  assert.deepEqual((await all(page, '示例')).slice(-2), ['2025-009', '2025-001']);
  await page.goto(pageOf(folder, asked('纸餐盒')));
  await told(page);
  assert.equal(await page.locator('.entry .mark-withdrawn').innerText(), '已撤销');
});

test('the normal form is the one of the program', async (t) => {
  const { page } = await searchPage(t);
  const table = JSON.parse(await readFile(path.join(root, 'tests/fixtures/search/normal.json'), 'utf8'));
  const forms = await page.evaluate((texts) => texts.map((text) => globalThis.jingshiSearch.normal(text)), table.cases.map(([text]) => text));
  assert.deepEqual(forms, table.cases.map(([, form]) => form));
  const prints = await page.evaluate((blocks) => blocks.map((block) => {
    let hash = 0x811c9dc5;
    for (let code = block * 128; code < block * 128 + 128; code += 1) {
      for (const sign of globalThis.jingshiSearch.normal(`甲${String.fromCodePoint(code)}1`)) {
        hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193) >>> 0;
      }
    }
    return hash.toString(16).padStart(8, '0');
  }), Object.keys(table.blocks).map((block) => parseInt(block, 16)));
  assert.deepEqual(prints, Object.values(table.blocks));
});

test('every result contains the words, and none that contains them is missing', async (t) => {
  const { page } = await searchPage(t);
  const records = await recordsOf(folder);
  const texts = records.map(({ entry, products, actions, text }) => [entry.title, products, entry.summary, actions, text].join('\n'));
  const forms = await page.evaluate((given) => given.map((text) => globalThis.jingshiSearch.normal(text)), texts);
  const pick = chance(20261);
  const cut = (text, most) => {
    const signs = Array.from(text);
    const from = pick(signs.length);
    return signs.slice(from, from + 1 + pick(most));
  };
  let [hits, misses] = [0, 0];
  for (let round = 0; round < 600; round += 1) {
    const signs = cut(texts[pick(texts.length)], 9);
    // Near misses: another sign in the middle, two in the wrong order, the end of one notice after the start of another.
    if (round % 4 === 1) signs[pick(signs.length)] = cut(texts[pick(texts.length)], 1)[0];
    if (round % 4 === 2) signs.reverse();
    if (round % 4 === 3) signs.push(...cut(texts[pick(texts.length)], 4));
    const query = signs.join('');
    const words = (await page.evaluate((parts) => parts.map((part) => globalThis.jingshiSearch.normal(part)), query.split(/\s+/)))
      .flatMap((form) => form.split('\n')).filter(Boolean);
    if (words.length === 0) continue;
    const expected = records.filter((_, at) => words.every((word) => forms[at].includes(word))).map(({ entry }) => entry.href);
    const found = await all(page, query);
    assert.deepEqual([...found].sort(), idsOf(expected).sort(), JSON.stringify(query));
    if (expected.length > 0) hits += 1;
    else misses += 1;
  }
  assert.ok(hits > 200 && misses > 100, `${hits} found, ${misses} not`);
});

test('whatever stands in a source is found', async (t) => {
  const site = await sample(t);
  const { page } = await searchPage(t);
  const pick = chance(7);
  for (const id of (await readdir(path.join(site, 'content/notices'))).filter((name) => !name.startsWith('.'))) {
    const source = await readFile(path.join(site, 'content/notices', id, 'index.md'), 'utf8');
    const [, head, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(source);
    const title = /^(?:title|标题)[:：] ?(.*)$/m.exec(head)?.[1];
    const runs = `${title ?? ""}\n${body.replace(/!\[[^\]]*\]/g, '')}`.match(/[\u4e00-\u9fff]{2,}/g);
    for (let round = 0; round < 12; round += 1) {
      const run = runs[pick(runs.length)];
      const from = pick(run.length - 1);
      const query = run.slice(from, from + 2 + pick(5));
      assert.ok((await all(page, query)).includes(id), `${query} in ${id}`);
    }
  }
});

test('filters narrow the results, with and without words', async (t) => {
  const { page } = await searchPage(t);
  const records = await recordsOf(folder);
  const options = await page.locator('form select').evaluateAll((selects) => selects.map(({ name, options }) => [name, Array.from(options).slice(1).map(({ value, label }) => [value, label.trim()])]));
  assert.deepEqual(options.map(([name]) => name), ['kind', 'category', 'audience', 'hazard', 'level', 'year']);
  for (const [name, values] of options) {
    for (const [value, label] of values) {
      const found = await all(page, '', [`${name}:${value}`]);
      assert.ok(found.length > 0, label);
      const fits = (id) => {
        const { entry, text } = records.find(({ entry }) => entry.href === `n/${id}/index.html`);
        return name === 'year' ? entry.published.iso.startsWith(value) : text.split('\n').includes(label);
      };
      assert.ok(found.every(fits), `${name}:${value}`);
      const both = await all(page, '火', [`${name}:${value}`]);
      const fire = await all(page, '火');
      assert.deepEqual([...both].sort(), found.filter((id) => fire.includes(id)).sort(), `${name}:${value}`);
    }
  }
  assert.deepEqual(await all(page, '', ['category:daily-goods', 'level:high']), ['2026-004', '2025-012', '2025-007']);
});

test('typing finds from the first letter on, and the address keeps what was asked', async (t) => {
  const { page, asked: requests, said } = await searchPage(t);
  assert.ok(await page.locator('#search-ways').isVisible());
  await page.locator('#search-q').pressSequentially('充');
  assert.match(await told(page), /^找到 \d+ 条/);
  assert.ok(await page.locator('#search-ways').isHidden());
  await page.locator('#search-q').pressSequentially('电宝');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === '充电宝');
  assert.deepEqual(await shown(page), ['2026-004', '2025-006']);
  assert.deepEqual([...new Set(await page.locator('.entry-title mark').allInnerTexts())], ['充电宝']);
  const before = requests.length;
  await page.locator('#search-q').pressSequentially(' ');
  await page.waitForTimeout(400);
  assert.equal(requests.length, before, 'no file is asked for when the words are the same');

  await page.locator('.search-narrow summary').click();
  await page.locator('#search-level').selectOption('high');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('level') === 'high');
  assert.deepEqual(await shown(page), ['2026-004']);
  assert.equal(await page.locator('#search-chosen').innerText(), '（已选 1 项）');

  // There and back again: everything is as it was left.
  await page.locator('.entry-title a').first().click();
  await page.waitForURL(/2026-004/);
  await page.goBack();
  await told(page);
  assert.equal(await page.locator('#search-q').inputValue(), '充电宝');
  assert.deepEqual(await shown(page), ['2026-004']);

  await page.reload();
  await told(page);
  assert.equal(await page.locator('#search-q').inputValue(), '充电宝');
  assert.equal(await page.locator('#search-level').inputValue(), 'high');
  assert.ok(await page.locator('#search-level').isVisible(), 'a filter that holds can be seen');
  assert.deepEqual(await shown(page), ['2026-004']);

  await page.locator('#search-clear').click();
  await page.waitForFunction(() => document.querySelectorAll('.entry').length === 2);
  await page.locator('#search-q').press('Escape');
  await page.waitForFunction(() => location.search === '');
  assert.ok(await page.locator('#search-ways').isVisible());
  assert.equal(await page.locator('#search-q').inputValue(), '');
  assert.deepEqual(said, []);
});

test('letters of an input method are not searched for', async (t) => {
  const { page } = await searchPage(t);
  await page.locator('#search-q').focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'huo', selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(400);
  assert.equal(await page.locator('#search-status').innerText(), '');
  await session.send('Input.insertText', { text: '火' });
  assert.equal(await told(page), '找到 12 条，先列出 10 条。');
});

test('more results are added where one reads on', async (t) => {
  const { page } = await searchPage(t, { query: asked('12315') });
  // Three characters: only the texts tell whether the pairs of it stand side by side.
  assert.equal(await told(page), '找到约 29 条，先列出 10 条。');
  await page.locator('.search-more button').click();
  await told(page, /先列出 20 条/);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.entry-title a')].indexOf(document.activeElement)), 10);
  await page.locator('.search-more button').click();
  await told(page, /^找到 29 条。$/);
  assert.ok(await page.locator('.search-more').isHidden());
  const ids = await shown(page);
  assert.equal(new Set(ids).size, 29);
  // Who comes back from a notice finds as many as before.
  await page.locator('.entry-title a').nth(25).click();
  await page.goBack();
  await told(page, /^找到 29 条。$/);
  assert.deepEqual(await shown(page), ids);
});

test('every word is marked where it stands', async (t) => {
  const { page } = await searchPage(t, { query: asked('ｇｂ4943.1 品牌乙 鼓包') });
  await told(page);
  const marks = await page.locator('#search-results mark').allInnerTexts();
  for (const word of ['GB 4943.1', '品牌乙', '鼓包']) assert.ok(marks.includes(word), `${word} in ${marks}`);
});

test('who finds nothing is told what to try', async (t) => {
  const { page } = await searchPage(t, { query: asked('绝无此词') });
  assert.equal(await told(page), '没有找到。');
  const help = page.locator('#search-nothing');
  assert.ok((await help.isVisible()) && (await page.locator('#search-ways').isVisible()));
  assert.match(await help.innerText(), /不等于产品安全/);
  assert.equal(await help.locator('a[href="tel:12315"]').count(), 1);
});

test('a file that does not come is told, and asked for again', async (t) => {
  const server = await host(t, '/a/b/');
  server.folder = folder;
  const { page } = await searchPage(t, { tree: server.address });
  await page.route('**/search/s0/*', (route) => route.abort());
  await page.locator('#search-q').fill('头盔');
  await page.locator('#search-failed').waitFor();
  assert.match(await page.locator('#search-failed').innerText(), /没有读到/);
  await page.unroute('**/search/s0/*');
  await page.locator('#search-failed button').click();
  assert.equal(await told(page), '找到 3 条。');
  assert.ok(await page.locator('#search-failed').isHidden());
});

test('the form of any other page leads here', async (t) => {
  const server = await host(t, '/a/b/');
  server.folder = folder;
  const { page, asked: requests, said } = await searchPage(t, { tree: server.address, query: '?q=%E7%A3%81%E5%8A%9B%E7%8F%A0' });
  assert.equal(await told(page), '找到 2 条。');
  assert.deepEqual(await shown(page), ['2026-010', '2024-003']);
  assert.ok(requests.every((address) => address.startsWith(server.address)), requests.join('\n'));
  assert.deepEqual(said, []);
});

test('without JavaScript the lists are the way', async (t) => {
  const { page } = await searchPage(t, { javaScriptEnabled: false });
  const off = page.locator('#search-off').filter({ visible: true });
  await off.waitFor();
  assert.match(await off.innerText(), /没有启用 JavaScript/);
  assert.ok(await page.locator('#search').isHidden());
  assert.ok((await page.locator('#search-ways a').count()) > 20);
});

test('text of a notice and of a query stays text', async (t) => {
  const site = await sample(t);
  const title = '“<img src=x onerror=alert(1)>”与</script><script>alert(2)</script>（示例）';
  const draft = path.join(site, 'content/drafts/2026-850');
  await mkdir(draft);
  const other = await readFile(path.join(site, 'content/notices/2026-006/index.md'), 'utf8');
  const text = other.replace(/^id: .*$/m, 'id: 2026-850').replace(/^title: .*$/m, `title: '${title}'`)
    .replace(/^summary: .*$/m, `summary: '单引号''双引号"反斜杠\\行<b>粗</b>&amp;，示例。'`)
    .replace(/^(?:related|image|review):.*\n(?: .*\n)*/gm, '').replace(/!\[[^\]]*\]\([^)]*\)/g, '');
  await writeFile(path.join(draft, 'index.md'), text);
  const stages = [['初审', '16T09:00'], ['复审', '16T15:00'], ['终审', '17T09:30']];
  await appendFile(path.join(site, 'site.yaml'), '\ncheck:\n  rules: []\n');
  for (const [stage, at] of stages) {
    await jingshi('--site', site, '--now', NOW, 'review', 'sign', '--stage', stage, '--by', `${stage}岗（示例）`, '--at', `2026-11-${at}:00+08:00`, '2026-850');
  }
  const tree = await build(site, path.join(await scratch(t), 'public'));
  for (const query of ['onerror', '<img', '</script><script>', '双引号"反斜杠\\行<b>', "单引号'", '"><svg onload=alert(3)>']) {
    const { page, said } = await searchPage(t, { tree, query: asked(query) });
    page.on('dialog', () => assert.fail('a script ran'));
    await told(page);
    assert.equal(await page.locator('#search-q').inputValue(), query);
    assert.equal(await page.locator('#search-results img, #search-results script, #search-results b').count(), 0);
    if (!query.includes('svg')) assert.equal(await page.locator('.entry-title a').first().innerText(), title, query);
    assert.deepEqual(said, [], query);
    await page.context().close();
  }
});

test('a new notice leaves the texts of full chunks as they were', async (t) => {
  const site = await sample(t);
  await cp(path.join(root, 'tests/browser/fixtures/2026-803'), path.join(site, 'content/drafts/2026-803'), { recursive: true });
  const [stage, by] = ['终审', '终审岗（示例）'];
  await jingshi('--site', site, '--now', NOW, 'review', 'sign', '--stage', stage, '--by', by, '--at', NOW, '--urgent', '--reason', '示例', '2026-803');
  const tree = await build(site, path.join(await scratch(t), 'public'));
  for (let chunk = 0; chunk < 7; chunk += 1) {
    const [before, after] = await Promise.all([folder, tree].map((each) => readFile(path.join(each, `search/t/${chunk}.js`), 'utf8')));
    assert.equal(after, before);
  }
  const { page } = await searchPage(t, { tree });
  assert.equal((await all(page, '示例'))[0], '2026-803');
});

/** What sticks out of the page to the side. Runs in the page. */
function overflow() {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('main *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && !element.closest('.sr') && (box.right > width + 1 || box.left < -1);
  });
  return out.map((element) => `sticks out: ${element.outerHTML.slice(0, 120)}`);
}

/** What is too small to read or to hit. Runs in the page. */
function small() {
  const faults = [];
  const words = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 14) faults.push(`small text: ${words.currentNode.data.trim()}`);
  }
  for (const part of document.querySelectorAll('main input, main select, main button, main summary')) {
    const { height } = part.getBoundingClientRect();
    if (height > 0 && height < 44) faults.push(`low (${height}): ${part.outerHTML.slice(0, 80)}`);
  }
  return faults;
}

for (const [name, query] of Object.entries({
  'nothing asked': '',
  results: `${asked('品牌乙 停用')}&level=high`,
  'many results': asked('示例'),
  'nothing found': asked('绝无此词'),
})) {
  test(`${name}: fits the screen and is accessible`, async (t) => {
    const faults = [];
    for (const colorScheme of ['light', 'dark']) {
      const { page, said } = await searchPage(t, { query, colorScheme });
      if (query) await told(page);
      for (const viewport of [DESK, PHONE, SMALL_PHONE]) {
        await page.setViewportSize(viewport);
        const found = [...(await page.evaluate(overflow)), ...(await page.evaluate(small))];
        if (viewport !== SMALL_PHONE) found.push(...(await accessibilityFaults(page)));
        faults.push(...found.map((fault) => `${viewport.width}, ${colorScheme}: ${fault}`));
      }
      faults.push(...said);
    }
    assert.deepEqual(faults, []);
  });
}
