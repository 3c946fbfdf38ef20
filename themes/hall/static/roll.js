// The roll: facets that can be combined where plain pages show one at a time, and 照片墙 or 名册. What is combined
// stands in the query of honors/index.html (?level=national&year=2024), so that a link keeps it. Who has which value
// comes from honors/roll.js, the cards from honors/roll-1.js…, both fetched when somebody first combines.
(function () {
  'use strict';
  const site = window.qunying;
  const frame = document.querySelector('.roll');
  if (!site || !frame) return;

  // ---- 照片墙 or 名册
  const asWall = document.querySelector('.as-wall');
  const asLedger = document.querySelector('.as-ledger');
  function view(value) {
    if (value !== null) site.set('v', value);
    asWall.setAttribute('aria-pressed', String(site.now.v !== 'l'));
    asLedger.setAttribute('aria-pressed', String(site.now.v === 'l'));
    const kept = value === null ? null : site.withValues(location.href, { v: value });
    try { if (kept) history.replaceState(history.state, '', kept) } catch (error) { /* kept in localStorage */ }
  }
  asWall.addEventListener('click', function () { view('') });
  asLedger.addEventListener('click', function () { view('l') });
  view(null);

  // ---- facets
  const address = frame.getAttribute('data-roll');
  const facets = Array.prototype.filter.call(document.querySelectorAll('.facet[data-facet]'), function (facet) {
    return !facet.classList.contains('index');
  });
  if (!address || facets.length < 2) return;

  const names = facets.map(function (facet) { return facet.getAttribute('data-facet') });
  const whole = site.home + 'honors/index.html';
  const onWhole = location.href.split(/[?#]/)[0] === whole;
  const main = document.querySelector('.roll-main');
  const plain = main.innerHTML;
  const found = document.querySelector('.found');
  const plainFound = found.textContent;
  const each = 60;   // cards that stand on the page at first, and more at each touch of 再看
  let data = null;
  let chosen = {};
  let run = 0;       // tells an answer that came too late

  function linksOf(facet) { return Array.prototype.slice.call(facet.querySelectorAll('a[data-key]')) }
  function plainUrl(link) {
    if (!link.hasAttribute('data-plain')) link.setAttribute('data-plain', link.href);
    return link.getAttribute('data-plain');
  }

  // ---- fetching: by script elements, which a page opened as a file may use too
  const waiting = {};
  function fetchScript(name, done) {
    if (waiting[name] === true) return done();
    if (waiting[name]) return void waiting[name].push(done);
    waiting[name] = [done];
    const script = document.createElement('script');
    script.src = address.replace(/roll\.js$/, name);
    function settle(ok) {
      const tasks = waiting[name];
      waiting[name] = ok ? true : null;
      tasks.forEach(function (task) { task(ok) });
    }
    script.onload = function () { settle(true) };
    script.onerror = function () { settle(false) };
    document.head.appendChild(script);
  }
  const cards = {};
  window.qunyingRoll = function (all) {
    data = { total: all.total, each: all.each, levels: all.levels, facets: {} };
    Object.keys(all.facets).forEach(function (name) {
      data.facets[name] = {};
      Object.keys(all.facets[name]).forEach(function (key) {
        let at = 0;
        data.facets[name][key] = all.facets[name][key].split(' ').filter(Boolean).map(function (step) { return at += parseInt(step, 36) });
      });
    });
  };
  window.qunyingRollCards = function (number, list) {
    list.forEach(function (card, index) { cards[(number - 1) * data.each + index] = card });
  };

  // ---- who is meant
  function everybody() {
    const all = [];
    for (let place = 0; place < data.total; ++place) all.push(place);
    return all;
  }
  function holders(name, key) { return (data.facets[name] || {})[key] || [] }
  // Those who have all that is chosen, but for the facet `except`.
  function meant(except) {
    let places = null;
    names.forEach(function (name) {
      if (!chosen[name] || name === except) return;
      const own = new Set(holders(name, chosen[name]));
      places = places ? places.filter(function (place) { return own.has(place) }) : holders(name, chosen[name]);
    });
    return places || everybody();
  }

  // ---- cards, as the macro roll_card of the templates writes them
  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }
  function add(parent) {
    for (let i = 1; i < arguments.length; ++i) if (arguments[i]) parent.appendChild(arguments[i]);
    return parent;
  }
  function nameOf(card) {
    const length = Array.from(card.title).length;
    const name = make('span', 'name' + (length === 2 ? ' two' : '') + (length > 6 ? ' long' : '') + (card.framed ? ' late' : '') + (card.plain_face ? ' plain-face' : ''));
    const parts = card.title.split('·');
    parts.forEach(function (part, index) {
      if (index > 0) name.appendChild(make('wbr'));
      const text = part + (index < parts.length - 1 ? '·' : '');
      add(name, parts.length > 1 ? make('span', 'part', text) : document.createTextNode(text));
    });
    return name;
  }
  function seal(key) {
    const mark = make('span', 'seal seal-' + key, data.levels[key][0]);
    mark.setAttribute('aria-hidden', 'true');
    return mark;
  }
  function face(card) {
    const frame = make('span', 'frame');
    if (!card.src) {
      const tile = add(make('span', 'tile'), make('span', 'plate' + (Array.from(card.tile || '').length > 1 ? ' plate-2' : ''), card.tile));
      tile.setAttribute('aria-hidden', 'true');
      return add(frame, tile);
    }
    const image = make('img', card.tone || '');
    image.alt = '';
    image.loading = 'lazy';
    image.sizes = '(max-width: 46em) 44vw, 210px';
    image.srcset = card.srcset || '';
    image.src = card.src;
    return add(frame, image);
  }
  function cardOf(card) {
    const link = make('a');
    link.href = site.carry(new URL(card.url, location.href).href);
    const person = card.kind === 'person';
    if (card.plain_face && !person) link.className = 'plain-face';
    add(link, person ? nameOf(card) : document.createTextNode(card.title), card.deceased ? make('span', 'unseen', '（已故）') : null);
    const name = add(make('p', 'card-name'), link, card.note ? make('span', 'note', card.note) : null,
      card.distinction ? make('span', 'distinction', card.distinction) : null);
    const item = add(make('li', 'card' + (card.deceased ? ' mute' : '')), face(card), name);
    if (card.deceased && card.years) add(item, make('p', 'card-line', card.years));
    if (card.epithet) add(item, make('p', 'card-line kai' + (card.post ? ' nick' : ''), card.epithet));
    if (card.post) add(item, make('p', 'card-line' + (card.epithet ? ' of-line' : ''), card.post));
    if (card.level) add(item, add(make('p', 'card-level'), add(make('span', 'level'), seal(card.level), document.createTextNode(data.levels[card.level][1]))));
    return item;
  }

  // ---- showing
  function withCards(places, done) {
    const files = {};
    places.forEach(function (place) { if (!cards[place]) files['roll-' + (Math.floor(place / data.each) + 1) + '.js'] = true });
    let open = Object.keys(files).length;
    if (!open) return done();
    Object.keys(files).forEach(function (name) { fetchScript(name, function () { if (--open === 0) done() }) });
  }
  function list(places, mine) {
    const wall = make('ul', 'wall listing');
    const more = make('button', 'way more-cards', '再看 ' + each + ' 位（个）');
    more.type = 'button';
    function grow() {
      const shown = wall.children.length;
      const next = places.slice(shown, shown + each);
      withCards(next, function () {
        if (mine !== run || wall.children.length !== shown) return;
        next.forEach(function (place) { if (cards[place]) add(wall, cardOf(cards[place])) });
        more.hidden = wall.children.length >= places.length;
        if (shown > 0 && wall.children[shown]) wall.children[shown].querySelector('a').focus();
        document.dispatchEvent(new CustomEvent('qunying-list'));
      });
    }
    more.addEventListener('click', grow);
    more.hidden = true;
    main.textContent = '';
    if (places.length) add(main, wall, more);
    else add(main, make('p', 'empty', '没有同时符合这几项的人物或集体，可以去掉其中一项。'));
    grow();
  }
  function refresh() {
    const mine = ++run;
    const count = names.filter(function (name) { return chosen[name] }).length;
    facets.forEach(function (facet, index) {
      const places = new Set(meant(names[index]));
      linksOf(facet).forEach(function (link) {
        const key = link.getAttribute('data-key');
        const here = holders(names[index], key).filter(function (place) { return places.has(place) }).length;
        const current = chosen[names[index]] === key;
        link.querySelector('.count').textContent = String(here);
        link.classList.toggle('none', here === 0);
        if (current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
        plainUrl(link);
        link.href = addressOf(toggled(names[index], key));
      });
    });
    if (count === 0) {
      main.innerHTML = plain;
      found.textContent = plainFound;
      document.dispatchEvent(new CustomEvent('qunying-list'));
    } else {
      const places = meant('');
      found.textContent = '共 ' + places.length + ' 位（个），' + words();
      list(places, mine);
    }
  }
  function words() {
    return facets.map(function (facet, index) {
      const link = linksOf(facet).filter(function (each) { return each.getAttribute('data-key') === chosen[names[index]] })[0];
      return link ? link.firstChild.textContent : '';
    }).filter(Boolean).join('、');
  }

  // ---- choosing
  function toggled(name, key) {
    const next = Object.assign({}, chosen);
    if (next[name] === key) delete next[name];
    else next[name] = key;
    return next;
  }
  function addressOf(choice) {
    const values = {};
    names.forEach(function (name) { values[name] = choice[name] || '' });
    return site.carry(site.withValues(whole + location.search, values));
  }
  function asked() {
    const query = new URLSearchParams(location.search);
    const choice = {};
    names.forEach(function (name) {
      // Only what there is: an old link may name what was since taken out.
      const known = linksOf(facets[names.indexOf(name)]).some(function (link) { return link.getAttribute('data-key') === query.get(name) });
      if (known) choice[name] = query.get(name);
    });
    return choice;
  }
  function follow() {
    chosen = asked();
    fetchScript('roll.js', function () { if (data) refresh() });
  }

  // On the page of one value another facet leads to both; on the whole roll all happens in place.
  if (!onWhole) {
    facets.forEach(function (facet, index) {
      linksOf(facet).forEach(function (link) {
        if (link.getAttribute('aria-current')) chosen[names[index]] = link.getAttribute('data-key');
      });
    });
  }
  document.addEventListener('click', function (event) {
    const link = event.target.closest ? event.target.closest('.facet a[data-key]') : null;
    const facet = link && link.closest('.facet');
    if (!link || facets.indexOf(facet) < 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const next = toggled(facet.getAttribute('data-facet'), link.getAttribute('data-key'));
    if (!onWhole) {
      if (Object.keys(next).length < 2) return;   // a plain page of its own
      event.preventDefault();
      location.href = addressOf(next);
      return;
    }
    event.preventDefault();
    try { history.pushState({ depth: ((history.state || {}).depth || 1) + 1 }, '', addressOf(next)) } catch (error) { return void (location.href = addressOf(next)) }
    chosen = next;
    fetchScript('roll.js', function (ok) {
      if (data) refresh();
      else if (ok === false) location.href = plainUrl(link);
    });
  });
  if (onWhole) {
    window.addEventListener('popstate', follow);
    if (Object.keys(asked()).length) follow();
  }
})();
