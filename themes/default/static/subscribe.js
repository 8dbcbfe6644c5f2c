// Adds a button to each address of the subscribe page that copies it. Without this script the addresses are links that
// can be held or selected; nothing else is missing. Copying itself is done by site.js, which comes before.
(() => {
  'use strict';

  const SHOWN = 4000;

  /** Says something to those who listen; for those who look, the button says it. */
  function announcer() {
    const status = document.createElement('p');
    status.className = 'sr';
    status.setAttribute('role', 'status');
    document.querySelector('main').append(status);
    return (text) => {
      status.textContent = text;
    };
  }

  /** Selects the address, for those whose browser does not let us copy. */
  function select(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function addButton(link, say) {
    const { copy: address, name } = link.dataset;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    const word = document.createElement('span');
    word.textContent = '复制';
    const rest = document.createElement('span');
    rest.className = 'sr';
    rest.textContent = `“${name}”的订阅地址`;
    button.append(word, rest);
    let timer = 0;
    button.addEventListener('click', async () => {
      const done = await window.jingshi.copy(address);
      button.focus();
      if (!done) select(link);
      word.textContent = done ? '已复制' : '请长按复制';
      say('');
      say(done ? `已复制“${name}”的订阅地址，请粘贴到阅读器里。` : '没能复制，地址已经选中，请长按或按 Ctrl+C 复制。');
      clearTimeout(timer);
      timer = setTimeout(() => {
        word.textContent = '复制';
      }, SHOWN);
    });
    link.parentElement.after(button);
  }

  const say = announcer();
  document.querySelectorAll('[data-copy]').forEach((link) => addButton(link, say));
})();
