import { execFile } from 'node:child_process';
import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { SystemDns } from './dns-list.ts';
import { parseServers } from './dns-list.ts';
import { parseResolvConf } from './resolv-conf.ts';
import { parseResolvectl, RESOLVECTL } from './resolvectl-status.ts';
import { parseScutil, SCUTIL } from './scutil-dns.ts';
import { parseWindowsDns, POWERSHELL } from './windows-dns.ts';

/** How the machine is asked; a rejection is as good as no answer. */
export interface SystemSources {
  readonly platform: NodeJS.Platform;
  readonly readFile: (path: string) => Promise<string>;
  /** Runs a program and gives what it prints. */
  readonly run: (file: string, args: readonly string[]) => Promise<string>;
}

/** Where programs look for resolvers, and where systemd-resolved keeps what stands behind its stub. */
export const RESOLV_CONF = '/etc/resolv.conf';
export const RESOLVED_CONF = '/run/systemd/resolve/resolv.conf';
const RESOLVED_STUBS = new Set(['127.0.0.53', '127.0.0.54']);
/** PowerShell takes a second to start; a program that takes this long will not answer. */
const RUN_TIMEOUT_MS = 10_000;

const MACHINE: SystemSources = {
  platform: process.platform,
  readFile: (path) => readFile(path, 'utf8'),
  run: async (file, args) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const options = { timeout: RUN_TIMEOUT_MS, windowsHide: true, env };
    return (await promisify(execFile)(file, [...args], options)).stdout;
  },
};

/** The machine's resolvers and search domains, by the way of its platform, and else the resolvers that Node knows. */
export async function systemDns(sources: SystemSources = MACHINE): Promise<SystemDns> {
  const found = await ask(sources).catch(() => undefined);
  if (found !== undefined && found.servers.length > 0) return found;
  return {
    servers: parseServers(getServers()),
    searchDomains: found?.searchDomains ?? [],
    routes: found?.routes ?? [],
  };
}

async function ask(sources: SystemSources): Promise<SystemDns | undefined> {
  const { platform, readFile: read, run } = sources;
  if (platform === 'darwin') return parseScutil(await run(SCUTIL[0], SCUTIL.slice(1)));
  if (platform === 'win32') return parseWindowsDns(await run(POWERSHELL[0], POWERSHELL.slice(1)));
  const found = parseResolvConf(await read(RESOLV_CONF));
  const isStub = found.servers.length > 0 && found.servers.every(({ host }) => RESOLVED_STUBS.has(host));
  return isStub ? await behindStub(found, sources) : found;
}

/** The resolvers behind the stub of systemd-resolved, which leaves out the authority section that discovery reads. */
async function behindStub(stub: SystemDns, { readFile: read, run }: SystemSources): Promise<SystemDns> {
  const told = await run(RESOLVECTL[0], RESOLVECTL.slice(1)).then(parseResolvectl, () => undefined);
  if (told === 'over-tls') return stub;
  if (told !== undefined) return told;
  const behind = await read(RESOLVED_CONF).then(parseResolvConf, () => stub);
  return behind.servers.length > 0 ? behind : stub;
}
