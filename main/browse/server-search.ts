import type { Step } from '../contract/api.ts';
import { run } from '../net/procedure.ts';
import type { Resolver } from '../net/resolver.ts';
import { findAddresses } from '../../protocol/discovery/addresses.ts';
import { findServers, orderServers } from '../../protocol/discovery/servers.ts';
import { findZone } from '../../protocol/discovery/zone-cut.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import { browseName } from '../../protocol/dnssd/instance-name.ts';
import { servicesName } from '../../protocol/dnssd/domains.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Srv } from '../../protocol/wire/rdata.ts';

/** Why a domain is not live. */
export interface Failure {
  readonly step: Step;
  /** What happened, what it means, what to do. */
  readonly reason: string;
}

/** What discovery found. */
export type FoundServers =
  | {
      readonly kind: 'found';
      readonly zone: Name;
      /** In the order to try them. */
      readonly servers: readonly Srv[];
      readonly addresses: ReadonlyMap<string, readonly string[]>;
    }
  | ({ readonly kind: 'failed' } & Failure);

/** What a search needs. */
export interface SearchDependencies {
  readonly resolver: Resolver;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  readonly progressed: (step: Step) => void;
}

/**
 * Looks for the push servers of what is browsed, beginning with the name that will be subscribed to (RFC 8765 §6.1).
 * Aborted by `signal`, it ends soon with any result.
 */
export async function searchServers(
  scope: BrowseScope,
  { resolver, random, progressed }: SearchDependencies,
  signal: AbortSignal,
): Promise<FoundServers> {
  const { domain, type } = scope;
  const asked = type === undefined ? servicesName(domain) : browseName(type, domain);
  progressed('zone');
  const cut = await run(findZone(asked ?? domain, domain), resolver, signal);
  if (cut.kind === 'not-found') return { kind: 'failed', step: 'zone', reason: cut.reason };
  progressed('srv');
  const found = await run(findServers(cut.zone), resolver, signal);
  if (found.kind !== 'found') return { kind: 'failed', step: 'srv', reason: found.reason };
  return {
    kind: 'found',
    zone: cut.zone,
    servers: orderServers(found.srvs, random),
    addresses: found.addresses,
  };
}

/** The addresses of a server that discovery did not bring along. */
export async function searchAddresses(
  server: Srv,
  known: ReadonlyMap<string, readonly string[]>,
  { resolver, progressed }: SearchDependencies,
  signal: AbortSignal,
): Promise<
  { readonly kind: 'found'; readonly addresses: readonly string[] } | ({ readonly kind: 'failed' } & Failure)
> {
  const addresses = known.get(server.target.key);
  if (addresses !== undefined) return { kind: 'found', addresses };
  progressed('address');
  const found = await run(findAddresses(server.target), resolver, signal);
  return found.kind === 'found' ? found : { kind: 'failed', step: 'address', reason: found.reason };
}
