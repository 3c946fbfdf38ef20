// An open page of the preview in a real Chromium: what a save does to it, and what it does not.
//   node page.mjs PROGRAM REPOSITORY WORK [--pictures FOLDER]
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { launch } from '../browser/site.mjs';
import { ask, makeSite, patience, person, run, save, startPreview, until, untilUp } from './preview.mjs';

const [program, repository, work] = process.argv.slice(2, 5).map((name) => path.resolve(name));
const pictures = process.argv[5] === '--pictures' ? path.resolve(process.argv[6]) : null;
if (pictures) mkdirSync(pictures, { recursive: true });
const long = (word) => Array.from({ length: 120 }, (_, i) => `第${i}段：${word}。`).join('\n\n');
const site = makeSite(repository, work);
save(site, 'content/people/p0.md', person('样例甲', long('旧话')));
let preview = await startPreview(program, site);
const { port } = preview;
await untilUp(port);

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
const complaints = [];
async function open(where = 'people/p0.html') {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(preview.address + where);
  return page;
}

// Survives no reload: so a page that still has it was not loaded again.
const stain = (page) => page.evaluate(() => { window.stained = true; });
const isStained = (page) => page.evaluate(() => window.stained === true);
const shows = (page, words) => page.waitForFunction((text) => document.body.innerText.includes(text), words);
const banner = (page) => page.locator('qunying-live .banner');
const picture = (page, name) => pictures && page.screenshot({ path: path.join(pictures, `${name}.png`) });

const page = await open();
const faults = await run([
  ['drafts are watermarked', async () => {
    assert.match(await page.evaluate(() => getComputedStyle(document.querySelector('.preview'), '::after').content), /预览/);
  }],
  ['a save shows on the open page, which keeps its place and its focus', async () => {
    await page.evaluate(() => { document.querySelector('footer a, a').focus({ preventScroll: true }); window.scrollTo(0, 3000); });
    const before = await page.evaluate(() => ({ y: window.pageYOffset, focus: document.activeElement.outerHTML }));
    assert.ok(before.y > 1000);
    const start = Date.now();
    save(site, 'content/people/p0.md', person('样例甲', long('新话')));
    await shows(page, '新话');
    console.log(`save to page: ${Date.now() - start} ms`);
    await page.waitForFunction((y) => window.pageYOffset === y, before.y);
    assert.equal(await page.evaluate(() => document.activeElement.outerHTML), before.focus);
  }],
  ['saved as vim and Word save', async () => {
    save(site, 'content/people/.p0.md.tmp', person('样例甲', long('改名而来')));
    renameSync(path.join(site, 'content/people/.p0.md.tmp'), path.join(site, 'content/people/p0.md'));
    await shows(page, '改名而来');
    renameSync(path.join(site, 'content/people/p0.md'), path.join(site, 'content/people/p0.md~'));
    save(site, 'content/people/p0.md', person('样例甲', long('旧的让开')));
    await shows(page, '旧的让开');
  }],
  ['a page that stays the same is not loaded again', async () => {
    const other = await open('people/p1.html');
    await stain(page);
    save(site, 'content/people/p1.md', person('样例乙', '换了故事。'));
    await shows(other, '换了故事');
    assert.equal(await isStained(page), true);
    await other.close();
  }],
  ['a theme\'s style is a reason to load again', async () => {
    await stain(page);
    const style = 'themes/hall/static/tokens.css';
    save(site, style, `${readFileSync(path.join(site, style), 'utf8')}\n:root { --paper: #FAF7F2 }\n`);
    await page.waitForFunction(() => window.stained !== true, null, { timeout: 10_000 });
  }],
  ['a new nested folder, a rename, a deletion', async () => {
    const nobody = await open('people/new.html');
    save(site, 'content/people/new/index.md', person('样例新', '新来的。'));
    await shows(nobody, '新来的');
    renameSync(path.join(site, 'content/people/new'), path.join(site, 'content/people/newer'));
    await until('404 in its place', async () => (await ask(port, '/people/new.html')).status === 404);
    await nobody.waitForFunction(() => !document.body.innerText.includes('新来的'));
    await nobody.goto(`${preview.address}people/newer.html`);
    await shows(nobody, '新来的');
    rmSync(path.join(site, 'content/people/newer'), { recursive: true });
    await nobody.waitForFunction(() => !document.body.innerText.includes('新来的'));
    await nobody.close();
  }],
  ['a broken file: a banner over the last good page, which goes when it is mended', async () => {
    await stain(page);
    save(site, 'content/people/p1.md', '---\nname: 样例乙\nteams: [nobody\n---\n');
    await banner(page).waitFor();
    await page.waitForFunction(() => document.querySelector('qunying-live').shadowRoot.querySelector('.banner code'));
    assert.match(await banner(page).innerText(), /\d+ 处错误/);
    assert.match(await banner(page).locator('code').first().innerText(), /^content\/people\/p1\.md:\d+:\d+$/);
    await picture(page, 'banner');
    if (pictures) {
      await page.setViewportSize({ width: 390, height: 844 });
      await picture(page, 'banner-phone');
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    const findings = await open('_qunying/');
    await shows(findings, 'content/people/p1.md');
    await picture(findings, 'findings');
    assert.equal(await isStained(page), true);
    save(site, 'content/people/p1.md', person('样例乙', '改好了。'));
    await banner(page).waitFor({ state: 'detached' });
    assert.equal(await isStained(page), true);
    await shows(findings, '没有问题');
    await findings.close();
  }],
  ['a page opened while a file is broken shows the banner too', async () => {
    save(site, 'content/people/p1.md', '---\nname: [\n---\n');
    await banner(page).waitFor();
    const late = await open('people/p2.html');
    await banner(late).waitFor();
    save(site, 'content/people/p1.md', person('样例乙', '又改好了。'));
    await banner(late).waitFor({ state: 'detached' });
    await late.close();
  }],
  ['forty open tabs: each follows, and a new page still opens', async () => {
    const tabs = [];
    for (let i = 0; i < 40; i += 1) tabs.push(await open(`people/p${i % 3}.html`));
    save(site, 'content/site.yaml', 'title: 样例新群英谱\norganisation: 样例单位\nregions: [样例区]\n'
      + 'defaults: {status: approved, visibility: public}\n');
    const start = Date.now();
    const last = await open('index.html');
    await shows(last, '样例新群英谱');
    console.log(`a new page beside 40 tabs: ${Date.now() - start} ms`);
    for (const tab of tabs) await shows(tab, '样例新群英谱');
    console.log(`all tabs: ${Date.now() - start} ms`);
    for (const tab of [...tabs, last]) await tab.close();
  }],
  ['a stream that is cut: the page asks again and again, and heals when the preview is back', async () => {
    await preview.stop();
    await page.locator('qunying-live .pill').waitFor();
    assert.match(await page.locator('qunying-live .pill').innerText(), /没有回应/);
    await picture(page, 'lost');
    save(site, 'content/people/p0.md', person('样例甲', long('停了又来')));
    complaints.length = 0;  // refused connections while it was away
    preview = await startPreview(program, site, '--port', String(port));
    await shows(page, '停了又来');
    complaints.length = 0;
    save(site, 'content/people/p0.md', person('样例甲', long('又跟上了')));
    await shows(page, '又跟上了');
  }],
  ['nothing was complained about', () => {
    const own = complaints.filter((each) => !/status of 404/.test(each));
    assert.deepEqual(own, []);
  }],
]);

// A site that is broken from the beginning.
await preview.stop();
save(site, 'content/people/p1.md', '---\nname: [\n---\n');
preview = await startPreview(program, site, '--port', String(port));
const more = await run([
  ['a site that is broken from the start shows its findings in place of each page, until it is mended', async () => {
    await page.goto(`${preview.address}people/p0.html`);
    await shows(page, 'content/people/p1.md');
    save(site, 'content/people/p1.md', person('样例乙', '好了。'));
    await shows(page, '又跟上了');
  }],
]);
await browser.close();
await preview.stop();
process.exitCode = faults + more === 0 ? 0 : 1;
