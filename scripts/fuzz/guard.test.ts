import { expect, test } from 'vitest';
import { guarded } from './guard.ts';

test('what comes back is handed on', () => {
  expect(guarded(() => 7, 1_000)).toEqual({ kind: 'done', value: 7 });
});

test('what is thrown is thrown', () => {
  expect(() =>
    guarded(() => {
      throw new RangeError('out of range');
    }, 1_000),
  ).toThrow(RangeError);
});

test('what does not come back is given up', () => {
  let turns = 0;
  const spin = (): void => {
    while (turns >= 0) turns += 1;
  };
  expect(guarded(spin, 20)).toEqual({ kind: 'hangs' });
  expect(turns).toBeGreaterThan(0);
});
