import type { DomainTrust } from '../net/domain-trust.ts';
import type { Resolver } from '../net/resolver.ts';
import type { SecureAddress } from '../net/resolver-address.ts';
import { spokenResolver } from '../net/resolver-address.ts';
import { UNCHECKED } from '../../protocol/discovery/security.ts';
import { Name } from '../../protocol/wire/name.ts';
import { serverText } from './feed-pool.ts';
import type { StepNews } from './ladder.ts';
import type { PushServerTarget } from './push-server-target.ts';
import type { FoundServer, ServersOfZone } from './server-search.ts';
import type { SourceSubject } from './zone-follower.ts';

/** A resolver as a push server. */
export interface ResolverStep {
  readonly target: PushServerTarget;
  /** As rows show it. */
  readonly text: string;
  /** The same as the servers of a zone, which is the root: nothing lies outside. */
  readonly servers: ServersOfZone;
  /** The steps that are spared. */
  readonly news: readonly StepNews[];
  /** Finds where it is and what it has to show, which is known. */
  readonly reach: () => Promise<FoundServer>;
}

/**
 * The resolver as the push server of a subject: it tells of the names of every zone, or says that it does not (RFC 8765 §6.1).
 * It has to show what it shows for lookups, whatever the domain. Undefined where it is not to be asked: it has nothing to
 * show, or the subject needs its own server.
 */
export function resolverStep(
  { secureAddress }: Resolver,
  { isGuest = false, text: domain }: SourceSubject,
  trust: DomainTrust,
): ResolverStep | undefined {
  if (secureAddress === undefined || isGuest || isOwnServerDemanded(trust)) return undefined;
  const { host: address, port, identity } = secureAddress;
  const serverName = identity.name ?? address; // one that is known by its key alone goes by its address
  const host = Name.of(serverName);
  const policy = identity.pins.length === 0 ? {} : { pins: identity.pins };
  const target = { host, port, addresses: [address], serverName, policy, role: 'resolver' as const };
  return {
    target,
    text: serverText(target),
    servers: {
      zone: Name.root,
      servers: [{ priority: 0, weight: 0, port, target: host }],
      addresses: new Map(),
      security: UNCHECKED,
      ttlSeconds: Infinity,
    },
    news: newsOf(secureAddress),
    reach: () =>
      Promise.resolve({
        kind: 'found',
        target,
        trust: { domain, names: [], isStrict: false, resolver: identity },
      }),
  };
}

/**
 * Whether a person has said more of a domain's server than that it is the one, so that no other will do: a resolver shows
 * neither its key nor what a chosen authority vouches for, and passes on nobody's certificate.
 */
function isOwnServerDemanded({ caPem, pins = [], client, isStrict = false }: DomainTrust): boolean {
  return isStrict || caPem !== undefined || client !== undefined || pins.length > 0;
}

function newsOf(address: SecureAddress): readonly StepNews[] {
  const passed = (step: 'zone' | 'srv' | 'address', text: string): StepNews => ({
    kind: 'passed',
    step,
    text,
    evidence: [],
  });
  return [
    passed(
      'zone',
      `The resolver, ${spokenResolver(address)}, is asked to push itself, so that no zone has to be found first.`,
    ),
    passed('srv', 'The resolver stands in for the push server of the zone.'),
    passed('address', `Its address, ${address.host}, is known.`),
  ];
}
