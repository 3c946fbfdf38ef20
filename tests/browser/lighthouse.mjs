// What Lighthouse says of the home page, the roll, a person, an exhibition and an album (its mobile preset), the median
// of five runs; served by nginx as docs/hosting/nginx.conf ships it, with .gz and .br beside every text. Never part of
// the tests: it measures the machine as well.
//   node lighthouse.mjs SITE FOLDER LIGHTHOUSE [RUNS]     LIGHTHOUSE: its cli/index.js; FOLDER/lighthouse.json
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { samplePages } from './site.mjs';

const [site, out, program, runs = '5'] = process.argv.slice(2);
const folder = path.resolve(site);
const wanted = 95;
const kinds = ['index', 'honors/index', 'people/record', 'exhibitions/record', 'albums/record'];

const room = mkdtempSync(path.join(tmpdir(), 'qunying-lighthouse-'));
const served = path.join(room, 'public');

function compressedCopy() {
  cpSync(folder, served, { recursive: true });
  for (const name of readdirSync(served, { recursive: true })) {
    if (!/\.(html|css|js|json|svg|xml|txt|vtt|csv)$/.test(name)) continue;
    const file = path.join(served, name);
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  }
}

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => found(port)); });
});

// Replaces exactly what a host's administrator is told to fill in.
function shippedSettings(port) {
  const text = readFileSync(new URL('../../docs/hosting/nginx.conf', import.meta.url), 'utf8');
  const places = [['listen 80;', `listen 127.0.0.1:${port};`], ['listen [::]:80;', ''], ['root /srv/qunying/public;', `root ${served};`]];
  for (const [told] of places) if (!text.includes(told)) throw new Error(`nginx.conf has no “${told}”`);
  return places.reduce((made, [told, here]) => made.replace(told, here), text);
}

async function startNginx() {
  const port = await freePort();
  writeFileSync(path.join(room, 'site.conf'), shippedSettings(port));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${room}/${kind};`).join('\n');
  writeFileSync(path.join(room, 'nginx.conf'), `load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
daemon off;\npid ${room}/pid;\nerror_log stderr;\nworker_processes 1;\n${process.getuid() === 0 ? 'user root;\n' : ''}events {}
http {\naccess_log off;\n${temporary}\ninclude ${room}/site.conf;\n}\n`);
  const server = spawn('nginx', ['-p', room, '-e', 'stderr', '-c', path.join(room, 'nginx.conf')], { stdio: 'inherit' });
  const address = `http://127.0.0.1:${port}/`;
  for (let tries = 0; tries < 100; ++tries) {
    if (await fetch(address).then((answer) => answer.ok, () => false)) return { server, address };
    await new Promise((later) => setTimeout(later, 100));
  }
  server.kill();
  throw new Error('nginx does not answer');
}

mkdirSync(out, { recursive: true });
compressedCopy();
const { server, address: base } = await startNginx();
process.on('exit', () => server.kill());

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

// Chromium loses a trace now and then (NO_NAVSTART): such a run says nothing of the page.
async function measured(page, tries = 3) {
  return scores(page).catch((error) => {
    if (tries === 1) throw error;
    return measured(page, tries - 1);
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = {};
let low = 0;
for (const page of kinds.map((kind) => samplePages(folder).find((sample) => sample.kind === kind)?.fullest).filter(Boolean)) {
  const made = [];
  for (let i = 0; i < Number(runs); ++i) made.push(await measured(page));
  all[page] = Object.fromEntries(Object.keys(made[0].values).map((name) => [name, median(made.map(({ values }) => values[name]))]));
  low += Object.values(all[page]).filter((value) => value < wanted).length;
  console.log(`${page}: ${Object.entries(all[page]).map(([name, value]) => `${name} ${value}`).join(', ')}; below 90: ${made[0].poor.join(', ') || 'nothing'}`);
}
server.kill();
await new Promise((ended) => server.once('exit', ended));
rmSync(room, { recursive: true });
writeFileSync(path.join(out, 'lighthouse.json'), JSON.stringify(all, null, 2) + '\n');
process.exitCode = low === 0 ? 0 : 1;
