import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { Rcode, RecordClass, RecordType } from '../wire/registry.ts';
import { lifetimeSeconds, negativeSecondsOf, ttlSecondsOf } from './lifetime.ts';
import { a, cname, message, record, soa } from './testing/replies.ts';

const QUESTION = { name: Name.of('x.test'), type: RecordType.A, class: RecordClass.IN };

test('a TTL with the top bit set is none, and no TTL is longer than seven days', () => {
  const ttls = [0, 1, 604_801, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

  expect(ttls.map((ttl) => ttlSecondsOf(a('x', 1, ttl)))).toEqual([0, 1, 604_800, 604_800, 0, 0]);
});

test('an answer lives as long as its shortest record', () => {
  const answers = [cname('x.test', 'y.test', 50), a('y.test', 1, 40), a('y.test', 2, 60)];

  expect(lifetimeSeconds(message({ answers }), QUESTION)).toBe(40);
});

test.each([
  ['TTL of the SOA record', soa('test', 30, 60), 30],
  ['MINIMUM field of the SOA record', soa('test', 60, 20), 20],
  ['limit of three hours', soa('test', 86_400, 86_400), 10_800],
])('RFC 2308 §5: a denial lives for the %s when that is the least', (_, authority, seconds) => {
  const nodata = message({ authorities: [authority] });
  const nxdomain = message({ authorities: [authority], rcode: Rcode.NXDOMAIN });

  expect([nodata, nxdomain].map((denial) => lifetimeSeconds(denial, QUESTION))).toEqual([seconds, seconds]);
});

test('a denial at the end of an alias lives no longer than the alias', () => {
  const denial = message({ answers: [cname('x.test', 'y.test', 5)], authorities: [soa('test')] });

  expect(lifetimeSeconds(denial, QUESTION)).toBe(5);
});

test.each([
  ['a denial without a SOA record', message()],
  ['SERVFAIL', message({ rcode: Rcode.SERVFAIL, authorities: [soa('test')] })],
  ['a truncated answer', message({ isTruncated: true, answers: [a('x.test', 1)] })],
])('%s is not kept', (_, answer) => {
  expect(lifetimeSeconds(answer, QUESTION)).toBe(0);
});

test('a SOA record without RDATA proves nothing', () => {
  expect(negativeSecondsOf(record('test', RecordType.SOA, new Uint8Array()))).toBe(0);
});
