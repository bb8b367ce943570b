import { expect, test } from 'vitest';
import { className, classOf, rcodeName, rcodeOf, RecordType, typeName, typeOf } from './registry.ts';

test('numbers have their mnemonics, and those without have the form of RFC 3597', () => {
  expect([1, 33, 255, 65_280].map(typeName)).toEqual(['A', 'SRV', 'ANY', 'TYPE65280']);
  expect([1, 3, 254, 255, 4096].map(className)).toEqual(['IN', 'CH', 'NONE', 'ANY', 'CLASS4096']);
  expect([0, 9, 11, 12].map(rcodeName)).toEqual(['NOERROR', 'NOTAUTH', 'DSOTYPENI', 'RCODE12']);
});

test('mnemonics are read back, and so is the form of RFC 3597 for any number', () => {
  for (const type of [...Object.values(RecordType), 0, 65_535]) expect(typeOf(typeName(type))).toBe(type);
  expect([typeOf('TYPE1'), classOf('CLASS1'), rcodeOf('RCODE5')]).toEqual([1, 1, 5]);
});

test('what is no mnemonic is nothing', () => {
  expect(['', 'a', 'TYPE', 'TYPE65536', 'TYPE-1', 'CLASS1', 'toString'].map(typeOf)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  );
});
