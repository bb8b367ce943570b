import { expect, test } from 'vitest';
import { domain, service } from '../testing/rows.ts';
import { cameWhileWatching, changedWhileWatching, leftWhileWatching } from './freshness.ts';

const settled = domain('office.test', { settledMs: 12_000 });
const unsettled = domain('office.test', { settledMs: null });

test('what a domain lists before it has settled is not new, however late that is', () => {
  expect(cameWhileWatching(service('A', { sinceMs: 12_000 }), settled)).toBe(false);
  expect(cameWhileWatching(service('A', { sinceMs: 9_000 }), settled)).toBe(false);
  expect(cameWhileWatching(service('A', { sinceMs: 99_000 }), unsettled)).toBe(false);
});

test('what comes later is new, and what changes later changed', () => {
  expect(cameWhileWatching(service('A', { sinceMs: 12_001 }), settled)).toBe(true);
  expect(changedWhileWatching(service('A', { sinceMs: 0, changedMs: 12_001 }), settled)).toBe(true);
  expect(changedWhileWatching(service('A', { sinceMs: 0, changedMs: 12_000 }), settled)).toBe(false);
  expect(changedWhileWatching(service('A', { sinceMs: 0, changedMs: 99_000 }), unsettled)).toBe(false);
});

test('what has left is not new any more, however new it was', () => {
  const gone = {
    ...service('A', { sinceMs: 12_001, changedMs: 12_001 }),
    leftMs: 12_500,
    unwatchedSinceMs: null,
  };
  expect(cameWhileWatching(gone, settled)).toBe(false);
  expect(changedWhileWatching(gone, settled)).toBe(false);
});

test('only what was live to the last left while somebody watched', () => {
  expect(leftWhileWatching(service('A'), settled)).toBe(true);
  expect(leftWhileWatching(service('A', { standing: 'checking' }), settled)).toBe(false);
  expect(leftWhileWatching(service('A', { standing: 'cached' }), settled)).toBe(false);
  expect(leftWhileWatching(service('A'), unsettled)).toBe(false);
});

test('a service whose domain is not there is no news', () => {
  expect(cameWhileWatching(service('A', { sinceMs: 99_999 }), undefined)).toBe(false);
  expect(leftWhileWatching(service('A'), undefined)).toBe(false);
});
