// search.js outside of a browser: scripts are read from a folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

/** {index, loaded}: the index of the site in `folder`, and the files that were asked for, with their sizes. */
export function openIndex(script, folder) {
  const window = {};
  const context = vm.createContext({ window, qunyingSearch: (name, data) => window.qunyingSearch(name, data) });
  vm.runInContext(readFileSync(script, 'utf8'), context);
  const loaded = new Map();
  const index = window.qunyingIndex(async (file) => {
    const place = file === 'search-spelt.js' ? path.dirname(script) : folder;
    const text = readFileSync(path.join(place, file), 'utf8');
    loaded.set(file, Buffer.byteLength(text));
    vm.runInContext(text, context);
  }, 'search-spelt.js');
  return { index, loaded };
}
