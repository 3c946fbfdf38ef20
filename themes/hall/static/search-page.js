// The page of search: asks the index (search.js) while somebody types, shows the hits, counts them by kind, level, year
// and district, and keeps the query in the address.
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
	if (!form || !window.qunyingIndex) return;

	const PAGE = 20;
	const MANY_OPTIONS = 10;
	const NAMES = { kind: '类型', level: '级别', year: '年份', region: '区划' };
	const home = document.currentScript ? new URL('..', document.currentScript.src).href : new URL('.', location.href).href;

	const index = window.qunyingIndex(path => new Promise((resolve, reject) => {
		const script = document.createElement('script');
		script.charset = 'utf-8';
		script.src = home + path;
		script.onload = resolve;
		script.onerror = () => reject(new Error(path));
		document.head.appendChild(script);
	}));

	let turn = 0;      // tells an answer that came too late
	let query = '';
	let hits = [];     // all of them, best first
	let values = null; // facets by number, once they were asked for
	let shown = 0;
	let chosen = {};
	let about = null;

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
		if (card[13]) {
			const picture = make('img');
			picture.alt = '';
			picture.width = card[13][1];
			picture.height = card[13][2];
			picture.src = home + card[13][0];
			frame.appendChild(picture);
		} else {
			const tile = make('span', 'tile');
			tile.appendChild(make('span', 'plate' + (Array.from(card[11]).length > 1 ? ' plate-2' : ''), card[11]));
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
		const link = make('a', card[12] ? 'late' : '');
		link.href = address(card[3]);
		marked(link, card[1], index.placesInName(card, query));
		title.appendChild(link);
		if (card[12]) title.appendChild(make('span', 'unseen', '（已故）'));
		if (card[9]) title.appendChild(make('span', 'note', card[9]));
		if (card[8]) title.appendChild(make('span', 'distinction', card[8]));
		text.appendChild(title);
		const facts = make('p', 'hit-facts');
		facts.appendChild(make('span', '', about.kinds[card[4]]));
		if (card[5]) facts.appendChild(make('span', '', about.levels[card[5] - 1]));
		if (card[6]) facts.appendChild(make('span', '', about.regions[card[6] - 1]));
		text.appendChild(facts);
		if (card[10]) text.appendChild(make('p', 'hit-line', card[10]));
		item.appendChild(text);
		return item;
	}

	// ---- facets

	// {kind: [3], level: [1], region: [5], year: [2020, 2012]} of a hit.
	function valuesOf(hit) {
		const one = values && values.get(hit.number);
		if (!one) return { kind: [], level: [], region: [], year: [] };
		return { kind: [one[0]], level: one[1] ? [one[1]] : [], region: one[2] ? [one[2]] : [], year: one[3].map(year => 1900 + year) };
	}
	const fits = (own, but) => Object.keys(chosen).every(name => name === but || own[name].indexOf(chosen[name]) >= 0);
	const wanted = () => Object.keys(chosen).length ? hits.filter(hit => fits(valuesOf(hit))) : hits;
	function labelOf(name, value) {
		if (name === 'year') return value + '年';
		return name === 'kind' ? about.kinds[value] : name === 'level' ? about.levels[value - 1] : about.regions[value - 1];
	}

	function bar(name) {
		const counts = new Map();
		hits.forEach(hit => {
			const own = valuesOf(hit);
			if (fits(own, name)) own[name].forEach(value => counts.set(value, (counts.get(value) || 0) + 1));
		});
		const options = Array.from(counts.keys());
		if (!options.length || (options.length < 2 && !(name in chosen))) return null;
		options.sort((a, b) => name === 'year' ? b - a : name === 'level' ? a - b : counts.get(b) - counts.get(a) || a - b);
		const group = make('div', 'answer-facet');
		group.appendChild(make('p', 'answer-label', NAMES[name]));
		options.forEach((value, i) => {
			const button = make('button', 'choice', labelOf(name, value));
			button.type = 'button';
			button.hidden = i >= MANY_OPTIONS && chosen[name] !== value;
			button.appendChild(make('span', 'count', ' ' + counts.get(value)));
			button.setAttribute('aria-pressed', String(chosen[name] === value));
			button.addEventListener('click', () => {
				if (chosen[name] === value) delete chosen[name];
				else chosen[name] = value;
				show(name, value);
			});
			group.appendChild(button);
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
	// `name` and `value` say which button keeps the focus.
	function drawFacets(name, value) {
		bars.textContent = '';
		sieve.hidden = true;
		['kind', 'level', 'year', 'region'].forEach(each => {
			const group = bar(each);
			if (!group) return;
			bars.appendChild(group);
			sieve.hidden = false;
			if (each !== name) return;
			const same = Array.prototype.filter.call(group.querySelectorAll('button'), button => button.textContent.indexOf(labelOf(name, value) + ' ') === 0)[0];
			if (same) same.focus();
		});
	}

	// ---- the list

	// Cards and excerpts of the next hits, drawn together so that nothing jumps; hits that a look at the text does not
	// bear out are passed over.
	function grow(mine) {
		const all = wanted();
		const next = all.slice(shown, shown + PAGE);
		return Promise.all(next.map(hit => Promise.all([
			index.card(hit.number),
			hit.stage > 0 ? index.excerpt(hit.number, query) : { line: '', places: [] },
		]))).then(found => {
			if (mine !== turn) return;
			const drawn = document.createDocumentFragment();
			found.forEach((pair, i) => {
				if (!pair[0] || !pair[1]) {
					hits.splice(hits.indexOf(next[i]), 1);
					return;
				}
				const item = entry(pair[0]);
				if (pair[1].line) item.querySelector('.hit-main').appendChild(quoted(pair[1].line, pair[1].places));
				drawn.appendChild(item);
				shown++;
			});
			list.appendChild(drawn);
			more.hidden = shown >= wanted().length;
			if (shown === 0 && wanted().length) return grow(mine);
		});
	}

	function say(done) {
		const all = wanted().length;
		count.textContent = all ? (done ? '找到 ' : '已找到 ') + all + ' 条' : done ? '没有找到“' + query + '”' : '正在查找……';
	}
	// What to try where nothing was found.
	function widen() {
		ways.textContent = '';
		if (wanted().length) return;
		const tips = [];
		if (Object.keys(chosen).length) tips.push(['去掉筛选', query]);
		const words = query.split(/\s+/).filter(Boolean);
		if (words.length > 1) words.forEach(word => tips.push(['只查“' + word + '”', word]));
		const letters = Array.from(query.replace(/\s+$/, ''));
		if (words.length === 1 && letters.length > 2) tips.push(['少写一个字：“' + letters.slice(0, -1).join('') + '”', letters.slice(0, -1).join('')]);
		ways.appendChild(make('p', '', '可以少写几个字，换一种写法，或只写拼音首字母；也可以用下面的索引。'));
		tips.forEach(tip => {
			const button = make('button', 'choice', tip[0]);
			button.type = 'button';
			button.addEventListener('click', () => {
				input.value = tip[1];
				ask(true);
				input.focus();
			});
			ways.appendChild(button);
		});
	}
	function show(name, value) {
		const mine = turn;
		shown = 0;
		list.textContent = '';
		say(true);
		widen();
		drawFacets(name, value);
		return grow(mine);
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
		chosen = {};
		values = null;
		hits = [];
		remember();
		answer.hidden = !text;
		shelf.hidden = false;
		if (!text) return;
		let drawn = -1;
		index.open().then(head => {
			about = head.about;
			return index.search(text, (found, done) => {
				if (mine !== turn) return false;
				// Names stand while the rest is still looked for.
				if (found.length !== drawn || done) {
					const first = drawn <= 0;
					drawn = found.length;
					hits = found;
					say(done);
					if (first && found.length) {
						shown = 0;
						list.textContent = '';
						bars.textContent = '';
						ways.textContent = '';
						// The first ones are there before anything else is asked for.
						return grow(mine).then(() => true);
					} else if (done && shown < PAGE && found.length > shown) {
						return grown(mine);
					}
				}
				return true;
			});
		}).then(() => {
			if (mine !== turn) return;
			if (!hits.length) {
				list.textContent = '';
				bars.textContent = '';
				more.hidden = true;
				say(true);
				return widen();
			}
			shelf.hidden = true;
			return index.facets().then(all => {
				if (mine !== turn) return;
				values = all;
				say(true);
				drawFacets();
			});
		}).catch(broken);
		function broken() {
			if (mine !== turn) return;
			count.textContent = '检索用的文件没有读到，请稍后再试，或用下面的索引。';
			shelf.hidden = false;
		}
	}
	const grown = mine => { grow(mine) };

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
	more.addEventListener('click', () => {
		const before = list.children.length;
		grow(turn).then(() => {
			const link = list.children[before] && list.children[before].querySelector('a');
			if (link) link.focus();
		});
	});
	const links = () => Array.prototype.slice.call(list.querySelectorAll('.hit-name a'));
	form.addEventListener('submit', event => {
		event.preventDefault();
		clearTimeout(timer);
		const ready = input.value.trim() === query && links()[0];
		ask();
		if (ready) ready.focus();
	});
	document.addEventListener('keydown', event => {
		if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
		const all = links();
		const at = all.indexOf(document.activeElement);
		if (at < 0 && document.activeElement !== input) return;
		const next = event.key === 'ArrowDown' ? all[at + 1] : at > 0 ? all[at - 1] : input;
		if (!next || (at < 0 && event.key === 'ArrowUp')) return;
		event.preventDefault();
		next.focus();
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
