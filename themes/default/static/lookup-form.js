/*
 * What a reader typed, as keys of the look-up. Asks for nothing and shows nothing.
 *
 * The normal form, the labels and the hash are those of src/lookup/{form,gtin,shard}.rs of the program:
 * tests/fixtures/lookup/*.json holds both to the same cases.
 */
(() => {
  'use strict';

  // The longest first. The first four are also taken off before a digit.
  const LABELS = [
    'LOT NO', 'BATCH NO', 'BATCH', 'LOT', 'MODEL NO', 'BARCODE', 'MODEL', 'BRAND', 'GTIN', 'EAN', 'UPC', 'P/N', 'S/N',
    'NO', '生产日期/批号', '生产日期或批号', '商品条形码', '生产批号', '生产批次', '生产日期', '产品批号', '产品编号',
    '产品型号', '产品名称', '产品条码', '规格型号', '型号规格', '型号/规格', '规格/型号', '商品条码', '生产企业',
    '生产厂家', '批次号', '条形码', '制造商', '生产者', '批号', '批次', '型号', '规格', '条码', '品牌', '商标', '品名',
  ];
  const BEFORE_DIGITS = 4;
  /** Longer texts have no form: they are sentences or whole lists. */
  const LONGEST = 200;
  /** More words than this, nobody types of one product. */
  const MOST_WORDS = 6;
  const SEPARATORS = /[\s、，,;；|]+/;

  const fold = (text) => text.normalize('NFKC').toUpperCase().replace(/[‐‑‒–—―−]/g, '-');
  const bare = (text) => text.replace(/[^\p{Alphabetic}\p{N}]/gu, '');

  /** The text without the label in front of it, or null. */
  function unlabelled(text) {
    for (let index = 0; index < LABELS.length; index += 1) {
      if (!text.startsWith(LABELS[index])) continue;
      const after = text.slice(LABELS[index].length);
      const rest = after.replace(/^[:.# ]+/, '');
      const between = after.slice(0, after.length - rest.length);
      const marked = /[:.#]/.test(between);
      const latin = /^[A-Z]/.test(LABELS[index]);
      const byKind = latin
        ? index < BEFORE_DIGITS && /^[0-9]/.test(rest)
        : between !== '' || /^[0-9A-Z]/.test(rest);
      if ((marked || byKind) && [...bare(rest)].length > 1) return rest;
    }
    return null;
  }

  /** A day as eight digits, a month in words as six, or null. */
  function date(text) {
    const parts = /^(199\d|20\d\d)[-./年](\d\d?)(?:[-./月](\d\d?)日?|月)$/.exec(text);
    if (!parts) return null;
    const [, year, month, day] = parts;
    const within = (number, most) => number >= 1 && number <= most;
    if (!within(Number(month), 12) || (day !== undefined && !within(Number(day), 31))) return null;
    return year + month.padStart(2, '0') + (day === undefined ? '' : day.padStart(2, '0'));
  }

  function stripped(text) {
    if ([...text].length > LONGEST) return '';
    let rest = fold(text).trim();
    for (let shorter = unlabelled(rest); shorter !== null; shorter = unlabelled(rest)) rest = shorter;
    return rest;
  }

  /** What is compared. */
  function normal(text) {
    const rest = stripped(text);
    // A sign behind a date, as at the end of a sentence, does not make it another one.
    return date(rest) || date(bare(rest)) || bare(rest);
  }

  /** The fourteen digits of a bar code, or null. */
  function gtin(text) {
    const digits = stripped(text).replace(/[ -]/g, '');
    return /^(?:\d{8}|\d{12,14})$/.test(digits) ? digits.padStart(14, '0') : null;
  }

  /** Whether the last digit of a bar code fits the others (GS1). */
  function isChecked(code) {
    const sum = [...code].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
    return sum % 10 === 0;
  }

  /** Whether eight digits are a day. */
  const isDay = (text) => text.length === 8 && date(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`) !== null;

  const gtinKey = (code) => `#${code.slice(1, 13)}`;

  /** `C14-P6/P7` as C14P6 and C14P7: what stands behind a slash takes the place of as long an end of the same kind. */
  function slashed(text) {
    const [first, ...tails] = stripped(text).split('/').map((part) => part.trim());
    if (tails.length === 0 || tails.length > 8 || first === '' || date(stripped(text))) return [];
    const shape = (part) => part.replace(/[0-9]+/g, '0').replace(/[A-Z]/g, 'A');
    const codes = tails.map((tail) => {
      if (shape(tail) === shape(first)) return tail;
      const ends = [...first.matchAll(/[^0-9A-Z]/g)].map(({ index }) => index + 1).reverse();
      const at = ends.find((place) => shape(first.slice(place)) === shape(tail));
      if (at !== undefined) return first.slice(0, at) + tail;
      const cut = first.length - tail.length;
      return cut > 0 && shape(first.slice(cut)) === shape(tail) ? first.slice(0, cut) + tail : tail;
    });
    return [first, ...codes].map(bare);
  }

  /** Chinese and other signs apart: `品牌甲X-1` as 品牌甲 and X-1. */
  function runs(text) {
    const found = stripped(text).match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) || [];
    return found.filter((run) => bare(run).length > 1 && !LABELS.includes(run));
  }

  /** One word: its keys, any of which will do, and its bar code, if it is one. */
  function word(text) {
    const code = gtin(text);
    const keys = [normal(text), ...slashed(text), ...(code ? [gtinKey(code)] : [])];
    return { text, keys: [...new Set(keys)].filter((key) => [...key].length > 1), gtin: code };
  }

  /** Words, the whole of them, and each two neighbours in one: as they stand, and the other way round. */
  function built(typed, texts) {
    const words = texts.slice(0, MOST_WORDS).map(word).filter(({ keys }) => keys.length > 0);
    const forms = words.map(({ keys }) => keys[0]);
    const pairs = forms.slice(1).map((second, index) => forms[index] + second);
    const turned = forms.slice(1).map((second, index) => second + forms[index]);
    return { typed, whole: word(typed), words, pairs, turned, isLong: texts.length > MOST_WORDS };
  }

  /** What was typed, as a question. */
  function question(text) {
    const typed = text.trim();
    const isLabel = (part) => LABELS.includes(fold(part).replace(/[:.#]+$/, ''));
    return built(typed, typed.split(SEPARATORS).filter((part) => bare(fold(part)) !== '' && !isLabel(part)));
  }

  /** The question with each word nobody knows taken apart, where Chinese and other signs meet: 品牌甲X-1. */
  function refined({ typed, words }, isKnown) {
    const texts = words.flatMap(({ text, keys }) => {
      const parts = runs(text);
      const isOne = parts.length < 2 || parts.length > 4 || date(stripped(text)) || keys.some(isKnown);
      return isOne ? [text] : parts;
    });
    return texts.length > words.length ? built(typed, texts) : null;
  }

  /** The number of the file of a key: FNV-1a over UTF-16 units. */
  function shard(key, count) {
    let hash = 0x811c9dc5;
    for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
    hash ^= hash >>> 15;
    return (hash >>> 0) % count;
  }

  window.jingshiLookup = { form: { normal, gtin, gtinKey, isChecked, isDay, question, refined, shard, slashed } };
})();
