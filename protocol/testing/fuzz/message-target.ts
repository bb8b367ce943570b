import { keepaliveTlv, paddingTlv, retryDelayTlv } from '../../dso/base-tlvs.ts';
import type { BaseTlv } from '../../dso/base-tlvs.ts';
import { readInitiated } from '../../dso/initiated.ts';
import { readDsoMessage, writeDsoMessage } from '../../dso/message.ts';
import type { OutgoingTlv, Tlv } from '../../dso/tlv.ts';
import { ProtocolError, unreachable } from '../../errors.ts';
import type { Change } from '../../push/change.ts';
import { changeName } from '../../push/change.ts';
import type { PushTlv } from '../../push/tlvs.ts';
import {
  MAX_PUSH_OCTETS,
  PUSH_TLV_RULES,
  pushTlv,
  reconfirmTlv,
  subscribeTlv,
  unsubscribeTlv,
} from '../../push/tlvs.ts';
import type { DnsMessage } from '../../wire/message.ts';
import { readMessage, writeMessage } from '../../wire/message.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { hexOf } from '../../wire/text.ts';
import { mutant } from './mutator.ts';
import { octetsTrial } from './octets-trial.ts';
import type { FuzzTarget } from './trial.ts';
import { Finding, must } from './trial.ts';

/** Whatever the octets, reading them gives a message or a `ProtocolError`, and a message survives being written and read again. */
export const messageTarget: FuzzTarget = {
  name: 'message',
  summary: 'messages are read or refused, and mean the same when written and read again',
  batch: 4096,
  trial: (random, material) => {
    const octets = random.pick(material.all);
    return octetsTrial(random.oneIn(16) ? octets : mutant(octets, random, material.all), checkMessage);
  },
};

function checkMessage(bytes: Uint8Array): void {
  const ordinary = readOrRefused(bytes, readMessage);
  if (ordinary !== undefined) checkOrdinary(ordinary);
  const dso = readOrRefused(bytes, (octets) => readDsoMessage(octets, PUSH_TLV_RULES));
  if (dso === undefined) return;
  checkTlvs(dso.tlvs);
  if (dso.isResponse) return;
  for (const sender of ['client', 'server'] as const) {
    readOrRefused(bytes, () => readInitiated(dso, sender, PUSH_TLV_RULES));
  }
}

/** What reading gives; undefined when the octets break a rule, of which an end must be able to say where it stands. */
export function readOrRefused<Value>(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => Value,
): Value | undefined {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { section, offset = 0 } = error;
    must(/^RFC \d+ §\d[\d.]*$/.test(section), `"${section}" is no section`);
    must(offset >= 0 && offset <= bytes.length, `octet ${offset} is none of ${bytes.length}`);
    return undefined;
  }
}

function checkOrdinary(message: DnsMessage): void {
  const written = writeMessage(message);
  // Names that were compressed may not be when written, so that what fitted does no longer.
  if (written.length > 0xffff || (!message.isTruncated && readMessage(written).isTruncated)) return;
  const again = readMessage(written);
  const [before, after] = [messageText(message), messageText(again)];
  must(before === after, () => `it is written as another message: ${before} | ${after}`);
  must(hexOf(writeMessage(again)) === hexOf(written), 'it is written differently the second time');
}

function messageText(message: DnsMessage): string {
  const { questions, answers, authorities, additionals, ...header } = message;
  return [
    JSON.stringify(header, Object.keys(header).toSorted()),
    ...questions.map(questionText),
    ...[answers, authorities, additionals].flatMap((section) => ['/', ...section.map(recordText)]),
  ].join('; ');
}

function checkTlvs(tlvs: readonly Tlv<PushTlv | BaseTlv>[]): void {
  const known = tlvs.map(({ value }) => value).filter((value) => value !== undefined);
  for (const value of known) {
    const written = writeDsoMessage({ id: 1, isResponse: false, rcode: 0 }, [outgoing(value)]);
    if (written.length > (value.kind === 'push' ? MAX_PUSH_OCTETS : 0xffff)) continue;
    const isLostWhole = value.kind === 'push' && value.changes.length === 0;
    if (isLostWhole) continue; // every change had a reserved TTL
    const again = firstValue(written, value.kind);
    const [before, after] = [tlvText(value), tlvText(again)];
    must(before === after, () => `it is written as another TLV: ${before} | ${after}`);
  }
}

function firstValue(written: Uint8Array, kind: string): PushTlv | BaseTlv {
  // Padding means something behind another TLV only.
  const bytes = kind === 'padding' ? responseOf(written) : written;
  const value = readDsoMessage(bytes, PUSH_TLV_RULES).tlvs[0]?.value;
  if (value === undefined) throw new Finding('it is written as a TLV that says nothing');
  return value;
}

function responseOf(message: Uint8Array): Uint8Array {
  return message.with(2, (message[2] ?? 0) | 0x80);
}

/** What an end sends to say the same. */
function outgoing(value: PushTlv | BaseTlv): OutgoingTlv {
  switch (value.kind) {
    case 'keepalive':
      return keepaliveTlv(value);
    case 'retry-delay':
      return retryDelayTlv(value.delayMs);
    case 'padding':
      return paddingTlv(value.octets);
    case 'subscribe':
      return subscribeTlv(value.question);
    case 'unsubscribe':
      return unsubscribeTlv(value.id ?? 0);
    case 'push':
      return pushTlv(value.changes);
    case 'reconfirm':
      return reconfirmTlv(value.record);
    default:
      return unreachable(value);
  }
}

function tlvText(value: PushTlv | BaseTlv): string {
  switch (value.kind) {
    case 'subscribe':
      return `subscribe ${questionText(value.question)}`;
    case 'push':
      return `push ${value.changes.map(changeText).join('; ')}`;
    case 'reconfirm':
      return `reconfirm ${recordText({ ...value.record, ttlSeconds: 0 })}`;
    case 'unsubscribe':
    case 'keepalive':
    case 'retry-delay':
    case 'padding':
      return JSON.stringify(value);
    default:
      return unreachable(value);
  }
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'add':
    case 'remove':
      return `${change.kind} ${recordText(change.record)}`;
    case 'remove-rrset':
      return `${change.kind} ${questionText(change)}`;
    case 'remove-class':
      return `${change.kind} ${changeName(change).exact} ${change.class}`;
    case 'remove-name':
      return `${change.kind} ${changeName(change).exact}`;
    default:
      return unreachable(change);
  }
}

function questionText({ name, type, class: recordClass }: Question): string {
  return `${hexOf(name.wire)} ${type} ${recordClass}`;
}

function recordText(record: ResourceRecord): string {
  return `${questionText(record)} ${record.ttlSeconds} ${hexOf(record.rdata)}`;
}
