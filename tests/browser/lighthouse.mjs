// What Lighthouse says of the home page, the roll, a person, an exhibition and an album (its mobile preset), the median
// of five runs; served with compression and caching as hosts are told to. Never part of the tests: it measures the
// machine as well.
//   node lighthouse.mjs SITE FOLDER LIGHTHOUSE [RUNS]     LIGHTHOUSE: its cli/index.js; FOLDER/lighthouse.json
import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { samplePages, typeOf } from './site.mjs';

const [site, out, program, runs = '5'] = process.argv.slice(2);
const folder = path.resolve(site);
const wanted = 95;
const kinds = ['index', 'honors/index', 'people/record', 'exhibitions/record', 'albums/record'];

const server = createServer((request, response) => {
  const asked = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  const file = path.join(folder, asked === '/' ? 'index.html' : asked);
  if (!path.resolve(file).startsWith(folder) || !statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
  const named = /-[0-9a-f]{8}[.-]/.test(file);   // what is named by its digest never changes
  const headers = { 'Content-Type': typeOf(file), 'Content-Security-Policy': "default-src 'self'", 'X-Content-Type-Options': 'nosniff',
    'Cache-Control': named ? 'public, max-age=31536000, immutable' : 'no-cache' };
  const text = /\.(html|css|js|json|svg|xml|txt|vtt|csv)$/.test(file);
  const bytes = text ? gzipSync(readFileSync(file)) : readFileSync(file);
  if (text) headers['Content-Encoding'] = 'gzip';
  response.writeHead(200, { ...headers, 'Content-Length': bytes.length }).end(bytes);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${server.address().port}/`;

const run = promisify(execFile);
const flags = '--headless=new --no-sandbox --disable-gpu';
async function scores(page) {
  const { stdout } = await run(process.execPath, [program, base + page, '--output=json', '--quiet', `--chrome-flags=${flags}`,
    '--only-categories=performance,accessibility,best-practices,seo'],
  { maxBuffer: 1 << 28, env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' } });
  const { categories, audits } = JSON.parse(stdout);
  const poor = Object.values(audits).filter((audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative')
    .map((audit) => `${audit.id}${audit.displayValue ? ` (${audit.displayValue})` : ''}`);
  return { values: Object.fromEntries(Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)])), poor };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = {};
let low = 0;
for (const page of kinds.map((kind) => samplePages(folder).find((sample) => sample.kind === kind)?.fullest).filter(Boolean)) {
  const made = [];
  for (let i = 0; i < Number(runs); ++i) made.push(await scores(page));
  all[page] = Object.fromEntries(Object.keys(made[0].values).map((name) => [name, median(made.map(({ values }) => values[name]))]));
  low += Object.values(all[page]).filter((value) => value < wanted).length;
  console.log(`${page}: ${Object.entries(all[page]).map(([name, value]) => `${name} ${value}`).join(', ')}; below 90: ${made[0].poor.join(', ') || 'nothing'}`);
}
server.close();
writeFileSync(path.join(out, 'lighthouse.json'), JSON.stringify(all, null, 2) + '\n');
process.exitCode = low === 0 ? 0 : 1;
