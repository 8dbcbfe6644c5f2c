// What a file of the site asks a browser to do, taken from its source: nothing is run, and nothing is left out because a
// browser would not have followed it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Reads the HTML and SVG files of a tree in a page of this browser; `facts(file)` are those of a file. It ends with the test. */
export async function reader(t, browser, folder) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  return async (file) => {
    const text = await readFile(path.join(folder, file), 'utf8');
    return { file, text, ...(await page.evaluate(facts, { text, type: file.endsWith('.svg') ? 'image/svg+xml' : 'text/html' })) };
  };
}

/** What stands in a document. Runs in a page. */
function facts({ text, type }) {
  const document = new DOMParser().parseFromString(text, type);
  const all = [...document.querySelectorAll('*')];
  const shown = (element) => element.outerHTML.slice(0, 160);
  const attributes = all.flatMap((element) => [...element.attributes].map(({ name, value }) => ({ name: name.toLowerCase(), value, shown: shown(element) })));
  const values = (selector, name) => [...document.querySelectorAll(selector)].map((element) => element.getAttribute(name)).filter((value) => value !== null);
  const scripts = [...document.querySelectorAll('script')].map((script) => ({ src: script.getAttribute('src'), type: script.type, text: script.textContent, defer: script.defer, shown: shown(script) }));
  const loaded = [
    ...values('link:is([rel~=stylesheet], [rel~=icon], [rel~=preload], [rel~=modulepreload], [rel~=prefetch], [rel~=manifest])', 'href'),
    ...values('script, img, source, iframe, frame, embed, video, audio, track, input', 'src'),
    ...values('img, source, link', 'srcset'),
    ...values('image, use, feImage', 'href'),
    ...values('image, use, feImage', 'xlink:href'),
    ...values('object', 'data'),
    ...values('form', 'action'),
    ...values('[ping]', 'ping'),
  ];
  return {
    broken: type !== 'text/html' && document.querySelector('parsererror') !== null,
    policies: values('meta[http-equiv="Content-Security-Policy" i]', 'content'),
    beforePolicy: all.slice(0, all.findIndex((element) => element.matches('meta[http-equiv="Content-Security-Policy" i]'))).map(({ localName }) => localName),
    styles: [...document.querySelectorAll('style')].map((style) => style.textContent),
    styled: attributes.filter(({ name }) => name === 'style').map(({ shown }) => shown),
    handled: attributes.filter(({ name }) => name.startsWith('on')).map(({ shown }) => shown),
    scripting: attributes.filter(({ value }) => /^[\s\0-\x1f]*(?:javascript|vbscript|data:text\/html)/i.test(value)).map(({ shown }) => shown),
    scripts,
    loaded,
    sheets: values('link[rel~=stylesheet]', 'href'),
    drawings: [...document.querySelectorAll('svg')].map(({ outerHTML }) => outerHTML),
  };
}
