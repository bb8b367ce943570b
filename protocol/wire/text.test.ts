import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHex } from '../testing/hex.ts';
import { escapedOctet, hexOf, octetsOf, octetsOfHex, textOf, utf8Of } from './text.ts';

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
