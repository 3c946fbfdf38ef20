// Finding a person without a keyboard: a pad of pinyin initials that narrows with every tap, and the same place for
// surnames, strokes, honours and years. kiosk/people-t.js holds everybody whose name begins with T.
(function () {
  'use strict';
  const hall = window.qunyingHall;
  const site = window.qunying;
  if (!hall) return;
  const make = hall.make;
  const add = hall.add;
  const main = document.querySelector('.find');
  const cards = main.querySelector('.find-cards');
  const typedLine = main.querySelector('.find-typed');
  const hint = main.querySelector('.find-hint');
  const places = 26;        // keys of the pad
  const shownAtOnce = 6;    // people
  const people = {};        // by letter: a list, or 'coming'
  const lists = Array.prototype.map.call(main.querySelectorAll('.way-list'), function (section) {
    return { way: section.getAttribute('data-way'), label: section.getAttribute('data-label'), section: section };
  });
  const known = {};
  Array.prototype.forEach.call(main.querySelectorAll('[data-letter]'), function (item) { known[item.getAttribute('data-letter')] = true });

  // What was chosen is in the address, so that 返回 comes back to it.
  const asked = new URLSearchParams(location.search);
  let way = lists.some(function (list) { return list.way === asked.get('w') }) ? asked.get('w') : 'letters';
  let typed = (asked.get('p') || '').replace(/[^a-z]/g, '').slice(0, 8);
  let leaf = 0;             // of the people, or of the choices

  const board = make('div', 'find-board');
  const tabs = make('div', 'find-tabs');
  const names = make('div', 'find-names');
  const pad = make('div', 'find-pad');
  main.classList.add('live');
  add(main, add(make('div', 'find-scene'), main.querySelector('.find-head'), typedLine, cards), add(board, names, tabs, pad));

  function keep() {
    try { history.replaceState(history.state, '', site.withValues(location.href, { w: way === 'letters' ? '' : way, p: typed })) } catch (error) { /* 返回 finds an empty pad */ }
  }

  // ---- people
  window.qunyingKioskPeople = function (letter, list) { people[letter] = list; draw() };
  function fetchLetter(letter) {
    if (people[letter] || !known[letter]) return;
    people[letter] = 'coming';
    const script = document.createElement('script');
    script.src = site.home + 'kiosk/people-' + letter + '.js';
    script.onerror = function () { people[letter] = []; draw() };
    document.head.appendChild(script);
  }
  function meant() {
    const all = typed ? people[typed[0]] : null;
    if (!Array.isArray(all)) return [];
    return all.filter(function (person) { return person.keys.indexOf(typed) === 0 });
  }
  // The letters that lead on.
  function following(found) {
    if (!typed) return known;
    const next = {};
    found.forEach(function (person) { if (person.keys.length > typed.length) next[person.keys[typed.length]] = true });
    return next;
  }

  // ---- drawing
  function face(person) {
    const frame = make('span', 'frame');
    if (!person.src) return add(frame, add(make('span', 'tile'), make('span', 'plate' + (person.tile && person.tile.length > 1 ? ' plate-2' : ''), person.tile)));
    const image = make('img', person.tone);
    image.alt = '';
    image.sizes = '300px';
    if (person.srcset) image.srcset = person.srcset;
    image.src = person.src;
    image.draggable = false;
    return add(frame, image);
  }
  function nameOf(person) {
    const name = make('span', 'name' + (person.plain_face ? ' plain-face' : '') + (person.framed ? ' late' : ''), person.title);
    return person.deceased ? add(document.createDocumentFragment(), name, make('span', 'unseen', '（已故）')) : name;
  }
  function link(person, name) {
    const made = make('a', name);
    made.href = site.carry(new URL(person.url, location.href).href);
    return made;
  }
  function card(person) {
    return add(make('li', 'find-card'), add(link(person, ''), face(person), add(make('span', 'find-name'), nameOf(person)), person.line ? make('span', 'find-line', person.line) : null,
      person.level ? make('span', 'find-level', person.level) : null));
  }
  function leafing(total, each) {
    const pages = Math.ceil(total / each);
    if (pages < 2) return [];
    const turn = function (by) { return function () { leaf = (leaf + by + pages) % pages; draw() } };
    return [hall.button('find-turn', '前面', turn(-1)), hall.button('find-turn', '后面', turn(1))];
  }
  function drawPeople(found) {
    cards.textContent = '';
    names.textContent = '';
    const part = found.slice(leaf * shownAtOnce, (leaf + 1) * shownAtOnce);
    cards.className = 'find-cards cards-' + part.length;
    part.forEach(function (person) {
      add(cards, card(person));
      add(names, add(link(person, 'find-choice'), nameOf(person), person.line ? make('small', '', person.line) : null));
    });
    leafing(found.length, shownAtOnce).forEach(function (button) { add(names, button) });
  }
  function drawPad(next) {
    'abcdefghijklmnopqrstuvwxyz'.split('').forEach(function (letter) {
      const key = hall.button('find-key', letter.toUpperCase(), function () { type(letter) });
      key.setAttribute('data-quick', '');
      key.disabled = !next[letter];
      add(pad, key);
    });
    const wipe = hall.button('find-key find-wipe', '退一格', function () { typed = typed.slice(0, -1); leaf = 0; keep(); draw() });
    wipe.disabled = !typed;
    wipe.setAttribute('data-quick', '');
    add(pad, wipe);
  }
  function drawChoices(section) {
    const all = Array.prototype.slice.call(section.querySelectorAll('ul a'));
    all.slice(leaf * places, (leaf + 1) * places).forEach(function (each) {
      const long = way === 'surname' && each.firstChild.textContent.trim().length > 1;   // 欧阳
      const made = make('a', 'find-key' + (long ? ' find-long' : ''));
      made.href = site.carry(each.href);
      made.innerHTML = each.innerHTML;
      add(pad, made);
    });
    leafing(all.length, places).forEach(function (button) { add(names, button) });
  }
  function drawTabs() {
    tabs.textContent = '';
    lists.forEach(function (list) {
      const tab = hall.button('find-tab', list.label, function () { way = list.way; typed = ''; leaf = 0; keep(); draw() });
      tab.setAttribute('aria-pressed', String(way === list.way));
      add(tabs, tab);
    });
    const wall = main.querySelector('.find-wall a');
    const made = make('a', 'find-tab', '照片墙');
    made.href = site.carry(wall.href);
    add(tabs, made);
  }
  function type(letter) {
    typed += letter;
    leaf = 0;
    keep();
    draw();
  }
  function words(found) {
    if (way !== 'letters') return '';
    if (!typed) return '';
    if (!Array.isArray(people[typed[0]])) return typed.toUpperCase().split('').join(' ');
    return typed.toUpperCase().split('').join(' ') + '　共 ' + found.length + ' 位';
  }
  function draw() {
    const list = lists.filter(function (each) { return each.way === way })[0];
    if (typed) fetchLetter(typed[0]);
    const found = way === 'letters' ? meant() : [];
    pad.textContent = '';
    pad.className = 'find-pad pad-' + way;
    drawTabs();
    drawPeople(found);
    if (way === 'letters') drawPad(following(found));
    else drawChoices(list.section);
    typedLine.textContent = words(found);
    hint.hidden = way !== 'letters' || Boolean(typed);
    main.classList.toggle('found', found.length > 0);
  }
  draw();
})();
