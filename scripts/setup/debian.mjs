/** The Debian packages that running and testing need. Elsewhere than on Debian and its kin this does nothing. Node built-ins only. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { run } from '../child.mjs';

const INSTALL_LIMIT_MS = 15 * 60_000;

/** @typedef {'build' | 'check' | 'lab' | 'run' | 'test'} Purpose */

/** The shared libraries of Electron's executable; the rest of its needs come with these. */
const LIBRARIES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libdrm2',
  'libcups2',
  'libatk-bridge2.0-0',
];
const DISPLAY = ['xvfb', 'xauth'];
const DNS_TOOLS = ['bind9-dnsutils', 'python3-dnspython'];
/** Another implementation of TLS and DANE. */
const TLS_TOOLS = ['openssl'];
/** Name servers that tests run themselves on ports of their own. Their services are not to be started. */
const NAME_SERVERS = ['bind9', 'bind9-utils', 'unbound', 'unbound-host', 'knot'];
/** A program that maintainers' scripts ask whether a service may be started; 101 is no (invoke-rc.d(8)). */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';
const JOURNEY_TOOLS = [
  'openbox',
  'xdotool',
  'tshark',
  'dbus',
  'libglib2.0-bin',
  'python3-dbusmock',
  'iproute2',
];

/**
 * @param {Purpose} purpose
 * @param {boolean} withoutDisplay
 * @returns {readonly string[]}
 */
export function packagesFor(purpose, withoutDisplay) {
  switch (purpose) {
    case 'build':
      return [];
    case 'check':
      return [...DNS_TOOLS, ...TLS_TOOLS];
    case 'lab':
      return [...DNS_TOOLS, ...NAME_SERVERS];
    case 'run':
      return withoutDisplay ? [...LIBRARIES, ...DISPLAY] : LIBRARIES;
    case 'test':
      return [...LIBRARIES, ...DISPLAY, ...DNS_TOOLS, ...TLS_TOOLS, ...NAME_SERVERS, ...JOURNEY_TOOLS];
  }
}

/**
 * Which packages are not installed, neither under their name nor provided by another (libgtk-3-0t64 provides libgtk-3-0).
 * @param {readonly string[]} wanted
 * @param {string} listing lines of `status package provides`, as `dpkg-query` writes them below
 */
export function missingPackages(wanted, listing) {
  const have = new Set();
  for (const line of listing.split('\n')) {
    const [status, name, ...provides] = line.split(' ');
    if (status !== 'installed') continue;
    have.add(name);
    for (const provided of provides.join(' ').split(',')) have.add(provided.trim().split(' ')[0]);
  }
  return wanted.filter((name) => !have.has(name));
}

/**
 * @param {Purpose} purpose
 * @param {boolean} withoutDisplay
 * @returns {readonly string[]} empty where there is no dpkg
 */
export function missingDebianPackages(purpose, withoutDisplay) {
  const wanted = packagesFor(purpose, withoutDisplay);
  if (wanted.length === 0 || !fs.existsSync('/etc/debian_version')) return [];
  const query = ['-W', '-f', '${db:Status-Status} ${Package} ${Provides}\\n'];
  const { status, stdout } = spawnSync('dpkg-query', query, {
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 1 << 26,
  });
  return status === 0 ? missingPackages(wanted, stdout) : [];
}

/**
 * Installs packages when that is possible, else says which command would.
 * @param {readonly string[]} names
 * @param {(message: string) => void} say
 * @returns {Promise<boolean>}
 */
export async function installDebianPackages(names, say) {
  const install = ['install', '-y', '--no-install-recommends', ...names];
  const byHand = `apt-get update && sudo apt-get ${install.join(' ')}`;
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) {
    say(`These Debian packages are missing, and only root can install them. Run this, then try again:`);
    say(`  sudo ${byHand}`);
    return false;
  }
  say(`Installing Debian packages: ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300'];
  const update = await run('apt-get', [...quiet, 'update'], { env, timeoutMs: INSTALL_LIMIT_MS });
  const result = await withoutServices(() =>
    run('apt-get', [...quiet, ...install], { env, timeoutMs: INSTALL_LIMIT_MS }),
  );
  if (result.status === 0) return true;
  say(`${update.status === 0 ? '' : update.output}${result.output}`.trim());
  say(
    `apt-get could not install them (status ${result.status}, see above). Once it can, this does it by hand:`,
  );
  say(`  sudo ${byHand}`);
  return false;
}

/**
 * Does something while no service may be started, unless this machine has a policy of its own.
 * @template Result
 * @param {() => Promise<Result>} action
 * @returns {Promise<Result>}
 */
async function withoutServices(action) {
  if (fs.existsSync(SERVICE_POLICY)) return action();
  fs.writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await action();
  } finally {
    fs.rmSync(SERVICE_POLICY, { force: true });
  }
}
