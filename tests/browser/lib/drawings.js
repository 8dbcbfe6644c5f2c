// SVG, in pages and in files: validators of HTML pass over it, and a browser draws what it can and says nothing.

/** The drawings in the source of a page. */
export const drawingsIn = (html) => html.match(/<svg\b[\s\S]*?<\/svg>/g) ?? [];

/**
 * What is wrong with the source of a drawing, in words, and whether it has a name or is silent for screen readers.
 * Runs in a page of a browser, whose own parser and classes are the judges.
 */
export function drawingFaults(source) {
  const NAMESPACE = 'http://www.w3.org/2000/svg';
  const KNOWN = new Set(
    `alignment-baseline baseline-shift class clip-path clip-rule color cx cy d direction display dominant-baseline dx dy fill fill-opacity fill-rule focusable
    font-family font-size font-style font-variant font-weight fx fy gradientTransform gradientUnits height href id lang letter-spacing marker-end
    marker-mid marker-start markerHeight markerUnits markerWidth mask offset opacity orient overflow pathLength patternTransform patternUnits
    paint-order points preserveAspectRatio r refX refY role rotate rx ry shape-rendering stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tabindex text-anchor text-decoration
    text-rendering textLength lengthAdjust transform type unicode-bidi vector-effect version viewBox visibility width word-spacing writing-mode
    x x1 x2 y y1 y2`.split(/\s+/),
  );
  // In a page the namespace need not be written.
  const whole = source.replace(/^<svg(?![^>]*\sxmlns=)/, `<svg xmlns="${NAMESPACE}"`);
  const drawing = new DOMParser().parseFromString(whole, 'image/svg+xml');
  const error = drawing.querySelector('parsererror');
  if (error) return { faults: [`not well-formed: ${error.textContent.slice(0, 200)}`] };
  const faults = [];
  for (const element of drawing.querySelectorAll('*')) {
    const say = (what) => faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
    if (element.namespaceURI !== NAMESPACE || element.constructor === SVGElement) say('no element of SVG');
    for (const { name } of element.attributes) {
      if (!KNOWN.has(name) && !/^(?:aria-|data-|xmlns$)/.test(name)) say(`no attribute of SVG, ${name}`);
    }
  }
  const svg = drawing.documentElement;
  const named = svg.getAttribute('role') === 'img' && (svg.hasAttribute('aria-label') || svg.hasAttribute('aria-labelledby') || svg.querySelector(':scope > title'));
  const silent = svg.getAttribute('aria-hidden') === 'true';
  return { faults, named: Boolean(named), silent };
}
