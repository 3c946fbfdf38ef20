// Takes pictures of the fullest page of each kind of a built site as visitors see it, and lays them out on contact
// sheets; measures the contrast of every text meanwhile.
//   node look.mjs SITE FOLDER               FOLDER/index.html, FOLDER/sheet-1.jpg…, and a picture a page and size;
//                                           FOLDER/overview.jpg, the sheet of the README (docs/pictures/overview.jpg)
//   node look.mjs SITE FOLDER PAGE NAME     one page as it stands in a window of 1280×900, as NAME.jpg, for the README
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { faintTexts } from './contrast.mjs';
import { inParallel, launch, report, samplePages } from './site.mjs';

const [site, out] = process.argv.slice(2, 4).map((name) => path.resolve(name));
const [onePage, name] = process.argv.slice(4);
const ways = [
  { name: 'phone', label: '手机 390', width: 390, height: 844, query: '?m=w' },
  { name: 'desk', label: '电脑 1280', width: 1280, height: 900, query: '?m=w' },
  { name: 'elder', label: '长辈版 390', width: 390, height: 844, query: '?m=z' },
  { name: 'kiosk', label: '大屏 1080×1920', width: 1080, height: 1920, query: '?m=k' },
];
const tallest = 3;   // of a picture: so many screens are enough to judge a page

async function show(tab, page, query) {
  await tab.goto(pathToFileURL(path.join(site, page)).href + query, { waitUntil: 'load' });
  // Pictures further down wait for a visitor who scrolls; here nobody does.
  await tab.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}

async function shoot(tab, page, way, faults) {
  await show(tab, page, way.query);
  for (const each of await tab.evaluate(faintTexts))
    faults.add(`${page}${way.query}: “${each.words}” (${each.where}) has ${each.ratio} to 1 instead of ${each.wanted}: ${each.ink} on ${each.paper}`);
  const file = `${page.replace(/\.html$/, '').replaceAll('/', '-')}-${way.name}.jpg`;
  const height = await tab.evaluate(() => document.documentElement.scrollHeight);
  await tab.screenshot({ path: path.join(out, file), type: 'jpeg', quality: 80, fullPage: true,
    clip: { x: 0, y: 0, width: way.width, height: Math.min(height, way.height * tallest) } });
  return file;
}

/** FOLDER/index.html with all pictures, and the same as pictures of six pages each. */
async function layOut(browser, taken) {
  const rows = [...taken].sort().map(([page, files]) => `<section><h2>${page}</h2><div>${ways.map((way) =>
    `<figure class="${way.name}"><img src="${files[way.name]}" alt=""><figcaption>${way.label}</figcaption></figure>`).join('')}</div></section>`);
  const style = `body{margin:20px;background:#777;font:14px sans-serif;color:#fff}h2{font-size:16px;margin:24px 0 6px}div{display:flex;align-items:flex-start}
    figure{margin:0 12px 0 0;flex:none}figure img{display:block;max-height:620px;object-fit:cover;object-position:top}.phone img,.elder img{width:230px}.desk img{width:620px}.kiosk img{width:330px}`;
  const sheet = (sections) => `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>看样</title><style>${style}</style><body>${sections.join('')}`;
  writeFileSync(path.join(out, 'index.html'), sheet(rows));
  const tab = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  const each = 6;
  for (let at = 0; at < rows.length; at += each) {
    const file = path.join(out, 'sheet.html');
    writeFileSync(file, sheet(rows.slice(at, at + each)));
    await tab.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    await tab.screenshot({ path: path.join(out, `sheet-${at / each + 1}.jpg`), type: 'jpeg', quality: 80, fullPage: true });
  }
}

// First screens of the pages that visitors come for, small enough for a README.
const best = { index: '首页', 'honors/index': '群英谱', 'people/record': '人物', 'teams/record': '集体', 'batches/record': '表彰批次', 'exhibitions/record': '风采录',
  'exhibitions/part': '展项', 'albums/record': '影集', 'oral/record': '口述历史', 'lectures/index': '宣讲菜单', 'stats/index': '数据', search: '检索' };

async function overview(browser, taken, samples) {
  const cells = Object.entries(best).map(([kind, label]) => {
    const page = samples.find((sample) => sample.kind === kind)?.fullest;
    if (!page) throw new Error(`no page of ${kind} for the overview`);
    return `<figure><figcaption>${label}</figcaption>${ways.map((way) => `<img src="${taken.get(page)[way.name]}" alt="" width="${Math.round(190 * way.width / way.height)}">`).join('')}</figure>`;
  });
  const style = `body{margin:14px;background:#1E1A17;font:15px "Noto Sans CJK SC",sans-serif;color:#F3EAD7;display:flex;flex-wrap:wrap;width:1800px}
    figure{margin:0 18px 16px 0}figcaption{margin-bottom:4px}img{height:190px;object-fit:cover;object-position:top;margin-right:6px;vertical-align:top}`;
  const file = path.join(out, 'overview.html');
  writeFileSync(file, `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>总览</title><style>${style}</style><body>${cells.join('')}`);
  const tab = await browser.newPage({ viewport: { width: 1772, height: 700 } });
  await tab.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  await tab.screenshot({ path: path.join(out, 'overview.jpg'), type: 'jpeg', quality: 82, fullPage: true });
}

mkdirSync(out, { recursive: true });
const browser = await launch();
if (onePage) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
  await show(tab, onePage, '');
  await tab.screenshot({ path: path.join(out, `${name}.jpg`), type: 'jpeg', quality: 88 });
} else {
  const samples = samplePages(site);
  const pages = samples.filter(({ kind }) => !['forward', '404'].includes(kind)).map(({ fullest }) => fullest);
  const taken = new Map(pages.map((page) => [page, {}]));
  const faults = new Set();
  await inParallel(ways, 2, async (way) => {
    const context = await browser.newContext({ viewport: { width: way.width, height: way.height }, locale: 'zh-CN', reducedMotion: 'reduce' });
    const tab = await context.newPage();
    for (const page of pages) taken.get(page)[way.name] = await shoot(tab, page, way, faults);
    await context.close();
  });
  await layOut(browser, taken);
  await overview(browser, taken, samples);
  console.log(`${pages.length} pages in ${ways.length} ways: ${path.join(out, 'index.html')}`);
  report('contrast', [...faults].sort());
}
await browser.close();
