import { expect, test, vi } from 'vitest';
import type { Snapshot, Update } from '../main/contract/api.ts';
import { EMPTY, Store, reduce } from './store.ts';
import type { State } from './store.ts';
import { NO_ROWS, domain, service, snapshotOf } from './testing/rows.ts';

const put = (revision: number, instance: string): Update => ({
  revision,
  tables: { services: { put: [service(instance)], drop: [] } },
});
const afterSnapshot = (state: State, snapshot: Snapshot): State =>
  reduce(state, { kind: 'snapshot', snapshot, atMs: 5_000 });
const afterUpdate = (state: State, update: Update, atMs = 6_000): State =>
  reduce(state, { kind: 'update', update, atMs });
const names = (state: State): string[] =>
  [...state.services.values()].map(({ instance }) => instance).toSorted();

test('a snapshot fills every table and counts nothing as news', () => {
  const state = afterSnapshot(EMPTY, {
    revision: 3,
    tables: {
      ...NO_ROWS,
      domains: [domain('office.test')],
      ladders: [{ id: 'office.test', steps: [] }],
      certificates: [],
      services: [service('A'), service('B')],
    },
  });
  expect(state).toMatchObject({
    footing: { kind: 'current' },
    revision: 3,
    appeared: 0,
    left: 0,
    lastChangeMs: 1_000,
  });
  expect(names(state)).toEqual(['A', 'B']);
  expect(state.domains.get('office.test')?.state).toBe('live');
  expect(state.ladders.get('office.test')).toEqual({ id: 'office.test', steps: [] });
});

test('the next update is applied, with what appeared, changed and left counted', () => {
  const first = afterSnapshot(EMPTY, snapshotOf(3, [service('A'), service('B')]));
  const next = afterUpdate(first, {
    revision: 4,
    tables: {
      services: { put: [service('B', { port: 81 }), service('C')], drop: [service('A').id, 'unknown'] },
    },
  });
  expect(names(next)).toEqual(['B', 'C']);
  expect(next).toMatchObject({ revision: 4, appeared: 1, left: 1, lastChangeMs: 6_000 });
  expect(next.groups.map(({ rows }) => rows.map((row) => [row.instance, row.port]))).toEqual([
    [
      ['B', 81],
      ['C', 80],
    ],
  ]);
});

test('what comes and goes before a domain has settled is shown and no news', () => {
  const known = service('A', { standing: 'checking' });
  const unsettled = { put: [domain('office.test', { settledMs: null })], drop: [] };
  const first = afterUpdate(afterSnapshot(EMPTY, snapshotOf(3, [known, service('B')])), {
    revision: 4,
    tables: { domains: unsettled, services: { put: [service('C')], drop: [service('B').id] } },
  });
  expect(names(first)).toEqual(['A', 'C']);
  const settled = { put: [domain('office.test', { settledMs: 5_000 })], drop: [] };
  const next = afterUpdate(first, {
    revision: 5,
    tables: { domains: settled, services: { put: [], drop: [known.id] } },
  });
  expect(names(next)).toEqual(['C']);
  expect(next).toMatchObject({ appeared: 0, left: 0, lastChangeMs: 1_000 });
});

test('a name that turns out only to be reserved when somebody looks does not count as one that left', () => {
  const before = afterSnapshot(EMPTY, snapshotOf(3, [service('A', { details: 'unasked' }), service('B')]));
  const id = service('A').id;
  const after = afterUpdate(before, { revision: 4, tables: { services: { put: [], drop: [id] } } });
  expect(after).toMatchObject({ left: 0, services: { size: 1 } });
  const gone = { ...service('A', { details: 'unasked' }), leftMs: 6_000, unwatchedSinceMs: null };
  const tables = { services: { put: [], drop: [id] }, departed: { put: [gone], drop: [] } };
  expect(afterUpdate(before, { revision: 4, tables })).toMatchObject({ left: 1 });
});

test('a service that left stays in its place and counts nowhere, and is itself again when it comes back', () => {
  const gone = { ...service('B'), leftMs: 6_000, unwatchedSinceMs: null };
  const first = afterSnapshot(EMPTY, snapshotOf(3, [service('A'), service('B'), service('C')]));
  const left = afterUpdate(first, {
    revision: 4,
    tables: { services: { put: [], drop: [gone.id] }, departed: { put: [gone], drop: [] } },
  });
  expect(left.groups.map(({ rows, present }) => [rows.map((row) => row.instance), present])).toEqual([
    [['A', 'B', 'C'], 2],
  ]);
  expect(left).toMatchObject({ left: 1, appeared: 0, services: { size: 2 } });
  const back = afterUpdate(left, {
    revision: 5,
    tables: { services: { put: [service('B')], drop: [] }, departed: { put: [], drop: [gone.id] } },
  });
  expect(back.groups.map(({ rows, present }) => [rows.length, present])).toEqual([[3, 3]]);
  expect(back).toMatchObject({ left: 1, appeared: 1, departed: { size: 0 } });
});

test('a snapshot shows those that left as well', () => {
  const gone = { ...service('B'), leftMs: 6_000, unwatchedSinceMs: null };
  const snapshot = snapshotOf(3, [service('A')]);
  const state = afterSnapshot(EMPTY, { ...snapshot, tables: { ...snapshot.tables, departed: [gone] } });
  expect(state.groups.map(({ rows, present }) => [rows.length, present])).toEqual([[2, 1]]);
});

test('a service that is only vouched for again has not changed', () => {
  const first = afterSnapshot(EMPTY, snapshotOf(3, [service('A', { standing: 'checking' })]));
  expect(afterUpdate(first, put(4, 'A'))).toMatchObject({ appeared: 0, left: 0, lastChangeMs: 1_000 });
});

test('an update touches only the groups that it names', () => {
  const first = afterSnapshot(EMPTY, snapshotOf(1, [service('A'), service('S', { type: '_ssh._tcp' })]));
  const next = afterUpdate(first, put(2, 'B'));
  const group = (state: State, type: string) => state.groups.find((one) => one.type === type);
  expect(group(next, '_ssh._tcp')).toBe(group(first, '_ssh._tcp'));
  expect(group(next, '_http._tcp')).not.toBe(group(first, '_http._tcp'));
});

test('an update of another table is no change of the services', () => {
  const first = afterSnapshot(EMPTY, snapshotOf(1, [service('A')]));
  const next = afterUpdate(first, {
    revision: 2,
    tables: { domains: { put: [domain('lab.test')], drop: [] } },
  });
  expect(next.groups).toBe(first.groups);
  expect(next.lastChangeMs).toBe(first.lastChangeMs);
});

test('an update that is in already changes nothing', () => {
  const first = afterSnapshot(EMPTY, snapshotOf(4, [service('A')]));
  expect(afterUpdate(first, put(4, 'B'))).toBe(first);
});

test('updates that overtake the snapshot wait for it, and those that it holds are left out', () => {
  const waiting = [put(7, 'old'), put(8, 'B'), put(9, 'C')].reduce(
    (state, update) => afterUpdate(state, update),
    EMPTY,
  );
  expect(waiting.footing.kind).toBe('reading');
  const state = afterSnapshot(waiting, snapshotOf(7, [service('A')]));
  expect(names(state)).toEqual(['A', 'B', 'C']);
  expect(state.revision).toBe(9);
});

test('a gap asks for a snapshot and shows the old rows until it comes', () => {
  const first = afterSnapshot(EMPTY, snapshotOf(1, [service('A')]));
  const gap = afterUpdate(first, put(3, 'C'));
  expect(gap.footing.kind).toBe('reading');
  expect(names(gap)).toEqual(['A']);
  const state = afterSnapshot(gap, snapshotOf(2, [service('A'), service('B')]));
  expect(names(state)).toEqual(['A', 'B', 'C']);
});

test('a window that falls far behind keeps no more than a thousand updates', () => {
  let state = EMPTY;
  for (let revision = 1; revision <= 1_500; revision += 1) state = afterUpdate(state, put(revision, 'A'));
  expect(state.footing).toMatchObject({ kind: 'reading' });
  expect(state.footing.kind === 'reading' && state.footing.waiting.length).toBe(1_000);
  expect(afterSnapshot(state, snapshotOf(3, [])).footing.kind).toBe('reading');
});

test('the store reads the snapshot once at the start and again after a gap, and tells its listeners', async () => {
  let publish: (update: Update) => void = () => undefined;
  const snapshot = vi
    .fn<() => Promise<Snapshot>>()
    .mockResolvedValueOnce(snapshotOf(1, [service('A')]))
    .mockResolvedValueOnce(snapshotOf(5, [service('E')]));
  const stop = vi.fn();
  const store = new Store(
    {
      snapshot,
      onUpdate: (listener) => {
        publish = listener;
        return stop;
      },
      send: () => Promise.resolve({ ok: true }),
    },
    () => 9_000,
  );
  const listener = vi.fn();
  const unsubscribe = store.subscribe(listener);
  await vi.waitFor(() => expect(names(store.state)).toEqual(['A']));
  publish(put(3, 'C'));
  publish(put(4, 'D'));
  await vi.waitFor(() => expect(names(store.state)).toEqual(['E']));
  expect(snapshot).toHaveBeenCalledTimes(2);

  const told = listener.mock.calls.length;
  unsubscribe();
  publish(put(6, 'F'));
  expect(listener.mock.calls.length).toBe(told);
  expect(store.state.lastChangeMs).toBe(1_000);

  store.close();
  publish(put(7, 'G'));
  expect(names(store.state)).toEqual(['E', 'F']);
  expect(stop).toHaveBeenCalledOnce();
});

test('a main process that does not answer is said, and asked again on demand', async () => {
  const snapshot = vi
    .fn<() => Promise<Snapshot>>()
    .mockRejectedValueOnce(new Error('gone'))
    .mockResolvedValueOnce(snapshotOf(1, [service('A')]));
  const api = {
    snapshot,
    onUpdate: () => () => undefined,
    send: () => Promise.resolve({ ok: true } as const),
  };
  const store = new Store(api, () => 0);
  await vi.waitFor(() => expect(store.state.footing).toEqual({ kind: 'lost', reason: 'Error: gone' }));
  store.retry();
  await vi.waitFor(() => expect(names(store.state)).toEqual(['A']));
});
