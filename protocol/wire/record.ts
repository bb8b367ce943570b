import type { Name } from './name.ts';
import { rdataKey, readRdata, writeRdata } from './rdata.ts';
import type { ByteReader } from './reader.ts';
import type { ByteWriter } from './writer.ts';

/** What is asked for: a name, a TYPE and a CLASS (RFC 1035 §4.1.2). A SUBSCRIBE has the same three (RFC 8765 §6.2.1). */
export interface Question {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
}

/** One resource record. `rdata` is expanded: names in it are written out (see `readRdata`). */
export interface ResourceRecord {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
  /** All 32 bits as received: PUSH gives values over 0x7FFFFFFF a meaning (RFC 8765 §6.3.1), other messages do not. */
  readonly ttlSeconds: number;
  readonly rdata: Uint8Array;
}

/** Equal for questions that DNS holds equal. */
export function questionKey(question: Question): string {
  return `${question.type} ${question.class} ${question.name.key}`;
}

/** Equal for records that are the same but for their TTL: a zone holds at most one of them (RFC 2181 §5). */
export function recordKey(record: ResourceRecord): string {
  return `${questionKey(record)} ${rdataKey(record.type, record.rdata)}`;
}

/** Reads `NAME | TYPE u16 | CLASS u16` (RFC 1035 §4.1.2). */
export function readQuestion(reader: ByteReader): Question {
  return { name: reader.name(), type: reader.u16(), class: reader.u16() };
}

/** Writes `NAME | TYPE u16 | CLASS u16`. */
export function writeQuestion(writer: ByteWriter, question: Question, compress: boolean): void {
  writer.name(question.name, compress);
  writer.u16(question.type);
  writer.u16(question.class);
}

/** Reads `NAME | TYPE u16 | CLASS u16 | TTL u32 | RDLENGTH u16 | RDATA` (RFC 1035 §4.1.3). */
export function readRecord(reader: ByteReader): ResourceRecord {
  const name = reader.name();
  const type = reader.u16();
  const recordClass = reader.u16();
  const ttlSeconds = reader.u32();
  return { name, type, class: recordClass, ttlSeconds, rdata: readRdata(type, reader.window(reader.u16())) };
}

/** Writes `NAME | TYPE u16 | CLASS u16 | TTL u32 | RDLENGTH u16 | RDATA`, the owner compressed, names in RDATA where `compressRdata` says so. */
export function writeRecord(writer: ByteWriter, record: ResourceRecord, compressRdata: boolean): void {
  writeQuestion(writer, record, true);
  writer.u32(record.ttlSeconds);
  const lengthAt = writer.length;
  writer.u16(0);
  writeRdata(writer, record.type, record.rdata, compressRdata);
  writer.patchU16(lengthAt, writer.length - lengthAt - 2);
}
