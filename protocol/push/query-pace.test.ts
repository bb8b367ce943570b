import { expect, test } from 'vitest';
import { QueryPace } from './query-pace.ts';

/** Asks as fast as is allowed, each answered at once, until `untilMs`; how many were asked. */
function asked(pace: QueryPace, fromMs: number, untilMs: number): number {
  let count = 0;
  for (let nowMs = fromMs; nowMs <= untilMs; count++) {
    nowMs = pace.mayAskAtMs(nowMs);
    if (nowMs > untilMs) break;
    pace.began(nowMs);
    pace.ended();
  }
  return count;
}

test('three hundred questions may follow one another at once, and then five a second', () => {
  const pace = new QueryPace(0);
  expect(asked(pace, 0, 0)).toBe(300);
  expect(pace.mayAskAtMs(0)).toBe(200);
  expect(asked(pace, 0, 60_000)).toBe(300);
});

test('a quiet time is saved up, three hundred at most', () => {
  const pace = new QueryPace(0);
  asked(pace, 0, 0);
  expect(asked(pace, 30_000, 30_000)).toBe(150);
  expect(asked(pace, 3_600_000, 3_600_000)).toBe(300);
});

test('no more than eight are under way', () => {
  const pace = new QueryPace(0);
  for (let at = 0; at < 8; at++) pace.began(0);
  expect(pace.mayAskAtMs(0)).toBe(Infinity);
  pace.ended();
  expect(pace.mayAskAtMs(0)).toBe(0);
});
