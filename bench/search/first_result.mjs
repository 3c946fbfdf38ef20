// What the page of search has asked for when its first result is drawn: all queries of bench/search/corpus.py in
// Chromium, by file://, each on a cold page.
//   node first_result.mjs SITE [OUT.json]
// SITE was written by corpus.py and built. What was asked for counts, arrived or not: files as they lie on the disk,
// and as gzip sends them.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launch } from '../../tests/browser/site.mjs';

const [site, out] = process.argv.slice(2);
const pages = path.resolve(site, 'public');
const queries = JSON.parse(readFileSync(path.join(site, 'queries.json'), 'utf8'));
const kb = (bytes) => Math.round(bytes / 102.4) / 10;

const sizes = new Map();
function sizesOf(file) {
  if (!sizes.has(file)) {
    const bytes = readFileSync(file);
    sizes.set(file, [bytes.length, gzipSync(bytes, { level: 6 }).length]);
  }
  return sizes.get(file);
}

// Of a page of search: its own scripts, then what they insert until the first hit stands.
function watch() {
  const asked = [];
  window.askedUntilFirst = null;
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
    if (node.tagName === 'SCRIPT' && /\/public\/(search\/|static\/search)/.test(node.src)) asked.push(node.src);
    if (!window.askedUntilFirst && node.tagName === 'LI' && node.className === 'hit') window.askedUntilFirst = asked.slice();
  }))).observe(document, { childList: true, subtree: true });
}

const familyOf = (file) => (path.basename(path.dirname(file)) === 'static' ? 'scripts' : path.basename(file) === 'index.js' ? 'head' : path.basename(file)[0]);

const browser = await launch();
const rows = [];
for (const { kind, query } of queries) {
  const tab = await browser.newPage();
  await tab.addInitScript(watch);
  await tab.goto(`${pathToFileURL(pages)}/search.html?q=${encodeURIComponent(query)}`);
  const asked = await tab.waitForFunction(() => window.askedUntilFirst, null, { timeout: 20000 }).then((value) => value.jsonValue(), () => null);
  await tab.close();
  const row = { kind, query, files: 0, bytes: 0, gzip: 0, families: {} };
  for (const file of asked ? asked.map((url) => fileURLToPath(url)) : []) {
    const [bytes, gzip] = sizesOf(file);
    row.files += 1;
    row.bytes += bytes;
    row.gzip += gzip;
    row.families[familyOf(file)] = (row.families[familyOf(file)] ?? 0) + bytes;
  }
  if (!asked) console.log(`nothing is drawn for ${query}`);
  rows.push(row);
}
await browser.close();

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
function table(name, some) {
  const families = [...new Set(some.flatMap((row) => Object.keys(row.families)))].sort();
  const bytes = some.map((row) => row.bytes);
  console.log(`${name.padEnd(12)} ${some.length}  median ${kb(median(bytes))}  most ${kb(Math.max(...bytes))} KB; gzip ${kb(median(some.map((row) => row.gzip)))}, ${kb(Math.max(...some.map((row) => row.gzip)))}; files ${median(some.map((row) => row.files))};`
    + ` above 60 KB: ${bytes.filter((each) => each > 60 * 1024).length}; most by family: ${families.map((family) => `${family} ${kb(Math.max(...some.map((row) => row.families[family] ?? 0)))}`).join(', ')}`);
}
for (const kind of [...new Set(rows.map((row) => row.kind))]) table(kind, rows.filter((row) => row.kind === kind));
table('all', rows);
if (out) writeFileSync(out, JSON.stringify(rows, null, 1) + '\n');
