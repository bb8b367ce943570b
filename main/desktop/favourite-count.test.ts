import { expect, test } from 'vitest';
import type { FavouriteRow } from '../contract/favourite.ts';
import { NO_ROWS, domainRow } from '../contract/testing/rows.ts';
import { FavouriteCount } from './favourite-count.ts';
import { FakeCore } from './testing/fake-core.ts';

const OFFICE = domainRow('office.test');
const LASER: FavouriteRow = {
  kind: 'service',
  id: 'office.test laser',
  domain: 'office.test',
  type: '_ipp._tcp',
  typeName: 'Printer (IPP)',
  category: 'printer',
  instance: 'Laser',
  lastSeenMs: null,
};
const LAB: FavouriteRow = { kind: 'domain', id: 'lab.test' };

function fixture() {
  const tables = { ...NO_ROWS, domains: [OFFICE], favourites: [LASER, LAB] };
  const core = new FakeCore({ revision: 1, tables });
  const told: number[] = [];
  const count = new FavouriteCount(core, (favourites) => told.push(favourites));
  return { core, count, told };
}

test('favourites count where their domain is in the list', () => {
  const { core, told } = fixture();
  core.publish({ domains: { put: [domainRow('lab.test')], drop: [] } });
  core.publish({ favourites: { put: [], drop: [LASER.id] } });
  core.publish({ domains: { put: [], drop: ['lab.test'] } });
  expect(told).toEqual([1, 2, 1, 0]);
});

test('favourites of a domain that belongs to another network do not count until it is asked for again', () => {
  const { core, told } = fixture();
  core.publish({ domains: { put: [{ ...OFFICE, state: 'elsewhere' }], drop: [] } });
  core.publish({ domains: { put: [{ ...OFFICE, state: 'paused' }], drop: [] } });
  expect(told).toEqual([1, 0, 1]);
});

test('a number is told once, and none when it is over', () => {
  const { core, count, told } = fixture();
  core.publish({ domains: { put: [{ ...OFFICE, services: 7 }], drop: [] } });
  core.publish({ services: { put: [], drop: [] } });
  count.close();
  core.publish({ favourites: { put: [], drop: [LASER.id] } });
  expect(told).toEqual([1]);
  expect(core.listeners).toBe(0);
});
