import type { Clock } from '../net/clock.ts';
import type { Resolver } from '../net/resolver.ts';
import type { ResolverAddress } from '../net/resolver-address.ts';
import type { CheckTcp } from '../net/tcp-check.ts';
import type { Connect } from '../net/tls-transport.ts';
import type { ToldNews } from './chronicle.ts';
import type { DomainRequest } from './domain-request.ts';
import type { EnumerationBase } from './enumeration.ts';
import type { GatedDomain, PlaceGate } from './places.ts';
import type { ServiceMemory } from './service-memory.ts';

/** What a workspace needs of the world. */
export interface WorkspaceDependencies {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly checkTcp: CheckTcp;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  /** The resolver at an address, or the system's. */
  readonly resolverAt: (address: ResolverAddress | undefined) => Resolver;
  /** Whether a domain may be asked for on the network of now; without this, and where it says nothing, all may. */
  readonly gateOf?: (domain: GatedDomain, request: DomainRequest) => PlaceGate | undefined;
  /** Where this machine looks for domains to browse. */
  readonly enumerationBases: () => Promise<readonly EnumerationBase[]>;
  /** How often rows are published at most, in milliseconds. */
  readonly updateIntervalMs: number;
  /** Whether services that were shown stay until it is certain that they are gone; not without this. */
  readonly keepsMemory?: boolean;
  /** Whether the details of a service are asked for only while a window looks at it, or a person keeps an eye on it. */
  readonly followsViews?: boolean;
  /** What is kept of services between two runs; nothing without this. */
  readonly serviceMemory?: ServiceMemory;
  /** Told of what happens to services, if they are kept in memory. */
  readonly told?: ToldNews;
}
