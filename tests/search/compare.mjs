// Random indexes, random queries: what search.js finds is what the twin finds by looking at everything.
//   node compare.mjs TWIN SEARCH_JS FOLDER
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
// A syllable whose files are too many is looked up in its own: "li" and one more letter, not "lin" and one more ("lin" is
// li and n, too).
const letters = 'abcdefghijklmnopqrstuvwxyz';
const shards = { index: { documents: 52, segments: 1, width: 64, buckets: { n: 1, f: 1, x: 1, v: 1 }, per: { e: 8, t: 1, c: 64 }, files: { p: '' } } };
for (const [syllable, first] of [['li', 0], ['lin', 26]]) {
  Array.from(letters).forEach((letter, i) => {
    shards[`p/${syllable}${letter}`] = `#${syllable[0].toUpperCase()}${syllable.slice(1)}${letter.toUpperCase()}an|#${String.fromCharCode(35 + first + i)}`;
    shards.index.files.p += ` ${syllable}${letter} aaaaaa`;
  });
}
shards.index.files.p = shards.index.files.p.trim();
rmSync(folder, { recursive: true, force: true });
mkdirSync(path.join(folder, 'search'), { recursive: true });
for (const [name, data] of Object.entries(shards)) {
  const file = name === 'index' ? 'index.js' : `${name.replace('/', '-')}-aaaaaa.js`;
  writeFileSync(path.join(folder, 'search', file), `qunyingSearch(${JSON.stringify(name)},${JSON.stringify(data)});`);
}
for (const [query, count] of [['li', 26], ['lin', 27], ['li aan', 1], ['lixan', 1]]) {
  const { index, loaded } = openIndex(script, folder);
  const hits = Array.from(await index.search(query, () => true));
  assert.equal(hits.length, count, `too many files: ${query} finds ${hits.length}`);
  assert.ok(loaded.size <= 33, `too many files: ${query} loads ${loaded.size}`);
}

// The test means something only where queries find, and where some candidates are refuted.
assert.ok(queries > 3000 && borne > 10000 && refuted > 100, `${queries} queries, ${borne} hits, ${refuted} refuted`);
console.log(`${queries} queries, ${borne} hits, ${refuted} refuted by a look at the text`);
