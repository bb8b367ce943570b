import { ProtocolError } from '../errors.ts';
import { HEADER_OCTETS } from '../wire/message.ts';
import type { NameMemory } from '../wire/name-memory.ts';
import { ByteReader } from '../wire/reader.ts';
import { Opcode } from '../wire/registry.ts';
import { ByteWriter } from '../wire/writer.ts';
import type { OutgoingTlv, Tlv, TlvRule, TlvRules } from './tlv.ts';

/** QR=0 or QR=1, OPCODE 6 and nothing else: the seven Z bits are sent as zero (RFC 8490 §5.4.1). */
const FLAGS = Opcode.DSO << 11;
const RESPONSE_FLAG = 0x8000;

/** A DSO message (RFC 8490 §5.4): `ID u16 | flags u16 | four counts of zero | TLV*`. */
export interface DsoMessage<Value> {
  /** Zero in a unidirectional message. */
  readonly id: number;
  readonly isResponse: boolean;
  /** The low four bits of the flags; in a message with QR=0 only Retry Delay gives them a meaning. */
  readonly rcode: number;
  /** The sum of the four counts, which must be zero. When it is not, the TLVs were not read. */
  readonly records: number;
  readonly tlvs: readonly Tlv<Value>[];
}

/**
 * Reads a DSO message, its TLVs by the rules of their types; one that is cut short anywhere is a `ProtocolError`. `memory`
 * holds the names of earlier messages of the session.
 */
export function readDsoMessage<Value>(
  bytes: Uint8Array,
  rules: TlvRules<Value>,
  memory?: NameMemory,
): DsoMessage<Value> {
  if (bytes.length < HEADER_OCTETS) {
    throw new ProtocolError('RFC 8490 §5.4', `a message of ${bytes.length} octets has no whole header`);
  }
  const reader = new ByteReader(bytes, 0, bytes.length, memory);
  const id = reader.u16();
  const flags = reader.u16();
  const records = reader.u16() + reader.u16() + reader.u16() + reader.u16();
  const isResponse = (flags & RESPONSE_FLAG) !== 0;
  const tlvs: Tlv<Value>[] = [];
  while (records === 0 && !reader.atEnd) {
    const isPrimary = !isResponse && tlvs.length === 0;
    tlvs.push(
      readTlv(reader, rules, (rule) => isPrimary || (isResponse ? rule.inResponse : rule.isAdditional)),
    );
  }
  return { id, isResponse, rcode: flags & 0x0f, records, tlvs };
}

/** What the header of a DSO message to be sent says. */
export interface DsoHeader {
  readonly id: number;
  readonly isResponse: boolean;
  readonly rcode: number;
}

/** Writes a DSO message: no records, no OPT, nothing behind the TLVs (RFC 8490 §5.4). */
export function writeDsoMessage(header: DsoHeader, tlvs: readonly OutgoingTlv[]): Uint8Array {
  const writer = new ByteWriter();
  writeDsoHeader(writer, header);
  for (const tlv of tlvs) {
    writer.u16(tlv.type);
    const lengthAt = writer.length;
    writer.u16(0);
    tlv.write(writer);
    writer.patchU16(lengthAt, writer.length - lengthAt - 2);
  }
  return writer.finish();
}

/** Writes the header of a DSO message: `ID | QR, OPCODE 6, Z 0, RCODE | four counts of zero` (RFC 8490 §5.4.1). */
export function writeDsoHeader(writer: ByteWriter, header: DsoHeader): void {
  writer.u16(header.id);
  writer.u16((header.isResponse ? RESPONSE_FLAG : 0) | FLAGS | header.rcode);
  for (let count = 0; count < 4; count++) writer.u16(0);
}

function readTlv<Value>(
  reader: ByteReader,
  rules: TlvRules<Value>,
  isMeant: (rule: TlvRule<Value>) => boolean,
): Tlv<Value> {
  const at = reader.position;
  if (reader.bytesLeft < 4) throw new ProtocolError('RFC 8490 §5.4.2', 'a TLV header is cut short', at);
  const type = reader.u16();
  const length = reader.u16();
  if (length > reader.bytesLeft)
    throw new ProtocolError('RFC 8490 §5.4.2', 'a TLV runs past the end of the message', at);
  const data = reader.window(length);
  const rule = rules.get(type);
  if (rule === undefined || !isMeant(rule)) return { type, value: undefined };
  const value = rule.read(data);
  data.expectEnd(rule.name);
  return { type, value };
}
