// Builds a site whose stories and fields hold attempts to run a script, opens its pages without any policy (file://)
// and sees that none runs. As a control the same attempts stand unescaped on pages of their own, where they do run.
//   node xss.mjs PROGRAM REPOSITORY WORK
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inParallel, launch, listFiles, report } from './site.mjs';

const [program, repository, work] = process.argv.slice(2).map((name) => path.resolve(name));
const fire = '(window.fired=window.fired||[]).push(1)';

// What runs where it stands unescaped in a page. `FIRE` is the payload.
const html = [
  '<script>FIRE</script>', '<ScRiPt >FIRE</sCrIpT>', '</title><script>FIRE</script>', '</script><script>FIRE</script>',
  '--><script>FIRE</script><!--', ']]><script>FIRE</script>', '"><script>FIRE</script>', "'><script>FIRE</script>",
  '<img src=x onerror=FIRE>', '<img/src="x"/onerror=FIRE>', '<IMG SRC=x ONERROR="FIRE">', '"><img src=x onerror=FIRE>',
  "'><img src=x onerror=FIRE>", '<svg onload=FIRE>', '<svg><script>FIRE</script></svg>',
  '<svg><animate onbegin=FIRE attributeName=x dur=1s>', '<details open ontoggle=FIRE>x</details>',
  '<input autofocus onfocus=FIRE>', '<video src=x onerror=FIRE></video>', '<video><source onerror=FIRE></video>',
  '<audio src=x onerror=FIRE></audio>', '<iframe src="javascript:parent.FIRE"></iframe>',
  '<iframe srcdoc="<script>parent.FIRE</script>"></iframe>', '<object data=x onerror=FIRE></object>',
  '<style>@keyframes k{}</style><p style="animation:k 1ms" onanimationstart=FIRE>x</p>',
  '<math><mtext><img src=x onerror=FIRE></mtext></math>', '<template></template><img src=x onerror=FIRE>',
  '<noscript><p title="</noscript><img src=x onerror=FIRE>">', '<a href="javascript:FIRE">x</a>',
  '<a href="java&#9;script:FIRE">x</a>', '<a href="&#106;avascript:FIRE">x</a>', '<a href=" javascript:FIRE">x</a>',
  '<form action="javascript:FIRE"><button>x</button></form>', '<form><button formaction="javascript:FIRE">x</button></form>',
  '<b onmouseover=FIRE>x</b>', '<body onload=FIRE>', '<img src=x:x onerror\n=FIRE>',
];
// What Markdown, references and templates may turn into the above.
const written = [
  '[x](x "t" onmouseover="FIRE")', '[x](\\javascript:FIRE)', '![x](x"onerror="FIRE)',
  '[[p0|<img src=x onerror=FIRE>]]', '`<script>FIRE</script>`', '```"><script>FIRE</script>\nx\n```',
  '# <img src=x onerror=FIRE>', '| <img src=x onerror=FIRE> |\n|---|\n| "onmouseover=FIRE |', 'x[^1]\n\n[^1]: <img src=x onerror=FIRE>',
  '{{ "<script>FIRE</script>" }}', '{% raw %}<script>FIRE</script>{% endraw %}', '\u0001<script>FIRE</script>',
];
// Addresses that a site is not built with: the author is told.
const refused = [
  '<javascript:FIRE>',
  '[x](javascript:FIRE)', '[x](JaVaScRiPt:FIRE)', '[x](<java\tscript:FIRE>)', '[x](&#106;avascript:FIRE)',
  '[x](javascript&colon;FIRE)', '[x](vbscript:FIRE)', '[x](data:text/html,<b>FIRE</b>)', '![x](javascript:FIRE)',
  '[x]: javascript:FIRE\n\n[x]', '[x](%6aavascript:FIRE)', '![x](data:image/svg+xml,<svg/onload=FIRE>)',
];
const armed = (vector) => vector.replaceAll('FIRE', /^\[\[|parent/.test(vector) ? 'fired=1' : fire);
const yaml = (value) => JSON.stringify(value);

// ---- the site

const site = path.join(work, 'site');
rmSync(path.join(site, 'content'), { recursive: true, force: true });
rmSync(path.join(site, 'public'), { recursive: true, force: true });
mkdirSync(path.join(site, 'content'), { recursive: true });
cpSync(path.join(repository, 'themes'), path.join(site, 'themes'), { recursive: true });
const portrait = path.join(repository, 'content/people/zhao-xuni/portrait.jpg');

function write(name, fields, story = '') {
  const file = path.join(site, 'content', name);
  mkdirSync(path.dirname(file), { recursive: true });
  const front = Object.entries(fields).map(([key, value]) => `${key}: ${yaml(value)}\n`).join('');
  writeFileSync(file, name.endsWith('.yaml') ? front : `---\n${front}---\n${story}\n`);
}

/** Vectors that fit a field of `longest` characters; the shortest payload that still tells. */
const short = (vector) => vector.replaceAll('FIRE', 'fired=1');
const fields = [...html, ...written].filter((vector) => !/[\n\t\u0001]/.test(vector)).map(short);
const fitting = (number, longest) => {
  for (let step = 0; step < fields.length; ++step) {
    const vector = fields[(number + step) % fields.length];
    if ([...vector].length <= longest) return vector;
  }
  return 'x';
};
const published = { status: 'approved', visibility: 'public' };
const consent = { basis: '本人授权', text: true, portrait: true, voice: true, signer: '本人', date: '2025-03-01', scope: ['互联网'] };

function person(number, story) {
  const text = (longest) => fitting(number, longest);
  return [`people/p${number}/index.md`, {
    name: text(50), sex: '女', birth: '1949-09', retire_kind: '退休', former_post: text(100), life: 'living',
    title: text(100), native_place: text(30), epithet: text(30), quote: text(40), citation: text(150), summary: text(80), org: text(100),
    source: text(200), timeline: [{ time: text(60), text: text(100) }], works: [{ title: text(60), form: text(60), note: text(60) }],
    portrait: { file: 'portrait.jpg', alt: text(120), photographer: text(50), caption: text(200) },
    gallery: [{ file: 'portrait.jpg', alt: text(120), photographer: text(50), caption: text(200) }],
    honors: [{ claim: text(80), level: 'municipal', source: text(80), grade: text(80) }, { batch: 'b', grade: text(80) }],
    teams: [{ team: `t${number % 6}`, role: text(30) }], consent, ...published,
  }, story];
}

function writeSite() {
  const all = [...html, ...written].map(armed);
  write('site.yaml', {
    title: fitting(6, 60), subtitle: fitting(7, 60), description: fitting(3, 100), base_url: 'https://example.org/x/',
    organisation: fitting(11, 60), theme: 'hall', footer: { host_unit: fitting(8, 80), contact: fitting(9, 80), icp: fitting(11, 80),
      police: fitting(6, 80), site_code: fitting(7, 80), party_mark: fitting(0, 80) },
    navigation: [{ label: '首页', target: 'home' }, { label: fitting(8, 60), target: 'people' }],
    defaults: published,
    fields: [{ kind: 'team', fields: [{ key: 'motto', label: fitting(8, 60), type: 'text' }] }],
  });
  all.forEach((vector, number) => {
    const [name, front, story] = person(number, vector);
    write(name, front, story);
    cpSync(portrait, path.join(site, 'content', `people/p${number}/portrait.jpg`));
  });
  for (let n = 0; n < 6; ++n) writeOthers(n * 6 + n, n, all);
}

function writeOthers(number, n, all) {
  const text = (longest) => fitting(number, longest);
  const story = all.slice(n * 10, n * 10 + 10).join('\n\n');
  const common = { summary: text(80), source: text(200), org: text(100), ...published };
  const picture = { file: 'photo.jpg', alt: text(120), photographer: text(50), caption: text(200) };
  const withPhoto = (name, front) => {
    write(`${name}/index.md`, { ...front, ...common }, story);
    cpSync(portrait, path.join(site, 'content', name, 'photo.jpg'));
  };
  withPhoto(`teams/t${n}`, { name: text(100), kind: '协会', services: [text(80)], when_where: text(100), size: { value: text(50) }, photo: picture, motto: text(80) });
  withPhoto(`projects/j${n}`, { name: text(100), partners: [text(60)], beneficiaries: text(100), photo: picture });
  withPhoto(`events/e${n}`, { title: text(100), kind: '宣讲', place: text(100), sessions: text(50), people: ['p1'], photo: picture });
  withPhoto(`bases/s${n}`, { name: text(100), kind: '驿站', opening: text(100), address: text(100), capacity: text(50), booking: text(200), photo: picture });
  withPhoto(`brands/r${n}`, { name: text(50), owner: text(100), slogan: text(60), mark: picture });
  withPhoto(`coverage/c${n}`, { outlet: text(50), outlet_level: '市', headline: text(100), quote: text(100), about: ['person:p1'],
    url: 'https://example.org/"onmouseover=fired=1//' });
  withPhoto(`albums/a${n}`, { title: text(100), place: text(100), photos: [{ ...picture, permission: true }] });
  withPhoto(`exhibitions/x${n}`, { title: text(100), kind: '主题展', curator: text(100), venue: text(100), closing: text(80),
    sections: [{ title: text(50), text: text(100), exhibits: [{ person: 'p2', label: text(200), text: text(100) }, { ...picture, photo: 'photo.jpg', file: undefined, caption: undefined, label: text(200) }] }] });
  write(`lectures/l${n}.md`, { topic: text(100), lecturer: 'person:p3', audience: ['社区'], duration: text(50), way: ['预约'], phone: text(40), ...common }, story);
  write(`columns/k${n}.md`, { title: text(100), outlet: text(50), text: text(100), ...common }, story);
  write(`stats/n${n}.md`, { label: text(60), value: text(50), unit: text(50), scope: text(60), ...common });
  write(`pages/g${n}.md`, { title: text(100), ...common }, story);
  if (n > 0) return;
  write('awards/w.md', { name: text(100), level: 'municipal', category: 'individual', target: 'society', grades: [text(60)], ...common });
  write('batches/b.md', { award: 'w', year: 2020, authorities: [text(100)], doc_no: text(80), decision: text(100), notice_period: text(80), ...common });
}

// ---- looking

/** Touches whatever waits for a hand, and tells what could run; runs in the page. */
async function provoke() {
  for (const element of document.querySelectorAll('*')) {
    const waiting = element.getAttributeNames().some((name) => name.startsWith('on'));
    if (waiting) for (const type of ['mouseover', 'focus', 'click']) element.dispatchEvent(new Event(type));
    if (element.protocol === 'javascript:') element.click();
    // All but those that lead to another page: 返回, the controls of the screen, a walk, and the button of a form.
    if (element.localName === 'button' && !element.matches('.dock-back, .hall-back, .hall-home, .hall-find, .invitation, .play, [type="submit"]')) element.click();
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const scripts = [...document.scripts].filter((script) => script.type !== 'application/ld+json' && !script.src);
  const handlers = [...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')));
  const addresses = [...document.querySelectorAll('[href],[src],[action]')]
    .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? element.getAttribute('action'))
    .filter((address) => /^[\s\u0000-\u0020]*(javascript|vbscript|data):/i.test(address));
  return { fired: window.fired !== undefined, scripts: scripts.length, handlers, addresses };
}

async function fires(tab, markup) {
  const file = path.join(work, 'control.html');
  writeFileSync(file, `<!DOCTYPE html><meta charset="utf-8"><title>x</title><body>${markup}`);
  await tab.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  await tab.evaluate(provoke).catch(() => undefined);  // a form that is sent may take the page away
  // Some fire a moment later: a film that fails, an animation that starts.
  return tab.waitForFunction(() => window.fired !== undefined, undefined, { timeout: 1500 }).then(() => true, () => false);
}

/** What the program said, and whether it was content. */
function run(...args) {
  try {
    return { done: true, said: execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' }) };
  } catch (error) {
    return { done: false, said: error.stdout + error.stderr };
  }
}

const faults = [];
writeSite();
refused.forEach((vector, number) => write(`pages/refused-${number}.md`, { title: '样例', source: '样例', ...published }, armed(vector)));
const { said } = run('check', site, '--lang', 'zh', '--no-pictures');
refused.forEach((vector, number) => {
  if (!new RegExp(`pages/refused-${number}\\.md:\\d+:\\d+: 错误`).test(said)) faults.push(`not refused: ${vector}`);
  rmSync(path.join(site, 'content', `pages/refused-${number}.md`));
});
const clipping = { outlet: '样例', outlet_level: '市', headline: '样例', source: '样例', about: ['person:p1'], ...published };
write('coverage/address.md', { ...clipping, url: 'javascript:fired=1' });
if (run('build', site).done) faults.push('not refused: javascript: in the field url');
rmSync(path.join(site, 'content/coverage/address.md'));

const built = run('build', site);
if (!built.done) throw new Error(built.said);
const browser = await launch();

const inControl = await browser.newPage();
const silent = [];
for (const vector of html) if (!await fires(inControl, armed(vector))) silent.push(vector);
console.log(`control: ${html.length - silent.length} of ${html.length} run where they stand unescaped: ${Math.round(performance.now() / 1000)} s`);
for (const vector of silent) faults.push(`proves nothing, it does not run even unescaped: ${vector}`);

const publicFolder = path.join(site, 'public');
const pages = listFiles(publicFolder).filter((name) => name.endsWith('.html'));
for (let number = 0; number < html.length + written.length; ++number) {
  if (!pages.includes(`people/p${number}.html`)) faults.push(`no page holds attempt ${number}`);
}
const tabs = [];
async function newTab() {
  const tab = await browser.newPage();
  tab.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  return tab;
}
await inParallel(pages, 2, async (page) => {
  const tab = tabs.pop() ?? await newTab();
  await tab.goto(pathToFileURL(path.join(publicFolder, page)).href, { waitUntil: 'load' });
  const seen = await tab.evaluate(provoke).catch((error) => { throw new Error(`${page}: ${error.message}`); });
  if (seen.fired) faults.push(`${page}: a script of the content ran`);
  if (seen.scripts > 0) faults.push(`${page}: ${seen.scripts} inline script(s)`);
  for (const handler of seen.handlers) faults.push(`${page}: ${handler}`);
  for (const address of seen.addresses) faults.push(`${page}: ${address}`);
  // A screen's pages go on to others by themselves, at a moment that may be the next page's.
  if (page.startsWith('kiosk/')) await tab.close();
  else tabs.push(tab);
});
// The roll as its script writes it, of the cards in honors/roll-1.js.
const roll = await browser.newPage();
await roll.goto(`${pathToFileURL(path.join(publicFolder, 'honors/index.html')).href}?kind=person`, { waitUntil: 'load' });
await roll.waitForFunction(() => document.querySelectorAll('.listing .card').length > 0 && /，/.test(document.querySelector('.found').textContent));
const refined = await roll.evaluate(provoke);
if (refined.fired || refined.scripts > 0 || refined.handlers.length > 0 || refined.addresses.length > 0) faults.push(`the refined roll: ${JSON.stringify(refined)}`);
await browser.close();
// Their words are there to read, or the test would prove nothing.
const kept = pages.filter((page) => /&lt;(img|script|svg)/i.test(readFileSync(path.join(publicFolder, page), 'utf8'))).length;
if (kept < html.length) faults.push(`only ${kept} pages show an attempt as text`);
console.log(`${html.length + written.length} attempts on ${pages.length} pages: ${Math.round(performance.now() / 1000)} s`);
report('scripts of the content', faults);
