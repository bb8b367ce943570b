import { expect, test } from 'vitest';
import { message } from '../../protocol/discovery/testing/replies.ts';
import { optRecord } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import { DnsCache } from './dns-cache.ts';
import { address, QUESTION, soa } from './testing/records.ts';
import { VirtualClock } from './virtual-clock.ts';

function filled(parts: Parameters<typeof message>[0]) {
  const clock = new VirtualClock();
  const cache = new DnsCache(clock);
  cache.put(QUESTION, { message: message(parts), path: 'open' });
  return { clock, cache };
}

test('TTLs are what is left of them, and the OPT record is left alone', () => {
  const additionals = [address(2, 5), optRecord(1232)];
  const { clock, cache } = filled({ answers: [address(1, 60)], authorities: [soa(30, 5)], additionals });
  clock.advance(10_999);

  const cached = cache.get({ ...QUESTION, name: Name.of('PUSH.TEST') })!.message;
  expect(cached.answers.map(({ ttlSeconds }) => ttlSeconds)).toEqual([50]);
  expect(cached.authorities.map(({ ttlSeconds }) => ttlSeconds)).toEqual([20]);
  expect(cached.additionals.map(({ ttlSeconds }) => ttlSeconds)).toEqual([0, 0]);
  expect(cached.additionals[1]).toEqual(additionals[1]);
});

test.each([
  ['an answer, by its shortest TTL', { answers: [address(1, 60), address(2, 20)] }, 20],
  ['a denial, by MINIMUM', { rcode: Rcode.NXDOMAIN, authorities: [soa(300, 20)] }, 20],
  ['a denial, by the TTL of its SOA record', { authorities: [soa(20, 300)] }, 20],
])('RFC 2308: %s, is forgotten in time', (_, parts, seconds) => {
  const { clock, cache } = filled(parts);
  clock.advance(seconds * 1000 - 1);
  expect(cache.get(QUESTION)).toBeDefined();
  clock.advance(1);
  expect(cache.get(QUESTION)).toBeUndefined();
});

test.each([
  ['an error', { rcode: Rcode.SERVFAIL }],
  ['a denial without a SOA record', { rcode: Rcode.NXDOMAIN }],
  ['an answer with TTL 0', { answers: [address(1, 0)] }],
  ['an answer whose TTL has the top bit set', { answers: [address(1, 0xffff_ffff)] }],
])('%s is not kept', (_, parts) => {
  expect(filled(parts).cache.get(QUESTION)).toBeUndefined();
});

test('the time that the machine sleeps counts, and a wall clock set back does not lengthen lives', () => {
  const asleep = filled({ answers: [address(1, 60)] });
  asleep.clock.sleep(60_000);
  const setBack = filled({ answers: [address(1, 60)] });
  setBack.clock.sleep(-3_600_000);
  setBack.clock.advance(60_000);

  expect([asleep.cache.get(QUESTION), setBack.cache.get(QUESTION)]).toEqual([undefined, undefined]);
});

test('another type of the same name is another question', () => {
  const { cache } = filled({ answers: [address(1)] });

  expect(cache.get({ ...QUESTION, type: RecordType.AAAA })).toBeUndefined();
});

test('the oldest answers make room, so that memory is bounded', () => {
  const cache = new DnsCache(new VirtualClock());
  const numbered = (at: number) => ({ ...QUESTION, name: Name.of(`n${at}.test`) });
  for (let at = 0; at < 4097; at++) {
    cache.put(numbered(at), { message: message({ answers: [address(1)] }), path: 'open' });
  }

  expect([0, 1, 4096].map((at) => cache.get(numbered(at)) !== undefined)).toEqual([false, true, true]);
});
