import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryDnsMessage, arbitraryDsoMessage } from '../../protocol/testing/arbitraries.ts';
import { framed } from '../../protocol/dso/framer.ts';
import { writeMessage } from '../../protocol/wire/message.ts';
import { hexOf, octetsOf } from '../../protocol/wire/text.ts';
import type { InputForm } from './dissect-input.ts';
import { readInput } from './dissect-input.ts';

const UNSUBSCRIBE = '0012 0000 3000 0000 0000 0000 0000 0042 0002 0002';

function hexRead(input: Uint8Array | string, form?: InputForm): string {
  const read = readInput(typeof input === 'string' ? octetsOf(input) : input, form);
  return read.ok ? hexOf(read.octets) : read.message;
}

test.each([
  ['digits', UNSUBSCRIBE],
  ['digits in capitals, lines and tabs', UNSUBSCRIBE.toUpperCase().replaceAll(' ', '\r\n\t')],
  ['digits and comments', `# Büro\n${UNSUBSCRIBE.replace(' ', ' # the length: 18\n')} # “end”`],
  ['digits behind a byte order mark', `\uFEFF${UNSUBSCRIBE}`],
  ['digits in UTF-16', Buffer.from(`\uFEFF# x\r\n${UNSUBSCRIBE}`, 'utf16le')],
  ['digits and a comment that is no UTF-8', Buffer.from(`# B\xfcro\n${UNSUBSCRIBE}`, 'latin1')],
])('%s are read as hexadecimal', (_, input) => {
  expect(hexRead(input)).toBe(UNSUBSCRIBE.replaceAll(' ', ''));
});

test('messages as they are are never taken for digits', () => {
  const message = fc.oneof(
    arbitraryDsoMessage,
    arbitraryDnsMessage.map((parts) => writeMessage(parts)),
  );
  fc.assert(
    fc.property(message, (bytes) => {
      expect(hexRead(framed(bytes))).toBe(hexOf(framed(bytes)));
    }),
  );
});

test('a number sign does not make a comment of messages', () => {
  const octets = Uint8Array.of(0x23, 0x23, 0, 1, 2, 3);
  expect(hexRead(octets)).toBe(hexOf(octets));
});

test('octets that are neither are taken as they are: the answer of a server of another protocol', () => {
  const answer = 'HTTP/1.1 400 Bad Request\r\n\r\n';
  expect(hexRead(answer)).toBe(hexOf(octetsOf(answer)));
});

test.each([
  ['00 12 0g', 'line 1, column 8: "g" is no hexadecimal digit. Correct it, or say --as binary.'],
  [`# ok\n${UNSUBSCRIBE}\n00 0c €2`, 'line 3, column 7: "€" is no hexadecimal digit'],
  ['00 12 0', 'the number of digits is odd'],
])('%j is a slip in digits, and said to be', (text, message) => {
  expect(hexRead(text)).toContain(message);
});

test('the form that is asked for counts', () => {
  expect(hexRead('0012', 'binary')).toBe('30303132');
  expect(hexRead('HTTP', 'hex')).toContain('line 1, column 1: "H" is no hexadecimal digit');
});

test('any octets at all are read, in whatever form', () => {
  const anyForm = fc.constantFrom<InputForm | undefined>('hex', 'binary', undefined);
  const anyOctets = fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }).map(octetsOf));
  fc.assert(
    fc.property(anyOctets, anyForm, (octets, form) => {
      const read = readInput(octets, form);
      expect(read.ok || read.message.length > 0).toBe(true);
    }),
  );
});
