// Front matters, right and wrong: what the tests of the program take for either, as text.

const BASE = {
  编号: '2024-002',
  类型: '风险警示',
  标题: '水晶泥',
  摘要: '水晶泥，摘要。',
  风险等级: '高风险',
  人群: '[儿童]',
  危害: '[窒息]',
  应对措施: '\n  - 收好',
};

const text = (entries) => Object.entries(entries).map(([key, value]) => `${key}: ${value}\n`).join('');

/** A good front matter in which some values are others, and keys with the value `null` are not there. */
export const good = (changes = {}) =>
  text(Object.fromEntries(Object.entries({ ...BASE, ...changes }).filter(([, value]) => value !== null)));

/** The same with one key under another name. */
const renamed = (from, to) => text(Object.fromEntries(Object.entries(BASE).map(([key, value]) => [key === from ? to : key, value])));

const ENGLISH = `id: 2024-001
kind: 风险警示
title: yes
summary: 磁力珠，摘要。
risk_level: high
audience: [children]
hazards: [窒息]
actions:
  - 收好
`;

const CHINESE = `编号: 2024-002
类型: 消费提示
标题: 水晶泥：怎么选
摘要: 甲
人群: 儿童
应对措施:
- 看标签：要有中文
`;

/** Every key there is, in the spelling `[english, chinese]` names by its index. */
const whole = (spelling) => {
  const pick = (english, chinese) => [english, chinese][spelling];
  return `${pick('id', '编号')}: 2024-003
${pick('kind', '类型')}: 消费提示
${pick('title', '标题')}: "甲: 乙 #1"
${pick('summary', '摘要')}: >-
  一段
  文字
${pick('category', '产品类别')}: 儿童用品
${pick('products', '产品')}:
  - ${pick('name', '名称')}: 水晶泥
    ${pick('brand', '品牌')}: 0x1F
    ${pick('model', '型号')}: 1.10
    ${pick('batch', '批号')}: 0123
    ${pick('barcode', '条码')}: 6901234567890
    ${pick('maker', '生产者')}: 1e3
    ${pick('sold', '销售渠道')}: 是
${pick('sampling', '抽样')}: {${pick('batches', '批次')}: 20, ${pick('failed', '不合格')}: "3"}
${pick('findings', '检测结果')}: {${pick('file', '文件')}: 表.csv, ${pick('caption', '表题')}: 不合格情况}
${pick('standards', '标准')}: [GB 6675.2-2014, 1]
${pick('sources', '信息来源')}: 其他渠道
${pick('measures', '处置措施')}: [约谈, "下架 "]
${pick('image', '图片')}:
  ${pick('file', '文件')}: 图/一..png
  ${pick('alt', '说明')}: |
    一行
    又一行
${pick('attachments', '附件')}: {${pick('file', '文件')}: .名单.xlsx, ${pick('title', '名称')}: ""}
${pick('related', '相关')}: [2024-001, 2024]
${pick('origin', '来源')}: {${pick('source', '机构')}: 甲局, ${pick('url', '网址')}: "https://a.cn/?b#c", ${pick('date', '日期')}: 2024-02-29}
${pick('publish_at', '发布时间')}: 2024-06-10T08:00:00.5+08:00
${pick('expires', '有效期至')}: 2025-01-01
${pick('review_by', '复核日期')}:
${pick('version', '版本')}: 02
${pick('status', '状态')}: 更正
${pick('change', '变更')}: {${pick('what', '内容')}: 甲, ${pick('why', '原因')}: 乙}
`;
};

/** Right. */
export const GOOD = [
  good(),
  ENGLISH,
  CHINESE,
  whole(0),
  whole(1),
  good({ 编号: '"2024-002 "', 类型: 'risk-warnings', 风险等级: '" 高风险"' }),
  good({ 编号: 2024, 标题: 0x10, 摘要: true }),
  good({ 类型: '消费提示', 风险等级: null, 人群: '', 危害: '[]', 应对措施: '""', 产品: '', 抽样: '~', 有效期至: '""' }),
  good({ 版本: 1, 状态: '现行' }),
  good({ 版本: '', 状态: '', 变更: '{内容: 甲, 原因: 乙}' }),
  good({ 产品: '{名称: 水晶泥}', 发布时间: '2024-06-10 08:00:00Z' }),
];

/** Wrong, each with what a clerk did. */
export const BAD = [
  ['不认识的键', renamed('风险等级', 'risk_levle')],
  ['不认识的中文键', renamed('风险等级', '风险等级别')],
  ['毫不相干的键', good({ 天气: '晴' })],
  ['中英文键各写一次', good({ title: '水晶' })],
  ['中英文键各写一次，一个是空的', good({ kind: '' })],
  ['键写了两次', `${good()}标题: 水晶\n`],
  ['里面的键中英文各写一次', good({ 产品: '[{名称: 水晶泥, name: 水晶}]' })],
  ['缺标题', good({ 标题: null })],
  ['标题是空的', good({ 标题: '' })],
  ['标题是空白', good({ 标题: '"　 "' })],
  ['标题有两行', good({ 标题: '"甲\\n乙"' })],
  ['标题写成列表', good({ 标题: '[水晶泥]' })],
  ['标题写成键值', good({ 标题: '{名称: 水晶泥}' })],
  ['文字里有半角冒号', good({ 标题: '风险警示: 水晶泥' })],
  ['以方括号开头', good({ 标题: '[警示]水晶泥' })],
  ['缺编号', good({ 编号: null })],
  ['编号是汉字', good({ 编号: '二号' })],
  ['编号太长', good({ 编号: 'a'.repeat(41) })],
  ['编号以连字符开头', good({ 编号: '"-1"' })],
  ['缺类型', good({ 类型: null })],
  ['风险警示缺等级', good({ 风险等级: null })],
  ['风险警示的等级是空的', good({ 风险等级: '' })],
  ['用代码写的类型缺等级', good({ 类型: 'risk-warnings', 风险等级: null })],
  ['没有这个等级', good({ 风险等级: '极高风险' })],
  ['没有这个类型', good({ 类型: '风险提示' })],
  ['没有这种危害', good({ 危害: '[窒息, 爆裂]' })],
  ['危害里有空的', good({ 危害: '[窒息, ""]' })],
  ['一种危害，没有这种', good({ 危害: '爆裂' })],
  ['危害里有列表', good({ 危害: '[[窒息]]' })],
  ['没有这个类别', good({ 产品类别: '移动电原' })],
  ['汉字日期', good({ 有效期至: '2024年4月22日' })],
  ['不补零的日期', good({ 有效期至: '2024-4-22' })],
  ['带空格的日期', good({ 有效期至: '"2024- 4-22"' })],
  ['斜杠日期', good({ 复核日期: '2024/4/22' })],
  ['没有这一天', good({ 有效期至: '2024-02-30' })],
  ['没有这一天（小月）', good({ 有效期至: '2024-04-31' })],
  ['日期是数字', good({ 有效期至: '20240422' })],
  ['时间缺时区', good({ 发布时间: '2024-06-10 08:00' })],
  ['时间是汉字', good({ 发布时间: '2024年6月10日8时' })],
  ['时间只有日期', good({ 发布时间: '2024-06-10' })],
  ['数字写成汉字', good({ 抽样: '{批次: 二十, 不合格: 3}' })],
  ['数字是负的', good({ 抽样: '{批次: 20, 不合格: -3}' })],
  ['数字有小数', good({ 抽样: '{批次: 20.5, 不合格: 3}' })],
  ['数字太大', good({ 抽样: '{批次: 4294967296, 不合格: 3}' })],
  ['抽样缺一半', good({ 抽样: '{批次: 3}' })],
  ['抽样有一半是空的', good({ 抽样: '{批次: 3, 不合格: }' })],
  ['抽样写成一句话', good({ 抽样: '抽了三批' })],
  ['抽样写成列表', good({ 抽样: '[{批次: 3, 不合格: 1}]' })],
  ['抽样是空的一组', good({ 抽样: '{}' })],
  ['产品没有名称', good({ 产品: '\n  - 品牌: 某牌' })],
  ['产品里不认识的键', good({ 产品: '\n  - {名称: 水晶泥, 牌子: 某牌}' })],
  ['产品写成了一段话', good({ 产品: '水晶泥' })],
  ['产品的一项写成了一段话', good({ 产品: '[水晶泥]' })],
  ['产品的一项是空的', good({ 产品: '[{名称: 水晶泥}, ]\n附件: [~]' })],
  ['型号写成列表', good({ 产品: '[{名称: 水晶泥, 型号: [甲, 乙]}]' })],
  ['型号有两行', good({ 产品: '[{名称: 水晶泥, 型号: "甲\\n乙"}]' })],
  ['第一版就写更正', good({ 状态: '更正' })],
  ['第一版写了撤销', good({ 版本: 1, status: '撤销' })],
  ['第二版没有说明', good({ 版本: 2, 状态: '更正' })],
  ['第二版的说明是空的', good({ 版本: 2, 状态: '更正', 变更: '' })],
  ['第二版仍写现行', good({ 版本: 2, 状态: '现行', 变更: '{内容: 甲, 原因: 乙}' })],
  ['第二版没有状态', good({ version: '"2"', 变更: '{内容: 甲, 原因: 乙}' })],
  ['说明写了一半', good({ 版本: 2, 状态: '更正', 变更: '{内容: 甲}' })],
  ['第一版的说明写了一半', good({ 变更: '{内容: 甲}' })],
  ['说明写成一句话', good({ 版本: 2, 状态: '更正', 变更: '改了措施' })],
  ['没有这个状态', good({ 状态: '作废' })],
  ['版本是零', good({ 版本: 0 })],
  ['版本是引号里的零', good({ 版本: '"00"' })],
  ['版本不是数', good({ 版本: '第一版' })],
  ['转载没有日期', good({ 来源: '{机构: 某机构}' })],
  ['转载没有机构', good({ 来源: '{日期: 2024-01-01}' })],
  ['转载网址不对', good({ 来源: '{机构: 某机构, 网址: www.example.gov.cn, 日期: 2024-01-01}' })],
  ['相关的不是编号', good({ 相关: '[水晶泥那条]' })],
  ['题图没有说明', good({ 图片: '{文件: 图.png}' })],
  ['题图在别处', good({ 图片: '{文件: ../2024-001/图.png, 说明: 一个点}' })],
  ['题图是绝对路径', good({ 图片: '{文件: /etc/passwd, 说明: 一个点}' })],
  ['题图是 Windows 路径', good({ 图片: '{文件: "C:\\\\图.png", 说明: 一个点}' })],
  ['题图的路径有空的一段', good({ 图片: '{文件: a//图.png, 说明: 一个点}' })],
  ['附件没有文件', good({ 附件: '[{名称: 名单}]' })],
  ['表没有题目', good({ 检测结果: '{文件: 表.csv}' })],
  ['锚点和别名', `${good({ 人群: '&甲 [儿童]' })}hazards2: *甲\n`],
  ['方括号没有成对', good({ 人群: '[儿童' })],
  ['全角方括号', good({ 人群: '【儿童】' })],
  ['顿号分隔', good({ 人群: '[儿童、老年人]' })],
];
