import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import { covers } from './coverage.ts';

const { PTR, A, TXT, CNAME, ANY } = RecordType;
const at = (name: string, type: number, recordClass: number = RecordClass.IN) => ({
  name: Name.of(name),
  type,
  class: recordClass,
});

test.each([
  ['the type asked for', PTR, PTR, true],
  ['another type', PTR, A, false],
  ['CNAME, whatever was asked for', PTR, CNAME, true],
  ['every type where 255 was asked for', ANY, TXT, true],
  ['CNAME where CNAME was asked for', CNAME, CNAME, true],
  ['no other type where CNAME was asked for', CNAME, A, false],
])('CHG-12: a subscription is told of %s', (_, asked, type, expected) => {
  expect(covers(at('x.test', asked), at('x.test', type))).toBe(expected);
});

test.each([
  ['its class', RecordClass.IN, RecordClass.IN, true],
  ['no other class', RecordClass.IN, RecordClass.CH, false],
  ['every class where 255 was asked for', RecordClass.ANY, RecordClass.CH, true],
])('CHG-11: a subscription is told of %s', (_, asked, recordClass, expected) => {
  expect(covers(at('x.test', A, asked), at('x.test', A, recordClass))).toBe(expected);
});

test('CHG-11: the class must match for a CNAME too', () => {
  expect(covers(at('x.test', A), at('x.test', CNAME, RecordClass.CH))).toBe(false);
});

test.each([
  ['in another letter case', 'X.Test', true],
  ['below it', 'y.x.test', false],
  ['above it', 'test', false],
])('CHG-11: the name asked for is held against one %s', (_, name, expected) => {
  expect(covers(at('x.test', A), at(name, A))).toBe(expected);
});

test('CHG-11: letters are folded as ASCII has them, not as Unicode has them', () => {
  const kelvin = '\u212a';
  expect(kelvin.toLowerCase()).toBe('k');
  expect(covers(at('k.test', A), at(`${kelvin}.test`, A))).toBe(false);
});

test('CHG-11: a star is a label like any other', () => {
  expect(covers(at('*.test', A), at('x.test', A))).toBe(false);
  expect(covers(at('*.test', A), at('*.test', A))).toBe(true);
});
