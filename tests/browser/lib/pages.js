// What is looked at: one page of every type, on every screen, in every mode. A row added to a table is tested by all that
// goes through it, and shots.js takes its picture.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { watched } from './browser.js';
import { filesOf } from './sites.js';

/** One page of every type, by what it is. */
export const PAGES = {
  home: 'index.html',
  list: 'risk-warnings/index.html',
  'numbered list': 'risk-warnings/p/1/index.html',
  'narrow list': 'categories/e-bike-helmets/index.html',
  notice: 'n/2026-005/index.html',
  'notice with a picture': 'n/2024-003/index.html',
  'corrected notice': 'n/2024-005/index.html',
  'superseded version': 'n/2024-005/v1/index.html',
  tombstone: 'n/2025-009/index.html',
  'expired notice': 'n/2026-801/index.html',
  'notice that strains the page': 'n/2026-802/index.html',
  'urgent notice': 'n/2026-803/index.html',
  prose: 'about/index.html',
  search: 'search/index.html',
  'look-up': 'lookup/index.html',
  statistics: 'statistics/index.html',
  subscribe: 'subscribe/index.html',
  'open data': 'data/index.html',
  ledger: 'ledger/index.html',
  map: 'map/index.html',
  404: '404.html',
};

/** Screens, as a browser counts their pixels. Zoom divides the width and height and multiplies the pixels of the device. */
export const SCREENS = {
  'small phone': { width: 320, height: 568 },
  phone: { width: 360, height: 740 },
  tablet: { width: 768, height: 1024 },
  desk: { width: 1280, height: 900 },
  'large desk': { width: 1920, height: 1080 },
  'desk at 200 %': { width: 640, height: 450, zoom: 2 },
  'desk at 400 %': { width: 320, height: 225, zoom: 4 },
};

/** The key under which the site remembers that its reader wants it larger. */
const ELDER = 'jingshi-elder';

const THREE_WIDTHS = ['phone', 'desk', 'desk at 400 %'];

/**
 * How a page is shown: by the system of its reader, and by what the reader has chosen on the site and in the browser.
 * `axe` names the screens where axe-core looks as well, which takes longer than everything else.
 * Where a mode is not for every screen, `on` names those it is for.
 */
export const MODES = {
  light: { colorScheme: 'light', axe: THREE_WIDTHS },
  dark: { colorScheme: 'dark', axe: THREE_WIDTHS },
  elder: { colorScheme: 'light', axe: THREE_WIDTHS, stored: { [ELDER]: '1' } },
  'elder, dark': { colorScheme: 'dark', axe: ['phone'], stored: { [ELDER]: '1' } },
  // Enlarged text on an enlarged page is not asked of anybody.
  'text at 200 %': { colorScheme: 'light', axe: [], text: 2, on: ['phone', 'tablet', 'desk', 'large desk'] },
};

/** Whether a tree has a script that knows of elder mode. */
export async function hasElderMode(folder) {
  const scripts = (await filesOf(folder)).filter((file) => file.endsWith('.js'));
  const texts = await Promise.all(scripts.map((file) => readFile(path.join(folder, file), 'utf8')));
  return texts.some((text) => text.includes(ELDER));
}

/** Where a file of a tree is, opened from disk. */
export const onDisk = (folder, file) => pathToFileURL(path.join(folder, file)).href;

/**
 * A page on a screen in a mode, with what it says and asks for. `go` leads it to an address, `on` shows it on another screen.
 * It ends with the test.
 */
export async function shown(t, browser, { screen = SCREENS.desk, mode = MODES.light, ...more } = {}) {
  const { zoom = 1, ...viewport } = screen;
  const context = await browser.newContext({ colorScheme: mode.colorScheme, viewport, deviceScaleFactor: zoom, ...more });
  t.after(() => context.close());
  if (mode.stored) await context.addInitScript((stored) => Object.entries(stored).forEach((each) => localStorage.setItem(...each)), mode.stored);
  const record = await watched(context);
  const enlarged = () => mode.text && record.page.evaluate(enlarge, mode.text);
  record.go = async (address) => {
    await record.page.goto(address);
    await enlarged();
  };
  const devtools = await context.newCDPSession(record.page);
  record.on = async ({ zoom = 1, width, height }) => {
    await devtools.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: zoom, mobile: false });
    await enlarged();
  };
  return record;
}

/** Larger text and nothing else, as a browser's own setting makes it. Runs in the page. */
function enlarge(factor) {
  const root = document.documentElement;
  root.style.fontSize = '';
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * factor}px`;
}
