import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { Rcode } from '../wire/registry.ts';
import type { Reply } from './procedure.ts';
import { answer, cname, drive, nodata, nxdomain, soa, table } from './testing/replies.ts';
import { findZone } from './zone-cut.ts';

const NAME = Name.of('_ipp._tcp.a.example.com');

function climb(replies: Readonly<Record<string, Reply>>, name = NAME, domain?: Name) {
  const { result, rounds } = drive(findZone(name, domain), table(replies));
  const zone = result.kind === 'found' ? result.zone.toString() : undefined;
  return { result, zone, asked: rounds.flat() };
}

test('DISC-03: the first question is for the SOA record of the full name, and one in the answer is used', () => {
  const office = Name.of('office.test');
  const { result, asked } = climb(
    { 'SOA office.test.': answer({ answers: [soa('office.test', 300)] }) },
    office,
  );

  expect(asked).toEqual(['SOA office.test.']);
  expect(result).toEqual({ kind: 'found', zone: office, ttlSeconds: 300 });
});

const DENIALS = [
  ['NODATA', nodata('Example.COM')],
  ['NXDOMAIN', nxdomain('Example.COM')],
] as const;

test.each(DENIALS)(
  'DISC-04: the SOA record in the authority section of %s is used after one question; its owner is the zone',
  (_, reply) => {
    const { zone, asked } = climb({ 'SOA _ipp._tcp.a.example.com.': reply });

    expect(asked).toEqual(['SOA _ipp._tcp.a.example.com.']);
    expect(zone).toBe('Example.COM.');
  },
);

test('DISC-05: without a SOA record a label is dropped, down to two labels and no further', () => {
  const { result, asked } = climb({});

  expect(asked).toEqual([
    'SOA _ipp._tcp.a.example.com.',
    'SOA _tcp.a.example.com.',
    'SOA a.example.com.',
    'SOA example.com.',
  ]);
  expect(result).toMatchObject({ kind: 'not-found', transient: false });
});

test('DISC-05: the climb ends where a SOA record is found', () => {
  const { zone, asked } = climb({ 'SOA a.example.com.': answer({ answers: [soa('a.example.com')] }) });

  expect(asked).toHaveLength(3);
  expect(zone).toBe('a.example.com.');
});

test('DISC-05: a refusal carries no SOA record either, and is named when none is found', () => {
  const { result, asked } = climb({
    'SOA _ipp._tcp.a.example.com.': answer({ rcode: Rcode.REFUSED, authorities: [soa('example.com')] }),
  });

  expect(asked).toHaveLength(4);
  expect(result).toMatchObject({ kind: 'not-found', rcode: Rcode.REFUSED });
  expect(result).toMatchObject({ reason: expect.stringContaining('(REFUSED)') });
});

test.each([
  ['a sibling', soa('b.example.com')],
  ['the target of an alias', soa('example.net')],
  ['a child', soa('x._ipp._tcp.a.example.com')],
  ['another class', { ...soa('example.com'), class: 3 }],
])('DISC-06: a SOA record of %s is ignored', (_, foreign) => {
  const { zone, asked } = climb({
    'SOA _ipp._tcp.a.example.com.': answer({ answers: [foreign], authorities: [foreign] }),
    'SOA _tcp.a.example.com.': nodata('a.example.com'),
  });

  expect(asked).toHaveLength(2);
  expect(zone).toBe('a.example.com.');
});

test('DISC-06: beside an alias even an enclosing SOA record is ignored: it is of the zone of the target', () => {
  const alias = cname('_IPP._tcp.a.example.com', 'printers.example.com');
  const { zone } = climb({
    'SOA _ipp._tcp.a.example.com.': answer({ answers: [alias], authorities: [soa('example.com')] }),
    'SOA _tcp.a.example.com.': nodata('a.example.com'),
  });

  expect(zone).toBe('a.example.com.');
});

const LOCAL_NAMES = ['_ipp._tcp.local', 'LOCAL', '_http._tcp.building.Local'];

test.each(LOCAL_NAMES)('DISC-13: %s is never asked for: .local belongs to multicast', (name) => {
  const { result, asked } = climb({}, Name.of(name));

  expect(asked).toEqual([]);
  expect(result).toMatchObject({ kind: 'not-found', transient: false });
});

test('a label that holds a dot before "local" is no .local name', () => {
  const { asked } = climb({}, Name.ofLabels(['x', 'y.local']));

  expect(asked).toHaveLength(1);
});

test('DISC-12: labels with spaces and UTF-8 are asked for as they are', () => {
  const { asked } = climb({}, Name.ofLabels(['_ipp', '_tcp', '2nd Floör', 'example', 'com']));

  expect(asked[2]).toBe('SOA 2nd\\032Floör.example.com.');
});

test('the zone may be used for as long as its SOA record, or the denial it came with, may', () => {
  const ofAnswer = climb({ 'SOA x.test.': answer({ answers: [soa('x.test', 900, 10)] }) }, Name.of('x.test'));
  const ofDenial = climb(
    { 'SOA x.test.': answer({ authorities: [soa('test', 900, 10)] }) },
    Name.of('x.test'),
  );
  const topBit = climb(
    { 'SOA x.test.': answer({ answers: [soa('x.test', 0x8000_0000)] }) },
    Name.of('x.test'),
  );

  expect([ofAnswer, ofDenial, topBit].map(({ result }) => result)).toMatchObject([
    { ttlSeconds: 900 },
    { ttlSeconds: 10 },
    { ttlSeconds: 0 },
  ]);
});

test('a resolver that does not answer ends the climb, and the reason is its own', () => {
  const { result, asked } = climb({
    'SOA _ipp._tcp.a.example.com.': { kind: 'failed', reason: 'Nothing listens.' },
  });

  expect(asked).toHaveLength(1);
  expect(result).toEqual({ kind: 'not-found', reason: 'Nothing listens.', transient: true });
});

test('SERVFAIL says nothing about the name, so it ends the climb and may pass', () => {
  const { result, asked } = climb({ 'SOA _ipp._tcp.a.example.com.': answer({ rcode: Rcode.SERVFAIL }) });

  expect(asked).toHaveLength(1);
  expect(result).toMatchObject({ kind: 'not-found', transient: true, rcode: Rcode.SERVFAIL });
});
