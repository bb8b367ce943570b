import { expect, test } from 'vitest';
import { parseDissectOptions } from './dissect-options.ts';

test('all options are read', () => {
  expect(parseDissectOptions(['--json', '--from', 'server', '--as', 'hex', '-'])).toEqual({
    kind: 'options',
    options: { isJson: true, from: 'server', form: 'hex', file: '-' },
  });
});

test('a file alone may come from either end and be written in either form', () => {
  expect(parseDissectOptions(['a.hex'])).toEqual({
    kind: 'options',
    options: { isJson: false, from: undefined, form: undefined, file: 'a.hex' },
  });
});

test.each([
  [[], 'Say which file to read'],
  [['a', 'b'], 'One file at a time'],
  [['--from', 'proxy', 'a'], '--from takes client or server, not "proxy".'],
  [['--as', 'base64', 'a'], '--as takes hex or binary, not "base64".'],
  [['--from'], '--from'],
  [['--bogus', 'a'], '--bogus'],
])('%j is refused with a message that says what to do', (args, message) => {
  expect(parseDissectOptions(args)).toMatchObject({
    kind: 'wrong',
    message: expect.stringContaining(message),
  });
});

test('--help needs no file', () => {
  expect(parseDissectOptions(['--help'])).toEqual({ kind: 'help' });
});
