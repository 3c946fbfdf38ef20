// Looks things up in the index of the site (search/index.js and the files it names; docs/search.md is the format).
// Knows nothing of the page: qunyingIndex(load, spelling) wants a function that loads a script of the site and returns a
// promise, and the address of search-spelt.js, which comes when somebody writes letters.
(() => {
  'use strict';
  const SYMBOLS = "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_\x60abcdefghijklmnopqrstuvwxyz{}";
  const ENDERS = 56;
  const GOERS = 33;
  const VALUES = [];
  for (let i = 0; i < SYMBOLS.length; i++) VALUES[SYMBOLS.charCodeAt(i)] = i;

  // Hits that are looked at one by one; of hanzi side by side more than the second are taken at their word.
  const FEW = 60;
  const FEW_OF_HANZI = 12;
  // Characters that every Chinese text is full of, and what is said of retired cadres.
  const COMMON = new Set('的一是不了在人有我他这个们中来上大为和国到以说时要就出会可也你对生能而子得于着下自之年过后作里用道行所家种事成方多经学同当没动面起看定天分还进小部些主样理心本前开但因从日无与长十民工使全老党干员志');
  // Hanzi; what is longer is hardly a name.
  const LONG = 4;

  // ---- text ----

  function isCharacter(c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || c === 0x3007 || (c >= 0xf900 && c <= 0xfaff)
      || (c >= 0x20000 && c <= 0x3ffff) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fa) || (c >= 0xac00 && c <= 0xd7a3);
  }
  function isWordLetter(c) {
    return (c >= 97 && c <= 122) || (c >= 48 && c <= 57) || (c >= 0x370 && c <= 0x52f) || (c >= 0x620 && c <= 0x6d3)
      || (c >= 0xf40 && c <= 0xf6c) || (c >= 0x1820 && c <= 0x18aa);
  }
  function bare(letter, c) {
    if (c >= 65 && c <= 90) return letter.toLowerCase();
    if ((c >= 0xc0 && c <= 0x24f) || (c >= 0x391 && c <= 0x42f) || (c >= 0x1e00 && c <= 0x1eff) || (c >= 0xff01 && c <= 0xff5e)) {
      const plain = letter.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
      return plain.length === 1 ? plain : letter;
    }
    return letter;
  }

  // Tokens {text, spoken, one, at, end}: single characters, and words of letters and digits; `spoken` has ü as v.
  function tokensOf(text) {
    const tokens = [];
    let word = null;
    let at = 0;
    for (const letter of text) {
      const c = letter.codePointAt(0);
      const plain = bare(letter, c);
      const folded = plain.codePointAt(0);
      const end = at + letter.length;
      if (isWordLetter(folded)) {
        if (!word) tokens.push(word = { text: '', spoken: '', one: false, at: at, end: end });
        word.text += plain;
        word.spoken += /[üǖǘǚǜ]/i.test(letter) ? 'v' : plain;
        word.end = end;
      } else if (c >= 0x300 && c <= 0x36f) {
        if (word && c === 0x308) word.spoken = word.spoken.replace(/u$/, 'v');
      } else {
        word = null;
        if (isCharacter(folded)) tokens.push({ text: plain, spoken: '', one: true, at: at, end: end });
      }
      at = end;
    }
    tokens.forEach(token => {
      if (/^([a-z]+[1-5])+$/.test(token.spoken)) token.spoken = token.spoken.replace(/[1-5]/g, '');
      token.spoken = token.spoken.replace(/^([ln])yu/, '$1v');
    });
    return tokens;
  }

  // The parts of a query, all of which must be found: what stands between blanks; but letters after letters are one
  // name being spelt, and so is a short name that somebody widened with a blank.
  function partsOf(query) {
    const words = query.replace(/u:/gi, 'ü').split(/\s+/).map(tokensOf).filter(tokens => tokens.length);
    const total = words.reduce((sum, tokens) => sum + tokens.length, 0);
    const hanzi = words.every((tokens) => tokens.every(token => token.one));
    if (hanzi && total <= 4 && words.some(tokens => tokens.length === 1)) return total ? [[].concat.apply([], words)] : [];
    return words.reduce((parts, tokens) => {
      const before = parts[parts.length - 1];
      const letters = (list) => list.every(token => !token.one);
      if (before && letters(before) && letters(tokens)) parts[parts.length - 1] = before.concat(tokens);
      else parts.push(tokens);
      return parts;
    }, []);
  }
  // ---- lists of documents ----

  function numbersIn(text, base) {
    const numbers = [];
    if (text[0] === '!') {
      for (let at = 0; at < 6 * (text.length - 1); at++) {
        if (VALUES[text.charCodeAt(1 + (at - at % 6) / 6)] >> (at % 6) & 1) numbers.push(base + at);
      }
      return numbers;
    }
    let next = base;
    let rest = 0;
    for (let i = 0; i < text.length; i++) {
      const value = VALUES[text.charCodeAt(i)];
      if (value < ENDERS) {
        const number = next + rest * ENDERS + value;
        numbers.push(number);
        next = number + 1;
        rest = 0;
      } else {
        rest = rest * GOERS + value - ENDERS + 1;
      }
    }
    return numbers;
  }

  // "rGAPS|rGAPS" → Map from number to rank, the best where there are several.
  function ranked(text) {
    const hits = new Map();
    if (!text) return hits;
    text.split('|').forEach(group => {
      const rank = VALUES[group.charCodeAt(0)];
      numbersIn(group.slice(1), 0).forEach(number => {
        if (!hits.has(number)) hits.set(number, rank);
      });
    });
    return hits;
  }

  // In both; the worse rank counts, but for a name its place is that of the first.
  function both(a, b, rank) {
    const hits = new Map();
    a.forEach((one, number) => {
      if (b.has(number)) hits.set(number, rank(one, b.get(number)));
    });
    return hits;
  }
  function join(a, b) {
    const hits = new Map(a);
    b.forEach((rank, number) => {
      if (!hits.has(number) || rank < hits.get(number)) hits.set(number, rank);
    });
    return hits;
  }
  const first = a => a;

  function hashOf(term) {
    let hash = 0x811c9dc5;
    for (const letter of term) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return (hash ^ hash >>> 12) >>> 0;
  }

  // Terms that the postings of titles and texts know: pairs of characters, and words.
  function termsOf(tokens) {
    const terms = [];
    tokens.forEach((token, i) => {
      if (!token.one) terms.push(token.text);
      else if (i + 1 < tokens.length && tokens[i + 1].one) terms.push(token.text + tokens[i + 1].text);
    });
    return terms;
  }
  function runsAround(tokens) {
    const terms = [];
    tokens.forEach((token, i) => {
      if (!token.one) return;
      const next = i + 1 < tokens.length && tokens[i + 1].one;
      const before = i > 0 && tokens[i - 1].one;
      if (next) terms.push(token.text + tokens[i + 1].text);
      else if (!before) terms.push(token.text);
    });
    return terms;
  }
  // The same tokens with variants of hanzi as `pairs` has them: "劉刘".
  function folded(tokens, pairs) {
    if (!pairs) return tokens;
    const list = Array.from(pairs);
    return tokens.map(token => {
      const at = token.one ? list.findIndex((letter, i) => i % 2 === 0 && letter === token.text) : -1;
      return at < 0 ? token : Object.assign({}, token, { text: list[at + 1] });
    });
  }
  // Which tokens of a line a part begins at, side by side.
  function startsOf(tokens, part) {
    const starts = [];
    for (let i = 0; i + part.length <= tokens.length; i++) {
      if (part.every((token, k) => token.text === tokens[i + k].text)) starts.push(i);
    }
    return starts;
  }
  // The same as [begin, end) of the text.
  const placesOf = (tokens, part) => startsOf(tokens, part).map(i => [tokens[i].at, tokens[i + part.length - 1].end]);
  const isHanzi = part => part.every(token => token.one);

  // ---- the index ----

  window.qunyingIndex = (load, spelling) => {
    const arrived = {};
    const asked = {};
    let head = null;
    window.qunyingSearch = (name, data) => { arrived[name] = data };

    function once(name, path) {
      if (!asked[name]) {
        asked[name] = load(path);
        asked[name].catch(() => { delete asked[name] });
      }
      return asked[name];
    }
    function fetched(name, path) {
      return once(name, path).then(() => {
        if (!(name in arrived)) throw new Error(path + ' is not what it was');
        return arrived[name];
      });
    }
    const open = () => {
      return fetched('index', 'search/index.js').then(data => {
        head = data;
        return head;
      });
    };
    const file = (name, mark) => fetched(name, 'search/' + name.replace('/', '-') + '-' + mark + '.js');

    // The mark of a numbered file, or ''.
    function markOf(family, number) {
      const all = head.files[family] || '';
      const pick = (marks, at) => {
        const mark = marks.substr(6 * at, 6);
        return mark[0] === '-' ? '' : mark;
      };
      if (!Array.isArray(all)) return Promise.resolve(pick(all, number));
      const directory = Math.floor(number / all[0]);
      const mark = pick(all[1], directory);
      return mark ? file('d/' + family + directory, mark).then(marks => pick(marks, number % all[0])) : Promise.resolve('');
    }
    function numbered(family, number) {
      return markOf(family, number).then(mark => mark ? file(family + '/' + number, mark) : null);
    }

    // Characters that stand in the index, which are no variants.
    const known = new Set();
    const learn = tokens => tokens.forEach(token => known.add(token.text));

    // What a shard of terms says of one, without the term.
    function lookUp(family, number, term) {
      return numbered(family, number).then(text => {
        if (!text) return '';
        const key = '~' + term + '|';
        const whole = '~' + text;
        const at = whole.indexOf(key);
        if (at >= 0) Array.from(term).forEach(letter => known.add(letter));
        return at < 0 ? '' : whole.slice(at + key.length).split('~', 1)[0];
      });
    }
    const bucket = (family, term) => hashOf(term) & (head.buckets[family] - 1);
    const rankedTerm = (family, term) => lookUp(family, bucket(family, term), term).then(ranked);

    // Documents that hold all terms. The first `ahead` are looked up at once, the others one by one, after the second
    // only while that narrows: each takes a file, and the few that are left are looked at anyway.
    function narrowed(terms, look, rank, ahead) {
      const step = (hits, at, vain) => {
        const few = at > 1 && (hits.size < 2 || (vain > 1 && hits.size <= FEW_OF_HANZI));
        if (at >= terms.length || !hits.size || few) return hits;
        return look(terms[at]).then(more => {
          const left = both(hits, more, rank);
          return step(left, at + 1, left.size < hits.size ? 0 : vain + 1);
        });
      };
      return Promise.all(terms.slice(0, ahead).map(look)).then(some => step(some.reduce((a, b) => both(a, b, rank)), ahead, 0));
    }
    // What is longer than a name is seldom one, nor a title: its most seldom pair alone tells.
    const ahead = terms => terms.length < LONG ? 2 : 1;
    // The order in which terms narrow most for what they cost: those of seldom characters before those that stand in
    // every other text, and of equal ones those that lie far from each other.
    function spread(terms) {
      const cost = (term, i) => Array.from(term).filter(letter => COMMON.has(letter)).length + i * 0.618034 % 1;
      return terms.map((term, i) => [cost(term, i), term]).sort((a, b) => a[0] - b[0]).map(each => each[1]);
    }

    // ---- names ----

    // What is written in letters is the matter of search-spelt.js.
    let speller = null;
    function spelt() {
      if (speller) return Promise.resolve(speller);
      return once('spelt', spelling).then(() => {
        speller = speller || window.qunyingSpelt({ VALUES: VALUES, head: head, file: file, rankedTerm: rankedTerm, ranked: ranked, both: both, join: join, first: first });
        return speller;
      });
    }

    // {sure, maybe}: documents whose name holds a part; a look must bear out the second.
    function namesFor(part) {
      const terms = runsAround(part);
      const hanzi = () => narrowed(spread(terms), term => rankedTerm('n', term), first, ahead(terms)).then(hits => ({ sure: hits, maybe: new Map() }));
      if (isHanzi(part)) {
        return hanzi().then(found => terms.length === 1 ? found : { sure: new Map(), maybe: found.sure });
      }
      return spelt().then(letters => {
        const runs = letters.runsOf(part);
        const wanted = runs.filter(items => items.length > 1 || items[0].spoken.length > 1).map(letters.find);
        if (wanted.length === 1 && runs[0].length === part.length) return wanted[0];
        if (terms.length) wanted.push(hanzi());
        if (!wanted.length) return { sure: new Map(), maybe: new Map() };
        return Promise.all(wanted).then(lists => {
          const all = lists.map(list => join(list.sure, list.maybe));
          return { sure: new Map(), maybe: all.reduce((a, b) => both(a, b, first)) };
        });
      });
    }

    // ---- titles and texts ----

    const worst = (a, b) => Math.max(a, b);
    function titlesFor(part) {
      const terms = spread(termsOf(part));
      return terms.length ? narrowed(terms, term => rankedTerm('f', term), worst, ahead(terms)) : Promise.resolve(new Map());
    }
    // One term in all segments, whose files lie side by side.
    function inTexts(term) {
      const segments = [];
      for (let i = 0; i < head.segments; i++) segments.push(lookUp('x', head.segments * bucket('x', term) + i, term));
      return Promise.all(segments).then(found => {
        const hits = new Map();
        found.forEach((gaps, i) => numbersIn(gaps, i * head.width).forEach(number => { hits.set(number, 0) }));
        return hits;
      });
    }
    function textsFor(part) {
      const terms = spread(termsOf(part));
      return terms.length ? narrowed(terms, inTexts, first, 2) : Promise.resolve(new Map());
    }

    // The part with variants of hanzi as the index writes them, which has no others. That costs files, so it is asked for
    // only where a part finds nothing or something that it does not fit.
    const plain = new Set();
    function simplified(part) {
      if (plain.has(part)) return Promise.resolve(part);
      return Promise.all(part.map(token => {
        if (!token.one || known.has(token.text)) return token;
        return numbered('v', token.text.codePointAt(0) % head.buckets.v).then(text => folded([token], text)[0]);
      })).then(tokens => {
        const other = tokens.some((token, i) => token !== part[i]) ? tokens : part;
        plain.add(other);
        return other;
      });
    }
    // Puts `parts` right; whether any was another.
    function simplify(parts) {
      return Promise.all(parts.map(simplified)).then(others => {
        const fresh = others.some((part, i) => part !== parts[i]);
        others.forEach((part, i) => { parts[i] = part });
        return fresh;
      });
    }

    // ---- documents ----

    // [number, name, readings, titles, path, kind, level, region, years, distinction, note, line, tile, framed, picture]
    function cardOf(number) {
      return numbered('e', Math.floor(number / head.per.e)).then(cards => {
        return (cards || []).filter(card => card[0] === number)[0] || null;
      });
    }
    const nameTokens = card => folded(tokensOf(card[1]), card[2].split('|')[1]);
    function readingsOf(card, tokens) {
      const said = card[2].split('|')[0].split(' ').map(each => each.split(','));
      return tokens.map((token, i) => said[i] || ['']);
    }
    // 0 to 2 for hanzi alone (the whole name, its beginning, inside), 3 to 5 with spelt syllables, 6 to 8 with
    // initials; -1 where the name does not fit.
    function qualityOfCard(card, part) {
      const tokens = nameTokens(card);
      if (!isHanzi(part)) return speller.qualityOf(part, tokens.map(token => token.text), readingsOf(card, tokens));
      const at = startsOf(tokens, part)[0];
      return at === undefined ? -1 : at > 0 ? 2 : part.length === tokens.length ? 0 : 1;
    }

    // Where the parts of a query stand in the name of a card, as [begin, end).
    function placesInName(card, query) {
      const tokens = nameTokens(card);
      const places = partsAsked(query).map(part => {
        if (isHanzi(part)) return placesOf(tokens, part)[0];
        const range = speller && speller.rangeIn(part, tokens.map(token => token.text), readingsOf(card, tokens));
        return range && [tokens[range[0]].at, tokens[range[1] - 1].end];
      });
      return places.filter(Boolean);
    }

    // The candidates for parts[i] that a look at their cards bears out. Of hanzi side by side many are taken at their word.
    function lookedAt(found, parts, i) {
      const hanzi = isHanzi(parts[i]);
      const few = hanzi ? FEW_OF_HANZI : FEW;
      const numbers = Array.from(found.maybe.keys()).filter(number => !found.sure.has(number));
      if (hanzi && numbers.length > few) return Promise.resolve(join(found.sure, found.maybe));
      numbers.sort((a, b) => found.maybe.get(a) - found.maybe.get(b) || a - b);
      numbers.splice(few);
      return Promise.all(numbers.map(cardOf)).then(cards => {
        const look = () => cards.map(card => card ? qualityOfCard(card, parts[i]) : -1);
        const qualities = look();
        if (qualities.every(quality => quality >= 0)) return qualities;
        cards.filter(Boolean).forEach(card => learn(nameTokens(card)));
        return simplified(parts[i]).then(other => {
          const fresh = other !== parts[i];
          parts[i] = other;
          return fresh ? look() : qualities;
        });
      }).then(qualities => {
        const hits = new Map(found.sure);
        qualities.forEach((quality, k) => {
          if (quality >= 0) hits.set(numbers[k], 8 * quality + found.maybe.get(numbers[k]) % 8);
        });
        return hits;
      });
    }

    // ---- a query ----

    // The parts of the last query, variants of hanzi put right where that was found out.
    let last = { query: null, parts: [] };
    const partsAsked = query => last.query === query ? last.parts : partsOf(query);

    // Finds a query step by step: names, then titles and honours, then the texts. `step(hits, done)` gets all hits so
    // far as {number, stage, rank}, best first; its value says whether to go on.
    function search(query, step) {
      return open().then(() => {
        const parts = partsOf(query);
        last = { query: query, parts: parts };
        if (!parts.length) return [];
        return found(parts, step).then(hits => hits || []);
      });
    }
    // Null where `step` stopped it.
    function found(parts, step) {
      const maps = parts.map(() => [new Map(), new Map(), new Map()]);
      const hits = [];
      const seen = new Set();
      const gather = stage => {
        const lists = maps.map(each => {
          const all = new Map();
          each.forEach((one, at) => {
            if (at <= stage) one.forEach((rank, number) => { if (!all.has(number)) all.set(number, 1000 * at + rank) });
          });
          return all;
        });
        const fresh = [];
        lists.reduce((a, b) => both(a, b, (x, y) => x + y)).forEach((rank, number) => {
          if (!seen.has(number)) fresh.push({ number: number, stage: stage, rank: rank });
        });
        fresh.sort((a, b) => a.rank - b.rank || a.number - b.number);
        fresh.forEach(hit => { seen.add(hit.number); hits.push(hit) });
      };
      const tell = done => Promise.resolve(step(hits.slice(), done)).then(on => on !== false);
      const read = (stage, look) => Promise.all(parts.map((part, i) => {
        return look(part, i).then(map => { maps[i][stage] = map });
      })).then(() => gather(stage));
      const each = (stage, look) => read(stage, look).then(() => tell(false));
      // The index knows no variants of hanzi, so that a part with one may find nothing, or what is none.
      const lacks = () => !hits.length || maps.some(some => !some[2].size);
      const texts = () => read(2, textsFor)
        .then(() => lacks() && simplify(parts))
        .then(fresh => fresh ? found(parts, step) : tell(true).then(on => on ? hits : null));
      const candidates = (part, i) => namesFor(part).then(some => {
        if (some.sure.size || some.maybe.size || part.length > LONG || !part.some(token => token.one)) return some;
        return simplified(part).then(other => {
          parts[i] = other;
          return other !== part ? namesFor(other) : some;
        });
      });
      // Those that need no look come first.
      const named = [];
      const sure = (part, i) => candidates(part, i).then(some => {
        named[i] = some;
        return some.sure.size ? some.sure : lookedAt(some, parts, i);
      });
      const looked = (part, i) => named[i].sure.size && named[i].maybe.size ? lookedAt(named[i], parts, i) : Promise.resolve(maps[i][0]);
      return each(0, sure)
        .then(on => on && each(0, looked))
        .then(on => on && each(1, titlesFor))
        .then(on => on ? texts() : null);
    }

    // {line, places}: the first line of a document's titles and text that holds a part of the query, and where; null
    // where a part stands neither there nor in the name, so that the hit was none. Texts are loaded only where name and
    // titles do not bear the hit out.
    function excerpt(number, query) {
      const parts = partsAsked(query);
      const linesOf = (text, pairs) => text ? text.split('\n').map(line => ({ line: line, tokens: folded(tokensOf(line), pairs) })) : [];
      return cardOf(number).then(card => {
        const titles = card ? linesOf(card[3], card[2].split('|')[1]) : [];
        const borne = lines => {
          let shown = null;
          const all = parts.every(part => {
            const held = lines.filter(each => startsOf(each.tokens, part).length > 0)[0];
            if (held && !shown) shown = { line: held.line, places: [].concat.apply([], parts.map(one => placesOf(held.tokens, one))) };
            return held || (card && qualityOfCard(card, part) >= 0);
          });
          return all ? shown || { line: '', places: [] } : null;
        };
        return borne(titles) || numbered('t', Math.floor(number / head.per.t)).then(texts => {
          const text = (texts || []).filter(each => each[0] === number)[0];
          const lines = text ? titles.concat(linesOf(text[1], text[2])) : titles;
          const held = borne(lines);
          if (held) return held;
          lines.forEach(each => learn(each.tokens));
          return simplify(parts).then(fresh => fresh ? borne(lines) : null);
        });
      });
    }

    return { open: open, search: search, card: cardOf, placesInName: placesInName, excerpt: excerpt, numbered: numbered, numbersIn: numbersIn };
  };
})();
