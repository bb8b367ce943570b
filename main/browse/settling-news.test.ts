import { expect, test } from 'vitest';
import { printerRow } from '../contract/testing/rows.ts';
import { RememberedServices } from './remembered-services.ts';
import { settlingNews } from './settling-news.ts';

const TIMES = { atMs: 9, sinceMs: 5 };
const row = (id: string, note = ''): ReturnType<typeof printerRow> =>
  printerRow({ id, txt: [['note', note]] });

test('what has happened is what differs between when a domain was lost and when it settled', () => {
  const before = new RememberedServices();
  for (const id of ['stayed', 'changed', 'left']) before.add(row(id), true, id !== 'left');
  const now = [row('stayed'), row('changed', 'Hall'), row('new')];
  expect(settlingNews(before, now, TIMES).map(({ event, row: { id } }) => [event, id])).toEqual([
    ['changed', 'changed'],
    ['appeared', 'new'],
    ['left', 'left'],
  ]);
});

test('what came and went while a domain was in doubt was never there', () => {
  const before = new RememberedServices();
  before.add(row('came since'), false, false);
  expect(settlingNews(before, [], TIMES)).toEqual([]);
});
