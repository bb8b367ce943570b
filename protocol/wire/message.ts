import { ByteReader } from './reader.ts';
import { Name } from './name.ts';
import type { Question, ResourceRecord } from './record.ts';
import { readQuestion, readRecord, writeQuestion, writeRecord } from './record.ts';
import { Opcode, Rcode, RecordType } from './registry.ts';
import { ByteWriter } from './writer.ts';

/** Octets of the header that every DNS message starts with (RFC 1035 §4.1.1). */
export const HEADER_OCTETS = 12;

/** The header's flags, by what they say (RFC 1035 §4.1.1; RFC 4035 §3 for the last two). */
export interface MessageFlags {
  readonly isResponse: boolean; // QR
  readonly isAuthoritative: boolean; // AA
  readonly isTruncated: boolean; // TC
  readonly recursionDesired: boolean; // RD
  readonly recursionAvailable: boolean; // RA
  readonly isAuthenticData: boolean; // AD
  readonly checkingDisabled: boolean; // CD
}

/** An ordinary DNS message: a query, an update, or a response to one. DSO messages are `DsoMessage`. */
export interface DnsMessage extends MessageFlags {
  readonly id: number;
  readonly opcode: number;
  readonly rcode: number;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
}

/** The OPCODE of a message of at least four octets: what tells a DSO message from an ordinary one. */
export function opcodeOf(bytes: Uint8Array): number {
  return (bytes[2]! >>> 3) & 0x0f;
}

/** A message without records and flags, to build others from with a spread. */
export function emptyMessage(id: number): DnsMessage {
  return {
    id,
    opcode: Opcode.QUERY,
    rcode: Rcode.NOERROR,
    isResponse: false,
    isAuthoritative: false,
    isTruncated: false,
    recursionDesired: false,
    recursionAvailable: false,
    isAuthenticData: false,
    checkingDisabled: false,
    questions: [],
    answers: [],
    authorities: [],
    additionals: [],
  };
}

/** The OPT record that offers to take UDP messages of up to `udpOctets` (RFC 6891 §6.1.2). */
export function optRecord(udpOctets: number, dnssecOk = false): ResourceRecord {
  const ttlSeconds = dnssecOk ? 0x8000 : 0;
  return { name: Name.root, type: RecordType.OPT, class: udpOctets, ttlSeconds, rdata: new Uint8Array() };
}

/** Reads a whole message; a record that does not parse, or octets behind the last, are a `ProtocolError`. */
export function readMessage(bytes: Uint8Array): DnsMessage {
  const reader = new ByteReader(bytes);
  const id = reader.u16();
  const flags = reader.u16();
  const questions = reader.u16();
  const answers = reader.u16();
  const authorities = reader.u16();
  const additionals = reader.u16();
  const message: DnsMessage = {
    id,
    isResponse: (flags & 0x8000) !== 0,
    opcode: (flags >>> 11) & 0x0f,
    isAuthoritative: (flags & 0x0400) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    isAuthenticData: (flags & 0x0020) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
    rcode: flags & 0x0f,
    questions: repeat(questions, () => readQuestion(reader)),
    answers: repeat(answers, () => readRecord(reader)),
    authorities: repeat(authorities, () => readRecord(reader)),
    additionals: repeat(additionals, () => readRecord(reader)),
  };
  reader.expectEnd('the message');
  return message;
}

/** Writes a whole message, compressed. One that would be over `maxOctets` keeps header, questions and OPT, and says TC (RFC 2181 §9). */
export function writeMessage(message: DnsMessage, maxOctets = 0xffff): Uint8Array {
  const bytes = writeSections(message);
  if (bytes.length <= maxOctets) return bytes;
  const additionals = message.additionals.filter((record) => record.type === RecordType.OPT);
  return writeSections({ ...message, isTruncated: true, answers: [], authorities: [], additionals });
}

/** The query for one question, offering EDNS; recursion is desired where a resolver is asked. */
export function writeQuery(
  id: number,
  question: Question,
  recursionDesired: boolean,
  udpOctets: number,
): Uint8Array {
  return writeSections({
    ...emptyMessage(id),
    recursionDesired,
    questions: [question],
    additionals: [optRecord(udpOctets)],
  });
}

function writeSections(message: DnsMessage): Uint8Array {
  const writer = new ByteWriter();
  writer.u16(message.id);
  writer.u16(flagBits(message));
  writer.u16(message.questions.length);
  writer.u16(message.answers.length);
  writer.u16(message.authorities.length);
  writer.u16(message.additionals.length);
  for (const question of message.questions) writeQuestion(writer, question, true);
  for (const section of [message.answers, message.authorities, message.additionals]) {
    // RFC 3597 §4 allows compression for the types of RFC 1035 only; receivers may not decode it in others.
    for (const record of section) writeRecord(writer, record, COMPRESSED_IN_ANSWERS.has(record.type));
  }
  return writer.finish();
}

const COMPRESSED_IN_ANSWERS: ReadonlySet<number> = new Set([
  RecordType.NS,
  RecordType.CNAME,
  RecordType.SOA,
  RecordType.PTR,
  RecordType.MX,
]);

function flagBits(message: DnsMessage): number {
  return (
    (message.isResponse ? 0x8000 : 0) |
    (message.opcode << 11) |
    (message.isAuthoritative ? 0x0400 : 0) |
    (message.isTruncated ? 0x0200 : 0) |
    (message.recursionDesired ? 0x0100 : 0) |
    (message.recursionAvailable ? 0x0080 : 0) |
    (message.isAuthenticData ? 0x0020 : 0) |
    (message.checkingDisabled ? 0x0010 : 0) |
    message.rcode
  );
}

function repeat<T>(count: number, read: () => T): readonly T[] {
  const items: T[] = [];
  for (let left = count; left > 0; left--) items.push(read());
  return items;
}
