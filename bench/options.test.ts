import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const KNOWN = ['decode', 'ingest'];

test('names are taken in their order, each once', () => {
  expect(readOptions(['ingest', '--json', 'decode', 'ingest'], KNOWN)).toEqual({
    kind: 'options',
    options: { names: ['ingest', 'decode'], isJson: true },
  });
});

test('without a name nothing is named', () => {
  expect(readOptions([], KNOWN)).toEqual({ kind: 'options', options: { names: [], isJson: false } });
});

test('an unknown name is answered with the names that there are', () => {
  expect(readOptions(['decode', 'decoed'], KNOWN)).toEqual({
    kind: 'wrong',
    message: 'There is no bench called "decoed". There are: decode, ingest.',
  });
});

test('an unknown option is wrong', () => {
  expect(readOptions(['--jsno'], KNOWN)).toMatchObject({
    kind: 'wrong',
    message: expect.stringContaining('--jsno'),
  });
});

test('help is help, whatever else is asked', () => {
  expect(readOptions(['--help', 'decode'], KNOWN)).toEqual({ kind: 'help' });
});
