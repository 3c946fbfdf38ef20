// From a save to the painted page in a real Chromium, with `qunying serve` running: what an editor waits for.
//   node bench/live_browser.mjs PROGRAM SITE PROFILE PAGE [ROUNDS]
//   e.g. node bench/live_browser.mjs build/release/qunying /tmp/site content/people/p1/index.md people/p1.html
// Prints one line of JSON: milliseconds of each round from before the write to the event (HTTP), and to the first
// frame that shows the new words (browser); median and worst. SITE is written to and put back.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launch } from '../tests/browser/site.mjs';
import { ask, startPreview, tokenOf, until } from '../tests/serve/preview.mjs';
import http from 'node:http';

const [program, site, profile, shown, rounds = '9'] = process.argv.slice(2);
const file = path.join(site, profile);
const original = readFileSync(file, 'utf8');

// As editors do: a new file takes the name of the old one.
function save(text) {
  writeFileSync(path.join(site, '.saving'), text);
  renameSync(path.join(site, '.saving'), file);
}

function listen(port, token) {
  const waiting = [];
  const request = http.get({ host: '127.0.0.1', port, agent: false,
    path: `/_qunying/events?token=${token}&page=${encodeURIComponent(shown)}` }, (response) => {
    response.on('data', () => { for (const done of waiting.splice(0)) done(performance.now()); });
    response.on('error', () => {});
  });
  request.on('error', () => {});
  return { next: () => new Promise((resolve) => { waiting.push(resolve); }), close: () => request.destroy() };
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

const preview = await startPreview(program, site);
await until('the first build', async () => (await ask(preview.port, '/')).status === 200, 600_000);
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
let onShown = () => {};
await page.exposeBinding('qunyingShown', (_, text) => onShown(text, performance.now()));
await page.addInitScript(() => {
  document.addEventListener('DOMContentLoaded', () => {
    const marks = document.body.innerText.match(/第\d+次试改/g);
    requestAnimationFrame(() => setTimeout(() => window.qunyingShown(marks ? marks[marks.length - 1] : ''), 0));
  });
});
await page.goto(preview.address + shown);
const news = listen(preview.port, tokenOf((await ask(preview.port, `/${shown}`)).text));
await news.next();
const event = [];
const painted = [];
try {
  for (let i = 1; i <= Number(rounds) + 1; i += 1) {
    await pause(1000);
    const seen = new Promise((resolve) => { onShown = (text, time) => { if (text === `第${i}次试改`) resolve(time); }; });
    const told = news.next();
    const start = performance.now();
    save(`${original}\n\n第${i}次试改\n`);
    const [at, then] = await Promise.all([told, seen]);
    if (i === 1) continue;  // warms caches
    event.push(Math.round(at - start));
    painted.push(Math.round(then - start));
  }
} finally {
  save(original);
  news.close();
  await browser.close();
  await preview.stop();
}
console.log(JSON.stringify({
  event_ms: event, painted_ms: painted, event_median: median(event), painted_median: median(painted),
  painted_worst: Math.max(...painted),
}));
