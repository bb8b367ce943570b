import { expect, test } from 'vitest';
import { parseSoakOptions } from './options.ts';

test('minutes are on real sockets, days on virtual time with 200,000 changes', () => {
  expect(parseSoakOptions(['--minutes', '60'])).toEqual({
    kind: 'options',
    options: { kind: 'minutes', minutes: 60, seed: 1 },
  });
  expect(parseSoakOptions(['--days', '30', '--seed', '0'])).toEqual({
    kind: 'options',
    options: { kind: 'days', days: 30, changes: 200_000, seed: 0 },
  });
  expect(parseSoakOptions(['--days', '3', '--changes', '5'])).toMatchObject({ options: { changes: 5 } });
  expect(parseSoakOptions(['--help'])).toEqual({ kind: 'help' });
});

test.each([
  [],
  ['--minutes', '1', '--days', '3'],
  ['--minutes', '0.5'],
  ['--minutes', 'x'],
  ['--minutes', '1', '--changes', '5'],
  ['--days', '2'],
  ['--days', '3', '--changes', '0'],
  ['--days', '3', '--seed', '4294967296'],
  ['--unknown'],
])('bad usage is told: %s %s %s %s', (...args) => {
  expect(parseSoakOptions(args.filter((arg) => arg !== undefined))).toMatchObject({
    kind: 'wrong',
    message: expect.stringMatching(/\S/),
  });
});
