// Scenario 8 of domain.md §7: a kiosk in a hall, opened from its disk with the network cut, upright and lying. And what
// docs/kiosk-face.md promises: nothing leaves the site, whoever taps, and nothing grows.
//   node kiosk.mjs PROGRAM SOURCE WORK [--only WORD]
// QUNYING_KIOSK_TAPS (2000) random taps, QUNYING_KIOSK_HOURS (2) of the loop.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, listFiles, report, systemChromium } from './site.mjs';

const [program, source, work] = process.argv.slice(2, 5).map((each) => path.resolve(each));
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : '';
const taps = Number(process.env.QUNYING_KIOSK_TAPS ?? 2000);
const hours = Number(process.env.QUNYING_KIOSK_HOURS ?? 2);
const faults = [];
const upright = { name: 'upright', width: 1080, height: 1920 };
const lying = { name: 'lying', width: 1920, height: 1080 };
const density = 2.017;   // pixels a millimetre: 43 inches

// ---- the site as a kiosk has it: kiosk/releases/1, from a disk
const folder = path.join(work, 'kiosk/releases/1');
const base = pathToFileURL(folder).href + '/';
function build() {
  mkdirSync(path.dirname(folder), { recursive: true });
  for (const each of ['content', 'themes', 'assets']) {
    rmSync(path.join(work, each), { recursive: true, force: true });
    if (existsSync(path.join(source, each))) cpSync(path.join(source, each), path.join(work, each), { recursive: true });
  }
  // A link that leads out, and a film: the sample has neither where a test could rely on it.
  const about = path.join(work, 'content/pages/about.md');
  writeFileSync(about, readFileSync(about, 'utf8') + '\n[外面的网站](https://www.example.com/a?b=1&c=2) [写信](mailto:a@example.com)\n');
  execFileSync(program, ['build', work, '-o', folder, '--venue', 'activity-centre', '--as-of', '2026-11-21'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
build();
// What the installer leaves beside the releases.
const told = { release: '1', site: 'a', sequence: 1, built: '2026-11-21', verified: '2026-11-24T08:00:00Z', result: 'ok', last_error: 'U 盘读不出来' };
const tell = (release) => writeFileSync(path.join(work, 'kiosk/current.js'), `QunyingKiosk(${JSON.stringify({ ...told, release })});\n`);
tell('1');

// ---- Chromium without a network of any kind, where the machine lets us cut it
function offline() {
  const wrapper = path.join(work, 'chromium-offline');
  const way = [['unshare', '-n'], ['unshare', '-rn']].find(([command, ...rest]) => spawnSync(command, [...rest, 'true']).status === 0);
  console.log(way ? `the network is cut: ${way.join(' ')}` : 'this machine lets nobody cut the network: the log of requests alone tells');
  writeFileSync(wrapper, `#!/bin/sh\nexec ${way ? way.join(' ') + ' ' : ''}"${systemChromium}" "$@"\n`);
  chmodSync(wrapper, 0o755);
  return wrapper;
}
const browser = await launch(offline());

// Opening time on a Tuesday.
const tuesday = new Date('2026-11-24T10:00:00');

/** Runs `task` in a tab of its own; a request that leaves the folder, a pop-up, a new tab, an error are faults. */
async function test(name, screens, task, { clock = true, script, inside = base, quiet = false } = {}) {
  if (!name.includes(only)) return;
  for (const screen of screens) {
    const title = `${name} (${screen.name})`;
    const wrong = (what) => { if (faults.length < 200) faults.push(`${title}: ${what}`); };
    const context = await browser.newContext({ viewport: { width: screen.width, height: screen.height }, hasTouch: true, locale: 'zh-CN' });
    if (clock) await context.clock.install({ time: tuesday });
    if (script) await context.addInitScript(script.what, script.with);
    const tab = await context.newPage();
    const log = { requests: 0, outside: 0 };
    context.on('page', () => wrong('a second tab'));
    tab.on('pageerror', (error) => wrong(`script error: ${error.message}`));
    tab.on('console', (message) => { if (message.type() === 'error' && !quiet) wrong(`console: ${message.text()}`); });
    tab.on('dialog', (dialog) => { wrong(`a pop-up: ${dialog.message()}`); dialog.dismiss(); });
    tab.on('download', () => wrong('a download'));
    tab.on('framenavigated', (frame) => { if (!frame.url().startsWith(inside) && frame.url() !== 'about:blank') wrong(`left the site: ${frame.url()}`); });
    tab.on('request', (request) => {
      log.requests += 1;
      if (!request.url().startsWith(inside) && !/^data:/.test(request.url()) && !/\/kiosk\/current\.js/.test(request.url())) { log.outside += 1; wrong(`a request outside: ${request.url()}`); }
    });
    const is = (what, seen, wanted) => { if (seen !== wanted) wrong(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`); };
    const holds = (what, condition) => { if (!condition) wrong(what); };
    const began = performance.now();
    try {
      await task(new Visitor(tab, screen), { tab, screen, is, holds, context, log });
    } catch (error) {
      wrong(error.message.split('\n').slice(0, 3).join(' '));
    }
    await context.close();
    console.log(`${title}: ${((performance.now() - began) / 1000).toFixed(1)} s, ${log.requests} requests, ${log.outside} of them outside`);
  }
}

/** Who touches the screen. */
class Visitor {
  constructor(tab, screen) { this.tab = tab; this.screen = screen; }
  async open(page = 'kiosk/index.html') { await this.tab.goto(base + page, { waitUntil: 'load' }); await this.ready(); }
  async ready() {
    const there = () => window.qunyingHall && document.querySelector('.hall-bar');
    await this.tab.waitForFunction(there, undefined, { timeout: 15000, polling: 20 }).catch((error) => { throw new Error(`${this.tab.url()} is no page of a kiosk: ${error.message}`); });
  }
  /** The middle of an element. */
  async middle(selector) {
    const box = await this.tab.locator(selector).first().boundingBox();
    if (!box) throw new Error(`nothing to touch: ${selector}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  async wait(milliseconds) { await this.tab.clock.runFor(milliseconds); }
  async tapAt({ x, y }) { await this.wait(500); await this.tab.touchscreen.tap(x, y); }
  async tap(selector) { await this.tapAt(await this.middle(selector)); }
  /** Touches what leads to another page, and waits for it. */
  async follow(selector) {
    const at = await this.middle(selector);
    await this.wait(500);
    await Promise.all([this.tab.waitForNavigation({ waitUntil: 'load' }), this.tab.touchscreen.tap(at.x, at.y)]);
    await this.ready();
  }
  path() { return this.tab.evaluate(() => location.href.split('?')[0].slice(window.qunying.home.length)); }
  heading() { return this.tab.evaluate(() => { const h1 = document.querySelector('main h1'); return h1 ? h1.textContent.trim() : ''; }); }
  shows(selector) { return this.tab.evaluate((name) => [...document.querySelectorAll(name)].some((each) => each.getClientRects().length > 0 && getComputedStyle(each).visibility === 'visible'), selector); }
  /** Controls that are too small or lie where nobody reaches. */
  misplaced() {
    return this.tab.evaluate(({ least }) => {
      const part = (name) => parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) / 100 * innerHeight;
      const [top, bottom] = [part('--band-above'), innerHeight - part('--band-below')];
      return [...document.querySelectorAll('.hall-bar button, .hall-media button, .hall-panel button, .door, .find-key, .find-tabs > *, .find-names > *, .invitation, .lightbox button')]
        .filter((each) => each.getClientRects().length > 0 && getComputedStyle(each).visibility === 'visible')
        .map((each) => ({ words: each.textContent.trim(), box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.top < top - 0.6 || box.bottom > bottom + 0.6 || box.width < least || box.height < least)
        .map(({ words, box }) => `${words}: ${Math.round(box.width)}×${Math.round(box.height)} at ${Math.round(box.top)}–${Math.round(box.bottom)}, the band is ${Math.round(top)}–${Math.round(bottom)}`);
    }, { least: Math.max(60, 16 * density) - 0.6 });
  }
}

// Time goes faster: what waits for seconds waits for milliseconds.
const hurry = { what: (times) => {
  const [timeout, interval, clock, now] = [window.setTimeout.bind(window), window.setInterval.bind(window), performance.now.bind(performance), Date.now.bind(Date)];
  const began = now();
  window.setTimeout = (task, wait, ...rest) => timeout(task, (wait || 0) / times, ...rest);
  window.setInterval = (task, wait, ...rest) => interval(task, Math.max(4, (wait || 0) / times), ...rest);
  let ahead = 0;
  window.skip = (milliseconds) => { ahead += milliseconds; };
  performance.now = () => clock() * times + ahead;
  Date.now = () => began + (now() - began) * times;
  // Always open, at whatever time this runs.
  let settings;
  Object.defineProperty(window, 'qunyingKiosk', { get: () => settings, set: (value) => { settings = { ...value, open: [] }; } });
} };

const both = [upright, lying];
const people = JSON.parse(readFileSync(path.join(folder, 'data/people.json'), 'utf8'));
const wang = people.find((person) => person.name === '王样例');

await test('the loop', both, async (visitor, { tab, is, holds, log, screen }) => {
  await visitor.open();
  is('the first screen', (await tab.textContent('.slide.shown .slide-name')).trim(), '欧阳示例');
  is('it invites', /轻触屏幕/.test(await tab.textContent('.invitation')), true);
  const misplaced = await visitor.misplaced();
  is('controls out of reach', misplaced.join(' | '), '');
  // Every screen in its turn, and from the last back to the first.
  const slides = await tab.locator('.slides li').count();
  const seen = [];
  const name = async () => (await tab.textContent('.slide.shown .slide-name')).trim();
  const all = screen === upright ? slides : 3;
  for (let i = 0; i < all; ++i) {
    seen.push(await name());
    for (let waited = 0; waited < 30 && await name() === seen[i]; ++waited) await visitor.wait(1000);
  }
  is('screens of the loop', new Set(seen).size, all);
  if (screen === upright) is('and again', await name(), seen[0]);
  is('pictures at once', await tab.locator('.stage img').count(), 2);
  // A touch opens whoever is shown.
  await visitor.wait(1500);
  const shown = (await tab.textContent('.slide.shown .slide-name')).trim();
  await visitor.follow('.stage');
  is('that person', (await visitor.heading()).startsWith(shown), true);
  is('requests to elsewhere', log.outside, 0);
  holds('requests were counted', log.requests > 10);
  await visitor.follow('.hall-back');
  is('back at the doors', await visitor.shows('.door-find'), true);
});

await test('dark when the hall is closed', [upright], async (visitor, { tab, is }) => {
  await tab.clock.setFixedTime(new Date('2026-11-24T20:00:00'));
  await visitor.open();
  is('closed', await tab.evaluate(() => document.documentElement.classList.contains('closed')), true);
  is('it says when it opens', (await tab.textContent('.closed-sign')).trim(), '开放时间 8:30—17:00');
  is('nothing else', await tab.evaluate(() => [[100, 100], [540, 1400], [300, 1500], [540, 1800]].every(([x, y]) => document.elementFromPoint(x, y).closest('.night'))), true);
  await tab.touchscreen.tap(500, 900);
  is('a touch wakes it', await tab.evaluate(() => document.documentElement.classList.contains('closed')), false);
  // A Monday.
  await tab.clock.setFixedTime(new Date('2026-11-23T10:00:00'));
  await visitor.open();
  is('closed all day', (await tab.textContent('.closed-sign')).trim(), '今日闭馆');
});

// On the wall, in a hand, or on the desk of whoever tries it: nothing lies over anything else, all of it can be used.
const hands = [{ name: 'telephone', width: 390, height: 844 }, { name: 'small telephone', width: 320, height: 568 }, { name: 'lying telephone', width: 844, height: 390 },
  { name: 'tablet', width: 768, height: 1024 }, { name: 'desk', width: 1280, height: 720 }];
const overlaps = () => {
  const faults = [];
  const shown = [...document.querySelectorAll('.hall-bar button, .door, .find-key, .find-tabs > *, .find-names > *, .find-card a, .invitation')]
    .filter((each) => each.getClientRects().length && getComputedStyle(each).visibility === 'visible' && !each.matches('.looping .door'));
  if (document.documentElement.scrollWidth > innerWidth) faults.push('scrolls sideways');
  for (const each of shown) {
    const words = each.textContent.trim();
    each.scrollIntoView({ block: 'center' });
    const box = each.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!top || !(each.contains(top) || each.disabled)) faults.push(`${words} is covered by ${top && top.className}`);
    if (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1) faults.push(`${words} does not fit`);
    if (box.height < 40 || box.width < 36) faults.push(`${words}: ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  window.scrollTo(0, 0);
  return faults.join(' | ');
};
await test('room for everything', [...both, ...hands], async (visitor, { tab, is }) => {
  for (const page of ['kiosk/index.html', 'kiosk/index.html?k=doors', 'kiosk/find.html', 'kiosk/find.html?p=w', 'kiosk/find.html?w=surname', 'kiosk/find.html?w=level']) {
    await visitor.open(page);
    if (page.endsWith('p=w')) await tab.waitForSelector('.find-card');
    is(page, await tab.evaluate(overlaps), '');
  }
  await visitor.open('kiosk/find.html');
  for (const letter of 'WYL') {
    await tab.locator(`.find-key:text-is("${letter}")`).evaluate((key) => key.scrollIntoView({ block: 'center' }));
    await visitor.tap(`.find-key:text-is("${letter}")`);
    await tab.waitForSelector('.find-card');
  }
  await tab.evaluate(() => document.querySelector('.find-card').scrollIntoView({ block: 'center' }));
  await visitor.follow('.find-card a');
  is('that person', (await visitor.heading()).startsWith('王样例'), true);
  is('a person\'s page', await tab.evaluate(overlaps), '');
  await visitor.follow('.hall-back');
  is('and back', await visitor.path(), 'kiosk/find.html');
});

await test('the pad', both, async (visitor, { tab, is, holds }) => {
  await visitor.open('kiosk/index.html?k=doors');
  is('doors out of reach', (await visitor.misplaced()).join(' | '), '');
  await visitor.follow('.door-find');
  is('keys out of reach', (await visitor.misplaced()).join(' | '), '');
  const offered = () => tab.locator('.find-key:not([disabled])').allTextContents();
  const before = (await offered()).length;
  await visitor.tap('.find-key:text-is("W")');
  await tab.waitForSelector('.find-card');
  holds('fewer keys lead on', (await offered()).length < before);
  await visitor.tap('.find-key:text-is("Y")');
  await visitor.tap('.find-key:text-is("L")');
  is('names', (await tab.locator('.find-choice').allTextContents()).some((name) => name.includes('王样例')), true);
  is('choices out of reach', (await visitor.misplaced()).join(' | '), '');
  await visitor.follow('.find-choice:has-text("王样例")');
  is('found', await visitor.path(), wang.url);
  // 返回 finds the pad as it was left.
  await visitor.follow('.hall-back');
  await tab.waitForSelector('.find-card');
  is('the pad as it was', (await tab.textContent('.find-typed')).startsWith('W Y L'), true);
  await visitor.tap('.find-wipe');
  is('one letter less', (await tab.textContent('.find-typed')).startsWith('W Y'), true);
  for (const way of ['按姓氏', '按笔画', '按荣誉', '按年度']) {
    await visitor.tap(`.find-tab:has-text("${way}")`);
    is(`${way}: out of reach`, (await visitor.misplaced()).join(' | '), '');
    holds(`${way}: nothing to choose`, await tab.locator('a.find-key').count() > 0);
  }
  await visitor.tap('.find-tab:has-text("按姓氏")');
  await visitor.follow('a.find-key:has-text("王")');
  holds('the surname', (await tab.textContent('main')).includes('王样例'));
  await visitor.follow('.find-tab, .hall-home');
  is('home', await visitor.shows('.door-find'), true);
});

await test('every page', both, async (visitor, { tab, is, screen }) => {
  const pages = [wang.url, 'honors/index.html', 'exhibitions/yangli-portraits-3.html', 'pages/about.html'];
  if (screen === upright) pages.push('index.html', 'people/index.html', 'exhibitions/yangli-portraits.html', 'batches/index.html', 'albums/index.html', 'videos/index.html');
  let places = '';
  for (const page of pages) {
    await visitor.open(page + '?m=k');
    is(`${page}: out of reach`, (await visitor.misplaced()).join(' | '), '');
    const bar = await tab.evaluate(() => JSON.stringify(['back', 'home', 'smaller', 'larger'].map((name) => { const box = document.querySelector('.hall-' + name).getBoundingClientRect(); return [box.left, box.top].map(Math.round); })));
    if (places) is(`${page}: the bar`, bar, places);
    places = bar;
    is(`${page}: too wide`, await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    is(`${page}: navigation of the web`, await visitor.shows('.top, .dock, .foot, .crumbs'), false);
    // Whatever is a link can be brought into the band.
    const lost = await tab.evaluate(() => {
      const part = (name) => parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) / 100 * innerHeight;
      const [top, bottom] = [part('--band-above'), innerHeight - part('--band-below')];
      document.querySelector('.hall-lower').click();
      const bar = document.querySelector('.hall-bar').getBoundingClientRect();
      const end = innerHeight > innerWidth ? bar.top : bottom;
      const reach = document.scrollingElement.scrollHeight - innerHeight;
      const found = [...document.querySelectorAll('main a[href]')].filter((each) => each.getClientRects().length > 0).filter((each) => {
        const box = each.getBoundingClientRect();
        const at = box.top + pageYOffset;   // from the top of the page
        const height = Math.min(box.height, 60);
        // Some scroll between 0 and `reach` puts it between `top` and `end`.
        return Math.max(0, at + height - end) > Math.min(reach, at - top) + 1;
      });
      document.querySelector('.hall-lower').click();
      return found.map((each) => each.textContent.trim().slice(0, 20));
    });
    is(`${page}: links that never come down`, lost.join(' | '), '');
  }
});

await test('sizes and scrolling', both, async (visitor, { tab, is, holds }) => {
  await visitor.open(wang.url + '?m=k');
  const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const before = await size();
  holds(`${before} px of text`, before >= 30);
  await visitor.tap('.hall-larger');
  holds('larger', (await size()) > before);
  await visitor.tap('.hall-larger');
  is('no larger than the largest', await tab.isDisabled('.hall-larger'), true);
  await visitor.tap('.hall-down');
  await tab.waitForFunction(() => window.scrollY > 200);
  is('up is possible', await tab.isDisabled('.hall-up'), false);
  await visitor.follow('.hall-find');
  await visitor.follow('.hall-back');
  await tab.waitForFunction(() => window.scrollY > 200);
  is('kept size', (await size()) > before, true);
});

await test('trembling hands', [upright], async (visitor, { tab, is, holds }) => {
  await visitor.open(wang.url + '?m=k');
  const session = await tab.context().newCDPSession(tab);
  const touch = async (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const size = () => tab.evaluate(() => window.qunying.now.s);
  const at = await visitor.middle('.hall-larger');
  await visitor.wait(500);
  // Six millimetres while it touches.
  await touch('touchStart', [at]);
  await touch('touchMove', [{ x: at.x + 6, y: at.y - 5 }]);
  await touch('touchMove', [{ x: at.x + 12, y: at.y + 4 }]);
  await touch('touchEnd', []);
  is('a trembling tap counts', await size(), '3');
  // Twice in a row is once.
  await tab.touchscreen.tap(at.x, at.y);
  is('a double tap is one', await size(), '3');
  await visitor.wait(500);
  await tab.touchscreen.tap(at.x, at.y);
  is('a later one counts', await size(), '4');
  // A finger that wanders off wants nothing.
  const smaller = await visitor.middle('.hall-smaller');
  await visitor.wait(500);
  await touch('touchStart', [smaller]);
  await touch('touchMove', [{ x: smaller.x - 200, y: smaller.y - 100 }]);
  await touch('touchEnd', []);
  is('wandering', await size(), '4');
  // On a link the browser takes it for scrolling.
  await tab.evaluate(() => document.querySelector('.step a').scrollIntoView({ block: 'center' }));
  const link = await visitor.middle('.step a');
  await visitor.wait(500);
  const gone = tab.waitForNavigation({ waitUntil: 'load' });
  await touch('touchStart', [link]);
  for (const by of [5, 10, 15, 12, 9]) await touch('touchMove', [{ x: link.x + 3, y: link.y + by }]);
  await touch('touchEnd', []);
  await gone;
  await visitor.ready();
  holds('a trembling tap on a link opens it', (await visitor.path()) !== wang.url);
  await visitor.follow('.hall-back');
  // A palm beside the finger.
  await visitor.wait(500);
  await touch('touchStart', [{ ...smaller, id: 1 }]);
  await touch('touchStart', [{ ...smaller, id: 1 }, { x: 300, y: 500, id: 2 }]);
  await touch('touchEnd', []);
  is('the path with a palm', await visitor.path(), wang.url);
});

await test('nobody there', both, async (visitor, { tab, is, holds }) => {
  await visitor.open();
  await visitor.wait(2000);
  await visitor.follow('.stage');
  await visitor.tap('.hall-larger');
  await visitor.wait(100000);
  is('not yet', await visitor.shows('.hall-counting'), false);
  await visitor.wait(25000);
  is('it asks', await visitor.shows('.hall-stay'), true);
  is('out of reach', (await visitor.misplaced()).join(' | '), '');
  holds('it counts down from twenty', Number(await tab.textContent('.hall-count')) > 10);
  await visitor.tap('.hall-stay');
  is('stays', await visitor.shows('.hall-counting'), false);
  await visitor.wait(100000);
  is('a new start', await visitor.shows('.hall-counting'), false);
  const left = tab.waitForNavigation({ waitUntil: 'load' });
  await visitor.wait(45000);
  await left;
  await visitor.ready();
  is('the loop again', await tab.evaluate(() => document.documentElement.classList.contains('looping')), true);
  is('nothing is kept', await tab.evaluate(() => JSON.stringify([window.qunying.now.s, sessionStorage.getItem('qunying.steps'), localStorage.length])), '["2",null,0]');
});

await test('a film is use', [upright], async (visitor, { tab, is }) => {
  const videos = readdirSync(path.join(folder, 'videos')).filter((name) => !/^index/.test(name));
  await visitor.open(`videos/${videos[0]}?m=k`);
  is('the browser\'s own buttons', await tab.locator('video[controls], audio[controls]').count(), 0);
  is('out of reach', (await visitor.misplaced()).join(' | '), '');
  // As if it went on for ever.
  await tab.evaluate(() => { const film = document.querySelector('main video, main audio'); Object.defineProperty(film, 'paused', { get: () => false }); Object.defineProperty(film, 'ended', { get: () => false }); });
  await visitor.wait(300000);
  is('it asks', await visitor.shows('.hall-counting'), false);
});

await test('no way out', both, async (visitor, { tab, is, holds }) => {
  await visitor.open('pages/about.html?m=k');
  const before = tab.url();
  await visitor.tap('.hall-down');
  await tab.evaluate(() => document.querySelector('main a[href^="https://www.example.com"]').click());
  await tab.waitForSelector('.hall-outside .hall-qr');
  holds('the code is there', await tab.evaluate(() => new Promise((done) => { const image = document.querySelector('.hall-outside .hall-qr'); const tell = () => done(image.naturalWidth > 0 && !image.hidden); if (image.complete) tell(); else image.onload = image.onerror = tell; })));
  holds('the address in words', (await tab.textContent('.hall-outside .address')).includes('https://www.example.com/a?b=1&c=2'));
  // zbarimg reads it as a telephone would.
  const picture = path.join(work, 'code.png');
  await tab.screenshot({ path: picture });
  const read = spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', picture]);
  is('what a telephone reads', read.error ? String(read.error) : read.stdout.toString().trim(), 'https://www.example.com/a?b=1&c=2');
  is('out of reach', (await visitor.misplaced()).join(' | '), '');
  await visitor.tap('.hall-close');
  await tab.evaluate(() => document.querySelector('main a[href^="mailto:"]').click());
  is('mail in words', (await tab.textContent('.hall-outside .address')).trim(), 'a@example.com');
  is('the page', tab.url(), before);
  is('window.open', await tab.evaluate(() => String(window.open('https://www.example.com/'))), 'null');
  for (const type of ['contextmenu', 'selectstart', 'dragstart', 'gesturestart', 'submit'])
    is(type, await tab.evaluate((name) => { const event = new Event(name, { bubbles: true, cancelable: true }); document.querySelector('main p').dispatchEvent(event); return event.defaultPrevented; }, type), true);
  // The code of the page itself.
  await visitor.open(wang.url + '?m=k');
  await tab.waitForFunction(() => { const image = document.querySelector('.hall-take .hall-qr'); return image && image.complete && image.naturalWidth > 0; });
  const own = path.join(work, 'own.png');
  await tab.screenshot({ path: own });
  is('its own address', spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', own]).stdout.toString().trim(), `https://example.org/qunying/${wang.url}`);
  const wide = await tab.evaluate(() => document.querySelector('.hall-take .hall-qr').getBoundingClientRect().width);
  holds(`the code is ${Math.round(wide / density)} mm wide`, wide / density >= 40);
});

await test('staff', both, async (visitor, { tab, is, holds }) => {
  await visitor.open();
  const session = await tab.context().newCDPSession(tab);
  const hold = async (seconds) => {
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 20, y: 20 }] });
    await visitor.wait(seconds * 1000);
    if (seconds < 3) await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    else await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await visitor.open(wang.url + '?m=k');
  await hold(1);
  is('a short press', await visitor.shows('.hall-code'), false);
  await hold(3.5);
  is('a long press', await visitor.shows('.hall-code'), true);
  is('out of reach', (await visitor.misplaced()).join(' | '), '');
  const enter = async (code) => { for (const digit of code) await visitor.tap(`.code-keys button:text-is("${digit}")`); };
  await enter('1111');
  is('a wrong code', await visitor.shows('.hall-staff'), false);
  await enter('2580');
  await tab.waitForSelector('.staff-facts dd');
  const told = await tab.textContent('.staff-facts');
  for (const words of ['样例市老干部活动中心', '第 1 号', '2026-11-21', '通过', '2026-11-24T08:00:00Z', 'U 盘读不出来', `${await tab.evaluate(() => `${innerWidth}×${innerHeight}`)}`]) holds(`${words} is not said: ${told}`, told.includes(words));
  await visitor.tap('.hall-close');
  is('closed', await visitor.shows('.hall-staff'), false);
});

await test('a new release', [upright], async (visitor, { tab, is }) => {
  const next = path.join(work, 'kiosk/releases/2');
  rmSync(next, { recursive: true, force: true });
  cpSync(folder, next, { recursive: true });
  tell('2');
  const moved = new Promise((done) => tab.on('framenavigated', (frame) => { if (frame.url().includes('/releases/2/')) done(true); }));
  await visitor.open();
  await visitor.wait(70000);
  is('it moves to the new one', await Promise.race([moved, new Promise((done) => { setTimeout(() => done(false), 5000); })]), true);
  tell('1');
  rmSync(next, { recursive: true });
}, { inside: pathToFileURL(path.join(work, 'kiosk')).href + '/' });

// ---- for those who do not see well, and where no script runs
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await test('axe', [upright], async (visitor, { tab, is }) => {
  for (const page of ['kiosk/index.html', 'kiosk/index.html?k=doors', 'kiosk/find.html', 'kiosk/find.html?p=w', 'kiosk/find.html?w=surname', wang.url + '?m=k']) {
    await visitor.open(page);
    if (/p=w/.test(page)) await tab.waitForSelector('.find-card');
    await tab.waitForTimeout(page === 'kiosk/index.html' ? 2500 : 0);   // the cross-fade
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }));
    is(`${page}: axe`, violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`).join(' | '), '');
  }
}, { clock: false, script: { ...hurry, with: 1 } });

await test('without scripts', [upright], async (visitor, { tab, holds }) => {
  await tab.route(/\.js$/, (route) => route.abort());
  for (const [page, least] of [['kiosk/index.html', 20], ['kiosk/find.html', 60]]) {
    await tab.goto(base + page);
    const links = await tab.locator('a[href]:visible').count();
    holds(`${page}: ${links} links`, links >= least);
  }
}, { quiet: true });

// ---- whoever taps, wherever
/** Numbers that are the same in every run. */
function dice(seed) {
  let state = seed;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

/** In the page: taps at these places, half a second of its time apart. */
const burst = (places) => {
  for (const { x, y, by } of places) {
    window.skip(500);
    const target = document.elementFromPoint(x, y) || document.body;
    const tell = (type, at) => target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 7, pointerType: 'touch', isPrimary: true, clientX: at.x, clientY: at.y }));
    tell('pointerdown', { x, y });
    tell('pointerup', { x: x + by, y: y - by });
  }
};
const each = taps > 10000 ? 100 : 50;   // taps a burst: the first is a finger's, the others are events that the page gets

for (const screen of both) {
  await test('random taps', [screen], async (visitor, { tab, holds, is }) => {
    const roll = dice(screen.width);
    const session = await tab.context().newCDPSession(tab);
    const visited = new Set();
    const place = () => {
      // Half of the taps go to where most of what is touched stands.
      const part = roll() < 0.5 ? { y: 0, h: 1 } : screen === upright ? { y: 0.47, h: 0.32 } : { y: 0.06, h: 0.6 };
      return { x: Math.floor(roll() * screen.width), y: Math.floor((part.y + roll() * part.h) * screen.height), by: roll() < 0.1 ? roll() * 60 - 30 : 0 };
    };
    tab.on('framenavigated', (frame) => visited.add(frame.url().split('?')[0]));
    const all = listFiles(folder).filter((file) => file.endsWith('.html') && !/^(404|print)/.test(file) && !/http-equiv="refresh"/.test(readFileSync(path.join(folder, file), 'utf8')));
    await visitor.open();
    let done = 0;
    for (; done < taps / 2; done += each) {
      // Now and then somewhere else, so that every kind of page has its turn.
      // The page may be leaving for another one by itself.
      if (roll() < 0.2) await tab.goto(`${base}${all[Math.floor(roll() * all.length)]}?m=k`).catch((error) => { if (!/interrupted|ERR_ABORTED/.test(error.message)) throw error; });
      await visitor.ready();
      const [finger, ...others] = Array.from({ length: each }, place);
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: finger.x, y: finger.y }] });
      if (finger.by) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: finger.x + finger.by, y: finger.y - finger.by }] });
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      // A page that is just leaving hears no more.
      await tab.evaluate(burst, others).catch((error) => { if (!/context|navigat|closed|skip/i.test(error.message)) throw error; });
      if (done % 5000 < each) console.log(`  ${done} taps, ${visited.size} pages`);
    }
    await visitor.ready();
    console.log(`  ${done} taps, ${visited.size} pages`);
    holds(`only ${visited.size} pages were visited`, visited.size >= Math.min(10, taps / 100));
    holds(`the site was left: ${tab.url()}`, tab.url().startsWith(base));
    is('pages of this tab', tab.context().pages().length, 1);
  }, { clock: false, script: { ...hurry, with: 60 } });
}

// ---- days on end: the loop for hours without a reload, then visitors who come and go
await test('a long day', [upright], async (visitor, { tab, holds }) => {
  const session = await tab.context().newCDPSession(tab);
  const measure = async () => {
    // What was taken out of the page is counted until the collectors of both sides have met.
    for (let round = 0; round < 3; ++round) {
      await session.send('HeapProfiler.collectGarbage');
      await tab.waitForTimeout(300);
    }
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { nodes, documents, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return { usedSize, nodes, documents, jsEventListeners };
  };
  await session.send('HeapProfiler.enable');
  await visitor.open();
  await tab.waitForTimeout(3000);
  const before = await measure();
  // A screen of twelve seconds passes in twelve milliseconds and what the picture takes to come.
  await tab.waitForFunction((wanted) => performance.now() > wanted, hours * 3600 * 1000, { timeout: 3600000, polling: 1000 });
  const after = await measure();
  console.log(`  ${hours} hours of the loop: heap ${before.usedSize} → ${after.usedSize} bytes, ${before.nodes} → ${after.nodes} nodes, ${before.jsEventListeners} → ${after.jsEventListeners} listeners`);
  holds(`the heap grew from ${before.usedSize} to ${after.usedSize}`, after.usedSize < before.usedSize + 300000);
  holds(`nodes grew from ${before.nodes} to ${after.nodes}`, after.nodes < before.nodes + 120);
  holds(`listeners grew from ${before.jsEventListeners} to ${after.jsEventListeners}`, after.jsEventListeners < before.jsEventListeners + 40);
}, { clock: false, script: { ...hurry, with: 1000 } });

await test('visitors come and go', [upright], async (visitor, { tab, holds, is }) => {
  const session = await tab.context().newCDPSession(tab);
  await session.send('HeapProfiler.enable');
  const measure = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return { ...(await session.send('Runtime.getHeapUsage')), ...(await session.send('Memory.getDOMCounters')) };
  };
  const visit = async () => {
    await visitor.open();
    await tab.waitForSelector('.slide.shown');
    await visitor.wait(2000);
    await visitor.follow('.stage');
    await visitor.follow('.hall-find');
    await visitor.follow('.hall-back');
    const left = tab.waitForNavigation({ waitUntil: 'load' });
    await visitor.wait(125000);
    await visitor.wait(25000);
    await left;
    await visitor.ready();
  };
  for (let i = 0; i < 2; ++i) await visit();
  const before = await measure();
  for (let i = 0; i < 5; ++i) await visit();
  const after = await measure();
  holds(`documents: ${before.documents} → ${after.documents}`, after.documents <= before.documents + 1);
  holds(`nodes: ${before.nodes} → ${after.nodes}`, after.nodes < before.nodes * 1.3 + 50);
  is('entries of the history', (await tab.evaluate(() => history.length)) < 50, true);
});

// A browser that refuses storage keeps the way back in the address.
await test('without storage', [upright], async (visitor, { tab, is }) => {
  await visitor.open(wang.url + '?m=k');
  await visitor.follow('.hall-find');
  is('the address keeps it', new URL(tab.url()).searchParams.get('b'), wang.url);
  await visitor.follow('.hall-back');
  is('back', await visitor.path(), wang.url);
  for (let i = 0; i < 16; ++i) {
    await visitor.follow('.hall-find');
    await tab.evaluate((to) => window.qunyingHall.go(window.qunying.home + to), wang.url);
    await tab.waitForURL(/people\//);
    await visitor.ready();
  }
  is('thirty steps, no more', new URL(tab.url()).searchParams.get('b').split('~').length, 30);
}, { script: { what: () => {
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });
} } });

// ---- control: what is wrong must be found
await test('control', [upright], async (visitor, { tab, holds }) => {
  await visitor.open(wang.url + '?m=k');
  await tab.evaluate(() => { const style = document.createElement('style'); style.textContent = '.hall-bar{bottom:0!important}.hall-bar .hall-back{max-width:20px;min-width:0;flex:none}'; document.head.appendChild(style); });
  holds('a bar below the band is not found', (await visitor.misplaced()).length >= 8);
  const count = faults.length;
  await tab.evaluate(() => { setTimeout(() => { throw new Error('on purpose'); }, 0); });
  await visitor.wait(100);
  await tab.waitForTimeout(100);
  holds('an error of a script is not found', faults.length === count + 1 && /on purpose/.test(faults.pop()));
});

await browser.close();
report('kiosk', faults);
