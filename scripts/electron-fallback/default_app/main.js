/** `electron [-r module]… [switches] <folder or file> [arguments]`: starts the application that the command line names. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const words = process.argv.slice(1);
const preloads = [];
let target;
for (let i = 0; i < words.length && target === undefined; i++) {
  const word = words[i];
  if (word === '-r' || word === '--require') preloads.push(words[++i]);
  else if (word.startsWith('--require=')) preloads.push(word.slice('--require='.length));
  else if (!word.startsWith('-')) target = path.resolve(word);
}
if (target === undefined) {
  process.stderr.write(
    'usage: electron [-r module]... [switches] <application folder or file> [arguments]\n',
  );
  process.exit(1);
}

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
const require = createRequire(path.join(process.cwd(), 'electron.js'));
try {
  for (const module of preloads) require(module);
  await import(pathToFileURL(entryOf(target)).href);
} catch (error) {
  process.stderr.write(`The application could not be loaded: ${error?.stack ?? error}\n`);
  process.exit(1);
}

/** Takes name, version and entry from a folder's package.json, as Electron does for a packaged application. */
function entryOf(place) {
  if (!fs.statSync(place).isDirectory()) {
    app.setAppPath(path.dirname(place));
    return place;
  }
  const manifest = JSON.parse(fs.readFileSync(path.join(place, 'package.json'), 'utf8'));
  if (manifest.productName ?? manifest.name) app.setName(manifest.productName ?? manifest.name);
  if (manifest.version) app.setVersion(manifest.version);
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
  app.setAppPath(place);
  return require.resolve(path.join(place, manifest.main ?? 'index.js'));
}
