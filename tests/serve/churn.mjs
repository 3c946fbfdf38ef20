// A thousand quick saves of random files, in all the ways editors save, end with the tree of a clean build.
//   node churn.mjs PROGRAM REPOSITORY WORK [SAVES] [SEED]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ask, makeSite, person, run, save, startPreview, until, untilUp, withoutScript } from './preview.mjs';

const [program, repository, work] = process.argv.slice(2, 5).map((name) => path.resolve(name));
const saves = Number(process.argv[5] ?? 1000);
const seed = Number(process.argv[6] ?? 20260701);

// A small generator of our own, so that a failure can be had again.
let state = seed >>> 0;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor(state / 2 ** 32 * below);
}
const pick = (list) => list[random(list.length)];

const site = makeSite(repository, work, 12);
const at = (file) => path.join(site, file);
const people = Array.from({ length: 30 }, (_, i) => `content/people/p${i}.md`);
const nested = Array.from({ length: 10 }, (_, i) => `content/people/n${i}`);
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];
let number = 0;
const text = () => { number += 1; return person(`${pick(surnames)}样例${pick(surnames)}`, `第 ${number} 次改动。`.repeat(1 + random(20))); };

const words = (file) => {
  number += 1;
  if (existsSync(at(file))) save(site, file, `${readFileSync(at(file), 'utf8')}\n第 ${number} 次补记。\n`);
};

const ways = [
  () => save(site, pick(people), text()),
  () => save(site, pick(people), text()),
  () => {  // through a file beside, as Word and most editors do
    save(site, 'content/people/.saving', text());
    renameSync(at('content/people/.saving'), at(pick(people)));
  },
  () => {  // vim: the old one steps aside
    const file = pick(people);
    if (existsSync(at(file))) renameSync(at(file), at(`${file}~`));
    save(site, file, text());
  },
  () => words(pick(people)),  // nothing but words: the short way
  () => words(pick(people)),
  () => rmSync(at(pick(people)), { force: true }),
  () => {
    const [from, to] = [pick(people), pick(people)];
    if (existsSync(at(from))) renameSync(at(from), at(to));
  },
  () => save(site, `${pick(nested)}/index.md`, text()),
  () => rmSync(at(pick(nested)), { recursive: true, force: true }),
  () => {
    const [from, to] = [pick(nested), pick(nested)];
    if (existsSync(at(from)) && !existsSync(at(to))) renameSync(at(from), at(to));
  },
  () => { for (let i = 0; i < 8; i += 1) save(site, pick(people), text()); },
  () => save(site, pick(people), '---\nname: [\n---\n'),  // a slip of the pen
  () => save(site, `content/pages/${pick(['a', 'b', 'c'])}.md`, `---\ntitle: 样例页${random(9)}\n---\n\n样例。\n`),
  () => save(site, 'content/site.yaml', `title: 样例群英谱${random(3)}\norganisation: 样例单位\nregions: [样例区]\n`
    + 'defaults: {status: approved, visibility: public}\n'),
  () => { save(site, 'assets/a/b/note.txt', text()); },
  () => rmSync(at('assets'), { recursive: true, force: true }),
];

function settle() {
  for (const file of people) {
    if (existsSync(at(file)) && readFileSync(at(file), 'utf8').includes('name: [')) save(site, file, text());
  }
}

// Cut alike, but pressed less hard in the preview (docs/fonts.md).
const withoutFonts = (files) => Object.fromEntries(Object.entries(files)
  .filter(([name]) => name !== 'static/fonts.css' && name !== 'manifest.json' && !name.endsWith('.woff2')));

const preview = await startPreview(program, site);
const { port } = preview;
await untilUp(port);

const faults = await run([[`${saves} saves, seed ${seed}`, async () => {
  const start = Date.now();
  for (let i = 0; i < saves; i += 1) {
    pick(ways)();
    if (random(4) === 0) await new Promise((resolve) => { setTimeout(resolve, random(30)); });
  }
  settle();
  save(site, 'content/pages/sentinel.md', '---\ntitle: 样例末页\n---\n\n完。\n');
  await until('the last page', async () => (await ask(port, '/pages/sentinel.html')).status === 200);
  console.log(`saved in ${((Date.now() - start) / 1000).toFixed(1)} s`);

  const clean = path.join(work, 'clean');
  rmSync(clean, { recursive: true, force: true });
  mkdirSync(clean, { recursive: true });
  for (const folder of ['content', 'themes', 'assets']) if (existsSync(at(folder))) cpSync(at(folder), path.join(clean, folder), { recursive: true });
  execFileSync(program, ['build', clean, '--preview'], { stdio: 'ignore' });
  const built = withoutFonts(JSON.parse(readFileSync(path.join(clean, 'public', 'manifest.json'), 'utf8')).files);

  // The sentinel may have been seen by a build before the very last events: what is shown must come to be right.
  const expected = JSON.stringify(built);
  await until('the tree of a clean build',
    async () => JSON.stringify(withoutFonts(JSON.parse((await ask(port, '/manifest.json')).text).files)) === expected, 20_000);
  for (const file of Object.keys(built)) {
    const shown = await ask(port, `/${file}`);
    assert.ok(shown.status === 200, `${file}: ${shown.status}`);
    assert.ok(withoutScript(shown.bytes).equals(readFileSync(path.join(clean, 'public', file))), file);
  }
  console.log(`${Object.keys(built).length} files as a clean build makes them`);
  writeFileSync(path.join(work, 'last.txt'), `${seed}\n`);
}]]);
await preview.stop();
process.exitCode = faults === 0 ? 0 : 1;
