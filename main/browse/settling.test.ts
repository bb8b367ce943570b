import { expect, test } from 'vitest';
import { Settling } from './settling.ts';

const NOTHING = (): boolean => false;

test('a domain settles when it has been quiet for 2 s, and no sooner', () => {
  const settling = new Settling();
  expect(settling.deadlineMs).toBeUndefined();
  settling.cover(1_000);
  settling.stir(2_500);
  expect(settling.deadlineMs).toBe(4_500);
  expect(settling.tick(4_499, NOTHING)).toBe(false);
  expect(settling.tick(4_500, NOTHING)).toBe(true);
  expect(settling.isSettled).toBe(true);
  expect(settling.deadlineMs).toBeUndefined();
  expect(settling.tick(10_000, NOTHING)).toBe(false);
});

test('it does not settle while something asked is unanswered, for 10 s at most', () => {
  const settling = new Settling();
  settling.cover(0);
  const ticks: number[] = [];
  for (let dueMs = settling.deadlineMs; dueMs !== undefined; dueMs = settling.deadlineMs) {
    ticks.push(dueMs);
    settling.tick(dueMs, () => true);
  }
  expect(ticks).toEqual([2_000, 4_000, 6_000, 8_000, 10_000]);
  expect(settling.isSettled).toBe(true);
});

test('a loss at any time begins anew, and what stirs meanwhile does not matter', () => {
  const settling = new Settling();
  settling.cover(0);
  settling.tick(2_000, NOTHING);
  settling.lose();
  expect([settling.isSettled, settling.isCovered]).toEqual([false, false]);
  settling.stir(3_000);
  expect(settling.deadlineMs).toBeUndefined();
  settling.cover(5_000);
  expect(settling.deadlineMs).toBe(7_000);
});
