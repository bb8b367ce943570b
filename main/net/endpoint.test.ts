import { expect, test } from 'vitest';
import { capitalised, spokenError } from './endpoint.ts';

test.each([
  ['ECONNREFUSED', 'nothing listens at ::1 port 53'],
  ['ENETUNREACH', 'this machine has no route to ::1 port 53'],
  ['ETIMEDOUT', '::1 port 53 does not answer'],
  ['ECONNRESET', '::1 port 53 cut the connection'],
  ['EACCES', 'this machine forbids connections to ::1 port 53'],
  ['ENOTFOUND', 'the host name ::1 has no address'],
  ['EMFILE', '::1 port 53 cannot be reached (EMFILE)'],
])('%s is told in words', (code, words) => {
  expect(spokenError(Object.assign(new Error('x'), { code }), { host: '::1', port: 53 })).toBe(words);
});

test('an error without a code is told by its message', () => {
  expect(spokenError(new Error('odd'), { host: '::1', port: 53 })).toBe(
    '::1 port 53 cannot be reached (odd)',
  );
});

test('a clause becomes the beginning of a sentence', () => {
  expect(capitalised('nothing listens')).toBe('Nothing listens');
  expect(capitalised('push.example port 853 is silent')).toBe('The server push.example port 853 is silent');
});
