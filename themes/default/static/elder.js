/*
 * The elder mode: larger type, fewer things, strong contrast; what it looks like stands in style.css.
 * In: the choice this browser remembers. Out: `data-elder` on the root element, before anything is painted.
 * Nothing is sent anywhere; where the browser remembers nothing, the choice holds for the page.
 */
(function () {
  'use strict';
  try {
    if (window.localStorage.getItem('jingshi-elder') === '1') document.documentElement.setAttribute('data-elder', '');
  } catch (refused) { /* Storage is switched off: the page is shown as usual. */ }
})();
