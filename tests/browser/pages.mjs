// Opens the pages of a built site in Chromium, by file:// and below /a/b/ on a server with a strict policy, with
// JavaScript on and off, wide and narrow, and looks at what a visitor, a console and axe would complain about.
//   node pages.mjs SITE [--only WORD] [--control]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inParallel, launch, report, reportControl, samplePages, serve } from './site.mjs';

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
  // A film that is no longer wanted when the page is left has not failed.
  tab.on('requestfailed', (request) => {
    const left = request.failure()?.errorText === 'net::ERR_ABORTED' && request.resourceType() === 'media';
    if (!left) complain(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  tab.on('response', (response) => {
    if (response.status() >= 400) complain(`${response.status()}: ${response.url()}`);
  });
  return { tab, where, complain };
}

async function open({ tab, where }, base, page) {
  where.page = page;
  await tab.goto(base + page, { waitUntil: 'load' });
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

async function examine(watched, base, page) {
  for (const size of [wide, phone]) {
    await watched.tab.setViewportSize(size);
    await open(watched, base, page);
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
const samples = samplePages(folder).filter(({ kind }) => kind.includes(only));
const pages = samples.flatMap(({ fullest, emptiest }) => emptiest ? [fullest, emptiest] : [fullest]);
const ways = [
  { base: pathToFileURL(folder).href + '/', javaScriptEnabled: true },
  { base: pathToFileURL(folder).href + '/', javaScriptEnabled: false },
  { base: server.address, javaScriptEnabled: true },
  { base: server.address, javaScriptEnabled: false },
];

const forwards = new Set(samples.filter(({ kind }) => kind === 'forward').map(({ fullest }) => fullest));
const seconds = () => Math.round(performance.now() / 1000);
await inParallel(ways, 2, async ({ base, javaScriptEnabled }) => {
  const context = await browser.newContext({ javaScriptEnabled, reducedMotion: 'reduce', locale: 'zh-CN' });
  const label = `${base.slice(0, 4)}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`;
  const watched = await watchedTab(context, base, label);
  for (const page of pages) {
    if (!forwards.has(page)) await look(watched, base, page);
  }
  await context.close();
});
console.log(`${pages.length} pages of ${samples.length} kinds looked at in ${ways.length} ways: ${seconds()} s`);

// axe runs on the pages of the server; by CDP its script is not subject to the policy.
await inParallel([0, 1], 2, async (half) => {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'zh-CN' });
  const watched = await watchedTab(context, server.address, 'axe run');
  for (const [index, { kind, fullest }] of samples.entries()) {
    if (index % 2 === half && kind !== 'forward') await examine(watched, server.address, fullest);
  }
  await context.close();
});
console.log(`axe: ${seconds()} s`);
await browser.close();
server.close();

if (process.argv.includes('--control')) {
  reportControl('control of the pages', [...faults], ['console error: planted', 'script error: planted',
    'failed: ', '404: ', 'leaves the site', 'Content Security Policy', 'scrolls sideways', '2 h1', 'broken picture',
    'axe color-contrast', 'axe image-alt']);
} else {
  report('pages', [...faults].sort());
}
