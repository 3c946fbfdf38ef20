// The page of search: asks the index (search.js) while somebody types, shows the hits and keeps the query in the address.
// The first hit is drawn as soon as it is borne out; what is wanted only after that comes with search-more.js.
(() => {
  'use strict';
  const form = document.querySelector('.ask');
  const input = document.getElementById('ask');
  const answer = document.querySelector('.answer');
  const count = document.querySelector('.answer-count');
  const ways = document.querySelector('.answer-ways');
  const bars = document.querySelector('.answer-facets');
  const sieve = document.querySelector('.answer-sieve');
  const list = document.querySelector('.hits');
  const more = document.querySelector('.answer-more');
  const shelf = document.querySelector('.ask-index');
  const self = document.currentScript;
  if (!form || !self || !window.qunyingIndex) return;

  const PAGE = 20;
  const home = new URL('..', self.src).href;

  const load = path => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.charset = 'utf-8';
    script.src = home + path;
    script.onload = resolve;
    script.onerror = () => reject(new Error(path));
    document.head.appendChild(script);
  });
  const index = window.qunyingIndex(load, self.getAttribute('data-spelt'));

  // Tells an answer that came too late.
  let turn = 0;
  let query = '';
  // All of them, best first.
  let hits = [];
  let shown = 0;
  // Numbers of hits that a look at the text did not bear out.
  let refuted = new Set();
  // One after the other, so that nothing is drawn twice.
  let drawing = Promise.resolve();
  let about = null;
  // Facets and what else comes with search-more.js.
  let sieved = null;

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }
  const address = path => window.qunying && window.qunying.carry ? window.qunying.carry(home + path) : home + path;

  // Text with <mark> round its places.
  function marked(element, text, places) {
    let at = 0;
    places.sort((a, b) => a[0] - b[0]).forEach(place => {
      if (place[0] < at) return;
      element.appendChild(document.createTextNode(text.slice(at, place[0])));
      element.appendChild(make('mark', '', text.slice(place[0], place[1])));
      at = place[1];
    });
    element.appendChild(document.createTextNode(text.slice(at)));
    return element;
  }
  // Some forty characters round the first place.
  function quoted(line, places) {
    const start = places.length ? Math.max(0, places[0][0] - 16) : 0;
    const end = Math.min(line.length, start + 64);
    // Never inside a pair of surrogates.
    const whole = at => at > 0 && at < line.length && /[\udc00-\udfff]/.test(line[at]) ? at + 1 : at;
    const from = whole(start);
    const to = whole(end);
    const inside = places.filter(place => place[0] >= from && place[1] <= to).map(place => [place[0] - from + (from ? 1 : 0), place[1] - from + (from ? 1 : 0)]);
    return marked(make('p', 'hit-text'), (from ? '…' : '') + line.slice(from, to) + (to < line.length ? '…' : ''), inside);
  }

  function face(card) {
    const frame = make('span', 'hit-face');
    if (card[14]) {
      const picture = make('img');
      picture.alt = '';
      picture.width = card[14][1];
      picture.height = card[14][2];
      picture.src = home + card[14][0];
      frame.appendChild(picture);
    } else {
      const tile = make('span', 'tile');
      tile.appendChild(make('span', 'plate' + (Array.from(card[12]).length > 1 ? ' plate-2' : ''), card[12]));
      frame.appendChild(tile);
    }
    frame.setAttribute('aria-hidden', 'true');
    return frame;
  }

  function entry(card) {
    const item = make('li', 'hit');
    item.appendChild(face(card));
    const text = make('div', 'hit-main');
    const title = make('p', 'hit-name');
    const link = make('a', card[13] ? 'late' : '');
    link.href = address(card[4]);
    marked(link, card[1], index.placesInName(card, query));
    title.appendChild(link);
    if (card[13]) title.appendChild(make('span', 'unseen', '（已故）'));
    if (card[10]) title.appendChild(make('span', 'note', card[10]));
    if (card[9]) title.appendChild(make('span', 'distinction', card[9]));
    text.appendChild(title);
    const facts = make('p', 'hit-facts');
    facts.appendChild(make('span', '', about.kinds[card[5]]));
    if (card[6]) facts.appendChild(make('span', '', about.levels[card[6] - 1]));
    if (card[7]) facts.appendChild(make('span', '', about.regions[card[7] - 1]));
    text.appendChild(facts);
    if (card[11]) text.appendChild(make('p', 'hit-line', card[11]));
    item.appendChild(text);
    return item;
  }

  // ---- the list

  const wanted = () => sieved ? sieved.narrow(hits) : hits;

  // Draws until `until` hits stand, or no more are there: the first one by itself, the others together so that nothing
  // jumps. Hits that a look at the text does not bear out are passed over.
  function grow(mine, until) {
    drawing = drawing.then(() => draw(mine, until));
    return drawing;
  }
  function draw(mine, until) {
    if (mine !== turn) return null;
    const size = shown ? until - shown : Math.max(1, Math.min(PAGE, refuted.size));
    const next = shown < until ? wanted().slice(shown, shown + size) : [];
    return Promise.all(next.map(hit => Promise.all([
      index.card(hit.number),
      hit.stage > 0 ? index.excerpt(hit.number, query) : { line: '', places: [] },
    ]))).then(found => {
      if (mine !== turn) return null;
      const drawn = document.createDocumentFragment();
      const before = shown;
      found.forEach((pair, i) => {
        if (!pair[0] || !pair[1]) {
          refuted.add(next[i].number);
          return;
        }
        const item = entry(pair[0]);
        if (pair[1].line) item.querySelector('.hit-main').appendChild(quoted(pair[1].line, pair[1].places));
        drawn.appendChild(item);
        shown++;
      });
      if (shown - before < next.length) hits = hits.filter(hit => !refuted.has(hit.number));
      list.appendChild(drawn);
      const rest = wanted().length > shown;
      more.hidden = !rest || shown === 0;
      return rest && before === 0 && next.length && shown < until ? draw(mine, until) : null;
    });
  }

  // What was drawn is painted, and keys are heard, before the rest is worked out.
  const seen = () => new Promise(resolve => { setTimeout(resolve, 0) });

  function say(done) {
    const all = wanted().length;
    count.textContent = all ? (done ? '找到 ' : '已找到 ') + all + ' 条' : done ? '没有找到“' + query + '”' : '正在查找……';
  }
  function clear() {
    shown = 0;
    list.textContent = '';
    bars.textContent = '';
    ways.textContent = '';
    more.hidden = true;
  }
  // Facets, or what to try where nothing is found. The first of what comes here brings the script.
  let coming = null;
  function follow(mine) {
    if (!coming) {
      coming = load(self.getAttribute('data-more')).then(() => window.qunyingMore({
        index: index, make: make, ways: ways, bars: bars, sieve: sieve, input: input, list: list, more: more,
        goOn: () => grow(turn, shown + PAGE),
        // Another sieve: the list anew.
        show: () => {
          clear();
          say(true);
          return grow(turn, PAGE);
        },
        ask: text => {
          input.value = text;
          ask(true);
          input.focus();
        },
      }));
      coming.catch(() => { coming = null });
    }
    return coming.then(other => {
      if (mine !== turn) return null;
      sieved = other;
      return other.follow(hits, query, about);
    });
  }

  function remember() {
    const url = new URL(location.href);
    if (query) url.searchParams.set('q', query);
    else url.searchParams.delete('q');
    try { history.replaceState(history.state, '', url.href) } catch (error) { /* then the address stays as it was */ }
  }

  function ask(now) {
    const text = input.value.trim();
    if (text === query && !now) return;
    const mine = ++turn;
    query = text;
    if (sieved) sieved.forget();
    hits = [];
    refuted = new Set();
    drawing = Promise.resolve();
    remember();
    answer.hidden = !text;
    shelf.hidden = false;
    if (!text) return;
    let empty = true;
    index.open().then(head => {
      about = head.about;
      return index.search(text, (found, done) => {
        if (mine !== turn) return false;
        if (found.length <= hits.length + refuted.size && !done) return true;
        hits = found.filter(hit => !refuted.has(hit.number));
        say(done);
        if (!hits.length) return true;
        if (empty) clear();
        empty = false;
        // The first one is there, and seen, before anything else is asked for.
        return grow(mine, 1).then(seen).then(() => {
          grow(mine, PAGE).catch(broken);
          return true;
        });
      });
    }).then(() => drawing).then(seen).then(() => {
      if (mine !== turn) return null;
      if (!hits.length) clear();
      else shelf.hidden = true;
      say(true);
      return follow(mine);
    }).catch(broken);
    function broken() {
      if (mine !== turn) return;
      count.textContent = '检索用的文件没有读到，请稍后再试，或用下面的索引。';
      shelf.hidden = false;
    }
  }

  // ---- the visitor's hands

  sieve.open = window.matchMedia('(min-width: 60em)').matches;
  let timer = 0;
  let composing = false;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 60);
  };
  input.addEventListener('compositionstart', () => { composing = true });
  input.addEventListener('compositionend', () => {
    composing = false;
    later();
  });
  input.addEventListener('input', () => { if (!composing) later() });
  form.addEventListener('submit', event => {
    event.preventDefault();
    clearTimeout(timer);
    const ready = input.value.trim() === query && list.querySelector('.hit-name a');
    ask();
    if (ready) ready.focus();
  });
  window.addEventListener('popstate', start);

  function start() {
    input.value = new URLSearchParams(location.search).get('q') || '';
    ask();
  }
  // The files that every query needs are on their way before the first letter.
  input.addEventListener('focus', () => { index.open().catch(() => {}) });
  start();
})();
