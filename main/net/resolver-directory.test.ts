import { expect, test } from 'vitest';
import { cryptoRandom } from './random.ts';
import { ResolverDirectory } from './resolver-directory.ts';
import { address, octetsOf, QUESTION } from './testing/records.ts';
import { startDns } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

test('there is one resolver for each endpoint, so that domains share what it learned', async () => {
  const dns = await startDns();
  const resolverAt = new ResolverDirectory({ clock: new VirtualClock(), random: cryptoRandom }).at;
  const reply = resolverAt(dns.endpoint).query(QUESTION);
  (await dns.next()).answer({ answers: [address(1)] });
  await reply;

  expect(resolverAt({ ...dns.endpoint })).toBe(resolverAt(dns.endpoint));
  expect(octetsOf(await resolverAt({ ...dns.endpoint }).query(QUESTION))).toEqual([1]);
  expect(dns.received).toHaveLength(1);
  expect(resolverAt(undefined)).toBe(resolverAt(undefined));
  expect(resolverAt(undefined)).not.toBe(resolverAt(dns.endpoint));
});
