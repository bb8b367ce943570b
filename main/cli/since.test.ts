import { expect, test } from 'vitest';
import { parseSince } from './since.ts';

const NOW = Date.UTC(2026, 10, 26, 12, 0);

test.each([
  ['30m', NOW - 1_800_000],
  ['12h', NOW - 43_200_000],
  ['7d', NOW - 604_800_000],
  ['2026-11-20T09:00:30Z', Date.UTC(2026, 10, 20, 9, 0, 30)],
  ['2026-11-20T09:00', new Date(2026, 10, 20, 9, 0).getTime()],
  ['2026-11-20', new Date(2026, 10, 20).getTime()],
])('%s is a time', (text, ms) => {
  expect(parseSince(text, NOW)).toBe(ms);
});

test.each(['', 'yesterday', '7', 'd', '7w', '-3h', '2026-13-01', '2026-11-20 09:00', '20.11.2026'])(
  '"%s" is none',
  (text) => {
    expect(parseSince(text, NOW)).toBeUndefined();
  },
);
