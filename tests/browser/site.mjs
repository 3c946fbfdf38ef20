// What the browser tests share: a built site as a list of files and pages, a Chromium, a small server.
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export const systemChromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const launch = (program = systemChromium) => chromium.launch({
  executablePath: program,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/** Every file below `folder`, as sorted paths with forward slashes. */
export function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/**
 * The pages to look at: of each template the fullest page and, where there are several, the emptiest. A page does not
 * name its template, but its place tells: `people/index.html` is a list, `people/ID.html` a record, and
 * `albums/ID-1.html` a part of the record `albums/ID.html`. A page that only forwards is of a kind of its own.
 */
export function samplePages(folder) {
  // A screen in a hall is no browser's window: kiosk.mjs looks at its pages.
  const pages = listFiles(folder).filter((file) => file.endsWith('.html') && !file.startsWith('kiosk/'));
  const groups = new Map();
  for (const page of pages) {
    const kind = kindOf(page, pages, folder);
    groups.set(kind, [...(groups.get(kind) ?? []), { page, size: statSync(path.join(folder, page)).size }]);
  }
  return [...groups].sort().map(([kind, members]) => {
    members.sort((a, b) => b.size - a.size || (a.page < b.page ? -1 : 1));
    const [fullest, emptiest] = [members[0].page, members.at(-1).page];
    return { kind, fullest, emptiest: emptiest === fullest ? undefined : emptiest };
  });
}

function kindOf(page, pages, folder) {
  const [directory, name] = [path.dirname(page), path.basename(page, '.html')];
  if (/<meta http-equiv="refresh"/i.test(readFileSync(path.join(folder, page), 'utf8'))) return 'forward';
  if (directory === '.') return name;
  if (name === 'index') return `${directory}/index`;
  const whole = name.replace(/-\d+$/, '');
  return whole !== name && pages.includes(`${directory}/${whole}.html`) ? `${directory}/part` : `${directory}/record`;
}

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8', '.csv': 'text/csv',
  '.svg': 'image/svg+xml', '.jpg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp', '.avif': 'image/avif',
  '.woff2': 'font/woff2', '.vtt': 'text/vtt; charset=utf-8', '.mp3': 'audio/mpeg', '.m4a': 'audio/mp4',
  '.mp4': 'video/mp4', '.webm': 'video/webm',
};

export const typeOf = (file) => types[path.extname(file)] ?? 'application/octet-stream';

/**
 * Serves `folder` below `prefix` on 127.0.0.1 as hosts are told to: with the policy, and text in gzip to whom takes it.
 * Nothing outside it exists.
 */
export async function serve(folder, prefix = '/a/b/') {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = path.join(folder, asked.slice(prefix.length));
    const inside = asked.startsWith(prefix) && path.resolve(file).startsWith(path.resolve(folder) + path.sep);
    const found = inside && statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!found) return response.writeHead(404).end();
    send(request, response, file);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}

// Chromium seeks in films by ranges.
function send(request, response, file) {
  const headers = { 'Content-Security-Policy': "default-src 'self'", 'Content-Type': typeOf(file) };
  const size = statSync(file).size;
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!asked && /^text|json|xml/.test(headers['Content-Type']) && /gzip/.test(request.headers['accept-encoding'] ?? '')) {
    const bytes = gzipSync(readFileSync(file));
    return response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': bytes.length }).end(bytes);
  }
  const [first, last] = asked ? [Number(asked[1]), asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1] : [0, size - 1];
  Object.assign(headers, { 'Content-Length': last - first + 1, 'Accept-Ranges': 'bytes' });
  if (asked) headers['Content-Range'] = `bytes ${first}-${last}/${size}`;
  response.writeHead(asked ? 206 : 200, headers);
  createReadStream(file, { start: first, end: Math.max(last, first) }).pipe(response);
}

/** Runs `task` on every item, `width` at a time. */
export async function inParallel(items, width, task) {
  const queue = [...items];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await task(item);
  }));
}

/** Prints the faults and ends the program: 0 without faults, 1 with some. */
export function report(title, faults) {
  for (const fault of faults) console.log(fault);
  console.log(`${title}: ${faults.length} fault(s)`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** For a control: what is known to be wrong must be found. */
export function reportControl(title, faults, expected) {
  const missed = expected.filter((words) => !faults.some((fault) => fault.includes(words)));
  if (missed.length > 0) console.log(`found:\n${faults.join('\n')}`);
  report(title, missed.map((words) => `not found, though it is there: ${words}`));
}
