// What attackers type stays text: every vector of lib/payloads.txt, in every field and in the text, is refused with its
// line or shown as it was typed. Pages are opened in a browser that hears whatever runs, is asked for or leads away: with
// the policy of the pages, which must have nothing to forbid, and without it, as the markup alone must be harmless.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { open } from './lib/browser.js';
import { CALL, ELSEWHERE, TEXTS, configured, payloads, published, tame, vetted } from './lib/hostile.js';
import { listener, made, ownFiles } from './lib/inert.js';
import { host } from './lib/server.js';
import { build, filesOf, root, scratch, serve } from './lib/sites.js';

let browser;
let vectors;
let vetting;
let publication;
let site;
/** Elements, attributes and schemes of pages into which nobody typed anything. */
let usual;
let plain;
before(async (t) => {
  [browser, vectors] = [await open(t, ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']), await payloads()];
  [vetting, plain] = await Promise.all([vetted(t, vectors), harmless(t)]);
  publication = await published(t, vectors, vetting.refused);
  [site, usual] = await Promise.all([served(t, publication.site), opened(t, plain).then(({ kinds }) => new Set(kinds))]);
});

const harmless = async (t) => served(t, (await published(t, await tame(), new Map())).site);

/** A site, built and served as at a domain root. */
async function served(t, from) {
  const server = await host(t);
  server.folder = await build(from, path.join(await scratch(t), 'public'), server.address);
  return { ...server, own: await ownFiles(server.folder, server.address), files: await filesOf(server.folder) };
}

const isPage = (file) => file.endsWith('.html');

/** Opens files of a site, two at a time; the faults that were heard, what pages are made of, and what `ask` says of each. */
async function opened(t, { address, files, own }, { which = isPage, ask = () => null, ...options } = {}) {
  const [kinds, answers, left] = [new Set(), new Map(), files.filter(which)];
  const look = async () => {
    const { page, go, faults } = await listener(t, browser, own, options);
    // A value that is not escaped stands on many pages.
    while (left.length > 0 && faults.length < 40) {
      const file = left.pop();
      await go(address + encodeURI(file));
      if (isPage(file)) (await page.evaluate(made)).forEach((kind) => kinds.add(kind));
      answers.set(file, await ask(page));
    }
    await page.waitForTimeout(200);
    return faults;
  };
  const faults = (await Promise.all([look(), look()])).flat();
  return { faults, kinds: [...kinds], answers };
}

const strange = (kinds) => kinds.filter((kind) => !usual.has(kind));

test('there are hundreds of vectors, each once', () => {
  assert.ok(vectors.length > 700);
  const bare = vectors.map(({ number, text }) => text.replaceAll(`${CALL}(${number})`, CALL).replaceAll(`${ELSEWHERE}${number}`, ELSEWHERE));
  assert.deepEqual(bare.filter((text, at) => bare.indexOf(text) !== at), []);
});

test('what is refused is refused with its line, and it is what must be', (t) => {
  const { refused, faults } = vetting;
  assert.deepEqual(faults, []);
  const count = (name) => vectors.filter(({ number }) => refused.has(`${number} ${name}`)).length;
  t.diagnostic(TEXTS.map((name) => `${name} ${count(name)}`).join(', '));
  for (const { number, text } of vectors) {
    const isTag = /^<(?:script|img|svg|iframe|style|meta|link|base)(?: +[a-z]+=[^\s"'=<>`]+)*>/i.test(text);
    if (isTag) assert.ok(refused.has(`${number} body`), `HTML in the text: ${text}`);
    if (/^!?\[x\]\(<?\s*(?:javascript|vbscript|data|file|blob):/i.test(text)) assert.ok(refused.has(`${number} body`), `a link: ${text}`);
    // Where text is only text, nothing printable on one line is refused.
    if (/^[\x20-\x7e]*$/.test(text)) assert.deepEqual(TEXTS.filter((name) => name !== 'body' && refused.has(`${number} ${name}`)), [], text);
  }
});

const collapsed = (text) => text.replace(/[\s\u0085]+/gu, ' ').trim();

/** Lists of audiences and hazards are those of categories again: the first is enough. */
const isOneOfMany = (file) => /^(?:audience|hazards)\/h-(?!1-)/.test(file);

test('without its policy no page runs, asks or leads anywhere, and none is made of anything unusual', async (t) => {
  const { faults, kinds, answers } = await opened(t, site, { which: (file) => isPage(file) && !isOneOfMany(file), bypassCSP: true, ask: (page) => page.evaluate(() => document.querySelector('main')?.textContent ?? '') });
  assert.deepEqual(faults, []);
  assert.deepEqual(strange(kinds), []);
  t.diagnostic(`${answers.size} pages`);
  // What was not refused is shown as it was typed, tables and all.
  for (const { id, texts } of publication.notices) {
    const shown = collapsed(answers.get([`n/${id}/v1/index.html`, `n/${id}/index.html`].find((file) => answers.has(file))));
    for (const name of ['name', 'brand', 'model', 'batch', 'barcode', 'maker', 'sold', 'action', 'standard', 'attachment', 'cell']) {
      for (const text of texts[name]) assert.ok(shown.includes(collapsed(text)), `${id}: ${name}: ${text}`);
    }
    assert.ok(shown.includes(collapsed(texts.title.map((each) => each.trim()).join(' '))), `${id}: ${texts.title}`);
  }
});

/** One of every type of page, and what else of a site a browser opens. */
const OF_EACH_TYPE = /^(?:404|index|(?:search|lookup|statistics|data|subscribe|ledger|map|about)\/index|n\/G-(?:[1-9]|6\d)\/(?:v1\/)?index|risk-warnings\/index|categories\/h-\d+-category\/index|years\/\d+\/index|h-\d+-kind\/index)\.html$/;
const DOCUMENTS = /^(?:(?:feed|atom|sitemap)\.xml|feed\.json|archive\/.*|cap\/(?:atom|G-\d\/.*)\.xml|data\/notices\.json|n\/G-\d\/notice\.json|hazards\/.*\.(?:xml|json)|.*\.svg)$/;

test('with its policy nothing is forbidden to any type of page', async (t) => {
  const { faults, answers } = await opened(t, site, { which: (file) => OF_EACH_TYPE.test(file) });
  assert.ok(answers.size > 40, `${answers.size}`);
  assert.deepEqual(faults, []);
});

test('feeds, alerts, data and drawings are as harmless, opened in a browser', async (t) => {
  const { faults, answers } = await opened(t, site, { which: (file) => DOCUMENTS.test(file), bypassCSP: true });
  assert.ok(answers.size > 40, `${answers.size}`);
  assert.deepEqual(faults, []);
});

test('so is what feeds carry, shown by a reader that takes it as it is', async (t) => {
  const { page, faults } = await listener(t, browser, site.own, { bypassCSP: true });
  const feeds = site.files.filter((file) => /^(?:feed|archive\/.*)\.json$/.test(file));
  const items = (await Promise.all(feeds.map(async (file) => JSON.parse(await readFile(path.join(site.folder, file), 'utf8')).items))).flat();
  // What would make a feed too large has its summary only, as plain text.
  const texts = items.map(({ content_html: html }) => html).filter(Boolean);
  assert.ok(texts.length > publication.notices.length / 2);
  const kinds = new Set();
  for (const html of texts) {
    await page.setContent(html);
    (await page.evaluate(made)).forEach((kind) => kinds.add(kind));
  }
  assert.deepEqual(faults, []);
  assert.deepEqual(strange([...kinds]), []);
});

/** Types each vector into a field of a page and waits for its answer. Runs in the page. */
async function askEach({ form, field, answer, waiting, texts }) {
  const [asked, input, said] = [form, field, answer].map((selector) => document.querySelector(selector));
  for (const text of texts) {
    // The same words again would get no other answer.
    for (const value of ['', text]) {
      input.value = value;
      asked.requestSubmit();
      if (value === '') said.textContent = '';
    }
    for (let turns = 0; said.textContent === '' || said.textContent.startsWith(waiting); turns += 1) {
      if (turns > 400) throw new Error(`no answer to ${text}`);
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
  }
}

const SERVICES = {
  search: { form: '#search', field: '#search-q', answer: '#search-status', waiting: '正在' },
  lookup: { form: '#lookup-form', field: '#lookup-text', answer: '#lookup-headline', waiting: '正在' },
};

/** Words that stand in hundreds of vectors, and every vector of which a word is left. */
const questions = () => ['onerror', 'script', 'javascript', 'img src', ...vectors.map(({ text }) => text).filter((text) => /[\p{L}\p{N}]/u.test(text))];

for (const [name, service] of Object.entries(SERVICES)) {
  test(`whatever is asked of ${name}, and whatever it answers with, stays text`, async (t) => {
    const { page: other, go: goOther } = await listener(t, browser, plain.own);
    await goOther(`${plain.address}${name}/`);
    const kinds = new Set(usual);
    for (const text of ['甲1', '甲1 没有', '没有', '2160000011128']) {
      await other.evaluate(askEach, { ...service, texts: [text] });
      (await other.evaluate(made)).forEach((kind) => kinds.add(kind));
    }
    for (const options of [{ bypassCSP: true }, {}]) {
      const { page, go, faults } = await listener(t, browser, site.own, options);
      await go(`${site.address}${name}/`);
      const texts = questions().filter((_, at) => options.bypassCSP || at % 20 === 0);
      for (const some of [texts.slice(0, 4), texts.slice(4)]) {
        await page.evaluate(askEach, { ...service, texts: some });
        assert.deepEqual((await page.evaluate(made)).filter((kind) => !kinds.has(kind)), []);
      }
      for (const { text } of vectors.slice(-10)) await go(`${site.address}${name}/?q=${encodeURIComponent(text)}`);
      assert.deepEqual(faults, []);
    }
  });
}

test('texts of site.yaml are as harmless on every page', async (t) => {
  const { site: from, files, use } = await configured(t, vectors, vetting.refused);
  for (const keys of files) {
    await use(keys);
    const server = await served(t, from);
    const { faults, kinds } = await opened(t, server, { bypassCSP: true, which: (file) => /^(?:index|404|(?:n\/G-1|about|search|lookup|data|subscribe|statistics|ledger|map|risk-warnings)\/index)\.html$|^(?:feed|atom)\.xml$|^cap\/.*xml$/.test(file) });
    assert.deepEqual(faults, []);
    assert.deepEqual(strange(kinds), []);
  }
});

/** What the preview has beside the page: its ribbon, the watermark of drafts, the list of errors. */
const PREVIEW = ['SECTION lang', 'DIV aria-hidden'];

test('the preview shows drafts, and errors with what was refused, as harmlessly', async (t) => {
  const sites = [[vetting.site, ['', 'n/H-1/', 'search/']], [publication.site, ['', 'n/G-1/', 'n/G-4/', 'n/G-7/', 'n/G-10/', 'search/', 'nothing/here/']]];
  for (const [from, files] of sites) {
    const address = await serve(t, from);
    const { page, go, faults } = await listener(t, browser, (asked) => asked.startsWith(address), { bypassCSP: true });
    const kinds = [];
    for (const file of files) {
      await go(address + file);
      kinds.push(...(await page.evaluate(made)));
    }
    const isMissing = (fault) => fault.includes('the server responded with a status of 404');
    assert.deepEqual(faults.filter((fault) => !isMissing(fault)), []);
    assert.deepEqual([...new Set(strange(kinds))].filter((kind) => !PREVIEW.includes(kind)), []);
    const text = await page.locator('body').textContent();
    if (from === vetting.site) assert.ok(text.includes('错误[markdown-html]') && text.includes(`“javascript:${CALL}(`), text.slice(0, 300));
  }
});

test('a value that is not escaped is heard: it runs and asks without the policy, and breaks it with it', async (t) => {
  const { site: from, files, use } = await configured(t, vectors.slice(0, 80), vetting.refused);
  await use(files[0]);
  const base = await readFile(path.join(root, 'themes/default/templates/base.html'), 'utf8');
  assert.ok(base.includes('{{ site.banner }}'));
  await mkdir(path.join(from, 'themes/default/templates'), { recursive: true });
  await writeFile(path.join(from, 'themes/default/templates/base.html'), base.replace('{{ site.banner }}', '{{ site.banner | safe }}'));
  const server = await served(t, from);
  const which = (file) => file === 'n/G-1/index.html';
  const without = await opened(t, server, { which, bypassCSP: true });
  for (const kind of ['ran 1', 'ran alert', 'request https://evil.example/']) assert.ok(without.faults.some((fault) => fault.startsWith(kind)), `${kind}: ${without.faults}`);
  const within = await opened(t, server, { which });
  assert.ok(within.faults.some((fault) => fault.startsWith('ran policy script-src')), `${within.faults}`);
  assert.ok(!within.faults.some((fault) => /^ran \d/.test(fault)), 'the second wall stands');
  assert.ok(strange(within.kinds).includes('IMG onerror'), `${strange(within.kinds)}`);
});

test('so is a script that takes text for markup', async (t) => {
  const { page, go, faults } = await listener(t, browser, site.own, { bypassCSP: true });
  await page.route(/\/search\.[0-9a-f]+\.js/, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    assert.ok(text.includes('made.append(...children);'));
    await route.fulfill({ response, body: text.replace('made.append(...children);', "for (const child of children) typeof child === 'string' ? made.insertAdjacentHTML('beforeend', child) : made.append(child);") });
  });
  await go(`${site.address}search/`);
  await page.evaluate(askEach, { ...SERVICES.search, texts: ['javascript'] });
  await page.waitForTimeout(100);
  assert.ok(faults.some((fault) => /^ran \d/.test(fault)), `${faults}`);
});
