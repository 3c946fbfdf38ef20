// The floor: every page is read without loss in Chromium 64 and 69, the oldest that offices still have.
//   node floor.mjs SITE WORK
// The browsers come from npm, packed with brotli, without any install script. They are too old for the driver of the
// other tests, so each page is opened by a copy that has one script more, which writes what it measured into the page,
// and the browser prints that page.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { inParallel, report, samplePages } from './site.mjs';

const [site, work] = process.argv.slice(2, 4).map((name) => path.resolve(name));
const here = path.dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const faults = [];

/** The browser out of its package; once a build folder. */
function unpack(version) {
  const program = path.join(work, `chromium-${version}`);
  if (existsSync(program)) return program;
  const folder = path.join(here, 'node_modules', `chromium-${version}`, 'bin');
  const packed = readdirSync(folder).find((name) => name.endsWith('.br'));
  writeFileSync(program, brotliDecompressSync(readFileSync(path.join(folder, packed))), { mode: 0o755 });
  return program;
}

// ES5, for whatever browser; runs last.
const probe = `(function () {
  var errors = [];
  window.addEventListener('error', function (event) { errors.push(String(event.message || (event.target && event.target.src) || event.type)); }, true);
  function words(node) { return node ? node.textContent.replace(/\\s+/g, '').length : 0; }
  window.addEventListener('load', function () {
    var box = document.documentElement, main = document.querySelector('main');
    var broken = [].filter.call(document.images, function (image) { return image.complete && image.naturalWidth === 0 && image.src; });
    box.setAttribute('data-probe', encodeURIComponent(JSON.stringify({ errors: errors, wide: box.scrollWidth - box.clientWidth,
      words: words(main), tall: main ? main.offsetHeight : 0, broken: broken.map(function (image) { return image.src; }),
      ink: main ? getComputedStyle(main).color : '', paper: getComputedStyle(document.body).backgroundColor, mode: box.className })));
  });
})();`;

/** A copy of a page that measures itself, beside the page in the copy of the site. */
function probed(copy, page, extra = '') {
  const html = readFileSync(path.join(copy, page), 'utf8');
  const name = page.replace(/\.html$/, extra ? '.control.html' : '.probe.html');
  writeFileSync(path.join(copy, name), html.replace('<head>', `<head><script>${probe}</script>${extra}`));
  return name;
}

// In one process and without a sandbox these browsers now and then fall over when they end, or before they begin.
async function measured(program, file, way, attempts = 4) {
  const seen = await measuredOnce(program, file, way);
  return seen.loaded || attempts === 1 ? seen : measured(program, file, way, attempts - 1);
}

async function measuredOnce(program, file, { width, height, query }) {
  const data = path.join(work, `data-${Math.random().toString(36).slice(2)}`);
  const { stdout, stderr } = await run('timeout', ['60', program, '--headless', '--no-sandbox', '--single-process', '--no-zygote',
    '--disable-gpu', '--enable-logging=stderr', '--allow-file-access-from-files', `--user-data-dir=${data}`,
    `--window-size=${width},${height}`, '--virtual-time-budget=4000', '--dump-dom', pathToFileURL(file).href + query],
  { maxBuffer: 1 << 26 }).catch((error) => error);
  rmSync(data, { recursive: true, force: true });
  const told = /data-probe="([^"]*)"/.exec(stdout)?.[1];
  const console = stderr.split('\n').filter((line) => /CONSOLE/.test(line) && /Uncaught|Error|Refused|Failed/.test(line));
  const probed = told ? JSON.parse(decodeURIComponent(told)) : { errors: ['the page does not load'] };
  return { ...probed, loaded: Boolean(told), console, dom: stdout };
}

function check(what, seen, words) {
  // These builds have no H.264, and their own controls of films grow while they are measured.
  const known = /\.mp4$|ResizeObserver loop/;
  for (const error of [...seen.errors, ...seen.console].filter((each) => !known.test(each))) faults.push(`${what}: ${error}`);
  if (seen.wide > 0) faults.push(`${what}: ${seen.wide} px too wide`);
  for (const image of seen.broken ?? []) faults.push(`${what}: no picture: ${image}`);
  // Scripts may take words that only those without scripts need, and add others; a loss is more than that.
  if (words !== undefined && seen.words < words * 0.9) faults.push(`${what}: ${seen.words} of ${words} characters are left`);
  if (seen.tall !== undefined && seen.tall < 100) faults.push(`${what}: <main> is ${seen.tall} px tall`);
  if (seen.ink && seen.ink === seen.paper) faults.push(`${what}: ${seen.ink} on ${seen.paper}`);
}

const textOf = (html) => /<main[\s\S]*<\/main>/.exec(html)?.[0].replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, '')
  .replace(/&[^;]+;/g, 'x').replace(/\s+/g, '').length;

rmSync(path.join(work, 'site'), { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const copy = path.join(work, 'site');
cpSync(site, copy, { recursive: true });
const pages = samplePages(copy).filter(({ kind }) => !['forward', '404', 'print/record'].includes(kind) && !kind.startsWith('kiosk'));
const ways = [{ width: 1280, height: 900, query: '?m=w' }, { width: 400, height: 844, query: '?m=z' }];
for (const version of [64, 69]) {
  const program = unpack(version);
  await inParallel(pages.flatMap(({ fullest }) => ways.map((way) => [fullest, way])), 2, async ([page, way]) => {
    const seen = await measured(program, path.join(copy, probed(copy, page)), way);
    check(`Chromium ${version}: ${page}${way.query}`, seen, textOf(readFileSync(path.join(site, page), 'utf8')));
    if (way.query === '?m=z' && !/\belder\b/.test(seen.mode ?? '')) faults.push(`Chromium ${version}: ${page}: 长辈版 is not on (${seen.mode})`);
  });
  const found = await measured(program, path.join(copy, probed(copy, 'search.html')), { ...ways[0], query: '?q=wangyangli' });
  if (version === 69 && !/class="hit"[\s\S]*wang-yangli/.test(found.dom)) faults.push(`Chromium ${version}: search does not find by pinyin`);
  // A script that such a browser cannot read, and a page too wide for it, must be found.
  const wrong = await measured(program, path.join(copy, probed(copy, 'people/index.html',
    '<script>var a = {}; a?.b;</script><style>main{width:3000px !important;max-width:none !important}</style>')), ways[0]);
  if (wrong.console.length === 0 && wrong.errors.length === 0) faults.push(`Chromium ${version}: control: the script that it cannot read is not found`);
  if (!(wrong.wide > 0)) faults.push(`Chromium ${version}: control: the page that is too wide is not found`);
}
rmSync(copy, { recursive: true });
console.log(`${pages.length} pages, ${ways.length} ways, Chromium 64 and 69`);
report('floor', faults);
