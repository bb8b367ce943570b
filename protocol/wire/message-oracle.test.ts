import * as oracle from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadVectors } from '../testing/hex.ts';
import type { DnsMessage } from './message.ts';
import { emptyMessage, opcodeOf, readMessage, writeMessage } from './message.ts';
import { Name } from './name.ts';
import { ipv4Rdata, ipv6Rdata, nameRdata, soaRdata, srvRdata } from './rdata.ts';
import { ByteReader } from './reader.ts';
import type { ResourceRecord } from './record.ts';
import { Opcode, RecordType, typeName } from './registry.ts';
import { hexOf } from './text.ts';

test('dns-packet reads what is written here the same way', () => {
  fc.assert(
    fc.property(plainMessage(), (message) => {
      expect(simplified(oracle.decode(Buffer.from(writeMessage(message))))).toEqual(simplifiedOwn(message));
    }),
    { numRuns: 200 },
  );
});

test('what dns-packet writes is read here the same way', () => {
  fc.assert(
    fc.property(plainMessage(), (message) => {
      const bytes = oracle.encode(toOracle(message));
      expect(simplifiedOwn(readMessage(bytes))).toEqual(simplifiedOwn(message));
    }),
    { numRuns: 200 },
  );
});

const CAPTURED = loadVectors('apple-').filter(({ message }) => opcodeOf(message) === Opcode.QUERY);

test.each(CAPTURED)('dns-packet reads the captured message $title as it is read here', ({ message }) => {
  const { additionals, ...own } = readMessage(message);
  const records = additionals.filter(({ type }) => type !== RecordType.OPT);
  const packet = oracle.decode(Buffer.from(message));
  const withoutOpt = {
    ...packet,
    additionals: packet.additionals?.filter(({ type }) => type !== 'OPT') ?? [],
  };
  // It does not escape the space of an instance name.
  const theirs: unknown = JSON.parse(
    JSON.stringify(simplified(withoutOpt)).replaceAll('Printer One', 'Printer\\\\032One'),
  );
  expect(theirs).toEqual(simplifiedOwn({ ...own, additionals: records }));
});

/** Messages within what dns-packet does right: names of plain labels, and the types that it and this code both read. */
function plainMessage(): fc.Arbitrary<DnsMessage> {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => Name.ofLabels(labels));
  const u16 = fc.integer({ min: 0, max: 0xffff });
  const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const rdata = fc.oneof(
    octets(4).map((bytes) => [RecordType.A, bytes] as const),
    octets(16).map((bytes) => [RecordType.AAAA, bytes] as const),
    name.map((target) => [RecordType.PTR, target.wire] as const),
    fc
      .tuple(octets(6), name)
      .map(([fields, target]) => [RecordType.SRV, Uint8Array.of(...fields, ...target.wire)] as const),
    fc
      .tuple(name, name, octets(20))
      .map(
        ([primary, box, times]) =>
          [RecordType.SOA, Uint8Array.of(...primary.wire, ...box.wire, ...times)] as const,
      ),
    fc
      .array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 3 })
      .map(
        (texts) =>
          [RecordType.TXT, Uint8Array.from(texts.flatMap((text) => [text.length, ...text]))] as const,
      ),
  );
  const record = fc
    .tuple(name, fc.integer({ min: 0, max: 0x7fffffff }), rdata)
    .map(([owner, ttlSeconds, [type, bytes]]) => ({ name: owner, class: 1, ttlSeconds, type, rdata: bytes }));
  const question = fc
    .tuple(name, fc.constantFrom(1, 12, 33))
    .map(([asked, type]) => ({ name: asked, type, class: 1 }));
  return fc
    .record({
      id: u16,
      isResponse: fc.boolean(),
      isAuthoritative: fc.boolean(),
      recursionDesired: fc.boolean(),
      rcode: fc.integer({ min: 0, max: 5 }),
      questions: fc.array(question, { maxLength: 2 }),
      answers: fc.array(record, { maxLength: 4 }),
      authorities: fc.array(record, { maxLength: 2 }),
      additionals: fc.array(record, { maxLength: 2 }),
    })
    .map((parts) => ({ ...emptyMessage(0), ...parts }));
}

/** What both decoders can be held against each other by. */
function simplifiedOwn(message: DnsMessage) {
  const records = [message.answers, message.authorities, message.additionals].map((section) =>
    section.map(plainRecord),
  );
  return {
    id: message.id,
    flags: [message.isResponse, message.isAuthoritative, message.recursionDesired],
    questions: message.questions.map(({ name, type }) => `${plain(name)} ${typeName(type)}`),
    records,
  };
}

function simplified(packet: oracle.DecodedPacket) {
  const sections = [packet.answers, packet.authorities, packet.additionals];
  return {
    id: packet.id,
    flags: [packet.flag_qr, packet.flag_aa, packet.flag_rd],
    questions: packet.questions?.map(({ name, type }) => `${name} ${type}`),
    records: sections.map((section) => section?.map(oracleRecord)),
  };
}

function plainRecord({ name, type, ttlSeconds, rdata }: ResourceRecord): unknown {
  return { name: plain(name), type: typeName(type), ttl: ttlSeconds, data: plainData(type, rdata) };
}

function plainData(type: number, rdata: Uint8Array): unknown {
  if (type === RecordType.A) return ipv4Rdata(rdata);
  if (type === RecordType.AAAA) return hexOf(rdata);
  if (type === RecordType.PTR) return plain(nameRdata(rdata));
  if (type === RecordType.SRV) {
    const { target, ...fields } = srvRdata(rdata);
    return { ...fields, target: plain(target) };
  }
  if (type === RecordType.SOA) {
    const { primary, mailbox, serial, refreshSeconds, retrySeconds, expireSeconds, minimumSeconds } =
      soaRdata(rdata);
    const times = {
      refresh: refreshSeconds,
      retry: retrySeconds,
      expire: expireSeconds,
      minimum: minimumSeconds,
    };
    return { mname: plain(primary), rname: plain(mailbox), serial, ...times };
  }
  const reader = new ByteReader(rdata);
  const texts: string[] = [];
  while (!reader.atEnd) texts.push(hexOf(reader.octets(reader.u8())));
  return texts;
}

function oracleRecord(answer: oracle.Answer): unknown {
  if (answer.type === 'OPT') throw new Error('no OPT is sent here');
  const { name, type, ttl } = answer;
  return { name, type, ttl, data: oracleData(answer) };
}

function oracleData(answer: oracle.Answer): unknown {
  if (answer.type === 'TXT') return [answer.data].flat().map((text) => Buffer.from(text).toString('hex'));
  if (answer.type === 'AAAA') return hexOf(Uint8Array.from(groupsOf(answer.data)));
  return 'data' in answer ? answer.data : undefined;
}

/** The octets of an IPv6 address as dns-packet spells it. */
function groupsOf(text: string): readonly number[] {
  const [front = [], back = []] = text
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...zeros, ...back].flatMap((group) => [
    Number.parseInt(group, 16) >>> 8,
    Number.parseInt(group, 16) & 0xff,
  ]);
}

function toOracle(message: DnsMessage): oracle.Packet {
  const answers = (section: readonly ResourceRecord[]) => section.map(toOracleRecord);
  return {
    id: message.id,
    type: message.isResponse ? 'response' : 'query',
    flags:
      (message.isAuthoritative ? oracle.AUTHORITATIVE_ANSWER : 0) |
      (message.recursionDesired ? oracle.RECURSION_DESIRED : 0) |
      message.rcode,
    questions: message.questions.map(({ name, type }) => ({
      name: plain(name),
      type: typeName(type) as 'A',
    })),
    answers: answers(message.answers),
    authorities: answers(message.authorities),
    additionals: answers(message.additionals),
  };
}

function toOracleRecord({ name, type, ttlSeconds, rdata }: ResourceRecord): oracle.Answer {
  const head = { name: plain(name), ttl: ttlSeconds };
  if (type === RecordType.AAAA) return { ...head, type: 'AAAA', data: ipv6Rdata(rdata) };
  if (type === RecordType.TXT) {
    const texts = plainData(type, rdata) as readonly string[];
    return { ...head, type: 'TXT', data: texts.map((hex) => Buffer.from(hex, 'hex')) };
  }
  return { ...head, type: typeName(type), data: plainData(type, rdata) } as oracle.Answer;
}

function plain(name: Name): string {
  return name.toString().replace(/\.$/, '');
}
