import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { View } from '../contract/view.ts';
import { MAX_LOOKED_AT } from '../contract/view.ts';
import type { InterestInput } from './interest.ts';
import { HOLD_MS, Interest, PACE_MS } from './interest.ts';

const id = (number: number, domain = 'a'): string => `${domain} ${number}`;
const ids = (from: number, count: number, domain?: string): readonly string[] =>
  Array.from({ length: count }, (_, at) => id(from + at, domain));
const view = (parts: Partial<View>): View => ({ rows: [], details: null, needed: [], ...parts });

/** An interest and its clock. */
class Looking {
  readonly interest = new Interest((row) => (/^[ab] /.test(row) ? row[0] : undefined));
  nowMs = 0;
  /** When it was something else than before. */
  readonly changesMs: number[] = [];

  take(...inputs: readonly InterestInput[]): void {
    for (const input of inputs) this.interest.take(input);
    this.tick();
  }

  see(parts: Partial<View>, window = 1): void {
    this.take({ kind: 'view', window, view: view(parts) });
  }

  /** Lets time pass, and does what falls due when it does. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    while (this.interest.deadlineMs <= untilMs) {
      this.nowMs = Math.max(this.nowMs, this.interest.deadlineMs);
      this.tick();
    }
    this.nowMs = untilMs;
  }

  tick(): void {
    if (this.interest.tick(this.nowMs).length > 0) this.changesMs.push(this.nowMs);
  }

  get rows(): readonly string[] {
    return [...this.interest.of('a')];
  }
}

test('LIFE-03: before any window has said what it looks at, nothing is', () => {
  const looking = new Looking();
  expect(looking.interest.deadlineMs).toBe(Infinity);
  expect(looking.rows).toEqual([]);
});

test('the first services of a window that was empty are looked at at once', () => {
  const looking = new Looking();
  looking.see({});
  looking.pass(10);
  looking.see({ rows: ids(0, 2) });
  expect(looking.rows).toEqual(ids(0, 2));
});

test('LIFE-03: what is on the screen, in details and watched is looked at, at once', () => {
  const looking = new Looking();
  looking.take(
    { kind: 'watched', ids: [id(9)] },
    { kind: 'view', window: 1, view: view({ rows: ids(0, 2), details: id(7) }) },
  );
  expect(looking.rows).toEqual([id(0), id(1), id(7), id(9)]);
});

test('what windows look at is merged, and goes with the window', () => {
  const looking = new Looking();
  looking.see({ rows: ids(0, 2) });
  looking.see({ rows: ids(1, 2) }, 2);
  looking.pass(PACE_MS);
  expect(looking.rows).toEqual(ids(0, 3));
  looking.take({ kind: 'view', window: 1, view: null });
  looking.pass(HOLD_MS + PACE_MS);
  expect(looking.rows).toEqual(ids(1, 2));
});

test('LIFE-01: what left the screen is let go after a moment, and within 5 s', () => {
  const looking = new Looking();
  looking.see({ rows: ids(0, 2) });
  looking.pass(60_000);
  looking.see({ rows: ids(10, 2) });
  expect(looking.rows).toEqual([...ids(10, 2), id(1), id(0)]);
  looking.pass(HOLD_MS - 1);
  expect(looking.rows).toHaveLength(4);
  looking.pass(5_000 - HOLD_MS + 1);
  expect(looking.rows).toEqual(ids(10, 2));
  expect(looking.interest.deadlineMs).toBe(Infinity);
});

test('what left is held for its time, whatever else is looked at meanwhile', () => {
  const looking = new Looking();
  looking.see({ rows: ids(0, 1) });
  looking.pass(1_000);
  looking.see({ rows: ids(1, 1) });
  looking.pass(HOLD_MS - 100);
  looking.see({ rows: ids(2, 1) });
  expect(looking.rows).toEqual([id(2), id(1), id(0)]);
  looking.pass(100);
  looking.see({ rows: ids(3, 1) });
  looking.pass(PACE_MS);
  expect(looking.rows).toEqual([id(3), id(2), id(1)]);
});

test('who scrolls back finds everything as it was', () => {
  const looking = new Looking();
  looking.see({ rows: ids(0, 2) });
  looking.pass(1_000);
  looking.see({ rows: ids(2, 2) });
  looking.pass(1_000);
  looking.see({ rows: ids(0, 2) });
  looking.pass(HOLD_MS - 1);
  expect(looking.rows).toEqual([...ids(0, 2), id(3), id(2)]);
});

test('a window that is loaded anew in between keeps what it looked at', () => {
  const looking = new Looking();
  looking.see({ rows: ids(0, 2) });
  looking.pass(1_000);
  looking.changesMs.length = 0;
  looking.take({ kind: 'view', window: 1, view: null });
  looking.pass(1_000);
  looking.see({ rows: ids(0, 2) });
  looking.pass(10_000);
  expect(looking.rows).toEqual(ids(0, 2));
  expect(looking.changesMs).toEqual([]);
});

test('LIFE-03: what a filter needs fills what room is left, behind what was looked at a moment ago', () => {
  const looking = new Looking();
  looking.see({ rows: ids(0, 20) });
  looking.pass(1_000);
  looking.see({ rows: ids(20, 20), needed: ids(100, 1_000) });
  expect(looking.rows).toHaveLength(MAX_LOOKED_AT);
  expect(looking.rows.slice(0, 40)).toEqual([...ids(20, 20), ...ids(0, 20).toReversed()]);
  expect(looking.rows.slice(40)).toEqual(ids(100, MAX_LOOKED_AT - 40));
});

test('the budget is one of each domain', () => {
  const looking = new Looking();
  looking.see({ needed: [...ids(0, 300), ...ids(0, 300, 'b'), 'nobody’s 1'] });
  expect(looking.interest.of('a').size).toBe(MAX_LOOKED_AT);
  expect(looking.interest.of('b').size).toBe(MAX_LOOKED_AT);
});

test('LIFE-03: where only what is watched counts, windows do not, nor does what they have just left', () => {
  const looking = new Looking();
  looking.take({ kind: 'watched', ids: [id(9)] });
  looking.see({ rows: ids(0, 2), details: id(5), needed: ids(20, 3) });
  looking.pass(1_000);
  looking.take({ kind: 'scope', scope: 'watched' });
  expect(looking.rows).toEqual([id(9)]);
  expect(looking.interest.deadlineMs).toBe(Infinity);
  looking.pass(1_000);
  looking.take({ kind: 'scope', scope: 'views' });
  expect(looking.rows).toEqual([...ids(0, 2), id(5), id(9), ...ids(20, 3)]);
});

test('a domain that is watched anew is told what is looked at, though that is the same as before', () => {
  const looking = new Looking();
  looking.see({ rows: ids(0, 2) });
  looking.pass(1_000);
  looking.interest.take({ kind: 'domain', id: 'a' });
  expect(looking.interest.tick(looking.nowMs)).toEqual(['a']);
});

type Happening = InterestInput | { readonly kind: 'time'; readonly ms: number };
const someIds = fc
  .tuple(fc.nat({ max: 1_000 }), fc.nat({ max: 300 }), fc.constantFrom('a', 'b'))
  .map(([from, count, domain]) => ids(from, count, domain));
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('view' as const),
      window: fc.constantFrom(1, 2),
      view: fc.option(
        fc.record({
          rows: someIds.map((some) => some.slice(0, 60)),
          details: fc.option(fc.nat({ max: 1_000 }).map((number) => id(number))),
          needed: someIds,
        }),
      ),
    }) as fc.Arbitrary<InterestInput>,
  },
  fc.record({ kind: fc.constant('watched' as const), ids: someIds }),
  fc.record({ kind: fc.constant('scope' as const), scope: fc.constantFrom('views', 'watched') }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      ms: fc.constantFrom(0, 10, 200, 1_000, 6_000),
    }),
  },
);

const inOrder = (some: readonly string[]): readonly string[] =>
  some.toSorted((one, other) => one.localeCompare(other));

/** What is to be looked at once all is quiet, by the plainest reading of the rules. */
function wanted(happenings: readonly Happening[]): ReadonlyMap<string, readonly string[]> {
  const last = <Kind extends Happening['kind']>(kind: Kind) =>
    happenings.findLast((one): one is Extract<Happening, { kind: Kind }> => one.kind === kind);
  const views = [1, 2].flatMap((window) => {
    const said = happenings.findLast((one) => one.kind === 'view' && one.window === window);
    return said?.kind === 'view' && said.view !== null ? [{ window, view: said.view }] : [];
  });
  const eyed = last('watched')?.ids ?? [];
  const isWatchedOnly = last('scope')?.scope === 'watched';
  const all: readonly string[] = isWatchedOnly
    ? eyed
    : [
        ...views.flatMap(({ view: { rows } }) => rows),
        ...views.flatMap(({ view: { details } }) => details ?? []),
        ...eyed,
        ...views.flatMap(({ view: { needed } }) => needed),
      ];
  return new Map(
    ['a', 'b'].map((domain) => [
      domain,
      inOrder([...new Set(all.filter((one) => one.startsWith(domain)))].slice(0, MAX_LOOKED_AT)),
    ]),
  );
}

test('LIFE-03: no history exceeds the budget or the pace, what is on screens is always within it, and after quiet exactly what is looked at is', () => {
  fc.assert(
    fc.property(fc.array(anyHappening, { maxLength: 30 }), (happenings) => {
      const looking = new Looking();
      const views = new Map<number, View | null>();
      for (const it of happenings) {
        if (it.kind === 'time') looking.pass(it.ms);
        else looking.take(it);
        if (it.kind === 'view') views.set(it.window, it.view);
        for (const domain of ['a', 'b'])
          expect(looking.interest.of(domain).size).toBeLessThanOrEqual(MAX_LOOKED_AT);
      }
      looking.pass(PACE_MS);
      const isWatchedOnly = happenings.findLast(({ kind }) => kind === 'scope') as
        { readonly scope: string } | undefined;
      const shown = new Set([...looking.interest.of('a'), ...looking.interest.of('b')]);
      const seen =
        isWatchedOnly?.scope === 'watched' ? [] : [...views.values()].flatMap((one) => one?.rows ?? []);
      expect(seen.filter((row) => !shown.has(row))).toEqual([]);
      looking.pass(HOLD_MS + 2 * PACE_MS);
      for (const [domain, rows] of wanted(happenings))
        expect(inOrder([...looking.interest.of(domain)])).toEqual(rows);
      expect(looking.interest.deadlineMs).toBe(Infinity);
      const pauses = looking.changesMs.slice(1).map((ms, at) => ms - looking.changesMs[at]!);
      expect(Math.min(PACE_MS, ...pauses)).toBe(PACE_MS);
    }),
    { numRuns: 300 },
  );
});
