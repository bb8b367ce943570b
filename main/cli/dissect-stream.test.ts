import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed } from '../../protocol/dso/framer.ts';
import { arbitraryDnsMessage, arbitraryDsoMessage, mutated } from '../../protocol/testing/arbitraries.ts';
import { loadVectors } from '../../protocol/testing/hex.ts';
import { parseTranscript } from '../../protocol/transcript.ts';
import { writeMessage } from '../../protocol/wire/message.ts';
import { octetsOfHex } from '../../protocol/wire/text.ts';
import { jsonLine, textLines } from './dissect-lines.ts';
import { dissected } from './dissect-stream.ts';

/** What the captures hold that is wrong: a probe's SUBSCRIBE without TYPE and CLASS, and a response to a RECONFIRM. */
const WRONG: ReadonlyMap<string, string> = new Map([
  ['C: TYPE64 #5 045f697070045f746370', 'RFC 1035 §4.1.4'],
  ['S: RESPONSE #0 FORMERR', 'RFC 8490 §5.4.1'],
]);

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function hex(text: string): Uint8Array {
  return octetsOfHex(text.replaceAll(' ', '')) ?? new Uint8Array();
}

test.each(loadVectors())('$title is right, or wrong as the capture says', ({ line, framed: octets }) => {
  const [only, ...more] = dissected(octets, undefined);
  expect(more).toEqual([]);
  expect(only?.fault?.section).toBe(WRONG.get(line));
});

test.each(loadVectors())('$title from its end is right alike', ({ line, framed: octets }) => {
  const [only] = dissected(octets, line.startsWith('C: ') ? 'client' : 'server');
  expect(only?.fault?.section).toBe(WRONG.get(line));
});

test('lines of a stream are a transcript, with what is wrong in comments', () => {
  const stream = joined(
    hex('0012 0000 3000 0000 0000 0000 0000 0042 0002 0002'),
    hex('0010 0000 3000 0000 0000 0000 0000 0041 0000'),
    hex('000c 0002 b000 0000 0000 0000 0000'),
    hex('000c 0003 b0'),
  );
  expect([...dissected(stream, undefined)].map(textLines).join('')).toBe(
    [
      'C: UNSUBSCRIBE 2',
      'S: PUSH',
      '# RFC 8765 §6.3.1, octet 16 of the message, 38 of the stream: PUSH carries no change',
      'S: RESPONSE #2 NOERROR',
      'C: STREAM 000c0003b0',
      '# RFC 1035 §4.2.2, octet 3 of the message, 57 of the stream: the stream ends behind 3 of the 12 octets of a message',
      '',
    ].join('\n'),
  );
});

test('as JSON a message tells where it, its TLVs and what is wrong with it stand', () => {
  const stream = hex('0001 00 0017 0007 3000 0000 0000 0000 0000 0001 0007 00003a980036ee');
  const [first, second] = [...dissected(stream, undefined)].map((message) => JSON.parse(jsonLine(message)));
  expect(first).toEqual({
    offset: 2,
    length: 1,
    line: expect.stringContaining('C: BYTES 00'),
    problem: {
      section: 'RFC 8490 §5.4',
      problem: 'a message of 1 octets has no whole header',
      offset: 1,
      streamOffset: 3,
    },
  });
  expect(second).toEqual({
    offset: 5,
    length: 23,
    line: 'C: TYPE1 #7 00003a980036ee',
    tlvs: [{ offset: 12, type: 1, length: 7, name: 'KEEPALIVE' }],
    problem: {
      section: 'RFC 8490 §7.1',
      problem: 'Keepalive data has 7 octets, not 8',
      offset: 16,
      streamOffset: 21,
    },
  });
});

test('half a length is wrong where it ends', () => {
  const [only] = dissected(Uint8Array.of(0), 'server');
  expect(only).toMatchObject({ offset: 2, length: 0, entry: { kind: 'stream', side: 'S' } });
  expect(only?.fault?.problem).toBe('the stream ends within the length of a message');
});

test('DSO-15: edns-tcp-keepalive is wrong behind the first DSO message, and only there', () => {
  const keepalive = hex('0018 0001 3000 0000 0000 0000 0000 0001 0008 00003a98 0036ee80');
  const query = hex('0020 0007 0100 0001 0000 0000 0001 00 0006 0001 00 0029 1000 00000000 0004 000b 0000');
  expect([...dissected(joined(query, keepalive), undefined)].map(({ fault }) => fault)).toEqual([
    undefined,
    undefined,
  ]);
  const [, second] = dissected(joined(keepalive, query), undefined);
  expect(second?.fault).toEqual({
    section: 'RFC 8490 §5.4.6',
    problem: 'edns-tcp-keepalive is sent on a DSO session',
    offset: 17,
  });
});

test('nothing holds no message', () => {
  expect([...dissected(new Uint8Array(), undefined)]).toEqual([]);
});

test('any octets at all are taken apart: every octet is in one message, and every line is one of a transcript', () => {
  const message = fc.oneof(
    mutated(arbitraryDsoMessage),
    mutated(arbitraryDnsMessage.map((parts) => writeMessage(parts))),
  );
  const stream = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.array(message, { maxLength: 4 }).map((all) => joined(...all.map(framed))),
    fc.array(message, { maxLength: 4 }).map((all) => joined(...all)),
  );
  const from = fc.constantFrom('client', 'server', undefined);
  fc.assert(
    fc.property(stream, from, (octets, sender) => {
      const messages = [...dissected(octets, sender)];
      const parsed = parseTranscript(messages.map(textLines).join(''));
      expect(parsed.ok && parsed.entries.length).toBe(messages.length);
      let end = 0;
      for (const { offset, length, fault } of messages) {
        expect(offset).toBe(end + 2);
        end = offset + length;
        expect(fault?.offset ?? 0).toBeLessThanOrEqual(length);
      }
      expect(Math.min(end, octets.length)).toBe(octets.length);
    }),
    { numRuns: 500 },
  );
});
