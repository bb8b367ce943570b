import type { TrustAnchor } from '../../protocol/dnssec/trust-anchor.ts';
import type { Clock } from './clock.ts';
import { MACHINE_NETWORK, networkGlance } from './network-change.ts';
import type { Random } from './random.ts';
import type { Resolver } from './resolver.ts';
import { StubResolver } from './resolver.ts';
import type { ResolverAddress } from './resolver-address.ts';
import { writtenResolver } from './resolver-address.ts';
import { systemDns } from './system-dns.ts';
import { SystemResolver } from './system-resolver.ts';
import type { Connect } from './tls-transport.ts';
import type { EndingResolver } from './validating-resolver.ts';
import { ValidatingResolver } from './validating-resolver.ts';
import { validatingStub } from './validating-stub.ts';

/** What the resolvers of a program are made of. */
export interface DirectoryParts {
  readonly clock: Clock;
  readonly random: Random;
  /** How connections to resolvers over TLS are made; they trust the authorities of the runtime unless given. */
  readonly connect?: Connect;
  /** By which answers are validated; without them none is. */
  readonly anchors?: readonly TrustAnchor[];
}

/**
 * The resolvers in use, one for each address so that they share what they learned; without an address it is the system's,
 * whose addresses are read when a question is asked and they may have changed.
 */
export class ResolverDirectory {
  readonly #parts: DirectoryParts;
  readonly #system: EndingResolver;
  readonly #known = new Map<string, EndingResolver>();

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
    this.#system = systemResolver(parts);
  }

  /** The resolver at an address, or the system's. */
  readonly at = (address: ResolverAddress | undefined): Resolver => {
    if (address === undefined) return this.#system;
    const key = writtenResolver(address);
    const resolver = this.#known.get(key) ?? resolverOf(address, this.#parts);
    this.#known.set(key, resolver);
    return resolver;
  };

  /** Forgets what was answered, and reads anew who answers: for when the machine is on another network. */
  forget(): void {
    this.#system.forget();
    for (const resolver of this.#known.values()) resolver.forget();
  }

  /** Ends all questions under way and closes all connections. */
  close(): void {
    this.#system.close();
    for (const resolver of this.#known.values()) resolver.close();
  }
}

function resolverOf(address: ResolverAddress, { anchors, ...parts }: DirectoryParts): EndingResolver {
  const options = { ...parts, servers: [address] };
  return anchors === undefined ? new StubResolver(options) : validatingStub(options, anchors);
}

function systemResolver({ anchors, ...parts }: DirectoryParts): EndingResolver {
  const options = { ...parts, read: systemDns, glance: () => networkGlance(MACHINE_NETWORK).mark };
  if (anchors === undefined) return new SystemResolver(options);
  return new ValidatingResolver({
    signatures: new SystemResolver({ ...options, dnssec: 'signatures' }),
    verdicts: new SystemResolver({ ...options, dnssec: 'verdict' }),
    anchors,
    clock: parts.clock,
  });
}
