import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readHex } from '../testing/hex.ts';
import type { Digest, Tlsa } from './tlsa.ts';
import { isAbout, readTlsa, tlsaText, usableTlsa } from './tlsa.ts';

const digest: Digest = (algorithm, octets) => createHash(algorithm).update(octets).digest();

const SHA_256 = 'ab'.repeat(32);
const SHA_512 = 'cd'.repeat(64);

test('a record is its usage, its selector, its matching type and the rest', () => {
  // The first example of RFC 6698 §2.3.
  const example = readHex('00 00 01 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971');
  expect(readTlsa(example)).toEqual({ usage: 0, selector: 0, matching: 1, data: example.subarray(3) });
  expect(tlsaText(readTlsa(example)!)).toBe(
    '0 0 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971',
  );
});

test.each([
  ['nothing', ''],
  ['no data', '030101'],
  ['a usage that is unknown', `04 01 01 ${SHA_256}`],
  ['the usage for private use', `ff 01 01 ${SHA_256}`],
  ['a selector that is unknown', `03 02 01 ${SHA_256}`],
  ['a matching type that is unknown', `03 01 03 ${SHA_256}`],
  ['a SHA-256 that is an octet short', `03 01 01 ${SHA_256.slice(2)}`],
  ['a SHA-256 that is an octet long', `03 01 01 ${SHA_256}00`],
  ['a SHA-512 as long as a SHA-256', `03 01 02 ${SHA_256}`],
  ['a whole key that is no SEQUENCE', '03 01 00 31 01 00'],
  ['a whole key that is cut off', '03 01 00 30 05 00'],
  ['a whole key with something behind it', '03 01 00 30 01 00 00'],
  ['a whole certificate of a length without end', '02 00 00 30 80 00 00'],
  ['a whole certificate whose length is cut off', '02 00 00 30 82 01'],
])('a record with %s is not usable', (_, text) => {
  expect(readTlsa(readHex(text))).toBeUndefined();
});

test('what is not usable does not hurt what is beside it', () => {
  const records = usableTlsa([readHex(`04 01 01 ${SHA_256}`), readHex(`03 01 01 ${SHA_256}`), readHex('00')]);
  expect(records.map(tlsaText)).toEqual([`3 1 1 ${SHA_256}`]);
});

test('RFC 7671 §9: of several digests for one usage and selector the strongest counts, and whole data beside it', () => {
  const records = usableTlsa([
    readHex(`03 01 01 ${SHA_256}`),
    readHex(`03 01 02 ${SHA_512}`),
    readHex('03 01 00 30 01 00'),
    readHex(`03 00 01 ${SHA_256}`),
    readHex(`02 01 01 ${SHA_256}`),
    readHex(`02 01 02 ${SHA_512.slice(2)}`),
  ]);
  expect(records.map((tlsa) => tlsaText(tlsa).slice(0, 5))).toEqual(['3 1 2', '3 1 0', '3 0 1', '2 1 1']);
});

test('a record is about the certificate or the key that it selects, by itself or by a digest', () => {
  const certified = { certificate: readHex('30 03 020107'), key: readHex('30 03 020108') };
  const records = [0, 1].flatMap((selector) => {
    const part = selector === 0 ? certified.certificate : certified.key;
    return [part, digest('sha256', part), digest('sha512', part)].map((data, matching) => ({
      usage: 3,
      selector,
      matching,
      data,
    }));
  }) as readonly Tlsa[];
  const swapped = { certificate: certified.key, key: certified.certificate };

  expect(records.map((record) => isAbout(record, certified, digest))).toEqual(Array(6).fill(true));
  expect(records.map((record) => isAbout(record, swapped, digest))).toEqual(Array(6).fill(false));
});
