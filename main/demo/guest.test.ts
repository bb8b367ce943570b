import { expect, test } from 'vitest';
import { Guest } from './guest.ts';
import { lines, zone } from './testing/zone-fixture.ts';
import { VISITORS } from './visitors.ts';

const LAPTOP = {
  zone: 0,
  records:
    '$TTL 60\nlap A 192.0.2.9\n_ssh._tcp PTR lap._ssh._tcp\nlap._ssh._tcp SRV 0 0 22 lap\n_x._sub._ssh._tcp PTR lap._ssh._tcp',
};
const LISTING = '_services._dns-sd._udp.office.test. 4500 IN PTR _ssh._tcp.office.test.';

test('a guest lists its service type where it is new, and takes the listing along when it was the last', () => {
  const office = zone('');
  const guest = new Guest(LAPTOP, office);
  expect(lines(office.apply(guest.arrival()))).toContain(`+ ${LISTING}`);
  expect(lines(office.apply(guest.departure()))).toContain(`- ${LISTING}`);
  expect(office.size).toBe(2);
});

test('a guest leaves the listing of a type that others have too', () => {
  const office = zone('_ssh._tcp 60 PTR other._ssh._tcp\n_services._dns-sd._udp PTR _ssh._tcp');
  const guest = new Guest(LAPTOP, office);
  expect(lines(office.apply(guest.arrival())).join('\n')).not.toContain('_services');
  expect(lines(office.apply(guest.departure())).join('\n')).not.toContain('_services');
  expect(office.size).toBe(4);
});

test.each(VISITORS.map((visitor, at) => [at, visitor] as const))(
  'visitor %i arrives and leaves without a trace',
  (_, visitor) => {
    const office = zone('');
    const guest = new Guest(visitor, office);
    const arrived = lines(office.apply(guest.arrival()));
    expect(arrived.filter((line) => / PTR /.test(line)).length).toBeGreaterThan(1);
    expect(arrived.filter((line) => / SRV /.test(line)).length).toBeGreaterThan(0);
    office.apply(guest.departure());
    expect(office.size).toBe(2);
  },
);
