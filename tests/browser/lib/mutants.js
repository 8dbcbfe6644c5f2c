// Good front matters changed at random: keys dropped, renamed, doubled, values of other forms. The same seed, the same texts.

/** Values as they are typed: each may stand anywhere. */
const VALUES = [
  '', '""', '"  "', '~', 'null', '[]', '{}', '[~]', '[""]', '甲', '"甲\\n乙"', '"甲\\n"', '" 甲 "', '[甲, 乙]', '{甲: 乙}', '[[甲]]', '[{甲: 乙}]',
  'true', 'TRUE', 'Null', 'NULL', 'y', '.nan', '.inf', '-.INF', '0b1', '1:30', '12e03', '"\\u0085甲"', '"\\u2028"', 'yes', '是', 'off', '0', '1', '2', '3', '02', '0123', '"2"', '" 2 "', '"0"', '-1', '+5', '1.0', '1.5', '1e3', '0x1F', '0o17', '4294967295',
  '4294967296', '.5', '6901234567890', '1_000', '2024', '2024-017', '"2024-017 "', '-2024', '2024_017', 'a b', '[2024-001, 2024-002]', '[2024-001, 甲]',
  '2024-04-22', '2024-4-22', '2024-02-29', '2023-02-29', '2024-02-30', '2024-13-01', '2024-04-31', '1899-12-31', '"2024-04-22 "', '2024/4/22', '+2024-4-22',
  '20240422', '2024-06-10T08:00:00+08:00', '2024-06-10 08:00:00Z', '2024-06-10t08:00:00.25z', '2024-06-10T08:00+08:00', '2024-06-10T24:00:00Z',
  '2024-06-10T08:00:60Z', '1969-01-01T00:00:00Z', '高风险', 'high', '" 低风险 "', '高 风险', '[高风险]', '风险警示', 'risk-warnings', '消费提示', 'consumer-tips',
  '儿童', '[儿童, children]', '[儿童, 小孩]', '[儿童, ~]', '窒息', '[fire, 火灾]', '移动电源', 'power-banks', '约谈', '[下架]', '现行', '更正', '撤销', '" 更正"', '作废',
  '图.png', 'a/b.png', '../a.png', '/a.png', 'a//b', './a', 'a/..', '..a', '.a', 'a..b/.c', '"a\\\\b"', '"a:b"', '文 件.csv', 'https://a.cn', 'http://', 'www.a.cn',
  'ftp://a.cn', 'HTTPS://a.cn', '{内容: 甲, 原因: 乙}', '{what: 甲, why: ""}', '{批次: 3, 不合格: 1}', '{batches: 1, failed: 3}', '{文件: a.csv, 表题: 甲}',
  '{file: a.png, alt: "甲\\n乙"}', '{机构: 甲, 日期: 2024-01-01}', '[{名称: 甲}]', '{name: 甲}', '[{名称: 甲, name: 乙}]', '[{文件: a.pdf}]',
];

/** A front matter as keys and values; nested ones are maps or lists of maps. Both spellings of each key. */
const WHOLE = [
  [['id', '编号'], '2024-002'],
  [['kind', '类型'], '风险警示'],
  [['title', '标题'], '水晶泥'],
  [['summary', '摘要'], '甲。'],
  [['risk_level', '风险等级'], '高风险'],
  [['category', '产品类别'], '水晶泥'],
  [['audience', '人群'], '[儿童]'],
  [['hazards', '危害'], '[窒息]'],
  [['products', '产品'], [[[['name', '名称'], '甲'], [['brand', '品牌'], '乙'], [['model', '型号'], '丙'], [['batch', '批号'], '0123'], [['barcode', '条码'], '69'], [['maker', '生产者'], '丁'], [['sold', '销售渠道'], '戊']]]],
  [['sampling', '抽样'], [[['batches', '批次'], '20'], [['failed', '不合格'], '3']]],
  [['findings', '检测结果'], [[['file', '文件'], 'a.csv'], [['caption', '表题'], '甲']]],
  [['actions', '应对措施'], '[收好]'],
  [['standards', '标准'], '[GB 6675.2-2014]'],
  [['sources', '信息来源'], '[其他渠道]'],
  [['measures', '处置措施'], '[约谈]'],
  [['image', '图片'], [[['file', '文件'], 'a.png'], [['alt', '说明'], '甲']]],
  [['attachments', '附件'], [[[['file', '文件'], 'a.pdf'], [['title', '名称'], '甲']]]],
  [['related', '相关'], '[2024-001]'],
  [['origin', '来源'], [[['source', '机构'], '甲'], [['url', '网址'], 'https://a.cn'], [['date', '日期'], '2024-01-01']]],
  [['publish_at', '发布时间'], '2024-06-10T08:00:00+08:00'],
  [['expires', '有效期至'], '2024-12-31'],
  [['review_by', '复核日期'], '2024-12-01'],
  [['version', '版本'], '2'],
  [['status', '状态'], '更正'],
  [['change', '变更'], [[['what', '内容'], '甲'], [['why', '原因'], '乙']]],
];
const NEEDED = new Set(['id', 'kind', 'title', 'summary', 'risk_level']);
const FIRST = new Set(['version', 'status', 'change']);

const isMap = (value) => Array.isArray(value) && Array.isArray(value[0]?.[0]) && typeof value[0][0][0] === 'string';

/** `count` texts. */
export function mutants(seed, count) {
  const random = generator(seed);
  const below = (limit) => Math.floor(random() * limit);
  const pick = (items) => items[below(items.length)];
  return Array.from({ length: count }, () => {
    const second = below(2) === 1;
    const kept = WHOLE.filter(([[name]]) => NEEDED.has(name) || (FIRST.has(name) ? second : below(2) === 1));
    const entries = spelled(kept, () => below(2));
    for (let changes = below(3); changes > 0; changes -= 1) change(entries, { below, pick });
    return entries.map(([key, value]) => `${key}: ${written(value)}\n`).join('');
  });
}

/** The tree with one spelling for each key, to be changed. */
const spelled = (entries, spelling) =>
  entries.map(([names, value]) => {
    const inner = isMap(value) ? spelled(value, spelling) : Array.isArray(value) ? value.map((item) => spelled(item, spelling)) : value;
    return [names[spelling()], inner, names];
  });

function change(entries, { below, pick }) {
  const [key, value, names] = pick(entries) ?? [];
  if (key === undefined) return;
  const at = entries.findIndex(([other]) => other === key);
  const nested = Array.isArray(value) ? (typeof value[0]?.[0] === 'string' ? value : value[0]) : undefined;
  if (nested?.length && below(3) > 0) change(nested, { below, pick });
  else if (below(5) === 0) entries.splice(at, 1);
  else if (below(6) === 0) entries[at] = [pick([`${key}x`, key.slice(1) || 'x', ...names]), value, names];
  else if (below(6) === 0) entries.push([pick(names), pick([pick(VALUES), typeof value === 'string' ? value : '']), names]);
  else entries[at] = [key, pick(VALUES), names];
}

function written(value) {
  if (typeof value === 'string') return value;
  if (value.length === 0) return '{}';
  if (typeof value[0][0] === 'string') return `{${value.map(([key, inner]) => `${key}: ${written(inner)}`).join(', ')}}`;
  return `[${value.map(written).join(', ')}]`;
}

/** mulberry32 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
