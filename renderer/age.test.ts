import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageHoldsMs, ageText, lastedText } from './age.ts';

test.each([
  [0, 'just now'],
  [4_999, 'just now'],
  [5_000, '5 seconds ago'],
  [12_000, '10 seconds ago'],
  [59_999, '50 seconds ago'],
  [60_000, '1 minute ago'],
  [3_599_999, '59 minutes ago'],
  [3_600_000, '1 hour ago'],
  [86_400_000, '1 day ago'],
])('an age of %i ms is %j', (ageMs, text) => {
  expect(ageText(ageMs)).toBe(text);
});

test('an age’s words hold exactly as long as is said, so that a still window wakes up only when they change', () => {
  fc.assert(
    fc.property(fc.nat(200_000_000), (ageMs) => {
      const holdsMs = ageHoldsMs(ageMs);
      expect(holdsMs).toBeGreaterThan(0);
      expect(ageText(ageMs + holdsMs - 1)).toBe(ageText(ageMs));
      expect(ageText(ageMs + holdsMs)).not.toBe(ageText(ageMs));
    }),
  );
});

test.each([
  [0, '1 second'],
  [59_999, '59 seconds'],
  [60_000, '1 minute'],
  [3 * 3_600_000 + 5, '3 hours'],
  [3 * 86_400_000, '3 days'],
])('what lasted %i ms lasted %s', (ms, words) => {
  expect(lastedText(ms)).toBe(words);
});
