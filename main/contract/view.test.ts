import { expect, test } from 'vitest';
import { parseCommand } from './command.ts';
import { MAX_ROWS_NEEDED, MAX_ROWS_ON_SCREEN } from './view.ts';

const rows = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `office.test p${at}`);
const view = { rows: rows(MAX_ROWS_ON_SCREEN), details: rows(1)[0]!, needed: rows(MAX_ROWS_NEEDED) };

test('what a window looks at is taken as it says it, up to more than any window shows', () => {
  expect(parseCommand({ kind: 'view', view })).toEqual({ kind: 'view', view });
  expect(parseCommand({ kind: 'view', view: { rows: [], details: null, needed: [] } })).toBeDefined();
});

test.each([
  ['more rows', { ...view, rows: rows(MAX_ROWS_ON_SCREEN + 1) }],
  ['more that it needs', { ...view, needed: rows(MAX_ROWS_NEEDED + 1) }],
  ['no id', { ...view, rows: [''] }],
  ['an id that is too long', { ...view, details: 'x'.repeat(2_042) }],
  ['something else besides', { ...view, domains: 'everything' }],
])('a view with %s is no command', (_, broken) => {
  expect(parseCommand({ kind: 'view', view: broken })).toBeUndefined();
});
