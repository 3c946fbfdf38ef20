// Names with rare characters in a Chromium that has no Chinese font at all: each must be drawn, not boxed, from file://
// and under a Content-Security-Policy of default-src 'self'. Without the fonts of the site each must be a box, or this
// test would not see one.
//   node glyphs.mjs PROGRAM SOURCE WORK
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const [program, source, work] = process.argv.slice(2);
const { chromium } = createRequire(path.join(source, 'tests/browser/site.mjs'))('playwright-core');
const rare = [...'䶮㛃镕𬭎𫖯𠅤'];

function buildSite() {
  for (const folder of ['content', 'themes', 'public']) rmSync(path.join(work, folder), { recursive: true, force: true });
  mkdirSync(path.join(work, 'content/people'), { recursive: true });
  cpSync(path.join(source, 'themes'), path.join(work, 'themes'), { recursive: true });
  writeFileSync(path.join(work, 'content/site.yaml'), 'title: 生僻字样例\norganisation: 样例单位\n');
  rare.forEach((character, i) => writeFileSync(path.join(work, `content/people/p${i}.md`), `---
name: 王${character}
retire_kind: 退休
former_post: 样例局退休干部
life: living
org: 样例单位
region: 样例区
source: 样例
consent: {basis: 公开材料}
status: approved
visibility: public
---

文中也写${character}字。
`));
  execFileSync(program, ['build', work], { stdio: ['ignore', 'ignore', 'inherit'] });
}

// DejaVu alone, which has no hanzi: with no font at all Chromium draws nothing, not even those a page brings along.
function fontsWithoutHanzi() {
  const config = path.join(work, 'fonts.conf');
  writeFileSync(config, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>${path.join(work, 'fontcache')}</cachedir></fontconfig>`);
  return config;
}

function serve(folder) {
  const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
  const server = createServer((request, response) => {
    const file = path.join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': "default-src 'self'",
    }).end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** What stands in an element where `character` does, as the bytes of a picture; and a box at the same place. */
async function looks(page, selector, character) {
  const place = await page.evaluate(([selector, character]) => {
    const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(character);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + character.length);
      const { x, y, height } = range.getBoundingClientRect();
      window.boxed = () => { node.data = node.data.replace(character, '\uE123'); };
      return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(height / 2), height: Math.ceil(height) };
    }
    return null;
  }, [selector, character]);
  if (!place) throw new Error(`${selector} has no ${character}`);
  const drawn = await page.screenshot({ clip: place });
  await page.evaluate(() => window.boxed());
  const box = await page.screenshot({ clip: place });
  return { drawn, box };
}

async function check(browser, base, fonts) {
  const page = await browser.newPage({ viewport: { width: 900, height: 1400 } });
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  if (!fonts) await page.route(/fonts\.css|\.woff2/, (route) => route.abort());
  let boxes = 0;
  for (const [i, character] of rare.entries()) {
    await page.goto(`${base}/people/p${i}.html`);
    await page.evaluate(() => document.fonts.ready);
    for (const selector of ['h1', ...(character === '镕' ? [] : ['.prose'])]) {
      const { drawn, box } = await looks(page, selector, character);
      if (drawn.equals(box)) {
        boxes += 1;
        if (fonts) console.log(`${base} ${selector}: ${character} is a box`);
      }
    }
  }
  await page.close();
  if (fonts && complaints.length) console.log(complaints.join('\n'));
  return { boxes, complaints: complaints.length };
}

buildSite();
const site = path.join(work, 'public');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  env: { ...process.env, FONTCONFIG_FILE: fontsWithoutHanzi() },
});
const server = await serve(site);
const web = `http://127.0.0.1:${server.address().port}`;
const looked = 2 * rare.length - 1;
let failed = false;
for (const base of [`file://${site}`, web]) {
  const { boxes, complaints } = await check(browser, base, true);
  failed ||= boxes > 0 || complaints > 0;
}
const control = await check(browser, `file://${site}`, false);
if (control.boxes !== looked) {
  console.log(`without its fonts ${control.boxes} of ${looked} are boxes: this test sees none where they are`);
  failed = true;
}
console.log(failed ? 'failed' : `${looked} glyphs drawn from file:// and under the policy, ${control.boxes} boxes without`);
await browser.close();
server.close();
process.exit(failed ? 1 : 0);
