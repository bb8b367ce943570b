import { DsoType, keepaliveTlv, paddingTlv, retryDelayTlv } from './dso/base-tlvs.ts';
import type { OutgoingTlv } from './dso/tlv.ts';
import { ProtocolError } from './errors.ts';
import { PUSH_TLV_RULES, PushType, reconfirmTlv, subscribeTlv, unsubscribeTlv } from './push/tlvs.ts';
import { MasterFileError } from './wire/master-tokens.ts';
import type { WordReader } from './wire/master-words.ts';
import { formatRdata } from './wire/rdata-format.ts';
import { readRdata } from './wire/rdata.ts';
import type { ByteReader } from './wire/reader.ts';
import { readQuestion, readRecord, writeRecord } from './wire/record.ts';
import { hexOf, octetsOfHex } from './wire/text.ts';
import { formatChange, readChangeWords } from './transcript-change.ts';
import { formatQuestion, readQuestionWords, readRdataWords } from './transcript-record.ts';
import type { Phrase } from './transcript-words.ts';
import { partsOf, takeIf, wordsOf } from './transcript-words.ts';

const U32 = 0xffffffff;
const U16 = 0xffff;

/** A TLV in words: its name, and its data where the type has a form for it. */
export interface TlvText {
  readonly name: string;
  readonly data: string;
}

/** The words of a TLV: in the form of its type, or as `TYPE63488 HEX` when it is unknown or its data does not parse. */
export function formatTlv(type: number, data: ByteReader): TlvText {
  const octets = data.bytes.subarray(data.position, data.position + data.bytesLeft);
  const raw: TlvText = { name: `TYPE${type}`, data: hexOf(octets) };
  const format = FORMATS.get(type);
  if (format === undefined) return raw;
  try {
    const text = format(data);
    return text === undefined || !data.atEnd ? raw : { name: PUSH_TLV_RULES.get(type)!.name, data: text };
  } catch (error) {
    if (error instanceof ProtocolError) return raw;
    throw error;
  }
}

/** Reads a TLV as `formatTlv` writes it, from its name's word on. */
export function readTlvWords(phrase: Phrase): OutgoingTlv {
  const words = wordsOf(phrase);
  const name = words.word('the TLV');
  const type = name.isQuoted ? undefined : tlvType(name.text);
  if (type === undefined) throw new MasterFileError(name, `"${name.text}" is no TLV`);
  const rest = { words: phrase.words.slice(1), end: phrase.end };
  const read = name.text.startsWith('TYPE') ? readRaw : READERS.get(type);
  if (read === undefined) throw new TypeError(`no form for TLV type ${type}`);
  return read(rest, type);
}

/** The DSO-TYPE of a TLV's name or of `TYPE63488`; undefined when it is neither. */
export function tlvType(name: string): number | undefined {
  const [, digits] = /^TYPE(\d{1,5})$/.exec(name) ?? [];
  if (digits !== undefined) return Number(digits) <= U16 ? Number(digits) : undefined;
  return TYPES.get(name);
}

const TYPES: ReadonlyMap<string, number> = new Map(
  [...PUSH_TLV_RULES].map(([type, rule]) => [rule.name, type]),
);

const FORMATS: ReadonlyMap<number, (data: ByteReader) => string | undefined> = new Map([
  [DsoType.KEEPALIVE, (data) => `inactivity=${data.u32()} keepalive=${data.u32()}`],
  [DsoType.RETRY_DELAY, (data) => String(data.u32())],
  [DsoType.PADDING, formatPadding],
  [PushType.SUBSCRIBE, (data) => formatQuestion(readQuestion(data))],
  [PushType.PUSH, formatPush],
  [PushType.UNSUBSCRIBE, (data) => String(data.u16())],
  [PushType.RECONFIRM, formatReconfirm],
]);

/** `400`, and `400 a5` where the octets are not zero; undefined where they differ. */
function formatPadding(data: ByteReader): string | undefined {
  const octets = data.octets(data.bytesLeft);
  const fill = octets[0] ?? 0;
  if (octets.some((octet) => octet !== fill)) return undefined;
  return fill === 0 ? String(octets.length) : `${octets.length} ${hexOf(Uint8Array.of(fill))}`;
}

function formatPush(data: ByteReader): string {
  const changes: string[] = [];
  while (!data.atEnd) changes.push(formatChange(readRecord(data)));
  return changes.join(' | ');
}

function formatReconfirm(data: ByteReader): string {
  const question = readQuestion(data);
  return `${formatQuestion(question)} ${formatRdata(question.type, readRdata(question.type, data))}`;
}

const READERS: ReadonlyMap<number, (phrase: Phrase, type: number) => OutgoingTlv> = new Map([
  [DsoType.KEEPALIVE, whole((words) => keepaliveTlv(readTimeouts(words)))],
  [DsoType.RETRY_DELAY, whole((words) => retryDelayTlv(words.number('the delay', U32)))],
  [DsoType.PADDING, whole(readPadding)],
  [PushType.SUBSCRIBE, whole((words) => subscribeTlv(readQuestionWords(words)))],
  [PushType.PUSH, readPush],
  [PushType.UNSUBSCRIBE, whole((words) => unsubscribeTlv(words.number('the MESSAGE ID', U16)))],
  [PushType.RECONFIRM, whole(readReconfirm)],
]);

function whole(read: (words: WordReader) => OutgoingTlv): (phrase: Phrase) => OutgoingTlv {
  return (phrase) => {
    const words = wordsOf(phrase);
    const tlv = read(words);
    words.expectEnd();
    return tlv;
  };
}

function readTimeouts(words: WordReader): { readonly inactivityMs: number; readonly keepaliveMs: number } {
  return { inactivityMs: readSetting(words, 'inactivity'), keepaliveMs: readSetting(words, 'keepalive') };
}

function readSetting(words: WordReader, name: string): number {
  const { place } = words;
  const digits = takeIf(words, new RegExp(`^${name}=(\\d{1,10})$`))?.[1];
  if (digits === undefined || Number(digits) > U32) {
    throw new MasterFileError(place, `${name}=MILLISECONDS must stand here, up to ${U32}`);
  }
  return Number(digits);
}

function readPadding(words: WordReader): OutgoingTlv {
  const octets = words.number('the number of octets', U16);
  const fill = takeIf(words, /^[\da-f]{2}$/i)?.[0];
  if (fill === undefined) return paddingTlv(octets);
  const filled = new Uint8Array(octets).fill(Number.parseInt(fill, 16));
  return { type: DsoType.PADDING, write: (writer) => writer.octets(filled) };
}

function readPush(phrase: Phrase): OutgoingTlv {
  const records = phrase.words.length === 0 ? [] : partsOf(phrase, '|').map(readChangeWords);
  return {
    type: PushType.PUSH,
    write: (writer) => {
      for (const record of records) writeRecord(writer, record, true);
    },
  };
}

function readReconfirm(words: WordReader): OutgoingTlv {
  const question = readQuestionWords(words);
  return reconfirmTlv({ ...question, rdata: readRdataWords(question.type, words) });
}

function readRaw(phrase: Phrase, type: number): OutgoingTlv {
  const octets = readHexWords(phrase);
  return { type, write: (writer) => writer.octets(octets) };
}

/** Octets as hexadecimal digits, in one word or several. */
export function readHexWords({ words, end }: Phrase): Uint8Array {
  const octets = words.some((word) => word.isQuoted)
    ? undefined
    : octetsOfHex(words.map((word) => word.text).join(''));
  if (octets === undefined)
    throw new MasterFileError(words[0] ?? end, 'pairs of hexadecimal digits belong here');
  return octets;
}
