import { expect, test } from 'vitest';
import { cryptoRandom, randomBelow } from './random.ts';

test('drawn numbers lie from 0 up to but not including 1, and differ', () => {
  const drawn = Array.from({ length: 1000 }, () => cryptoRandom());

  expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(drawn).size).toBe(1000);
});

test('whole numbers reach both ends of their range', () => {
  expect(randomBelow(() => 0, 65_536)).toBe(0);
  expect(randomBelow(() => 0.999_999_999, 65_536)).toBe(65_535);
});
