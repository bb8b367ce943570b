import { expect, test } from 'vitest';
import { parseChaosOptions } from './options.ts';

function parsed(...args: readonly string[]) {
  return parseChaosOptions(args, 77);
}

test('without options it is two minutes with a fresh seed', () => {
  expect(parsed()).toEqual({
    kind: 'options',
    options: {
      forMs: 120_000,
      histories: Infinity,
      seed: 77,
      from: 0,
      keep: undefined,
      worlds: 6,
      reportFile: undefined,
    },
  });
});

test('all options are read', () => {
  const args = ['--seed', '4294967295', '--from', '9', '--histories', '1', '--keep', '0,3,12'];
  expect(parsed(...args, '--worlds', '2', '--report', 'x.json')).toEqual({
    kind: 'options',
    options: {
      forMs: Infinity,
      histories: 1,
      seed: 4_294_967_295,
      from: 9,
      keep: [0, 3, 12],
      worlds: 2,
      reportFile: 'x.json',
    },
  });
  expect(parsed('--help')).toEqual({ kind: 'help' });
});

test.each([
  ['--minutes', '0'],
  ['--minutes', 'x'],
  ['--minutes', '1', '--histories', '1'],
  ['--histories', '0'],
  ['--seed', '4294967296'],
  ['--seed', '-1'],
  ['--from', '1.5'],
  ['--worlds', '0'],
  ['--worlds', '65'],
  ['--histories', '1', '--keep', '1,'],
  ['--keep', '1,2'],
  ['--unknown'],
  ['more'],
])('bad usage is told: %s %s', (...args) => {
  expect(parsed(...args)).toMatchObject({ kind: 'wrong', message: expect.stringMatching(/\S/) });
});
