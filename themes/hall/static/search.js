// Looks things up in the index of the site (search/index.js and the files it names; docs/search.md is the format).
// Knows nothing of the page: qunyingIndex(load) wants a function that loads a script of the site and returns a promise.
(() => {
	'use strict';
	const SYMBOLS = "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}";
	const ENDERS = 56;
	const GOERS = 33;
	const VALUES = [];
	for (let i = 0; i < SYMBOLS.length; i++) VALUES[SYMBOLS.charCodeAt(i)] = i;

	const FEW = 60; // hits that are looked at one by one
	const FEW_OF_HANZI = 12;
	const ENOUGH = 20; // candidates of titles and texts that no further file is loaded for
	const MANY_FILES = 30; // of readings, for one query

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

	// ---- matching a name ----

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
	// Where in a line the tokens of a part stand side by side, as [begin, end).
	function placesOf(tokens, part) {
		const places = [];
		for (let i = 0; i + part.length <= tokens.length; i++) {
			if (part.every((token, k) => token.text === tokens[i + k].text)) places.push([tokens[i].at, tokens[i + part.length - 1].end]);
		}
		return places;
	}

	// ---- the index ----

	window.qunyingIndex = load => {
		const arrived = {};
		const asked = {};
		let head = null;
		window.qunyingSearch = (name, data) => { arrived[name] = data };

		function fetched(name, path) {
			if (!asked[name]) {
				asked[name] = load(path).then(() => {
					if (!(name in arrived)) throw new Error(path + ' is not what it was');
					return arrived[name];
				});
				asked[name].catch(() => { delete asked[name] });
			}
			return asked[name];
		}
		const open = () => {
			return fetched('index', 'search/index.js').then(data => {
				head = data;
				return head;
			});
		};
		const file = (name, mark) => 'search/' + name.replace('/', '-') + '-' + mark + '.js';

		// The mark of a numbered file, or ''.
		function markOf(family, number) {
			const all = head.files[family];
			if (!all) return Promise.resolve('');
			const pick = (marks, at) => {
				const mark = marks.substr(6 * at, 6);
				return mark[0] === '-' ? '' : mark;
			};
			if (all !== 1) return Promise.resolve(pick(all, number));
			const directory = 'd/' + family + Math.floor(number / 256);
			const marks = head.files.d.split(' ');
			const at = marks.indexOf(directory.slice(2));
			return at < 0 ? Promise.resolve('') : fetched(directory, file(directory, marks[at + 1])).then(text => pick(text, number % 256));
		}
		function numbered(family, number) {
			return markOf(family, number).then(mark => {
				return mark ? fetched(family + '/' + number, file(family + '/' + number, mark)) : null;
			});
		}

		// What a shard of terms says of one, without the term.
		function lookUp(family, bucket, term) {
			return numbered(family, bucket).then(text => {
				if (!text) return '';
				const key = '~' + term + '|';
				const whole = '~' + text;
				const at = whole.indexOf(key);
				return at < 0 ? '' : whole.slice(at + key.length).split('~', 1)[0];
			});
		}
		const bucket = (family, term) => hashOf(term) & (head.buckets[family] - 1);
		const rankedTerm = (family, term) => lookUp(family, bucket(family, term), term).then(ranked);

		// Documents that hold all terms; the first and the last are looked up first, and the others while more than
		// `enough` are left, since each takes a file: what is left is looked at anyway.
		function narrowed(terms, look, enough, rank) {
			const middle = terms.slice(1, -1);
			const list = terms.length > 2 ? [terms[0], terms[terms.length - 1]].concat(middle.splice(middle.length >> 1, 1), middle) : terms;
			const step = (hits, at) => {
				if (at >= list.length || hits.size <= enough) return hits;
				return look(list[at]).then(more => step(both(hits, more, rank), at + 1));
			};
			return Promise.all(list.slice(0, 2).map(look)).then(two => step(two.reduce((a, b) => both(a, b, rank)), 2));
		}

		// ---- names ----

		// Files of readings or initials that may hold what begins with one of `beginnings`.
		function lettered(family, beginnings) {
			const list = (head.files[family] || '').split(' ');
			const names = [];
			for (let i = 0; i + 1 < list.length; i += 2) {
				const near = letters => letters.indexOf(list[i]) === 0 || list[i].indexOf(letters) === 0;
				if (beginnings.some(near)) names.push([family + '/' + list[i], list[i + 1]]);
			}
			if (names.length > MANY_FILES) return Promise.resolve([]);
			return Promise.all(names.map(name => fetched(name[0], file(name[0], name[1]))));
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
			return lettered('p', [letters]).then(files => {
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

		// {sure, maybe}: documents whose name holds a part; a look must bear out the second.
		function namesFor(part) {
			const runs = [];
			part.forEach((token, i) => {
				if (token.one) return;
				if (i > 0 && !part[i - 1].one) runs[runs.length - 1].push(token);
				else runs.push([token]);
			});
			const terms = runsAround(part);
			const wanted = runs.filter(items => items.length > 1 || items[0].spoken.length > 1).map(run);
			if (wanted.length === 1 && runs[0].length === part.length) return wanted[0];
			if (terms.length) wanted.push(narrowed(terms, term => rankedTerm('n', term), FEW_OF_HANZI, first).then(hits => ({ sure: hits, maybe: new Map() })));
			if (!wanted.length) return Promise.resolve({ sure: new Map(), maybe: new Map() });
			return Promise.all(wanted).then(lists => {
				if (terms.length === 1 && !runs.length) return lists[0];
				const all = lists.map(list => join(list.sure, list.maybe));
				return { sure: new Map(), maybe: all.reduce((a, b) => both(a, b, first)) };
			});
		}
		// Letters side by side: spelt, abbreviated, or words as they stand in the name.
		function run(items) {
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

		// ---- titles and texts ----

		const worst = (a, b) => Math.max(a, b);
		function titlesFor(part) {
			const terms = termsOf(part);
			return terms.length ? narrowed(terms, term => rankedTerm('f', term), ENOUGH, worst) : Promise.resolve(new Map());
		}
		// One term in all segments.
		function inTexts(term) {
			const segments = [];
			for (let i = 0; i < head.segments; i++) segments.push(lookUp('x', i * head.buckets.x + bucket('x', term), term));
			return Promise.all(segments).then(found => {
				const hits = new Map();
				found.forEach((gaps, i) => numbersIn(gaps, i * head.width).forEach(number => { hits.set(number, 0) }));
				return hits;
			});
		}
		function textsFor(part) {
			const terms = termsOf(part);
			return terms.length ? narrowed(terms, inTexts, ENOUGH, first) : Promise.resolve(new Map());
		}

		// The part with variants of hanzi as the index writes them.
		function simplified(part) {
			return Promise.all(part.map(token => {
				if (!token.one) return token;
				return numbered('v', token.text.codePointAt(0) % head.buckets.v).then(text => {
					return folded([token], text)[0];
				});
			}));
		}

		// ---- documents ----

		// [number, name, readings, path, kind, level, region, years, distinction, note, line, tile, framed, picture]
		function cardOf(number) {
			return numbered('e', Math.floor(number / head.per.e)).then(cards => {
				return (cards || []).filter(card => card[0] === number)[0] || null;
			});
		}
		function qualityOfCard(card, part) {
			const said = card[2].split('|');
			const tokens = folded(tokensOf(card[1]), said[1]);
			const readings = said[0].split(' ').map(each => each.split(','));
			while (readings.length < tokens.length) readings.push(['']);
			return qualityOf(part, tokens.map(token => token.text), readings);
		}

		// Where the parts of a query stand in the name of a card, as [begin, end).
		function placesInName(card, query) {
			const said = card[2].split('|');
			const tokens = folded(tokensOf(card[1]), said[1]);
			const readings = tokens.map((token, i) => (said[0].split(' ')[i] || '').split(','));
			const places = [];
			partsOf(query).forEach(part => {
				for (let at = 0; at < tokens.length; at++) {
					const way = fits(part, 0, null, tokens.map(token => token.text), readings, at, 0);
					if (!way) continue;
					places.push([tokens[at].at, tokens[way.end - 1].end]);
					break;
				}
			});
			return places;
		}

		// The candidates that a look at their cards bears out. Of hanzi side by side many are taken at their word.
		function lookedAt(found, part) {
			const hanzi = part.every(token => token.one);
			const few = hanzi ? FEW_OF_HANZI : FEW;
			const numbers = Array.from(found.maybe.keys()).filter(number => !found.sure.has(number));
			if (hanzi && numbers.length > few) return Promise.resolve(join(found.sure, found.maybe));
			numbers.sort((a, b) => found.maybe.get(a) - found.maybe.get(b) || a - b);
			numbers.splice(few);
			return Promise.all(numbers.map(cardOf)).then(cards => {
				const hits = new Map(found.sure);
				cards.forEach((card, i) => {
					const quality = card ? qualityOfCard(card, part) : -1;
					if (quality >= 0) hits.set(numbers[i], 8 * quality + found.maybe.get(numbers[i]) % 8);
				});
				return hits;
			});
		}

		// Facets of every document: {kind, level, region: by number; years: lists by number}.
		let facets = null;
		function facetsOfAll() {
			if (!facets) {
				const marks = head.files.c || '';
				const files = [];
				for (let i = 0; i < marks.length / 6; i++) files.push(numbered('c', i));
				facets = Promise.all(files).then(texts => {
					const all = new Map();
					texts.forEach((text, i) => {
						let values = 0;
						let rest = 0;
						let at = 0;
						const next = () => {
							for (rest = 0; (values = VALUES[text.charCodeAt(at++)]) >= ENDERS;) rest = rest * GOERS + values - ENDERS + 1;
							return rest * ENDERS + values;
						};
						for (let number = i * head.per.c - 1; text && at < text.length;) {
							number += 1 + next();
							const one = [next(), next(), next(), []];
							for (let count = next(); count > 0; count--) one[3].push(next());
							all.set(number, one);
						}
					});
					return all;
				});
			}
			return facets;
		}

		// Finds a query step by step: names, then titles and honours, then the texts. `step(hits, done)` gets all hits so
		// far as {number, stage, rank}, best first; its value says whether to go on.
		function search(query, step) {
			return open().then(() => {
				let parts = partsOf(query);
				if (!parts.length) return [];
				const found = parts.map(() => [new Map(), new Map(), new Map()]);
				const hits = [];
				const seen = new Set();
				const settle = stage => {
					const lists = found.map(each => {
						let all = new Map();
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
					return Promise.resolve(step(hits.slice(), stage === 2)).then(on => on !== false);
				};
				const each = (stage, look) => {
					return Promise.all(parts.map((part, i) => {
						return look(part, i).then(map => { found[i][stage] = map });
					})).then(() => settle(stage));
				};
				// Those that need no look come first.
				const candidates = (part, i) => namesFor(part).then(some => {
					if (some.sure.size || some.maybe.size || !part.some(token => token.one)) return some;
					return simplified(part).then(other => {
						parts[i] = other;
						return namesFor(other);
					});
				});
				const named = [];
				const sure = (part, i) => candidates(part, i).then(some => {
					named[i] = some;
					return some.sure.size ? some.sure : lookedAt(some, parts[i]);
				});
				const looked = (part, i) => named[i].sure.size && named[i].maybe.size ? lookedAt(named[i], part) : Promise.resolve(found[i][0]);
				return each(0, sure)
					.then(on => on && each(0, looked))
					.then(on => on && each(1, titlesFor))
					.then(on => on && each(2, textsFor))
					.then(() => hits);
			});
		}

		// {line, places}: the first line of a document's titles and text that holds a part of the query, and where; null
		// where a part stands neither there nor in the name, so that the hit was none.
		function excerpt(number, query) {
			return Promise.all([numbered('t', Math.floor(number / head.per.t)), cardOf(number), Promise.all(partsOf(query).map(simplified))]).then(got => {
				const found = (got[0] || []).filter(text => text[0] === number)[0] || [0, 0, ''];
				const lines = found[2].split('\n').map(line => { return { line: line, tokens: folded(tokensOf(line), found[3]) } });
				let shown = null;
				const all = got[2].every(part => {
					const held = lines.filter(each => placesOf(each.tokens, part).length > 0)[0];
					if (held && !shown) shown = { line: held.line, places: [].concat.apply([], got[2].map(one => placesOf(held.tokens, one))) };
					return held || (got[1] && qualityOfCard(got[1], part) >= 0);
				});
				return all ? shown || { line: '', places: [] } : null;
			});
		}

		return { open: open, search: search, card: cardOf, placesInName: placesInName, excerpt: excerpt, facets: facetsOfAll };
	};
})();
