// The pages of photographs in a real Chromium: what a click between the eyes does, and that the crops shown at once are
// those that the worker makes.
//   node focus.mjs PROGRAM REPOSITORY WORK [--pictures FOLDER]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { launch } from '../browser/site.mjs';
import { ask, makeSite, patience, person, run, save, startPreview, tokenOf, until, untilUp } from './preview.mjs';

const axe = readFileSync(createRequire(new URL('../browser/pages.mjs', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
const [program, repository, work] = process.argv.slice(2, 5).map((name) => path.resolve(name));
const pictures = process.argv[5] === '--pictures' ? path.resolve(process.argv[6]) : null;
if (pictures) mkdirSync(pictures, { recursive: true });
const site = makeSite(repository, work, 1);

// Heads in the middle, near each edge, large and small; one of which only the eyes are known.
const heads = [[0.5, 0.4, 0.4], [0.48, 0.31, 0.2], [0.5, 0.24, 0.45], [0.52, 0.66, 0.4], [0.05, 0.5, 0.1], [0.9, 0.93, 0.6],
  [0.5, 0.5, 0.68], [0.4, 0.3, 0.02], [0.47, 0.37, 0]];
const portrait = path.join(repository, 'content/people/wang-yangli/portrait.jpg');
const slug = (i) => `q${i}`;
const focusOf = (i) => `/_qunying/focus?of=person/${slug(i)}&photo=content/people/${slug(i)}/a.jpg`;
const recordOf = (i) => path.join(site, `content/people/${slug(i)}/index.md`);
heads.forEach(([x, y, height], i) => {
  const head = height ? `, head: ${height}` : '';
  save(site, `content/people/${slug(i)}/index.md`, person(`样例${i}`, '样例故事。',
    `portrait: {file: a.jpg, alt: 近照, focus: [${x}, ${y}]${head}}\n`));
  copyFileSync(portrait, path.join(site, `content/people/${slug(i)}/a.jpg`));
});
save(site, 'content/people/bare/index.md', person('样例光', '样例故事。', '照片: a.jpg\n'));
copyFileSync(portrait, path.join(site, 'content/people/bare/a.jpg'));

// What the worker cut, before the preview locks the site.
const sheet = path.join(work, 'sheet');
execFileSync(program, ['report', site, '--pictures', '-o', sheet], { stdio: 'ignore' });
const [names, ...lines] = readFileSync(path.join(sheet, 'pictures.csv'), 'utf8').trim().split('\r\n').map((row) => row.split(','));
const crops = lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [names[i], cell])));

const preview = await startPreview(program, site);
const { port } = preview;
await untilUp(port);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'zh-CN' });
await context.grantPermissions(['clipboard-read', 'clipboard-write']);
const complaints = [];
const page = await context.newPage();
page.setDefaultTimeout(patience);
page.on('console', (message) => { if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`); });
page.on('pageerror', (error) => complaints.push(String(error)));
const go = (where) => page.goto(preview.address + where.slice(1));
const line = () => page.locator('#line').inputValue();
const picture = (name) => pictures && page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });

async function click(x, y) {
  const box = await page.locator('#original').boundingBox();
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}

const faults = await run([
  ['the list shows every portrait and finds one by name', async () => {
    await go('/_qunying/');
    await page.click('a[href="/_qunying/pictures"]');
    await page.locator('.photos li').nth(heads.length).waitFor();
    assert.equal(await page.locator('.photos img').evaluateAll((all) => all.filter((each) => each.naturalWidth > 0).length), heads.length + 1);
    await picture('list');
    await page.fill('input[type=search]', '样例3');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.photos li').length === 1);
    await page.click('.photos a');
    await page.locator('#line').waitFor();
    assert.match(page.url(), /person\/q3/);
  }],
  ['the crops drawn at once are the worker\'s, to the pixel', async () => {
    for (let i = 0; i < heads.length; i += 1) {
      await go(focusOf(i));
      for (const crop of crops.filter((each) => each.id === slug(i))) {
        const drawn = await page.evaluate(([name, [x, y, height]]) => {
          const { recipes } = JSON.parse(document.getElementById('data').dataset.photo);
          return window.qunyingCropBox(recipes.find((each) => each.name === name), { x, y, height });
        }, [crop.recipe, heads[i]]);
        const cut = { left: +crop.crop_left, top: +crop.crop_top, width: +crop.crop_width, height: +crop.crop_height };
        // A head that nobody stated may have been found.
        if (heads[i][2] || crop.head === '') assert.deepEqual(drawn, cut, `${slug(i)} ${crop.recipe}`);
      }
    }
  }],
  ['one click moves the eyes, a second the chin; the line is the record\'s own with them in it', async () => {
    await go(focusOf(0));
    await page.locator('#original').evaluate((image) => image.decode());
    assert.equal(await line(), 'focus: [0.50, 0.40]\nhead: 0.40');
    await click(0.48, 0.31);
    assert.match(await page.locator('#say').innerText(), /下巴/);
    await click(0.5, 0.46);
    assert.equal(await line(), 'portrait: {file: a.jpg, alt: 近照, focus: [0.48, 0.31], head: 0.30}');
    assert.equal(await page.locator('.crops.then svg').count() > 0, true);
    await page.waitForFunction(() => document.querySelectorAll('.crops.then img').length === document.querySelectorAll('.crops.then figure').length);
    await picture('focus');
    await page.click('#copy');
    await page.waitForFunction(() => document.getElementById('copied').textContent !== '');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await line());
    await page.click('#undo');
    assert.equal(await line(), 'focus: [0.50, 0.40]\nhead: 0.40');
  }],
  ['by keyboard alone', async () => {
    await page.focus('#photo');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowUp');
    assert.match(await line(), /focus: \[0\.4[89], 0\.37\], head: 0\.40/);
    await page.keyboard.press('+');
    assert.match(await line(), /head: 0\.42/);
    await page.keyboard.press('-');
    assert.match(await line(), /head: 0\.40/);
  }],
  ['a bare file name becomes a group, in the language of the record', async () => {
    await go('/_qunying/focus?of=person/bare&photo=content/people/bare/a.jpg');
    await page.locator('#original').evaluate((image) => image.decode());
    await click(0.5, 0.4);
    assert.match(await line(), /^照片: \{(file|文件): a\.jpg, (focus|焦点): \[0\.50, 0\.40\]/);
  }],
  ['old prints: before and after, the original as it was', async () => {
    await go(focusOf(1));
    const before = readFileSync(path.join(site, 'content/people/q1/a.jpg'));
    await page.check('#old');
    await page.click('#turn-left');
    await page.click('#turn-left');
    await page.check('#trim');
    await page.waitForFunction(() => /turn=-1&trim=1&old=1/.test(document.getElementById('treated').src) && document.getElementById('treated').naturalWidth > 0);
    assert.match(await line(), /, turn: -1, trim: yes, old_print: yes\}$/);
    await picture('old');
    assert.deepEqual(readFileSync(path.join(site, 'content/people/q1/a.jpg')), before);
  }],
  ['what was pasted and saved shows on the open page', async () => {
    await go(focusOf(0));
    await page.locator('#original').evaluate((image) => image.decode());
    await click(0.4, 0.3);
    const pasted = await line();
    const text = readFileSync(recordOf(0), 'utf8').replace(/^portrait: .*$/m, pasted);
    save(site, `content/people/${slug(0)}/index.md`, text);
    await page.waitForFunction(() => document.getElementById('line').value.startsWith('focus: [0.40, 0.30]'));
  }],
  ['originals are never sent: no metadata, no token no picture, nothing outside the list', async () => {
    const token = tokenOf((await ask(port, focusOf(0))).text);
    const photo = (file, more) => ask(port, `/_qunying/photo?of=person/q0&photo=${encodeURIComponent(file)}&as=whole${more}`);
    const good = await photo('content/people/q0/a.jpg', `&token=${token}`);
    assert.equal(good.status, 200);
    assert.equal(good.headers['content-type'], 'image/jpeg');
    assert.equal(good.headers['cache-control'], 'no-store');
    assert.equal(good.bytes.includes('Exif'), false);
    assert.notDeepEqual(good.bytes, readFileSync(path.join(site, 'content/people/q0/a.jpg')));
    assert.equal((await photo('content/people/q0/a.jpg', '')).status, 403);
    for (const other of ['content/people/q0/index.md', 'content/site.yaml', '../site/content/people/q0/a.jpg', '/etc/passwd', 'content/people/q1/a.jpg'])
      assert.equal((await photo(other, `&token=${token}`)).status, 404, other);
    const foreign = { headers: { Origin: 'http://example.org' } };
    for (const where of ['/_qunying/pictures', focusOf(0), '/_qunying/focus.js'])
      assert.equal((await ask(port, where, foreign)).status, 403);
    assert.equal((await ask(port, '/_qunying/pictures', { method: 'POST' })).status, 405);
  }],
  ['axe has nothing to say', async () => {
    for (const where of ['/_qunying/pictures', focusOf(0)]) {
      await go(where);
      await page.waitForLoadState('load');
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
      }));
      assert.deepEqual(found.violations.map((each) => `${where} ${each.id} ${each.nodes[0].html}`), []);
    }
  }],
  ['a narrow screen needs no sideways scroll', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const where of ['/_qunying/pictures', focusOf(2)]) {
      await go(where);
      await until('a page', () => page.evaluate(() => document.readyState === 'complete'));
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, where);
    }
  }],
  ['nothing was complained about', () => { assert.deepEqual(complaints.filter((each) => !each.endsWith('/favicon.ico')), []); }],
]);
await browser.close();
await preview.stop();
process.exitCode = faults === 0 ? 0 : 1;
