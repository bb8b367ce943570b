/**
 * Everything that a fresh clone needs before a command can run: npm packages, Debian packages, Electron. What is there already is not
 * touched, and then nothing is said. Node built-ins only: this runs before node_modules exists.
 *
 * node scripts/setup.mjs --for build|check|lab|run|test
 */
import fs from 'node:fs';
import path from 'node:path';
import { displayMissing } from './display.mjs';
import { installDebianPackages, missingDebianPackages } from './setup/debian.mjs';
import { electronExecutable, provideElectron } from './setup/electron.mjs';
import { withLock } from './setup/lock.mjs';
import { npmCi, npmPackagesReady } from './setup/npm-packages.mjs';

const root = path.dirname(import.meta.dirname);
const PURPOSES = /** @type {const} */ (['build', 'check', 'lab', 'run', 'test']);
const OLDEST_NODE = [20, 19];
const LOCK_LIMIT_MS = 30 * 60_000;

/** Progress goes to stderr: what a command prints on stdout is its own. */
const say = (/** @type {string} */ message) => void process.stderr.write(`${message}\n`);

process.exitCode = await setUp(process.argv.slice(2));

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit status
 */
async function setUp(args) {
  const purpose = PURPOSES.find((name) => args.length === 2 && args[0] === '--for' && args[1] === name);
  if (purpose === undefined) {
    say(`usage: node scripts/setup.mjs --for ${PURPOSES.join('|')}`);
    return 2;
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    say(`Herald needs Node ${OLDEST_NODE.join('.')} or later. This is ${process.version}.`);
    return 1;
  }
  const missing = missingDebianPackages(purpose, displayMissing());
  if (missing.length === 0 && checkoutReady(purpose)) return 0;
  if (checkoutReady(purpose) && process.getuid?.() !== 0)
    return (await installDebianPackages(missing, say)) ? 0 : 1;
  if (!writable()) return 1;
  try {
    return (await withLock(path.join(root, 'out/setup.lock'), LOCK_LIMIT_MS, say, () => provide(purpose)))
      ? 0
      : 1;
  } catch (error) {
    say(`The set-up failed: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** @typedef {(typeof PURPOSES)[number]} Purpose */

/** @param {Purpose} purpose */
function needsElectron(purpose) {
  return purpose === 'run' || purpose === 'test';
}

/**
 * Whether everything that lives in the checkout is there.
 * @param {Purpose} purpose
 */
function checkoutReady(purpose) {
  return npmPackagesReady(root) && (!needsElectron(purpose) || electronExecutable(root) !== undefined);
}

/** Whether this user may install into the checkout; says so when not. */
function writable() {
  for (const folder of [root, path.join(root, 'node_modules'), path.join(root, 'out')]) {
    if (!fs.existsSync(folder)) continue;
    try {
      fs.accessSync(folder, fs.constants.W_OK);
    } catch {
      const owner = fs.statSync(folder).uid;
      say(
        `The set-up must write into ${folder}, which belongs to user ${owner}, not to you (user ${process.getuid?.()}).`,
      );
      say('Run it as that user, or work in a clone of your own.');
      return false;
    }
  }
  return true;
}

/**
 * Provides what is missing, in the order in which one needs the other: Electron's executable asks for the libraries.
 * @param {Purpose} purpose
 * @returns {Promise<boolean>}
 */
async function provide(purpose) {
  if (!npmPackagesReady(root)) {
    say('Installing the npm packages of the lockfile.');
    if (!(await npmCi(root))) {
      say('npm could not install them (see above).');
      return false;
    }
  }
  const missing = missingDebianPackages(purpose, displayMissing());
  if (missing.length > 0 && !(await installDebianPackages(missing, say))) return false;
  if (needsElectron(purpose) && electronExecutable(root) === undefined) return provideElectron(root, say);
  return true;
}
