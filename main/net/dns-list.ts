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

/** DNS over UDP and TCP (RFC 1035 §4.2). */
export const DNS_PORT = 53;

/** The resolvers among some texts, which are addresses, and the search domains among others; each once, in order. */
export function dnsList(hosts: readonly string[], domains: readonly string[]): SystemDns {
  return {
    servers: unique(hosts.filter((host) => isIP(host) !== 0)).map((host) => ({ host, port: DNS_PORT })),
    searchDomains: unique(domains).flatMap((domain) => searchDomain(domain)),
  };
}

function searchDomain(text: string): readonly Name[] {
  const parsed = parseName(text);
  // "search ." switches the completion off.
  return parsed.ok && !parsed.name.isRoot ? [parsed.name] : [];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
