// How long a keystroke takes on the page of search in Chromium, by file://: from the letter to the first result of its
// answer, and the longest task of the browser's main thread on the way to the last.
//   node keystrokes.mjs SITE [QUERY…]
// Each query is typed letter by letter twice; the second round, whose files are at hand, counts. The page waits 60 ms for
// the next letter: that is told apart.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from '../../tests/browser/site.mjs';

const [site, ...asked] = process.argv.slice(2);
const queries = asked.length ? asked : ['王建国', 'wangjianguo', 'wjg', 'li', '志愿', '工作', '全国先进工作者', '高级教师', '多年坚持'];
const waiting = 60;
const browser = await launch();
const tab = await browser.newPage();
setTimeout(() => process.exit(1), 200000).unref();
await tab.goto(`${pathToFileURL(path.resolve(site, 'public'))}/search.html`);
await tab.evaluate(() => {
  window.tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.tasks.push(Math.round(entry.duration)))).observe({ entryTypes: ['longtask'] });
});

/** {first, last, task}: ms until the first result stands, until the answer is whole, and the longest task above 50 ms. */
const type = (text) => tab.evaluate(([query, wait]) => new Promise((resolve) => {
  const input = document.getElementById('ask');
  const list = document.querySelector('.hits');
  const count = document.querySelector('.answer-count');
  window.tasks.length = 0;
  let first = 0;
  const start = performance.now();
  const watch = new MutationObserver((changes) => {
    if (!first && changes.some((change) => [...change.addedNodes].some((node) => node.className === 'hit'))) first = performance.now() - start - wait;
  });
  watch.observe(list, { childList: true });
  count.textContent = '';
  input.value = query;
  input.dispatchEvent(new Event('input'));
  const done = () => {
    if (!/^(找到|没有找到)/.test(count.textContent)) return setTimeout(done, 5);
    const last = performance.now() - start - wait;
    setTimeout(() => {
      watch.disconnect();
      resolve({ first, last, task: Math.max(0, ...window.tasks), count: count.textContent });
    }, 400);
  };
  done();
}), [text, waiting]);

console.log('query: ms to the first result, to the whole answer, longest task above 50 ms');
for (const query of queries) {
  const letters = Array.from(query);
  const beginnings = letters.map((_, i) => letters.slice(0, i + 1).join('')).filter((text) => !/^[a-z]$/.test(text));
  for (const text of beginnings) await type(text);
  await type('没有');  // the same text again would be no keystroke
  for (const text of beginnings) {
    const { first, last, task, count } = await type(text);
    console.log(`${text}: ${first ? first.toFixed(0) : '–'}, ${last.toFixed(0)}, ${task || '–'}  ${count}`);
  }
}
await browser.close();
