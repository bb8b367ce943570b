import { expect, test } from 'vitest';
import type { ActivityRow } from '../../main/contract/activity.ts';
import { gapWords, pausedWords, sinceWords } from './pause-words.ts';

const at = (day: number, hour: number, minute: number): number =>
  new Date(2026, 10, day, hour, minute).getTime();
const activity = (fields: Partial<ActivityRow>): ActivityRow => ({
  id: 'herald',
  state: 'paused',
  cause: 'hidden',
  reason: '',
  idleMinutes: 10,
  favourites: 2,
  sinceMs: 0,
  gap: null,
  ...fields,
});

test('the status says why not all is watched, and nothing while it is', () => {
  expect(pausedWords(activity({}))).toBe('Paused, window hidden');
  expect(pausedWords(activity({ cause: 'user' }))).toBe('Paused by you');
  expect(pausedWords(activity({ state: 'suspended', cause: 'asleep' }))).toBe('Paused, computer asleep');
  expect(pausedWords(activity({ state: 'waking', cause: 'asleep' }))).toBe('Waking up');
  expect(pausedWords(activity({ cause: 'idle' }))).toBe('Paused, no input for 10 minutes');
  expect(pausedWords(activity({ cause: 'idle', idleMinutes: 1 }))).toBe('Paused, no input for 1 minute');
  expect(pausedWords(activity({ state: 'background' }))).toBe('Watching 2 favourites in the background');
  expect(pausedWords(activity({ state: 'background', favourites: 1 }))).toContain('1 favourite in');
  expect(pausedWords(activity({ state: 'grace' }))).toBeNull();
  expect(pausedWords(activity({ state: 'active', cause: null }))).toBeNull();
  expect(pausedWords(undefined)).toBeNull();
});

test('a time in which nothing was watched is told with its beginning and end, and its day when that is another', () => {
  expect(gapWords({ fromMs: at(3, 14, 3), untilMs: at(3, 14, 20), cause: 'hidden' })).toEqual({
    title: 'Paused while hidden',
    text: 'Nothing was watched from 14:03 to 14:20.',
  });
  expect(gapWords({ fromMs: at(3, 22, 0), untilMs: at(4, 8, 30), cause: 'asleep' })?.text).toBe(
    'Nothing was watched from Tue 3 Nov, 22:00 to 08:30.',
  );
});

test('a gap of less than a minute is not spoken of', () => {
  const fromMs = at(3, 14, 3);
  expect(gapWords({ fromMs, untilMs: fromMs + 59_999, cause: 'hidden' })).toBeNull();
  expect(gapWords({ fromMs, untilMs: fromMs + 60_000, cause: 'hidden' })).not.toBeNull();
});

test('the user’s own pause is told since when it holds', () => {
  expect(sinceWords(at(3, 9, 5), at(3, 10, 0))).toMatch(/^Nothing has been watched since 09:05,/);
  expect(sinceWords(at(3, 9, 5), at(4, 10, 0))).toMatch(/^Nothing has been watched since Tue 3 Nov, 09:05,/);
});
