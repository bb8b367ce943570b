import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Name } from '../../protocol/wire/name.ts';
import { parseName } from '../../protocol/wire/name.ts';
import type { Endpoint } from './endpoint.ts';

/** What the machine says about its DNS. */
export interface SystemDns {
  /** Its resolvers, the preferred one first; may be empty. */
  readonly servers: readonly Endpoint[];
  /** The domains that it completes names with; may be empty. */
  readonly searchDomains: readonly Name[];
}

const DNS_PORT = 53;
const RESOLV_CONF = '/etc/resolv.conf';

/** The machine's resolvers and search domains: from resolv.conf, and elsewhere the resolvers that Node knows. */
export async function systemDns(path = RESOLV_CONF): Promise<SystemDns> {
  const found = await readFile(path, 'utf8').then(parseResolvConf, () => undefined);
  if (found !== undefined && found.servers.length > 0) return found;
  return { servers: parseServers(getServers()), searchDomains: found?.searchDomains ?? [] };
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
  return {
    servers: unique(hosts.filter((host) => isIP(host) !== 0)).map((host) => ({ host, port: DNS_PORT })),
    searchDomains: unique(domains).flatMap((domain) => searchDomain(domain)),
  };
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

function searchDomain(text: string): readonly Name[] {
  const parsed = parseName(text);
  // "search ." switches the completion off.
  return parsed.ok && !parsed.name.isRoot ? [parsed.name] : [];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
