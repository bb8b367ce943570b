import { expect, test } from 'vitest';
import { readDnskey } from '../../protocol/dnssec/dnskey.ts';
import { dsInput, readDs } from '../../protocol/dnssec/ds.ts';
import { recordsOf } from '../../protocol/dnssec/testing/records.ts';
import { hexOf } from '../../protocol/wire/text.ts';
import { nodeDnssecCrypto } from './dnssec-crypto.ts';
import { checkVector } from './testing/dnssec-vector-check.ts';
import { DNSSEC_VECTORS, DS_VECTORS } from './testing/dnssec-vectors.ts';

test.each(DNSSEC_VECTORS.map((vector) => [vector.source, vector] as const))(
  '%s: the example verifies, and not with a bit turned',
  (_, vector) => {
    expect(checkVector(vector)).toEqual({ isRight: true, isWrongAfterChange: true });
  },
);

test.each(DS_VECTORS)('%s: the DS record is the digest of the key', (_, key, ds) => {
  const [dnskey, dsRecord] = recordsOf(`${key}\n${ds}`);
  const { keyTag, digestType, digest } = readDs(dsRecord!.rdata);
  expect(readDnskey(dnskey!.rdata).keyTag).toBe(keyTag);
  const made = nodeDnssecCrypto.digest(digestType, dsInput(dnskey!.name, dnskey!.rdata));
  expect(hexOf(made)).toBe(hexOf(digest));
});

test('RFC 4035 §5.2: algorithms and digests that cannot be checked are not known', () => {
  const known = (is: (value: number) => boolean) => Array.from({ length: 256 }, (_, at) => at).filter(is);
  expect(known((algorithm) => nodeDnssecCrypto.knowsAlgorithm(algorithm))).toEqual([8, 10, 13, 14, 15]);
  expect(known((digestType) => nodeDnssecCrypto.knowsDigest(digestType))).toEqual([2, 4]);
});

const MODULUS_2048 = new Uint8Array(256).fill(0xff);

test.each<readonly [string, number, Uint8Array]>([
  ['no octets', 8, new Uint8Array()],
  ['an exponent that runs past the end', 8, Uint8Array.of(4, 1)],
  ['no modulus', 8, Uint8Array.of(3, 1, 0, 1)],
  ['a modulus under 512 bits', 8, Uint8Array.of(3, 1, 0, 1, ...MODULUS_2048.subarray(0, 63))],
  ['for SHA-512, a modulus under 1024 bits', 10, Uint8Array.of(3, 1, 0, 1, ...MODULUS_2048.subarray(0, 127))],
  ['a modulus over 4096 bits', 8, Uint8Array.of(3, 1, 0, 1, ...MODULUS_2048, ...MODULUS_2048, 1)],
  ['an exponent of 256 octets', 8, Uint8Array.of(0, 1, 0, ...MODULUS_2048, ...MODULUS_2048)],
  ['a point of the wrong length', 13, new Uint8Array(63)],
  ['a point off the curve', 13, new Uint8Array(64).fill(1)],
  ['a point off the larger curve', 14, new Uint8Array(96).fill(1)],
  ['31 octets', 15, new Uint8Array(31)],
  ['an algorithm that is not known', 16, new Uint8Array(57)],
])('a key of %s verifies nothing, and does not throw (algorithm %d)', (_, algorithm, key) => {
  expect(nodeDnssecCrypto.verify(algorithm, key, new Uint8Array(4), new Uint8Array(64))).toBe(false);
});

test('a signature of the wrong length is none', () => {
  const key = readDnskey(recordsOf(DNSSEC_VECTORS[4]!.key)[0]!.rdata).publicKey;
  for (const length of [0, 63, 65, 128])
    expect(nodeDnssecCrypto.verify(15, key, new Uint8Array(4), new Uint8Array(length))).toBe(false);
});
