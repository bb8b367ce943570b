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
  /** Who answers for single domains instead, each domain once: how a VPN brings its own names along. May be empty. */
  readonly routes: readonly DnsRoute[];
}

/** A domain with resolvers of its own. */
export interface DnsRoute {
  readonly domain: Name;
  /** The preferred one first; at least one. */
  readonly servers: readonly Endpoint[];
}

/** The same as texts, as programs print and files hold it. */
export interface DnsTexts {
  /** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`; what is no address is passed over. */
  readonly hosts: readonly string[];
  readonly domains: readonly string[];
  readonly routes?: readonly { readonly domain: string; readonly hosts: readonly string[] }[];
}

/** DNS over UDP and TCP (RFC 1035 §4.2). */
export const DNS_PORT = 53;

/** Each resolver, domain and route once, in order; a route to the resolvers of everything is none. */
export function dnsList({ hosts, domains, routes = [] }: DnsTexts): SystemDns {
  const servers = parseServers(hosts);
  return { servers, searchDomains: unique(domains).flatMap(domainOf), routes: routesOf(routes, servers) };
}

/** Reads resolvers as `dns.getServers()` and others give them, each once; with a zone where they have one. */
export function parseServers(texts: readonly string[]): readonly Endpoint[] {
  return unique(texts).flatMap((text) => {
    if (isIP(text) !== 0) return [{ host: text, port: DNS_PORT }];
    const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
    const host = bracketed ?? plain ?? '';
    return isIP(host) === 0 ? [] : [{ host, port: Number(port) }];
  });
}

function routesOf(texts: NonNullable<DnsTexts['routes']>, general: readonly Endpoint[]): readonly DnsRoute[] {
  const byDomain = new Map<string, { readonly domain: Name; readonly hosts: string[] }>();
  for (const { domain: text, hosts } of texts) {
    for (const domain of domainOf(text)) {
      const route = byDomain.get(domain.key) ?? { domain, hosts: [] };
      route.hosts.push(...hosts);
      byDomain.set(domain.key, route);
    }
  }
  return [...byDomain.values()]
    .map(({ domain, hosts }) => ({ domain, servers: parseServers(hosts) }))
    .filter(({ servers }) => servers.length > 0 && JSON.stringify(servers) !== JSON.stringify(general));
}

/** "search ." switches the completion off. */
function domainOf(text: string): readonly Name[] {
  const parsed = parseName(text);
  return parsed.ok && !parsed.name.isRoot ? [parsed.name] : [];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
