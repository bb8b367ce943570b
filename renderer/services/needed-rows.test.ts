import { expect, test } from 'vitest';
import { service } from '../testing/rows.ts';
import { regroup } from './grouping.ts';
import { neededRows } from './needed-rows.ts';

const some = (count: number, domain: string) =>
  Array.from({ length: count }, (_, at) =>
    service(`${domain} ${at}`, {
      id: `${domain} ${at}`,
      domain,
      details: at % 2 === 0 ? 'watched' : 'unasked',
    }),
  );

test('a filter needs the first services of each domain, in the order of the list', () => {
  const groups = regroup([], [], [...some(300, 'a'), ...some(10, 'b')]);
  const { ids } = neededRows(groups);
  expect(ids.filter((id) => id.startsWith('a'))).toEqual(Array.from({ length: 256 }, (_, at) => `a ${at}`));
  expect(ids.filter((id) => id.startsWith('b'))).toHaveLength(10);
});

test('those beyond that which nobody ever looked at are counted', () => {
  expect(neededRows(regroup([], [], some(300, 'a'))).byNameOnly).toBe(22);
  expect(neededRows(regroup([], [], some(256, 'a'))).byNameOnly).toBe(0);
});

test('a service that left is not needed', () => {
  const left = { ...service('Gone'), leftMs: 1, unwatchedSinceMs: null };
  expect(neededRows(regroup([], [], [left])).ids).toEqual([]);
});
