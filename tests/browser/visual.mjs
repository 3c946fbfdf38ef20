// What pages look like, against pictures of how they looked when somebody last said that they are right.
//   node visual.mjs SITE PICTURES           compares; SITE-relative pages and sizes are listed below
//   UPDATE_VISUAL=1 node visual.mjs …       takes them anew: look at them before you commit them
//
// Pictures are a quarter of the size of the screen, so that the drawing of single letters, which differs between builds
// of Chromium and FreeType, is smoothed away and what is left is the layout: a block that moved, a colour, a face, a
// picture that is gone. A pixel differs when a channel does by more than 40 of 255; a page when more than 2 % of its
// pixels do. The control must be seen: the same page with each of four small faults is another page.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, report } from './site.mjs';

const [site, pictures] = process.argv.slice(2, 4).map((name) => path.resolve(name));
const update = Boolean(process.env.UPDATE_VISUAL);
const allowed = 0.02, step = 40, shrink = 4;
const looks = [
  ['home', 'index.html', 1280, 1500, 'w'], ['home-phone', 'index.html', 390, 1200, 'w'],
  ['roll', 'honors/index.html', 1280, 1500, 'w'], ['person', 'people/wang-yangli.html', 1280, 1500, 'w'],
  ['person-phone', 'people/wang-yangli.html', 390, 1200, 'w'], ['person-elder', 'people/wang-yangli.html', 390, 1200, 'z'],
  ['batch', 'batches/2022-municipal-beautiful.html', 1280, 1500, 'w'], ['exhibition', 'exhibitions/yangli-portraits.html', 1280, 1500, 'w'],
  ['exhibit', 'exhibitions/yangli-portraits-1.html', 1280, 900, 'w'], ['search', 'search.html', 1280, 900, 'w'],
  ['albums', 'albums/index.html', 1280, 900, 'w'], ['lectures', 'lectures/index.html', 1280, 900, 'w'],
];
const faults = [
  ['a heading that moved', 'h1{margin-top:60px !important}'],
  ['another paper', 'body{background:#cfe2cf !important}'],
  ['pictures that are gone', 'img,.tile{visibility:hidden !important}'],
  ['larger letters', 'html{font-size:24px !important}'],
];

async function shoot(browser, [, page, width, height, mode], style = '') {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', reducedMotion: 'reduce' });
  const tab = await context.newPage();
  await tab.goto(`${pathToFileURL(path.join(site, page)).href}?m=${mode}`, { waitUntil: 'load' });
  await tab.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
  if (style) await tab.addStyleTag({ content: style });
  const png = await tab.screenshot({ type: 'png' });
  await context.close();
  return png;
}

/** In the browser: pictures are read, shrunk and compared there, so that no library is needed for it. */
async function inBrowser(browser, task, ...texts) {
  const tab = await browser.newPage();
  const outcome = await tab.evaluate(task, texts);
  await tab.close();
  return outcome;
}
const small = (browser, png) => inBrowser(browser, async ([url, times]) => {
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  const canvas = new OffscreenCanvas(Math.round(image.width / times), Math.round(image.height / times));
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}, dataUrl(png), shrink);
const difference = (browser, left, right) => inBrowser(browser, async ([urls, least]) => {
  const [a, b] = await Promise.all(urls.map(async (url) => {
    const image = Object.assign(new Image(), { src: url });
    await image.decode();
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  }));
  if (a.width !== b.width || a.height !== b.height) return 1;
  let others = 0;
  for (let at = 0; at < a.data.length; at += 4)
    others += [0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > least);
  return others / (a.width * a.height);
}, [dataUrl(left), dataUrl(right)], step);
function dataUrl(png) { return `data:image/png;base64,${Buffer.from(png).toString('base64')}`; }
const percent = (part) => `${(part * 100).toFixed(1)} %`;

mkdirSync(pictures, { recursive: true });
const browser = await launch();
const found = [];
for (const look of looks) {
  const file = path.join(pictures, `${look[0]}.png`);
  const now = Buffer.from(await small(browser, await shoot(browser, look)), 'base64');
  if (update) writeFileSync(file, now);
  if (!existsSync(file)) { found.push(`${look[0]}: there is no picture of it; UPDATE_VISUAL=1 takes one`); continue; }
  const part = await difference(browser, readFileSync(file), now);
  console.log(`${look[0]}: ${percent(part)}`);
  if (part > allowed) {
    writeFileSync(path.join(site, '..', `visual-${look[0]}.png`), now);
    found.push(`${look[0]} (${look[1]}, ${look[2]} px): ${percent(part)} differ; as it is now: ${path.resolve(site, '..', `visual-${look[0]}.png`)}`);
  }
}
const person = looks.find(([name]) => name === 'person');
const right = Buffer.from(await small(browser, await shoot(browser, person)), 'base64');
for (const [name, style] of faults) {
  const part = await difference(browser, right, Buffer.from(await small(browser, await shoot(browser, person, style)), 'base64'));
  console.log(`control, ${name}: ${percent(part)}`);
  if (part <= allowed) found.push(`control: ${name} is not seen (${percent(part)})`);
}
await browser.close();
report('looks', found);
