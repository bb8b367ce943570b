import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { hexOf, textOf } from '../../protocol/wire/text.ts';
import { recordText } from './record-text.ts';
import { records, zoneData } from './testing/zone-fixture.ts';
import { readRecords, readZoneFile } from './zone-file.ts';

function texts(text: string): readonly string[] {
  return records(text).map(recordText);
}

test('RFC 1035 §5.1: names are relative to $ORIGIN, absolute with a final dot, @ for the origin', () => {
  const text = `
$ORIGIN office.test.
$TTL 60
@        PTR host
host     A 192.0.2.1
$ORIGIN floor2
host     PTR @
other.   PTR x.y`;
  // A relative $ORIGIN is relative itself.
  expect(texts(text)).toEqual([
    'office.test. 60 IN PTR host.office.test.',
    'host.office.test. 60 IN A 192.0.2.1',
    'host.floor2.office.test. 60 IN PTR floor2.office.test.',
    'other. 60 IN PTR x.y.floor2.office.test.',
  ]);
});

test('RFC 1035 §5.1: a line that starts with white space has the owner of the one before', () => {
  expect(texts('a A 192.0.2.1\n  A 192.0.2.2\n\n\tAAAA 2001:db8::1')).toEqual([
    'a.office.test. 4500 IN A 192.0.2.1',
    'a.office.test. 4500 IN A 192.0.2.2',
    'a.office.test. 4500 IN AAAA 2001:db8::1',
  ]);
});

test('RFC 1035 §5.1: parentheses join lines, comments end them, quotes hold both', () => {
  expect(texts('a TXT ( "one;two" ; comment (with one\n  "(three)" ) ; end\nb A 192.0.2.1;x')).toEqual([
    'a.office.test. 4500 IN TXT "one;two" "(three)"',
    'b.office.test. 4500 IN A 192.0.2.1',
  ]);
});

test('RFC 1035 §5.1: \\DDD is an octet and \\X is X, in names and in texts', () => {
  const [ptr, txt] = records(String.raw`_ipp._tcp PTR Dr\.\032Pepper's\032“Büro”\032\\\0322\.OG._ipp._tcp
t TXT "q\"b\\ \255" un\ quoted`);
  expect(textOf(Name.ofWire(ptr!.rdata).labels[0]!)).toBe("Dr. Pepper's “Büro” \\ 2.OG");
  expect(Buffer.from(txt!.rdata).toString('latin1')).toBe('\x06q"b\\ \xff\x09un quoted');
});

test('TTL and class stand in either order, and times have units', () => {
  expect(
    texts(
      'a 5 IN A 192.0.2.1\nb IN 1h30m A 192.0.2.1\nc 1w2d A 192.0.2.1\nd in a 192.0.2.1\n$TTL 2m\ne A 192.0.2.1',
    ),
  ).toEqual([
    'a.office.test. 5 IN A 192.0.2.1',
    'b.office.test. 5400 IN A 192.0.2.1',
    'c.office.test. 777600 IN A 192.0.2.1',
    'd.office.test. 4500 IN A 192.0.2.1',
    'e.office.test. 120 IN A 192.0.2.1',
  ]);
});

test('without $TTL a record has the TTL of the one before, and the SOA its minimum', () => {
  const read = readZoneFile(
    '$ORIGIN a.test.\n@ SOA ns hm 1 1h 1h 1h 77\n@ NS ns\nx 5 A 192.0.2.1\ny A 192.0.2.2',
    'f',
  );
  expect(read.ok && read.zone.records.map(({ ttlSeconds }) => ttlSeconds)).toEqual([77, 77, 5, 5]);
});

test('one set has one TTL, that of its first record (RFC 2181 §5.2)', () => {
  const { records: loaded } = zoneData('a 5 A 192.0.2.1\na 9 A 192.0.2.2\na 9 AAAA 2001:db8::1');
  expect(loaded.slice(2).map(({ ttlSeconds }) => ttlSeconds)).toEqual([5, 5, 9]);
});

test.each([
  ['A 192.0.2.255', 'c00002ff'],
  ['AAAA 2001:db8::1', '20010db8000000000000000000000001'],
  ['AAAA ::', '00000000000000000000000000000000'],
  ['AAAA ::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ['AAAA 1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['NS a.', '016100'],
  ['CNAME a.', '016100'],
  ['PTR A.', '014100'],
  ['MX 10 a.', '000a016100'],
  ['SRV 1 2 65535 a.', '00010002ffff016100'],
  ['SOA a. b. 4294967295 1 1m 1h 1d', '016100016200ffffffff000000010000003c00000e1000015180'],
  ['TXT ""', '00'],
  ['TXT a "b c"', '016103622063'],
  ['TYPE65280 \\# 3 01 02ff', '0102ff'],
  ['TYPE65280 \\# 0', ''],
  ['A \\# 4 c0000201', 'c0000201'],
  ['TLSA \\# 5 0301010102', '0301010102'],
])('RDATA of "%s" is %s', (text, hex) => {
  expect(hexOf(records(`x ${text}`)[0]!.rdata)).toBe(hex);
});

test('a file may have CRLF line ends, a byte order mark and no final line end', () => {
  expect(texts('\uFEFFa A 192.0.2.1\r\nb A 192.0.2.2').length).toBe(2);
});

test("a whole zone is its SOA's owner and its records in order", () => {
  const { origin, records: loaded } = zoneData('a A 192.0.2.1');
  expect(String(origin)).toBe('office.test.');
  expect(loaded.map(({ type }) => type)).toEqual([6, 2, 1]);
});

const HEAD = '$ORIGIN a.test.\n$TTL 60\n@ SOA ns hm 1 1h 1h 1h 1h\n'; // lines 1 to 3

test.each([
  ['x A 300.1.2.3', 4, 5, '"300.1.2.3" is no IPv4 address'],
  ['x A 192.0.2.1 192.0.2.2', 4, 15, '"192.0.2.2" is more than belongs into this entry'],
  ['x  AAAA 2001:db8::g', 4, 9, '"2001:db8::g" is no IPv6 address'],
  ['x AAAA fe80::1%eth0', 4, 8, '"fe80::1%eth0" is no IPv6 address'],
  ['x SRV 0 0 65536 y', 4, 11, 'the port must be a number from 0 to 65535, not "65536"'],
  ['x SRV 0 0 80', 4, 13, 'the target is missing'],
  ['x TXT', 4, 6, 'the text is missing'],
  [`x TXT "${'a'.repeat(256)}"`, 4, 7, 'a text has at most 255 octets, not 256'],
  ['x TXT "a\\256"', 4, 7, '"\\256" must be three digits up to 255'],
  ['x TXT "a\n" ', 4, 7, 'the quoted text that starts here does not end on its line'],
  ['x TXT ( "a"\n "b"', 4, 7, 'this "(" has no ")"'],
  ['x TXT ( ( "a" ) )', 4, 9, 'parentheses cannot stand in one another'],
  ['x TXT "a" )', 4, 11, 'this ")" has no "("'],
  ['x TXT a\\', 4, 8, 'a backslash cannot stand at the end of a line'],
  ['x FOO 1', 4, 3, '"FOO" is no record type'],
  ['x', 4, 2, 'the type is missing'],
  ['x ANY 1', 4, 3, 'ANY is no type that a zone can hold'],
  ['x CH A 192.0.2.1', 4, 3, 'class CH is not served here, only IN is'],
  [
    'x 2147483648 A 192.0.2.1',
    4,
    3,
    '"2147483648" is no TTL: a time up to 2147483647 s such as 3600 or 1h30m',
  ],
  ['x APL 1:192.0.2.0/24', 4, 7, 'APL is known here by its octets only: write \\# LENGTH HEX (RFC 3597 §5)'],
  ['x TYPE65280 \\# 3 0102', 4, 13, '3 octets are declared and 2 are there'],
  ['x TYPE65280 \\# 1 0g', 4, 13, 'the octets must be pairs of hexadecimal digits'],
  ['x A \\# 3 010203', 4, 5, 'RDATA of A has 4 octets, not 3'],
  ['x TXT \\# 2 0561', 4, 7, 'the last text of TXT runs past its end (RFC 1035 §3.3.14)'],
  ['x..y A 192.0.2.1', 4, 1, '"x..y" is no domain name: a label is empty'],
  [
    `${'x'.repeat(64)} A 192.0.2.1`,
    4,
    1,
    `"${'x'.repeat(64)}" is no domain name: a label has at most 63 octets, not 64`,
  ],
  ['"x y" A 192.0.2.1', 4, 1, 'a name stands without quotes, a space in it as \\032'],
  ['$INCLUDE other.zone', 4, 1, '$INCLUDE is not understood here: $ORIGIN and $TTL are'],
  ['$TTL soon', 4, 6, 'the TTL must be a time up to 2147483647 s such as 3600 or 1h30m, not "soon"'],
  ['$ORIGIN', 4, 8, 'the origin is missing'],
  ['\nb.test. A 192.0.2.1', 5, 1, 'b.test. lies outside the zone a.test.'],
  ['@ SOA ns hm 2 1h 1h 1h 1h', 4, 1, 'a zone has one SOA record, and this is a second'],
  ['x A 192.0.2.1\nX 99 IN A 192.0.2.1', 5, 1, 'the same record stands on line 4'],
  ['x A 192.0.2.1\n\n  CNAME y', 6, 3, 'x.a.test. has a CNAME, so nothing else may stand beside it (line 4)'],
  ['x CNAME y\nx A 192.0.2.1', 5, 1, 'x.a.test. has a CNAME, so nothing else may stand beside it (line 4)'],
  ['x CNAME y\nx CNAME z', 5, 1, 'x.a.test. has a CNAME, so nothing else may stand beside it (line 4)'],
  ['Büro\\ö 5m TXT "“” ( \\"" ( x ) ü y )', 4, 35, 'this ")" has no "("'],
])('a mistake is told with its line and column: %j', (text, line, column, problem) => {
  const message = `Zone file my.zone, line ${line}, column ${column}: ${problem}.`;
  expect(readZoneFile(HEAD + text, 'my.zone')).toEqual({
    ok: false,
    code: 'bad-zone-file',
    message,
    line,
    column,
  });
});

test.each([
  ['x A 192.0.2.1', 1, 1, '"x" is relative, and no $ORIGIN stands before it'],
  ['  A 192.0.2.1', 1, 3, 'the first record must name its owner'],
  ['x. A 192.0.2.1', 1, 4, 'the record has no TTL and no $TTL stands before it'],
  [
    '$TTL 5\nx. A 192.0.2.1\ny. A 192.0.2.1\n',
    3,
    1,
    'the file ends without a SOA record, which every zone has',
  ],
  ['', 1, 1, 'the file ends without a SOA record, which every zone has'],
])('what is missing is told with its line and column: %j', (text, line, column, problem) => {
  const message = `Zone file my.zone, line ${line}, column ${column}: ${problem}.`;
  expect(readZoneFile(text, 'my.zone')).toEqual({ ok: false, code: 'bad-zone-file', message, line, column });
});

test('records without a zone report mistakes in the same way', () => {
  const read = readRecords('x 5 A', Name.of('a.test'), 'x');
  expect(read).toMatchObject({ ok: false, line: 1, column: 6 });
});
