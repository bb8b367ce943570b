import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_NAME_OCTETS, Name } from '../wire/name.ts';
import { browseName, instanceName, leadingType, scopeOf, splitInstance } from './instance-name.ts';

const IPP = Name.of('_ipp._tcp');
const DOMAIN = Name.of('office.test');

const parts = (name: Name): readonly unknown[] => {
  const split = splitInstance(name);
  return [split?.label, split?.type, split?.domain.toString()];
};

test.each(['A.B\\C é', 'Dr. Pepper', '\\032', '🖨️ at the door', 'über\nGröße', ' ', '_ipp', 'x'.repeat(63)])(
  'SD-01: the instance label %j is one label and shown as it is',
  (label) => {
    const name = instanceName(label, IPP, DOMAIN);
    expect(name.labelCount).toBe(5);
    expect(parts(name)).toEqual([label, '_ipp._tcp', 'office.test.']);
  },
);

test('SD-01: octets of a label that are not UTF-8 are shown as numbers', () => {
  const name = instanceName(Uint8Array.of(0x41, 0xff, 0x2e, 0xc3, 0xa9), IPP, DOMAIN);
  expect(parts(name)[0]).toBe('A\\255.é');
});

test('SD-01: what was put together comes apart again', () => {
  const label = fc.uint8Array({ minLength: 1, maxLength: 63 });
  fc.assert(
    fc.property(label, (octets) => {
      const name = instanceName(octets, IPP, DOMAIN);
      const split = splitInstance(name, DOMAIN);
      expect(name.labels[0]).toEqual(octets);
      expect(split?.type).toBe('_ipp._tcp');
      expect(split?.domain).toBe(DOMAIN);
    }),
  );
});

test('the type is given as it was published, and what could pass for a dot in it is escaped', () => {
  expect(parts(Name.of('x._IPP._TCP.test'))).toEqual(['x', '_IPP._TCP', 'test.']);
  expect(parts(Name.of('x._a\\.b._udp.test'))).toEqual(['x', '_a\\.b._udp', 'test.']);
});

test('a domain may be the root, and may have labels that look like a type', () => {
  expect(parts(Name.of('x._ipp._tcp'))).toEqual(['x', '_ipp._tcp', '.']);
  expect(parts(Name.of('x._ipp._tcp._http._tcp.test'))).toEqual(['x', '_ipp._tcp', '_http._tcp.test.']);
});

test('a domain that is only alike is not taken for the near one', () => {
  const name = Name.of('x._ipp._tcp.b.office.test');
  expect(splitInstance(name, DOMAIN)?.domain.toString()).toBe('b.office.test.');
  expect(splitInstance(Name.of('x._ipp._tcp.Office.test'), DOMAIN)?.domain).toBe(DOMAIN);
});

test.each([
  '.',
  'test',
  'x._ipp',
  '_ipp._tcp.test',
  'x.ipp._tcp.test',
  'x._ipp._sctp.test',
  'x.y._ipp._tcp.test',
])('%s is no instance name', (text) => {
  expect(splitInstance(Name.of(text))).toBeUndefined();
});

test('SD-06: a subtype is browsed under its own name, and may be any label', () => {
  const name = browseName(Name.of('_universal._sub._ipp._tcp'), DOMAIN);
  expect(name.toString()).toBe('_universal._sub._ipp._tcp.office.test.');
  expect(scopeOf(name)).toEqual({
    ok: true,
    scope: { domain: DOMAIN, type: Name.of('_universal._sub._ipp._tcp') },
  });
  const colour = scopeOf(Name.of('Colour\\032A3._SUB._ipp._tcp.test'));
  expect(colour.ok && colour.scope.type?.labelCount).toBe(4);
});

test.each([
  ['_ipp._tcp.printers.test', '_ipp._tcp.'],
  ['_IPP._UDP', '_IPP._UDP.'],
])('SD-07: only the first two labels of %s make the type', (text, expected) => {
  expect(leadingType(Name.of(text))?.toString()).toBe(expected);
});

test.each(['.', '_tcp.test', 'x._ipp._tcp.test', '_printer._sub._ipp._tcp.test', 'ipp._tcp.test'])(
  'SD-07: %s starts with no type',
  (text) => {
    expect(leadingType(Name.of(text))).toBeUndefined();
  },
);

test.each([
  ['office.test', undefined, 'office.test.'],
  ['_ipp._tcp.office.test', '_ipp._tcp.', 'office.test.'],
  ['2nd\\032Floor.Building\\0323.test', undefined, '2nd\\032Floor.Building\\0323.test.'],
  ['_services._dns-sd._udp.office.test', undefined, 'office.test.'],
  ['_x._sub.test', undefined, '_x._sub.test.'],
  ['_dns-sd._udp.test', '_dns-sd._udp.', 'test.'],
])('the name %s is browsed as what it says', (text, type, domain) => {
  const parsed = scopeOf(Name.of(text));
  expect(parsed.ok && [parsed.scope.type?.toString(), parsed.scope.domain.toString()]).toEqual([
    type,
    domain,
  ]);
});

test('a domain that leaves no room for the names in it is refused with a message', () => {
  const room = MAX_NAME_OCTETS - Name.of('_services._dns-sd._udp').wire.length + 1;
  const domainOf = (octets: number): Name =>
    Name.ofLabels([...['x', 'y', 'z'].map((letter) => letter.repeat(63)), 'w'.repeat(octets - 194)]);
  expect(domainOf(room).wire).toHaveLength(room);
  expect(scopeOf(domainOf(room)).ok).toBe(true);
  const refused = scopeOf(domainOf(room + 1));
  expect(refused).toMatchObject({ ok: false, code: 'bad-name' });
  expect(!refused.ok && refused.message).toContain(`${room} leave room`);
});
