import { expect, test } from 'vitest';
import { domain, service } from '../testing/rows.ts';
import { cameWhileWatching, changedWhileWatching } from './freshness.ts';

const live = domain('office.test', { sinceMs: 10_000 });

test('what a domain lists when it goes live is not new', () => {
  expect(cameWhileWatching(service('A', { sinceMs: 11_900 }), live)).toBe(false);
  expect(cameWhileWatching(service('A', { sinceMs: 9_000 }), live)).toBe(false);
});

test('what comes later is new, and what changes later changed', () => {
  expect(cameWhileWatching(service('A', { sinceMs: 12_001 }), live)).toBe(true);
  expect(changedWhileWatching(service('A', { sinceMs: 0, changedMs: 12_001 }), live)).toBe(true);
  expect(changedWhileWatching(service('A', { sinceMs: 0, changedMs: 10_500 }), live)).toBe(false);
});

test('a service whose domain is not known yet is not new', () => {
  expect(cameWhileWatching(service('A', { sinceMs: 99_999 }), undefined)).toBe(false);
});
