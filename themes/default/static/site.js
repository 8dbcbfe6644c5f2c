/*
 * What every page can do beyond being read: the switch of the elder mode, reading aloud, sharing, printing.
 * In: buttons that are hidden until the browser turns out to be able. Out: nothing leaves the page but what is shared.
 */
(function () {
  'use strict';

  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const said = find('.tools-said');
  const say = (text) => { if (said) said.textContent = text; };

  /** Shows a button and lets it do something. */
  function offer(selector, act) {
    const button = find(selector);
    if (!button) return null;
    button.hidden = false;
    button.addEventListener('click', () => act(button));
    return button;
  }

  /* Elder mode */
  const isElder = () => root.hasAttribute('data-elder');
  function remember(on) {
    try {
      if (on) localStorage.setItem('jingshi-elder', '1');
      else localStorage.removeItem('jingshi-elder');
    } catch (refused) { /* Holds for this page. */ }
  }
  function showElder(button) {
    button.setAttribute('aria-pressed', String(isElder()));
  }
  const elder = offer('[data-elder-switch]', (button) => {
    root.toggleAttribute('data-elder');
    remember(isElder());
    showElder(button);
  });
  if (elder) showElder(elder);

  /* Reading aloud: block by block, so that it can pause, and the browser's limit for one utterance is never met. */
  const voice = window.speechSynthesis;
  const BLOCKS = 'h1, h2, h3, p, li, dt, dd, caption, th, td, figcaption';
  const SILENT = '.tools, .skip-table, .history, .related, .scan, .sr, [aria-hidden=true]';
  let queue = [];
  let current = null;
  let paused = false;

  /** What a block says itself: without the blocks inside it, which have their own turn. */
  function ownText(block) {
    const own = Array.from(block.childNodes).filter((node) => node.nodeType === Node.TEXT_NODE
      || (node.nodeType === Node.ELEMENT_NODE && !node.matches(SILENT) && !node.matches(BLOCKS) && !node.querySelector(BLOCKS)));
    return own.map((node) => node.textContent).join('').trim().replace(/\s+/g, ' ');
  }
  /** The blocks of the article that are seen and say something, in order. */
  function blocks() {
    const article = find('.document-main') || find('main');
    return Array.from(article.querySelectorAll(BLOCKS)).filter((block) => !block.closest(SILENT) && block.offsetParent && ownText(block));
  }
  function mark(block) {
    if (current) current.classList.remove('reading');
    current = block;
    if (current) {
      current.classList.add('reading');
      current.scrollIntoView({ block: 'nearest' });
    }
  }
  function showReading(text, stop) {
    find('[data-read]').textContent = text;
    find('[data-read-stop]').hidden = !stop;
  }
  function speak(block) {
    const utterance = new SpeechSynthesisUtterance(ownText(block));
    utterance.lang = 'zh-CN';
    utterance.rate = isElder() ? 0.85 : 1;
    utterance.onend = () => { if (current === block && !paused) next(); };
    utterance.onerror = (event) => {
      if (paused || event.error === 'canceled' || event.error === 'interrupted') return;
      stopReading();
      say('这台设备不能朗读中文。');
    };
    voice.speak(utterance);
  }
  function next() {
    const block = queue.shift();
    mark(block || null);
    if (block) speak(block);
    else showReading('朗读', false);
  }
  function stopReading() {
    queue = [];
    paused = false;
    mark(null);
    voice.cancel();
    showReading('朗读', false);
  }
  /** Pausing ends the utterance, since some browsers pause for ever; going on begins its block again. */
  function read() {
    if (current && paused) {
      paused = false;
      showReading('暂停朗读', true);
      speak(current);
    } else if (current) {
      paused = true;
      voice.cancel();
      showReading('继续朗读', true);
    } else {
      queue = blocks();
      say('');
      showReading('暂停朗读', true);
      next();
    }
  }
  if (voice && window.SpeechSynthesisUtterance && find('[data-read]')) {
    offer('[data-read]', read);
    find('[data-read-stop]').addEventListener('click', () => {
      stopReading();
      find('[data-read]').focus();
    });
    window.addEventListener('pagehide', () => voice.cancel());
  }

  /* Sharing: by the device where it can, else as a text to paste. */
  const canonical = find('link[rel=canonical]');
  const address = () => (canonical ? canonical.href : location.href);
  const title = () => (find('h1') || {}).textContent || document.title;
  /** Copies by way of a selection: on pages from disk and without encryption there is no clipboard to ask. */
  function copySelected(text) {
    const field = document.createElement('textarea');
    field.value = text;
    field.readOnly = true;
    field.className = 'sr';
    document.body.append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch (refused) { /* Then it is not done. */ }
    field.remove();
    return done;
  }
  /** Copies a text; whether it is done. Other scripts of the site use it too. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (refused) {
      return copySelected(text);
    }
  }
  window.jingshi = { copy };
  async function copyAddress(button) {
    const done = await copy(title().trim() + '\n' + address());
    button.focus();
    say(done ? '标题和网址已复制，到微信或短信里粘贴就行。' : '没有复制成，请长按网址栏复制。');
  }
  offer('[data-share]', (button) => {
    if (!navigator.share) {
      copyAddress(button);
      return;
    }
    navigator.share({ title: title().trim(), url: address() }).catch((error) => {
      if (error.name !== 'AbortError') copyAddress(button);
    });
  });

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
})();
