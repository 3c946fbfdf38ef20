// node sharp_pictures.mjs eleventy|sharp FOLDER FILE…   in a folder whose node_modules holds the packages
// eleventy: what the shortcode of @11ty/eleventy-img does, all files asked for at once, its own queue.
// sharp: as a careful hand would write it: one decode a photograph, a clone for each output, a worker a core.
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const widths = [320, 640, 960, 1600];
const jpeg = { quality: 80 }, webp = { quality: 78 };
const [mode, folder, ...files] = process.argv.slice(2);
const load = createRequire(path.join(process.cwd(), "script.js"));

async function withEleventy() {
  const { default: image } = await import(path.join(process.cwd(), "node_modules/@11ty/eleventy-img/img.js"));
  await Promise.all(files.map((file) => image(file, {
    widths, formats: ["jpeg", "webp"], outputDir: folder, useCache: false, sharpJpegOptions: jpeg, sharpWebpOptions: webp,
  })));
}

function outputs(sharp, file) {
  const photograph = sharp(file).rotate(), stem = path.join(folder, path.parse(file).name);
  return widths.flatMap((width) => {
    const reduced = photograph.clone().resize({ width, withoutEnlargement: true });
    return [reduced.clone().jpeg(jpeg).toFile(`${stem}-${width}.jpg`), reduced.clone().webp(webp).toFile(`${stem}-${width}.webp`)];
  });
}

async function withSharp() {
  const sharp = load("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  const waiting = [...files];
  const worker = async () => { while (waiting.length > 0) await Promise.all(outputs(sharp, waiting.shift())); };
  await Promise.all(os.cpus().map(worker));
}

await (mode === "eleventy" ? withEleventy() : withSharp());
