// One exhibit or photograph a screen: keys (arrows, Home, End, space) and, after a touch, a walk that goes on by itself
// until somebody touches 暂停 or anything else. A link never starts it: the mark in the address is a moment, and old.
(function () {
  'use strict';
  const walk = document.querySelector('.walk');
  if (!walk) return;
  const pause = 9000;     // milliseconds a screen
  const fresh = 20000;    // how old the mark may be
  const button = walk.querySelector('.play');
  const query = new URLSearchParams(location.search);
  let timer = 0;

  function link(rel) { return walk.querySelector('a[rel="' + rel + '"]') }
  function goOn(to) {
    const url = new URL(to.href);
    url.searchParams.set('p', Date.now().toString(36));
    // Each screen of the walk takes the place of the one before: 返回 leads to where it began.
    location.replace(url.href);
  }

  // ---- the walk
  function play() {
    const next = link('next');
    if (!next || !next.hasAttribute('data-part')) return stop();
    walk.classList.add('playing');
    button.textContent = '暂停';
    timer = setTimeout(function () { goOn(next) }, pause);
  }
  function stop() {
    clearTimeout(timer);
    timer = 0;
    walk.classList.remove('playing');
    button.textContent = '自动播放';
  }
  if (button && link('next')) {
    button.hidden = false;
    button.addEventListener('click', function () {
      if (timer) return stop();
      play();
    });
    const began = parseInt(query.get('p') || '0', 36);
    if (Date.now() - began >= 0 && Date.now() - began < fresh) play();
    document.addEventListener('pointerdown', function (event) { if (timer && !button.contains(event.target)) stop() });
    document.addEventListener('visibilitychange', function () { if (document.hidden && timer) stop() });
    window.addEventListener('pagehide', function () { clearTimeout(timer) });
  }
  // The mark is used up: neither a reload nor a copied address starts the walk.
  if (query.has('p')) {
    const url = new URL(location.href);
    url.searchParams.delete('p');
    try { history.replaceState(history.state, '', url.href) } catch (error) { /* it grows old by itself */ }
  }

  // ---- keys
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target.closest ? event.target : document.body;
    if (target.closest('input, select, textarea, audio, video, [role="dialog"]')) return;
    const to = { ArrowLeft: 'prev', ArrowRight: 'next', PageUp: 'prev', PageDown: 'next', Home: 'first', End: 'last' }[event.key];
    if (to) {
      const end = walk.getAttribute('data-' + to);
      const there = end ? null : link(to);
      if (!end && !there) return;
      event.preventDefault();
      if (timer) stop();
      if (there) there.click();
      else location.href = window.qunying ? window.qunying.carry(end) : end;
    } else if (event.key === ' ' && button && !target.closest('a, button, summary')) {
      event.preventDefault();
      button.click();
    }
  });
})();
