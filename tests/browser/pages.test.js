// Every type of page, as people meet it: on a phone and on a desk, by day and by night, enlarged, with assistive technology.
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { accessibilityFaults, open } from './lib/browser.js';
import { loss, overflow, small } from './lib/layout.js';
import { MODES, PAGES, SCREENS, hasElderMode, onDisk, shown } from './lib/pages.js';
import { build, fullSite, scratch } from './lib/sites.js';

let browser;
let folder;
before(async (t) => {
  browser = await open(t);
  folder = await build(await fullSite(t), path.join(await scratch(t), 'public'));
});

/** What is wrong with a page in a mode, on each screen. */
async function faultsOf(t, file, mode) {
  const { page, said, go, on } = await shown(t, browser, { mode: MODES[mode] });
  await go(onDisk(folder, file));
  const faults = [];
  for (const [screen, size] of Object.entries(SCREENS)) {
    if (!(MODES[mode].on ?? [screen]).includes(screen)) continue;
    await on(size);
    const found = [...(await page.evaluate(overflow)), ...(await page.evaluate(loss))];
    if (MODES[mode].axe.includes(screen)) found.push(...(await accessibilityFaults(page)));
    faults.push(...found.map((fault) => `${mode}, ${screen}: ${fault}`));
  }
  return [...faults, ...said];
}

test('every page fits every screen and is accessible, in every mode', { concurrency: 2 }, async (t) => {
  const each = Object.entries(PAGES).map(([name, file]) =>
    t.test(name, async (t) => {
      const faults = [];
      for (const mode of Object.keys(MODES)) faults.push(...(await faultsOf(t, file, mode)));
      assert.deepEqual(faults, [], file);
    }),
  );
  await Promise.all(each);
});

/** The lines of a page without its controls and what they announce: scripts may add those, and nothing else. Runs in the page. */
function lines() {
  const made = 'form, fieldset, button, input, select, textarea, label, output, dialog, noscript, [role=search], [role=status], [role=alert], [aria-live]';
  for (const element of document.querySelectorAll(made)) element.style.setProperty('display', 'none', 'important');
  return document.body.innerText.split('\n').map((line) => line.trim()).filter(Boolean);
}

/** What looks as if it did something, and can not. Runs in the page. */
function deadControls() {
  const controls = 'button, input, select, textarea, a:not([href]), a[href="#"], [role=button], [role=tab], [role=switch], [onclick], [aria-pressed], [aria-expanded]';
  const alive = (element) => element.matches('summary') || (element.form?.hasAttribute('action') && !element.matches('[type=button]'));
  return [...document.querySelectorAll(controls)].filter((element) => element.checkVisibility() && !alive(element)).map((element) => element.outerHTML.slice(0, 160));
}

test('without JavaScript no line is missing and no control is dead', async (t) => {
  const withScripts = await shown(t, browser, { screen: SCREENS.phone });
  const without = await shown(t, browser, { screen: SCREENS.phone, javaScriptEnabled: false });
  for (const file of Object.values(PAGES)) {
    for (const { go } of [withScripts, without]) await go(onDisk(folder, file));
    assert.deepEqual(await without.page.evaluate(deadControls), [], file);
    const [all, left] = [await withScripts.page.evaluate(lines), await without.page.evaluate(lines)];
    assert.deepEqual(all.filter((line) => !left.includes(line)), [], `${file}: lines that need JavaScript`);
    assert.ok(left.join('').length > 100, file);
  }
});

test('everything is large enough to read and to hit on a phone', async (t) => {
  for (const mode of ['light', 'elder']) {
    const { page, go } = await shown(t, browser, { screen: SCREENS.phone, mode: MODES[mode], hasTouch: true, isMobile: true });
    for (const file of Object.values(PAGES)) {
      await go(onDisk(folder, file));
      assert.deepEqual(await page.evaluate(small), [], `${file}, ${mode}`);
    }
  }
});

test('elder mode is larger, and remembered on every page', async (t) => {
  if (!(await hasElderMode(folder))) return t.skip('the site has no elder mode');
  const usual = await shown(t, browser, { screen: SCREENS.phone });
  const elder = await shown(t, browser, { screen: SCREENS.phone, mode: MODES.elder });
  const state = () => ({ size: parseFloat(getComputedStyle(document.body).fontSize), on: document.documentElement.hasAttribute('data-elder') });
  // The page for what is not there stands alone: it has neither script nor style sheet.
  for (const [name, file] of Object.entries(PAGES).filter(([name]) => name !== '404')) {
    for (const { go } of [usual, elder]) await go(onDisk(folder, file));
    const [before, after] = [await usual.page.evaluate(state), await elder.page.evaluate(state)];
    assert.deepEqual([before.on, after.on], [false, true], name);
    assert.ok(after.size >= 1.2 * before.size, `${name}: ${before.size} px, ${after.size} px`);
  }
});

test('what to do stands before everything else', async (t) => {
  const { page, go } = await shown(t, browser, { screen: SCREENS.phone });
  await go(onDisk(folder, PAGES.notice));
  const order = await page.locator('h1, .actions, .products, .prose').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));
  assert.ok(order.length >= 3);
  assert.ok(order[1] < SCREENS.phone.height, `it begins on the first screen (at ${order[1]})`);
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
  assert.equal(await page.locator('.document-main > section').first().getAttribute('class'), 'actions');
});
