// 上一位 and 下一位 stay in the list that the visitor came from: a link in a list takes the list's address along
// (?l=honors/level-national.html), and the list itself is kept in sessionStorage. Without either the page's own
// neighbours stand.
(function () {
  'use strict';
  const site = window.qunying;
  if (!site) return;
  const kept = 4;   // lists

  function read() {
    try { return JSON.parse(sessionStorage.getItem('qunying.lists')) || [] } catch (error) { return [] }
  }
  function keep(list) {
    const lists = [list].concat(read().filter(function (each) { return each.path !== list.path })).slice(0, kept);
    try { sessionStorage.setItem('qunying.lists', JSON.stringify(lists)); return true } catch (error) { return false }
  }
  function pathOf(address) { return address.split(/[?#]/)[0].slice(site.home.length) }

  // ---- leaving a list
  function titleOf(list) {
    const heading = document.querySelector('main h1');
    const section = list.closest('.names-list, .group, .room, .block');
    const own = section && section.querySelector('h2');
    const words = heading && !own ? heading : own || heading;
    return words ? words.textContent.replace(/\s+/g, ' ').trim() : document.title;
  }
  document.addEventListener('click', function (event) {
    const link = event.target.closest ? event.target.closest('main a[href]') : null;
    const list = link && link.closest('.wall, .names, .register, .collectives, .entries, .covers');
    if (!list || !site.isPage(link.href)) return;
    const folder = pathOf(link.href).split('/')[0];
    const seen = {};
    const items = [];
    Array.prototype.forEach.call(list.querySelectorAll('a[href]'), function (each) {
      const path = pathOf(each.href);
      if (!site.isPage(each.href) || path.split('/')[0] !== folder || seen[path]) return;
      seen[path] = true;
      const place = each.parentNode.querySelector('.distinction');
      items.push([path, each.textContent.replace('（已故）', '').trim(), place ? place.textContent.replace(/[（）]/g, '') : '']);
    });
    if (items.length < 2) return;
    // A refined roll is a list of its own.
    const query = new URLSearchParams(location.search);
    ['m', 's', 'v', 'l'].forEach(function (name) { query.delete(name) });
    const path = pathOf(location.href) + (String(query) ? '?' + query : '') + (list.closest('[id]') && list.closest('[id]').id !== 'main' ? '#' + list.closest('[id]').id : '');
    if (keep({ path: path, title: titleOf(list), items: items })) link.href = site.withValues(link.href, { l: path });
  }, true);

  // ---- on a page of the list
  const asked = new URLSearchParams(location.search).get('l');
  const step = document.querySelector('.step');
  if (!asked || !step) return;
  const list = read().filter(function (each) { return each.path === asked })[0];
  const here = pathOf(location.href);
  const at = list ? list.items.map(function (item) { return item[0] }).indexOf(here) : -1;
  if (at < 0) return;

  function show(selector, item, words, rel) {
    let link = step.querySelector(selector);
    if (!item) return void (link && step.removeChild(link));
    if (!link) {
      link = document.createElement('a');
      link.className = selector.slice(1);
      link.innerHTML = '<span class="meta"></span> <b></b>';
      link.querySelector('.meta').textContent = words;
      step.insertBefore(link, rel === 'prev' ? step.firstChild : null);
    }
    link.rel = rel;
    link.href = site.carry(site.withValues(site.home + item[0], { l: asked }));
    link.querySelector('b').textContent = item[1];
    // Two of one name stand beside each other.
    let place = link.querySelector('b + .meta');
    if (!place && item[2]) {
      link.appendChild(document.createTextNode(' '));
      place = link.appendChild(document.createElement('span'));
      place.className = 'meta';
    }
    if (place) place.textContent = item[2] || '';
  }
  const unit = step.getAttribute('data-unit') || '位';
  show('.step-back', list.items[at - 1], '上一' + unit, 'prev');
  show('.step-on', list.items[at + 1], '下一' + unit, 'next');
  const up = document.createElement('a');
  up.className = 'step-up';
  up.href = site.carry(site.home + asked);
  up.textContent = '回到“' + list.title + '”（' + (at + 1) + ' / ' + list.items.length + '）';
  step.insertBefore(up, step.querySelector('.step-on'));
})();
