/*
 * Search without a server. In: the form of search.html, and the index as the build wrote it (src/search/): scripts that
 * call `jingshiSearch(name, value)`, because a page opened from disk may load scripts and nothing else. Out: results, each
 * of which contains every word, and all that do. Text is set as text only; nothing is asked of any other site.
 */
(() => {
  'use strict';

  /* Normal form: mirrors src/search/normal.rs, which says what it is. */

  const BREAK = '\n';
  const BREAKS = new Set('!"\'(),:;?[\\]^`{|}~¡¿«»·‖‘’‚“”„•‥′″‹›‧、。〈〉《》「」『』【】〔〕〖〗〘〙〚〛〝〞〟・');
  const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
  const DASHES = /[\u2010-\u2015\u2212-]/;
  const SLASHES = /[/\u2044\u2215]/;
  const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/u;
  const SPACES = 'spaces';
  const DASH = 'dash';
  const NONE = '';

  const folded = new Map();

  /** What a character becomes: signs, a space, joints (`-`, `/`, `.`), breaks. */
  function partsOf(character) {
    let parts = folded.get(character);
    if (!parts) {
      const signs = INVISIBLE.test(character) ? [] : Array.from(character.normalize('NFKC'));
      parts = signs.flatMap((sign) => Array.from(sign.toLowerCase())).map(part);
      folded.set(character, parts);
    }
    return parts;
  }

  function part(sign) {
    if (BREAKS.has(sign) || CONTROLS.test(sign)) return BREAK;
    if (DASHES.test(sign)) return '-';
    return SLASHES.test(sign) ? '/' : sign;
  }

  const isDigit = (sign) => sign >= '0' && sign <= '9' && sign.length === 1;
  const isLetter = (sign) => sign >= 'a' && sign <= 'z' && sign.length === 1;
  const isJoint = (part) => part === '-' || part === '/' || part === '.';

  function afterSpace(gap) {
    if (gap === NONE || gap === SPACES) return SPACES;
    return gap === '-' || gap === DASH ? DASH : BREAK;
  }

  function afterJoint(gap, joint) {
    if (gap === NONE) return joint;
    return gap === SPACES && joint === '-' ? DASH : BREAK;
  }

  function between(a, gap, b) {
    const digits = isDigit(a) && isDigit(b);
    const letters = isLetter(a) && isLetter(b);
    const plain = (isDigit(a) || isLetter(a)) && (isDigit(b) || isLetter(b));
    if (gap === NONE) return '';
    if (gap === SPACES) return digits || letters ? BREAK : '';
    if ((gap === '-' || gap === DASH) && digits) return '-';
    if (gap === '-' && plain) return '';
    if (gap === '/' && letters) return '';
    return gap === '.' && plain ? '.' : BREAK;
  }

  /** The signs of a text, and for each unit of them where it stands in the text. */
  function normal(text) {
    const form = { signs: '', from: [], to: [] };
    const put = (sign, from, to) => {
      form.signs += sign;
      for (let unit = 0; unit < sign.length; unit += 1) {
        form.from.push(from);
        form.to.push(to);
      }
    };
    let [last, gap, at] = ['', BREAK, 0];
    for (const character of text) {
      for (const part of partsOf(character)) {
        if (part === ' ') gap = afterSpace(gap);
        else if (part === BREAK) gap = BREAK;
        else if (isJoint(part)) gap = afterJoint(gap, part);
        else {
          if (last) put(between(last, gap, part), form.to[form.to.length - 1], at);
          put(part, at, at + character.length);
          [last, gap] = [part, NONE];
        }
      }
      at += character.length;
    }
    return form;
  }

  /** The words of a query, each once. */
  function wordsOf(query) {
    const typed = query.split(/[\t-\r \u00a0\u2000-\u200a\u202f\u205f\u3000]+/);
    return [...new Set(typed.flatMap((word) => normal(word).signs.split(BREAK)).filter(Boolean))];
  }

  /* Files of the index: each is loaded once; one that failed may be asked for again. */

  const arrived = new Map();
  const loading = new Map();

  function jingshiSearch(name, value) {
    arrived.set(name, value);
  }
  jingshiSearch.normal = (text) => normal(text).signs;
  window.jingshiSearch = jingshiSearch;

  function load(name, address) {
    if (!loading.has(name)) {
      const file = insert(name, address);
      file.catch(() => loading.delete(name));
      loading.set(name, file);
    }
    return loading.get(name);
  }

  function insert(name, address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = () => {
        script.remove();
        if (arrived.has(name)) resolve(arrived.get(name));
        else reject(new Error(name));
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(name));
      };
      document.head.append(script);
    });
  }

  /* Postings: mirrors src/search/index.rs. */

  const CLASSES = 4;
  const LAST = digits('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-');
  const LEADING = digits(" !#$%&'()*,./:;<=>?@[]^_`{|}~");

  function digits(alphabet) {
    const values = new Int8Array(128).fill(-1);
    Array.from(alphabet, (digit, value) => { values[digit.charCodeAt(0)] = value; });
    return values;
  }

  /** From numbers of notices, counted from the first of their segment, to the class of the weightiest place. */
  function decode(written) {
    const classes = new Map();
    let [notice, leading] = [0, 0];
    for (let at = 0; at < written.length; at += 1) {
      const code = written.charCodeAt(at);
      if (LAST[code] < 0) leading = leading * 29 + LEADING[code] + 1;
      else {
        const number = leading * 64 + LAST[code];
        notice += Math.floor(number / CLASSES);
        classes.set(notice, CLASSES - 1 - (number % CLASSES));
        notice += 1;
        leading = 0;
      }
    }
    return classes;
  }

  function shardOf(token, count) {
    let hash = 0x811c9dc5;
    for (const sign of token) hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193);
    hash >>>= 0;
    return ((hash ^ (hash >>> 15)) >>> 0) % count;
  }

  async function postings(segment, token) {
    const file = `s${segment.start}/${shardOf(token, segment.shards).toString(16)}`;
    // A file of another edition has another name: better none than the wrong one.
    const shard = await load(`${file}/${segment.shards}`, `${file}.js?v=${segment.stamp}`);
    return decode(Object.prototype.hasOwnProperty.call(shard, token) ? shard[token] : '');
  }

  /* Searching. */

  /** So many entries of the index are looked up at first; the texts decide on the rest. */
  const FIRST = 3;
  /** So many texts are read at once: the first results show early, and where texts disappoint, the index is asked again. */
  const TRIAL = 5;
  const PAGE = 10;

  const isAscii = (signs) => signs.every((sign) => sign < '\u0080');

  /** The parts of a word that the index knows: three signs of ASCII, or two signs. */
  function partsOfWord(word) {
    const signs = Array.from(word);
    if (signs.length < 3) return [word];
    const isThree = (at) => at >= 0 && at + 2 < signs.length && isAscii(signs.slice(at, at + 3));
    const parts = [];
    for (let at = 0; at + 1 < signs.length; at += 1) {
      if (isThree(at)) parts.push(signs.slice(at, at + 3).join(''));
      else if (!isThree(at - 1)) parts.push(signs[at] + signs[at + 1]);
    }
    return parts;
  }

  /** The entries of the index that every result has, those that tell most about each word first. */
  function tokensOf(words) {
    const each = words.map((word) => {
      const parts = partsOfWord(word);
      // Where Chinese meets a number is rarer than either.
      const seams = parts.filter((part) => /[\0-\u007f]/.test(part) && /[^\0-\u007f]/.test(part));
      const middle = parts[Math.floor(parts.length / 2)];
      return [parts[0], ...seams.slice(0, 1), middle, parts[parts.length - 1], ...parts];
    });
    const longest = Math.max(0, ...each.map((tokens) => tokens.length));
    const rounds = Array.from({ length: longest }, (_, round) => each.flatMap((tokens) => tokens.slice(round, round + 1)));
    return [...new Set(rounds.flat())];
  }

  /** The notices of a segment that have all of these entries, with the class of the lightest. */
  async function common(segment, tokens) {
    const lists = await Promise.all(tokens.map((token) => postings(segment, token)));
    lists.sort((a, b) => a.size - b.size);
    return lists.reduce((left, list) => {
      const both = new Map();
      for (const [notice, own] of left) if (list.has(notice)) both.set(notice, Math.max(own, list.get(notice)));
      return both;
    });
  }

  /** Starts a search; nothing of a notice has been read yet. */
  async function find(head, words, filters) {
    const tokens = tokensOf(words);
    const first = tokens.slice(0, FIRST);
    const found = await Promise.all(head.segments.map((segment) => common(segment, [...first, ...filters])));
    // Words that are entries themselves need no look at the text.
    const sure = tokens.length <= FIRST && words.every((word) => partsOfWord(word).length === 1);
    return { head, words, sure, shown: 0, missed: 0, spare: tokens.slice(FIRST), open: candidates(head, found) };
  }

  /** Looks up further entries: where texts disappoint, they cost less than more texts. */
  async function refine(search) {
    // Where no text at all was right, most of the rest will not be either.
    const more = search.spare.splice(0, search.missed > 2 ? 2 * FIRST : 2);
    search.missed = 0;
    const numbers = search.open.map(({ number }) => number);
    const segments = search.head.segments.filter((segment) => numbers.some((number) => isIn(segment, number)));
    const found = await Promise.all(segments.map((segment) => common(segment, more)));
    const left = new Map(candidates({ ...search.head, segments }, found).map((candidate) => [candidate.number, candidate]));
    search.open = search.open.filter(({ number }) => left.has(number));
    for (const candidate of search.open) {
      if (!candidate.isWeighed) candidate.rank = Math.max(candidate.rank, left.get(candidate.number).rank);
    }
    search.open.sort(byRank);
  }

  const isIn = ({ start, notices }, number) => number >= start && number < start + notices;
  const byRank = (a, b) => b.rank - a.rank || a.number - b.number;

  /** The best one last: weightier places first, then newer notices; what no longer holds comes after everything else. */
  function candidates(head, found) {
    const over = new Set(head.over);
    const all = found.flatMap((classes, at) => Array.from(classes, ([notice, own]) => {
      const number = head.segments[at].start + notice;
      const gone = over.has(number) ? CLASSES : 0;
      return { number, gone, rank: gone + own, record: null, isWeighed: false };
    }));
    return all.sort(byRank);
  }

  async function read(head, candidate) {
    if (candidate.record) return;
    const { number } = candidate;
    const segment = head.segments.find((each) => isIn(each, number));
    const name = `t/${Math.floor(number / head.texts)}`;
    const records = await load(name, `${name}.js?v=${segment.stamp}`);
    candidate.record = records[number % head.texts];
  }

  /** The texts of a notice by class, in normal form. */
  function formsOf(record) {
    if (!record.forms) {
      const { entry, products, actions, text } = record;
      record.forms = [entry.title, products, `${entry.summary}\n${actions}`, text].map((each) => normal(each).signs);
    }
    return record.forms;
  }

  /** The class of the word that stands in the lightest place, or none where one is missing. */
  function weigh(record, words) {
    const forms = formsOf(record);
    const classes = words.map((word) => forms.findIndex((form) => form.includes(word)));
    if (classes.includes(-1)) return null;
    return words.length === 0 ? CLASSES - 1 : Math.max(...classes);
  }

  /**
   * The next results, handed over a few at a time. Pairs side by side in the index may stand apart in the text: every text
   * is looked at, and a notice whose words stand in lighter places than the index could tell waits for its turn.
   */
  async function next(search, count, hand) {
    let wanted = count;
    while (wanted > 0 && search.open.length > 0) {
      if (search.missed > 1 && search.spare.length > 0 && search.open.length > TRIAL) await refine(search);
      const trial = search.spare.length > FIRST ? FIRST : TRIAL;
      const ahead = search.open.slice(-Math.min(wanted, trial));
      await Promise.all(ahead.map((candidate) => read(search.head, candidate)));
      const records = ready(search, wanted);
      wanted -= records.length;
      search.shown += records.length;
      if (!hand(records)) return;
    }
  }

  /** The results at hand, as far as their texts are there. */
  function ready(search, most) {
    const { open } = search;
    const records = [];
    while (records.length < most && open.length > 0 && open[open.length - 1].record) {
      const candidate = open.pop();
      if (isNext(search, candidate)) records.push(candidate.record);
    }
    return records;
  }

  /** Whether a notice is a result, and the next one; one that weighs less than it seemed is put back. */
  function isNext(search, candidate) {
    if (candidate.isWeighed) return true;
    const weight = weigh(candidate.record, search.words);
    if (weight === null) {
      search.missed += 1;
      return false;
    }
    const rank = candidate.gone + weight;
    if (rank <= candidate.rank) return true;
    Object.assign(candidate, { rank, isWeighed: true });
    const place = search.open.findIndex((other) => byRank(other, candidate) > 0);
    search.open.splice(place < 0 ? search.open.length : place, 0, candidate);
    return false;
  }

  /* Results. */

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /** Where words stand in a text, in order, without overlaps. */
  function rangesOf(text, words) {
    const form = normal(text);
    const ranges = [];
    for (const word of words) {
      for (let at = form.signs.indexOf(word); at >= 0; at = form.signs.indexOf(word, at + word.length)) {
        ranges.push([form.from[at], form.to[at + word.length - 1]]);
      }
    }
    ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const merged = [];
    for (const [from, to] of ranges) {
      const last = merged[merged.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    return merged;
  }

  /** A text with its words marked. */
  function marked(text, words) {
    const nodes = [];
    let done = 0;
    for (const [from, to] of rangesOf(text, words)) {
      nodes.push(text.slice(done, from), element('mark', '', text.slice(from, to)));
      done = to;
    }
    nodes.push(text.slice(done));
    return nodes.filter((node) => node !== '');
  }

  /** What stands around the words that neither title nor summary has: at most three places. */
  function excerpts(record, words) {
    const has = (text, word) => normal(text).signs.includes(word);
    const { entry, products, actions, text } = record;
    let missing = words.filter((word) => !has(entry.title, word) && !has(entry.summary, word));
    const places = [];
    for (const line of missing.length > 0 ? `${products}\n${actions}\n${text}`.split('\n') : []) {
      const here = missing.filter((word) => has(line, word));
      if (here.length > 0) places.push(around(line.replace(/\t/g, '　'), here));
      missing = missing.filter((word) => !here.includes(word));
      if (missing.length === 0 || places.length === 3) break;
    }
    return places;
  }

  /** The part of a line around the first of the words. */
  function around(line, words) {
    const [[from, to]] = rangesOf(line, words);
    const start = from > 24 ? from - 20 : 0;
    const end = line.length > to + 44 ? to + 40 : line.length;
    // Never half a character.
    const whole = (at) => (at > 0 && /[\udc00-\udfff]/.test(line.charAt(at)) ? at - 1 : at);
    const cut = line.slice(whole(start), whole(end));
    return `${start > 0 ? '…' : ''}${cut}${end < line.length ? '…' : ''}`;
  }

  function levelOf({ rank, name }) {
    const bars = element('span', 'bars', ...Array.from({ length: 4 }, () => element('i')));
    bars.setAttribute('aria-hidden', 'true');
    return element('span', `level level-${rank}`, bars, element('span', 'sr', '风险等级：'), name);
  }

  function tagsOf(entry) {
    const date = element('time', 'entry-date', entry.published.chinese);
    date.dateTime = entry.published.iso;
    const tags = element('p', 'entry-tags');
    if (entry.level) tags.append(levelOf(entry.level));
    tags.append(element('span', `kind kind-${entry.kind.slug}`, entry.kind.name));
    tags.append(date, ...entry.marks.map(({ tone, label }) => element('span', `mark mark-${tone}`, label)));
    return tags;
  }

  /** A result, as lists show a notice. */
  function resultOf(record, words, root) {
    const { entry } = record;
    const link = element('a', '', ...marked(entry.title, words));
    link.href = root + entry.href;
    const article = element('article', '', element('h2', 'entry-title', link), tagsOf(entry));
    if (entry.summary) article.append(element('p', 'entry-summary', ...marked(entry.summary, words)));
    const places = excerpts(record, words).map((text) => element('span', 'search-place', ...marked(text, words)));
    if (places.length > 0) article.append(element('p', 'search-excerpt', element('span', 'label', '文中提到'), ...places));
    return element('li', entry.level ? `entry entry-level-${entry.level.rank}` : 'entry', article);
  }

  /* The page. */

  const form = document.getElementById('search');
  if (!form) return;
  const byId = (id) => document.getElementById(`search-${id}`);
  const [input, status, failed, results, nothing, ways] =
    ['q', 'status', 'failed', 'results', 'nothing', 'ways'].map(byId);
  const list = results.querySelector('.entries');
  const more = results.querySelector('.search-more button');
  const choices = Array.from(form.querySelectorAll('select'));

  let turn = 0;
  let asked = null;
  let current = null;
  let composing = false;
  // How many results were shown when the page was left.
  let restored = 0;
  let timer = 0;

  // Asked for again after a failure: the site may have been renewed since the page was loaded.
  let retries = 0;
  const head = () => load('head', form.dataset.head + (retries > 0 ? `&again=${retries}` : ''));

  /** All results, as addresses: for tests and for those who know how to ask. */
  jingshiSearch.all = async (query, filters = []) => {
    const search = await find(await head(), wordsOf(query), filters);
    const hrefs = [];
    await next(search, Infinity, (records) => hrefs.push(...records.map(({ entry }) => entry.href)) >= 0);
    return hrefs;
  };

  function show(part, isShown) {
    if (part) part.hidden = !isShown;
  }

  /** What is asked for now. */
  function question() {
    const filters = choices.filter(({ value }) => value).map(({ name, value }) => `${name}:${value}`);
    const words = wordsOf(input.value);
    return { words, filters, key: JSON.stringify([words, filters]) };
  }

  function fromAddress() {
    const given = new URLSearchParams(location.search);
    input.value = (given.get('q') || '').slice(0, input.maxLength);
    for (const choice of choices) {
      choice.value = given.get(choice.name) || '';
      if (choice.selectedIndex < 0) choice.value = '';
    }
    restored = Math.min(200, (history.state && history.state.shown) || 0);
    const narrow = form.querySelector('details');
    if (narrow && choices.some(({ value }) => value)) narrow.open = true;
  }

  function toAddress() {
    const given = new URLSearchParams();
    for (const { name, value } of [input, ...choices]) if (value.trim()) given.set(name, value.trim());
    const query = given.toString();
    const address = location.href.split(/[?#]/)[0] + (query ? `?${query}` : '');
    try {
      history.replaceState({ shown: current ? current.shown : 0 }, '', address);
    } catch (_) {
      // Some browsers keep the address of a page opened from disk as it is.
    }
  }

  function tell() {
    const { sure, shown, open } = current;
    const total = shown + open.length;
    const about = sure || open.length === 0 ? '' : '约';
    const part = open.length > 0 ? `，先列出 ${shown} 条` : '';
    status.textContent = total === 0 ? '没有找到。' : `找到${about} ${total} 条${part}。`;
  }

  function chosen() {
    const count = choices.filter(({ value }) => value).length;
    const note = byId('chosen');
    if (note) note.textContent = count > 0 ? `（已选 ${count} 项）` : '';
  }

  /** Nothing is asked for: the lists are the way. */
  function rest() {
    current = null;
    list.replaceChildren();
    [results, nothing, failed].forEach((part) => show(part, false));
    show(ways, true);
    status.textContent = '';
  }

  async function go() {
    clearTimeout(timer);
    const { words, filters, key } = question();
    chosen();
    if (key === asked) return;
    asked = key;
    turn += 1;
    const mine = turn;
    if (words.length === 0 && filters.length === 0) {
      rest();
      toAddress();
      return;
    }
    const wait = setTimeout(() => { if (mine === turn) status.textContent = '正在查找…'; }, 400);
    const wanted = Math.max(PAGE, restored);
    restored = 0;
    try {
      const search = await find(await head(), words, filters);
      if (mine === turn) await present(search, wanted, () => mine === turn);
    } catch (_) {
      if (mine === turn) {
        // Those of the question before would look like answers to this one.
        show(results, false);
        show(nothing, false);
        fail();
      }
    } finally {
      clearTimeout(wait);
    }
  }

  /** Shows the first results in place of those before; the old ones stay until then. */
  async function present(search, count, isWanted) {
    let isFirst = true;
    await next(search, count, (records) => {
      if (!isWanted()) return false;
      if (isFirst && records.length > 0) {
        list.replaceChildren();
        isFirst = false;
        show(failed, false);
        show(nothing, false);
        show(ways, false);
        show(more.parentElement, false);
        show(results, true);
      }
      append(search, records);
      return true;
    });
    if (!isWanted()) return;
    current = search;
    const isEmpty = search.shown === 0;
    if (isEmpty) list.replaceChildren();
    show(failed, false);
    show(results, !isEmpty);
    show(nothing, isEmpty);
    show(ways, isEmpty);
    finish();
  }

  function append(search, records) {
    list.append(...records.map((record) => resultOf(record, search.words, form.dataset.root)));
  }

  function finish() {
    show(more.parentElement, current.open.length > 0);
    tell();
    toAddress();
  }

  async function extend() {
    if (more.getAttribute('aria-disabled') === 'true') return;
    const [search, mine, before] = [current, turn, list.children.length];
    // A button that is switched off would lose the focus.
    more.setAttribute('aria-disabled', 'true');
    try {
      await next(search, PAGE, (records) => {
        if (mine !== turn) return false;
        const isFirst = list.children.length === before;
        append(search, records);
        if (isFirst && records.length > 0) list.children[before].querySelector('a').focus({ preventScroll: true });
        return true;
      });
      if (mine === turn) {
        show(failed, false);
        finish();
      }
    } catch (_) {
      if (mine === turn) {
        fail();
        failed.querySelector('button').focus();
      }
    } finally {
      more.removeAttribute('aria-disabled');
    }
  }

  function fail() {
    asked = null;
    retries += 1;
    loading.clear();
    arrived.clear();
    show(failed, true);
    status.textContent = '';
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(go, 150);
  }

  function clear(fields) {
    for (const field of fields) field.value = '';
    go();
    input.focus();
  }

  input.addEventListener('compositionstart', () => { composing = true; });
  input.addEventListener('compositionend', () => {
    composing = false;
    soon();
  });
  input.addEventListener('input', () => { if (!composing) soon(); });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing && input.value) clear([input]);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
    // The keyboard of a phone would cover the results.
    if (matchMedia('(pointer: coarse)').matches) input.blur();
  });
  choices.forEach((choice) => choice.addEventListener('change', go));
  const all = byId('clear');
  if (all) all.addEventListener('click', () => clear(choices));
  more.addEventListener('click', extend);
  failed.querySelector('button').addEventListener('click', () => {
    show(failed, false);
    go();
  });
  addEventListener('popstate', () => {
    fromAddress();
    go();
  });
  // A page that was kept shows its fields as they were left.
  addEventListener('pageshow', (event) => { if (event.persisted) go(); });

  form.hidden = false;
  show(byId('off'), false);
  fromAddress();
  go();
  head().catch(() => {});
})();
