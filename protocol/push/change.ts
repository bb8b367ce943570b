import { ProtocolError, unreachable } from '../errors.ts';
import type { Name } from '../wire/name.ts';
import type { ByteReader } from '../wire/reader.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { writeQuestion, writeRecord } from '../wire/record.ts';
import { readRdata } from '../wire/rdata.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { ByteWriter } from '../wire/writer.ts';

/** The largest TTL of a record that is added (RFC 8765 §6.3.1). */
export const MAX_ADD_TTL = 0x7fffffff;
/** This TTL removes every record that name, type and class cover (RFC 8765 §6.3.1). */
export const REMOVE_COLLECTIVE_TTL = 0xfffffffe;
/** This TTL removes the one record with this RDATA (RFC 8765 §6.3.1). */
export const REMOVE_ONE_TTL = 0xffffffff;

/** One change notification of a PUSH message (RFC 8765 §6.3.1). */
export type Change =
  | { readonly kind: 'add'; readonly record: ResourceRecord }
  | { readonly kind: 'remove'; readonly record: ResourceRecord }
  | { readonly kind: 'remove-rrset'; readonly name: Name; readonly type: number; readonly class: number }
  | { readonly kind: 'remove-class'; readonly name: Name; readonly class: number }
  | { readonly kind: 'remove-name'; readonly name: Name };

/** The owner of what a change adds or removes. */
export function changeName(change: Change): Name {
  return change.kind === 'add' || change.kind === 'remove' ? change.record.name : change.name;
}

/**
 * Reads the change notifications of one PUSH TLV:
 * `NAME | TYPE u16 | CLASS u16 | TTL u32 | RDLEN u16 | RDATA`, one or more (RFC 8765 §6.3.1).
 * A record with a reserved TTL is left out, as the section asks. What the section calls fatal is a `ProtocolError`.
 */
export function readChanges(reader: ByteReader): readonly Change[] {
  if (reader.atEnd) throw new ProtocolError('RFC 8765 §6.3.1', 'PUSH carries no change', reader.position);
  const changes: Change[] = [];
  while (!reader.atEnd) {
    const change = readChange(reader);
    if (change !== undefined) changes.push(change);
  }
  return changes;
}

/** Writes one change notification, names compressed, RDATA names of the listed types too. */
export function writeChange(writer: ByteWriter, change: Change): void {
  switch (change.kind) {
    case 'add':
      writeRecord(writer, change.record, true);
      return;
    case 'remove':
      writeRecord(writer, { ...change.record, ttlSeconds: REMOVE_ONE_TTL }, true);
      return;
    case 'remove-rrset':
      writeCollective(writer, change);
      return;
    case 'remove-class':
      writeCollective(writer, { name: change.name, type: RecordType.ANY, class: change.class });
      return;
    case 'remove-name':
      writeCollective(writer, { name: change.name, type: 0, class: RecordClass.ANY });
      return;
    default:
      unreachable(change);
  }
}

function readChange(reader: ByteReader): Change | undefined {
  const at = reader.position;
  const name = reader.name();
  const type = reader.u16();
  const recordClass = reader.u16();
  const ttlSeconds = reader.u32();
  const window = reader.window(reader.u16());
  if (ttlSeconds === REMOVE_COLLECTIVE_TTL) return collective({ name, type, class: recordClass }, window, at);
  if (ttlSeconds > MAX_ADD_TTL && ttlSeconds !== REMOVE_ONE_TTL) return undefined;
  if (type === RecordType.ANY || recordClass === RecordClass.ANY) {
    throw new ProtocolError('RFC 8765 §6.3.1', 'only a collective removal may have TYPE or CLASS 255', at);
  }
  checkLength(type, window, at);
  const record = { name, type, class: recordClass, ttlSeconds, rdata: readRdata(type, window) };
  return ttlSeconds === REMOVE_ONE_TTL ? { kind: 'remove', record } : { kind: 'add', record };
}

function collective(question: Question, window: ByteReader, at: number): Change {
  if (!window.atEnd) throw new ProtocolError('RFC 8765 §6.3.1', 'a collective removal carries RDATA', at);
  const { name, type } = question;
  if (question.class === RecordClass.ANY) return { kind: 'remove-name', name };
  if (type === RecordType.ANY) return { kind: 'remove-class', name, class: question.class };
  return { kind: 'remove-rrset', name, type, class: question.class };
}

/** RDATA that its type rules out is refused here, so that nobody behind has to (RFC 1035 §3.4.1, RFC 3596 §2.2). */
function checkLength(type: number, window: ByteReader, at: number): void {
  switch (type) {
    case RecordType.A:
      return checkExactLength(4, window, at);
    case RecordType.AAAA:
      return checkExactLength(16, window, at);
    case RecordType.PTR:
    case RecordType.SRV:
    case RecordType.CNAME:
    case RecordType.DNAME:
    case RecordType.NS:
    case RecordType.SOA:
      if (window.atEnd) throw new ProtocolError('RFC 8765 §6.3.1', 'RDATA is missing', at);
  }
}

function checkExactLength(octets: number, window: ByteReader, at: number): void {
  if (window.bytesLeft === octets) return;
  const problem = `RDATA has ${window.bytesLeft} octets where ${octets} belong`;
  throw new ProtocolError('RFC 8765 §6.3.1', problem, at);
}

function writeCollective(writer: ByteWriter, question: Question): void {
  writeQuestion(writer, question, true);
  writer.u32(REMOVE_COLLECTIVE_TTL);
  writer.u16(0);
}
