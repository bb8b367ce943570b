import type { Clock } from './clock.ts';
import type { Random } from './random.ts';
import type { Resolver } from './resolver.ts';
import { StubResolver } from './resolver.ts';
import type { ResolverAddress } from './resolver-address.ts';
import { writtenResolver } from './resolver-address.ts';
import { systemDns } from './system-dns.ts';
import { SystemResolver } from './system-resolver.ts';
import type { Connect } from './tls-transport.ts';

/** What the resolvers of a program are made of. */
export interface DirectoryParts {
  readonly clock: Clock;
  readonly random: Random;
  /** How connections to resolvers over TLS are made; they trust the authorities of the runtime unless given. */
  readonly connect?: Connect;
}

/**
 * The resolvers in use, one for each address so that they share what they learned; without an address it is the system's,
 * whose addresses are read when a question is asked and they may have changed.
 */
export class ResolverDirectory {
  readonly #parts: DirectoryParts;
  readonly #system: SystemResolver;
  readonly #known = new Map<string, StubResolver>();

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
    this.#system = new SystemResolver({ ...parts, read: systemDns });
  }

  /** The resolver at an address, or the system's. */
  readonly at = (address: ResolverAddress | undefined): Resolver => {
    if (address === undefined) return this.#system;
    const key = writtenResolver(address);
    const resolver = this.#known.get(key) ?? new StubResolver({ ...this.#parts, servers: [address] });
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
