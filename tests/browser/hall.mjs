// The hall in a visitor's hands: domain.md §7, scenarios 6, 7 and 9, and what the scripts of the theme promise.
//   node hall.mjs SITE [--only WORD]
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { faintTexts } from './contrast.mjs';
import { launch, listFiles, report, samplePages, serve } from './site.mjs';

const folder = path.resolve(process.argv[2]);
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : '';
const faults = [];
const files = listFiles(folder);
const text = (file) => readFileSync(path.join(folder, file), 'utf8');
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

const browser = await launch();
const server = await serve(folder);
const fileBase = pathToFileURL(folder).href + '/';

/** Runs `task` with a tab of its own; whatever the tab complains about is a fault. */
async function test(name, options, task) {
  if (!name.includes(only)) return;
  const { base = fileBase, ...rest } = options;
  const context = await browser.newContext({ viewport: desk, locale: 'zh-CN', reducedMotion: 'reduce', ...rest });
  const tab = await context.newPage();
  const wrong = (what) => faults.push(`${name}: ${what}`);
  tab.on('pageerror', (error) => wrong(`script error: ${error.message}`));
  tab.on('console', (message) => { if (['error', 'warning'].includes(message.type())) wrong(`console: ${message.text()}`); });
  tab.on('dialog', (dialog) => { wrong(`a pop-up: ${dialog.message()}`); dialog.dismiss(); });
  tab.on('request', (request) => { if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) wrong(`leaves the site: ${request.url()}`); });
  const open = (page) => tab.goto(base + page, { waitUntil: 'load' });
  const is = (what, seen, wanted) => { if (seen !== wanted) wrong(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`); };
  const holds = (what, condition) => { if (!condition) wrong(what); };
  try {
    await task({ tab, open, is, holds, base, context });
  } catch (error) {
    wrong(error.message.split('\n').slice(0, 3).join(' '));
  }
  await context.close();
  console.log(`${name}: ${Math.round(performance.now() / 1000)} s`);
}

/** Follows a link, and waits for the page. */
const follow = (tab, link, by = 'tap') => Promise.all([tab.waitForNavigation({ waitUntil: 'load' }), tab[by](link)]);
const pathOf = (tab) => tab.evaluate(() => window.qunying && location.href.split(/[?#]/)[0].slice(window.qunying.home.length));
const focused = (tab) => tab.evaluate(() => document.activeElement.className + '|' + document.activeElement.textContent.trim().slice(0, 20));

// ---- bytes: what all pages share of stylesheets is under 30 KB, a page's own part under 5; scripts are under 40 KB
// without the lightbox and the engine of search; a person's first view takes 150 KB at most
await test('bytes', {}, async ({ holds }) => {
  const own = (kind) => files.filter((file) => file.startsWith('static/') && file.endsWith(kind));
  for (const page of samplePages(folder).map((sample) => sample.fullest)) {
    const html = text(page);
    const linked = [...html.matchAll(/<(?:link rel="stylesheet"|script)[^>]*? (?:href|src)="([^"]+)"[^>]*>/g)]
      .filter(([tag]) => !/media="print"/.test(tag)).map(([, url]) => path.basename(url));
    const sum = (kind, except) => own(kind).filter((file) => linked.includes(path.basename(file)) && !except.test(file))
      .reduce((bytes, file) => bytes + statSync(path.join(folder, file)).size, 0);
    const css = sum('.css', /tones|fonts/);
    const js = sum('.js', /lightbox|search/);   // the engine of search has its own test
    const shared = own('.css').filter((file) => /\/(tokens|hall|elder)-/.test(file)).reduce((bytes, file) => bytes + statSync(path.join(folder, file)).size, 0);
    holds(`${shared} bytes of stylesheets on every page`, shared < 30 * 1024);
    holds(`${page}: ${css} bytes of stylesheets`, css < 35 * 1024);
    holds(`${page}: ${js} bytes of scripts`, js < 40 * 1024);
    const bytes = Buffer.byteLength(html);
    if (/^honors\//.test(page)) holds(`${page}: ${bytes} bytes`, bytes < 200 * 1024);
    const blocking = [...html.matchAll(/<script src="([^"]+)"([^>]*)>/g)].filter(([, , rest]) => !/defer/.test(rest));
    // A booklet is paper: it has no ways of being shown.
    if (!page.startsWith('print/')) holds(`${page}: blocking scripts ${blocking.map(([, url]) => url)}`, blocking.length === 1 && /mode-/.test(blocking[0][1]));
  }
});

// ---- contrast as rendered, light and dark, and in 长辈版; the measure itself must find what is faint
await test('contrast', { viewport: phone }, async ({ tab, open, holds }) => {
  for (const { kind, fullest } of samplePages(folder)) {
    if (['forward', '404'].includes(kind)) continue;
    for (const query of ['?m=w', '?m=z']) {
      await open(fullest + query);
      const faint = await tab.evaluate(faintTexts);
      holds(`${fullest}${query}: ${JSON.stringify(faint[0])}`, faint.length === 0);
    }
  }
  await tab.evaluate(() => { document.querySelector('h1').style.color = '#999'; document.querySelector('main p').style.opacity = '0.5'; });
  holds('nothing is found where there is something', (await tab.evaluate(faintTexts)).length >= 2);
});

await test('scripts of 2015', {}, async ({ holds }) => {
  for (const file of files.filter((name) => /^static\/.*\.js$/.test(name))) {
    const bare = text(file).replace(/\/\*[^]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'/g, '');
    for (const [what, pattern] of [['?.', /\?\.[a-z[(]/i], ['??', /\?\?/], ['import', /^\s*(import|export)\s/m], ['async', /\basync\b|\bawait\b/], ['spread of objects', /\{\s*\.\.\./], ['fetch', /\bfetch\(/]])
      holds(`${file} uses ${what}`, !pattern.test(bare));
  }
  // Visitors load no remarks; whoever works on the theme does.
  const sources = new URL('../../themes/hall/static/', import.meta.url);
  for (const file of readdirSync(sources).filter((name) => name.endsWith('.js')))
    holds(`${file} does not say what it does`, /^(\/\/|\/\*)/.test(readFileSync(new URL(file, sources), 'utf8')));
  for (const file of files.filter((name) => name.endsWith('.css'))) {
    for (const word of [':has(', '@container', 'color-mix', ':is(', ':where(', ';aspect-ratio:', '{aspect-ratio:']) holds(`${file} uses ${word}`, !text(file).includes(word));
  }
});

/** What the network carries, heads and all, while `visit` runs; complete once the page rests. */
async function transferred(tab, context, visit) {
  const session = await context.newCDPSession(tab);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await visit();
  await session.send('Network.disable');  // its answer comes after all that was told before
  await session.detach();
  return bytes;
}

for (const size of [{ viewport: phone, deviceScaleFactor: 1.75 }, { viewport: desk }]) {
  await test(`first view of a person at ${size.viewport.width}`, { base: server.address, ...size }, async ({ tab, context, holds }) => {
    await tab.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });
      document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`));
    });
    for (const page of samplePages(folder).filter(({ kind }) => kind === 'people/record').flatMap(({ fullest, emptiest }) => [fullest, emptiest])) {
      const bytes = await transferred(tab, context, () => tab.goto(server.address + page, { waitUntil: 'networkidle' }));
      holds(`${page}: ${bytes} bytes`, bytes <= 150 * 1024);
      const shift = await tab.evaluate(() => window.shift);
      holds(`${page}: layout shift ${shift}`, shift < 0.01);
    }
  });
}

await test('layout stays in 长辈版', { base: server.address, viewport: phone }, async ({ tab, holds }) => {
  await tab.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const page of ['index.html', 'honors/index.html', samplePages(folder).find(({ kind }) => kind === 'people/record').fullest]) {
    await tab.goto(`${server.address}${page}?m=z`, { waitUntil: 'networkidle' });
    const shift = await tab.evaluate(() => window.shift);
    holds(`${page}: layout shift ${shift}`, shift < 0.01);
  }
});

// What two megabits a second carry in three seconds, less a second of ways there and back.
await test('two megabits', { base: server.address, viewport: phone, deviceScaleFactor: 1.75 }, async ({ tab, holds, context }) => {
  for (const { kind, fullest } of samplePages(folder)) {
    if (['forward', '404'].includes(kind)) continue;
    const bytes = await transferred(tab, context, () => tab.goto(server.address + fullest, { waitUntil: 'load' }));
    holds(`${fullest}: ${bytes} bytes`, bytes <= 2 * 2e6 / 8);
  }
});

// ---- scenario 6: a visitor aged 80
const voice = () => {
  // A device with a Chinese voice of its own, which reads fast.
  const voices = [{ lang: 'en-US', localService: true, name: 'a' }, { lang: 'zh-CN', localService: true, name: 'b', default: true }];
  window.heard = [];
  const speech = {
    queue: null,
    getVoices: () => (window.late ? voices : []),
    addEventListener: (type, task) => setTimeout(() => { window.late = true; task(); }, 30),
    // Ends a sentence when the test says so, however slow the machine is.
    speak(utterance) {
      window.heard.push(utterance.text);
      const end = () => { if (window.go) utterance.onend(); else this.queue = setTimeout(end, 10); };
      this.queue = setTimeout(end, 5);
    },
    cancel() { clearTimeout(this.queue); },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });
  window.SpeechSynthesisUtterance = class { constructor(words) { this.text = words; } };
};

await test('an old visitor finds 平龙根', { viewport: phone, hasTouch: true }, async ({ tab, open, is, holds }) => {
  await tab.addInitScript(voice);
  await open('index.html');
  await tab.tap('.to-elder');
  for (let step = 0; step < 3; ++step) if (await tab.isEnabled('.larger')) await tab.tap('.larger');
  const size = await tab.evaluate(() => Math.min(...[...document.querySelectorAll('main p, main li, main a, .dock a, .dock button')]
    .filter((each) => each.getClientRects().length && each.textContent.trim()).map((each) => parseFloat(getComputedStyle(each).fontSize))));
  holds(`the smallest text has ${size} px`, size >= 30);
  // Three taps: all of the roll, P, the name.
  await follow(tab, '.room-honors .more a');
  await follow(tab, '.letters a:has-text("P")');
  await follow(tab, 'main a:has-text("平龙根")');
  is('the heading', (await tab.textContent('h1')).trim(), '平龙根');
  is('the way of reading', await tab.evaluate(() => document.documentElement.classList.contains('elder')), true);
  is('the address', /[?&]m=z/.test(tab.url()), true);
  // Hears the story.
  await tab.waitForSelector('.dock-speak:not([hidden])');
  await tab.tap('.dock-speak');
  await tab.waitForFunction(() => document.querySelector('.spoken'));
  is('while it reads', (await tab.textContent('.dock-speak')).trim(), '暂停');
  await tab.tap('.dock-speak');
  is('while it waits', (await tab.textContent('.dock-speak')).trim(), '继续');
  const before = await tab.evaluate(() => { window.go = true; return window.heard.length; });
  await tab.waitForTimeout(80);
  is('a pause pauses', await tab.evaluate(() => window.heard.length), before);
  await tab.tap('.dock-speak');
  await tab.waitForFunction(() => !document.querySelector('.spoken') && window.heard.length > 1, undefined, { timeout: 60000 });
  const heard = await tab.evaluate(() => window.heard.join(''));
  holds(`the name was not read: ${heard.slice(0, 80)}`, heard.includes('平龙根'));
  const missed = await tab.evaluate(() => [...document.querySelectorAll('.prose > p')].map((each) => each.textContent.trim().slice(0, 12)).filter((words) => !window.heard.join('').includes(words)));
  is('paragraphs that were not read', missed.join('|'), '');
  await follow(tab, '.dock a');
  is('home in one tap', await pathOf(tab), 'index.html');
  is('still 长辈版', await tab.evaluate(() => document.documentElement.classList.contains('elder')), true);
});

await test('targets of 长辈版', { viewport: phone, hasTouch: true }, async ({ tab, open, holds }) => {
  for (const { kind, fullest } of samplePages(folder)) {
    if (['forward', '404'].includes(kind)) continue;
    await open(fullest + '?m=z');
    const small = await tab.evaluate(() => [...document.querySelectorAll('a[href], button, summary')].filter((each) => {
      // In running text a line is as tall as it is (WCAG 2.5.8, inline).
      if (each.closest('.prose, .entry-meta, .byline, figcaption, .decision-body, .citation, .turn-text, .skip, .shorts .meta, .honour-meta, .exhibit-people, .foreword, .closing')) return false;
      const box = each.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && (box.height < 59.5 || box.width < 40);
    }).map((each) => `${each.outerHTML.replace(/\s+/g, ' ').slice(0, 90)} ${Math.round(each.getBoundingClientRect().height)}`));
    holds(`${fullest}: ${small.length} small targets: ${small[0]}`, small.length === 0);
  }
});

await test('目录 of 长辈版 shows five at a time', { viewport: phone, hasTouch: true }, async ({ tab, open, is }) => {
  await open('people/index.html?m=w');
  await tab.tap('.menu summary');
  const shown = () => tab.evaluate(() => [...document.querySelectorAll('.menu a')].filter((each) => each.getClientRects().length).map((each) => each.textContent));
  const all = await shown();
  await tab.tap('.to-elder');
  const seen = [];
  for (let page = 0; page < Math.ceil(all.length / 5); ++page) {
    const five = await shown();
    is(`at once on the ${page + 1}th`, five.length <= 5, true);
    seen.push(...five);
    await tab.tap('.menu button');
  }
  is('in the end all', seen.join(), all.join());
  is('and from the beginning', (await shown()).join(), all.slice(0, 5).join());
  await tab.tap('.to-usual');
  is('all at once elsewhere', (await shown()).join(), all.join());
});

await test('the switch', { viewport: desk, base: server.address }, async ({ tab, open, is }) => {
  const elder = () => tab.evaluate(() => document.documentElement.className);
  await open('index.html');
  await tab.click('.to-elder');
  is('on', /elder/.test(await elder()), true);
  is('focus goes on', (await focused(tab)).includes('退出长辈版'), true);
  await open('people/index.html');
  is('kept without the address', /elder/.test(await elder()), true);
  await tab.click('.to-usual');
  is('off', /elder/.test(await elder()), false);
  await follow(tab, 'main .card-name a', 'click');
  is('stays off', /elder/.test(await elder()), false);
  await open('index.html?m=z&s=3');
  is('by the address', /elder.*size-3|size-3.*elder/.test(await elder()), true);
  is('one page is as another', await tab.evaluate(() => document.querySelectorAll('main a').length), await (await tab.context().newPage()).goto(server.address + 'index.html?m=w').then((r) => r.frame().evaluate(() => document.querySelectorAll('main a').length)));
});

// ---- scenario 7: by keyboard alone
await test('the roll by keyboard', {}, async ({ tab, open, holds }) => {
  await open('honors/index.html');
  const links = await tab.evaluate(() => [...document.querySelectorAll('main a[href], main button')].filter((each) => each.getClientRects().length).length);
  const reached = new Set();
  for (let press = 0; press < links + 60; ++press) {
    await tab.keyboard.press('Tab');
    const seen = await tab.evaluate(() => {
      const all = [...document.querySelectorAll('main a[href], main button')];
      const style = getComputedStyle(document.activeElement);
      return { at: all.indexOf(document.activeElement), outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
    });
    if (seen.at >= 0) {
      reached.add(seen.at);
      holds(`no visible focus at link ${seen.at}`, seen.outline);
    }
  }
  holds(`${reached.size} of ${links} reached`, reached.size === links);
  const deceased = await tab.evaluate(() => [...document.querySelectorAll('.late')].every((name) => name.parentNode.textContent.includes('（已故）')));
  holds('somebody who died is not said to have', deceased);
});

// ---- the roll refined
await test('refining finds what the plain pages show', {}, async ({ tab, open, is, holds }) => {
  const names = () => tab.evaluate(() => [...document.querySelectorAll('.listing .card-name a')].map((link) => link.href.split(/[?#]/)[0].split('/').slice(-2).join('/')));
  const plain = {};
  await open('honors/index.html');
  const options = await tab.evaluate(() => [...document.querySelectorAll('.facet:not(.index)')].map((facet) => ({
    name: facet.dataset.facet, options: [...facet.querySelectorAll('a')].map((a) => ({ key: a.dataset.key, file: a.href.split('/').pop(), count: Number(a.querySelector('.count').textContent) })),
  })));
  const everybody = async (file) => {
    const all = [];
    for (let page = file; page;) {
      await open(`honors/${page}`);
      all.push(...await names());
      page = await tab.evaluate(() => { const next = document.querySelector('.pages a[rel="next"]'); return next && next.href.split('/').pop(); });
    }
    return all;
  };
  for (const facet of options) for (const option of facet.options) plain[`${facet.name}=${option.key}`] = await everybody(option.file);
  const refined = async (query) => {
    await open(`honors/index.html?${query}`);
    await tab.waitForSelector('.roll-main .listing, .roll-main .empty');
    await tab.waitForFunction(() => /，/.test(document.querySelector('.found').textContent));
    for (;;) {
      const more = await tab.$('.more-cards:not([hidden])');
      if (!more) break;
      await more.click();
      await tab.waitForTimeout(50);
    }
    await tab.waitForTimeout(60);
    return names();
  };
  for (const [query, wanted] of Object.entries(plain)) is(query, (await refined(query)).join(), wanted.join());
  const flat = options.flatMap((facet) => facet.options.map((option) => [facet.name, option.key]));
  let combined = 0;
  for (let i = 0; i < flat.length; i += 3) {
    for (let j = i + 1; j < flat.length; j += 5) {
      if (flat[i][0] === flat[j][0]) continue;
      const [a, b] = [flat[i].join('='), flat[j].join('=')];
      const wanted = plain[a].filter((each) => plain[b].includes(each));
      const seen = await refined(`${a}&${b}`);
      is(`${a} and ${b}`, seen.join(), wanted.join());
      const count = await tab.evaluate(([name, key]) => Number(document.querySelector(`.facet[data-facet="${name}"] a[data-key="${key}"] .count`).textContent), flat[j]);
      is(`the count of ${b} beside ${a}`, count, wanted.length);
      ++combined;
    }
  }
  holds('nothing was combined', combined > 10);
});

await test('a refined card is as a plain one', {}, async ({ tab, open, is }) => {
  const form = () => tab.evaluate(() => [...document.querySelectorAll('.listing .card')].map((card) => {
    const copy = card.cloneNode(true);
    for (const picture of copy.querySelectorAll('picture')) picture.replaceWith(picture.querySelector('img'));
    for (const image of copy.querySelectorAll('img')) for (const name of ['loading', 'decoding', 'width', 'height', 'src', 'srcset']) image.removeAttribute(name);
    for (const image of copy.querySelectorAll('img[class=""]')) image.removeAttribute('class');
    for (const link of copy.querySelectorAll('a')) link.setAttribute('href', link.href.split('/').pop());
    return copy.outerHTML.replace(/\s+/g, ' ').replace(/> </g, '><').replace(/> /g, '>').replace(/ </g, '<').replace(/ (class|alt|sizes|href|aria-hidden)="[^"]*"/g, (all) => all).split(/(?=<)/).map((tag) => tag.replace(/^<(\w+)((?: [\w-]+="[^"]*")*)>/, (all, name, rest) => `<${name}${rest.match(/ [\w-]+="[^"]*"/g)?.sort().join('') ?? ''}>`)).join('');
  }));
  await open('honors/kind-person.html');
  const plain = await form();
  await open('honors/index.html?kind=person');
  await tab.waitForFunction(() => /，/.test(document.querySelector('.found').textContent));
  await tab.waitForTimeout(100);
  const made = await form();
  for (let i = 0; i < plain.length; ++i) if (plain[i] !== made[i]) { is(`card ${i}`, made[i], plain[i]); break; }
  is('how many', made.length, plain.length);
});

await test('refining by hand', {}, async ({ tab, open, is, holds }) => {
  await open('honors/index.html');
  await tab.click('.facet[data-facet="kind"] a[data-key="person"]');
  await tab.waitForFunction(() => document.querySelector('.facet [aria-current]'));
  await tab.click('.facet[data-facet="level"] a[data-key="provincial"]');
  await tab.waitForFunction(() => document.querySelectorAll('.facet [aria-current]').length === 2);
  is('the address', [...new URLSearchParams(new URL(tab.url()).search)].sort().join(';'), 'kind,person;level,provincial');
  const said = await tab.textContent('.found');
  holds(`what is said: ${said}`, /共 \d+ 位（个），省级、人物/.test(said));
  await tab.goBack();
  await tab.waitForFunction(() => document.querySelectorAll('.facet [aria-current]').length === 1);
  await tab.goBack();
  await tab.waitForFunction(() => document.querySelectorAll('.facet [aria-current]').length === 0);
  is('all again', (await tab.textContent('.found')).startsWith('共 '), true);
  // From the page of one value to two.
  await open('honors/level-provincial.html');
  await tab.click('.facet[data-facet="kind"] a[data-key="person"]');
  await tab.waitForFunction(() => document.querySelectorAll('.facet [aria-current]').length === 2);
  is('both', [...new URLSearchParams(new URL(tab.url()).search)].sort().join(';'), 'kind,person;level,provincial');
  await tab.click('.as-ledger');
  is('名册', await tab.evaluate(() => getComputedStyle(document.querySelector('.listing .frame')).display), 'none');
});

await test('the neighbours are those of the list', {}, async ({ tab, open, is }) => {
  await open('honors/level-provincial.html');
  const list = await tab.evaluate(() => [...document.querySelectorAll('.listing .card-name a')].filter((a) => a.href.includes('/people/')).map((a) => a.textContent.replace('（已故）', '')));
  await follow(tab, '.listing .card-name a[href*="people/"] >> nth=1', 'click');
  is('the next', (await tab.textContent('.step-on b')).trim(), list[2]);
  is('the one before', (await tab.textContent('.step-back b')).trim(), list[0]);
  await follow(tab, '.step-on', 'click');
  is('and on', (await tab.textContent('.step-on b')).trim(), list[3]);
  await follow(tab, '.step-up', 'click');
  is('and up', await pathOf(tab), 'honors/level-provincial.html');
});

// ---- exhibitions, albums, oral history
const exhibitions = files.filter((file) => /^exhibitions\/.*-1\.html$/.test(file));
await test('an exhibition by keys and by itself', {}, async ({ tab, open, is, holds }) => {
  const first = exhibitions[0];
  await open(first);
  const number = () => tab.evaluate(() => Number(document.querySelector('.exhibit-number b').textContent));
  const total = await tab.evaluate(() => Number(/\/ (\d+)/.exec(document.querySelector('.exhibit-number').textContent)[1]));
  const press = async (key) => { await Promise.all([tab.waitForNavigation(), tab.keyboard.press(key)]); return number(); };
  is('right', await press('ArrowRight'), 2);
  is('end', await press('End'), total);
  is('left', await press('ArrowLeft'), total - 1);
  is('home', await press('Home'), 1);
  is('no play without a touch', await tab.evaluate(() => document.querySelector('.playing')), null);
  await open(`${first}?p=${(Date.now() - 60000).toString(36)}`);
  is('no play by an old mark', await tab.evaluate(() => document.querySelector('.playing')), null);
  await tab.keyboard.press(' ');
  is('space plays', (await tab.textContent('.play')).trim(), '暂停');
  await tab.waitForNavigation({ timeout: 12000 });
  is('goes on', await number(), 2);
  is('and on', (await tab.textContent('.play')).trim(), '暂停');
  await tab.click('.play');
  is('pause', (await tab.textContent('.play')).trim(), '自动播放');
  await tab.waitForTimeout(10000);
  is('stays', await number(), 2);
  holds('the address keeps no mark', !/[?&]p=/.test(tab.url()));
});

// ---- whoever keeps nothing (a browser's own rules for opened files) reads on as he has chosen, after a search, too
await test('长辈版 by the address alone', {}, async ({ tab, open, is }) => {
  await tab.addInitScript(() => { Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } }); });
  const search = async (page) => {
    await open(page);
    await tab.fill('.seek input[type="search"]', '平');
    await follow(tab, '.seek button', 'click');
    return [...new URLSearchParams(new URL(tab.url()).search)].sort().join(';');
  };
  is('after a search', await search('index.html?m=z&s=3'), 'm,z;q,平;s,3');
  is('and read so', await tab.evaluate(() => document.documentElement.classList.contains('size-3')), true);
  is('who has chosen nothing', await search('index.html'), 'q,平');
});

// ---- two of one name
await test('the same name twice is told apart', {}, async ({ tab, open, is, holds }) => {
  await open('batches/2022-municipal-beautiful.html');
  for (const layout of ['names', 'register', 'faces']) {
    await tab.click(`.layouts:has(~ .roster:has-text("王伟")) [data-layout="${layout}"]`);
    const seen = await tab.evaluate(() => [...document.querySelectorAll('.roster .register-name')].map((each) => each.innerText.trim()).filter((words) => words.startsWith('王伟')));
    is(`${layout}: how many`, seen.length, 2);
    holds(`${layout}: ${seen.join(' and ')}`, seen[0] !== seen[1]);
  }
  const neighbours = () => tab.evaluate(() => [...document.querySelectorAll('.step a')].map((each) => each.innerText.replace(/\s+/g, ' ').trim()).filter((words) => words.includes('王伟')));
  await open('people/wang-wei-1.html');
  is('among the neighbours', (await neighbours()).join(), '下一位 王伟 模拟县邮电局');
  await open('people/index.html');
  await follow(tab, '.card-name a[href*="wang-wei-2"]', 'click');
  is('in the list that he came from', (await neighbours()).join(), '上一位 王伟 样例区消防大队');
});

await test('pictures say who is in them', {}, async ({ tab, open, is, holds }) => {
  for (const file of files.filter((name) => name.endsWith('.html') && !name.startsWith('print/')))
    holds(`${file}: one person alone stands from the left`, !/左起：(<[^>]*>)*[^<、；。]+(<\/a>)?<\/(p|span)>/.test(text(file)));
  // The whole of an exhibition of photographs names them too, and shows them in their own shape.
  await open('exhibitions/yangli-scenes.html');
  is('photographs with people', await tab.locator('.exhibit-card:has(a[href*="people/"])').count(), 3);
  holds('words of an exhibit', (await tab.textContent('.exhibit-card >> nth=-1')).includes('后排左起'));
  holds('lying', await tab.evaluate(() => [...document.querySelectorAll('.views .frame')].every((each) => each.offsetWidth > each.offsetHeight * 1.3)));
  is('where one begins', (await tab.textContent('.enter')).trim(), '从第一件看起');
});

await test('a bar that walks leaves room on a low screen', { viewport: { width: 320, height: 256 } }, async ({ tab, open, is }) => {
  for (const page of [exhibitions[0], files.find((file) => /^albums\/.*-1\.html$/.test(file))]) {
    await open(page);
    is(page, await tab.evaluate(() => getComputedStyle(document.querySelector('.walk')).position), 'static');
  }
});

await test('the lightbox', { viewport: phone }, async ({ tab, open, is, holds }) => {
  await open(files.find((file) => /^albums\/.*-1\.html$/.test(file)).replace('-1.html', '.html'));
  const opener = '.justified figure:nth-child(2) > a, .justified figure:nth-child(2) > button';
  await tab.focus(opener);
  const address = tab.url();
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('.lightbox:not([hidden])');
  is('stays on the page', tab.url(), address);
  is('focus is inside', await tab.evaluate(() => document.querySelector('.lightbox').contains(document.activeElement)), true);
  for (let press = 0; press < 20; ++press) {
    await tab.keyboard.press(press % 3 ? 'Tab' : 'Shift+Tab');
    holds('focus left the dialog', await tab.evaluate(() => document.querySelector('.lightbox').contains(document.activeElement)));
  }
  const count = () => tab.textContent('.lightbox-count');
  is('the second', (await count()).startsWith('第 2 /'), true);
  await tab.focus('.lightbox-close');
  await tab.keyboard.press('ArrowRight');
  is('right', (await count()).startsWith('第 3 /'), true);
  await tab.keyboard.press('Home');
  is('home', (await count()).startsWith('第 1 /'), true);
  const people = await tab.evaluate(() => [...document.querySelectorAll('.lightbox-words a[href*="people/"]')].length);
  holds('nobody is named', people > 0);
  const small = await tab.evaluate(() => [...document.querySelectorAll('.lightbox button')].map((b) => b.getBoundingClientRect()).filter((b) => b.height < 60 || b.width < 60).length);
  is('buttons under 60 px', small, 0);
  await tab.keyboard.press('+');
  is('larger', await tab.evaluate(() => document.querySelector('.lightbox').classList.contains('zoom-2')), true);
  await tab.keyboard.press('Escape');
  await tab.waitForSelector('.lightbox', { state: 'hidden' });
  is('focus returns', await tab.evaluate(() => document.activeElement.closest('figure') === document.querySelector('.justified figure')), true);
  await tab.click(opener);
  await tab.goBack();
  await tab.waitForSelector('.lightbox', { state: 'hidden' });
  is('Back closes and stays', tab.url(), address);
  await tab.click(opener);
  await tab.click('.lightbox-close');
  await tab.waitForSelector('.lightbox', { state: 'hidden' });
  is('关闭 closes and stays', tab.url(), address);
});

await test('a photograph on a low screen', { hasTouch: true }, async ({ tab, open, is, holds }) => {
  for (const [width, height, least] of [[844, 390, 260], [320, 256, 100]]) {
    await tab.setViewportSize({ width, height });
    await open('albums/yangli-album.html');
    const header = await tab.evaluate(() => document.querySelector('.top').offsetHeight);
    holds(`${width}: a header of ${header} px`, header < height * 0.7);
    await tab.evaluate(() => document.querySelector('.justified figure a').click());
    await tab.waitForSelector('.lightbox:not([hidden])');
    const stage = await tab.evaluate(() => document.querySelector('.lightbox-stage').offsetHeight);
    holds(`${width}: ${stage} px for the photograph`, stage >= least);
    await tab.tap('.lightbox-on');
    is(`${width}: the next`, (await tab.textContent('.lightbox-count')).startsWith('第 2 /'), true);
    await tab.evaluate(() => document.querySelector('.lightbox-words').scrollIntoView());
    holds(`${width}: words`, await tab.isVisible('.lightbox-words'));
    await tab.tap('.lightbox-close');
    await tab.waitForSelector('.lightbox', { state: 'hidden' });
  }
});

await test('an oral history is heard where it is read', { base: server.address }, async ({ tab, open, is }) => {
  const page = files.find((file) => /^oral\/.*\.html$/.test(file) && /class="turn"/.test(text(file)) && /<audio/.test(text(file)));
  await open(page);
  await tab.evaluate(() => { document.querySelector('.listen audio').muted = true; });
  await tab.click('.turn:nth-child(4) .from');
  await tab.waitForFunction(() => document.querySelector('.turn.now') && !document.querySelector('audio').paused);
  is('the fourth is marked', await tab.evaluate(() => [...document.querySelectorAll('.turn')].indexOf(document.querySelector('.now'))), 3);
  is('and said to be', await tab.getAttribute('.now', 'aria-current'), 'true');
  await tab.waitForFunction(() => [...document.querySelectorAll('.turn')].indexOf(document.querySelector('.now')) === 4, undefined, { timeout: 8000 });
});

await test('a batch as 名录, 名册 and 群像', { base: server.address }, async ({ tab, open, is, holds }) => {
  const page = files.find((file) => /^batches\//.test(file) && /data-layout="register"/.test(text(file)) && /data-layout="faces"/.test(text(file)));
  await open(page);
  const loaded = () => tab.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => /portrait/.test(name)).length);
  is('portraits loaded unasked', await loaded(), 0);
  const seen = () => tab.evaluate(() => ['.frame', '.register-post'].map((part) => getComputedStyle(document.querySelector(`.roster ${part}`)).display !== 'none').join());
  is('名册', await seen(), 'false,true');
  await tab.click('[data-layout="names"]');
  is('名录', await seen(), 'false,false');
  await tab.click('[data-layout="faces"]');
  is('群像', await seen(), 'true,true');
  is('which is said', await tab.getAttribute('[data-layout="faces"]', 'aria-pressed'), 'true');
  await tab.waitForTimeout(200);
  holds('no portrait came', await loaded() > 0);
});

// ---- without scripts, forced colours, print
await test('without scripts', { javaScriptEnabled: false }, async ({ tab, open, is }) => {
  for (const page of ['index.html', 'honors/index.html', exhibitions[0]]) {
    await open(page);
    is(`${page}: what only scripts can do is not offered`, await tab.locator('button:not([type="submit"]):visible').count(), 0);
  }
});
await test('forced colours', { forcedColors: 'active' }, async ({ tab, open, holds }) => {
  await open('honors/index.html?m=z');
  holds('the dock is not seen', await tab.isVisible('.dock a'));
  const plate = await tab.evaluate(() => { const each = document.querySelector('.seal'); return each ? getComputedStyle(each).borderStyle : 'solid'; });
  holds('seals have no border', plate !== 'none');
});

await test('on paper', {}, async ({ tab, open, is, holds }) => {
  await tab.emulateMedia({ media: 'print' });
  for (const page of ['honors/index.html', 'lectures/index.html', samplePages(folder).find(({ kind }) => kind === 'people/record').fullest]) {
    await open(page + '?m=z');
    const left = await tab.evaluate(() => ['.bar', '.tools', '.dock', '.menu', '.foot', '.views', '.letters'].filter((part) => { const each = document.querySelector(part); return each && getComputedStyle(each).display !== 'none'; }).join());
    is(`${page}: what paper does not need`, left, '');
    const pdf = await tab.pdf({ preferCSSPageSize: true });
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    holds(`${page}: ${sheets} sheets`, sheets >= 1 && sheets < 8);
    holds(`${page}: not A4`, /\/MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?/.test(pdf.toString('latin1')));
  }
});

await browser.close();
server.close();
report('the hall', faults);
