// Pages on sheets of A4, and what came out of the printer.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** No wider than what the margins of the print style leave of A4, in CSS pixels: what fits here is printed at its own size. */
export const SHEET = { width: 640, height: 960 };
/** In points, as what comes out of the printer is measured. */
const A4 = { width: 595, height: 842 };
/** Most printers leave the outermost 7 mm of a sheet white. */
const UNPRINTABLE = 20;

/** Prints what a page shows into a file; its sheets, each with its size and its words and their places, and its text. */
export async function printed(page, file, { background = false } = {}) {
  await writeFile(file, await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: background }));
  const run = async (...given) => (await promisify(execFile)('pdftotext', [...given, file, '-'], { maxBuffer: 2 ** 26 })).stdout;
  const [places, text] = [await run('-bbox'), await run('-raw')];
  const sheets = [...places.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(([, width, height, inside]) => ({
    width: Number(width),
    height: Number(height),
    words: [...inside.matchAll(/xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g)].map(([, left, top, right, bottom, word]) => ({
      left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom), word,
    })),
  }));
  return { sheets, text };
}

/** What is wrong with sheets, in words. */
export function sheetFaults(sheets) {
  const faults = [];
  sheets.forEach(({ width, height, words }, index) => {
    if (Math.abs(width - A4.width) > 2 || Math.abs(height - A4.height) > 2) faults.push(`sheet ${index + 1} is ${width} by ${height}`);
    if (words.length === 0) faults.push(`sheet ${index + 1} is empty`);
    for (const { left, top, right, bottom, word } of words) {
      const out = left < UNPRINTABLE || top < UNPRINTABLE || right > width - UNPRINTABLE || bottom > height - UNPRINTABLE;
      if (out) faults.push(`sheet ${index + 1}: “${word}” runs into the edge`);
    }
  });
  return faults;
}

/** How much of the last sheet is used, from 0 to 1. */
export const filled = (sheets) => Math.max(0, ...sheets.at(-1).words.map(({ bottom }) => bottom)) / sheets.at(-1).height;

/** The height of the tallest word, in points. */
export const tallest = (sheets) => Math.max(...sheets.flatMap(({ words }) => words.map(({ top, bottom }) => bottom - top)));

/** What cannot be moved on paper, and so is cut. Runs in a page that is shown as it would be printed. */
export function cutOnPaper() {
  return [...document.body.querySelectorAll('*')]
    .filter((element) => {
      const { overflowX, clipPath, display } = getComputedStyle(element);
      const apart = clipPath !== 'none' || display === 'none' || element.closest('[aria-hidden=true]');
      return !apart && overflowX !== 'visible' && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    })
    .map((element) => `cut: ${element.outerHTML.slice(0, 120)}`);
}

/** Text that is too pale for white paper, where no ground is printed under it. Runs in a page that is shown as it would be printed. */
export function paleOnPaper() {
  const faults = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !element.checkVisibility() || element.closest('[aria-hidden=true]')) continue;
    const [r, g, b] = getComputedStyle(element).color.match(/[\d.]+/g).slice(0, 3).map((each) => {
      const part = Number(each) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const contrast = 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
    if (contrast < 4.5) faults.push(`pale (${contrast.toFixed(1)}): ${words.currentNode.data.trim().slice(0, 60)}`);
  }
  return faults;
}

/** The pieces of text that are to be printed. Runs in a page that is shown as it would be printed. */
export function piecesOfText() {
  const blocks = 'h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption';
  return [...document.body.querySelectorAll(blocks)]
    .filter((element) => !element.querySelector(blocks) && element.checkVisibility() && !element.closest('.sr, [aria-hidden=true]'))
    .map((element) => {
      // What is for screen readers only is not printed.
      const silent = [...element.querySelectorAll('*')].filter((each) => getComputedStyle(each).clipPath !== 'none');
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let text = '';
      while (texts.nextNode()) if (!silent.some((each) => each.contains(texts.currentNode)) && texts.currentNode.parentElement.checkVisibility()) text += texts.currentNode.data;
      return text;
    })
    .filter((text) => text.trim());
}
