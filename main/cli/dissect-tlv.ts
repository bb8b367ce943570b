import { DsoType, MIN_KEEPALIVE_MS } from '../../protocol/dso/base-tlvs.ts';
import type { Role, TlvRule } from '../../protocol/dso/tlv.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { MAX_ADD_TTL, REMOVE_COLLECTIVE_TTL, REMOVE_ONE_TTL } from '../../protocol/push/change.ts';
import { MAX_PUSH_OCTETS, PUSH_TLV_RULES, PushType } from '../../protocol/push/tlvs.ts';
import { HEADER_OCTETS } from '../../protocol/wire/message.ts';
import { ByteReader } from '../../protocol/wire/reader.ts';
import { readQuestion } from '../../protocol/wire/record.ts';
import { RecordClass } from '../../protocol/wire/registry.ts';

/** What the header says that its TLVs depend on. */
export interface TlvContext {
  readonly id: number;
  readonly isResponse: boolean;
}

/** One TLV of a message: where it starts, counted from the DNS header, its DSO-TYPE, and how many octets of data it has. */
export interface TlvPlace {
  readonly offset: number;
  readonly type: number;
  readonly length: number;
}

/** Where in a TLV its data starts. */
const DATA_AT = 4;

/** The TLVs of a DSO message as far as they are whole. */
export function tlvPlaces(bytes: Uint8Array): readonly TlvPlace[] {
  const places: TlvPlace[] = [];
  const reader = new ByteReader(bytes, HEADER_OCTETS);
  while (reader.bytesLeft >= DATA_AT) {
    const offset = reader.position;
    const [type, length] = [reader.u16(), reader.u16()];
    if (length > reader.bytesLeft) break;
    reader.octets(length);
    places.push({ offset, type, length });
  }
  return places;
}

/** Who of `senders` may send a message with QR=0 that begins with this TLV under this MESSAGE ID (RFC 8490 §8). */
export function sendersOf(type: number, id: number, senders: readonly Role[]): readonly Role[] {
  const rule = PUSH_TLV_RULES.get(type);
  const use = id === 0 ? 'unidirectional' : 'request';
  const able = senders.filter((sender) => rule?.primary[sender] !== 'never');
  const fitting = able.filter((sender) => rule?.primary[sender] === use);
  return fitting.length > 0 || rule === undefined ? fitting : able;
}

/** Reads all TLVs behind the header; the first thing that is wrong with one is a `ProtocolError` that names the octet. */
export function checkTlvs(reader: ByteReader, context: TlvContext, senders: readonly Role[]): void {
  if (reader.atEnd && !context.isResponse)
    throw new ProtocolError('RFC 8490 §5.4.2', 'a message has no TLV', reader.position);
  for (let index = 0; !reader.atEnd; index++) {
    const offset = reader.position;
    if (reader.bytesLeft < DATA_AT)
      throw new ProtocolError('RFC 8490 §5.4.2', 'a TLV header is cut short', offset);
    const [type, length] = [reader.u16(), reader.u16()];
    if (length > reader.bytesLeft)
      throw new ProtocolError('RFC 8490 §5.4.2', 'a TLV runs past the end of the message', offset);
    const data = reader.window(length);
    const rule = PUSH_TLV_RULES.get(type);
    if (type === 0) throw new ProtocolError('RFC 8490 §10.3', 'DSO-TYPE 0 is reserved', offset);
    if (!context.isResponse && index === 0) checkPrimary(type, context.id, senders);
    if (rule === undefined) continue;
    const place = { type, offset, length };
    if (context.isResponse) checkInResponse(rule, index, place, senders);
    else if (index > 0) checkAdditional(rule, place);
    checkData(rule, data, place, context);
  }
}

function checkPrimary(type: number, id: number, senders: readonly Role[]): void {
  const rule = PUSH_TLV_RULES.get(type);
  if (rule === undefined) {
    // What nobody knows is answered DSOTYPENI, if it can be answered.
    if (id !== 0) return;
    const problem = `a unidirectional message has unknown type ${type}`;
    throw new ProtocolError('RFC 8490 §5.4.5', problem, HEADER_OCTETS);
  }
  const able = senders.filter((sender) => rule.primary[sender] !== 'never');
  if (able.length === 0) {
    const who = senders.length === 1 ? `a ${senders[0]!} must not` : 'neither end may';
    const problem = `${who} begin a message with ${rule.name}`;
    throw new ProtocolError(placesOf(type), problem, HEADER_OCTETS);
  }
  const use = id === 0 ? 'unidirectional' : 'request';
  if (able.some((sender) => rule.primary[sender] === use)) return;
  const problem = `${rule.name} is a ${rule.primary[able[0]!]} message and has MESSAGE ID ${id}`;
  throw new ProtocolError('RFC 8490 §5.4.1', problem, 0);
}

function checkAdditional(rule: TlvRule<unknown>, { type, offset }: TlvPlace): void {
  if (rule.isAdditional) return;
  throw new ProtocolError(placesOf(type), `${rule.name} must not stand behind another TLV`, offset);
}

function checkInResponse(
  rule: TlvRule<unknown>,
  index: number,
  { type, offset }: TlvPlace,
  senders: readonly Role[],
): void {
  if (!rule.inResponse)
    throw new ProtocolError(placesOf(type), `${rule.name} must not stand in a response`, offset);
  if (type !== DsoType.KEEPALIVE) return;
  if (index > 0)
    throw new ProtocolError('RFC 8490 §7.1', 'a Keepalive in a response stands first, and once', offset);
  if (!senders.includes('server'))
    throw new ProtocolError('RFC 8490 §8.2', 'only a server answers with a Keepalive', offset);
}

function checkData(
  rule: TlvRule<unknown>,
  data: ByteReader,
  { type, offset, length }: TlvPlace,
  { id, isResponse }: TlvContext,
): void {
  if (type === PushType.PUSH && data.bytes.length > MAX_PUSH_OCTETS) {
    const problem = `a PUSH message has ${data.bytes.length} octets, over ${MAX_PUSH_OCTETS}`;
    throw new ProtocolError('RFC 8765 §6.3.1', problem, MAX_PUSH_OCTETS);
  }
  const start = offset + DATA_AT;
  const again = new ByteReader(data.bytes, start, start + length);
  const broken = brokenRule(() => {
    rule.read(data);
    data.expectEnd(rule.name);
  });
  // A receiver lets some of what a sender must not do pass: it counts where nothing before it is worse.
  const odd = type === PushType.PUSH ? brokenRule(() => checkChanges(again)) : undefined;
  if (odd !== undefined && (odd.offset ?? 0) < (broken?.offset ?? Infinity)) throw odd;
  if (broken !== undefined)
    throw new ProtocolError(broken.section, sentenceOf(broken), broken.offset ?? offset);
  if (type !== DsoType.KEEPALIVE || (!isResponse && id !== 0)) return;
  again.u32();
  const keepaliveMs = again.u32();
  if (keepaliveMs >= MIN_KEEPALIVE_MS) return;
  const problem = `a server asks for a keepalive every ${keepaliveMs} ms, under 10 s`;
  throw new ProtocolError('RFC 8490 §6.5.2', problem, start + 4);
}

/** What a server must not send in a PUSH although a client ignores it (RFC 8765 §6.3.1). */
function checkChanges(data: ByteReader): void {
  while (!data.atEnd) {
    const { type, class: recordClass } = readQuestion(data);
    const ttlAt = data.position;
    const ttlSeconds = data.u32();
    data.octets(data.u16());
    if (ttlSeconds > MAX_ADD_TTL && ttlSeconds < REMOVE_COLLECTIVE_TTL) {
      const hex = `0x${ttlSeconds.toString(16).toUpperCase()}`;
      throw new ProtocolError('RFC 8765 §6.3.1', `a TTL of ${hex} means nothing`, ttlAt);
    }
    if (ttlSeconds === REMOVE_ONE_TTL || ttlSeconds <= MAX_ADD_TTL) continue;
    if (recordClass === RecordClass.ANY && type !== 0)
      throw new ProtocolError('RFC 8765 §6.3.1', 'a removal of all classes has TYPE 0', ttlAt - 4);
  }
}

function brokenRule(read: () => void): ProtocolError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
}

/** The message without the section, which the error will say again. */
function sentenceOf({ message, section }: ProtocolError): string {
  return message.replace(` (${section})`, '');
}

/** The table that says where a TLV may stand. */
function placesOf(type: number): string {
  return type <= DsoType.PADDING ? 'RFC 8490 §8.2' : 'RFC 8765 §6.6';
}
