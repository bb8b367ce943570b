import { expect, test } from 'vitest';
import type { FavouriteRow } from '../../main/contract/favourite.ts';
import { Table } from '../table.ts';
import { service } from '../testing/rows.ts';
import { isAbsent } from './absent.ts';
import { isDeparted } from './departed.ts';
import { watchedGroups } from './watching.ts';

const favourite = (instance: string, lastSeenMs: number | null = null): FavouriteRow => ({
  kind: 'service',
  id: service(instance).id,
  domain: 'office.test',
  type: '_http._tcp',
  typeName: 'Website',
  category: 'web',
  instance,
  lastSeenMs,
});

test('what a person watches is listed whether it is there, has just left, or is not there', () => {
  const favourites = Table.of([favourite('A'), favourite('B'), favourite('C', 5_000)]);
  const gone = { ...service('B'), leftMs: 1, unwatchedSinceMs: null };
  const groups = watchedGroups(favourites, Table.of([service('A'), service('X')]), Table.of([gone]));
  expect(groups.map(({ rows, present }) => [rows.map((row) => row.instance), present])).toEqual([
    [['A', 'B', 'C'], 1],
  ]);
  const [a, b, c] = groups[0]!.rows;
  expect([isDeparted(a!), isDeparted(b!), isAbsent(b!), isAbsent(c!)]).toEqual([false, true, false, true]);
  expect(c).toMatchObject({ lastSeenMs: 5_000, typeName: 'Website', host: null });
});

test('a domain as a whole is no line of the list', () => {
  const favourites = Table.of<FavouriteRow>([{ kind: 'domain', id: 'office.test' }]);
  expect(watchedGroups(favourites, Table.of([service('A')]), Table.of<never>([]))).toEqual([]);
});
