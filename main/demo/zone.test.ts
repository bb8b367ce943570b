import { expect, test } from 'vitest';
import type { Change } from '../../protocol/push/change.ts';
import { Name } from '../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { recordText } from './record-text.ts';
import { add, lines, record, remove, zone } from './testing/zone-fixture.ts';
import { Zone } from './zone.ts';

const HOST = Name.of('host.office.test');
const APEX = Name.of('office.test');

function removeName(name: Name): Change {
  return { kind: 'remove-name', name };
}

function removeRrset(name: Name, type: number): Change {
  return { kind: 'remove-rrset', name, type, class: RecordClass.IN };
}

test('one batch of edits is one notification, removals first, with the serial raised by one', () => {
  const office = zone('host A 192.0.2.1');
  const heard: (readonly string[])[] = [];
  office.onChange((changes) => heard.push(lines(changes)));
  office.apply([add('b A 192.0.2.2'), remove('host A 192.0.2.1')]);
  expect(heard).toEqual([
    ['- host.office.test. 4500 IN A 192.0.2.1', '- SOA 7', '+ b.office.test. 4500 IN A 192.0.2.2', '+ SOA 8'],
  ]);
  expect(office.serial).toBe(8);
});

test('a batch without effect is not told and leaves the serial alone', () => {
  const office = zone('host A 192.0.2.1');
  office.onChange(() => expect.unreachable());
  expect(
    office.apply([add('host A 192.0.2.1'), remove('host A 192.0.2.9'), removeName(Name.of('x.office.test'))]),
  ).toEqual([]);
  expect(office.apply([add('b A 192.0.2.2'), remove('b A 192.0.2.2')])).toEqual([]);
  expect(office.apply([remove('host A 192.0.2.1'), add('host A 192.0.2.1')])).toEqual([]);
  expect(office.serial).toBe(7);
});

test('a listener that was stopped hears nothing more', () => {
  const office = zone('');
  const stop = office.onChange(() => expect.unreachable());
  stop();
  expect(office.apply([add('b A 192.0.2.2')])).not.toEqual([]);
});

test('names are one without regard to case, A to Z only; the newest spelling is kept', () => {
  const office = zone('host A 192.0.2.1\nx PTR HOST');
  expect(
    lines(office.apply([add('HOST A 192.0.2.1'), add('x PTR host')])).filter((line) => !line.includes('SOA')),
  ).toEqual(['+ HOST.office.test. 4500 IN A 192.0.2.1', '+ x.office.test. 4500 IN PTR host.office.test.']);
  expect(office.size).toBe(4);
});

test('RFC 2181 §5.2: a record with another TTL changes that of its whole set', () => {
  const office = zone('host A 192.0.2.1\nhost AAAA 2001:db8::1');
  expect(lines(office.apply([add('host 60 A 192.0.2.2')])).slice(1)).toEqual([
    '+ host.office.test. 60 IN A 192.0.2.1',
    '+ host.office.test. 60 IN A 192.0.2.2',
    '+ SOA 8',
  ]);
});

test('RFC 2136 §3.4.2.2: nothing is added beside a CNAME, no CNAME beside anything, and a second CNAME replaces the first', () => {
  const office = zone('host A 192.0.2.1\nalias CNAME host');
  expect(office.apply([add('alias A 192.0.2.2'), add('host CNAME alias')])).toEqual([]);
  expect(lines(office.apply([add('alias CNAME other')]))).toEqual([
    '- alias.office.test. 4500 IN CNAME host.office.test.',
    '- SOA 7',
    '+ alias.office.test. 4500 IN CNAME other.office.test.',
    '+ SOA 8',
  ]);
});

test('RFC 2136 §3.4.2.2: a SOA is taken at the apex and with a later serial only', () => {
  const office = zone('host A 192.0.2.1');
  expect(
    office.apply([add('@ SOA ns hostmaster 7 1 1 1 1'), add('host SOA ns hostmaster 9 1 1 1 1')]),
  ).toEqual([]);
  expect(office.apply([add('@ SOA ns hostmaster 6 1 1 1 1')])).toEqual([]);
  office.apply([add('@ SOA ns hostmaster 100 1 1 1 1'), add('b A 192.0.2.2')]);
  expect(office.serial).toBe(100);
  expect(office.rrset(APEX, RecordType.SOA).length).toBe(1);
});

test('RFC 1982 §3.2: the serial wraps, and later is what is less than half the circle ahead', () => {
  const office = zone('');
  office.apply([add('@ SOA ns hostmaster 2147483654 1 1 1 1')]);
  expect(office.serial).toBe(2_147_483_654);
  office.apply([add('@ SOA ns hostmaster 4294967295 1 1 1 1')]);
  office.apply([add('b A 192.0.2.2')]);
  expect(office.serial).toBe(0);
});

test('RFC 2136 §3.4.2.3, §3.4.2.4: the SOA and the last NS of the apex stay', () => {
  const office = zone('@ NS ns2\n@ TXT "x"');
  office.apply([remove('@ NS ns2'), remove('@ NS ns'), remove('@ SOA ns hostmaster 7 1h 10m 1w 10')]);
  office.apply([removeRrset(APEX, RecordType.NS), removeRrset(APEX, RecordType.SOA)]);
  office.apply([removeName(APEX)]);
  expect(new Set(office.recordsAt(APEX).map(({ type }) => type))).toEqual(
    new Set([RecordType.NS, RecordType.SOA]),
  );
});

test('a set and a whole name are removed record by record', () => {
  const office = zone('host A 192.0.2.1\nhost A 192.0.2.2\nhost TXT "x"');
  expect(
    lines(office.apply([removeRrset(HOST, RecordType.A)])).filter((line) => line.startsWith('- host')),
  ).toHaveLength(2);
  expect(office.recordsAt(HOST).map(recordText)).toEqual(['host.office.test. 4500 IN TXT "x"']);
  office.apply([removeName(HOST)]);
  expect(office.exists(HOST)).toBe(false);
});

test('RFC 4592 §2.2.2: a name above one with records exists, until the last of them goes', () => {
  const office = zone('a.b.c A 192.0.2.1\nd.b.c A 192.0.2.1');
  const exists = (name: string): boolean => office.exists(Name.of(name));
  expect([
    exists('a.b.c.office.test'),
    exists('B.c.office.test'),
    exists('c.office.test'),
    exists('x.b.c.office.test'),
  ]).toEqual([true, true, true, false]);
  expect([exists('office.test'), exists('test'), exists('.')]).toEqual([true, false, false]);
  office.apply([remove('a.b.c A 192.0.2.1')]);
  expect(exists('b.c.office.test')).toBe(true);
  office.apply([remove('d.b.c A 192.0.2.1')]);
  expect(exists('b.c.office.test')).toBe(false);
});

test('a record keeps its octets when the message that it came in is written over', () => {
  const office = zone('');
  const received = Buffer.from([192, 0, 2, 2]); // Buffer.slice() shares memory, unlike that of Uint8Array
  office.apply([{ kind: 'add', record: { ...record('b A 192.0.2.9'), rdata: received } }]);
  received.fill(0);
  expect(office.recordsAt(Name.of('b.office.test')).map(recordText)).toEqual([
    'b.office.test. 4500 IN A 192.0.2.2',
  ]);
});

test('a name outside the zone is our mistake, and then nothing is changed', () => {
  const office = zone('');
  expect(() => office.apply([add('b A 192.0.2.2'), add('b A 192.0.2.2', 'lab.test.')])).toThrow(TypeError);
  expect(office.serial).toBe(7);
  expect(() => new Zone({ origin: APEX, records: [] })).toThrow(TypeError);
});
