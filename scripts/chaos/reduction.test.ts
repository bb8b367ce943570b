import { expect, test } from 'vitest';
import { reducedHistory } from './reduction.ts';
import type { FailedHistory } from './reduction.ts';
import { findingText } from './report.ts';
import type { ChaosStep } from './step.ts';
import type { ChaosFailure, History } from './play.ts';

const STEPS: readonly ChaosStep[] = [
  { kind: 'wait', ms: 1 },
  { kind: 'reset', site: 'office' },
  { kind: 'wait', ms: 2 },
  { kind: 'reset', site: 'shop' },
  { kind: 'rest', calmMs: 0 },
  { kind: 'rest', calmMs: 50 },
];
const HISTORY: History = { seed: 5, number: 7, steps: STEPS };

function failure(what: string, at: number): ChaosFailure {
  return {
    at,
    mismatch: { what, expected: ['Laser'], actual: [] },
    log: ['+1 ms  0. 1 ms pass'],
  };
}

function reduce(replay: (kept: readonly number[]) => ChaosFailure | undefined): Promise<FailedHistory> {
  return reducedHistory(
    HISTORY,
    failure('the services of a.test, 10000 ms', 4),
    async (_, kept) => replay(kept),
    {
      breadth: 2,
      isOver: () => false,
    },
  );
}

test('a failed history loses every step that its failure does not need, and what comes behind it', async () => {
  const found = await reduce((kept) =>
    kept.includes(3) ? failure('the services of b.test, 10001 ms', kept.length - 1) : undefined,
  );
  expect(found.kept).toEqual([3, 4]);
  expect(found.again).toEqual({ played: 3, failed: 3 });
  expect(found.failure.mismatch.what).toBe('the services of b.test, 10001 ms');
});

test('a failure of another kind is not taken for the same', async () => {
  const found = await reduce((kept) =>
    failure(kept.length === 5 ? 'the services of a.test, 1 ms' : 'the domains', 0),
  );
  expect(found.kept).toEqual([0, 1, 2, 3, 4]);
});

test('a history that does not fail again is told whole', async () => {
  const found = await reduce(() => undefined);
  expect(found.kept).toEqual([0, 1, 2, 3, 4]);
  expect(found.again).toEqual({ played: 3, failed: 0 });
  expect(findingText(found)).toContain('Played again 3 times it did not fail: it depends on who is faster.');
});

test('a finding says what was expected, what was there, the steps, what happened last, and how to have it again', async () => {
  const found = await reduce((kept) =>
    kept.includes(3) ? failure('the services of a.test, 10000 ms', 1) : undefined,
  );
  expect(findingText(found)).toBe(`History 7 of seed 5: the services of a.test, 10000 ms
Expected:
  Laser
There is:
  nothing
Played again 3 times it failed 3 times. The fewest steps that were found to fail alike:
  3. connections to shop are reset
  4. all is well again; calm for 0 ms
What happened last:
  +1 ms  0. 1 ms pass
Again: npm run chaos -- --seed 5 --from 7 --histories 1 --keep 3,4
`);
});
