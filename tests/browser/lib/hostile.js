// Sites full of what attackers type: every vector of payloads.txt in every field of a notice that takes text, in its text,
// and in every text of site.yaml. What the program refuses is kept as it was refused, and taken out.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { NOW, jingshi, root, scratch } from './sites.js';

const list = fileURLToPath(new URL('payloads.txt', import.meta.url));
const picture = path.join(root, 'content/notices/2024-003/magnet-gut.png');

/** What a vector calls, and where it asks. */
export const CALL = '__ran';
export const ELSEWHERE = 'https://evil.example/';
/** What takes the place of what was refused. */
export const TAME = '甲';

/** The vectors, in order: number and text. */
export async function payloads() {
  const lines = (await readFile(list, 'utf8')).split('\n').filter((line) => line !== '' && !line.startsWith(';;'));
  return lines.map((line, index) => ({ number: index + 1, text: vector(line, index + 1) }));
}

const ESCAPES = { n: '\n', t: '\t', '\\': '\\' };
const vector = (line, number) => line
  .replace(/\\(?:u\{([0-9a-f]+)\}|([nt\\]))/gi, (_, code, sign) => (code ? String.fromCodePoint(parseInt(code, 16)) : ESCAPES[sign]))
  .replaceAll('RUN', `${CALL}(${number})`)
  .replaceAll('EVIL', `${ELSEWHERE}${number}`);

const PRODUCT = ['name', 'brand', 'model', 'batch', 'barcode', 'maker', 'sold'];
/** Every text of a notice: what has one value, columns of products, lists, the table of findings, the text below. */
export const TEXTS = ['title', 'summary', ...PRODUCT, 'action', 'standard', 'attachment', 'alt', 'caption', 'origin', 'address', 'head', 'cell', 'body'];
const FRONT = TEXTS.filter((name) => name !== 'body');

/** One after another. Space at either end is cut off by the program, and a line break there with it. */
const joined = (texts) => texts.map((each) => each.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '')).join(' ');
const quoted = (value) => JSON.stringify(value);
const cell = (value) => `"${value.replaceAll('"', '""')}"`;

/** The lines of a front matter, each with the name of the text that stands in it, if one does. `texts` has a list for each. */
function lines({ id, terms, change, texts }) {
  const one = (name, start = '') => quoted(start + (texts[name].length > 1 ? joined(texts[name]) : texts[name][0]));
  const rows = texts.name.map((_, row) => PRODUCT.map((name, at) => [`${at === 0 ? '  - ' : '    '}${name}: ${quoted(texts[name][row])}`, name])).flat();
  const each = (name) => texts[name].map((value) => [`  - ${quoted(value)}`, name]);
  return [
    ['---'], [`id: ${id}`], ['risk_level: 低风险'], ['review_by: 2027-10-01'], ...terms.map((term) => [term]),
    [`title: ${one('title')}`, 'title'], [`summary: ${one('summary')}`, 'summary'],
    ['products:'], ...rows,
    ['actions:'], ...each('action'), ['standards:'], ...each('standard'),
    ['findings:'], ['  file: findings.csv'], [`  caption: ${one('caption')}`, 'caption'],
    ['image:'], ['  file: dot.png'], [`  alt: ${one('alt')}`, 'alt'],
    ['attachments:'], ...texts.attachment.flatMap((value, at) => [[`  - file: ${at}.txt`], [`    title: ${quoted(value)}`, 'attachment']]),
    ['origin:'], ['  date: 2026-01-02'], [`  source: ${one('origin')}`, 'origin'], [`  url: ${one('address', 'https://www.example.gov.cn/?')}`, 'address'],
    ...(change ? [['version: 2'], [`status: ${change.status}`], ['change:'], [`  what: ${quoted(change.what)}`], [`  why: ${quoted(change.why)}`]] : []),
    ['---'],
  ];
}

/** Writes a draft; the file and the lines of each text, where there is one of each. */
async function put(site, notice) {
  const folder = path.join(site, 'content/drafts', notice.id);
  await mkdir(folder, { recursive: true });
  const { texts } = notice;
  const front = lines(notice);
  const table = [['项目', joined(texts.head), '结果'], ...texts.cell.map((value, row) => [value, String(row), value])];
  const files = { 'index.md': `${front.map(([line]) => line).join('\n')}\n${texts.body.join('\n\n')}\n`, 'findings.csv': table.map((row) => `${row.map(cell).join(',')}\r\n`).join('') };
  texts.attachment.forEach((_, at) => { files[`${at}.txt`] = '示例'; });
  await Promise.all([...Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)), copyFile(picture, path.join(folder, 'dot.png'))]);
  const places = Object.fromEntries(front.flatMap(([, name], at) => (name ? [[name, ['index.md', at + 1, at + 1]]] : [])));
  const headEnds = joined(texts.head).split('\n').length;
  return { ...places, body: ['index.md', front.length + 1, Infinity], head: ['findings.csv', 1, headEnds], cell: ['findings.csv', headEnds + 1, Infinity] };
}

/** Rules that would refuse for what is beside the point: whether a bar code is one, whether a text is empty. */
const OFF = ['barcode-check-digit', 'batch-notation', 'body-empty', 'punctuation-pair', 'punctuation-width'];
const check = { rules: OFF.map((rule) => ({ rule, level: '关' })) };

/** `site.yaml` with these keys beside those that it cannot be without. */
const configure = (site, more = {}) => writeFile(path.join(site, 'site.yaml'), stringify({ title: TAME, base_url: 'https://www.example.gov.cn/', tag: 'www.example.gov.cn,2024', bureau: { name: TAME }, check, ...more }, { lineWidth: 0 }));

async function emptySite(t) {
  const site = path.join(await scratch(t), 'site');
  await jingshi('init', site);
  return site;
}

/**
 * What the check says of every vector in every text of a notice of its own: the refused ones as `number text`, with what
 * was said, and the faults: errors that name no line, or another than that of the vector. An error in the front matter may
 * hide others: what was refused is replaced, until nothing more is. `site` has the notices as they were first.
 */
export async function vetted(t, vectors) {
  const refused = new Map();
  const faults = [];
  const sites = [];
  for (let left = vectors, before = -1; left.length > 0 && refused.size > before; left = vectors.filter(({ number }) => FRONT.some((name) => refused.has(`${number} ${name}`)))) {
    before = refused.size;
    const site = await emptySite(t);
    sites.push(site);
    await configure(site);
    const places = new Map(await Promise.all(left.map(async (each) => [`H-${each.number}`, await put(site, single(each, refused))])));
    const { diagnostics } = JSON.parse(await jingshi.whatever('--site', site, '--now', NOW, 'check', '--format', 'json'));
    for (const { severity, file, line, message } of diagnostics.filter((each) => each.severity === 'error')) {
      const [, id, name] = /^content\/drafts\/([^/]+)\/(.*)$/.exec(file ?? '') ?? [];
      const hit = Object.entries(places.get(id) ?? {}).find(([, [own, from, to]]) => own === name && from <= line && line <= to);
      if (hit && message) refused.set(`${id.slice(2)} ${hit[0]}`, message);
      else faults.push(`${severity} ${file}:${line}: ${message}`);
    }
  }
  return { site: sites[0], refused, faults };
}

/** A notice with one vector in every text in which it was not refused. */
function single({ number, text }, refused) {
  const terms = ['kind: 风险警示', 'category: 移动电源', 'audience: [儿童]', 'hazards: [火灾]'];
  return { id: `H-${number}`, terms, texts: Object.fromEntries(TEXTS.map((name) => [name, [refused.has(`${number} ${name}`) ? TAME : text]])) };
}

/** So many vectors are in one notice: rows, products, actions; what has one value only has them one after another. */
const TOGETHER = 12;
/** Vectors that stand in each vocabulary of the site, which makes lists, feeds and drawings of them. */
const TERMS = 6;
const KEYS = { kind: 'kind', category: 'category', audience: 'audience', hazard: 'hazards', source: 'sources', measure: 'measures' };
const STAGES = [`初审<img src=x onerror=${CALL}('初审')>`, `复审"><script>${CALL}('复审')</script>`, `终审' onfocus=${CALL}('终审') autofocus x='`];
const BY = [1, 2, 3].map((number) => `岗位${number}"><img src=x onerror=${CALL}(${number})>`);

const chunks = (all, size) => Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** What may be said of notices here; each vocabulary has some vectors as terms. */
function vocabularies(vectors) {
  const every = Math.floor(vectors.length / TERMS) || 1;
  const chosen = vectors.filter((_, at) => at % every === 0);
  return Object.fromEntries(Object.keys(KEYS).map((key) => [key, chosen.map(({ number, text }) => ({ name: `${text} ${key}`, slug: `h-${number}-${key}` }))]));
}

/** Terms for the notice at a place: the words of the site, and some of its own in turn. */
function termsAt(at, words) {
  const own = (key) => words[key][at % words[key].length].name;
  const kind = at % 10 === 0 ? own('kind') : '风险警示';
  return [`kind: ${quoted(kind)}`, `category: ${quoted(own('category'))}`, ...['audience', 'hazard', 'source', 'measure'].map((key) => `${KEYS[key]}: [${quoted(own(key))}]`)];
}

/**
 * A site that has published all vectors that are allowed: notices of some each, corrected, withdrawn, urgent and in drafts
 * as well; and its notices as they were first.
 */
export async function published(t, vectors, refused) {
  const allowed = (name) => vectors.filter(({ number }) => !refused.has(`${number} ${name}`)).map(({ text }) => text);
  const plain = vectors.filter(({ number }) => !refused.has(`${number} title`) && !refused.has(`${number} summary`));
  const site = await emptySite(t);
  const words = vocabularies(plain);
  await configure(site, { review: { stages: STAGES, reviewers: STAGES.map((stage, at) => ({ name: BY[at], stages: [stage] })) }, vocabularies: words, cap: { sender: 'a@example.gov.cn', status: 'Test', area: all(plain.slice(0, 50)) } });
  const groups = chunks(vectors, TOGETHER);
  const notices = groups.map((group, at) => ({
    id: `G-${at + 1}`,
    terms: termsAt(at, words),
    texts: Object.fromEntries(TEXTS.map((name) => [name, group.map(({ number, text, [name]: other = text }) => (refused.has(`${number} ${name}`) ? TAME : other))])),
  }));
  for (const notice of notices) await put(site, notice);
  await pagesOf(site, chunks(allowed('title'), 100), chunks(allowed('body').filter((text) => !/!\[|\.\.\//.test(text)), 100));
  await sign(site, 17, notices.slice(1).map(({ id }) => id));
  // What was changed and why: every vector once.
  const later = notices.slice(1).filter((_, at) => at % 3 < 2);
  const changes = chunks(plain, Math.ceil(plain.length / later.length)).map(all);
  for (const [at, what] of changes.entries()) await put(site, { ...later[at], change: { status: at % 2 ? '撤销' : '更正', what, why: what } });
  await sign(site, 19, later.slice(0, changes.length).map(({ id }) => id));
  await urgently(site, notices[0].id, all(plain.slice(0, 50)));
  for (const notice of notices.filter((notice) => !later.includes(notice)).slice(1, 5)) await put(site, { ...notice, change: { status: '更正', what: changes[0], why: changes[1] } });
  return { site, notices };
}

const all = (vectors) => joined(vectors.map(({ text }) => text));
const inSite = (site, ...args) => jingshi('--site', site, '--now', NOW, ...args);

async function sign(site, day, ids) {
  for (const [at, stage] of STAGES.entries()) await inSite(site, 'review', 'sign', '--stage', stage, '--by', BY[at], '--at', `2026-11-${day}T0${at + 1}:00:00+08:00`, ...ids);
}

const urgently = (site, id, reason) => inSite(site, 'review', 'sign', '--stage', STAGES[2], '--by', BY[2], '--at', '2026-11-22T20:15:00+08:00', '--urgent', '--reason', reason, id);

/** Pages about the site, with vectors in title, summary and text; and those that introduce its services. */
async function pagesOf(site, titles, bodies) {
  const names = ['search', 'lookup', 'statistics', 'subscribe', 'data', 'about'];
  for (let at = 0; at < Math.max(titles.length, bodies.length); at += 1) {
    const title = quoted(joined(titles[at] ?? [TAME]));
    await writeFile(path.join(site, 'content/pages', `${names[at] ?? `h-${at}`}.md`), `---\ntitle: ${title}\nsummary: ${title}\n---\n${(bodies[at] ?? [TAME]).join('\n\n')}\n`);
  }
}

/** So many vectors stand in each text of `site.yaml`. */
const IN_CONFIG = 200;
const PLAIN = /^[!-~]+$/;

/** A site with one notice, and its `site.yaml` over and over, until every vector stood in every text of it. */
export async function configured(t, vectors, refused) {
  const site = await emptySite(t);
  const texts = Object.fromEntries(TEXTS.map((name) => [name, [TAME]]));
  await configure(site);
  await put(site, { id: 'G-1', terms: termsAt(1, vocabularies([{ number: 0, text: TAME }])).map((term) => term.replaceAll(/"甲 \w+"/g, (word) => USUAL[word.slice(3, -1)])), texts });
  for (const [at, stage] of ['初审', '复审', '终审'].entries()) await inSite(site, 'review', 'sign', '--stage', stage, '--by', `某${at}`, '--at', `2026-11-17T0${at + 1}:00:00+08:00`, 'G-1');
  const plain = vectors.filter(({ number }) => !refused.has(`${number} title`) && !refused.has(`${number} summary`));
  const files = chunks(plain, IN_CONFIG).map((chunk) => {
    const text = all(chunk);
    const address = `https://www.example.gov.cn/?${chunk.find((each) => PLAIN.test(each.text) && !/["<>\\`{}]/.test(each.text))?.text ?? ''}`;
    const each = (...keys) => Object.fromEntries(keys.map((key) => [key, text]));
    return {
      ...each('title', 'description', 'banner'),
      bureau: each('name', 'phone', 'address'),
      portal: { ...each('site_name', 'site_domain', 'column_name', 'column_description', 'column_keywords', 'column_type'), site_id_code: chunk.map((vector) => vector.text).find((found) => found.length === 10) ?? `"><b id=x>` },
      footer: { ...each('sponsor', 'contact', 'icp', 'police'), government_mark_url: `https://www.example.gov.cn/?${text}`, error_report_url: `https://www.example.gov.cn/?${text}` },
      license: { name: text, url: address },
      hub: address,
      cap: { sender: 'a@example.gov.cn', status: 'Test', area: text, geocode: text },
    };
  });
  return { site, files, use: (keys) => configure(site, keys) };
}

const USUAL = { kind: '风险警示', category: '移动电源', audience: '儿童', hazard: '火灾', source: '消费者投诉举报', measure: '发布警示提示' };

/** Texts that attack nobody, and a body with all that Markdown has: what a site is made of before anybody attacks it. */
export async function tame() {
  const body = '# 甲\n\n## 甲\n\n### 甲\n\n#### 甲\n\n甲*甲***甲**~~甲~~`甲`[甲](https://www.example.gov.cn "甲")<https://www.example.gov.cn>[^a]，[甲](tel:12315)[甲](mailto:a@example.gov.cn)\\\n甲\n\n![甲](dot.png "甲")\n\n甲![甲](dot.png "甲")\n\n> 甲\n\n- 甲\n- [ ] 甲\n- [x] 甲\n\n3. 甲\n\n| 甲 | 甲 | 甲 |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n\n```x\n甲\n```\n\n    甲\n\n***\n\n[^a]: 甲\n\n    甲';
  return Array.from({ length: 84 }, (_, at) => ({ number: at + 1, text: `甲${at}`, body: at === 0 ? body : `甲${at}` }));
}
