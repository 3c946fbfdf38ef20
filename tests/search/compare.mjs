// Random indexes, random queries: what search.js finds is what the twin finds by looking at everything.
//   node compare.mjs TWIN SEARCH_JS FOLDER
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openIndex } from './index.mjs';

const [twin, script, folder] = process.argv.slice(2);
const parts = (query) => query.trim().split(/\s+/).length;
let queries = 0;
let borne = 0;
let refuted = 0;
for (let seed = 1; seed <= 40; seed++) {
  const documents = [0, 1, 30, 60, 100, 60, 40, 200][seed % 8];
  execFileSync(twin, [folder, String(seed), String(Math.max(1, documents)), '120']);
  const { index } = openIndex(script, folder);
  for (const [query, wanted] of JSON.parse(readFileSync(path.join(folder, 'answers.json'), 'utf8'))) {
    const where = `seed ${seed}, query ${JSON.stringify(query)}`;
    const hits = Array.from(await index.search(query, () => true));
    // Of a mixed query that fits more names than are looked at, some are left out.
    if (wanted.length > 60 && /[a-z]/i.test(query)) continue;
    const found = [];
    for (const { number, stage, rank } of hits) {
      const twin = wanted.find((each) => each[0] === number);
      const excerpt = await index.excerpt(number, query);
      // What is no hit is shown to be none, and what is one stands where the twin sees it first.
      assert.equal(excerpt !== null, Boolean(twin?.[2]), `${where}: excerpt of ${number}`);
      if (excerpt === null) {
        refuted++;
        continue;
      }
      found.push(number);
      if (parts(query) === 1) assert.ok(stage <= twin[1], `${where}: stage of ${number}`);
      // One letter is in too many files of readings to be looked up there; as an initial it is found all the same.
      const alone = /^\s*[a-z]\d?\s/i.test(query);
      if (stage === 0 && twin[3] >= 0 && wanted.length <= 12 && !alone) assert.equal(Math.floor(rank / 8), twin[3], `${where}: quality of ${number}`);
      for (const [begin, end] of excerpt.places) assert.ok(begin < end && end <= excerpt.line.length, where);
    }
    const exact = wanted.filter((each) => each[2]).map((each) => each[0]);
    assert.equal(found.sort().join(' '), exact.sort().join(' '), where);
    borne += found.length;
    queries++;
  }
}
// The test means something only where queries find, and where some candidates are refuted.
assert.ok(queries > 3000 && borne > 10000 && refuted > 100, `${queries} queries, ${borne} hits, ${refuted} refuted`);
console.log(`${queries} queries, ${borne} hits, ${refuted} refuted by a look at the text`);
