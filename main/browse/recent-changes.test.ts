import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printerRow } from '../contract/testing/rows.ts';
import { MAX_RECENT, RecentChanges } from './recent-changes.ts';
import type { ServiceNews } from './service-news.ts';

const news = (instance: string, fields: Partial<ServiceNews> = {}): ServiceNews => ({
  event: 'appeared',
  row: printerRow({ id: `office.test ${instance}`, instance }),
  changed: [],
  atMs: 1_000,
  sinceMs: null,
  ...fields,
});

test('whatever happens, the last five things are there, the latest first', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string()), { maxLength: 10 }), (batches) => {
      const recent = new RecentChanges();
      for (const batch of batches) recent.take(batch.map((instance) => news(instance)));
      expect(recent.all.map(({ instance }) => instance)).toEqual(
        batches.flat().slice(-MAX_RECENT).toReversed(),
      );
    }),
  );
});

test('a change is told in the words of digests, and what was missed is marked as such', () => {
  const recent = new RecentChanges();
  recent.take([news('Laser', { event: 'changed', changed: ['host', 'port'], sinceMs: 1 })]);
  expect(recent.all).toEqual([
    {
      id: 'office.test Laser',
      domain: 'office.test',
      instance: 'Laser',
      text: 'changed its host and port',
      atMs: 1_000,
      isMissed: true,
    },
  ]);
});

test('what happened in a domain goes with it', () => {
  const recent = new RecentChanges();
  recent.take([news('Laser'), news('Ink', { row: printerRow({ domain: 'lab.test', instance: 'Ink' }) })]);
  recent.forget('office.test');
  expect(recent.all.map(({ instance }) => instance)).toEqual(['Ink']);
});
