import { expect, test } from 'vitest';
import { asOfText } from './as-of.ts';

const at = (day: number, hour: number, minute: number): number =>
  new Date(2026, 10, day, hour, minute).getTime();

test('a moment of today is told by the clock, another with its day', () => {
  expect(asOfText(at(3, 9, 12), at(3, 23, 59))).toBe('09:12 today');
  expect(asOfText(at(3, 9, 12), at(4, 0, 0))).toBe('Tue 3 Nov, 09:12');
});
