// Chromium as the system has it; nothing is downloaded and nothing but the site is asked.
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const executablePath = process.env.CHROMIUM ?? CANDIDATES.find(isProgram);
export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts Chromium with an empty profile, and with more switches if need be. It ends with the test. */
export async function open(t, switches = []) {
  if (!executablePath) throw new Error('no Chromium: scripts/test installs it, or name one in CHROMIUM');
  const browser = await chromium.launch({ executablePath, args: [...args, ...switches], headless: true });
  t?.after(() => browser.close());
  return browser;
}

/** Opens a page and keeps what it said and asked for. */
export async function watched(context) {
  const page = await context.newPage();
  const record = { page, said: [], asked: [], failed: [] };
  page.on('console', (message) => record.said.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => record.said.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => record.asked.push(request.url()));
  page.on('requestfailed', (request) => record.failed.push(`${request.url()}: ${request.failure()?.errorText}`));
  return record;
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds wrong with the page, in words. */
export async function accessibilityFaults(page) {
  // Evaluated, not added as an element: the page's own policy would refuse it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  // What it would load beforehand, a page from disk may not ask for by script.
  const options = { runOnly: { type: 'tag', values: axeTags }, preload: false, resultTypes: ['violations'] };
  const { violations } = await page.evaluate((given) => globalThis.axe.run(given), options);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html} ${node.failureSummary}`));
}
