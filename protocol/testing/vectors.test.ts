import { expect, test } from 'vitest';
import { readInitiated } from '../dso/initiated.ts';
import { readDsoMessage } from '../dso/message.ts';
import { Framer } from '../dso/framer.ts';
import { ProtocolError } from '../errors.ts';
import { PushClient } from '../push/client.ts';
import { PUSH_TLV_RULES } from '../push/tlvs.ts';
import { formatMessage } from '../transcript-message.ts';
import { formatEntry, parseTranscript } from '../transcript.ts';
import { opcodeOf, readMessage } from '../wire/message.ts';
import { Opcode } from '../wire/registry.ts';
import { hexOf } from '../wire/text.ts';
import type { Vector } from './hex.ts';
import { loadVectors, readVector } from './hex.ts';
import { TestServer } from './subjects.ts';
import { TestZones } from './test-zones.ts';

const VECTORS = loadVectors();
const DSO_HEADER_OCTETS = 12;
const NOTHING = new Uint8Array();

test('there are vectors of both kinds, typed from the RFCs and captured', () => {
  expect(loadVectors('push-').length + loadVectors('dso-').length).toBeGreaterThanOrEqual(15);
  expect(loadVectors('apple-')).toHaveLength(109);
});

test.each(VECTORS)('$title is $line', ({ line, message, framed }) => {
  const [side] = parsed(line);
  expect(formatEntry({ ...side, kind: 'message', bytes: message })).toBe(line);
  expect([...new Framer().receive(framed)]).toEqual([message]);
});

test.each(VECTORS)(
  '$title is what its line is written as, or says why not',
  ({ line, message, difference }) => {
    const [entry] = parsed(line);
    expect(hexOf(entry.bytes) === hexOf(message)).toBe(difference === undefined);
    // Even then both mean the same.
    expect(formatMessage(entry.bytes)).toBe(formatMessage(message));
  },
);

test.each(VECTORS)('every shorter prefix of $title is refused, but where a TLV ends', ({ message }) => {
  const ends = tlvEnds(message);
  const prefixes = Array.from({ length: message.length }, (_, length) => message.slice(0, length));
  const read = prefixes.filter((prefix) => outcome(prefix) === 'read').map(({ length }) => length);
  expect(read).toEqual([...ends].filter((end) => end < message.length));
  expect(prefixes.filter((prefix) => outcome(prefix) === 'refused')).toHaveLength(
    message.length - read.length,
  );
});

test.each(byCapture())('every cut of the stream of %s gives the same messages', (_, vectors) => {
  const stream = joined(vectors.map(({ framed }) => framed));
  const cuts = Array.from({ length: stream.length + 1 }, (_unused, at) => at);
  const wrong = cuts.filter((at) => !isCutInto([stream.subarray(0, at), stream.subarray(at)], vectors));
  expect(wrong).toEqual([]);
  const octets = Array.from(stream, (octet) => Uint8Array.of(octet));
  expect(isCutInto(octets, vectors), 'octet by octet').toBe(true);
});

test.each(VECTORS)('a flipped octet of $title neither hangs nor crashes', ({ framed }) => {
  const wrong: string[] = [];
  for (let at = 0; at < framed.length; at++) {
    for (const mask of [0x01, 0x40, 0x80, 0xff]) {
      const flipped = framed.slice();
      flipped[at]! ^= mask;
      const bytes = flipped.subarray(2);
      new PushClient(0).receive(flipped, 0);
      server().receive(flipped, 0);
      const isRead = at < 2 || /^(?:read|refused)$/.test(outcome(bytes));
      if (!isRead || !parseTranscript(`C: ${formatMessage(bytes)}`).ok) wrong.push(hexOf(flipped));
    }
  }
  expect(wrong).toEqual([]);
});

test('a vector says where it comes from and what its octets are, and is one message', () => {
  const octets = '000c 0000 b001 0000 0000 0000 0000';
  expect(() => readVector(`#> C: CLOSE\n${octets}`, 'x')).toThrow('x does not say where it comes from');
  expect(() => readVector(`# Source: me.\n${octets}`, 'x')).toThrow('x has no line');
  const wrong = [`${octets} ${octets}`, octets.slice(0, -2), octets.slice(5)];
  for (const text of wrong)
    expect(() => readVector(`# Source: me.\n#> C: CLOSE\n${text}`, 'x')).toThrow('x is not one message');
});

function parsed(line: string) {
  const result = parseTranscript(line);
  if (!result.ok) throw new Error(result.message);
  const [entry] = result.entries;
  if (entry?.kind !== 'message') throw new Error(`${line} is no message`);
  return [entry] as const;
}

/** Reads a message as an end of a session would, but for its state. */
function read(bytes: Uint8Array): void {
  if (bytes.length >= 4 && opcodeOf(bytes) !== Opcode.DSO) {
    readMessage(bytes);
    return;
  }
  const message = readDsoMessage(bytes, PUSH_TLV_RULES);
  if (!message.isResponse && message.tlvs.length === 0) readInitiated(message, 'client', PUSH_TLV_RULES);
}

function outcome(bytes: Uint8Array): string {
  try {
    read(bytes);
    return 'read';
  } catch (error) {
    return error instanceof ProtocolError ? 'refused' : String(error);
  }
}

/** Where a DSO message may end early: behind the header of a response, and behind any TLV. */
function tlvEnds(message: Uint8Array): ReadonlySet<number> {
  const ends = new Set<number>();
  if (opcodeOf(message) !== Opcode.DSO) return ends;
  const isResponse = message[2]! >= 0x80;
  if (isResponse) ends.add(DSO_HEADER_OCTETS);
  for (let at = DSO_HEADER_OCTETS; at < message.length;) {
    at += 4 + ((message[at + 2]! << 8) | message[at + 3]!);
    ends.add(at);
  }
  return ends;
}

function byCapture(): readonly (readonly [string, readonly Vector[]])[] {
  const files = new Map<string, Vector[]>();
  for (const vector of VECTORS) {
    const file = vector.title.replace(/:\d+$/, '');
    files.set(file, [...(files.get(file) ?? []), vector]);
  }
  return [...files];
}

/** Whether a framer makes of the chunks exactly the vectors' messages. */
function isCutInto(chunks: readonly Uint8Array[], vectors: readonly Vector[]): boolean {
  const framer = new Framer();
  const messages = chunks.flatMap((chunk) => [...framer.receive(chunk)]);
  const same = messages.filter(
    (message, at) => Buffer.compare(message, vectors[at]?.message ?? NOTHING) === 0,
  );
  return same.length === vectors.length && messages.length === vectors.length;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function server() {
  return new TestServer(new TestZones(['default.service.arpa.', 'example.com.'])).session;
}
