import { beforeEach, expect, test } from 'vitest';
import { printerRow } from '../contract/testing/rows.ts';
import type { ServiceNews } from '../browse/service-news.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import type { NoticeText } from './notices.ts';
import { Notices } from './notices.ts';

const news = (
  event: ServiceNews['event'],
  instance = 'Laser',
  sinceMs: number | null = null,
): ServiceNews => ({
  event,
  row: printerRow({ id: `office.test ${instance}`, instance }),
  changed: [],
  atMs: 0,
  sinceMs,
});

let clock: VirtualClock;
let shown: { readonly text: NoticeText; readonly click: () => void }[];
let opened: (string | null)[];
let isWanted: boolean;
let notices: Notices;

beforeEach(() => {
  clock = new VirtualClock();
  shown = [];
  opened = [];
  isWanted = true;
  notices = new Notices({
    clock,
    notifier: { show: (text, click) => void shown.push({ text, click }) },
    isWanted: () => isWanted,
    concerns: ({ row }) => row.instance !== 'Stranger',
    open: (item) => void opened.push(item?.id ?? null),
  });
});

test('what appears and leaves while somebody watches is told with its name, and a click opens it', () => {
  notices.take([news('appeared')], 'office.test');
  clock.advance(3_000);
  notices.take([news('left')], 'office.test');
  clock.advance(3_000);
  expect(shown.map(({ text }) => text)).toEqual([
    { title: 'Laser appeared', body: 'Printer (IPP), office.test' },
    { title: 'Laser left', body: 'Printer (IPP), office.test' },
  ]);
  shown[0]!.click();
  expect(opened).toEqual(['office.test Laser']);
});

test.each<readonly [string, ServiceNews]>([
  ['a change', news('changed')],
  ['what was found out after nobody had watched', news('appeared', 'Laser', 5)],
  ['what nobody keeps an eye on', news('appeared', 'Stranger')],
])('%s is not told', (_, one) => {
  notices.take([one], 'office.test');
  clock.advance(60_000);
  expect(shown).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test('nothing is told to a user who does not want it, or no longer does', () => {
  isWanted = false;
  notices.take([news('appeared', 'A')], 'office.test');
  isWanted = true;
  notices.take([news('appeared', 'B')], 'office.test');
  isWanted = false;
  clock.advance(60_000);
  expect(shown).toEqual([]);
});

test('more than three at once are one notice, in numbers and with some names, and a click opens the list', () => {
  const many = ['A', 'B', 'C', 'D', 'E'].map((name) => news(name === 'A' ? 'left' : 'appeared', name));
  notices.take(many, 'office.test');
  clock.advance(3_000);
  expect(shown.map(({ text }) => text)).toEqual([
    { title: '4 appeared, 1 left', body: 'A, B, C, and 2 more' },
  ]);
  shown[0]!.click();
  expect(opened).toEqual([null]);
});

test('a name that would spoil a notice is cut, and shows what is invisible in it', () => {
  notices.take([news('appeared', `\u202e${'x'.repeat(300)}\n`)], 'office.test');
  clock.advance(3_000);
  expect(shown[0]!.text.title.length).toBeLessThan(100);
  expect(shown[0]!.text.title).not.toMatch(/[\n\u202e]/u);
});

test('nothing is told or waited for once it is closed', () => {
  notices.take([news('appeared')], 'office.test');
  notices.close();
  expect(clock.waiting).toBe(0);
});
