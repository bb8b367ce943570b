import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Deadlines } from './deadlines.ts';

test('nothing is due while nothing waits', () => {
  const deadlines = new Deadlines<string>();
  expect(deadlines.nextMs).toBe(Infinity);
  expect(deadlines.take(1e9)).toEqual([]);
});

test('what is due is taken out, earliest first, and what is not stays', () => {
  const deadlines = new Deadlines<string>();
  deadlines.set('late', 300);
  deadlines.set('early', 100);
  deadlines.set('then', 200);
  expect(deadlines.take(250)).toEqual(['early', 'then']);
  expect(deadlines.nextMs).toBe(300);
});

test('what was taken back is no deadline, wherever in the heap it lay', () => {
  const deadlines = new Deadlines<string>();
  for (const [item, atMs] of [
    ['a', 100],
    ['b', 200],
    ['c', 300],
  ] as const)
    deadlines.set(item, atMs);
  deadlines.delete('b', 200);
  deadlines.delete('a', 100);
  expect(deadlines.nextMs).toBe(300);
  expect(deadlines.take(200)).toEqual([]);
});

test('an instant that was given up can be set again', () => {
  const deadlines = new Deadlines<string>();
  deadlines.set('a', 100);
  deadlines.set('b', 200);
  deadlines.delete('b', 200);
  deadlines.set('c', 200);
  expect(deadlines.take(200)).toEqual(['a', 'c']);
});

test('items and instants in any order come out as a sorted list has them', () => {
  const step = fc.record({
    kind: fc.constantFrom('set', 'delete', 'take'),
    item: fc.nat({ max: 5 }),
    atMs: fc.nat({ max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const deadlines = new Deadlines<number>();
      const taken: number[] = [];
      const due: number[] = [];
      let model: { readonly item: number; readonly atMs: number }[] = [];
      for (const { kind, item, atMs } of steps) {
        if (kind === 'take') {
          taken.push(...deadlines.take(atMs).toSorted((one, other) => one - other));
          const ripe = model.filter((one) => one.atMs <= atMs).map((one) => one.item);
          due.push(...ripe.toSorted((one, other) => one - other));
          model = model.filter((one) => one.atMs > atMs);
        } else {
          model = model.filter((one) => one.item !== item || one.atMs !== atMs);
          if (kind === 'set') model.push({ item, atMs });
          if (kind === 'set') deadlines.set(item, atMs);
          else deadlines.delete(item, atMs);
        }
        expect(taken).toEqual(due);
        expect(deadlines.nextMs).toBe(Math.min(Infinity, ...model.map((one) => one.atMs)));
      }
    }),
  );
});
