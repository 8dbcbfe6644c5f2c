// `--format sarif` is what editors and other checks read: SARIF 2.1.0, by the schema of OASIS, with every finding in it.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { good } from './lib/front-matters.js';
import { jingshi, NOW, root, sample } from './lib/sites.js';

const schema = JSON.parse(await readFile(path.join(root, 'tests/fixtures/sarif/sarif-schema-2.1.0.json'), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false });
const validate = ajv.compile(schema);

/** A site with a draft of this text, and what `check` says of it in a format. */
async function checked(t, text) {
  const site = await sample(t);
  const folder = path.join(site, 'content/drafts/2024-002');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, '情况 1.csv'), '姓名,电话\n甲,13800138001\n');
  await writeFile(path.join(folder, 'index.md'), text);
  const said = (format) => jingshi.whatever('--site', site, '--now', NOW, '--format', format, 'check');
  const [sarif, json] = (await Promise.all([said('sarif'), said('json')])).map((said) => JSON.parse(said));
  return { sarif, json, folder };
}

const exceptions = '\n  - {规则: personal-mobile, 原文: 值班手机, 理由: 单位公开的值班手机}';
const body = '\n正文😀，电话 13800138000。\n\n值班手机 13800138002。\n';
const text = `---\n${good({ 例外: exceptions })}---\n${body}`;

test('a report is valid by the schema of SARIF 2.1.0', async (t) => {
  const { sarif } = await checked(t, text);
  assert.ok(validate(sarif), ajv.errorsText(validate.errors));
  const broken = structuredClone(sarif);
  broken.runs[0].results[0].level = 'fatal';
  assert.ok(!validate(broken), 'the schema refuses nothing');
});

test('every finding is in it, with its rule, and what is excused as suppressed', async (t) => {
  const { sarif, json, folder } = await checked(t, text);
  const [run] = sarif.runs;
  const plain = run.results.filter((result) => !result.suppressions);
  assert.deepEqual(
    plain.map(({ ruleId, level, locations }) => [ruleId, level, locations?.[0].physicalLocation.region?.startLine ?? null]),
    json.diagnostics.map(({ code, severity, line }) => [code, severity, line]),
  );
  const suppressed = run.results.filter((result) => result.suppressions);
  assert.deepEqual(suppressed.map(({ suppressions }) => suppressions[0].justification), ['单位公开的值班手机']);
  for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
  assert.equal(run.invocations[0].exitCode, json.exit_code);

  // Columns count code points: the emoji before the number is one.
  const mobile = plain.find(({ ruleId, locations }) => ruleId === 'personal-mobile' && locations[0].physicalLocation.artifactLocation.uri.endsWith('index.md'));
  const { region, artifactLocation } = mobile.locations[0].physicalLocation;
  const line = (await readFile(path.join(folder, 'index.md'), 'utf8')).split('\n')[region.startLine - 1];
  assert.equal([...line].slice(region.startColumn - 1, region.endColumn - 1).join(''), '13800138000');
  assert.equal(artifactLocation.uri, 'content/drafts/2024-002/index.md');
  assert.ok(plain.some((result) => result.locations?.[0].physicalLocation.artifactLocation.uri.includes('%E6%83%85%E5%86%B5%201.csv')));
});
