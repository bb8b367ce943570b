import { expect, test } from 'vitest';
import { UsageError, positiveNumber, readCommandLine, seedNumber, wholeNumber } from './command-line.ts';

test('a command line comes to options, a wish for help, or a sentence on what is wrong with it', () => {
  expect(readCommandLine(() => ({ port: 1 }))).toEqual({ kind: 'options', options: { port: 1 } });
  expect(readCommandLine(() => undefined)).toEqual({ kind: 'help' });
  const refused = readCommandLine(() => {
    throw new UsageError('Say which.');
  });
  expect(refused).toEqual({ kind: 'wrong', message: 'Say which.' });
});

test('a fault of ours is not taken for wrong usage', () => {
  const faulty = (): never => {
    throw new TypeError('x is not a function');
  };
  expect(() => readCommandLine(faulty)).toThrow('x is not a function');
});

test.each(['', ' 1', '1.5', '-1', '1e3', '0x10', '11', '99999999999999'])(
  'no whole number from 0 to 10: "%s"',
  (text) => {
    expect(() => wholeNumber('--worlds', text, 0, 10)).toThrow(
      `--worlds takes a whole number from 0 to 10, not "${text}".`,
    );
  },
);

test.each(['', '0', '0.0', '-1', '1e3', '1.', 'one'])('no number over 0: "%s"', (text) => {
  expect(() => positiveNumber('--minutes', text)).toThrow(`--minutes takes a number over 0, not "${text}".`);
});

test('numbers are what they say', () => {
  expect(wholeNumber('--from', '010')).toBe(10);
  expect(positiveNumber('--minutes', '0.5')).toBe(0.5);
  expect(seedNumber('0', 7)).toBe(0);
  expect(seedNumber(undefined, 7)).toBe(7);
});
