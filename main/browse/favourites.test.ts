import { expect, test } from 'vitest';
import { printerRow } from '../contract/testing/rows.ts';
import { FAVOURITE, MAX_FAVOURITES } from '../contract/favourite.ts';
import { Favourites } from './favourites.ts';
import type { ServiceNews } from './service-news.ts';

/** An instance name with everything that a label may hold: a dot, a space, a backslash, octets that are not UTF-8. */
const NAME = String.raw`dr\.\032pepper\\\200._ipp._tcp.office.test`;
const ROW = printerRow({ id: `office.test ${NAME}`, instance: String.raw`Dr. Pepper\\200` });
const news = (event: ServiceNews['event'], fields: Partial<ServiceNews> = {}): ServiceNews => ({
  event,
  row: ROW,
  changed: [],
  atMs: 9_000,
  sinceMs: null,
  ...fields,
});

test('a favourite is kept by its domain and its name, every octet of it, and is the same in the next run', () => {
  const favourites = new Favourites([]);
  favourites.addService(ROW);
  favourites.addDomain('lab.test');
  const kept = JSON.parse(JSON.stringify(favourites.kept)) as unknown[];
  const next = new Favourites(kept.map((one) => FAVOURITE.parse(one)));
  expect(next.rows).toEqual([
    {
      kind: 'service',
      id: ROW.id,
      domain: 'office.test',
      type: '_ipp._tcp',
      typeName: 'Printer (IPP)',
      category: 'printer',
      instance: ROW.instance,
      lastSeenMs: null,
    },
    { kind: 'domain', id: 'lab.test' },
  ]);
  expect(next.concerns(news('left'))).toBe(true);
});

test('what happens concerns a person who watches the service or all of its domain, and nobody else', () => {
  const favourites = new Favourites([]);
  expect(favourites.concerns(news('appeared'))).toBe(false);
  favourites.addDomain('office.test');
  expect(favourites.concerns(news('appeared'))).toBe(true);
  favourites.remove('office.test');
  expect(favourites.concerns(news('appeared'))).toBe(false);
});

test('when a favourite was last there is when it left, or the last time that anybody knew', () => {
  const favourites = new Favourites([]);
  favourites.addService(ROW);
  const lastSeen = () => favourites.rows.map((row) => row.kind === 'service' && row.lastSeenMs);
  expect(favourites.note([news('appeared'), news('changed')])).toBe(false);
  expect(favourites.note([news('left')])).toBe(true);
  expect(lastSeen()).toEqual([9_000]);
  favourites.note([news('left', { sinceMs: 7_000 })]);
  expect(lastSeen()).toEqual([7_000]);
  favourites.end([{ ...ROW, standing: 'cached' }], 20_000);
  expect(lastSeen()).toEqual([7_000]);
  favourites.end([ROW], 20_000);
  expect(lastSeen()).toEqual([20_000]);
});

test('with a domain everything in it is let go, and nothing of another', () => {
  const favourites = new Favourites([]);
  favourites.addService(ROW);
  favourites.addDomain('office.test');
  favourites.addDomain('lab.test');
  expect(favourites.forget('office.test')).toBe(true);
  expect(favourites.forget('office.test')).toBe(false);
  expect(favourites.rows).toEqual([{ kind: 'domain', id: 'lab.test' }]);
});

test('there is an end to what a person can watch', () => {
  const favourites = new Favourites([]);
  for (let at = 0; at < MAX_FAVOURITES; at += 1) expect(favourites.addDomain(`d${at}.test`)).toBe(true);
  expect(favourites.addDomain('one.more.test')).toBe(false);
  expect(favourites.addDomain('d0.test')).toBe(true);
});
