import { expect, test } from 'vitest';
import { VirtualClock } from '../net/virtual-clock.ts';
import { DoubtedServices } from './doubted-service.ts';
import { lines, record, zones } from './testing/zone-fixture.ts';

const ZONE = `
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
_ipp._tcp PTR Ink._ipp._tcp
_color._sub._ipp._tcp PTR Laser._ipp._tcp
Laser._ipp._tcp SRV 0 0 631 laser
Laser._ipp._tcp TXT "a"
Ink._ipp._tcp SRV 0 0 631 laser
laser A 192.0.2.1
`;

function doubting(...doubted: readonly string[]) {
  const store = zones({ 'office.test.': ZONE });
  const clock = new VirtualClock();
  const told: string[] = [];
  store.onChange((changes) => told.push(...lines(changes)));
  const doubts = new DoubtedServices(store, clock);
  for (const line of doubted) doubts.doubted(record(line));
  return { clock, doubts, told };
}

test('SRV-35: in the demo a service whose SRV record is doubted is gone a second later, with all that lists it', () => {
  const { clock, told } = doubting('LASER._ipp._tcp SRV 0 0 631 laser');
  clock.advance(999);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toEqual([
    '- _ipp._tcp.office.test. 4500 IN PTR Laser._ipp._tcp.office.test.',
    '- _color._sub._ipp._tcp.office.test. 4500 IN PTR Laser._ipp._tcp.office.test.',
    '- Laser._ipp._tcp.office.test. 4500 IN SRV 0 0 631 laser.office.test.',
    '- Laser._ipp._tcp.office.test. 4500 IN TXT "a"',
    '- SOA 7',
    '+ SOA 8',
  ]);
});

test.each([
  ['of another port', 'Laser._ipp._tcp SRV 0 0 9100 laser'],
  ['of a service that is gone', 'Gone._ipp._tcp SRV 0 0 631 laser'],
  ['that is no SRV record', 'laser A 192.0.2.1'],
  ['outside the zones', 'laser.example. SRV 0 0 631 laser'],
])('SRV-35: a doubted record %s changes nothing', (_, line) => {
  const { clock, told } = doubting(line);
  clock.advance(10_000);
  expect(told).toEqual([]);
});

test('a demo that is closed leaves no timer behind', () => {
  const { clock, doubts } = doubting('Laser._ipp._tcp SRV 0 0 631 laser', 'Ink._ipp._tcp SRV 0 0 631 laser');
  doubts.close();
  expect(clock.waiting).toBe(0);
});
