/** Installs the npm packages of the lockfile, when what is there is not what it says. Node built-ins only. */
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../child.mjs';

const INSTALL_LIMIT_MS = 20 * 60_000;

/** @typedef {{version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean}} Entry */

/**
 * What of a lockfile is not installed, by npm's own record of the last install. Packages for other platforms are optional and may be missing.
 * @param {Readonly<Record<string, Entry>>} wanted the `packages` of package-lock.json
 * @param {Readonly<Record<string, Entry>>} present the `packages` of node_modules/.package-lock.json
 * @returns {readonly string[]} folders such as `node_modules/react`
 */
export function outdated(wanted, present) {
  return Object.entries(wanted)
    .filter(([folder, entry]) => {
      if (folder === '' || entry.link === true) return false;
      const installed = present[folder];
      if (installed === undefined) return entry.optional !== true && entry.devOptional !== true;
      return installed.version !== entry.version || installed.integrity !== entry.integrity;
    })
    .map(([folder]) => folder);
}

/**
 * Whether node_modules is what package-lock.json says.
 * @param {string} root
 */
export function npmPackagesReady(root) {
  const record = path.join(root, 'node_modules/.package-lock.json');
  if (!fs.existsSync(record)) return false;
  const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(fs.readFileSync(record, 'utf8')).packages;
  if (outdated(wanted, present).length > 0) return false;
  return Object.keys(present).every((folder) => fs.existsSync(path.join(root, folder, 'package.json')));
}

/**
 * `npm ci` in a folder, everything it prints on our stderr.
 * @param {string} folder
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function npmCi(folder) {
  const args = [
    'ci',
    '--include=dev',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ];
  const execPath = process.env['npm_execpath'] ?? '';
  const [command, ...before] = execPath.endsWith('npm-cli.js') ? [process.execPath, execPath] : ['npm'];
  const { status } = await run(command ?? 'npm', [...before, ...args], {
    cwd: folder,
    env: freshEnvironment(process.env),
    timeoutMs: INSTALL_LIMIT_MS,
    output: 'stderr',
  });
  return status === 0;
}

/**
 * The environment without what an outer `npm run` left in it about its own package, and with Electron's old download hook off
 * (npm before 11 does not know `allowScripts`; the types of the floor come from such an Electron).
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function freshEnvironment(env) {
  const outer =
    /^npm_(package|lifecycle)_|^npm_(command|config_local_prefix|config_global_prefix)$|^INIT_CWD$/;
  const kept = Object.entries(env).filter(([name]) => !outer.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
}
