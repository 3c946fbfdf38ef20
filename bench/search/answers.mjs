// What each search engine finds of the queries of bench/search/corpus.py, and what it loads and takes for that.
//   node answers.mjs SITE PACKAGES [OUT.json]
// SITE was written by corpus.py and built; PACKAGES is a folder with node_modules of package.json beside this file, and
// pagefind's index in SITE/pagefind (bench/search/run.sh).
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openIndex } from '../../tests/search/index.mjs';

const [site, packages, out] = process.argv.slice(2);
const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const require = createRequire(path.join(packages, 'node_modules/'));
const queries = JSON.parse(readFileSync(path.join(site, 'queries.json'), 'utf8'));
const pages = path.join(site, 'public');
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const kb = (bytes) => Math.round(bytes / 102.4) / 10;

function sizeOf(folder) {
  let total = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) total += statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size;
  }
  return total;
}

// Right: every wanted page is found, and one of them comes first.
const isRight = (wanted, found) => wanted.every((page) => found.includes(page)) && wanted.includes(found[0]);

const nameKinds = ['name', 'fragment', 'pinyin', 'initials', 'polyphone', 'rare', 'traditional'];
const spread = (rows) => {
  if (!rows.length) return null;
  const sizes = rows.map((row) => row.bytes).sort((a, b) => a - b);
  return { median: kb(median(sizes)), of_95: kb(sizes[Math.floor(sizes.length * 0.95)]), most: kb(sizes[sizes.length - 1]) };
};

/** Runs all queries; `ask(query)` gives the pages found, best first, and what was loaded until the first was there. */
async function run(name, size, ask) {
  const rows = [];
  for (const { kind, query, want } of queries) {
    const answer = await ask(query);
    rows.push({ kind, query, right: isRight(want, answer.pages), ...answer, pages: answer.pages.slice(0, 3) });
  }
  const kinds = {};
  for (const { kind, right } of rows) {
    kinds[kind] ??= [0, 0];
    kinds[kind][0] += right ? 1 : 0;
    kinds[kind][1] += 1;
  }
  const first = rows.filter((row) => row.bytes);
  const result = {
    name, right: rows.filter((row) => row.right).length, of: rows.length, kinds, index_kb: kb(size),
    first_kb: kb(median(first.map((row) => row.bytes))), first_kb_most: kb(Math.max(...first.map((row) => row.bytes))),
    first_gzip_kb: kb(median(first.map((row) => row.gzip))), first_gzip_kb_most: kb(Math.max(...first.map((row) => row.gzip))),
    ms: Math.round(10 * median(rows.map((row) => row.ms))) / 10, ms_most: Math.round(10 * Math.max(...rows.map((row) => row.ms))) / 10,
    // Of names in whatever form, whole and in part; of everything else.
    first_kb_names: spread(first.filter((row) => nameKinds.includes(row.kind))),
    first_kb_others: spread(first.filter((row) => !nameKinds.includes(row.kind))),
    first_kb_by_kind: Object.fromEntries(Object.keys(kinds).map((kind) => [kind, spread(first.filter((row) => row.kind === kind))])),
    above_60_kb: first.filter((row) => row.bytes > 60 * 1024).length,
    wrong: rows.filter((row) => !row.right).map((row) => `${row.kind}: ${row.query}`),
  };
  console.log(JSON.stringify({ ...result, wrong: result.wrong.slice(0, 12) }, null, 1));
  return result;
}

// ---- ours

const gzipped = new Map();
function gzip(file) {
  if (!gzipped.has(file)) gzipped.set(file, gzipSync(readFileSync(file), { level: 6 }).length);
  return gzipped.get(file);
}

// As the page does it: the first hit that a look at its text bears out is drawn.
async function firstDrawn(index, hits, query) {
  let refuted = 0;
  for (let at = 0; at < hits.length;) {
    const some = hits.slice(at, at + Math.max(1, Math.min(20, refuted)));
    at += some.length;
    const looks = await Promise.all(some.map((hit) => Promise.all([index.card(hit.number), hit.stage > 0 ? index.excerpt(hit.number, query) : {}])));
    if (looks.some(([card, excerpt]) => card && excerpt)) return true;
    refuted += some.length;
  }
  return false;
}

async function ours() {
  const own = (name) => readdirSync(path.join(pages, 'static')).find((file) => /-[0-9a-f]{8}\.js$/.test(file) && file.replace(/-[0-9a-f]{8}\.js$/, '') === name);
  const scripts = ['search', 'search-page'].map((name) => path.join(pages, 'static', own(name)));
  const fileOf = (name) => (name === 'search-spelt.js' ? path.join(pages, 'static', own('search-spelt')) : path.join(pages, name));
  const warm = openIndex(path.join(root, 'themes/hall/static/search.js'), pages);
  return run('qunying', sizeOf(path.join(pages, 'search')), async (query) => {
    const { index, loaded } = openIndex(path.join(root, 'themes/hall/static/search.js'), pages);
    let files = null;
    const hits = await index.search(query, async (found) => {
      if (!files && await firstDrawn(index, found, query)) files = [...scripts, ...[...loaded.keys()].map(fileOf)];
      return true;
    });
    const list = files ?? [];
    // Names are told from hits that a look at the text refutes, as the page does it for those it shows.
    const shown = [];
    for (const hit of Array.from(hits).slice(0, 60)) {
      const excerpt = hit.stage > 0 ? await index.excerpt(hit.number, query) : {};
      if (excerpt) shown.push((await index.card(hit.number))[4]);
    }
    await warm.index.search(query, () => true);
    const start = performance.now();
    await warm.index.search(query, () => true);
    return {
      pages: shown, bytes: list.reduce((sum, file) => sum + statSync(file).size, 0),
      gzip: list.reduce((sum, file) => sum + gzip(file), 0), ms: performance.now() - start,
    };
  });
}

// ---- MiniSearch, over the same documents, cut into pairs of characters since it knows no Chinese

function documents() {
  const all = new Map();
  const files = readdirSync(path.join(pages, 'search'));
  globalThis.qunyingSearch = (name, data) => {
    for (const row of data) {
      const document = all.get(row[0]) ?? { id: row[0] };
      if (name.startsWith('e/')) Object.assign(document, { title: row[1], path: row[4], titles: row[3] });
      else document.text = row[1];
      all.set(row[0], document);
    }
  };
  for (const file of files.filter((name) => /^[et]-/.test(name))) (0, eval)(readFileSync(path.join(pages, 'search', file), 'utf8'));
  return [...all.values()].map((document) => ({ id: document.id, title: document.title, path: document.path, text: `${document.titles}\n${document.text ?? ''}` }));
}

async function miniSearch() {
  const { default: MiniSearch } = await import(require.resolve('minisearch'));
  const tokenize = (text) => (text.toLowerCase().match(/[\u3400-\u9fff\u{20000}-\u{3ffff}]+|[a-z0-9]+/gu) ?? []).flatMap((run) => {
    const letters = Array.from(run);
    return /[a-z0-9]/.test(run) || letters.length === 1 ? [run] : letters.slice(1).map((letter, i) => letters[i] + letter);
  });
  const all = documents();
  const mini = new MiniSearch({ fields: ['title', 'text'], storeFields: ['path', 'title'], tokenize, searchOptions: { combineWith: 'AND', boost: { title: 4 }, prefix: true } });
  mini.addAll(all);
  const text = Buffer.from(JSON.stringify(mini));
  const program = readFileSync(path.join(packages, 'node_modules/minisearch/dist/umd/index.js'));
  const bytes = text.length + program.length;
  const gzip = gzipSync(text, { level: 6 }).length + gzipSync(program, { level: 6 }).length;
  return run('MiniSearch, pairs of characters', text.length, async (query) => {
    const start = performance.now();
    const found = mini.search(query);
    const ms = performance.now() - start;
    return { pages: found.map((hit) => hit.path), bytes, gzip, ms };
  });
}

// ---- Pagefind, in a browser, which it needs

async function pagefind() {
  const { launch, typeOf } = await import('../../tests/browser/site.mjs');
  // Its WebAssembly is refused under the policy that our sites are served with (default-src 'self').
  const plain = createServer((request, response) => {
    const file = path.join(pages, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': file.endsWith('.wasm') ? 'application/wasm' : typeOf(file) });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => plain.listen(0, '127.0.0.1', ready));
  const server = { address: `http://127.0.0.1:${plain.address().port}/`, close: () => plain.close() };
  const browser = await launch();
  const folder = path.join(pages, 'pagefind');
  const results = await run('Pagefind', sizeOf(folder), async (query) => {
    const context = await browser.newContext({ bypassCSP: true });
    const tab = await context.newPage();
    const asked = new Set();
    tab.on('request', (request) => { if (request.url().includes('/pagefind/')) asked.add(decodeURIComponent(new URL(request.url()).pathname)) });
    await tab.goto(`${server.address}404.html`);
    const answer = await tab.evaluate(async ([base, words]) => {
      const engine = await import(`${base}pagefind/pagefind.js`);
      await engine.init();
      const found = await engine.search(words);
      const first = found.results.length ? [(await found.results[0].data()).url] : [];
      return { first, count: found.results.length, until: performance.now() };
    }, [server.address, query]);
    const files = [...asked];
    const rest = await tab.evaluate(async ([base, words]) => {
      const engine = await import(`${base}pagefind/pagefind.js`);
      const start = performance.now();
      const found = await engine.search(words);
      const first = found.results.length ? await found.results[0].data() : null;
      const ms = performance.now() - start;
      const urls = [];
      for (const result of await Promise.all(found.results.slice(0, 30).map((each) => each.data()))) urls.push(result.url);
      return { urls, ms, first: Boolean(first) };
    }, [server.address, query]);
    await context.close();
    const local = files.map((file) => path.join(folder, file.split('/pagefind/')[1])).filter((file) => existsSync(file));
    const strip = (url) => url.replace(/^https?:\/\/[^/]*/, '').replace(/^\//, '');
    return {
      pages: rest.urls.map(strip), bytes: local.reduce((sum, file) => sum + statSync(file).size, 0),
      gzip: local.reduce((sum, file) => sum + gzip(file), 0), ms: rest.ms,
    };
  });
  await browser.close();
  server.close();
  return results;
}

const wanted = process.env.ENGINES?.split(',') ?? ['ours', 'mini', 'pagefind'];
const results = [];
if (wanted.includes('ours')) results.push(await ours());
if (wanted.includes('mini')) results.push(await miniSearch());
if (wanted.includes('pagefind')) results.push(await pagefind());
if (out) writeFileSync(out, JSON.stringify(results, null, 1) + '\n');
