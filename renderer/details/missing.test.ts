import { expect, test } from 'vitest';
import { service } from '../testing/rows.ts';
import { isReachable, missingRecords } from './missing.ts';

const missing = (fields: Parameters<typeof service>[1]) =>
  missingRecords(service('A', fields)).map(({ record }) => record);

test('a service that has all its records lacks none', () => {
  expect(missing({})).toEqual([]);
  expect(isReachable(service('A'))).toBe(true);
});

test('the record that is missing is named, the first one needed first', () => {
  expect(missing({ host: null, port: null, addresses: null, txt: null })).toEqual(['SRV', 'TXT']);
  expect(missing({ addresses: null })).toEqual(['A or AAAA']);
  expect(missing({ addresses: [], txt: null })).toEqual(['A or AAAA', 'TXT']);
});

test('of a service that nobody has looked at, or not for a while, nothing is said to be missing', () => {
  expect(missing({ host: null, port: null, addresses: null, txt: null, details: 'unasked' })).toEqual([]);
  expect(missing({ txt: null, details: 'remembered' })).toEqual([]);
});

test('a service without its TXT can be reached all the same', () => {
  expect(isReachable(service('A', { txt: null }))).toBe(true);
  expect(isReachable(service('A', { addresses: null }))).toBe(false);
  expect(isReachable(service('A', { host: null, port: null }))).toBe(false);
});
