import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDsoMessage } from './dso/message.ts';
import { ProtocolError } from './errors.ts';
import { PUSH_TLV_RULES } from './push/tlvs.ts';
import { arbitraryDnsMessage, arbitraryDsoMessage, mutated } from './testing/arbitraries.ts';
import { readHex } from './testing/hex.ts';
import { formatExactly, formatMessage } from './transcript-message.ts';
import type { TranscriptEntry } from './transcript.ts';
import { formatEntry, parseTranscript } from './transcript.ts';
import { readMessage, writeMessage } from './wire/message.ts';
import { hexOf } from './wire/text.ts';

const DNS_BYTES = arbitraryDnsMessage.map((message) => writeMessage(message));
const ANY_BYTES = fc.oneof(
  arbitraryDsoMessage,
  DNS_BYTES,
  mutated(arbitraryDsoMessage),
  mutated(DNS_BYTES),
  fc.uint8Array({ maxLength: 40 }),
);

test.each([
  'C: KEEPALIVE #1 inactivity=15000 keepalive=3600000',
  'S: RESPONSE #1 NOERROR KEEPALIVE inactivity=0 keepalive=4294967295 + PADDING 400',
  'S: KEEPALIVE inactivity=15000 keepalive=10000',
  'C: SUBSCRIBE #2 _ipp._tcp.example.com. IN PTR',
  'C: SUBSCRIBE #65535 Dr\\.\\032Pepper._ipp._tcp.example.com. ANY ANY + PADDING 7 a5',
  'S: RESPONSE #2 NOTAUTH RETRY-DELAY 300000',
  'S: RESPONSE #0 RCODE12',
  'S: PUSH add a. 4500 IN PTR b.a. | remove a. IN PTR b.a. | remove-rrset a. IN PTR | remove-class a. IN | remove-name a.',
  'S: PUSH record a. 4294967294 ANY ANY \\# 0 | record a. 2147483648 IN A 192.0.2.1',
  'S: PUSH #7 z=127 counts=0,1,0,0 rcode=REFUSED add . 0 CH TXT "a b" "\\"" ""',
  'S: PUSH',
  'C: UNSUBSCRIBE 2',
  'C: RECONFIRM laser._ipp._tcp.example.com. IN SRV 0 0 631 laser1.example.com.',
  'S: RETRY-DELAY 5000 REFUSED',
  'S: RETRY-DELAY #3 z=1 0 NOERROR',
  'S: TYPE63488 #7',
  'S: TYPE63488 #7 00a5 + TYPE63489 ff',
  'C: TYPE66 000201',
  'C: EMPTY #5',
  'S: EMPTY',
  'C: DNS #7 QUERY rd | ask example.com. IN SOA | additional . 0 CLASS1232 OPT \\# 0',
  'S: DNS #7 QUERY NXDOMAIN qr aa z | ask a. IN A | authority . 60 IN SOA . . 1 2 3 4 5',
  'C: DNS #7 UPDATE REFUSED | ask a. IN SOA | authority a. 0 ANY A \\# 0',
  'C: DNS #0 OPCODE9',
  'C: BYTES',
  'C: BYTES 00ff',
  'S: STREAM 0018000130',
  'C: CLOSE',
  'S: ABORT',
  '+15000',
])('"%s" is read and written the same', (line) => {
  expect(linesOf(line)).toEqual([line.replace(/^C: BYTES.*/, (raw) => `${raw} # ${SHORT}`)]);
});

const SHORT = 'a message of';

test('a line says what a message means whatever its octets, and is read back to the same meaning', () => {
  fc.assert(
    fc.property(ANY_BYTES, (bytes) => {
      const again = bytesOf(`C: ${formatMessage(bytes)}`);
      expect(formatMessage(again)).toBe(formatMessage(bytes));
      expect(meaningOf(again)).toEqual(meaningOf(bytes));
    }),
    { numRuns: 600 },
  );
});

test('an exact line is read back to the very same octets', () => {
  fc.assert(
    fc.property(ANY_BYTES, (bytes) => {
      expect(hexOf(bytesOf(`C: ${formatExactly(bytes)}`))).toBe(hexOf(bytes));
    }),
    { numRuns: 300 },
  );
});

test('a line is one line that no terminal obeys: controls, line ends and changes of direction stand as octets', () => {
  fc.assert(
    fc.property(ANY_BYTES, (bytes) => {
      expect(formatMessage(bytes)).not.toMatch(
        /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
      );
    }),
    { numRuns: 300 },
  );
  expect(linesOf('C: SUBSCRIBE #1 a\\194\\155\\226\\128\\174b. IN PTR')).toEqual([
    'C: SUBSCRIBE #1 a\\194\\155\\226\\128\\174b. IN PTR',
  ]);
});

test('what does not parse stands as octets, and the comment says why and at which', () => {
  expect(formatMessage(readHex('0000 3000 0000 0000 0000 0000 0041 0005 00'))).toBe(
    'BYTES 0000300000000000000000000041000500 # octet 12: a TLV runs past the end of the message (RFC 8490 §5.4.2)',
  );
  expect(formatMessage(readHex('0007'))).toMatch(/^BYTES 0007 # a message of 2 octets has no whole header/);
});

test('octets that cannot be told from others once names are compressed anew are not put into words', () => {
  // The second TLV points into RDATA of the first, at 0x80; were the PTR's name written as a pointer, at 0x00.
  const ptr = '076578616d706c6500 000c 0001 00000001 0009 076578616d706c6500';
  const opaque = '00 ff00 0001 00000001 0008 8080808080808000';
  const bytes = readHex(`0000 3000 0000 0000 0000 0000 0041 002f ${ptr} ${opaque} 0040 0006 c037 000c 0001`);
  expect(formatMessage(bytes)).toBe(`BYTES ${hexOf(bytes)}`);
  expect(formatMessage(bytes.subarray(0, 63))).toMatch(
    /^PUSH add example\. 1 IN PTR example\. \| add \. 1 IN TYPE65280/,
  );
});

test('comments, blank lines and space around words mean nothing', () => {
  const text = '\uFEFF# a comment\r\n\n\t C:  UNSUBSCRIBE   2  # trailing\r\n#\n  S: CLOSE #\n';
  expect(linesOf(text)).toEqual(['C: UNSUBSCRIBE 2', 'S: CLOSE']);
  expect(linesOf('S: PUSH add #. 1 IN TXT "# no comment"')).toEqual([
    'S: PUSH add #. 1 IN TXT "# no comment"',
  ]);
});

test.each([
  ['X: CLOSE', 1, 'a line starts with C: or S: or +MILLISECONDS, not with "X:"'],
  ['C:', 3, 'what was sent is missing'],
  ['C: DANCE', 4, '"DANCE" is no message'],
  ['C: KEEPALIVE #1 keepalive=1', 17, 'inactivity=MILLISECONDS must stand here'],
  ['C: KEEPALIVE #1 inactivity=1 keepalive=4294967296', 30, 'keepalive=MILLISECONDS'],
  ['C: SUBSCRIBE #65536 a. IN PTR', 14, 'a MESSAGE ID is at most 65535'],
  ['C: SUBSCRIBE #2 a IN PTR', 17, '"a" is relative'],
  ['C: SUBSCRIBE #2 a. PTR IN', 20, '"PTR" is no class'],
  ['C: SUBSCRIBE #2 a. IN', 22, 'the type is missing'],
  ['C: SUBSCRIBE #2 a. IN PTR x', 27, '"x" is more than belongs'],
  ['S: RESPONSE NOERROR', 13, 'the MESSAGE ID must stand here'],
  ['S: RESPONSE #1 RCODE16', 16, '"RCODE16" is no RCODE'],
  ['S: RESPONSE #1 NOERROR a5', 24, '"a5" is no TLV'],
  ['S: PUSH toss a. IN PTR b.', 9, '"toss" is no change'],
  ['S: PUSH add a. 1 IN PTR b. |', 29, 'the change is missing'],
  ['S: PUSH add a. 1 IN A 1.2.3', 23, '"1.2.3" is no IPv4 address'],
  ['S: PUSH add a. 1 IN PTR \\# 2 c0ff', 25, 'the octets are no RDATA of PTR'],
  ['S: PUSH add a. 1 IN TXT "b', 25, 'the quoted text that starts here does not end'],
  ['S: RETRY-DELAY 5000 MAYBE', 21, '"MAYBE" is no RCODE'],
  ['S: TYPE1 0', 10, 'pairs of hexadecimal digits belong here'],
  ['S: PUSH z=128', 9, 'z is at most 127'],
  ['C: DNS QUERY', 8, 'the MESSAGE ID must stand here'],
  ['C: DNS #1 ASK', 11, '"ASK" is no OPCODE'],
  ['C: DNS #1 QUERY rd ru', 20, '"ru" is no flag'],
  ['C: DNS #1 QUERY | tell a. IN A', 19, '"tell" is no section'],
  ['+5 x', 4, '"x" is more than belongs'],
  ['C: CLOSE now', 10, '"now" is more than belongs'],
])('"%s" is refused at column %d', (line, column, problem) => {
  const result = parseTranscript(`+1\n${line}`);
  expect(result).toMatchObject({ ok: false, code: 'bad-transcript', line: 2, column });
  expect(result).toHaveProperty('message', expect.stringContaining(problem));
});

function entriesOf(text: string): readonly TranscriptEntry[] {
  const result = parseTranscript(text);
  if (!result.ok) throw new Error(result.message);
  return result.entries;
}

function linesOf(text: string): readonly string[] {
  return entriesOf(text).map((entry) => formatEntry(entry).replace(/(# a message of).*/, '$1'));
}

function bytesOf(line: string): Uint8Array {
  const [entry] = entriesOf(line);
  if (entry?.kind !== 'message') throw new Error(`no message: ${line}`);
  return entry.bytes;
}

/** What an end makes of a message. */
function meaningOf(bytes: Uint8Array): unknown {
  try {
    if (((bytes[2] ?? 0x30) & 0x78) !== 0x30) return readMessage(bytes);
    return readDsoMessage(bytes, PUSH_TLV_RULES);
  } catch (error) {
    if (error instanceof ProtocolError) return 'refused';
    throw error;
  }
}
