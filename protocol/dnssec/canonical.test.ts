import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryName } from '../testing/arbitraries.ts';
import { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import { hexOf, octetsOf } from '../wire/text.ts';
import { commonAncestor, compareNames, isWildcard, signedLabels } from './canonical-name.ts';
import { canonicalRdata, compareOctets } from './canonical-rdata.ts';
import { recordsOf } from './testing/records.ts';

/** RFC 4034 §6.1, with its escapes in decimal. */
const ORDER = [
  ...['example', 'a.example', 'yljkjljk.a.example', 'Z.a.example', 'zABC.a.EXAMPLE', 'z.example'],
  ...['\\001.z.example', '*.z.example', '\\200.z.example'],
].map((name) => Name.of(name));

test('RFC 4034 §6.1: names of a zone stand in this order, whatever the order they come in', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...ORDER], { minLength: ORDER.length }), (names) => {
      expect(names.toSorted(compareNames).map(String)).toEqual(ORDER.map(String));
    }),
    { numRuns: 50 },
  );
});

test('the order of names is total, knows no case, and has a name before those below it', () => {
  fc.assert(
    fc.property(arbitraryName, arbitraryName, (one, other) => {
      expect(Math.sign(compareNames(one, other))).toBe(0 - Math.sign(compareNames(other, one)));
      expect(compareNames(one, other) === 0).toBe(one.equals(other));
      const isBelow = one.isWithin(other) && !one.equals(other);
      expect(!isBelow || compareNames(one, other) > 0).toBe(true);
      const ancestor = commonAncestor(one, other);
      expect([one.isWithin(ancestor), other.isWithin(ancestor)]).toEqual([true, true]);
    }),
  );
});

test('RFC 4034 §3.1.3: labels are counted without the root and without a wildcard in front', () => {
  const counts = ['.', 'com', 'www.example.com', '*.example.com', 'a.*.com'].map((name) =>
    signedLabels(Name.of(name)),
  );
  expect(counts).toEqual([0, 1, 3, 2, 3]);
  expect(isWildcard(Name.ofLabels(['*a']))).toBe(false);
});

test.each([
  ['SRV', '0 5 631 Printer.EXAMPLE.', true],
  ['SOA', 'NS.Example. Admin.Example. 1 2 3 4 5', true],
  ['MX', '10 Mail.EXAMPLE.', true],
  ['PTR', 'A.EXAMPLE.', true],
  ['NS', 'A.EXAMPLE.', true],
  ['CNAME', 'A.EXAMPLE.', true],
  ['DNAME', 'A.EXAMPLE.', true],
  ['TYPE14', '\\# 6 014100 014200', true], // MINFO
  ['TYPE9', '\\# 3 014100', true], // MR
  ['TXT', '"ABC"', false],
  ['NSEC', 'A.EXAMPLE. A', false],
  ['HINFO', '\\# 8 03414243 03444546', false],
  ['TYPE65280', '\\# 4 41424344', false],
])('RFC 6840 §5.1: names in %s (%s) are signed in lower case: %s', (type, text, isFolded) => {
  const [record] = recordsOf(`a. 60 IN ${type} ${text}`);
  const canonical = canonicalRdata(record!.type, record!.rdata);
  const hasUpper = (octets: Uint8Array) => octets.some((octet) => octet >= 0x41 && octet <= 0x5a);
  expect(hasUpper(record!.rdata)).toBe(true);
  expect(hexOf(canonical) !== hexOf(record!.rdata)).toBe(isFolded);
  expect(hasUpper(canonical)).toBe(!isFolded);
});

test('texts before the name of a NAPTR record keep their case', () => {
  const rdata = Uint8Array.of(0, 10, 0, 10, 1, 0x53, 0, 0, 1, 0x41, 0);
  expect(hexOf(canonicalRdata(RecordType.NAPTR, rdata))).toBe('000a000a01530000016100');
});

test('RFC 4034 §6.3: RDATA is compared as octets without sign, a shorter one first', () => {
  const sorted = ['', 'a', 'aa', 'b', '\u00ff'].map(octetsOf);
  expect([...sorted].reverse().sort(compareOctets)).toEqual(sorted);
});
