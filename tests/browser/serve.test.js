// The preview: drafts under a watermark, pages that follow the files, errors shown in the page, and nothing for strangers.
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { accessibilityFaults, open, watched } from './lib/browser.js';
import { build, filesOf, root, sample, serve } from './lib/sites.js';

const DRAFT = 'n/2026-901/';
const SOON = { timeout: 5_000 };

async function edit(file, from, to) {
  const text = await readFile(file, 'utf8');
  assert.ok(text.includes(from), `${file} has ${from}`);
  await writeFile(file, text.replace(from, to));
}

/** Asks for exactly this path, which clients usually tidy first. */
function ask(address, target, headers = {}) {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path: target, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(parts).toString() }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('a draft is shown under a watermark, and the page follows it', async (t) => {
  const site = await sample(t);
  // A theme of the site's own, to change.
  await cp(path.join(root, 'themes/default'), path.join(site, 'themes/default'), { recursive: true });
  const address = await serve(t, site);
  const browser = await open(t);
  const { page, said, asked } = await watched(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  const draft = path.join(site, 'content/drafts/2026-901/index.md');
  const template = path.join(site, 'themes/default/templates/notice.html');
  const banner = page.locator('#jingshi-errors');
  const text = page.locator('.prose');

  await page.goto(`${address}${DRAFT}`);
  assert.ok(await page.locator('.watermark').isVisible());
  assert.match(await page.locator('.watermark').innerText(), /草稿/);
  assert.match(await page.locator('.ribbon').innerText(), /预览/);
  assert.equal(await banner.count(), 0);
  assert.deepEqual(await accessibilityFaults(page), []);

  await t.test('an edit is shown at once', async () => {
    await edit(draft, '家里练一练', '客厅里练一练');
    await text.getByText('客厅里练一练').waitFor(SOON);
  });

  await t.test('an error is shown over the last good page, until it is mended', async () => {
    await edit(draft, '客厅里练一练', '<div>庭院里练一练</div>');
    await banner.waitFor(SOON);
    assert.match(await banner.innerText(), /content\/drafts\/2026-901\/index\.md:\d+/);
    assert.match(await banner.innerText(), /HTML/);
    assert.match(await text.innerText(), /客厅里练一练/);
    assert.ok(await banner.isVisible());
    assert.deepEqual(await accessibilityFaults(page), []);
    await edit(draft, '<div>庭院里练一练</div>', '庭院里练一练');
    await text.getByText('庭院里练一练').waitFor(SOON);
    assert.equal(await banner.count(), 0);
  });

  await t.test('so is an error of a template', async () => {
    await edit(template, '{{ page.title }}', '{{ page.titel }}');
    await banner.waitFor(SOON);
    assert.match(await banner.innerText(), /templates\/notice\.html:\d+/);
    assert.match(await banner.innerText(), /titel/);
    assert.match(await text.innerText(), /庭院里练一练/);
    await edit(template, '{{ page.titel }}', '{{ page.title }}');
    await banner.waitFor({ ...SOON, state: 'detached' });
  });

  await t.test('a new style is used', async () => {
    await writeFile(path.join(site, 'themes/default/static/style.css'), 'body { color: rgb(1, 2, 3); }');
    const coloured = () => getComputedStyle(document.body).color === 'rgb(1, 2, 3)';
    await page.waitForFunction(coloured, undefined, SOON);
  });

  assert.deepEqual(said, []);
  assert.deepEqual(asked.filter((each) => !each.startsWith(address)), []);
});

test('strangers and detours get nothing', async (t) => {
  const site = await sample(t);
  const address = await serve(t, site);
  assert.equal((await ask(address, '/')).status, 200);
  const { port } = new URL(address);
  assert.equal((await ask(address, '/', { host: `localhost:${port}` })).status, 200);
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', `127.0.0.1:${Number(port) + 1}`]) {
    const { status, body } = await ask(address, `/${DRAFT}`, { host });
    assert.equal(status, 403, host);
    assert.ok(!body.includes('健身'), host);
  }
  const detours = [
    '/../site.yaml', '/%2e%2e/site.yaml', '/..%2fsite.yaml', '/n/../../site.yaml', '/n/%2e%2e/%2e%2e/site.yaml',
    '/..%5csite.yaml', '//etc/passwd', '/%2fetc/passwd', '/content/drafts/2026-901/index.md', '/site.yaml',
  ];
  for (const detour of detours) {
    const { status, body } = await ask(address, detour);
    assert.equal(status, 404, detour);
    assert.ok(!body.includes('base_url') && !body.includes('root:'), detour);
  }
});

test('without drafts where that is asked for', async (t) => {
  const address = await serve(t, await sample(t), '--public');
  assert.equal((await ask(address, '/n/2026-010/')).status, 200);
  const { status, body } = await ask(address, `/${DRAFT}`);
  assert.equal(status, 404);
  assert.ok(!body.includes('健身'));
});

test('the preview leaves no trace in what is built', async (t) => {
  const site = await sample(t);
  const address = await serve(t, site);
  assert.match((await ask(address, '/')).body, /_jingshi\/reload\.js/);
  const folder = await build(site, path.join(site, 'public'));
  for (const file of await filesOf(folder)) {
    const bytes = await readFile(path.join(folder, file));
    assert.ok(!bytes.includes('_jingshi') && !bytes.includes('健身器材怎么装'), file);
  }
});
