import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base32HexOf, base64Of, octetsOfBase32Hex, octetsOfBase64 } from './base-text.ts';
import { octetsOf } from './text.ts';

/** RFC 4648 §10. */
const VECTORS = [
  ['', '', ''],
  ['f', 'Zg==', 'co'],
  ['fo', 'Zm8=', 'cpng'],
  ['foo', 'Zm9v', 'cpnmu'],
  ['foob', 'Zm9vYg==', 'cpnmuog'],
  ['fooba', 'Zm9vYmE=', 'cpnmuoj1'],
  ['foobar', 'Zm9vYmFy', 'cpnmuoj1e8'],
] as const;

test.each(VECTORS)('"%s" is "%s" in Base 64 and "%s" in Base 32 (RFC 4648 §10)', (text, base64, base32) => {
  const octets = octetsOf(text);
  expect([base64Of(octets), base32HexOf(octets)]).toEqual([base64, base32]);
  expect([octetsOfBase64(base64), octetsOfBase32Hex(base32.toUpperCase())]).toEqual([octets, octets]);
});

test('any octets are read back from both, as another implementation writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
      expect(base64Of(octets)).toBe(Buffer.from(octets).toString('base64'));
      expect(octetsOfBase64(base64Of(octets))).toEqual(octets);
      expect(octetsOfBase32Hex(base32HexOf(octets))).toEqual(octets);
    }),
  );
});

test.each(['Zg', 'Zg=', 'Zh==', 'Z===', 'Zg= =', 'Zm9v=', 'Zm-v', '=', 'Zg==Zg=='])(
  '"%s" is no Base 64',
  (text) => {
    expect(octetsOfBase64(text)).toBeUndefined();
  },
);

test.each(['c', 'cp', 'cpn', 'cpnm', 'cw', 'c o', 'cpnmuw'])('"%s" is no Base 32', (text) => {
  expect(octetsOfBase32Hex(text)).toBeUndefined();
});
