import { onTestFinished } from 'vitest';
import type { Clock } from '../clock.ts';
import type { Endpoint } from '../endpoint.ts';
import { cryptoRandom } from '../random.ts';
import { StubResolver } from '../resolver.ts';
import type { ResolverAddress } from '../resolver-address.ts';
import type { Connect } from '../tls-transport.ts';
import { connectTls } from '../tls-transport.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { FakeDns } from './fake-dns.ts';
import { AUTHORITY } from './recorded-transport.ts';

/** A name server that ends with the test. */
export async function startDns(): Promise<FakeDns> {
  const dns = await FakeDns.start();
  onTestFinished(() => dns.close());
  return dns;
}

/** A resolver on a clock of its own that ends with the test. */
export function startResolver(servers: readonly Endpoint[], clock: Clock = new VirtualClock()): StubResolver {
  const resolver = new StubResolver({ servers, clock, random: cryptoRandom });
  onTestFinished(() => resolver.close());
  return resolver;
}

/** A resolver over TLS that trusts the tests' authority, on a clock of its own; it ends with the test. */
export function startSecureResolver(
  servers: readonly ResolverAddress[],
  clock: Clock = new VirtualClock(),
): StubResolver {
  const connect: Connect = (target, told) => connectTls({ ...target, ca: AUTHORITY.ca, clock }, told);
  const resolver = new StubResolver({ servers, clock, random: cryptoRandom, connect });
  onTestFinished(() => resolver.close());
  return resolver;
}
