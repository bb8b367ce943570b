import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../errors.ts';
import { arbitraryDnsMessage, mutated } from '../testing/arbitraries.ts';
import type { DnsMessage } from './message.ts';
import { emptyMessage, opcodeOf, optRecord, readMessage, writeMessage, writeQuery } from './message.ts';
import { Name } from './name.ts';
import type { ResourceRecord } from './record.ts';
import { RecordType } from './registry.ts';
import { hexOf } from './text.ts';
import { ByteReader } from './reader.ts';

test('any message is read as it was written', () => {
  fc.assert(
    fc.property(arbitraryDnsMessage, (message) => {
      expect(comparable(readMessage(writeMessage(message)))).toEqual(comparable(message));
    }),
    { numRuns: 300 },
  );
});

test('any octets are read or refused, and what is read is written to mean the same', () => {
  const bytes = fc.oneof(
    mutated(arbitraryDnsMessage.map((message) => writeMessage(message))),
    fc.uint8Array(),
  );
  fc.assert(
    fc.property(bytes, (octets) => {
      const message = attempt(octets);
      if (message === undefined) return;
      expect(comparable(readMessage(writeMessage(message)))).toEqual(comparable(message));
    }),
    { numRuns: 500 },
  );
});

test('every flag stands where it belongs', () => {
  const bits = [
    ['isResponse', 0x8000],
    ['isAuthoritative', 0x0400],
    ['isTruncated', 0x0200],
    ['recursionDesired', 0x0100],
    ['recursionAvailable', 0x0080],
    ['isAuthenticData', 0x0020],
    ['checkingDisabled', 0x0010],
  ] as const;
  for (const [flag, bit] of bits) {
    const bytes = writeMessage({ ...emptyMessage(7), [flag]: true });
    expect([flag, new ByteReader(bytes, 2).u16()]).toEqual([flag, bit]);
    expect(readMessage(bytes)).toMatchObject({ [flag]: true });
  }
  const bytes = writeMessage({ ...emptyMessage(0xfffe), opcode: 5, rcode: 9 });
  expect(hexOf(bytes)).toBe('fffe28090000000000000000');
  expect(opcodeOf(bytes)).toBe(5);
});

test('octets behind the last record are refused, and so is a record that is not there', () => {
  const bytes = writeQuery(1, { name: Name.of('a.'), type: 1, class: 1 }, true, 1232);
  expect(() => readMessage(Uint8Array.of(...bytes, 0))).toThrow('the message has 1 octets too many');
  expect(() => readMessage(bytes.subarray(0, -1))).toThrow(ProtocolError);
  expect(() => readMessage(new Uint8Array(11))).toThrow(ProtocolError);
});

test('a query offers EDNS, and asks for recursion when it is told to', () => {
  const question = { name: Name.of('a.'), type: 1, class: 1 };
  expect(hexOf(writeQuery(1, question, true, 1232))).toBe(
    '000101000001000000000001 016100 0001 0001 00 0029 04d0 00000000 0000'.replaceAll(' ', ''),
  );
  expect(readMessage(writeQuery(1, question, false, 1232)).recursionDesired).toBe(false);
  expect(optRecord(1232, true).ttlSeconds).toBe(0x8000);
});

test('a message that is too long keeps header, question and OPT, and says so', () => {
  const name = Name.of('a.');
  const records: ResourceRecord[] = Array.from({ length: 100 }, (_, at) => ({
    name,
    type: RecordType.A,
    class: 1,
    ttlSeconds: 1,
    rdata: Uint8Array.of(192, 0, 2, at),
  }));
  const message: DnsMessage = {
    ...emptyMessage(1),
    questions: [{ name, type: 1, class: 1 }],
    answers: records,
    authorities: records,
    additionals: [...records, optRecord(512)],
  };
  const whole = writeMessage(message);
  expect(writeMessage(message, whole.length)).toEqual(whole);
  const cut = readMessage(writeMessage(message, whole.length - 1));
  expect(cut).toMatchObject({ isTruncated: true, answers: [], authorities: [] });
  expect(cut.questions).toHaveLength(1);
  expect(cut.additionals.map(({ type }) => type)).toEqual([RecordType.OPT]);
});

test('RDATA in an ordinary answer is compressed for the types of RFC 1035 only (RFC 3597 §4)', () => {
  const target = Name.of('target.example.');
  const owner = Name.of('target.example.');
  const size = (type: number, rdata: Uint8Array) =>
    writeMessage({ ...emptyMessage(1), answers: [{ name: owner, type, class: 1, ttlSeconds: 1, rdata }] })
      .length;
  const bare = size(RecordType.PTR, new Uint8Array());
  expect(size(RecordType.PTR, target.wire) - bare).toBe(2);
  expect(size(RecordType.SRV, Uint8Array.of(0, 0, 0, 0, 0, 1, ...target.wire)) - bare).toBe(
    6 + target.wire.length,
  );
});

function attempt(octets: Uint8Array): DnsMessage | undefined {
  try {
    return readMessage(octets);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function comparable(message: DnsMessage): unknown {
  const record = ({ name, type, class: klass, ttlSeconds, rdata }: ResourceRecord) =>
    `${hexOf(name.wire)} ${type} ${klass} ${ttlSeconds} ${hexOf(rdata)}`;
  return {
    ...message,
    questions: message.questions.map(
      ({ name, type, class: klass }) => `${hexOf(name.wire)} ${type} ${klass}`,
    ),
    answers: message.answers.map(record),
    authorities: message.authorities.map(record),
    additionals: message.additionals.map(record),
  };
}
