import { expect, test } from 'vitest';
import { readHex } from '../testing/hex.ts';
import { readEntries } from './master-tokens.ts';
import { WordReader } from './master-words.ts';
import { formatRdata } from './rdata-format.ts';
import { readRdataText } from './rdata-text.ts';
import { RecordType } from './registry.ts';
import { hexOf } from './text.ts';

const FIGURES = [
  [
    'RFC 4034 §4.3',
    RecordType.NSEC,
    'host.example.com. A MX RRSIG NSEC TYPE1234',
    `04686f7374 076578616d706c65 03636f6d 00 0006 400100000003 041b ${'00'.repeat(26)} 20`,
  ],
  [
    'RFC 4034 §5.4',
    RecordType.DS,
    '60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118',
    'ec45 05 01 2bb183af5f22588179a53b0a98631fad1a292118',
  ],
  [
    'RFC 8080 §6.1',
    RecordType.DNSKEY,
    '257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=',
    '0101 03 0f 974d96a22d224bc01adb91509147 7d44ccd91c9a41a114300101 17d52c59240e',
  ],
  ['RFC 5155 §4.3', RecordType.NSEC3PARAM, '1 0 12 aabbccdd', '01 00 000c 04 aabbccdd'],
  ['RFC 5155 §4.3, no salt', RecordType.NSEC3PARAM, '1 0 0 -', '01 00 0000 00'],
  [
    'RFC 5155 Appendix A',
    RecordType.NSEC3,
    '1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM',
    '01 01 000c 04 aabbccdd 14 174eb2409fe28bcb4887a1836f957f0a8425e27b 0007 22010000000290',
  ],
  [
    'RFC 4034 §3.3, as far as the signature begins',
    RecordType.RRSIG,
    'A 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1',
    '0001 05 03 00015180 3e7c9dd7 3e5510d7 0a52 076578616d706c65 03636f6d 00 a09075',
  ],
] as const;

test.each(FIGURES)(
  '%s: RDATA of type %d is read from its text and shown as it again',
  (_, type, text, hex) => {
    expect(hexOf(read(type, text))).toBe(hexOf(readHex(hex)));
    expect(formatRdata(type, readHex(hex))).toBe(text);
  },
);

test('RFC 4034 §3.2: a time is also read in seconds, and up to the last that 32 bits hold', () => {
  const seconds = read(RecordType.RRSIG, 'A 5 3 86400 1048354263 1045762263 2642 example.com. oJB1');
  expect(hexOf(seconds.subarray(8, 16))).toBe('3e7c9dd73e5510d7');
  expect(hexOf(read(RecordType.RRSIG, 'A 5 3 0 21060207062815 4294967295 1 . AAAA').subarray(8, 16))).toBe(
    'ffffffffffffffff',
  );
});

test('white space may stand anywhere in keys, signatures and digests', () => {
  expect(hexOf(read(RecordType.DS, '1 13 2 AB cd\tEF'))).toBe('00010d02abcdef');
  expect(hexOf(read(RecordType.DNSKEY, '257 3 13 l02W ( oi0i )'))).toBe('0101030d974d96a22d22');
});

test.each([
  [RecordType.DNSKEY, '257 3 13 l02', 10, 'the public key must be in Base 64'],
  [RecordType.DNSKEY, '257 3 13', 9, 'the public key is missing'],
  [RecordType.DS, '1 13 2 abc', 8, 'the digest must be pairs of hexadecimal digits'],
  [RecordType.RRSIG, 'NOTYPE 5 3 0 1 1 1 . AAAA', 1, '"NOTYPE" is no type'],
  [RecordType.RRSIG, 'A 5 3 0 20031322173103 1 1 . AAAA', 9, '"20031322173103" is no time'],
  [RecordType.RRSIG, 'A 5 3 0 4294967296 1 1 . AAAA', 9, '"4294967296" is no time'],
  [RecordType.NSEC, 'a. A NOTYPE', 6, '"NOTYPE" is no type'],
  [RecordType.NSEC3, '1 0 0 abc 00000000 A', 7, 'the salt must be "-" or hexadecimal digits'],
  [RecordType.NSEC3, '1 0 0 - wxyz A', 9, 'the next hashed owner name must be in Base 32'],
])('RDATA of type %d is not "%s"', (type, text, column, problem) => {
  expect(() => read(type, text)).toThrow(problem);
  expect(() => read(type, text)).toThrow(expect.objectContaining({ line: 1, column }));
});

test.each([
  ['a compressed signer', RecordType.RRSIG, `0001 05 03 00015180 00000000 00000000 0a52 c00c a090`],
  ['types in windows out of order', RecordType.NSEC, '00 010140 000140'],
  ['a window that ends in zeros', RecordType.NSEC, '00 00024000'],
  ['a key without octets', RecordType.DNSKEY, '0101030d'],
  ['no next hash', RecordType.NSEC3, '01 00 0000 00 00 000140'],
])('RDATA with %s stands as octets, so that it is read back the same', (_, type, hex) => {
  expect(formatRdata(type, readHex(hex))).toMatch(/^\\# /);
});

function read(type: number, text: string): Uint8Array {
  const [entry] = readEntries(text);
  return readRdataText(type, new WordReader(entry!.tokens, entry!.end, undefined));
}
