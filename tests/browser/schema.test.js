// The schema of the front matter says what the program says, and an editor that follows it helps a clerk.
//
// The YAML parser here is the editor's, the validator is a foreign one, and the judge is the program itself: a front matter
// that the program accepts must never be refused by the schema.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { BAD, GOOD, good } from './lib/front-matters.js';
import { mutants } from './lib/mutants.js';
import { editor } from './lib/editor.js';
import { filesOf, jingshi, NOW, root, sample, scratch } from './lib/sites.js';

const schema = JSON.parse(await jingshi('schema'));
const accepts = validator(schema);

function validator(schema) {
  const ajv = new Ajv({ allErrors: true, strict: false, strictNumbers: false });
  assert.ok(ajv.validateSchema(schema), ajv.errorsText());
  const validate = ajv.compile(schema);
  return (text) => {
    let seen;
    try {
      seen = parse(text, { logLevel: 'error' });
    } catch (error) {
      return { error: error.message };
    }
    return validate(seen) ? {} : { error: ajv.errorsText(validate.errors) };
  };
}

/** The front matter of a file. */
const front = (text) => text.replaceAll('\r\n', '\n').replace(/^\ufeff/, '').split('\n---\n')[0].replace(/^---\n/, '');

test('the schema is one by its own meta-schema, with both spellings of every key and a Chinese word on each', () => {
  assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
  const described = (map, place) => {
    for (const [key, { $ref }] of Object.entries(map)) {
      const { title, description } = schema.$defs[$ref.replace('#/$defs/', '')];
      assert.match(title + description, /\p{Script=Han}/u, `${place}${key}`);
      assert.ok(description.includes(key), `${place}${key}`);
    }
    const keys = Object.keys(map);
    assert.equal(keys.filter((key) => /\p{Script=Han}/u.test(key)).length * 2, keys.length, place);
  };
  described(schema.properties, '');
  const maps = Object.entries(schema.$defs).filter(([, definition]) => definition.properties);
  assert.equal(maps.length, 9);
  for (const [place, { properties, additionalProperties }] of maps) {
    described(properties, place);
    assert.equal(additionalProperties, false, place);
  }
});

test('every notice of the sample and of the fixtures is accepted', async () => {
  const notices = [];
  for (const folder of ['content', 'tests/browser/fixtures']) {
    const files = (await filesOf(path.join(root, folder))).filter((file) => file.endsWith('/index.md'));
    notices.push(...files.map((file) => path.join(root, folder, file)));
  }
  assert.ok(notices.length > 35, `${notices.length} notices`);
  for (const file of notices) assert.deepEqual(accepts(front(await readFile(file, 'utf8'))), {}, file);
});

test('what is right is accepted, what is wrong is refused, by schema and program alike', async (t) => {
  const cases = [...GOOD.map((text) => ['', text, true]), ...BAD.map(([name, text]) => [name, text, false])];
  const verdicts = await judged(t, cases.map(([, text]) => text));
  const wrong = [];
  cases.forEach(([name, text, right], index) => {
    const { error } = accepts(text);
    if (right !== (verdicts[index].length === 0)) wrong.push(`program: ${name}\n${text}${verdicts[index].join('\n')}`);
    if (right !== (error === undefined)) wrong.push(`schema: ${name}\n${text}${error}`);
  });
  assert.deepEqual(wrong, []);
});

test('schema and program agree on notices that were changed at random', async (t) => {
  const seed = Number(process.env.SEED ?? 20_241);
  const texts = mutants(seed, 3_000);
  const verdicts = await judged(t, texts);
  const tally = { both_accept: 0, both_refuse: 0, left_to_the_program: 0 };
  const wrong = [];
  texts.forEach((text, index) => {
    const { error } = accepts(text);
    const said = verdicts[index];
    if (said.length === 0 && error) wrong.push(`refused by the schema only: ${error}\n${text}`);
    if (said.length > 0 && !error) {
      const known = (line) => LEFT_TO_THE_PROGRAM.some((form) => form.test(line));
      if (!said.every(known) && !said.some((line) => NO_NUMBER.test(line))) {
        wrong.push(`refused by the program only: ${said.join('; ')}\n${text}`);
      }
      tally.left_to_the_program += 1;
    } else tally[error ? 'both_refuse' : 'both_accept'] += 1;
  });
  t.diagnostic(`seed ${seed}: ${JSON.stringify(tally)}`);
  assert.equal(wrong.length, 0, `${wrong.length} disagreements (seed ${seed})\n\n${wrong.slice(0, 10).join('\n\n')}`);
  assert.ok(Math.min(tally.both_accept, tally.both_refuse) > 500, 'too one-sided to show anything');
});

/** A number for the editor, whatever it was written as: `0x1F`, `1e3`, `1.0`, `+5`. Of a version, more follows. */
const NO_NUMBER = /^value-type “[-+0-9.a-zA-Z]+”无法识别，这里应当是一个整数/;

/** What a schema cannot say, or what a YAML parser has made of the text before it is asked. */
const LEFT_TO_THE_PROGRAM = [
  // Two numbers that contradict each other.
  /^value-conflict 不合格 \d+ 批次，多于抽样/,
  // The 29th of February of a year without one, and a moment that does not exist.
  /^value-date “\d{4}-02-29/,
  // A number or boolean where the program keeps what was typed: `-1` as an id, `3` as a term.
  /^notice-id .*“[-+0-9.a-zA-Z]+”/,
  /^value-unknown .*没有“[-+0-9.a-zA-Z]+”这个选项/,
  // Characters that nobody sees.
  /^markdown-char /,
];

/** So many front matters are judged at once: of one fault in all files the program lists a thousand. */
const AT_ONCE = 500;

/** What the program says of the form of each front matter: codes and messages. */
async function judged(t, texts) {
  const said = [];
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    said.push(...(await judgedAtOnce(t, texts.slice(start, start + AT_ONCE))));
  }
  return said;
}

async function judgedAtOnce(t, texts) {
  const site = path.join(await scratch(t), 'site');
  await jingshi('init', site);
  await writeFile(path.join(site, 'site.yaml'), await readFile(path.join(root, 'site.yaml'), 'utf8'));
  const folder = (index) => `content/drafts/D${index}`;
  for (const [index, text] of texts.entries()) {
    await mkdir(path.join(site, folder(index)));
    await writeFile(path.join(site, folder(index), 'index.md'), `---\n${text}---\n\n正文。\n`);
  }
  const said = texts.map(() => []);
  const report = await jingshi.whatever('--site', site, '--now', NOW, '--format', 'json', 'review', 'status', 'content/drafts');
  for (const { severity, code, file, message } of JSON.parse(report).diagnostics) {
    assert.doesNotMatch(message, /没有一一列出/);
    const index = Number(/^content\/drafts\/D(\d+)\/index\.md$/.exec(file ?? '')?.[1] ?? NaN);
    const form = /^(yaml|key|value)-|^(image-alt|markdown-url|markdown-char|file-outside)$/.test(code) || /不合规定|不是编号/.test(message);
    if (severity === 'error' && form) said[index].push(`${code} ${message}`);
  }
  return said;
}

test('a site adds terms, and its schema offers and accepts them', async (t) => {
  const site = await sample(t);
  const file = path.join(site, 'site.yaml');
  const term = '\nvocabularies:\n  hazard:\n    - {name: "中毒(含(误食)*.", slug: poisoning}\n    - {name: 3C缺失, slug: "3"}\n';
  await writeFile(file, (await readFile(file, 'utf8')) + term);
  const own = validator(JSON.parse(await jingshi('--site', site, 'schema')));
  for (const hazard of ['"中毒(含(误食)*."', 'poisoning', '3C缺失', '3', '窒息']) {
    assert.deepEqual(own(good({ 危害: `[${hazard}]` })), {}, hazard);
  }
  assert.ok(own(good({ 危害: '[中毒]' })).error);
  assert.ok(accepts(good({ 危害: '[poisoning]' })).error);
});

test('what init writes brings the editor to help in a notice', async (t) => {
  const site = await sample(t);
  assert.equal(await readFile(path.join(site, '.vscode/jingshi.schema.json'), 'utf8'), await jingshi('--site', site, 'schema'));
  const recommended = JSON.parse(await readFile(path.join(site, '.vscode/extensions.json'), 'utf8'));
  assert.deepEqual(recommended, { recommendations: ['redhat.vscode-yaml'] });
  const settings = JSON.parse(await readFile(path.join(site, '.vscode/settings.json'), 'utf8'));
  const ask = await editor(t, site, settings);
  const live = 'content/notices/2026-005/index.md';
  const text = await readFile(path.join(site, live), 'utf8');

  await t.test('it offers keys in both spellings, and explains them', async () => {
    const labels = (await ask.offers(live, text.replace(/\ntitle: .*/, '\n|'))).map(({ label }) => label);
    for (const key of ['标题', 'title']) assert.ok(labels.includes(key), `${key} in ${labels}`);
    assert.ok(!labels.includes('审签') && !labels.includes('version'), 'what the program writes is not offered');
    const offered = await ask.offers('content/drafts/1/index.md', '---\n标题: |\n---\n');
    assert.deepEqual(offered.filter(({ insertText }) => insertText.includes('${')), [], 'an example is filled in unasked');
    assert.match(await ask.explains(live, text.replace('\nrisk_', '\nrisk|_')), /风险等级（risk\\_level）：高风险、较高风险/);
  });

  await t.test('it offers the terms of the vocabularies', async () => {
    const labels = async (yaml) => (await ask.offers('content/drafts/2/index.md', `---\n${yaml}\n---\n`)).map(({ label }) => label);
    assert.deepEqual(await labels('风险等级: |'), ['高风险', '较高风险', '一般风险', '低风险']);
    assert.deepEqual(await labels('kind: |'), ['风险警示', '消费提示']);
    assert.ok((await labels('危害: [|]')).includes('窒息'));
    assert.ok((await labels('处置措施:\n  - |')).includes('约谈'));
  });

  await t.test('it marks what is wrong, in Chinese, on its line', async () => {
    const marks = async (from, to) => {
      const bad = text.replace(from, to);
      assert.notEqual(bad, text);
      const fence = bad.split('\n').indexOf('---', 1);
      return (await ask.marks(live, bad)).filter(({ line }) => line <= fence).map(({ line, message }) => `${line} ${message}`).sort();
    };
    const line = text.split('\n').findIndex((line) => line.startsWith('risk_level: ')) + 1;
    assert.deepEqual(await marks(/risk_level: .*/, 'risk_level: 极高风险'), [`${line} 请从这些里选：高风险、较高风险、一般风险、低风险`]);
    assert.deepEqual(await marks(/risk_level: .*/, '风险等级: 极高风险'), [`${line} 请从这些里选：高风险、较高风险、一般风险、低风险`]);
    assert.deepEqual(await marks(/risk_level: .*/, 'risk_levle: 高风险'), ['2 缺少“风险等级”（risk_level）', `${line} 没有这个键，或者这里不是一组“键: 值”`]);
    assert.deepEqual(await marks(/risk_level: (.*)/, 'risk_level: $1\n风险等级: $1'), [`${line} “风险等级”和“risk_level”是同一项，只写一处`]);
  });

  await t.test('it marks nothing in the front matter of a sound notice, and stumbles over every body', async () => {
    const files = (await filesOf(path.join(site, 'content'))).filter((file) => file.endsWith('/index.md'));
    for (const file of files) {
      const text = await readFile(path.join(site, 'content', file), 'utf8');
      const fence = text.split('\n').indexOf('---', 1) + 1;
      const marks = await ask.marks(`content/${file}`, text);
      assert.deepEqual(marks.filter(({ line }) => line < fence), [], file);
      // Why the manual has staff switch to YAML for the front matter and back for the body. Where this no longer holds,
      // the language server has learnt Markdown, and the manual can be shortened.
      assert.ok(marks.length > 0, `${file}: the body is no longer marked`);
    }
  });

  await t.test('it marks in a fresh draft what is still to be filled in', async () => {
    const draft = (await jingshi('--site', site, '--now', NOW, 'new', '风险警示', '甲: “乙” #1')).trim();
    const text = await readFile(draft, 'utf8');
    const fence = text.split('\n').indexOf('---', 1);
    const marks = (await ask.marks(path.relative(site, draft), text)).filter(({ line }) => line <= fence);
    const line = (key) => text.split('\n').indexOf(`${key}: ""`) + 1;
    assert.deepEqual(marks, [
      { line: line('摘要'), message: '不能空着，写成一行文字' },
      { line: line('风险等级'), message: '风险警示必须写明风险等级' },
    ]);
  });
});
