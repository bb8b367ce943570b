import { onTestFinished } from 'vitest';
import type { Clock } from '../clock.ts';
import type { Endpoint } from '../endpoint.ts';
import { cryptoRandom } from '../random.ts';
import { StubResolver } from '../resolver.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { FakeDns } from './fake-dns.ts';

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
