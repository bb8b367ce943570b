import { expect, test } from 'vitest';
import { isTrustedSender } from './trusted-sender.ts';

const ORIGIN = 'app://herald';
const sent = (url: string, parent: unknown = null, id = 7) => ({
  sender: { id },
  senderFrame: { url, parent },
});

test('the main frame of the browser window with a page of ours may speak', () => {
  expect(isTrustedSender(sent('app://herald/index.html'), 7, ORIGIN)).toBe(true);
  expect(isTrustedSender(sent('http://localhost:5173/index.html'), 7, 'http://localhost:5173')).toBe(true);
});

test.each([
  ['another window', sent('app://herald/index.html', null, 8)],
  ['a frame inside the page', sent('app://herald/index.html', {})],
  ['another host', sent('app://elsewhere/index.html')],
  ['another scheme', sent('https://herald/index.html')],
  ['a file', sent('file:///app://herald/index.html')],
  ['no address', sent('')],
  ['a frame that has gone', { sender: { id: 7 }, senderFrame: null }],
])('nobody else may: %s', (_who, event) => {
  expect(isTrustedSender(event, 7, ORIGIN)).toBe(false);
});

test('nobody may while there is no browser window', () => {
  expect(isTrustedSender(sent('app://herald/index.html'), undefined, ORIGIN)).toBe(false);
});
