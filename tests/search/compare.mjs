// Random indexes, random queries: what search.js finds is what the twin finds by looking at everything.
//   node compare.mjs TWIN SEARCH_JS FOLDER
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openIndex } from './index.mjs';

const [twin, script, folder] = process.argv.slice(2);
let queries = 0;
let found = 0;
let refuted = 0;
for (let seed = 1; seed <= 40; seed++) {
  const documents = [0, 1, 30, 60, 100, 60, 40, 200][seed % 8];
  execFileSync(twin, [folder, String(seed), String(Math.max(1, documents)), '120']);
  const { index } = openIndex(script, folder);
  for (const [query, wanted] of JSON.parse(readFileSync(path.join(folder, 'answers.json'), 'utf8'))) {
    const where = `seed ${seed}, query ${JSON.stringify(query)}`;
    const hits = await index.search(query, () => true);
    const stages = (list) => Array.from(list, ([number, stage]) => `${number}:${stage}`).sort().join(' ');
    // Of a mixed query that fits more names than are looked at, some are left out.
    const mixed = wanted.length > 60 && /[a-z]/i.test(query);
    if (mixed) continue;
    assert.equal(stages(Array.from(hits, (hit) => [hit.number, hit.stage])), stages(wanted), where);
    for (const [number, stage, exact, quality] of wanted) {
      const hit = hits.find((each) => each.number === number);
      if (stage === 0 && quality >= 0 && wanted.length <= 12) assert.equal(Math.floor(hit.rank / 8), quality, `${where}: quality of ${number}`);
      const excerpt = await index.excerpt(number, query);
      assert.equal(excerpt !== null, exact === 1, `${where}: excerpt of ${number}`);
      if (excerpt === null) refuted++;
      for (const [begin, end] of excerpt?.places ?? []) assert.ok(begin < end && end <= excerpt.line.length, where);
    }
    queries++;
    found += wanted.length;
  }
}
// The test means something only where queries find, and where some candidates are refuted.
assert.ok(queries > 3000 && found > 20000 && refuted > 100, `${queries} queries, ${found} hits, ${refuted} refuted`);
console.log(`${queries} queries, ${found} hits, ${refuted} refuted by a look at the text`);
