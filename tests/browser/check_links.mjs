// Reads every file of a built site and follows every address in it: each leads to a file that is there, relative and
// by name, and nothing on a page needs more than the policy default-src 'self' allows. Feed, sitemap and data too.
//   node check_links.mjs SITE [--control]
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { launch, listFiles, report, reportControl } from './site.mjs';

const folder = path.resolve(process.argv[2]);
const files = listFiles(folder);
const faults = new Set();
const note = (file, what) => faults.add(`${file}: ${what}`);
const read = (file) => readFileSync(path.join(folder, file), 'utf8');

/** What of a page matters here; runs in Chromium, whose parser is the one that counts. */
function dissect(html) {
  const addresses = { a: ['href'], area: ['href'], link: ['href'], img: ['src'], source: ['src'], video: ['src', 'poster'],
    audio: ['src'], track: ['src'], script: ['src'], iframe: ['src'], embed: ['src'], object: ['data'], form: ['action'],
    input: ['src'], use: ['href', 'xlink:href'], image: ['href', 'xlink:href'], blockquote: ['cite'], q: ['cite'], base: ['href'] };
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const page = { links: [], ids: [], unwanted: [], absolute: [] };
  for (const element of parsed.querySelectorAll('*')) {
    const tag = element.localName;
    if (element.id) page.ids.push(element.id);
    for (const name of addresses[tag] ?? []) {
      if (element.hasAttribute(name)) page.links.push({ tag, rel: element.getAttribute('rel') ?? '', url: element.getAttribute(name) });
    }
    for (const name of ['srcset', 'imagesrcset']) {
      for (const part of (element.getAttribute(name) ?? '').split(',').filter((text) => text.trim())) {
        page.links.push({ tag, rel: '', url: part.trim().split(/\s+/)[0] });
      }
    }
    for (const { name } of element.attributes) {
      if (name === 'style' || name.startsWith('on') || name === 'srcdoc') page.unwanted.push(`${name} on <${tag}>`);
    }
    if (tag === 'script' && !element.src && element.type !== 'application/ld+json') page.unwanted.push('inline script');
    if (tag === 'style' || tag === 'base') page.unwanted.push(`<${tag}>`);
    if (tag === 'script' && element.type === 'application/ld+json') {
      try { JSON.parse(element.textContent); } catch (error) { page.unwanted.push(`JSON-LD: ${error.message}`); }
    }
    if (tag === 'meta' && /url/.test(element.getAttribute('property') ?? '')) page.absolute.push(element.content);
    if (tag === 'meta' && element.httpEquiv === 'refresh') page.links.push({ tag: 'a', rel: '', url: element.content.replace(/^\s*\d+;\s*url=/i, '') });
    if (element.target === '_blank') page.unwanted.push('target=_blank');
  }
  return page;
}

/** The elements of an XML file with their texts, or why it is not well-formed; runs in Chromium. */
function dissectXml(text) {
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  const error = parsed.querySelector('parsererror');
  const of = (name, within = parsed) => [...within.getElementsByTagName(name)].map((element) => element.textContent);
  return {
    error: error?.textContent, root: parsed.documentElement.localName, space: parsed.documentElement.namespaceURI,
    locations: of('loc'), links: [...parsed.getElementsByTagName('link')].map((link) => link.getAttribute('href')),
    entries: [...parsed.getElementsByTagName('entry')].map((entry) => ['id', 'title', 'updated'].filter((name) => of(name, entry).length !== 1)),
    heads: ['id', 'title', 'updated'].filter((name) => of(name).length === 0),
  };
}

const browser = await launch();
const tab = await browser.newPage();
const pages = new Map();
for (const file of files.filter((name) => name.endsWith('.html'))) pages.set(file, await tab.evaluate(dissect, read(file)));

// ---- the address that the site is published at: canonical, feed, sitemap, and 404.html, which a host may show anywhere
const canonical = [...pages].flatMap(([file, { links }]) => links.filter(({ rel }) => rel === 'canonical').map(({ url }) => ({ file, url })));
const home = canonical.find(({ file }) => file === 'index.html')?.url.replace(/index\.html$/, '');
const published = (url) => home !== undefined && url.startsWith(home) ? decodeURIComponent(url.slice(home.length)) || 'index.html' : undefined;

function checkPublished(file, url) {
  const target = published(url);
  if (target === undefined) note(file, `not at the site's own address: ${url}`);
  else if (!existsSync(path.join(folder, target.split('#')[0]))) note(file, `leads nowhere: ${url}`);
}
for (const { file, url } of canonical) {
  if (published(url) !== file) note(file, `canonical is not the page itself: ${url}`);
}

// ---- pages
const outward = new Set(['a']);  // the only element that may name another host: a visitor decides to go there

function checkLink(file, { tag, rel, url }) {
  if (rel === 'canonical') return;
  if (file === '404.html' && home !== undefined) {
    const whole = new URL(url, home).href;  // its paths begin at the root of the host
    if ((url.startsWith('/') || url.startsWith(home)) && published(whole) !== undefined) return checkPublished(file, whole);
  }
  if (/^(https?:)?\/\//i.test(url)) {
    if (!outward.has(tag)) note(file, `<${tag}> needs another host: ${url}`);
    else if (published(url) !== undefined) note(file, `absolute: ${url}`);
    return;
  }
  if (/^(mailto|tel):/i.test(url) && tag === 'a') return;
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return note(file, `scheme: ${url}`);
  if (url.startsWith('/')) return note(file, `absolute: ${url}`);
  checkTarget(file, url);
}

function checkTarget(file, url) {
  const [address, fragment] = url.split('#');
  const target = address === '' ? file : path.posix.join(path.posix.dirname(file), decodeURIComponent(address));
  const stat = statSync(path.join(folder, target), { throwIfNoEntry: false });
  if (target.startsWith('..')) note(file, `leaves the site: ${url}`);
  else if (address.endsWith('/') || stat?.isDirectory()) note(file, `names no file: ${url}`);
  else if (!stat?.isFile()) note(file, `leads nowhere: ${url}`);
  else if (fragment && !pages.get(target)?.ids.includes(decodeURIComponent(fragment))) note(file, `no such place: ${url}`);
}

let followed = 0;
for (const [file, page] of pages) {
  for (const link of page.links) checkLink(file, link);
  for (const what of page.unwanted) note(file, `unwanted: ${what}`);
  for (const url of page.absolute) checkPublished(file, url);
  for (const id of page.ids.filter((id, index) => page.ids.indexOf(id) !== index)) note(file, `id twice: ${id}`);
  followed += page.links.length;
}

// ---- stylesheets, drawings
for (const file of files.filter((name) => name.endsWith('.css'))) {
  const text = read(file).replace(/\/\*[^]*?\*\//g, '');
  for (const [, url] of text.matchAll(/url\(\s*["']?([^"')]*)["']?\s*\)/g)) checkLink(file, { tag: 'css', rel: '', url });
  if (/@import/.test(text)) note(file, 'unwanted: @import');
}
for (const file of files.filter((name) => name.endsWith('.svg'))) {
  if (/<script|<foreignObject|\son\w+=|(href|src)="(https?:|\/\/)/i.test(read(file))) note(file, 'unwanted: script or another host in a drawing');
}

// ---- sitemap, feed, data
async function checkXml(file, root, space, check) {
  if (!files.includes(file)) return note(file, 'missing');
  const seen = await tab.evaluate(dissectXml, read(file));
  if (seen.error) note(file, `not well-formed: ${seen.error}`);
  else if (seen.root !== root || seen.space !== space) note(file, `not a ${root} of ${space}`);
  else check(seen);
}
await checkXml('sitemap.xml', 'urlset', 'http://www.sitemaps.org/schemas/sitemap/0.9', ({ locations }) => {
  if (locations.length === 0) note('sitemap.xml', 'empty');
  for (const url of locations) checkPublished('sitemap.xml', url);
  for (const { file, url } of canonical) {
    const hidden = /<meta name="robots" content="noindex">/.test(read(file));
    if (hidden === locations.includes(url)) note('sitemap.xml', `${hidden ? 'holds' : 'lacks'} ${file}`);
  }
});
await checkXml('feed.xml', 'feed', 'http://www.w3.org/2005/Atom', ({ heads, entries, links }) => {
  for (const name of heads) note('feed.xml', `lacks ${name}`);
  entries.forEach((lacking, index) => lacking.forEach((name) => note('feed.xml', `entry ${index + 1} lacks ${name}`)));
  for (const url of links) checkPublished('feed.xml', url);
});

/** Every `url` in the data, however deep, and every picture of `sources`. */
function* addressesIn(value, key = '') {
  if (typeof value === 'string') { if (['url', 'src', 'file', 'path'].includes(key)) yield value; }
  else if (value && typeof value === 'object') for (const [name, part] of Object.entries(value)) yield* addressesIn(part, Array.isArray(value) ? key : name);
}
for (const file of files.filter((name) => name.startsWith('data/') && name.endsWith('.json'))) {
  for (const url of addressesIn(JSON.parse(read(file)))) {
    if (!existsSync(path.join(folder, url)) || url.startsWith('/')) note(file, `leads nowhere: ${url}`);
  }
}

for (const file of files) {
  if (!/^[a-z0-9._/-]+$/.test(file)) note(file, 'not lower-case ASCII');
}
await browser.close();
console.log(`${pages.size} pages, ${followed} links followed: ${Math.round(performance.now() / 1000)} s`);
if (process.argv.includes('--control')) {
  reportControl('control of the links', [...faults], ['leads nowhere: nowhere.html', 'leads nowhere: missing.jpg',
    'leads nowhere: nowhere.png', 'absolute: /index.html', 'names no file: other/', 'no such place: #nothing',
    'scheme: javascript:', 'needs another host', 'unwanted: inline script', 'unwanted: style on', 'unwanted: onclick',
    'control.css: leads nowhere', 'sitemap.xml: leads nowhere', 'feed.xml: not well-formed']);
} else {
  report('links', [...faults].sort());
}
