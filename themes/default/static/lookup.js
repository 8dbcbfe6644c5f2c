/*
 * 查我的产品: loads the few files a question needs, and finds the products that it names.
 * lookup-form.js has read the question, lookup-answer.js shows what is found.
 *
 * Data comes in scripts that call jingshiLookup.take(name, data): a page opened from disk may not fetch.
 */
(() => {
  'use strict';

  const { form } = window.jingshiLookup;
  const page = document.getElementById('lookup-form');
  const { root, stamp } = page.dataset;
  const shards = Number(page.dataset.shards);
  /** How many products stand in one file of a notice. */
  const ROWS = 20;
  /** How many notices are opened to see whether they have what a frequent word does not tell. */
  const OPENED = 6;
  /** How far a product agrees with the question. SILENT: in all but the batch, and its notice names none. */
  const NEAR = 0;
  const SILENT = 1;
  const FULL = 2;

  const loads = new Map();
  const arrived = new Map();
  /** Notices that the keys call withdrawn or expired. */
  const over = new Set();

  /** Adds a file of data to the page, once. One of another edition hands itself over under another name: it is none. */
  function load(name, handed = name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        const failed = () => {
          loads.delete(name);
          reject(new Error(name));
        };
        script.onload = () => (arrived.has(handed) ? resolve(arrived.get(handed)) : failed());
        script.onerror = failed;
        script.src = `${root}lookup/${name}.js?v=${stamp}`;
        document.head.append(script);
      }));
    }
    return loads.get(name);
  }

  /** What stands under keys: from key to value; a key nobody knows is not there. */
  async function valuesOf(keys) {
    const found = await Promise.all(keys.map(async (key) => {
      const name = `k/${form.shard(key, shards).toString(16)}`;
      const file = await load(name, `${name}/${shards}`);
      return [key, Object.prototype.hasOwnProperty.call(file, key) ? file[key] : null];
    }));
    return new Map(found.filter(([, value]) => value !== null));
  }

  /** `2026-005/l0,m0.2-4 !2026-001/m1 +3` as rows (`2026-005/0`) with their columns, and how many notices are not named. */
  function posting(text) {
    const rows = new Map();
    let more = 0;
    for (const part of text.split(' ')) {
      if (part.startsWith('+')) {
        more = Number(part.slice(1));
        continue;
      }
      const [name, columns] = part.split('/');
      const id = name.replace('!', '');
      if (id !== name) over.add(id);
      for (const column of columns.split(',')) {
        for (const range of column.slice(1).split('.')) {
          const [first, last = first] = range.split('-').map(Number);
          for (let row = first; row <= last; row += 1) add(rows, `${id}/${row}`, column[0]);
        }
      }
    }
    return { rows, more };
  }

  function add(rows, row, columns) {
    rows.set(row, (rows.get(row) || '') + columns);
  }

  /** Rows under any of these keys. */
  function any(keys, values) {
    const all = { rows: new Map(), more: 0 };
    for (const key of keys.filter((each) => values.has(each))) {
      const { rows, more } = posting(values.get(key));
      rows.forEach((columns, row) => add(all.rows, row, columns));
      all.more = Math.max(all.more, more);
    }
    return all;
  }

  /** Every row that has anything to do with the question: which of its words it has, in which columns. */
  function candidates(question, values) {
    const rows = new Map();
    const take = (keys, words) => {
      const found = any(keys, values);
      found.rows.forEach((columns, row) => {
        const seen = rows.get(row) || { row, words: new Set(), columns: '' };
        words.forEach((word) => seen.words.add(word));
        seen.columns += columns;
        rows.set(row, seen);
      });
      return found;
    };
    // Of two words, the turned pair is the whole as well.
    const wholes = [...question.whole.keys, ...(question.words.length === 2 ? question.turned : [])];
    const whole = take(wholes, question.words.map((_, index) => index));
    const pairs = question.pairs.map((key, index) => take([key, question.turned[index]], [index, index + 1]));
    const words = question.words.map(({ keys }, index) => take(keys, [index]));
    return { rows: [...rows.values()], whole, words, pairs: pairs.filter((found) => found.rows.size > 0) };
  }

  const noticesOf = ({ rows }) => new Set([...rows.keys()].map((row) => row.split('/')[0]));

  const WEIGHTS = { g: 8, l: 5, m: 4, j: 3, b: 1, n: 1, k: 1 };
  const weight = (found) => 10 * found.words.size + Math.max(...[...found.columns].map((column) => WEIGHTS[column]));

  /** What still holds first, whatever its weight, then what has the best row; equal ones stay in the order of the data. */
  const byWorth = (one, other) => Number(one.isOver) - Number(other.isOver) || other.weight - one.weight;

  /** Rows of one notice together, the notices in order of worth. */
  function byNotice(rows) {
    const notices = new Map();
    for (const found of rows) {
      const [id, row] = found.row.split('/');
      if (!notices.has(id)) notices.set(id, { id, isOver: over.has(id), rows: [], weight: 0 });
      const notice = notices.get(id);
      notice.rows.push({ ...found, number: Number(row) });
      notice.weight = Math.max(notice.weight, weight(found));
    }
    notices.forEach((notice) => notice.rows.sort((one, other) => weight(other) - weight(one) || one.number - other.number));
    return [...notices.values()].sort(byWorth);
  }

  /**
   * What is shown of a notice: its card, and the products of the rows that stand in the same file as the best one. Where
   * only a look at the product tells which row is best, the files of all that may be.
   */
  async function opened(notice, question) {
    const isClose = question.words.some(({ gtin }) => gtin !== null);
    const best = notice.rows.filter((row) => weight(row) === weight(notice.rows[0]));
    const fileOf = ({ number }) => Math.floor(number / ROWS);
    const parts = [...new Set(best.map(fileOf))].slice(0, isClose ? OPENED : 1);
    const cards = await Promise.all(parts.map((part) => load(part === 0 ? `n/${notice.id}` : `n/${notice.id}.${part}`)));
    const shown = notice.rows.flatMap((row) => {
      const at = parts.indexOf(fileOf(row));
      const product = at < 0 ? undefined : cards[at].products[row.number - parts[at] * ROWS];
      return product ? [{ ...row, product }] : [];
    });
    return { ...notice, card: cards[0], shown };
  }

  /** Whether a product has a word that too many others have for its file to name them all. */
  function hasWord(product, word) {
    const parts = product.flatMap((text) => [text, ...text.split(/[、，,;；/／（）()\s]/)]);
    const forms = new Set(parts.map(form.normal));
    return word.keys.some((key) => forms.has(key));
  }

  /** The bar codes of a product. */
  const codesOf = (product) => (product[4] || '').split(/[、，,;；]/).map(form.gtin).filter((code) => code !== null);

  /** Bar codes of one product that differ in packaging or check digit: not the same, but worth a look. */
  function isOtherCode(product, word) {
    const codes = codesOf(product);
    return word.gtin !== null && !codes.includes(word.gtin) && codes.some((code) => form.gtinKey(code) === form.gtinKey(word.gtin));
  }

  /** Whether a word can be a batch: it has a digit, and is not a bar code. Eight digits may be either. */
  const mayBeBatch = ({ gtin, keys }) => /\d/.test(keys[0]) && (gtin === null || form.isDay(keys[0]) || (keys[0].length === 8 && !form.isChecked(gtin)));

  /** Whether the question has the model of a row, alone or in one word with something else; or there is none. */
  function hasModel(row, question) {
    const model = row.product[2] || '';
    const parts = [model, ...model.split(/[、，,;；/／（）()\s]/)].map(form.normal).filter((part) => part.length > 1);
    const isIn = ({ keys }) => keys.some((key) => parts.some((part) => key.includes(part)));
    return model === '' || /[mg]/.test(row.columns) || question.words.some((word, index) => row.words.has(index) && isIn(word));
  }

  /** How far a row agrees: a notice without batches means all of them, so a batch it does not name may be among them. */
  function grade(row, missing, question) {
    if (missing.length === 0) return FULL;
    return (row.product[3] || '') === '' && missing.every(mayBeBatch) && hasModel(row, question) ? SILENT : NEAR;
  }

  /** Looks at the products themselves: frequent words are found, bar codes compared to the last digit. */
  function judged(notice, question, frequent) {
    const shown = notice.shown.map((row) => {
      const words = new Set(row.words);
      frequent.forEach((index) => hasWord(row.product, question.words[index]) && words.add(index));
      question.words.forEach((word, index) => isOtherCode(row.product, word) && words.delete(index));
      const missing = question.words.filter((_, index) => !words.has(index));
      return { ...row, words, missing: missing.map(({ text }) => text), grade: grade({ ...row, words }, missing, question) };
    });
    return { ...notice, shown, grade: Math.max(NEAR, ...shown.map((row) => row.grade)) };
  }

  /** Notices that may mean a product in all but a batch they do not name; of those found by a frequent word alone, few. */
  function maybeSilent(notices, question) {
    const misses = (row) => question.words.filter((_, index) => !row.words.has(index));
    const rows = (notice) => notice.rows.filter((row) => misses(row).every(mayBeBatch));
    const all = notices.filter((notice) => rows(notice).length > 0);
    const close = all.filter((notice) => rows(notice).some(({ columns }) => /[mgj]/.test(columns)));
    return [...close, ...all.filter((notice) => !close.includes(notice)).slice(0, OPENED)];
  }

  /** What the reader may mean by a word that is only the beginning of a model or batch. */
  async function offers(question, known) {
    const lists = await Promise.all(question.words.map(async (word, index) => {
      const typed = [...word.keys[0]];
      if (known.has(index) || typed.length < 4) return [];
      for (let length = 4; length <= Math.min(typed.length, 10); length += 2) {
        const key = `~${typed.slice(0, length).join('')}`;
        const texts = (await valuesOf([key])).get(key);
        if (texts === undefined) return [];
        const fitting = texts.filter((text) => form.normal(text).startsWith(word.keys[0]) || isWithin(text, word.keys[0]));
        if (texts.length > 0) return fitting.map((text) => ({ text, question: replaced(question, index, text), isRange: isWithin(text, word.keys[0]) }));
      }
      return [];
    }));
    return lists.flat();
  }

  /** Whether a range, as it is printed, has a batch: `P0500A000～P0500A999` or `…～999` has P0500A123. */
  function isWithin(range, typed) {
    const ends = range.split(/[~～〜至到—–]+/).map(form.normal);
    if (ends.length !== 2 || ends[0].length !== typed.length) return false;
    const last = ends[0].slice(0, Math.max(0, typed.length - ends[1].length)) + ends[1];
    return ends[0] <= typed && typed <= last;
  }

  const replaced = (question, index, text) => question.words.map((word, at) => (at === index ? text : word.text)).join(' ');

  const isWhole = (row, question) => row.words.size === question.words.length;

  /** What stands under whole, words and neighbours. A word nobody knows is taken apart. */
  async function asked(question) {
    const keys = [question.whole, ...question.words].flatMap((word) => word.keys).concat(question.pairs);
    const values = await valuesOf([...new Set(keys)]);
    const apart = form.refined(question, (key) => values.has(key));
    if (apart) return asked(apart);
    const result = judgedWords(question, values);
    // Two frequent words may be neighbours the other way round.
    return result.isSure ? result : judgedWords(question, new Map([...values, ...(await valuesOf(question.turned))]));
  }

  /** Candidates, which words are frequent, and which notices must be opened to know whether they have these. */
  function judgedWords(question, values) {
    const found = candidates(question, values);
    const frequent = found.words.flatMap(({ more }, index) => (more > 0 ? [index] : []));
    // Whoever has all words is among those that have the rarest. Null: among too many to be named.
    const sources = [...found.words, ...found.pairs].filter(({ more }) => more === 0).map(noticesOf);
    const doubt = frequent.length === 0 ? new Set() : sources.sort((one, other) => one.size - other.size)[0] || null;
    const isSure = found.whole.rows.size > 0 || (doubt !== null && doubt.size <= OPENED);
    return { question, values, found, frequent, doubt, isSure };
  }

  /** Notices that may agree, opened and judged; those that agree without a look, and those that do not agree. */
  async function sorted({ question, found, frequent, doubt }) {
    const notices = byNotice(found.rows);
    const named = notices.filter(({ rows }) => isWhole(rows[0], question));
    const others = notices.filter((notice) => !named.includes(notice));
    // Bar codes under one key differ in the last digit or the packaging: only a look tells.
    const looked = question.words.some(({ gtin }) => gtin !== null) ? named : named.slice(0, OPENED);
    const doubted = others.filter(({ id }) => doubt === null || doubt.has(id)).slice(0, OPENED);
    const opening = new Set([...looked, ...(named.length < OPENED ? doubted : []), ...maybeSilent(others, question)]);
    const seen = await Promise.all([...opening].map(async (notice) => judged(await opened(notice, question), question, frequent)));
    const rest = (list) => list.filter((notice) => !opening.has(notice));
    return { seen, full: rest(named).map((notice) => ({ ...notice, grade: FULL })), near: rest(others) };
  }

  /** Everything the data says to what was typed. A batch within a range that is not written out is found by the range. */
  async function find(text) {
    const result = await direct(text);
    const ranges = await Promise.all(result.offers.filter(({ isRange }) => isRange).map((offer) => direct(offer.question)));
    const [first, ...others] = ranges.filter(({ full }) => full.length > 0);
    if (!first) return result;
    const full = new Map([first, ...others].flatMap((found) => found.full).map((notice) => [notice.id, notice]));
    return { ...first, question: { ...first.question, typed: result.question.typed }, full: [...full.values()].sort(byWorth) };
  }

  /** What stands under the words themselves. */
  async function direct(text) {
    const known = await asked(form.question(text));
    const { question, values, found, frequent, isSure } = known;
    const parts = await sorted(known);
    const byGrade = (one, other) => Number(one.isOver) - Number(other.isOver) || other.grade - one.grade || byWorth(one, other);
    const full = [...parts.seen.filter((notice) => notice.grade > NEAR), ...parts.full].sort(byGrade);
    const near = full.length > 0 ? [] : [...parts.seen, ...parts.near].sort(byWorth);
    const words = new Set(found.rows.flatMap((row) => [...row.words]));
    const more = question.words.length > 1 || found.whole.more > 0 ? found.whole.more : Math.max(0, ...found.words.map((word) => word.more));
    // Eight digits may be a day, and any number the batch of another product.
    const isMistyped = question.words.some(({ gtin, keys }) => gtin && !form.isChecked(gtin) && !form.isDay(keys[0]) && !values.has(keys[0]));
    const isCut = !isSure || (frequent.length > 0 && full.some((notice) => notice.grade === SILENT));
    return { question, full, near, more, isCut, isMistyped, offers: full.length > 0 ? [] : await offers(question, words) };
  }

  Object.assign(window.jingshiLookup, {
    take: (name, data) => arrived.set(name, data),
    find,
    codesOf,
    isOtherCode,
    open: async (notice, question) => (notice.card ? notice : judged(await opened(notice, question), question, [])),
    grades: { SILENT, FULL },
  });
})();
