import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import type { Srv } from '../wire/rdata.ts';
import { addressTexts } from './addresses.ts';
import type { Service } from './service.ts';
import { chooseSrv, isHidden, isSameService } from './service.ts';
import { a, aaaa, txtRdata } from './testing/records.ts';
import { Txt } from './txt.ts';
import { Users } from './users.ts';

const srvOf = (target: string, priority: number, weight: number, port = 631): Srv => ({
  priority,
  weight,
  port,
  target: Name.of(target),
});

test.each<[string, readonly Srv[], string | undefined]>([
  ['nothing of nothing', [], undefined],
  ['the lowest priority', [srvOf('b', 1, 9), srvOf('a', 0, 0), srvOf('c', 2, 9)], 'a'],
  ['within a priority the highest weight', [srvOf('a', 0, 1), srvOf('b', 0, 5), srvOf('c', 0, 4)], 'b'],
  ['the first name, where both are equal', [srvOf('b', 0, 0), srvOf('A', 0, 0), srvOf('c', 0, 0)], 'A'],
])('SD-02: of several SRV records counts %s', (_, srvs, expected) => {
  expect(chooseSrv(srvs)?.target.toString()).toBe(expected === undefined ? undefined : `${expected}.`);
});

test('SD-02: which SRV record counts does not depend on their order', () => {
  const srvs = fc.array(
    fc
      .tuple(fc.constantFrom('a', 'b', '.'), fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }))
      .map(([target, priority, weight, port]) => srvOf(target, priority, weight, port)),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(srvs, (all) => {
      expect(chooseSrv(all.toReversed())).toEqual(chooseSrv(all));
      expect(chooseSrv([...all.slice(1), all[0]!])).toEqual(chooseSrv(all));
    }),
  );
});

test('PRN-02: an SRV record with port 0 or without a host comes behind every endpoint', () => {
  const [reserved, refused, endpoint] = [srvOf('a', 0, 9, 0), srvOf('.', 0, 9), srvOf('b', 9, 0)];
  expect(chooseSrv([reserved, endpoint, refused])).toBe(endpoint);
  expect(chooseSrv([reserved])).toBe(reserved);
});

const SERVICE: Service = {
  name: Name.of('Laser._ipp._tcp.test'),
  instanceLabel: 'Laser',
  type: '_ipp._tcp',
  domain: Name.of('test'),
  srv: srvOf('h.test', 0, 0),
  host: Name.of('h.test'),
  port: 631,
  addresses: ['10.0.0.1'],
  txt: new Txt(txtRdata('ty=Laser')),
  missing: [],
  isLookedAt: true,
  isListingVouched: true,
  isVouched: true,
};

test('PRN-02: a printer that only reserves its name is hidden, another service is not', () => {
  const reserved = { ...SERVICE, srv: srvOf('h.test', 0, 0, 0), host: undefined, port: undefined };
  expect(isHidden(reserved)).toBe(true);
  expect(isHidden({ ...reserved, type: '_device-info._tcp' })).toBe(false);
  expect(isHidden({ ...reserved, srv: undefined })).toBe(false);
  expect(isHidden(SERVICE)).toBe(false);
});

test('a service looks the same as its equal, and no other', () => {
  const copy = { ...SERVICE, name: Name.of('Laser._ipp._tcp.test'), srv: srvOf('h.test', 0, 0) };
  expect(
    isSameService(SERVICE, { ...copy, txt: new Txt(txtRdata('ty=Laser')), addresses: ['10.0.0.1'] }),
  ).toBe(true);
});

test.each<[string, Partial<Service>]>([
  ['the spelling of its name', { name: Name.of('LASER._ipp._tcp.test') }],
  ['its port', { srv: srvOf('h.test', 0, 0, 632) }],
  ['its priority', { srv: srvOf('h.test', 1, 0) }],
  ['its weight', { srv: srvOf('h.test', 0, 1) }],
  ['its host', { srv: srvOf('i.test', 0, 0) }],
  ['its SRV record', { srv: undefined }],
  ['an address', { addresses: ['10.0.0.2'] }],
  ['the number of addresses', { addresses: ['10.0.0.1', '10.0.0.2'] }],
  ['its TXT record', { txt: new Txt(txtRdata('ty=Ink')) }],
  ['having one', { txt: undefined }],
])('a service looks different by %s', (_, difference) => {
  expect(isSameService(SERVICE, { ...SERVICE, ...difference })).toBe(false);
  expect(isSameService({ ...SERVICE, ...difference }, SERVICE)).toBe(false);
});

test('addresses stand IPv4 first, each kind in numerical order, none twice', () => {
  const records = [
    aaaa('h.test', 'fd00::10'),
    a('h.test', '10.0.0.10'),
    aaaa('h.test', 'fd00::9'),
    a('h.test', '10.0.0.9'),
    a('i.test', '10.0.0.9'),
    a('h.test', '9.255.0.1'),
  ];
  expect(addressTexts(records)).toEqual(['9.255.0.1', '10.0.0.9', '10.0.0.10', 'fd00::9', 'fd00::10']);
  expect(addressTexts([])).toEqual([]);
});

test('users are counted as a set counts them', () => {
  const people = [{ id: 0 }, { id: 1 }, { id: 2 }];
  const steps = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.boolean()));
  fc.assert(
    fc.property(steps, (all) => {
      const users = new Users<{ id: number }>();
      const model = new Set<{ id: number }>();
      for (const [who, isIn] of all) {
        if (isIn) users.add(people[who]!);
        else users.delete(people[who]!);
        if (isIn) model.add(people[who]!);
        else model.delete(people[who]!);
        expect(users.all).toHaveLength(model.size);
        expect(new Set(users.all)).toEqual(model);
        expect(users.isEmpty).toBe(model.size === 0);
      }
    }),
  );
});
