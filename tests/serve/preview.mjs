// What the tests of the preview share: a small site of their own, the running program, and its pages by HTTP.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

export const patience = 60_000;

export const person = (name, story, more = '') => `---
name: ${name}
retire_kind: 退休
former_post: 样例局退休干部
life: living
source: 样例
consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, scope: [互联网]}
status: approved
visibility: public
${more}---

${story}
`;

/** A new site in WORK/site with the theme of the repository and `count` people p0, p1… */
export function makeSite(repository, work, count = 3) {
  const site = path.join(work, 'site');
  rmSync(site, { recursive: true, force: true });
  mkdirSync(path.join(site, 'themes'), { recursive: true });
  cpSync(path.join(repository, 'themes', 'hall'), path.join(site, 'themes', 'hall'), { recursive: true });
  save(site, 'content/site.yaml', 'title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\n'
    + 'defaults: {status: approved, visibility: public}\n');
  for (let i = 0; i < count; i += 1) save(site, `content/people/p${i}.md`, person(`样例${'甲乙丙丁戊己庚辛壬癸'[i % 10]}`, '样例故事。'));
  return site;
}

export function save(site, file, text) {
  const at = path.join(site, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, text);
}

/** Runs `qunying serve` until `stop` is called. `address` ends with a slash. */
export async function startPreview(program, site, ...more) {
  const child = spawn(program, ['serve', site, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ended = new Promise((resolve) => { child.on('exit', (code, signal) => resolve({ code, signal })); });
  const address = await new Promise((resolve, reject) => {
    const listen = (bytes) => {
      said += bytes;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    ended.then(({ code }) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  const stop = async () => {
    child.kill('SIGINT');
    return ended;
  };
  return { address, port: Number(new URL(address).port), stop, ended, said: () => said, pid: child.pid };
}

/** One request, with nothing added or tidied up: `target` goes out as it is. */
export function ask(port, target, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1', port, path: target, method, headers: { Host: `127.0.0.1:${port}`, ...headers }, agent: false,
    }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({
        status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks),
        text: Buffer.concat(chunks).toString('utf8'),
      }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const liveElement = /<script src="\/_qunying\/live\.js"[^>]*><\/script>/;
export const withoutScript = (bytes) => {
  const text = bytes.toString('latin1');
  return Buffer.from(text.replace(liveElement, ''), 'latin1');
};

export async function until(what, holds, limit = patience) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}

export const tokenOf = (page) => /data-token="([0-9a-f]{32})"/.exec(page)[1];

/** Until the first build has gone well. */
export const untilUp = (port) => until('the first build', async () => (await ask(port, '/')).status === 200);

/** Runs `checks` one after another and ends the program: 0 when all went well. */
export async function run(checks) {
  let faults = 0;
  for (const [name, check] of checks) {
    try {
      await check();
      console.log(`ok: ${name}`);
    } catch (error) {
      faults += 1;
      console.log(`FAILED: ${name}\n${error.stack}`);
    }
  }
  return faults;
}
