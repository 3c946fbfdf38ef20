// What follows the first results of search: facets by kind, level, year and district, what to try where nothing is
// found, the next page, and walking through the hits by arrow keys. search-page.js brings it.
(() => {
  'use strict';
  const MANY_OPTIONS = 10;
  const NAMES = { kind: '类型', level: '级别', year: '年份', region: '区划' };
  const FACETS = ['kind', 'level', 'year', 'region'];
  const FEW = 20; // hits whose cards are loaded anyway
  const NOTHING = [0, 0, 0, []];
  const PLACE = { kind: 0, level: 1, region: 2 };

  // `page` lends the index, its parts {ways, bars, sieve, input, list, more}, make(tag, class, text), show(), ask(text)
  // and goOn(), which draws the next hits.
  window.qunyingMore = page => {
    const make = page.make;
    let about = null;
    let hits = [];
    let valuesOf = () => NOTHING; // of a hit: [kind, level, region, years from 1900], 0 for none
    let chosen = {};

    // Facets of documents by number: [kind, level, region, years].
    function facetsIn(text, first) {
      const all = new Map();
      // As gaps of a list: each is what it is more than the one before and 1.
      const sums = page.index.numbersIn(text, 0);
      let at = 0;
      const next = () => {
        const value = at ? sums[at] - sums[at - 1] - 1 : sums[0];
        at++;
        return value;
      };
      for (let number = first - 1; at < sums.length;) {
        number += 1 + next();
        const one = [next(), next(), next(), []];
        for (let count = next(); count > 0; count--) one[3].push(next());
        all.set(number, one);
      }
      return all;
    }
    const decoded = {};
    function facetsOf(numbers) {
      if (numbers.length <= FEW) {
        return Promise.all(numbers.map(page.index.card)).then(cards => {
          const all = new Map(cards.filter(Boolean).map(card => [card[0], card.slice(5, 9)]));
          valuesOf = hit => all.get(hit.number) || NOTHING;
        });
      }
      return page.index.open().then(head => {
        const file = number => Math.floor(number / head.per.c);
        const files = Array.from(new Set(numbers.map(file)));
        return Promise.all(files.map(n => decoded[n] || page.index.numbered('c', n).then(text => {
          decoded[n] = facetsIn(text || '', n * head.per.c);
        }))).then(() => {
          valuesOf = hit => {
            const some = decoded[file(hit.number)];
            return some && some.get(hit.number) || NOTHING;
          };
        });
      });
    }
    // Whether a hit has what is chosen, but for one facet.
    function fits(own, but) {
      for (const name in chosen) {
        if (name !== but && !(name === 'year' ? own[3].indexOf(chosen[name] - 1900) >= 0 : own[PLACE[name]] === chosen[name])) return false;
      }
      return true;
    }
    const narrow = list => Object.keys(chosen).length ? list.filter(hit => fits(valuesOf(hit))) : list;
    function labelOf(name, value) {
      if (name === 'year') return value + '年';
      return name === 'kind' ? about.kinds[value] : name === 'level' ? about.levels[value - 1] : about.regions[value - 1];
    }

    // How many hits there are of each value; a hit may have several years.
    function countsOf(name) {
      const counts = new Map();
      const add = value => { counts.set(value, (counts.get(value) || 0) + 1) };
      hits.forEach(hit => {
        const own = valuesOf(hit);
        if (own === NOTHING || !fits(own, name)) return;
        if (name === 'year') own[3].forEach(year => add(1900 + year));
        else if (name === 'kind' || own[PLACE[name]]) add(own[PLACE[name]]);
      });
      return counts;
    }
    function choice(name, value, counted) {
      const button = make('button', 'choice', labelOf(name, value));
      button.type = 'button';
      button.appendChild(make('span', 'count', ' ' + counted));
      button.setAttribute('aria-pressed', String(chosen[name] === value));
      button.addEventListener('click', () => {
        if (chosen[name] === value) delete chosen[name];
        else chosen[name] = value;
        page.show();
        widen();
        draw(name, value);
      });
      return button;
    }
    // `pressed` is the value whose button keeps the focus.
    let focused = null;
    function bar(name, pressed) {
      const counts = countsOf(name);
      const options = Array.from(counts.keys());
      if (!options.length || (options.length < 2 && !(name in chosen))) return null;
      options.sort((a, b) => name === 'year' ? b - a : name === 'level' ? a - b : counts.get(b) - counts.get(a) || a - b);
      const group = make('div', 'answer-facet');
      group.appendChild(make('p', 'answer-label', NAMES[name]));
      options.forEach((value, i) => {
        const button = group.appendChild(choice(name, value, counts.get(value)));
        button.hidden = i >= MANY_OPTIONS && chosen[name] !== value && value !== pressed;
        if (value === pressed) focused = button;
      });
      if (options.length > MANY_OPTIONS) {
        const rest = make('button', 'choice', '全部 ' + options.length + ' 项');
        rest.type = 'button';
        rest.addEventListener('click', () => {
          Array.prototype.forEach.call(group.children, child => { child.hidden = child === rest });
          group.children[1 + MANY_OPTIONS].focus();
        });
        group.appendChild(rest);
      }
      return group;
    }
    function draw(name, value) {
      page.bars.textContent = '';
      focused = null;
      FACETS.forEach(each => {
        const group = bar(each, each === name ? value : null);
        if (group) page.bars.appendChild(group);
      });
      page.sieve.hidden = !page.bars.firstChild;
      if (focused) focused.focus();
    }

    // What to try where nothing was found.
    let query = '';
    function tip(words, text) {
      const button = page.ways.appendChild(make('button', 'choice', words));
      button.type = 'button';
      button.addEventListener('click', () => page.ask(text));
    }
    function widen() {
      page.ways.textContent = '';
      if (narrow(hits).length) return;
      page.ways.appendChild(make('p', '', '可以少写几个字，换一种写法，或只写拼音首字母；也可以用下面的索引。'));
      if (Object.keys(chosen).length) tip('去掉筛选', query);
      const words = query.split(/\s+/).filter(Boolean);
      if (words.length > 1) words.forEach(word => tip('只查“' + word + '”', word));
      const fewer = Array.from(query.trim()).slice(0, -1).join('');
      if (words.length === 1 && Array.from(fewer).length > 1) tip('少写一个字：“' + fewer + '”', fewer);
    }

    // After all hits of a query are known.
    let turn = 0;
    function follow(all, asked, labels) {
      const mine = ++turn;
      hits = all;
      query = asked;
      about = labels;
      chosen = {};
      widen();
      page.sieve.hidden = true;
      if (!hits.length) return null;
      return facetsOf(hits.map(hit => hit.number)).then(() => { if (mine === turn) draw() });
    }
    function forget() {
      turn++;
      chosen = {};
    }

    const links = () => Array.prototype.slice.call(page.list.querySelectorAll('.hit-name a'));
    page.more.addEventListener('click', () => {
      const before = links().length;
      page.goOn().then(() => {
        const link = links()[before];
        if (link) link.focus();
      });
    });
    document.addEventListener('keydown', event => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      const all = links();
      const at = all.indexOf(document.activeElement);
      if (at < 0 && document.activeElement !== page.input) return;
      const next = event.key === 'ArrowDown' ? all[at + 1] : at > 0 ? all[at - 1] : page.input;
      if (!next || (at < 0 && event.key === 'ArrowUp')) return;
      event.preventDefault();
      next.focus();
    });

    return { narrow: narrow, follow: follow, forget: forget };
  };
})();
