import { expect, test } from 'vitest';
import type { View } from '../../main/contract/view.ts';
import { ViewTeller } from './view-teller.ts';

/** A teller and its clock. */
class Telling {
  readonly told: (readonly [nowMs: number, view: View])[] = [];
  nowMs = 0;
  #due: readonly [dueMs: number, action: () => void] | undefined;
  readonly teller = new ViewTeller({
    tell: (view) => this.told.push([this.nowMs, view]),
    nowMs: () => this.nowMs,
    after: (ms, action) => {
      const due = [this.nowMs + ms, action] as const;
      this.#due = due;
      return () => {
        if (this.#due === due) this.#due = undefined;
      };
    },
  });

  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    while (this.#due !== undefined && this.#due[0] <= untilMs) {
      const [dueMs, action] = this.#due;
      this.#due = undefined;
      this.nowMs = dueMs;
      action();
    }
    this.nowMs = untilMs;
  }

  get rows(): readonly (readonly [nowMs: number, ...rows: string[]])[] {
    return this.told.map(([nowMs, { rows }]) => [nowMs, ...rows]);
  }
}

test('the first view is told at once and as a whole, be it of nothing', () => {
  const telling = new Telling();
  telling.teller.see({ rows: ['a'] });
  telling.teller.see({ details: 'b', needed: ['c'] });
  telling.pass(0);
  expect(telling.told).toEqual([[0, { rows: ['a'], details: 'b', needed: ['c'] }]]);

  const empty = new Telling();
  empty.teller.see({ rows: [] });
  empty.pass(0);
  expect(empty.told).toHaveLength(1);
});

test('who looks elsewhere after a rest is told of at once', () => {
  const telling = new Telling();
  telling.teller.see({ rows: ['a'] });
  telling.pass(10_000);
  telling.teller.see({ rows: ['b'] });
  telling.pass(0);
  expect(telling.rows).toEqual([
    [0, 'a'],
    [10_000, 'b'],
  ]);
});

test('the first services of a window that was empty are told at once', () => {
  const telling = new Telling();
  telling.teller.see({ rows: [] });
  telling.pass(50);
  telling.teller.see({ rows: ['a'] });
  telling.pass(0);
  expect(telling.rows).toEqual([[0], [50, 'a']]);
});

test('LIFE-03: while somebody scrolls on and on, the view is told twice a second at most, and where it came to rest soon after', () => {
  const telling = new Telling();
  for (let at = 0; at < 100; at += 1) {
    telling.teller.see({ rows: [`row ${at}`] });
    telling.pass(16);
  }
  telling.pass(1_000);
  expect(telling.rows).toEqual([
    [0, 'row 0'],
    [608, 'row 38'],
    [1_216, 'row 76'],
    [1_584 + 120, 'row 99'],
  ]);
});

test('what is the same again is not told again', () => {
  const telling = new Telling();
  telling.teller.see({ rows: ['a', 'b'], needed: ['c'] });
  telling.pass(1_000);
  telling.teller.see({ rows: ['a', 'b'] });
  telling.teller.see({ rows: ['a'] });
  telling.teller.see({ rows: ['a', 'b'] });
  telling.pass(1_000);
  expect(telling.told).toHaveLength(1);
});

test('nothing is told by a window that is closed', () => {
  const telling = new Telling();
  telling.teller.see({ rows: ['a'] });
  telling.teller.close();
  telling.pass(1_000);
  expect(telling.told).toEqual([]);
});
