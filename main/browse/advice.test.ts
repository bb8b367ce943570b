import { expect, test } from 'vitest';
import { splitAdvice } from './advice.ts';

test.each([
  ['The host x.test has no address: it is set up wrong. Ask who runs it.', 'Ask who runs it.'],
  ['The domain Ask\\032me.test does not exist. Check its spelling.', 'Check its spelling.'],
  [
    'Its certificate has expired, so nothing was sent. Who runs the server has to renew it; check the clock.',
    'Who runs the server has to renew it; check the clock.',
  ],
  ['It broke. Try again later. Ask who runs it.', 'Try again later. Ask who runs it.'],
])('what to do is told apart from what happened: %s', (reason, next) => {
  expect(splitAdvice(reason)).toEqual({ text: reason.slice(0, -next.length - 1), next });
});

test('a reason without advice is all text', () => {
  expect(splitAdvice('The connection was cut.')).toEqual({ text: 'The connection was cut.', next: null });
});
