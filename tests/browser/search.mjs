// The page of search in Chromium, by file:// and below a sub-path: typing, keys, facets, the address, no result.
//   node search.mjs SITE
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, report, serve } from './site.mjs';

const folder = path.resolve(process.argv[2]);
const faults = [];
const check = (right, what) => { if (!right) faults.push(what) };
const browser = await launch();
const server = await serve(folder);

async function visit(base, javaScriptEnabled, task) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', javaScriptEnabled });
  const tab = await context.newPage();
  tab.on('console', (message) => { if (['error', 'warning'].includes(message.type())) faults.push(`${base}: console: ${message.text()}`) });
  tab.on('pageerror', (error) => faults.push(`${base}: ${error.message}`));
  await task(tab);
  await context.close();
}
const names = (tab) => tab.$$eval('.hit-name a', (links) => links.map((link) => link.textContent));
async function ask(tab, query) {
  await tab.fill('#ask', query);
  await tab.waitForFunction((asked) => /^(找到|没有找到)/.test(document.querySelector('.answer-count').textContent)
    && new URL(location.href).searchParams.get('q') === asked, query);
  await tab.waitForTimeout(150);
  return names(tab);
}

for (const base of [pathToFileURL(folder).href + '/', server.address]) {
  await visit(base, true, async (tab) => {
    await tab.goto(`${base}search.html`);
    for (const query of ['田建刚', 'tianjiangang', 'Tián Jiàngāng', 'tjg', '田jg', '劉希政', 'tian jian']) {
      const found = await ask(tab, query);
      const wanted = query === '劉希政' ? '刘希政' : '田建刚';
      check(found[0] === wanted, `${base}: ${query} finds ${found.slice(0, 3)}`);
    }
    check(await tab.locator('.hit-name mark').count() > 0, `${base}: nothing is marked`);
    const all = (await ask(tab, '银发')).length;
    check(all > 3, `${base}: 银发 finds ${all}`);
    const plain = await ask(tab, '全国老干部先进集体');
    const written = await ask(tab, '全國老幹部先進集體');
    check(plain.length > 0 && written.join() === plain.join(), `${base}: in traditional form an honour finds ${written}, else ${plain}`);
    await tab.click('.answer-sieve summary');
    const button = tab.locator('.answer-facet .choice').first();
    const counted = Number((await button.locator('.count').textContent()).trim());
    await button.click();
    await tab.waitForTimeout(300);
    check((await tab.textContent('.answer-count')).includes(` ${counted} `), `${base}: a facet counts ${counted}, the page says ${await tab.textContent('.answer-count')}`);
    check(await button.getAttribute('aria-pressed') === 'true', `${base}: the facet is not pressed`);
    await ask(tab, '田建刚');
    await tab.focus('#ask');
    await tab.keyboard.press('ArrowDown');
    check(await tab.evaluate(() => document.activeElement.textContent) === '田建刚', `${base}: the arrow does not lead to the first hit`);
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/people\/.*\.html/, { timeout: 5000 }).catch(() => faults.push(`${base}: Enter does not open the hit`));
    await tab.goto(`${base}search.html?q=${encodeURIComponent('没有这样一句话的')}`);
    await tab.waitForSelector('.answer-ways .choice');
    check((await tab.textContent('.answer-count')).startsWith('没有找到'), `${base}: nothing found is not said`);
    await tab.goto(`${base}index.html`);
    await tab.fill('.seek input', '田建刚');
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('.hit-name a');
    check((await names(tab))[0] === '田建刚', `${base}: the box of the header finds ${await names(tab)}`);
  });
  await visit(base, false, async (tab) => {
    await tab.goto(`${base}search.html`);
    check(await tab.locator('.ask-index a').count() > 10, `${base}: without a script there are no indexes`);
  });
}

// ---- bytes: what search asks for until its first result stands is at most 60 KB, its scripts included; what the page
// links beside search.js at most 40
const kinds = { 田建刚: 'a name', 建刚: 'a part of one', tianjiangang: 'pinyin', tjg: 'initials', 劉希政: 'a traditional form', 全国老干部先进集体: 'an honour', 银发: 'a word' };
for (const [query, what] of Object.entries(kinds)) {
  await visit('bytes', true, async (tab) => {
    await tab.addInitScript(() => {
      const asked = [];
      new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
        if (node.tagName === 'SCRIPT') asked.push(node.src);
        if (!window.untilFirst && node.className === 'hit') window.untilFirst = asked.slice();
      }))).observe(document, { childList: true, subtree: true });
    });
    await tab.goto(`${pathToFileURL(folder)}/search.html?q=${encodeURIComponent(query)}`);
    await tab.waitForFunction(() => window.untilFirst, null, { timeout: 10000 }).catch(() => {});
    const asked = ((await tab.evaluate(() => window.untilFirst)) ?? []).map((url) => path.relative(folder, fileURLToPath(url)));
    const sum = (test) => asked.filter((file) => test.test(file)).reduce((bytes, file) => bytes + statSync(path.join(folder, file)).size, 0);
    const [first, scripts] = [sum(/^search\/|^static\/search/), sum(/^static\/(?!search-[0-9a-f]{8})/)];
    check(asked.length > 5, `${what}: nothing is drawn`);
    check(first <= 60 * 1024, `${what}: ${first} bytes until the first result`);
    check(scripts <= 40 * 1024, `${what}: ${scripts} bytes of scripts beside the engine`);
    check(!asked.some((file) => /search-more|search\/c-/.test(file)), `${what}: what follows the first result is asked for before it`);
  });
}

// What is not published stands in no byte of the index; the sample keeps one record for the venue.
const index = readdirSync(path.join(folder, 'search')).map((file) => readFileSync(path.join(folder, 'search', file), 'utf8')).join('');
check(index.includes('田建刚') && !/终审|signer|签署/.test(index), 'the index holds what is private, or nothing');
await browser.close();
server.close();
report('search', faults);
