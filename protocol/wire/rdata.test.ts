import { expect, test } from 'vitest';
import { ProtocolError } from '../errors.ts';
import { readHex } from '../testing/hex.ts';
import { Name } from './name.ts';
import {
  ipv4Rdata,
  ipv6Rdata,
  nameRdata,
  rdataKey,
  readRdata,
  soaRdata,
  srvRdata,
  writeRdata,
} from './rdata.ts';
import { ByteReader } from './reader.ts';
import { RecordType } from './registry.ts';
import { hexOf } from './text.ts';
import { ByteWriter } from './writer.ts';

/** A message that has `example.com` at octet 12; RDATA follows at 25. */
const MESSAGE = '000000000000000000000000 076578616d706c65 03636f6d 00';
const EXAMPLE = '076578616d706c6503636f6d00';

/** Every type whose names may be compressed in PUSH, RDATA with pointers, and the same expanded (RFC 6762 §18.14). */
const COMPRESSED = [
  ['NS', RecordType.NS, '0161c00c', `0161${EXAMPLE}`],
  ['CNAME', RecordType.CNAME, 'c00c', EXAMPLE],
  ['PTR', RecordType.PTR, '0161c00c', `0161${EXAMPLE}`],
  ['DNAME', RecordType.DNAME, 'c014', '03636f6d00'],
  [
    'SOA',
    RecordType.SOA,
    `c00c0162c00c${'00000001'.repeat(5)}`,
    `${EXAMPLE}0162${EXAMPLE}${'00000001'.repeat(5)}`,
  ],
  ['MX', RecordType.MX, '000ac00c', `000a${EXAMPLE}`],
  ['AFSDB', RecordType.AFSDB, '0001c00c', `0001${EXAMPLE}`],
  ['RT', RecordType.RT, '0001c00c', `0001${EXAMPLE}`],
  ['KX', RecordType.KX, '0001c00c', `0001${EXAMPLE}`],
  ['RP', RecordType.RP, 'c00cc014', `${EXAMPLE}03636f6d00`],
  ['PX', RecordType.PX, '0001c00cc014', `0001${EXAMPLE}03636f6d00`],
  ['SRV', RecordType.SRV, '000000000277c00c', `000000000277${EXAMPLE}`],
  ['NSEC', RecordType.NSEC, 'c00c000140', `${EXAMPLE}000140`],
] as const;

test.each(COMPRESSED)(
  'CHG-17: compressed names in the RDATA of %s are decoded, and uncompressed ones too',
  (_, type, hex, expanded) => {
    expect(hexOf(read(type, hex))).toBe(expanded);
    expect(hexOf(read(type, expanded))).toBe(expanded);
  },
);

test.each(COMPRESSED)('SRV-31: names in the RDATA of %s are compressed', (_, type, hex, expanded) => {
  const writer = new ByteWriter();
  writer.octets(new Uint8Array(12));
  writer.name(Name.of('example.com'), false);
  writeRdata(writer, type, readHex(expanded), true);
  expect(hexOf(writer.finish().subarray(25))).toBe(hex);
});

const UNREADABLE = [
  ['a pointer forward', RecordType.PTR, 'c01a00'],
  ['octets behind the name', RecordType.PTR, '0000'],
  ['octets behind the last field', RecordType.SOA, `0000${'00000001'.repeat(5)}00`],
  ['a field cut short', RecordType.SRV, '0000000002'],
  ['a name cut short', RecordType.MX, '000a0361'],
] as const;

test.each(UNREADABLE)('CHG-18: RDATA with %s is refused', (_, type, hex) => {
  expect(() => read(type, hex)).toThrow(ProtocolError);
});

test('RDATA of other types is left as it is, pointers and all', () => {
  expect(hexOf(read(RecordType.TXT, 'c00c'))).toBe('c00c');
  expect(hexOf(read(65_280, 'c00c'))).toBe('c00c');
  expect(read(RecordType.SRV, '')).toHaveLength(0);
});

test('RDATA means the same whatever the case of its names, and nothing else is folded', () => {
  const key = (type: number, hex: string) => rdataKey(type, readHex(hex));
  expect(key(RecordType.PTR, '014100')).toBe(key(RecordType.PTR, '016100'));
  expect(key(RecordType.SRV, '004100000000014100')).toBe(key(RecordType.SRV, '004100000000016100'));
  expect(key(RecordType.SRV, '004100000000016100')).not.toBe(key(RecordType.SRV, '006100000000016100'));
  expect(key(RecordType.NSEC, '016100000141')).not.toBe(key(RecordType.NSEC, '016100000161'));
  expect(key(RecordType.TXT, '0141')).not.toBe(key(RecordType.TXT, '0161'));
  expect(key(RecordType.PTR, '')).toBe('');
});

test('RDATA is read by its fields, to the last octet', () => {
  expect(srvRdata(readHex('0001 0002 0277 0161 00'))).toMatchObject({ priority: 1, weight: 2, port: 631 });
  expect(srvRdata(readHex('0001 0002 0277 0161 00')).target.toString()).toBe('a.');
  expect(() => srvRdata(readHex('0001 0002 0277 0161 00 00'))).toThrow('RDATA of SRV has 1 octets too many');
  expect(nameRdata(readHex('016100')).toString()).toBe('a.');
  expect(() => nameRdata(readHex('01610000'))).toThrow(ProtocolError);
  const times = '00000001 00000002 00000003 00000004 ffffffff';
  expect(soaRdata(readHex(`0161 00 0162 00 ${times}`))).toMatchObject({
    serial: 1,
    refreshSeconds: 2,
    retrySeconds: 3,
    expireSeconds: 4,
    minimumSeconds: 0xffffffff,
  });
  expect(() => soaRdata(readHex(`0161 00 0162 00 ${times}00`))).toThrow(ProtocolError);
});

test.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['20010db8000000000000000000000001', '2001:db8::1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010000000000010000000000000001', '2001:0:0:1::1'],
  ['00010000000000000000000000000000', '1::'],
  ['00100000000000010010000000000001', '10::1:10:0:0:1'],
  ['fe80000000000000020c29fffe0abcde', 'fe80::20c:29ff:fe0a:bcde'],
])('the AAAA octets %s are %s (RFC 5952 §4)', (hex, text) => {
  expect(ipv6Rdata(readHex(hex))).toBe(text);
});

test('an address of another length is none', () => {
  expect(ipv4Rdata(readHex('c0000207'))).toBe('192.0.2.7');
  expect(() => ipv4Rdata(readHex('c00002'))).toThrow(ProtocolError);
  expect(() => ipv6Rdata(readHex('c00002'))).toThrow(ProtocolError);
});

function read(type: number, hex: string): Uint8Array {
  const message = readHex(MESSAGE + hex);
  return readRdata(type, new ByteReader(message, 25));
}
