// A browser that hears everything a page should not do: run what was typed into it, ask for what is not of the site, lead
// away, speak, break its own policy; and what its pages are made of.
import { watched } from './browser.js';
import { CALL } from './hostile.js';
import { filesOf } from './sites.js';

/** What scripts call to show that they run. */
const CALLS = ['alert', 'confirm', 'prompt', 'print', 'open'];

/**
 * A page that keeps its faults. `own` says whether an address is a file of the site. With `bypassCSP` the policy of the
 * pages does not help them: their markup alone must be harmless.
 */
export async function listener(t, browser, own, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => context.close());
  const faults = [];
  const add = (what) => faults.push(what.slice(0, 300));
  await context.exposeBinding(CALL, ({ frame }, ...given) => add(`ran ${given.join(' ')} on ${frame.url()}`));
  await context.addInitScript(overrideAll, { call: CALL, names: CALLS });
  const record = await watched(context);
  const { page } = record;
  page.on('dialog', (dialog) => {
    add(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('download', (download) => add(`download ${download.url()}`));
  page.on('popup', (popup) => add(`popup ${popup.url()}`));
  page.on('frameattached', (frame) => add(`frame ${frame.url()}`));
  let wanted = 'about:blank';
  page.on('framenavigated', (frame) => {
    if (frame.url().split(/[?#]/)[0] !== wanted.split(/[?#]/)[0]) add(`navigated from ${wanted} to ${frame.url()}`);
  });
  page.on('request', (request) => {
    if (!own(request.url())) add(`request ${request.url()} on ${wanted}`);
  });
  // A page without an icon of its own makes Chromium ask for one.
  const isIcon = (message) => message.location().url.endsWith('/favicon.ico');
  page.on('console', (message) => isIcon(message) || add(`console on ${wanted}: ${message.text()}`));
  page.on('pageerror', (error) => add(`error on ${wanted}: ${error.message}`));
  /** Opens an address, and gives what it might start the time to start. */
  const go = async (address) => {
    wanted = address;
    await page.goto(address);
    await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 15); }));
  };
  return { page, go, faults };
}

/** Runs in the page, before anything of it. */
function overrideAll({ call, names }) {
  for (const name of names) window[name] = (...given) => window[call](name, ...given);
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => window[call]('policy', violatedDirective, blockedURI, sample));
  // Chromium allows so many a minute; a test asks for more.
  History.prototype.replaceState = () => {};
  History.prototype.pushState = () => {};
}

/** Whether an address below this one is a file of the folder. */
export async function ownFiles(folder, address) {
  const files = new Set(await filesOf(folder));
  return (asked) => {
    if (/^(?:about:|data:image\/)/.test(asked)) return true;
    const file = decodeURI(asked.split(/[?#]/)[0]).slice(address.length);
    return asked.startsWith(address) && (files.has(file) || files.has(`${file}index.html`));
  };
}

/** What a page is made of: elements with their attributes, and the schemes of its links. Runs in the page. */
export function made() {
  const found = new Set();
  for (const element of document.querySelectorAll('*')) {
    found.add(element.nodeName);
    for (const { name, value } of element.attributes) {
      found.add(`${element.nodeName} ${name}`);
      if (['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name) && URL.canParse(value, location.href)) found.add(`${name}=${new URL(value, location.href).protocol}`);
    }
  }
  return [...found];
}
