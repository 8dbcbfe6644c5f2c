/*
 * 查我的产品: the answer, in words. What comes from data or was typed is only ever set as text or as an address below the
 * root of the site.
 */
(() => {
  'use strict';

  const { form, find, open, codesOf, isOtherCode, grades } = window.jingshiLookup;
  // lookup.js has not come: the page goes on saying that it cannot look anything up.
  if (!find) return;
  const page = document.getElementById('lookup-form');
  const field = document.getElementById('lookup-text');
  const answer = document.getElementById('lookup-answer');
  const headline = document.getElementById('lookup-headline');
  const body = document.getElementById('lookup-body');
  const { root, search } = page.dataset;

  /** How many notices are shown at once, and how many of their products. */
  const SHOWN = { full: 6, near: 4, rows: 3 };
  const HEADS = ['产品名称', '品牌', '型号', '批号', '条码', '生产者', '销售渠道'];
  /** The columns of HEADS by their letter in the data. */
  const LETTERS = 'nbmlgk';

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children.filter((child) => child !== null && child !== ''));
    return made;
  }

  function link(className, href, ...children) {
    const made = element('a', className, ...children);
    made.setAttribute('href', href);
    return made;
  }

  const hotline = () => link('lookup-phone', 'tel:12315', '12315');

  /** That nothing was found, is no all-clear. */
  const caution = () => element('p', 'lookup-caution', element('strong', '', '未查到不等于安全。'), '可能还没有抽检到，也可能写法不一样。觉得产品有问题，请先停用，留好产品、包装和购物凭证，再拨打 ', hotline(), '。');

  const searchLink = (typed, words) => link('lookup-link', `${root}${search}?q=${encodeURIComponent(typed)}`, words);

  /** Bars for a level, as the components of the theme draw them. */
  function level([rank, name]) {
    const bars = element('span', 'bars', ...Array.from({ length: 4 }, () => element('i', '')));
    bars.setAttribute('aria-hidden', 'true');
    return element('span', `level level-${Number(rank)}`, bars, element('span', 'sr', '风险等级：'), name);
  }

  function tags(card) {
    const kind = element('span', `kind kind-${card.kind[0]}`, card.kind[1]);
    const marks = card.marks.map(([tone, label]) => element('span', `mark mark-${tone}`, label));
    const [iso, day] = card.published;
    const date = element('time', 'entry-date', day);
    date.setAttribute('datetime', iso);
    return element('p', 'entry-tags', card.level ? level(card.level) : null, kind, date, ...marks);
  }

  /** Whether a notice no longer holds; before it is opened, its keys tell. */
  const isOver = ({ card, isOver: isSaid }) => (card ? card.marks.some(([tone]) => tone === 'withdrawn' || tone === 'expired') : isSaid);

  /** Whether a cell is why its row was found. */
  function isMarked(row, column, text, question) {
    if (row.columns.includes(LETTERS[column])) return true;
    const own = form.normal(text);
    const isHit = (key) => key === own || (row.columns.includes('j') && own.length > 1 && key.includes(own));
    return column < LETTERS.length && [question.whole, ...question.words].some(({ keys }) => keys.some(isHit));
  }

  /** The code that was typed, where the product has one like it but not the same. */
  function otherCode(row, { words }) {
    const word = words.find((each) => isOtherCode(row.product, each));
    return word ? word.gtin : null;
  }

  /** A product, cell by cell. */
  function product(row, question) {
    const cells = row.product.flatMap((text, column) => {
      if (text === '') return [];
      const marked = isMarked(row, column, text, question);
      const isNear = column === 4 && otherCode(row, question) !== null;
      const word = element('span', isNear ? 'lookup-near' : 'lookup-same', isNear ? '相近' : '相符');
      const value = marked ? element('dd', '', element('mark', 'lookup-mark', text), word) : element('dd', '', text);
      return [element('div', '', element('dt', '', HEADS[column]), value)];
    });
    return element('dl', 'lookup-product', ...cells);
  }

  /** Why a row is not, or not surely, what was asked. */
  function difference(row, question) {
    if (row.grade === grades.FULL) return '';
    if (row.grade === grades.SILENT) return '这一条没有写批号，您的产品也可能在内，请先停用再核对。';
    const typed = otherCode(row, question);
    if (typed === null) return row.missing.length > 0 ? `没有对上的：${row.missing.join('、')}。` : '';
    const isOtherPackage = codesOf(row.product).every((code) => code[0] !== typed[0]);
    return isOtherPackage ? '条码属于同一产品的另一种包装（例如整箱和单件）。' : '条码只有最后一位不同，可能输错了。';
  }

  /** A notice with the products that were found in it. */
  function hit(notice, question) {
    const { card } = notice;
    const isFull = notice.grade === grades.FULL;
    const isMeant = isFull || notice.grade === grades.SILENT;
    const rows = notice.shown.filter((row) => row.grade === notice.grade).slice(0, SHOWN.rows);
    const others = notice.rows.filter((row) => !isFull || row.words.size === question.words.length).length - rows.length;
    const over = isOver(notice);
    const why = rows.length === 0 ? '' : difference(rows[0], question);
    const [place, words] = over ? ['', '看原文和说明'] : isMeant ? ['#actions', '看要做什么'] : ['#products', '打开这一条来对照'];
    const go = link('lookup-go', `${root}${card.href}${place}`, words, element('span', 'sr', `：${card.title}`));
    return element('li', `lookup-hit${over ? ' lookup-over' : ''}`, element('article', '',
      element('h3', 'lookup-title', link('', `${root}${card.href}`, card.title)),
      tags(card),
      over ? element('p', 'lookup-void', overWords(card)) : null,
      card.action && !over && isMeant ? element('p', 'lookup-action', element('strong', '', '先做这件事：'), card.action) : null,
      why ? element('p', 'lookup-why', why) : null,
      ...rows.map((row) => product(row, question)),
      others > 0 ? element('p', 'lookup-others', `这一条里还有 ${others} 个产品${isFull ? '也对得上' : '也对上一部分'}，请看原文。`) : null,
      element('p', '', go)));
  }

  const overWords = (card) => (card.marks.some(([tone]) => tone === 'withdrawn') ? '这一条已撤销，不再有效。' : '这一条已过有效期，内容可能不再适用。');

  /** A list of notices, a few at a time. */
  function list(notices, count, question) {
    const items = element('ul', 'lookup-hits');
    const button = element('button', 'lookup-button', '');
    button.type = 'button';
    let shown = 0;
    const show = async () => {
      const next = await Promise.all(notices.slice(shown, shown + count).map((notice) => open(notice, question)));
      const made = next.map((notice) => hit(notice, question));
      items.append(...made);
      shown += next.length;
      button.textContent = `再看 ${notices.length - shown} 条`;
      button.hidden = shown >= notices.length;
      return made;
    };
    button.addEventListener('click', () => {
      show().then(([first]) => first && first.querySelector('a').focus(), failed);
    });
    return show().then(() => element('div', '', items, button));
  }

  /** Remarks on what was typed. */
  function remarks({ question, full, isMistyped }) {
    const notes = isMistyped ? ['条码的数字之间对不起来，可能输错了一位，请对照包装再看一遍。'] : [];
    const odd = question.words.map(({ text, gtin }) => (gtin ? '' : form.normal(text))).find((text) => /^\d{9,}$/.test(text));
    if (odd && full.length === 0) notes.push(`如果输入的是条码：商品条码多是 13 位，这里是 ${odd.length} 位，请看看有没有漏掉或多出数字。`);
    if (question.isLong) notes.push('词太多了，只查了前面六个。');
    return notes.map((note) => element('p', 'lookup-remark', note));
  }

  /** What the reader may have begun to type. */
  function beginnings(offers) {
    if (offers.length === 0) return null;
    const items = offers.map(({ text, question }) => element('li', '', link('lookup-offer', `?q=${encodeURIComponent(question)}`, text)));
    return element('div', 'lookup-offers', element('p', '', '您是不是要查下面这些？点一下就查：'), element('ul', '', ...items));
  }

  const kindsOf = (notices) => (notices.every(({ card }) => !card || card.kind[0] === 'risk-warnings') ? '警示' : '警示或提示');

  function summary({ full, near, more, isCut, offers }) {
    if (full.length > 0) {
      const silent = full.filter(({ grade }) => grade === grades.SILENT).length;
      const same = full.length + more - silent;
      const count = `${isCut ? '至少' : ''} ${same > 0 ? same : silent}`;
      const what = same > 0 ? `与您输入相符的${kindsOf(full)}` : `可能包括您的产品的${kindsOf(full)}`;
      const also = same > 0 && silent > 0 ? `，另有 ${silent} 条没有写批号，您的产品也可能在内` : '';
      return `查到${count} 条${what}${also}${full.every(isOver) ? '，但已不再有效' : ''}`;
    }
    if (near.length > 0) return `没有查到完全相符的，有 ${near.length + more} 条相近`;
    return offers.length > 0 ? '没有查到，可能还没有输全' : '没有查到';
  }

  async function shown(result) {
    const { question, full, near, more, isCut } = result;
    const parts = remarks(result);
    if (full.length > 0) {
      // What is over says nothing about today.
      if (full.every(isOver)) parts.push(caution());
      else parts.push(element('p', 'lookup-advice', '请对照标出的各项。对得上的，请停用，按警示里写的做；有一项对不上的，再核对一遍。'));
      parts.push(await list(full, SHOWN.full, question));
    } else {
      parts.push(caution(), beginnings(result.offers));
      if (near.length > 0) parts.push(element('h3', 'lookup-maybe', '可能是下面这些，请逐项对照'), await list(near, SHOWN.near, question));
      else if (result.offers.length === 0) parts.push(element('p', '', '请把型号或批号写全，或者换一样再查：品牌、型号、批号、条码，各查一次。'));
    }
    if (more > 0) parts.push(element('p', 'lookup-remark', `还有 ${more} 条没有列出来。请再加上型号、批号或条码来查。`));
    if (isCut) parts.push(element('p', 'lookup-remark', '这些词在许多警示里都有，这里可能没有列全。请再加上型号、批号或条码来查。'));
    parts.push(element('p', '', searchLink(question.typed, '在全站文字里搜索这些词')));
    return parts.filter((part) => part && part.childNodes.length > 0);
  }

  let turn = 0;

  function say(words, ...parts) {
    answer.hidden = false;
    headline.textContent = words;
    body.replaceChildren(...parts);
  }

  function failed() {
    say('数据没有取到', element('p', '', '可能是网络不通，也可能是本站刚刚更新。请稍后再点“查询”，还不行就刷新本页；急需知道的，请拨打 ', hotline(), '。'));
  }

  /** Looks up what stands in the field. */
  async function look() {
    turn += 1;
    const own = turn;
    const typed = field.value.trim();
    if (typed === '') {
      say('请先输入品牌、型号、批号或条码');
      return;
    }
    say('正在查…');
    try {
      const result = await find(typed);
      if (own !== turn) return;
      if (result.question.words.length === 0) {
        say('请再多输几个字', element('p', '', '请写出型号、批号或条码本身，例如 X-1 或 C14-P6。'));
        return;
      }
      const parts = await shown(result);
      if (own === turn) say(summary(result), ...parts);
    } catch {
      if (own === turn) failed();
    }
  }

  /** Puts a text into the field, the address and the question. */
  function ask(text) {
    field.value = text;
    try {
      window.history.pushState(null, '', `?q=${encodeURIComponent(text.trim())}`);
    } catch {
      // A page opened from disk may have an address that stays as it is.
    }
    return look().then(() => answer.scrollIntoView({ block: 'nearest' }));
  }

  function fromAddress() {
    field.value = (new URLSearchParams(window.location.search).get('q') || '').slice(0, field.maxLength);
    if (field.value.trim() !== '') look();
    else answer.hidden = true;
  }

  page.addEventListener('submit', (event) => {
    event.preventDefault();
    // On a phone the keyboard would cover the answer.
    if (window.matchMedia('(pointer: coarse)').matches) field.blur();
    ask(field.value);
  });
  body.addEventListener('click', (event) => {
    const offer = event.target.closest('a.lookup-offer');
    if (!offer || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(new URL(offer.href).searchParams.get('q') || '');
    field.focus();
  });
  window.addEventListener('popstate', fromAddress);
  window.jingshiLookup.ask = ask;
  document.getElementById('lookup-off').hidden = true;
  page.hidden = false;
  fromAddress();
  // What only few browsers can do, the others do not load.
  if ('BarcodeDetector' in window) {
    const script = document.createElement('script');
    script.src = page.dataset.scan;
    document.head.append(script);
  }
})();
