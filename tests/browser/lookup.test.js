// 查我的产品, as its readers use it: typed, scanned, by keyboard, from disk and from a server, and where it cannot work.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { accessibilityFaults, open, watched } from './lib/browser.js';
import { host } from './lib/server.js';
import { build, fullSite, root, scratch } from './lib/sites.js';

const PHONE = { width: 360, height: 740 };
const MOST = 30 * 1024;
const table = async (name) => JSON.parse(await readFile(path.join(root, 'tests/fixtures/lookup', name), 'utf8'));

let browser;
let folder;
let server;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
  server = await host(t, '/a/');
  server.folder = folder;
});

const onDisk = () => pathToFileURL(path.join(folder, 'lookup/index.html')).href;
const onServer = () => `${server.address}lookup/`;

async function visit(t, address, options = {}) {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  t.after(() => context.close());
  const record = await watched(context);
  await record.page.goto(address);
  return record;
}

/** The answer, once it is there. */
async function answered(page) {
  await page.locator('#lookup-headline').filter({ hasText: /^(?!正在查)./ }).waitFor();
  const texts = (selector) => page.locator(selector).allInnerTexts();
  return {
    headline: await page.locator('#lookup-headline').innerText(),
    titles: await texts('.lookup-title'),
    marked: await texts('.lookup-hit:first-child .lookup-product:first-of-type .lookup-mark'),
    body: await page.locator('#lookup-body').innerText(),
  };
}

async function ask(page, text) {
  await page.fill('#lookup-text', text);
  await page.press('#lookup-text', 'Enter');
  return answered(page);
}

test('the browser reads names, models and batches as the program does', async (t) => {
  const { page } = await visit(t, onDisk());
  const forms = await table('forms.json');
  const own = await page.evaluate((texts) => texts.map((text) => window.jingshiLookup.form.normal(text)), forms.map(([text]) => text));
  assert.deepEqual(forms.map(([text], index) => [text, own[index]]), forms);
  const hashes = await table('hashes.json');
  const found = await page.evaluate((keys) => keys.map((key) => window.jingshiLookup.form.shard(key, 2 ** 31)), hashes.map(([key]) => key));
  assert.deepEqual(hashes.map(([key], index) => [key, found[index]]), hashes);
});

for (const [place, address] of [['from disk', onDisk], ['from a server', onServer]]) {
  test(`a product is found ${place} by keyboard alone`, async (t) => {
    const { page, said, asked } = await visit(t, address());
    await page.keyboard.press('Tab');
    for (let stops = 0; (await page.evaluate(() => document.activeElement.id)) !== 'lookup-text'; stops += 1) {
      assert.ok(stops < 20, 'the field is reached');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('品牌甲 x－1');
    await page.keyboard.press('Enter');
    const { headline, titles, marked } = await answered(page);
    assert.equal(headline, '查到 4 条与您输入相符的警示');
    assert.equal(titles.length, 4);
    assert.deepEqual(marked, ['品牌甲', 'X-1']);
    assert.equal(new URL(page.url()).searchParams.get('q'), '品牌甲 x－1');

    // The first step is one more away: what to do.
    for (let stops = 0; !(await page.evaluate(() => document.activeElement.matches('.lookup-go'))); stops += 1) {
      assert.ok(stops < 5, 'the way to what to do is reached');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.locator('#actions').waitFor();
    assert.match(page.url(), /\/n\/2026-803\/(?:index\.html)?#actions$/);
    await page.goBack();
    assert.equal((await answered(page)).headline, headline);
    assert.deepEqual(said, []);
    const base = address === onDisk ? pathToFileURL(`${folder}/`).href : server.address;
    assert.deepEqual(asked.filter((each) => !each.startsWith(base)), []);
  });
}

test('whatever is printed on a product finds its notice', async (t) => {
  const { page } = await visit(t, onDisk());
  const names = (await readdir(path.join(folder, 'lookup/n'))).filter((name) => !/\.\d+\.js$/.test(name));
  const products = [];
  for (const name of names) {
    const text = await readFile(path.join(folder, 'lookup/n', name), 'utf8');
    const card = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf(')')));
    for (const product of card.products) products.push({ id: name.replace(/\.js$/, ''), product });
  }
  assert.ok(products.length > 40);
  const missed = await page.evaluate(async (all) => {
    const wide = (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const faults = [];
    for (const { id, product } of all) {
      const [name, brand, model, batch, barcode, maker] = product;
      const texts = [brand && model && `${brand} ${model}`, brand && model && `${model} ${brand}`, brand && model && brand + model, brand && `${brand} ${name}`,
        brand && model && batch && `${name} ${brand} ${model} ${batch}`, model && `型号：${wide(model)}`, batch && `批号 ${batch.toLowerCase()}`, barcode && `条码${barcode}`, maker && model && `${maker} ${model}`];
      for (const text of texts.filter(Boolean)) {
        const { full } = await window.jingshiLookup.find(text);
        if (!full.some((notice) => notice.id === id)) faults.push(`${id}: ${text}`);
      }
    }
    return faults;
  }, products);
  assert.deepEqual(missed, []);
});

test('batches in the notation of the package, dates and glued words are understood', async (t) => {
  const { page } = await visit(t, onDisk());
  for (const text of ['C14-P7', '批号：Ｃ１４－Ｐ６／Ｐ７', 'c14p6/p7', 'M14-P6/P7', '品牌甲X-1批号C14-P6', 'LOT: C14-P6']) {
    const { full } = await page.evaluate((typed) => window.jingshiLookup.find(typed).then(({ full }) => ({ full: full.map(({ id }) => id) })), text);
    assert.ok(full.includes('2026-004') && full.includes('2024-003'), `${text}: ${full}`);
  }
  // The notice has L02-01/02/03: this notation is in no file.
  assert.equal((await ask(page, 'L02-02/03')).headline, '查到 1 条与您输入相符的警示');
});

test('bar codes of any length are one, others of the product are only near', async (t) => {
  const { page } = await visit(t, onDisk());
  for (const text of ['2130000010919', '02130000010919', '２１３ 0000-010919', '条码：2130000010919']) {
    assert.equal((await ask(page, text)).headline, '查到 1 条与您输入相符的警示', text);
  }
  const carton = await ask(page, '12130000010916');
  assert.match(carton.headline, /^没有查到完全相符的，有 1 条相近$/);
  assert.match(carton.body, /未查到不等于安全.*另一种包装/s);
  const mistyped = await ask(page, '2130000010918');
  assert.match(mistyped.body, /可能输错了一位.*最后一位不同/s);
  assert.match((await ask(page, '21300000109')).body, /这里是 11 位/);
  for (const text of ['20240315', '2024.3.15']) assert.ok(!/条码/.test((await ask(page, text)).body.replace(/再查.*/, '')), text);
});

test('nothing found is no all-clear', async (t) => {
  const { page } = await visit(t, onDisk());
  const { headline, titles, body } = await ask(page, '没有这个牌子 QQ-7788');
  assert.equal(headline, '没有查到');
  assert.deepEqual(titles, []);
  assert.match(body, /未查到不等于安全.*停用.*12315/s);
  assert.equal(await page.locator('#lookup-body a[href="tel:12315"]').count(), 1);
  const part = await ask(page, '品牌甲 QQ-7788');
  assert.match(part.headline, /^没有查到完全相符的，有 \d+ 条相近$/);
  assert.match(part.body, /未查到不等于安全.*没有对上的：QQ-7788/s);
  assert.ok(!part.body.includes('先做这件事'), 'what is only near is compared first');
  assert.match(await page.locator('.lookup-go').first().getAttribute('href'), /#products$/);
  assert.equal((await ask(page, '  ')).headline, '请先输入品牌、型号、批号或条码');
  for (const text of ['甲', '批号', '？？']) {
    const answer = await ask(page, text);
    assert.equal(answer.headline, '请再多输几个字');
    assert.match(answer.body, /^请写出型号、批号或条码本身/);
  }
});

test('the beginning of a batch leads on', async (t) => {
  const { page } = await visit(t, onDisk());
  assert.match((await ask(page, 'c14-p')).body, /您是不是要查/);
  await page.locator('.lookup-offer', { hasText: /^C14-P7$/ }).click();
  assert.match((await answered(page)).headline, /^查到 2 条/);
  assert.equal(await page.inputValue('#lookup-text'), 'C14-P7');
  await page.goBack();
  assert.match((await answered(page)).body, /您是不是要查/);
});

test('what no longer holds is found and said to be so', async (t) => {
  const card = await readFile(path.join(folder, 'lookup/n/2026-004.js'), 'utf8');
  for (const [tone, label, said] of [['withdrawn', '已撤销', '已撤销，不再有效'], ['expired', '已过期', '已过有效期']]) {
    const { page } = await visit(t, 'about:blank');
    const body = card.replace('"marks":[]', `"marks":[["${tone}","${label}"]]`);
    await page.route(/\/lookup\/n\/2026-004\.js/, (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await page.goto(`${onServer()}?q=2130000010919`);
    const answer = await answered(page);
    assert.equal(answer.headline, '查到 1 条与您输入相符的警示，但已不再有效');
    assert.ok(answer.body.includes(said) && !answer.body.includes('要做什么'), answer.body);
    assert.match(answer.body, /未查到不等于安全.*12315/s);
    assert.equal(await page.locator('.lookup-go').getAttribute('href'), '../n/2026-004/index.html');
  }
});

test('what is typed stays text', async (t) => {
  const { page, said } = await visit(t, onDisk());
  for (const text of ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', "品牌甲 <b onclick='x'>", 'javascript:alert(1)', '__proto__', 'constructor hasOwnProperty']) {
    await ask(page, text);
    await page.goto(`${onDisk()}?q=${encodeURIComponent(text)}`);
    await answered(page);
    assert.equal(await page.locator('#lookup-answer :is(img, script, b, [onclick])').count(), 0, text);
    const hrefs = await page.locator('#lookup-answer a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.ok(hrefs.every((href) => /^(?:\.\.\/n\/|tel:12315$|\?q=|\.\.\/search\/)/.test(href)), `${hrefs}`);
  }
  assert.deepEqual(said, []);
});

test('every answer fits the screen and is accessible', async (t) => {
  const faults = [];
  for (const colorScheme of ['light', 'dark']) {
    const { page, said } = await visit(t, onDisk(), { colorScheme });
    for (const text of ['', '品牌甲 X-1', '品牌甲 QQ-7788', 'C14-P', '2130000010918', 'Ω'.repeat(200), 'MODEL/WITH/MANY/SLASHES/AND-NO-SPACES-AT-ALL-0001']) {
      if (text !== '') await ask(page, text);
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) faults.push(`${text}, ${width}: ${wide} too wide`);
      }
      await page.setViewportSize(PHONE);
      faults.push(...(await accessibilityFaults(page)).map((fault) => `${text}, ${colorScheme}: ${fault}`));
      const low = await page.locator('main :is(button, input:not(.sr), .lookup-go, .lookup-offer)').evaluateAll((all) =>
        all.filter((each) => each.getClientRects().length > 0 && each.getBoundingClientRect().height < 44).map((each) => each.outerHTML));
      faults.push(...low.map((each) => `${text}: low ${each}`));
    }
    faults.push(...said);
  }
  assert.deepEqual(faults, []);
});

test('a question costs little', async (t) => {
  for (const text of ['品牌甲', '品牌甲 X-1', '品牌甲 移动电源 X-1', '没有 这样 东西', '2130000010919']) {
    const { page, asked } = await visit(t, `${onDisk()}?q=${encodeURIComponent(text)}`);
    await answered(page);
    const own = asked.map((address) => fileURLToPath(address.split('?')[0])).filter((file) => /\/lookup[/-]|\/lookup\./.test(file));
    const sizes = await Promise.all(own.map(async (file) => gzipSync(await readFile(file)).length));
    const sum = sizes.reduce((total, size) => total + size, 0);
    assert.ok(own.length > 4 && sum <= MOST, `${text}: ${sum} bytes in ${own.length} files`);
  }
});

test('without scripts the page says what to do instead', async (t) => {
  const { page } = await visit(t, onDisk(), { javaScriptEnabled: false });
  await page.locator('#lookup-off').filter({ visible: true }).waitFor();
  assert.match(await page.locator('main').innerText(), /没有运行脚本.*12315.*按产品查/s);
  assert.ok(!(await page.locator('#lookup-form').isVisible()));
});

test('a script that does not come or does not run is explained', async (t) => {
  for (const name of ['lookup-form', 'lookup', 'lookup-answer']) {
    const { page } = await visit(t, 'about:blank');
    await page.route(new RegExp(`/${name}\\.[0-9a-f]+\\.js`), (route) => route.fulfill({ contentType: 'text/javascript', body: 'const = ;' }));
    await page.goto(onServer());
    await page.locator('#lookup-off').filter({ visible: true }).waitFor();
    assert.ok(!(await page.locator('#lookup-form').isVisible()), name);
  }
  const { page } = await visit(t, onServer());
  await page.waitForTimeout(2500);
  assert.ok(!(await page.locator('#lookup-off').isVisible()), 'where it runs, nothing is explained');
});

/** Notices as the files have them: id, mark or '', products. Values: what stands under keys; every file has all. */
async function stocked(t, notices, values) {
  const { page } = await visit(t, 'about:blank');
  const shards = /data-shards="(\d+)"/.exec(await readFile(path.join(folder, 'lookup/index.html'), 'utf8'))[1];
  await page.route(/\/lookup\/[kn]\//, (route) => {
    const [, name] = /\/lookup\/(.*)\.js\?v=[0-9a-f]{12}$/.exec(route.request().url());
    const [, mark, products] = notices.find(([id]) => `n/${id}` === name) || [];
    const card = { href: 'index.html', title: name, kind: ['risk-warnings', '风险警示'], level: [2, '较高风险'], published: ['2026-01-02T09:00:00+08:00', '2026年1月2日'], marks: mark ? [[mark, '已过期']] : [], action: '停用', products };
    const body = name.startsWith('k/') ? `jingshiLookup.take("${name}/${shards}",${JSON.stringify(values)});` : `jingshiLookup.take("${name}",${JSON.stringify(card)});`;
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto(onServer());
  return page;
}

const numbers = (count, make) => Array.from({ length: count }, (_, index) => make(index + 1));

test('what is live is never called over, and comes first', async (t) => {
  const over = numbers(6, (number) => [`T${number}`, 'expired', [['充电宝', '甲', 'X-9', 'KD-2405']]]);
  const live = ['T7', '', [['充电宝', '乙', 'KD-2405']]];
  const values = { KD2405: ['T7/m0', ...over.map(([id]) => `!${id}/l0`)].join(' ') };
  const answer = await ask(await stocked(t, [...over, live], values), 'KD-2405');
  assert.equal(answer.headline, '查到 7 条与您输入相符的警示');
  assert.equal(answer.titles[0], 'n/T7');
  assert.ok(!answer.body.includes('未查到不等于安全'));
  const all = await ask(await stocked(t, [...over, ['T7', 'expired', live[2]]], { KD2405: values.KD2405.replace('T7', '!T7') }), 'KD-2405');
  assert.equal(all.headline, '查到 7 条与您输入相符的警示，但已不再有效');
});

test('a bar code is compared in every notice, and in every file of one', async (t) => {
  const live = numbers(8, (number) => [`T${number}`, '', [['充电宝', '甲', `X-${number}`, '', '6901234567892']]]);
  const page = await stocked(t, live, { '#690123456789': live.map(([id]) => `${id}/g0`).join(' ') });
  assert.equal((await ask(page, '6901234567899')).headline, '没有查到完全相符的，有 8 条相近');
  assert.equal((await ask(page, '6901234567892')).headline, '查到 8 条与您输入相符的警示');
  const rows = [['T1', '', [['充电宝', '甲', 'X-1', '', '6901234567899']]], ['T1.1', '', [['充电宝', '甲', 'X-2', '', '6901234567892']]]];
  assert.equal((await ask(await stocked(t, rows, { '#690123456789': 'T1/g0.20' }), '6901234567892')).headline, '查到 1 条与您输入相符的警示');
});

test('a notice without batches may mean any batch', async (t) => {
  const silent = numbers(8, (number) => [`T${number}`, '', [['充电宝', '甲牌', 'QX-1']]]);
  const others = [['T9', '', [['充电宝', '甲牌', 'QX-1', 'C14']]], ['TA', 'expired', [['充电宝', '甲牌', 'QX-1', '20240301']]]];
  const values = { QX1: [...silent, others[0]].map(([id]) => `${id}/m0`).join(' '), 甲牌: 'T1/b0' };
  const page = await stocked(t, [...silent, ...others], values);
  for (const text of ['QX-1 20240301', 'QX-1 批号：K07']) {
    const { headline, titles, body } = await ask(page, text);
    assert.equal(headline, '查到 8 条可能包括您的产品的警示', text);
    assert.equal(titles.length, 6);
    assert.match(body, /没有写批号，您的产品也可能在内，请先停用再核对.*先做这件事/s);
    assert.ok(!/没有查到|没有对上的/.test(body));
  }
  // Another model, another brand, a bar code: none of these is a batch that the notice leaves open.
  for (const text of ['甲牌 QX-2', 'QX-1 某某牌', 'QX-1 6901234567892']) assert.match((await ask(page, text)).headline, /^没有查到完全相符的/, text);
  const both = await stocked(t, [...silent, ...others], { ...values, QX1: 'T1/m0 !TA/m0', 20240301: '!TA/l0' });
  const { headline, titles } = await ask(both, 'QX-1 20240301');
  assert.equal(headline, '查到 1 条与您输入相符的警示，另有 1 条没有写批号，您的产品也可能在内');
  assert.deepEqual(titles, ['n/T1', 'n/TA']);
});

test('a batch within a range that is not written out leads to it', async (t) => {
  const page = await stocked(t, [['T1', '', [['头盔', '甲', 'M1', 'P0500A000～P0500A999']]]], { '~P050': [], '~P0500A': ['P0500A000～P0500A999'], P0500A000P0500A999: 'T1/l0' });
  const { headline, marked } = await ask(page, 'P0500A123');
  assert.equal(headline, '查到 1 条与您输入相符的警示');
  assert.deepEqual(marked, ['P0500A000～P0500A999']);
  assert.match((await ask(page, 'p0500a')).body, /您是不是要查/);
  const other = await ask(page, 'P0500B123');
  assert.ok(other.headline === '没有查到' && !other.body.includes('您是不是'));
});

test('data of another edition is not believed', async (t) => {
  const { page, asked } = await visit(t, 'about:blank');
  await page.route(/\/lookup\/k\//, async (route) => {
    const response = await route.fetch();
    return route.fulfill({ response, body: (await response.text()).replace(/\/\d+",/, '/4096",') });
  });
  await page.goto(`${onServer()}?q=${encodeURIComponent('没有这个牌子 QQ-7788')}`);
  const { headline, body } = await answered(page);
  assert.equal(headline, '数据没有取到');
  assert.match(body, /刷新本页/);
  const data = asked.filter((each) => /\/lookup\/[kn]\//.test(each));
  const stamp = await page.locator('#lookup-form').getAttribute('data-stamp');
  assert.match(stamp, /^[0-9a-f]{12}$/);
  assert.ok(data.length > 0 && data.every((each) => each.endsWith(`.js?v=${stamp}`)), `${data}`);
});

test('an answer says of a notice what lists say, in their order', async (t) => {
  const page = await stocked(t, [['T1', 'expired', [['头盔', '甲', 'M-11']]]], { M11: '!T1/m0' });
  await ask(page, 'M-11');
  const tags = page.locator('.entry-tags > *');
  assert.deepEqual(await tags.evaluateAll((all) => all.map((each) => each.textContent)), ['风险等级：较高风险', '风险警示', '2026年1月2日', '已过期']);
  assert.equal(await page.locator('.entry-tags time').getAttribute('datetime'), '2026-01-02T09:00:00+08:00');
});

test('data that does not come is said, and asked for again', async (t) => {
  const { page, said } = await visit(t, onServer());
  await page.route(/\/lookup\/k\//, (route) => route.abort());
  const { headline, body } = await ask(page, '品牌甲');
  assert.equal(headline, '数据没有取到');
  assert.match(body, /12315/);
  await page.unroute(/\/lookup\/k\//);
  await page.click('.lookup-submit');
  await page.locator('#lookup-headline', { hasText: '查到' }).waitFor();
  assert.deepEqual(said.filter((line) => !line.includes('ERR_FAILED')), []);
});

/** A detector as browsers on phones have it, which sees this code in every picture after the first. */
function detecting(code) {
  let looks = 0;
  window.BarcodeDetector = class {
    static async getSupportedFormats() {
      return ['ean_13', 'qr_code'];
    }

    constructor({ formats }) {
      window.askedFormats = formats;
    }

    async detect(picture) {
      looks += 1;
      window.lastPicture = picture.constructor.name;
      const other = { rawValue: 'https://example.cn/', format: 'qr_code' };
      return code === null || looks < 2 ? [other] : [other, { rawValue: code, format: 'ean_13' }];
    }
  };
}

test('a bar code is scanned with the camera', async (t) => {
  const camera = await open(t, ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  for (const address of [onServer(), onDisk()]) {
    const { page, said } = await watched(await camera.newContext({ viewport: PHONE }));
    await page.addInitScript(detecting, '2130000010919');
    await page.goto(address);
    await page.click('#lookup-scan');
    await page.locator('#lookup-headline', { hasText: '查到 1 条' }).waitFor();
    assert.equal(await page.inputValue('#lookup-text'), '2130000010919');
    assert.deepEqual(await page.evaluate(() => [window.lastPicture, window.askedFormats]), ['HTMLVideoElement', ['ean_13']]);
    assert.ok(!(await page.locator('#lookup-camera').isVisible()), 'the camera is closed');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'lookup-headline');
    assert.equal(await page.evaluate(() => document.getElementById('lookup-video').srcObject), null);
    assert.deepEqual(said, []);
  }
});

test('the camera is left with Esc, and nothing is looked up', async (t) => {
  const camera = await open(t, ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  const { page, said } = await watched(await camera.newContext({ viewport: PHONE }));
  await page.addInitScript(detecting, null);
  await page.goto(onServer());
  await page.focus('#lookup-scan');
  await page.keyboard.press('Enter');
  await page.locator('#lookup-note', { hasText: '已打开' }).waitFor();
  assert.ok(await page.locator('#lookup-video').evaluate((video) => video.videoWidth > 0 && video.srcObject.active));
  assert.deepEqual(await accessibilityFaults(page), []);
  const track = await page.evaluateHandle(() => document.getElementById('lookup-video').srcObject.getTracks()[0]);
  await page.keyboard.press('Escape');
  assert.ok(!(await page.locator('#lookup-camera').isVisible()));
  assert.equal(await track.evaluate(({ readyState }) => readyState), 'ended');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'lookup-scan');
  assert.ok(!(await page.locator('#lookup-answer').isVisible()));
  assert.deepEqual(said, []);
});

test('a refused camera is explained; without a detector no button promises one', async (t) => {
  const { page } = await visit(t, onServer());
  assert.ok(!(await page.locator('#lookup-scanning').isVisible()));
  await page.addInitScript(detecting, null);
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.reload();
  await page.click('#lookup-scan');
  await page.locator('#lookup-note', { hasText: '没有得到使用摄像头的许可' }).waitFor();
  assert.ok(!(await page.locator('#lookup-camera').isVisible()));
});

test('where there is a detector but no camera, a photograph is read', async (t) => {
  const { page, said } = await visit(t, 'about:blank');
  await page.addInitScript(detecting, '2130000010919');
  await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
  await page.goto(onServer());
  assert.ok(!(await page.locator('#lookup-scan').isVisible()));
  const picture = path.join(root, 'tests/browser/fixtures/2026-802/large.png');
  await page.setInputFiles('#lookup-file', picture);
  await page.locator('#lookup-note', { hasText: '没有认出条码' }).waitFor();
  await page.setInputFiles('#lookup-file', picture);
  assert.match((await answered(page)).headline, /^查到 1 条/);
  await page.setInputFiles('#lookup-file', path.join(root, 'tests/browser/fixtures/2026-802/wide.csv'));
  await page.locator('#lookup-note', { hasText: '打不开' }).waitFor();
  assert.deepEqual(said, []);
});
