import { expect, test } from 'vitest';
import { service } from '../testing/rows.ts';
import { countServices, filterWords, holds, narrowed } from './filter.ts';
import type { Scope } from './filter.ts';
import { regroup } from './grouping.ts';
import type { ServiceGroup } from './grouping.ts';

const kyoto = service('Kyoto 3F', {
  type: '_ipp._tcp',
  typeName: 'Printer (IPP)',
  category: 'printer',
  host: 'kyoto.office.test',
  port: 631,
  addresses: ['192.0.2.7', '2001:db8::7'],
  txt: [
    ['note', '3rd floor east'],
    ['Color', 'T'],
    ['flag', true],
    ['blob', { hex: '00ff' }],
  ],
});
const wiki = service('Wiki', { id: 'wiki', domain: 'lab.test' });
const groups = regroup([], [], [kyoto, wiki]);
const show = (scope: Scope, text: string, known = new WeakMap<ServiceGroup, ServiceGroup | null>()) =>
  narrowed(groups, { scope, words: filterWords(text) }, known);
const names = (shown: readonly ServiceGroup[]) =>
  shown.flatMap(({ rows }) => rows.map((row) => row.instance));

test.each([
  ['the name', 'kyo'],
  ['the type', '_ipp'],
  ['the type’s name', 'PRINTER'],
  ['the domain', 'office.test'],
  ['the host', 'kyoto.office'],
  ['the port', '631'],
  ['any address', '2001:db8::7'],
  ['a TXT value', 'floor'],
  ['a TXT pair', 'color=t'],
  ['a TXT key without a value', 'flag'],
  ['several words in any field and order', 'east kyoto 631'],
  ['nothing', '  '],
])('a filter finds %s', (_what, text) => {
  expect(holds(kyoto, filterWords(text))).toBe(true);
});

test('every word has to be found', () => {
  expect(holds(kyoto, filterWords('kyoto duplex'))).toBe(false);
});

test('a half-resolved service can be filtered', () => {
  const half = service('Half', { host: null, port: null, addresses: null, txt: null });
  expect(holds(half, ['half'])).toBe(true);
  expect(holds(half, ['null'])).toBe(false);
});

test('a scope shows all, the printers, or one domain', () => {
  expect(names(show({ kind: 'all' }, ''))).toEqual(['Kyoto 3F', 'Wiki']);
  expect(names(show({ kind: 'printers' }, ''))).toEqual(['Kyoto 3F']);
  expect(names(show({ kind: 'domain', id: 'lab.test' }, ''))).toEqual(['Wiki']);
  expect(countServices(show({ kind: 'domain', id: 'lab.test' }, 'kyoto'))).toBe(0);
});

test('a group that did not change is not looked through again', () => {
  const known = new WeakMap<ServiceGroup, ServiceGroup | null>();
  const first = show({ kind: 'all' }, 'kyoto', known);
  const again = show({ kind: 'all' }, 'kyoto', known);
  expect(again[0]).toBe(first[0]);
});
