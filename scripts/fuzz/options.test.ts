import { expect, test } from 'vitest';
import { fuzzUsage, parseFuzzOptions } from './options.ts';

const KNOWN = ['message', 'client'];

function parsed(...args: readonly string[]) {
  return parseFuzzOptions(args, KNOWN, 77);
}

test('without options it is a minute of everything with a fresh seed', () => {
  expect(parsed()).toEqual({
    kind: 'options',
    options: { forMs: 60_000, inputs: Infinity, seed: 77, targets: [], from: 0, reportFile: undefined },
  });
});

test('all options are read', () => {
  const args = ['--inputs', '5', '--seed', '0', '--target', 'client', '--target', 'message', '--from', '3'];
  expect(parsed(...args, '--report', 'x.json')).toEqual({
    kind: 'options',
    options: {
      forMs: Infinity,
      inputs: 5,
      seed: 0,
      targets: ['client', 'message'],
      from: 3,
      reportFile: 'x.json',
    },
  });
  expect(parsed('--minutes', '0.5')).toMatchObject({ options: { forMs: 30_000, inputs: Infinity } });
});

test.each([
  [['--minutes', '0'], '--minutes takes a number over 0, not "0".'],
  [['--minutes', '1', '--inputs', '1'], 'give one'],
  [['--inputs', '1.5'], '--inputs takes a whole number from 1 on, not "1.5".'],
  [['--seed', '4294967296'], '--seed takes a whole number from 0 to 4294967295'],
  [['--from', '-1'], '--from'],
  [['--target', 'nothing'], 'There is no target called "nothing". There are: message, client.'],
  [['more'], 'more'],
])('%j is refused with a message that says what to do', (args, message) => {
  expect(parsed(...args)).toMatchObject({ kind: 'wrong', message: expect.stringContaining(message) });
});

test('the usage names every target', () => {
  expect(fuzzUsage([{ name: 'message', summary: 'reads messages' }])).toContain(
    '  message          reads messages',
  );
  expect(parsed('--help')).toEqual({ kind: 'help' });
});
