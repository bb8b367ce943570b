import { expect, test } from 'vitest';
import type { DigestItem, DigestRow } from '../../main/contract/digest.ts';
import { digestText, unlistedCount } from './digest-words.ts';

const digest = (
  appeared: number,
  left: number,
  changed: number,
  items: readonly DigestItem[] = [],
): DigestRow => ({
  id: 'office.test',
  fromMs: 0,
  untilMs: 60_000,
  appeared,
  left,
  changed,
  items,
});
const item = (event: 'appeared' | 'left'): DigestItem => ({
  id: 'a',
  event,
  instance: 'A',
  typeName: 'Printer',
  text: event,
});

test('what happened is told in numbers, and what did not is left out', () => {
  expect(digestText(digest(3, 1, 2))).toBe('3 appeared, 1 left, 2 changed');
  expect(digestText(digest(0, 1200, 0))).toBe('1,200 left');
});

test('what a digest counts and does not list is counted', () => {
  expect(unlistedCount(digest(200, 30, 0, [item('appeared'), item('left')]))).toBe(228);
});
