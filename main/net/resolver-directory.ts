import type { Clock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import type { Random } from './random.ts';
import type { Resolver } from './resolver.ts';
import { StubResolver } from './resolver.ts';
import { systemDns } from './system-dns.ts';
import { SystemResolver } from './system-resolver.ts';

/**
 * The resolvers in use, one for each endpoint so that they share what they learned; without an endpoint it is the
 * system's, whose addresses are read when a question is asked and they may have changed.
 */
export function resolverDirectory(parts: {
  readonly clock: Clock;
  readonly random: Random;
}): (endpoint: Endpoint | undefined) => Resolver {
  const known = new Map<string, Resolver>();
  return (endpoint) => {
    const key = endpoint === undefined ? '' : `${endpoint.host} ${endpoint.port}`;
    const resolver =
      known.get(key) ??
      (endpoint === undefined
        ? new SystemResolver({ ...parts, read: systemDns })
        : new StubResolver({ ...parts, servers: [endpoint] }));
    known.set(key, resolver);
    return resolver;
  };
}
