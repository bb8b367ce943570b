import { expect, test } from 'vitest';
import { Table } from './table.ts';

const row = (id: string, value = 0) => ({ id, value });

test('an update makes a new table and leaves the old one as it was', () => {
  const before = Table.of([row('a'), row('b')]);
  const after = before.apply({ put: [row('b', 1), row('c')], drop: ['a'] });
  expect([...before.values()].map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  expect(before.get('b')?.value).toBe(0);
  expect([...after.values()].map(({ id }) => id).toSorted()).toEqual(['b', 'c']);
  expect(after.get('b')?.value).toBe(1);
  expect([before.size, after.size]).toEqual([2, 2]);
});

test('rows that an update does not name are the same objects', () => {
  const before = Table.of(Array.from({ length: 5_000 }, (_, number) => row(`row ${number}`)));
  const after = before.apply({ put: [row('row 7', 1)], drop: ['row 9'] });
  expect(after.size).toBe(4_999);
  const others = [...after.values()].filter(({ id }) => id !== 'row 7');
  expect(others.every((other) => before.get(other.id) === other)).toBe(true);
});

test('an update that names nothing known changes nothing', () => {
  const before = Table.of([row('a')]);
  expect(before.apply({ put: [], drop: ['b'] })).toBe(before);
});

test('a row that is dropped and put in one update stays', () => {
  const after = Table.of([row('a')]).apply({ put: [row('a', 2)], drop: ['a'] });
  expect(after.get('a')?.value).toBe(2);
  expect(after.size).toBe(1);
});

test('of two rows with one id the later stands', () => {
  const table = Table.of([row('a', 1), row('a', 2)]);
  expect([table.size, table.get('a')?.value]).toEqual([1, 2]);
});
