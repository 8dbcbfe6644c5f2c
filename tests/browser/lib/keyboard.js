// A page as somebody meets it who has a keyboard and no mouse.

/** More stops than any page of the site has: a walk that is longer has been caught in a loop. */
const FAR = 400;

/** Where the focus is, and how it is seen; null where it is on nothing of the page. Runs in the page. */
function whereabouts() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;

  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (from) => {
    for (let each = from; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if ((channels(backgroundColor)[3] ?? 1) > 0.9) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  // The line around the focus, drawn by the element, by a part of it, or by what it stands in.
  const label = element.labels?.[0];
  const drawers = [[element], [element, '::after'], [element, '::before'], ...(label ? [[label]] : [])];
  const outlines = drawers.map(([drawer, part]) => ({ drawer, style: getComputedStyle(drawer, part) }));
  const outline = outlines.find(({ style }) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  const inward = outline && parseFloat(outline.style.outlineOffset) < 0;

  const box = element.getBoundingClientRect();
  const points = [[0.5, 0.5], [0.1, 0.5], [0.5, 0.2]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  // What is clipped to nothing or lies outside cannot be pointed at. A region that scrolls may be larger than the window.
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element) || top.closest('label') === label);
  });
  const larger = box.width > innerWidth || box.height > innerHeight;
  const all = [...document.querySelectorAll('*')];
  return {
    index: all.indexOf(element),
    html: element.outerHTML.slice(0, 140),
    left: box.left + scrollX,
    right: box.right + scrollX,
    top: box.top + scrollY,
    outlined: Boolean(outline),
    contrast: outline ? contrast(outline.style.outlineColor, ground(inward ? outline.drawer : outline.drawer.parentElement)) : 0,
    seen: seen || larger,
  };
}

/** How many elements Tab should stop at. Runs in the page. */
function stopsExpected() {
  const focusable = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]';
  return [...document.querySelectorAll(focusable)].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && !element.closest('[inert]') && element.checkVisibility({ visibilityProperty: true }),
  ).length;
}

/** What the focus is called: role and name, as a screen reader says them. */
async function named(page) {
  const snapshot = await page.locator(':focus').ariaSnapshot();
  return snapshot.split('\n')[0].replace(/^- /, '').replace(/:$/, '');
}

/** Presses a key and tells where the focus went. */
async function press(page, key, call = named) {
  await page.keyboard.press(key);
  const stop = await page.evaluate(whereabouts);
  return stop && { ...stop, name: await call(page) };
}

/** Every stop from the top of the page until the focus leaves it. */
export const walk = (page) => walkBy(page, 'Tab', named);

/** The same from below, as the places of the stops among the elements of the page. */
export const walkBack = async (page) => (await walkBy(page, 'Shift+Tab', () => '')).map(({ index }) => index);

async function walkBy(page, key, call) {
  const stops = [];
  while (stops.length < FAR) {
    const stop = await press(page, key, call);
    // Some versions of Chromium go round, others leave.
    if (stop === null || stops.some(({ index }) => index === stop.index)) break;
    stops.push(stop);
  }
  return stops;
}

/** Goes on with Tab until the focus is on what is called so; the stop. */
export async function reach(page, name) {
  for (let count = 0; count < FAR; count += 1) {
    const stop = await press(page, 'Tab');
    if (stop && name.test(stop.name)) return stop;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

/** What is wrong with a walk through a page, in words. */
export async function walkFaults(page, stops) {
  const faults = [];
  const expected = await page.evaluate(stopsExpected);
  if (stops.length !== expected) faults.push(`${stops.length} stops, of ${expected}`);
  stops.forEach((stop, index) => {
    const say = (what) => faults.push(`${what}: ${stop.name} ${stop.html}`);
    if (!/^\S+(?: "|: )/.test(stop.name)) say('has no name');
    if (!stop.outlined) say('its focus is not seen');
    else if (stop.contrast < 3) say(`its focus is faint (${stop.contrast.toFixed(2)})`);
    if (!stop.seen) say('lies under something or outside');
    const before = stops[index - 1];
    if (!before) return;
    if (stop.index < before.index) say('comes before its place');
    // Down, along a line, or on to a column at the right.
    if (stop.top < before.top - 24 && stop.left < before.right - 1) say(`jumps up from ${before.name}`);
  });
  return faults;
}
