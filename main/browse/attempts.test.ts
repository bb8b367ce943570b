import { expect, test } from 'vitest';
import { Attempts } from './attempts.ts';
import { Backoff } from './backoff.ts';

function attempts(drawn = 0.5): Attempts {
  return new Attempts(new Backoff(() => drawn));
}

test('fruitless attempts wait twice as long each time, up to five minutes', () => {
  const row = attempts();
  const waits = Array.from({ length: 10 }, () => row.nextMs({ liveMs: 0 }, 1_000) - 1_000);
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1000));
});

test.each([
  [0, 1_000],
  [0.999, 2_998],
])('each wait is a random half more or less: %d makes %d ms of two seconds', (drawn, waitMs) => {
  expect(attempts(drawn).nextMs({ liveMs: 0 }, 0)).toBeCloseTo(waitMs);
});

test('RFC 8490 §6.6.3.2: a session that lasted is renewed at once, one that did not is no better than none', () => {
  const row = attempts();
  row.nextMs({ liveMs: 0 }, 0);
  expect(row.nextMs({ liveMs: 9_999 }, 0)).toBe(4_000);
  expect(row.nextMs({ liveMs: 10_000 }, 0)).toBe(0);
  expect(row.nextMs({ liveMs: 0 }, 0)).toBe(2_000);
});

test('END-05: a time that servers ask for is kept to the millisecond, whatever went before', () => {
  const row = attempts(0.999);
  for (let failure = 0; failure < 9; failure++) row.nextMs({ liveMs: 0 }, 0);
  expect(row.nextMs({ liveMs: 0, readyMs: 5_000 }, 0)).toBe(5_000);
});
