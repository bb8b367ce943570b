import { expect, test } from 'vitest';
import { readMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import type { DnssecWish } from './dns-query.ts';
import { makeQuery } from './dns-query.ts';
import { QUESTION } from './testing/records.ts';

const named = (octets: number) => ({
  ...QUESTION,
  name: Name.ofLabels(['x'.repeat(octets), 'y'.repeat(octets), 'z'.repeat(octets)]),
});

test('RFC 8467 §4.1: whatever is asked, a padded query is a multiple of 128 octets, and no longer than it must be', () => {
  for (let octets = 1; octets <= 63; octets++) {
    const query = makeQuery(named(octets), () => 0, { edns: 'padded' });
    const plain = makeQuery(named(octets), () => 0, { edns: 'plain' });
    expect(query.bytes.length % 128).toBe(0);
    expect(query.bytes.length - plain.bytes.length).toBeLessThan(4 + 128);
    const [opt] = readMessage(query.bytes).additionals;
    // Option 12, its length, and zeros (RFC 7830 §3).
    expect(opt!.rdata).toEqual(
      Uint8Array.of(0, 12, 0, opt!.rdata.length - 4, ...new Uint8Array(opt!.rdata.length - 4)),
    );
  }
});

test('signatures are asked for by DO, and what the resolver finds bogus by CD', () => {
  const wanting = readMessage(makeQuery(QUESTION, () => 0, { edns: 'plain', dnssec: 'signatures' }).bytes);
  const plain = readMessage(makeQuery(QUESTION, () => 0, { edns: 'plain' }).bytes);
  const old = readMessage(makeQuery(QUESTION, () => 0, { edns: 'none', dnssec: 'signatures' }).bytes);

  expect(wanting).toMatchObject({
    checkingDisabled: true,
    additionals: [{ type: RecordType.OPT, ttlSeconds: 0x8000 }],
  });
  expect(old).toMatchObject({ checkingDisabled: false, additionals: [] });
  expect(plain).toMatchObject({
    checkingDisabled: false,
    additionals: [{ type: RecordType.OPT, ttlSeconds: 0 }],
  });
});

test('RFC 6840 §5.7: who wants the word of the resolver says so by AD', () => {
  const ofWish = (dnssec?: DnssecWish) =>
    readMessage(makeQuery(QUESTION, () => 0, { edns: 'plain', dnssec }).bytes).isAuthenticData;

  expect([ofWish('verdict'), ofWish('signatures'), ofWish()]).toEqual([true, false, false]);
});

test('an ID in use is not drawn again', () => {
  const form = { edns: 'plain' } as const;
  const { id } = makeQuery(
    QUESTION,
    () => 0.999_999,
    form,
    (drawn) => drawn > 3,
  );

  expect(id).toBeLessThanOrEqual(3);
});
