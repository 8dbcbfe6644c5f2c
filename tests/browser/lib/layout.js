// What is wrong with the layout of a page, in words. These functions run in the page: none of them sees anything of this file.

/** What sticks out of the page to the side, but for what scrolls in itself. */
export function overflow() {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { overflowX, position } = getComputedStyle(each);
      if (['auto', 'scroll', 'hidden', 'clip'].includes(overflowX) || position === 'fixed') return true;
    }
    return false;
  };
  const out = [...document.body.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1) && !scrolls(element);
  });
  const wide = document.documentElement.scrollWidth > width ? [`page is ${document.documentElement.scrollWidth} wide`] : [];
  return [...wide, ...out.map((element) => element.outerHTML.slice(0, 160))];
}

/** Text that is cut off, runs over other text, or lies under something that stays in place. */
export function loss() {
  const faults = [];
  const say = (what, text) => faults.push(`${what}: ${text.trim().slice(0, 60)}`);
  const styles = new Map();
  const styleOf = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const above = function* (element) {
    for (let each = element; each && each !== document.body; each = each.parentElement) yield each;
  };
  // For screen readers only, or decoration that no reader misses.
  const apart = (element) => [...above(element)].some((each) => styleOf(each).clipPath !== 'none' || each.ariaHidden === 'true');
  const scrolled = (element) => [...above(element)].some((each) => ['auto', 'scroll'].includes(styleOf(each).overflowX));

  for (const element of document.body.querySelectorAll('*')) {
    const style = styleOf(element);
    const clips = (way) => ['hidden', 'clip'].includes(way) && style.textOverflow !== 'ellipsis';
    if (element instanceof SVGElement || !element.innerText?.trim() || apart(element)) continue;
    if (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1) say('cut at the side', element.innerText);
    if (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1) say('cut below', element.innerText);
    const box = element.getBoundingClientRect();
    const stays = ['fixed', 'sticky'].includes(style.position) && style.pointerEvents !== 'none';
    if (stays && box.width * box.height > (innerWidth * innerHeight) / 3) say('covers a third of the screen', element.innerText);
  }

  const lines = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const { currentNode: node } = words;
    if (!node.data.trim() || !node.parentElement.checkVisibility() || apart(node.parentElement) || scrolled(node.parentElement)) continue;
    if ([...above(node.parentElement)].some((each) => ['fixed', 'absolute'].includes(styleOf(each).position))) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // A line of text is less high than its box.
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const room = (bottom - top) / 5;
      lines.push({ node, left: left + 1, right: right - 1, top: top + room, bottom: bottom - room });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const other = lines[next];
      if (other.node !== one.node && other.left < one.right && one.left < other.right) say('runs into other text', `${one.node.data.trim()} | ${other.node.data.trim()}`);
    }
  });
  return faults;
}

/** What is too small to read or to hit. */
export function small() {
  const faults = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 14) faults.push(`small text: ${words.currentNode.data.trim()}`);
  }
  for (const target of document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden]), textarea, [role=button]')) {
    // A link in a sentence is as high as its line; one that stands alone has room for a thumb.
    const box = target.getBoundingClientRect();
    const style = getComputedStyle(target);
    const hidden = box.height === 0 || style.clipPath !== 'none' || box.bottom < 0;
    const inText = style.display === 'inline' && target.matches('a');
    const stretched = getComputedStyle(target, '::after').position === 'absolute';
    // A box to tick is hit by its label too.
    const height = Math.max(box.height, ...[...(target.labels ?? [])].map((label) => label.getBoundingClientRect().height));
    if (!hidden && !inText && !stretched && height < 44) faults.push(`low target (${height}): ${target.outerHTML.slice(0, 120)}`);
  }
  return faults;
}
