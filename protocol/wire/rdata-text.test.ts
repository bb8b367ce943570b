import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRecord } from '../testing/arbitraries.ts';
import { readHex } from '../testing/hex.ts';
import { ipv4Octets, ipv6Octets } from './ip-text.ts';
import { MasterFileError, readEntries } from './master-tokens.ts';
import { formatName, WordReader } from './master-words.ts';
import { Name } from './name.ts';
import { ipv6Rdata } from './rdata.ts';
import { formatRdata } from './rdata-format.ts';
import { rdataProblem, readRdataText } from './rdata-text.ts';
import { RecordType } from './registry.ts';
import { hexOf } from './text.ts';

const FORMS = [
  [RecordType.A, '192.0.2.7', 'c0000207'],
  [RecordType.AAAA, '2001:db8::7', '20010db8000000000000000000000007'],
  [RecordType.PTR, 'Dr\\.\\032Pepper.example.', '0a44722e20506570706572076578616d706c6500'],
  [RecordType.CNAME, 'a.', '016100'],
  [RecordType.NS, '.', '00'],
  [RecordType.DNAME, 'a.', '016100'],
  [RecordType.MX, '10 mail.', '000a046d61696c00'],
  [RecordType.SRV, '0 5 631 a.', '000000050277016100'],
  [RecordType.SOA, 'a. b. 4294967295 1 2 3 4', '016100016200ffffffff00000001000000020000000300000004'],
  [
    RecordType.TXT,
    '"rp=ipp/print" "" "a \\"b\\" \\\\ \\007\\255"',
    '0c72703d6970702f7072696e74000a612022622220 5c2007ff',
  ],
  [RecordType.TLSA, '3 1 1 00ff', '03010100ff'],
  [65_280, '\\# 2 00ff', '00ff'],
  [RecordType.TXT, '\\# 0', ''],
  [RecordType.SOA, `\\# 22 0000${'ffffffff'.repeat(5)}`, `0000${'ffffffff'.repeat(5)}`],
] as const;

test.each(FORMS)('RDATA of type %d is shown as "%s"', (type, text, hex) => {
  expect(formatRdata(type, readHex(hex))).toBe(text);
});

test.each(FORMS.filter(([, , hex]) => hex !== ''))(
  'RDATA of type %d is read from "%s"',
  (type, text, hex) => {
    expect(hexOf(read(type, text))).toBe(hexOf(readHex(hex)));
  },
);

test('RDATA that its type does not allow stands as octets', () => {
  expect(formatRdata(RecordType.A, readHex('c00002'))).toBe('\\# 3 c00002');
  expect(formatRdata(RecordType.PTR, readHex('0361'))).toBe('\\# 2 0361');
  expect(formatRdata(RecordType.TXT, readHex('0361'))).toBe('\\# 2 0361');
  expect(formatRdata(RecordType.TLSA, readHex('030101'))).toBe('\\# 3 030101');
  const pointing = `0b${'61'.repeat(11)} 0162 00 c00c ${'00000001'.repeat(5)}`;
  expect(formatRdata(RecordType.SOA, readHex(pointing))).toMatch(/^\\# /);
});

test('RDATA of any record is read back from its text, also out of a master file', () => {
  fc.assert(
    fc.property(arbitraryRecord, ({ name, type, rdata }) => {
      fc.pre(rdataProblem(type, rdata) === undefined);
      const [entry] = readEntries(`${formatName(name)} ${formatRdata(type, rdata)}`);
      const words = new WordReader(entry!.tokens, entry!.end, undefined);
      expect(hexOf(words.name('the owner').wire)).toBe(hexOf(name.wire));
      expect(hexOf(readRdataText(type, words))).toBe(hexOf(rdata));
    }),
    { numRuns: 500 },
  );
});

test('the text of a name is one word of a master file', () => {
  expect(formatName(Name.ofLabels(['$A (b); "c"\\']))).toBe('\\$A\\032\\(b\\)\\;\\032\\"c\\"\\\\.');
});

test('a byte order mark in a name is escaped, since at the start of a file it would be none of it', () => {
  const name = Name.ofLabels(['\uFEFFa']);
  const [entry] = readEntries(`${formatName(name)} 60 IN A 192.0.2.1`);
  expect(entry?.tokens[0]?.text).toBe(String.raw`\239\187\191a.`);
  expect(Name.of(entry!.tokens[0]!.text).exact).toBe(name.exact);
});

test.each([
  [RecordType.A, '192.0.2', 1, '"192.0.2" is no IPv4 address'],
  [RecordType.AAAA, '::1%eth0', 1, '"::1%eth0" is no IPv6 address'],
  [RecordType.SRV, '0 0 65536 a.', 5, 'the port must be a number from 0 to 65535'],
  [RecordType.SRV, '0 0 631', 8, 'the target is missing'],
  [RecordType.PTR, 'a. b.', 4, '"b." is more than belongs into this entry'],
  [RecordType.PTR, 'a', 1, '"a" is relative, and no $ORIGIN stands before it'],
  [RecordType.PTR, '"a."', 1, 'a name stands without quotes'],
  [RecordType.PTR, 'a..', 1, 'a label is empty'],
  [RecordType.TXT, 'x'.repeat(256), 1, 'a text has at most 255 octets, not 256'],
  [RecordType.TXT, '"\\256"', 1, '"\\256" must be three digits up to 255'],
  [RecordType.TXT, '', 1, 'the text is missing'],
  [RecordType.SOA, 'a. b. 1 2 3 4 4294967295', 15, 'the minimum must be a time up to'],
  [RecordType.TLSA, '3 1 1 0', 7, 'pairs of hexadecimal digits'],
  [RecordType.TLSA, '256 1 1 00', 1, 'the usage must be a number from 0 to 255'],
  [65_280, 'x', 1, 'TYPE65280 is known here by its octets only'],
  [65_280, '\\# 3 00ff', 1, '3 octets are declared and 2 are there'],
  [65_280, '\\# 1 0', 1, 'pairs of hexadecimal digits'],
  [RecordType.A, '\\# 3 c00002', 1, 'RDATA of A has 4 octets, not 3'],
  [RecordType.PTR, '\\# 2 c00c', 1, 'does not lead to an earlier name'],
  [RecordType.TXT, '\\# 2 0361', 1, 'the last text of TXT runs past its end'],
  [RecordType.SRV, '\\# 0', 1, 'RDATA of SRV cannot be empty'],
])('RDATA of type %d is not "%s"', (type, text, column, problem) => {
  expect(() => read(type, text)).toThrow(expect.objectContaining({ line: 1, column }));
  expect(() => read(type, text)).toThrow(problem);
});

test('addresses are those that the system takes for addresses', () => {
  const part = fc.constantFrom('0', '1', '01', '255', '256', '1a', '');
  const dotted = fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
  const group = fc.oneof(fc.constantFrom('0', '1', 'abcd', 'ABCD', '0001', '12345', 'g', '', ''), dotted);
  const colons = fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(':'));
  const text = fc.oneof(
    dotted,
    colons,
    fc.tuple(colons, colons).map(([front, back]) => `${front}::${back}`),
  );
  fc.assert(
    fc.property(text, (address) => {
      expect(ipv4Octets(address) !== undefined).toBe(isIPv4(address));
      expect(ipv6Octets(address) !== undefined).toBe(isIPv6(address));
    }),
    { numRuns: 3000 },
  );
  expect(hexOf(ipv6Octets('::ffff:192.0.2.7')!)).toBe('00000000000000000000ffffc0000207');
  expect(hexOf(ipv6Octets('1::8')!)).toBe('00010000000000000000000000000008');
  expect(ipv6Octets('fe80::1%eth0')).toBeUndefined();
});

test('an IPv6 address is read back from how it is shown', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 0, 1, 0x10, 0xff), { minLength: 16, maxLength: 16 }),
      (octets) => {
        const rdata = Uint8Array.from(octets);
        expect(hexOf(ipv6Octets(ipv6Rdata(rdata))!)).toBe(hexOf(rdata));
      },
    ),
  );
});

function read(type: number, text: string): Uint8Array {
  const [entry] = readEntries(text);
  const words = new WordReader(entry?.tokens ?? [], entry?.end ?? { line: 1, column: 1 }, undefined);
  return readRdataText(type, words);
}

test('a problem of RDATA is a MasterFileError, which who reads the file catches', () => {
  expect(() => read(RecordType.A, 'x')).toThrow(MasterFileError);
});
