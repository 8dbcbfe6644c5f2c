// What the page of a notice says, compared with its record in the open data: every word of either must be in the other.

/** An address as it stands at the head of its page. */
export const straight = (address) => (/^https?:/.test(address) ? new URL(address).href.replace(/\/index\.html(?=$|#)/, '/') : address);

/** What a page shows: texts of its notice, addresses, times, pictures. Runs in the page. */
export function shownOn() {
  const kept = document.querySelector('.document').cloneNode(true);
  // What is the same on every notice, and what other notices say of themselves.
  const elsewhere = '.tools, .poster, .hotline, .scan, .watermark, .skip-table, .more, svg, .sr, [aria-hidden]';
  for (const node of kept.querySelectorAll(`${elsewhere}, .related .entry-tags, .related .entry-summary`)) node.remove();
  const prose = kept.querySelector('.prose');
  const absolute = (address) => new URL(address, document.querySelector('link[rel=canonical]').href).href;
  const addresses = (node) =>
    [...node.querySelectorAll('a[href], img[src]')].map((each) => absolute(each.getAttribute('href') ?? each.getAttribute('src')));
  const found = {
    prose: prose?.textContent.replace(/\s+/g, '') ?? '',
    proseAddresses: prose ? addresses(prose) : [],
    times: [...kept.querySelectorAll('time')].map((time) => time.dateTime),
    pictures: [...kept.querySelectorAll('.picture img')].map(({ alt, attributes }) => [alt, attributes.width.value, attributes.height.value]),
    texts: [],
  };
  prose?.remove();
  found.addresses = addresses(kept);
  const walker = document.createTreeWalker(kept, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replace(/\s+/g, ' ').trim();
    if (text) found.texts.push(text);
  }
  return found;
}

/** The text and the addresses of a piece of HTML. Runs in the page. */
export function readHtml(html) {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  const addresses = [...body.querySelectorAll('a[href], img[src]')].map((each) => each.getAttribute('href') ?? each.getAttribute('src'));
  return { text: body.textContent.replace(/\s+/g, ''), addresses };
}

/** Words of the page that are the same for every notice. */
const LABELS = new Set(
  `要做什么 是不是我的产品 查到了什么 正在采取的措施 依据和来源 标准 信息来源 监测完成日期 附件 更正与版本 各版本 相关警示和提示
  风险等级 产品类别 涉及人群 危害 首次发布 首次发布： 审签 永久地址 为什么撤销 撤销内容 撤销原因 原标题 本页 改了什么： 为什么改：
  发布时间： 来源： 已撤销 已过期 涉及的产品 产品名称 品牌 型号 批号 条码 生产者 销售渠道 共抽检 批次，其中 批次不合格。 批次，未发现不合格。
  `.split(/\s+/),
);

const NONE_FAILED = '批次，未发现不合格。';

/** Sentences of the page around what the record says. */
const SENTENCES = [
  /^编号：(.+)$/,
  /^版本：第 (\d+) 版$/,
  /^发布机构：(.+)$/,
  /^有效期至：(.+)$/,
  /^来源：(.+?)，原发布日期 (.+)$/,
  /^，原发布日期 (.+)$/,
  /^【已(?:过期|撤销)】(.+)$/,
  /^请对照产品本身、铭牌和包装上的信息。只要有一行全部对得上，就是本(.+)所指的产品；拿不准的，先停用，再询问销售者或本局。$/,
  /^：共 (\d+) 级，由重到轻第 (\d+) 级$/,
  /^第 (\d+) 版 · (.+)$/,
  /^查看第 (\d+) 版$/,
  /^本信息的有效期到(.+)为止，内容可能不再适用。$/,
  /^本信息转载自(.+)（(.+)发布）。$/,
  /^本(.+)已于$/,
  /^由(.+)撤销，请勿再引用或转发。$/,
  /^([A-Z0-9]+)，(.+)$/,
];

/** Of a record rather than of a notice, or a word of the page in another form. */
const NOT_SHOWN = /^(inLanguage|creativeWorkStatus|license\..*|.*\.termCode)$/;

const day = (text) => text.replace(/^(\d+)-0?(\d+)-0?(\d+).*$/s, '$1年$2月$3日');
const minute = (text) => `${day(text)} ${text.slice(11, 16)}`;
const isDay = (value) => /^\d{4}-\d\d-\d\d$/.test(value);
const isMoment = (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(value);

/** The leaves of a record: path and value as text. */
export function leavesOf(value, path = '') {
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, `${path}[]`));
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([name, each]) => leavesOf(each, path ? `${path}.${name}` : name));
  return [[path, String(value)]];
}

const squeezed = (text) => text.replace(/\s+/g, ' ').trim();

/** What the page says and the record does not, and the reverse. `body` is `readHtml` of the record's body. */
export function differences(page, record, body) {
  const faults = [];
  const leaves = leavesOf(record).map(([path, value]) => [path, squeezed(value)]).filter(([path, value]) => value !== '' && path !== 'articleBody');
  const known = new Map();
  for (const [, value] of leaves) {
    for (const form of [value, ...(value.startsWith('http') ? [straight(value)] : []), ...(isDay(value) ? [day(value)] : []), ...(isMoment(value) ? [day(value), minute(value)] : [])]) {
      known.set(form, [...(known.get(form) ?? []), value]);
    }
  }
  const addresses = page.addresses.map(straight);
  const said = new Set([...page.pictures.flat().map(squeezed)]);
  const hear = (text) => known.get(text)?.forEach((value) => said.add(value));
  for (const each of [...addresses, ...page.times]) {
    if (!known.has(each)) faults.push(`only on the page: ${each}`);
    hear(each);
  }
  for (const text of page.texts) {
    const parts = SENTENCES.map((sentence) => sentence.exec(text)?.slice(1)).find((found) => found?.every((part) => known.has(part)));
    if (!LABELS.has(text) && !known.has(text) && !parts) faults.push(`only on the page: ${text}`);
    [text, ...(parts ?? []), ...(text === NONE_FAILED ? ['0'] : [])].forEach(hear);
  }
  for (const [path, value] of leaves) {
    const first = path === 'version' && value === '1';
    if (!said.has(value) && !first && !NOT_SHOWN.test(path)) faults.push(`only in the data: ${path}: ${value}`);
  }
  if (page.prose !== body.text) faults.push('the text is another');
  if (page.proseAddresses.map(straight).join(' ') !== body.addresses.map(straight).join(' ')) faults.push('the addresses in the text are others');
  for (const [alt, width, height] of page.pictures) {
    const { caption = '', width: w, height: h } = record.image ?? {};
    if (alt !== caption || width !== String(w) || height !== String(h)) faults.push(`the picture is another: ${alt}`);
  }
  return faults;
}
