import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import { ByteReader } from '../wire/reader.ts';
import { hexOf, octetsOfHex } from '../wire/text.ts';
import { isZoneKey, keyTagOf, readDnskey } from './dnskey.ts';
import { dsInput, readDs } from './ds.ts';
import { covers, readNsec } from './nsec.ts';
import { coversHash, readNsec3 } from './nsec3.ts';
import { compareOctets } from './canonical-rdata.ts';
import { compareNames } from './canonical-name.ts';
import type { Rrsig } from './rrsig.ts';
import { CLOCK_SKEW_SECONDS, readRrsig, validityOf } from './rrsig.ts';
import { recordsOf } from './testing/records.ts';
import { sha1Crypto } from './testing/sha1-crypto.ts';
import { TypeBitmap } from './type-bitmap.ts';

const KEY =
  'dskey.example.com. 86400 IN DNSKEY 256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==';

test('RFC 4034 §5.4: the DS record of the example has the tag and the digest of its key', () => {
  const [key, ds] = recordsOf(
    `${KEY}\ndskey.example.com. 86400 IN DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118`,
  );
  expect(keyTagOf(key!.rdata)).toBe(60_485);
  expect(readDnskey(key!.rdata)).toMatchObject({ flags: 256, protocol: 3, algorithm: 5, keyTag: 60_485 });
  const { digest, ...fields } = readDs(ds!.rdata);
  expect(fields).toEqual({ keyTag: 60_485, algorithm: 5, digestType: 1 });
  expect(hexOf(sha1Crypto.digest(1, dsInput(Name.of('DSKEY.example.com'), key!.rdata)))).toBe(hexOf(digest));
});

test.each([
  [256, 3, true],
  [257, 3, true],
  [0, 3, false], // no key of a zone (RFC 4034 §2.1.1)
  [1, 3, false],
  [257, 2, false], // RFC 4034 §2.1.2
  [257 | 128, 3, false], // revoked (RFC 5011 §2.1)
])('a key with flags %d and protocol %d may sign a zone: %s', (flags, protocol, isOne) => {
  expect(isZoneKey(readDnskey(Uint8Array.of(flags >>> 8, flags, protocol, 13, 1)))).toBe(isOne);
});

test('RFC 4034 §3.3: the signature of the example is read field by field', () => {
  const [record] = recordsOf(
    'host.example.com. 86400 IN RRSIG A 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o=',
  );
  expect(readRrsig(record!.rdata)).toMatchObject({
    ...{ typeCovered: RecordType.A, algorithm: 5, labels: 3, originalTtlSeconds: 86_400, keyTag: 2642 },
    expiration: Date.UTC(2003, 2, 22, 17, 31, 3) / 1000,
    inception: Date.UTC(2003, 1, 20, 17, 31, 3) / 1000,
    signer: Name.of('example.com'),
  });
});

test('RFC 4034 §3.1.7: a signature whose signer is compressed is none, wherever the pointer leads', () => {
  const rdata = octetsOfHex(`0001 05 03 00015180 00000000 00000000 0a52 c00c a090`.replaceAll(' ', ''))!;
  expect(() => readRrsig(rdata)).toThrow("a signer's name is compressed (RFC 4034 §3.1.7)");
});

const DAY = 86_400;

function signed(inception: number, expiration: number): Rrsig {
  const [record] = recordsOf('a. 1 IN RRSIG A 13 1 1 2 1 1 . AAAA');
  return { ...readRrsig(record!.rdata), inception: inception >>> 0, expiration: expiration >>> 0 };
}

test.each([
  ['just begun', 1000, 1000, 1000 + DAY, 'current'],
  ['about to end', 1000 + DAY, 1000, 1000 + DAY, 'current'],
  ['begun by a clock five minutes ahead', 1000 - CLOCK_SKEW_SECONDS, 1000, 1000 + DAY, 'current'],
  ['not begun', 999 - CLOCK_SKEW_SECONDS, 1000, 1000 + DAY, 'not-yet'],
  ['ended within five minutes', 1000 + DAY + CLOCK_SKEW_SECONDS, 1000, 1000 + DAY, 'current'],
  ['ended', 1001 + DAY + CLOCK_SKEW_SECONDS, 1000, 1000 + DAY, 'expired'],
  ['over the end of 32 bits', 2 ** 32 + 10, 2 ** 32 - DAY, 2 ** 32 + DAY, 'current'],
  ['over the end of 32 bits, ended', 2 ** 32 + 2 * DAY, 2 ** 32 - DAY, 2 ** 32 + DAY, 'expired'],
  ['over the end of 32 bits, not begun', 2 ** 32 - 2 * DAY, 2 ** 32 - DAY, 2 ** 32 + DAY, 'not-yet'],
  ['a period that ends before it begins', 1500, 2000, 1000, 'not-yet'],
  ['such a period within the clock skew', 1500, 1600, 1400, 'expired'],
])(
  'RFC 4034 §3.1.5: a signature %s, seen at %d of %d to %d, is %s',
  (_, now, inception, expiration, kind) => {
    expect(validityOf(signed(inception, expiration), now).kind).toBe(kind);
  },
);

test('what is left of a signature is the time to its end, and never less than nothing', () => {
  expect(validityOf(signed(0, 1000), 400)).toEqual({ kind: 'current', secondsLeft: 600 });
  expect(validityOf(signed(0, 1000), 1100)).toEqual({ kind: 'current', secondsLeft: 0 });
});

test('RFC 4034 §4.3: the types of the example are those in its windows of bits', () => {
  const rdata = octetsOfHex(
    `04686f7374076578616d706c6503636f6d00000640010000000304 1b${'00'.repeat(26)}20`.replace(' ', ''),
  )!;
  const { next, types } = readNsec(Name.of('alfa.example.com'), rdata);
  expect(next.equals(Name.of('host.example.com'))).toBe(true);
  const all = Array.from({ length: 65_536 }, (_, type) => type).filter((type) => types.has(type));
  expect(all).toEqual([RecordType.A, RecordType.MX, RecordType.RRSIG, RecordType.NSEC, 1234]);
});

test.each([
  ['windows out of order', '01014000 0140', 'out of order'],
  ['the same window twice', '00014000 0140', 'out of order'],
  ['a window without octets', '0000', 'has 0 octets'],
  ['a window of 33 octets', `0021${'00'.repeat(33)}`, 'has 33 octets'],
  ['a window that runs past the end', '000240', 'are declared'],
])('a type bitmap with %s is refused', (_, hex, problem) => {
  expect(() => TypeBitmap.read(new ByteReader(octetsOfHex(hex.replace(' ', ''))!))).toThrow(problem);
});

const A = Uint8Array.of(0, 1, 0x40);

function nsec(owner: string, next: string) {
  return readNsec(Name.of(owner), Uint8Array.of(...Name.of(next).wire, ...A));
}

test('an NSEC record covers what lies between its two names, and the last one what lies behind', () => {
  const names = [
    'b.example',
    'a.b.example',
    'c.example',
    'd.example',
    'a.example',
    'example',
    'B.example',
  ].map((name) => Name.of(name));
  const covered = (record: ReturnType<typeof nsec>) =>
    names.filter((name) => covers(record, name)).map(String);
  expect(covered(nsec('b.example', 'd.example'))).toEqual(['a.b.example.', 'c.example.']);
  expect(covered(nsec('c.example', 'example'))).toEqual(['d.example.']);
  expect(covered(nsec('example', 'example'))).toEqual([
    'b.example.',
    'a.b.example.',
    'c.example.',
    'd.example.',
    'a.example.',
    'B.example.',
  ]);
});

test('the NSEC records of a zone cover every name that is not there, each once, and none that is', () => {
  const label = fc.constantFrom('a', 'b', 'B', 'c', '*', '-', '\\000');
  const name = fc.array(label, { maxLength: 3 }).map((labels) => Name.of([...labels, 'example'].join('.')));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 8 }), name, (owners, asked) => {
      const distinct = [
        ...new Map([Name.of('example'), ...owners].map((one) => [one.key, one])).values(),
      ].sort(compareNames);
      const chain = distinct.map((owner, at) =>
        nsec(owner.toString(), (distinct[at + 1] ?? distinct[0]!).toString()),
      );
      const isThere = distinct.some((owner) => owner.equals(asked));
      expect(chain.filter((record) => covers(record, asked))).toHaveLength(isThere ? 0 : 1);
    }),
  );
});

test('the NSEC3 records of a zone cover every hash that is not there, each once, and none that is', () => {
  const hash = fc.integer({ min: 0, max: 9 }).map((value) => new Uint8Array(20).fill(value));
  fc.assert(
    fc.property(fc.array(hash, { minLength: 1, maxLength: 6 }), hash, (hashes, asked) => {
      const distinct = [...new Map(hashes.map((one) => [hexOf(one), one])).values()].sort(compareOctets);
      const base = {
        hashAlgorithm: 1,
        iterations: 0,
        salt: new Uint8Array(),
        flags: 0,
        types: TypeBitmap.read(new ByteReader(A)),
      };
      const chain = distinct.map((one, at) => ({
        ...base,
        hash: one,
        nextHash: distinct[at + 1] ?? distinct[0]!,
      }));
      const isThere = distinct.some((one) => hexOf(one) === hexOf(asked));
      expect(chain.filter((record) => coversHash(record, asked))).toHaveLength(isThere ? 0 : 1);
    }),
  );
});

test.each([
  ['as it should be', '0'.repeat(32), 1, 0, true],
  ['with opt-out', '0'.repeat(32), 1, 1, true],
  ['with an unknown hash (RFC 5155 §8.1)', '0'.repeat(32), 2, 0, false],
  ['with an unknown flag (RFC 5155 §8.2)', '0'.repeat(32), 1, 2, false],
  ['whose owner is no hash', 'www', 1, 0, false],
  ['whose owner is a hash of another length', '0'.repeat(24), 1, 0, false],
  ['whose owner is not right below the zone', `${'0'.repeat(32)}.sub`, 1, 0, false],
])('an NSEC3 record %s counts: %s', (_, owner, hashAlgorithm, flags, counts) => {
  const [record] = recordsOf(
    `${owner}.example. 60 IN NSEC3 ${hashAlgorithm} ${flags} 0 - ${'0'.repeat(31)}1 A`,
  );
  expect(readNsec3(record!.name, record!.rdata, Name.of('example')) !== undefined).toBe(counts);
});
