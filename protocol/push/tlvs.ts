import type { BaseTlv } from '../dso/base-tlvs.ts';
import { BASE_TLV_RULES } from '../dso/base-tlvs.ts';
import type { OutgoingTlv, TlvRule, TlvRules } from '../dso/tlv.ts';
import { ProtocolError } from '../errors.ts';
import type { ByteReader } from '../wire/reader.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { readQuestion, writeQuestion } from '../wire/record.ts';
import { readRdata, writeRdata } from '../wire/rdata.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { Change } from './change.ts';
import { readChanges, writeChange } from './change.ts';

/** DSO-TYPEs of RFC 8765 §8. */
export const PushType = { SUBSCRIBE: 0x40, PUSH: 0x41, UNSUBSCRIBE: 0x42, RECONFIRM: 0x43 } as const;

/** The longest PUSH message, counted from its header, so that every octet of it can be pointed at (RFC 8765 §6.3.1). */
export const MAX_PUSH_OCTETS = 16_382;

/** A record that a client doubts: a RECONFIRM has no TTL (RFC 8765 §6.5.1). */
export type DoubtedRecord = Omit<ResourceRecord, 'ttlSeconds'>;

/** What the data of a push TLV says. */
export type PushTlv =
  | { readonly kind: 'subscribe'; readonly question: Question }
  | { readonly kind: 'push'; readonly changes: readonly Change[] }
  /** `id` is undefined when a tolerant server could not read one. */
  | { readonly kind: 'unsubscribe'; readonly id: number | undefined }
  | { readonly kind: 'reconfirm'; readonly record: DoubtedRecord };

/** The rules of all TLVs that either end of a push session knows (RFC 8490 §8.2, RFC 8765 §6.6). */
export const PUSH_TLV_RULES: TlvRules<PushTlv | BaseTlv> = new Map<number, TlvRule<PushTlv | BaseTlv>>([
  ...BASE_TLV_RULES,
  rule(PushType.SUBSCRIBE, 'SUBSCRIBE', { client: 'request', server: 'never' }, (data) => ({
    kind: 'subscribe',
    question: readQuestion(data),
  })),
  rule(PushType.PUSH, 'PUSH', { client: 'never', server: 'unidirectional' }, readPush),
  rule(PushType.UNSUBSCRIBE, 'UNSUBSCRIBE', { client: 'unidirectional', server: 'never' }, (data) => ({
    kind: 'unsubscribe',
    id: data.u16(),
  })),
  rule(PushType.RECONFIRM, 'RECONFIRM', { client: 'unidirectional', server: 'never' }, readReconfirm),
]);

/**
 * The same for a server that ends no session over an UNSUBSCRIBE of another length than two octets (RFC 8765 §6.4.1): Apple's
 * client still sends a name, a type and a class, as an early draft had it. Such a message means nothing.
 */
export const TOLERANT_PUSH_TLV_RULES: TlvRules<PushTlv | BaseTlv> = new Map([
  ...PUSH_TLV_RULES,
  rule(
    PushType.UNSUBSCRIBE,
    'UNSUBSCRIBE',
    { client: 'unidirectional', server: 'never' },
    readAnyUnsubscribe,
  ),
]);

/** `NAME | TYPE u16 | CLASS u16` (RFC 8765 §6.2.1); the name stands first in the message, so it is never compressed. */
export function subscribeTlv(question: Question): OutgoingTlv {
  const { name, type, class: recordClass } = question;
  return {
    type: PushType.SUBSCRIBE,
    write: (writer) => {
      writer.octets(name.wire); // not `name`, which would note every label of it for pointers that never come
      writer.u16(type);
      writer.u16(recordClass);
    },
  };
}

/** `SUBSCRIBE MESSAGE ID u16` (RFC 8765 §6.4.1). */
export function unsubscribeTlv(id: number): OutgoingTlv {
  return { type: PushType.UNSUBSCRIBE, write: (writer) => writer.u16(id) };
}

/** `{NAME | TYPE u16 | CLASS u16 | TTL u32 | RDLEN u16 | RDATA}+` (RFC 8765 §6.3.1). */
export function pushTlv(changes: readonly Change[]): OutgoingTlv {
  return {
    type: PushType.PUSH,
    write: (writer) => {
      for (const change of changes) writeChange(writer, change);
    },
  };
}

/** `NAME | TYPE u16 | CLASS u16 | RDATA`, the RDATA's names compressed (RFC 8765 §6.5.1). */
export function reconfirmTlv(record: DoubtedRecord): OutgoingTlv {
  return {
    type: PushType.RECONFIRM,
    write: (writer) => {
      writeQuestion(writer, record, false);
      writeRdata(writer, record.type, record.rdata, true);
    },
  };
}

function rule(
  type: number,
  name: string,
  primary: TlvRule<PushTlv>['primary'],
  read: (data: ByteReader) => PushTlv,
): readonly [number, TlvRule<PushTlv>] {
  const isLongLived = type === PushType.SUBSCRIBE;
  return [type, { name, primary, isAdditional: false, inResponse: false, isLongLived, read }];
}

function readPush(data: ByteReader): PushTlv {
  if (data.bytes.length > MAX_PUSH_OCTETS) {
    throw new ProtocolError(
      'RFC 8765 §6.3.1',
      `a PUSH message has ${data.bytes.length} octets, over ${MAX_PUSH_OCTETS}`,
    );
  }
  return { kind: 'push', changes: readChanges(data) };
}

function readAnyUnsubscribe(data: ByteReader): PushTlv {
  const id = data.bytesLeft === 2 ? data.u16() : undefined;
  data.octets(data.bytesLeft);
  return { kind: 'unsubscribe', id };
}

function readReconfirm(data: ByteReader): PushTlv {
  const at = data.position;
  const question = readQuestion(data);
  if (question.type === RecordType.ANY || question.class === RecordClass.ANY) {
    throw new ProtocolError('RFC 8765 §6.5.1', 'RECONFIRM names no one record', at);
  }
  return { kind: 'reconfirm', record: { ...question, rdata: readRdata(question.type, data) } };
}
