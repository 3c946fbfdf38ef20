// Builds a site in a folder of the tests' own, so that neither the lock nor the output of the repository is touched.
//   node build_site.mjs PROGRAM SOURCE WORK [THEME]     leaves WORK/public
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [program, source, work, theme] = process.argv.slice(2);
mkdirSync(work, { recursive: true });
// The cache in WORK/.qunying stays: pictures are made once.
for (const folder of ['content', 'themes', 'assets', 'public']) {
  rmSync(path.join(work, folder), { recursive: true, force: true });
  const original = path.join(source, folder);
  if (folder !== 'public' && existsSync(original)) cpSync(original, path.join(work, folder), { recursive: true });
}
if (theme) {
  const settings = path.join(work, 'content/site.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^theme: .*$/m, `theme: ${theme}`));
}
execFileSync(program, ['build', work], { stdio: 'inherit' });
