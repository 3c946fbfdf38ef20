// Opens the pages of a built site in Chromium, by file:// and below /a/b/ on a server with a strict policy, with
// JavaScript on and off, wide and narrow, and looks at what a visitor, a console and axe would complain about.
//   node pages.mjs SITE [--only WORD] [--control]
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inParallel, launch, report, reportControl, samplePages, serve, typeOf } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const narrowest = { width: 320, height: 700 };

const argument = (name) => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const folder = path.resolve(process.argv[2]);
const only = argument('--only') ?? '';
const faults = new Set();
const note = (where, what) => faults.add(`${where}: ${what}`);

/** A tab that notes what goes wrong in it; `where.page` says which page is being looked at. */
async function watchedTab(context, base, label) {
  const tab = await context.newPage();
  const where = { page: '', ended: false };
  const complain = (what) => note(where.page, `${label}: ${what}`);
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(`console ${message.type()}: ${message.text()}`);
  });
  tab.on('pageerror', (error) => complain(`script error: ${error.message}`));
  tab.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:')) complain(`leaves the site: ${request.url()}`);
  });
  // What is no longer wanted when a page is left (a film, a picture further down) has not failed.
  tab.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') complain(`failed: ${request.url()} ${reason}`);
  });
  tab.on('response', (response) => {
    if (response.status() >= 400) complain(`${response.status()}: ${response.url()}`);
  });
  return { tab, where, complain };
}

// A host shows 404.html for whatever address is not there, however deep.
async function open({ tab, where }, base, page, query = '') {
  where.page = page + query;
  await tab.goto(base + (page === '404.html' ? 'no/such/page.html' : page) + query, { waitUntil: 'load' });
}

/** Lets `home`, the address that the site is published at, answer in this context as its host will. */
async function publish(context, home) {
  await context.route(`${home}**`, (route) => {
    const file = path.join(folder, decodeURIComponent(new URL(route.request().url()).pathname.slice(new URL(home).pathname.length)));
    const shown = existsSync(file) ? file : path.join(folder, '404.html');
    const missing = shown !== file && route.request().resourceType() !== 'document';
    return route.fulfill({
      status: missing ? 404 : 200, body: readFileSync(shown),
      headers: { 'Content-Security-Policy': "default-src 'self'", 'Content-Type': typeOf(shown) },
    });
  });
}

/** What can be seen of the layout at the present width; runs in the page. */
function measure() {
  const root = document.documentElement;
  const outside = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > root.clientWidth + 1;
  };
  const culprit = root.scrollWidth > root.clientWidth ? [...document.body.querySelectorAll('*')].find(outside) : undefined;
  return {
    overflow: root.scrollWidth - root.clientWidth,
    culprit: culprit?.outerHTML.slice(0, 120),
    headings: document.querySelectorAll('h1').length,
    broken: [...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.currentSrc),
  };
}

async function look(watched, base, page) {
  await watched.tab.setViewportSize(wide);
  await open(watched, base, page);
  for (const size of [wide, phone, narrowest]) {
    await watched.tab.setViewportSize(size);
    const seen = await watched.tab.evaluate(measure);
    if (seen.overflow > 0) watched.complain(`scrolls sideways by ${seen.overflow} px at ${size.width} px: ${seen.culprit}`);
    if (seen.headings !== 1) watched.complain(`${seen.headings} h1`);
    for (const picture of seen.broken) watched.complain(`broken picture: ${picture}`);
  }
}

// 长辈版 at its largest, on the narrowest screen (1280 px at 400 %), and with the spacing of text that WCAG 1.4.12 asks for.
async function lookAsElder(watched, base, page) {
  for (const [size, query] of [[narrowest, '?m=z&s=4'], [phone, '?m=z'], [wide, '?m=z&s=3']]) {
    await watched.tab.setViewportSize(size);
    await open(watched, base, page, query);
    const seen = await watched.tab.evaluate(measure);
    if (seen.overflow > 0) watched.complain(`scrolls sideways by ${seen.overflow} px at ${size.width} px: ${seen.culprit}`);
  }
  await watched.tab.setViewportSize(phone);
  for (const query of ['?m=w', '?m=z']) {
    await open(watched, base, page, query);
    await watched.tab.evaluate(spaceOut);
    const seen = await watched.tab.evaluate(measure);
    if (seen.overflow > 0) watched.complain(`scrolls sideways by ${seen.overflow} px with wide spacing: ${seen.culprit}`);
  }
}

/** WCAG 1.4.12; by the object model, which the policy of the pages does not forbid. */
function spaceOut() {
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.style) continue;
    element.style.setProperty('line-height', '1.5', 'important');
    element.style.setProperty('letter-spacing', '0.12em', 'important');
    element.style.setProperty('word-spacing', '0.16em', 'important');
    if (element.localName === 'p') element.style.setProperty('margin-bottom', '2em', 'important');
  }
}

async function examine(watched, base, page) {
  for (const [size, query] of [[wide, '?m=w'], [phone, '?m=w'], [phone, '?m=z']]) {
    await watched.tab.setViewportSize(size);
    await open(watched, base, page, query);
    await watched.tab.evaluate(axe);
    const result = await watched.tab.evaluate(
      (tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), axeTags);
    for (const violation of result.violations) {
      const example = violation.nodes[0];
      watched.complain(`axe ${violation.id} (${violation.nodes.length}×): ${violation.help}: ${example.html.slice(0, 160)} `
        + (example.any[0]?.message ?? example.all[0]?.message ?? ''));
    }
  }
}

const browser = await launch();
const server = await serve(folder);
const samples = samplePages(folder).filter(({ kind }) => kind.includes(only) && kind !== 'forward');
const pages = samples.flatMap(({ fullest, emptiest }) => emptiest ? [fullest, emptiest] : [fullest]);
const anywhere = pages.filter((page) => page !== '404.html');
const lost = pages.filter((page) => page === '404.html');
const home = /<link rel="canonical" href="([^"]*)index.html">/.exec(readFileSync(path.join(folder, 'index.html'), 'utf8'))[1];
const file = pathToFileURL(folder).href + '/';
const ways = [[file, anywhere], [server.address, anywhere], [home, lost]]
  .flatMap(([base, shown]) => [true, false].map((javaScriptEnabled) => ({ base, shown, javaScriptEnabled })));
const seconds = () => Math.round(performance.now() / 1000);

async function withTab(base, options, label, task) {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'zh-CN', ...options });
  if (base === home) await publish(context, home);
  await task(await watchedTab(context, base, label));
  await context.close();
}

await inParallel(ways, 2, ({ base, shown, javaScriptEnabled }) =>
  withTab(base, { javaScriptEnabled }, `${base.slice(0, 5)}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async (watched) => {
    for (const page of shown) await look(watched, base, page);
  }));
console.log(`${pages.length} pages of ${samples.length} kinds looked at: ${seconds()} s`);

const half = (list, which) => list.filter((_, index) => index % 2 === which);
await inParallel([0, 1], 2, (which) => withTab(server.address, {}, '长辈版', async (watched) => {
  for (const page of half(anywhere, which)) await lookAsElder(watched, server.address, page);
}));
console.log(`in 长辈版: ${seconds()} s`);

// By the debugging protocol axe is not subject to the policy of the pages.
const fullest = samples.map((sample) => sample.fullest);
await inParallel([0, 1], 2, (which) => withTab(server.address, {}, 'axe run', async (watched) => {
  for (const page of half(fullest.filter((name) => name !== '404.html'), which)) await examine(watched, server.address, page);
}));
await withTab(home, {}, 'axe run', async (watched) => {
  for (const page of lost) await examine(watched, home, page);
});
console.log(`axe on ${fullest.length} pages: ${seconds()} s`);
await browser.close();
server.close();

if (process.argv.includes('--control')) {
  reportControl('control of the pages', [...faults], ['console error: planted', 'script error: planted',
    'failed: ', '404: ', 'leaves the site', 'Content Security Policy', 'scrolls sideways', '2 h1', 'broken picture',
    'axe color-contrast', 'axe image-alt']);
} else {
  report('pages', [...faults].sort());
}
