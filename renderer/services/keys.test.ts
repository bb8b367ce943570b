import { expect, test } from 'vitest';
import { service } from '../testing/rows.ts';
import { regroup } from './grouping.ts';
import { TypeAhead, lineAfterKey } from './keys.ts';
import { Layout } from './layout.ts';

/** Lines: 0 heading, 1 Alpha, 2 Beta, 3 Büro, 4 heading, 5 Alpha two. */
const layout = new Layout(
  regroup(
    [],
    [],
    [service('Alpha'), service('Beta'), service('Büro'), service('Alpha two', { type: '_x._tcp' })],
  ),
);
const empty = new Layout([]);

test.each([
  ['ArrowDown', 1, 2],
  ['ArrowDown', 3, 5],
  ['ArrowDown', 5, 5],
  ['ArrowUp', 5, 3],
  ['ArrowUp', 1, 1],
  ['PageDown', 1, 5],
  ['PageUp', 5, 1],
  ['Home', 5, 1],
  ['End', 1, 5],
])('%s on line %i leads to line %i, past the headings', (key, from, to) => {
  expect(lineAfterKey(key, from, layout, 4)).toBe(to);
});

test('other keys move nothing, and in an empty list none does', () => {
  expect(lineAfterKey('Tab', 1, layout, 4)).toBeNull();
  expect(lineAfterKey('End', -1, empty, 4)).toBe(-1);
});

test('a letter leads to the next name that starts with it, round to the first', () => {
  const typing = new TypeAhead();
  expect(typing.type('a', 0, 1, layout)).toBe(5);
  expect(typing.type('a', 5_000, 5, layout)).toBe(1);
});

test('letters typed together are one word, accents and case aside', () => {
  const typing = new TypeAhead();
  expect(typing.type('b', 0, 1, layout)).toBe(2);
  expect(typing.type('U', 300, 2, layout)).toBe(3);
  expect(typing.isTyping(600)).toBe(true);
  expect(typing.isTyping(2_000)).toBe(false);
});

test('a name that nothing starts with leads nowhere', () => {
  expect(new TypeAhead().type('q', 0, 1, layout)).toBeNull();
});
