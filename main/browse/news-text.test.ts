import { expect, test } from 'vitest';
import { newsText } from './news-text.ts';

test('what happened to a service is told in a few words', () => {
  expect(newsText({ event: 'appeared', changed: [] })).toBe('appeared');
  expect(newsText({ event: 'changed', changed: ['port'] })).toBe('changed its port');
  expect(newsText({ event: 'changed', changed: ['host', 'port', 'TXT note'] })).toBe(
    'changed its host, port, and TXT note',
  );
});
