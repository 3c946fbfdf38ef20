// Who is answered and who is not, on the wire (promise P15).
//   node requests.mjs PROGRAM REPOSITORY WORK
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { ask, makeSite, person, run, startPreview, tokenOf, until, untilUp } from './preview.mjs';

const [program, repository, work] = process.argv.slice(2).map((name) => path.resolve(name));
const site = makeSite(repository, work);
const preview = await startPreview(program, site);
const { port } = preview;
await untilUp(port);
const home = (await ask(port, '/')).text;
const token = tokenOf(home);
const status = async (target, options) => (await ask(port, target, options)).status;

const faults = await run([
  ['pages, files and headers', async () => {
    const page = await ask(port, '/people/p0.html');
    assert.equal(page.status, 200);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(page.headers['cache-control'], 'no-store');
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    assert.equal(page.headers['access-control-allow-origin'], undefined);
    const style = /href="(static\/[^"]+\.css)"/.exec(home)[1];
    assert.equal((await ask(port, `/${style}`)).headers['content-type'], 'text/css; charset=utf-8');
    const missing = await ask(port, '/people/nobody.html');
    assert.equal(missing.status, 404);
    assert.match(missing.text, /live\.js/);
  }],
  ['a foreign Host is refused', async () => {
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', 'localhost', `127.0.0.1:${port + 1}`,
      `127.0.0.1:${port}.evil.example`, `0.0.0.0:${port}`, `[::ffff:127.0.0.1]:${port}`]) {
      assert.equal(await status('/', { headers: { Host: host } }), 403, host);
      assert.equal(await status(`/_qunying/version?token=${token}`, { headers: { Host: host } }), 403, host);
    }
    assert.equal(await status('/', { headers: { Host: `localhost:${port}` } }), 200);
  }],
  ['a foreign Origin is refused', async () => {
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`]) {
      assert.equal(await status('/', { headers: { Origin: origin } }), 403, origin);
      assert.equal(await status(`/_qunying/events?token=${token}`, { headers: { Origin: origin } }), 403, origin);
    }
    assert.equal(await status('/', { headers: { Origin: `http://127.0.0.1:${port}` } }), 200);
  }],
  ['pages of other sites neither embed nor listen', async () => {
    for (const where of ['cross-site', 'same-site']) {
      const headers = { 'Sec-Fetch-Site': where, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' };
      assert.equal(await status('/', { headers }), 403);
      assert.equal(await status(`/_qunying/events?token=${token}`, { headers }), 403);
    }
  }],
  ['a wrong token is refused', async () => {
    for (const wrong of ['', '?token=', `?token=${token.slice(1)}`, `?token=${token}0`, `?token=${'0'.repeat(32)}`]) {
      assert.equal(await status(`/_qunying/events${wrong}`), 403, wrong);
      assert.equal(await status(`/_qunying/version${wrong}`), 403, wrong);
    }
    assert.equal(await status(`/_qunying/version?token=${token}&page=index.html`), 200);
  }],
  ['only looking', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) assert.equal(await status('/', { method }), 405, method);
    assert.equal(await status('/', { method: 'HEAD' }), 200);
  }],
  ['no path leads to the disk', async () => {
    writeFileSync(path.join(work, 'secret.txt'), 'root:secret');
    for (const target of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/media/../../secret.txt',
      `/${work}/secret.txt`, `//${work}/secret.txt`, `/${encodeURIComponent(`${work}/secret.txt`)}`, '/..\\secret.txt',
      '/.qunying/lock', '/content/site.yaml', '/people/../content/site.yaml', '/%00', `http://127.0.0.1:${port}/../secret.txt`]) {
      const answer = await ask(port, target);
      assert.equal(answer.status, 404, target);
      assert.doesNotMatch(answer.text, /root:secret/, target);
    }
  }],
  ['a link out of the site is not followed', async () => {
    const outside = path.join(work, 'outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(path.join(outside, 'secret.txt'), 'root:secret');
    writeFileSync(path.join(outside, 'stranger.md'), person('外人', '外面的故事。'));
    mkdirSync(path.join(site, 'assets'), { recursive: true });
    symlinkSync(outside, path.join(site, 'assets', 'linked'));
    symlinkSync(path.join(outside, 'stranger.md'), path.join(site, 'content', 'people', 'stranger.md'));
    const said = await until('a finding about the link', async () => {
      const { text } = await ask(port, '/_qunying/');
      return /content\/people\/stranger\.md/.test(text) && /assets\/linked/.test(text) && text;
    });
    assert.doesNotMatch(said, /外面的故事/);
    for (const target of ['/assets/linked/secret.txt', '/linked/secret.txt', '/people/stranger.html'])
      assert.equal((await ask(port, target)).status, 404, target);
  }],
  ['forty streams and still there', async () => {
    const streams = await Promise.all(Array.from({ length: 40 }, () => new Promise((resolve, reject) => {
      const request = http.get({ host: '127.0.0.1', port, path: `/_qunying/events?token=${token}&page=index.html`,
        agent: false }, (response) => {
        assert.equal(response.headers['content-type'], 'text/event-stream');
        response.resume();
        resolve(request);
      });
      request.on('error', reject);
    })));
    for (let i = 0; i < 50; i += 1) assert.equal(await status('/people/p1.html'), 200);
    for (const stream of streams) { stream.on('error', () => {}); stream.destroy(); }
  }],
  ['a port that was asked for and is taken is said so', async () => {
    const second = spawnSync(program, ['serve', makeSite(repository, path.join(work, 'second')), '--port', String(port)],
      { encoding: 'utf8', timeout: 30_000 });
    assert.equal(second.status, 3);
    assert.match(second.stderr, new RegExp(`127\\.0\\.0\\.1:${port} 已被别的程序占用`));
  }],
  ['the next free port is taken instead', async () => {
    const holder = net.createServer().listen(8420, '127.0.0.1');
    await new Promise((resolve) => { holder.on('listening', resolve); holder.on('error', resolve); });
    const other = await startPreview(program, makeSite(repository, path.join(work, 'third')));
    assert.notEqual(other.port, 8420);
    assert.notEqual(other.port, port);
    await other.stop();
    holder.close();
  }],
  ['Ctrl+C ends it at once', async () => {
    assert.deepEqual(await preview.stop(), { code: 0, signal: null });
  }],
]);
process.exitCode = faults === 0 ? 0 : 1;
