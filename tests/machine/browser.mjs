// What browser_test.py does with the browser: tries every way out.
//   node browser.mjs ROOM CONTENT ROOT ADDRESS
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../browser/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const [room, content, root, address] = process.argv.slice(2);
const policyFile = '/etc/chromium/policies/managed/qunying-kiosk.json';
const policy = JSON.parse(readFileSync(policyFile, 'utf8'));
const faults = [];
const check = (good, what) => { if (!good) faults.push(what); };
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const headless = ['--headless', '--no-sandbox', '--disable-gpu', '--screen-info={1080x1920}'];

/** Does `task` with the browser that `start` starts, under this policy; `start` is told the port to listen at. */
async function withBrowser(task, settings, start) {
  writeFileSync(policyFile, JSON.stringify(settings));
  const port = await freePort();
  const profile = path.join(room, `profile-${port}`);
  mkdirSync(profile);
  const program = start(port, profile);
  try {
    const browser = await connected(port);
    await task(browser.contexts()[0]);
    await browser.close();
  } catch (error) {
    console.log(faults.join('\n'));
    throw error;
  } finally {
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      try { process.kill(-program.pid, signal); } catch { /* it has ended */ }
      await wait(300);
    }
  }
}

/** The launch script as the unit starts it, with what a browser without a screen needs put in front. */
const launched = (task, changes = {}) => withBrowser(task, { ...policy, ...changes }, (port, profile) => {
  const wrapper = path.join(room, 'chromium');
  writeFileSync(wrapper, `#!/bin/sh\nexec ${chromiumPath} ${headless.join(' ')} --remote-debugging-port=${port} "$@" `
    + `>>'${room}/log' 2>&1\n`);
  chmodSync(wrapper, 0o755);
  const settings = readFileSync(path.join(root, 'etc/qunying-kiosk/kiosk.conf'), 'utf8')
    .replace(/^KIOSK_BROWSER=.*$/m, `KIOSK_BROWSER=${wrapper}`);
  writeFileSync(path.join(room, 'kiosk.conf'), settings);
  return spawn('/usr/local/lib/qunying-kiosk/launch', {
    detached: true, stdio: 'inherit',
    env: { ...process.env, QUNYING_KIOSK_CONF: path.join(room, 'kiosk.conf'), RUNTIME_DIRECTORY: profile, HOME: room,
      DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
});

/** The browser by itself. */
const started = (task, settings) => withBrowser(task, settings, (port, profile) => spawn(chromiumPath,
  [...headless, '--disable-background-networking', '--disable-component-update', '--no-first-run',
    `--user-data-dir=${profile}`, `--remote-debugging-port=${port}`, 'about:blank'], { detached: true, stdio: 'ignore' }));

async function connected(port) {
  for (let attempt = 0; ; ++attempt) {
    try { return await chromium.connectOverCDP(`http://127.0.0.1:${port}`); } catch (error) {
      if (attempt === 100) throw error;
      await wait(200);
    }
  }
}

async function pageOf(context) {
  for (let attempt = 0; attempt < 100 && !context.pages().length; ++attempt) await wait(100);
  return context.pages()[0];
}

/** What the window shows after `url` was asked for: its title, or the error. */
async function shown(page, url) {
  try { await page.goto(url, { timeout: 10000 }); } catch (error) { return /net::\w+/.exec(error.message)?.[0] ?? error.message; }
  return page.title();
}

/** What stands in the window once it has come to rest. */
async function contentOf(page) {
  for (let attempt = 0; ; ++attempt) {
    try { return await page.content(); } catch (error) { if (attempt === 50) throw error; }
    await wait(100);
  }
}

writeFileSync('/run/qunying-kiosk/page', `${content}/releases/1/kiosk/index.html\n`);
const home = `file://${content}/releases/1/kiosk/index.html`;

// Playwright drives pages by the developer tools, which the policy takes away; all else is as shipped.
await launched(async (context) => {
  const page = await pageOf(context);
  await page.waitForLoadState();
  check(page.url() === home && await page.title() === 'hall 1', `the release is not what opened: ${page.url()}`);
  const size = await page.evaluate(() => [innerWidth, innerHeight, devicePixelRatio].join(' '));
  check(size === '1080 1920 1', `the window is not the screen: ${size}`);

  check(await shown(page, `file://${content}/releases/1/people/one.html`) === 'one 1', 'a page of the release is refused');
  check(await shown(page, `file://${content}/releases/2/kiosk/index.html`) === 'hall 2', 'the next release is refused');
  const waiting = 'file:///usr/local/share/qunying-kiosk/waiting.html';
  check(await shown(page, waiting) === '等待内容', 'the waiting page is refused');

  const refused = [`${address}in.html`, 'https://example.org/', 'http://localhost/', 'http://[::1]/', 'ftp://127.0.0.1/',
    `file://${room}/secret.html`, 'file:///etc/passwd', 'file:///', `file://${content}/../secret.html`,
    `file://${content}/current.js`, `view-source:${home}`, 'data:text/html,<title>data</title>'];
  for (const url of refused) {
    await shown(page, home);
    const answer = await shown(page, url);
    check(/net::ERR_(BLOCKED_BY_ADMINISTRATOR|ABORTED|INVALID_URL)/.test(answer), `${url} is not refused: ${answer}`);
  }

  // What a page's own script could try, addresses of the browser itself among them.
  for (const url of [...refused, 'chrome://settings/', 'chrome://downloads/', 'devtools://devtools/', 'about:blank#x']) {
    await shown(page, home);
    await page.evaluate((to) => { location.href = to; }, url).catch(() => {});
    await wait(250);
    const text = await contentOf(page);
    check(!/secret<|outside<|data<\/title>|root:x:|Index of|settings-ui|downloads-manager/.test(text), `a script leads to ${url}: ${text.slice(0, 200)}`);
  }

  await shown(page, home);
  await page.click('#other');
  await page.waitForURL('**/people/one.html');
  await shown(page, home);
  await page.click('#out');
  await wait(500);
  check(!page.url().startsWith('http') || !(await page.title()).includes('outside'), 'a link leads outside');

  await shown(page, home);
  // No policy keeps a tap from opening a window (the pages of a kiosk never do); what it shows is under the same rule.
  for (const to of [address, `file://${room}/secret.html`, 'https://example.org/']) {
    await page.evaluate((there) => { window.open(there); }, to);
    await wait(500);
    for (const other of context.pages().slice(1)) {
      check(!/secret<|outside</.test(await contentOf(other)), `a new window leads to ${to}`);
      await other.close();
    }
  }
  await page.click('#data');
  await wait(500);
  const kept = readdirSync(room, { recursive: true }).filter((name) => /note.*\.bin/.test(name) && !name.startsWith('content'));
  check(kept.length === 0, `a file was downloaded: ${kept}`);
}, { DeveloperToolsAvailability: 1 });

// As shipped: nobody looks into a page with the developer tools.
await launched(async (context, browser) => {
  let looked = false;
  try {
    const page = await pageOf(context);
    looked = page !== undefined && await Promise.race([page.title(), wait(3000).then(() => '')]) === 'hall 1';
  } catch { /* refused */ }
  check(!looked, 'the developer tools look into the page');
});

// Without the policy the same browser goes there: what was refused above was refused by it.
await started(async (context) => {
  const page = await pageOf(context);
  check(await shown(page, `file://${room}/secret.html`) === 'secret', 'control: without a policy the way out is closed too');
}, {});

// The first content arrives while the machine waits for it.
renameSync('/run/qunying-kiosk/page', '/run/qunying-kiosk/no-page');
await launched(async (context) => {
  const page = await pageOf(context);
  await page.waitForLoadState();
  check(await page.title() === '等待内容', `nothing is installed, and this is shown: ${page.url()}`);
  writeFileSync(`${content}/current.js`, 'QunyingKiosk({"release":"2","result":"ok"});\n');
  await page.waitForURL(`file://${content}/releases/2/kiosk/index.html`, { timeout: 40000 })
    .catch(() => check(false, 'the first content is not opened'));
}, { DeveloperToolsAvailability: 1 });

// The names of the policy are ones that this Chromium knows.
await started(async (context) => {
  const page = await pageOf(context);
  await page.goto('chrome://policy/');
  await wait(1500);
  const rows = await page.evaluate(() => {
    const found = [];
    const look = (node) => {
      for (const one of node.querySelectorAll('*')) {
        if (one.tagName === 'POLICY-ROW') found.push(one.shadowRoot.textContent.replace(/\s+/g, ' '));
        if (one.shadowRoot) look(one.shadowRoot);
      }
    };
    look(document);
    return found;
  });
  for (const name of Object.keys(policy)) {
    const row = rows.find((text) => text.includes(` ${name} `));
    check(row !== undefined, `${name} is not among the policies that were read`);
    check(/ (OK|Deprecated|正常|已弃用) /.test(row ?? ''), `${name}: ${row}`);
  }
}, { ...policy, URLBlocklist: ['example.org'], DeveloperToolsAvailability: 1 });

for (const fault of faults) console.log(fault);
console.log(`the kiosk's browser: ${faults.length} fault(s)`);
process.exit(faults.length ? 1 : 0);
