import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainRow, Snapshot, TableName, Update } from '../contract/api.ts';
import { NO_ROWS, domainRow } from '../contract/testing/rows.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { Publisher, UPDATE_INTERVAL_MS } from './publisher.ts';

function row(id: string, services = 0): DomainRow {
  return domainRow(id, { services });
}

function watched(intervalMs = UPDATE_INTERVAL_MS) {
  const clock = new VirtualClock();
  const publisher = new Publisher(clock, intervalMs);
  const updates: Update[] = [];
  const stop = publisher.onUpdate((update) => updates.push(update));
  return { clock, publisher, updates, stop };
}

test('a change after a quiet time is published in the same call', () => {
  const { publisher, updates } = watched();

  publisher.put('domains', row('a.test'));
  publisher.commit();

  expect(updates).toEqual([{ revision: 1, tables: { domains: { put: [row('a.test')], drop: [] } } }]);
});

test('a stream of changes is published at most once an interval, each row as it was last', () => {
  const { clock, publisher, updates } = watched();
  for (let services = 0; services <= 10; services++) {
    publisher.put('domains', row('a.test', services));
    publisher.commit();
    clock.advance(1);
  }

  clock.advance(UPDATE_INTERVAL_MS);

  expect(updates.map(({ tables }) => tables.domains?.put)).toEqual([[row('a.test', 0)], [row('a.test', 10)]]);
});

test('a row that comes and goes within one batch is dropped, and one that goes and comes back is put', () => {
  const { publisher, updates } = watched(0);
  publisher.put('domains', row('a.test'));
  publisher.commit();

  publisher.put('domains', row('b.test'));
  publisher.drop('domains', 'b.test');
  publisher.drop('domains', 'a.test');
  publisher.put('domains', row('a.test', 7));
  publisher.commit();

  expect(updates[1]?.tables).toEqual({ domains: { put: [row('a.test', 7)], drop: ['b.test'] } });
});

test('a commit without a difference publishes nothing', () => {
  const { publisher, updates } = watched(0);

  publisher.drop('services', 'never there');
  publisher.commit();

  expect(updates).toEqual([]);
});

test('a snapshot publishes what is due first, so that its revision says what it holds', () => {
  const { publisher, updates } = watched();
  publisher.put('domains', row('a.test'));
  publisher.commit();
  publisher.put('domains', row('b.test'));

  const snapshot = publisher.snapshot();

  expect(updates.map(({ revision }) => revision)).toEqual([1, 2]);
  expect(snapshot).toEqual({
    revision: 2,
    tables: { ...NO_ROWS, domains: [row('a.test'), row('b.test')] },
  });
});

test('a row that is put to be made later is made once, when it is published or asked for, and never when another came in between', () => {
  const { clock, publisher, updates } = watched();
  const made: number[] = [];
  const later = (services: number) => (): DomainRow => {
    made.push(services);
    return row('a.test', services);
  };
  publisher.putLater('domains', 'a.test', later(1));
  publisher.commit();
  for (const services of [2, 3]) publisher.putLater('domains', 'a.test', later(services));
  publisher.commit();
  expect(made).toEqual([1]);

  clock.advance(UPDATE_INTERVAL_MS);

  expect(publisher.get('domains', 'a.test')).toEqual(row('a.test', 3));
  expect(made).toEqual([1, 3]);
  expect(updates.map(({ tables }) => tables.domains?.put)).toEqual([[row('a.test', 1)], [row('a.test', 3)]]);
});

test('a listener that was ended hears nothing more', () => {
  const { publisher, updates, stop } = watched(0);
  stop();

  publisher.put('domains', row('a.test'));
  publisher.commit();

  expect(updates).toEqual([]);
});

test('whatever is put, dropped and committed when, a snapshot and the updates after it make the next snapshot', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), id, services: fc.nat(5) }),
    fc.record({ kind: fc.constant('drop' as const), id }),
    fc.record({ kind: fc.constant('commit' as const) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(80) }),
    fc.record({ kind: fc.constant('join' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { clock, publisher, updates } = watched();
      let joined = publisher.snapshot();
      for (const next of steps) {
        if (next.kind === 'put') publisher.put('domains', row(next.id, next.services));
        else if (next.kind === 'drop') publisher.drop('domains', next.id);
        else if (next.kind === 'commit') publisher.commit();
        else if (next.kind === 'wait') clock.advance(next.ms);
        else joined = publisher.snapshot();
      }
      const last = publisher.snapshot();

      expect(replayed(joined, updates)).toEqual(byId(last, 'domains'));
    }),
  );
});

function replayed(from: Snapshot, updates: readonly Update[]): Readonly<Record<string, unknown>> {
  const rows: Record<string, unknown> = byId(from, 'domains');
  let { revision } = from;
  for (const update of updates.filter((one) => one.revision > from.revision)) {
    expect(update.revision).toBe(++revision);
    for (const put of update.tables.domains?.put ?? []) rows[put.id] = put;
    for (const drop of update.tables.domains?.drop ?? []) delete rows[drop];
  }
  return rows;
}

function byId(snapshot: Snapshot, table: TableName): Record<string, unknown> {
  return Object.fromEntries(snapshot.tables[table].map((one) => [one.id, one]));
}
