// Names that are spelt: pinyin, initials, mixtures with hanzi. search.js loads this when somebody writes letters, and
// lends it its tools.
(() => {
  'use strict';
  const MANY_FILES = 30; // of readings, for one query

  // What somebody types of one syllable: all of it, or at the end of what he typed its beginning.
  const SYLLABLE = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]{1,3}(ng|n|r)?$/;

  // How `items` fit a name from token `at` on: {end, lack}, or null. `lack` is 0 where all is spelt out, 1 where the last
  // syllable is not yet, 2 where one before is short. `readings` holds all readings of each token.
  function fits(items, item, letters, characters, readings, at, lack) {
    if (item === items.length) return { end: at, lack: lack };
    if (at >= readings.length) return null;
    const last = item + 1 === items.length;
    if (items[item].one) {
      return characters && characters[at] === items[item].text ? fits(items, item + 1, null, characters, readings, at + 1, lack) : null;
    }
    const rest = letters === null ? items[item].spoken : letters;
    let found = null;
    const take = way => {
      if (way && (!found || way.lack < found.lack || (way.lack === found.lack && way.end === readings.length))) found = way;
    };
    // 375 of a name is found wherever it stands.
    if (letters === null && characters && characters[at] === items[item].text) take(fits(items, item + 1, null, characters, readings, at + 1, lack));
    readings[at].forEach(reading => {
      if (reading.indexOf(rest) === 0) {
        take(fits(items, item + 1, null, characters, readings, at + 1, reading === rest ? lack : Math.max(lack, last ? 1 : 2)));
      } else if (rest.indexOf(reading) === 0) {
        take(fits(items, item, rest.slice(reading.length), characters, readings, at + 1, lack));
      }
      [1, 2].forEach(count => {
        const initial = rest.slice(0, count);
        if (rest.length > count && initial !== reading && reading.indexOf(initial) === 0 && (count === 1 || /^[zcs]h$/.test(initial))) {
          take(fits(items, item, rest.slice(count), characters, readings, at + 1, 2));
        }
      });
    });
    return found;
  }

  // 0 to 2 for hanzi alone (the whole name, its beginning, inside), 3 to 5 with spelt syllables, 6 to 8 with initials;
  // -1 where the name does not fit.
  function qualityOf(items, characters, readings) {
    let best = -1;
    const spelt = items.some(item => !item.one);
    for (let at = 0; at < readings.length; at++) {
      const way = fits(items, 0, null, characters, readings, at, 0);
      if (!way) continue;
      const place = at > 0 ? 2 : way.end === readings.length && way.lack !== 1 ? 0 : 1;
      const quality = place + (!spelt ? 0 : way.lack === 2 ? 6 : 3);
      if (best < 0 || quality < best) best = quality;
    }
    return best;
  }

  // Whether letters may be initials of these tokens, some of them spelt further: 2 where they are initials and nothing
  // else, 1 where only a look at the name can tell, 0 where they are not. `short`: one was an initial alone.
  function mayBegin(items, item, letters, initials, at, short, plain) {
    const rest = letters === null ? items[item].spoken : letters;
    if (at >= initials.length || rest[0] !== initials[at]) return 0;
    let best = 0;
    for (let count = 1; count <= Math.min(6, rest.length); count++) {
      const piece = rest.slice(0, count);
      const left = rest.slice(count);
      const initial = count === 1 || /^[zcs]h$/.test(piece);
      // At the end some word of other letters may stand, too.
      if (!initial && !SYLLABLE.test(piece) && (left || !/[aeiouv0-9]/.test(piece))) continue;
      const sure = plain && initial;
      if (left) best = Math.max(best, mayBegin(items, item, left, initials, at + 1, short || initial, sure && count === 1));
      else if (item + 1 < items.length) best = Math.max(best, mayBegin(items, item + 1, null, initials, at + 1, short, sure && count === 1));
      else if (short) best = Math.max(best, sure && count === 1 ? 2 : 1);
    }
    return best;
  }

  window.qunyingSpelt = tools => {
    const { VALUES, head, file, rankedTerm, ranked, both, join, first } = tools;

    // Files of readings or initials that may hold what begins with one of `beginnings`: "zha MARK zhe MARK", by first
    // letter in d/ where they are many.
    function listsOf(family, beginnings) {
      const all = head.files[family] || '';
      if (!Array.isArray(all)) return Promise.resolve([all]);
      const letters = beginnings.map(each => each[0]);
      const list = all[0].split(' ');
      const wanted = [];
      for (let i = 0; i + 1 < list.length; i += 2) {
        if (letters.indexOf(list[i]) >= 0) wanted.push(file('d/' + family + list[i], list[i + 1]));
      }
      return Promise.all(wanted);
    }
    // `next` is what the second syllable begins with, where that is known. Of too many files those are left that may hold
    // the first syllable as it stands.
    function lettered(family, beginnings, next) {
      return listsOf(family, beginnings).then(lists => {
        let names = [];
        lists.forEach(each => {
          const list = each.split(' ');
          for (let i = 0; i + 1 < list.length; i += 2) {
            const near = letters => letters.indexOf(list[i]) === 0 || list[i].indexOf(letters) === 0;
            if (beginnings.some(near)) names.push([list[i], list[i + 1]]);
          }
        });
        if (names.length > MANY_FILES) {
          const exact = (letters, begin) => letters.length <= begin.length || (letters.length === begin.length + 1 && (!next || letters[begin.length] === next));
          names = names.filter(name => beginnings.some(begin => exact(name[0], begin)));
        }
        return Promise.all(names.slice(0, MANY_FILES).map(name => file(family + '/' + name[0], name[1])));
      });
    }
    // Calls each(entry, postings) for the entries of such a file.
    function entriesOf(text, each) {
      let entry = '';
      text.split('~').forEach(line => {
        const bar = line.indexOf('|');
        entry = entry.slice(0, VALUES[line.charCodeAt(0)]) + line.slice(1, bar);
        each(entry, line.slice(bar + 1));
      });
    }
    function spelt(items) {
      const letters = items[0].spoken;
      if (letters.length < 2 && items.length < 2) return Promise.resolve(new Map());
      return lettered('p', [letters], items.length > 1 ? items[1].spoken[0] : '').then(files => {
        let hits = new Map();
        files.forEach(text => {
          entriesOf(text, (entry, postings) => {
            const syllables = entry.match(/[A-Z][a-z0-9]*|\.[0-9][a-z0-9]*/g).map(s => [s.replace('.', '').toLowerCase()]);
            const way = fits(items, 0, null, null, syllables, 0, 0);
            if (!way) return;
            ranked(postings).forEach((rank, number) => {
              // A whole entry may be the whole name; less of it is not.
              const placed = rank < 8 && (way.end < syllables.length || way.lack === 1) ? rank + 8 : rank;
              const value = placed + (way.lack === 2 ? 48 : 24);
              if (!hits.has(number) || value < hits.get(number)) hits.set(number, value);
            });
          });
        });
        return hits;
      });
    }
    // [sure ones, those that a look must bear out]
    function abbreviated(items) {
      const letters = items.map(item => item.spoken).join('');
      const hits = [new Map(), new Map()];
      if (letters.length < 2) return Promise.resolve(hits);
      const beginnings = [letters[0] + letters[1]];
      if (/^[zcs]h/.test(letters) && letters.length > 2) beginnings.push(letters[0] + letters[2]);
      // What is spelt first may end anywhere.
      const first = items[0].spoken;
      for (let at = 2; at < Math.min(first.length, 7); at++) {
        if (SYLLABLE.test(first.slice(0, at))) beginnings.push(letters[0] + first[at]);
      }
      if (items.length > 1) beginnings.push(letters[0] + items[1].spoken[0]);
      return lettered('i', beginnings).then(files => {
        files.forEach(text => {
          entriesOf(text, (entry, postings) => {
            const fit = mayBegin(items, 0, null, entry, 0, false, true);
            if (!fit) return;
            const to = hits[2 - fit];
            ranked(postings).forEach((rank, number) => {
              const value = (rank < 8 && entry.length > letters.length ? rank + 8 : rank) + 48;
              if (!to.has(number) || value < to.get(number)) to.set(number, value);
            });
          });
        });
        return hits;
      });
    }

    // The runs of letters in a part.
    function runsOf(part) {
      const runs = [];
      part.forEach((token, i) => {
        if (token.one) return;
        if (i > 0 && !part[i - 1].one) runs[runs.length - 1].push(token);
        else runs.push([token]);
      });
      return runs;
    }
    // Such a run: spelt, abbreviated, or words as they stand in the name.
    function find(items) {
      return Promise.all([spelt(items), abbreviated(items)]).then(found => {
        const spoken = { sure: join(found[0], found[1][0]), maybe: found[1][1] };
        const plain = items.every(item => /^[a-z]+$/.test(item.text));
        if (plain && (spoken.sure.size || spoken.maybe.size)) return spoken;
        return Promise.all(items.map(item => rankedTerm('n', item.text))).then(words => {
          const written = new Map();
          words.reduce((a, b) => both(a, b, first)).forEach((rank, number) => { written.set(number, rank + 24) });
          if (items.length === 1) return { sure: join(spoken.sure, written), maybe: spoken.maybe };
          return { sure: spoken.sure, maybe: join(spoken.maybe, written) };
        });
      });
    }

    // The tokens [begin, end) of a name that a part fits, or null.
    function rangeIn(part, characters, readings) {
      for (let at = 0; at < characters.length; at++) {
        const way = fits(part, 0, null, characters, readings, at, 0);
        if (way) return [at, way.end];
      }
      return null;
    }

    return { runsOf: runsOf, find: find, qualityOf: qualityOf, rangeIn: rangeIn };
  };
})();
