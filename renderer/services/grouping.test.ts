import { expect, test } from 'vitest';
import { service } from '../testing/rows.ts';
import { regroup } from './grouping.ts';
import type { ServiceGroup } from './grouping.ts';

const printer = (instance: string, type: string) => service(instance, { type, category: 'printer' });
const shape = (groups: readonly ServiceGroup[]) =>
  groups.map(({ type, rows }) => [type, ...rows.map((row) => row.instance)]);

test('printers come first, then the other kinds, each by its name', () => {
  const groups = regroup(
    [],
    [],
    [
      service('x', { type: '_zzz._udp', category: 'other' }),
      service('x', { type: '_ssh._tcp', category: 'remote' }),
      service('x', { type: '_http._tcp', category: 'web' }),
      printer('x', '_printer._tcp'),
      printer('x', '_ipps._tcp'),
      printer('x', '_ipp._tcp'),
    ],
  );
  expect(groups.map(({ type }) => type)).toEqual([
    '_ipp._tcp',
    '_ipps._tcp',
    '_printer._tcp',
    '_http._tcp',
    '_ssh._tcp',
    '_zzz._udp',
  ]);
});

test('within a group names are sorted as people sort them', () => {
  const names = ['build-10', 'Äpfel', 'build-2', 'zebra', 'Build-1'];
  expect(
    shape(
      regroup(
        [],
        [],
        names.map((name) => service(name)),
      ),
    ),
  ).toEqual([['_http._tcp', 'Äpfel', 'Build-1', 'build-2', 'build-10', 'zebra']]);
});

test('types that differ in case are one group', () => {
  const groups = regroup([], [], [printer('a', '_ipp._tcp'), printer('b', '_IPP._TCP')]);
  expect(shape(groups)).toEqual([['_ipp._tcp', 'a', 'b']]);
});

test('a row that changed its name moves; a group whose last row goes goes too', () => {
  const [a, b, c] = [service('a'), service('b'), printer('c', '_ipp._tcp')];
  const groups = regroup([], [], [a, b, c]);
  const renamed = { ...a, instance: 'z' };
  expect(shape(regroup(groups, [a, c], [renamed]))).toEqual([['_http._tcp', 'b', 'z']]);
});

test('two services of one name in two domains stay two', () => {
  const here = service('Reception');
  const there = service('Reception', { id: 'reception._http._tcp.lab.test', domain: 'lab.test' });
  const groups = regroup([], [], [here, there]);
  expect(shape(regroup(groups, [here], []))).toEqual([['_http._tcp', 'Reception']]);
  expect(regroup(groups, [here], [])[0]?.rows[0]?.domain).toBe('lab.test');
});

test('a group is called, and stands, as its first service says', () => {
  const named = (instance: string, type: string, typeName: string) =>
    service(instance, { type, typeName, category: 'other' });
  const first = named('a', '_x._tcp', 'X');
  const groups = regroup([], [], [first, named('b', '_X._tcp', 'A'), named('m', '_m._tcp', 'M')]);
  expect(groups.map(({ typeName }) => typeName)).toEqual(['M', 'X']);
  expect(regroup(groups, [first], []).map(({ typeName }) => typeName)).toEqual(['A', 'M']);
});

test('groups that nothing happens to are the same objects', () => {
  const groups = regroup([], [], [service('a'), printer('c', '_ipp._tcp')]);
  const next = regroup(groups, [], [service('b')]);
  expect(next[0]).toBe(groups[0]);
  expect(regroup(groups, [], [])).toBe(groups);
});
