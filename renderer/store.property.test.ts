import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServiceRow, Snapshot, Update } from '../main/contract/api.ts';
import { regroup } from './services/grouping.ts';
import { EMPTY, reduce } from './store.ts';
import type { State } from './store.ts';
import { service, snapshotOf } from './testing/rows.ts';

/** What can happen between a publisher and a window. */
type Happening =
  | { readonly kind: 'put'; readonly row: ServiceRow }
  | { readonly kind: 'drop'; readonly id: string }
  | { readonly kind: 'flush' | 'flush-lost' | 'take-snapshot' | 'deliver-snapshot' | 'reload' };

const serviceRow = fc
  .record({
    instance: fc.constantFrom('A', 'a', 'B 2', 'B 10', 'Ä', '🛠', ''),
    type: fc.constantFrom('_ipp._tcp', '_IPP._tcp', '_ssh._tcp', '_http._tcp'),
    port: fc.nat(3),
  })
  .map(({ instance, type, port }) => service(instance, { type, port }));

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: serviceRow.map((row): Happening => ({ kind: 'put', row })) },
  { weight: 3, arbitrary: serviceRow.map((row): Happening => ({ kind: 'drop', id: row.id })) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom<Happening['kind']>(
        'flush',
        'flush',
        'flush-lost',
        'take-snapshot',
        'deliver-snapshot',
        'reload',
      )
      .map((kind) => ({ kind }) as Happening),
  },
);

/** The main process in ten lines: rows, what is not flushed yet, and a revision that each flush raises. */
class ModelPublisher {
  readonly rows = new Map<string, ServiceRow>();
  #pending = new Set<string>();
  #revision = 0;

  change(id: string, row: ServiceRow | undefined): void {
    if (row === undefined) this.rows.delete(id);
    else this.rows.set(id, row);
    this.#pending.add(id);
  }

  /** Merges everything since the last flush: the last write of an id wins. */
  flush(): Update {
    this.#revision += 1;
    const ids = [...this.#pending];
    this.#pending = new Set();
    const put = ids.flatMap((id) => this.rows.get(id) ?? []);
    return {
      revision: this.#revision,
      tables: { services: { put, drop: ids.filter((id) => !this.rows.has(id)) } },
    };
  }

  /** A snapshot is as of a revision, so it flushes first. */
  snapshot(): { readonly update: Update; readonly snapshot: Snapshot } {
    const update = this.flush();
    return { update, snapshot: snapshotOf(update.revision, [...this.rows.values()]) };
  }
}

test('whatever happens, is merged, joins, is lost and reloads: store = publisher', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const publisher = new ModelPublisher();
      let state: State = EMPTY;
      let onItsWay: Snapshot[] = [];
      const deliver = (update: Update): void => {
        state = reduce(state, { kind: 'update', update, atMs: 0 });
      };
      const take = (): void => {
        const { update, snapshot } = publisher.snapshot();
        deliver(update);
        onItsWay.push(snapshot);
      };
      const arrive = (): void => {
        const snapshot = onItsWay.shift();
        if (snapshot !== undefined) state = reduce(state, { kind: 'snapshot', snapshot, atMs: 0 });
      };

      for (const step of happenings) {
        if (step.kind === 'put') publisher.change(step.row.id, step.row);
        else if (step.kind === 'drop') publisher.change(step.id, undefined);
        else if (step.kind === 'flush') deliver(publisher.flush());
        else if (step.kind === 'flush-lost') publisher.flush();
        else if (step.kind === 'take-snapshot' && state.footing.kind === 'reading' && onItsWay.length === 0)
          take();
        else if (step.kind === 'deliver-snapshot') arrive();
        else if (step.kind === 'reload') [state, onItsWay] = [EMPTY, []];
      }

      deliver(publisher.flush()); // makes a loss at the end a gap
      for (let tries = 0; state.footing.kind === 'reading' && tries < 3; tries += 1) {
        if (onItsWay.length === 0) take();
        arrive();
      }

      expect(state.footing.kind).toBe('current');
      expect(new Map([...state.services.values()].map((row) => [row.id, row]))).toEqual(publisher.rows);
      expect(state.services.size).toBe(publisher.rows.size);
      expect(state.groups).toEqual(regroup([], [], [...publisher.rows.values()]));
    }),
    { numRuns: 500 },
  );
});
