import { DsoType } from '../../protocol/dso/base-tlvs.ts';
import type { Role } from '../../protocol/dso/tlv.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { PUSH_TLV_RULES } from '../../protocol/push/tlvs.ts';
import { HEADER_OCTETS, opcodeOf, readMessage } from '../../protocol/wire/message.ts';
import { ByteReader } from '../../protocol/wire/reader.ts';
import { Opcode, Rcode } from '../../protocol/wire/registry.ts';
import { checkTlvs, sendersOf } from './dissect-tlv.ts';

/** What is wrong with a message. */
export interface Fault {
  /** Where the rule stands: `RFC 8765 §6.3.1`. */
  readonly section: string;
  /** What is wrong in the words of the section. */
  readonly problem: string;
  /** The octet at which, counted from the DNS header. */
  readonly offset: number;
}

const RESPONSE_FLAG = 0x8000;
const Z_BITS = 0x07f0;
const COUNTS = ['QDCOUNT', 'ANCOUNT', 'NSCOUNT', 'ARCOUNT'] as const;

/** The first thing that is wrong with a message, as far as it shows by itself, if one of `senders` sent it; undefined when nothing is. */
export function faultOf(bytes: Uint8Array, senders: readonly Role[]): Fault | undefined {
  try {
    check(bytes, senders);
    return undefined;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { section, message, offset = 0 } = error;
    return { section, problem: message.replace(` (${section})`, ''), offset };
  }
}

/** Who of `senders` most likely sent a message: who may, and otherwise who does such things. */
export function senderOf(bytes: Uint8Array, senders: readonly Role[]): Role {
  const [only, ...others] = senders;
  if (only !== undefined && others.length === 0) return only;
  if (bytes.length < HEADER_OCTETS) return 'client';
  const id = (bytes[0]! << 8) | bytes[1]!;
  const isResponse = (bytes[2]! & 0x80) !== 0;
  if (isResponse) return 'server';
  if (opcodeOf(bytes) !== Opcode.DSO) return 'client';
  const [sender] = bytes.length < HEADER_OCTETS + 2 ? [] : sendersOf(primaryType(bytes), id, senders);
  return sender ?? (id === 0 ? 'server' : 'client');
}

function check(bytes: Uint8Array, senders: readonly Role[]): void {
  if (bytes.length < HEADER_OCTETS) {
    const problem = `a message of ${bytes.length} octets has no whole header`;
    throw new ProtocolError('RFC 8490 §5.4', problem, bytes.length);
  }
  if (opcodeOf(bytes) !== Opcode.DSO) {
    readMessage(bytes);
    return;
  }
  const reader = new ByteReader(bytes);
  const id = reader.u16();
  const flags = reader.u16();
  const isResponse = (flags & RESPONSE_FLAG) !== 0;
  if (isResponse && id === 0) throw new ProtocolError('RFC 8490 §5.4.1', 'a response has MESSAGE ID 0', 0);
  checkFlags(bytes, flags, isResponse);
  for (const count of COUNTS) {
    const at = reader.position;
    const records = reader.u16();
    if (records === 0) continue;
    throw new ProtocolError('RFC 8490 §5.4', `${count} is ${records} where no records may be`, at);
  }
  checkTlvs(reader, { id, isResponse }, senders);
}

/** The seven bits between OPCODE and RCODE are sent as zero, and so is the RCODE where no TLV gives it a meaning (RFC 8490 §5.4.1). */
function checkFlags(bytes: Uint8Array, flags: number, isResponse: boolean): void {
  if ((flags & Z_BITS) !== 0) {
    throw new ProtocolError('RFC 8490 §5.4.1', 'the Z bits are not all zero', (flags & 0x0700) === 0 ? 3 : 2);
  }
  const hasMeaning = isResponse || (bytes.length >= 14 && primaryType(bytes) === DsoType.RETRY_DELAY);
  if (hasMeaning || (flags & 0x0f) === Rcode.NOERROR) return;
  const problem = 'a message that is no response has an RCODE, and its primary TLV gives it no meaning';
  throw new ProtocolError('RFC 8490 §5.4.1', problem, 3);
}

function primaryType(bytes: Uint8Array): number {
  return (bytes[HEADER_OCTETS]! << 8) | bytes[HEADER_OCTETS + 1]!;
}

/** The name that transcripts give a DSO-TYPE; undefined when it has none. */
export function tlvName(type: number): string | undefined {
  return PUSH_TLV_RULES.get(type)?.name;
}
