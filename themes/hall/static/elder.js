// 长辈版: its switch and its sizes of text, the bar with 返回 and 首页, and the choice in every link of the site.
(function () {
  'use strict';
  const site = window.qunying;
  if (!site) return;

  function on(selector, task) {
    const button = document.querySelector(selector);
    if (button) button.addEventListener('click', task);
  }

  // ---- the choice goes along with every link
  function carry(link) {
    if (!site.isPage(link.href)) return;
    // Never touched while nobody has chosen anything: links stay as they were written.
    const carried = site.carry(link.href);
    if (carried !== link.href) link.href = carried;
  }
  function carryAll() {
    Array.prototype.forEach.call(document.querySelectorAll('a[href]'), carry);
  }
  function linkOf(event) {
    return event.target.closest ? event.target.closest('a[href]') : null;
  }
  // Links that other scripts made later.
  ['click', 'contextmenu', 'focusin'].forEach(function (type) {
    document.addEventListener(type, function (event) {
      const link = linkOf(event);
      if (link) carry(link);
    }, true);
  });

  // … and with what is looked for.
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (!form.classList.contains('seek')) return;
    const carried = new URL(site.carry(form.action)).searchParams;
    ['m', 's'].forEach(function (name) {
      const before = form.querySelector('[name=' + name + ']');
      if (before) form.removeChild(before);
      if (!carried.get(name)) return;
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = carried.get(name);
      form.appendChild(field);
    });
  });

  // ---- the switch and the sizes
  function choose(name, value) {
    site.set(name, value);
    carryAll();
    try { history.replaceState(history.state, '', site.carry(location.href)) } catch (error) { /* links still carry it */ }
    mark();
    document.dispatchEvent(new CustomEvent('qunying-mode'));
  }
  function step(by) {
    choose('s', String(Math.min(4, Math.max(1, Number(site.now.s) + by))));
  }
  function mark() {
    const smaller = document.querySelector('.smaller');
    const larger = document.querySelector('.larger');
    if (smaller) smaller.disabled = site.now.s === '1';
    if (larger) larger.disabled = site.now.s === '4';
    leaf(0);
  }

  // ---- 目录: five at a time, and what comes next behind 更多
  const atOnce = 5;
  const menu = document.querySelector('.menu ul');
  const entries = menu ? Array.prototype.slice.call(menu.children) : [];
  let from = 0;
  let more = null;
  function leaf(place) {
    if (entries.length <= atOnce + 1) return;
    if (!more) {
      more = document.createElement('button');
      more.type = 'button';
      more.className = 'way';
      more.addEventListener('click', function () { leaf(from + atOnce) });
      menu.appendChild(document.createElement('li')).appendChild(more);
    }
    const elder = site.now.m === 'z';
    from = place < entries.length ? place : 0;
    entries.forEach(function (entry, index) { entry.hidden = elder && (index < from || index >= from + atOnce) });
    more.parentNode.hidden = !elder;
    more.textContent = from + atOnce < entries.length ? '更多' : '回到前面';
  }
  function focusOn(selector) {
    const button = document.querySelector(selector);
    if (button) button.focus();
  }
  on('.to-elder', function () { choose('m', 'z'); focusOn('.to-usual') });
  on('.to-usual', function () { choose('m', ''); focusOn('.to-elder') });
  on('.smaller', function () { step(-1) });
  on('.larger', function () { step(1) });
  // A page that the browser kept alive shows what was chosen since.
  window.addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    try {
      site.now.m = localStorage.getItem('qunying.m') || '';
      site.now.s = localStorage.getItem('qunying.s') || '2';
    } catch (error) { return }
    site.show();
    carryAll();
    mark();
  });

  // ---- 返回: one step back while that stays in the site, else one step up
  function depth() {
    const known = history.state && history.state.depth;
    if (known) return known;
    let last = 0;
    try { last = Number(sessionStorage.getItem('qunying.depth')) || 0 } catch (error) { last = history.length - 1 }
    return last + 1;
  }
  function keepDepth() {
    try {
      history.replaceState(Object.assign({}, history.state, { depth: here }), '');
      sessionStorage.setItem('qunying.depth', String(here));
    } catch (error) { /* 返回 goes up, then */ }
  }
  function up() {
    const crumbs = document.querySelectorAll('.crumbs a');
    const whole = document.querySelector('a.whole');
    const home = document.querySelector('.dock a');
    const parent = whole || crumbs[crumbs.length - 1] || home;
    location.href = parent.href;
  }
  const here = depth();
  keepDepth();
  window.addEventListener('popstate', function () {
    if (!history.state || !history.state.depth) keepDepth();
  });
  on('.dock-back', function () {
    const now = (history.state && history.state.depth) || here;
    if (now > 1 && history.length > 1) history.back();
    else up();
  });

  mark();
  if (site.now.m) carryAll();
})();
