// A list of names as 名录 (names alone), 名册 (with posts) or 群像 (with portraits).
(function () {
  'use strict';
  Array.prototype.forEach.call(document.querySelectorAll('.layouts'), function (bar) {
    const roster = bar.parentNode.querySelector('.roster');
    const buttons = Array.prototype.slice.call(bar.querySelectorAll('[data-layout]'));
    if (!roster || buttons.length < 2) return;
    function show(layout) {
      roster.className = 'roster ' + layout;
      buttons.forEach(function (button) { button.setAttribute('aria-pressed', String(button.getAttribute('data-layout') === layout)) });
    }
    buttons.forEach(function (button) {
      button.addEventListener('click', function () { show(button.getAttribute('data-layout')) });
    });
    show(roster.classList.contains('register') ? 'register' : 'names');
  });
})();
