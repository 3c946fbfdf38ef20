// Takes a picture of the fullest page of each kind of a built site, 390 and 1280 pixels wide.
//   node look.mjs SITE FOLDER
//   node look.mjs SITE FOLDER PAGE NAME     one page as it stands in a window of 1280×900, as NAME.jpg, for the README
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inParallel, launch, samplePages } from './site.mjs';

const [site, out] = process.argv.slice(2, 4).map((name) => path.resolve(name));
const [onePage, name] = process.argv.slice(4);
const widths = { 390: 844, 1280: 900 };

async function shoot(tab, page, options) {
  await tab.goto(pathToFileURL(path.join(site, page)).href, { waitUntil: 'load' });
  // Pictures further down wait for a visitor who scrolls; here nobody does.
  await tab.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
  await tab.screenshot(options);
}

mkdirSync(out, { recursive: true });
const browser = await launch();
if (onePage) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
  await shoot(tab, onePage, { path: path.join(out, `${name}.jpg`), type: 'jpeg', quality: 88 });
} else {
  await inParallel(Object.entries(widths), 2, async ([width, height]) => {
    const tab = await browser.newPage({ viewport: { width: Number(width), height }, locale: 'zh-CN' });
    for (const { kind, fullest } of samplePages(site).filter((sample) => sample.kind !== 'forward')) {
      await shoot(tab, fullest, { path: path.join(out, `${kind.replaceAll('/', '-')}-${width}.png`), fullPage: true });
    }
  });
}
await browser.close();
