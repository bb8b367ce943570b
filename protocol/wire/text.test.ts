import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHex } from '../testing/hex.ts';
import {
  charactersOf,
  escapedOctet,
  FOLDED,
  hexOf,
  isSameOctets,
  octetsOf,
  octetsOfHex,
  SAME,
  textOf,
  utf8Of,
} from './text.ts';

test('octets that are UTF-8 are text, and others stand as three decimal digits', () => {
  expect(textOf(octetsOf('Büro 🖨'))).toBe('Büro 🖨');
  expect(textOf(readHex('42 fc 72 6f'))).toBe('B\\252ro');
  expect(textOf(readHex('c3 a9 ff c3'))).toBe('é\\255\\195');
  expect(textOf(readHex('ed a0 80'))).toBe('\\237\\160\\128'); // half of a surrogate pair
  expect(textOf(readHex('c0 af'))).toBe('\\192\\175'); // a slash, overlong
  expect(textOf(readHex('f4 90 80 80'))).toBe('\\244\\144\\128\\128'); // over U+10FFFF
  expect(textOf(readHex('ef bb bf 61'))).toBe('\uFEFFa');
});

test('what is not UTF-8 is told apart', () => {
  expect(utf8Of(readHex('c3 a9'))).toBe('é');
  expect(utf8Of(readHex('c3'))).toBeUndefined();
});

test.each([0, 1, 7, 1023, 1024, 1025, 5000])(
  '%i octets are as many characters, each of its own number',
  (length) => {
    const octets = Uint8Array.from({ length }, (_, at) => (at * 7) % 256);
    const text = charactersOf(octets);

    expect(text).toHaveLength(length);
    expect(Uint8Array.from(text, (character) => character.charCodeAt(0))).toEqual(octets);
  },
);

test('characters of a part are those of the part alone, and folded they differ in A to Z alone', () => {
  const octets = octetsOf('xx@AZ[`az{xx');

  expect(charactersOf(octets, SAME, 2, 10)).toBe('@AZ[`az{');
  expect(charactersOf(octets, FOLDED, 2, 10)).toBe('@az[`az{');
  expect(charactersOf(Uint8Array.of(0xc0, 0xdd), FOLDED)).toBe('\u00c0\u00dd'); // no letter case beyond ASCII
});

test('octets are the same when every one is', () => {
  const octets = Uint8Array.of(1, 2, 3);

  expect(isSameOctets(octets, Uint8Array.of(1, 2, 3))).toBe(true);
  expect(isSameOctets(octets, Uint8Array.of(1, 2, 4))).toBe(false);
  expect(isSameOctets(octets, Uint8Array.of(1, 2))).toBe(false);
});

test('an octet is escaped with all its digits', () => {
  expect([0, 9, 32, 255].map(escapedOctet)).toEqual(['\\000', '\\009', '\\032', '\\255']);
});

test('hexadecimal digits are octets and back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      expect(octetsOfHex(hexOf(octets))).toEqual(octets);
    }),
  );
  expect(octetsOfHex('00aAFf')).toEqual(Uint8Array.of(0, 0xaa, 0xff));
  expect(['0', '0g', ' 00', '00 ', '0x00'].map(octetsOfHex)).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});
