import { execFile } from 'node:child_process';
import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import type { SystemDns } from './dns-list.ts';
import { DNS_PORT, dnsList } from './dns-list.ts';
import type { Endpoint } from './endpoint.ts';
import { parseScutil, SCUTIL } from './scutil-dns.ts';
import { parseWindowsDns, POWERSHELL } from './windows-dns.ts';

/** How the machine is asked; a rejection is as good as no answer. */
export interface SystemSources {
  readonly platform: NodeJS.Platform;
  readonly readFile: (path: string) => Promise<string>;
  /** Runs a program and gives what it prints. */
  readonly run: (file: string, args: readonly string[]) => Promise<string>;
}

const RESOLV_CONF = '/etc/resolv.conf';
/** The resolvers behind the stub of systemd-resolved, which may leave out the authority section that discovery reads. */
const RESOLVED_CONF = '/run/systemd/resolve/resolv.conf';
const RESOLVED_STUBS = new Set(['127.0.0.53', '127.0.0.54']);
/** PowerShell takes a second to start; a program that takes this long will not answer. */
const RUN_TIMEOUT_MS = 10_000;

const MACHINE: SystemSources = {
  platform: process.platform,
  readFile: (path) => readFile(path, 'utf8'),
  run: async (file, args) => {
    const options = { timeout: RUN_TIMEOUT_MS, windowsHide: true };
    return (await promisify(execFile)(file, [...args], options)).stdout;
  },
};

/** The machine's resolvers and search domains, by the way of its platform, and else the resolvers that Node knows. */
export async function systemDns(sources: SystemSources = MACHINE): Promise<SystemDns> {
  const found = await ask(sources).catch(() => undefined);
  if (found !== undefined && found.servers.length > 0) return found;
  return { servers: parseServers(getServers()), searchDomains: found?.searchDomains ?? [] };
}

async function ask({ platform, readFile: read, run }: SystemSources): Promise<SystemDns | undefined> {
  if (platform === 'darwin') return parseScutil(await run(SCUTIL[0], SCUTIL.slice(1)));
  if (platform === 'win32') return parseWindowsDns(await run(POWERSHELL[0], POWERSHELL.slice(1)));
  const found = parseResolvConf(await read(RESOLV_CONF));
  if (!found.servers.every(({ host }) => RESOLVED_STUBS.has(host))) return found;
  const behind = await read(RESOLVED_CONF).then(parseResolvConf, () => found);
  return behind.servers.length > 0 ? behind : found;
}

/**
 * Reads the text of a resolv.conf: every `nameserver` that is an address, and the last of the `search` and `domain` lines.
 * What else it holds, mistakes included, is passed over, as the C library does.
 */
export function parseResolvConf(text: string): SystemDns {
  const lines = text.split(/\r?\n/).map((line) => line.split(/\s+/).filter((word) => word !== ''));
  const hosts = lines.flatMap(([keyword, host]) =>
    keyword === 'nameserver' && host !== undefined ? [host] : [],
  );
  const search = lines.findLast(([keyword]) => keyword === 'search' || keyword === 'domain');
  const domains = search?.[0] === 'domain' ? search.slice(1, 2) : (search?.slice(1) ?? []);
  return dnsList(hosts, domains);
}

/** Reads what `dns.getServers()` gives: `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`. */
export function parseServers(servers: readonly string[]): readonly Endpoint[] {
  return servers.flatMap((text) => {
    if (isIP(text) !== 0) return [{ host: text, port: DNS_PORT }];
    const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
    const host = bracketed ?? plain ?? '';
    return isIP(host) === 0 ? [] : [{ host, port: Number(port) }];
  });
}
